//! Workbooks (XLSX): each sheet as the table of texts that the same rows would be as CSV.
//!
//! Days become ISO, numbers their digits to fifteen places with a point, as a spreadsheet shows them. Of a formula the value
//! that was saved with it counts; nothing is evaluated. Sheets are looked at in their order, the first that is known is read.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};
use chrono::{NaiveDate, NaiveTime};
use csv::StringRecord;
use rust_decimal::Decimal;

use crate::import::table::{
    CELL_TOO_LARGE, MOST_CELL, MOST_COLUMNS, MOST_ROWS, STRIDE, TOO_MANY_ROWS, TOO_WIDE, Table,
};
use crate::import::{Going, Reads, Unreadable};

/// Reads the first sheet that is known.
///
/// # Errors
/// [`Unreadable::Line`] with the row of a sheet beyond the limits; of several sheets the first refusal that says more than
/// that it is not known.
pub(super) fn read<R: Reads>(bytes: &[u8], reads: &R, going: &Going<'_>) -> Result<R::Out, Unreadable> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| {
        log::debug!("no workbook: {error}");
        Unreadable::DamagedZip
    })?;
    let mut refusal = Unreadable::Unknown;
    for name in workbook.sheet_names() {
        // A sheet of charts is no table.
        let Some(table) = table(&mut workbook, &name, going)? else { continue };
        match reads.table(&table) {
            Err(why @ (Unreadable::Refused(_) | Unreadable::Unmapped)) if refusal == Unreadable::Unknown => {
                refusal = why;
            }
            Err(Unreadable::Unknown | Unreadable::Refused(_) | Unreadable::Unmapped) => {}
            read => return read,
        }
    }
    Err(refusal)
}

/// The rows of a sheet that are not empty, each as wide as the widest.
fn table(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, going: &Going<'_>) -> Result<Option<Table>, Unreadable> {
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else { return Ok(None) };
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut width = 0;
    loop {
        let line = rows.last().map_or(1, |(line, _)| *line);
        let refused = |line, why| Unreadable::Line { line, why };
        let Ok(next) = cells.next_cell() else {
            return Err(refused(line, "this sheet is broken off or damaged after here"));
        };
        let Some(cell) = next else { break };
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (line, column) = (u64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX));
        if column >= MOST_COLUMNS {
            return Err(refused(line, TOO_WIDE));
        }
        if text.len() > MOST_CELL {
            return Err(refused(line, CELL_TOO_LARGE));
        }
        match rows.last() {
            Some((last, _)) if *last == line => {}
            Some((last, _)) if *last > line => return Err(refused(line, "its rows are out of order")),
            _ if rows.len() >= MOST_ROWS => return Err(refused(line, TOO_MANY_ROWS)),
            _ => {
                rows.push((line, Vec::new()));
                if rows.len().is_multiple_of(STRIDE) {
                    going.on(0, 1)?;
                }
            }
        }
        let Some((_, row)) = rows.last_mut() else { continue };
        row.resize((column + 1).max(row.len()), String::new());
        if let Some(place) = row.get_mut(column) {
            *place = text;
        }
        width = width.max(column + 1);
    }
    // A sheet says nothing of the empty cells at a row's end.
    let padded = rows.into_iter().map(|(line, mut row)| {
        row.resize(width, String::new());
        (line, StringRecord::from(row))
    });
    Ok(Some(Table::of_rows(padded)))
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_of(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(at) => instant_of(at),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number as a spreadsheet shows it: to fifteen digits, since its fractions are binary.
fn number_of(number: f64) -> String {
    let Ok(plain) = Decimal::from_scientific(&format!("{number:.14e}")) else { return number.to_string() };
    let plain = plain.normalize();
    // Three digits after a mark could be thousands; here they are none.
    if plain.scale() == 3 { format!("{plain}0") } else { plain.to_string() }
}

/// A day, a time of day or both; a length of time as hours, minutes and seconds.
fn instant_of(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let serial = at.as_f64();
    if at.is_duration() {
        #[expect(clippy::cast_possible_truncation, reason = "a length of time, bounded before")]
        let secs = (serial.clamp(-1e6, 1e6) * 86_400.0).round() as i64;
        let (sign, secs) = (if secs < 0 { "-" } else { "" }, secs.abs());
        return format!("{sign}{}:{:02}:{:02}", secs / 3_600, secs / 60 % 60, secs % 60);
    }
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let time = NaiveTime::from_hms_opt(hour.into(), minute.into(), second.into());
    match (date, time) {
        (_, Some(time)) if (0.0..1.0).contains(&serial) => time.to_string(),
        (Some(date), Some(time)) if time == NaiveTime::MIN => date.to_string(),
        (Some(date), Some(time)) => format!("{date} {time}"),
        _ => number_of(serial),
    }
}
