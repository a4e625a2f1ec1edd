//! Findings: what was wrong with the files at opening, where, and what became of it.
//!
//! A finding is told and never repaired behind the user's back: the line or file it is about stays byte for byte as
//! it is until someone mends it.

use std::fmt;
use std::path::PathBuf;

use super::record::{Problem, SCHEMA};

/// Something wrong with the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, inside the Book's folder.
    pub file: PathBuf,
    /// The line, from 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// The letter in the line, from 1; `None` where the whole line is meant.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: What,
    /// Whether the file is locked from rewriting until it is mended. Changes to it stay in the journal.
    pub locked: bool,
}

/// What is wrong with a file or a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// A file that is not as it was written, though all of it can be read.
    #[error("This file was changed outside TrueRate since it was written; it is used as it reads now")]
    Changed,
    /// A file of a size that no book has.
    #[error("This file is {} MB large and is not read; up to {} MB are", .0 >> 20, .1 >> 20)]
    TooLarge(u64, u64),
    /// A line of a length that no record has.
    #[error("This line is {} MB long and is not read; up to {} MB are", .0 >> 20, super::line::LONGEST_LINE >> 20)]
    TooLong(usize),
    /// Lines that are not told one by one.
    #[error("From here on {0} more lines can’t be read")]
    More(usize),
    /// What stands under the name of a file is none.
    #[error("There is {0} where a file should be; it is left alone")]
    NoFile(&'static str),
    /// A link to a file.
    #[error("This is a link to a file elsewhere: that is read, and no other is put in its place")]
    Link,
    /// The system would not read the file.
    #[error("This file can’t be read ({0})")]
    Unreadable(String),
    /// A line that is no UTF-8.
    #[error("This line is no text")]
    NotText,
    /// A first line that is no header.
    #[error("The first line of this file can’t be read ({0})")]
    Header(String),
    /// A line that is no record.
    #[error("This line can’t be read ({0})")]
    Line(String),
    /// A record that can't be.
    #[error("This record can’t be right: {0}")]
    Record(Problem),
    /// A file in a schema that this program doesn't know.
    #[error("This file was written by a newer version (schema {0}; this one reads up to {SCHEMA})")]
    NewerSchema(u32),
    /// A file that must be there and isn't.
    #[error("This file is missing; what the journal still holds of it was used")]
    Missing,
    /// A record that stands in two lines.
    #[error("{record} stands here too, and the newer one counts; the other is in {other}")]
    Twice {
        /// Which record.
        record: String,
        /// Where the one that counts is.
        other: PathBuf,
    },
    /// The end of the journal was cut off in the middle of writing.
    #[error("The journal’s end can’t be read ({0}): a write was cut off before it was shown as saved. It is left out")]
    Torn(String),
    /// A line of the journal whose checksum is wrong, or that can't be read.
    #[error("A change in the journal can’t be read ({0}); the ones after it were used")]
    JournalLine(String),
    /// Sequences that are in no segment.
    #[error("Changes {first} to {last} are missing from the journal")]
    ChangesMissing {
        /// The first.
        first: u64,
        /// The last.
        last: u64,
    },
    /// Two changes with one sequence.
    #[error(
        "Two changes have the number {0}: two devices wrote at the same time. Both are kept, and what differs can be compared"
    )]
    SequenceTwice(u64),
    /// A file that doesn't belong here.
    #[error("This file has no name of ours and is not read")]
    Stranger,
}

/// The place, what is kept, what happened: the reader's own words come last, since they may be long.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": ")?;
        if self.locked {
            write!(f, "kept as it is; new changes to this file stay in the journal until it is mended. ")?;
        }
        write!(f, "{}", self.what)
    }
}
