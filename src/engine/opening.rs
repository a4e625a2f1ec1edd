//! Opening: the newest months of a Book are at hand, and the rest is read elsewhere.
//!
//! Meanwhile sessions can be edited and the timer works: a change that touches records which are known as they are, and
//! takes none away, is the same on the whole Book. What would need the rest waits for it. When it arrives, the changes
//! made meanwhile are set on it; its arrival is no change and has no undo.

use std::sync::Arc;

use super::Engine;
use crate::domain::book::Book;
use crate::domain::change::{Change, Record};
use crate::domain::history::{Entry, EntryKind, History};
use crate::domain::query::work::Work;
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::span::Now;

/// The whole Book, as it stood when its newest months were read.
pub struct Whole {
    /// A reading of it.
    pub work: Work,
    /// The changes that the journal still holds, oldest first.
    pub entries: Vec<Arc<Entry>>,
    /// The last sequence that anything of it names.
    pub last_sequence: u64,
    /// Why it must not be written, if so.
    pub read_only: Option<String>,
}

/// What was done since the newest months are shown.
#[derive(Debug, Default)]
pub(super) struct Opening {
    since: Vec<Arc<Entry>>,
}

impl Opening {
    pub(super) fn note(&mut self, entry: &Arc<Entry>) {
        self.since.push(Arc::clone(entry));
    }

    /// Whether a change is the same on the whole Book.
    pub(super) fn allows(change: &Change) -> bool {
        change.edits().iter().all(|edit| {
            let is_money =
                |record: &Record| matches!(record, Record::Earning(_) | Record::Payout(_) | Record::Movement(_));
            let sides = || edit.before().into_iter().chain(edit.after());
            edit.after().is_some() && !sides().any(is_money)
        })
    }
}

impl Engine {
    /// An engine over the newest months of a Book; the rest comes with [`arrive`](Self::arrive).
    #[must_use]
    pub fn opening(mut self) -> Self {
        self.opening = Some(Opening::default());
        self
    }

    /// Whether older months are still to come: what sums over them is not complete.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.opening.is_some()
    }

    /// Takes the whole Book over, with the changes that were made meanwhile.
    pub fn arrive(&mut self, whole: Whole, now: Now) {
        let Some(Opening { since }) = self.opening.take() else {
            return;
        };
        let Whole { work, entries, last_sequence, read_only } = whole;
        let mut book: Book = work.book().clone();
        for entry in &since {
            book.apply(&entry.change);
        }
        book.comes_after(&self.book);
        self.book = book;
        self.derived.adopt(work);
        // Files that are past the newest months' last sequence: what was done meanwhile is written again after them.
        let overtaken = since.first().is_some_and(|first| first.sequence <= last_sequence);
        let mut history = History::default();
        for entry in entries.into_iter().chain(since.iter().filter(|_| !overtaken).cloned()) {
            history.push(entry);
        }
        history.start_after(last_sequence.max(self.history.next_sequence() - 1));
        self.history = history;
        self.read_only = self.read_only.take().or(read_only);
        if self.read_only.is_none() {
            self.journal.whole(&self.book);
            if overtaken {
                let edits = since.iter().flat_map(|entry| entry.change.edits()).cloned().collect();
                self.commit("Changes made while opening".to_owned(), EntryKind::Do, Change::new(edits), now);
            }
        }
    }

    /// # Errors
    /// [`Refusal::StillOpening`] for a change that needs the months which are still to come.
    pub(super) fn may_change(&self, change: &Change) -> Result<(), Refused> {
        if self.opening.is_some() && !Opening::allows(change) { Err(Refusal::StillOpening.into()) } else { Ok(()) }
    }
}
