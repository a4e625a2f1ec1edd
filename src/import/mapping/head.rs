//! Where a table begins: under a preamble, and whether its columns have names.
//!
//! The head is the first line with three words that head columns, or else with words alone, under which a day and a figure
//! stand. A table without a head begins with its first line that has both.

use std::collections::BTreeSet;

use super::words;
use crate::domain::statement::{DateOrder, Decimals, Head};
use crate::import::cells::{Amounts, Days, clock, words as length};
use crate::import::table::{Line, Sheet, Table};

/// How many words that head columns make a head.
const ENOUGH: usize = 3;
/// How many lines under a head are looked at for a day and a figure.
const UNDER: usize = 3;

/// The table with these columns.
pub(super) fn of<'t>(table: &'t Table, head: &Head) -> Option<Sheet<'t>> {
    match head {
        Head::Names(names) => {
            let is_it = |line: &Line| {
                let here: BTreeSet<String> = line.names().filter(|name| !name.is_empty()).collect();
                here == *names
            };
            table.headed(table.top().iter().position(is_it)?)
        }
        Head::Columns(count) => {
            let sheet = found(table)?;
            (sheet.head().is_none() && u32::try_from(sheet.width()) == Ok(*count)).then_some(sheet)
        }
    }
}

/// The table of a text; `None` where nothing looks like one.
pub(super) fn found(table: &Table) -> Option<Sheet<'_>> {
    let top = table.top();
    let has_rows = |at: usize| top.iter().skip(at + 1).take(UNDER).any(is_row);
    let known = |line: &Line| line.names().filter(|name| words::is_known(name)).count();
    let by_words = top.iter().enumerate().position(|(at, line)| known(line) >= ENOUGH && has_rows(at));
    let first_row = top.iter().position(is_row)?;
    if let Some(at) = by_words {
        return table.headed(at);
    }
    // A line of words over the first row heads it.
    let above = first_row.checked_sub(1);
    match above.filter(|at| top.get(*at).zip(top.get(first_row)).is_some_and(|(head, row)| heads(head, row))) {
        Some(at) => table.headed(at),
        None => table.headless(first_row, top.get(first_row)?.width()),
    }
}

/// Whether a line names the columns of a row: as wide, with words in at least two cells, and no figure or day in any.
fn heads(head: &Line, row: &Line) -> bool {
    let named: Vec<&str> = head.cells().filter(|cell| !cell.is_empty()).collect();
    let are_words = named.iter().all(|cell| !is_day(cell) && !is_figure(cell));
    head.width() == row.width() && named.len() >= 2 && are_words
}

/// Whether a line has a day and a figure.
fn is_row(line: &Line) -> bool {
    let days = line.cells().filter(|cell| is_day(cell)).count();
    let figures = line.cells().filter(|cell| !is_day(cell) && is_figure(cell)).count();
    // From when until when is a row, too.
    days >= 1 && (figures >= 1 || days >= 2)
}

/// Whether a cell is a day, whichever of its numbers comes first.
pub(super) fn is_day(cell: &str) -> bool {
    let read = |order| Days::with(order).day(cell).is_ok();
    cell.len() <= 40 && (read(DateOrder::DayFirst) || read(DateOrder::MonthFirst))
}

/// Whether a cell is an amount, whatever its decimal mark, or a length of time.
pub(super) fn is_figure(cell: &str) -> bool {
    is_amount(cell) || clock(cell).is_ok() || matches!(length(cell), Ok(Some(_)))
}

/// Whether a cell is an amount, whatever its decimal mark.
pub(super) fn is_amount(cell: &str) -> bool {
    let read = |decimals| matches!(Amounts::any(decimals).number(cell), Ok(Some(_)));
    cell.len() <= 40 && (read(Decimals::Point) || read(Decimals::Comma))
}
