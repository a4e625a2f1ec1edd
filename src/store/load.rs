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

use std::collections::hash_map;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::get::{Got, LARGEST_FILE, get};
use self::met::Met;
use self::newest::Frozen;
use super::files::{FileId, MONEY, SESSIONS, month_from_path};
use super::finding::{Finding, What};
use super::line::{Fault, FileRead, Words, read_file_sharing};
use super::record::SCHEMA;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::history::Entry;
use crate::domain::settings::Settings;
use crate::domain::span::{Month, Timestamp, Zone};
use crate::ports::Disk;

mod ahead;
mod get;
mod met;
pub(super) mod newest;
mod segments;
mod settle;

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
    /// Folders whose files are not known: nothing in them may be written.
    pub unlisted: BTreeSet<&'static str>,
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
    loading.watch();
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
    files: BTreeMap<FileId, FileState>,
    dirty: BTreeSet<FileId>,
    unlisted: BTreeSet<&'static str>,
    /// What is settled at the end: what the journal or `book.ron` knows of too.
    candidates: HashMap<Key, Candidate>,
    /// The names of those; `None` where all are.
    watched: Option<HashSet<Key>>,
    /// Everything else, as it was read.
    book: Book,
    /// What is in it.
    met: Met,
    words: Words,
    entries: Vec<Arc<Entry>>,
    unread_entries: u64,
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
            files: BTreeMap::new(),
            dirty: BTreeSet::new(),
            unlisted: BTreeSet::new(),
            candidates: HashMap::new(),
            watched: None,
            book: Book::new(defaults),
            met: Met::default(),
            words: Words::default(),
            entries: Vec::new(),
            unread_entries: 0,
            tail: Tail::default(),
            frozen: None,
        }
    }

    fn find(&mut self, file: &Path, line: Option<usize>, column: Option<usize>, what: What, locked: bool) {
        self.findings.push(Finding { file: file.to_owned(), line, column, what, locked });
    }

    fn find_fault(&mut self, file: &Path, fault: Fault, locked: bool) {
        self.find(file, Some(fault.line), fault.column, fault.what, locked);
    }

    /// From here on records that neither the journal nor `book.ron` knows of are taken as they are.
    fn watch(&mut self) {
        let touched = self.entries.iter().flat_map(|entry| entry.change.edits()).map(Edit::key);
        self.watched = Some(touched.chain(self.candidates.keys().copied()).collect());
    }

    fn read_months(&mut self, reading: &dyn Fn(Month)) {
        let mut files = Vec::new();
        for (folder, id) in [(SESSIONS, FileId::Sessions as fn(_) -> FileId), (MONEY, FileId::Money as fn(_) -> FileId)]
        {
            for path in self.list(folder) {
                match month_from_path(&path) {
                    Some(month) => files.push(id(month)),
                    None => self.find(&path, None, None, What::Stranger, false),
                }
            }
        }
        let (disk, dir) = (self.disk, self.dir);
        ahead::in_order(
            &files,
            Words::default,
            |words, file| fetch(disk, dir, *file, words),
            |file, fetched| {
                if let Some(month) = file.month() {
                    reading(month);
                }
                self.take(*file, fetched);
            },
        );
    }

    /// The RON files of a folder, inside the Book's folder.
    fn list(&mut self, folder: &'static str) -> Vec<PathBuf> {
        match self.disk.list(&self.dir.join(folder)) {
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
                self.unlisted.insert(folder);
                Vec::new()
            }
        }
    }

    fn read_file(&mut self, id: FileId) {
        let fetched = fetch(self.disk, self.dir, id, &mut self.words);
        self.take(id, fetched);
    }

    fn take(&mut self, id: FileId, fetched: Fetched) {
        let path = id.path();
        let mut state = FileState { exists: true, ..FileState::default() };
        match fetched {
            Fetched::Nothing => return,
            Fetched::Refused(what) => {
                self.find(&path, None, None, what, true);
                state.faulty = true;
            }
            Fetched::Read { read, linked } => {
                if linked {
                    self.find(&path, None, None, What::Link, true);
                    state.locked = true;
                }
                if read.changed {
                    self.find(&path, None, None, What::Changed, false);
                }
                if let Some(schema) = read.newer {
                    self.is_newer(&path, schema);
                }
                state.faulty = read.newer.is_some() || !read.faults.is_empty();
                state.schema = read.header.as_ref().map(|header| header.schema);
                state.through = read.header.and_then(|header| header.through).unwrap_or(0);
                state.comments = read.comments;
                for fault in read.faults {
                    self.find_fault(&path, fault, true);
                }
                state.locked |= self.take_records(id, state.through, read.records);
            }
        }
        state.locked |= state.faulty;
        self.files.insert(id, state);
    }

    /// Takes the records of a file. Says whether it holds a line that must stay.
    fn take_records(&mut self, id: FileId, through: u64, records: Vec<(usize, Record)>) -> bool {
        let mut locked = false;
        let mut plain = Vec::new();
        for (line, record) in records {
            let is_plain = self.watched.as_ref().is_some_and(|watched| !watched.contains(&record.key()));
            if is_plain && self.met.note(&record) {
                self.expect_at_home(id, &record);
                plain.push(Edit::create(record));
            } else {
                locked |= self.offer(id, line, through, record);
            }
        }
        // A month keeps them by id: in that order none has to be moved for another.
        plain.sort_unstable_by_key(Edit::key);
        self.book.apply(&Change::new(plain));
        locked
    }

    fn expect_at_home(&mut self, file: FileId, record: &Record) {
        let home = FileId::of(record);
        if home != file {
            self.dirty.extend([file, home]);
        }
    }

    /// Records that stand in two places though the journal knows of neither are looked at once more, with their lines.
    fn settle_doubles(&mut self) {
        let doubled = std::mem::take(&mut self.met).doubled();
        if doubled.is_empty() {
            return;
        }
        let months: Vec<FileId> = self.files.keys().copied().filter(|file| file.month().is_some()).collect();
        for file in months {
            let Fetched::Read { read, .. } = fetch(self.disk, self.dir, file, &mut self.words) else { continue };
            let through = self.files.get(&file).map_or(0, |state| state.through);
            for (line, record) in read.records.into_iter().filter(|(_, record)| doubled.contains(&record.key())) {
                let taken_out = Edit::from_sides(Some(record.clone()), None);
                self.book.apply(&Change::new(taken_out.into_iter().collect()));
                let locked = self.offer(file, line, through, record);
                if let Some(state) = self.files.get_mut(&file) {
                    state.locked |= locked;
                }
            }
        }
    }

    fn is_newer(&mut self, path: &Path, schema: u32) {
        self.find(path, None, None, What::NewerSchema(schema), true);
        self.newer.get_or_insert_with(|| (path.to_owned(), schema));
    }

    /// Takes a record of a file, unless a newer one is known. Says whether the file now holds a line that nothing
    /// tells to be older: that line must stay.
    fn offer(&mut self, file: FileId, line: usize, sequence: u64, record: Record) -> bool {
        self.expect_at_home(file, &record);
        let candidate = Candidate { sequence, record, place: Some((file, line)) };
        match self.candidates.entry(candidate.record.key()) {
            hash_map::Entry::Vacant(slot) => {
                slot.insert(candidate);
                false
            }
            hash_map::Entry::Occupied(mut slot) => {
                let (newer, older) = if slot.get().sequence <= sequence {
                    let older = slot.insert(candidate);
                    (slot.get(), older)
                } else {
                    (slot.get(), candidate)
                };
                let unsettled = older.sequence == newer.sequence && older.record != newer.record;
                let (Some((old_file, old_line)), Some((other, _))) = (older.place, newer.place) else { return false };
                self.dirty.insert(old_file);
                if unsettled {
                    let what = What::Twice { record: kind_of(&older.record).to_owned(), other: other.path() };
                    self.findings.push(Finding {
                        file: old_file.path(),
                        line: Some(old_line),
                        column: None,
                        what,
                        locked: true,
                    });
                    if let Some(state) = self.files.get_mut(&old_file) {
                        state.locked = true;
                    }
                }
                unsettled && old_file == file
            }
        }
    }
}

/// What a file of the Book holds, as it was found.
enum Fetched {
    Nothing,
    Refused(What),
    Read {
        read: FileRead,
        /// Whether it is a link to a file elsewhere.
        linked: bool,
    },
}

fn fetch(disk: &dyn Disk, dir: &Path, file: FileId, words: &mut Words) -> Fetched {
    match get(disk, &dir.join(file.path()), LARGEST_FILE) {
        Got::Nothing => Fetched::Nothing,
        Got::Refused(what) => Fetched::Refused(what),
        Got::Bytes { bytes, linked } => Fetched::Read { read: read_file_sharing(&bytes, words), linked },
    }
}

fn kind_of(record: &Record) -> &'static str {
    match record {
        Record::Settings(_) => "The settings",
        Record::Platform(_) => "A platform",
        Record::Project(_) => "A project",
        Record::Terms(_) => "Terms",
        Record::Schedule(_) => "A schedule",
        Record::Route(_) => "A route",
        Record::Rate(_) => "An exchange rate",
        Record::Bill(_) => "A bill",
        Record::Seen(_) => "What was seen",
        Record::Session(_) => "A session",
        Record::Earning(_) => "An earning",
        Record::Payout(_) => "A payout",
    }
}
