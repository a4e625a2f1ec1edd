//! The thread itself: one loop that waits, writes, acknowledges, and tidies up between changes.
//!
//! Only this thread writes to the Book's folder. Old segments go only when they are past [`KEEP_DAYS`], whole, and
//! every file that they touch holds their changes.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;

use self::backups::BackupsToMake;
use super::beat::Beat;
use super::{Files, Patience, Queue, Shared, held};
use crate::domain::backup::Reason;
use crate::domain::book::Book;
use crate::domain::history::Entry;
use crate::ports::{Kind, LockGuard, LookedThrough, Trouble};
use crate::store::Site;
use crate::store::backup;
use crate::store::error::CloseError;
use crate::store::files::{FileId, JOURNAL, segment_name};
use crate::store::journal::{KEEP_DAYS, written_entry};
use crate::store::line::{Header, written};
use crate::store::load::{Current, OnDisk, Segment, Tail};

mod backups;

/// Changes after which a checkpoint is written without being asked for.
const CHECKPOINT_AFTER: usize = 500;
/// How often an idle writer looks whether others touched the files.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// Bytes after which a segment is not gone on with: far less than loading reads of one.
const FULL_SEGMENT: usize = 64 << 20;

/// The writer's own state.
pub(super) struct Writer {
    pub(super) site: Site,
    pub(super) shared: Arc<Shared>,
    /// What stands in the files; `None` until all of them are read: then no checkpoint is written.
    pub(super) on_disk: Option<OnDisk>,
    pub(super) tail: Tail,
    /// The Book with every entry taken from the queue.
    pub(super) newest: Book,
    pub(super) newest_sequence: u64,
    /// Entries that are not on the disk.
    pub(super) pending: Vec<Arc<Entry>>,
    /// Entries that stood in a segment which others touched, and are to be written once more.
    pub(super) again: Vec<Arc<Entry>>,
    /// What was looked through, and is to be taken up.
    looked_through: Vec<LookedThrough>,
    /// A write failed: the segment may hold a part of it.
    pub(super) cut_back: bool,
    /// What the segment held at opening may never have reached the disk: whoever wrote it was ended before its sync. Or all
    /// that was there went with the folder.
    pub(super) unsettled: bool,
    failures: u32,
    /// A checkpoint was asked for while writing failed.
    pub(super) checkpoint_owed: bool,
    /// The folder was backed up before its files are rewritten in our schema.
    is_backed_up: bool,
    backups: BackupsToMake,
    beat: Beat,
    /// The folder is being made anew, and does not hold the whole Book yet.
    pub(super) anew_unfinished: bool,
    /// Held as long as this writes.
    pub(super) lock: Option<Box<dyn LockGuard>>,
}

