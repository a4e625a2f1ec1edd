//! Payments of small Books, settled and followed.

use super::*;
use crate::domain::earning::Earning;
use crate::domain::money::{Currency, Money};
use crate::domain::query::calendar::calendar;
use crate::domain::query::work::testkit::Kit;
use crate::domain::span::DayRange;
use crate::domain::statement::MoveKind;
use crate::domain::testing::{at, day, dec, movement, usd};

fn now() -> Now {
    Now { at: at("2026-11-27T12:00:00Z"), zone: chrono_tz::UTC }
}

fn eur(amount: &str) -> Money {
    Money::new(dec(amount), Currency::EUR)
}

/// Two pieces of work of platform 1 that are owed, 120 and 80 dollars, and a payment of 200 that was exchanged and sent to the
/// bank.
fn kit() -> Kit {
    let mut kit = Kit::new();
    for (id, amount, on) in [(1, "120", "2026-11-10"), (2, "80", "2026-11-11")] {
        kit.put(Earning::work(EarningId(id), PlatformId(1), usd(amount), DayRange::day(day(on))));
    }
    let mut paid = movement(1, usd("195"));
    paid.fee = Some(usd("5"));
    kit.put(paid);
    kit
}

fn with_bank(kit: &mut Kit) {
    let exchange = |id, amount| Movement { kind: MoveKind::Exchange, parent: "X".into(), ..movement(id, amount) };
    kit.put(exchange(2, usd("-195")));
    kit.put(exchange(3, eur("180")));
    kit.put(Movement { kind: MoveKind::Own, on: day("2026-11-21"), ..movement(4, eur("-180")) });
    kit.put(Movement {
        account: "Bank …1234".into(),
        on: day("2026-11-23"),
        text: "PAYPAL".into(),
        ..movement(5, eur("180"))
    });
}

fn arrival(pays: Pays) -> Arrival {
    Arrival {
        movement: MovementId(1),
        platform: PlatformId(1),
        pays,
        payout: PayoutId(9),
        earning_seed: EarningId(900),
    }
}

fn pieces(amounts: &[(u64, &str)]) -> Pays {
    let of = |(id, amount): &(u64, &str)| Share {
        of: super::super::Settleable::Earning(EarningId(*id)),
        amount: usd(amount),
    };
    Pays::Pieces(amounts.iter().map(of).collect())
}

fn role(kit: &Kit, id: u64) -> Role {
    kit.book.movement(MovementId(id)).unwrap().role
}

#[test]
fn a_payment_settles_its_pieces_with_the_accounts_fee_and_undo_takes_all_of_it_back() {
    let mut kit = kit();
    let before = kit.book.clone();
    let change = take(&kit.book, &arrival(pieces(&[(1, "120"), (2, "80")])), now()).unwrap();
    kit.book.apply(&change);
    let payout = kit.book.payout(PayoutId(9)).unwrap();
    assert_eq!((payout.gross, payout.received, payout.payout_fee()), (usd("200"), Some(usd("195")), Some(usd("5"))));
    assert_eq!((payout.difference, payout.legs[0].to.as_str(), payout.allocations.len()), (None, "PayPal", 2));
    assert_eq!(role(&kit, 1), Role::Payout(PayoutId(9)));
    kit.book.apply(&change.reversed());
    assert_eq!(kit.book, before);
}

#[test]
fn pay_is_followed_to_the_bank_at_once_as_one_payout_with_its_rate() {
    let mut kit = kit();
    with_bank(&mut kit);
    let change = take(&kit.book, &arrival(pieces(&[(1, "120"), (2, "80")])), now()).unwrap();
    kit.book.apply(&change);
    let payout = kit.book.payout(PayoutId(9)).unwrap();
    assert_eq!((payout.received, payout.received_on), (Some(eur("180")), Some(day("2026-11-23"))));
    let legs: Vec<_> = payout.legs.iter().map(|leg| (leg.to.as_str(), leg.arrived)).collect();
    let wanted = [("PayPal", Some(usd("195"))), ("PayPal", Some(eur("180"))), ("Bank …1234", Some(eur("180")))];
    assert_eq!(legs, wanted);
    assert!((1..=5).all(|id| role(&kit, id) == Role::Payout(PayoutId(9))), "one transfer, no second income");
    assert_eq!(kit.book.payouts().count(), 1);
}

#[test]
fn a_bank_file_that_comes_later_takes_the_payout_on() {
    let mut kit = kit();
    kit.book.apply(&take(&kit.book, &arrival(pieces(&[(1, "120"), (2, "80")])), now()).unwrap());
    with_bank(&mut kit);
    for left in [2, 4] {
        let change = go_on(&kit.book, MovementId(left), now()).unwrap();
        kit.book.apply(&change);
    }
    let payout = kit.book.payout(PayoutId(9)).unwrap();
    assert_eq!((payout.received, payout.legs.len()), (Some(eur("180")), 3));
    assert_eq!(role(&kit, 5), Role::Payout(PayoutId(9)));
}

