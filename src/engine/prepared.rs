//! A large command that is planned beside the window, with all that follows from it: no frame waits for it. What came of it is
//! taken where the Book is still the one that it was planned over; where that has moved on, it is planned again.

use std::sync::Arc;

use super::{Engine, EntryKind, Figures, in_sight};
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::command::{self, Command};
use crate::domain::refusal::Refused;
use crate::domain::span::Now;

/// What a command is planned over: the Book as it stands (a few pointers) and what is known of it.
pub struct Snapshot {
    book: Book,
    figures: Arc<Figures>,
}

/// What a command comes to.
pub struct Prepared {
    /// The revision of the Book that it was planned over.
    base: u64,
    words: String,
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
    /// Plans a command and works out what follows from it: the Book, its figures, and what was seen of past ones.
    ///
    /// # Errors
    /// [`Refused`]: nothing comes of it.
    pub fn prepare(self, command: &Command, now: Now) -> Result<Prepared, Refused> {
        let Self { book, figures } = self;
        let words = command::words(&book, command);
        let change = command::plan(&book, command, now)?;
        let mut after = book.clone();
        after.apply(&change);
        let was = Arc::clone(&figures.closed);
        let figures = Figures::clone(&figures).after(None, &after, now);
        let seen =
            if in_sight::is_seen(command) { in_sight::seen_after(&after, &was, &figures.closed, now) } else { None };
        let change = match seen {
            Some(seen) => {
                after.apply(&seen);
                change.then(seen)
            }
            None => change,
        };
        after.comes_after(&book);
        let figures = figures.of_same(&after);
        Ok(Prepared { base: book.revision(), words, change, after, figures })
    }
}

impl Engine {
    /// What a command can be planned over beside the window.
    pub fn snapshot(&mut self, now: Now) -> Snapshot {
        Snapshot { book: self.book.clone(), figures: self.figures(now) }
    }

    /// Takes what was prepared, at the cost of a few pointers. Returns what it was, for people.
    ///
    /// # Errors
    /// [`NotTaken`]: nothing was changed.
    pub fn take_prepared(&mut self, prepared: Prepared, now: Now) -> Result<String, NotTaken> {
        self.writable().map_err(NotTaken::Refused)?;
        if self.book.revision() != prepared.base || self.is_opening() {
            return Err(NotTaken::Moved);
        }
        let Prepared { words, change, after, figures, .. } = prepared;
        if !change.is_empty() {
            self.book = after;
            self.derived.hold(figures);
            self.enter(words.clone(), EntryKind::Do, change, now);
        }
        Ok(words)
    }
}
