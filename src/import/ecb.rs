//! The euro reference rates of the European Central Bank, as its files give them.
//!
//! Four files, told apart by what is in them and never by their names: the day's and the whole history, as CSV
//! (`eurofxref.csv`, `eurofxref-hist.csv`) and as XML (`eurofxref-daily.xml`, `eurofxref-hist-90d.xml`,
//! `eurofxref-hist.xml`). One euro is worth so much of each currency; `N/A` means that there is none that day. The bank
//! packs its CSV files into a zip of that one file, which is read as well.
//!
//! A file is read whole or not at all: a rate that was cut off is a wrong rate.

mod table;
mod tree;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cells::shortened;
use super::packed;
use crate::domain::exchange::Sheet;
use crate::domain::money::Currency;

/// Who publishes the rates; stands beside each of them.
pub const SOURCE: &str = "European Central Bank";

/// The largest file that is read, in bytes: ten times the whole history as XML.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Why a file can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A packed file that is damaged, or holds several files.
    #[error("This zip can’t be read, or doesn’t hold one file alone: unpack it, and take the file that is in it")]
    Zip,
    /// No text.
    #[error("This is no text file in UTF-8")]
    NoText,
    /// Some other file.
    #[error("This is no rates file of the European Central Bank, such as eurofxref-hist.csv")]
    Other,
    /// Larger than any such file.
    #[error("This file is larger than 64 MB: no rates file is")]
    TooLarge,
    /// Nothing in it.
    #[error("There is no rate in this file")]
    Empty,
    /// A place that can't be read.
    #[error("Line {line}: {wrong}. Nothing was taken: download the file again")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        wrong: Wrong,
    },
}

/// What is wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No day.
    #[error("“{0}” is no day")]
    Day(String),
    /// A day that was there before.
    #[error("{0} stands there twice")]
    DayTwice(NaiveDate),
    /// No rate.
    #[error("“{rate}” is no rate of {code}")]
    Rate {
        /// The currency.
        code: String,
        /// What stands there.
        rate: String,
    },
    /// A currency that stands there twice.
    #[error("{0} stands there twice")]
    CurrencyTwice(String),
    /// No currency.
    #[error("“{0}” is no code of a currency")]
    Code(String),
    /// A row that has fewer or more cells than the head says.
    #[error("{found} cells instead of {wanted}")]
    Cells {
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// Not well-formed.
    #[error("the file is broken off or damaged")]
    Damaged,
}

impl Wrong {
    fn at(self, line: u64) -> Unreadable {
        Unreadable::Line { line, wrong: self }
    }
}

/// Reads a file.
///
/// # Errors
/// [`Unreadable`] with the line, where there is one.
pub fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let unpacked;
    let bytes = if packed::is_one(bytes) {
        unpacked = packed::only(bytes).map_err(|_why| Unreadable::Zip)?;
        unpacked.as_slice()
    } else {
        bytes
    };
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_not_utf8| Unreadable::NoText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let sheet = if text.trim_start().starts_with('<') { tree::read(text)? } else { table::read(text)? };
    if sheet.count() == 0 { Err(Unreadable::Empty) } else { Ok(sheet) }
}

/// A code of three capital letters: the currency, or `None` for one that is no more, such as CYP.
fn currency(code: &str) -> Result<Option<Currency>, Wrong> {
    if code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase()) {
        Ok(code.parse().ok())
    } else {
        Err(Wrong::Code(shortened(code)))
    }
}

/// A rate above zero, with a point; `None` for `N/A` and for an empty cell.
fn rate(code: &str, cell: &str) -> Result<Option<Decimal>, Wrong> {
    if cell.is_empty() || cell == "N/A" {
        return Ok(None);
    }
    // Digits and a point only: what a program made of it, such as 1.2E+3 or 1,234, would be another rate.
    let plain = cell.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.');
    let read = Decimal::from_str_exact(cell).ok().filter(|rate| plain && *rate > Decimal::ZERO);
    read.map(Some).ok_or_else(|| Wrong::Rate { code: shortened(code), rate: shortened(cell) })
}

#[cfg(test)]
mod tests;
