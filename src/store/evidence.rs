//! Writes a [`Pack`] into a new folder: files for the user alone, never over anything that is there.
//!
//! A folder in use gets a "-2" behind its name. What can't be written in whole is taken back, and while it is written a file
//! in it says so: half a folder never looks like a whole one, not even after a power cut. A file to be copied that is gone
//! or can't be read is told and left out.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::ports::Disk;
use crate::ports::pack::{Pack, Sheet};

/// After so many folders of one name something else is wrong.
const MOST_FOLDERS: u32 = 999;
/// Stands in the folder until all of it is written.
const UNFINISHED: &str = "NOT-COMPLETE.txt";
const UNFINISHED_TEXT: &str =
    "This folder was not written to its end. Collect the evidence again, and delete this folder.\n";
/// The folder of the copies.
const COPIES: &str = "files";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The folder.
    pub folder: PathBuf,
    /// The files that could not be copied, each with why.
    pub left_out: Vec<String>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The user stopped it.
    #[error("Stopped; nothing was kept")]
    Stopped,
    /// There is no room.
    #[error("The disk is full: nothing was kept. Make room, or name a folder on another disk: {}", .path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
    },
    /// The folder can't be made or written.
    #[error("This can’t be written ({source}); nothing was kept. Name another folder: {}", .path.display())]
    Disk {
        /// What was being written.
        path: PathBuf,
        /// As the system says.
        source: io::Error,
    },
}

impl NotWritten {
    fn at(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        if matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            return Self::Full { path };
        }
        Self::Disk { path, source }
    }
}

/// Writes a pack. `goes_on` is told before each file how many are done, and says whether to go on.
///
/// # Errors
/// [`NotWritten`]: what was begun is taken back as far as the disk lets it.
pub fn write(
    disk: &dyn Disk,
    wanted: &Path,
    pack: &Pack,
    goes_on: &dyn Fn(usize) -> bool,
) -> Result<Written, NotWritten> {
    let folder = free_folder(disk, wanted)?;
    let mut writing = Writing { disk, folder: folder.clone(), done: Vec::new(), goes_on };
    match writing.all(pack) {
        Ok(left_out) => Ok(Written { folder, left_out }),
        Err(why) => {
            for path in writing.done.iter().rev() {
                if let Err(error) = disk.remove(path) {
                    log::warn!("{}: not taken back: {error}", path.display());
                }
            }
            Err(why)
        }
    }
}

/// The folder of that name, or the first of "name-2", "name-3" … in which nothing is; made.
fn free_folder(disk: &dyn Disk, wanted: &Path) -> Result<PathBuf, NotWritten> {
    let name = wanted.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for number in 1..=MOST_FOLDERS {
        let folder = if number == 1 { wanted.to_owned() } else { wanted.with_file_name(format!("{name}-{number}")) };
        if disk.list(&folder).map_err(|source| NotWritten::at(&folder, source))?.is_empty() {
            disk.make_folder(&folder).map_err(|source| NotWritten::at(&folder, source))?;
            return Ok(folder);
        }
    }
    Err(NotWritten::at(wanted, io::Error::from(io::ErrorKind::AlreadyExists)))
}

/// A folder being written.
struct Writing<'a> {
    disk: &'a dyn Disk,
    folder: PathBuf,
    /// The files so far, the one being written included.
    done: Vec<PathBuf>,
    goes_on: &'a dyn Fn(usize) -> bool,
}

impl Writing<'_> {
    fn all(&mut self, pack: &Pack) -> Result<Vec<String>, NotWritten> {
        let unfinished = self.folder.join(UNFINISHED);
        self.put(&unfinished, UNFINISHED_TEXT.as_bytes())?;
        self.disk.sync_folder(&self.folder).map_err(|source| NotWritten::at(&self.folder, source))?;
        for sheet in &pack.sheets {
            let path = self.folder.join(sheet.name);
            let bytes = csv(sheet).map_err(|source| NotWritten::at(&path, source))?;
            self.file(&path, &bytes)?;
        }
        for text in &pack.texts {
            self.file(&self.folder.join(text.name), text.text.as_bytes())?;
        }
        let left_out = self.copies(pack)?;
        self.disk.sync_folder(&self.folder).map_err(|source| NotWritten::at(&self.folder, source))?;
        self.disk.remove(&unfinished).map_err(|source| NotWritten::at(&unfinished, source))?;
        self.disk.sync_folder(&self.folder).map_err(|source| NotWritten::at(&self.folder, source))?;
        Ok(left_out)
    }

    fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), NotWritten> {
        // The first is the one that says that it isn't complete.
        if !(self.goes_on)(self.done.len().saturating_sub(1)) {
            return Err(NotWritten::Stopped);
        }
        self.put(path, bytes)
    }

    fn put(&mut self, path: &Path, bytes: &[u8]) -> Result<(), NotWritten> {
        self.done.push(path.to_owned());
        self.disk.write_synced(path, bytes).map_err(|source| NotWritten::at(path, source))
    }

    /// Copies what can be read; the rest with why.
    fn copies(&mut self, pack: &Pack) -> Result<Vec<String>, NotWritten> {
        let folder = self.folder.join(COPIES);
        let mut left_out = Vec::new();
        let mut taken = BTreeSet::new();
        for from in &pack.copies {
            let from = Path::new(from);
            match self.disk.read(from) {
                Ok(bytes) => {
                    if taken.is_empty() {
                        self.disk.make_folder(&folder).map_err(|source| NotWritten::at(&folder, source))?;
                    }
                    let name = free_name(&mut taken, from);
                    self.file(&folder.join(name), &bytes)?;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    left_out.push(format!("not there any more: {}", from.display()));
                }
                Err(error) => left_out.push(format!("can’t be read ({error}): {}", from.display())),
            }
        }
        if !taken.is_empty() {
            self.disk.sync_folder(&folder).map_err(|source| NotWritten::at(&folder, source))?;
        }
        Ok(left_out)
    }
}

