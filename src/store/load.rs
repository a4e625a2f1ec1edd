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

use std::collections::hash_map;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::newest::Frozen;
use super::files::{FileId, JOURNAL, MONEY, SESSIONS, month_from_path, segment_from_path};
use super::finding::{Finding, What};
use super::journal::{self, SegmentRead};
use super::line::{self, Fault};
use crate::domain::book::Book;
use crate::domain::change::{Key, Record};
use crate::domain::history::Entry;
use crate::domain::settings::Settings;
use crate::domain::span::{Month, Timestamp, Zone};
use crate::ports::Disk;

pub(super) mod newest;
mod settle;

/// How often a disk is asked again that only says that it was interrupted.
const MOST_SIGNALS: usize = 100;

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
    /// `through` of `book.ron`: every file that is not locked holds all changes up to it.
    pub through: u64,
}

/// One file of the Book.
#[derive(Debug, Clone, Default)]
pub(super) struct FileState {
    /// Every change up to this sequence is in it.
    pub through: u64,
    /// Its comments.
    pub comments: Vec<String>,
    /// It must not be rewritten.
    pub locked: bool,
    /// Some of it can't be read; the journal may know what stood there.
    pub faulty: bool,
    /// It is on the disk.
    pub exists: bool,
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
    let mut loading = Loading::new(disk, dir);
    loading.frozen = frozen;
    loading.read_files(reading);
    loading.read_journal();
    loading.look_for_missing();
    loading.replay();
    loading.finish(defaults)
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
    candidates: HashMap<Key, Candidate>,
    /// The kinds of tasks that were met.
    words: BTreeSet<Arc<str>>,
    entries: Vec<Arc<Entry>>,
    unread_entries: u64,
    tail: Tail,
    is_new: bool,
    /// The journal as it stood at a first look, where it is read from that.
    frozen: Option<Frozen>,
}

impl<'a> Loading<'a> {
    fn new(disk: &'a dyn Disk, dir: &'a Path) -> Self {
        Self {
            disk,
            dir,
            findings: Vec::new(),
            newer: None,
            unread: None,
            files: BTreeMap::new(),
            dirty: BTreeSet::new(),
            candidates: HashMap::new(),
            words: BTreeSet::new(),
            entries: Vec::new(),
            unread_entries: 0,
            tail: Tail::default(),
            is_new: false,
            frozen: None,
        }
    }

    fn find(&mut self, file: &Path, line: Option<usize>, column: Option<usize>, what: What, locked: bool) {
        self.findings.push(Finding { file: file.to_owned(), line, column, what, locked });
    }

    fn find_fault(&mut self, file: &Path, fault: Fault, locked: bool) {
        self.find(file, Some(fault.line), fault.column, fault.what, locked);
    }

