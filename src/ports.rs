//! What the outside must offer, as traits: the clock, the disk, random ids, notices, the journal.
//!
//! `system.rs` has the real ones, [`fake`] those for tests. Nothing else reads the time, the environment or the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::domain::backup::{Backup, Reason};
use crate::domain::book::Book;
use crate::domain::change::Key;
use crate::domain::history::Entry;
use crate::domain::query::differs::Differences;
use crate::domain::query::silence::Silence;
use crate::domain::span::{Month, Now, Timestamp};

pub mod door;
pub mod fake;
pub mod pack;
mod trouble;

pub use trouble::{Failing, Kind, Trouble};

/// The machine's clock and zone. Asked once a frame or command; the answer is passed down.
pub trait Clock: Send + Sync {
    /// The instant, to whole seconds, and the zone.
    fn now(&self) -> Now;

    /// How long the machine was awake since some moment; only its growth means anything. `None` where it doesn't tell.
    fn awake(&self) -> Option<Duration> {
        None
    }

    /// A name for this run of the machine, from power on to off; `None` where it has none.
    fn boot(&self) -> Option<String> {
        None
    }
}

/// A part of the Book that can't be read, or not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lacked {
    /// Platforms, projects, terms and settings.
    Tables,
    /// The sessions of a month.
    Sessions(Month),
    /// The money of a month. Totals of other days lean on it too: fees, exchange and what is paid already are told by it.
    Money(Month),
    /// The sessions, or the money, of all months.
    Folder,
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

/// The desktop around the window: the user's own programs, and the files that the user named. Nothing of it waits.
pub trait Desktop: Send {
    /// Why nothing can be opened here; `None` where it can.
    fn cannot_open(&self) -> Option<&'static str>;

    /// Opens a web address, a file or a folder with the program that the user chose for it; doesn't wait for it.
    ///
    /// # Errors
    /// A sentence that says why it can't: neither a secure web address nor a whole path, or no program answers.
    fn open(&self, what: &str) -> Result<(), String>;

    /// Looks in the background which of these paths are there; the window is woken when it is known.
    fn look(&self, paths: Vec<String>);

    /// What was found so far, by path as it was asked for.
    fn seen(&self) -> Arc<BTreeMap<String, bool>>;

    /// The folder in which the user keeps documents, else their home; `None` where there is neither.
    fn documents(&self) -> Option<PathBuf> {
        None
    }

    /// Shows the desktop's own dialog for files, under a title, unless it stands there already; doesn't wait for it: the
    /// window is woken when it is closed. Whether it may come; where it may, [`chosen`](Self::chosen) tells what came of it.
    fn choose_files(&self, _title: &str) -> bool {
        false
    }

    /// What came of the desktop's own dialog for files; told once.
    fn chosen(&self) -> Option<Chosen> {
        None
    }

    /// Whether a program may bring its window to the front; where it may not, it can only ask for attention.
    fn can_raise(&self) -> bool {
        true
    }
}

/// What came of the desktop's own dialog for files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These files, by their whole paths.
    Files(Vec<PathBuf>),
    /// It was closed without any.
    Nothing,
    /// This desktop has none.
    NoDialog,
}

/// No desktop: nothing can be opened, and nobody knows of any file.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoDesktop;

impl Desktop for NoDesktop {
    fn cannot_open(&self) -> Option<&'static str> {
        Some("there is no desktop")
    }

    fn open(&self, _what: &str) -> Result<(), String> {
        Err("There is no desktop here to open it with".to_owned())
    }

    fn look(&self, _paths: Vec<String>) {}

    fn seen(&self) -> Arc<BTreeMap<String, bool>> {
        Arc::default()
    }
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

    /// Puts new bytes in the place of a file, whole or not at all, for the user alone: beside it, synced, then renamed.
    ///
    /// # Errors
    /// As the system says; what stood there stands.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".tmp");
        let temp = path.with_file_name(name);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let written = self.write_synced(&temp, bytes).and_then(|()| self.rename(&temp, path));
        if written.is_err() {
            // What is left of it is of no use; that it can't be removed adds nothing to the first error.
            if let Err(left) = self.remove(&temp) {
                log::debug!("{}: left there: {left}", temp.display());
            }
            return written;
        }
        folder.map_or(Ok(()), |folder| self.sync_folder(folder))
    }

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

    /// What stands in a folder, files and folders, by name; nothing where there is no folder.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// What a path is, without reading it and without following a link; `None` where there is nothing.
    ///
    /// # Errors
    /// As the system says.
    fn stat(&self, path: &Path) -> io::Result<Option<Stat>>;

    /// What a path is, links followed to where they lead, without reading it; `None` where nothing is there.
    ///
    /// # Errors
    /// As the system says.
    fn follow(&self, path: &Path) -> io::Result<Option<Stat>> {
        self.stat(path)
    }

    /// Gives a file a second name, or where the file system has none copies it for the user alone and syncs the copy.
    ///
    /// # Errors
    /// As the system says; `AlreadyExists` where something stands under the new name.
    fn link_or_copy(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file; it is no error where there is none.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder with all that is in it; it is no error where there is none.
    ///
    /// # Errors
    /// As the system says; a part may then be gone.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Names this machine in the journal's file names: small letters and digits, the same at every start.
    fn device(&self) -> String;

    /// Takes the lock on a file and holds it as long as the guard lives; `None` where another program holds it.
    ///
    /// # Errors
    /// As the system says, such as a folder that can't be written.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>>;
}

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    /// File, folder, or what else.
    pub kind: PathKind,
    /// Bytes; of a file.
    pub len: u64,
    /// When it was last written, as exactly as the file system keeps it.
    pub modified: Timestamp,
}

