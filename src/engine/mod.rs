//! The engine: owns the one Book and its history, and is the only place where a change is applied.
//!
//! Action → command → plan (pure) → change → applied here → queued to the [`Journal`]. Undo and redo are changes
//! that name the sequence they reverse. A Book may be [opening](Engine::opening): its older months are still being read.
//! The engine is handed a journal and never knows what is behind it: no files, no clock, no window.

mod derived;
mod in_sight;
mod opening;
mod prepared;
mod restoring;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use derived::{Figures, Stamp};
pub use opening::Whole;
pub use prepared::{NotTaken, Prepared, Replaced, Snapshot, Wanted};

use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::command::{self, Command};
use crate::domain::history::{Entry, EntryKind, History};
use crate::domain::query::silence::Silence;
use crate::domain::query::work::Work;
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::span::Now;
use crate::ports::{Comparer, Failing, Journal, LookedThrough, OutsideFile, Progress, Saving};

/// The one Book, its history and its figures.
pub struct Engine {
    book: Book,
    history: History,
    journal: Box<dyn Journal>,
    read_only: Option<String>,
    keeps: bool,
    derived: derived::Derived,
    /// Set while only the newest months are at hand.
    opening: Option<opening::Opening>,
}

impl Engine {
    /// An engine over a Book as it was loaded.
    ///
    /// `entries` are those of the journal, oldest first: they can be taken back. New entries come after
    /// `last_sequence`. With `read_only` set every command is refused.
    #[must_use]
    pub fn new(
        book: Book,
        entries: Vec<Arc<Entry>>,
        last_sequence: u64,
        journal: Box<dyn Journal>,
        read_only: Option<String>,
    ) -> Self {
        let mut history = History::default();
        for entry in entries {
            history.push(entry);
        }
        history.start_after(last_sequence);
        Self { book, history, journal, read_only, keeps: true, derived: derived::Derived::default(), opening: None }
    }

    /// An engine over a Book that is only read, and why.
    #[must_use]
    pub fn to_read(book: Book, why: String) -> Self {
        Self::new(book, Vec::new(), 0, Box::new(NoJournal), Some(why))
    }

    /// The same with a reading of its Book, which the first figures are taken of.
    #[must_use]
    pub fn with_reading(mut self, work: Work) -> Self {
        self.derived.adopt(work);
        self
    }

    /// An engine over a sample: it can be changed as any other, and nothing of it is kept.
    #[must_use]
    pub fn of_sample(book: Book) -> Self {
        Self { keeps: false, ..Self::new(book, Vec::new(), 0, Box::new(NoJournal), None) }
    }

    /// Writes what is queued and tidies the files; nothing can be changed afterwards.
    ///
    /// # Errors
    /// A sentence that says what was not done.
    pub fn close(&mut self) -> Result<(), String> {
        self.read_only.get_or_insert_with(|| "The book is closed".to_owned());
        self.journal.close()
    }

    /// Gives the journal away, for the Book to be opened again: until then nothing can be changed, and why.
    #[must_use]
    pub fn hand_over(&mut self, why: &str) -> Box<dyn Journal> {
        self.read_only.get_or_insert_with(|| why.to_owned());
        std::mem::replace(&mut self.journal, Box::new(NoJournal))
    }

    /// Takes the place of an engine over this Book: revisions count on, so that no figure of before is taken for one of now.
    pub fn comes_after(&mut self, before: &Book) {
        self.book.comes_after(before);
        self.derived.forget_figures();
    }