    /// The bytes of a file; `None` where it is not there or can't be read, which is a finding.
    fn bytes(&mut self, path: &Path) -> Option<Result<Vec<u8>, ()>> {
        if let Some(bytes) = self.frozen.as_ref().and_then(|frozen| frozen.get(path)) {
            return Some(Ok(bytes.clone()));
        }
        match uninterrupted(|| self.disk.read(&self.dir.join(path))) {
            Ok(bytes) => Some(Ok(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                self.find(path, None, None, What::Unreadable(error.to_string()), true);
                Some(Err(()))
            }
        }
    }

    fn read_files(&mut self, reading: &dyn Fn(Month)) {
        self.read_file(FileId::Book);
        for (folder, id) in [(SESSIONS, FileId::Sessions as fn(_) -> FileId), (MONEY, FileId::Money as fn(_) -> FileId)]
        {
            for path in self.list(folder) {
                match month_from_path(&path) {
                    Some(month) => {
                        reading(month);
                        self.read_file(id(month));
                    }
                    None => self.find(&path, None, None, What::Stranger, false),
                }
            }
        }
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

    fn read_file(&mut self, id: FileId) {
        let path = id.path();
        let mut state = FileState { exists: true, ..FileState::default() };
        match self.bytes(&path) {
            None => return,
            Some(Err(())) => {
                state.faulty = true;
                if id == FileId::Book {
                    self.unread.get_or_insert(path);
                }
            }
            Some(Ok(bytes)) => {
                let read = line::read_file(&bytes);
                if let Some(schema) = read.newer {
                    self.is_newer(&path, schema);
                }
                state.faulty = read.newer.is_some() || !read.faults.is_empty();
                state.through = read.header.and_then(|header| header.through).unwrap_or(0);
                state.comments = read.comments;
                for fault in read.faults {
                    self.find_fault(&path, fault, true);
                }
                for (line, mut record) in read.records {
                    self.share_words(&mut record);
                    state.locked |= self.offer(id, line, state.through, record);
                }
            }
        }
        state.locked |= state.faulty;
        self.files.insert(id, state);
    }

    /// Lets a session share its kind of task with those before it: there are few, and many sessions.
    fn share_words(&mut self, record: &mut Record) {
        if let Record::Session(session) = record
            && let Some(task_type) = Arc::get_mut(session).and_then(|session| session.task_type.as_mut())
        {
            match self.words.get(task_type) {
                Some(known) => *task_type = Arc::clone(known),
                None => _ = self.words.insert(Arc::clone(task_type)),
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
        let home = FileId::of(&record);
        if home != file {
            self.dirty.extend([file, home]);
        }
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

    fn read_journal(&mut self) {
        let device = self.disk.device();
        let mut names: Vec<(String, u64, PathBuf)> = Vec::new();
        let paths = match &self.frozen {
            Some(frozen) => frozen.keys().cloned().collect(),
            None => self.list(JOURNAL),
        };
        for path in paths {
            match segment_from_path(&path) {
                Some((device, first)) => names.push((device, first, path)),
                None => self.find(&path, None, None, What::Stranger, false),
            }
        }
        names.sort_unstable();
        let through = self.files.get(&FileId::Book).map_or(0, |state| state.through);
        let mut names = names.into_iter().peekable();
        while let Some((by, _, path)) = names.next() {
            let next = names.peek().filter(|(next, ..)| *next == by).map(|(_, first, _)| *first);
            let is_read = self.read_segment(&path, by == device, next.is_none());
            if !is_read && next.is_none_or(|next| next > through + 1) {
                self.unread.get_or_insert(path);
            }
        }
        self.is_new = self.files.is_empty() && self.tail.segments.is_empty();
        self.entries.sort_by_key(|entry| (entry.sequence, entry.at));
        self.entries.dedup();
    }

    /// Reads a segment, unless the system will not; says whether it did.
    fn read_segment(&mut self, path: &Path, own: bool, is_last: bool) -> bool {
        let mut segment =
            Segment { path: path.to_owned(), own, damaged: false, last_at: None, touches: BTreeMap::new() };
        match self.bytes(path) {
            None => return true,
            Some(Err(())) => {
                self.tail.segments.push(Segment { damaged: true, ..segment });
                return false;
            }
            Some(Ok(bytes)) => {
                let mut read = journal::read_segment(&bytes);
                if let Some(schema) = read.newer {
                    self.is_newer(path, schema);
                    segment.damaged = true;
                }
                // A header that is broken though its line has an end was not cut off in writing.
                let begun = read.header.is_some() || !bytes.contains(&b'\n');
                let torn = is_last && begun && !read.tail_faults.is_empty();
                if torn {
                    let first = read.tail_faults.drain(..).next();
                    if let Some(fault) = first {
                        let what = What::Torn(fault.what.to_string());
                        self.find(path, Some(fault.line), fault.column, what, false);
                    }
                }
                read.faults.append(&mut read.tail_faults);
                segment.damaged |= !read.faults.is_empty();
                for fault in std::mem::take(&mut read.faults) {
                    self.unread_entries += 1;
                    let is_plain = matches!(fault.what, What::JournalLine(_) | What::Header(_));
                    let what = if is_plain { fault.what } else { What::JournalLine(fault.what.to_string()) };
                    self.find(path, Some(fault.line), fault.column, what, false);
                }
                for entry in &read.entries {
                    segment.note(entry);
                }
                if own && is_last && begun && read.newer.is_none() {
                    self.tail.current = self.going_on(path, &read, &bytes);
                }
                self.entries.extend(read.entries.into_iter().map(Arc::new));
            }
        }
        self.tail.segments.push(segment);
        true
    }

    /// The last segment of this device, where it can be gone on with: it was not closed by a checkpoint, or its torn
    /// end must be put aside.
    fn going_on(&self, path: &Path, read: &SegmentRead, bytes: &[u8]) -> Option<Current> {
        let through = self.files.get(&FileId::Book).map_or(0, |state| state.through);
        let torn = bytes.get(read.good_len..).unwrap_or_default().to_vec();
        let last = read.entries.iter().map(|entry| entry.sequence).max();
        let closed = last.is_some_and(|last| last <= through) && torn.is_empty();
        // Without a header only an empty segment can be gone on with: there it is written anew.
        let zone = match &read.header {
            Some(header) => header.zone.0,
            None if read.good_len == 0 => chrono_tz::UTC,
            None => return None,
        };
        (!closed).then(|| Current { path: path.to_owned(), zone, len: read.good_len, unended: read.unended, torn })
    }
}

/// Asks again where a signal came in between: that says nothing of the disk.
fn uninterrupted<T>(ask: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let mut answers = std::iter::repeat_with(ask).take(MOST_SIGNALS);
    let other = answers.find(|answer| !answer.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::Interrupted));
    other.unwrap_or_else(|| Err(io::ErrorKind::Interrupted.into()))
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
