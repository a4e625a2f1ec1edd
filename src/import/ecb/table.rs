//! The CSV files: a head of codes, a row a day.
//!
//! The day's file has a blank after each comma and an English date ("13 April 2026"), the history ISO dates; both end their
//! lines in a comma.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord, Trim};

use super::{SOURCE, Unreadable, Wrong, currency, rate, shortened};
use crate::domain::exchange::Sheet;
use crate::domain::money::Currency;

pub(super) fn read(text: &str) -> Result<Sheet, Unreadable> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let mut rows = reader.records().map(|row| {
        row.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            Wrong::Damaged.at(line)
        })
    });
    let head = match rows.next() {
        None => return Err(Unreadable::Empty),
        // Whatever can't even be split into cells is another file.
        Some(head) => head.map_err(|_no_cells| Unreadable::Other)?,
    };
    let width = width(&head);
    let mut cells = head.iter().take(width);
    // A semicolon between the cells is a spreadsheet's work: no such file, and no guess at one.
    if cells.next() != Some("Date") || width < 2 {
        return Err(Unreadable::Other);
    }
    let mut sheet = Sheet::new(SOURCE, Currency::EUR);
    let mut columns: Vec<(&str, Option<Currency>)> = Vec::new();
    let mut seen = BTreeSet::new();
    for code in cells {
        // Where not even the first is a code, it is some other table with dates.
        let known = currency(code).map_err(|wrong| if seen.is_empty() { Unreadable::Other } else { wrong.at(1) })?;
        if !seen.insert(code) {
            return Err(Wrong::CurrencyTwice(code.to_owned()).at(1));
        }
        if known.is_none() {
            sheet.unknown.insert(code.to_owned());
        }
        columns.push((code, known));
    }
    for row in rows {
        let row = row?;
        let line = row.position().map_or(1, csv::Position::line);
        read_row(&mut sheet, &columns, &row).map_err(|wrong| wrong.at(line))?;
    }
    Ok(sheet)
}

fn read_row(sheet: &mut Sheet, columns: &[(&str, Option<Currency>)], row: &StringRecord) -> Result<(), Wrong> {
    let found = width(row);
    if found == 0 {
        return Ok(());
    }
    // An empty last cell is the comma at the end of the line.
    let wanted = columns.len() + 1;
    if row.len() < wanted || found > wanted {
        return Err(Wrong::Cells { found: row.len(), wanted });
    }
    let mut cells = row.iter();
    let day = cells.next().unwrap_or_default();
    let on = read_day(day).ok_or_else(|| Wrong::Day(shortened(day)))?;
    let mut rates = BTreeMap::new();
    for ((code, known), cell) in columns.iter().zip(cells) {
        if let (Some(rate), Some(known)) = (rate(code, cell)?, known) {
            rates.insert(*known, rate);
        }
    }
    if sheet.days.insert(on, rates).is_some() {
        return Err(Wrong::DayTwice(on));
    }
    Ok(())
}

/// How many cells there are up to the last one that is filled.
fn width(row: &StringRecord) -> usize {
    row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(at, _)| at + 1).last().unwrap_or(0)
}

fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(text, "%d %B %Y")).ok()
}
