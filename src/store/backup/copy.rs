//! Single files out of backups: what stands in the place of one that can't be read any more.

use std::io;
use std::path::{Component, Path};

use super::{folder, list};
use crate::domain::backup::Backup;
use crate::ports::Disk;
use crate::store::line;

/// The bytes of a file as a backup of the Book in `dir` holds it. `file` is a path inside the Book's folder.
///
/// # Errors
/// As the disk says; `NotFound` where that backup has no such file, `InvalidInput` for a path that leads elsewhere.
pub fn file_from(disk: &dyn Disk, dir: &Path, backup: Backup, file: &Path) -> io::Result<Vec<u8>> {
    if !file.components().all(|part| matches!(part, Component::Normal(_))) || file == Path::new("") {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    disk.read(&folder(dir, backup).join(file))
}

/// The newest backup in which a file of records can be read to its last line, and its bytes; `None` where there is none.
///
/// # Errors
/// As the disk says of the list; a backup whose copy can't be read is passed over.
pub fn whole_copy(disk: &dyn Disk, dir: &Path, file: &Path) -> io::Result<Option<(Backup, Vec<u8>)>> {
    Ok(list(disk, dir)?.into_iter().rev().find_map(|backup| {
        let bytes = file_from(disk, dir, backup, file).ok()?;
        let read = line::read_file(&bytes);
        (read.header.is_some() && read.newer.is_none() && read.faults.is_empty()).then_some((backup, bytes))
    }))
}
