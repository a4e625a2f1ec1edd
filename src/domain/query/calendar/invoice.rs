//! Invoices: the day on which work is invoiced, and when that invoice is due.
//!
//! An invoice that was recorded starts the clock on its day; a corrected one, or its approval, where the rule says so.
//! Before that, work of a rule with windows is invoiced at the end of its window; without windows nobody knows the day
//! until the invoice is sent. Days are counted in the user's zone, due days told in the pay zone.

use chrono::{NaiveDate, NaiveTime};

use super::cut_off::{self, Done};
use super::dates::{after, day_in, sane};
use super::gather::{Open, Work};
use super::items::held_back;
use super::parcel::Place;
use super::place::{Moment, blocked, days_to_the_end};
use super::windows::{Windows, WorkWindow};
use super::{Part, UnknownDate};
use crate::domain::earning::{Earning, EarningState};
use crate::domain::schedule::{CutOffAction, Cycle, EarningShape, InvoiceClock, Lag, Rule};
use crate::domain::span::{DayRange, Zone, date_in};

/// The parts of a rule that is by invoice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Invoicing<'a> {
    rule: &'a Rule,
    net: Lag,
    clock: InvoiceClock,
    pub(super) cycle: Option<Cycle>,
    zone: Zone,
}

/// What became of the invoice of some work.
#[derive(Debug, Clone, Copy, Default)]
struct Sent {
    /// The day of the first invoice.
    first: Option<NaiveDate>,
    /// The day of the last one, a corrected one where there are several.
    last: Option<NaiveDate>,
    /// The day on which it was approved.
    approved: Option<NaiveDate>,
}

impl Sent {
    fn of(earning: &Earning) -> Self {
        let invoiced = || earning.states.iter().filter(|dated| dated.state == EarningState::Invoiced);
        Self {
            first: invoiced().next().map(|dated| sane(dated.on)),
            last: invoiced().next_back().map(|dated| sane(dated.on)),
            approved: earning.approved_on().map(sane),
        }
    }
}

impl<'a> Invoicing<'a> {
    /// A rule as one by invoice; `None` where it is none.
    pub(super) fn of(rule: &'a Rule, zone: Zone) -> Option<Self> {
        match rule.earning {
            EarningShape::InvoiceNet { net, clock, cycle } => Some(Self { rule, net, clock, cycle, zone }),
            EarningShape::PeriodBatch { .. } | EarningShape::ItemClock { .. } | EarningShape::OwnDate { .. } => None,
        }
    }

    /// The windows that are invoiced; `None` where invoices go out at any time.
    ///
    /// # Errors
    /// [`UnknownDate::NoAnchor`] where nobody says which weeks are meant.
    pub(super) fn windows(&self) -> Result<Option<Windows>, UnknownDate> {
        let windows = |cycle| Windows::new(cycle, self.zone, NaiveTime::MIN).ok_or(UnknownDate::NoAnchor);
        self.cycle.map(windows).transpose()
    }

    /// The place of work whose invoice was sent (or will be) on some days.
    pub(super) fn due(&self, on: DayRange, is_sent: bool, approved: Option<NaiveDate>, worked: DayRange) -> Place {
        let holidays = &self.rule.modifiers.holidays;
        let review = self.rule.modifiers.review.filter(|_| self.clock == InvoiceClock::Approved);
        let start = match (self.clock, approved, review) {
            (InvoiceClock::Submitted | InvoiceClock::Corrected, _, _) => on,
            (InvoiceClock::Approved, Some(day), _) => DayRange::day(day.max(on.first)),
            (InvoiceClock::Approved, None, Some(review)) => after(on, review.lag, holidays),
            (InvoiceClock::Approved, None, None) => {
                let invoice = Some((on, is_sent));
                return Place { invoice, ..Place::undated(UnknownDate::WaitsForEvent, worked, self.zone) };
            }
        };
        let days = after(start, self.net, holidays);
        let pay_zone = self.rule.modifiers.pay_zone.unwrap_or(self.zone);
        let told = |day: NaiveDate| day_in(day.max(sane(worked.last)), self.zone, pay_zone);
        let payable = DayRange::new(told(days.first), told(days.last));
        Place {
            invoice: Some((on, is_sent)),
            approved: approved.filter(|_| self.clock == InvoiceClock::Approved),
            net: Some((self.net, days)),
            reviewed: review.is_some() && approved.is_none(),
            ..Place::new(Part::Items(payable.last), Ok(payable), worked, self.zone)
        }
    }

    /// The place of work of a window that is invoiced at its end.
    pub(super) fn of_window(&self, window: WorkWindow, worked: DayRange, moment: Moment) -> Place {
        let found = self.due(DayRange::day(window.days.last), false, None, worked);
        let part = if found.payable.is_ok() { Part::Period(window.days.first) } else { found.part };
        Place { part, window: Some(window), growing: moment.now < window.interval.until, ..found }
    }
}

/// The place of a piece of open money under a rule by invoice.
pub(super) fn place(open: &Open<'_>, rule: &Rule, moment: Moment) -> Place {
    let worked = days_to_the_end(open, moment);
    let undated = |why| Place::undated(why, worked, moment.zone);
    let Some(invoicing) = Invoicing::of(rule, moment.zone) else {
        return undated(UnknownDate::NoRule);
    };
    let windows = match blocked(rule).map_or_else(|| invoicing.windows(), Err) {
        Ok(windows) => windows,
        Err(why) => return undated(why),
    };
    let (sent, not_before) = match open.work {
        Work::Session { .. } => (Sent::default(), None),
        Work::Earning { earning, .. } => (Sent::of(earning), earning.not_before),
    };
    let invoiced = match invoicing.clock {
        InvoiceClock::Submitted => sent.first,
        InvoiceClock::Corrected | InvoiceClock::Approved => sent.last,
    };
    let in_window = windows.map(|windows| {
        let own = windows.of_day(worked.last);
        match rule.modifiers.cut_off {
            Some(cut) => {
                let done = match (invoiced, cut.action) {
                    (Some(day), CutOffAction::Invoice) => Done::On(day),
                    (_, action) => Done::of(open, action),
                };
                cut_off::in_time(windows, cut, moment.zone, own, done, moment)
            }
            None => (own, None),
        }
    });
    let found = match (invoiced, in_window) {
        // Too late for its own cycle: it counts as one of the next.
        (Some(_), Some((window, missed @ Some(_)))) => Place { missed, ..invoicing.of_window(window, worked, moment) },
        (Some(day), _) => invoicing.due(DayRange::day(day), true, sent.approved, worked),
        (None, Some((window, missed))) => {
            let days = if missed.is_some() { worked } else { window.days };
            Place { missed, ..invoicing.of_window(window, days, moment) }
        }
        (None, None) => match (sent.approved.filter(|_| invoicing.clock == InvoiceClock::Approved), moment.done_at) {
            (Some(day), _) => invoicing.due(DayRange::day(day), true, Some(day), worked),
            (None, Some(at)) => {
                let day = date_in(at, moment.zone).max(worked.last);
                invoicing.due(DayRange::day(sane(day)), false, None, worked)
            }
            (None, None) => undated(UnknownDate::NotInvoiced),
        },
    };
    let (before, part) = (found.payable, found.part);
    let found = held_back(found, not_before);
    match (part, found.payable) {
        // Moved by the user, it goes by itself and not with its window.
        (Part::Period(_), Ok(days)) if before != found.payable => Place { part: Part::Items(days.last), ..found },
        _ => found,
    }
}
