//! Getting the bytes of a file without trusting that it is one: nothing is opened that could hang or fill the memory.
//!
//! What a path is, is asked before it is read. A link is followed, a folder, a pipe or a file of a size that no book has
//! is not.

use std::io;
use std::path::Path;

use crate::ports::{Disk, PathKind, Stat};
use crate::store::finding::What;

/// The largest file of the Book that is read, in bytes: a month of two million sessions.
pub const LARGEST_FILE: u64 = 256 << 20;
/// The largest segment of the journal that is read, in bytes. The writer begins a new one long before.
pub const LARGEST_SEGMENT: u64 = 512 << 20;

/// How often a disk is asked again that only says that it was interrupted.
const MOST_SIGNALS: usize = 100;

/// What came of it.
pub enum Got {
    /// There is nothing.
    Nothing,
    /// It is not read, and why.
    Refused(What),
    /// Its bytes.
    Bytes {
        /// All of them.
        bytes: Vec<u8>,
        /// Whether the path is a link to a file elsewhere.
        linked: bool,
    },
}

/// Reads a file of at most so many bytes.
pub fn get(disk: &dyn Disk, path: &Path, most: u64) -> Got {
    match look(disk, path, most) {
        Ok(Some(linked)) => match uninterrupted(|| disk.read(path)) {
            Ok(bytes) => Got::Bytes { bytes, linked },
            Err(error) => not_got(&error),
        },
        Ok(None) => Got::Nothing,
        Err(Refusal::Disk(error)) => not_got(&error),
        Err(Refusal::What(what)) => Got::Refused(what),
    }
}

/// The bytes of a file of the Book; `None` where there are none that can be read.
pub fn bytes_of(disk: &dyn Disk, path: &Path) -> Option<Vec<u8>> {
    match get(disk, path, LARGEST_FILE) {
        Got::Bytes { bytes, .. } => Some(bytes),
        Got::Nothing | Got::Refused(_) => None,
    }
}

fn not_got(error: &io::Error) -> Got {
    if error.kind() == io::ErrorKind::NotFound {
        return Got::Nothing;
    }
    Got::Refused(What::Unreadable(error.to_string()))
}

enum Refusal {
    Disk(io::Error),
    What(What),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// Whether a path that may be read is a link; `None` where nothing is there.
fn look(disk: &dyn Disk, path: &Path, most: u64) -> Result<Option<bool>, Refusal> {
    let Some(stat) = uninterrupted(|| disk.stat(path))? else { return Ok(None) };
    let linked = stat.kind == PathKind::Link;
    let target = if linked { uninterrupted(|| disk.follow(path))? } else { Some(stat) };
    let refused = |what| Err(Refusal::What(what));
    match target {
        Some(Stat { kind: PathKind::File, len, .. }) if len > most => refused(What::TooLarge(len, most)),
        Some(Stat { kind: PathKind::File, .. }) => Ok(Some(linked)),
        Some(Stat { kind: PathKind::Folder, .. }) => refused(What::NoFile("a folder")),
        Some(Stat { kind: PathKind::Other, .. }) => refused(What::NoFile("a pipe, a socket or a device")),
        Some(Stat { kind: PathKind::Link, .. }) | None => refused(What::NoFile("a link to nothing")),
    }
}

/// Asks again where a signal came in between: that says nothing of the disk.
pub fn uninterrupted<T>(ask: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let mut answers = std::iter::repeat_with(ask).take(MOST_SIGNALS);
    let other = answers.find(|answer| !answer.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::Interrupted));
    other.unwrap_or_else(|| Err(io::ErrorKind::Interrupted.into()))
}
