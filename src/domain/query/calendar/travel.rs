//! Travel: from the day on which money is payable to the days on which it lands.
//!
//! Shift to a business day, the worker's extra days, the hold of a first payout, then each transfer of the route (or
//! the schedule's transit, where no route says); last the day after which to ask. Every step tells its reason.

use chrono::NaiveDate;

use super::Reason;
use super::dates::{after, in_month, shifted};
use super::fees::counted_steps;
use crate::domain::route::Route;
use crate::domain::schedule::{ChaseAfter, Lag, Modifiers};
use crate::domain::span::{DayRange, Month};

/// The way of money that is payable.
#[derive(Debug, Clone, Copy)]
pub(super) struct Travel<'a> {
    pub(super) modifiers: &'a Modifiers,
    pub(super) route: Option<&'a Route>,
    /// Whether it is the platform's first payout.
    pub(super) first: bool,
    /// The last day of the work: nothing is paid before.
    pub(super) worked: NaiveDate,
}

impl Travel<'_> {
    /// The days on which it lands; the reasons are added in order.
    pub(super) fn lands(&self, payable: DayRange, reasons: &mut Vec<Reason>) -> DayRange {
        let payable = DayRange::new(payable.first.max(self.worked), payable.last.max(self.worked));
        let paid = shifted(payable, self.modifiers, self.worked);
        reasons.push(Reason::Paid { days: paid, precision: self.modifiers.precision });
        if paid.last != payable.last {
            reasons.push(Reason::Shifted { from: payable.last });
        } else if paid.first != payable.first {
            reasons.push(Reason::Shifted { from: payable.first });
        }
        let mut days = paid;
        if let Some(hold) = self.hold() {
            days = after(days, Lag::days(hold, hold), &self.modifiers.holidays);
            reasons.push(Reason::FirstPayoutHold { days: hold });
        }
        for (lag, by) in self.transits() {
            days = after(days, lag, &self.modifiers.holidays);
            reasons.push(Reason::Transit { lag, by });
        }
        reasons.extend(self.chase(paid.last).map(Reason::Chase));
        days
    }

    /// The day after which to ask where money is whose last pay day is given.
    fn chase(&self, paid: NaiveDate) -> Option<NaiveDate> {
        Some(match self.modifiers.chase_after? {
            ChaseAfter::DayOfMonth(day) => in_month(Month::of_day(paid), day).max(paid),
            ChaseAfter::Lag(lag) => after(DayRange::day(paid), lag, &self.modifiers.holidays).last,
        })
    }

    /// Days added to the first payout, where this is it.
    pub(super) fn hold(&self) -> Option<u32> {
        self.modifiers.first_payout_hold_days.filter(|days| self.first && *days > 0)
    }

    /// The transfers in order: how long each takes, and by what.
    pub(super) fn transits(&self) -> Vec<(Lag, String)> {
        let steps: Vec<(Lag, &str)> = self
            .route
            .map(counted_steps)
            .unwrap_or_default()
            .iter()
            .filter_map(|step| step.transit.map(|lag| (lag, step.to.as_str())))
            .collect();
        let name = self.route.map_or("", |route| route.name.as_str());
        match steps.as_slice() {
            [] => self.modifiers.transit.map(|lag| (lag, name.to_owned())).into_iter().collect(),
            [(lag, _)] => vec![(*lag, name.to_owned())],
            several => several.iter().map(|(lag, to)| (*lag, (*to).to_owned())).collect(),
        }
    }
}
