//! Own lags: rules that are only reported or a lead lean on what the user's own payouts taught.

use chrono_tz::UTC;

use super::*;
use crate::domain::fact::{Provenance, Standing};
use crate::domain::query::calendar::OwnLags;
use crate::domain::query::calendar::of_work;
use crate::domain::query::work::Work;

/// Outlier's lead: Tue–Mon, paid the Tuesday after or a week later.
fn outlier(standing: Standing, arrivals: &[&str]) -> Desk {
    let tuesdays = PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 1 };
    let mut desk = Desk::new(None);
    let mut schedule = Schedule::of(ScheduleId(1), PLATFORM, weekly(Weekday::Tue, UTC, tuesdays));
    schedule.provenance = Provenance { standing, source: "a forum".to_owned(), checked_on: None, taken_by_user: true };
    desk.put(schedule);
    // A week's work each, paid the Tuesday after plus what it took: the pay days are Tue 1, 8, 15 … Sep.
    for (week, arrived) in arrivals.iter().enumerate() {
        let worked = day("2026-08-26") + chrono::TimeDelta::weeks(i64::try_from(week).unwrap());
        let earning = desk.earning(usd("50"), DayRange::day(worked), |earning| {
            // As landing records it: approved by being paid. That is no event of the rule.
            earning.states = vec![state(arrived, EarningState::Approved(None))];
        });
        desk.payout(usd("50"), |payout| {
            payout.received_on = Some(day(arrived));
            payout.received = Some(usd("50"));
            payout.allocations = vec![allocation(earning, usd("50"))];
        });
    }
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    desk
}

const SIX: [&str; 6] = ["2026-09-02", "2026-09-10", "2026-09-16", "2026-09-23", "2026-10-01", "2026-10-07"];

#[test]
fn six_payouts_say_when_the_seventh_comes() {
    let desk = outlier(Standing::Unverified, &SIX);
    let one = desk.only("2026-11-17T12:00:00Z");
    // Each came on the Wednesday or the Thursday.
    assert_eq!(one.window, lands("2026-11-18", "2026-11-19"));
    let taught = OwnLags { count: 6, median: 1, low: 1, high: 2, weekday: Some(Weekday::Tue) };
    assert_eq!(one.reasons.last(), Some(&Reason::OwnLags(taught)));
    // Past the 90th percentile it is late.
    let late = desk.only("2026-11-21T12:00:00Z");
    assert_eq!((late.late_days, late.is_surely_late()), (2, true));
}

#[test]
fn four_payouts_are_too_few_and_money_is_later_than_expected() {
    let desk = outlier(Standing::Reported, &SIX[..4]);
    let one = desk.only("2026-11-17T12:00:00Z");
    assert_eq!(one.window, lands("2026-11-17", "2026-11-24"));
    let later = desk.only("2026-11-28T12:00:00Z");
    assert_eq!((later.late_days, later.is_surely_late()), (4, false));
}

#[test]
fn a_documented_rule_and_the_users_own_stand() {
    for standing in [Standing::Documented, Standing::Own] {
        let desk = outlier(standing, &SIX);
        assert_eq!(desk.only("2026-11-17T12:00:00Z").window, lands("2026-11-17", "2026-11-24"), "{standing:?}");
        assert!(desk.only("2026-11-28T12:00:00Z").is_surely_late());
    }
}

#[test]
fn a_reading_of_the_book_teaches_the_same() {
    let desk = outlier(Standing::Unverified, &SIX);
    let when = now("2026-11-17T12:00:00Z");
    assert_eq!(of_work(&Work::of(&desk.book), when, None), calendar(&desk.book, when));
}
