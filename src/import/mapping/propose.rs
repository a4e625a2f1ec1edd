//! What the columns of a table probably mean: by their names, else by how their cells look. Only a proposal.

use std::collections::{BTreeMap, BTreeSet};

use super::head::{is_amount, is_day};
use super::{head_of, words};
use crate::domain::money::Currency;
use crate::domain::statement::{Decimals, Mapping, Meaning, Place, RowKind, Signs};
use crate::import::cells::Amounts;
use crate::import::table::{Column, Sheet};

/// How many rows are looked at for how cells look.
const LOOKED_AT: usize = 40;

/// Words of directions that say that an amount left, in small letters.
const OUT: [&str; 16] = [
    "d",
    "db",
    "dr",
    "dbit",
    "debit",
    "out",
    "o",
    "s",
    "soll",
    "débit",
    "debe",
    "cargo",
    "dare",
    "addebito",
    "-",
    "belastung",
];

/// A column with what it could mean.
struct Candidate {
    place: Place,
    column: Column,
    /// Each with how much it is to be preferred for that: less is better.
    meanings: Vec<(Meaning, usize)>,
}

/// The proposal for a sheet. Its name is empty.
pub(super) fn proposal(sheet: &Sheet<'_>) -> Mapping {
    let candidates: Vec<Candidate> = places(sheet)
        .map(|(place, column)| {
            let meanings = words::meanings(sheet.name_of(column)).collect();
            Candidate { place, column, meanings }
        })
        .collect();
    let rows = kind_of(&candidates);
    let mut mapping = Mapping {
        name: String::new(),
        head: head_of(sheet),
        rows,
        columns: Vec::new(),
        signs: Signs::AsWritten,
        fee_beside: false,
        states: BTreeMap::new(),
        kinds: BTreeMap::new(),
        currency: None,
        payer: String::new(),
        account: String::new(),
    };
    by_words(&candidates, &mut mapping);
    by_looks(sheet, &candidates, &mut mapping);
    let order: BTreeMap<&Place, usize> =
        candidates.iter().enumerate().map(|(at, candidate)| (&candidate.place, at)).collect();
    mapping.columns.sort_by_key(|(place, _)| order.get(place).copied());
    mapping.signs = signs(sheet, &candidates, &mapping);
    mapping.currency = currency(&candidates, sheet, &mapping);
    mapping
}

/// The columns of a sheet with where they stand, in its order.
pub(super) fn places<'a>(sheet: &'a Sheet<'_>) -> impl Iterator<Item = (Place, Column)> + 'a {
    (1..=sheet.width()).filter_map(|nth| {
        let column = sheet.nth(nth)?;
        let name = sheet.name_of(column);
        let place = if name.is_empty() { Place::Nth(u32::try_from(nth).ok()?) } else { Place::Named(name.to_owned()) };
        Some((place, column))
    })
}

fn kind_of(candidates: &[Candidate]) -> RowKind {
    let can =
        |meaning| candidates.iter().any(|candidate| candidate.meanings.iter().any(|(known, _)| *known == meaning));
    let money = can(Meaning::Amount) || can(Meaning::In) || can(Meaning::Out);
    let time = can(Meaning::Length) || (can(Meaning::Start) && can(Meaning::End));
    let of_work = can(Meaning::Project) || can(Meaning::Length);
    match () {
        () if time && !money => RowKind::Time,
        // Accounts know nothing of projects and hours.
        () if of_work && money && !can(Meaning::In) && !can(Meaning::Other) => RowKind::Credited,
        () => RowKind::Moved,
    }
}

/// What else a meaning can be taken as among other rows.
fn otherwise(meaning: Meaning, rows: RowKind) -> Option<Meaning> {
    match (meaning, rows) {
        (known, rows) if known.is_of(rows) => Some(known),
        (Meaning::Note, RowKind::Credited | RowKind::Moved) => Some(Meaning::Text),
        (Meaning::Text, RowKind::Time) => Some(Meaning::Note),
        (Meaning::Client, RowKind::Moved) => Some(Meaning::Other),
        (Meaning::Clock | Meaning::From, RowKind::Time) => Some(Meaning::Start),
        (Meaning::To, RowKind::Time) => Some(Meaning::End),
        _ => None,
    }
}