    /// The Book as it stands.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Why the Book can only be read, where that is so.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Whether nothing was ever written into the Book: no record, and no change that was taken back.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.book.is_empty() && self.history.next_sequence() == 1
    }

    /// The last sequence; 0 before the first.
    #[must_use]
    pub fn last_sequence(&self) -> u64 {
        self.history.next_sequence() - 1
    }

    /// Plans a command and applies it. Returns what it was, for people.
    ///
    /// # Errors
    /// [`Refused`]: nothing was changed.
    pub fn dispatch(&mut self, command: &Command, now: Now) -> Result<String, Refused> {
        self.writable()?;
        let words = command::words(&self.book, command);
        let change = command::plan(&self.book, command, now)?;
        self.may_change(&change)?;
        if !change.is_empty() {
            self.commit(words.clone(), EntryKind::Do, change, now);
        }
        Ok(words)
    }

    /// [`dispatch`](Self::dispatch) for someone who sees what it does to past figures: they are no news afterwards.
    ///
    /// What was seen moves with the figures in the same entry, so that undo takes both back.
    ///
    /// # Errors
    /// [`Refused`]: nothing was changed.
    pub fn dispatch_in_sight(&mut self, command: &Command, now: Now) -> Result<String, Refused> {
        self.writable()?;
        let words = command::words(&self.book, command);
        let change = command::plan(&self.book, command, now)?;
        self.may_change(&change)?;
        if !change.is_empty() && self.is_opening() {
            // Past figures are not complete yet: nothing can be said of them.
            self.commit(words.clone(), EntryKind::Do, change, now);
        } else if !change.is_empty() {
            let change = self.with_what_was_seen(command, change, now);
            self.commit(words.clone(), EntryKind::Do, change, now);
            self.derived.settle(&self.book);
        }
        Ok(words)
    }

    /// A change with what is seen after it. The figures are those of after it then, and need not be made once more.
    fn with_what_was_seen(&mut self, command: &Command, change: Change, now: Now) -> Change {
        let figures = self.figures(now);
        let (was, today) = (Arc::clone(&figures.closed), figures.stamp.today);
        drop(figures);
        let mut after = self.book.clone();
        after.apply(&change);
        if in_sight::moves_no_past(&self.book, command, today) {
            self.derived.knows_closed(after.revision(), today, Arc::clone(&was));
        }
        let is = Arc::clone(&self.derived.figures(&after, now).closed);
        if !in_sight::is_seen(command) {
            return change;
        }
        match in_sight::seen_after(&after, &was, &is, now) {
            Some(seen) => change.then(seen),
            None => change,
        }
    }

    /// The files of the Book that others touched and nobody has looked through.
    #[must_use]
    pub fn outside(&self) -> Arc<Vec<OutsideFile>> {
        self.journal.outside()
    }

    /// What compares them with the Book, for a thread of its own; `None` while older months are still being read.
    #[must_use]
    pub fn comparer(&self) -> Option<Comparer> {
        if self.is_opening() || self.read_only.is_some() { None } else { self.journal.comparer() }
    }

    /// Looks soon whether others touched the files.
    pub fn look_outside(&mut self) {
        self.journal.look_outside();
    }

    /// Carries out what the user chose of what others did to files, and lets the files be written again. What comes
    /// after it has a sequence after theirs.
    ///
    /// # Errors
    /// [`Refused`]: nothing was changed, and the files stay as they are.
    pub fn look_through(&mut self, command: &Command, looked: LookedThrough, now: Now) -> Result<String, Refused> {
        self.writable()?;
        let words = command::words(&self.book, command);
        let change = command::plan(&self.book, command, now)?;
        self.may_change(&change)?;
        self.history.start_after(looked.through);
        if !change.is_empty() {
            self.commit(words.clone(), EntryKind::Do, change, now);
        }
        self.journal.looked_through(looked);
        Ok(words)
    }

    /// Takes the last command back. Returns what it was.
    ///
    /// # Errors
    /// [`Refusal::NothingTo`] where there is none.
    pub fn undo(&mut self, now: Now) -> Result<String, Refused> {
        self.writable()?;
        let entry = self.history.undoable().cloned().ok_or(Refusal::NothingTo("undo"))?;
        let reversed = entry.change.reversed();
        self.may_change(&reversed)?;
        self.commit(entry.words.clone(), EntryKind::Undo(entry.sequence), reversed, now);
        Ok(entry.words.clone())
    }

    /// Does the command that was taken back last again. Returns what it was.
    ///
    /// # Errors
    /// [`Refusal::NothingTo`] where there is none.
    pub fn redo(&mut self, now: Now) -> Result<String, Refused> {
        self.writable()?;
        let entry = self.history.redoable().cloned().ok_or(Refusal::NothingTo("redo"))?;
        self.may_change(&entry.change)?;
        self.commit(entry.words.clone(), EntryKind::Redo(entry.sequence), entry.change.clone(), now);
        Ok(entry.words.clone())
    }

    /// What undo would take back, for people.
    #[must_use]
    pub fn undoable(&self) -> Option<&str> {
        self.history.undoable().map(|entry| entry.words.as_str())
    }

    /// What redo would do again, for people.
    #[must_use]
    pub fn redoable(&self) -> Option<&str> {
        self.history.redoable().map(|entry| entry.words.as_str())
    }

    /// The state of saving. "Saved" means that the last applied sequence is on the disk.
    #[must_use]
    pub fn saving(&self) -> Saving {
        if let Some(why) = &self.read_only {
            return Saving::ReadOnly(why.clone());
        }
        if !self.keeps {
            return Saving::Sample;
        }
        let progress = self.journal.progress();
        let applied = self.last_sequence();
        match progress.trouble {
            Some(trouble) => {
                Saving::Failing(Failing { trouble, changes: applied.saturating_sub(progress.acknowledged) })
            }
            None if progress.acknowledged >= applied => Saving::Saved,
            None => Saving::Pending,
        }
    }

    /// The last change that is on the disk, and how many are not.
    #[must_use]
    pub fn acknowledged(&self) -> (u64, u64) {
        let acknowledged = self.journal.progress().acknowledged;
        (acknowledged, (self.history.next_sequence() - 1).saturating_sub(acknowledged))
    }

    /// The times of this run of which nothing is known although a timer ran.
    #[must_use]
    pub fn silences(&self) -> Arc<Vec<Silence>> {
        self.journal.progress().silences
    }

    /// Tries at once to write what could not be written, and looks for times of which nothing is known.
    pub fn hurry(&mut self) {
        self.journal.hurry();
    }

    /// Makes the folder of the Book anew where it is gone.
    pub fn make_anew(&mut self) {
        self.journal.make_anew();
    }

    /// The figures derived from the Book, kept until the Book, the user's day or (while a timer runs) the minute moves.
    pub fn figures(&mut self, now: Now) -> Arc<Figures> {
        self.derived.figures(&self.book, now)
    }

    fn writable(&self) -> Result<(), Refused> {
        if self.read_only.is_some() { Err(Refusal::ReadOnly.into()) } else { Ok(()) }
    }

    fn commit(&mut self, words: String, kind: EntryKind, change: Change, now: Now) {
        self.book.apply(&change);
        self.enter(words, kind, change, now);
    }

    /// Enters a change that the Book has taken up.
    fn enter(&mut self, words: String, kind: EntryKind, change: Change, now: Now) {
        let entry = Arc::new(Entry { sequence: self.history.next_sequence(), at: now.at, words, kind, change });
        self.history.push(Arc::clone(&entry));
        if let Some(opening) = &mut self.opening {
            opening.note(&entry);
        }
        self.journal.append(&entry, &self.book);
    }
}

/// Takes nothing: behind a Book that is only read, and behind a sample.
struct NoJournal;

impl Journal for NoJournal {
    fn append(&mut self, _entry: &Arc<Entry>, _book: &Book) {}

    fn progress(&self) -> Progress {
        Progress::default()
    }

    fn checkpoint(&mut self, _book: &Book) {}

    fn close(&mut self) -> Result<(), String> {
        Ok(())
    }
}
