//! The way of one payout: each account it passes, what is known of the transfer there, and when the next should arrive.
//!
//! Recorded transfers come first, in their order; then those that the route still has. Days count from the last one that
//! is known, by the route's steps, else by the schedule's transit for the way as a whole.

use chrono::NaiveDate;

use super::dates::after;
use super::gather::Schedules;
use crate::domain::book::Book;
use crate::domain::payout::{Leg, Payout};
use crate::domain::route::Route;
use crate::domain::schedule::{Lag, Modifiers};
use crate::domain::span::DayRange;

/// One account on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Its name; may be empty.
    pub to: String,
    /// What is recorded of the transfer to it; `None` where it is still to come.
    pub leg: Option<Leg>,
    /// When it should arrive, where it has not and somebody says how long it takes.
    pub expected: Option<DayRange>,
    /// Whether this account counts as landed.
    pub counts: bool,
}

impl Stop {
    /// The day it arrived here.
    #[must_use]
    pub fn arrived_on(&self) -> Option<NaiveDate> {
        self.leg.as_ref()?.arrived_on
    }
}

/// The stops of a payout, in order; one without a name where neither legs nor a route are known.
#[must_use]
pub fn way(book: &Book, payout: &Payout) -> Vec<Stop> {
    way_by(book, &Schedules::of(book), payout)
}

/// The same by schedules that were read before.
pub(super) fn way_by(book: &Book, schedules: &Schedules<'_>, payout: &Payout) -> Vec<Stop> {
    let platform = payout.platform.and_then(|id| book.platform(id));
    let route = book.route_taken(payout.route, payout.platform).map(AsRef::as_ref);
    let on = payout.booked_on();
    let by = route.map(|route| route.id);
    let schedule = platform.zip(on).and_then(|(platform, on)| schedules.on(platform.id, None, by, on));
    let none = Modifiers::default();
    let modifiers = schedule.map_or(&none, |schedule| &schedule.rule.modifiers);
    let mut stops = bare(payout, route);
    let lags = lags(route, modifiers, stops.len());
    let mut from = on.map(DayRange::day);
    for (stop, lag) in stops.iter_mut().zip(lags) {
        let sent_on = stop.leg.as_ref().and_then(|leg| leg.sent_on);
        from = sent_on.map(DayRange::day).or(from);
        if let Some(day) = stop.arrived_on() {
            from = Some(DayRange::day(day));
            continue;
        }
        if let Some(lag) = lag {
            from = from.map(|days| after(days, lag, &modifiers.holidays));
            stop.expected = from;
        }
    }
    // A step of which nobody says how long it takes: the way as a whole is told by those that say.
    let mut known = None;
    for stop in &mut stops {
        known = stop.expected.or(known);
        if stop.counts && stop.arrived_on().is_none() {
            stop.expected = known;
        }
    }
    stops
}

/// The accounts with what is recorded of each.
fn bare(payout: &Payout, route: Option<&Route>) -> Vec<Stop> {
    let steps = route.map(|route| route.steps.as_slice()).unwrap_or_default();
    let count = payout.legs.len().max(steps.len()).max(1);
    let counted = route
        .and_then(|route| usize::try_from(route.landed_after_step).ok())
        .filter(|step| *step > 0 && *step <= count)
        .unwrap_or(count);
    (0..count)
        .map(|at| {
            let leg = payout.legs.get(at).cloned();
            let step = steps.get(at);
            let named = leg.as_ref().map(|leg| leg.to.clone()).filter(|to| !to.is_empty());
            let alone = || route.filter(|_| count == 1).map(|route| route.name.clone());
            let to = named.or_else(|| step.map(|step| step.to.clone()).filter(|to| !to.is_empty())).or_else(alone);
            Stop { to: to.unwrap_or_default(), leg, expected: None, counts: at + 1 == counted }
        })
        .collect()
}

/// How long the transfer to each stop takes: by the route's steps; where none of those that count says, the schedule's
/// transit for the last of them.
fn lags(route: Option<&Route>, modifiers: &Modifiers, count: usize) -> Vec<Option<Lag>> {
    let steps = route.map(|route| route.steps.as_slice()).unwrap_or_default();
    let mut lags: Vec<Option<Lag>> = (0..count).map(|at| steps.get(at).and_then(|step| step.transit)).collect();
    let counted = route.map_or(count, |route| super::fees::counted_steps(route).len().max(1));
    if lags.iter().take(counted).all(Option::is_none)
        && let Some(last) = counted.checked_sub(1).and_then(|at| lags.get_mut(at))
    {
        *last = modifiers.transit;
    }
    lags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{PayoutId, PlatformId, RouteId};
    use crate::domain::query::work::testkit::{Kit, day, usd};
    use crate::domain::route::RouteStep;

    fn kit() -> Kit {
        let mut kit = Kit::new();
        let step =
            |to: &str, least, most| RouteStep { to: to.into(), transit: Some(Lag::days(least, most)), fee: None };
        kit.put(Route {
            id: RouteId(1),
            platform: Some(PlatformId(1)),
            name: "PayPal to Equity".into(),
            steps: vec![step("PayPal", 0, 1), step("Equity Bank", 2, 4)],
            landed_after_step: 0,
            minimum: None,
            ceiling: None,
            yearly_ceiling: None,
        });
        kit
    }

    fn sent() -> Payout {
        Payout {
            sent_on: Some(day("2026-11-17")),
            route: Some(RouteId(1)),
            ..Payout::new(PayoutId(1), PlatformId(1), usd("100"))
        }
    }

    fn days(first: &str, last: &str) -> DayRange {
        DayRange::new(day(first), day(last))
    }

    #[test]
    fn each_stop_is_expected_after_the_one_before_it() {
        let stops = way(&kit().book, &sent());
        assert_eq!(stops.iter().map(|stop| stop.to.as_str()).collect::<Vec<_>>(), ["PayPal", "Equity Bank"]);
        assert_eq!(stops[0].expected, Some(days("2026-11-17", "2026-11-18")));
        assert_eq!((stops[1].expected, stops[1].counts), (Some(days("2026-11-19", "2026-11-22")), true));
    }

    #[test]
    fn what_has_arrived_counts_from_its_day_and_a_leg_that_left_from_its_own() {
        let leg = |to: &str, sent: Option<&str>, arrived: Option<&str>| Leg {
            to: to.into(),
            sent_on: sent.map(day),
            arrived_on: arrived.map(day),
            ..Leg::default()
        };
        let first = leg("PayPal", None, Some("2026-11-20"));
        let one = Payout { legs: vec![first.clone()], ..sent() };
        assert_eq!(way(&kit().book, &one)[1].expected, Some(days("2026-11-22", "2026-11-24")));
        let second = leg("Equity Bank", Some("2026-11-23"), None);
        let two = Payout { legs: vec![first, second], ..sent() };
        assert_eq!(way(&kit().book, &two)[1].expected, Some(days("2026-11-25", "2026-11-27")));
    }

    #[test]
    fn without_a_route_the_way_is_one_stop_without_a_date() {
        let stops = way(&Kit::new().book, &Payout { route: None, ..sent() });
        assert_eq!(stops, [Stop { to: String::new(), leg: None, expected: None, counts: true }]);
    }
}
