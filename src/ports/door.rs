//! The door of a window: how a second start of the program, or a writing verb of the terminal, reaches the window that has
//! a Book open.
//!
//! A [`Caller`] is carried out once or not at all: the window [begins](Caller::begin) with it, or whoever waits
//! [gives up](Waiting::wait), whichever is first. Nothing here waits for a window that draws, and no window waits for a
//! caller.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::domain::query::intake::Extent;
use crate::domain::statement::ReadAs;

/// Called when somebody is at the door.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What is asked of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Come to the front.
    Raise,
    /// Do something with the Book that is open there.
    Do(Errand),
}

/// A writing verb of the terminal, with all that it needs: no path is relative, and another program can read each file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Take reference rates out of a file.
    ImportRates {
        /// The file.
        file: PathBuf,
        /// Its name as the user gave it.
        named: String,
        /// Which of its currencies.
        extent: Extent,
    },
    /// Make a backup, and answer with its name.
    BackUp,
    /// Make the Book what a backup of it holds.
    Restore {
        /// Its name, as the list of backups has it.
        named: String,
    },
    /// Take in what a file of somebody else says.
    Import {
        /// The file.
        file: PathBuf,
        /// Its name as the user gave it.
        named: String,
        /// How it is read and where it goes.
        taking: Taking,
    },
}

/// What the user says of a file that is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taking {
    /// How it is read, where it leaves that open.
    pub read_as: ReadAs,
    /// The name of the mapping by which it is read; `None`: by what its content says.
    pub mapping: Option<String>,
    /// Who pays by it; `None`: as the format says.
    pub platform: Option<String>,
    /// Whether doubtful rows are taken too.
    pub doubtful: bool,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What there is to say, a sentence a line; where it was not done, the last one is why.
    pub lines: Vec<String>,
    /// Whether it was done.
    pub outcome: Outcome,
}

impl Answer {
    /// It was not done.
    #[must_use]
    pub fn failed(outcome: Outcome, why: impl Into<String>) -> Self {
        Self { lines: vec![why.into()], outcome }
    }
}

/// Whether a call was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was, and what it changed is on the disk.
    Done,
    /// It could not be written, or was refused.
    NotWritten,
    /// The file that was named can't be read, or was refused.
    NotRead,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// There is no door, or nobody behind it.
    #[error("No window on this computer answers")]
    Nobody,
    /// Somebody is there and says nothing.
    #[error("That window does not answer")]
    Silent,
    /// The window did not come to it in time; it will not be carried out.
    #[error("That window did not come to it in time: nothing was done")]
    Late,
    /// The window ended, or gave up, after it had begun.
    #[error("That window did not say how it ended: look there whether it was done")]
    Unknown,
    /// What was asked is not taken, and why.
    #[error("{0}")]
    Refused(String),
    /// Nobody can be asked from here, and why.
    #[error("{0}")]
    Cannot(String),
}

/// The doors of this user's windows, one a Book.
pub trait Doorbell: Send + Sync {
    /// Opens the door of the Book in a folder. Only for whoever holds the Book's lock: a door that stands there already is
    /// left over from a program that was killed, and goes.
    ///
    /// # Errors
    /// A sentence that says why there can be none.
    fn open(&self, folder: &Path, wake: Wake) -> Result<Door, String>;

    /// Rings at the window that has the Book of a folder open, and waits a bounded time for its answer.
    ///
    /// # Errors
    /// Why none came.
    fn ring(&self, folder: &Path, call: &Call) -> Result<Answer, NoAnswer>;

    /// Lets a moment pass, before ringing again at a window that is only just opening.
    fn pause(&self);

    /// A path under which another program of this user reads what the user named: the file itself, or a copy for the user
    /// alone where it is none (a pipe, or `-` for standard input).
    ///
    /// # Errors
    /// As the system says.
    fn lend(&self, file: &Path) -> io::Result<Lent>;
}

/// A file that another program can read. Where it is a copy, it goes with this.
pub struct Lent {
    /// Its whole path.
    pub path: PathBuf,
    _copy: Option<Box<dyn Send>>,
}

impl Lent {
    /// A file as it is, or a copy and what removes it when dropped.
    #[must_use]
    pub fn new(path: PathBuf, copy: Option<Box<dyn Send>>) -> Self {
        Self { path, _copy: copy }
    }
}

/// An open door: what is asked through it. Dropping it closes it.
pub struct Door {
    calls: Receiver<Caller>,
    attended: Arc<AtomicBool>,
    _frame: Box<dyn Send>,
}

