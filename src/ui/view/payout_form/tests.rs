//! The form over the book of the Payouts view: Upwork owes $48.00 and $364.00.

use super::*;
use crate::domain::payout::Payout;
use crate::domain::query::calendar::calendar;
use crate::domain::testing::{day, usd};
use crate::ui::view::payouts::tests::{self as sample, Desk, UPWORK, now, today};

const IDS: (PayoutId, EarningId) = (PayoutId(900), EarningId(9_000));

fn form() -> PayoutForm {
    PayoutForm::new(&sample::sample().book, Some(UPWORK), today(), IDS)
}

fn read(form: &PayoutForm, desk: &Desk) -> Read {
    let calendar = calendar(&desk.book, now());
    form.read(&desk.book, &form.open(&desk.book, &calendar), today())
}

#[test]
fn upworks_own_example_is_computed_and_marked_until_it_is_said() {
    let desk = sample::sample();
    let mut form = form();
    (form.gross, form.platform_fee, form.tax) = ("258.00".into(), "25.80".into(), "4.13".into());
    let told = read(&form, &desk);
    assert_eq!(told.sum, "~ $228.07 should arrive, by these figures");
    let payout = told.settling.unwrap().payout;
    assert_eq!((payout.received, payout.payout_fee()), (None, None), "what is missing stays missing");
    assert_eq!(payout.arrived(), Some(usd("228.07")));
    form.received = "228.07".into();
    assert_eq!(read(&form, &desk).sum, "The figures add up");
    form.received = "220".into();
    let told = read(&form, &desk);
    assert_eq!((told.sum.as_str(), told.off), ("~ $8.07 more was taken off: payout fee, not said which", false));
    form.payout_fee = "0".into();
    let told = read(&form, &desk);
    assert_eq!((told.sum.as_str(), told.off), ("$8.07 less arrived than the figures say: unexplained", true));
    form.gross.clear();
    let told = read(&form, &desk);
    assert_eq!(told.sum, "Gross ~ $249.93, computed from the rest");
    assert!(told.settling.unwrap().payout.gross_computed);
}

#[test]
fn the_oldest_is_suggested_until_the_user_chooses() {
    let desk = sample::sample();
    let mut form = form();
    form.gross = "100".into();
    let told = read(&form, &desk);
    let drafts: Vec<Option<&str>> = told.matched.items.iter().map(|item| item.draft.as_deref()).collect();
    assert_eq!(drafts, [Some("$48.00"), Some("$52.00")]);
    assert_eq!(told.matched.items[0].name, "Upwork work, worked Mon 2 – Sun 8 Nov, $48.00");
    assert_eq!(told.matched.words, "Settles $100.00");
    let second = told.matched.items[1].of;
    form.settles = Some([(second, "90".to_owned())].into());
    let told = read(&form, &desk);
    assert_eq!(told.matched.words, "Settles $90.00 of $100.00 · $10.00 stands as unexplained");
    assert_eq!(told.settling.unwrap().settles.len(), 1);
    for (draft, reason) in [("400", "Only $364.00 is open of it"), ("-5", "Only $364.00 is open of it")] {
        form.settles = Some([(second, draft.to_owned())].into());
        let told = read(&form, &desk);
        assert_eq!((told.matched.items[1].reason.as_deref(), told.settling), (Some(reason), None));
    }
    form.settles = Some([(second, "101".to_owned())].into());
    let told = read(&form, &desk);
    assert_eq!(
        (told.matched.words.as_str(), told.settling),
        ("Settles $101.00, more than the $100.00 that came", None)
    );
}

#[test]
fn without_a_payer_nothing_is_settled_and_without_an_amount_nothing_is_sent() {
    let desk = sample::sample();
    let mut form = form();
    assert!(read(&form, &desk).settling.is_none());
    form.set_platform(None);
    form.received = "75".into();
    let settling = read(&form, &desk).settling.unwrap();
    assert_eq!((settling.payout.platform, settling.settles.len()), (None, 0));
    assert_eq!((settling.payout.gross, settling.payout.gross_computed), (usd("75"), true));
}

