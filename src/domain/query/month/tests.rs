//! Worked months: November 2026 on two platforms.

use super::*;
use crate::domain::earning::{DatedState, EarningState};
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::payout::{Leg, Payout};
use crate::domain::query::calendar::of_work;
use crate::domain::query::needs::{Closed, closed};
use crate::domain::query::rates::Step;
use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
use crate::domain::seen::{Seen, SeenFigure};
use crate::domain::span::Now;

const NOW: &str = "2026-12-05T12:00:00Z";

fn november() -> Month {
    Month { year: 2026, month: 11 }
}

fn of(kit: &Kit) -> MonthFigures {
    let work = kit.of();
    let now = Now { at: at(NOW), zone: chrono_tz::UTC };
    let calendar = of_work(&work, now, None);
    let today = day("2026-12-05");
    month_figures(&work, &calendar, &closed(&work, today), november(), today, now.at)
}

fn gbp(text: &str) -> Money {
    Money::new(dec(text), Currency::GBP)
}

/// A payout of platform 1 that landed on a day, changed before it is put down.
fn landed(kit: &mut Kit, id: u64, gross: Money, received: Money, on: &str, shape: impl FnOnce(&mut Payout)) {
    let mut payout = Payout {
        sent_on: Some(day(on)),
        received_on: Some(day(on)),
        received: Some(received),
        ..Payout::new(PayoutId(id), PlatformId(1), gross)
    };
    shape(&mut payout);
    kit.put(payout);
}

#[test]
fn worked_earned_and_landed_are_those_of_the_month_alone() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-10-31T08:00:00Z", "2026-10-31T09:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-01T08:00:00Z", "2026-11-01T12:00:00Z", |_| {});
    kit.unpaid(3, 2, "2026-11-30T08:00:00Z", "2026-11-30T09:00:00Z");
    kit.work(4, 1, "2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z", |_| {});
    landed(&mut kit, 1, usd("10"), usd("10"), "2026-10-31", |_| {});
    landed(&mut kit, 2, usd("30"), usd("30"), "2026-11-30", |_| {});
    landed(&mut kit, 3, usd("20"), usd("20"), "2026-11-01", |_| {});
    landed(&mut kit, 4, usd("40"), usd("40"), "2026-12-01", |_| {});
    let found = of(&kit);
    assert_eq!((found.rates.hours.paid_secs, found.rates.hours.unpaid_secs()), (4 * 3600, 3600));
    assert_eq!(found.rates.earned(), Some(dec("100")));
    assert_eq!(found.rates.per_hour(Step::AllHours), Some(dec("20")));
    assert_eq!(found.sides.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [1, 2]);
    let days: Vec<_> = found.landed.iter().map(|row| (row.on, row.received)).collect();
    assert_eq!(days, [(day("2026-11-01"), usd("20")), (day("2026-11-30"), usd("30"))]);
    assert_eq!(found.landed_sum, usd("50"));
}

#[test]
fn still_out_is_what_is_open_of_the_month_s_work_or_under_way() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-10-30T08:00:00Z", "2026-10-30T12:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-05T08:00:00Z", "2026-11-05T10:00:00Z", |_| {});
    let sent = kit.earning(1, "30", &[]);
    kit.edit_earning(sent, |earning| {
        earning.states = vec![DatedState { on: day("2026-11-21"), state: EarningState::Approved(None) }];
    });
    kit.payout(1, "30", None, "2026-12-01", &[(sent, "30")]);
    let found = of(&kit);
    assert_eq!(found.out.get(&Some(PlatformId(1))).map(|bag| bag.of(Currency::USD)), Some(usd("80")));
    assert_eq!(found.out_sum, usd("80"), "two hours, and what is under way of 20 November");
}

