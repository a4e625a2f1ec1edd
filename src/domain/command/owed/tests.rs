//! What is done to money that is owed, over small Books at 25 dollars an hour: what it records, refuses and undoes.

use std::collections::BTreeMap;

use super::*;
use crate::domain::book::Book;
use crate::domain::command::{Command, plan, words};
use crate::domain::earning::Covers;
use crate::domain::ids::{PayoutId, PlatformId, ProjectId, ScheduleId, SessionId};
use crate::domain::money::Money;
use crate::domain::payout::Difference;
use crate::domain::query::calendar::calendar;
use crate::domain::query::owed::{OwedState, owed};
use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
use crate::domain::schedule::{EarningShape, ItemEvent, Lag, Rule, Schedule};
use rust_decimal::Decimal;

fn now() -> Now {
    Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
}

/// Six hours of project 1 over two days and one of project 2; $25.00 an hour.
fn kit() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-18T09:00:00Z", "2026-11-18T12:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-19T09:00:00Z", "2026-11-19T12:00:00Z", |_| {});
    kit.work(3, 2, "2026-11-19T13:00:00Z", "2026-11-19T14:00:00Z", |_| {});
    kit
}

fn ids(book: &Book) -> Vec<OwedId> {
    owed(book, &calendar(book, now())).iter().map(|row| row.id).collect()
}

fn of_platform(book: &Book, platform: u64) -> Vec<OwedId> {
    let rows = owed(book, &calendar(book, now()));
    rows.iter().filter(|row| row.platform == PlatformId(platform)).map(|row| row.id).collect()
}

fn done(book: &Book, command: &Command) -> Book {
    let change = plan(book, command, now()).unwrap();
    let mut after = book.clone();
    after.apply(&change);
    let mut back = after.clone();
    back.apply(&change.reversed());
    assert_eq!(&back, book, "one step of undo takes it back");
    after
}

fn on(of: Vec<OwedId>, act: OwedAct, day_of_it: &str) -> Command {
    let earning_seed = EarningId(500);
    Command::ActOnOwed(Box::new(OnOwed { of, act, on: day(day_of_it), earning_seed }))
}

fn state(to: EarningState) -> OwedAct {
    OwedAct::State(to)
}

fn open(book: &Book) -> Decimal {
    calendar(book, now()).expected.iter().map(|one| one.gross.amount).sum()
}

#[test]
fn estimates_of_several_platforms_are_recorded_and_approved_in_one_step() {
    let book = kit().book;
    let command = on(ids(&book), state(EarningState::Approved(None)), "2026-11-22");
    assert_eq!(words(&book, &command), "Mark 2 earnings as approved");
    let after = done(&book, &command);
    let found: BTreeMap<PlatformId, (Money, Option<EarningState>)> =
        after.earnings().map(|earning| (earning.platform, (earning.amount, earning.state()))).collect();
    let approved = Some(EarningState::Approved(None));
    // 6 h and 1 h at $25.00.
    assert_eq!(found[&PlatformId(1)], (usd("150"), approved));
    assert_eq!(found[&PlatformId(2)], (usd("25"), approved));
    assert_eq!(open(&after), open(&book), "not a cent is lost or doubled");
}

