//! History: the entries that made the Book what it is, and what undo and redo reverse.
//!
//! Undo and redo are entries of their own that name the sequence they reverse; nothing is ever taken out. The
//! stacks are a pure fold over the entries, so that a journal read back gives the same ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::Change;
use super::span::Timestamp;

/// One change as it went into the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts the changes of this Book, from 1.
    pub sequence: u64,
    /// When it was made.
    pub at: Timestamp,
    /// What it was, for people: "Start Aloe".
    pub words: String,
    /// Whether it is a change of its own, or takes another back or does it again.
    pub kind: EntryKind,
    /// The edits.
    pub change: Change,
}

/// What kind of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A command.
    Do,
    /// Takes the command of this sequence back.
    Undo(u64),
    /// Does the command of this sequence again.
    Redo(u64),
}

/// What can be taken back and done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    commands: BTreeMap<u64, Arc<Entry>>,
    undoable: Vec<u64>,
    redoable: Vec<u64>,
    last_sequence: u64,
}

impl History {
    /// Adds an entry. A command clears what could be done again.
    pub fn push(&mut self, entry: Arc<Entry>) {
        self.last_sequence = self.last_sequence.max(entry.sequence);
        match entry.kind {
            EntryKind::Do => {
                self.undoable.push(entry.sequence);
                for dropped in self.redoable.drain(..) {
                    self.commands.remove(&dropped);
                }
                self.commands.insert(entry.sequence, entry);
            }
            EntryKind::Undo(of) => {
                self.undoable.retain(|sequence| *sequence != of);
                self.redoable.push(of);
            }
            EntryKind::Redo(of) => {
                self.redoable.retain(|sequence| *sequence != of);
                self.undoable.push(of);
            }
        }
    }

    /// The sequence of the next entry.
    #[must_use]
    pub fn next_sequence(&self) -> u64 {
        self.last_sequence + 1
    }

    /// Makes sure that new entries come after this sequence.
    pub fn start_after(&mut self, sequence: u64) {
        self.last_sequence = self.last_sequence.max(sequence);
    }

    /// The command that undo would take back.
    #[must_use]
    pub fn undoable(&self) -> Option<&Arc<Entry>> {
        self.commands.get(self.undoable.last()?)
    }

    /// The command that redo would do again.
    #[must_use]
    pub fn redoable(&self) -> Option<&Arc<Entry>> {
        self.commands.get(self.redoable.last()?)
    }
}
