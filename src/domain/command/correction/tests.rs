//! Corrections of the payout of the landing tests: $105.00 for three sessions.

use super::*;
use crate::domain::command::landing::tests::{book, landing, now};
use crate::domain::command::{Command, plan};
use crate::domain::query::calendar::calendar;
use crate::domain::refusal::Field;
use crate::domain::testing::{day, usd};

fn noon() -> Now {
    now("2026-11-18T12:00:00Z")
}

/// The Book after the week landed with a sum.
fn landed(received: &str, difference: Option<Difference>) -> Book {
    let mut book = book();
    let command = Command::Land(Box::new(landing(&book, usd(received), difference)));
    let change = plan(&book, &command, noon()).unwrap();
    book.apply(&change);
    book
}

fn correction(received: &str, difference: Option<Difference>) -> Correction {
    Correction {
        payout: PayoutId(900),
        on: day("2026-11-18"),
        received: usd(received),
        difference,
        note: " by bank ".to_owned(),
    }
}

fn corrected(book: &Book, correction: Correction) -> Result<Book, Refused> {
    let change = plan(book, &Command::CorrectPayout(Box::new(correction)), noon())?;
    let mut after = book.clone();
    after.apply(&change);
    let mut back = after.clone();
    back.apply(&change.reversed());
    assert_eq!(&back, book, "it can be taken back");
    Ok(after)
}

/// What is still expected of the week, besides the $25.00 of the next.
fn open(book: &Book) -> Decimal {
    let sum: Decimal = calendar(book, noon()).expected.iter().map(|one| one.gross.amount).sum();
    sum - Decimal::from(25)
}

#[test]
fn day_and_note_change_without_touching_the_money() {
    let before = landed("105", None);
    let after = corrected(&before, correction("105", None)).unwrap();
    let payout = after.payout(PayoutId(900)).unwrap();
    assert_eq!((payout.received_on, payout.note.as_str()), (Some(day("2026-11-18")), "by bank"));
    assert_eq!(payout.allocations, before.payout(PayoutId(900)).unwrap().allocations);
}

#[test]
fn a_surplus_that_shrinks_is_no_part_of_what_was_rejected() {
    let before = landed("105.02", None);
    let after = corrected(&before, correction("105.01", Some(Difference::PartRejected))).unwrap();
    let payout = after.payout(PayoutId(900)).unwrap();
    let settled: Decimal = payout.allocations.iter().map(|part| part.amount.amount).sum();
    assert_eq!((payout.gross, settled), (usd("105.01"), Decimal::from(105)));
    for part in &payout.allocations {
        assert!(part.amount.amount <= after.earning(part.earning).unwrap().accepted().amount, "{part:?}");
    }
}

#[test]
fn less_than_before_asks_why_and_the_reason_decides() {
    let before = landed("105", None);
    let refused = corrected(&before, correction("100", None)).unwrap_err();
    assert_eq!(refused.field, Field::Difference);
    let later = corrected(&before, correction("100", Some(Difference::RestLater))).unwrap();
    assert_eq!(open(&later), Decimal::from(5));
    let fee = corrected(&before, correction("100", Some(Difference::Fee))).unwrap();
    assert_eq!(open(&fee), Decimal::ZERO);
    assert_eq!(fee.payout(PayoutId(900)).unwrap().gross, usd("105"));
    let rejected = corrected(&before, correction("84", Some(Difference::PartRejected))).unwrap();
    assert_eq!(open(&rejected), Decimal::ZERO);
    let owed: Decimal = rejected
        .payout(PayoutId(900))
        .unwrap()
        .allocations
        .iter()
        .map(|part| rejected.earning(part.earning).unwrap().owed().amount)
        .sum();
    assert_eq!(owed, Decimal::from(84), "the platform owes no more than it approved");
}

#[test]
fn more_than_before_settles_what_is_open_and_the_rest_is_unexplained() {
    let before = landed("100", Some(Difference::RestLater));
    assert_eq!(open(&before), Decimal::from(5));
    let whole = corrected(&before, correction("105", None)).unwrap();
    assert_eq!(open(&whole), Decimal::ZERO);
    assert_eq!(whole.payout(PayoutId(900)).unwrap().difference, None);
    let surplus = corrected(&before, correction("112", None)).unwrap();
    assert_eq!(open(&surplus), Decimal::ZERO);
    let payout = surplus.payout(PayoutId(900)).unwrap();
    assert_eq!((payout.unallocated(), payout.difference), (usd("7"), Some(Difference::Unexplained)));
}

#[test]
fn one_under_way_lands_with_what_arrived() {
    let mut book = landed("105", None);
    let before = Arc::clone(book.payout(PayoutId(900)).unwrap());
    let under_way = Payout { received: None, received_on: None, sent_on: Some(day("2026-11-17")), ..(*before).clone() };
    book.apply(&Change::replace(&before, under_way));
    assert_eq!(calendar(&book, noon()).in_transit.len(), 1);
    let after = corrected(&book, correction("105", None)).unwrap();
    assert!(calendar(&after, noon()).in_transit.is_empty());
    assert_eq!(after.payout(PayoutId(900)).unwrap().received_on, Some(day("2026-11-18")));
}

#[test]
fn days_that_cannot_be_and_payouts_that_are_gone_are_refused() {
    let book = landed("105", None);
    let on = |on: &str| corrected(&book, Correction { on: day(on), ..correction("105", None) }).unwrap_err();
    assert_eq!(on("2026-11-19").field, Field::Day);
    assert_eq!(on("2026-11-09"), Refusal::BeforeTheWork(day("2026-11-11")).at(Field::Day));
    let gone = corrected(&book, Correction { payout: PayoutId(1), ..correction("105", None) }).unwrap_err();
    assert_eq!(gone.refusal, Refusal::Gone(Key::Payout(PayoutId(1))));
    assert_eq!(corrected(&book, correction("0", None)).unwrap_err().field, Field::Amount);
}