#[test]
fn a_payout_under_way_has_arrived_and_one_written_down_keeps_its_figures() {
    let mut kit = kit();
    kit.payout(3, "200", None, "2026-11-19", &[(EarningId(1), "120"), (EarningId(2), "80")]);
    kit.book.apply(&take(&kit.book, &arrival(Pays::Payout(PayoutId(3))), now()).unwrap());
    let payout = kit.book.payout(PayoutId(3)).unwrap();
    assert_eq!((payout.received, payout.received_on), (Some(usd("195")), Some(day("2026-11-20"))));

    let mut kit = self::kit();
    kit.payout(3, "200", Some(usd("194.99")), "2026-11-20", &[]);
    let before = kit.book.payout(PayoutId(3)).cloned();
    kit.book.apply(&take(&kit.book, &arrival(Pays::Payout(PayoutId(3))), now()).unwrap());
    assert_eq!(kit.book.payout(PayoutId(3)).cloned(), before);
    assert_eq!(role(&kit, 1), Role::Payout(PayoutId(3)));
}

#[test]
fn an_expected_payout_lands_with_the_payment_and_its_account() {
    let mut kit = kit();
    let key = calendar(&kit.book, now()).expected[0].key;
    kit.book.apply(&take(&kit.book, &arrival(Pays::Expected(key)), now()).unwrap());
    let payout = kit.book.payout(PayoutId(9)).unwrap();
    assert_eq!((payout.gross, payout.received), (usd("200"), Some(usd("195"))));
    assert_eq!((payout.difference, payout.legs[0].to.as_str()), (Some(Difference::Fee), "PayPal"));
    assert!(calendar(&kit.book, now()).expected.is_empty());
}

#[test]
fn gathered_payouts_go_on_together_and_share_what_arrives() {
    let mut kit = kit();
    kit.put(Movement { on: day("2026-11-21"), ..movement(6, usd("105")) });
    kit.put(Movement { kind: MoveKind::Own, on: day("2026-11-22"), ..movement(7, usd("-300")) });
    kit.put(Movement {
        account: "Bank".into(),
        on: day("2026-11-24"),
        text: "paypal".into(),
        ..movement(8, usd("300"))
    });
    kit.book.apply(&take(&kit.book, &arrival(pieces(&[(1, "120"), (2, "80")])), now()).unwrap());
    assert!(go_on(&kit.book, MovementId(7), now()).is_err(), "nobody has said what the other payment is");
    let second = Arrival { movement: MovementId(6), payout: PayoutId(10), ..arrival(Pays::Pieces(Vec::new())) };
    kit.book.apply(&take(&kit.book, &second, now()).unwrap());
    kit.book.apply(&go_on(&kit.book, MovementId(7), now()).unwrap());
    let received = |id| kit.book.payout(PayoutId(id)).unwrap().received;
    assert_eq!((received(9), received(10)), (Some(usd("195")), Some(usd("105"))));
    assert_eq!((role(&kit, 7), role(&kit, 8)), (Role::Own, Role::Own));
}

#[test]
fn what_left_is_no_pay_and_no_payment_pays_twice() {
    let mut kit = kit();
    kit.put(movement(2, usd("-5")));
    let out = Arrival { movement: MovementId(2), ..arrival(Pays::Pieces(Vec::new())) };
    assert!(take(&kit.book, &out, now()).is_err());
    kit.book.apply(&take(&kit.book, &arrival(Pays::Pieces(Vec::new())), now()).unwrap());
    let again = Arrival { payout: PayoutId(11), ..arrival(Pays::Pieces(Vec::new())) };
    assert_eq!(take(&kit.book, &again, now()).unwrap_err().refusal, Refusal::PaysAlready);
    let gone = Arrival { movement: MovementId(77), ..again };
    assert_eq!(take(&kit.book, &gone, now()).unwrap_err().refusal, Refusal::Gone(Key::Movement(MovementId(77))));
}

#[test]
fn pay_in_another_currency_settles_its_pieces_at_the_rate_it_came_at() {
    let mut kit = kit();
    kit.put(movement(12, eur("180")));
    let euros = Arrival { movement: MovementId(12), ..arrival(pieces(&[(1, "120"), (2, "80")])) };
    kit.book.apply(&take(&kit.book, &euros, now()).unwrap());
    let payout = kit.book.payout(PayoutId(9)).unwrap();
    assert_eq!((payout.gross, payout.received, payout.rate()), (usd("200"), Some(eur("180")), Some(dec("0.9"))));
    assert_eq!(payout.difference, Some(Difference::Exchange));
}
