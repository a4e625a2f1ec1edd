//! Opening money under each shape of a rule: from when to when it is expected, and never before it was owed.
//!
//! The rules are those of the platform facts, checked 2026-11-22, section 2; Sunday, 22 November 2026, is the day on
//! which the money was entered.

use super::*;
use crate::domain::earning::EarningKind;
use crate::domain::query::calendar::Part;
use crate::domain::query::exposure::exposure;
use crate::domain::schedule::{ItemEvent, Lag, ReleaseShape, Repeat};
use crate::domain::span::day_plus;

const ENTERED: &str = "2026-11-22";
const WHEN: &str = "2026-11-22T12:00:00Z";

fn owing(rule: Rule, on: &str) -> Desk {
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("221.50"), DayRange::day(day(on)), |earning| {
        earning.kind = EarningKind::Opening;
        earning.project = None;
    });
    desk
}

fn clock(lag: Lag) -> Rule {
    let event = ItemEvent::Submitted;
    Rule::of(EarningShape::ItemClock { event, zone: chrono_tz::UTC, lag, per_task_lag: None })
}

fn drawn(rule: Rule) -> Rule {
    Rule { release: Some(ReleaseShape::OnDemand { cooldown_hours: Some(72), balance_ceiling: None }), ..rule }
}

#[test]
fn of_a_weekly_batch_it_may_be_of_the_week_before_or_of_this_one() {
    // Mercor: Sat – Fri, paid on the Wednesday after. Fri 20 Nov ended a week that is paid on the 25th.
    let wednesday = weekly(Weekday::Sat, chrono_tz::UTC, on_weekday(Weekday::Wed));
    let only = owing(wednesday.clone(), ENTERED).only(WHEN);
    assert_eq!(only.window, lands("2026-11-25", "2026-12-02"));
    assert_eq!(only.key.part, Part::Items(day("2026-12-02")));
    assert_eq!(kinds(&only.reasons), ["owed", "paid"]);
    assert_eq!((only.gross, only.estimate, only.late_days), (usd("221.50"), false, 0));
    // On a Thursday the last week is paid already: only the one that runs is left, and it goes with its other money.
    let mut desk = owing(wednesday, "2026-11-26");
    desk.worked("2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z");
    let only = desk.only("2026-11-26T12:00:00Z");
    assert_eq!(only.window, lands("2026-12-02", "2026-12-02"));
    assert_eq!(only.gross, usd("271.50"));
    assert_eq!(kinds(&only.reasons), ["worked", "owed", "window ends", "paid"]);
}

#[test]
fn a_pay_day_that_may_be_a_week_later_stays_on_its_weekday() {
    // Outlier, both readings: Tue – Mon, paid on the Tuesday after or a week later.
    let outlier = PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 1 };
    let only = owing(weekly(Weekday::Tue, chrono_tz::UTC, outlier), ENTERED).only(WHEN);
    assert_eq!(only.window, lands("2026-11-24", "2026-12-01"));
}

#[test]
fn of_a_monthly_batch_it_is_expected_in_the_rest_of_the_range() {
    // OneForma: months, paid from the 10th to the 20th of the next.
    let range = PayDay::DayOfMonth { from: 10, to: 20, months_later: 0 };
    let months = batch(Cycle::Monthly { from_day: 1 }, chrono_tz::UTC, range);
    assert_eq!(owing(months.clone(), ENTERED).only(WHEN).window, lands("2026-12-10", "2026-12-20"));
    let middle = owing(months, "2026-11-15").only("2026-11-15T12:00:00Z");
    assert_eq!(middle.window, lands("2026-11-15", "2026-12-20"));
}

#[test]
fn of_an_item_clock_it_may_have_matured_on_the_day_it_was_entered() {
    // DataAnnotation: hourly work can be drawn after 7 days; 72 hours between two draws.
    let rule = drawn(clock(Lag::days(7, 7)));
    let desk = owing(rule.clone(), ENTERED);
    assert_eq!(desk.only(WHEN).window, Window::DrawableFrom(days("2026-11-22", "2026-11-29")));
    let only = desk.only("2026-11-29T12:00:00Z");
    assert_eq!(only.window, Window::DrawableNow { next_draw_on: None });
    // A draw that is known moves the first day of the next one.
    let mut desk = owing(rule, ENTERED);
    desk.payout(usd("131.00"), |payout| {
        payout.received = Some(usd("131.00"));
        payout.received_on = Some(day("2026-11-20"));
    });
    let only = desk.only(WHEN);
    assert_eq!(only.window, Window::DrawableFrom(days("2026-11-23", "2026-11-29")));
    assert!(kinds(&only.reasons).contains(&"cooldown"));
}

