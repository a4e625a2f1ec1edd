//! Backups as the engine has to do with them: a Book that is only looked at, one that is taken over whole, and what is
//! asked of the journal.

use super::{Engine, EntryKind};
use crate::domain::backup::{Backup, Reason};
use crate::domain::command::{self, Command};
use crate::domain::query::work::Work;
use crate::domain::refusal::Refused;
use crate::domain::span::Now;
use crate::ports::Backups;

impl Engine {
    /// An engine over a Book that is only looked at, and why; its reading was made elsewhere.
    #[must_use]
    pub fn to_look_at(work: Work, why: String) -> Self {
        let mut engine = Self::to_read(work.book().clone(), why);
        engine.derived.adopt(work);
        engine
    }

    /// Carries out a command whose outcome was prepared elsewhere, over the Book of revision `base`: `after` is a reading of
    /// what comes of it. So nothing of a large change is worked out twice. Where the Book has moved on, the command is
    /// carried out as any other.
    ///
    /// # Errors
    /// [`Refused`]: nothing was changed.
    pub fn take_over(&mut self, command: &Command, (base, after): (u64, Work), now: Now) -> Result<String, Refused> {
        if self.book.revision() != base || self.is_opening() {
            return self.dispatch(command, now);
        }
        self.writable()?;
        let words = command::words(&self.book, command);
        let change = command::plan(&self.book, command, now)?;
        if change.is_empty() {
            return Ok(words);
        }
        let mut book = after.book().clone();
        book.comes_after(&self.book);
        self.book = book;
        self.derived.adopt(after);
        self.enter(words.clone(), EntryKind::Do, change, now);
        Ok(words)
    }

    /// Asks for a backup of what is on the disk; the number under which [`backups`](Self::backups) tells what came of it.
    /// `None` where nothing is kept.
    pub fn back_up(&mut self, reason: Reason) -> Option<u64> {
        self.journal.back_up(reason)
    }

    /// How backups go.
    #[must_use]
    pub fn backups(&self) -> Backups {
        self.journal.backups()
    }

    /// Makes a backup and waits for it; for those who have no window to keep alive.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    pub fn back_up_now(&mut self, reason: Reason) -> Result<Backup, String> {
        if let Some(why) = &self.read_only {
            return Err(why.clone());
        }
        let number = self.journal.back_up(reason).ok_or("Nothing is kept of this book")?;
        self.journal.wait_for_backup(number);
        let told = self.journal.backups().asked_for.remove(&number);
        told.unwrap_or_else(|| Err("The book was closed before it was made".to_owned()))
    }
}
