//! Settling: from the records of the files and the changes of the journal to one state of each record.
//!
//! Pure: everything was read before. What is missing or lost is a finding, and nothing is put in its place.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::{Candidate, FileState, Loaded, Loading, OnDisk};
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::span::Timestamp;
use crate::ports::Disk;
use crate::store::files::{FileId, JOURNAL, MONEY, SESSIONS, month_from_path};
use crate::store::finding::What;
use crate::store::journal::KEEP_DAYS;
use crate::store::mend;
use crate::store::record::SCHEMA;

impl Loading<'_> {
    /// Files that must be there: `book.ron` stands before the first change, and its header vouches for the months. A
    /// month keeps its file for good, so that one which any backup has must be here too.
    pub(super) fn look_for_missing(&mut self) {
        if (self.files.is_empty() && self.tail.segments.is_empty()) || self.unread.is_some() {
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
                let mut homes: BTreeSet<FileId> = homes.into_values().collect();
                homes.extend(known_to_backups(self.disk, self.dir));
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
                // Where two devices wrote at once, a file may be the other's: ours count whatever it says it is past.
                let is_ours = self.others.fork.is_some_and(|fork| entry.sequence >= fork);
                self.replay_edit(entry.sequence, edit, is_ours);
            }
        }
        self.entries = entries;
    }

    fn through(&self, file: FileId) -> u64 {
        self.files.get(&file).map_or(0, |state| state.through)
    }

    fn replay_edit(&mut self, sequence: u64, edit: &Edit, counts_anyway: bool) {
        for file in FileId::touched(edit) {
            if counts_anyway || sequence > self.through(file) {
                self.dirty.insert(file);
            }
        }
        let known = self.candidates.get(&edit.key());
        if !counts_anyway && known.is_some_and(|known| known.sequence >= sequence && known.place.is_some()) {
            return;
        }
        if let Some((file, _)) = known.and_then(|known| known.place) {
            self.dirty.insert(file);
        }
        // Where the file of the after-state is past this change, the file knows better, even that it is gone; unless
        // a line of it can't be read: then that may have been this record.
        let counts = |after: &&Record| {
            let file = self.files.get(&FileId::of(after));
            counts_anyway || file.is_none_or(|state| sequence > state.through || state.faulty)
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
        // What is not replayed leaves no gap.
        let replayed = self.entries.iter().map(|entry| (entry.sequence, Some(entry.at)));
        let mut all: Vec<_> = replayed.chain(self.others.aside.iter().map(|sequence| (*sequence, None))).collect();
        all.sort_unstable();
        if let Some((first, _)) = all.first() {
            last = last.min(first.saturating_sub(1));
        }
        let mut found: Vec<What> = self.others.fork.map(What::SequenceTwice).into_iter().collect();
        let mut last_replayed = false;
        for (sequence, at) in all {
            if sequence == last && at.is_some() && last_replayed {
                found.push(What::SequenceTwice(last));
            }
            let gap = sequence.saturating_sub(last + 1);
            let is_old = before.zip(oldest_kept).is_some_and(|(before, oldest)| before < oldest);
            before = at.or(before);
            if is_old && sequence <= through + 1 {
                // Segments were dropped here.
            } else if gap > unread {
                found.push(What::ChangesMissing { first: last + 1, last: sequence - 1 });
            } else {
                unread -= gap;
            }
            (last, last_replayed) = (sequence, at.is_some());
        }
        for what in found {
            self.find(Path::new(JOURNAL), None, None, what, false);
        }
    }

    pub(super) fn finish(self) -> Loaded {
        let mut book = self.book.whole();
        let records = self.candidates.into_values().map(|candidate| Edit::create(candidate.record)).collect();
        book.apply(&Change::new(records));

        let through = self.files.get(&FileId::Book).map_or(0, |state| state.through);
        let last_in_files = self.files.values().map(|state| state.through).max().unwrap_or(0);
        let aside = self.others.aside.iter().copied().max().unwrap_or(0);
        let last_in_journal =
            self.entries.last().map_or(0, |entry| entry.sequence).saturating_add(self.unread_at_end).max(aside);
        let mut tail = self.tail;
        tail.through = through;
        tail.since_checkpoint = self.entries.iter().filter(|entry| entry.sequence > through).count();
        let read_only = self.newer.map(newer).or(self.unread.as_deref().map(unread));
        let on_disk = OnDisk { written: book.clone(), files: self.files, dirty: self.dirty, through };
        tail.unfiled = self.entries.iter().filter(|entry| !on_disk.holds(entry)).cloned().collect();
        Loaded {
            entries: self.entries,
            last_sequence: last_in_files.max(last_in_journal),
            findings: self.findings,
            read_only,
            older: on_disk.older(),
            on_disk,
            tail,
            book,
        }
    }
}

/// The months of all backups: the newest may have been made after a month went. One that can't be read says nothing.
fn known_to_backups(disk: &dyn Disk, dir: &Path) -> BTreeSet<FileId> {
    let kinds = [(SESSIONS, FileId::Sessions as fn(_) -> FileId), (MONEY, FileId::Money as fn(_) -> FileId)];
    let mut months = BTreeSet::new();
    for backup in mend::backups(disk, dir).unwrap_or_default() {
        for (folder, id) in kinds {
            let paths = disk.list(&backup.join(folder)).unwrap_or_default();
            months.extend(paths.iter().filter_map(|path| month_from_path(path)).map(id));
        }
    }
    months
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
