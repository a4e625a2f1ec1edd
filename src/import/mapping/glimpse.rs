//! A look at a table before its columns are known: what is shown while somebody says what they mean.
//!
//! What only the whole file decides (the order of its days, its decimal mark) is gathered for each column once, so that
//! the first rows can be read anew with every change.

use std::collections::BTreeMap;

use super::{By, head, propose, rows};
use crate::domain::span::Zone;
use crate::domain::statement::{
    DateOrder, Decimals, Glimpse, Glimpsed, Head, Mapping, Meaning, Place, Question, ReadAs, Row, Tried, Why,
};
use crate::import::cells::{Amounts, Days};
use crate::import::table::{Column, Sheet, Table};
use crate::import::{Going, Options, Reads, Unreadable};

/// How many rows are shown.
const SHOWN: usize = 12;
/// The most different words of a column that are told.
const MOST_WORDS: usize = 16;
/// The most letters of such a word.
const LONGEST_WORD: usize = 40;

/// A look at a table, and the means to read its first rows by a mapping as the whole file would be.
#[derive(Debug)]
pub struct Sampled {
    /// What is shown.
    pub glimpse: Glimpse,
    /// What each column tells.
    told: Vec<(Told<DateOrder>, Told<Decimals>)>,
    /// Its head and first rows.
    sample: Table,
}

/// What a column tells of its cells.
#[derive(Debug)]
enum Told<T> {
    Sure(T),
    /// They can be read both ways: some of them.
    Open(Question),
}

/// Looks at the columns of a table.
pub(in crate::import) struct Glimpsing<'a> {
    /// The mappings that the user keeps.
    pub(in crate::import) saved: &'a [Mapping],
}

impl Reads for Glimpsing<'_> {
    type Out = Sampled;

    fn text(&self, text: &str, going: &Going<'_>) -> Result<Sampled, Unreadable> {
        self.table(&Table::of(text, going)?)
    }

    fn table(&self, table: &Table) -> Result<Sampled, Unreadable> {
        glimpse(table, self.saved)
    }
}

/// Looks at a table.
pub(super) fn glimpse(table: &Table, saved: &[Mapping]) -> Result<Sampled, Unreadable> {
    let sheet = head::found(table).ok_or(Unreadable::Unknown)?;
    let columns: Vec<Glimpsed> =
        propose::places(&sheet).zip(1..).map(|((place, column), nth)| glimpsed(&sheet, place, column, nth)).collect();
    let told = propose::places(&sheet).map(|(_, column)| told(&sheet, column)).collect();
    let proposed = propose::proposal(&sheet);
    let has = |place: &Place| columns.iter().any(|column| column.place == *place);
    let fitting =
        saved.iter().filter(|known| !known.columns.is_empty() && known.columns.iter().all(|(place, _)| has(place)));
    let known = fitting
        // Columns without names fit anything.
        .filter(|known| matches!(known.head, Head::Names(_)) || known.head == proposed.head)
        .map(|known| {
            let name = if known.head == proposed.head { known.name.clone() } else { String::new() };
            Mapping { name, head: proposed.head.clone(), ..known.clone() }
        })
        .collect();
    let sample = Table::first(&sheet, SHOWN);
    let shown = sheet.rows().take(SHOWN);
    let rows = shown.map(|line| (line.number, line.cells().map(str::to_owned).collect())).collect();
    let glimpse = Glimpse { columns, rows, count: sheet.rows().count(), proposed, known };
    Ok(Sampled { glimpse, told, sample })
}

fn glimpsed(sheet: &Sheet<'_>, place: Place, column: Column, nth: usize) -> Glimpsed {
    let mut words: Vec<String> = Vec::new();
    let mut are_few = true;
    for cell in sheet.cells(column) {
        let word = cell.to_lowercase();
        if let Err(at) = words.binary_search(&word) {
            are_few = words.len() < MOST_WORDS && word.chars().nth(LONGEST_WORD).is_none();
            if !are_few {
                break;
            }
            words.insert(at, word);
        }
    }
    Glimpsed {
        place,
        name: sheet.head().and_then(|head| head.cells().nth(nth - 1)).unwrap_or_default().to_owned(),
        words: if are_few { words } else { Vec::new() },
    }
}

fn told(sheet: &Sheet<'_>, column: Column) -> (Told<DateOrder>, Told<Decimals>) {
    let open = Options::new(Zone::UTC);
    let days = Days::decided(sheet.cells(column), open).map(Days::order);
    let sums = Amounts::decided(sheet.cells(column), open).map(Amounts::mark);
    (sure(days, DateOrder::DayFirst), sure(sums, Decimals::Point))
}

fn sure<T>(decided: Result<T, Unreadable>, usual: T) -> Told<T> {
    match decided {
        Ok(sure) => Told::Sure(sure),
        Err(Unreadable::Asks(question)) => Told::Open(question),
        Err(_) => Told::Sure(usual),
    }
}

impl Sampled {
    /// How the first rows are read by a mapping.
    #[must_use]
    pub fn tried(&self, mapping: &Mapping, said: ReadAs, zone: Zone) -> Tried {
        let mut asks = Vec::new();
        let mut options = Options::said(said, zone);
        if options.dates.is_none() {
            let days = [Meaning::Day, Meaning::Start, Meaning::EndDay, Meaning::End];
            let told = self.of(mapping, &days).map(|(dates, _)| dates);
            options.dates = Some(decided(told, DateOrder::DayFirst, &mut asks));
        }
        if options.decimals.is_none() {
            let sums = [Meaning::Amount, Meaning::In, Meaning::Out, Meaning::Fee];
            let told = self.of(mapping, &sums).map(|(_, decimals)| decimals);
            options.decimals = Some(decided(told, Decimals::Point, &mut asks));
        }
        let sheet = match mapping.head {
            Head::Names(_) => self.sample.headed(0),
            Head::Columns(count) => self.sample.headless(0, usize::try_from(count).unwrap_or(usize::MAX)),
        };
        let read = sheet.ok_or(Unreadable::Unknown).and_then(|sheet| rows::read(&sheet, &By::saved(mapping), options));
        match read {
            Ok(statement) => {
                let taken = statement.rows.into_iter().map(|row| (row.line, Ok(row)));
                let left = statement.left_out.into_iter().map(|left| (left.line, Err(left.why)));
                let rows: BTreeMap<u64, Result<Row, Why>> = taken.chain(left).collect();
                Tried { rows: rows.into_iter().collect(), asks, why: None }
            }
            Err(why) => Tried { rows: Vec::new(), asks, why: Some(why.to_string()) },
        }
    }

    /// What the columns tell that mean one of these.
    fn of<'a>(
        &'a self,
        mapping: &'a Mapping,
        meanings: &'a [Meaning],
    ) -> impl Iterator<Item = &'a (Told<DateOrder>, Told<Decimals>)> {
        let columns = self.glimpse.columns.iter().zip(&self.told);
        columns
            .filter(|(column, _)| mapping.meaning(&column.place).is_some_and(|meaning| meanings.contains(&meaning)))
            .map(|(_, told)| told)
    }
}

/// What the first column that is sure says; where none is, it is asked.
fn decided<'a, T: Copy + 'a>(told: impl Iterator<Item = &'a Told<T>>, usual: T, asks: &mut Vec<Question>) -> T {
    let mut open = None;
    for told in told {
        match told {
            Told::Sure(sure) => return *sure,
            Told::Open(question) => open = open.or(Some(question)),
        }
    }
    asks.extend(open.cloned());
    usual
}
