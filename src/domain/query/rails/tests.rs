//! Money that goes through two accounts, by cents and days.

use super::*;
use crate::domain::change::Change;
use crate::domain::ids::PlatformId;
use crate::domain::payer_rule::{PayerRule, Whose};
use crate::domain::platform::Platform;
use crate::domain::settings::Settings;
use crate::domain::testing::{day, dec, movement, usd};

fn book(movements: impl IntoIterator<Item = Movement>) -> Book {
    let mut book = Book::new(Settings::new(Currency::EUR, chrono_tz::Europe::Berlin));
    for movement in movements {
        book.apply(&Change::create(movement));
    }
    book
}

fn eur(amount: &str) -> Money {
    Money::new(dec(amount), Currency::EUR)
}

fn came(id: u64, on: &str, amount: Money) -> Movement {
    Movement { on: day(on), ..movement(id, amount) }
}

fn out(id: u64, on: &str, amount: Money) -> Movement {
    Movement { kind: MoveKind::Own, ..came(id, on, amount) }
}

fn at_bank(id: u64, on: &str, amount: Money, text: &str) -> Movement {
    Movement { account: "Bank …1234".to_owned(), text: text.to_owned(), ..came(id, on, amount) }
}

fn exchanged(id: u64, on: &str, amount: Money, parent: &str) -> Movement {
    Movement { kind: MoveKind::Exchange, parent: parent.to_owned(), ..came(id, on, amount) }
}

/// Origins, account and what is left of each journey.
fn told(rails: &Rails) -> Vec<(Vec<u64>, &str, Money)> {
    let of = |journey: &Journey| journey.origins.iter().map(|id| id.0).collect();
    rails.journeys.iter().map(|journey| (of(journey), journey.account.as_str(), journey.holds)).collect()
}

#[test]
fn a_payment_that_is_exchanged_and_withdrawn_is_one_journey() {
    let rails = Rails::of(&book([
        came(1, "2026-11-10", usd("200")),
        exchanged(2, "2026-11-10", usd("-200"), "A"),
        exchanged(3, "2026-11-10", eur("180"), "A"),
        out(4, "2026-11-11", eur("-180")),
        at_bank(5, "2026-11-13", eur("180"), "PAYPAL EUROPE"),
    ]));
    assert_eq!(told(&rails), [(vec![1], "Bank …1234", eur("180"))]);
    let steps = &rails.journeys[0].steps;
    assert_eq!(steps.iter().map(|step| step.link).collect::<Vec<_>>(), [Link::Number, Link::Named]);
    assert_eq!((steps[0].leg.rate, steps[0].leg.to.as_str()), (Some(dec("0.9")), "PayPal"));
    assert_eq!((steps[1].leg.sent_on, steps[1].leg.arrived_on), (Some(day("2026-11-11")), Some(day("2026-11-13"))));
    assert_eq!(rails.own, [2, 3, 4, 5].map(MovementId).into());
}

#[test]
fn a_withdrawal_gathers_what_stands_there_and_takes_its_fee() {
    let mut withdrawn = out(3, "2026-11-12", usd("-300"));
    withdrawn.fee = Some(usd("2"));
    let rails = Rails::of(&book([
        came(1, "2026-11-10", usd("200")),
        came(2, "2026-11-11", usd("100")),
        withdrawn,
        at_bank(4, "2026-11-14", usd("298"), "transfer"),
        came(5, "2026-11-15", usd("50")),
    ]));
    assert_eq!(told(&rails), [(vec![1, 2], "Bank …1234", usd("298")), (vec![5], "PayPal", usd("50"))]);
    let step = &rails.journeys[0].steps[0];
    assert_eq!((step.of.len(), step.leg.fee, step.leg.rate, step.link), (2, Some(usd("2")), None, Link::Amount));
}

#[test]
fn a_withdrawal_of_another_part_is_no_income_and_nobody_says_whose_it_was() {
    let rails = Rails::of(&book([
        came(1, "2026-11-10", usd("200")),
        out(2, "2026-11-11", usd("-150")),
        at_bank(3, "2026-11-12", usd("150"), "PayPal"),
    ]));
    assert_eq!(told(&rails), [(vec![1], "PayPal", usd("200"))]);
    assert_eq!(rails.own, [2, 3].map(MovementId).into());
}

#[test]
fn pay_of_the_same_amount_is_no_transfer_where_it_names_a_platform_or_a_rule_says_so() {
    let rows = || {
        [
            came(1, "2026-11-10", usd("200")),
            out(2, "2026-11-11", usd("-200")),
            at_bank(3, "2026-11-12", usd("200"), "Acme pay"),
        ]
    };
    assert_eq!(Rails::of(&book(rows())).journeys.len(), 1, "nothing speaks against it");
    let mut named = book(rows());
    named.apply(&Change::create(Platform::new(PlatformId(1), "ACME".to_owned(), Currency::USD)));
    assert_eq!(Rails::of(&named).journeys.len(), 2);
    let mut ruled = book(rows());
    let rule = PayerRule { words: "acme".to_owned(), whose: Whose::Other };
    let settings = Settings { payer_rules: vec![rule], ..(**ruled.settings()).clone() };
    ruled.apply(&Change::replace(ruled.settings(), settings));
    assert_eq!(Rails::of(&ruled).journeys.len(), 2);
}

#[test]
fn a_transfer_into_another_currency_is_followed_only_where_its_text_names_the_account() {
    let rows = |text: &str| {
        [
            came(1, "2026-11-10", usd("100")),
            out(2, "2026-11-11", usd("-100")),
            at_bank(3, "2026-11-13", eur("90"), text),
        ]
    };
    let rails = Rails::of(&book(rows("PAYPAL (EUROPE) S.A.")));
    assert_eq!(told(&rails), [(vec![1], "Bank …1234", eur("90"))]);
    assert_eq!(rails.journeys[0].steps[0].leg.rate, Some(dec("0.9")));
    assert_eq!(Rails::of(&book(rows("somebody"))).journeys.len(), 2);
}

#[test]
fn fees_and_refunds_of_a_payment_lessen_what_leaves_and_what_is_under_way_or_nothing_of_work_is_left_out() {
    let mut paid = came(1, "2026-11-10", usd("100"));
    paid.reference = "A".to_owned();
    let fee = Movement { kind: MoveKind::Fee, parent: "A".to_owned(), ..came(2, "2026-11-10", usd("-4")) };
    let pending = Movement { state: MoveState::Pending, ..came(5, "2026-11-10", usd("7")) };
    let gift = Movement { role: Role::Other, ..came(6, "2026-11-10", usd("8")) };
    let rows = [paid, fee, out(3, "2026-11-11", usd("-96")), at_bank(4, "2026-11-12", usd("96"), ""), pending, gift];
    assert_eq!(told(&Rails::of(&book(rows))), [(vec![1], "Bank …1234", usd("96"))]);
}

#[test]
fn what_leaves_for_an_account_that_nobody_looks_at_is_no_longer_there() {
    let rails = Rails::of(&book([
        came(1, "2026-11-10", usd("200")),
        out(2, "2026-11-11", usd("-200")),
        came(3, "2026-11-12", usd("200")),
        out(4, "2026-11-20", usd("-200")),
        at_bank(5, "2026-11-21", usd("200"), "PayPal"),
    ]));
    assert_eq!(told(&rails), [(vec![1], "PayPal", usd("200")), (vec![3], "Bank …1234", usd("200"))]);
}
