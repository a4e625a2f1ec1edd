//! A file that is being read for the window: how far it is, and what came of it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::{Weighed, plain};
use crate::domain::query::incoming::{Choices, Payer};
use crate::domain::statement::{Glimpse, Mapping, Question, ReadAs, Statement, Tried};
use crate::ui::view::rates_file::RatesRead;

/// A piece of work beside the window: shared by the dialog and the thread. Clones are of one piece.
#[derive(Debug, Clone, Default)]
pub struct Going(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// How far it is, in thousandths.
    done: AtomicU32,
    stopped: AtomicBool,
}

impl Going {
    /// Says how far it is, from 0 to 1; whether it moved by a hundredth, so that it is worth a frame.
    #[must_use]
    pub fn step(&self, share: f32) -> bool {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000")]
        let done = (share.clamp(0.0, 1.0) * 1_000.0) as u32;
        let before = self.0.done.load(Ordering::Relaxed);
        let moved = done >= before.saturating_add(10);
        if moved {
            self.0.done.store(done, Ordering::Relaxed);
        }
        moved
    }

    /// How far it is, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f32 {
        self.0.done.load(Ordering::Relaxed) as f32 / 1_000.0
    }

    /// Tells it to stop.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was told to.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }

    /// Whether both are of one piece.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// On the disk, by its whole path.
    File(PathBuf),
    /// A table that was pasted.
    Pasted(Arc<str>),
}

impl Source {
    /// Its name, and its whole path where it has one.
    #[must_use]
    pub fn names(&self) -> (String, String) {
        match self {
            Self::File(path) => {
                let whole = path.display().to_string();
                let name = path.file_name().map_or_else(|| whole.clone(), |name| name.to_string_lossy().into_owned());
                (plain(&name), whole)
            }
            Self::Pasted(_) => ("Pasted table".to_owned(), String::new()),
        }
    }
}

/// By what a file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadBy {
    /// By what its content says, or a mapping that knows its columns.
    Itself,
    /// By this mapping.
    Mapping(Box<Mapping>),
    /// Not at all: its columns are looked at.
    Columns,
}

/// A file to be read.
#[derive(Debug, Clone)]
pub struct ReadWish {
    /// Where it is.
    pub source: Source,
    /// What the user says of it.
    pub read_as: ReadAs,
    /// By what it is read.
    pub by: ReadBy,
    /// Where to say how far it is.
    pub going: Going,
}

/// A statement to be weighed again.
#[derive(Debug, Clone)]
pub struct WeighWish {
    /// What the file says.
    pub statement: Arc<Statement>,
    /// Where it goes.
    pub choices: Choices,
    /// Somebody else pays: the rest is proposed anew.
    pub payer: Option<Payer>,
    /// Which piece of work it is.
    pub going: Going,
}

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRead {
    /// What it says.
    pub statement: Arc<Statement>,
    /// What of it comes to what.
    pub looked: Looked,
}

/// What a Book would take of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Where it goes.
    pub choices: Choices,
    /// What becomes of each row.
    pub weighed: Weighed,
    /// The state of the Book that it was weighed against.
    pub revision: u64,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRead {
    /// Something that only a person knows.
    Asks(Question),
    /// It was stopped.
    Stopped,
    /// It is a table that nobody knows the columns of.
    Maps(Box<ToMap>),
    /// It holds reference rates: no rows of anybody.
    Rates(Box<RatesRead>),
    /// It can't be read, and why.
    Failed(String),
}

/// A table whose columns are to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToMap {
    /// What is shown of it.
    pub glimpse: Glimpse,
    /// Reads its first rows.
    pub tries: Tries,
}

/// Reads the first rows of a table by a mapping.
#[derive(Clone)]
pub struct Tries(Arc<Reader>);

type Reader = dyn Fn(&Mapping, ReadAs) -> Tried + Send + Sync;

impl Tries {
    /// By a function of whoever can read tables.
    pub fn new(tries: impl Fn(&Mapping, ReadAs) -> Tried + Send + Sync + 'static) -> Self {
        Self(Arc::new(tries))
    }

    /// How the first rows are read by a mapping, as the user says.
    #[must_use]
    pub fn tried(&self, mapping: &Mapping, said: ReadAs) -> Tried {
        (self.0)(mapping, said)
    }
}

impl fmt::Debug for Tries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tries")
    }
}

/// Of one table.
impl PartialEq for Tries {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Tries {}
