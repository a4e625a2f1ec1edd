//! Rows by a mapping: its columns found in the table, what the whole file decides, and each row as time or money.

mod credited;
mod logged;
mod moved;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{By, words};
use crate::domain::money::{Currency, Money};
use crate::domain::statement::{Decimals, Kind, Mapping, Meaning, Place, RowKind, Signs, Standing, Statement, Why};
use crate::import::cells::{Amounts, Days};
use crate::import::formats::{Found, Reading};
use crate::import::table::{Column, Line, Sheet};
use crate::import::{Options, Unreadable};

/// The most columns that are named as not read.
const MOST_NAMED: usize = 12;

/// What the rows of a table are read with.
struct With<'a> {
    mapping: &'a Mapping,
    columns: BTreeMap<Meaning, Vec<Column>>,
    days: Days,
    amounts: Amounts,
    lengths: Amounts,
    /// What a bare number of a length counts, in seconds.
    unit: Decimal,
    options: Options,
}

/// Reads a table.
pub(super) fn read(sheet: &Sheet<'_>, by: &By<'_>, options: Options) -> Result<Statement, Unreadable> {
    let mapping = by.mapping.as_ref();
    let with = With::of(sheet, mapping, options)?;
    let only = by.only.and_then(|(name, words)| Some((sheet.column(&[name])?, words)));
    let mut reading = Reading::new(mapping.name.clone(), by.code.clone());
    reading.statement.account.clone_from(&mapping.account);
    if !mapping.payer.trim().is_empty() {
        reading.statement.payer = Some(mapping.payer.trim().to_owned().into());
    }
    reading.statement.personal = not_read(sheet, by);
    Ok(reading.rows(sheet, false, |line| {
        if let Some((column, words)) = only
            && !words.contains(&line.cell(column).to_lowercase().as_str())
        {
            return Err(Why::Skipped("it is of another account or kind: only the main one counts"));
        }
        match mapping.rows {
            RowKind::Time => logged::row(&with, line),
            RowKind::Credited => credited::row(&with, line),
            RowKind::Moved => moved::row(&with, line),
        }
    }))
}

/// The columns that are not read: those of persons where they are known, else all without a meaning.
fn not_read(sheet: &Sheet<'_>, by: &By<'_>) -> std::collections::BTreeSet<String> {
    if !by.personal.is_empty() {
        let there = by.personal.iter().filter(|name| sheet.column(&[name]).is_some());
        return there.map(|name| (*name).to_owned()).collect();
    }
    let names = sheet.head().into_iter().flat_map(Line::names);
    let unread = names.filter(|name| !name.is_empty() && by.mapping.meaning(&Place::Named(name.clone())).is_none());
    unread.take(MOST_NAMED).collect()
}

/// The column of a place.
pub(super) fn column_of(sheet: &Sheet<'_>, place: &Place) -> Option<Column> {
    match place {
        Place::Named(name) => sheet.column(&[name]),
        Place::Nth(nth) => sheet.nth(usize::try_from(*nth).ok()?),
    }
}

