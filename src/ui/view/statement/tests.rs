//! What stands on the screen before a file is taken in.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::command::{Command, TakenIn, plan};
use crate::domain::earning::Earning;
use crate::domain::query::incoming::Choices;
use crate::domain::query::work::testkit::{Kit, at, day, usd};
use crate::domain::span::Now;
use crate::domain::statement::{
    CreditKind, CreditState, Credited, LeftOut, MoveKind, MoveState, Moved, Note, Row, Says, Why,
};

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

fn now() -> Now {
    Now { at: at("2026-11-27T20:00:00Z"), zone: ZONE }
}

fn credited(amount: &str, state: CreditState) -> Says {
    Says::Credited(Credited {
        on: day("2026-11-20"),
        is_work_day: true,
        at: None,
        kind: CreditKind::Work,
        word: "prepay".to_owned(),
        amount: usd(amount),
        state,
        secs: Some(3_600),
        project: "Lantern\u{1b}[2J".to_owned(),
        reference: String::new(),
    })
}

fn moved(amount: &str, state: MoveState) -> Says {
    Says::Moved(Moved {
        on: day("2026-11-21"),
        at: None,
        kind: MoveKind::Payment,
        amount: usd(amount),
        fee: None,
        other: "Lantern Ltd".to_owned(),
        text: "Payment".to_owned(),
        state,
        reference: String::new(),
        parent: String::new(),
    })
}

fn statement(rows: Vec<Says>) -> Statement {
    let row = |(line, says): (u64, Says)| Row { line, key: format!("outlier||{line}"), says, notes: Vec::new() };
    Statement {
        format: "Outlier earnings".into(),
        code: "outlier".into(),
        payer: Some("Outlier".into()),
        account: String::new(),
        rows: (2..).zip(rows).map(row).collect(),
        left_out: vec![LeftOut { line: 9, why: Why::Amount("3,0".to_owned()) }],
        personal: BTreeSet::from(["email".to_owned()]),
    }
}

struct Seen {
    book: Book,
    statement: Statement,
    weighed: Weighed,
}

impl Seen {
    fn of(book: &Book, statement: Statement) -> Self {
        let choices = Choices::proposed(book, &statement, statement.payer.as_deref());
        let weighed = Weighed::of(book, &statement, &choices, now());
        Self { book: book.clone(), statement, weighed }
    }

    fn words(&self, entry: Entry) -> RowWords {
        let with = Words { book: &self.book, today: day("2026-11-27"), style: Style::PLAIN };
        words(with, &self.statement, &self.weighed, entry)
    }

    fn lines(&self, fates: &[Fate], most: usize) -> Vec<String> {
        lines_of(&self.weighed, fates, most, |entry| self.words(entry))
    }
}

fn taken(book: &mut Book, statement: &Statement) {
    let choices = Choices::proposed(book, statement, statement.payer.as_deref());
    let taken = TakenIn { statement: Arc::new(statement.clone()), choices, zone: ZONE, seed: 9_000 };
    let change = plan(book, &Command::TakeIn(Box::new(taken)), now()).unwrap();
    book.apply(&change);
}

#[test]
fn a_file_is_told_in_sum_and_row_by_row_and_steers_no_terminal() {
    let mut said = statement(vec![
        credited("6.40", CreditState::Sent),
        moved("12", MoveState::Done),
        credited("0", CreditState::Sent),
        moved("-4", MoveState::Done),
        moved("-5", MoveState::Pending),
    ]);
    said.rows[0].notes.push(Note::NotRateTimesTime);
    let seen = Seen::of(&Kit::new().book, said);
    assert_eq!(
        head(&seen.statement, ZONE, day("2026-11-27"), Style::PLAIN),
        "Outlier earnings, 5 rows, Fri 20 – Sat 21 Nov, $9.40"
    );
    assert_eq!(fates(&seen.weighed), "2 new, 0 known, 0 changed, 0 doubtful, 4 left out");
    assert_eq!(
        made(&seen.weighed.made, Style::PLAIN),
        "1 earning of $6.40, 1 movement with $12.00 paid to you, 1 new platform, 1 new project"
    );
    assert_eq!(new_names(&seen.weighed.made).unwrap(), "new platform Outlier; new project Lantern [2J");
    assert_eq!(
        remarks(&seen.statement, &seen.weighed),
        ["2 payments to others are not kept", "Not read, as nobody needs it: email"]
    );
    let first = seen.words(Entry::Row(0));
    assert_eq!((first.line.as_str(), first.day.as_str(), first.figure.as_str()), ("2", "Fri 20 Nov", "$6.40"));
    assert_eq!(
        first.name(),
        "Line 2, Fri 20 Nov, Lantern [2J · prepay, $6.40, Sent, New, Rate and time don’t give the amount: the amount counts"
    );
    assert_eq!(seen.words(Entry::Row(1)).name(), "Line 3, Sat 21 Nov, Lantern Ltd · Payment, $12.00, Done, New");
    assert_eq!(seen.words(Entry::Row(3)).reason, "Paid to somebody else: not kept");
    assert_eq!(
        seen.lines(&[Fate::LeftOut], 1),
        ["line 4, left out: Nothing: the trace of a correction", "and 1 more left out"]
    );
    assert_eq!(seen.words(Entry::Left(0)).name(), "Line 9, Left out, “3,0” is no amount");
    // A line that is not there is none.
    assert_eq!(seen.words(Entry::Row(99)).what, "");
}

