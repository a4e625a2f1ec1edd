//! The verbs, as a worker would use them, on a small Book and a fixed clock.

use super::*;
use crate::domain::ids::{RouteId, ScheduleId};
use crate::domain::money::{Currency, Money};
use crate::domain::refusal::{Field, Refusal};
use crate::domain::schedule::{EarningShape, MonthDays, ReleaseShape, RequestBefore, Rule, RunDays, Schedule};
use crate::domain::session::{Activity, Pause, SessionState};
use crate::domain::terms::Pay;
use crate::domain::testing::at;
use nonmax::NonMaxU32;
use rust_decimal::Decimal;

const OUTLIER: PlatformId = PlatformId(1);
const ALOE: ProjectId = ProjectId(10);
const FIRST: SessionId = SessionId(100);
const SECOND: SessionId = SessionId(101);

fn now(text: &str) -> Now {
    Now { at: at(text), zone: chrono_tz::Europe::Berlin }
}

fn platform() -> Platform {
    Platform::new(OUTLIER, "Outlier", Currency::USD)
}

fn project() -> Project {
    Project::new(ALOE, OUTLIER, "Aloe")
}

fn terms(rate: i64) -> Terms {
    Terms::new(TermsId(20), ALOE, Currency::USD, Pay::PerHour(rate.into()))
}

fn start(id: SessionId, at_text: &str) -> Start {
    Start { id, project: Some(ALOE), activity: Activity::PaidWork, task_type: None, started_at: at(at_text) }
}

fn book() -> Book {
    let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::Europe::Berlin));
    let add = Command::Together {
        words: "Set up".into(),
        commands: vec![
            Command::AddPlatform { platform: Box::new(platform()), schedules: Vec::new(), routes: Vec::new() },
            Command::AddProject { project: Box::new(project()), terms: Some(Box::new(terms(25))) },
        ],
    };
    run(&mut book, &add, "2026-11-22T08:00:00Z");
    book
}

fn run(book: &mut Book, command: &Command, at_text: &str) {
    let change = plan(book, command, now(at_text)).unwrap();
    book.apply(&change);
}

fn refused(book: &Book, command: &Command, at_text: &str) -> (Field, String) {
    let refused = plan(book, command, now(at_text)).unwrap_err();
    (refused.field, refused.to_string())
}

#[test]
fn a_timer_runs_pauses_goes_on_and_stops() {
    let mut book = book();
    run(&mut book, &Command::StartSession(start(FIRST, "2026-11-22T09:00:00Z")), "2026-11-22T09:00:00Z");
    run(&mut book, &Command::PauseSession(FIRST), "2026-11-22T09:30:00Z");
    assert_eq!(book.session(FIRST).unwrap().state(), SessionState::Paused);
    assert_eq!(refused(&book, &Command::PauseSession(FIRST), "2026-11-22T09:31:00Z").1, "It is paused already");
    run(&mut book, &Command::ResumeSession(FIRST), "2026-11-22T09:40:00Z");
    run(&mut book, &Command::StopSession(FIRST), "2026-11-22T10:00:00Z");
    let session = book.session(FIRST).unwrap();
    assert_eq!(session.own_secs(at("2026-11-23T00:00:00Z")), 50 * 60);
    assert_eq!(book.open_sessions().count(), 0);
    assert_eq!(refused(&book, &Command::StopSession(FIRST), "2026-11-22T10:01:00Z").1, "It has ended already");
}

#[test]
fn switching_ends_the_running_timer_where_the_new_one_starts() {
    let mut book = book();
    run(&mut book, &Command::StartSession(start(FIRST, "2026-11-22T09:00:00Z")), "2026-11-22T09:00:00Z");
    run(&mut book, &Command::SwitchSession(start(SECOND, "2026-11-22T09:50:00Z")), "2026-11-22T10:00:00Z");
    assert_eq!(book.session(FIRST).unwrap().ended_at, Some(at("2026-11-22T09:50:00Z")));
    assert_eq!(book.open_sessions().map(|session| session.id).collect::<Vec<_>>(), [SECOND]);
}

#[test]
fn a_start_can_be_moved_back_but_not_behind_a_pause_or_into_the_future() {
    let mut book = book();
    run(&mut book, &Command::StartSession(start(FIRST, "2026-11-22T09:00:00Z")), "2026-11-22T09:00:00Z");
    let move_to = |text: &str| Command::MoveStart { id: FIRST, started_at: at(text) };
    run(&mut book, &move_to("2026-11-22T08:50:00Z"), "2026-11-22T09:05:00Z");
    assert_eq!(book.session(FIRST).unwrap().own_secs(at("2026-11-22T09:05:00Z")), 15 * 60);
    let (field, reason) = refused(&book, &move_to("2026-11-22T10:00:00Z"), "2026-11-22T09:05:00Z");
    assert_eq!((field, reason.as_str()), (Field::Start, "Lies in the future: it is 10:05 now"));
    run(&mut book, &Command::PauseSession(FIRST), "2026-11-22T09:10:00Z");
    assert_eq!(
        refused(&book, &move_to("2026-11-22T09:11:00Z"), "2026-11-22T09:12:00Z").1,
        "A pause must lie inside the session"
    );
}

