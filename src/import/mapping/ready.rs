//! The mappings that come with the program: formats of banks, payment services and trackers whose shape a mapping can say.
//! Shapes, states, keys and traps are those of sample files and parsers, checked on 22 November 2026.
//!
//! `ActivityWatch` is none of them: its windows and web pages overlap, and are no work by themselves. timewarrior and the
//! backups of `HITdb` and MTurk Engine are no tables.

mod table;

use super::{By, head};
use crate::domain::money::Currency;
use crate::domain::platform::same_name;
use crate::domain::statement::{Head, Kind, Mapping, Meaning, Place, RowKind, Signs, Standing};
use crate::import::table::{Sheet, Table};
use table::READY;

/// A mapping that comes with the program.
struct Ready {
    name: &'static str,
    /// The first part of its rows' keys: the formats of one provider share it where its numbers are the same in them.
    code: &'static str,
    /// The columns that its head must have, in small letters; none: it has no head, and as many columns as `width` says.
    needs: &'static [&'static str],
    /// How many columns there are where they have no names, and how the first of them begins.
    width: u32,
    rows: RowKind,
    /// Columns and what they mean: a name, or a number from 1 where there is no head. Those that are not there are left
    /// away.
    columns: &'static [(&'static str, Meaning)],
    reversed: bool,
    states: &'static [(&'static str, Standing)],
    kinds: &'static [(&'static str, Kind)],
    currency: Option<Currency>,
    only: Option<(&'static str, &'static [&'static str])>,
    personal: &'static [&'static str],
}

/// The names of those that come with the program.
pub fn ready_names() -> impl Iterator<Item = &'static str> {
    READY.iter().map(|ready| ready.name)
}

/// The mapping of a name.
pub(super) fn named(name: &str) -> Option<By<'static>> {
    let ready = READY.iter().find(|ready| same_name(ready.name, name))?;
    Some(ready.by(|_there| true))
}

/// The mapping that needs most columns of those that a table has.
pub(super) fn of(table: &Table) -> Option<(By<'static>, Sheet<'_>)> {
    let headed = READY.iter().filter(|ready| !ready.needs.is_empty());
    let found = headed.filter_map(|ready| Some((ready, table.under(ready.needs)?)));
    let (ready, sheet) = found.max_by_key(|(ready, _)| ready.needs.len()).or_else(|| headless(table))?;
    Some((ready.by(|name| sheet.head().is_none() || sheet.column(&[name]).is_some()), sheet))
}

/// A table without names of columns is told by its width and by a column that says one of a few words.
fn headless(table: &Table) -> Option<(&'static Ready, Sheet<'_>)> {
    let sheet = head::found(table).filter(|sheet| sheet.head().is_none())?;
    let ready = READY.iter().filter(|ready| ready.needs.is_empty()).find(|ready| {
        let fits = ready.only.is_none_or(|(nth, words)| {
            let column = nth.parse().ok().and_then(|nth| sheet.nth(nth));
            column.is_some_and(|column| sheet.rows().all(|line| words.contains(&line.cell(column))))
        });
        usize::try_from(ready.width) == Ok(sheet.width()) && fits
    })?;
    Some((ready, sheet))
}

impl Ready {
    /// As a mapping, with the columns that are there.
    fn by(&self, is_there: impl Fn(&str) -> bool) -> By<'static> {
        let place = |name: &str| match name.parse() {
            Ok(nth) if self.needs.is_empty() => Place::Nth(nth),
            _ => Place::Named(name.to_owned()),
        };
        let columns = self.columns.iter().filter(|(name, _)| is_there(name));
        let needs = || self.needs.iter().map(|name| (*name).to_owned()).collect();
        let mapping = Mapping {
            name: self.name.to_owned(),
            head: if self.needs.is_empty() { Head::Columns(self.width) } else { Head::Names(needs()) },
            rows: self.rows,
            columns: columns.map(|(name, meaning)| (place(name), *meaning)).collect(),
            signs: if self.reversed { Signs::Reversed } else { Signs::AsWritten },
            fee_beside: false,
            states: self.states.iter().map(|(word, standing)| ((*word).to_owned(), *standing)).collect(),
            kinds: self.kinds.iter().map(|(word, kind)| ((*word).to_owned(), *kind)).collect(),
            currency: self.currency,
            payer: String::new(),
            account: String::new(),
        };
        By {
            mapping: std::borrow::Cow::Owned(mapping),
            code: self.code.into(),
            only: self.only.filter(|_| !self.needs.is_empty()),
            personal: self.personal,
        }
    }
}