impl Door {
    /// A door and where those who ring are shown in. `frame` closes it when dropped.
    #[must_use]
    pub fn new(frame: Box<dyn Send>) -> (Self, Porch) {
        let (shown_in, calls) = channel();
        let attended = Arc::new(AtomicBool::new(false));
        let porch = Porch { shown_in, attended: Arc::clone(&attended) };
        (Self { calls, attended, _frame: frame }, porch)
    }

    /// The next caller, where one is there.
    #[must_use]
    pub fn next(&self) -> Option<Caller> {
        self.attended.store(true, Ordering::Release);
        self.calls.try_recv().ok()
    }
}

/// The outer side of a door.
#[derive(Clone)]
pub struct Porch {
    shown_in: Sender<Caller>,
    attended: Arc<AtomicBool>,
}

impl Porch {
    /// Whether the window looks at its door yet: before its first frame it doesn't.
    #[must_use]
    pub fn is_attended(&self) -> bool {
        self.attended.load(Ordering::Acquire)
    }

    /// Shows a call in; `None` where the door was closed.
    #[must_use]
    pub fn show_in(&self, call: Call) -> Option<Waiting> {
        let (answer, comes) = channel();
        let decided = Arc::new(AtomicBool::new(false));
        self.shown_in.send(Caller { call, answer, decided: Arc::clone(&decided) }).ok()?;
        Some(Waiting { comes, decided })
    }
}

/// Somebody at the door.
pub struct Caller {
    call: Call,
    answer: Sender<Answer>,
    decided: Arc<AtomicBool>,
}

impl Caller {
    /// What is asked.
    #[must_use]
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// Begins with it, once; false where the caller has given up: then it must not be carried out.
    #[must_use]
    pub fn begin(&self) -> bool {
        !self.decided.swap(true, Ordering::AcqRel)
    }

    /// Says what came of it.
    pub fn answer(self, answer: Answer) {
        if self.answer.send(answer).is_err() {
            log::debug!("a caller had gone before the answer");
        }
    }
}

/// What a caller waits for.
pub struct Waiting {
    comes: Receiver<Answer>,
    decided: Arc<AtomicBool>,
}

impl Waiting {
    /// Waits for the answer, a step at a time. It gives up where `goes_on` says so between two steps, which is told
    /// whether the window has begun.
    ///
    /// # Errors
    /// [`NoAnswer::Late`] where it gave up before the window had begun: it will not be carried out. Else
    /// [`NoAnswer::Unknown`].
    pub fn wait(&self, step: Duration, mut goes_on: impl FnMut(bool) -> bool) -> Result<Answer, NoAnswer> {
        loop {
            match self.comes.recv_timeout(step) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Timeout) if goes_on(self.decided.load(Ordering::Acquire)) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let begun = self.decided.swap(true, Ordering::AcqRel);
                    return Err(if begun { NoAnswer::Unknown } else { NoAnswer::Late });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(1);

    fn done() -> Answer {
        Answer { lines: vec!["done".to_owned()], outcome: Outcome::Done }
    }

    #[test]
    fn a_call_is_begun_or_given_up_and_never_both() {
        let (door, porch) = Door::new(Box::new(()));
        assert!(!porch.is_attended());
        assert!(door.next().is_none());
        assert!(porch.is_attended());

        let waiting = porch.show_in(Call::Raise).unwrap();
        let caller = door.next().unwrap();
        assert!(caller.begin());
        caller.answer(done());
        assert_eq!(waiting.wait(STEP, |_| false), Ok(done()));

        let waiting = porch.show_in(Call::Raise).unwrap();
        assert_eq!(waiting.wait(STEP, |begun| begun), Err(NoAnswer::Late));
        assert!(!door.next().unwrap().begin(), "the caller has gone");

        let waiting = porch.show_in(Call::Raise).unwrap();
        let caller = door.next().unwrap();
        assert!(caller.begin());
        assert_eq!(waiting.wait(STEP, |begun| !begun), Err(NoAnswer::Unknown));
    }

    #[test]
    fn a_window_that_ends_leaves_nobody_waiting() {
        let (door, porch) = Door::new(Box::new(()));
        let waiting = porch.show_in(Call::Raise).unwrap();
        drop(door);
        assert_eq!(waiting.wait(STEP, |_| true), Err(NoAnswer::Late));
        assert!(porch.show_in(Call::Raise).is_none());
    }
}
