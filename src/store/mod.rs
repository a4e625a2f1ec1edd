//! The store: keeps the Book in RON files that a person can read and mend, and never loses what was acknowledged.
//!
//! ```text
//! record/      the shapes of schema 1 and their conversions: a promise for years
//! line         header and one record a line, each read by itself
//! files        which file a record lives in
//! journal      a change a line, with its checksum
//! load         files + journal -> Book, findings, entries for undo
//! checkpoint   Book -> files, only those that changed
//! writer       the thread that appends, syncs, acknowledges and checkpoints
//! catalogue    the presets that the program brings along
//! finding      what was wrong at opening       error   why a Book can't be opened or closed
//! ```
//!
//! Promises: loading never fails on content and never invents; what can't be read stays byte for byte; a newer
//! schema is opened for reading only. An empty folder gets nothing but the lock until the first change.
//! It does not know the engine, the window, or where the user's folder is.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::history::Entry;
use crate::domain::settings::Settings;
use crate::domain::span::Month;
use crate::ports::Disk;

pub mod catalogue;
mod checkpoint;
mod error;
mod files;
mod finding;
mod journal;
mod line;
mod load;
mod record;
mod writer;

pub use self::error::{CloseError, CreateError, OpenError};
pub use self::finding::{Finding, What};
pub use self::load::{Loaded, load};
pub use self::record::{Problem, SCHEMA};
pub use self::writer::{FileJournal, Waker};

/// A Book that is open for writing, or for reading only where a newer version wrote it.
pub struct Opened {
    /// The Book.
    pub book: Book,
    /// The changes that can still be undone, by sequence.
    pub entries: Vec<Arc<Entry>>,
    /// The last sequence; the next change has the one after it.
    pub last_sequence: u64,
    /// What was wrong with the files.
    pub findings: Vec<Finding>,
    /// The months in which something can't be read: their totals may lack it.
    pub damaged_months: BTreeSet<Month>,
    /// Where changes go.
    pub journal: FileJournal,
    /// Why it can't be changed, if so.
    pub read_only: Option<String>,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("last_sequence", &self.last_sequence)
            .field("findings", &self.findings)
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}

/// Opens the Book in a folder for writing; makes the folder, and nothing else before the first change.
///
/// `defaults` are the settings of a Book that has none yet. `waker` is called from the writer's thread when its
/// progress moved.
///
/// # Errors
/// [`OpenError::InUse`] where another program has it open; [`OpenError::Folder`] where the folder can't be made or
/// written. Nothing that stands in the files is an error: it is a finding.
pub fn open(disk: Arc<dyn Disk>, dir: &Path, defaults: Settings, waker: Waker) -> Result<Opened, OpenError> {
    let refused = |source: io::Error| OpenError::Folder { dir: dir.to_owned(), source };
    disk.make_folder(dir).map_err(refused)?;
    let lock =
        disk.lock(&dir.join(files::LOCK)).map_err(refused)?.ok_or_else(|| OpenError::InUse { dir: dir.to_owned() })?;
    let loaded = load(disk.as_ref(), dir, defaults);
    let damaged_months = loaded.damaged_months();
    let journal = match &loaded.read_only {
        // The lock goes: nothing is written here.
        Some(why) => FileJournal::closed(loaded.last_sequence, why),
        None => FileJournal::start(disk, dir, lock, loaded.last_sequence, loaded.on_disk, loaded.tail, waker)
            .map_err(|source| OpenError::Writer { source })?,
    };
    Ok(Opened {
        book: loaded.book,
        entries: loaded.entries,
        last_sequence: loaded.last_sequence,
        findings: loaded.findings,
        damaged_months,
        journal,
        read_only: loaded.read_only,
    })
}

/// Writes a whole Book into a folder that holds none, without a journal: it has no history.
///
/// # Errors
/// [`CreateError::Taken`] where the folder holds anything; else as the disk says, and what was written until then stands.
pub fn create(disk: &dyn Disk, dir: &Path, book: &Book) -> Result<(), CreateError> {
    let refused = |source: io::Error| CreateError::Disk { dir: dir.to_owned(), source };
    if !disk.list(dir).map_err(refused)?.is_empty() {
        return Err(CreateError::Taken { dir: dir.to_owned() });
    }
    disk.make_folder(dir).map_err(refused)?;
    let mut files = load(disk, dir, (**book.settings()).clone()).on_disk;
    files.checkpoint(disk, dir, book, 1).map_err(refused)
}

/// Reads the Book in a folder without a lock, for verbs that only read. A folder that isn't there is an empty Book.
#[must_use]
pub fn open_read(disk: &dyn Disk, dir: &Path, defaults: Settings) -> Loaded {
    load(disk, dir, defaults)
}
