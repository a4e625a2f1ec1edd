//! Taken once it is there, taken twice nothing happens, and what the user changed stays.

mod moved;

use std::collections::BTreeSet;

use super::*;
use crate::domain::command::{Command, plan};
use crate::domain::money::Money;
use crate::domain::query::incoming::{Doubt, Idle, Made};
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::statement::CreditState;

const ZONE: Zone = chrono_tz::Europe::Berlin;

fn now() -> Now {
    Now { at: at("2026-11-27T20:00:00Z"), zone: ZONE }
}

fn statement(rows: Vec<(&str, Says)>) -> Statement {
    Statement {
        format: "Outlier earnings".into(),
        code: "outlier".into(),
        payer: Some("Outlier".into()),
        account: String::new(),
        rows: (1..)
            .zip(rows)
            .map(|(line, (key, says))| Row { line, key: key.to_owned(), says, notes: Vec::new() })
            .collect(),
        left_out: Vec::new(),
        personal: BTreeSet::new(),
    }
}

fn logged(client: &str, project: &str, from: &str, until: &str) -> Says {
    Says::Logged(Logged {
        started_at: at(from),
        ended_at: Some(at(until)),
        declared_secs: None,
        client: client.to_owned(),
        project: project.to_owned(),
        note: "checking".to_owned(),
    })
}

fn credited(project: &str, on: &str, amount: Money, state: CreditState) -> Credited {
    Credited {
        on: day(on),
        is_work_day: true,
        at: None,
        kind: CreditKind::Work,
        word: "prepay".to_owned(),
        amount,
        state,
        secs: Some(3_600),
        project: project.to_owned(),
        reference: String::new(),
    }
}

fn take(book: &mut Book, statement: &Statement, payer: Option<&str>) -> Result<Choices, Refused> {
    let choices = Choices::proposed(book, statement, payer);
    take_as(book, statement, &choices)?;
    Ok(choices)
}

fn take_as(book: &mut Book, statement: &Statement, choices: &Choices) -> Result<(), Refused> {
    let taken = TakenIn {
        statement: Arc::new(statement.clone()),
        choices: choices.clone(),
        zone: ZONE,
        seed: 9_000 + book.revision() * 100,
    };
    let change = plan(book, &Command::TakeIn(Box::new(taken)), now())?;
    book.apply(&change);
    Ok(())
}

fn verdicts(book: &Book, statement: &Statement, choices: &Choices) -> Vec<Verdict> {
    Incoming::of(book, statement, choices, now()).verdicts
}

#[test]
fn rows_of_money_become_earnings_of_a_new_platform_and_projects() {
    let mut book = Kit::new().book;
    let work = |project, amount| Says::Credited(credited(project, "2026-11-20", usd(amount), CreditState::Sent));
    let said = statement(vec![("a", work("Lantern", "6.40")), ("b", work("lantern", "1.50")), ("c", work("", "20"))]);
    take(&mut book, &said, Some("Outlier")).unwrap();
    let platform = book.platforms_by_name().into_iter().find(|one| one.name == "Outlier").cloned().unwrap();
    assert_eq!(book.projects_of(platform.id).count(), 1, "names differ in case only");
    let earnings: Vec<_> = book.earnings().filter(|earning| earning.platform == platform.id).collect();
    assert_eq!(earnings.len(), 3);
    let whole = earnings.iter().filter(|earning| earning.project.is_none()).count();
    assert_eq!(whole, 1, "what names no project belongs to the platform as a whole");
    assert!(earnings.iter().all(|earning| earning.state() == Some(EarningState::Approved(None))));
    assert!(earnings.iter().any(|earning| matches!(earning.covers, Covers::Days { .. })));
}

