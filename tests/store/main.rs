//! The store as the program uses it: open, change, close, open again; and what it does with damaged files.

#![expect(clippy::disallowed_methods, reason = "the golden files and the real disk are looked at from outside")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test ends where it fails")]
#![expect(missing_docs, reason = "what the tests share is for them alone")]

mod backups;
mod books;
mod broken;
mod checking;
mod damage;
mod golden;
mod mending;
mod migration;
mod odd;
mod opening;
mod outside;
mod real_disk;
mod unread;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use truerate::domain::book::Book;
use truerate::domain::change::Change;
use truerate::domain::history::{Entry, EntryKind};
use truerate::ports::fake::{FakeClock, MemoryDisk};
use truerate::ports::{Journal, Progress};
use truerate::store::{self, Opened, Site};

/// The folder of the Book on the disks in memory.
pub const DIR: &str = "/book";

pub fn at(file: &str) -> PathBuf {
    Path::new(DIR).join(file)
}

/// Where the Book of a disk is.
pub fn site(disk: &MemoryDisk) -> Site {
    let clock = FakeClock::new("2026-11-22T08:00:00Z".parse().unwrap(), chrono_tz::UTC);
    Site::new(Arc::new(disk.clone()), Arc::new(clock), Path::new(DIR))
}

/// An open Book and the bell that the writer rings.
pub struct Desk {
    pub opened: Opened,
    pub bell: Receiver<()>,
}

impl Desk {
    pub fn open(disk: &MemoryDisk) -> Self {
        let (ring, bell) = channel();
        let ring = std::sync::Mutex::new(ring);
        let waker = Arc::new(move || {
            if ring.lock().unwrap().send(()).is_err() {
                // The test has ended, and nobody listens any more.
            }
        });
        Self { opened: store::open(site(disk).waking(waker), books::defaults()).unwrap(), bell }
    }

    /// Applies a change, as the engine does, and queues it.
    pub fn change(&mut self, change: Change) -> u64 {
        let sequence = self.opened.last_sequence + 1;
        self.opened.last_sequence = sequence;
        let entry = Entry {
            sequence,
            at: "2026-11-22T08:00:00Z".parse().unwrap(),
            words: format!("Change {sequence}"),
            kind: EntryKind::Do,
            change,
        };
        self.enter(entry);
        sequence
    }

    pub fn enter(&mut self, entry: Entry) {
        self.opened.last_sequence = entry.sequence;
        self.opened.book.apply(&entry.change);
        self.opened.journal.append(&Arc::new(entry), &self.opened.book);
    }

    /// Waits until the writer says so; the test runner ends a test that waits for ever.
    pub fn wait(&self, until: impl Fn(&Progress) -> bool) -> Progress {
        loop {
            let progress = self.opened.journal.progress();
            if until(&progress) {
                return progress;
            }
            self.bell.recv().unwrap();
        }
    }

    pub fn wait_saved(&self) {
        self.wait(|progress| progress.acknowledged == self.opened.last_sequence);
    }

    pub fn close(self) -> Book {
        self.opened.journal.close().unwrap();
        self.opened.book
    }
}
