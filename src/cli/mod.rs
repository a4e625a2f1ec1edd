//! The terminal: the same queries and words as the window, without a display.
//!
//! Reading verbs take no lock and change nothing; writing ones take the book's lock, or go to the window that has the book
//! open. Results go to standard output, errors to standard error in one line, and each kind of failure has a status
//! of its own.

mod backups;
mod check;
mod evidence;
mod exposure;
mod files;
mod importing;
mod report;
mod table;
mod writing;

pub use check::{CheckFormat, print as print_check};
pub use report::{Failure, print as print_report};

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::book::Book;
use crate::domain::query::intake::Extent;
use crate::domain::settings::Settings;
use crate::domain::span::Now;
use crate::ports::door::Doorbell;
use crate::ports::{Clock, Disk, Ids};
use crate::sample;
use crate::store::{self, catalogue};
use crate::ui::view::lacking::Lacking;

/// What each [`Status`] means, under the help.
const STATUSES: &str = "Exit status: 0 done, 1 a fault of the program, 2 wrong arguments, 3 no display, 4 no readable folder, \
5 could not be written, 6 a named file can’t be read or was refused, 7 checking found something";

/// What an hour really pays on each platform, and on which day which money lands.
///
/// Without a verb it opens the window. Everything stays on this computer.
#[derive(Debug, Parser)]
#[command(name = "truerate", version, about, long_about = None, after_help = STATUSES)]
pub struct Arguments {
    /// The folder of the book, instead of the one in the user's configuration directory.
    #[arg(long, value_name = "FOLDER", env = "TRUERATE_DIR", global = true)]
    pub dir: Option<PathBuf>,
    /// Take a made-up half year on five platforms instead of any folder; nothing of it is kept, and your own book stays as
    /// it is.
    #[arg(long, global = true)]
    pub demo: bool,
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// A verb of the terminal.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Print figures: rates, payouts, sessions, exposure, the forecast, a month, the three-way check.
    Report(Report),
    /// Write a folder of evidence: sessions, what was credited, payouts, terms, a text to send.
    Evidence(evidence::Wanted),
    /// Take files of platforms, banks and trackers into the book, or exchange rates.
    Import(importing::Wanted),
    /// Give something to other programs: the payout calendar, money as a journal, the time of sessions.
    Export {
        /// What to give.
        #[command(subcommand)]
        what: Export,
    },
    /// Verify every file, checksum, reference and invariant of the book and its backups; changes nothing.
    ///
    /// Its exit status is 0 where nothing is wrong and 7 where anything was found.
    Check(check::Check),
    /// Make a backup of the book now and say where it is, or list those there are.
    Backup {
        /// List them, the newest first.
        #[arg(long)]
        list: bool,
        /// How to print the list.
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Make the book what a backup of it holds. A backup of now is made first, and undo in the window takes it back.
    Restore {
        /// The backup, as `truerate backup --list` names it.
        name: String,
        /// Only say what would change.
        #[arg(long)]
        dry_run: bool,
    },
    /// Make a made-up book of any size in a new folder, to try things out or to measure.
    Sample(SampleSize),
}

/// What to give to other programs.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Pay days, cut-offs and bills as a calendar (.ics); a later one of the same book updates the first.
    Ics {
        /// The file; printed where it is left out.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Recorded earnings and payouts as a journal of double entries, which hledger and ledger read.
    Journal {
        /// The file; printed where it is left out.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// The time of all sessions as timeclock lines, which ledger and hledger read.
    Timeclock {
        /// The file; printed where it is left out.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// How large a sample to make.
#[derive(Debug, Args)]
pub struct SampleSize {
    /// How many sessions: 100,000 are ten years, 1,000,000 twenty.
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(0..=2_000_000))]
    pub sessions: u32,
    /// Decides everything that chance decides: the same seed gives the same book.
    #[arg(long, value_name = "NUMBER", default_value_t = sample::SEED)]
    pub seed: u64,
}

/// What to report, and how.
#[derive(Debug, Args)]
pub struct Report {
    /// What to print.
    pub subject: Subject,
    /// The first day, such as 2026-11-01; from the beginning where it is left out.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// The last day; up to today where it is left out.
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// The month of a month's report, such as 2026-10; that of --from, else this one, where it is left out.
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Subject {
    /// What an hour pays, platform by platform.
    Rates,
    /// Which money is expected when, and what has landed.
    Payouts,
    /// What was worked.
    Sessions,
    /// What lands in the next twelve weeks; it begins with today.
    Forecast,
    /// A month: worked, landed, still out, lost on the way.
    Month,
    /// What is not yet paid, by platform and by age; of now, whatever days are named.
    Exposure,
    /// Logged, credited and received beside each other: what doesn't fit, what waits for a word, what fits.
    Check,
}

/// How to print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for people.
    Table,
    /// Comma-separated values with a head.
    Csv,
    /// JSON; amounts are strings, so that no digit is lost.
    Json,
}

/// How the program ended, as its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Something that should not be: a fault of the program.
    Bug = 1,
    /// The arguments make no sense.
    Usage = 2,
    /// There is no display, or OpenGL can't start.
    NoDisplay = 3,
    /// The folder of the book can't be found or read.
    NoFolder = 4,
    /// What was asked for could not be written.
    NoOutput = 5,
    /// The file that was named can't be read, or was refused.
    NoInput = 6,
    /// Checking found something.
    Found = 7,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Nothing is left to do after the arguments were read: help, the version, or an error in them.
#[derive(Debug)]
pub struct Done(clap::Error);

impl Done {
    /// Prints it where it belongs; the exit status.
    pub fn print(&self) -> ExitCode {
        match self.0.print() {
            Ok(()) if self.0.use_stderr() => Status::Usage.into(),
            Ok(()) => ExitCode::SUCCESS,
            Err(_closed) => Status::NoOutput.into(),
        }
    }
}

/// Reads the arguments; the first is the program's name.
///
/// # Errors
/// [`Done`] where help or the version was asked for, or the arguments make no sense.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Done> {
    Arguments::try_parse_from(arguments).map_err(Done)
}

/// Says on standard error why the program ends; its exit status.
pub fn fail(status: Status, reason: &str) -> ExitCode {
    say(reason);
    status.into()
}

/// Says something on standard error, in one line.
pub fn say(line: &str) {
    eprintln!("truerate: {line}");
}

/// Where a verb finds its book.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// In a folder that the user named.
    Named(&'a Path),
    /// In the folder where the user's own book is.
    Usual(&'a Path),
    /// In the sample that `--demo` asks for.
    Demo,
}

impl<'a> Source<'a> {
    /// The folder; `None` for the sample, which has none.
    fn folder(self) -> Option<&'a Path> {
        match self {
            Self::Named(folder) | Self::Usual(folder) => Some(folder),
            Self::Demo => None,
        }
    }
}

/// Runs a verb over a book. `ids` are for what is taken in, and `bell` for the window that has the book open.
pub fn run(
    verb: &Verb,
    source: Source<'_>,
    shared: &Arc<dyn Disk>,
    ids: &mut dyn Ids,
    defaults: Settings,
    clock: &Arc<dyn Clock>,
    bell: &dyn Doorbell,
) -> ExitCode {
    let now = clock.now();
    let disk = shared.as_ref();
    let read = |defaults| match source {
        Source::Named(folder) | Source::Usual(folder) => files::read_folder(folder, disk, defaults),
        Source::Demo => demo(now).map(|book| (book, Lacking::default())).map_err(|reason| fail(Status::Bug, &reason)),
    };
    let done = match (verb, source) {
        (Verb::Report(asked), _) => read(defaults).map(|(book, lacking)| {
            let printed = print(&book, &lacking, asked, now);
            // The process ends: to give back a million records one by one would only take time.
            std::mem::forget(book);
            printed
        }),
        (Verb::Check(asked), Source::Named(folder) | Source::Usual(folder)) => {
            Ok(check::run(asked, folder, disk, &defaults))
        }
        (Verb::Check(_), Source::Demo) => {
            Err(fail(Status::Usage, "nothing of the sample is kept: there is nothing to check"))
        }
        (Verb::Evidence(wanted), _) => {
            read(defaults).map(|(book, lacking)| evidence::write((&book, &lacking), wanted, source.folder(), disk, now))
        }
        (Verb::Export { what: Export::Ics { out } }, _) => {
            read(defaults).map(|(book, _)| files::export_ics(&book, out.as_deref(), disk, now))
        }
        (Verb::Export { what: Export::Journal { out } }, _) => {
            read(defaults).map(|(book, lacking)| files::export_journal((&book, &lacking), out.as_deref(), disk))
        }
        (Verb::Export { what: Export::Timeclock { out } }, _) => {
            read(defaults).map(|(book, lacking)| files::export_timeclock((&book, &lacking), out.as_deref(), disk, now))
        }
        (Verb::Import(wanted), Source::Named(folder) | Source::Usual(folder)) => {
            let place = writing::Place { disk: shared, clock, bell, defaults };
            Ok(match &wanted.what {
                Some(importing::Special::Rates { file, all }) => {
                    let extent = if *all { Extent::All } else { Extent::Used };
                    files::import_rates(file, extent, folder, &place, ids)
                }
                None => importing::run(wanted, folder, &place, ids),
            })
        }
        (Verb::Import(_), Source::Demo) => {
            Err(fail(Status::Usage, "nothing of the sample is kept: there is nothing to take files into"))
        }
        (Verb::Backup { list: true, format }, Source::Named(folder) | Source::Usual(folder)) => {
            Ok(backups::list(folder, *format, &writing::Place { disk: shared, clock, bell, defaults }))
        }
        (Verb::Backup { list: false, .. }, Source::Named(folder) | Source::Usual(folder)) => {
            Ok(backups::make(folder, &writing::Place { disk: shared, clock, bell, defaults }, ids))
        }
        (Verb::Restore { name, dry_run }, Source::Named(folder) | Source::Usual(folder)) => {
            Ok(backups::restore(name, *dry_run, folder, &writing::Place { disk: shared, clock, bell, defaults }, ids))
        }
        (Verb::Backup { .. } | Verb::Restore { .. }, Source::Demo) => {
            Err(fail(Status::Usage, "nothing of the sample is kept: there is nothing to back up or to restore"))
        }
        (Verb::Sample(size), Source::Named(folder)) => Ok(make_sample(size, folder, disk, now)),
        (Verb::Sample(_), Source::Demo | Source::Usual(_)) => {
            Err(fail(Status::Usage, "a sample needs a new folder of its own: name one with --dir"))
        }
    };
    done.unwrap_or_else(|failed| failed)
}

/// The sample that `--demo` opens.
///
/// # Errors
/// A sentence where the catalogue that the program brings along can't be read.
pub fn demo(now: Now) -> Result<Book, String> {
    let presets = catalogue::read().map_err(|error| error.to_string())?;
    Ok(sample::book(&sample::Plan::to_look_at(now), &presets))
}

fn make_sample(size: &SampleSize, folder: &Path, disk: &dyn Disk, now: Now) -> ExitCode {
    let presets = match catalogue::read() {
        Ok(presets) => presets,
        Err(error) => return fail(Status::Bug, &error.to_string()),
    };
    let book = sample::book(&sample::Plan::of_size(size.sessions, size.seed, now), &presets);
    match store::create(disk, folder, &book) {
        Ok(()) => {
            eprintln!("truerate: a sample of {} sessions stands in {}", size.sessions, folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => fail(Status::NoFolder, &error.to_string()),
    }
}

fn print(book: &Book, lacking: &Lacking, report: &Report, now: Now) -> ExitCode {
    match report::print(book, lacking, report, now, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(reason)) => fail(Status::Usage, &reason),
        // A reader that closes early (`| head`) is no fault.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => fail(Status::NoOutput, &format!("could not write the report: {error}")),
    }
}
