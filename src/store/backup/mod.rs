//! Backups: a plain folder inside the Book's folder, of the same shape as a Book, so that a person can look at it and
//! `--dir` can open it.
//!
//! ```text
//! backups/2026-11-25T130200Z-daily/      book.ron  sessions/  money/  journal/  contents.txt
//! backups/2026-11-25T130200Z-daily.part/ one that is being made, or that goes: not a backup
//! ```
//!
//! Copies are byte for byte, damaged files too. A file that is the same as in the backup before shares the disk with it;
//! never with the Book's own file, which an editor may change in place. Made under another name, synced, then renamed:
//! after a crash there is the whole backup or none.
//!
//! `make` makes them, `look` reads one as a Book, `contents` knows what belongs in one; when one is made is decided by
//! `writer/thread/backups`, and which stay by [`outlived`].

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::files::{FileId, JOURNAL, MONEY, SESSIONS};
use crate::domain::backup::{Backup, Reason, Size, outlived};
use crate::domain::settings::Settings;
use crate::domain::span::Timestamp;
use crate::ports::{Disk, PathKind};

mod contents;
mod look;
pub(super) mod make;

pub use self::contents::missing;
pub use self::look::{LookError, Looked, look};
pub use self::make::{Made, make};

/// The folder of the backups, inside the Book's folder.
pub const BACKUPS: &str = "backups";
/// How the name of a backup ends that is being made, or that goes.
const PART: &str = ".part";
/// How the moment is written: ISO 8601 without the colons, which not every file system takes.
const STAMP: &str = "%Y-%m-%dT%H%M%SZ";
/// The folders of a Book whose files are copied. The journal comes last: what is appended to it meanwhile is then in it.
const FOLDERS: [&str; 3] = [SESSIONS, MONEY, JOURNAL];

/// The word of a reason in a backup's name.
fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::Daily => "daily",
        Reason::ByHand => "by-hand",
        Reason::BeforeImport => "before-import",
        Reason::BeforeRestore => "before-restore",
        Reason::BeforeMigration => "before-migration",
    }
}

/// The name of a backup: `2026-11-25T130200Z-daily`.
#[must_use]
pub fn name(backup: Backup) -> String {
    format!("{}-{}", backup.at.format(STAMP), word(backup.reason))
}

/// The backup of a name; `None` where it is no backup's.
#[must_use]
pub fn from_name(name: &str) -> Option<Backup> {
    let (stamp, reason) = name.split_once("Z-")?;
    let reason = Reason::ALL.into_iter().find(|known| word(*known) == reason)?;
    let at = NaiveDateTime::parse_from_str(&format!("{stamp}Z"), STAMP).ok()?.and_utc();
    Some(Backup { at, reason })
}

/// The folder of a backup of the Book in `dir`.
#[must_use]
pub fn folder(dir: &Path, backup: Backup) -> PathBuf {
    dir.join(BACKUPS).join(name(backup))
}

/// The backups of the Book in `dir`, the oldest first; none where there is no such folder.
///
/// # Errors
/// As the disk says.
pub fn list(disk: &dyn Disk, dir: &Path) -> io::Result<Vec<Backup>> {
    let mut backups = Vec::new();
    for path in listed(disk, &dir.join(BACKUPS))? {
        let Some(backup) = path.file_name().and_then(|name| from_name(name.to_str()?)) else { continue };
        if disk.stat(&path)?.is_some_and(|stat| stat.kind == PathKind::Folder) {
            backups.push(backup);
        }
    }
    backups.sort_unstable();
    Ok(backups)
}

/// How big each of these backups is, with what it shares with the one before it. Reads no file.
///
/// Two names of one file have the very same length and time of writing; a copy has a time of its own.
///
/// # Errors
/// As the disk says.
pub fn sizes(disk: &dyn Disk, dir: &Path, backups: &[Backup]) -> io::Result<Vec<(Backup, Size)>> {
    let mut before = BTreeMap::new();
    let mut sizes = Vec::new();
    for backup in backups {
        let root = folder(dir, *backup);
        let mut here = BTreeMap::new();
        let mut size = Size::default();
        for path in copied(disk, &root)? {
            let Some(stat) = disk.stat(&root.join(&path))? else { continue };
            size.whole += stat.len;
            if before.get(&path) != Some(&stat) {
                size.own += stat.len;
            }
            here.insert(path, stat);
        }
        before = here;
        sizes.push((*backup, size));
    }
    Ok(sizes)
}

/// Removes the backups that have had their time; they go one by one, and each is no backup any more before its first
/// file goes.
///
/// # Errors
/// As the disk says; the rest stays until the next time.
pub fn thin(disk: &dyn Disk, dir: &Path, now: Timestamp, settings: &Settings) -> io::Result<()> {
    let backups = dir.join(BACKUPS);
    for backup in outlived(&list(disk, dir)?, now, settings) {
        let going = part(&backups, &name(backup));
        disk.rename(&backups.join(name(backup)), &going)?;
        disk.sync_folder(&backups)?;
        disk.remove_folder(&going)?;
    }
    Ok(())
}

/// Removes what a crash left of backups that were being made or removed.
fn sweep(disk: &dyn Disk, backups: &Path) -> io::Result<()> {
    for path in listed(disk, backups)? {
        let name = path.file_name().and_then(|name| name.to_str());
        if name.and_then(|name| from_name(name.strip_suffix(PART)?)).is_some() {
            disk.remove_folder(&path)?;
        }
    }
    Ok(())
}

fn part(backups: &Path, name: &str) -> PathBuf {
    backups.join(format!("{name}{PART}"))
}

/// The files of a Book's folder that belong to a backup, as paths inside it: `book.ron`, then those of its folders. What has
/// the name of such a file belongs to it also where it is none.
fn copied(disk: &dyn Disk, dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    // Who keeps a file elsewhere, behind a link, wants it in a backup too: as a file.
    let is_file = |path: &Path| {
        let kind = disk.stat(path)?.map(|stat| stat.kind);
        Ok::<_, io::Error>(matches!(kind, Some(PathKind::File | PathKind::Link)))
    };
    let book = FileId::Book.path();
    if is_file(&dir.join(&book))? {
        files.push(book);
    }
    for folder in FOLDERS {
        for path in listed(disk, &dir.join(folder))? {
            let passing = path.extension().is_some_and(|extension| extension == "tmp");
            let Some(name) = path.file_name() else { continue };
            let inside = Path::new(folder).join(name);
            if !passing && (is_file(&path)? || FileId::from_path(&inside).is_some()) {
                files.push(inside);
            }
        }
    }
    Ok(files)
}

/// What stands in a folder, by name; nothing where there is none.
fn listed(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<PathBuf>> {
    match disk.list(folder) {
        Ok(mut paths) => {
            paths.sort_unstable();
            Ok(paths)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_nothing_else_is_one() {
        let at: Timestamp = "2026-11-25T13:02:00Z".parse().unwrap();
        for reason in Reason::ALL {
            let backup = Backup { at, reason };
            assert_eq!(from_name(&name(backup)), Some(backup));
        }
        assert_eq!(name(Backup { at, reason: Reason::ByHand }), "2026-11-25T130200Z-by-hand");
        for other in ["", "2026-11-25T130200Z", "2026-11-25T130200Z-daily.part", "2026-13-25T130200Z-daily", "notes"] {
            assert_eq!(from_name(other), None, "{other}");
        }
    }
}