/// Each meaning goes to the column whose name fits it best; several get it where they are joined.
fn by_words(candidates: &[Candidate], mapping: &mut Mapping) {
    let mut wanted: Vec<(usize, Meaning, &Place)> = Vec::new();
    for candidate in candidates {
        let meanings = candidate.meanings.iter();
        let meant = meanings.filter_map(|(meaning, rank)| Some((*rank, otherwise(*meaning, mapping.rows)?)));
        wanted.extend(meant.map(|(rank, meaning)| (rank, meaning, &candidate.place)));
    }
    wanted.sort_by_key(|(rank, ..)| *rank);
    for (_, meaning, place) in wanted {
        let is_free = mapping.meaning(place).is_none() && (meaning.is_joined() || !mapping.has(meaning));
        // Two numbers of a row are seldom both its own.
        if is_free && !(meaning == Meaning::Reference && mapping.has(meaning)) {
            mapping.set(place, Some(meaning));
        }
    }
}

/// Day and amount by how cells look, where no name told; and the longest text, where the columns have no names.
fn by_looks(sheet: &Sheet<'_>, candidates: &[Candidate], mapping: &mut Mapping) {
    let free = |mapping: &Mapping, candidate: &&Candidate| mapping.meaning(&candidate.place).is_none();
    let all = |candidate: &Candidate, is: &dyn Fn(&str) -> bool| {
        let mut cells = sheet.cells(candidate.column).take(LOOKED_AT).peekable();
        cells.peek().is_some() && cells.all(is)
    };
    if !mapping.has(Meaning::Day) && !mapping.has(Meaning::Start) {
        let day =
            candidates.iter().filter(|candidate| free(mapping, candidate)).find(|candidate| all(candidate, &is_day));
        if let Some(day) = day {
            mapping.set(&day.place, Some(Meaning::Day));
        }
    }
    let has_amount = [Meaning::Amount, Meaning::In, Meaning::Out].iter().any(|meaning| mapping.has(*meaning));
    if mapping.rows != RowKind::Time && !has_amount {
        let is_sum = |cell: &str| is_amount(cell) && !is_day(cell) && cell.contains(['.', ',']);
        let sum =
            candidates.iter().filter(|candidate| free(mapping, candidate)).find(|candidate| all(candidate, &is_sum));
        if let Some(sum) = sum {
            mapping.set(&sum.place, Some(Meaning::Amount));
        }
    }
    if sheet.head().is_none() && mapping.rows != RowKind::Time {
        let letters =
            |candidate: &&Candidate| sheet.cells(candidate.column).take(LOOKED_AT).map(str::len).sum::<usize>();
        let texts = candidates.iter().filter(|candidate| free(mapping, candidate));
        let texts = texts.filter(|candidate| !all(candidate, &is_amount) && !all(candidate, &is_day));
        if let Some(text) = texts.max_by_key(letters).filter(|text| letters(text) > 0) {
            mapping.set(&text.place, Some(Meaning::Text));
        }
    }
}

fn signs(sheet: &Sheet<'_>, candidates: &[Candidate], mapping: &Mapping) -> Signs {
    let direction = candidates.iter().find(|known| mapping.meaning(&known.place) == Some(Meaning::Direction));
    let Some(direction) = direction else { return Signs::AsWritten };
    let words: BTreeSet<String> = sheet.cells(direction.column).take(LOOKED_AT).map(str::to_lowercase).collect();
    Signs::OutWhere(words.into_iter().filter(|word| OUT.contains(&word.as_str())).collect())
}

/// The currency that the name of a column of amounts says, where no column has it: `Betrag (EUR)`, `Amount $`.
fn currency(candidates: &[Candidate], sheet: &Sheet<'_>, mapping: &Mapping) -> Option<Currency> {
    if mapping.has(Meaning::Currency) {
        return None;
    }
    let amounts = Amounts::any(Decimals::Point);
    let of_sums = candidates.iter().filter(|candidate| {
        matches!(mapping.meaning(&candidate.place), Some(Meaning::Amount | Meaning::In | Meaning::Out))
    });
    of_sums
        .flat_map(|candidate| sheet.name_of(candidate.column).split([' ', '(', ')', '[', ']', '/']))
        .filter(|word| word.len() <= 3 && (word.len() == 3 || !word.is_ascii() || *word == "$"))
        .find_map(|word| {
            let currency = amounts.currency(word).ok()?;
            // A word of three letters is one only where somebody uses it as such.
            (word.len() != 3 || !word.is_ascii() || Currency::all().contains(&currency)).then_some(currency)
        })
}
