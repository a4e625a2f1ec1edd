//! Checkpoints: the files of the Book are rewritten where their records changed, each by temp file, sync, rename and
//! sync of the folder.
//!
//! Order matters: months first, `book.ron` last, because its header vouches for the others. A crash in between leaves
//! each file whole, old or new, with its own `through`; loading settles the rest from the journal. A locked file is
//! never touched.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::FileId;
use super::line::{self, Header};
use super::load::OnDisk;
use super::record::SCHEMA;
use crate::domain::book::{Book, Bucket};
use crate::domain::change::Record;
use crate::domain::earning::Earning;
use crate::domain::history::Entry;
use crate::domain::movement::Movement;
use crate::domain::payout::Payout;
use crate::domain::session::Session;
use crate::domain::span::Zone;
use crate::ports::Disk;

impl OnDisk {
    /// Brings the files up to a Book that holds every change up to `through`.
    ///
    /// # Errors
    /// As the disk says. What was written until then stands; the next checkpoint begins anew.
    pub(super) fn checkpoint(&mut self, disk: &dyn Disk, dir: &Path, book: &Book, through: u64) -> io::Result<()> {
        self.checkpoint_telling(disk, dir, book, through, &|_, _| true)
    }

    /// The same, told before each file how many of how many are done; it ends where the answer is no.
    ///
    /// # Errors
    /// As [`checkpoint`](Self::checkpoint); `Interrupted` where it was ended.
    pub(super) fn checkpoint_telling(
        &mut self,
        disk: &dyn Disk,
        dir: &Path,
        book: &Book,
        through: u64,
        goes_on: &dyn Fn(usize, usize) -> bool,
    ) -> io::Result<()> {
        let stale = self.stale_files(book);
        let is_migrated = self.files.get(&FileId::Book).is_none_or(|state| state.locked || state.older().is_none());
        if stale.is_empty() && is_migrated && through <= self.through {
            return Ok(());
        }
        let of = stale.len() + 1;
        let tell = |done| if goes_on(done, of) { Ok(()) } else { Err(io::Error::from(io::ErrorKind::Interrupted)) };
        // What is there already may have been renamed by someone who was ended before the sync: its name counts as well.
        let there = self.files.iter().filter(|(_, state)| state.exists).map(|(file, _)| *file);
        let mut folders: BTreeSet<PathBuf> = there.filter_map(|file| folder_of(dir, file)).collect();
        let mut made = BTreeSet::new();
        for (done, file) in stale.iter().enumerate() {
            tell(done)?;
            if let Some(folder) = folder_of(dir, *file)
                && made.insert(folder.clone())
            {
                disk.make_folder(&folder)?;
                folders.insert(folder);
            }
            self.write(disk, dir, *file, book, through)?;
        }
        for folder in &folders {
            disk.sync_folder(folder)?;
        }
        if !folders.is_empty() {
            disk.sync_folder(dir)?;
        }
        tell(stale.len())?;
        if !self.is_locked(FileId::Book) {
            self.write(disk, dir, FileId::Book, book, through)?;
            disk.sync_folder(dir)?;
        }
        self.through = through;
        self.dirty.retain(|file| self.files.get(file).is_some_and(|state| state.locked));
        self.written = book.clone();
        Ok(())
    }

    /// Writes `book.ron` of a Book that has no file yet, so that a folder with a journal always has one. One that is
    /// missing though it should be there stays so: that is for the user to mend.
    ///
    /// # Errors
    /// As the disk says.
    pub(super) fn begin(&mut self, disk: &dyn Disk, dir: &Path) -> io::Result<()> {
        if self.files.contains_key(&FileId::Book) {
            return Ok(());
        }
        // The folder itself may have been made by someone who was ended before the sync.
        if let Some(Err(error)) = dir.parent().map(|above| disk.sync_folder(above)) {
            log::debug!("{}: its name was not synced: {error}", dir.display());
        }
        let empty = self.written.clone();
        self.write(disk, dir, FileId::Book, &empty, 0)?;
        disk.sync_folder(dir)
    }

    /// Whether a file must not be rewritten.
    pub(super) fn is_locked(&self, file: FileId) -> bool {
        self.files.get(&file).is_some_and(|state| state.locked)
    }

    /// Whether a file holds a change.
    pub(super) fn is_past(&self, file: FileId, sequence: u64) -> bool {
        match self.files.get(&file) {
            Some(state) if state.locked => !state.faulty && state.through >= sequence,
            _ => self.through >= sequence,
        }
    }

    /// Whether every file that a change touches holds it.
    pub(super) fn holds(&self, entry: &Entry) -> bool {
        let mut files = entry.change.edits().iter().flat_map(FileId::touched);
        files.all(|file| self.is_past(file, entry.sequence))
    }

    fn write(&mut self, disk: &dyn Disk, dir: &Path, file: FileId, book: &Book, through: u64) -> io::Result<()> {
        let comments = self.files.get(&file).map(|state| state.comments.as_slice()).unwrap_or_default();
        let text = rendered(file, book, through, comments, Vec::new())?;
        let path = dir.join(file.path());
        let temp = path.with_extension("ron.tmp");
        disk.write_synced(&temp, text.as_bytes())?;
        disk.rename(&temp, &path)?;
        let state = self.files.entry(file).or_default();
        state.exists = true;
        state.schema = Some(SCHEMA);
        state.through = through;
        Ok(())
    }

