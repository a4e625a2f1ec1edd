//! Settling: from the records of the files and the changes of the journal to one state of each record.
//!
//! Pure: everything was read before. What is missing or lost is a finding, and nothing is put in its place.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;

use super::{Candidate, FileState, Loaded, Loading, OnDisk};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::settings::Settings;
use crate::domain::span::Timestamp;
use crate::store::files::{FileId, JOURNAL};
use crate::store::finding::What;
use crate::store::journal::KEEP_DAYS;
use crate::store::record::SCHEMA;

impl Loading<'_> {
    /// Files that must be there: `book.ron` stands before the first change, and its header vouches for the months.
    pub(super) fn look_for_missing(&mut self) {
        if self.is_new || self.unread.is_some() {
            return;
        }
        let mut missing = Vec::new();
        let through = self.files.get(&FileId::Book).map(|state| state.through);
        match through {
            None => missing.push(FileId::Book),
            Some(through) => {
                let mut homes: HashMap<Key, FileId> = HashMap::new();
                let checkpointed = self.entries.iter().take_while(|entry| entry.sequence <= through);
                for edit in checkpointed.flat_map(|entry| entry.change.edits()) {
                    match edit.after() {
                        Some(after) => homes.insert(edit.key(), FileId::of(after)),
                        None => homes.remove(&edit.key()),
                    };
                }
                let homes: BTreeSet<FileId> = homes.into_values().collect();
                missing.extend(homes.into_iter().filter(|file| !self.files.contains_key(file)));
            }
        }
        for file in missing {
            self.find(&file.path(), None, None, What::Missing, true);
            self.files.insert(file, FileState { locked: true, faulty: true, ..FileState::default() });
        }
    }

    pub(super) fn replay(&mut self) {
        self.look_for_gaps();
        self.replay_entries();
    }

    pub(super) fn replay_entries(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        for entry in &entries {
            for edit in entry.change.edits() {
                self.replay_edit(entry.sequence, edit);
            }
        }
        self.entries = entries;
    }

    fn through(&self, file: FileId) -> u64 {
        self.files.get(&file).map_or(0, |state| state.through)
    }

    fn replay_edit(&mut self, sequence: u64, edit: &Edit) {
        for file in FileId::touched(edit) {
            if sequence > self.through(file) {
                self.dirty.insert(file);
            }
        }
        let known = self.candidates.get(&edit.key());
        if known.is_some_and(|known| known.sequence >= sequence && known.place.is_some()) {
            return;
        }
        if let Some((file, _)) = known.and_then(|known| known.place) {
            self.dirty.insert(file);
        }
        // Where the file of the after-state is past this change, the file knows better, even that it is gone; unless
        // a line of it can't be read: then that may have been this record.
        let counts = |after: &&Record| {
            self.files.get(&FileId::of(after)).is_none_or(|state| sequence > state.through || state.faulty)
        };
        match edit.after().filter(counts) {
            Some(after) => {
                let candidate = Candidate { sequence, record: after.clone(), place: None };
                self.candidates.insert(edit.key(), candidate);
            }
            None => {
                self.candidates.remove(&edit.key());
            }
        }
    }

    /// Sequences that are nowhere. What is old and in the files may have been dropped, whatever of it is left.
    fn look_for_gaps(&mut self) {
        let newest = self.entries.iter().map(|entry| entry.at).max();
        let oldest_kept = newest.and_then(|newest| newest.checked_sub_signed(TimeDelta::days(KEEP_DAYS)));
        let through = self.through(FileId::Book);
        let mut before: Option<Timestamp> = None;
        let mut unread = self.unread_entries;
        let mut last = self.files.values().map(|state| state.through).max().unwrap_or(0);
        if let Some(first) = self.entries.first() {
            last = last.min(first.sequence.saturating_sub(1));
        }
        let mut found = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if at > 0 && entry.sequence == last {
                found.push(What::SequenceTwice(last));
            }
            let gap = entry.sequence.saturating_sub(last + 1);
            let is_old = before.zip(oldest_kept).is_some_and(|(before, oldest)| before < oldest);
            before = Some(entry.at);
            if is_old && entry.sequence <= through + 1 {
                // Segments were dropped here.
            } else if gap > unread {
                found.push(What::ChangesMissing { first: last + 1, last: entry.sequence - 1 });
            } else {
                unread -= gap;
            }
            last = entry.sequence;
        }
        for what in found {
            self.find(Path::new(JOURNAL), None, None, what, false);
        }
    }

    pub(super) fn finish(mut self, defaults: Settings) -> Loaded {
        let known = self.candidates.remove(&Key::Settings).map(|candidate| candidate.record);
        let settings =
            if let Some(Record::Settings(settings)) = known { Arc::unwrap_or_clone(settings) } else { defaults };
        let mut book = Book::new(settings);
        let records = self.candidates.into_values().map(|candidate| Edit::create(candidate.record)).collect();
        book.apply(&Change::new(records));

        let through = self.files.get(&FileId::Book).map_or(0, |state| state.through);
        let last_in_files = self.files.values().map(|state| state.through).max().unwrap_or(0);
        let last_in_journal = self.entries.last().map_or(0, |entry| entry.sequence);
        self.tail.through = through;
        self.tail.since_checkpoint = self.entries.iter().filter(|entry| entry.sequence > through).count();
        Loaded {
            entries: self.entries,
            last_sequence: last_in_files.max(last_in_journal),
            findings: self.findings,
            read_only: self.newer.map(newer).or(self.unread.as_deref().map(unread)),
            on_disk: OnDisk { written: book.clone(), files: self.files, dirty: self.dirty, through },
            tail: self.tail,
            book,
        }
    }
}

/// Why a Book is not written that a newer version wrote.
fn newer((path, schema): (PathBuf, u32)) -> String {
    format!(
        "This book was written by a newer version of TrueRate (schema {schema}; this one reads up to {SCHEMA}), so it \
         is open for reading only: {}",
        path.display()
    )
}

/// Why a Book is not written where the system would not read what everything hangs on: new changes would take the numbers
/// of those that can't be seen, and files would vouch for what they never held.
fn unread(path: &Path) -> String {
    format!(
        "A part of this book can’t be read now, so it is open for reading only and nothing is written over it. Open it \
         again when the disk answers, or mend this: {}",
        path.display()
    )
}
