//! Moving, holding and giving up, on the worker's week of the landing tests: $105.00 over Tue 10 to Mon 16 Nov.

use super::*;
use crate::domain::command::landing::tests::{book, now, week};
use crate::domain::command::{Command, plan};
use crate::domain::money::Money;
use crate::domain::query::calendar::{Expected, Part, UnknownDate, Window, calendar};
use crate::domain::refusal::Refusal;
use crate::domain::testing::{day, usd};

fn noon() -> Now {
    now("2026-11-18T12:00:00Z")
}

fn command(book: &Book, act: Act) -> Command {
    Command::ActOnExpected(Box::new(OnExpected { key: week(book).key, act, earning_seed: EarningId(500) }))
}

fn done(book: &Book, act: Act) -> Book {
    let mut after = book.clone();
    after.apply(&plan(book, &command(book, act), noon()).unwrap());
    after
}

fn all(book: &Book) -> Vec<Expected> {
    calendar(book, noon()).expected
}

fn sum(book: &Book) -> Money {
    usd("0").with(all(book).iter().map(|one| one.gross.amount).sum())
}

#[test]
fn an_estimate_is_recorded_first_and_no_cent_is_lost_or_doubled() {
    let before = book();
    let after = done(&before, Act::DueOn(day("2026-11-27")));
    assert_eq!(sum(&after), sum(&before));
    let moved = all(&after).into_iter().find(|one| one.key.part == Part::OwnDate(day("2026-11-27"))).unwrap();
    assert_eq!(moved.gross, usd("105"));
    assert!(!moved.estimate, "it is recorded now");
    // The half of the split session that belongs to the next week stays there, recorded as well.
    let rest: Vec<Money> = all(&after).iter().filter(|one| one.key != moved.key).map(|one| one.gross).collect();
    assert_eq!(rest, [usd("25")]);
}

#[test]
fn every_act_is_taken_back_by_its_reverse() {
    let acts = [
        Act::NotBefore(day("2026-11-27")),
        Act::DueOn(day("2026-11-27")),
        Act::Hold(HeldKind::Disputed, "hours were cut".to_owned()),
        Act::WriteOff,
        Act::BySchedule,
        Act::PartDueOn(usd("60"), day("2026-11-27")),
        Act::ChaseOn(day("2026-11-27")),
    ];
    for act in acts {
        let before = book();
        let change = plan(&before, &command(&before, act), noon()).unwrap();
        let mut after = before.clone();
        after.apply(&change);
        assert_ne!(after, before);
        after.apply(&change.reversed());
        assert_eq!(after, before);
    }
}

#[test]
fn not_before_waits_for_the_next_pay_day_and_goes_back_to_the_schedule() {
    // Paid each Tuesday: not before Thursday 26 Nov is Tuesday 1 Dec.
    let moved = done(&book(), Act::NotBefore(day("2026-11-26")));
    let landing: Vec<_> =
        all(&moved).iter().filter(|one| one.gross.amount >= 100.into()).map(|one| one.window.days()).collect();
    assert_eq!(landing.len(), 1);
    assert_eq!(landing[0].unwrap().first, day("2026-12-01"));
    let key = all(&moved).into_iter().find(|one| one.gross.amount >= 100.into()).unwrap().key;
    let back = OnExpected { key, act: Act::BySchedule, earning_seed: EarningId(700) };
    let mut after = moved.clone();
    after.apply(&plan(&moved, &Command::ActOnExpected(Box::new(back)), noon()).unwrap());
    assert_eq!(week(&after).gross, usd("105"));
}

#[test]
fn what_is_held_has_no_date_and_is_let_go_again() {
    let held = done(&book(), Act::Hold(HeldKind::Frozen, " account review ".to_owned()));
    let frozen = all(&held).into_iter().find(|one| one.window == Window::Unknown(UnknownDate::Frozen)).unwrap();
    assert_eq!(frozen.gross, usd("105"));
    let earning = held.earnings().find_map(|earning| earning.held.clone()).unwrap();
    assert_eq!((earning.why.as_str(), earning.since), ("account review", day("2026-11-18")));
    let release = OnExpected { key: frozen.key, act: Act::Release, earning_seed: EarningId(700) };
    let mut after = held.clone();
    after.apply(&plan(&held, &Command::ActOnExpected(Box::new(release)), noon()).unwrap());
    assert_eq!(week(&after).gross, usd("105"));
    let nothing = plan(&after, &command(&after, Act::Release), noon()).unwrap_err();
    assert_eq!(nothing.refusal, Refusal::NotHeld);
}

#[test]
fn what_is_given_up_is_expected_no_more_and_its_sessions_stay_settled() {
    let after = done(&book(), Act::WriteOff);
    assert_eq!(all(&after).iter().map(|one| one.gross).collect::<Vec<_>>(), [usd("25")]);
    assert!(after.earnings().any(|earning| earning.state() == Some(EarningState::WrittenOff)));
}

