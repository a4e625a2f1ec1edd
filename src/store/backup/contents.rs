//! What belongs in a backup, by a list that it holds itself: what was left out of it, or went later, is known to be missing.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::copied;
use crate::ports::Disk;
use crate::store::load::get::bytes_of;

/// The list, inside a backup: a path a line.
pub(super) const CONTENTS: &str = "contents.txt";

/// The list as it is written.
pub(super) fn written(contents: &BTreeSet<PathBuf>) -> String {
    // Folder and file with the same mark between them on every system.
    let line = |path: &PathBuf| {
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/") + "\n"
    };
    contents.iter().map(line).collect()
}

/// What belongs in a backup; in one of an earlier version, which has no list, what is in it.
///
/// # Errors
/// As the disk says.
pub(super) fn of(disk: &dyn Disk, root: &Path) -> io::Result<BTreeSet<PathBuf>> {
    match bytes_of(disk, &root.join(CONTENTS)) {
        Some(bytes) => Ok(String::from_utf8_lossy(&bytes).lines().map(PathBuf::from).collect()),
        None => Ok(copied(disk, root)?.into_iter().collect()),
    }
}

/// What belongs in a backup and isn't there.
///
/// # Errors
/// As the disk says.
pub fn missing(disk: &dyn Disk, root: &Path) -> io::Result<Vec<PathBuf>> {
    let there: BTreeSet<PathBuf> = copied(disk, root)?.into_iter().collect();
    Ok(of(disk, root)?.difference(&there).cloned().collect())
}
