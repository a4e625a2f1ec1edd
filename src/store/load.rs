//! Loading: from the files of a folder to a Book, with findings. It writes nothing, and never fails on content.
//!
//! How a record's state is found: each file of the Book holds its records as of the sequence in its header
//! (`through`). Changes of the journal after that sequence set records to their after-state, in order. A record that
//! stands in two files (a crash between two renames of a checkpoint) counts where the sequence is higher. So replaying
//! more than needed is harmless, and an older change never overwrites a file that is past it, even where a later
//! change was lost to a broken line. A broken line of a file is made good from the journal as far as that reaches;
//! the line itself stays.
//!
//! A broken line of the journal costs itself alone: the ones after it set whole records and are used. Its segment
//! is kept for good.
//!
//! The journal is read before the months: what it doesn't touch goes from its file into the Book at once, so that
//! loading takes little more room than the Book. The months are read in two threads and taken in order.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::apart::{Looked, Others};
pub(super) use self::get::LARGEST_SEGMENT;
use self::get::uninterrupted;
use self::met::Met;
use self::newest::Frozen;
use super::files::FileId;
use super::finding::{Finding, What};
use super::line::{Fault, Words};
use super::record::SCHEMA;
use crate::domain::book::{Book, Filling};
use crate::domain::change::{Key, Record};
use crate::domain::history::Entry;
use crate::domain::settings::Settings;
use crate::domain::span::{Month, Timestamp, Zone};
use crate::ports::Disk;

pub(super) mod apart;
pub(super) mod get;
mod met;
pub(super) mod newest;
mod segments;
mod settle;
mod taking;

pub(super) use self::taking::kind_of;

/// A Book as it was found on the disk.
#[derive(Debug)]
pub struct Loaded {
    /// The Book.
    pub book: Book,
    /// The changes that the journal still holds, by sequence: for undo.
    pub entries: Vec<Arc<Entry>>,
    /// The last sequence that anything on the disk names.
    pub last_sequence: u64,
    /// What was wrong.
    pub findings: Vec<Finding>,
    /// Why it must not be written, if so.
    pub read_only: Option<String>,
    /// The oldest schema that any of its files is in, where that is not ours: the next checkpoint rewrites them.
    pub older: Option<u32>,
    /// What stands in which file: where the next checkpoint begins.
    pub(super) on_disk: OnDisk,
    /// Where the journal goes on.
    pub(super) tail: Tail,
}

impl Loaded {
    /// Whether there is neither a file of the Book nor a segment of its journal.
    #[must_use]
    pub fn is_of_nothing(&self) -> bool {
        self.on_disk.files.is_empty() && self.tail.segments.is_empty()
    }

    /// The months in which something can't be read: their totals may lack it.
    #[must_use]
    pub fn damaged_months(&self) -> BTreeSet<Month> {
        let faulty = self.on_disk.files.iter().filter(|(_, state)| state.faulty);
        faulty.filter_map(|(file, _)| file.month()).collect()
    }
}

/// What stands in the files of the Book.
#[derive(Debug)]
pub(super) struct OnDisk {
    /// The Book as the files that are not in `dirty` hold it.
    pub written: Book,
    /// The files that are known.
    pub files: BTreeMap<FileId, FileState>,
    /// Files whose records the journal has overtaken.
    pub dirty: BTreeSet<FileId>,
    /// `through` of `book.ron`: every file that is not locked holds all changes up to it.
    pub through: u64,
}

impl OnDisk {
    /// The oldest schema of a file that a checkpoint would rewrite, where that is not ours.
    pub fn older(&self) -> Option<u32> {
        self.files.values().filter(|state| !state.locked).filter_map(FileState::older).min()
    }

    /// The files that no checkpoint rewrites, inside the Book's folder.
    pub fn locked(&self) -> impl Iterator<Item = PathBuf> {
        self.files.iter().filter(|(_, state)| state.locked).map(|(file, _)| file.path())
    }
}

/// One file of the Book.
#[derive(Debug, Clone, Default)]
pub(super) struct FileState {
    /// Every change up to this sequence is in it.
    pub through: u64,
    /// The schema that it is in, where its header says so.
    pub schema: Option<u32>,
    /// Its comments.
    pub comments: Vec<String>,
    /// It must not be rewritten.
    pub locked: bool,
    /// Some of it can't be read; the journal may know what stood there.
    pub faulty: bool,
    /// It is on the disk.
    pub exists: bool,
}

impl FileState {
    /// Its schema, where that is older than ours.
    pub fn older(&self) -> Option<u32> {
        self.schema.filter(|schema| *schema < SCHEMA)
    }
}

/// Where the journal goes on.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// Every segment.
    pub segments: Vec<Segment>,
    /// The segment that this device goes on writing; `None` where a new one begins.
    pub current: Option<Current>,
    /// The changes that no checkpoint has taken up.
    pub since_checkpoint: usize,
    /// The changes that are in no file yet: of them the journal is the only place.
    pub unfiled: Vec<Arc<Entry>>,
    /// Segments of other devices with changes that were made at the same time as ours.
    pub apart: Vec<PathBuf>,
    /// How far segments of other devices were looked through.
    pub looked: Looked,
    /// The last change that a checkpoint has taken up.
    pub through: u64,
}