    /// The month files whose records are not those of the Book, without the locked ones.
    fn stale_files(&self, book: &Book) -> BTreeSet<FileId> {
        let then: BTreeMap<_, _> = self.written.months().collect();
        let now: BTreeMap<_, _> = book.months().collect();
        let mut stale = BTreeSet::new();
        for month in then.keys().chain(now.keys()) {
            let (old, new) = (then.get(month).copied(), now.get(month).copied());
            if let (Some(old), Some(new)) = (old, new)
                && Arc::ptr_eq(old, new)
            {
                continue;
            }
            if !same(&ended(old), &ended(new)) {
                stale.insert(FileId::Sessions(*month));
            }
            let money = same(&earnings(old), &earnings(new)) && same(&payouts(old), &payouts(new));
            if !money || !same(&movements(old), &movements(new)) {
                stale.insert(FileId::Money(*month));
            }
        }
        stale.extend(self.dirty.iter().filter(|file| file.month().is_some()));
        let older = self.files.iter().filter(|(file, state)| file.month().is_some() && state.older().is_some());
        stale.extend(older.map(|(file, _)| *file));
        // An emptied month keeps its file, so that the journal knows it is past; one that never had a file needs none.
        stale.retain(|file| {
            let exists = self.files.get(file).is_some_and(|state| state.exists);
            !self.is_locked(*file) && (exists || !records_of(*file, book).is_empty())
        });
        stale
    }
}

/// The folder of a file of months.
fn folder_of(dir: &Path, file: FileId) -> Option<PathBuf> {
    file.folder().map(|folder| dir.join(folder))
}

fn ended(bucket: Option<&Arc<Bucket>>) -> Vec<Arc<Session>> {
    bucket.into_iter().flat_map(|bucket| bucket.sessions()).filter(|session| !session.is_open()).cloned().collect()
}

fn earnings(bucket: Option<&Arc<Bucket>>) -> Vec<Arc<Earning>> {
    bucket.into_iter().flat_map(|bucket| bucket.earnings()).cloned().collect()
}

fn payouts(bucket: Option<&Arc<Bucket>>) -> Vec<Arc<Payout>> {
    bucket.into_iter().flat_map(|bucket| bucket.payouts()).cloned().collect()
}

fn movements(bucket: Option<&Arc<Bucket>>) -> Vec<Arc<Movement>> {
    bucket.into_iter().flat_map(|bucket| bucket.movements()).cloned().collect()
}

/// Whether both hold the very same records. An edit always makes a new one.
fn same<T>(old: &[Arc<T>], new: &[Arc<T>]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(a, b)| Arc::ptr_eq(a, b))
}

/// The records of a file, in the order of its lines: by day and id, tables by id.
pub(super) fn records_of(file: FileId, book: &Book) -> Vec<Record> {
    let bucket = |month| book.months().find_map(|(held, bucket)| (held == month).then_some(bucket));
    match file {
        FileId::Book => book.tables().chain(Record::each(book.open_sessions())).collect(),
        FileId::Sessions(month) => {
            let mut sessions = ended(bucket(month));
            sessions.sort_by_key(|session| (session.started_at, session.id));
            sessions.into_iter().map(Record::from).collect()
        }
        FileId::Money(month) => {
            let Some(bucket) = bucket(month) else { return Vec::new() };
            let mut earnings: Vec<_> = bucket.earnings().collect();
            earnings.sort_by_key(|earning| (earning.worked, earning.id));
            let mut payouts: Vec<_> = bucket.payouts().collect();
            payouts.sort_by_key(|payout| (payout.booked_on(), payout.id));
            let mut movements: Vec<_> = bucket.movements().collect();
            movements.sort_by_key(|movement| (movement.on, movement.id));
            Record::each(earnings.into_iter())
                .chain(Record::each(payouts.into_iter()))
                .chain(Record::each(movements.into_iter()))
                .collect()
        }
    }
}

/// The text of a file. Its default zone is the one that most of its sessions are in, so that lines stay short.
/// `strays` belong into other files and stand here all the same.
///
/// # Errors
/// `InvalidData` where a record takes more than a line may.
pub(super) fn rendered(
    file: FileId,
    book: &Book,
    through: u64,
    comments: &[String],
    strays: Vec<Record>,
) -> io::Result<String> {
    let mut records = records_of(file, book);
    records.extend(strays);
    let header = Header::of_file(usual_zone(file, &records).unwrap_or(book.settings().zone), through);
    line::written_file(&header, file.month().is_some(), comments, records.iter()).map_err(|bytes| {
        let what = format!("a record takes {bytes} bytes, too many for a line of {}", file.path().display());
        io::Error::new(io::ErrorKind::InvalidData, what)
    })
}

fn usual_zone(file: FileId, records: &[Record]) -> Option<Zone> {
    if file == FileId::Book {
        return None;
    }
    let mut counts: BTreeMap<&str, (usize, Zone)> = BTreeMap::new();
    for record in records {
        if let Record::Session(session) = record {
            counts.entry(session.zone.name()).or_insert((0, session.zone)).0 += 1;
        }
    }
    counts.into_values().max_by_key(|(count, _)| *count).map(|(_, zone)| zone)
}
