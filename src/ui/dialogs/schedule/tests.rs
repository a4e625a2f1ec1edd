//! Tests of the schedule's draft: every shape reads back, every slip has its field.

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::draft::{CycleKind, Draft, PayDayKind, ReleaseKind, Shape};
use super::read::field;
use crate::domain::money::Currency;
use crate::domain::route::Fee;
use crate::domain::schedule::{
    ChaseAfter, CutOff, CutOffAction, Cycle, DayCount, EarningShape, Holidays, InvoiceClock, ItemEvent, Lag, Modifiers,
    MonthDays, PayDay, Precision, ReleaseShape, Repeat, RequestBefore, Review, Rule, RunDays, Shift,
};
use crate::domain::testing::{day, usd};
use crate::ui::format::Style;

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn rule(earning: EarningShape, release: Option<ReleaseShape>, modifiers: Modifiers) -> Rule {
    Rule { earning, release, modifiers }
}

/// One rule of each shape, with every modifier somewhere.
fn rules() -> Vec<Rule> {
    let batch = |cycle, pay_day| EarningShape::PeriodBatch {
        cycle,
        zone: chrono_tz::Asia::Kolkata,
        starts_at: time(17, 0),
        pay_day,
    };
    let business = |min_days, max_days| Lag { min_days, max_days, count: DayCount::Business };
    let item = EarningShape::ItemClock {
        event: ItemEvent::Credited,
        zone: chrono_tz::UTC,
        lag: Lag::days(7, 7),
        per_task_lag: Some(Lag::days(3, 5)),
    };
    vec![
        rule(
            batch(
                Cycle::Weeks { every: 2, starts: Weekday::Sat, anchor: Some(day("2026-11-07")) },
                PayDay::Weekday { weekday: Weekday::Wed, weeks_later_min: 0, weeks_later_max: 1 },
            ),
            None,
            Modifiers {
                pay_zone: Some(chrono_tz::America::Los_Angeles),
                cut_off: Some(CutOff {
                    action: CutOffAction::Report,
                    days_after: 2,
                    at: Some(time(23, 59)),
                    remind_hours: 12,
                }),
                review: Some(Review { lag: business(1, 3), automatic: true }),
                precision: Precision::By,
                shift: Shift::Next,
                holidays: Holidays::Own(vec![day("2026-12-25"), day("2027-01-01")]),
                extra_business_days: 1,
                minimum: Some(usd("10")),
                ceiling: Some(usd("2500.50")),
                first_payout_hold_days: Some(7),
                held_percent: Some("12.5".parse().unwrap()),
                platform_fee: Some(Fee { percent: Some(10.into()), fixed: None, at_least: None }),
                payout_fee: Some(Fee { percent: Some(2.into()), fixed: Some(usd("1")), at_least: Some(usd("0.50")) }),
                transit: Some(Lag::days(1, 2)),
                chase_after: Some(ChaseAfter::DayOfMonth(15)),
                frozen: Some("the address is confirmed".to_owned()),
            },
        ),
        rule(
            batch(Cycle::TwiceAMonth { second_from: 16 }, PayDay::DayOfMonth { from: 10, to: 20, months_later: 1 }),
            None,
            Modifiers { chase_after: Some(ChaseAfter::Lag(business(10, 10))), ..Modifiers::default() },
        ),
        rule(batch(Cycle::Monthly { from_day: 16 }, PayDay::After(business(5, 5))), None, Modifiers::default()),
        rule(
            item.clone(),
            Some(ReleaseShape::OnDemand { cooldown_hours: Some(72), balance_ceiling: Some(usd("500")) }),
            Modifiers { holidays: Holidays::Target, ..Modifiers::default() },
        ),
        rule(
            item.clone(),
            Some(ReleaseShape::PayRun {
                days: RunDays::Weekly { from: Weekday::Tue, to: Weekday::Fri },
                zone: chrono_tz::Europe::London,
                request_before: Some(RequestBefore { days_before: 2, at: time(9, 30) }),
            }),
            Modifiers::default(),
        ),
        rule(
            item.clone(),
            Some(ReleaseShape::PayRun {
                days: RunDays::Weekdays(vec![Weekday::Mon, Weekday::Thu]),
                zone: chrono_tz::America::New_York,
                request_before: Some(RequestBefore { days_before: 1, at: time(17, 0) }),
            }),
            Modifiers::default(),
        ),
        rule(
            item,
            Some(ReleaseShape::PayRun {
                days: RunDays::Monthly(vec![MonthDays { from: 10, to: 20 }, MonthDays { from: 25, to: 25 }]),
                zone: chrono_tz::UTC,
                request_before: None,
            }),
            Modifiers::default(),
        ),
        rule(
            EarningShape::InvoiceNet {
                net: Lag::days(30, 45),
                clock: InvoiceClock::Corrected,
                cycle: Some(Cycle::Monthly { from_day: 1 }),
            },
            None,
            Modifiers::default(),
        ),
        rule(
            EarningShape::OwnDate { on: Some(day("2026-12-04")), repeat: Some(Repeat::EveryWeeks(3)) },
            None,
            Modifiers::default(),
        ),
        rule(EarningShape::OwnDate { on: None, repeat: None }, None, Modifiers::default()),
    ]
}

