//! A row of time that was worked.

use chrono::{Days as CalendarDays, NaiveDate, NaiveTime, TimeDelta};

use super::{With, squeezed};
use crate::domain::span::{Timestamp, instant_at};
use crate::domain::statement::{Logged, Meaning, Note, Says, Why};
use crate::import::cells::{Moment, clock, hours, moment, stretch, time_of_day, words};
use crate::import::formats::Found;
use crate::import::table::Line;

/// Noon, in seconds after midnight.
const NOON: u32 = 12 * 3_600;

pub(super) fn row(with: &With<'_>, line: &Line) -> Result<Found, Why> {
    let all_empty = [Meaning::Day, Meaning::Start, Meaning::End, Meaning::Length];
    if all_empty.iter().all(|meaning| with.cell(*meaning, line).is_empty()) {
        return Err(Why::Skipped("it has neither day nor time"));
    }
    let secs = length(with, line)?;
    let (started_at, ended_at, declared_secs, is_odd) = match start(with, line)? {
        None => {
            let day = with.days.day(with.cell(Meaning::Day, line))?;
            let secs = secs.ok_or_else(|| Why::Length(String::new()))?;
            let noon = NaiveTime::from_num_seconds_from_midnight_opt(NOON, 0).unwrap_or_default();
            let at = instant_at(day, noon, with.options.zone);
            (at, Some(at), Some(secs), false)
        }
        Some(start) => {
            let (started_at, ended_at, is_odd) = between(with, line, start, secs)?;
            (started_at, ended_at, None, is_odd)
        }
    };
    match (ended_at, declared_secs) {
        (Some(end), _) if end < started_at => return Err(Why::EndsBeforeStart),
        (Some(end), None) if end == started_at => return Err(Why::Skipped("it has no length")),
        (_, Some(0)) => return Err(Why::Skipped("it has no length")),
        _ => {}
    }
    let says = Logged {
        started_at,
        ended_at,
        declared_secs,
        client: with.cell(Meaning::Client, line).to_owned(),
        project: with.cell(Meaning::Project, line).to_owned(),
        note: with.texts(Meaning::Note, line),
    };
    let written = |meaning| with.cell(meaning, line);
    let begins = format!("{} {}", written(Meaning::Day), written(Meaning::Start));
    let ends = match secs.filter(|_| ended_at.is_none() || declared_secs.is_some()) {
        Some(secs) => format!("{secs} s"),
        None => format!("{} {}", written(Meaning::EndDay), written(Meaning::End)),
    };
    let note = squeezed(&says.note);
    let parts = [begins.trim(), ends.trim(), says.project.as_str(), note.as_str()].map(str::to_owned);
    let parts = parts.each_ref().map(String::as_str);
    let odd = is_odd.then_some(Note::ClockChange);
    Ok(with.found(line, &[], &parts, Says::Logged(says)).noting(odd))
}

/// When it began; `None` where only its day is known.
fn start(with: &With<'_>, line: &Line) -> Result<Option<Moment>, Why> {
    let cell = with.cell(Meaning::Start, line);
    if cell.is_empty() {
        return Ok(None);
    }
    if let Ok(time) = time_of_day(cell) {
        return Ok(Some(Moment::Local(with.days.day(with.cell(Meaning::Day, line))?, time)));
    }
    moment(cell, with.days).map(Some)
}

/// When it began and ended, and whether a clock change left that open.
fn between(
    with: &With<'_>,
    line: &Line,
    start: Moment,
    secs: Option<i64>,
) -> Result<(Timestamp, Option<Timestamp>, bool), Why> {
    let zone = with.options.zone;
    let cell = with.cell(Meaning::End, line);
    let started_at = |start| match start {
        Moment::Instant(at) => at,
        Moment::Local(day, time) => instant_at(day, time, zone),
    };
    if cell.is_empty() {
        let begun = started_at(start);
        let end = secs.and_then(TimeDelta::try_seconds).and_then(|length| begun.checked_add_signed(length));
        return Ok((begun, end, false));
    }
    let end = match time_of_day(cell) {
        Ok(time) => Moment::Local(day_of_end(with, line, start, time)?, time),
        Err(_) => moment(cell, with.days)?,
    };
    Ok(match (start, end) {
        (Moment::Local(from, begins), Moment::Local(until, ends)) => {
            let (start, end, is_odd) = stretch((from, begins), (until, ends), secs, zone);
            (start, Some(end), is_odd)
        }
        (start, end) => (started_at(start), Some(started_at(end)), false),
    })
}

/// The day of an end that is a time alone: the one that is written, else that of the start, or the next where it has
/// passed midnight.
fn day_of_end(with: &With<'_>, line: &Line, start: Moment, time: NaiveTime) -> Result<NaiveDate, Why> {
    let own = with.cell(Meaning::EndDay, line);
    if !own.is_empty() {
        return with.days.day(own);
    }
    let (day, begins) = match start {
        Moment::Local(day, begins) => (day, begins),
        Moment::Instant(at) => {
            let local = at.with_timezone(&with.options.zone);
            (local.date_naive(), local.time())
        }
    };
    if time >= begins {
        return Ok(day);
    }
    day.checked_add_days(CalendarDays::new(1)).ok_or(Why::EndsBeforeStart)
}

/// The length of a row, in seconds: `0:45`, `1h 2m`, or a number of the column's unit; `None` where it has none.
pub(super) fn length(with: &With<'_>, line: &Line) -> Result<Option<i64>, Why> {
    let cell = with.cell(Meaning::Length, line);
    if cell.contains(':') {
        return clock(cell).map(Some);
    }
    if let Ok(secs) = words(cell) {
        return Ok(secs);
    }
    let wrong = |_| Why::Length(crate::import::cells::shortened(cell));
    let Some((number, _)) = with.lengths.number(cell).map_err(wrong)? else { return Ok(None) };
    let in_hours = number.checked_mul(with.unit).and_then(|secs| secs.checked_div(3_600.into()));
    in_hours.ok_or_else(|| Why::Length(crate::import::cells::shortened(cell))).and_then(hours).map(Some)
}
