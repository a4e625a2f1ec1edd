//! A folder that is gone: told apart from every other trouble, and made anew only where the user asks for it.
//!
//! Not by itself: behind a folder that was moved or a disk that was taken out there is a Book still, and one that is written
//! into the empty place would be found by nobody once the disk is back. Where the folder comes back the writer goes on by
//! itself. Making it anew writes the whole Book as it is in memory, and takes the lock that went with the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use super::thread::Writer;
use crate::domain::book::Book;
use crate::store::backup::BACKUPS;
use crate::store::files::{ASIDE, DAMAGED, FileId, LOCK};
use crate::store::heartbeat::HEARTBEAT;
use crate::store::load::{OnDisk, Tail};

impl Writer {
    /// Whether the folder of the Book is not there, or nothing of the Book is in it any more.
    pub(super) fn is_folder_gone(&self) -> bool {
        let (disk, dir) = (&self.site.disk, &self.site.dir);
        let has_files = |on_disk: &OnDisk| on_disk.files.get(&FileId::Book).is_some_and(|state| state.exists);
        match disk.stat(dir) {
            Ok(None) => true,
            // Until all is read the file is known to be there: the first look was at it.
            Ok(Some(_)) if self.on_disk.as_ref().is_none_or(has_files) => {
                matches!(disk.stat(&dir.join(FileId::Book.path())), Ok(None))
                    && disk.list(dir).is_ok_and(|paths| paths.iter().all(|path| is_no_part(path)))
            }
            Ok(Some(_)) | Err(_) => false,
        }
    }

    /// That the folder is there: nothing but [`make_anew`](Self::make_anew) makes it again.
    ///
    /// # Errors
    /// `NotFound` where it isn't.
    pub(super) fn folder_stands(&self) -> io::Result<()> {
        // Where the segment is, the folder is: most often that is all that is looked at.
        let stands = self.anew_unfinished || self.segment_stands() == Some(true) || !self.is_folder_gone();
        if stands { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    /// Makes the folder anew with the whole Book in it, or goes on with that; what is pending is still to be appended, for
    /// undo. Does nothing where the folder is there, or while older months are still read.
    ///
    /// # Errors
    /// As the disk says; `WouldBlock` where another program was quicker. Until it was carried through nothing is
    /// acknowledged.
    pub(super) fn make_anew(&mut self) -> io::Result<()> {
        if self.on_disk.is_none() || !(self.is_folder_gone() || self.anew_unfinished) {
            return Ok(());
        }
        if !self.anew_unfinished {
            self.site.disk.make_folder(&self.site.dir)?;
            // What was known of the files went with them, and so did the lock.
            let settings = (**self.newest.settings()).clone();
            let (files, dirty) = (BTreeMap::new(), BTreeSet::new());
            self.on_disk = Some(OnDisk { written: Book::new(settings), files, dirty, through: 0 });
            self.tail = Tail::default();
            self.again.clear();
            self.cut_back = false;
            if let Some(watch) = &self.site.watch {
                watch.begin_anew();
            }
            self.lock = None;
            self.anew_unfinished = true;
        }
        if self.lock.is_none() {
            let lock = self.site.disk.lock(&self.site.dir.join(LOCK))?;
            self.lock = Some(lock.ok_or(io::ErrorKind::WouldBlock)?);
        }
        self.checkpoint()?;
        self.anew_unfinished = false;
        Ok(())
    }

    /// Whether the segment that is being written is where it was; `None` where none was begun.
    fn segment_stands(&self) -> Option<bool> {
        let current = self.tail.current.as_ref().filter(|current| current.len > 0)?;
        Some(!matches!(self.site.disk.stat(&self.site.dir.join(&current.path)), Ok(None)))
    }
}

/// Whether something in the folder can be there without any Book: the lock, the heartbeat, what was put by.
fn is_no_part(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| [LOCK, BACKUPS, ASIDE, DAMAGED].contains(&&*name) || name.starts_with(HEARTBEAT))
}
