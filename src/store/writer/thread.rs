//! The thread itself: one loop that waits, writes, acknowledges, and tidies up between changes.
//!
//! Only this thread writes to the Book's folder. Old segments go only when they are past [`KEEP_DAYS`], whole, and
//! every file that they touch holds their changes.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use chrono::TimeDelta;

use super::{Files, Patience, Queue, Shared, held};
use crate::domain::book::Book;
use crate::domain::history::Entry;
use crate::ports::Progress;
use crate::store::Site;
use crate::store::error::CloseError;
use crate::store::files::{FileId, JOURNAL, segment_name};
use crate::store::journal::{KEEP_DAYS, written_entry};
use crate::store::line::{Header, written};
use crate::store::load::{Current, OnDisk, Segment, Tail};

/// Changes after which a checkpoint is written without being asked for.
const CHECKPOINT_AFTER: usize = 500;

/// The writer's own state.
pub(super) struct Writer {
    site: Site,
    shared: Arc<Shared>,
    /// What stands in the files; `None` until all of them are read: then no checkpoint is written.
    on_disk: Option<OnDisk>,
    tail: Tail,
    /// The Book with every entry taken from the queue.
    newest: Book,
    newest_sequence: u64,
    /// Entries that are not on the disk.
    pending: Vec<Arc<Entry>>,
    /// A write failed: the segment may hold a part of it.
    cut_back: bool,
    /// What the segment held at opening may never have reached the disk: whoever wrote it was ended before its sync.
    unsettled: bool,
    failures: u32,
    /// A checkpoint was asked for while writing failed.
    checkpoint_owed: bool,
}

/// What the queue asks for.
struct Order {
    checkpoint: bool,
    leaving: bool,
}

impl Writer {
    /// A writer that appends; it takes up files with [`take_files`](Self::take_files).
    pub(super) fn new(site: Site, shared: Arc<Shared>, last_sequence: u64, newest: Book, tail: Tail) -> Self {
        let unsettled = tail.current.is_some();
        Self {
            site,
            shared,
            unsettled,
            newest,
            newest_sequence: last_sequence,
            on_disk: None,
            tail,
            pending: Vec::new(),
            cut_back: false,
            failures: 0,
            checkpoint_owed: false,
        }
    }

    /// The last sequence that is on the disk whatever happens.
    pub(super) fn settled(&self) -> u64 {
        if self.unsettled { self.tail.through } else { self.newest_sequence }
    }

    /// Says that its progress moved.
    pub(super) fn wake(&self) {
        (self.site.waker)();
    }

    /// How it waits for the disk.
    pub(super) fn patience(&self) -> Patience {
        self.site.patience
    }

    /// From here on checkpoints are written over these files.
    pub(super) fn take_files(&mut self, on_disk: OnDisk) {
        self.on_disk = Some(on_disk);
    }

    /// Takes over the files that were read after the start, with the whole Book that goes with them.
    fn complete(&mut self, files: Files) {
        let Files { on_disk, segments, last_sequence } = files;
        self.take_files(on_disk);
        for segment in segments {
            if self.tail.segments.iter().all(|known| known.path != segment.path) {
                self.tail.segments.push(segment);
            }
        }
        self.newest_sequence = self.newest_sequence.max(last_sequence);
    }

    /// Works until the Book is closed.
    ///
    /// # Errors
    /// [`CloseError`] names what was not done.
    pub(super) fn run(&mut self) -> Result<(), CloseError> {
        let mut last_tries = 0;
        loop {
            let order = self.wait();
            self.checkpoint_owed |= order.checkpoint;
            let mut trouble = None;
            // Files that were read later may be past what was told so far.
            let is_behind = held(&self.shared.progress).acknowledged < self.newest_sequence;
            if self.has_unsaved() || is_behind {
                match self.settle().and_then(|()| self.write_pending()) {
                    Ok(()) => self.acknowledge(),
                    Err(error) => {
                        self.tell(&error);
                        trouble = Some(error.to_string());
                    }
                }
            }
            if let Some(reason) = trouble {
                if order.leaving {
                    last_tries += 1;
                    if last_tries >= self.patience().last_tries {
                        return Err(CloseError::Unsaved { count: self.pending.len(), reason });
                    }
                }
                continue;
            }
            let due = self.on_disk.is_some()
                && (std::mem::take(&mut self.checkpoint_owed) || self.tail.since_checkpoint >= CHECKPOINT_AFTER);
            let tidied = if due || order.leaving { self.checkpoint() } else { Ok(()) };
            if order.leaving {
                return tidied.map_err(|error| CloseError::Checkpoint(error.to_string()));
            }
            if let Err(error) = tidied {
                // Every change is in the journal; the next checkpoint tries again.
                log::warn!("the book’s files were not rewritten: {error}");
                self.tail.since_checkpoint = 0;
            }
        }
    }

