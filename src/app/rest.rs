//! The rest of a Book: older months, read by a thread of their own while the window shows the newest ones.
//!
//! The thread reads the files and takes a reading of the whole Book, so that the window only takes both over.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use crate::domain::query::work::Work;
use crate::engine::Whole;
use crate::store::{self, Finding, Site};

use super::open::unsound;

/// What is to be read, or being read.
pub struct RestOfBook {
    begins: Option<(store::Rest, Site)>,
    arrives: Receiver<Arrived>,
    arrived: Option<Sender<Arrived>>,
    /// The year that is being read; 0 before the first.
    year: Arc<AtomicI32>,
}

/// What came of it.
pub struct Arrived {
    /// The whole Book.
    pub whole: Whole,
    /// What was wrong with the files.
    pub findings: Vec<Finding>,
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
    /// What is to be read. The window is woken when all is there.
    pub fn new(rest: store::Rest, site: Site) -> Self {
        let (arrived, arrives) = channel();
        Self { begins: Some((rest, site)), arrives, arrived: Some(arrived), year: Arc::default() }
    }

    fn begin(&mut self) -> io::Result<()> {
        let (Some((rest, site)), Some(arrived)) = (self.begins.take(), self.arrived.take()) else {
            return Ok(());
        };
        let told = Arc::clone(&self.year);
        let reader = std::thread::Builder::new().name("truerate-reader".to_owned());
        reader.spawn(move || {
            let store::Whole { book, entries, last_sequence, mut findings, read_only } =
                rest.read(&|month| told.store(month.year, Ordering::Relaxed));
            let work = Work::of(&book);
            findings.extend(unsound(&site, &work, &findings));
            let whole = Whole { work, entries, last_sequence, read_only };
            if arrived.send(Arrived { whole, findings }).is_err() {
                log::debug!("the window was closed before the book was read");
            }
            (site.waker)();
        })?;
        Ok(())
    }

    /// How far it is; reading begins where `may_begin`, and what arrived is given once.
    pub fn look(&mut self, may_begin: bool) -> Reading {
        if may_begin && let Err(error) = self.begin() {
            log::error!("no thread reads older months: {error}");
        }
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