#[test]
fn what_changed_says_what_it_said_before_and_what_the_user_changed_that_it_stays() {
    let mut book = Kit::new().book;
    taken(&mut book, &statement(vec![credited("6.40", CreditState::Pending)]));
    let seen = Seen::of(&book, statement(vec![credited("5.00", CreditState::Approved)]));
    assert_eq!(fates(&seen.weighed), "0 new, 0 known, 1 changed, 0 doubtful, 1 left out");
    assert_eq!(made(&seen.weighed.made, Style::PLAIN), "1 record brought up to date");
    assert_eq!(seen.lines(&[Fate::Changed], 9), ["line 2, changed: It said 6.40 USD pending before"]);
    let earning = Arc::clone(book.earnings().find(|earning| earning.origin.is_some()).unwrap());
    book.apply(&Change::replace(&earning, Earning { amount: usd("9"), ..(*earning).clone() }));
    let seen = Seen::of(&book, statement(vec![credited("5.00", CreditState::Approved)]));
    assert_eq!(fates(&seen.weighed), "0 new, 0 known, 0 changed, 1 yours stays, 0 doubtful, 1 left out");
    assert_eq!(
        seen.lines(&[Fate::Yours], 9),
        ["line 2, yours stays: The file says 5.00 USD approved now; you changed it by hand, and that stays"]
    );
    assert_eq!(made(&seen.weighed.made, Style::PLAIN), "Nothing new");
}

#[test]
fn a_doubtful_row_that_is_wanted_is_new_and_still_among_the_doubtful() {
    let mut book = Kit::new().book;
    taken(&mut book, &statement(vec![credited("6.40", CreditState::Sent)]));
    let earning = Arc::clone(book.earnings().find(|earning| earning.origin.is_some()).unwrap());
    book.apply(&Change::replace(&earning, Earning { origin: None, ..(*earning).clone() }));
    let said = statement(vec![credited("6.40", CreditState::Sent)]);
    let seen = Seen::of(&book, said.clone());
    assert_eq!(seen.lines(&[Fate::Doubtful], 9), ["line 2, doubtful: You wrote down $6.40 for Fri 20 Nov already"]);
    let mut choices = Choices::proposed(&book, &said, said.payer.as_deref());
    choices.wanted = seen.weighed.incoming.doubtful(&said).map(str::to_owned).collect();
    let wanted = Weighed::of(&book, &said, &choices, now());
    assert_eq!((wanted.count(Fate::New), wanted.count(Fate::Doubtful), wanted.lines(None).len()), (1, 1, 2));
    assert_eq!(wanted.fate(Entry::Row(0)), Fate::New);
}

#[test]
fn money_that_comes_through_says_what_it_was_on_its_way_and_what_another_file_told_is_doubtful() {
    let mut book = Kit::new().book;
    taken(&mut book, &statement(vec![moved("12", MoveState::Pending)]));
    let mut said = statement(vec![moved("11.50", MoveState::Done)]);
    said.rows[0].key = "outlier||77".to_owned();
    let seen = Seen::of(&book, said.clone());
    assert_eq!(seen.lines(&[Fate::Changed], 9), ["line 2, changed: It was on its way as 12.00 USD pending"]);
    assert_eq!(made(&seen.weighed.made, Style::PLAIN), "1 record brought up to date");
    taken(&mut book, &said);
    said.rows[0].key = "other||1".to_owned();
    let other =
        Statement { format: "Outlier".into(), code: "other".into(), account: "Outlier earnings".to_owned(), ..said };
    let seen = Seen::of(&book, other);
    let doubt = "line 2, doubtful: $11.50 of Sat 21 Nov at Outlier earnings came from another file";
    assert_eq!(seen.lines(&[Fate::Doubtful], 9), [doubt]);
}

#[test]
fn a_question_comes_with_its_two_answers_and_the_options_of_the_terminal() {
    let dates = Question::DateOrder(vec!["01/02/2026".to_owned()]);
    assert_eq!(answers(&dates), ["The day comes first", "The month comes first"]);
    assert_eq!(option_for(&dates), "say --dates day-first or --dates month-first");
    let decimals = Question::Decimals(vec!["1.234".to_owned()]);
    assert_eq!(option_for(&decimals), "say --decimals point or --decimals comma");
}

#[test]
fn work_that_is_under_way_tells_each_hundredth_once_and_can_be_stopped() {
    let going = Going::default();
    assert!(going.step(0.5) && !going.step(0.505) && going.step(0.52));
    assert!((going.share() - 0.52).abs() < 0.001);
    assert!(!going.clone().is_stopped());
    going.clone().stop();
    assert!(going.is_stopped() && going.is(&going.clone()) && !going.is(&Going::default()));
}
