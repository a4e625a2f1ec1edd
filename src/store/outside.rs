//! What others made of the files, held against the open Book: a Book of theirs, and by record what differs.
//!
//! A file of theirs stands for all records that live in it; their journal for the records that it names. What they have
//! and we had before is no difference: they have not seen our change yet, and ours stands. Reading only; nothing is
//! changed, and no file that can't be read whole counts as looked through.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::checkpoint::records_of;
use super::files::{FileId, JOURNAL, Named};
use super::finding::{Finding, What};
use super::journal::read_segment;
use super::line::{Words, read_file_sharing};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::history::Entry;
use crate::domain::query::differs::{Changed, Differences};
use crate::ports::{Compared, Disk, OutsideFile, Times, Touched};

/// Reads files that others touched and compares them with the open Book.
#[must_use]
pub fn compare(disk: &dyn Disk, dir: &Path, ours: &Book, outside: &[OutsideFile]) -> Compared {
    let mut comparing =
        Comparing { disk, dir, compared: Compared::default(), files: BTreeMap::new(), entries: Vec::new() };
    let own = comparing.own_entries(outside);
    for file in outside {
        comparing.read(file, &own);
    }
    comparing.finish(ours, &own)
}

/// So many bytes from the first, or all.
fn begin(bytes: &[u8], known: Option<u64>) -> &[u8] {
    known.map_or(bytes, |known| usize::try_from(known).ok().and_then(|known| bytes.get(..known)).unwrap_or(bytes))
}

/// A file of theirs.
struct Theirs {
    through: u64,
    records: Vec<Record>,
    /// Whether all of it could be read: then what is not in it is gone.
    whole: bool,
}

struct Comparing<'a> {
    disk: &'a dyn Disk,
    dir: &'a Path,
    compared: Compared,
    files: BTreeMap<FileId, Theirs>,
    /// Their changes, by sequence.
    entries: Vec<Arc<Entry>>,
}

