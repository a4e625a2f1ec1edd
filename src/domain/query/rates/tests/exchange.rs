//! What exchange makes of the money between *accepted* and *received*: drift, spread, or both in one where no reference
//! parts them.

use super::*;
use crate::domain::earning::Earning;
use crate::domain::exchange::ExchangeRate;
use crate::domain::ids::{PayoutId, RateId};
use crate::domain::payout::Allocation;
use crate::domain::query::work::Exchange;

fn pounds(text: &str) -> Money {
    Money::new(dec(text), Currency::GBP)
}

/// Five hours at £20 on 2 November, when a pound was $1.30; the platform keeps £10.00 and sends the rest on the 16th.
fn worked(sent: &str, received: Money) -> Kit {
    let mut kit = Kit::new();
    kit.terms(2, 2, Currency::GBP, Pay::PerHour(20.into()));
    kit.rate(1, Currency::GBP, "2026-11-02", "1.30");
    let session = kit.work(1, 2, "2026-11-02T09:00:00Z", "2026-11-02T14:00:00Z", |_| {});
    let worked = DayRange::day(day("2026-11-02"));
    kit.put(Earning {
        project: Some(ProjectId(2)),
        covers: Covers::Sessions(vec![session]),
        ..Earning::work(EarningId(1), PlatformId(2), pounds("100"), worked)
    });
    kit.put(Payout {
        platform_fee: Some(pounds("10")),
        sent_on: Some(day(sent)),
        received: Some(received),
        received_on: Some(day("2026-11-18")),
        allocations: vec![Allocation { earning: EarningId(1), amount: pounds("100") }],
        ..Payout::new(PayoutId(1), PlatformId(2), pounds("100"))
    });
    kit
}

#[test]
fn the_market_s_part_and_the_exchange_s_part_are_told_apart() {
    let mut kit = worked("2026-11-16", usd("112"));
    kit.rate(2, Currency::GBP, "2026-11-16", "1.28");
    let rates = rates_of(&kit, &all());
    // Accepted £100 × 1.30 = $130. Fee £10 × 1.30 = $13. Net £90: the market moved it by 90 × (1.28 − 1.30) = −$1.80,
    // the exchange gave $112 for 90 × 1.28 = $115.20: −$3.20. 130 − 13 − 1.80 − 3.20 = 112.
    assert_eq!((rates.accepted, rates.received), (dec("130"), dec("112")));
    assert_eq!(rates.exchange, Exchange { drift: dec("-1.80"), spread: dec("-3.20"), unsplit: dec("0") });
    assert_eq!(rates.received - rates.accepted - rates.exchange.sum(), dec("-13"), "the rest is the fee");
    let row = row_of(&kit.of(), SessionId(1), at(NOW)).unwrap();
    assert_eq!(row.worth.exchange, rates.exchange, "a figure opens to its rows");
}

#[test]
fn without_a_reference_of_the_sent_day_both_stand_in_one() {
    let kit = worked("2026-11-16", usd("112"));
    // £90 × 1.30 = $117 would have come; $112 did.
    let expected = Exchange { drift: dec("0"), spread: dec("0"), unsplit: dec("-5") };
    assert_eq!(rates_of(&kit, &all()).exchange, expected);
}

#[test]
fn money_that_came_as_it_was_sent_has_drift_alone() {
    let mut kit = worked("2026-11-16", pounds("90"));
    kit.rate(2, Currency::GBP, "2026-11-18", "1.27");
    let rates = rates_of(&kit, &all());
    // £90 × 1.27 = $114.30; at the work day's rate £90 were $117.
    assert_eq!(rates.received, dec("114.30"));
    assert_eq!(rates.exchange, Exchange { drift: dec("-2.70"), spread: dec("0"), unsplit: dec("0") });
}

#[test]
fn at_an_estimate_of_the_work_day_the_market_s_part_is_unknown_and_the_spread_is_not() {
    let mut kit = worked("2026-11-16", usd("112"));
    kit.rate(2, Currency::GBP, "2026-11-16", "1.28");
    let estimate = kit.book.rate(RateId(1)).unwrap();
    kit.put(ExchangeRate { estimate: true, ..(**estimate).clone() });
    let expected = Exchange { drift: dec("0"), spread: dec("-3.20"), unsplit: dec("-1.80") };
    assert_eq!(rates_of(&kit, &all()).exchange, expected);
}

#[test]
fn money_in_home_currency_knows_no_exchange() {
    let mut kit = eleven_hours();
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    kit.payout(1, "162.50", Some(usd("150")), "2026-11-21", &[(earning, "162.50")]);
    assert!(rates_of(&kit, &all()).exchange.is_zero());
}

#[test]
fn of_work_on_two_days_each_moves_from_its_own_and_the_parts_sum_to_the_whole() {
    let mut kit = worked("2026-11-16", usd("112"));
    kit.rate(2, Currency::GBP, "2026-11-16", "1.28");
    kit.rate(3, Currency::GBP, "2026-11-09", "1.20");
    let second = kit.work(2, 2, "2026-11-09T09:00:00Z", "2026-11-09T14:00:00Z", |_| {});
    kit.edit_earning(EarningId(1), |earning| {
        earning.covers = Covers::Sessions(vec![SessionId(1), second]);
        earning.worked = DayRange::new(day("2026-11-02"), day("2026-11-09"));
    });
    let work = kit.of();
    let of = |id| row_of(&work, id, at(NOW)).unwrap().worth.exchange;
    // £45 each: 45 × (1.28 − 1.30) = −$0.90 and 45 × (1.28 − 1.20) = $3.60; of the spread half each.
    assert_eq!(of(SessionId(1)), Exchange { drift: dec("-0.90"), spread: dec("-1.60"), unsplit: dec("0") });
    assert_eq!(of(second), Exchange { drift: dec("3.60"), spread: dec("-1.60"), unsplit: dec("0") });
    assert_eq!(rates(&work, &all(), at(NOW)).exchange.sum(), dec("-0.50"));
}

#[test]
fn a_rate_that_comes_later_parts_them_without_reading_everything_again() {
    let mut kit = worked("2026-11-16", usd("112"));
    let mut work = kit.of();
    kit.rate(2, Currency::GBP, "2026-11-16", "1.28");
    work.follow(&kit.book);
    assert_eq!(rates(&work, &all(), at(NOW)).exchange.spread, dec("-3.20"));
}
