//! A program over a simulated disk: the real engine and the real store, and a record of what was asked and told.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use truerate::domain::book::Book;
use truerate::domain::command::Command;
use truerate::domain::history::Entry;
use truerate::domain::money::Currency;
use truerate::domain::query::work::Work;
use truerate::domain::settings::Settings;
use truerate::domain::span::{Now, Zone};
use truerate::engine::{Engine, Whole};
use truerate::ports::fake::FakeClock;
use truerate::ports::{Disk, Journal, Progress, Saving};
use truerate::store::{self, FileJournal, Finding, OpenError, Patience, Site};

use crate::disk::SimDisk;
use crate::tree::Op;

/// The folder of the Book.
pub const DIR: &str = "/book";
/// Where the worker is.
pub const ZONE: Zone = chrono_tz::Europe::Berlin;
/// Nobody waits so long for a disk in memory.
const LONG: Duration = Duration::from_mins(1);

pub fn defaults() -> Settings {
    Settings::new(Currency::USD, ZONE)
}

/// One thing that the user does.
#[derive(Debug, Clone)]
pub enum Step {
    /// Commands in one go, before anything can be saved.
    Do(Vec<Command>),
    Undo,
    Redo,
    /// The files are tidied.
    Checkpoint,
    /// Days pass.
    Days(i64),
    /// The program is closed and opened.
    Reopen,
}

/// Every change that was ever handed to the journal of a Book, and the Book after each: number 0 is before the first.
#[derive(Debug, Clone)]
pub struct Record {
    pub entries: Vec<Arc<Entry>>,
    pub books: Vec<Book>,
}

impl Record {
    pub fn beginning_with(book: Book) -> Self {
        Self { entries: Vec::new(), books: vec![book] }
    }

    pub fn last(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Forgets what came after a change: it was lost before anybody called it saved.
    pub fn back_to(&mut self, sequence: u64) {
        let sequence = usize::try_from(sequence).unwrap();
        self.entries.truncate(sequence);
        self.books.truncate(sequence + 1);
    }

    fn push(&mut self, entry: &Arc<Entry>) {
        assert_eq!(entry.sequence, self.last() + 1, "the changes of a Book are counted without a gap");
        let mut book = self.books.last().unwrap().clone();
        book.apply(&entry.change);
        self.entries.push(Arc::clone(entry));
        self.books.push(book);
    }
}

/// The journal of the store, with a note on the disk of everything that was asked of it.
#[derive(Clone)]
struct Noted {
    journal: Arc<Mutex<Option<FileJournal>>>,
    record: Arc<Mutex<Record>>,
    disk: SimDisk,
}

impl Noted {
    fn with<T>(&self, act: impl FnOnce(&mut FileJournal) -> T) -> Option<T> {
        held(&self.journal).as_mut().map(act)
    }
}

impl Journal for Noted {
    fn append(&mut self, entry: &Arc<Entry>, book: &Book) {
        held(&self.record).push(entry);
        self.disk.note(Op::Asked(entry.sequence));
        self.with(|journal| journal.append(entry, book));
    }

    fn progress(&self) -> Progress {
        self.with(|journal| journal.progress()).unwrap_or_default()
    }

    fn whole(&mut self, book: &Book) {
        self.with(|journal| journal.whole(book));
    }

    fn checkpoint(&mut self, book: &Book) {
        self.with(|journal| Journal::checkpoint(journal, book));
    }

