//! Looking at a backup: the Book that it holds, and what of it can't be read.

use std::io;
use std::path::Path;

use super::{folder, missing};
use crate::domain::backup::Backup;
use crate::domain::book::Book;
use crate::domain::query::restore::Unread;
use crate::domain::settings::Settings;
use crate::ports::{Disk, PathKind};
use crate::store::files::FileId;
use crate::store::{Finding, load};

/// A backup that was read.
#[derive(Debug)]
pub struct Looked {
    /// The Book.
    pub book: Book,
    /// What is wrong with its files, as far as something is lost by it.
    pub findings: Vec<Finding>,
    /// What can't be read.
    pub unread: Unread,
}

impl Looked {
    /// Whether nothing of it is lost.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unread == Unread::default()
    }
}

/// Why a backup can't be looked at.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// It is not there.
    #[error("This backup is not there any more")]
    Gone,
    /// There is nothing in it.
    #[error("There is nothing in this backup")]
    Empty,
    /// A newer version of the program wrote it, or what everything hangs on can't be read.
    #[error("This backup can’t be read: {0}")]
    Unreadable(String),
    /// The disk doesn't give it.
    #[error("This backup can’t be read: {0}")]
    Disk(#[from] io::Error),
}

/// Reads a backup of the Book in `dir`; nothing is written. `defaults` are for settings that it lacks.
///
/// # Errors
/// [`LookError`]; damaged files are findings.
pub fn look(disk: &dyn Disk, dir: &Path, backup: Backup, defaults: Settings) -> Result<Looked, LookError> {
    let root = folder(dir, backup);
    if disk.stat(&root)?.is_none_or(|stat| stat.kind != PathKind::Folder) {
        return Err(LookError::Gone);
    }
    let loaded = load(disk, &root, defaults);
    if loaded.is_of_nothing() {
        return Err(LookError::Empty);
    }
    if let Some(why) = loaded.read_only {
        return Err(LookError::Unreadable(why));
    }
    let tables = loaded.findings.iter().any(|finding| finding.locked && finding.file == FileId::Book.path());
    let mut unread = Unread { months: loaded.damaged_months(), tables, journal: false };
    for path in missing(disk, &root)? {
        match FileId::from_path(&path) {
            Some(FileId::Book) => unread.tables = true,
            Some(file) => unread.months.extend(file.month()),
            None => unread.journal = true,
        }
    }
    Ok(Looked { book: loaded.book, findings: loaded.findings, unread })
}
