//! Errands: what each writing verb of the terminal does to an engine, whoever's it is.
//!
//! In two steps: files are read first, off the frame and before the Book is touched; then one command is dispatched. As
//! nobody at the terminal sees what it does to past figures, those are news to the window.

use super::rates::{self, RatesFile};
use super::statement::{self, Read, StatementFile};
use crate::domain::backup::{Backup, Reason};
use crate::domain::span::{Now, Zone};
use crate::engine::Engine;
use crate::ports::door::{Answer, Errand, Outcome};
use crate::ports::{Disk, Ids};
use crate::store::backup;

/// An errand whose files are read.
pub enum Prepared {
    /// Reference rates.
    Rates(RatesFile),
    /// A file of somebody else.
    Statement(StatementFile),
    /// A backup.
    BackUp,
}

impl Prepared {
    /// Why a backup is made for it, before anything else.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self {
            Self::Rates(_) | Self::Statement(_) => Reason::BeforeImport,
            Self::BackUp => Reason::ByHand,
        }
    }
}

/// What came of an errand.
#[derive(Debug)]
pub struct Carried {
    /// What the terminal says. It is true once the change is on the disk.
    pub answer: Answer,
    /// What was changed, for people; `None` where nothing was.
    pub words: Option<String>,
}

impl Carried {
    /// It was done, or there was nothing to do.
    pub(super) fn done(lines: Vec<String>, words: Option<String>) -> Self {
        Self { answer: Answer { lines, outcome: Outcome::Done }, words }
    }

    /// It was refused: nothing was changed.
    pub(super) fn refused(mut lines: Vec<String>, why: String) -> Self {
        lines.push(why);
        Self { answer: Answer { lines, outcome: Outcome::NotWritten }, words: None }
    }

    /// A file can't be read as this Book would have it.
    pub(super) fn not_read(why: String) -> Self {
        Self { answer: Answer::failed(Outcome::NotRead, why), words: None }
    }
}

/// Reads what an errand needs; `zone` is the Book's, as far as it is known.
///
/// # Errors
/// What to answer where that can't be read.
pub fn prepare(errand: &Errand, zone: Zone, disk: &dyn Disk) -> Result<Prepared, Answer> {
    match errand {
        Errand::BackUp => Ok(Prepared::BackUp),
        Errand::ImportRates { file, named, extent } => {
            let read = RatesFile::read(file, *extent, disk);
            read.map(Prepared::Rates).map_err(|why| Answer::failed(Outcome::NotRead, format!("{why}: {named}")))
        }
        Errand::Import { file, named, taking } => match StatementFile::read(file, named, taking, zone, disk) {
            Ok(Read::Statement(file)) => Ok(Prepared::Statement(file)),
            Ok(Read::Rates(file)) => Ok(Prepared::Rates(file)),
            Err(why) => Err(Answer::failed(Outcome::NotRead, format!("{why}: {named}"))),
        },
    }
}

/// Carries it out: one command at most. `backup` is what came of the backup before it; a command is one step of undo and
/// need not wait for a disk with room for one.
pub fn carry_out(
    prepared: &Prepared,
    backup: Result<Backup, String>,
    engine: &mut Engine,
    ids: &mut dyn Ids,
    now: Now,
) -> Carried {
    let now = Now { zone: engine.book().settings().zone, ..now };
    match prepared {
        Prepared::Rates(file) => after(backup, rates::take(file, engine, ids, now)),
        Prepared::Statement(file) => after(backup, statement::take(file, engine, ids, now)),
        Prepared::BackUp => match backup {
            Ok(backup) => Carried::done(vec![backup::name(backup)], None),
            Err(why) => Carried::refused(Vec::new(), format!("no backup was made: {why}")),
        },
    }
}

/// What was done after a backup, or without one where none could be made.
fn after(backup: Result<Backup, String>, mut carried: Carried) -> Carried {
    if let Err(why) = backup {
        carried.answer.lines.insert(0, format!("no backup could be made before it: {why}"));
    }
    carried
}