#[test]
fn work_stands_for_its_day_where_the_file_tells_it() {
    let mut book = Kit::new().book;
    let worked = Credited { secs: None, ..credited("Lantern", "2026-11-20", usd("0.40"), CreditState::Approved) };
    let billed = Credited { is_work_day: false, amount: usd("90"), ..worked.clone() };
    let said = statement(vec![("a", Says::Credited(worked)), ("b", Says::Credited(billed))]);
    take(&mut book, &said, Some("MTurk")).unwrap();
    let of_file: Vec<_> = book.earnings().filter(|earning| earning.origin.is_some()).collect();
    let days = of_file.iter().filter(|earning| matches!(earning.covers, Covers::Days { .. }));
    assert_eq!(days.map(|earning| earning.amount).collect::<Vec<_>>(), [usd("0.40")]);
    assert_eq!(of_file.iter().filter(|earning| earning.covers == Covers::Nothing).count(), 1);
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let mut book = Kit::new().book;
    let said = statement(vec![
        ("a", Says::Credited(credited("Lantern", "2026-11-20", usd("6.40"), CreditState::Pending))),
        ("b", logged("Lantern Ltd", "Maps", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z")),
    ]);
    take(&mut book, &said, Some("Outlier")).unwrap();
    let before = book.clone();
    let choices = Choices::proposed(&book, &said, Some("Outlier"));
    assert_eq!(verdicts(&book, &said, &choices), [Verdict::Known, Verdict::Known]);
    assert_eq!(take(&mut book, &said, Some("Outlier")).unwrap_err(), Refusal::NothingToTake.into());
    assert_eq!(book, before);
}

#[test]
fn a_row_that_comes_back_changed_updates_its_earning_and_the_old_amount_stays_to_be_seen() {
    let mut book = Kit::new().book;
    let of =
        |amount, state| statement(vec![("a", Says::Credited(credited("Lantern", "2026-11-20", usd(amount), state)))]);
    take(&mut book, &of("6.40", CreditState::Pending), Some("Outlier")).unwrap();
    let choices = take(&mut book, &of("5.00", CreditState::Approved), Some("Outlier")).unwrap();
    let earning = book.earnings().find(|earning| earning.origin.is_some()).unwrap();
    assert_eq!(earning.amount, usd("6.40"), "what was handed in");
    assert_eq!(earning.state(), Some(EarningState::Approved(Some(usd("5.00")))));
    assert_eq!(verdicts(&book, &of("5.00", CreditState::Approved), &choices), [Verdict::Known]);
    // It has left the platform since: nothing of that is the user's.
    assert_eq!(verdicts(&book, &of("5.00", CreditState::Sent), &choices), [Verdict::Changed]);
}

#[test]
fn what_the_user_changed_by_hand_stays() {
    let mut book = Kit::new().book;
    let of = |state| statement(vec![("a", Says::Credited(credited("Lantern", "2026-11-20", usd("6.40"), state)))]);
    let choices = take(&mut book, &of(CreditState::Pending), Some("Outlier")).unwrap();
    let earning = Arc::clone(book.earnings().find(|earning| earning.origin.is_some()).unwrap());
    let mine = Earning { amount: usd("9"), ..(*earning).clone() };
    book.apply(&Change::replace(&earning, mine.clone()));
    assert_eq!(verdicts(&book, &of(CreditState::Sent), &choices), [Verdict::YoursStays]);
    assert!(take(&mut book, &of(CreditState::Sent), Some("Outlier")).is_err());
    assert_eq!(**book.earning(mine.id).unwrap(), mine);
}

#[test]
fn time_and_money_that_the_user_wrote_down_already_is_doubtful_and_taken_only_where_it_is_wanted() {
    let mut kit = Kit::new();
    let own = kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    let said = statement(vec![
        ("outlier||a", logged("", "Maps", "2026-11-20T09:10:00Z", "2026-11-20T10:10:00Z")),
        ("outlier||b", logged("", "Maps", "2026-11-20T09:50:00Z", "2026-11-20T12:00:00Z")),
    ]);
    let mut choices = Choices::proposed(&kit.book, &said, None);
    assert_eq!(verdicts(&kit.book, &said, &choices), [Verdict::Doubtful(Doubt::Time(own)), Verdict::New]);
    choices.wanted.insert("outlier||a".to_owned());
    take_as(&mut kit.book, &said, &choices).unwrap();
    assert_eq!(kit.book.sessions().filter(|session| session.origin.is_some()).count(), 2);
    // What came from a file is no doubt for another.
    let other = statement(vec![("outlier||c", logged("", "Maps", "2026-11-20T11:00:00Z", "2026-11-20T12:00:00Z"))]);
    assert_eq!(verdicts(&kit.book, &other, &choices), [Verdict::New]);
    // A file of another format may tell the same work once more.
    let elsewhere = Statement { code: "toggl".into(), ..other };
    let doubtful = verdicts(&kit.book, &elsewhere, &choices);
    assert!(matches!(doubtful.as_slice(), [Verdict::Doubtful(Doubt::Time(_))]), "{doubtful:?}");
}

#[test]
fn the_same_money_in_a_file_of_another_format_is_doubtful_and_where_nobody_pays_nothing_is_taken() {
    let mut book = Kit::new().book;
    let row = |key| vec![(key, Says::Credited(credited("", "2026-11-20", usd("6.40"), CreditState::Sent)))];
    take(&mut book, &statement(row("outlier||a")), Some("Outlier")).unwrap();
    let other = Statement { code: "template".into(), payer: None, ..statement(row("template||a")) };
    let choices = Choices::proposed(&book, &other, Some("Outlier"));
    assert!(matches!(verdicts(&book, &other, &choices).as_slice(), [Verdict::Doubtful(Doubt::Money(_))]));
    let nobody = Choices::proposed(&book, &other, None);
    assert_eq!(verdicts(&book, &other, &nobody), [Verdict::Nothing(Idle::NobodyPays)]);
}

#[test]
fn what_is_said_to_be_made_is_what_is_made() {
    let mut book = Kit::new().book;
    let said = statement(vec![
        ("outlier||a", Says::Credited(credited("Lantern", "2026-11-20", usd("6.40"), CreditState::Sent))),
        ("outlier||b", Says::Credited(credited("lantern", "2026-11-21", usd("1.50"), CreditState::Sent))),
        ("outlier||c", Says::Credited(credited("", "2026-11-21", usd("2"), CreditState::Returned))),
        ("outlier||d", logged("Acme", "Maps", "2026-11-20T09:10:00Z", "2026-11-20T10:10:00Z")),
        ("outlier||e", logged("", "", "2026-11-20T11:10:00Z", "2026-11-20T11:20:00Z")),
    ]);
    for payer in [Some("Outlier"), None] {
        let choices = Choices::proposed(&book, &said, payer);
        let incoming = Incoming::of(&book, &said, &choices, now());
        let made = Made::of(&book, &said, &choices, &incoming);
        let count = |book: &Book| {
            [book.sessions().count(), book.earnings().count(), book.platforms().count(), book.projects().count()]
        };
        let mut after = book.clone();
        take_as(&mut after, &said, &choices).unwrap();
        let (before, then) = (count(&book), count(&after));
        let grown: Vec<usize> = then.iter().zip(before).map(|(then, before)| then - before).collect();
        assert_eq!(grown, [made.sessions, made.earnings, made.platforms.len(), made.projects.len()], "{payer:?}");
        assert_eq!((made.secs, made.money.of(usd("1").currency)), (4_200, usd("7.90")));
        if payer.is_some() {
            book = after;
            let choices = Choices::proposed(&book, &said, payer);
            let incoming = Incoming::of(&book, &said, &choices, now());
            assert_eq!(Made::of(&book, &said, &choices, &incoming), Made::default());
            book = Kit::new().book;
        }
    }
}

#[test]
fn times_in_the_future_and_wrong_days_are_not_taken() {
    let book = Kit::new().book;
    let said = statement(vec![
        ("a", logged("", "Maps", "2026-11-27T19:00:00Z", "2026-11-27T21:00:00Z")),
        ("b", logged("", "Maps", "2026-11-01T09:00:00Z", "2026-11-20T09:00:00Z")),
    ]);
    let choices = Choices::proposed(&book, &said, None);
    assert_eq!(verdicts(&book, &said, &choices), [Verdict::Nothing(Idle::Future), Verdict::Nothing(Idle::TooLong)]);
}
