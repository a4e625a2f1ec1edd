//! Import: what others write, from the bytes of a file to values of the domain.
//!
//! ```text
//! bytes ─► text (encoding) ─► table (cells, head) ─► a reader each format ─► Statement
//!                          │                      │  cells: days, amounts, lengths, decided on the whole file
//!                          ├► a mapping ──────────┤  what the user, or we, said that the columns mean
//!                          └► JSON, XML, lines ───┘
//! ecb     reference rates: refused as a whole where a line can't be read
//! ```
//!
//! Reads no disk and changes no Book: what comes of it is looked at before it is taken. Which format a file is, its
//! content says and never its name. Nothing is skipped on the quiet: a row that can't be read stands among those that were
//! left out, with its line and the reason.

mod cells;
pub mod ecb;
mod formats;
mod mapping;
mod packed;
mod table;
mod text;

use crate::domain::money::Currency;
use crate::domain::span::Zone;
use crate::domain::statement::{DateOrder, Decimals, Lack, Mapping, Question, ReadAs, Statement};

pub use mapping::{Sampled, ready_names};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 128 * 1024 * 1024;

/// What a file doesn't say and its reader has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The zone of clock times that name none.
    pub zone: Zone,
    /// The currency that `$` stands for.
    pub dollar: Currency,
    /// In which order day and month stand, whatever the file looks like; `None`: as it looks.
    pub dates: Option<DateOrder>,
    /// What stands before the decimals, whatever the file looks like; `None`: as it looks.
    pub decimals: Option<Decimals>,
}

impl Options {
    /// Nothing decided; `$` is the US dollar.
    #[must_use]
    pub fn new(zone: Zone) -> Self {
        Self { zone, dollar: Currency::USD, dates: None, decimals: None }
    }

    /// What the user says of a file, and the rest as the Book has it.
    #[must_use]
    pub fn said(said: ReadAs, zone: Zone) -> Self {
        Self { dates: said.dates, decimals: said.decimals, ..Self::new(said.zone.unwrap_or(zone)) }
    }
}

/// Why a file can't be read. Nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Larger than any such file.
    #[error("This file is larger than 128 MB")]
    TooLarge,
    /// A packed file that holds several, or none.
    #[error("This zip doesn’t hold one file alone: unpack it, and take the files that are in it")]
    Zip,
    /// A packed file that is not whole.
    #[error("This packed file is broken off or damaged")]
    DamagedZip,
    /// A packed file that only a password opens.
    #[error("This packed file has a password: unpack it first")]
    Locked,
    /// A packed file that is too much when it is unpacked.
    #[error(
        "This packed file is refused: unpacked it is larger than 256 MB, or 200 times what it is packed, or has more than 2000 files"
    )]
    Bomb,
    /// No text.
    #[error("This is no text file")]
    NoText,
    /// Nothing in it.
    #[error("There is nothing in this file")]
    Empty,
    /// A file that holds what is none of the user's.
    #[error("{0}")]
    Refused(&'static str),
    /// No format that is known.
    #[error("No known format has these columns")]
    Unknown,
    /// A table that no format and no mapping is known for.
    #[error("No known format has these columns")]
    Unmapped,
    /// A column that the mapping names and the table hasn't.
    #[error("There is no column “{0}” in it")]
    NoColumn(String),
    /// The mapping does not say enough.
    #[error("{0}")]
    Lacks(Lack),
    /// No mapping has this name.
    #[error("No mapping is called “{0}”")]
    NoMapping(String),
    /// A place that ends the reading.
    #[error("Line {line}: {why}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        why: &'static str,
    },
    /// Something that only a person knows.
    #[error("{0}")]
    Asks(Question),
    /// It was told to stop.
    #[error("Stopped")]
    Stopped,
}

/// Tells how far a reading is, and hears whether to go on.
pub struct Going<'a>(pub &'a dyn Fn(f32) -> bool);

impl Going<'_> {
    /// Goes on without a word.
    pub const ON: Going<'static> = Going(&|_| true);

    fn on(&self, done: u64, of: usize) -> Result<(), Unreadable> {
        #[expect(clippy::cast_precision_loss, reason = "a share, for a bar")]
        let share = done as f32 / of.max(1) as f32;
        if (self.0)(share) { Ok(()) } else { Err(Unreadable::Stopped) }
    }
}

/// By what a table may be read beside the formats that are known.
#[derive(Debug, Clone, Copy)]
pub enum Mappings<'a> {
    /// By one of these where the columns are the same.
    Saved(&'a [Mapping]),
    /// By this one and nothing else.
    This(&'a Mapping),
    /// By the one of this name and nothing else: one of these, or one that comes with the program.
    Named(&'a str, &'a [Mapping]),
}

/// Reads a file of a format that is known, or that a mapping comes with the program for.
///
/// # Errors
/// [`Unreadable`], with the line where there is one.
pub fn read(bytes: &[u8], options: Options, going: &Going<'_>) -> Result<Statement, Unreadable> {
    read_by(bytes, options, Mappings::Saved(&[]), going)
}

/// Reads a file, if need be by a mapping.
///
/// # Errors
/// [`Unreadable`], with the line where there is one.
pub fn read_by(
    bytes: &[u8],
    options: Options,
    mappings: Mappings<'_>,
    going: &Going<'_>,
) -> Result<Statement, Unreadable> {
    read_as(bytes, &formats::AsKnown { options, mappings }, going)
}

/// Looks at a table that no format is known for: its columns, its first rows, and what they probably mean.
///
/// # Errors
/// [`Unreadable`]; [`Unreadable::Unknown`] where it has no rows with a day and a figure.
pub fn glimpse(bytes: &[u8], saved: &[Mapping], going: &Going<'_>) -> Result<Sampled, Unreadable> {
    read_as(bytes, &mapping::Glimpsing { saved }, going)
}

/// What is made of a file, once its text or its table is at hand.
trait Reads {
    type Out;

    /// Of a text, which may be a table.
    fn text(&self, text: &str, going: &Going<'_>) -> Result<Self::Out, Unreadable>;

    /// Of a table.
    fn table(&self, table: &table::Table) -> Result<Self::Out, Unreadable>;
}

fn read_as<R: Reads>(bytes: &[u8], reads: &R, going: &Going<'_>) -> Result<R::Out, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    if packed::is_one(bytes) { packed::read(bytes, reads, going) } else { read_plain(bytes, reads, going) }
}

/// Reads a file that is not packed.
fn read_plain<R: Reads>(bytes: &[u8], reads: &R, going: &Going<'_>) -> Result<R::Out, Unreadable> {
    let text = text::decoded(bytes).ok_or(Unreadable::NoText)?;
    log::debug!("read as {}", text.encoding);
    reads.text(&text.text, going)
}
