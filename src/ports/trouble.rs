//! Trouble with saving, as values: what kind, since when, when it is tried again. Its words are the window's.

use std::io;

use crate::domain::span::Timestamp;

/// Why changes can't be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What kind it is.
    pub kind: Kind,
    /// As the system says; empty where it said nothing.
    pub said: String,
    /// Since when.
    pub since: Timestamp,
    /// When it is tried again; in the past where that is under way.
    pub next_try: Timestamp,
}

/// What kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No space is left.
    Full,
    /// The user has used up what they may use.
    Quota,
    /// The folder may not be written.
    NotAllowed,
    /// The disk can only be read.
    ReadOnly,
    /// The folder of the Book is gone.
    Gone,
    /// The disk doesn't answer.
    Slow,
    /// A fault of the program ended what saves: nothing is tried any more.
    Ended,
    /// Anything else.
    Other,
}

impl Kind {
    /// What kind an error of the disk is. That a file is missing says nothing of its folder.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "the system knows many errors, and will know more")]
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull => Self::Full,
            io::ErrorKind::QuotaExceeded => Self::Quota,
            io::ErrorKind::PermissionDenied => Self::NotAllowed,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::TimedOut => Self::Slow,
            _ => Self::Other,
        }
    }
}

/// Changes that are not on the disk, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// Why.
    pub trouble: Trouble,
    /// How many.
    pub changes: u64,
}
