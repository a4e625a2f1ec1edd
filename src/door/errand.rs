//! Errands: what each writing verb of the terminal does to an engine, whoever's it is.
//!
//! In steps: files are read first, before the Book is touched; it is planned over the Book; where that comes to a command a
//! backup is made; and the command is carried out, which a window has prepared beside its frames. As nobody at the terminal
//! sees what it does to past figures, those are news to the window.

use std::path::Path;
use std::sync::Arc;

use super::rates::RatesFile;
use super::restore::BackupRead;
use super::statement::{Read, StatementFile};
use crate::domain::backup::{Backup, Reason};
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::refusal::Refused;
use crate::domain::settings::Settings;
use crate::domain::span::Now;
use crate::engine::Engine;
use crate::ports::Disk;
use crate::ports::door::{Answer, Errand, Outcome};
use crate::store::backup;

/// An errand whose files are read.
pub enum Prepared {
    /// Reference rates.
    Rates(RatesFile),
    /// A file of somebody else.
    Statement(StatementFile),
    /// A backup is to be made.
    BackUp,
    /// A backup is to be restored.
    Restore(Box<BackupRead>),
}

/// What came of a backup: which one it is, and what is not in it, in a sentence.
pub type BackedUp = Result<(Backup, Option<String>), String>;

/// What an errand comes to over a Book.
pub enum Planned {
    /// Nothing is to be changed, and this is the answer.
    Answer(Answer),
    /// A backup is to be made by hand, and that is all.
    BackUp,
    /// One command, after a backup.
    Command(Plan),
}

/// A command, and what is said of it.
pub struct Plan {
    /// What does it.
    pub command: Arc<Command>,
    /// Why a backup is made before it.
    pub reason: Reason,
    lines: Vec<String>,
    /// The file that it is of, where a refusal names one.
    named: Option<String>,
}

impl Plan {
    pub(super) fn new(command: Command, reason: Reason, lines: Vec<String>, named: Option<String>) -> Self {
        Self { command: Arc::new(command), reason, lines, named }
    }

    /// The same, after its backup. An import is one step of undo and need not wait for a disk with room for one.
    ///
    /// # Errors
    /// What to answer where nothing may be done without a backup.
    pub fn after(mut self, backup: &BackedUp) -> Result<Self, Answer> {
        match (self.reason, backup) {
            (Reason::BeforeRestore, Ok((backup, lacks))) => {
                self.lines.push(format!("a backup of now is {}", backup::name(*backup)));
                self.lines.extend(lacks.clone());
            }
            (Reason::BeforeRestore, Err(why)) => {
                let why = format!("not restored, because no backup of now could be made: {why}");
                return Err(Answer::failed(Outcome::NotWritten, why));
            }
            (_, Ok((_, lacks))) => self.lines.extend(lacks.clone()),
            (_, Err(why)) => self.lines.insert(0, format!("no backup could be made before it: {why}")),
        }
        Ok(self)
    }

    /// What is said of it once it is carried out; [`done`] follows when it is on the disk.
    #[must_use]
    pub fn carried(self) -> Answer {
        Answer { lines: self.lines, outcome: Outcome::Done }
    }

    /// What is said where it is refused.
    #[must_use]
    pub fn refused(mut self, why: &Refused) -> Answer {
        self.lines.push(self.named.map_or_else(|| why.to_string(), |named| format!("{named}: {why}")));
        Answer { lines: self.lines, outcome: Outcome::NotWritten }
    }
}

/// The last line of what was changed and is on the disk.
#[must_use]
pub fn done(words: &str) -> String {
    format!("done: {words}")
}

/// What to answer to whoever asked for a backup.
#[must_use]
pub fn backed_up(backup: BackedUp) -> Answer {
    match backup {
        Ok((backup, lacks)) => {
            Answer { lines: std::iter::once(backup::name(backup)).chain(lacks).collect(), outcome: Outcome::Done }
        }
        Err(why) => Answer::failed(Outcome::NotWritten, format!("no backup was made: {why}")),
    }
}

/// Reads what an errand on the Book of a folder needs; `settings` are the Book's, as far as they are known.
///
/// # Errors
/// What to answer where that can't be read.
pub fn prepare(errand: &Errand, folder: &Path, settings: &Settings, disk: &dyn Disk) -> Result<Prepared, Answer> {
    let prepared = match errand {
        Errand::BackUp => Ok(Prepared::BackUp),
        Errand::Restore { named } => {
            BackupRead::read(named, folder, settings, disk).map(|read| Prepared::Restore(Box::new(read)))
        }
        Errand::ImportRates { file, named, extent } => {
            RatesFile::read(file, *extent, disk).map(Prepared::Rates).map_err(|why| format!("{why}: {named}"))
        }
        Errand::Import { file, named, taking } => {
            let read = StatementFile::read(file, named, taking, settings.zone, disk);
            let prepared = read.map(|read| match read {
                Read::Statement(file) => Prepared::Statement(file),
                Read::Rates(file) => Prepared::Rates(file),
            });
            prepared.map_err(|why| format!("{why}: {named}"))
        }
    };
    prepared.map_err(|why| Answer::failed(Outcome::NotRead, why))
}

/// Plans it over a Book. The ids of what it makes come from `seed`, 64 random bits.
#[must_use]
pub fn plan(prepared: &Prepared, book: &Book, seed: u64, now: Now) -> Planned {
    let now = Now { zone: book.settings().zone, ..now };
    match prepared {
        Prepared::Rates(file) => file.plan(book, seed, now),
        Prepared::Statement(file) => file.plan(book, seed, now),
        Prepared::Restore(read) => read.plan(book, now),
        Prepared::BackUp => Planned::BackUp,
    }
}

/// Plans it over the Book of an engine and carries it out there, after a backup that is waited for. What to answer, and what
/// was changed, for people; `None` where nothing was.
pub fn carry_out(prepared: &Prepared, engine: &mut Engine, seed: u64, now: Now) -> (Answer, Option<String>) {
    let back_up = |engine: &mut Engine, reason| {
        let made = engine.back_up_now(reason)?;
        Ok((made, engine.backups().trouble))
    };
    let plan = match plan(prepared, engine.book(), seed, now) {
        Planned::Answer(answer) => return (answer, None),
        Planned::BackUp => return (backed_up(back_up(engine, Reason::ByHand)), None),
        Planned::Command(plan) => plan,
    };
    let backup = back_up(engine, plan.reason);
    match plan.after(&backup) {
        Ok(plan) => match engine.dispatch(&plan.command, now) {
            Ok(words) => (plan.carried(), Some(words)),
            Err(refused) => (plan.refused(&refused), None),
        },
        Err(answer) => (answer, None),
    }
}
