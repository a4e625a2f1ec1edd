//! Where a record lives: which file of the folder holds it.
//!
//! ```text
//! book.ron               settings, platforms, projects, terms, schedules, routes, rates, bills, what was seen, the running sessions
//! sessions/2026-11.ron   a file a UTC month, by the session's start
//! money/2026-11.ron      earnings by first day of work, payouts by day sent (or received), movements by day
//! journal/<device>-<first sequence>.ron   a change a line
//! heartbeat              when the program was last there while a timer ran
//! aside/                 files as others left them, before they were written again
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
/// The folder of what was taken out of the way, byte for byte as it stood.
pub const DAMAGED: &str = "damaged";
/// The folder of the journal.
pub const JOURNAL: &str = "journal";
/// The folder of files as others left them, kept when they were looked through.
pub const ASIDE: &str = "aside";
/// The file that is locked while a program writes here.
pub const LOCK: &str = "lock";

/// A file that holds records. In the order in which a checkpoint writes them: `book.ron` last, as its header vouches
/// for the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileId {
    /// The ended sessions that began in a UTC month.
    Sessions(Month),
    /// The earnings, payouts and movements of a month.
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
            | Record::Payout(_)
            | Record::Movement(_) => month_of(record).map_or(Self::Book, Self::Money),
        }
    }

    /// The file of a path inside the Book's folder; `None` where it is none that holds records.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        if path == Self::Book.path() {
            return Some(Self::Book);
        }
        let month = month_from_path(path)?;
        [Self::Sessions(month), Self::Money(month)].into_iter().find(|file| file.path() == path)
    }

    /// The files that an edit changes: one, or two where the record moves.
    pub fn touched(edit: &Edit) -> impl Iterator<Item = Self> {
        edit.before().into_iter().chain(edit.after()).map(Self::of)
    }
}

/// What a file of the Book's folder is by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A file of records.
    File(FileId),
    /// A copy of one that a program which keeps folders alike has set beside it: "2026-11 (conflicted copy).ron".
    Copy(FileId),
    /// A segment of the journal, by device and first sequence.
    Segment(String, u64),
    /// A copy of one.
    SegmentCopy(String, u64),
}

impl Named {
    /// What a path inside the Book's folder is; `None` where it is nothing of the Book's.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let stem = path.file_name()?.to_str()?.strip_suffix(".ron")?;
        let folder = path.parent()?.to_str()?;
        let of_month = |id: fn(Month) -> FileId| match stem.parse() {
            Ok(month) => Some(Self::File(id(month))),
            Err(_) => Some(Self::Copy(id(copied(stem, "2026-11".len())?.parse().ok()?))),
        };
        match folder {
            "" if stem == "book" => Some(Self::File(FileId::Book)),
            "" => (copied(stem, "book".len())? == "book").then_some(Self::Copy(FileId::Book)),
            SESSIONS => of_month(FileId::Sessions),
            MONEY => of_month(FileId::Money),
            JOURNAL => {
                let (device, rest) = stem.split_once('-')?;
                let named = |first: &str| Some((device.to_owned(), first.parse().ok()?));
                match named(rest) {
                    Some((device, first)) => Some(Self::Segment(device, first)),
                    None => {
                        named(copied(rest, SEQUENCE_DIGITS)?).map(|(device, first)| Self::SegmentCopy(device, first))
                    }
                }
            }
            _ => None,
        }
    }
}

/// The name that a copy was made of: so many letters, and then something that is no part of a name. Dropbox, Nextcloud and
/// `OneDrive` add " (… conflicted copy …)" or "-COMPUTER", Syncthing ".sync-conflict-TIME-DEVICE", iCloud " 2".
fn copied(stem: &str, letters: usize) -> Option<&str> {
    let (name, rest) = stem.split_at_checked(letters)?;
    rest.starts_with(|letter: char| !letter.is_alphanumeric()).then_some(name)
}

/// The month of a file name such as `2026-11.ron`.
#[must_use]
pub fn month_from_path(path: &Path) -> Option<Month> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".ron")?;
    stem.parse().ok()
}

/// Digits of a segment's first sequence.
const SEQUENCE_DIGITS: usize = 10;

/// The name of a segment.
#[must_use]
pub fn segment_name(device: &str, first: u64) -> String {
    format!("{device}-{first:0SEQUENCE_DIGITS$}.ron")
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

    const NOVEMBER: Month = Month { year: 2026, month: 11 };

    #[test]
    fn names_of_months_and_segments_read_back() {
        for month in [Month { year: 2026, month: 11 }, Month { year: 1970, month: 1 }, Month { year: -5, month: 3 }] {
            assert_eq!(month_from_path(&FileId::Sessions(month).path()), Some(month), "{month}");
            for file in [FileId::Sessions(month), FileId::Money(month), FileId::Book] {
                assert_eq!(FileId::from_path(&file.path()), Some(file), "{month}");
            }
        }
        for other in ["2026-13.ron", "2026-1.ron", "2026-11.ron.tmp", "2026-11 (copy).ron", "notes.ron"] {
            assert_eq!(month_from_path(Path::new(other)), None, "{other}");
            assert_eq!(FileId::from_path(&Path::new(SESSIONS).join(other)), None, "{other}");
        }
        for other in ["2026-11.ron", "journal/2026-11.ron", "backups/a/book.ron", "../book.ron"] {
            assert_eq!(FileId::from_path(Path::new(other)), None, "{other}");
        }
        for (path, named) in [
            ("book.ron", Some(Named::File(FileId::Book))),
            ("book (Ada's conflicted copy 2026-11-27).ron", Some(Named::Copy(FileId::Book))),
            ("bookmarks.ron", None),
            ("window.ron", None),
            ("sessions/2026-11.ron", Some(Named::File(FileId::Sessions(NOVEMBER)))),
            (
                "sessions/2026-11.sync-conflict-20261127-104500-ABCDEFG.ron",
                Some(Named::Copy(FileId::Sessions(NOVEMBER))),
            ),
            ("money/2026-11 2.ron", Some(Named::Copy(FileId::Money(NOVEMBER)))),
            ("money/2026-11-LAPTOP.ron", Some(Named::Copy(FileId::Money(NOVEMBER)))),
            ("money/2026-111.ron", None),
            ("money/2026-11.ron.tmp", None),
            ("journal/5f2a-0000000043.ron", Some(Named::Segment("5f2a".to_owned(), 43))),
            (
                "journal/5f2a-0000000043.sync-conflict-20261127-104500-ABCDEFG.ron",
                Some(Named::SegmentCopy("5f2a".to_owned(), 43)),
            ),
            ("journal/5f2a-0000000043.torn", None),
            ("backups/2026-11.ron", None),
            ("aside/book.ron", None),
        ] {
            assert_eq!(Named::of(Path::new(path)), named, "{path}");
        }
        let name = segment_name("5f2a", 43);
        assert_eq!(name, "5f2a-0000000043.ron");
        assert_eq!(segment_from_path(Path::new(&name)), Some(("5f2a".to_owned(), 43)));
    }
}
