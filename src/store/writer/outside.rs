//! What others did to the files while the Book is open: noticed, held, told, and taken up once it was looked through.
//!
//! A file that others touched is held as a broken one is: no checkpoint writes it, changes to it stay in the journal.
//! A segment of our own that they touched is left as it is: a new one begins with all that the old one held and no file
//! has, so that nothing acknowledged hangs on it.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::held;
use super::thread::Writer;
use crate::domain::history::Entry;
use crate::ports::{Disk as _, LookedThrough, OutsideFile, Touched};
use crate::store::files::{ASIDE, Named};
use crate::store::watch::{Watched, is_changed};

impl Writer {
    /// Looks what others did, holds it, and tells where that is news. Where it can't be looked, nothing is written over
    /// anything all the same: each step looks for itself.
    pub(super) fn notice(&mut self) {
        let Some(watch) = self.site.watch.clone() else { return };
        if self.is_folder_gone() {
            // What was saved went with it: that is trouble with saving, though nothing is pending.
            self.unsettled = true;
            return;
        }
        let found = match watch.look() {
            Ok(found) => found,
            Err(error) => {
                log::debug!("the files could not be looked at: {error}");
                return;
            }
        };
        let device = self.site.disk.device();
        for file in &found {
            if matches!(Named::of(&file.path), Some(Named::Segment(by, _)) if by == device) {
                self.leave_segment(file);
            }
        }
        self.hold(&found);
        let mut told = held(&self.shared.outside);
        if **told != found {
            for file in &found {
                log::info!("{}: touched by others ({:?})", file.path.display(), file.what);
            }
            *told = Arc::new(found);
            drop(told);
            self.wake();
        }
    }

    /// Never goes on with a segment that others touched, and writes what it held once more.
    fn leave_segment(&mut self, file: &OutsideFile) {
        self.name_segment(&file.path);
        let Some(segment) = self.tail.segments.iter_mut().find(|segment| segment.path == file.path) else { return };
        if std::mem::replace(&mut segment.touched, true) {
            return;
        }
        // It stays for good.
        segment.damaged = true;
        if self.tail.current.as_ref().is_some_and(|current| current.path == file.path) {
            self.tail.current = None;
            self.cut_back = false;
        }
        if file.what != Touched::Appeared {
            self.again = self.tail.unfiled.clone();
        }
    }

    fn hold(&mut self, found: &[OutsideFile]) {
        let Some(on_disk) = &mut self.on_disk else { return };
        for file in found {
            let Some(Named::File(id)) = Named::of(&file.path) else { continue };
            let state = on_disk.files.entry(id).or_default();
            state.locked = true;
            // What it held may be nowhere else: the segments that touch it are needed.
            state.faulty |= file.what == Touched::Missing;
        }
    }

    /// Appends what is pending; where the segment turns out to be touched by others, to a new one.
    pub(super) fn append_all(&mut self) -> io::Result<()> {
        match self.settle().and_then(|()| self.write_pending()) {
            Err(error) if is_changed(&error) => {
                self.notice();
                self.settle().and_then(|()| self.write_pending())
            }
            outcome => outcome,
        }
    }

    /// Writes the files that changed, but for those that others touched: they are held before anything is written.
    pub(super) fn write_files(&mut self) -> io::Result<()> {
        self.notice();
        match self.write_unheld() {
            Err(error) if is_changed(&error) => {
                // Touched since that look.
                self.notice();
                self.write_unheld()
            }
            outcome => outcome,
        }
    }

    fn write_unheld(&mut self) -> io::Result<()> {
        let Some(on_disk) = &mut self.on_disk else { return Ok(()) };
        on_disk.checkpoint(self.site.disk.as_ref(), &self.site.dir, &self.newest, self.newest_sequence)
    }

    /// The entries that are to be written: those of a segment that was left first.
    pub(super) fn to_write(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.again.iter().chain(&self.pending)
    }

    /// Keeps in memory what no file holds yet.
    pub(super) fn keep_unfiled(&mut self) {
        let Some(on_disk) = &self.on_disk else { return };
        self.tail.unfiled.retain(|entry| !on_disk.holds(entry));
    }

    /// Takes up what was looked through: each file is put aside as it is, and the next checkpoint writes it.
    pub(super) fn take_up(&mut self, looked: &LookedThrough) {
        let Some(watch) = self.site.watch.clone().filter(|_| self.folder_stands().is_ok()) else { return };
        for file in &looked.files {
            if let Err(error) = self.take_up_file(&watch, file) {
                log::warn!("{}: still held: {error}", file.path.display());
            }
        }
        if looked.through > self.newest_sequence {
            // What comes next is after all that others did.
            self.newest_sequence = looked.through;
            let mut progress = held(&self.shared.progress);
            if self.pending.is_empty() {
                progress.acknowledged = looked.through;
            }
        }
        self.notice();
        self.checkpoint_owed = true;
        self.wake();
    }

    fn take_up_file(&mut self, watch: &Watched, file: &OutsideFile) -> io::Result<()> {
        let path = self.site.dir.join(&file.path);
        match Named::of(&file.path) {
            Some(Named::File(id)) => {
                // Nothing of the others goes before it is kept; a second name keeps it when the first is written anew.
                if file.checksum.is_some() {
                    self.put_by(&path, file)?;
                }
                watch.adopt(file)?;
                if let Some(on_disk) = &mut self.on_disk {
                    let state = on_disk.files.entry(id).or_default();
                    state.exists = file.what != Touched::Missing;
                    state.locked = false;
                    state.faulty = false;
                    on_disk.dirty.insert(id);
                }
                Ok(())
            }
            Some(Named::Copy(_) | Named::SegmentCopy(..)) if file.checksum.is_some() => {
                self.put_by(&path, file)?;
                watch.adopt(file)?;
                watch.remove(&path)
            }
            Some(Named::Segment(by, _)) if by != self.site.disk.device() && file.checksum.is_some() => {
                let len = watch.adopt(file)?;
                self.tail.looked.0.insert(file.path.clone(), (len, file.checksum.unwrap_or_default()));
                self.tail.looked.write(self.site.disk.as_ref(), &self.site.dir)
            }
            Some(_) => watch.adopt(file).map(|_len| ()),
            None => Ok(()),
        }
    }

    /// Gives a file a second name in the folder of what was put aside: its path in one word, with its checksum.
    fn put_by(&self, path: &Path, file: &OutsideFile) -> io::Result<()> {
        let folder = self.site.dir.join(ASIDE);
        self.site.disk.make_folder(&folder)?;
        let words: Vec<_> = file.path.iter().map(|word| word.to_string_lossy()).collect();
        let name = words.join("-");
        let name = name.strip_suffix(".ron").unwrap_or(&name);
        let checksum = file.checksum.unwrap_or_default();
        match self.site.disk.link_or_copy(path, &folder.join(format!("{name}.{checksum:08x}.ron"))) {
            // The very same bytes were put aside before.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            outcome => outcome?,
        }
        self.site.disk.sync_folder(&folder)?;
        self.site.disk.sync_folder(&self.site.dir)
    }
}