#[test]
fn reported_time_is_recorded_a_day_each_and_starts_the_item_clock() {
    // Source: platform facts, section 2, DataAnnotation: an hourly report of Mon 9 Nov is drawable Mon 16 Nov, 7 days on.
    let mut kit = kit();
    let clock = EarningShape::ItemClock {
        event: ItemEvent::Submitted,
        zone: chrono_tz::UTC,
        lag: Lag::days(7, 7),
        per_task_lag: None,
    };
    kit.put(Schedule::of(ScheduleId(1), PlatformId(1), Rule::of(clock)));
    let lands = |book: &Book| -> Vec<String> {
        let calendar = calendar(book, now());
        let of_it = calendar.expected.iter().filter(|one| one.key.platform == PlatformId(1));
        of_it.filter_map(|one| one.window.days()).map(|days| days.last.to_string()).collect()
    };
    assert_eq!(lands(&kit.book), ["2026-11-25", "2026-11-26"]);
    let of = vec![OwedId::Session(SessionId(1)), OwedId::Session(SessionId(2))];
    let after = done(&kit.book, &on(of, state(EarningState::Submitted), "2026-11-22"));
    assert_eq!(lands(&after), ["2026-11-29"]);
    let recorded: Vec<_> = after.earnings().map(|earning| (earning.worked.first, earning.amount)).collect();
    assert_eq!(recorded, [(day("2026-11-18"), usd("75")), (day("2026-11-19"), usd("75"))]);
    assert!(after.session(SessionId(1)).unwrap().reported_at.is_some());
    assert!(after.session(SessionId(3)).unwrap().reported_at.is_none());
}

#[test]
fn time_without_a_price_can_be_reported_too() {
    let mut kit = kit();
    kit.work(4, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |session| session.own_price = Some(usd("0")));
    let of = vec![OwedId::Session(SessionId(4))];
    let after = done(&kit.book, &on(of, state(EarningState::Submitted), "2026-11-22"));
    assert!(after.session(SessionId(4)).unwrap().reported_at.is_some());
    assert_eq!(after.earnings().count(), 0);
}

#[test]
fn a_claimed_task_that_is_handed_in_has_no_deadline_any_more() {
    let mut kit = kit();
    let earning = kit.earning(9, "40", &[]);
    kit.edit_earning(earning, |earning| {
        earning.due_on = Some(day("2026-11-24"));
        earning.states = vec![DatedState { on: day("2026-11-20"), state: EarningState::ToReport }];
    });
    let of = vec![OwedId::Earning(earning)];
    let after = done(&kit.book, &on(of, state(EarningState::Submitted), "2026-11-22"));
    assert_eq!(after.earning(earning).unwrap().due_on, None);
}

#[test]
fn what_does_not_follow_is_refused_with_a_reason_and_for_all() {
    let mut kit = kit();
    let earning = kit.earning(9, "40", &[]);
    let of = || vec![OwedId::Earning(earning)];
    let refused = |kit: &Kit, act: OwedAct, day: &str| plan(&kit.book, &on(of(), act, day), now()).unwrap_err();
    let appeal = refused(&kit, state(EarningState::Appealed), "2026-11-22");
    assert_eq!(appeal.to_string(), "It is recorded, so it can’t be appealed");
    let future = refused(&kit, state(EarningState::Approved(None)), "2026-11-23");
    assert_eq!(future.field, Field::Day);
    let early = refused(&kit, state(EarningState::Approved(None)), "2026-11-18");
    assert_eq!(early.refusal, Refusal::BeforeTheWork(day("2026-11-20")));
    let euro = Money::new(dec("30"), crate::domain::money::Currency::EUR);
    let wrong = refused(&kit, state(EarningState::Approved(Some(euro))), "2026-11-22");
    assert_eq!(wrong.field, Field::Amount);
    kit.edit_earning(earning, |earning| {
        earning.states = vec![DatedState { on: day("2026-11-21"), state: EarningState::Rejected }];
    });
    let before = refused(&kit, state(EarningState::Appealed), "2026-11-20");
    assert_eq!(before.refusal, Refusal::BeforeItsState(day("2026-11-21")));
    let free = refused(&kit, OwedAct::Free, "2026-11-22");
    assert_eq!(free.refusal, Refusal::NotHeld);
}

#[test]
fn a_part_that_is_all_of_it_is_the_whole() {
    let mut kit = kit();
    let earning = kit.earning(9, "40", &[]);
    let of = || vec![OwedId::Earning(earning)];
    let approve =
        |book: &Book, part: &str| done(book, &on(of(), state(EarningState::Approved(Some(usd(part)))), "2026-11-22"));
    let whole = approve(&kit.book, "40");
    assert_eq!(whole.earning(earning).unwrap().state(), Some(EarningState::Approved(None)));
    let part = approve(&kit.book, "38.50");
    assert_eq!(part.earning(earning).unwrap().owed(), usd("38.50"));
}

