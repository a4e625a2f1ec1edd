//! Making a backup, a file a step, so that who makes it can do more urgent things in between.
//!
//! A file that the system won't read, and what is none, is left out and named; every other failure ends the attempt, and what was made of it
//! goes with the next one.

use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use super::contents::CONTENTS;
use super::{BACKUPS, contents, copied, folder, list, name, part, sweep};
use crate::domain::backup::{Backup, Reason};
use crate::domain::span::Timestamp;
use crate::ports::{Disk, PathKind};
use crate::store::files::{FileId, JOURNAL};
use crate::store::load::get::{Got, LARGEST_FILE, LARGEST_SEGMENT, get};

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Which.
    pub backup: Backup,
    /// Files that can't be read, so that they are not in it.
    pub left_out: Vec<PathBuf>,
}

/// A backup being made.
pub(in crate::store) struct Making {
    backup: Backup,
    dir: PathBuf,
    backups: PathBuf,
    part: PathBuf,
    /// The backup before it, where there is one.
    before: Option<PathBuf>,
    waiting: VecDeque<PathBuf>,
    /// The folders that it has, by their paths in it; the first is itself.
    folders: BTreeSet<PathBuf>,
    left_out: Vec<PathBuf>,
    /// What belongs in it.
    contents: BTreeSet<PathBuf>,
    /// Whether any file is not as in the backup before.
    differs: bool,
}

impl Making {
    /// Begins one of the Book in `dir`; sweeps up what crashes left before.
    ///
    /// # Errors
    /// As the disk says.
    pub fn begin(disk: &dyn Disk, dir: &Path, at: Timestamp, reason: Reason) -> io::Result<Self> {
        let backups = dir.join(BACKUPS);
        sweep(disk, &backups)?;
        let known = list(disk, dir)?;
        let before = known.iter().rfind(|known| known.at <= at).or(known.last()).copied();
        // A moment that has its backup gets no second one: a second later is near enough.
        let mut backup = Backup { at, reason };
        while known.iter().any(|known| known.at == backup.at) {
            backup.at += TimeDelta::seconds(1);
        }
        let before = before.map(|before| folder(dir, before));
        let waiting: VecDeque<PathBuf> = copied(disk, dir)?.into();
        let differs = match &before {
            Some(before) => copied(disk, before)?.len() != waiting.len(),
            None => true,
        };
        let mut contents: BTreeSet<PathBuf> = waiting.iter().cloned().collect();
        // A month keeps its file for good: one that is missing now belongs in it all the same.
        if let Some(before) = &before {
            contents.extend(contents::of(disk, before)?.into_iter().filter(|path| FileId::from_path(path).is_some()));
        }
        let part = part(&backups, &name(backup));
        disk.make_folder(&part)?;
        let folders = BTreeSet::from([PathBuf::new()]);
        let (dir, left_out) = (dir.to_owned(), Vec::new());
        Ok(Self { backup, dir, backups, part, before, waiting, folders, left_out, contents, differs })
    }

    /// Takes the next file over; false where there is none left.
    ///
    /// # Errors
    /// As the disk says.
    pub fn step(&mut self, disk: &dyn Disk) -> io::Result<bool> {
        let Some(path) = self.waiting.pop_front() else { return Ok(false) };
        if let Some(folder) = path.parent()
            && self.folders.insert(folder.to_owned())
        {
            disk.make_folder(&self.part.join(folder))?;
        }
        let most = if path.starts_with(JOURNAL) { LARGEST_SEGMENT } else { LARGEST_FILE };
        let bytes = match get(disk, &self.dir.join(&path), most) {
            Got::Bytes { bytes, .. } => bytes,
            Got::Nothing => {
                // An old segment went meanwhile.
                if FileId::from_path(&path).is_none() {
                    self.contents.remove(&path);
                }
                return Ok(true);
            }
            Got::Refused(why) => {
                log::warn!("{}: not in the backup: {why}", path.display());
                self.left_out.push(path);
                return Ok(true);
            }
        };
        self.differs |= !self.place(disk, &path, &bytes)?;
        Ok(true)
    }

    /// Puts a file into it. Says whether it is as in the backup before.
    fn place(&self, disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<bool> {
        let (to, same) = (self.part.join(path), self.same_before(disk, path, bytes));
        match &same {
            Some(before) => disk.link_or_copy(before, &to)?,
            None => disk.write_synced(&to, bytes)?,
        }
        Ok(same.is_some())
    }

    /// The file in the backup before, where it holds the same bytes. Its length is looked at first.
    fn same_before(&self, disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Option<PathBuf> {
        let before = self.before.as_ref()?.join(path);
        let stat = disk.stat(&before).ok()??;
        let may_be = stat.kind == PathKind::File && usize::try_from(stat.len) == Ok(bytes.len());
        (may_be && disk.read(&before).ok()? == bytes).then_some(before)
    }

    /// Whether it holds nothing but what the backup before holds.
    pub fn adds_nothing(&self) -> bool {
        !self.differs && self.waiting.is_empty() && self.left_out.is_empty()
    }

    /// Makes it a backup: durable first, then under its name.
    ///
    /// So are the Book's own folders: opening asks the newest backup which months there must be, and a month whose first
    /// checkpoint is half done would be missed after a power cut.
    ///
    /// # Errors
    /// As the disk says.
    pub fn finish(self, disk: &dyn Disk) -> io::Result<Made> {
        let listed = contents::written(&self.contents);
        self.place(disk, Path::new(CONTENTS), listed.as_bytes())?;
        for folder in self.folders.iter().rev() {
            disk.sync_folder(&self.part.join(folder))?;
            disk.sync_folder(&self.dir.join(folder))?;
        }
        disk.rename(&self.part, &self.backups.join(name(self.backup)))?;
        disk.sync_folder(&self.backups)?;
        Ok(Made { backup: self.backup, left_out: self.left_out })
    }

    /// Leaves it: nothing of it stays, as far as the disk lets it go.
    pub fn give_up(self, disk: &dyn Disk) {
        if let Err(error) = disk.remove_folder(&self.part) {
            log::debug!("{}: left there: {error}", self.part.display());
        }
    }
}

/// Makes a backup of the Book in `dir` as its files stand. Nobody else may write to them meanwhile: it is for the writer
/// thread, and for those who hold the lock.
///
/// # Errors
/// As the disk says; then there is no backup.
pub fn make(disk: &dyn Disk, dir: &Path, at: Timestamp, reason: Reason) -> io::Result<Made> {
    let mut making = Making::begin(disk, dir, at, reason)?;
    loop {
        match making.step(disk) {
            Ok(true) => {}
            Ok(false) => return making.finish(disk),
            Err(error) => {
                making.give_up(disk);
                return Err(error);
            }
        }
    }
}
