//! Three payouts gathered at PayPal and withdrawn to a Kenyan bank.

use super::*;
use crate::domain::command::{Command, plan};
use crate::domain::money::Currency;
use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};

fn now() -> Now {
    Now { at: at("2026-11-25T12:00:00Z"), zone: chrono_tz::UTC }
}

fn kes(text: &str) -> Money {
    Money::new(dec(text), "KES".parse().unwrap())
}

fn kit() -> Kit {
    let mut kit = Kit::new();
    for (id, gross) in [(1, "100"), (2, "50"), (3, "33.33")] {
        kit.payout(id, gross, None, "2026-11-17", &[]);
    }
    kit
}

fn withdrawal(payouts: &[u64]) -> Transfer {
    Transfer {
        payouts: payouts.iter().map(|id| PayoutId(*id)).collect(),
        leg: Leg {
            to: "Equity Bank".into(),
            sent_on: Some(day("2026-11-20")),
            arrived_on: Some(day("2026-11-23")),
            fee: Some(usd("4.99")),
            rate: Some(dec("128.5")),
            arrived: Some(kes("22916.69")),
        },
        lands: true,
    }
}

fn done(book: &mut Book, transfer: Transfer) -> Result<(), Refused> {
    let change = plan(book, &Command::TransferPayouts(Box::new(transfer)), now())?;
    let before = book.clone();
    book.apply(&change);
    let mut back = book.clone();
    back.apply(&change.reversed());
    assert_eq!(back, before);
    Ok(())
}

#[test]
fn one_leg_gathers_several_payouts_and_shares_its_fee_to_the_cent() {
    let mut kit = kit();
    done(&mut kit.book, withdrawal(&[1, 2, 3])).unwrap();
    let legs: Vec<Leg> = kit.book.payouts().map(|payout| payout.legs[0].clone()).collect();
    // 4.99 by 100 : 50 : 33.33 is 2.7219…, 1.3609…, 0.9071…: the two cents left go to the largest remainders.
    let fees: Vec<Money> = legs.iter().filter_map(|leg| leg.fee).collect();
    assert_eq!(fees, [usd("2.72"), usd("1.36"), usd("0.91")]);
    let arrived: Decimal = legs.iter().filter_map(|leg| leg.arrived).map(|money| money.amount).sum();
    assert_eq!(arrived, dec("22916.69"));
    assert!(kit.book.payouts().all(|payout| payout.received_on == Some(day("2026-11-23"))), "all have landed");
}

#[test]
fn a_leg_that_was_sent_is_finished_when_it_arrives_and_goes_on_from_there() {
    let mut kit = kit();
    let to_paypal = |arrived: Option<&str>| Transfer {
        payouts: vec![PayoutId(1)],
        leg: Leg {
            to: "PayPal".into(),
            sent_on: arrived.is_none().then(|| day("2026-11-18")),
            arrived_on: arrived.map(day),
            arrived: arrived.map(|_| usd("98")),
            ..Leg::default()
        },
        lands: false,
    };
    done(&mut kit.book, to_paypal(None)).unwrap();
    done(&mut kit.book, to_paypal(Some("2026-11-19"))).unwrap();
    let payout = kit.book.payout(PayoutId(1)).unwrap();
    assert_eq!(payout.legs.len(), 1);
    assert_eq!((payout.legs[0].sent_on, payout.received), (Some(day("2026-11-18")), None));
    assert_eq!((holds(payout), leaves_from(payout)), (usd("98"), Some(day("2026-11-19"))));
    done(&mut kit.book, withdrawal(&[1])).unwrap();
    assert_eq!(kit.book.payout(PayoutId(1)).unwrap().received, Some(kes("22916.69")));
}

#[test]
fn what_cannot_be_is_refused() {
    let mut kit = kit();
    let refused = |book: &mut Book, change: fn(&mut Transfer)| {
        let mut transfer = withdrawal(&[1, 2]);
        change(&mut transfer);
        done(book, transfer).unwrap_err()
    };
    assert_eq!(refused(&mut kit.book, |of| of.leg.arrived_on = Some(day("2026-11-26"))).field, Field::Day);
    assert_eq!(refused(&mut kit.book, |of| of.leg.arrived_on = Some(day("2026-11-19"))).field, Field::Day);
    assert_eq!(refused(&mut kit.book, |of| of.leg.fee = Some(usd("-1"))).field, Field::Fee);
    assert_eq!(refused(&mut kit.book, |of| of.leg.rate = Some(Decimal::ZERO)).field, Field::Rate);
    assert_eq!(refused(&mut kit.book, |of| of.leg.arrived = None).field, Field::Amount);
    assert_eq!(refused(&mut kit.book, |of| of.payouts.clear()).to_string(), "A payout is needed");
    let mut euro = (**kit.book.payout(PayoutId(2)).unwrap()).clone();
    euro.gross.currency = Currency::EUR;
    kit.put(euro);
    assert_eq!(refused(&mut kit.book, |_| {}).to_string(), "Must be in USD, not EUR");
}
