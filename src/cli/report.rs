//! The reports: rates, payouts, sessions, the forecast, a month and the three-way check as tables, over the same queries as the window.

mod check;
mod forecast;
mod month;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::exposure;
use super::table::{Cell, Column, Table};
use super::{Report, Subject};
use crate::domain::book::Book;
use crate::domain::money::{Currency, Money};
use crate::domain::query::calendar::{self, Expected};
use crate::domain::query::hours::{self, Selection};
use crate::domain::query::rates::{self, Group, GroupBy, Rates, Row, Step};
use crate::domain::query::work::Work;
use crate::domain::span::{DayRange, Month, Now, user_day};
use crate::store::catalogue;
use crate::ui::format::{self, Style};
use crate::ui::typed;
use crate::ui::view::lacking::Lacking;
use crate::ui::view::{names, reasons, states};

/// Why a report was not printed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The arguments make no sense.
    #[error("{0}")]
    Usage(String),
    /// The output could not be written.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Prints a report. What its totals lack is said on standard error, and in each row of JSON as `without_months`.
///
/// # Errors
/// [`Failure`] where a day can't be read, the days are out of order, or the output fails.
pub fn print(book: &Book, lacking: &Lacking, report: &Report, now: Now, out: &mut dyn Write) -> Result<(), Failure> {
    let now = Now { zone: book.settings().zone, ..now };
    let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
    let days = days(report, today)?;
    let over = match report.subject {
        Subject::Rates | Subject::Sessions => days,
        // Money that lands in a month was often sent in the one before.
        Subject::Month => {
            let month = month(report, days, today)?;
            DayRange::new(month.previous().first_day(), month.last_day())
        }
        Subject::Payouts | Subject::Forecast | Subject::Exposure | Subject::Check => {
            DayRange { first: NaiveDate::MIN, ..days }
        }
    };
    let mut table = match report.subject {
        Subject::Rates => rates_table(book, days, now),
        Subject::Payouts => payouts_table(book, days, now, today),
        Subject::Sessions => sessions_table(book, days, now),
        Subject::Forecast => forecast::table(book, now, today),
        Subject::Month => month::table(book, month(report, days, today)?, now, today),
        Subject::Check => check::table(book, days, now, today),
        Subject::Exposure => {
            // The catalogue only adds what to watch; the figures stand without it.
            let presets = catalogue::read().unwrap_or_default();
            exposure::table(book, &presets, now, today)
        }
    };
    if let Some(words) = lacking.within(over) {
        eprintln!("truerate: totals are {}", words.text);
        table.without_months = lacking.damaged_within(over).map(|(month, _)| month.to_string()).collect();
    }
    table.print(report.format, out)?;
    Ok(())
}

fn days(report: &Report, today: NaiveDate) -> Result<DayRange, Failure> {
    let read = |text: &Option<String>, name: &str, otherwise: NaiveDate| match text {
        None => Ok(otherwise),
        Some(text) => typed::date(text, today).map_err(|reason| Failure::Usage(format!("--{name} {text}: {reason}"))),
    };
    let all = DayRange::all();
    let (first, last) = (read(&report.from, "from", all.first)?, read(&report.to, "to", all.last)?);
    if last < first {
        return Err(Failure::Usage(format!("--from {first} lies after --to {last}")));
    }
    Ok(DayRange { first, last })
}

/// The month that is asked for: by its name, else that of the first day, else today's.
fn month(report: &Report, days: DayRange, today: NaiveDate) -> Result<Month, Failure> {
    match &report.month {
        Some(text) => text.parse().map_err(|reason| Failure::Usage(format!("--month {text}: {reason}"))),
        None if report.from.is_some() => Ok(Month::of_day(days.first)),
        None => Ok(Month::of_day(today)),
    }
}

pub(super) fn column(head: &'static str, name: &'static str) -> Column {
    Column { head, name, right: false }
}