#[test]
fn a_rule_that_is_not_touched_reads_back_the_same() {
    for rule in rules() {
        let draft = Draft::of(&rule, chrono_tz::Africa::Nairobi, Style::PLAIN);
        assert_eq!(draft.read(today(), Currency::USD), Ok(rule));
    }
}

#[test]
fn a_first_draft_reads_at_once() {
    let read = Draft::new(chrono_tz::Africa::Nairobi, Style::PLAIN).read(today(), Currency::USD).unwrap();
    assert!(matches!(read.earning, EarningShape::PeriodBatch { zone: chrono_tz::Tz::Africa__Nairobi, .. }));
    assert_eq!(read.modifiers, Modifiers::default());
}

#[test]
fn every_slip_stands_beside_its_field() {
    let base = || Draft::new(chrono_tz::UTC, Style::PLAIN);
    let check = |draft: Draft, name: &str| {
        let reasons = draft.read(today(), Currency::USD).unwrap_err();
        assert_eq!(reasons.keys().copied().collect::<Vec<_>>(), [name], "{reasons:?}");
    };
    check(Draft { every: "0".to_owned(), ..base() }, field::EVERY);
    check(Draft { every: "often".to_owned(), ..base() }, field::EVERY);
    check(Draft { starts_at: "24:00".to_owned(), ..base() }, field::STARTS_AT);
    check(Draft { weeks_later: "3–1".to_owned(), ..base() }, field::WEEKS_LATER);
    check(Draft { cycle: CycleKind::TwiceAMonth, second_from: "29".to_owned(), ..base() }, field::SECOND_FROM);
    check(Draft { pay_day: PayDayKind::DayOfMonth, month_days: "32".to_owned(), ..base() }, field::MONTH_DAYS);
    check(Draft { shape: Shape::Item, lag: String::new(), ..base() }, field::LAG);
    check(Draft { release: ReleaseKind::OnDemand, cooldown: "soon".to_owned(), ..base() }, field::COOLDOWN);
    check(Draft { minimum: "-5".to_owned(), ..base() }, field::MINIMUM);
    check(Draft { held: "120 %".to_owned(), ..base() }, field::HELD);
    check(Draft { held: "100 %".to_owned(), ..base() }, field::HELD);
    check(Draft { minimum: "$50".to_owned(), ceiling: "$20".to_owned(), ..base() }, field::MINIMUM);
    let early = Draft { release: ReleaseKind::PayRun, request_days: "40".to_owned(), ..base() };
    check(early, field::REQUEST_DAYS);
    check(Draft { payout_fee: "a lot".to_owned(), ..base() }, field::PAYOUT_FEE);
}

#[test]
fn fields_of_other_shapes_do_not_stand_in_the_way() {
    let draft = Draft {
        shape: Shape::OwnDate,
        every: "x".to_owned(),
        lag: "x".to_owned(),
        cooldown: "x".to_owned(),
        ..Draft::new(chrono_tz::UTC, Style::PLAIN)
    };
    assert!(draft.read(today(), Currency::USD).is_ok());
}