/// What is known of a segment: when it may go.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Its path inside the Book's folder.
    pub path: PathBuf,
    /// Whether this device wrote it.
    pub own: bool,
    /// Whether something in it can't be read; then it stays for good.
    pub damaged: bool,
    /// Whether others touched it while the Book was open.
    pub touched: bool,
    /// When its last change was made.
    pub last_at: Option<Timestamp>,
    /// The files it changes, each with the last sequence that does.
    pub touches: BTreeMap<FileId, u64>,
}

impl Segment {
    /// Notes a change that it holds.
    pub fn note(&mut self, entry: &Entry) {
        self.last_at = self.last_at.max(Some(entry.at));
        for file in entry.change.edits().iter().flat_map(FileId::touched) {
            let last = self.touches.entry(file).or_default();
            *last = entry.sequence.max(*last);
        }
    }
}

/// The segment that is being written.
#[derive(Debug, Clone)]
pub(super) struct Current {
    /// Its path inside the Book's folder.
    pub path: PathBuf,
    /// The zone of its header.
    pub zone: Zone,
    /// Its length up to the last good line; 0 where even the header is missing.
    pub len: usize,
    /// Whether that line has no line end yet.
    pub unended: bool,
    /// What stands after it and must be put aside before anything is appended.
    pub torn: Vec<u8>,
    /// Whether it is in an older schema: what is appended goes to a new one.
    pub older: bool,
}

/// Reads the Book in a folder. `defaults` are the settings of a Book that has none yet.
#[must_use]
pub fn load(disk: &dyn Disk, dir: &Path, defaults: Settings) -> Loaded {
    load_with(disk, dir, defaults, None, &|_| {})
}

fn load_with(
    disk: &dyn Disk,
    dir: &Path,
    defaults: Settings,
    frozen: Option<Frozen>,
    reading: &dyn Fn(Month),
) -> Loaded {
    let mut loading = Loading::new(disk, dir, defaults);
    loading.frozen = frozen;
    loading.read_file(FileId::Book);
    let of_book = std::mem::take(&mut loading.findings);
    loading.read_journal();
    let of_journal = std::mem::replace(&mut loading.findings, of_book);
    loading.doubt_book();
    loading.read_months(reading);
    loading.settle_doubles();
    loading.findings.extend(of_journal);
    loading.look_for_missing();
    loading.replay();
    loading.finish()
}

/// A record as one place has it.
struct Candidate {
    sequence: u64,
    record: Record,
    /// The file it was read from; `None` where it comes from the journal.
    place: Option<(FileId, usize)>,
}

struct Loading<'a> {
    disk: &'a dyn Disk,
    dir: &'a Path,
    findings: Vec<Finding>,
    newer: Option<(PathBuf, u32)>,
    /// What the system would not read though everything else hangs on it: `book.ron`, a folder, or a part of the
    /// journal that may hold changes which no file has.
    unread: Option<PathBuf>,
    files: BTreeMap<FileId, FileState>,
    dirty: BTreeSet<FileId>,
    /// What is settled at the end: what the journal or `book.ron` knows of too.
    candidates: HashMap<Key, Candidate>,
    /// Everything else, as it was read.
    book: Filling,
    /// What is in it.
    met: Met,
    words: Words,
    entries: Vec<Arc<Entry>>,
    others: Others,
    unread_entries: u64,
    /// How many of them stand after the last change of this device that can be read: they had numbers after it.
    unread_at_end: u64,
    tail: Tail,
    /// The journal as it stood at a first look, where it is read from that.
    frozen: Option<Frozen>,
}

impl<'a> Loading<'a> {
    fn new(disk: &'a dyn Disk, dir: &'a Path, defaults: Settings) -> Self {
        Self {
            disk,
            dir,
            findings: Vec::new(),
            newer: None,
            unread: None,
            files: BTreeMap::new(),
            dirty: BTreeSet::new(),
            candidates: HashMap::new(),
            book: Filling::new(defaults),
            met: Met::default(),
            words: Words::default(),
            entries: Vec::new(),
            others: Others::default(),
            unread_entries: 0,
            unread_at_end: 0,
            tail: Tail { looked: Looked::read(disk, dir), ..Tail::default() },
            frozen: None,
        }
    }

    fn find(&mut self, file: &Path, line: Option<usize>, column: Option<usize>, what: What, locked: bool) {
        self.findings.push(Finding { file: file.to_owned(), line, column, what, locked });
    }

    fn find_fault(&mut self, file: &Path, fault: Fault, locked: bool) {
        self.find(file, Some(fault.line), fault.column, fault.what, locked);
    }

    /// The RON files of a folder, inside the Book's folder.
    fn list(&mut self, folder: &str) -> Vec<PathBuf> {
        match uninterrupted(|| self.disk.list(&self.dir.join(folder))) {
            Ok(mut paths) => {
                paths.sort_unstable();
                paths
                    .iter()
                    .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
                    .filter_map(|path| Some(Path::new(folder).join(path.file_name()?)))
                    .collect()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                self.find(Path::new(folder), None, None, What::Unreadable(error.to_string()), true);
                self.unread.get_or_insert_with(|| PathBuf::from(folder));
                Vec::new()
            }
        }
    }

    fn is_newer(&mut self, path: &Path, schema: u32) {
        self.find(path, None, None, What::NewerSchema(schema), true);
        self.newer.get_or_insert_with(|| (path.to_owned(), schema));
    }
}