    /// Waits for something to do, or for the pause after a failure to pass.
    fn wait(&mut self) -> Order {
        let mut queue = held(&self.shared.queue);
        if !self.has_unsaved() {
            let idle = |queue: &mut Queue| {
                let completes = queue.whole && queue.files.is_some();
                queue.entries.is_empty() && !queue.checkpoint && !queue.leaving && !completes
            };
            queue = self.shared.bell.wait_while(queue, idle).unwrap_or_else(PoisonError::into_inner);
        } else if self.failures > 0 {
            // A call for a checkpoint, or the end, cuts the pause short; at the end the short pause stays.
            let leaving = queue.leaving;
            let pause = self.patience().pause(if leaving { 1 } else { self.failures });
            let idle = |queue: &mut Queue| leaving || !(queue.checkpoint || queue.leaving);
            let waited = self.shared.bell.wait_timeout_while(queue, pause, idle);
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        self.pending.append(&mut queue.entries);
        if let Some(book) = queue.book.take() {
            self.newest = book;
        }
        if let Some(last) = self.pending.last() {
            self.newest_sequence = last.sequence;
        }
        let files = if queue.whole { queue.files.take() } else { None };
        let order = Order { checkpoint: std::mem::take(&mut queue.checkpoint), leaving: queue.leaving };
        drop(queue);
        if let Some(files) = files {
            self.complete(files);
        }
        order
    }

    /// Whether something is not surely on the disk.
    fn has_unsaved(&self) -> bool {
        self.unsettled || !self.pending.is_empty()
    }

    /// Makes durable what the segment held at opening, and its name: that it could be read says nothing of the disk.
    fn settle(&mut self) -> io::Result<()> {
        if self.unsettled
            && let Some(current) = &self.tail.current
        {
            let Site { disk, dir, .. } = &self.site;
            disk.append_synced(&dir.join(&current.path), b"")?;
            disk.sync_folder(&dir.join(JOURNAL))?;
            disk.sync_folder(dir)?;
        }
        self.unsettled = false;
        Ok(())
    }

    /// Appends what is pending and makes it durable.
    fn write_pending(&mut self) -> io::Result<()> {
        let Some(first) = self.pending.first() else { return Ok(()) };
        let first = first.sequence;
        if let Some(on_disk) = &mut self.on_disk {
            on_disk.begin(self.site.disk.as_ref(), &self.site.dir)?;
        }
        let mut current = match self.tail.current.clone() {
            Some(current) => current,
            None => self.new_segment(first),
        };
        let path = self.site.dir.join(&current.path);
        if !current.torn.is_empty() {
            self.put_aside(&path, &current)?;
            current.torn.clear();
            self.tail.current = Some(current.clone());
        }
        if self.cut_back {
            match self.site.disk.truncate(&path, u64::try_from(current.len).unwrap_or(u64::MAX)) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound && current.len == 0 => {}
                Err(error) => return Err(error),
            }
            self.cut_back = false;
        }
        let mut text = String::new();
        let is_new = current.len == 0;
        if is_new {
            self.site.disk.make_folder(&self.site.dir.join(JOURNAL))?;
            current.zone = self.newest.settings().zone;
            text.push_str(&written(&Header::of_segment(current.zone)));
            text.push('\n');
        }
        if current.unended {
            text.push('\n');
        }
        for entry in &self.pending {
            text.push_str(&written_entry(entry, current.zone));
        }
        self.cut_back = true;
        self.site.disk.append_synced(&path, text.as_bytes())?;
        if is_new {
            self.site.disk.sync_folder(&self.site.dir.join(JOURNAL))?;
            self.site.disk.sync_folder(&self.site.dir)?;
        }
        self.cut_back = false;
        current.len += text.len();
        current.unended = false;
        self.note_segment(&current.path);
        self.tail.current = Some(current);
        Ok(())
    }

