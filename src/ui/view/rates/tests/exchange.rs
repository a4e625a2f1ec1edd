//! What exchange made of *received*, as the step's parts, its hover and its table say it.

use super::*;
use crate::domain::earning::{Covers, Earning};
use crate::domain::ids::{EarningId, PayoutId, ProjectId};
use crate::domain::payout::{Allocation, Payout};

/// Twenty hours at £5 on 2 November, when a pound was $1.30; £10.00 kept, $112.00 came of the £90.00 sent on the 16th.
fn paid(reference: Option<&str>) -> Kit {
    let pounds = |text: &str| Money::new(dec(text), Currency::GBP);
    let mut kit = Kit::new();
    kit.terms(2, 2, Currency::GBP, Pay::PerHour(5.into()));
    kit.rate(1, Currency::GBP, "2026-11-02", "1.30");
    let session = kit.work(1, 2, "2026-11-02T00:00:00Z", "2026-11-02T20:00:00Z", |_| {});
    kit.put(Earning {
        project: Some(ProjectId(2)),
        covers: Covers::Sessions(vec![session]),
        ..Earning::work(EarningId(1), PlatformId(2), pounds("100"), DayRange::day(day("2026-11-02")))
    });
    kit.put(Payout {
        platform_fee: Some(pounds("10")),
        sent_on: Some(day("2026-11-16")),
        received: Some(Money::new(dec("112"), Currency::USD)),
        received_on: Some(day("2026-11-18")),
        allocations: vec![Allocation { earning: EarningId(1), amount: pounds("100") }],
        ..Payout::new(PayoutId(1), PlatformId(2), pounds("100"))
    });
    if let Some(rate) = reference {
        kit.rate(2, Currency::GBP, "2026-11-16", rate);
    }
    kit
}

fn received(view: &RatesView) -> &StepRow {
    view.steps.iter().find(|row| row.step == Step::Received).expect("enough is worked for every step")
}

#[test]
fn market_and_spread_stand_under_received_with_their_money_and_what_they_are_an_hour() {
    let view = view(&paid(Some("1.28")), Look::default());
    let row = received(&view);
    // Of £90: 90 × (1.28 − 1.30) = −$1.80, and 112 − 90 × 1.28 = −$3.20; over twenty hours −0.09 and −0.16.
    assert_eq!(row.of_which, "of which market −$1.80, spread −$3.20");
    let cells: Vec<_> =
        row.parts.iter().map(|part| (part.name, part.cells[1].as_str(), part.cells[2].as_str())).collect();
    assert_eq!(cells, [("of which market", "−0.09", "−$1.80"), ("of which spread", "−0.16", "−$3.20")]);
    assert_eq!(row.parts[1].spoken, "of which spread −$3.20, −0.16 USD an hour");
    assert!(view.steps_text.contains("\nof which market\t\t-0.09\t-1.80\t\tWhat rates moved"), "{}", view.steps_text);
    assert!(view.steps.iter().filter(|row| row.step != Step::Received).all(|row| row.parts.is_empty()));
}

#[test]
fn without_a_reference_both_are_one_and_the_spread_is_said_to_be_unknown() {
    let view = view(&paid(None), Look::default());
    assert_eq!(received(&view).of_which, "of which exchange −$5.00 (spread unknown: no reference rate)");
}

#[test]
fn a_warning_about_a_missing_rate_offers_the_last_payout_s() {
    let mut kit = paid(Some("1.28"));
    kit.work(2, 2, "2026-10-28T08:00:00Z", "2026-10-28T09:00:00Z", |_| {});
    let view = view(&kit, Look::default());
    let [warning] = view.warnings.as_slice() else { panic!("{:?}", view.warnings) };
    assert!(warning.text.starts_with("No rate from GBP to USD for Wed 28 Oct"), "{}", warning.text);
    assert_eq!(warning.fill.as_ref().map(|fill| fill.words.as_str()), Some("Use my last payout’s rate, Mon 16 Nov"));
}
