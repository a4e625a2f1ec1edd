//! What the outside must offer, as traits: the clock, the disk, random ids, notices, the journal.
//!
//! `system.rs` has the real ones, [`fake`] those for tests. Nothing else reads the time, the environment or the disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::history::Entry;
use crate::domain::span::{Now, Timestamp};

pub mod fake;

/// The machine's clock and zone. Asked once a frame or command; the answer is passed down.
pub trait Clock: Send + Sync {
    /// The instant, to whole seconds, and the zone.
    fn now(&self) -> Now;
}

/// Random numbers for ids.
pub trait Ids: Send {
    /// 64 random bits.
    fn draw(&mut self) -> u64;
}

/// Tells the user something outside the window.
pub trait Notifier: Send {
    /// Shows a title and a text; does nothing where the desktop can't.
    fn notify(&self, title: &str, text: &str);
}

/// Files and folders. Each method is one step that can fail by itself, so that tests can make each fail.
pub trait Disk: Send + Sync {
    /// The whole of a file.
    ///
    /// # Errors
    /// As the system says; `NotFound` where there is none.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Writes a new file (or empties an old one), for the user alone (0600), and syncs it.
    ///
    /// # Errors
    /// As the system says; the file may then hold a part.
    fn write_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Appends to a file that is made where it isn't there, for the user alone, and syncs it.
    ///
    /// # Errors
    /// As the system says; the file may then end in a part of the bytes.
    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Cuts a file to a length and syncs it.
    ///
    /// # Errors
    /// As the system says.
    fn truncate(&self, path: &Path, len: u64) -> io::Result<()>;

    /// Puts one file in the place of another, at once.
    ///
    /// # Errors
    /// As the system says; both files then stand as before.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable.
    ///
    /// # Errors
    /// As the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Makes a folder and those above it, for the user alone (0700).
    ///
    /// # Errors
    /// As the system says.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// The files in a folder, by name; none where there is no folder.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// Removes a file; it is no error where there is none.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Names this machine in the journal's file names: small letters and digits, the same at every start.
    fn device(&self) -> String;

    /// Takes the lock on a file and holds it as long as the guard lives; `None` where another program holds it.
    ///
    /// # Errors
    /// As the system says, such as a folder that can't be written.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>>;
}

/// Holds a lock until it is dropped.
pub trait LockGuard: Send {}

/// Where changes go to become durable.
pub trait Journal {
    /// Queues an entry; never waits for the disk. `book` is the Book with the entry applied.
    fn append(&mut self, entry: &Arc<Entry>, book: &Book);

    /// How far the queue has come.
    fn progress(&self) -> Progress;

    /// Writes a checkpoint of the Book soon.
    fn checkpoint(&mut self, book: &Book);

    /// Writes what is queued and a checkpoint, and takes nothing more. Waits a bounded time.
    ///
    /// # Errors
    /// A sentence that says what was not done; nothing that was acknowledged is lost.
    fn close(&mut self) -> Result<(), String>;
}

/// How far the journal has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The last sequence that is on the disk.
    pub acknowledged: u64,
    /// Why the next one is not, where writing fails; it is kept and tried again.
    pub trouble: Option<String>,
}

/// The state of saving, for the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// The last applied change is on the disk.
    Saved,
    /// Changes are on their way.
    Pending,
    /// Writing fails; changes are kept and tried again.
    Failing(String),
    /// The Book is open for reading only, and why.
    ReadOnly(String),
    /// The Book is a sample: nothing of it is kept.
    Sample,
}

/// An instant cut to whole seconds.
#[must_use]
pub fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}