#[test]
fn what_was_recorded_of_it_goes_before_what_is_not_known() {
    let mut desk = Desk::new(Some(clock(Lag::days(7, 7))));
    desk.earning(usd("50"), DayRange::day(day(ENTERED)), |earning| {
        earning.kind = EarningKind::Opening;
        earning.states = vec![state("2026-11-20", EarningState::Submitted)];
    });
    assert_eq!(desk.only(WHEN).window, lands("2026-11-27", "2026-11-27"));
    desk.earning(usd("50"), DayRange::day(day(ENTERED)), |earning| {
        earning.kind = EarningKind::Opening;
        earning.not_before = Some(day("2026-11-25"));
    });
    let found = desk.expected(WHEN);
    assert!(found.iter().any(|one| one.window == lands("2026-11-25", "2026-11-29")), "{found:#?}");
}

#[test]
fn an_own_date_is_the_next_one_and_without_a_rule_there_is_none() {
    let on = Some(day("2026-11-10"));
    let monthly = Rule::of(EarningShape::OwnDate { on, repeat: Some(Repeat::Monthly) });
    assert_eq!(owing(monthly, ENTERED).only(WHEN).window, lands("2026-12-10", "2026-12-10"));
    let none = Rule::of(EarningShape::OwnDate { on: None, repeat: None });
    let only = owing(none, ENTERED).only(WHEN);
    assert_eq!(kinds(&only.reasons), ["owed", "unknown"]);
}

#[test]
fn it_counts_as_not_yet_paid_until_a_payout_settles_it() {
    let mut desk = owing(weekly(Weekday::Sat, chrono_tz::UTC, on_weekday(Weekday::Wed)), ENTERED);
    let not_yet_paid = |desk: &Desk| {
        let all = exposure(&desk.book, &calendar(&desk.book, now(WHEN)));
        all.get(&PLATFORM).map(|of| of.not_yet_paid().of(Currency::USD))
    };
    assert_eq!(not_yet_paid(&desk), Some(usd("221.50")));
    let id = desk.book.earnings().next().map(|earning| earning.id).unwrap();
    desk.payout(usd("221.50"), |payout| {
        payout.received = Some(usd("221.50"));
        payout.received_on = Some(day(ENTERED));
        payout.allocations = vec![allocation(id, usd("221.50"))];
    });
    assert_eq!(not_yet_paid(&desk), None);
}

proptest::proptest! {
    #[test]
    fn it_is_never_expected_before_the_day_it_was_owed(
        offset in 0i64..800, which in 0u32..5, weeks in 0u32..3, lag in 0u32..60, weekday in 0u8..7,
    ) {
        let weekday = Weekday::try_from(weekday).unwrap();
        let pay_day = PayDay::Weekday { weekday, weeks_later_min: 0, weeks_later_max: weeks };
        let range = PayDay::DayOfMonth { from: lag % 28 + 1, to: lag % 28 + 4, months_later: weeks };
        let rule = match which {
            0 => weekly(Weekday::Tue, chrono_tz::UTC, pay_day),
            1 => batch(Cycle::TwiceAMonth { second_from: 16 }, chrono_tz::UTC, PayDay::After(Lag::days(lag, lag + 3))),
            2 => batch(Cycle::Monthly { from_day: 5 }, chrono_tz::UTC, range),
            3 => clock(Lag::days(lag, lag + 2)),
            _ => drawn(clock(Lag::days(lag, lag + 2))),
        };
        let owed = day_plus(day("2025-12-01"), offset);
        let mut desk = Desk::new(Some(rule));
        desk.earning(usd("10"), DayRange::day(owed), |earning| earning.kind = EarningKind::Opening);
        let only = desk.only(&format!("{owed}T12:00:00Z"));
        proptest::prop_assert_eq!(only.late_days, 0);
        if let Some(found) = only.window.days() {
            proptest::prop_assert!(found.first >= owed && found.first <= found.last, "{:?}", found);
        }
    }
}
