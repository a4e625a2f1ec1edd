//! Preview: the next windows of a rule while it is typed, before anything is worked or saved.
//!
//! It follows the same path as the calendar, without rows, route, least sum and first-payout hold. No value panics.

use chrono::{NaiveDate, NaiveTime};

use super::batch::Batch;
use super::dates::{plus, sane};
use super::invoice::Invoicing;
use super::items::{Clock, Start};
use super::own_date;
use super::parcel::{Parcel, Place};
use super::place::{Moment, blocked};
use super::release::preview_window;
use super::{Reason, UnknownDate, Window};
use crate::domain::schedule::{EarningShape, Rule};
use crate::domain::span::{DayRange, Zone, date_in, instant_at};

/// So many days are looked at where the work of several lands together: three runs, of which a month has one.
const MOST_DAYS: i64 = 130;

/// One window of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The days worked, in the rule's zone.
    pub worked: DayRange,
    /// When the money lands or can be drawn.
    pub window: Window,
    /// The reasons in order; there is no work behind them yet.
    pub reasons: Vec<Reason>,
}

/// The next windows of a rule: for batches (and invoices of set windows) the window that holds today and those after it,
/// for item clocks the work of today, tomorrow and so on (approved then, where no review time is known), for invoices at
/// any time one that is sent on those days, for own dates each day with the work before it (one only, where it doesn't
/// repeat). Days whose money lands in one window are one.
///
/// `today` is the user's day in `zone`; its noon decides the day in the rule's zone.
///
/// # Errors
/// [`UnknownDate`] says why the rule gives no date at all.
pub fn preview(rule: &Rule, today: NaiveDate, zone: Zone, count: usize) -> Result<Vec<Preview>, UnknownDate> {
    if let Some(why) = blocked(rule) {
        return Err(why);
    }
    let today = sane(today);
    let noon = instant_at(today, NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(), zone);
    let moment = Moment { now: noon, today, zone, done_at: None };
    let mut found = Vec::new();
    match rule.earning {
        EarningShape::PeriodBatch { .. } => {
            let batch = Batch::of(rule).ok_or(UnknownDate::NoAnchor)?;
            let mut window = batch.windows.at(noon);
            for _ in 0..count {
                found.push(Ahead::of(rule, &batch.place(window, noon), moment)?.told());
                window = batch.windows.next(window);
            }
        }
        EarningShape::ItemClock { .. } => {
            let clock = Clock::of(rule).ok_or(UnknownDate::NoRule)?;
            let first = date_in(noon, clock.zone);
            found = by_day(count, |later| {
                let day = plus(first, later);
                // Approved on that day, where nobody says how long approval takes.
                let approved = Some(day).filter(|_| clock.waits_for_approval());
                let place = |per_task| clock.place(Start { day, approved, per_task }, DayRange::day(day));
                let mut ahead = Ahead::of(rule, &place(false), moment)?;
                if clock.per_task_lag.is_some() {
                    ahead.parcel.take_over_days(&Parcel::at(&place(true), None, Some(rule)));
                }
                Ok(ahead)
            })?;
        }
        EarningShape::OwnDate { .. } => {
            let mut from = today;
            for _ in 0..count {
                let place = own_date::place_of(rule, DayRange::day(from), moment);
                match place.payable {
                    Ok(days) => {
                        let worked = DayRange::new(from, days.last);
                        found.push(Ahead::of(rule, &Place { worked, ..place }, moment)?.told());
                        from = plus(days.last, 1);
                    }
                    Err(why) if found.is_empty() => return Err(why),
                    Err(_) => break,
                }
            }
        }
        EarningShape::InvoiceNet { .. } => {
            let invoicing = Invoicing::of(rule, zone).ok_or(UnknownDate::NoRule)?;
            match invoicing.windows()? {
                Some(windows) => {
                    let mut window = windows.at(noon);
                    for _ in 0..count {
                        let place = invoicing.of_window(window, window.days, moment);
                        found.push(Ahead::of(rule, &place, moment)?.told());
                        window = windows.next(window);
                    }
                }
                None => {
                    found = by_day(count, |later| {
                        let day = DayRange::day(plus(today, later));
                        Ahead::of(rule, &invoicing.due(day, false, None, day), moment)
                    })?;
                }
            }
        }
    }
    Ok(found)
}

/// The windows of the work of one day after another, each told once: what is swept by one run, or lands after one
/// weekend, goes together. `look` finds the work of so many days later.
fn by_day<'r>(
    count: usize,
    mut look: impl FnMut(i64) -> Result<Ahead<'r>, UnknownDate>,
) -> Result<Vec<Preview>, UnknownDate> {
    let mut found: Vec<Ahead<'r>> = Vec::new();
    for later in 0..MOST_DAYS {
        let ahead = look(later)?;
        let told = found.len();
        match found.last_mut() {
            Some(before) if before.window == ahead.window => before.parcel.take_over_days(&ahead.parcel),
            _ if told >= count => break,
            _ => found.push(ahead),
        }
    }
    Ok(found.into_iter().map(Ahead::told).collect())
}

/// A window that lies ahead.
struct Ahead<'r> {
    parcel: Parcel<'r>,
    window: Window,
    /// How it leaves.
    leaves: Vec<Reason>,
}

impl<'r> Ahead<'r> {
    fn of(rule: &'r Rule, place: &Place, moment: Moment) -> Result<Self, UnknownDate> {
        let mut leaves = Vec::new();
        let window = preview_window(rule, place, moment, &mut leaves)?;
        Ok(Self { parcel: Parcel::at(place, None, Some(rule)), window, leaves })
    }

    fn told(self) -> Preview {
        let mut reasons = self.parcel.reasons();
        reasons.extend(self.leaves);
        Preview { worked: self.parcel.worked, window: self.window, reasons }
    }
}
