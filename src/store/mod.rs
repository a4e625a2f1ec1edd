//! The store: keeps the Book in RON files that a person can read and mend, and never loses what was acknowledged.
//!
//! ```text
//! record/      the shapes of schema 2 and their conversions, and what schema 1 had otherwise: a promise for years
//! line         header with a checksum and one record a line, each read by itself
//! files        which file a record lives in
//! journal      a change a line, with its checksum
//! load         files + journal -> Book, findings, entries for undo; load/newest: the newest months first;
//!              load/get: how large a file may be; load/ahead: two threads
//! checkpoint   Book -> files, only those that changed
//! writer       the thread that appends, syncs, acknowledges and checkpoints; writer/thread/backups: when a backup is made;
//!              writer/outside: what others touched is held
//! heartbeat    when the program was last there while a timer ran; writer/beat: who gives it
//! copy         a whole Book into a folder of its own
//! watch        what the files looked like when they were read or written last
//! outside      what others made of files, as a Book beside ours
//! backup       copies of the whole folder: made, listed, thinned, and single files out of them
//! mend         a damaged file gets a backup's copy in its place, or is written anew; the old one is kept
//! soundness    records that no command would have made, with their lines
//! check        everything verified, without a lock and without writing
//! excerpt      what stands where something was found
//! evidence     a folder of tables, texts and copies for somebody outside
//! catalogue    the presets that the program brings along
//! finding      what was wrong at opening       error   why a Book can't be opened or closed
//! ```
//!
//! Promises: loading never fails on content and never invents; what can't be read stays byte for byte; a newer
//! schema is opened for reading only, and so is a Book of which the system will not read what everything hangs on. An
//! empty folder gets nothing but the lock until the first change. `tests/crash/` proves that nothing acknowledged is lost.
//! It does not know the engine, the window, or where the user's folder is.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::history::Entry;
use crate::domain::settings::Settings;
use crate::domain::span::Month;
use crate::ports::{Clock, Disk, Journal as _, LockGuard};

pub mod backup;
pub mod catalogue;
mod check;
mod checkpoint;
pub mod copy;
mod error;
pub mod evidence;
mod excerpt;
mod files;
mod finding;
mod heartbeat;
mod journal;
mod line;
mod load;
mod mend;
mod outside;
mod record;
mod soundness;
mod watch;
mod writer;

pub use self::check::{Checked, check};
pub use self::error::{CloseError, CreateError, OpenError};
pub use self::excerpt::{Excerpts, excerpts};
pub use self::finding::{Extent, Finding, Remedy, Weight, What};
use self::load::newest::Newest;
pub use self::load::{Loaded, load};
pub use self::mend::{How, MendError, Mended, Mending};
pub use self::record::{Problem, SCHEMA};
pub use self::soundness::unsound;
use self::watch::Watched;
use self::writer::FilesLater;
pub use self::writer::{FileJournal, Patience, Waker};

/// Where a Book is kept, and what its writer needs of the machine.
#[derive(Clone)]
pub struct Site {
    /// The disk.
    pub disk: Arc<dyn Disk>,
    /// The clock: for what is kept by day, and for what is told of time.
    pub clock: Arc<dyn Clock>,
    /// The folder of the Book.
    pub dir: PathBuf,
    /// Called from the writer's thread when its progress moved.
    pub waker: Waker,
    /// How long the writer waits between tries, and closing for the disk.
    pub patience: Patience,
    /// Knows what the files of the open Book should look like; `disk` goes through it then.
    watch: Option<Arc<Watched>>,
}

impl Site {
    /// A place where nobody has to be woken.
    #[must_use]
    pub fn new(disk: Arc<dyn Disk>, clock: Arc<dyn Clock>, dir: &Path) -> Self {
        Self { disk, clock, dir: dir.to_owned(), waker: Arc::new(|| {}), patience: Patience::default(), watch: None }
    }

    /// The same, with somebody to wake.
    #[must_use]
    pub fn waking(self, waker: Waker) -> Self {
        Self { waker, ..self }
    }

    /// The same, with another patience.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The same, over a disk that remembers what it reads and writes, and never overwrites what others touched.
    fn watching(self) -> Self {
        if self.watch.is_some() {
            return self;
        }
        let watch = Arc::new(Watched::new(self.disk, self.dir.clone()));
        Self { disk: Arc::clone(&watch) as Arc<dyn Disk>, watch: Some(watch), ..self }
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("dir", &self.dir).finish_non_exhaustive()
    }
}

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
    /// The oldest schema that its files are in, where that is not ours: they are backed up, then rewritten.
    pub older: Option<u32>,
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
/// `defaults` are the settings of a Book that has none yet.
///
/// # Errors
/// [`OpenError::InUse`] where another program has it open; [`OpenError::Folder`] where the folder can't be made or
/// written. Nothing that stands in the files is an error: it is a finding.
pub fn open(site: Site, defaults: Settings) -> Result<Opened, OpenError> {
    let lock = locked(&site)?;
    open_all(site, defaults, lock)
}

/// Mends files of the Book in a folder and opens it, under one lock. What was mended is written whole at once, with the
/// changes that the journal has of it.
///
/// # Errors
/// As [`open()`]; then nothing was mended. What could not be mended is told with the rest, and stands as it stood.
pub fn mend_and_open(
    site: Site,
    defaults: Settings,
    mendings: &[Mending],
) -> Result<(Opened, Vec<Result<Mended, MendError>>), OpenError> {
    let lock = locked(&site)?;
    let today = site.clock.now();
    let today = today.at.with_timezone(&today.zone).date_naive();
    let mended: Vec<_> =
        mendings.iter().map(|mending| mend::mend(site.disk.as_ref(), &site.dir, mending, &defaults, today)).collect();
    let mut opened = open_all(site, defaults, lock)?;
    if mended.iter().any(Result::is_ok) && opened.read_only.is_none() {
        opened.journal.checkpoint(&opened.book);
    }
    Ok((opened, mended))
}