    fn close(&mut self) -> Result<(), String> {
        // Out of the lock first: the writer rings while it ends.
        let journal = held(&self.journal).take();
        journal.map_or(Ok(()), |journal| journal.close().map_err(|error| error.to_string()))
    }
}

/// The program, open.
pub struct Desk {
    pub engine: Engine,
    pub findings: Vec<Finding>,
    pub clock: FakeClock,
    noted: Noted,
    bell: Receiver<()>,
}

/// Where a Book on this disk is.
pub fn site(disk: &SimDisk, clock: &FakeClock) -> Site {
    let patience = Patience {
        first_pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
        close_wait: LONG,
        ..Patience::default()
    };
    Site::new(Arc::new(disk.clone()), Arc::new(clock.clone()), Path::new(DIR)).with_patience(patience)
}

/// The clock at which every history begins.
pub fn clock() -> FakeClock {
    FakeClock::new("2026-07-20T09:30:00Z".parse().unwrap(), ZONE)
}

impl Desk {
    /// Opens the Book: as a whole, or its newest months first and the rest at once after them.
    pub fn open(
        disk: &SimDisk,
        clock: &FakeClock,
        record: &Arc<Mutex<Record>>,
        newest_first: bool,
    ) -> Result<Self, OpenError> {
        let (ring, bell) = channel();
        let noted = Noted { journal: Arc::default(), record: Arc::clone(record), disk: disk.clone() };
        let told = noted.clone();
        let site = site(disk, clock).waking(Arc::new(move || {
            if !told.disk.is_dead()
                && let Some(progress) = told.with(|journal| journal.progress())
            {
                told.disk.note(Op::Told(progress.acknowledged));
            }
            // Whoever waited may be gone.
            ring.send(()).unwrap_or_default();
        }));
        let (opened, rest) = if newest_first {
            let opening = store::open_newest_first(site, defaults())?;
            (opening.opened, opening.rest)
        } else {
            (store::open(site, defaults())?, None)
        };
        *held(&noted.journal) = Some(opened.journal);
        let journal = Box::new(noted.clone());
        let mut findings = opened.findings;
        let mut engine = Engine::new(opened.book, opened.entries, opened.last_sequence, journal, opened.read_only);
        if let Some(rest) = rest {
            engine = engine.opening();
            let whole = rest.read(&|_| {});
            findings.extend(whole.findings);
            let (entries, last_sequence, read_only) = (whole.entries, whole.last_sequence, whole.read_only);
            let work = Work::of(&whole.book);
            engine.arrive(Whole { work, entries, last_sequence, read_only }, clock_now(clock));
        }
        let desk = Self { engine, findings, clock: clock.clone(), noted, bell };
        if let (Saving::Saved, Some(progress)) = (desk.engine.saving(), desk.noted.with(|journal| journal.progress())) {
            disk.note(Op::Told(progress.acknowledged));
        }
        Ok(desk)
    }

    pub fn now(&self) -> Now {
        clock_now(&self.clock)
    }

    /// Does a step; what is refused changes nothing. Closing and opening is for the caller.
    pub fn does(&mut self, step: &Step) {
        let now = self.now();
        match step {
            // Refusals change nothing, and there is nothing to save then.
            Step::Do(commands) => commands.iter().for_each(|command| drop(self.engine.dispatch(command, now))),
            Step::Undo => drop(self.engine.undo(now)),
            Step::Redo => drop(self.engine.redo(now)),
            Step::Checkpoint => {
                let book = self.engine.book().clone();
                self.noted.checkpoint(&book);
            }
            Step::Days(days) => self.clock.advance(days * 86_400),
            Step::Reopen => {}
        }
    }

    /// Waits until the window would say "Saved". False where it never will: the program was killed, or may only read.
    pub fn saved(&self) -> bool {
        loop {
            match self.engine.saving() {
                Saving::Saved => return true,
                Saving::ReadOnly(_) | Saving::Sample => return false,
                Saving::Pending | Saving::Failing(_) if self.noted.disk.is_dead() => return false,
                Saving::Pending | Saving::Failing(_) => {
                    // After a kill the writer rings as well, since it fails.
                    self.bell.recv_timeout(LONG).expect("the writer goes on");
                }
            }
        }
    }

    /// Waits until saving fails, and says why.
    pub fn fails(&self) -> String {
        loop {
            if let Saving::Failing(why) = self.engine.saving() {
                return why;
            }
            self.bell.recv_timeout(LONG).expect("the writer says so");
        }
    }

    pub fn close(mut self) -> Result<(), String> {
        self.engine.close()
    }
}

pub fn clock_now(clock: &FakeClock) -> Now {
    truerate::ports::Clock::now(clock)
}

/// Reads the Book of a disk as it stands.
pub fn read(disk: &SimDisk) -> store::Loaded {
    store::open_read(disk as &dyn Disk, Path::new(DIR), defaults())
}

pub fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
