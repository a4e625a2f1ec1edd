//! Files in and out, each by a thread of its own: nothing blocks a frame.
//!
//! A job takes a copy of the Book (a few pointers) and gives what came of it back over a channel; the next frame picks it
//! up. It changes nothing: what it read is looked at first.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::query::intake::{Extent, Intake};
use crate::domain::span::Now;
use crate::engine::Figures;
use crate::export::ics;
use crate::import::ecb;
use crate::ports::Disk;
use crate::ui::view::rates_file::RatesRead;

/// What a job came to.
pub enum Done {
    /// A rates file was read, or why it was not.
    Rates(PathBuf, Result<Box<RatesRead>, String>),
    /// The calendar was written: how many events, or why it was not.
    Calendar(PathBuf, Result<usize, String>),
    /// A page was written, or why it was not.
    Page(PathBuf, Result<(), String>),
}

/// Begins a thread of a name.
pub type Spawn = fn(&str, Box<dyn FnOnce() + Send>) -> io::Result<()>;

/// A thread of the system.
fn spawn(name: &str, job: Box<dyn FnOnce() + Send>) -> io::Result<()> {
    std::thread::Builder::new().name(name.to_owned()).spawn(job).map(drop)
}

/// That the system gives no thread, as a sentence.
pub fn no_thread(error: &io::Error) -> String {
    format!("There is no room for the thread that does it ({error}); close other programs and try again")
}

/// Jobs under way.
pub struct Jobs {
    spawn: Spawn,
    disk: Option<Arc<dyn Disk>>,
    done: Sender<Done>,
    arrives: Receiver<Done>,
}

impl Jobs {
    /// Jobs over a disk; without one every job says so.
    pub fn new(disk: Option<Arc<dyn Disk>>) -> Self {
        let (done, arrives) = channel();
        Self { spawn, disk, done, arrives }
    }

    /// What begins a thread, for a job that tells by itself how far it is.
    pub fn spawn(&self) -> Spawn {
        self.spawn
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
    pub fn read_rates(&self, path: PathBuf, book: Book, today: NaiveDate, wake: impl Fn() + Clone + Send + 'static) {
        let lost = path.clone();
        self.begin(
            wake,
            |why| Done::Rates(lost, Err(why)),
            move |disk| {
                let read = read_rates(disk, &path, &book, today);
                Done::Rates(path, read)
            },
        );
    }

    /// Writes the calendar. `wake` is called when it is done.
    pub fn write_calendar(
        &self,
        path: PathBuf,
        book: Book,
        figures: Arc<Figures>,
        now: Now,
        wake: impl Fn() + Clone + Send + 'static,
    ) {
        let lost = path.clone();
        self.begin(
            wake,
            |why| Done::Calendar(lost, Err(why)),
            move |disk| {
                let written = ics::written(&book, &figures.calendar, now, figures.stamp.today);
                let done = write(disk, &path, &written.text);
                Done::Calendar(path, done.map(|()| written.events))
            },
        );
    }

    /// Writes a page. `wake` is called when it is done.
    pub fn write_page(&self, path: PathBuf, page: String, wake: impl Fn() + Clone + Send + 'static) {
        let lost = path.clone();
        self.begin(
            wake,
            |why| Done::Page(lost, Err(why)),
            move |disk| {
                let written = write(disk, &path, &page);
                Done::Page(path, written)
            },
        );
    }

    /// Begins a job; where there is no thread for it, that is what came of it.
    fn begin(
        &self,
        wake: impl Fn() + Clone + Send + 'static,
        lost: impl FnOnce(String) -> Done,
        job: impl FnOnce(Option<&dyn Disk>) -> Done + Send + 'static,
    ) {
        let (disk, done, woken) = (self.disk.clone(), self.done.clone(), wake.clone());
        let thread = move || {
            if done.send(job(disk.as_deref())).is_err() {
                log::debug!("the window was closed before a file was done");
            }
            woken();
        };
        if let Err(error) = (self.spawn)("truerate-file", Box::new(thread)) {
            if self.done.send(lost(no_thread(&error))).is_err() {
                log::debug!("nobody looks for what came of a file");
            }
            wake();
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
fn trouble(done: &str, error: &io::Error) -> String {
    let kind = error.kind();
    if kind == io::ErrorKind::NotFound {
        if done == "read" { "There is no such file" } else { "There is no such folder" }.to_owned()
    } else if kind == io::ErrorKind::PermissionDenied {
        "You have no right to that place".to_owned()
    } else {
        format!("It can’t be {done}: {error}")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::settings::Settings;
    use crate::domain::testing::day;
    use crate::ports::fake::MemoryDisk;

    #[test]
    fn a_job_that_gets_no_thread_says_so_and_wakes_the_window() {
        let mut jobs = Jobs::new(Some(Arc::new(MemoryDisk::new())));
        jobs.spawn = |_, _| Err(io::ErrorKind::WouldBlock.into());
        let woken = Arc::new(AtomicUsize::new(0));
        let counts = Arc::clone(&woken);
        let wake = move || _ = counts.fetch_add(1, Ordering::Relaxed);
        let book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        jobs.write_page(PathBuf::from("/a.html"), "page".to_owned(), wake.clone());
        jobs.read_rates(PathBuf::from("/a.csv"), book, day("2026-11-22"), wake);
        let said = |done: Option<Done>| match done {
            Some(Done::Page(_, Err(why)) | Done::Rates(_, Err(why)) | Done::Calendar(_, Err(why))) => why,
            _ => String::new(),
        };
        for _ in 0..2 {
            let why = said(jobs.look());
            assert!(why.starts_with("There is no room for the thread"), "{why}");
        }
        assert_eq!(woken.load(Ordering::Relaxed), 2);
    }
}