#[test]
fn a_payout_of_the_same_platform_day_and_amount_is_asked_about() {
    let desk = sample::sample();
    let mut form = form();
    (form.arrived, form.received) = ("11 Nov".into(), "240".into());
    let told = read(&form, &desk);
    assert_eq!(told.duplicate, "Looks like the payout of Wed 11 Nov from Upwork, $240.00");
    assert!(told.settling.is_none());
    form.another = true;
    assert!(read(&form, &desk).settling.is_some());
    (form.another, form.arrived) = (false, "12 Nov".into());
    assert_eq!(read(&form, &desk).duplicate, "");
}

#[test]
fn what_cannot_be_says_so_beside_its_field() {
    let desk = sample::sample();
    let with = |change: fn(&mut PayoutForm)| {
        let mut form = form();
        form.gross = "100".into();
        change(&mut form);
        read(&form, &desk)
    };
    assert_eq!(with(|form| form.rate = "0".into()).rate.unwrap_err(), "A rate is above zero");
    assert_eq!(with(|form| form.platform_fee = "-1".into()).platform_fee.unwrap_err(), "Can’t be below zero");
    assert_eq!(with(|form| form.tax = "5 EUR".into()).tax.unwrap_err(), "Must be in USD, as the gross is");
    let wrong = with(|form| (form.payout_fee, form.received) = ("5 EUR".into(), "12,000 KES".into()));
    assert_eq!(wrong.payout_fee.unwrap_err(), "Must be in USD or KES");
    assert_eq!(with(|form| form.sent = "24 Nov".into()).sent.unwrap_err(), "Lies in the future");
    let early = with(|form| (form.sent, form.arrived) = ("20 Nov".into(), "19 Nov".into()));
    assert_eq!(early.arrived.unwrap_err(), "Lies before the day it was sent");
    let none = with(|form| form.arrived.clear());
    assert_eq!(none.arrived.unwrap_err(), "A day is needed: sent, or arrived");
    let same = with(|form| (form.rate, form.received) = ("1.1".into(), "100".into()));
    assert_eq!(same.rate.unwrap_err(), "It arrived in USD: there is no exchange");
}

#[test]
fn what_is_there_reads_back_as_it_is_and_the_way_can_be_told_step_by_step() {
    let mut desk = sample::sample();
    let earning = desk.earning(UPWORK, usd("100"), "2026-11-16", "2026-11-16");
    let payout = Payout {
        sent_on: Some(day("2026-11-18")),
        received: Some(usd("97")),
        received_on: Some(day("2026-11-20")),
        platform_fee: Some(usd("2")),
        legs: vec![Leg {
            to: "Bank".into(),
            arrived_on: Some(day("2026-11-20")),
            fee: Some(usd("1")),
            arrived: Some(usd("97")),
            ..Leg::default()
        }],
        allocations: vec![crate::domain::payout::Allocation { earning, amount: usd("100") }],
        note: "by wire".into(),
        ..Payout::new(PayoutId(900), UPWORK, usd("100"))
    };
    desk.put(payout.clone());
    let mut form = PayoutForm::edit(&desk.book, desk.book.payout(PayoutId(900)).unwrap(), today(), EarningId(9_000));
    let told = read(&form, &desk);
    let settling = told.settling.unwrap();
    let bare = |payout: &Payout| Payout { allocations: Vec::new(), ..payout.clone() };
    assert_eq!((bare(&settling.payout), settling.settles.len()), (bare(&payout), 1));
    form.tell_legs(&desk.book);
    assert_eq!((form.legs.len(), form.legs[0].fee.as_str(), form.payout_fee.as_str()), (2, "$1.00", ""));
    form.legs[1].arrived = "soon".into();
    assert!(read(&form, &desk).settling.is_none());
}
