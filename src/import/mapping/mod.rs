//! Tables by mappings: any table that no format is known for, read as somebody said what its columns mean.
//!
//! ```text
//! Table ─► head     where the table begins under what stands above it, or that its columns have no names
//!       ├► said     a mapping that the user keeps knows its columns, or one was named
//!       ├► ready    one that comes with the program does
//!       └► glimpse  neither: columns, first rows, a proposal (words, looks), and how rows are read by it
//! ```

mod glimpse;
mod head;
mod propose;
mod ready;
mod rows;
mod words;

use std::borrow::Cow;

use super::table::{Sheet, Table};
use super::{Mappings, Options, Unreadable};
use crate::domain::platform::same_name;
use crate::domain::statement::{Head, MAPPED, Mapping, Statement};

pub(super) use glimpse::Glimpsing;
pub use glimpse::Sampled;
pub use ready::ready_names;

/// A mapping to read by, and how its rows are known.
struct By<'a> {
    mapping: Cow<'a, Mapping>,
    /// The first part of its rows' keys.
    code: Cow<'static, str>,
    /// A column, and the words of it with which a row counts; others mirror rows or are of another kind.
    only: Option<(&'static str, &'static [&'static str])>,
    /// Columns with personal data that nobody needs.
    personal: &'static [&'static str],
}

impl<'a> By<'a> {
    /// A mapping of the user's. Its rows are known by its columns, so that its name can change.
    fn saved(mapping: &'a Mapping) -> Self {
        Self { mapping: Cow::Borrowed(mapping), code: code_of(&mapping.head).into(), only: None, personal: &[] }
    }
}

/// Reads a table as it was said: by the mapping that was given or named, or by one of the user's that knows its columns.
/// `None` where nothing was said of such a table.
pub(super) fn said(table: &Table, options: Options, mappings: Mappings<'_>) -> Option<Result<Statement, Unreadable>> {
    match mappings {
        Mappings::This(mapping) => Some(by_one(table, &By::saved(mapping), options)),
        Mappings::Named(name, saved) => Some(match saved.iter().find(|known| same_name(&known.name, name)) {
            Some(known) => by_one(table, &By::saved(known), options),
            None => match ready::named(name) {
                Some(ready) => by_one(table, &ready, options),
                None => Err(Unreadable::NoMapping(name.to_owned())),
            },
        }),
        Mappings::Saved([]) => None,
        Mappings::Saved(saved) => {
            let mut fitting = saved.iter().filter_map(|known| Some((known, head::of(table, &known.head)?)));
            let (known, sheet) = fitting.next()?;
            // Of two for the same columns nobody knows which is meant: it is asked.
            Some(if fitting.next().is_some() {
                Err(Unreadable::Unmapped)
            } else {
                rows::read(&sheet, &By::saved(known), options)
            })
        }
    }
}

/// Reads a table by one of the mappings that come with the program.
pub(super) fn ready(table: &Table, options: Options) -> Result<Statement, Unreadable> {
    match ready::of(table) {
        Some((by, sheet)) => rows::read(&sheet, &by, options),
        None if head::found(table).is_some() => Err(Unreadable::Unmapped),
        None => Err(Unreadable::Unknown),
    }
}

/// Reads the table of its columns; where there is none, the one that is found, as far as it has the columns.
fn by_one(table: &Table, by: &By<'_>, options: Options) -> Result<Statement, Unreadable> {
    let sheet = head::of(table, &by.mapping.head).or_else(|| head::found(table)).ok_or(Unreadable::Unknown)?;
    rows::read(&sheet, by, options)
}

/// The code of tables with these columns: the same columns have the same one, in whatever order and for good.
fn code_of(head: &Head) -> String {
    match head {
        Head::Columns(count) => format!("{MAPPED}{count}"),
        Head::Names(names) => {
            // FNV-1a, 64 bits, over the names, each with an end: of a fixed value on every machine.
            let bytes = names.iter().flat_map(|name| name.bytes().chain(std::iter::once(0xff)));
            let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            format!("{MAPPED}{hash:016x}")
        }
    }
}

/// By what a sheet is known again.
fn head_of(sheet: &Sheet<'_>) -> Head {
    match sheet.head() {
        None => Head::Columns(u32::try_from(sheet.width()).unwrap_or(u32::MAX)),
        Some(head) => Head::Names(head.names().filter(|name| !name.is_empty()).collect()),
    }
}

#[cfg(test)]
mod tests;
