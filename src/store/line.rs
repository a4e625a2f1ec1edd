//! Lines: a file is a header and then one record a line, each read by itself, so that a broken line costs itself alone.
//!
//! Reading never fails: what can't be read is a fault with line and column. Line ends of any system and a byte order
//! mark are no fault. Lines that hold only a `//` comment are kept. Writing gives RON on one line that a person can read
//! and mend. [`header`] is the first line with its checksum, [`file`] the whole of a file.
//!
//! Bounded: a line of more than [`LONGEST_LINE`] bytes is a fault and is not parsed, and of many faults only the first
//! [`MOST_FAULTS`] are kept, so that whatever stands in a file costs little more than its own size.

use ron::Options;
use ron::error::SpannedError;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::finding::What;

mod file;
mod header;

pub use self::file::{FileRead, Words, read_file, read_file_sharing, written_file};
pub use self::header::{Header, HeaderRead, read_header};

/// The longest line of a file of the Book, in bytes: many times what the longest texts and lists of a record take.
pub const LONGEST_LINE: usize = 4 << 20;

/// How many faults of a file are told one by one.
pub const MOST_FAULTS: usize = 1_000;

/// Something in a line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The letter in it, from 1; `None` where the whole line is meant.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: What,
}

impl Fault {
    /// Adds it to those of a file; from some number on they are only counted, where the first of them is.
    pub fn add_to(self, faults: &mut Vec<Self>) {
        if faults.len() <= MOST_FAULTS {
            let counted = faults.len() == MOST_FAULTS;
            faults.push(if counted { Self { column: None, what: What::More(1), ..self } } else { self });
        } else if let Some(Self { what: What::More(count), .. }) = faults.last_mut() {
            *count += 1;
        }
    }
}

/// A line of a file with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// Its bytes without the line end.
    pub bytes: &'a [u8],
    /// The offset of its first byte.
    pub start: usize,
    /// The offset after its line end.
    pub end: usize,
    /// Whether it has a line end.
    pub ended: bool,
}

/// The lines of a file, in order.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let ends = memchr::memchr_iter(b'\n', bytes).map(|at| (at, true));
    let rest = (!bytes.ends_with(b"\n") && !bytes.is_empty()).then_some((bytes.len(), false));
    let mut start = 0;
    ends.chain(rest).enumerate().map(move |(at, (stop, ended))| {
        let end = stop + usize::from(ended);
        let line = Line { number: at + 1, bytes: bytes.get(start..stop).unwrap_or_default(), start, end, ended };
        start = end;
        line
    })
}

impl<'a> Line<'a> {
    /// Its text without spaces around it, and how many letters were cut off in front.
    ///
    /// # Errors
    /// A [`Fault`] where it is no UTF-8.
    pub fn text(&self) -> Result<(&'a str, usize), Fault> {
        let text = std::str::from_utf8(self.bytes).map_err(|error| Fault {
            line: self.number,
            column: self.bytes.get(..error.valid_up_to()).map(|good| String::from_utf8_lossy(good).chars().count() + 1),
            what: What::NotText,
        })?;
        Ok((text.trim(), text.chars().take_while(|letter| letter.is_whitespace()).count()))
    }

    /// A fault of the whole line.
    #[must_use]
    pub fn fault(&self, what: What) -> Fault {
        Fault { line: self.number, column: None, what }
    }

    /// The same, where it is short enough to be read.
    ///
    /// # Errors
    /// A [`Fault`] where it is too long, or no UTF-8.
    pub fn short_text(&self) -> Result<(&'a str, usize), Fault> {
        if self.bytes.len() > LONGEST_LINE { Err(self.fault(What::TooLong(self.bytes.len()))) } else { self.text() }
    }

    /// Reads a text of this line; `column` letters stand before it.
    ///
    /// # Errors
    /// A [`Fault`] with line and column.
    pub fn read<'t, T: Deserialize<'t>>(&self, text: &'t str, column: usize) -> Result<T, Fault> {
        ron_options().from_str(text).map_err(|error| self.ron_fault(&error, column))
    }

    fn ron_fault(&self, error: &SpannedError, column: usize) -> Fault {
        Fault { line: self.number, column: Some(error.span.start.col + column), what: What::of_line(&error.code) }
    }
}

/// A value on one line, with a space after each comma and colon.
///
/// # Panics
/// Never: shapes are shallow and hold texts, numbers and lists, all of which RON can write.
#[must_use]
pub fn written<T: Serialize>(value: &T) -> String {
    written_with(value, " ")
}

/// A value on one line without spaces: for what there is much of.
///
/// # Panics
/// Never, as [`written`].
#[must_use]
pub fn written_tight<T: Serialize>(value: &T) -> String {
    written_with(value, "")
}

fn written_with<T: Serialize>(value: &T, separator: &'static str) -> String {
    ron_options()
        .to_string_pretty(value, PrettyConfig::new().depth_limit(0).separator(separator))
        .expect("shapes hold only what RON can write, and their depth is far from its limit")
}

/// RON as it stands in our files.
pub(super) fn ron_options() -> Options {
    Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES)
}