pub(super) fn right(head: &'static str, name: &'static str) -> Column {
    Column { head, name, right: true }
}

/// Amount or rate, rounded to the minor unit, for programs.
pub(super) fn plain(money: Money) -> String {
    let rounded = money.rounded().amount;
    format!("{rounded:.*}", usize::try_from(money.currency.minor_units()).unwrap_or(2))
}

pub(super) fn money_cell(money: Option<Money>, style: Style) -> Cell {
    Cell::figure(money.map_or_else(|| format::NONE.to_owned(), |money| style.money(money)), money.map(plain))
}

pub(super) fn day_cell(day: Option<NaiveDate>) -> Cell {
    Cell::figure(day.map_or_else(|| format::NONE.to_owned(), format::day_numbers), day.map(format::day_numbers))
}

fn rates_table(book: &Book, days: DayRange, now: Now) -> Table {
    let style = Style::of(book.settings());
    let work = Work::of(book);
    let selection = Selection::period(days);
    let mut rows: Vec<Vec<Cell>> = rates::side_by_side(&work, &selection, GroupBy::Platform, now.at)
        .iter()
        .map(|(group, rates)| {
            let name = match group {
                Group::Platform(id) => book.platform(*id).map_or("", |platform| platform.name.as_str()),
                Group::Project(_) | Group::TaskType(_) => "",
            };
            rates_row(name, rates, style)
        })
        .collect();
    let all = rates::rates(&work, &selection, now.at);
    rows.push(rates_row("All", &all, style));
    let mut notes =
        vec![format!("All amounts in {}, an hour where it is a step; earned is the money received.", all.home)];
    let unnamed = hours::unnamed_secs(&work, &selection, now.at);
    if unnamed > 0 {
        notes.push(format!("{} of all hours have no platform yet.", format::hours(unnamed)));
    }
    notes.extend(missing_words(&all));
    // The process ends soon: to give back all of it piece by piece would only take time.
    std::mem::forget(work);
    let mut columns = vec![column("Platform", "platform"), right("Hours", "own_secs"), right("Paid", "paid_secs")];
    columns.extend(Step::ALL.map(|step| right(names::step(step), step_name(step))));
    columns.push(right("Earned", "earned"));
    columns.push(column("In", "currency"));
    Table { columns, rows, notes, without_months: Vec::new() }
}

/// The exchange rates that are missing, a line a pair.
fn missing_words(rates: &Rates) -> Vec<String> {
    let mut pairs: BTreeMap<(Currency, Currency), BTreeSet<NaiveDate>> = BTreeMap::new();
    for (_, missing) in &rates.missing {
        pairs.entry((missing.from, missing.to)).or_default().insert(missing.on);
    }
    pairs
        .into_iter()
        .filter_map(|((from, to), days)| {
            let (first, last) = (days.first()?, days.last()?);
            let when =
                if first == last { first.to_string() } else { format!("{} days from {first} to {last}", days.len()) };
            Some(format!("Missing: a rate from {from} to {to} for {when}."))
        })
        .collect()
}

fn step_name(step: Step) -> &'static str {
    match step {
        Step::Advertised => "advertised",
        Step::Recorded => "recorded",
        Step::Accepted => "accepted",
        Step::Received => "received",
        Step::AllHours => "all_hours",
        Step::AfterTax => "after_tax",
    }
}

fn rates_row(name: &str, rates: &Rates, style: Style) -> Vec<Cell> {
    let home = |amount: Option<Decimal>| money_cell(amount.map(|amount| Money::new(amount, rates.home)), style);
    let mut row = vec![
        Cell::text(name),
        Cell::whole(format::hours_in_column(rates.hours.own_secs), rates.hours.own_secs),
        Cell::whole(format::hours_in_column(rates.hours.paid_secs), rates.hours.paid_secs),
    ];
    row.extend(Step::ALL.map(|step| home(rates.per_hour(step))));
    row.push(home(rates.earned()));
    row.push(Cell::text(rates.home.code()));
    row
}