/// The name of a file, with a number before it where another of that name is there already.
fn free_name(taken: &mut BTreeSet<String>, from: &Path) -> String {
    let name = from.file_name().map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned());
    let free = (1..).map(|number| if number == 1 { name.clone() } else { format!("{number}-{name}") });
    // Names are compared without their case: not every disk tells "A.pdf" from "a.pdf".
    let free = free.into_iter().find(|name| !taken.contains(&name.to_lowercase())).unwrap_or(name.clone());
    taken.insert(free.to_lowercase());
    free
}

fn csv(sheet: &Sheet) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&sheet.head)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// A text that a spreadsheet doesn't take for a formula; figures with a sign stay as they are.
#[must_use]
pub fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.parse::<rust_decimal::Decimal>().is_err());
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::fake::{Fault, MemoryDisk, Operation};
    use crate::ports::pack::Text;

    const WANTED: &str = "/book/evidence/outlier-2026-11-22";

    fn pack(copies: &[&str]) -> Pack {
        let head = vec!["day", "note"];
        let rows =
            vec![vec!["2026-11-20".to_owned(), "=1+1".to_owned()], vec!["-3.50".to_owned(), "a, \"b\"".to_owned()]];
        Pack {
            sheets: vec![Sheet { name: "sessions.csv", head, rows }],
            texts: vec![Text { name: "appeal.txt", text: "Please pay".to_owned() }],
            copies: copies.iter().map(|path| (*path).to_owned()).collect(),
        }
    }

    fn read(disk: &MemoryDisk, path: &str) -> String {
        String::from_utf8(disk.read(Path::new(path)).unwrap()).unwrap()
    }

    #[test]
    fn a_folder_holds_tables_texts_and_copies_and_a_second_one_gets_a_number() {
        let disk = MemoryDisk::new();
        disk.put("/home/ada/contract.pdf", "pdf");
        disk.put("/tmp/Contract.pdf", "other");
        let pack = pack(&["/home/ada/contract.pdf", "/tmp/Contract.pdf", "/gone.png"]);
        let written = write(&disk, Path::new(WANTED), &pack, &|_| true).unwrap();
        assert_eq!(written.folder, Path::new(WANTED));
        assert_eq!(written.left_out, ["not there any more: /gone.png"]);
        let table = read(&disk, "/book/evidence/outlier-2026-11-22/sessions.csv");
        assert_eq!(table, "day,note\n2026-11-20,'=1+1\n-3.50,\"a, \"\"b\"\"\"\n");
        assert_eq!(read(&disk, "/book/evidence/outlier-2026-11-22/files/contract.pdf"), "pdf");
        assert_eq!(read(&disk, "/book/evidence/outlier-2026-11-22/files/2-Contract.pdf"), "other");
        let again = write(&disk, Path::new(WANTED), &pack, &|_| true).unwrap();
        assert_eq!(again.folder, Path::new("/book/evidence/outlier-2026-11-22-2"));
    }

    #[test]
    fn while_it_is_written_a_file_says_that_it_is_not_complete() {
        let disk = MemoryDisk::new();
        let sign = Path::new(WANTED).join(UNFINISHED);
        let seen = std::cell::RefCell::new(Vec::new());
        write(&disk, Path::new(WANTED), &pack(&[]), &|done| {
            seen.borrow_mut().push((done, disk.files().contains_key(&sign)));
            true
        })
        .unwrap();
        assert_eq!(*seen.borrow(), [(0, true), (1, true)], "before each of the two files");
        assert!(!disk.files().contains_key(&sign), "and not afterwards");
    }

    #[test]
    fn a_full_disk_or_a_stop_leaves_nothing_behind() {
        for (name, kind) in
            [("appeal.txt", io::ErrorKind::StorageFull), ("sessions.csv", io::ErrorKind::PermissionDenied)]
        {
            let disk = MemoryDisk::new();
            disk.set_fault(Some(Fault {
                operation: Operation::Write,
                path_contains: name.to_owned(),
                kind,
                bytes_written: 3,
            }));
            let why = write(&disk, Path::new(WANTED), &pack(&[]), &|_| true).unwrap_err();
            assert_eq!(matches!(why, NotWritten::Full { .. }), kind == io::ErrorKind::StorageFull, "{why}");
            assert!(why.to_string().contains("nothing was kept"), "{why}");
            assert!(disk.files().is_empty(), "{:?}", disk.files());
        }
        let disk = MemoryDisk::new();
        let why = write(&disk, Path::new(WANTED), &pack(&[]), &|done| done < 1).unwrap_err();
        assert!(matches!(why, NotWritten::Stopped));
        assert!(disk.files().is_empty());
    }
}
