//! A copy of a whole Book, as it is in memory, into a new folder: a Book of its own, without history.
//!
//! It is written beside its place under a name that ends in ".part" and renamed once it is whole, so that half of a copy is
//! never taken for a whole one. Nothing that is there is written over; what was begun and not finished is taken back.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::load::OnDisk;
use crate::domain::book::Book;
use crate::ports::{Disk, Kind, PathKind};

/// After so many unfinished copies of one name something else is wrong.
const MOST_PARTS: u32 = 99;

/// Why there is no copy. Nothing that was there before was touched.
#[derive(Debug, thiserror::Error)]
pub enum NotCopied {
    /// The user stopped it.
    #[error("Stopped; nothing was kept")]
    Stopped,
    /// The folder holds something, or the name is that of something else.
    #[error("There is something there already; name a new folder")]
    Taken,
    /// There is no room.
    #[error("There is no space left there either: nothing was kept. Name a folder on another disk")]
    Full,
    /// The user may not write there.
    #[error("You have no right to write there")]
    NotAllowed,
    /// Anything else.
    #[error("It can’t be written there: {0}")]
    Disk(io::Error),
}

impl From<io::Error> for NotCopied {
    fn from(error: io::Error) -> Self {
        match Kind::of(&error) {
            Kind::Full | Kind::Quota => Self::Full,
            Kind::NotAllowed => Self::NotAllowed,
            Kind::ReadOnly | Kind::Gone | Kind::Slow | Kind::Ended | Kind::Other => Self::Disk(error),
        }
    }
}

/// Writes a Book into a folder that isn't there or is empty. `goes_on` is told before each file how many of how many are
/// done, and says whether to go on.
///
/// # Errors
/// [`NotCopied`]: what was begun is taken back as far as the disk lets it.
pub fn write(
    disk: &dyn Disk,
    folder: &Path,
    book: &Book,
    goes_on: &dyn Fn(usize, usize) -> bool,
) -> Result<(), NotCopied> {
    match disk.stat(folder)? {
        None => {}
        Some(stat) if stat.kind == PathKind::Folder && disk.list(folder)?.is_empty() => {}
        Some(_) => return Err(NotCopied::Taken),
    }
    let part = free_part(disk, folder)?;
    let stopped = Cell::new(false);
    let told = |done, of| {
        stopped.set(!goes_on(done, of));
        !stopped.get()
    };
    let written = disk.make_folder(&part).and_then(|()| fill(disk, &part, book, &told));
    let written = written.and_then(|()| disk.rename(&part, folder));
    if let Err(error) = written {
        if let Err(left) = disk.remove_folder(&part) {
            log::warn!("{}: not taken back: {left}", part.display());
        }
        return Err(if stopped.get() { NotCopied::Stopped } else { error.into() });
    }
    if let Some(above) = folder.parent()
        && let Err(error) = disk.sync_folder(above)
    {
        // A folder above may be closed to us; what is in the copy is on the disk.
        log::debug!("{}: not synced: {error}", above.display());
    }
    Ok(())
}

fn fill(disk: &dyn Disk, dir: &Path, book: &Book, goes_on: &dyn Fn(usize, usize) -> bool) -> io::Result<()> {
    let empty = Book::new((**book.settings()).clone());
    let mut files = OnDisk { written: empty, files: BTreeMap::new(), dirty: BTreeSet::new(), through: 0 };
    files.checkpoint_telling(disk, dir, book, 1, goes_on)
}

/// A name beside the folder under which there is nothing.
fn free_part(disk: &dyn Disk, folder: &Path) -> io::Result<PathBuf> {
    let name = folder.file_name().unwrap_or_default();
    for number in 1..=MOST_PARTS {
        let mut part = name.to_owned();
        part.push(if number == 1 { ".part".to_owned() } else { format!(".part-{number}") });
        let part = folder.with_file_name(part);
        if disk.stat(&part)?.is_none() {
            return Ok(part);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
