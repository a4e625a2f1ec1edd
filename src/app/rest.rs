//! The rest of a Book: older months, read by a thread of their own while the window shows the newest ones.
//!
//! The thread reads the files and takes a reading of the whole Book, so that the window only takes both over.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::domain::query::work::Work;
use crate::engine::Whole;
use crate::store::{self, Waker};

/// What is being read.
pub struct RestOfBook {
    arrives: Receiver<Arrived>,
    /// The year that is being read; 0 before the first.
    year: Arc<AtomicI32>,
}

/// What came of it.
pub struct Arrived {
    /// The whole Book.
    pub whole: Whole,
    /// What was wrong with the files, each a sentence.
    pub findings: Vec<String>,
}

/// How far it is.
pub enum Reading {
    /// This year is being read, where one is known.
    Under(Option<i32>),
    /// It is there.
    Done(Box<Arrived>),
    /// The thread ended without it.
    Lost,
}

impl RestOfBook {
    /// Begins to read. `wake` is called when the year moves, and when all is there.
    ///
    /// # Errors
    /// As the system says, where it gives no thread.
    pub fn read(rest: store::Rest, wake: Waker) -> io::Result<Self> {
        let (arrived, arrives) = channel();
        let year = Arc::new(AtomicI32::new(0));
        let told = Arc::clone(&year);
        std::thread::Builder::new().name("truerate-reader".to_owned()).spawn(move || {
            let store::Whole { book, entries, last_sequence, findings, read_only } = rest.read(&|month| {
                if told.swap(month.year, Ordering::Relaxed) != month.year {
                    wake();
                }
            });
            let whole = Whole { work: Work::of(&book), entries, last_sequence, read_only };
            let findings = findings.iter().map(ToString::to_string).collect();
            if arrived.send(Arrived { whole, findings }).is_err() {
                log::debug!("the window was closed before the book was read");
            }
            wake();
        })?;
        Ok(Self { arrives, year })
    }

    /// How far it is; what arrived is given once.
    #[must_use]
    pub fn look(&self) -> Reading {
        match self.arrives.try_recv() {
            Ok(arrived) => Reading::Done(Box::new(arrived)),
            Err(TryRecvError::Empty) => {
                let year = self.year.load(Ordering::Relaxed);
                Reading::Under((year != 0).then_some(year))
            }
            Err(TryRecvError::Disconnected) => Reading::Lost,
        }
    }
}
