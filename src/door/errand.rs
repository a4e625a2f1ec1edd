//! Errands: what each writing verb of the terminal does to an engine, whoever's it is.
//!
//! In three steps: files are read first, before the Book is touched; then it is planned over the Book; and one command is
//! carried out, which a window has prepared beside its frames. As nobody at the terminal sees what it does to past figures,
//! those are news to the window.

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

impl Prepared {
    /// Why a backup is made for it, before anything else.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Rates(_) | Self::Statement(_) => Reason::BeforeImport,
            Self::BackUp => Reason::ByHand,
            Self::Restore(_) => Reason::BeforeRestore,
        }
    }
}

/// What an errand comes to over a Book.
pub enum Planned {
    /// Nothing is to be changed, and this is the answer.
    Answer(Answer),
    /// One command.
    Command(Plan),
}

/// A command, and what is said of it.
pub struct Plan {
    /// What does it.
    pub command: Arc<Command>,
    lines: Vec<String>,
    /// The file that it is of, where a refusal names one.
    named: Option<String>,
}

impl Plan {
    pub(super) fn new(command: Command, lines: Vec<String>, named: Option<String>) -> Self {
        Self { command: Arc::new(command), lines, named }
    }

    /// What the terminal says of it. It is true once the change is on the disk.
    #[must_use]
    pub fn answer(mut self, done: Result<&str, &Refused>) -> Answer {
        let (line, outcome) = match (done, self.named) {
            (Ok(words), _) => (format!("done: {words}"), Outcome::Done),
            (Err(refused), Some(named)) => (format!("{named}: {refused}"), Outcome::NotWritten),
            (Err(refused), None) => (refused.to_string(), Outcome::NotWritten),
        };
        self.lines.push(line);
        Answer { lines: self.lines, outcome }
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

/// Plans it over a Book. `backup` is what came of the backup before it; an import is one step of undo and need not wait for
/// a disk with room for one. The ids of what it makes come from `seed`, 64 random bits.
#[must_use]
pub fn plan(prepared: &Prepared, backup: &Result<Backup, String>, book: &Book, seed: u64, now: Now) -> Planned {
    let now = Now { zone: book.settings().zone, ..now };
    match (prepared, backup) {
        (Prepared::Rates(file), _) => after(backup, file.plan(book, seed, now)),
        (Prepared::Statement(file), _) => after(backup, file.plan(book, seed, now)),
        (Prepared::Restore(read), _) => read.plan(backup, book, now),
        (Prepared::BackUp, Ok(backup)) => {
            Planned::Answer(Answer { lines: vec![backup::name(*backup)], outcome: Outcome::Done })
        }
        (Prepared::BackUp, Err(why)) => {
            Planned::Answer(Answer::failed(Outcome::NotWritten, format!("no backup was made: {why}")))
        }
    }
}

/// Plans it over the Book of an engine and carries it out there: what to answer, and what was changed, for people; `None`
/// where nothing was.
pub fn carry_out(
    prepared: &Prepared,
    backup: &Result<Backup, String>,
    engine: &mut Engine,
    seed: u64,
    now: Now,
) -> (Answer, Option<String>) {
    match plan(prepared, backup, engine.book(), seed, now) {
        Planned::Answer(answer) => (answer, None),
        Planned::Command(plan) => match engine.dispatch(&plan.command, now) {
            Ok(words) => (plan.answer(Ok(&words)), Some(words)),
            Err(refused) => (plan.answer(Err(&refused)), None),
        },
    }
}

/// What is planned after a backup, or without one where none could be made.
fn after(backup: &Result<Backup, String>, mut planned: Planned) -> Planned {
    if let Err(why) = backup {
        let lines = match &mut planned {
            Planned::Answer(answer) => &mut answer.lines,
            Planned::Command(plan) => &mut plan.lines,
        };
        lines.insert(0, format!("no backup could be made before it: {why}"));
    }
    planned
}