impl<'a> With<'a> {
    fn of(sheet: &Sheet<'_>, mapping: &'a Mapping, options: Options) -> Result<Self, Unreadable> {
        let mut columns: BTreeMap<Meaning, Vec<Column>> = BTreeMap::new();
        for (place, meaning) in &mapping.columns {
            match column_of(sheet, place) {
                Some(column) => columns.entry(*meaning).or_default().push(column),
                None => return Err(no_column(place)),
            }
        }
        if let Some(lack) = mapping.lacks() {
            return Err(Unreadable::Lacks(lack));
        }
        let cells = |meanings: &'static [Meaning]| {
            let there = meanings.iter().filter_map(|meaning| columns.get(meaning)).flatten();
            there.flat_map(|column| sheet.cells(*column)).collect::<Vec<&str>>()
        };
        let days = cells(&[Meaning::Day, Meaning::Start, Meaning::EndDay, Meaning::End]);
        let sums = cells(&[Meaning::Amount, Meaning::In, Meaning::Out, Meaning::Fee]);
        let lengths = cells(&[Meaning::Length]);
        let length = columns.get(&Meaning::Length).and_then(|columns| columns.first());
        Ok(Self {
            mapping,
            days: Days::decided(days.into_iter(), options)?,
            amounts: Amounts::decided(sums.into_iter(), options)?,
            lengths: Amounts::with(mark_of_lengths(&lengths), options),
            unit: unit_of(length.map_or("", |column| sheet.name_of(*column))),
            columns,
            options,
        })
    }

    fn one(&self, meaning: Meaning) -> Option<Column> {
        self.columns.get(&meaning).and_then(|columns| columns.first()).copied()
    }

    /// The cell of the column that means this; empty where none does.
    fn cell<'l>(&self, meaning: Meaning, line: &'l Line) -> &'l str {
        line.cell_of(self.one(meaning))
    }

    /// The cells of all columns that mean this, joined.
    fn texts(&self, meaning: Meaning, line: &Line) -> String {
        let columns = self.columns.get(&meaning).map_or(&[][..], Vec::as_slice);
        let mut text = String::new();
        for column in columns {
            let cell = line.cell(*column);
            text = crate::import::formats::joined(&text, cell);
        }
        text
    }

    /// The numbers that tell the row apart, one a column; `None` where it has none of them.
    fn references<'l>(&self, line: &'l Line) -> Option<Vec<&'l str>> {
        let columns = self.columns.get(&Meaning::Reference)?;
        let cells: Vec<&str> = columns.iter().map(|column| line.cell(*column)).collect();
        cells.iter().any(|cell| !cell.is_empty()).then_some(cells)
    }

    /// The amount of a row, fee taken off where it stands beside it, with what was kept.
    fn amount(&self, line: &Line) -> Result<(Money, Option<Money>), Why> {
        let cell = |meaning| self.cell(meaning, line);
        let own = cell(Meaning::Currency);
        let said = if own.is_empty() { self.mapping.currency } else { Some(self.currency(own)?) };
        let sum = match self.amounts.number(cell(Meaning::Amount))? {
            Some((number, of)) => Some((number, of)),
            None => match (self.amounts.number(cell(Meaning::In))?, self.amounts.number(cell(Meaning::Out))?) {
                (None, None) => None,
                // Either may have a sign of its own: what left is below zero.
                (came, left) => {
                    let of = came.and_then(|(_, of)| of).or(left.and_then(|(_, of)| of));
                    let part = |side: Option<(Decimal, Option<Currency>)>| side.map_or(Decimal::ZERO, |(sum, _)| sum);
                    let sum = part(came).checked_sub(part(left).abs());
                    Some((sum.ok_or_else(|| Why::Amount(cell(Meaning::Out).to_owned()))?, of))
                }
            },
        };
        let Some((number, of)) = sum else {
            let empty = cell(Meaning::Day).is_empty();
            return Err(Why::Skipped(if empty { "it has neither day nor amount" } else { "it has no amount" }));
        };
        let currency = of.or(said).ok_or(Why::NoCurrency)?;
        let mut number = match &self.mapping.signs {
            Signs::AsWritten => number,
            Signs::Reversed => -number,
            Signs::OutWhere(words) if words.contains(&cell(Meaning::Direction).to_lowercase()) => -number.abs(),
            Signs::OutWhere(_) => number.abs(),
        };
        let fee = self.amounts.money(cell(Meaning::Fee), currency)?;
        let fee = fee.map(|fee| Money::new(fee.amount.abs(), fee.currency));
        if let Some(fee) = fee.filter(|fee| self.mapping.fee_beside && fee.currency == currency) {
            number = number.checked_sub(fee.amount).ok_or_else(|| Why::Amount(cell(Meaning::Fee).to_owned()))?;
        }
        if number.is_zero() {
            number.set_sign_positive(true);
        }
        Ok((Money::new(number, currency), fee))
    }

    /// A currency by code or sign, also behind its name: `Euro - EUR`.
    fn currency(&self, cell: &str) -> Result<Currency, Why> {
        self.amounts.currency(cell).or_else(|wrong| {
            let last = cell.rsplit([' ', '-', '(']).next().unwrap_or_default().trim_end_matches(')');
            self.amounts.currency(last).map_err(|_also_wrong| wrong)
        })
    }

    /// What the word of the state means, and the word; `None` where there is none, or nobody knows it.
    fn standing<'l>(&self, line: &'l Line) -> (Option<Standing>, &'l str) {
        let word = self.cell(Meaning::State, line);
        let small = word.to_lowercase();
        let said = self.mapping.states.get(&small).copied();
        (said.or_else(|| words::standing(&small)), word)
    }

    /// What the word of the kind means, and the word.
    fn kind<'l>(&self, line: &'l Line) -> (Option<Kind>, &'l str) {
        let word = self.cell(Meaning::Type, line);
        let small = word.to_lowercase();
        let said = self.mapping.kinds.get(&small).copied();
        (said.or_else(|| words::kind(&small)).filter(|kind| kind.is_of(self.mapping.rows)), word)
    }

    /// Found by its numbers, or else by these.
    fn found(
        &self,
        line: &Line,
        with_numbers: &[&str],
        else_by: &[&str],
        says: crate::domain::statement::Says,
    ) -> Found {
        match self.references(line) {
            Some(mut parts) => {
                parts.extend(with_numbers);
                Found::new(&parts, says)
            }
            None => Found::new(else_by, says),
        }
    }
}

fn no_column(place: &Place) -> Unreadable {
    Unreadable::NoColumn(match place {
        Place::Named(name) => name.clone(),
        Place::Nth(nth) => nth.to_string(),
    })
}

/// A text with one blank between its words: how rows without a number are compared.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The decimal mark of lengths: three decimals of an hour are common, thousands of hours are not.
fn mark_of_lengths(cells: &[&str]) -> Decimals {
    let last = |cell: &&str| cell.rfind([',', '.']).and_then(|at| cell.get(at..)).map(|rest| rest.starts_with(','));
    let commas = cells.iter().filter_map(last).filter(|is_comma| *is_comma).count();
    let points = cells.iter().filter_map(last).count() - commas;
    if commas > points { Decimals::Comma } else { Decimals::Point }
}

/// What a bare number counts in a column of this name, in seconds: minutes and seconds where it says so, else hours.
fn unit_of(name: &str) -> Decimal {
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let secs = match () {
        () if says(&["minut", "(min"]) => 60,
        () if says(&["second", "sekund", "segund", "secondi", "(s)"]) => 1,
        () => 3_600,
    };
    Decimal::from(secs)
}