/// What stands under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to somewhere else.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// Holds a lock until it is dropped.
pub trait LockGuard: Send {}

/// A file of the Book that others touched since this program read or wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideFile {
    /// Its path inside the Book's folder.
    pub path: PathBuf,
    /// What they did.
    pub what: Touched,
    /// The CRC-32 of its bytes when that was found; `None` where there are none or they can't be read.
    pub checksum: Option<u32>,
    /// How many of its bytes, from the first, are as they were when it was read or written here.
    pub known: u64,
}

/// What others did to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// It holds something else.
    Changed,
    /// It was not there.
    Appeared,
    /// It is gone.
    Missing,
}

/// Files that others touched, and that were looked through since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookedThrough {
    /// The files, as they were looked through. One that moved on meanwhile is left for another look.
    pub files: Vec<OutsideFile>,
    /// The last sequence that others gave; 0 where none is known.
    pub through: u64,
}

/// What others made of the files, beside the open Book.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// What they have differently, without what they have not seen yet of ours.
    pub differences: Differences,
    /// When a record was changed last, here and there, as far as the journals tell.
    pub times: BTreeMap<Key, Times>,
    /// The files that were compared, as they were.
    pub looked: LookedThrough,
    /// What of their files can't be read, each a sentence: these files stay as they are.
    pub unreadable: Vec<String>,
    /// Those of them that have only broken lines: what is here can be written in their place, if the user wants it.
    pub broken: Vec<OutsideFile>,
}

/// When a record was changed last; `None` where no journal tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// By us.
    pub ours: Option<Timestamp>,
    /// By them.
    pub theirs: Option<Timestamp>,
}

/// Reads what others made of the files, for a thread of its own, and compares it with the open Book.
pub type Comparer = Box<dyn FnOnce(&Book) -> Compared + Send>;

/// Where changes go to become durable.
pub trait Journal: Send {
    /// Queues an entry; never waits for the disk. `book` is the Book with the entry applied.
    fn append(&mut self, entry: &Arc<Entry>, book: &Book);

    /// How far the queue has come.
    fn progress(&self) -> Progress;

    /// The files that others touched and nobody has looked through. They are not overwritten.
    fn outside(&self) -> Arc<Vec<OutsideFile>> {
        Arc::default()
    }

    /// What compares them; `None` where there is nothing to compare.
    fn comparer(&self) -> Option<Comparer> {
        None
    }

    /// Looks soon whether others touched the files.
    fn look_outside(&mut self) {}

    /// What others did to these files is in the Book, as far as the user wants it: they are put aside as they are and may
    /// be written again.
    fn looked_through(&mut self, _looked: LookedThrough) {}

    /// From here on books that are handed over hold every month; before, only the newest were read.
    fn whole(&mut self, _book: &Book) {}

    /// Writes a checkpoint of the Book soon.
    fn checkpoint(&mut self, book: &Book);

    /// Tries at once what failed, and looks at the clock.
    fn hurry(&mut self) {}

    /// Makes the Book's folder anew where it is gone, and writes the whole Book into it.
    fn make_anew(&mut self) {}
    /// Asks for a backup of what is on the disk now; the number under which [`backups`](Self::backups) tells what came of
    /// it. `None` where nothing is kept.
    fn back_up(&mut self, _reason: Reason) -> Option<u64> {
        None
    }

    /// How backups go.
    fn backups(&self) -> Backups {
        Backups::default()
    }

    /// Waits until a backup that was asked for is made or has failed: for those who have no window to keep alive.
    fn wait_for_backup(&mut self, _number: u64) {}

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
    pub trouble: Option<Trouble>,
    /// The times of this run of which nothing is known although a timer ran, the first of them before it.
    pub silences: Arc<Vec<Silence>>,
}

/// How backups go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backups {
    /// What came of the last ones that were asked for, by number: the backup, or why there is none.
    pub asked_for: BTreeMap<u64, Result<Backup, String>>,
    /// Moves whenever the backups on the disk may be others than before.
    pub revision: u64,
    /// Why the last one was not made or lacks something, a sentence; it is tried again.
    pub trouble: Option<String>,
}

/// The state of saving, for the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// The last applied change is on the disk.
    Saved,
    /// Changes are on their way.
    Pending,
    /// Writing fails, or the disk doesn't answer; changes are kept and tried again.
    Failing(Failing),
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