/// What the queue asks for.
struct Order {
    checkpoint: bool,
    leaving: bool,
    make_anew: bool,
    /// Look whether others touched the files.
    look: bool,
    looked_through: Option<LookedThrough>,
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
            again: Vec::new(),
            looked_through: Vec::new(),
            cut_back: false,
            failures: 0,
            checkpoint_owed: false,
            beat: Beat::default(),
            anew_unfinished: false,
            lock: None,
            is_backed_up: false,
            backups: BackupsToMake::default(),
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
        if let Some(watch) = &self.site.watch {
            watch.is_read();
            for path in &self.tail.apart {
                watch.know_only(path, self.tail.looked.0.get(path).copied());
            }
        }
        // What sync programs left beside the files is told at once.
        self.notice();
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
        self.make_backups(false);
        loop {
            self.look_at_timers();
            let order = self.wait();
            self.checkpoint_owed |= order.checkpoint;
            if order.look {
                self.notice();
            }
            // The last checkpoint looks for the rest by itself.
            self.unsettled |= order.leaving && self.is_folder_gone();
            self.looked_through.extend(order.looked_through);
            let mut trouble = None;
            let anew = if order.make_anew || self.anew_unfinished { self.make_anew() } else { Ok(()) };
            // Files that were read later may be past what was told so far.
            let is_behind = held(&self.shared.progress).acknowledged < self.newest_sequence;
            if self.has_unsaved() || is_behind {
                match anew.and_then(|()| self.append_all()) {
                    Ok(()) => self.acknowledge(),
                    Err(error) => {
                        self.tell(&error);
                        trouble = Some(error.to_string());
                    }
                }
            }
            if let Some(reason) = trouble {
                self.refuse_backups(&reason);
                if order.leaving {
                    last_tries += 1;
                    if last_tries >= self.patience().last_tries {
                        return Err(CloseError::Unsaved {
                            count: self.pending.len().try_into().unwrap_or(u64::MAX),
                            reason,
                        });
                    }
                }
                continue;
            }
            // What was taken over of it is on the disk.
            for looked in std::mem::take(&mut self.looked_through) {
                self.take_up(&looked);
            }
            self.make_backups(order.leaving);
            if !self.pending.is_empty() {
                // What came in meanwhile can't be written yet: no file may run ahead of the journal.
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

    /// Gives a sign of life where a timer runs, and tells of times of which nothing is known.
    fn look_at_timers(&mut self) {
        if let Some(silences) = self.beat.look(&self.site, &self.newest) {
            held(&self.shared.progress).silences = silences;
            self.wake();
        }
    }

    /// The last act, after which nothing is written.
    pub(super) fn end(&mut self) {
        self.beat.end(&self.site, &self.newest);
    }

    /// Waits for something to do, or for the pause after a failure to pass; while a timer runs not for long.
    fn wait(&mut self) -> Order {
        let mut queue = held(&self.shared.queue);
        let mut look = false;
        if !self.has_unsaved() {
            let idle = |queue: &mut Queue| {
                let completes = queue.whole && queue.files.is_some();
                let asks = !queue.entries.is_empty() || queue.checkpoint || !queue.backups.is_empty();
                let looks = queue.look || queue.looked_through.is_some() || queue.hurry;
                !asks && !queue.leaving && !completes && !looks
            };
            let most = self.beat.patience().unwrap_or(LOOK_EVERY);
            let waited = self.shared.bell.wait_timeout_while(queue, most, idle);
            let (after, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            (queue, look) = (after, timeout.timed_out());
        } else if self.failures > 0 {
            // A call for a checkpoint, or the end, cuts the pause short; at the end the short pause stays.
            let leaving = queue.leaving;
            let pause = self.patience().pause(if leaving { 1 } else { self.failures });
            let idle = |queue: &mut Queue| {
                let asks = queue.checkpoint || queue.leaving || !queue.backups.is_empty();
                leaving || !(asks || queue.hurry || queue.make_anew)
            };
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
        self.backups.asked.append(&mut queue.backups);
        let files = if queue.whole { queue.files.take() } else { None };
        queue.hurry = false;
        let order = Order {
            checkpoint: std::mem::take(&mut queue.checkpoint),
            leaving: queue.leaving,
            make_anew: std::mem::take(&mut queue.make_anew),
            look: std::mem::take(&mut queue.look) || look,
            looked_through: queue.looked_through.take(),
        };
        drop(queue);
        if let Some(files) = files {
            self.complete(files);
        }
        order
    }

    /// Whether something is not surely on the disk.
    fn has_unsaved(&self) -> bool {
        self.unsettled || self.to_write().next().is_some()
    }

    /// Makes durable what the segment held at opening, and its name: that it could be read says nothing of the disk.
    pub(super) fn settle(&mut self) -> io::Result<()> {
        if self.unsettled {
            self.folder_stands()?;
            if let Some(current) = &self.tail.current {
                let Site { disk, dir, .. } = &self.site;
                disk.append_synced(&dir.join(&current.path), b"")?;
                disk.sync_folder(&dir.join(JOURNAL))?;
                disk.sync_folder(dir)?;
            }
        }
        self.unsettled = false;
        Ok(())
    }

    /// Appends what is pending and makes it durable.
    pub(super) fn write_pending(&mut self) -> io::Result<()> {
        let Some(first) = self.to_write().next() else { return Ok(()) };
        let first = first.sequence;
        self.folder_stands()?;
        if let Some(on_disk) = &mut self.on_disk {
            on_disk.begin(self.site.disk.as_ref(), &self.site.dir)?;
        }
        let mut current = match self.tail.current.clone() {
            Some(current) => current,
            None => self.new_segment(first),
        };
        if !current.torn.is_empty() {
            self.put_aside(&self.site.dir.join(&current.path), &current)?;
            current.torn.clear();
            self.tail.current = Some(current.clone());
        }
        if current.older || current.len >= FULL_SEGMENT {
            current = self.new_segment(first);
        }
        let path = self.site.dir.join(&current.path);
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
        for entry in self.to_write() {
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
        self.again.clear();
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
        Current { path, zone: self.newest.settings().zone, len: 0, unended: false, torn: Vec::new(), older: false }
    }

    /// Keeps the torn end of a segment in a file beside it, then cuts it off.
    fn put_aside(&self, path: &Path, current: &Current) -> io::Result<()> {
        self.site.disk.append_synced(&path.with_extension("torn"), &current.torn)?;
        self.site.disk.truncate(path, u64::try_from(current.len).unwrap_or(u64::MAX))
    }

    fn note_segment(&mut self, path: &Path) {
        self.name_segment(path);
        let entries: Vec<_> = self.to_write().cloned().collect();
        if let Some(segment) = self.tail.segments.iter_mut().find(|segment| segment.path == path) {
            for entry in &entries {
                segment.note(entry);
            }
        }
    }

    /// Makes sure that a segment is known, so that no other gets its name.
    pub(super) fn name_segment(&mut self, path: &Path) {
        if !self.tail.segments.iter().any(|segment| segment.path == path) {
            self.tail.segments.push(Segment {
                path: path.to_owned(),
                own: true,
                damaged: false,
                touched: false,
                last_at: None,
                touches: BTreeMap::new(),
            });
        }
    }

    fn acknowledge(&mut self) {
        self.tail.since_checkpoint += self.pending.len();
        self.failures = 0;
        self.tail.unfiled.append(&mut self.pending);
        let mut progress = held(&self.shared.progress);
        (progress.acknowledged, progress.trouble) = (self.newest_sequence, None);
        drop(progress);
        self.wake();
    }

    fn tell(&mut self, error: &io::Error) {
        self.failures = self.failures.saturating_add(1);
        log::warn!("the journal can’t be written (try {}): {error}", self.failures);
        let kind = if self.is_folder_gone() { Kind::Gone } else { Kind::of(error) };
        let now = self.site.clock.now().at;
        let pause = self.patience().pause(self.failures);
        let next_try = TimeDelta::from_std(pause).map_or(now, |pause| now + pause);
        let mut progress = held(&self.shared.progress);
        let since = progress.trouble.as_ref().map_or(now, |known| known.since);
        progress.trouble = Some(Trouble { kind, said: error.to_string(), since, next_try });
        drop(progress);
        self.wake();
    }

    /// Rewrites the files that changed, closes the segment, and drops what is too old.
    pub(super) fn checkpoint(&mut self) -> io::Result<()> {
        self.folder_stands()?;
        if self.on_disk.is_none() {
            return Ok(());
        }
        self.before_migration()?;
        self.write_files()?;
        self.tail.since_checkpoint = 0;
        // What is torn must still be put aside, and that happens before the next change is written.
        if self.tail.current.as_ref().is_some_and(|current| current.torn.is_empty()) {
            self.tail.current = None;
        }
        self.keep_unfiled();
        self.drop_old_segments();
        Ok(())
    }

    /// Backs the folder up before files of an older schema are rewritten: without that, they are left as they are.
    fn before_migration(&mut self) -> io::Result<()> {
        let migrates = self.on_disk.as_ref().is_some_and(|on_disk| on_disk.older().is_some());
        if migrates && !self.is_backed_up {
            let left_alone: BTreeSet<PathBuf> = self.on_disk.iter().flat_map(OnDisk::locked).collect();
            let Site { disk, clock, dir, .. } = &self.site;
            let made = backup::make(disk.as_ref(), dir, clock.now().at, Reason::BeforeMigration)?;
            if let Some(missing) = made.left_out.iter().find(|path| !left_alone.contains(*path)) {
                let what = format!("{} can’t be read, and would be rewritten without a backup", missing.display());
                return Err(io::Error::other(what));
            }
            self.is_backed_up = true;
        }
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
