//! A payout of $110.00 for work of $100.00.

use super::*;
use crate::domain::command::{Command, plan};
use crate::domain::money::Currency;
use crate::domain::query::work::testkit::{Kit, at, usd};
use rust_decimal::Decimal;

fn kit() -> Kit {
    let mut kit = Kit::new();
    let earning = kit.earning(1, "100", &[]);
    kit.payout(1, "110", Some(usd("110")), "2026-11-20", &[(earning, "100")]);
    let mut payout = (**kit.book.payout(PayoutId(1)).unwrap()).clone();
    payout.difference = Some(Difference::Unexplained);
    kit.put(payout);
    kit
}

fn explanation(amount: &str) -> Explanation {
    Explanation {
        payout: PayoutId(1),
        amount: usd(amount),
        bonus: true,
        project: Some(ProjectId(1)),
        note: " weekend mission ".into(),
        earning: EarningId(2),
    }
}

fn planned(book: &Book, explanation: Explanation) -> Result<Change, Refused> {
    let now = Now { at: at("2026-11-25T12:00:00Z"), zone: chrono_tz::UTC };
    plan(book, &Command::ExplainSurplus(Box::new(explanation)), now)
}

#[test]
fn a_bonus_is_recorded_and_settled_and_nothing_stands_as_unexplained() {
    let mut kit = kit();
    let before = kit.book.clone();
    let change = planned(&kit.book, explanation("10")).unwrap();
    kit.book.apply(&change);
    let bonus = kit.book.earning(EarningId(2)).unwrap();
    assert_eq!((bonus.kind, bonus.amount, bonus.note.as_str()), (EarningKind::Bonus, usd("10"), "weekend mission"));
    let payout = kit.book.payout(PayoutId(1)).unwrap();
    assert_eq!((payout.unallocated().amount, payout.difference), (Decimal::ZERO, None));
    kit.book.apply(&change.reversed());
    assert_eq!(kit.book, before);
}

#[test]
fn a_part_is_explained_and_the_rest_stays() {
    let mut kit = kit();
    let other = Explanation { bonus: false, project: None, ..explanation("4") };
    kit.book.apply(&planned(&kit.book, other).unwrap());
    assert_eq!(kit.book.earning(EarningId(2)).unwrap().kind, EarningKind::Adjustment);
    let payout = kit.book.payout(PayoutId(1)).unwrap();
    assert_eq!((payout.unallocated(), payout.difference), (usd("6"), Some(Difference::Unexplained)));
}

#[test]
fn more_than_the_surplus_another_currency_or_an_unknown_payer_is_refused() {
    let mut kit = kit();
    let more = planned(&kit.book, explanation("10.01")).unwrap_err();
    assert_eq!((more.field, more.to_string().as_str()), (Field::Amount, "Only 10.00 USD of it is unexplained"));
    let euro = Explanation { amount: Money::new(Decimal::ONE, Currency::EUR), ..explanation("1") };
    assert_eq!(planned(&kit.book, euro).unwrap_err().field, Field::Amount);
    assert_eq!(planned(&kit.book, explanation("0")).unwrap_err().field, Field::Amount);
    let other = Explanation { project: Some(ProjectId(2)), ..explanation("1") };
    assert_eq!(planned(&kit.book, other).unwrap_err().refusal, Refusal::Gone(Key::Project(ProjectId(2))));
    let mut payout = (**kit.book.payout(PayoutId(1)).unwrap()).clone();
    payout.platform = None;
    kit.put(payout);
    assert_eq!(planned(&kit.book, explanation("1")).unwrap_err().refusal, Refusal::PayerUnknown);
}