fn payouts_table(book: &Book, days: DayRange, now: Now, today: NaiveDate) -> Table {
    let style = Style::of(book.settings());
    let calendar = calendar::calendar(book, now);
    let name = |id| book.platform(id).map_or("", |platform| platform.name.as_str());
    let inside = |expected: &&Expected| {
        expected.window.days().is_none_or(|window| window.last >= days.first && window.first <= days.last)
    };
    let why = |expected: &Expected| {
        let sentences: Vec<String> =
            expected.reasons.iter().map(|reason| reasons::sentence(reason, today, style)).collect();
        sentences.join(" · ")
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for expected in calendar.expected.iter().filter(inside) {
        let window = expected.window.days();
        let amount = if expected.estimate { style.estimate(expected.net) } else { style.money(expected.net) };
        rows.push(vec![
            Cell::text(name(expected.key.platform)),
            Cell::text(reasons::when(expected, today, style)),
            day_cell(window.map(|window| window.first)),
            day_cell(window.map(|window| window.last)),
            Cell::figure(amount, Some(plain(expected.net))),
            Cell::text(expected.key.currency.code()),
            Cell::text(why(expected)),
        ]);
    }
    for landed in calendar.landed.iter().filter(|landed| days.contains(landed.on)) {
        rows.push(vec![
            Cell::text(landed.platform.map_or(format::NONE, name)),
            Cell::text("landed"),
            day_cell(Some(landed.on)),
            day_cell(Some(landed.on)),
            money_cell(Some(landed.received), style),
            Cell::text(landed.received.currency.code()),
            Cell::text(""),
        ]);
    }
    let columns = vec![
        column("Platform", "platform"),
        column("State", "state"),
        column("Earliest", "earliest"),
        column("Latest", "latest"),
        right("Amount", "amount"),
        column("In", "currency"),
        column("Why", "reasons"),
    ];
    Table { columns, rows, notes: Vec::new(), without_months: Vec::new() }
}

fn sessions_table(book: &Book, days: DayRange, now: Now) -> Table {
    let style = Style::of(book.settings());
    let work = Work::of(book);
    let mut rows = Vec::new();
    for row in rates::rows(&work, &Selection::period(days), now.at) {
        let Row::Session(session) = &row.row else { continue };
        let clock = |at: Option<chrono::DateTime<chrono::Utc>>| match at {
            Some(at) if session.declared_secs.is_none() => Cell::figure(
                format::time(at, session.zone),
                Some(at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            ),
            _ => Cell::figure("", None),
        };
        let own = session.own_secs(now.at);
        rows.push(vec![
            day_cell(Some(row.day)),
            clock(Some(session.started_at)),
            clock(session.ended_at),
            Cell::text(book.platform_of(session.project).map_or("", |platform| platform.name.as_str())),
            Cell::text(names::project(book, session.project)),
            Cell::text(names::activity(session.activity)),
            Cell::whole(format::hours_in_column(own), own),
            match session.credited_secs {
                Some(secs) => Cell::whole(format::hours_in_column(secs), secs),
                None => Cell::figure(format::NONE, None),
            },
            money_cell(row.value, style),
            Cell::text(row.value.map_or("", |value| value.currency.code())),
            Cell::text(states::work(session, row.standing)),
            Cell::text(session.note.clone()),
        ]);
    }
    let columns = vec![
        column("Day", "day"),
        column("Start", "started_at"),
        column("End", "ended_at"),
        column("Platform", "platform"),
        column("Project", "project"),
        column("Activity", "activity"),
        right("Own", "own_secs"),
        right("Credited", "credited_secs"),
        right("Value", "value"),
        column("In", "currency"),
        column("State", "state"),
        column("Note", "note"),
    ];
    Table { columns, rows, notes: Vec::new(), without_months: Vec::new() }
}
