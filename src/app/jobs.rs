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
use super::taking_in::{Outcome, Taking};
use crate::domain::backup::Backup;
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::query::restore::{Restoring, as_of};
use crate::domain::query::work::Work;
use crate::domain::settings::Settings;
use crate::domain::span::Now;
use crate::door;
use crate::engine::{Figures, Snapshot, Stamp};
use crate::export::ics;
use crate::ports::Disk;
use crate::store::backup;
use crate::store::{Excerpts, Finding, Site, excerpts};
use crate::ui::dialogs::KnownBackups;
use crate::ui::view::check::Checked;
use crate::ui::view::rates_file::RatesRead;
use crate::ui::view::statement::{Going, Looked, NotRead, ReadWish, StatementRead, WeighWish};

/// What a job came to.
pub(super) enum Done {
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
    /// Logged, credited and received were set beside each other, or why they were not.
    Beside(Stamp, Result<Box<Checked>, String>),
    /// A command was planned.
    Prepared(Taking, Outcome),
    /// What stands where something was found was looked up.
    Excerpts(Excerpts),
    /// The backups are these.
    Backups(KnownBackups),
    /// A backup was read to be looked at: a reading of its Book and whether that is whole, or why there is none.
    Looked(Backup, Result<(Box<Work>, bool), String>),
    /// A backup was compared with a revision of the Book.
    Compared(Backup, u64, Result<Box<Compared>, String>),
}

/// What restoring a backup comes to.
pub struct Compared {
    /// The revision of the Book that it was compared with.
    pub base: u64,
    /// What changes.
    pub restoring: Restoring,
    /// What does it.
    pub command: Command,
    /// A reading of the Book after it.
    pub after: Work,
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

    /// Lets something large go in a thread; here, where there is none.
    pub fn let_go(&self, what: impl Send + 'static) {
        _ = (self.spawn)("truerate-let-go", Box::new(move || drop(what)));
    }

    /// The disk, for a job that tells by itself how far it is.
    pub fn disk(&self) -> Option<Arc<dyn Disk>> {
        self.disk.clone()
    }

    /// What came of a job since the last look.
    pub(super) fn look(&self) -> Option<Done> {
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

    /// Reads a file of somebody else and weighs it. `wake` is called as it goes on, and when it is done.
    pub fn read_statement(&self, wish: ReadWish, book: Book, now: Now, wake: impl Fn() + Clone + Send + 'static) {
        let (along, going) = (wake.clone(), wish.going.clone());
        self.begin(
            wake,
            |why| Done::Statement(going, Err(NotRead::Failed(why))),
            move |disk| {
                let read = statements::read(disk, &wish, &book, now, &along);
                Done::Statement(wish.going, read)
            },
        );
    }

    /// Weighs a statement again. `wake` is called when it is done.
    pub fn weigh(&self, wish: WeighWish, book: Book, now: Now, wake: impl Fn() + Clone + Send + 'static) {
        let going = wish.going.clone();
        let lost = going.clone();
        self.begin(
            wake,
            |why| Done::Statement(lost, Err(NotRead::Failed(why))),
            move |_disk| Done::Weighed(going, Box::new(statements::weigh(wish, &book, now))),
        );
    }

    /// Sets logged, credited and received beside each other. `wake` is called when it is done. The figures are not held
    /// meanwhile: they would be copied whole with the next change.
    pub fn set_beside(&self, figures: &Figures, book: Book, now: Now, wake: impl Fn() + Clone + Send + 'static) {
        let (stamp, calendar) = (figures.stamp, figures.calendar.clone());
        let job = move |_disk: Option<&dyn Disk>| {
            Done::Beside(stamp, Ok(Box::new(Checked::of(&book, &calendar, now, stamp.today))))
        };
        self.begin(wake, move |why| Done::Beside(stamp, Err(why)), job);
    }

    /// Plans a command that takes something in. `wake` is called when it is done.
    pub(super) fn prepare(
        &self,
        snapshot: Snapshot,
        taking: Taking,
        now: Now,
        wake: impl Fn() + Clone + Send + 'static,
    ) {
        let lost = taking.clone();
        let none = |why| {
            log::warn!("{why}");
            Done::Prepared(lost, None)
        };
        self.begin(wake, none, move |_| {
            let prepared = snapshot.prepare(&taking.wanted, now).map(Box::new);
            Done::Prepared(taking, Some(prepared))
        });
    }

    /// Looks up what stands where something was found in the files of a folder. `wake` is called when it is done.
    pub fn look_up(&self, site: Site, findings: Vec<Finding>, wake: impl Fn() + Clone + Send + 'static) {
        let none = |why| {
            log::error!("{why}");
            Done::Excerpts(Excerpts::default())
        };
        self.begin(wake, none, move |_| Done::Excerpts(excerpts(site.disk.as_ref(), &site.dir, &findings)));
    }

    /// Lists the backups of the Book in a folder, with their sizes. `wake` is called when it is done.
    pub fn list_backups(&self, dir: PathBuf, wake: impl Fn() + Clone + Send + 'static) {
        self.begin(
            wake,
            |why| Done::Backups(KnownBackups::Failed(why)),
            move |disk| {
                let Some(disk) = disk else { return Done::Backups(KnownBackups::Listed(Vec::new())) };
                let listed = backup::list(disk, &dir).and_then(|backups| backup::sizes(disk, &dir, &backups));
                Done::Backups(match listed {
                    Ok(listed) => KnownBackups::Listed(listed),
                    Err(error) => KnownBackups::Failed(format!("The backups can’t be read: {error}")),
                })
            },
        );
    }

    /// Reads a backup of the Book in a folder. `wake` is called when it is done.
    pub fn look_at_backup(
        &self,
        dir: PathBuf,
        backup: Backup,
        defaults: Settings,
        wake: impl Fn() + Clone + Send + 'static,
    ) {
        self.begin(
            wake,
            move |why| Done::Looked(backup, Err(why)),
            move |disk| {
                let looked = look(disk, &dir, backup, defaults);
                Done::Looked(
                    backup,
                    looked.map(|looked| (Box::new(Work::of(&as_of(&looked.book, backup.at))), looked.is_whole())),
                )
            },
        );
    }

    /// Finds out what makes the Book what a backup of it holds. `wake` is called when it is done.
    pub fn compare(
        &self,
        dir: PathBuf,
        backup: Backup,
        book: Book,
        words: String,
        wake: impl Fn() + Clone + Send + 'static,
    ) {
        let base = book.revision();
        self.begin(
            wake,
            move |why| Done::Compared(backup, base, Err(why)),
            move |disk| {
                let looked = look(disk, &dir, backup, (**book.settings()).clone());
                let compared = looked.map(|looked| {
                    let restoring = Restoring::of(&book, &looked.book, backup.at, &looked.unread);
                    let after = Work::of(&restoring.after(&book));
                    Box::new(Compared { base, command: restoring.command(words), restoring, after })
                });
                Done::Compared(backup, base, compared)
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

fn look(disk: Option<&dyn Disk>, dir: &Path, backup: Backup, defaults: Settings) -> Result<backup::Looked, String> {
    let disk = disk.ok_or("There is no disk here")?;
    backup::look(disk, dir, backup, defaults).map_err(|error| error.to_string())
}

fn read_rates(disk: Option<&dyn Disk>, path: &Path, book: &Book, today: NaiveDate) -> Result<Box<RatesRead>, String> {
    let bytes = disk.ok_or("There is no disk here")?.read(path).map_err(|error| trouble("read", &error))?;
    door::look_at_rates(&bytes, book, today)
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