#[test]
fn a_session_that_ends_before_it_starts_is_refused_with_both_times() {
    let mut book = book();
    run(&mut book, &Command::StartSession(start(FIRST, "2026-11-22T13:20:00Z")), "2026-11-22T13:20:00Z");
    let mut session = (**book.session(FIRST).unwrap()).clone();
    session.ended_at = Some(at("2026-11-22T13:05:00Z"));
    let (field, reason) = refused(&book, &Command::EditSession(Box::new(session)), "2026-11-22T15:00:00Z");
    assert_eq!((field, reason.as_str()), (Field::End, "Ends before it starts: 14:05 < 14:20"));
}

#[test]
fn absurd_input_is_refused_beside_its_field() {
    let mut book = book();
    run(&mut book, &Command::StartSession(start(FIRST, "2026-11-22T09:00:00Z")), "2026-11-22T09:00:00Z");
    run(&mut book, &Command::StopSession(FIRST), "2026-11-22T10:00:00Z");
    let good = (**book.session(FIRST).unwrap()).clone();
    let edit = |change: &dyn Fn(&mut Session)| {
        let mut session = good.clone();
        change(&mut session);
        refused(&book, &Command::EditSession(Box::new(session)), "2026-11-22T11:00:00Z").0
    };
    assert_eq!(edit(&|s| s.note = "x".repeat(10_000)), Field::Note);
    assert_eq!(edit(&|s| s.tasks = NonMaxU32::new(2_000_000)), Field::Tasks);
    assert_eq!(edit(&|s| s.credited_secs = Some(-1)), Field::Credited);
    assert_eq!(edit(&|s| s.started_at = at("2026-11-01T00:00:00Z")), Field::End);
    assert_eq!(edit(&|s| s.ended_at = Some(at("2026-11-22T15:00:00Z"))), Field::End);
    assert_eq!(edit(&|s| s.own_price = Some(Money::new((-1).into(), Currency::USD))), Field::Rate);
    let outside = Pause { from: at("2026-11-22T08:00:00Z"), until: Some(at("2026-11-22T08:10:00Z")) };
    assert_eq!(edit(&|s| s.pauses = vec![outside]), Field::Whole);
    for rate in [-25, 0, 10_001] {
        let refused = refused(&book, &Command::SetTerms(Box::new(terms(rate))), "2026-11-22T11:00:00Z");
        assert_eq!(refused.0, Field::Rate, "{rate}");
    }
}

#[test]
fn a_pay_run_needs_days_that_there_are() {
    let book = book();
    let run = |days: RunDays| {
        let earning = EarningShape::OwnDate { on: None, repeat: None };
        let release = ReleaseShape::PayRun { days, zone: chrono_tz::UTC, request_before: None };
        let rule = Rule { release: Some(release), ..Rule::of(earning) };
        Command::SetSchedule(Box::new(Schedule::of(ScheduleId(30), OUTLIER, rule)))
    };
    let (at, reason) = refused(&book, &run(RunDays::Weekdays(Vec::new())), "2026-11-22T09:00:00Z");
    assert_eq!((at, reason.as_str()), (Field::Rule, "A weekday is needed"));
    let backwards = vec![MonthDays { from: 20, to: 10 }];
    assert_eq!(refused(&book, &run(RunDays::Monthly(backwards)), "2026-11-22T09:00:00Z").0, Field::Rule);
    let two = RunDays::Weekdays(vec![chrono::Weekday::Mon, chrono::Weekday::Thu]);
    assert!(plan(&book, &run(two), now("2026-11-22T09:00:00Z")).is_ok());
}

fn dollars(amount: i64) -> Money {
    Money::new(amount.into(), Currency::USD)
}

#[test]
fn a_rule_that_can_never_pay_is_refused_with_its_reason() {
    let book = book();
    let check = |change: fn(&mut Rule), expected: (Field, &str)| {
        let mut rule = Rule::of(EarningShape::OwnDate { on: None, repeat: None });
        change(&mut rule);
        let set = Command::SetSchedule(Box::new(Schedule::of(ScheduleId(30), OUTLIER, rule)));
        let (at, reason) = refused(&book, &set, "2026-11-22T09:00:00Z");
        assert_eq!((at, reason.as_str()), expected);
    };
    check(
        |rule| {
            rule.release = Some(ReleaseShape::PayRun {
                days: RunDays::Monthly(Vec::new()),
                zone: chrono_tz::UTC,
                request_before: None,
            });
        },
        (Field::Rule, "A day of the month is needed"),
    );
    check(
        |rule| {
            let at = chrono::NaiveTime::MIN;
            rule.release = Some(ReleaseShape::PayRun {
                days: RunDays::Weekdays(vec![chrono::Weekday::Mon]),
                zone: chrono_tz::UTC,
                request_before: Some(RequestBefore { days_before: 32, at }),
            });
        },
        (Field::Rule, "Lies more than 31 days before: nobody could keep it"),
    );
    check(
        |rule| (rule.modifiers.minimum, rule.modifiers.ceiling) = (Some(dollars(50)), Some(dollars(20))),
        (
            Field::Rule,
            "Nothing would ever be paid: the minimum of 50.00 USD is above the 20.00 USD that are paid at once",
        ),
    );
    check(
        |rule| rule.modifiers.held_percent = Some(100.into()),
        (Field::Percent, "Nothing would be left to pay: less than 100 per cent, please"),
    );
}

