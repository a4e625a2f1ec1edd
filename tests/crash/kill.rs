//! A real process on a real disk, ended by SIGKILL at any moment, again and again over the same Book.
//!
//! The test starts itself anew as a child: engine and store as in the program, no window. The child applies changes and
//! prints the number of each one that was called saved; what it printed must be there when the Book is opened next.
//! Each change sets two records in two months, so that half of one would be seen.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a process of its own, with its environment and its clock")]

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use chrono::TimeDelta;
use fastrand::Rng;
use nonmax::NonMaxU32;
use truerate::domain::book::Book;
use truerate::domain::command::Command;
use truerate::domain::ids::SessionId;
use truerate::domain::session::Session;
use truerate::domain::span::{Now, Timestamp};
use truerate::engine::Engine;
use truerate::ports::fake::FakeClock;
use truerate::ports::{Journal, Saving};
use truerate::store::{self, Opened, Site, What};
use truerate::system::RealDisk;

use crate::desk::{ZONE, defaults};

/// How often the child is killed.
const KILLS: u32 = 200;
/// Names the folder of the Book for the child.
const FOLDER: &str = "TRUERATE_KILLED_BOOK";
/// Sessions that the Book holds beside the one that is counted up.
const KEPT: u64 = 24;
/// Changes between two checkpoints.
const CHECKPOINT: u64 = 7;
/// The session that every change counts up, in a month of its own.
const COUNTED: SessionId = SessionId(1);

fn now() -> Now {
    Now { at: "2026-11-22T08:00:00Z".parse().unwrap(), zone: ZONE }
}

fn site(folder: &Path) -> Site {
    let clock = FakeClock::new(now().at, ZONE);
    Site::new(Arc::new(RealDisk), Arc::new(clock), folder)
}

/// A session of a minute, each in the month before the last one's, over half a year.
fn session(number: u64) -> Session {
    let started_at: Timestamp = now().at - TimeDelta::days(i64::try_from(number % 6).unwrap() * 31 + 1);
    let ended_at = Some(started_at + TimeDelta::minutes(1));
    Session { ended_at, ..Session::begun(SessionId(100 + number), started_at, ZONE) }
}

/// The change of a number: one more session, one less, and one that is counted up.
fn change(book: &Book, number: u64) -> Command {
    let counted = Session { tasks: NonMaxU32::new(u32::try_from(number).unwrap()), ..counted() };
    let mut commands = vec![
        if book.session(COUNTED).is_some() {
            Command::EditSession(Box::new(counted))
        } else {
            Command::AddSession(Box::new(counted))
        },
        Command::AddSession(Box::new(session(number))),
    ];
    if let Some(old) = number.checked_sub(KEPT).filter(|old| *old > 0) {
        commands.push(Command::DeleteSessions(vec![session(old).id]));
    }
    Command::Together { words: format!("Change {number}"), commands }
}

fn counted() -> Session {
    let started_at = now().at - TimeDelta::days(300);
    Session { ended_at: Some(started_at + TimeDelta::minutes(1)), ..Session::begun(COUNTED, started_at, ZONE) }
}

/// Whether a Book is that of a change.
fn is_of(book: &Book, number: u64) -> bool {
    let tasks = book.session(COUNTED).and_then(|session| session.tasks.map(u32::from));
    let kept = (number.saturating_sub(KEPT) + 1..=number).all(|kept| book.session(session(kept).id).is_some());
    let count = u64::try_from(book.sessions().count()).unwrap();
    tasks == (number > 0).then(|| u32::try_from(number).unwrap()) && kept && count == number.min(KEPT) + number.min(1)
}

/// The child: changes the Book until it is killed.
#[test]
#[ignore = "the test below starts it"]
fn the_child_that_is_killed() {
    let folder = PathBuf::from(env::var_os(FOLDER).expect("its parent names a folder"));
    let (ring, bell) = channel();
    let waker = Arc::new(move || ring.send(()).unwrap_or_default());
    let opened = store::open(site(&folder).waking(waker), defaults()).unwrap();
    let Opened { book, entries, last_sequence, journal, .. } = opened;
    let mut number = last_sequence;
    let mut engine = Engine::new(book, entries, last_sequence, Box::new(Tidying(journal)), None);
    loop {
        while engine.saving() != Saving::Saved {
            bell.recv_timeout(Duration::from_mins(1)).unwrap();
        }
        println!("saved {number}");
        std::io::stdout().flush().unwrap();
        number += 1;
        engine.dispatch(&change(engine.book(), number), now()).unwrap();
    }
}

/// A journal that is told to tidy up often.
struct Tidying(store::FileJournal);

impl Journal for Tidying {
    fn append(&mut self, entry: &Arc<truerate::domain::history::Entry>, book: &Book) {
        self.0.append(entry, book);
        if entry.sequence.is_multiple_of(CHECKPOINT) {
            Journal::checkpoint(&mut self.0, book);
        }
    }

    fn progress(&self) -> truerate::ports::Progress {
        self.0.progress()
    }

    fn checkpoint(&mut self, book: &Book) {
        Journal::checkpoint(&mut self.0, book);
    }

    fn close(&mut self) -> Result<(), String> {
        Journal::close(&mut self.0)
    }
}

#[test]
fn whatever_was_called_saved_outlives_sigkill() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("book");
    let mut rng = Rng::with_seed(200);
    let mut last = 0;
    let mut torn = 0;
    for kill in 0..KILLS {
        let mut child = Process::new(env::current_exe().unwrap())
            .args(["--exact", "kill::the_child_that_is_killed", "--ignored", "--nocapture", "--test-threads=1"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let number = |line: &str| line.strip_prefix("saved ").and_then(|number| number.parse::<u64>().ok());
        // From its first word on; now and then it is killed while it is still opening the Book.
        let early = rng.u8(0..8) == 0;
        let mut told = last;
        if !early {
            let first = lines.by_ref().map_while(Result::ok).find_map(|line| number(&line));
            told = first.unwrap_or_else(|| panic!("kill {kill}: the child ended by itself"));
        }
        std::thread::sleep(Duration::from_micros(rng.u64(500..40_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said and nobody had read yet counts.
        told = lines.map_while(Result::ok).filter_map(|line| number(&line)).fold(told, u64::max);
        let loaded = store::open_read(&RealDisk, &folder, defaults());
        let found = loaded.last_sequence;
        assert!(found >= told.max(last), "kill {kill}: {told} changes were called saved, {found} are there");
        assert!(is_of(&loaded.book, found), "kill {kill}: the book is not that of change {found}");
        let is_torn = |what: &What| matches!(what, What::Torn(_));
        assert!(loaded.findings.iter().all(|finding| is_torn(&finding.what)), "kill {kill}: {:?}", loaded.findings);
        torn += loaded.findings.len();
        last = found;
    }
    println!("killed {KILLS} times in {last} changes; the journal was torn {torn} times");
    assert!(last > u64::from(KILLS), "it got somewhere between the kills: {last}");
}
