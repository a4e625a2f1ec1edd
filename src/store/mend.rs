//! Mending: a damaged file gets a backup's copy in its place, or is written anew without what can't be read: as the Book
//! has it by then, with what the journal knows of broken lines.
//!
//! Only where the user chose it, and only while the Book is closed: under its lock, before it is opened again. What
//! stood there is kept byte for byte in `damaged/` and that is durable before anything takes its place; the new file
//! comes by one rename. So after a crash at any step there is the old file or the new one, and never neither.
//! Where the old file can't even be read it is moved aside instead: for a moment there is none, which opening tells.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::backup;
use super::checkpoint::rendered;
use super::files::{DAMAGED, FileId, JOURNAL};
use super::finding::{Finding, What};
use super::line;
use super::load::get::bytes_of;
use super::load::load;
use crate::domain::change::Record;
use crate::domain::settings::Settings;
use crate::ports::Disk;

/// How a file is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The copy of the newest backup in which it reads well takes its place; newer changes come from the journal.
    BackupsCopy,
    /// It is written anew without what can't be read, and without the older of two lines for one record.
    SetAside,
}

/// A file to mend, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// The file, inside the Book's folder.
    pub file: PathBuf,
    /// How.
    pub how: How,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The file, inside the Book's folder.
    pub file: PathBuf,
    /// Where what stood there is kept, inside the Book's folder; `None` where nothing stood there.
    pub kept_in: Option<PathBuf>,
    /// The backup whose copy it is now, by the name of its folder.
    pub backup: Option<String>,
}

/// Why a file was not mended. What stood there stands.
#[derive(Debug, thiserror::Error)]
pub enum MendError {
    /// It is no file that holds records.
    #[error("Only files of the book can be mended: {}", .0.display())]
    NotOurs(PathBuf),
    /// No backup has it whole.
    #[error("No backup holds this file whole: {}", .0.display())]
    NoBackup(PathBuf),
    /// The book is one that must not be written: a newer version wrote it, or what everything hangs on can't be read.
    #[error("{0}")]
    OnlyRead(String),
    /// A part of the journal can't be read at the moment: what it knows of the file would be left out for good.
    #[error("The journal can’t be read, so the file is left as it is: {}", .0.display())]
    NoJournal(PathBuf),
    /// The disk refused.
    #[error("The file was not mended, and what stood there stands ({source}): {}", .file.display())]
    Disk {
        /// The file.
        file: PathBuf,
        /// As the system says.
        source: io::Error,
    },
}

/// Mends a file of the Book in a folder that nobody has open. `defaults` are the settings of a Book that has none;
/// `today` names what is kept.
///
/// # Errors
/// [`MendError`]: nothing was put in the place of the file.
pub(super) fn mend(
    disk: &dyn Disk,
    dir: &Path,
    mending: &Mending,
    defaults: &Settings,
    today: NaiveDate,
) -> Result<Mended, MendError> {
    let file = &mending.file;
    let Some(id) = FileId::from_path(file) else { return Err(MendError::NotOurs(file.clone())) };
    let refused = |source: io::Error| MendError::Disk { file: file.clone(), source };
    let path = dir.join(file);
    let (bytes, backup) = match mending.how {
        How::BackupsCopy => {
            let (backup, bytes) =
                newest_whole(disk, dir, id).map_err(refused)?.ok_or_else(|| MendError::NoBackup(file.clone()))?;
            (bytes, Some(backup))
        }
        How::SetAside => (without_what_is_broken(disk, dir, id, defaults)?.into_bytes(), None),
    };
    let kept = keep_aside(disk, dir, id, today).map_err(refused)?;
    let placed = path.parent().map_or(Ok(()), |folder| disk.make_folder(folder));
    let placed = placed.and_then(|()| disk.replace(&path, &bytes)).and_then(|()| disk.sync_folder(dir));
    if let (Err(_), Some(Kept { path: kept, moved: true })) = (&placed, &kept)
        && disk.stat(&path).is_ok_and(|there| there.is_none())
        && let Err(error) = disk.rename(&dir.join(kept), &path)
    {
        log::warn!("{} stays in {}: {error}", file.display(), kept.display());
    }
    placed.map_err(refused)?;
    Ok(Mended { file: file.clone(), kept_in: kept.map(|kept| kept.path), backup })
}

