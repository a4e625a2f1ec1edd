//! A line of a file in words: what it says, what becomes of it, and why.

use chrono::NaiveDate;

use super::{Entry, Fate, Weighed, plain};
use crate::domain::book::Book;
use crate::domain::ids::MovementId;
use crate::domain::query::incoming::{Doubt, Idle, Verdict};
use crate::domain::span::{Timestamp, Zone};
use crate::domain::statement::{CreditState, MoveKind, MoveState, Moved, Note, Row, Says, Statement};
use crate::ui::format::{self, Style};
use crate::ui::view::names;

/// A line in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWords {
    /// Its number in the file, from 1.
    pub line: String,
    /// The day; empty where it can't be read.
    pub day: String,
    /// What it is about.
    pub what: String,
    /// Time or money.
    pub figure: String,
    /// Where it stands, or from when until when.
    pub state: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Why, and what should be known of it; empty where there is nothing to say.
    pub reason: String,
}

impl RowWords {
    /// All of it in one line, for a screen reader.
    #[must_use]
    pub fn name(&self) -> String {
        let fate = self.fate.name();
        let parts = [&self.day, &self.what, &self.figure, &self.state].into_iter().filter(|part| !part.is_empty());
        let mut name = format!("Line {}", self.line);
        for part in parts.map(String::as_str).chain([fate, &self.reason]).filter(|part| !part.is_empty()) {
            name.push_str(", ");
            name.push_str(part);
        }
        name
    }
}

/// What a line is put into words with.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The Book that it is weighed against.
    pub book: &'a Book,
    /// The user's day.
    pub today: NaiveDate,
    /// How figures are written.
    pub style: Style,
}

/// Puts a line into words; empty where there is no such line.
#[must_use]
pub fn words(with: Words<'_>, statement: &Statement, weighed: &Weighed, entry: Entry) -> RowWords {
    let fate = weighed.fate(entry);
    let empty = |line: u64, reason: String| RowWords {
        line: line.to_string(),
        day: String::new(),
        what: String::new(),
        figure: String::new(),
        state: String::new(),
        fate,
        reason,
    };
    match entry {
        Entry::Left(at) => {
            let left = statement.left_out.get(at);
            left.map_or_else(|| empty(0, String::new()), |left| empty(left.line, plain(&left.why.to_string())))
        }
        Entry::Row(at) => {
            let Some(row) = statement.rows.get(at) else { return empty(0, String::new()) };
            let mut reasons: Vec<String> = Vec::new();
            if let Some(verdict) = weighed.incoming.verdicts.get(at) {
                reasons.extend(why(with, row, *verdict, weighed.said_before(at)));
            }
            reasons.extend(row.notes.iter().map(note));
            let (day, what, figure, state) = said(with, &row.says);
            RowWords { day, what: plain(&what), figure, state, ..empty(row.line, plain(&reasons.join(". "))) }
        }
    }
}

/// Day, what it is about, its figure and where it stands.
pub(super) fn said(with: Words<'_>, says: &Says) -> (String, String, String, String) {
    let Words { book, today, style } = with;
    let zone = book.settings().zone;
    match says {
        Says::Logged(logged) => {
            let day = logged.started_at.with_timezone(&zone).date_naive();
            let end = logged.ended_at.map(|end| end.with_timezone(&zone).time());
            let span = format::clock_span(logged.started_at.with_timezone(&zone).time(), end);
            let what = joined(&[&logged.client, &logged.project, &logged.note]);
            (style.day(day, today), what, format::hours(logged.secs()), span)
        }
        Says::Credited(credited) => {
            let what = joined(&[&credited.project, &credited.word]);
            let state = credit_state(&credited.state);
            (style.day(credited.on, today), what, style.money(credited.amount), state.to_owned())
        }
        Says::Moved(moved) => {
            let state = move_state(moved);
            let what = joined(&[&moved.other, &moved.text]);
            (style.day(moved.on, today), what, style.money(moved.amount), state.to_owned())
        }
    }
}

fn joined(parts: &[&String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// What it is, where it is no plain payment that is done.
fn move_state(moved: &Moved) -> &'static str {
    match (moved.state, moved.kind) {
        (MoveState::Pending, _) => "Pending",
        (MoveState::Done, MoveKind::Payment) => "Done",
        (MoveState::Done, MoveKind::Own) => "Own accounts",
        (MoveState::Done, MoveKind::Exchange) => "Exchange",
        (MoveState::Done, MoveKind::Fee) => "Fee",
        (MoveState::Done, MoveKind::Hold) => "Held",
        (MoveState::Done, MoveKind::Refund) => "Given back",
    }
}

fn credit_state(state: &CreditState) -> &'static str {
    match state {
        CreditState::Pending => "Pending",
        CreditState::Approved => "Approved",
        CreditState::Available => "Available",
        CreditState::Sent => "Sent",
        CreditState::Refused => "Refused",
        CreditState::Returned => "Returned",
        CreditState::Unknown(_) => "Unknown",
    }
}

