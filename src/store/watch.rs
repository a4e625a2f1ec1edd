//! Watching: what the Book's files looked like when this program read or wrote them last, and who else touched them since.
//!
//! A disk over a disk. Whatever is read of the Book or written through it is remembered by its [`Stat`] and its checksum, and no file
//! of the Book is replaced, gone on with, cut or removed that is not as it was left: such a step fails with
//! [`ChangedUnderneath`] before anything is touched. Where only the time moved and the bytes are the same, nothing
//! happened. What remains is a race: a file that somebody else writes between this look and the step itself, some
//! microseconds later (docs/decisions/0040).
//!
//! [`Watched::look`] costs a listing of four folders and a stat a file; only what moved is read.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crc32fast::Hasher;

use super::files::{self, Named};
use super::load::LARGEST_SEGMENT;
use crate::ports::{Disk, LockGuard, OutsideFile, PathKind, Stat, Touched};

/// A file of the Book is not as this program left it.
#[derive(Debug, thiserror::Error)]
#[error("it was changed by another program or device, and is kept as it is")]
pub(super) struct ChangedUnderneath;

/// Whether a step failed because a file is not as it was left.
pub(super) fn is_changed(error: &io::Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<ChangedUnderneath>()).is_some()
}

/// A file as it was read or written last.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// `None` where a write was cut off: then the first `len` bytes alone are known.
    stat: Option<Stat>,
    len: u64,
    /// `None` where it could not be read.
    crc: Option<u32>,
}

#[derive(Debug, Default)]
struct Memory {
    /// Whether the Book was read as a whole.
    is_read: bool,
    known: BTreeMap<PathBuf, Known>,
    /// What was written beside a file and is to take its place.
    drafts: BTreeMap<PathBuf, Known>,
    /// What others did, with the stat at which it was found.
    outside: BTreeMap<PathBuf, (Option<Stat>, OutsideFile)>,
}