#[test]
fn what_was_lost_is_told_by_its_cause() {
    let mut kit = Kit::new();
    landed(&mut kit, 1, usd("100"), usd("80"), "2026-11-02", |payout| {
        payout.platform_fee = Some(usd("10"));
        payout.tax_withheld = Some(usd("5"));
        payout.legs = vec![Leg {
            to: String::new(),
            sent_on: None,
            arrived_on: None,
            fee: Some(usd("2")),
            rate: None,
            arrived: None,
        }];
    });
    landed(&mut kit, 2, usd("50"), usd("49"), "2026-11-03", |payout| payout.difference = Some(Difference::Fee));
    landed(&mut kit, 3, usd("50"), usd("40"), "2026-11-04", |payout| payout.difference = Some(Difference::RestLater));
    landed(&mut kit, 4, usd("50"), usd("46"), "2026-11-05", |payout| {
        payout.difference = Some(Difference::PartRejected);
    });
    landed(&mut kit, 5, usd("50"), usd("60"), "2026-11-06", |_| {});
    let lost = of(&kit).lost;
    let dollars = |bag: &Bag| bag.of(Currency::USD);
    assert_eq!(dollars(&lost.platform_fees), usd("10"));
    assert_eq!(dollars(&lost.tax_withheld), usd("5"));
    assert_eq!(dollars(&lost.payout_fees), usd("3"), "the leg's two, and the one that was said to be a fee");
    assert_eq!(dollars(&lost.rejected), usd("4"));
    assert_eq!(dollars(&lost.unexplained), usd("3"), "of the first; more than was owed is no loss");
}

#[test]
fn exchange_is_held_against_the_rate_of_the_day_or_unknown() {
    let mut kit = Kit::new();
    kit.rate(1, Currency::GBP, "2026-11-02", "1.25");
    // £40 at 1.25 are $50; $49 arrived.
    landed(&mut kit, 1, gbp("40"), usd("49"), "2026-11-03", |_| {});
    landed(&mut kit, 2, gbp("40"), usd("49"), "2026-11-20", |_| {});
    landed(&mut kit, 3, gbp("8"), gbp("8"), "2026-11-04", |_| {});
    landed(&mut kit, 4, gbp("8"), gbp("8"), "2026-11-25", |_| {});
    let found = of(&kit);
    assert_eq!(found.lost.exchange.of(Currency::USD), usd("1"));
    assert_eq!(found.lost.exchange_unknown, 1);
    assert_eq!(found.landed_sum, usd("108"), "49, 49, and ten for eight pounds");
    assert_eq!(found.landed_without_rate.of(Currency::GBP), gbp("8"));
    let used: Vec<_> = found.rates_used.iter().map(|rate| rate.id.0).collect();
    assert_eq!(used, [1], "the rate of 2 November serves the 4th");
}

#[test]
fn what_landed_adds_up_as_it_is_printed() {
    let mut kit = Kit::new();
    kit.rate(1, Currency::GBP, "2026-11-02", "1.3112");
    // $14.16096 each: rounded by itself it is $14.16, and three of them are no $42.48288.
    for id in 1..=3 {
        landed(&mut kit, id, gbp("10.80"), gbp("10.80"), "2026-11-03", |_| {});
    }
    let found = of(&kit);
    assert!(found.landed.iter().all(|row| row.home == Some(usd("14.16"))), "{:?}", found.landed);
    assert_eq!(found.landed_sum, usd("42.48"));
}

#[test]
fn what_moved_since_the_last_look_is_that_of_the_month() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-05T08:00:00Z", "2026-11-05T10:00:00Z", |_| {});
    kit.work(2, 1, "2026-10-05T08:00:00Z", "2026-10-05T10:00:00Z", |_| {});
    let figure = |month: u32| SeenFigure {
        platform: PlatformId(1),
        month: Month { year: 2026, month },
        earned: usd("60"),
        credited_secs: 2 * 3600,
    };
    kit.put(Seen { dismissed: Vec::new(), figures: vec![figure(10), figure(11)] });
    let moved = of(&kit).moved;
    assert_eq!(moved.len(), 1, "October's stands on its own page");
    assert_eq!((moved[0].month, moved[0].earned_by()), (november(), Some(usd("-10"))));
}

#[test]
fn a_month_without_anything_is_empty() {
    let kit = Kit::new();
    assert!(of(&kit).is_empty() && of(&kit).lost.is_empty());
    let work = kit.of();
    let calendar = of_work(&work, Now { at: at(NOW), zone: chrono_tz::UTC }, None);
    let ages = Month { year: 1, month: 1 };
    assert!(month_figures(&work, &calendar, &Closed::default(), ages, day("2026-12-05"), at(NOW)).is_empty());
}
