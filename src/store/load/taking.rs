//! The files: what was read of each becomes a part of the Book at once, or waits for the journal to settle it.

use std::collections::{HashSet, hash_map};
use std::path::Path;

use ahash::RandomState;

use super::get::{Got, LARGEST_FILE, get};
use super::{Candidate, FileState, Loading};
use crate::domain::ahead;
use crate::domain::book::OfMonth;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::ids::SessionId;
use crate::domain::span::Month;
use crate::ports::Disk;
use crate::store::files::{FileId, MONEY, SESSIONS, month_from_path};
use crate::store::finding::{Finding, What};
use crate::store::line::{FileRead, Words, read_file_sharing};

/// No Book has more changes: a number past it is a fault of the file.
const LAST_SEQUENCE: u64 = u64::MAX >> 1;

impl Loading<'_> {
    /// The records that the journal or `book.ron` knows of.
    fn watched(&self) -> Watched {
        let touched = self.entries.iter().flat_map(|entry| entry.change.edits()).map(Edit::key);
        let mut watched = Watched::default();
        for key in touched.chain(self.candidates.keys().copied()) {
            if let Key::Session(id) = key {
                watched.sessions.insert(id);
            } else {
                watched.others.insert(key);
            }
        }
        watched
    }

    /// Reads the months. What neither the journal nor `book.ron` knows of is taken as it is.
    pub(super) fn read_months(&mut self, reading: &dyn Fn(Month)) {
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
        let watched = self.watched();
        ahead::in_order(
            &files,
            Words::default,
            |words, file| {
                let mut fetched = fetch(disk, dir, *file, words);
                (fetched.plain_sessions(*file, &watched), fetched)
            },
            |file, (plain, fetched)| {
                if let Some(month) = file.month() {
                    reading(month);
                }
                if let Some(of_month) = plain {
                    self.met.note_sessions(of_month.ids());
                    self.book.take(of_month);
                }
                self.take(*file, fetched, Some(&watched));
            },
        );
    }

    pub(super) fn read_file(&mut self, id: FileId) {
        let fetched = fetch(self.disk, self.dir, id, &mut self.words);
        self.take(id, fetched, None);
    }

    /// Takes over what was read of a file; where it is told what is watched, the rest as it is.
    fn take(&mut self, id: FileId, fetched: Fetched, watched: Option<&Watched>) {
        let path = id.path();
        let mut state = FileState { exists: true, ..FileState::default() };
        match fetched {
            Fetched::Nothing => return,
            Fetched::Refused(what) => {
                self.find(&path, None, None, what, true);
                state.faulty = true;
                if id == FileId::Book {
                    self.unread.get_or_insert(path);
                }
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
                state.through = read.header.and_then(|header| header.through).unwrap_or(0).min(LAST_SEQUENCE);
                if read.changed || !read.faults.is_empty() {
                    state.through = state.through.min(self.vouched_for(id));
                }
                state.comments = read.comments;
                for fault in read.faults {
                    self.find_fault(&path, fault, true);
                }
                state.locked |= self.take_records(id, state.through, read.records, watched);
            }
        }
        state.locked |= state.faulty;
        self.files.insert(id, state);
    }

    /// Takes the records of a file. Says whether it holds a line that must stay.
    fn take_records(
        &mut self,
        id: FileId,
        through: u64,
        records: Vec<(usize, Record)>,
        watched: Option<&Watched>,
    ) -> bool {
        let mut locked = false;
        let mut plain = Vec::new();
        for (line, record) in records {
            let is_plain = watched.is_some_and(|watched| !watched.has(&record));
            if is_plain && self.met.note(&record) {
                self.expect_at_home(id, &record);
                plain.push(Edit::create(record));
            } else {
                locked |= self.offer(id, line, through, record);
            }
        }
        self.book.apply(&Change::new(plain));
        locked
    }

    /// Up to where a header can be believed whose checksum is wrong: a month's is never far past that of `book.ron`. What
    /// it holds already is replayed once more, which changes nothing.
    fn vouched_for(&self, id: FileId) -> u64 {
        let book = self.files.get(&FileId::Book).filter(|book| id != FileId::Book && book.exists && !book.faulty);
        book.map_or(LAST_SEQUENCE, |book| book.through)
    }

    /// Tells of a `book.ron` that was changed and names a change which the journal doesn't know: what the journal alone
    /// has may be taken for old.
    pub(super) fn doubt_book(&mut self) {
        let known = self.entries.iter().map(|entry| entry.sequence).chain(self.others.aside.iter().copied()).max();
        let path = FileId::Book.path();
        let is_changed = self.findings.iter().any(|found| found.file == path && found.what == What::Changed);
        let (Some(known), Some(state), true) = (known, self.files.get_mut(&FileId::Book), is_changed) else { return };
        if state.through > known {
            (state.faulty, state.locked) = (true, true);
            let why = format!("it names change {}, and the journal ends with {known}", state.through);
            self.find(&path, Some(1), None, What::Header(why), true);
        }
    }

    fn expect_at_home(&mut self, file: FileId, record: &Record) {
        let home = FileId::of(record);
        if home != file {
            self.dirty.extend([file, home]);
        }
    }

    /// Records that stand in two places though the journal knows of neither are looked at once more, with their lines.
    pub(super) fn settle_doubles(&mut self) {
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

/// Records that something else knows of than the file of their month. Sessions apart: most often there are none.
#[derive(Default)]
pub(super) struct Watched {
    sessions: HashSet<SessionId, RandomState>,
    others: HashSet<Key>,
}

impl Watched {
    fn has(&self, record: &Record) -> bool {
        if let Record::Session(session) = record {
            self.sessions.contains(&session.id)
        } else {
            self.others.contains(&record.key())
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

impl Fetched {
    /// Takes the sessions out that stand in the file of their month and are not watched.
    fn plain_sessions(&mut self, file: FileId, watched: &Watched) -> Option<OfMonth> {
        let (Self::Read { read, .. }, FileId::Sessions(month)) = (self, file) else { return None };
        let is_plain = |(_, record): &mut (usize, Record)| {
            let Record::Session(session) = record else { return false };
            Month::of(session.started_at) == month && !watched.sessions.contains(&session.id)
        };
        let plain = read.records.extract_if(.., is_plain);
        let sessions =
            plain.filter_map(|(_, record)| if let Record::Session(session) = record { Some(session) } else { None });
        Some(OfMonth::of(month, sessions.collect()))
    }
}

fn fetch(disk: &dyn Disk, dir: &Path, file: FileId, words: &mut Words) -> Fetched {
    match get(disk, &dir.join(file.path()), LARGEST_FILE) {
        Got::Nothing => Fetched::Nothing,
        Got::Refused(what) => Fetched::Refused(what),
        Got::Bytes { bytes, linked } => Fetched::Read { read: read_file_sharing(&bytes, words), linked },
    }
}

pub(in crate::store) fn kind_of(record: &Record) -> &'static str {
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
        Record::Movement(_) => "A movement",
    }
}