impl Comparing<'_> {
    /// The changes of the segments, as far as nobody else touched them.
    fn own_entries(&self, outside: &[OutsideFile]) -> Vec<Arc<Entry>> {
        let paths = self.disk.list(&self.dir.join(JOURNAL)).unwrap_or_default();
        let mut entries = Vec::new();
        for path in paths {
            let Ok(inside) = path.strip_prefix(self.dir) else { continue };
            if !matches!(Named::of(inside), Some(Named::Segment(..))) {
                continue;
            }
            let Ok(bytes) = self.disk.read(&path) else { continue };
            let known = outside.iter().find(|file| file.path == inside).map(|file| file.known);
            entries.extend(read_segment(begin(&bytes, known)).entries.into_iter().map(Arc::new));
        }
        entries.sort_by_key(|entry| (entry.sequence, entry.at));
        entries
    }

    fn find(&mut self, file: &OutsideFile, line: Option<usize>, column: Option<usize>, what: What) {
        let finding = Finding { file: file.path.clone(), line, column, what, locked: false };
        self.compared.unreadable.push(finding.to_string());
    }

    fn read(&mut self, file: &OutsideFile, own: &[Arc<Entry>]) {
        let Some(named) = Named::of(&file.path) else { return };
        if file.what == Touched::Missing {
            self.compared.looked.files.push(file.clone());
            return;
        }
        let bytes = match self.disk.read(&self.dir.join(&file.path)) {
            // It moved on since it was found: the next look finds it as it is.
            Ok(bytes) if Some(crc32fast::hash(&bytes)) != file.checksum => return,
            Ok(bytes) => bytes,
            Err(error) => return self.find(file, None, None, What::Unreadable(error.to_string())),
        };
        match named {
            Named::Segment(..) | Named::SegmentCopy(..) => self.read_entries(file, &bytes, own),
            Named::File(id) | Named::Copy(id) => self.read_records(file, id, &bytes),
        }
    }

    fn read_entries(&mut self, file: &OutsideFile, bytes: &[u8], own: &[Arc<Entry>]) {
        let read = read_segment(bytes);
        if let Some(schema) = read.newer {
            return self.find(file, None, None, What::NewerSchema(schema));
        }
        // The end may still be under way; what is broken for good is told at the next opening.
        for fault in read.faults {
            self.find(file, Some(fault.line), fault.column, fault.what);
        }
        let known = read_segment(begin(bytes, Some(file.known))).entries.len();
        let news = read.entries.into_iter().skip(known).filter(|entry| {
            let from = own.partition_point(|known| known.sequence < entry.sequence);
            let mut alike = own.iter().skip(from).take_while(|known| known.sequence == entry.sequence);
            alike.all(|known| **known != *entry)
        });
        self.entries.extend(news.map(Arc::new));
        self.compared.looked.files.push(file.clone());
    }

    fn read_records(&mut self, file: &OutsideFile, id: FileId, bytes: &[u8]) {
        // Two versions of one file are compared one after the other.
        if self.files.contains_key(&id) {
            return;
        }
        let read = read_file_sharing(bytes, &mut Words::default());
        if let Some(schema) = read.newer {
            return self.find(file, None, None, What::NewerSchema(schema));
        }
        let whole = read.faults.is_empty();
        for fault in read.faults {
            self.find(file, Some(fault.line), fault.column, fault.what);
        }
        let (looked, broken) = (&mut self.compared.looked.files, &mut self.compared.broken);
        if whole { looked } else { broken }.push(file.clone());
        let through = read.header.and_then(|header| header.through).unwrap_or(0);
        let records = read.records.into_iter().map(|(_, record)| record).collect();
        self.files.insert(id, Theirs { through, records, whole });
    }

    fn finish(mut self, ours: &Book, own: &[Arc<Entry>]) -> Compared {
        self.entries.sort_by_key(|entry| (entry.sequence, entry.at));
        self.entries.dedup();
        let theirs = self.theirs(ours);
        let by_us = by_key(own);
        let by_them = by_key(&self.entries);
        let mut times = BTreeMap::new();
        let differences = Differences::of(ours, &theirs).sorted_out(|difference| {
            let our_edits = by_us.get(&difference.key).map(Vec::as_slice).unwrap_or_default();
            let their_edits = by_them.get(&difference.key).map(Vec::as_slice).unwrap_or_default();
            let changed = match their_edits.first() {
                Some((_, edit)) if edit.before() == difference.ours.as_ref() => Changed::Theirs,
                Some(_) => Changed::Both,
                // An older state of ours: they have not seen what we changed.
                None if our_edits.iter().any(|(_, edit)| edit.before() == difference.theirs.as_ref()) => return None,
                None => {
                    let sides = [&difference.ours, &difference.theirs].into_iter().flatten();
                    let files: Vec<_> = sides.filter_map(|record| self.files.get(&FileId::of(record))).collect();
                    let since = files.iter().map(|file| file.through).min().unwrap_or(0);
                    let moved = our_edits.iter().any(|(entry, _)| entry.sequence > since);
                    if moved { Changed::Both } else { Changed::Theirs }
                }
            };
            let last = |edits: &[(&Arc<Entry>, &Edit)]| edits.last().map(|(entry, _)| entry.at);
            times.insert(difference.key, Times { ours: last(our_edits), theirs: last(their_edits) });
            Some(changed)
        });
        self.compared.looked.through = self.entries.last().map_or(0, |entry| entry.sequence);
        Compared { differences, times, ..self.compared }
    }

    /// The Book as their files and their journal have it.
    fn theirs(&self, ours: &Book) -> Book {
        let named: BTreeSet<Key> = self.files.values().flat_map(|file| &file.records).map(Record::key).collect();
        let mut edits = Vec::new();
        for (id, file) in &self.files {
            if file.whole {
                let gone = records_of(*id, ours).into_iter().filter(|record| !named.contains(&record.key()));
                // The settings stand in every Book.
                edits.extend(gone.filter(|record| record.key() != Key::Settings).map(Edit::delete));
            }
            let records = file.records.iter().cloned();
            edits.extend(records.filter_map(|record| Edit::from_sides(ours.record(record.key()), Some(record))));
        }
        let mut theirs = ours.clone();
        theirs.apply(&Change::new(edits));
        for entry in &self.entries {
            for edit in entry.change.edits() {
                // A file of theirs that is past a change knows better.
                let past = FileId::touched(edit)
                    .all(|file| self.files.get(&file).is_some_and(|file| file.through >= entry.sequence));
                if !past && let Some(edit) = Edit::from_sides(theirs.record(edit.key()), edit.after().cloned()) {
                    theirs.apply(&Change::new(vec![edit]));
                }
            }
        }
        theirs
    }
}

type Edits<'e> = HashMap<Key, Vec<(&'e Arc<Entry>, &'e Edit)>>;

fn by_key(entries: &[Arc<Entry>]) -> Edits<'_> {
    let mut edits = Edits::new();
    for entry in entries {
        for edit in entry.change.edits() {
            edits.entry(edit.key()).or_default().push((entry, edit));
        }
    }
    edits
}