#[test]
fn every_state_can_be_settled_by_hand() {
    let states = [
        None,
        Some(EarningState::ToReport),
        Some(EarningState::Submitted),
        Some(EarningState::Approved(None)),
        Some(EarningState::Approved(Some(usd("40")))),
        Some(EarningState::Invoiced),
        Some(EarningState::Rejected),
        Some(EarningState::Appealed),
        Some(EarningState::Reworked),
        Some(EarningState::Contested),
        Some(EarningState::WrittenOff),
    ];
    for held in [false, true] {
        for from in states {
            let mut kit = kit();
            let earning = kit.earning(9, "50", &[]);
            kit.edit_earning(earning, |earning| {
                earning.states = from.map(|state| DatedState { on: day("2026-11-21"), state }).into_iter().collect();
                let kind = HeldKind::Frozen;
                earning.held = held.then(|| Held { kind, since: day("2026-11-21"), why: String::new() });
            });
            let of = vec![OwedId::Earning(earning)];
            let (gross, net) = settleable_owed(&kit.book, &of, day("2026-11-22"), now()).unwrap();
            assert_eq!(gross, net);
            let command = Command::SettleOwed(Box::new(SettledByHand {
                of,
                on: day("2026-11-22"),
                received: net,
                difference: None,
                payout: PayoutId(7),
                earning_seed: EarningId(600),
            }));
            let after = done(&kit.book, &command);
            let rows = owed(&after, &calendar(&after, now()));
            let row = rows.iter().find(|row| row.id == OwedId::Earning(earning)).unwrap();
            assert_eq!(row.state, OwedState::Paid, "{from:?}");
        }
    }
}

#[test]
fn an_estimate_is_settled_with_what_came_and_the_rest_stays_open() {
    let book = kit().book;
    let settle = |of: Vec<OwedId>, received: &str, difference| {
        Command::SettleOwed(Box::new(SettledByHand {
            of,
            on: day("2026-11-22"),
            received: usd(received),
            difference,
            payout: PayoutId(7),
            earning_seed: EarningId(600),
        }))
    };
    let both = plan(&book, &settle(ids(&book), "175", None), now()).unwrap_err();
    assert_eq!(both.refusal, Refusal::NotTogether);
    let unsaid = plan(&book, &settle(of_platform(&book, 1), "100", None), now()).unwrap_err();
    assert_eq!(unsaid.field, Field::Difference);
    let after = done(&book, &settle(of_platform(&book, 1), "100", Some(Difference::RestLater)));
    assert_eq!(open(&after), open(&book) - dec("100"));
    assert!(after.earnings().any(|one| matches!(&one.covers, Covers::Sessions(named) if named.len() == 2)));
}

#[test]
fn one_session_can_be_contested_and_the_rest_of_its_project_goes_on() {
    let book = kit().book;
    let of = vec![OwedId::Session(SessionId(1))];
    let after = done(&book, &on(of, state(EarningState::Contested), "2026-11-22"));
    let contested: Vec<_> = after.earnings().map(|earning| (earning.project, earning.amount)).collect();
    assert_eq!(contested, [(Some(ProjectId(1)), usd("75"))]);
    assert_eq!(open(&after), open(&book));
}

#[test]
fn only_a_timer_that_runs_is_refused_until_it_stops() {
    let mut kit = Kit::new();
    kit.put(crate::domain::query::work::testkit::session(1, "2026-11-22T18:00:00Z", None));
    let refused = plan(&kit.book, &on(ids(&kit.book), state(EarningState::Rejected), "2026-11-22"), now());
    assert_eq!(refused.unwrap_err().refusal, Refusal::OnlyRunning);
}
