//! timeclock: a line for each clocking in and out, as Emacs, ledger and hledger read them.
//!
//! `i 2026/03/04 09:15:00 client:project  note` and `o 2026/03/04 10:00:00`. Two blanks stand before the note. Times are
//! local; a last `i` without an `o` still runs.

use chrono::{NaiveDate, NaiveTime};

use super::{Found, Reading};
use crate::domain::statement::{DateOrder, Logged, Note, Says, Statement, Why};
use crate::import::cells::{Days, stretch, time_of_day};
use crate::import::{Options, Unreadable};

/// A clocking in that waits for its end.
struct In<'a> {
    line: u64,
    at: (NaiveDate, NaiveTime),
    account: &'a str,
    note: &'a str,
}

/// Whether a text is one: its first line that is no comment clocks in or out.
pub(super) fn is_one(text: &str) -> bool {
    let first = text.lines().map(str::trim_end).find(|line| !is_comment(line));
    first.and_then(clocking).is_some()
}

fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with([';', '#', '*'])
}

/// A day and a time of day, or why it is none.
type At = Result<(NaiveDate, NaiveTime), Why>;

/// The letter, the instant and the rest of a line.
fn clocking(line: &str) -> Option<(char, At, &str)> {
    let mut letters = line.chars();
    let letter = letters.next().filter(|letter| matches!(letter, 'i' | 'o' | 'O'))?;
    let rest = letters.as_str().strip_prefix(' ')?;
    let (day, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut digits = day.bytes();
    if !digits.by_ref().take(4).all(|digit| digit.is_ascii_digit()) || !matches!(digits.next(), Some(b'-' | b'/')) {
        return None;
    }
    let (time, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let at = Days::with(DateOrder::DayFirst).day(day).and_then(|day| Ok((day, time_of_day(time)?)));
    Some((letter, at, rest))
}

#[expect(clippy::unnecessary_wraps, reason = "one of several formats, which can fail")]
pub(super) fn read(text: &str, options: Options) -> Result<Statement, Unreadable> {
    let mut reading = Reading::new("timeclock", "timeclock");
    let mut open: Option<In<'_>> = None;
    for (number, line) in (1_u64..).zip(text.lines()) {
        let line = line.trim_end();
        if is_comment(line) {
            continue;
        }
        let Some((letter, at, rest)) = clocking(line) else {
            reading.take(number, Err(Why::Skipped("no clocking in or out")));
            continue;
        };
        let at = match at {
            Ok(at) => at,
            Err(why) => {
                reading.take(number, Err(why));
                continue;
            }
        };
        if letter == 'i' {
            let (account, note) = rest.split_once("  ").unwrap_or((rest, ""));
            let begun = In { line: number, at, account: account.trim(), note: note.trim() };
            if let Some(before) = open.replace(begun) {
                reading.take(before.line, Err(Why::Skipped("clocked in again without clocking out")));
            }
        } else if let Some(begun) = open.take() {
            let line = begun.line;
            reading.take(line, logged(&begun, Some(at), options));
        } else {
            reading.take(number, Err(Why::Skipped("clocked out without clocking in")));
        }
    }
    if let Some(begun) = open {
        reading.take(begun.line, logged(&begun, None, options));
    }
    Ok(reading.statement)
}

fn logged(begun: &In<'_>, end: Option<(NaiveDate, NaiveTime)>, options: Options) -> Result<Found, Why> {
    let (started_at, ended_at, is_odd) = stretch(begun.at, end.unwrap_or(begun.at), None, options.zone);
    if ended_at < started_at {
        return Err(Why::EndsBeforeStart);
    }
    let (client, project) = begun.account.split_once(':').unwrap_or(("", begun.account));
    let says = Logged {
        started_at,
        ended_at: end.map(|_| ended_at),
        declared_secs: None,
        client: client.to_owned(),
        project: project.to_owned(),
        note: begun.note.to_owned(),
    };
    let written = |at: (NaiveDate, NaiveTime)| format!("{} {}", at.0, at.1);
    let parts =
        [written(begun.at), end.map(written).unwrap_or_default(), begun.account.to_owned(), begun.note.to_owned()];
    let parts = parts.each_ref().map(String::as_str);
    Ok(Found::new(&parts, Says::Logged(says)).noting(is_odd.then_some(Note::ClockChange)))
}