    /// A segment that begins with a sequence, under a name that is free.
    fn new_segment(&self, first: u64) -> Current {
        let device = self.site.disk.device();
        // One name more than there are segments: one of them is free.
        let path = (first..=u64::MAX)
            .take(self.tail.segments.len() + 1)
            .map(|number| Path::new(JOURNAL).join(segment_name(&device, number)))
            .find(|path| self.tail.segments.iter().all(|segment| segment.path != *path))
            .unwrap_or_else(|| Path::new(JOURNAL).join(segment_name(&device, u64::MAX)));
        Current { path, zone: self.newest.settings().zone, len: 0, unended: false, torn: Vec::new() }
    }

    /// Keeps the torn end of a segment in a file beside it, then cuts it off.
    fn put_aside(&self, path: &Path, current: &Current) -> io::Result<()> {
        self.site.disk.append_synced(&path.with_extension("torn"), &current.torn)?;
        self.site.disk.truncate(path, u64::try_from(current.len).unwrap_or(u64::MAX))
    }

    fn note_segment(&mut self, path: &Path) {
        if !self.tail.segments.iter().any(|segment| segment.path == path) {
            self.tail.segments.push(Segment {
                path: path.to_owned(),
                own: true,
                damaged: false,
                last_at: None,
                touches: BTreeMap::new(),
            });
        }
        if let Some(segment) = self.tail.segments.iter_mut().find(|segment| segment.path == path) {
            for entry in &self.pending {
                segment.note(entry);
            }
        }
    }

    fn acknowledge(&mut self) {
        self.tail.since_checkpoint += self.pending.len();
        self.failures = 0;
        self.pending.clear();
        *held(&self.shared.progress) = Progress { acknowledged: self.newest_sequence, trouble: None };
        self.wake();
    }

    fn tell(&mut self, error: &io::Error) {
        self.failures = self.failures.saturating_add(1);
        log::warn!("the journal can’t be written (try {}): {error}", self.failures);
        held(&self.shared.progress).trouble = Some(format!("Not saved yet, and tried again: {error}"));
        self.wake();
    }

    /// Rewrites the files that changed, closes the segment, and drops what is too old.
    fn checkpoint(&mut self) -> io::Result<()> {
        let Some(on_disk) = &mut self.on_disk else { return Ok(()) };
        on_disk.checkpoint(self.site.disk.as_ref(), &self.site.dir, &self.newest, self.newest_sequence)?;
        self.tail.since_checkpoint = 0;
        // What is torn must still be put aside, and that happens before the next change is written.
        if self.tail.current.as_ref().is_some_and(|current| current.torn.is_empty()) {
            self.tail.current = None;
        }
        self.drop_old_segments();
        Ok(())
    }

    fn drop_old_segments(&mut self) {
        let newest = self.tail.segments.iter().filter_map(|segment| segment.last_at).max();
        let Some(oldest_kept) = newest.and_then(|newest| newest.checked_sub_signed(TimeDelta::days(KEEP_DAYS))) else {
            return;
        };
        let (disk, dir) = (&self.site.disk, &self.site.dir);
        let Some(on_disk) = &self.on_disk else { return };
        self.tail.segments.retain(|segment| {
            let is_old = segment.own && !segment.damaged && segment.last_at.is_some_and(|last| last < oldest_kept);
            let is_needed = segment.touches.iter().any(|(file, last): (&FileId, &u64)| !on_disk.is_past(*file, *last));
            if !is_old || is_needed {
                return true;
            }
            match disk.remove(&dir.join(&segment.path)) {
                Ok(()) => false,
                Err(error) => {
                    log::warn!("an old segment of the journal stays: {error}");
                    true
                }
            }
        });
    }
}
