//! Toggl and Clockify: detailed reports of a time tracker. Times are in the zone of the tracker's profile, which the file
//! doesn't name.

use chrono::{NaiveDate, NaiveTime};

use super::{Found, Known, Reading, Then, joined, needed};
use crate::domain::span::Zone;
use crate::domain::statement::{Logged, Note, Says, Statement, Why};
use crate::import::cells::{Days, clock, stretch, time_of_day};
use crate::import::table::{Column, Line, Sheet};
use crate::import::{Options, Unreadable};

pub(super) const KNOWN: [Known; 4] = [
    Known { needs: &["start date", "start time", "end date", "end time", "duration"], then: Then::Read(toggl) },
    Known { needs: &["start date", "start time", "stop date", "stop time", "duration"], then: Then::Read(toggl) },
    Known { needs: &["start date", "start time", "end date", "end time", "duration (h)"], then: Then::Read(clockify) },
    Known {
        needs: &["start date", "start time", "end date", "end time", "group", "billable"],
        then: Then::Read(clockify),
    },
];

/// Names and addresses of the people who worked.
const PERSONAL: [&str; 4] = ["user", "email", "group", "member"];

struct Columns {
    start: (Column, Column),
    end: (Column, Column),
    length: Option<Column>,
    client: Option<Column>,
    project: Option<Column>,
    task: Option<Column>,
    text: Option<Column>,
}

fn toggl(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    read(sheet, options, Reading::new("Toggl", "toggl"))
}

fn clockify(sheet: &Sheet<'_>, options: Options) -> Result<Statement, Unreadable> {
    read(sheet, options, Reading::new("Clockify", "clockify"))
}

fn read(sheet: &Sheet<'_>, options: Options, reading: Reading) -> Result<Statement, Unreadable> {
    let columns = Columns {
        start: (needed(sheet, &["start date"])?, needed(sheet, &["start time"])?),
        end: (needed(sheet, &["end date", "stop date"])?, needed(sheet, &["end time", "stop time"])?),
        length: sheet.column(&["duration", "duration (h)"]),
        client: sheet.column(&["client"]),
        project: sheet.column(&["project"]),
        // A user may call it something else, such as an activity.
        task: sheet.column(&["task", "activity"]),
        text: sheet.column(&["description"]),
    };
    let dates = [columns.start.0, columns.end.0].into_iter().flat_map(|column| sheet.cells(column));
    let days = Days::decided(dates, options)?;
    let reading = reading.without(sheet, &PERSONAL);
    // Empty last cells are left away by some.
    Ok(reading.rows(sheet, true, |line| row(&columns, days, options.zone, line)))
}

fn row(columns: &Columns, days: Days, zone: Zone, line: &Line) -> Result<Found, Why> {
    let at = |(day, time): (Column, Column)| -> Result<(NaiveDate, NaiveTime), Why> {
        Ok((days.day(line.cell(day))?, time_of_day(line.cell(time))?))
    };
    let (start, end) = (at(columns.start)?, at(columns.end)?);
    let length = line.cell_of(columns.length);
    let secs = if length.is_empty() { None } else { Some(clock(length)?) };
    let (started_at, ended_at, is_odd) = stretch(start, end, secs, zone);
    if ended_at < started_at {
        return Err(Why::EndsBeforeStart);
    }
    if ended_at == started_at {
        return Err(Why::Skipped("it has no length"));
    }
    let (project, text, task) = (line.cell_of(columns.project), line.cell_of(columns.text), line.cell_of(columns.task));
    let says = Logged {
        started_at,
        ended_at: Some(ended_at),
        declared_secs: None,
        client: line.cell_of(columns.client).to_owned(),
        project: project.to_owned(),
        note: joined(task, text),
    };
    let written = |at: (NaiveDate, NaiveTime)| format!("{} {}", at.0, at.1);
    let parts = [written(start), written(end), project.to_owned(), text.to_owned()];
    let parts = parts.each_ref().map(String::as_str);
    Ok(Found::new(&parts, Says::Logged(says)).noting(is_odd.then_some(Note::ClockChange)))
}