#[test]
fn nonsense_is_refused_and_changes_nothing() {
    let book = book();
    let early = plan(&book, &command(&book, Act::DueOn(day("2026-11-09"))), noon()).unwrap_err();
    assert_eq!(early, Refusal::BeforeTheWork(day("2026-11-11")).at(Field::Day));
    let long = plan(&book, &command(&book, Act::Hold(HeldKind::Disputed, "x".repeat(5_000))), noon()).unwrap_err();
    assert_eq!(long.field, Field::Note);
    let gone = Part::OwnDate(day("2026-11-09"));
    let key = ExpectedKey { part: gone, ..week(&book).key };
    let on = OnExpected { key, act: Act::WriteOff, earning_seed: EarningId(500) };
    let refused = plan(&book, &Command::ActOnExpected(Box::new(on)), noon()).unwrap_err();
    assert_eq!(refused.refusal, Refusal::NotExpected);
}

#[test]
fn a_running_timer_alone_cannot_be_acted_on() {
    let mut kit = crate::domain::query::work::testkit::Kit::new();
    kit.put(crate::domain::query::work::testkit::session(1, "2026-11-18T11:00:00Z", None));
    let key = all(&kit.book)[0].key;
    let on = OnExpected { key, act: Act::WriteOff, earning_seed: EarningId(500) };
    let refused = plan(&kit.book, &Command::ActOnExpected(Box::new(on)), noon()).unwrap_err();
    assert_eq!(refused.refusal, Refusal::OnlyRunning);
}

#[test]
fn the_words_say_what_was_done_to_whom() {
    let book = book();
    let said = |act| crate::domain::command::words(&book, &command(&book, act));
    assert_eq!(said(Act::DueOn(day("2026-11-27"))), "Move Outlier payout to Fri 27 Nov");
    assert_eq!(said(Act::NotBefore(day("2026-11-27"))), "Move Outlier payout, not before Fri 27 Nov");
    assert_eq!(said(Act::WriteOff), "Write off Outlier payout");
    assert_eq!(said(Act::Hold(HeldKind::Disputed, String::new())), "Mark Outlier payout as disputed");
}

#[test]
fn a_part_is_moved_the_oldest_first_and_no_cent_is_lost() {
    let before = book();
    let after = done(&before, Act::PartDueOn(usd("60"), day("2026-11-27")));
    assert_eq!(sum(&after), sum(&before));
    let moved = all(&after).into_iter().find(|one| one.key.part == Part::OwnDate(day("2026-11-27"))).unwrap();
    assert_eq!(moved.gross, usd("60"));
    assert_eq!(week(&after).gross, usd("45"));
    // Again of what is recorded, with a fee and a part that was approved: they go with the money.
    let mut told = after.clone();
    for earning in after.earnings().filter(|earning| earning.due_on.is_none()) {
        let mut changed = (**earning).clone();
        changed.platform_fee = Some(usd("3"));
        let approved = EarningState::Approved(Some(changed.amount));
        changed.states.push(DatedState { on: day("2026-11-18"), state: approved });
        told.apply(&Change::replace(earning, changed));
    }
    let act = Act::PartDueOn(usd("10"), day("2026-12-04"));
    let on = OnExpected { key: week(&told).key, act, earning_seed: EarningId(700) };
    let mut again = told.clone();
    again.apply(&plan(&told, &Command::ActOnExpected(Box::new(on)), noon()).unwrap());
    assert_eq!(sum(&again), sum(&before));
    let fees = |book: &Book| -> rust_decimal::Decimal {
        book.earnings().filter_map(|earning| earning.platform_fee).map(|fee| fee.amount).sum()
    };
    assert_eq!(fees(&again), fees(&told));
}

#[test]
fn a_day_to_ask_again_moves_nothing_and_a_part_leaves_something() {
    let asked = done(&book(), Act::ChaseOn(day("2026-11-25")));
    assert_eq!(week(&asked).window, week(&book()).window);
    assert!(asked.earnings().any(|earning| earning.chase_on == Some(day("2026-11-25"))));
    let refused = |act| plan(&book(), &command(&book(), act), noon()).unwrap_err();
    assert_eq!(refused(Act::ChaseOn(day("2026-11-17"))), Refusal::DayHasPassed(day("2026-11-18")).at(Field::Day));
    let part = |amount: Money| refused(Act::PartDueOn(amount, day("2026-11-27"))).refusal;
    assert_eq!(part(usd("105")), Refusal::NotAPart(usd("105")));
    assert_eq!(part(usd("0")), Refusal::NotAboveZero(0.into()));
    assert!(matches!(part(Money::new(1.into(), crate::domain::money::Currency::EUR)), Refusal::WrongCurrency { .. }));
}
