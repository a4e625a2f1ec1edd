//! Where a record lives: which file of the folder holds it.
//!
//! ```text
//! book.ron               settings, platforms, projects, terms, schedules, routes, rates, bills, what was seen, the running sessions
//! sessions/2026-11.ron   a file a UTC month, by the session's start
//! money/2026-11.ron      earnings by first day of work, payouts by day sent (or received)
//! journal/<device>-<first sequence>.ron   a change a line
//! lock
//! ```

use std::path::{Path, PathBuf};

use crate::domain::book::month_of;
use crate::domain::change::{Edit, Record};
use crate::domain::span::Month;

/// The folder of the session files.
pub const SESSIONS: &str = "sessions";
/// The folder of the money files.
pub const MONEY: &str = "money";
/// The folder of the journal.
pub const JOURNAL: &str = "journal";
/// The file that is locked while a program writes here.
pub const LOCK: &str = "lock";

/// A file that holds records. In the order in which a checkpoint writes them: `book.ron` last, as its header vouches
/// for the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileId {
    /// The ended sessions that began in a UTC month.
    Sessions(Month),
    /// The earnings and payouts of a month.
    Money(Month),
    /// Everything else.
    Book,
}

impl FileId {
    /// The path inside the Book's folder.
    #[must_use]
    pub fn path(self) -> PathBuf {
        match self {
            Self::Sessions(month) => Path::new(SESSIONS).join(format!("{month}.ron")),
            Self::Money(month) => Path::new(MONEY).join(format!("{month}.ron")),
            Self::Book => PathBuf::from("book.ron"),
        }
    }

    /// The folder inside the Book's folder that it is in; `None` for `book.ron`.
    #[must_use]
    pub fn folder(self) -> Option<&'static str> {
        match self {
            Self::Sessions(_) => Some(SESSIONS),
            Self::Money(_) => Some(MONEY),
            Self::Book => None,
        }
    }

    /// The month that it holds; `None` for `book.ron`.
    #[must_use]
    pub fn month(self) -> Option<Month> {
        match self {
            Self::Sessions(month) | Self::Money(month) => Some(month),
            Self::Book => None,
        }
    }

    /// The file of a record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        match record {
            Record::Session(session) if session.is_open() => Self::Book,
            Record::Session(_) => month_of(record).map_or(Self::Book, Self::Sessions),
            Record::Settings(_)
            | Record::Platform(_)
            | Record::Project(_)
            | Record::Terms(_)
            | Record::Schedule(_)
            | Record::Route(_)
            | Record::Rate(_)
            | Record::Bill(_)
            | Record::Seen(_)
            | Record::Earning(_)
            | Record::Payout(_) => month_of(record).map_or(Self::Book, Self::Money),
        }
    }

    /// The files that an edit changes: one, or two where the record moves.
    pub fn touched(edit: &Edit) -> impl Iterator<Item = Self> {
        edit.before().into_iter().chain(edit.after()).map(Self::of)
    }
}

/// The month of a file name such as `2026-11.ron`.
#[must_use]
pub fn month_from_path(path: &Path) -> Option<Month> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".ron")?;
    stem.parse().ok()
}

/// The name of a segment.
#[must_use]
pub fn segment_name(device: &str, first: u64) -> String {
    format!("{device}-{first:010}.ron")
}

/// The device and first sequence of a segment's name.
#[must_use]
pub fn segment_from_path(path: &Path) -> Option<(String, u64)> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".ron")?;
    let (device, first) = stem.rsplit_once('-')?;
    Some((device.to_owned(), first.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_months_and_segments_read_back() {
        for month in [Month { year: 2026, month: 11 }, Month { year: 1970, month: 1 }, Month { year: -5, month: 3 }] {
            assert_eq!(month_from_path(&FileId::Sessions(month).path()), Some(month), "{month}");
        }
        for other in ["2026-13.ron", "2026-1.ron", "2026-11.ron.tmp", "2026-11 (copy).ron", "notes.ron"] {
            assert_eq!(month_from_path(Path::new(other)), None, "{other}");
        }
        let name = segment_name("5f2a", 43);
        assert_eq!(name, "5f2a-0000000043.ron");
        assert_eq!(segment_from_path(Path::new(&name)), Some(("5f2a".to_owned(), 43)));
    }
}