/// Why a row has its fate; nothing where that needs no words.
fn why(with: Words<'_>, row: &Row, verdict: Verdict, before: Option<&str>) -> Option<String> {
    match verdict {
        Verdict::New | Verdict::Known => None,
        Verdict::Changed => Some(match before {
            Some(before) => format!("It said {before} before"),
            None => "It says something else than before".to_owned(),
        }),
        Verdict::CameThrough(id) => Some(match book_said(with.book, id) {
            Some(before) => format!("It was on its way as {before}"),
            None => "It was on its way before".to_owned(),
        }),
        Verdict::YoursStays => Some(format!("The file says {} now; you changed it by hand, and that stays", now(row))),
        Verdict::Doubtful(doubt) => Some(doubt_words(with, doubt)),
        Verdict::Nothing(idle) => Some(idle_words(idle).to_owned()),
    }
}

/// What the row of a movement said when it was last taken in.
fn book_said(book: &Book, id: MovementId) -> Option<String> {
    book.movement(id)?.origin.as_ref().map(|origin| origin.said.clone())
}

fn now(row: &Row) -> String {
    match &row.says {
        Says::Logged(logged) => format::hours(logged.secs()),
        Says::Credited(credited) => credited.said(),
        Says::Moved(moved) => moved.said(),
    }
}

fn doubt_words(with: Words<'_>, doubt: Doubt) -> String {
    let Words { book, today, style } = with;
    match doubt {
        Doubt::Time(id) => book.session(id).map_or_else(String::new, |session| {
            let local = |at: Timestamp, zone: Zone| at.with_timezone(&zone).time();
            let end = session.ended_at.map(|end| local(end, session.zone));
            let span = format::clock_span(local(session.started_at, session.zone), end);
            let day = style.day(book.day_of(session), today);
            let whose = if session.origin.is_some() { "A session" } else { "Your session" };
            format!("{whose} of {}, {day}, {span}, has this time", names::project(book, session.project))
        }),
        Doubt::Money(id) => book.earning(id).map_or_else(String::new, |earning| {
            let days = style.days(earning.worked, today);
            let money = style.money(earning.amount);
            match earning.origin {
                Some(_) => format!("{money} for {days} came from another file"),
                None => format!("You wrote down {money} for {days} already"),
            }
        }),
        Doubt::Movement(id) => book.movement(id).map_or_else(String::new, |movement| {
            let (money, day) = (style.money(movement.amount), style.day(movement.on, today));
            format!("{money} of {day} at {} came from another file", plain(&movement.account))
        }),
    }
}

fn idle_words(idle: Idle) -> &'static str {
    match idle {
        Idle::Runs => "It still runs: it comes with its end",
        Idle::Future => "It ends in the future",
        Idle::TooLong => "Longer than any session: a wrong day?",
        Idle::TooMuch => "More than anybody earns: a wrong decimal mark?",
        Idle::Returned => "Given back: nothing is owed",
        Idle::Zero => "Nothing: the trace of a correction",
        Idle::Private => "Paid to somebody else: not kept",
        Idle::PaidBack => "Came back of what is not kept",
        Idle::LooseFee => "A fee for nothing that is kept",
        Idle::Held => "Held back for a while: it nets out",
        Idle::NobodyPays => "Nobody is named who pays it",
    }
}

pub(super) fn note(note: &Note) -> String {
    match note {
        Note::StateUnknown(word) => format!("“{word}” is no known state: it counts as pending"),
        Note::ClockChange => "The clock changed in that hour: the earlier reading was taken".to_owned(),
        Note::BadClock(clock) => format!("“{clock}” is no time of day: only the day was taken"),
        Note::NotRateTimesTime => "Rate and time don’t give the amount: the amount counts".to_owned(),
        Note::SignAgainstWord => "Sign and word disagree: the sign counts".to_owned(),
        Note::StateMayBeOld => "The state may be old".to_owned(),
        Note::WorkDayUnknown => "The file doesn’t tell which hours it pays: say so in Earnings".to_owned(),
    }
}