fn open_all(site: Site, defaults: Settings, lock: Box<dyn LockGuard>) -> Result<Opened, OpenError> {
    let site = site.watching();
    let loaded = load(site.disk.as_ref(), &site.dir, defaults);
    let damaged_months = loaded.damaged_months();
    let journal = match &loaded.read_only {
        // The lock goes: nothing is written here.
        Some(_) => FileJournal::closed(loaded.last_sequence),
        None => FileJournal::start(site, lock, loaded.last_sequence, loaded.on_disk, loaded.tail)
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
        older: loaded.older,
    })
}

/// A Book of which the newest months are open for writing, and what reads the rest.
pub struct Opening {
    /// The newest months. Findings, damaged months and the changes for undo come with the rest.
    pub opened: Opened,
    /// The months that are still to be read.
    pub unread: BTreeSet<Month>,
    /// The rest, for another thread; `None` where there is none.
    pub rest: Option<Rest>,
}

/// Reads the whole Book while its newest months are open.
pub struct Rest {
    rest: load::newest::Rest,
    files: FilesLater,
}

/// The whole Book as it stood when its newest months were read.
pub struct Whole {
    /// The Book, without changes made since.
    pub book: Book,
    /// The changes that can still be undone, by sequence.
    pub entries: Vec<Arc<Entry>>,
    /// The last sequence that anything on the disk named.
    pub last_sequence: u64,
    /// What was wrong with the files.
    pub findings: Vec<Finding>,
    /// Why it can't be changed, if so.
    pub read_only: Option<String>,
}

impl Rest {
    /// Reads all files; `reading` is told each month before it is read. Checkpoints can be written from the moment on
    /// at which the journal is handed the whole Book.
    #[must_use]
    pub fn read(self, reading: &dyn Fn(Month)) -> Whole {
        let loaded = self.rest.read(reading);
        if loaded.read_only.is_none() {
            self.files.hand_over(loaded.on_disk, loaded.tail.segments, loaded.last_sequence);
        }
        Whole {
            book: loaded.book,
            entries: loaded.entries,
            last_sequence: loaded.last_sequence,
            findings: loaded.findings,
            read_only: loaded.read_only,
        }
    }
}

/// Opens the Book in a folder as [`open()`] does, but reads only its newest months at first.
///
/// # Errors
/// As [`open()`].
pub fn open_newest_first(site: Site, defaults: Settings) -> Result<Opening, OpenError> {
    let site = site.watching();
    let lock = locked(&site)?;
    let Some(Newest { loaded, unread, rest }) = load::newest::newest(&site.disk, &site.dir, &defaults) else {
        let opened = open_all(site, defaults, lock)?;
        return Ok(Opening { opened, unread: BTreeSet::new(), rest: None });
    };
    let (journal, files) =
        FileJournal::start_without_files(site, lock, loaded.last_sequence, loaded.book.clone(), loaded.tail)
            .map_err(|source| OpenError::Writer { source })?;
    let opened = Opened {
        book: loaded.book,
        entries: Vec::new(),
        last_sequence: loaded.last_sequence,
        findings: Vec::new(),
        damaged_months: BTreeSet::new(),
        journal,
        read_only: None,
        older: loaded.older,
    };
    Ok(Opening { opened, unread, rest: Some(Rest { rest, files }) })
}

fn locked(site: &Site) -> Result<Box<dyn LockGuard>, OpenError> {
    let Site { disk, dir, .. } = site;
    let refused = |source: io::Error| OpenError::Folder { dir: dir.clone(), source };
    disk.make_folder(dir).map_err(refused)?;
    disk.lock(&dir.join(files::LOCK)).map_err(refused)?.ok_or_else(|| OpenError::InUse { dir: dir.clone() })
}

/// Writes a whole Book into a folder that holds none, without a journal: it has no history.
///
/// # Errors
/// [`CreateError::Taken`] where the folder holds anything, or another program begins there too; else as the disk says, and
/// what was written until then stands.
pub fn create(disk: &dyn Disk, dir: &Path, book: &Book) -> Result<(), CreateError> {
    let refused = |source: io::Error| CreateError::Disk { dir: dir.to_owned(), source };
    let taken = || CreateError::Taken { dir: dir.to_owned() };
    if !disk.list(dir).map_err(refused)?.is_empty() {
        return Err(taken());
    }
    disk.make_folder(dir).map_err(refused)?;
    let lock = dir.join(files::LOCK);
    let _held = disk.lock(&lock).map_err(refused)?.ok_or_else(taken)?;
    // Whoever held it until now may have been as quick.
    if disk.list(dir).map_err(refused)?.iter().any(|path| *path != lock) {
        return Err(taken());
    }
    let mut files = load(disk, dir, (**book.settings()).clone()).on_disk;
    files.checkpoint(disk, dir, book, 1).map_err(refused)
}

/// Reads the Book in a folder without a lock, for verbs that only read. A folder that isn't there is an empty Book.
#[must_use]
pub fn open_read(disk: &dyn Disk, dir: &Path, defaults: Settings) -> Loaded {
    load(disk, dir, defaults)
}