/// The text of a file as a checkpoint would write it if nothing were broken. Lines that belong into other files stay: a
/// checkpoint takes them home.
fn without_what_is_broken(disk: &dyn Disk, dir: &Path, id: FileId, defaults: &Settings) -> Result<String, MendError> {
    let loaded = load(disk, dir, defaults.clone());
    if let Some(why) = loaded.read_only {
        return Err(MendError::OnlyRead(why));
    }
    let of_journal = |finding: &&Finding| finding.file.starts_with(JOURNAL);
    if loaded.findings.iter().filter(of_journal).any(|finding| matches!(finding.what, What::Unreadable(_))) {
        return Err(MendError::NoJournal(id.path()));
    }
    // What can't even be read is taken aside whole.
    let read = bytes_of(disk, &dir.join(id.path())).map(|bytes| line::read_file(&bytes)).unwrap_or_default();
    let strays = read.records.into_iter().map(|(_, record)| record);
    let strays: Vec<Record> = strays
        .filter(|record| FileId::of(record) != id && loaded.book.record(record.key()).as_ref() == Some(record))
        .collect();
    rendered(id, &loaded.book, loaded.last_sequence, &read.comments, strays)
        .map_err(|source| MendError::Disk { file: id.path(), source })
}

/// The copy of a file in the newest backup in which it reads well, with the name of that backup's folder.
///
/// # Errors
/// As the disk says of the folder of backups; a backup that can't be read is passed over.
pub(super) fn newest_whole(disk: &dyn Disk, dir: &Path, file: FileId) -> io::Result<Option<(String, Vec<u8>)>> {
    for folder in backups(disk, dir)? {
        let Some(bytes) = bytes_of(disk, &folder.join(file.path())) else { continue };
        let read = line::read_file(&bytes);
        if read.header.is_some() && read.faults.is_empty() {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Ok(Some((name, bytes)));
        }
    }
    Ok(None)
}

/// The folders of the backups, the newest first.
pub(super) fn backups(disk: &dyn Disk, dir: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(backup::list(disk, dir)?.into_iter().rev().map(|found| backup::folder(dir, found)).collect())
}

/// What was kept of a file.
struct Kept {
    /// Where, inside the Book's folder.
    path: PathBuf,
    /// Whether it stands there alone.
    moved: bool,
}

/// Gives what stands in the place of a file a second name in `damaged/`, or moves it there where it can't be read, and
/// makes that durable. `None` where nothing stands in its place.
fn keep_aside(disk: &dyn Disk, dir: &Path, file: FileId, today: NaiveDate) -> io::Result<Option<Kept>> {
    let path = dir.join(file.path());
    if disk.stat(&path)?.is_none() {
        return Ok(None);
    }
    let folder = dir.join(DAMAGED);
    disk.make_folder(&folder)?;
    let stem = file.path().with_extension("").to_string_lossy().replace(['/', '\\'], "-");
    let names = (1_u32..).map(|number| match number {
        1 => format!("{stem}-{today}.ron"),
        _ => format!("{stem}-{today}-{number}.ron"),
    });
    let mut kept = Kept { path: PathBuf::new(), moved: false };
    for name in names {
        let target = folder.join(&name);
        if disk.stat(&target)?.is_some() {
            continue;
        }
        if let Err(error) = disk.link_or_copy(&path, &target) {
            // A part of a copy is of no use.
            disk.remove(&target)?;
            if disk.read(&path).is_ok() {
                return Err(error);
            }
            disk.rename(&path, &target)?;
            kept.moved = true;
        }
        kept.path = Path::new(DAMAGED).join(name);
        break;
    }
    disk.sync_folder(&folder)?;
    disk.sync_folder(dir)?;
    Ok(Some(kept))
}
