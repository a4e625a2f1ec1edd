//! PayPal and a wire beside each other, on payouts whose costs are worked out by hand.

use super::*;
use crate::domain::ids::PayoutId;
use crate::domain::money::Currency;
use crate::domain::query::work::testkit::{Kit, day, dec, usd};
use crate::domain::route::{Fee, RouteStep};
use crate::domain::schedule::Lag;

const PAYPAL: RouteId = RouteId(1);
const WIRE: RouteId = RouteId(2);

fn kit() -> Kit {
    let mut kit = Kit::new();
    let step = |to: &str, fee: Option<Fee>, transit| RouteStep { to: to.into(), transit, fee };
    let percent = |percent: &str| Some(Fee { percent: Some(dec(percent)), ..Fee::default() });
    let fixed = Some(Fee { fixed: Some(usd("0.99")), ..Fee::default() });
    let business = Lag { count: DayCount::Business, ..Lag::days(1, 3) };
    for (id, steps) in [
        (PAYPAL, vec![step("PayPal", percent("2"), Some(Lag::days(0, 1))), step("Bank", fixed, Some(business))]),
        (WIRE, vec![step("Bank", None, Some(Lag::days(3, 5)))]),
    ] {
        kit.put(Route {
            id,
            platform: Some(PlatformId(1)),
            name: steps[0].to.clone(),
            steps,
            landed_after_step: 0,
            minimum: None,
            ceiling: None,
            yearly_ceiling: None,
        });
    }
    kit
}

fn payout(id: u64, route: RouteId, gross: &str, received: Money, days: i64) -> Payout {
    Payout {
        sent_on: Some(day("2026-11-10")),
        received: Some(received),
        received_on: Some(crate::domain::span::day_plus(day("2026-11-10"), days)),
        route: Some(route),
        ..Payout::new(PayoutId(id), PlatformId(1), usd(gross))
    }
}

#[test]
fn quotes_are_what_the_steps_say_of_the_sum() {
    let all = compare(&kit().book, PlatformId(1), usd("100"));
    let of = |route: RouteId| all.iter().find(|way| way.route == route).unwrap();
    // 2 % of $100.00, then $0.99 of what is left.
    assert_eq!(of(PAYPAL).quote, Quote { cost: Some(dec("2.99")), days: Some((1, 4)), business: true });
    assert_eq!(of(WIRE).quote, Quote { cost: None, days: Some((3, 5)), business: false });
    assert!(of(PAYPAL).fastest && !of(WIRE).fastest);
    assert!(!of(PAYPAL).cheapest, "of one that is known none is the cheapest");
}

#[test]
fn own_payouts_go_before_quotes_and_their_median_counts() {
    let mut kit = kit();
    // 3 %, 4 % and 8 % in 1, 2 and 9 days; the platform's own fee is no cost of the way.
    kit.put(payout(1, PAYPAL, "100", usd("97"), 1));
    kit.put(payout(2, PAYPAL, "50", usd("48"), 2));
    let mut with_fee = payout(3, PAYPAL, "110", usd("92"), 9);
    with_fee.platform_fee = Some(usd("10"));
    kit.put(with_fee);
    kit.put(payout(4, WIRE, "100", usd("99"), 4));
    let all = compare(&kit.book, PlatformId(1), usd("100"));
    let of = |route: RouteId| all.iter().find(|way| way.route == route).unwrap();
    assert_eq!(of(PAYPAL).cost, Some(Median { value: dec("4"), of: 3 }));
    assert_eq!(of(PAYPAL).days, Some(Median { value: dec("2"), of: 3 }));
    assert_eq!(of(WIRE).cost, Some(Median { value: dec("1"), of: 1 }));
    assert!(of(WIRE).cheapest && !of(WIRE).fastest && of(PAYPAL).fastest && !of(PAYPAL).cheapest);
}

#[test]
fn an_exchange_costs_against_the_reference_of_the_day_and_without_one_it_is_unknown() {
    let mut kit = kit();
    let euros = Money::new(dec("90"), Currency::EUR);
    kit.put(payout(1, WIRE, "100", euros, 2));
    let cost = |kit: &Kit| compare(&kit.book, PlatformId(1), usd("100"))[1].cost;
    assert_eq!(cost(&kit), None);
    // €90.00 at 1.05 is $94.50: 5.5 % were lost on the way.
    kit.rate(1, Currency::EUR, "2026-11-12", "1.05");
    assert_eq!(cost(&kit), Some(Median { value: dec("5.5"), of: 1 }));
}

#[test]
fn the_median_of_two_is_their_middle() {
    assert_eq!(median(vec![dec("1"), dec("2")]), Some(Median { value: dec("1.5"), of: 2 }));
    assert_eq!(median(Vec::new()), None);
}
