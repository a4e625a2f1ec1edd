//! Findings: what was wrong with the files at opening, where, and what became of it.
//!
//! A finding is told and never repaired behind the user's back: the line or file it is about stays byte for byte as
//! it is until someone mends it.

use std::fmt;
use std::path::{Path, PathBuf};

use super::files::{FileId, MONEY, SESSIONS};
use super::record::{Problem, SCHEMA};
use crate::domain::query::soundness::Breach;
use crate::domain::span::Month;
use crate::ports::Lacked;

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
    #[error("This file was changed outside TrueRate since it was written")]
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
    #[error("This file is missing")]
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
    /// A record that no command would have made.
    #[error("{record} {breach}")]
    Unsound {
        /// Which record.
        record: String,
        /// What is wrong with it.
        breach: Breach,
    },
    /// A record that stands in the file of another month.
    #[error("{record} stands here and belongs into {}", .home.display())]
    Elsewhere {
        /// Which record.
        record: String,
        /// The file that it belongs into.
        home: PathBuf,
    },
    /// A record of an older state that the program would have taken out of this file.
    #[error("{record} stands here too, in an older state; the newer one is in {}", .other.display())]
    Older {
        /// Which record.
        record: String,
        /// Where the newer one is.
        other: PathBuf,
    },
}

/// Whether a finding asks for a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing that was shown as saved is missing, and no figure is any different.
    Quiet,
    /// Something can't be read, is missing or is in doubt.
    Choice,
}

/// How much of a file can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Some lines of it.
    Part,
    /// All of it.
    Whole,
}

/// What can be done about a file beside mending it by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// Nothing by us.
    None,
    /// Its broken lines can be taken out; or it is replaced by a backup's copy.
    Lines,
    /// It can be begun anew with what can be read; or it is replaced by a backup's copy.
    File,
}

/// What follows from the kind of a finding, of a file that holds records.
struct Nature {
    weight: Weight,
    remedy: Remedy,
    lacks: Option<Extent>,
    kept: &'static str,
}

impl What {
    /// A line that is no record, with what its reader says in plain words.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the reader has fifty more, which say it well enough")]
    pub(super) fn of_line(code: &ron::Error) -> Self {
        Self::Line(match code {
            ron::Error::NoSuchStructField { found, .. } => format!("there is no such thing as “{found}” in it"),
            ron::Error::NoSuchEnumVariant { found, .. } => format!("there is no such thing as “{found}” here"),
            ron::Error::MissingStructField { field, .. } => format!("“{field}” is missing"),
            ron::Error::DuplicateStructField { field, .. } => format!("“{field}” stands there twice"),
            other => other.to_string(),
        })
    }

    fn nature(&self) -> Nature {
        use Extent::{Part, Whole};
        use Remedy::{File, Lines};
        use Weight::{Choice, Quiet};
        let of = |weight, remedy, lacks, kept| Nature { weight, remedy, lacks, kept };
        match self {
            Self::Unreadable(_) | Self::TooLarge(..) | Self::NoFile(_) => {
                of(Choice, File, Some(Whole), "Nothing of it is shown, and it is left as it is")
            }
            Self::Changed => of(Quiet, Remedy::None, None, "It is used as it reads now"),
            Self::Link => {
                of(Quiet, Remedy::None, None, "The file elsewhere is read; what changes stays in the journal")
            }
            Self::NotText | Self::Line(_) | Self::Record(_) | Self::TooLong(_) | Self::More(_) => {
                of(Choice, Lines, Some(Part), "The line is kept as it is; what the journal still knows of it is shown")
            }
            Self::Header(_) => {
                of(Choice, File, Some(Part), "The file is kept as it is; the lines that can be read are shown")
            }
            Self::NewerSchema(_) => {
                of(Choice, Remedy::None, Some(Whole), "Nothing is written here, so that nothing of it is lost")
            }
            Self::Missing => of(Choice, File, Some(Whole), "What the journal still holds of it is shown"),
            Self::Twice { .. } => of(Choice, Lines, None, "Both lines are kept; the newer one is shown"),
            Self::Torn(_) => of(Quiet, Remedy::None, None, "Everything that was shown as saved is there"),
            Self::JournalLine(_) => {
                of(Choice, Remedy::None, None, "The line is kept; what the files hold of that change is shown")
            }
            Self::ChangesMissing { .. } => of(Choice, Remedy::None, None, "What the files hold of them is shown"),
            Self::SequenceTwice(_) => of(Choice, Remedy::None, None, "Both changes are kept"),
            Self::Stranger => of(Quiet, Remedy::None, None, "It is left as it is"),
            Self::Unsound { breach, .. } => {
                let weight = if breach.is_harmless() { Quiet } else { Choice };
                let dangles = matches!(breach, Breach::Dangling(_));
                let kept =
                    if dangles { "The record is kept and shown without it" } else { "The record is kept as it is" };
                of(weight, Remedy::None, None, kept)
            }
            Self::Elsewhere { .. } | Self::Older { .. } => {
                of(Quiet, Remedy::None, None, "The next change puts it right")
            }
        }
    }
}

impl Finding {
    /// The month whose totals may lack something for it.
    #[must_use]
    pub fn month(&self) -> Option<Month> {
        FileId::from_path(&self.file).and_then(FileId::month)
    }

    /// What figures may lack for it, and how much of it.
    #[must_use]
    pub fn lacks(&self) -> Option<(Lacked, Extent)> {
        let is_folder = [SESSIONS, MONEY].iter().any(|folder| self.file == Path::new(folder));
        let lacked = match FileId::from_path(&self.file) {
            Some(FileId::Book) => Lacked::Tables,
            Some(FileId::Sessions(month)) => Lacked::Sessions(month),
            Some(FileId::Money(month)) => Lacked::Money(month),
            None if is_folder => Lacked::Folder,
            None => return None,
        };
        self.what.nature().lacks.map(|extent| (lacked, extent))
    }

    /// Whether it asks for a choice.
    #[must_use]
    pub fn weight(&self) -> Weight {
        self.what.nature().weight
    }

    /// What can be done about the file.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        FileId::from_path(&self.file).map_or(Remedy::None, |_| self.what.nature().remedy)
    }

    /// What became of it, in a sentence without its full stop.
    #[must_use]
    pub fn kept(&self) -> &'static str {
        self.what.nature().kept
    }
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
