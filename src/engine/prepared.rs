//! A large command that is planned beside the window, or taken back there, with all that follows from it: no frame waits for it. What came of it is
//! taken where the Book is still the one that it was planned over; where that has moved on, it is planned again.

use std::sync::Arc;

use super::{Engine, Entry, EntryKind, Figures, in_sight};
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::command::{self, Command};
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::span::Now;

/// What a command is planned over: the Book as it stands (a few pointers) and what is known of it.
pub struct Snapshot {
    book: Book,
    figures: Arc<Figures>,
    /// What undo and redo would take.
    undo: Option<Arc<Entry>>,
    redo: Option<Arc<Entry>>,
}

/// What is to be prepared.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// This command, of which nobody sees what it does to past figures.
    Do(Arc<Command>),
    /// This command, for someone who sees that.
    DoInSight(Arc<Command>),
    /// The last command is taken back.
    Undo,
    /// It is done again.
    Redo,
}

/// What a command comes to.
pub struct Prepared {
    /// The revision of the Book that it was planned over.
    base: u64,
    words: String,
    kind: EntryKind,
    change: Change,
    after: Book,
    figures: Figures,
}

/// Why what was prepared is not taken. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// It was refused.
    Refused(Refused),
    /// The Book has moved on: it is to be planned again.
    Moved,
}

impl Snapshot {
    /// The Book as it stood.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Plans what is wanted and works out what follows from it: the Book, its figures, and what was seen of past ones.
    ///
    /// # Errors
    /// [`Refused`]: nothing comes of it.
    pub fn prepare(self, wanted: &Wanted, now: Now) -> Result<Prepared, Refused> {
        let Self { book, figures, undo, redo } = self;
        let (words, kind, change) = match wanted {
            Wanted::Do(command) | Wanted::DoInSight(command) => {
                (command::words(&book, command), EntryKind::Do, command::plan(&book, command, now)?)
            }
            Wanted::Undo => {
                let entry = undo.ok_or(Refusal::NothingTo("undo"))?;
                (entry.words.clone(), EntryKind::Undo(entry.sequence), entry.change.reversed())
            }
            Wanted::Redo => {
                let entry = redo.ok_or(Refusal::NothingTo("redo"))?;
                (entry.words.clone(), EntryKind::Redo(entry.sequence), entry.change.clone())
            }
        };
        let mut after = book.clone();
        after.apply(&change);
        let was = Arc::clone(&figures.closed);
        let figures = Figures::clone(&figures).after(None, &after, now);
        let seen = match wanted {
            Wanted::DoInSight(command) if in_sight::is_seen(command) => {
                in_sight::seen_after(&after, &was, &figures.closed, now)
            }
            // What was seen goes back with the entry that it came with.
            Wanted::Do(_) | Wanted::DoInSight(_) | Wanted::Undo | Wanted::Redo => None,
        };
        let change = match seen {
            Some(seen) => {
                after.apply(&seen);
                change.then(seen)
            }
            None => change,
        };
        after.comes_after(&book);
        let figures = figures.of_same(&after);
        Ok(Prepared { base: book.revision(), words, kind, change, after, figures })
    }
}

/// What stood before something prepared was taken: a hundred thousand records may go with it, which takes longer than a
/// frame has. To be let go in a thread.
#[must_use]
pub struct Replaced {
    _before: Option<(Book, Option<Arc<Figures>>)>,
}

impl Engine {
    /// What a command can be planned over beside the window.
    pub fn snapshot(&mut self, now: Now) -> Snapshot {
        let (undo, redo) = (self.history.undoable().cloned(), self.history.redoable().cloned());
        Snapshot { book: self.book.clone(), figures: self.figures(now), undo, redo }
    }

    /// How many records undo and redo would change.
    #[must_use]
    pub fn steps_back(&self) -> (usize, usize) {
        let edits = |entry: Option<&Arc<Entry>>| entry.map_or(0, |entry| entry.change.edits().len());
        (edits(self.history.undoable()), edits(self.history.redoable()))
    }

    /// Takes what was prepared, at the cost of a few pointers. Returns what it was, for people, and what stood before.
    ///
    /// # Errors
    /// [`NotTaken`]: nothing was changed.
    pub fn take_prepared(&mut self, prepared: Prepared, now: Now) -> Result<(String, Replaced), NotTaken> {
        self.writable().map_err(NotTaken::Refused)?;
        if self.book.revision() != prepared.base || self.is_opening() {
            return Err(NotTaken::Moved);
        }
        let Prepared { words, kind, change, after, figures, .. } = prepared;
        if change.is_empty() {
            return Ok((words, Replaced { _before: None }));
        }
        let before = std::mem::replace(&mut self.book, after);
        let figures = self.derived.hold(figures);
        self.enter(words.clone(), kind, change, now);
        Ok((words, Replaced { _before: Some((before, figures)) }))
    }
}
