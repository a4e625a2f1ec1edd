//! The terminal: the same queries and words as the window, without a display.
//!
//! Reading verbs take no lock and change nothing. Results go to standard output, errors to standard error in one
//! line, and each kind of failure has a status of its own.

mod report;
mod table;

pub use report::{Failure, print as print_report};

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::settings::Settings;
use crate::domain::span::Now;
use crate::ports::Disk;
use crate::store;

/// What an hour really pays on each platform, and on which day which money lands.
///
/// Without a verb it opens the window. Everything stays on this computer.
#[derive(Debug, Parser)]
#[command(name = "truerate", version, about, long_about = None)]
pub struct Arguments {
    /// The folder of the book, instead of the one in the user's configuration directory.
    #[arg(long, value_name = "FOLDER", env = "TRUERATE_DIR", global = true)]
    pub dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// A verb of the terminal.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Print figures: rates, payouts or sessions.
    Report(Report),
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
    /// The report could not be written.
    NoOutput = 5,
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
    eprintln!("truerate: {reason}");
    status.into()
}

/// Runs a verb over the book of a folder.
pub fn run(verb: &Verb, folder: &Path, disk: &dyn Disk, defaults: Settings, now: Now) -> ExitCode {
    let Verb::Report(report) = verb;
    match disk.list(folder) {
        Err(error) => {
            return fail(Status::NoFolder, &format!("this folder can’t be read ({error}): {}", folder.display()));
        }
        Ok(files) if files.is_empty() => eprintln!("truerate: there is no book here yet: {}", folder.display()),
        Ok(_) => {}
    }
    let loaded = store::open_read(disk, folder, defaults);
    for finding in &loaded.findings {
        eprintln!("truerate: {finding}");
    }
    match report::print(&loaded.book, report, now, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(reason)) => fail(Status::Usage, &reason),
        // A reader that closes early (`| head`) is no fault.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => fail(Status::NoOutput, &format!("could not write the report: {error}")),
    }
}
