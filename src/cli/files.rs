//! Files in and out: exchange rates into the book, the payout calendar out of it.
//!
//! What is taken in goes the way of every change: a command, a plan, the journal; undo in the window takes it back.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Status, fail};
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::query::calendar::calendar;
use crate::domain::query::intake::{Extent, Intake};
use crate::domain::settings::Settings;
use crate::domain::span::{Now, user_day};
use crate::engine::Engine;
use crate::export::{ics, timeclock};
use crate::import::ecb;
use crate::ports::{Clock, Disk, Ids};
use crate::store::{self, OpenError, Opened, Site};
use crate::ui::format::Style;
use crate::ui::view::rates_file;

/// Where and when a verb works.
pub(super) struct Place<'a> {
    pub(super) disk: &'a Arc<dyn Disk>,
    pub(super) clock: &'a Arc<dyn Clock>,
    /// The settings of a book that has none yet.
    pub(super) defaults: Settings,
}

impl Place<'_> {
    /// Where the book of a folder is written.
    fn site(&self, folder: &Path) -> Site {
        Site::new(Arc::clone(self.disk), Arc::clone(self.clock), folder)
    }
}

/// The book of a folder, for reading; what is wrong with its files is said.
pub(super) fn read_folder(folder: &Path, disk: &dyn Disk, defaults: Settings) -> Result<Book, ExitCode> {
    match disk.list(folder) {
        Err(error) => {
            let reason = format!("this folder can’t be read ({error}): {}", folder.display());
            return Err(fail(Status::NoFolder, &reason));
        }
        Ok(files) if files.is_empty() => eprintln!("truerate: there is no book here yet: {}", folder.display()),
        Ok(_) => {}
    }
    let loaded = store::open_read(disk, folder, defaults);
    for finding in &loaded.findings {
        eprintln!("truerate: {finding}");
    }
    Ok(loaded.book)
}

/// Takes reference rates out of a file into the book of a folder.
pub(super) fn import_rates(
    file: &Path,
    extent: Extent,
    folder: &Path,
    place: &Place<'_>,
    ids: &mut dyn Ids,
) -> ExitCode {
    let refused = |reason: &str| fail(Status::NoInput, &format!("{reason}: {}", file.display()));
    let sheet = match place.disk.read(file).map_err(|error| error.to_string()) {
        Ok(bytes) => match ecb::read(&bytes) {
            Ok(sheet) => sheet,
            Err(unreadable) => return refused(&unreadable.to_string()),
        },
        Err(reason) => return refused(&reason),
    };
    let opened = store::open(place.site(folder), place.defaults.clone());
    let Opened { book, entries, last_sequence, findings, journal, read_only, .. } = match opened {
        Ok(opened) => opened,
        Err(error @ OpenError::InUse { .. }) => {
            return fail(Status::NoFolder, &format!("{error}; import the file there, in Settings, Exchange rates"));
        }
        Err(error) => return fail(Status::NoFolder, &error.to_string()),
    };
    for finding in &findings {
        eprintln!("truerate: {finding}");
    }
    let mut engine = Engine::new(book, entries, last_sequence, Box::new(journal), read_only);
    let settings = engine.book().settings();
    let (style, zone) = (Style::of(settings), settings.zone);
    let now = Now { zone, ..place.clock.now() };
    let today = user_day(now.at, zone, settings.day_start_minutes);
    let intake = Intake::of(engine.book(), &sheet, extent, today);
    for line in rates_file::lines(&intake, today, style) {
        eprintln!("truerate: {line}");
    }
    let done = take(&mut engine, &intake, ids, now);
    match (done, engine.close()) {
        (Err(reason), _) | (Ok(()), Err(reason)) => fail(Status::NoOutput, &reason),
        (Ok(()), Ok(())) => ExitCode::SUCCESS,
    }
}

fn take(engine: &mut Engine, intake: &Intake, ids: &mut dyn Ids, now: Now) -> Result<(), String> {
    if intake.is_empty() {
        eprintln!("truerate: nothing new");
        return Ok(());
    }
    let command: Command = rates_file::command(intake, || ids.draw());
    let words = engine.dispatch(&command, now).map_err(|refused| refused.to_string())?;
    eprintln!("truerate: done: {words}");
    Ok(())
}

/// Writes the payout calendar to a file, or prints it.
pub(super) fn export_ics(book: &Book, out: Option<&Path>, disk: &dyn Disk, now: Now) -> ExitCode {
    let settings = book.settings();
    let now = Now { zone: settings.zone, ..now };
    let today = user_day(now.at, now.zone, settings.day_start_minutes);
    let written = ics::written(book, &calendar(book, now), now, today);
    give(&written.text, out, disk, ("calendar", format!("{} events", written.events)))
}

/// Writes the time of all sessions to a file as timeclock lines, or prints it.
pub(super) fn export_timeclock(book: &Book, out: Option<&Path>, disk: &dyn Disk, now: Now) -> ExitCode {
    let written = timeclock::written(book, Now { zone: book.settings().zone, ..now });
    give(&written.text, out, disk, ("time", format!("{} sessions", written.sessions)))
}

/// Writes a text to a file, or prints it. `what` it is, and how much is in it.
fn give(text: &str, out: Option<&Path>, disk: &dyn Disk, (what, much): (&str, String)) -> ExitCode {
    let Some(path) = out else {
        return match io::stdout().lock().write_all(text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            // A reader that closes early (`| head`) is no fault.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => fail(Status::NoOutput, &format!("could not write the {what}: {error}")),
        };
    };
    match disk.replace(path, text.as_bytes()) {
        Ok(()) => {
            eprintln!("truerate: {much} are in {}", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => fail(Status::NoOutput, &format!("could not write the {what} ({error}): {}", path.display())),
    }
}