#[test]
fn names_are_needed_and_taken_once() {
    let book = book();
    let add = |name: &str| {
        let project = Project { id: ProjectId(11), name: name.into(), ..project() };
        Command::AddProject { project: Box::new(project), terms: None }
    };
    assert_eq!(refused(&book, &add("  "), "2026-11-22T09:00:00Z").1, "A name is needed");
    assert_eq!(refused(&book, &add("aloe "), "2026-11-22T09:00:00Z").0, Field::Name);
    assert!(plan(&book, &add("Lantern"), now("2026-11-22T09:00:00Z")).is_ok());
}

#[test]
fn what_holds_work_is_not_deleted() {
    let mut book = book();
    run(&mut book, &Command::StartSession(start(FIRST, "2026-11-22T09:00:00Z")), "2026-11-22T09:00:00Z");
    for command in [Command::DeletePlatform(OUTLIER), Command::DeleteProject(ALOE)] {
        let (_, reason) = refused(&book, &command, "2026-11-22T09:00:00Z");
        assert_eq!(reason, "Still holds 1 session: end it instead, so that nothing is lost");
    }
    run(&mut book, &Command::DeleteSessions(vec![FIRST]), "2026-11-22T09:00:00Z");
    run(&mut book, &Command::DeletePlatform(OUTLIER), "2026-11-22T09:00:00Z");
    assert!(book.is_empty());
    assert_eq!(book.all_terms().count(), 0);
}

#[test]
fn several_commands_are_one_step_or_none() {
    let book = book();
    let second = Project { id: ProjectId(11), name: "Lantern".into(), ..project() };
    let mut start = start(FIRST, "2026-11-22T09:00:00Z");
    start.project = Some(second.id);
    let add = Command::AddProject { project: Box::new(second), terms: None };
    let both = |start: Start| Command::Together {
        words: "Start Lantern".into(),
        commands: vec![add.clone(), Command::SwitchSession(start)],
    };
    let change = plan(&book, &both(start.clone()), now("2026-11-22T09:00:00Z")).unwrap();
    let mut after = book.clone();
    after.apply(&change);
    assert_eq!(after.open_sessions().count(), 1);
    after.apply(&change.reversed());
    assert_eq!(after, book);
    start.started_at = at("2027-01-01T00:00:00Z");
    assert!(plan(&book, &both(start), now("2026-11-22T09:00:00Z")).is_err());
}

#[test]
fn settings_outside_their_range_are_refused() {
    let book = book();
    let with = |change: &dyn Fn(&mut Settings)| {
        let mut settings = (**book.settings()).clone();
        change(&mut settings);
        plan(&book, &Command::SetSettings(Box::new(settings)), now("2026-11-22T09:00:00Z"))
    };
    assert!(with(&|s| s.set_aside_percent = Some(25.into())).is_ok());
    assert_eq!(with(&|s| s.set_aside_percent = Some(101.into())).unwrap_err().field, Field::Percent);
    let euros = Money::new(Decimal::from(18), Currency::EUR);
    assert!(matches!(with(&|s| s.floor = Some(euros)).unwrap_err().refusal, Refusal::WrongCurrency { .. }));
    assert_eq!(with(&|s| s.day_start_minutes = 1440).unwrap_err().field, Field::Start);
}

#[test]
fn a_payout_of_an_unknown_day_is_refused_and_its_deletion_opens_the_earnings_again() {
    let mut book = book();
    let payout =
        Payout { route: Some(RouteId(5)), ..Payout::new(PayoutId(1), OUTLIER, Money::new(10.into(), Currency::USD)) };
    let set = |payout: &Payout| Command::SetPayout(Box::new(payout.clone()));
    assert_eq!(refused(&book, &set(&payout), "2026-11-22T09:00:00Z").0, Field::Day);
    let dated = Payout { received_on: "2026-11-20".parse().ok(), ..payout };
    run(&mut book, &set(&dated), "2026-11-22T09:00:00Z");
    assert_eq!(book.payouts().count(), 1);
    run(&mut book, &Command::DeletePayout(PayoutId(1)), "2026-11-22T09:00:00Z");
    assert_eq!(book.payouts().count(), 0);
}

#[test]
fn a_timer_whose_start_lies_ahead_of_a_clock_that_was_set_back_can_be_stopped() {
    let mut book = book();
    run(&mut book, &Command::StartSession(start(FIRST, "2026-11-22T09:00:00Z")), "2026-11-22T09:00:00Z");
    run(&mut book, &Command::StopSession(FIRST), "2026-11-22T07:00:00Z");
    assert_eq!(book.session(FIRST).unwrap().own_secs(at("2026-11-22T07:00:00Z")), 0);
}