/// A disk that knows what the files of a Book should look like.
pub(super) struct Watched {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    memory: Mutex<Memory>,
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl Watched {
    pub(super) fn new(disk: Arc<dyn Disk>, dir: PathBuf) -> Self {
        Self { disk, dir, memory: Mutex::default() }
    }

    /// The disk below: what is read there leaves no trace.
    pub(super) fn disk(&self) -> Arc<dyn Disk> {
        Arc::clone(&self.disk)
    }

    /// From here on nothing is learnt from reading: the Book is what was read until now.
    pub(super) fn is_read(&self) {
        self.memory().is_read = true;
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path inside the Book's folder of a file that is watched.
    fn watched(&self, path: &Path) -> Option<PathBuf> {
        let inside = path.strip_prefix(&self.dir).ok()?;
        Named::of(inside).map(|_| inside.to_owned())
    }

    /// The stat of a file after a step that succeeded; where it can't be told, its bytes will be compared.
    fn stat_now(&self, path: &Path) -> Option<Stat> {
        self.disk.stat(path).ok().flatten()
    }

    /// Whether a file is as it was left.
    fn is_as_left(&self, path: &Path, known: Option<Known>) -> io::Result<bool> {
        let now = self.disk.stat(path)?;
        let (Some(known), Some(stat)) = (known, now) else {
            // Neither known nor there, or one without the other. A write that was cut off may have left no file.
            return Ok(now.is_none() && known.is_none_or(|known| known.stat.is_none() && known.len == 0));
        };
        if known.stat == Some(stat) {
            return Ok(true);
        }
        let (Some(crc), PathKind::File) = (known.crc, stat.kind) else { return Ok(false) };
        if stat.len > LARGEST_SEGMENT {
            return Ok(false);
        }
        let bytes = self.disk.read(path)?;
        let good = usize::try_from(known.len).ok().and_then(|len| bytes.get(..len));
        Ok(good.is_some_and(|good| crc32fast::hash(good) == crc)
            && (known.stat.is_none() || length(&bytes) == known.len))
    }

    /// # Errors
    /// [`ChangedUnderneath`] where a file is not as it was left; else as the disk says.
    fn check(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        let Some(inside) = self.watched(path) else { return Ok(None) };
        let known = self.memory().known.get(&inside).copied();
        if self.is_as_left(path, known)? { Ok(Some(inside)) } else { Err(io::Error::other(ChangedUnderneath)) }
    }

    /// What others did to the files since they were read or written here, by path. Files whose time alone moved are
    /// known from here on; until all of the Book is read, what is not known is not new.
    ///
    /// # Errors
    /// As the disk says; also where the whole folder is gone.
    pub(super) fn look(&self) -> io::Result<Vec<OutsideFile>> {
        if self.disk.stat(&self.dir)?.is_none() {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        let mut there = Vec::new();
        for folder in ["", files::SESSIONS, files::MONEY, files::JOURNAL] {
            there.extend(self.disk.list(&self.dir.join(folder))?.iter().filter_map(|path| self.watched(path)));
        }
        let known: Vec<PathBuf> = self.memory().known.keys().cloned().collect();
        there.extend(known);
        there.sort_unstable();
        there.dedup();
        let mut found = Vec::new();
        for inside in there {
            if let Some(file) = self.look_at(&inside)? {
                found.push(file);
            }
        }
        Ok(found)
    }

    fn look_at(&self, inside: &Path) -> io::Result<Option<OutsideFile>> {
        let path = self.dir.join(inside);
        let stat = self.disk.stat(&path)?;
        let (known, before) = {
            let memory = self.memory();
            (memory.known.get(inside).copied(), memory.outside.get(inside).cloned())
        };
        if known.is_some_and(|known| known.stat.is_some() && known.stat == stat) {
            self.memory().outside.remove(inside);
            return Ok(None);
        }
        if let Some((then, file)) = before
            && then == stat
        {
            return Ok(Some(file));
        }
        if self.is_as_left(&path, known)? {
            let mut memory = self.memory();
            memory.outside.remove(inside);
            if let (Some(known), Some(len)) = (memory.known.get_mut(inside), stat.map(|stat| stat.len))
                && len == known.len
            {
                known.stat = stat;
            }
            return Ok(None);
        }
        let is_file = stat.is_some_and(|stat| stat.kind == PathKind::File && stat.len <= LARGEST_SEGMENT);
        // What is no file is told when the Book is read, and never written over either.
        if known.is_none() && (!is_file || !self.memory().is_read) {
            return Ok(None);
        }
        let what = match (known, stat) {
            (_, None) => Touched::Missing,
            (None, Some(_)) => Touched::Appeared,
            (Some(_), Some(_)) => Touched::Changed,
        };
        let bytes = if is_file { self.disk.read(&path).ok() } else { None };
        let same = known.filter(|known| {
            let begin = usize::try_from(known.len).ok().and_then(|len| bytes.as_ref()?.get(..len));
            begin.is_some_and(|begin| Some(crc32fast::hash(begin)) == known.crc)
        });
        let file = OutsideFile {
            path: inside.to_owned(),
            what,
            checksum: bytes.as_deref().map(crc32fast::hash),
            known: same.map_or(0, |known| known.len),
        };
        self.memory().outside.insert(inside.to_owned(), (stat, file.clone()));
        Ok(Some(file))
    }

    /// Takes a file as it is from here on, where it still is what was found; gives its length.
    ///
    /// # Errors
    /// [`ChangedUnderneath`] where it moved on; else as the disk says.
    pub(super) fn adopt(&self, file: &OutsideFile) -> io::Result<u64> {
        let path = self.dir.join(&file.path);
        let stat = self.disk.stat(&path)?;
        let bytes = if stat.is_some() { Some(self.disk.read(&path)?) } else { None };
        if bytes.as_deref().map(crc32fast::hash) != file.checksum {
            return Err(io::Error::other(ChangedUnderneath));
        }
        let mut memory = self.memory();
        memory.outside.remove(&file.path);
        let len = bytes.as_deref().map_or(0, length);
        match bytes {
            Some(bytes) => {
                let known = Known { stat, len: length(&bytes), crc: file.checksum };
                memory.known.insert(file.path.clone(), known);
            }
            None => _ = memory.known.remove(&file.path),
        }
        Ok(len)
    }

    /// Takes no more of a file as known than this much of it, with its checksum: the rest was read and is still to be
    /// looked through.
    pub(super) fn know_only(&self, inside: &Path, much: Option<(u64, u32)>) {
        let mut memory = self.memory();
        match (much, memory.known.get_mut(inside)) {
            (Some((len, crc)), Some(known)) => {
                // A stat that no such file has: it will be read.
                let stat = known.stat.map(|stat| Stat { kind: PathKind::Other, ..stat });
                *known = Known { stat, len, crc: Some(crc) };
            }
            _ => _ = memory.known.remove(inside),
        }
    }

    fn forget(&self, path: &Path) {
        if let Some(inside) = self.watched(path) {
            let mut memory = self.memory();
            memory.known.remove(&inside);
            memory.outside.remove(&inside);
        }
    }
}

impl Disk for Watched {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let Some(inside) = self.watched(path).filter(|_| !self.memory().is_read) else { return self.disk.read(path) };
        // Before it is read: what is written meanwhile has another stat then, and is compared by its bytes.
        let stat = self.stat_now(path);
        let read = self.disk.read(path);
        let known = match &read {
            Ok(bytes) => Known { stat, len: length(bytes), crc: Some(crc32fast::hash(bytes)) },
            Err(error) if error.kind() == io::ErrorKind::NotFound => return read,
            Err(_) => Known { stat, len: 0, crc: None },
        };
        self.memory().known.insert(inside, known);
        read
    }

    fn write_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let inside = self.check(path)?;
        self.disk.write_synced(path, bytes)?;
        let draft = Known { stat: None, len: length(bytes), crc: Some(crc32fast::hash(bytes)) };
        match inside {
            Some(inside) => {
                let known = Known { stat: self.stat_now(path), ..draft };
                self.memory().known.insert(inside, known);
            }
            None if path.starts_with(&self.dir) => _ = self.memory().drafts.insert(path.to_owned(), draft),
            None => {}
        }
        Ok(())
    }

    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let Some(inside) = self.check(path)? else { return self.disk.append_synced(path, bytes) };
        let before = self.memory().known.get(&inside).copied();
        let before = before.unwrap_or(Known { stat: None, len: 0, crc: Some(0) });
        let appended = self.disk.append_synced(path, bytes);
        let known = match (&appended, before.crc) {
            (Ok(()), Some(crc)) => {
                let mut hasher = Hasher::new_with_initial(crc);
                hasher.update(bytes);
                let len = before.len.saturating_add(length(bytes));
                Known { stat: self.stat_now(path), len, crc: Some(hasher.finalize()) }
            }
            _ => Known { stat: None, ..before },
        };
        self.memory().known.insert(inside, known);
        appended
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let Some(inside) = self.check(path)? else { return self.disk.truncate(path, len) };
        self.disk.truncate(path, len)?;
        let stat = self.stat_now(path);
        let before = self.memory().known.get(&inside).copied().filter(|known| known.len == len);
        let crc =
            before.map_or_else(|| self.disk.read(path).ok().map(|bytes| crc32fast::hash(&bytes)), |known| known.crc);
        self.memory().known.insert(inside, Known { stat, len, crc });
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check(from)?;
        let inside = self.check(to)?;
        self.disk.rename(from, to)?;
        self.forget(from);
        let draft = self.memory().drafts.remove(from);
        if let Some(inside) = inside {
            let stat = self.stat_now(to);
            let known = match draft {
                Some(draft) => Known { stat, ..draft },
                None => Known { stat, len: stat.map_or(0, |stat| stat.len), crc: None },
            };
            self.memory().known.insert(inside, known);
        }
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.sync_folder(folder)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.make_folder(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.disk.list(folder)
    }

    fn stat(&self, path: &Path) -> io::Result<Option<Stat>> {
        self.disk.stat(path)
    }

    fn follow(&self, path: &Path) -> io::Result<Option<Stat>> {
        self.disk.follow(path)
    }

    fn link_or_copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.link_or_copy(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.check(path)?;
        self.disk.remove(path)?;
        self.forget(path);
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.remove_folder(folder)
    }

    fn device(&self) -> String {
        self.disk.device()
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>> {
        self.disk.lock(path)
    }
}
