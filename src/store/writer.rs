//! The writer thread: takes entries from the queue, appends them to the journal, syncs once for all that wait, and
//! says so. Between them it writes checkpoints.
//!
//! Promises: nobody waits for the disk; an acknowledged change is on it. A failed write keeps its changes, is told,
//! and is tried again with growing pauses, after what reached the file was cut back. Nothing is rolled back.
//! This file is the handle that the rest of the program holds, and the queue; [`thread`] is the other side.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use self::thread::Writer;
use super::Site;
use super::error::CloseError;
use super::load::{OnDisk, Segment, Tail};
use super::outside::compare;
use crate::domain::backup::Reason;
use crate::domain::book::Book;
use crate::domain::history::Entry;
use crate::ports::{Backups, Comparer, Disk, Journal, Kind, LockGuard, LookedThrough, OutsideFile, Progress, Trouble};

mod anew;
mod beat;
mod outside;
mod thread;

/// How often who waits for a backup looks whether the writer still lives.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// Called by the writer when its progress moved.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// How the writer waits for a disk that fails or does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The pause after a first failed write; it doubles with each further one. 100 ms unless said otherwise.
    pub first_pause: Duration,
    /// The longest pause. 10 s unless said otherwise.
    pub longest_pause: Duration,
    /// How often a write is tried at closing. 3 times unless said otherwise.
    pub last_tries: u32,
    /// How long closing waits for the disk. 10 s unless said otherwise.
    pub close_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first_pause: Duration::from_millis(100),
            longest_pause: Duration::from_secs(10),
            last_tries: 3,
            close_wait: Duration::from_secs(10),
        }
    }
}

impl Patience {
    /// The pause after so many failures in a row.
    fn pause(&self, failures: u32) -> Duration {
        self.first_pause.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(self.longest_pause)
    }
}

/// The journal of a Book on the disk.
///
/// Dropping it does the same as [`FileJournal::close`], but nobody learns what was not done.
pub struct FileJournal {
    shared: Arc<Shared>,
    /// Where others' versions are read, past what watches over our own.
    place: Option<(Arc<dyn Disk>, PathBuf)>,
    thread: Option<JoinHandle<()>>,
    last_appended: u64,
    close_wait: Duration,
    /// The number of the last backup that was asked for.
    last_backup: u64,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    bell: Condvar,
    progress: Mutex<Progress>,
    backups: Mutex<Backups>,
    backed_up: Condvar,
    /// What others touched and nobody looked through.
    outside: Mutex<Arc<Vec<OutsideFile>>>,
    ended: Mutex<Option<Result<(), CloseError>>>,
    has_ended: Condvar,
}

#[derive(Default)]
struct Queue {
    entries: Vec<Arc<Entry>>,
    /// The Book with the last of the entries applied.
    book: Option<Book>,
    checkpoint: bool,
    /// Backups that were asked for, by number.
    backups: Vec<(u64, Reason)>,
    leaving: bool,
    /// What failed is to be tried at once, and the clock to be looked at.
    hurry: bool,
    /// The folder is to be made anew, should it be gone.
    make_anew: bool,
    /// The files as they stand, where they came after the start.
    files: Option<Files>,
    /// Whether books that are handed over hold every month.
    whole: bool,
    /// Whether to look what others did to the files.
    look: bool,
    looked_through: Option<LookedThrough>,
}

/// What a checkpoint begins with.
struct Files {
    on_disk: OnDisk,
    segments: Vec<Segment>,
    last_sequence: u64,
}

/// Hands the files to a writer that was started before they were read.
pub(super) struct FilesLater(Arc<Shared>);

impl FilesLater {
    pub(super) fn hand_over(self, on_disk: OnDisk, segments: Vec<Segment>, last_sequence: u64) {
        held(&self.0.queue).files = Some(Files { on_disk, segments, last_sequence });
        self.0.bell.notify_all();
    }
}

impl FileJournal {
    /// Starts the writer. It holds the lock until it ends.
    pub(super) fn start(
        site: Site,
        lock: Box<dyn LockGuard>,
        last_sequence: u64,
        on_disk: OnDisk,
        tail: Tail,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let newest = on_disk.written.clone();
        let mut writer = Writer::new(site, Arc::clone(&shared), last_sequence, newest, tail);
        writer.take_files(on_disk);
        Self::run(shared, writer, lock, last_sequence)
    }

    /// Starts the writer before all files of the Book are read: until they are handed over and the journal is told that
    /// books are [whole](Journal::whole), it writes the journal and nothing else.
    pub(super) fn start_without_files(
        site: Site,
        lock: Box<dyn LockGuard>,
        last_sequence: u64,
        newest: Book,
        tail: Tail,
    ) -> io::Result<(Self, FilesLater)> {
        let shared = Arc::new(Shared::default());
        let later = FilesLater(Arc::clone(&shared));
        let writer = Writer::new(site, Arc::clone(&shared), last_sequence, newest, tail);
        Ok((Self::run(shared, writer, lock, last_sequence)?, later))
    }

