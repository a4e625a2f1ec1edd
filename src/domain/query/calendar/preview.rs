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
/// for item clocks the work of today, tomorrow and so on (approved then, where no review time is known), for invoices at any time one that is sent on those days, for own
/// dates each day with the work before it (one only, where it doesn't repeat).
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
                found.push(told(rule, &batch.place(window, noon), moment)?);
                window = batch.windows.next(window);
            }
        }
        EarningShape::ItemClock { .. } => {
            let clock = Clock::of(rule).ok_or(UnknownDate::NoRule)?;
            let first = date_in(noon, clock.zone);
            for later in (0i64..).take(count) {
                let day = plus(first, later);
                // Approved on that day, where nobody says how long approval takes.
                let approved = Some(day).filter(|_| clock.waits_for_approval());
                let start = |per_task| Start { day, approved, per_task };
                let mut preview = told(rule, &clock.place(start(false), DayRange::day(day)), moment)?;
                let per_task = clock.place(start(true), DayRange::day(day));
                if clock.per_task_lag.is_some() {
                    let matures = |reason: &Reason| matches!(reason, Reason::Matures { .. });
                    let at = preview.reasons.iter().position(matures).map_or(preview.reasons.len(), |at| at + 1);
                    let reason = per_task.matures.map(|(lag, days)| Reason::Matures { lag, days });
                    preview.reasons.splice(at..at, reason);
                }
                found.push(preview);
            }
        }
        EarningShape::OwnDate { .. } => {
            let mut from = today;
            for _ in 0..count {
                let place = own_date::place_of(rule, DayRange::day(from), moment);
                match place.payable {
                    Ok(days) => {
                        let worked = DayRange::new(from, days.last);
                        found.push(told(rule, &Place { worked, ..place }, moment)?);
                        from = plus(days.last, 1);
                    }
                    Err(why) if found.is_empty() => return Err(why),
                    Err(_) => break,
                }
            }
        }
        EarningShape::InvoiceNet { .. } => {
            let invoicing = Invoicing::of(rule, zone).ok_or(UnknownDate::NoRule)?;
            let windows = invoicing.windows()?;
            let mut window = windows.map(|windows| windows.at(noon));
            for later in (0i64..).take(count) {
                let day = plus(today, later);
                let place = match window {
                    Some(window) => invoicing.of_window(window, window.days, moment),
                    None => invoicing.due(DayRange::day(day), false, None, DayRange::day(day)),
                };
                found.push(told(rule, &place, moment)?);
                window = windows.zip(window).map(|(windows, window)| windows.next(window));
            }
        }
    }
    Ok(found)
}

fn told(rule: &Rule, place: &Place, moment: Moment) -> Result<Preview, UnknownDate> {
    let parcel = Parcel::at(place, None, Some(rule));
    let mut reasons = parcel.reasons();
    let window = preview_window(rule, place, moment, &mut reasons)?;
    Ok(Preview { worked: place.worked, window, reasons })
}
