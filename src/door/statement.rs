//! A file of somebody else into the Book: read off the frame, then taken in as one command.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::errand::{Plan, Planned};
use super::rates::RatesFile;
use crate::domain::backup::Reason;
use crate::domain::book::Book;
use crate::domain::command::{Command, TakenIn};
use crate::domain::query::incoming::{Choices, Incoming};
use crate::domain::settings::Settings;
use crate::domain::span::{Now, Zone, user_day};
use crate::domain::statement::Statement;
use crate::import::{self, Going, Mappings, Options, Unreadable};
use crate::ports::Disk;
use crate::ports::door::{Answer, Outcome, Taking};
use crate::ui::format::Style;
use crate::ui::view::statement::{self as view, Fate, Weighed, Words};

/// Rows of one fate that are told one by one.
const MOST_TOLD: usize = 10;

/// A file as it was read.
pub struct StatementFile {
    /// What it says; `None` where that hangs on the mappings of the Book.
    statement: Option<Arc<Statement>>,
    /// The bytes, and the zone in which they were read: a Book that is opened later may have another, and mappings.
    bytes: Vec<u8>,
    zone: Zone,
    taking: Taking,
    named: String,
}

/// What a file turned out to be.
pub enum Read {
    /// Somebody's rows.
    Statement(StatementFile),
    /// Reference rates.
    Rates(RatesFile),
}

/// A statement that is looked at: what a Book would take of it.
pub struct Looked {
    /// What the file says.
    pub statement: Arc<Statement>,
    /// Where it would go.
    pub choices: Choices,
    /// What becomes of each row.
    pub weighed: Weighed,
}

impl StatementFile {
    /// Reads a file; `zone` is the Book's, as far as it is known.
    ///
    /// # Errors
    /// A sentence that says why it can't be read, with the option that answers it where that is open.
    pub fn read(path: &Path, named: &str, taking: &Taking, zone: Zone, disk: &dyn Disk) -> Result<Read, String> {
        let bytes = bytes_of(disk, path).map_err(|error| error.to_string())?;
        let statement = match taking.mapping {
            Some(_) => None,
            None => match import::read(&bytes, Options::said(taking.read_as, zone), &Going::ON) {
                Ok(statement) => Some(Arc::new(statement)),
                Err(Unreadable::Unknown | Unreadable::Unmapped | Unreadable::Line { .. })
                    if RatesFile::is_one(&bytes) =>
                {
                    return RatesFile::of(&bytes).map(Read::Rates);
                }
                Err(Unreadable::Unmapped) => None,
                Err(why) => return Err(told(&why)),
            },
        };
        let (taking, named) = (taking.clone(), named.to_owned());
        Ok(Read::Statement(Self { statement, bytes, zone, taking, named }))
    }

    fn read_for(&self, settings: &Settings) -> Result<Statement, Unreadable> {
        let mappings = match &self.taking.mapping {
            Some(name) => Mappings::Named(name, &settings.mappings),
            None => Mappings::Saved(&settings.mappings),
        };
        import::read_by(&self.bytes, Options::said(self.taking.read_as, settings.zone), mappings, &Going::ON)
    }

    /// What a Book would take of it.
    ///
    /// # Errors
    /// A sentence, where the Book's zone is another than it was read in, and it can't be read in that.
    pub fn look(&self, book: &Book, now: Now) -> Result<Looked, String> {
        let settings = book.settings();
        let as_read = self.statement.as_ref().filter(|_| settings.zone == self.zone && settings.mappings.is_empty());
        let statement = match as_read {
            Some(statement) => Arc::clone(statement),
            None => Arc::new(self.read_for(settings).map_err(|why| told(&why))?),
        };
        let payer = self.taking.platform.as_deref().or(statement.payer.as_deref());
        let mut choices = Choices::proposed(book, &statement, payer);
        if self.taking.doubtful {
            let incoming = Incoming::of(book, &statement, &choices, now);
            choices.wanted = incoming.doubtful(&statement).map(str::to_owned).collect();
        }
        let weighed = Weighed::of(book, &statement, &choices, now);
        Ok(Looked { statement, choices, weighed })
    }
}

/// The bytes of a file. One that is larger than any that is read is not even begun.
///
/// # Errors
/// As the system says; `FileTooLarge` where it is larger.
pub fn bytes_of(disk: &dyn Disk, path: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(import::MOST_BYTES).unwrap_or(u64::MAX);
    // What can't be measured (a pipe) is read, and its size judged then.
    if let Ok(Some(stat)) = disk.stat(path)
        && stat.len > most
    {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, Unreadable::TooLarge.to_string()));
    }
    disk.read(path)
}

/// Whether bytes are reference rates, readable or not.
#[must_use]
pub fn is_rates(bytes: &[u8]) -> bool {
    RatesFile::is_one(bytes)
}

/// Why a file can't be read, as the terminal says it.
fn told(why: &Unreadable) -> String {
    let told = view::plain(&why.to_string());
    if let Unreadable::Asks(question) = why {
        format!("{told}; {}", view::option_for(question))
    } else if *why == Unreadable::Unmapped {
        format!("{told}; say in the window once what they are, or name a mapping: --mapping NAME")
    } else if let Unreadable::NoMapping(_) = why {
        let ours: Vec<&str> = import::ready_names().collect();
        format!("{told}; beside yours there are {}", ours.join(", "))
    } else {
        told
    }
}

impl Looked {
    /// What is in it, what becomes of it, and the rows that somebody should look at: at most so many of a fate.
    #[must_use]
    pub fn lines(&self, named: &str, book: &Book, now: Now, most: usize) -> Vec<String> {
        let settings = book.settings();
        let style = Style::of(settings);
        let today = user_day(now.at, now.zone, settings.day_start_minutes);
        let Self { statement, weighed, .. } = self;
        let mut lines = vec![
            format!("{named}: {}", view::head(statement, settings.zone, today, style)),
            view::fates(weighed),
            view::made(&weighed.made, style),
        ];
        lines.extend(view::new_names(&weighed.made));
        let words = |entry| view::words(Words { book, today, style }, statement, weighed, entry);
        let told = [Fate::Doubtful, Fate::Changed, Fate::Yours, Fate::LeftOut];
        lines.extend(view::lines_of(weighed, &told, most, words));
        lines.extend(view::remarks(statement, weighed));
        lines
    }
}

impl StatementFile {
    /// What takes in what is new and changed.
    pub(super) fn plan(&self, book: &Book, seed: u64, now: Now) -> Planned {
        let looked = match self.look(book, now) {
            Ok(looked) => looked,
            Err(why) => return Planned::Answer(Answer::failed(Outcome::NotRead, format!("{why}: {}", self.named))),
        };
        let lines = looked.lines(&self.named, book, now, MOST_TOLD);
        if looked.weighed.incoming.is_empty() {
            return Planned::Answer(Answer { lines, outcome: Outcome::Done });
        }
        let Looked { statement, choices, .. } = looked;
        let taken = TakenIn { statement, choices, zone: book.settings().zone, seed };
        let (command, named) = (Command::TakeIn(Box::new(taken)), Some(self.named.clone()));
        Planned::Command(Plan::new(command, Reason::BeforeImport, lines, named))
    }
}