    fn run(shared: Arc<Shared>, mut writer: Writer, lock: Box<dyn LockGuard>, last_sequence: u64) -> io::Result<Self> {
        held(&shared.progress).acknowledged = writer.settled();
        writer.lock = Some(lock);
        let close_wait = writer.patience().close_wait;
        let told = Arc::clone(&shared);
        let place = writer.site.watch.as_ref().map(|watch| (watch.disk(), writer.site.dir.clone()));
        let thread = std::thread::Builder::new().name("truerate-writer".to_owned()).spawn(move || {
            let ran = catch_unwind(AssertUnwindSafe(|| {
                let outcome = writer.run();
                writer.end();
                outcome
            }));
            let outcome = ran.unwrap_or_else(|_| {
                // A fault of the program. What it had not saved it never will, and that must not look like waiting.
                let now = writer.site.clock.now().at;
                let trouble = Trouble { kind: Kind::Ended, said: String::new(), since: now, next_try: now };
                held(&told.progress).trouble = Some(trouble);
                writer.wake();
                Err(CloseError::Ended)
            });
            // The lock goes before anyone learns of the end, so that the Book can be opened again at once.
            drop(writer);
            *held(&told.ended) = Some(outcome);
            told.has_ended.notify_all();
        })?;
        Ok(Self { shared, place, thread: Some(thread), last_appended: last_sequence, close_wait, last_backup: 0 })
    }

    /// A journal that takes nothing: the Book is open for reading only.
    pub(super) fn closed(last_sequence: u64) -> Self {
        let shared = Shared::default();
        held(&shared.progress).acknowledged = last_sequence;
        Self {
            shared: Arc::new(shared),
            place: None,
            thread: None,
            last_appended: last_sequence,
            close_wait: Duration::ZERO,
            last_backup: 0,
        }
    }

    /// Writes what is queued and a checkpoint, and ends the writer. Waits as long as [`Patience::close_wait`] says.
    ///
    /// # Errors
    /// [`CloseError`] names what was not done. Nothing that was acknowledged is lost by it.
    pub fn close(mut self) -> Result<(), CloseError> {
        self.leave()
    }

    fn leave(&mut self) -> Result<(), CloseError> {
        let Some(thread) = self.thread.take() else { return Ok(()) };
        held(&self.shared.queue).leaving = true;
        self.shared.bell.notify_all();
        let ended = held(&self.shared.ended);
        let (mut ended, _) = self
            .shared
            .has_ended
            .wait_timeout_while(ended, self.close_wait, |ended| ended.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        let Some(outcome) = ended.take() else {
            return Err(match self.last_appended.saturating_sub(self.progress().acknowledged) {
                0 => CloseError::Checkpoint("the disk does not answer in time".to_owned()),
                unsaved => CloseError::Stuck(unsaved),
            });
        };
        drop(ended);
        if thread.join().is_err() {
            log::error!("the writer thread panicked after its end");
        }
        outcome
    }
}

impl Drop for FileJournal {
    fn drop(&mut self) {
        if let Err(error) = self.leave() {
            log::error!("{error}");
        }
    }
}

impl Journal for FileJournal {
    fn append(&mut self, entry: &Arc<Entry>, book: &Book) {
        if self.thread.is_none() {
            log::error!("a change to a book that is closed or open for reading only: {}", entry.words);
            return;
        }
        self.last_appended = entry.sequence;
        let mut queue = held(&self.shared.queue);
        queue.entries.push(Arc::clone(entry));
        queue.book = Some(book.clone());
        drop(queue);
        self.shared.bell.notify_all();
    }

    fn progress(&self) -> Progress {
        held(&self.shared.progress).clone()
    }

    fn back_up(&mut self, reason: Reason) -> Option<u64> {
        self.thread.as_ref()?;
        self.last_backup += 1;
        held(&self.shared.queue).backups.push((self.last_backup, reason));
        self.shared.bell.notify_all();
        Some(self.last_backup)
    }

    fn backups(&self) -> Backups {
        held(&self.shared.backups).clone()
    }

    fn wait_for_backup(&mut self, number: u64) {
        let mut told = held(&self.shared.backups);
        // A thread that ended without a word rings no bell: it is looked after from time to time.
        while (1..=self.last_backup).contains(&number)
            && !told.asked_for.contains_key(&number)
            && self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
        {
            let waited = self.shared.backed_up.wait_timeout(told, LOOK_AFTER);
            told = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn close(&mut self) -> Result<(), String> {
        self.leave().map_err(|error| error.to_string())
    }

    fn outside(&self) -> Arc<Vec<OutsideFile>> {
        Arc::clone(&held(&self.shared.outside))
    }

    fn comparer(&self) -> Option<Comparer> {
        let outside = self.outside();
        let (disk, dir) = self.place.clone().filter(|_| !outside.is_empty())?;
        Some(Box::new(move |ours| compare(disk.as_ref(), &dir, ours, &outside)))
    }

    fn look_outside(&mut self) {
        held(&self.shared.queue).look = true;
        self.shared.bell.notify_all();
    }

    fn looked_through(&mut self, looked: LookedThrough) {
        let mut queue = held(&self.shared.queue);
        let waiting = queue.looked_through.get_or_insert_default();
        waiting.files.extend(looked.files);
        waiting.through = waiting.through.max(looked.through);
        drop(queue);
        self.shared.bell.notify_all();
    }

    fn whole(&mut self, book: &Book) {
        let mut queue = held(&self.shared.queue);
        queue.book = Some(book.clone());
        queue.whole = true;
        drop(queue);
        self.shared.bell.notify_all();
    }

    fn hurry(&mut self) {
        held(&self.shared.queue).hurry = true;
        self.shared.bell.notify_all();
    }

    fn make_anew(&mut self) {
        held(&self.shared.queue).make_anew = true;
        self.shared.bell.notify_all();
    }

    fn checkpoint(&mut self, book: &Book) {
        let mut queue = held(&self.shared.queue);
        queue.book = Some(book.clone());
        queue.checkpoint = true;
        drop(queue);
        self.shared.bell.notify_all();
    }
}

/// A lock that is taken even if a thread panicked with it: what it guards is changed in single steps.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
