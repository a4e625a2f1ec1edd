//! Files in and out, each by a thread of its own: nothing blocks a frame.
//!
//! A job takes a copy of the Book (a few pointers) and gives what came of it back over a channel; the next frame picks it
//! up. It changes nothing: what it read is looked at first.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use chrono::NaiveDate;

use super::statements;
use crate::domain::book::Book;
use crate::domain::query::intake::{Extent, Intake};
use crate::domain::span::Now;
use crate::engine::Figures;
use crate::export::ics;
use crate::import::ecb;
use crate::ports::Disk;
use crate::ui::view::rates_file::RatesRead;
use crate::ui::view::statement::{Going, Looked, NotRead, ReadWish, StatementRead, WeighWish};

/// What a job came to.
pub enum Done {
    /// A rates file was read, or why it was not.
    Rates(PathBuf, Result<Box<RatesRead>, String>),
    /// The calendar was written: how many events, or why it was not.
    Calendar(PathBuf, Result<usize, String>),
    /// A page was written, or why it was not.
    Page(PathBuf, Result<(), String>),
    /// A file of somebody else was read, or why it was not.
    Statement(Going, Result<Box<StatementRead>, NotRead>),
    /// A statement was weighed again.
    Weighed(Going, Box<Looked>),
}

/// Jobs under way.
pub struct Jobs {
    disk: Option<Arc<dyn Disk>>,
    done: Sender<Done>,
    arrives: Receiver<Done>,
}

impl Jobs {
    /// Jobs over a disk; without one every job says so.
    pub fn new(disk: Option<Arc<dyn Disk>>) -> Self {
        let (done, arrives) = channel();
        Self { disk, done, arrives }
    }

    /// The disk, for a job that tells by itself how far it is.
    pub fn disk(&self) -> Option<Arc<dyn Disk>> {
        self.disk.clone()
    }

    /// What came of a job since the last look.
    pub fn look(&self) -> Option<Done> {
        self.arrives.try_recv().ok()
    }

    /// Reads a rates file and finds out what the Book needs of it. `wake` is called when it is done.
    pub fn read_rates(&self, path: PathBuf, book: Book, today: NaiveDate, wake: impl FnOnce() + Send + 'static) {
        self.begin(wake, move |disk| {
            let read = read_rates(disk, &path, &book, today);
            Done::Rates(path, read)
        });
    }

    /// Writes the calendar. `wake` is called when it is done.
    pub fn write_calendar(
        &self,
        path: PathBuf,
        book: Book,
        figures: Arc<Figures>,
        now: Now,
        wake: impl FnOnce() + Send + 'static,
    ) {
        self.begin(wake, move |disk| {
            let written = ics::written(&book, &figures.calendar, now, figures.stamp.today);
            let done = write(disk, &path, &written.text);
            Done::Calendar(path, done.map(|()| written.events))
        });
    }

    /// Writes a page. `wake` is called when it is done.
    pub fn write_page(&self, path: PathBuf, page: String, wake: impl FnOnce() + Send + 'static) {
        self.begin(wake, move |disk| {
            let written = write(disk, &path, &page);
            Done::Page(path, written)
        });
    }

    /// Reads a file of somebody else and weighs it. `wake` is called as it goes on, and when it is done.
    pub fn read_statement(&self, wish: ReadWish, book: Book, now: Now, wake: impl Fn() + Clone + Send + 'static) {
        let along = wake.clone();
        self.begin(wake, move |disk| {
            let read = statements::read(disk, &wish, &book, now, &along);
            Done::Statement(wish.going, read)
        });
    }

    /// Weighs a statement again. `wake` is called when it is done.
    pub fn weigh(&self, wish: WeighWish, book: Book, now: Now, wake: impl FnOnce() + Send + 'static) {
        self.begin(wake, move |_disk| {
            let going = wish.going.clone();
            Done::Weighed(going, Box::new(statements::weigh(wish, &book, now)))
        });
    }

    fn begin(
        &self,
        wake: impl FnOnce() + Send + 'static,
        job: impl FnOnce(Option<&dyn Disk>) -> Done + Send + 'static,
    ) {
        let (disk, done) = (self.disk.clone(), self.done.clone());
        let thread = std::thread::Builder::new().name("truerate-file".to_owned());
        let begun = thread.spawn(move || {
            if done.send(job(disk.as_deref())).is_err() {
                log::debug!("the window was closed before a file was done");
            }
            wake();
        });
        if let Err(error) = begun {
            log::error!("no thread for a file: {error}");
        }
    }
}

fn read_rates(disk: Option<&dyn Disk>, path: &Path, book: &Book, today: NaiveDate) -> Result<Box<RatesRead>, String> {
    let bytes = disk.ok_or("There is no disk here")?.read(path).map_err(|error| trouble("read", &error))?;
    let sheet = ecb::read(&bytes).map_err(|unreadable| unreadable.to_string())?;
    let of = |extent| Intake::of(book, &sheet, extent, today);
    Ok(Box::new(RatesRead { used: of(Extent::Used), all: of(Extent::All) }))
}

fn write(disk: Option<&dyn Disk>, path: &Path, text: &str) -> Result<(), String> {
    disk.ok_or("There is no disk here")?.replace(path, text.as_bytes()).map_err(|error| trouble("written", &error))
}

/// Why a file was not read or written, as a sentence.
pub(super) fn trouble(done: &str, error: &io::Error) -> String {
    let kind = error.kind();
    if kind == io::ErrorKind::NotFound {
        if done == "read" { "There is no such file" } else { "There is no such folder" }.to_owned()
    } else if kind == io::ErrorKind::FileTooLarge {
        error.to_string()
    } else if kind == io::ErrorKind::PermissionDenied {
        "You have no right to that place".to_owned()
    } else {
        format!("It can’t be {done}: {error}")
    }
}
