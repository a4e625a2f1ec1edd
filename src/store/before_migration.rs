//! The copy of a folder before its files are rewritten in a newer schema: byte for byte, in `backups/`.
//!
//! Made under another name, synced, then renamed: after a crash there is the whole copy or none. A file that can't be
//! read is left out only where it isn't rewritten either.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Site;
use super::files::{JOURNAL, MONEY, SESSIONS};
use crate::ports::PathKind;

const BACKUPS: &str = "backups";

/// Copies the files of the Book. `left_alone` are those that are not rewritten.
///
/// # Errors
/// As the disk says; there is no copy then.
pub(super) fn copy_before_migration(site: &Site, left_alone: &BTreeSet<PathBuf>) -> io::Result<()> {
    let Site { disk, clock, dir, .. } = site;
    let backups = dir.join(BACKUPS);
    let name = format!("{}-before-migration", clock.now().at.format("%Y-%m-%dT%H%M%SZ"));
    let part = backups.join(format!("{name}.part"));
    disk.remove_folder(&part)?;
    for folder in ["", SESSIONS, MONEY, JOURNAL] {
        disk.make_folder(&part.join(folder))?;
        for path in disk.list(&dir.join(folder))? {
            let is_ours = path.extension().is_some_and(|ending| ending == "ron");
            let is_file = is_ours && disk.follow(&path)?.is_some_and(|stat| stat.kind == PathKind::File);
            let Some(name) = path.file_name().filter(|_name| is_file) else { continue };
            match disk.read(&path) {
                Ok(bytes) => disk.write_synced(&part.join(folder).join(name), &bytes)?,
                Err(error) if left_alone.contains(&Path::new(folder).join(name)) => {
                    log::warn!("{} is not in the backup: {error}", path.display());
                }
                Err(error) => return Err(error),
            }
        }
        disk.sync_folder(&part.join(folder))?;
    }
    disk.rename(&part, &backups.join(name))?;
    disk.sync_folder(&backups)?;
    disk.sync_folder(Path::new(dir))
}
