//! Files in and out: exchange rates into the book, the payout calendar out of it.
//!
//! What is taken in goes the way of every change: a command, a plan, the journal; undo in the window takes it back.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::writing::{Place, write};
use super::{Status, fail};
use crate::domain::book::Book;
use crate::domain::query::calendar::calendar;
use crate::domain::query::intake::Extent;
use crate::domain::settings::Settings;
use crate::domain::span::{Now, user_day};
use crate::export::ics;
use crate::ports::door::Errand;
use crate::ports::{Disk, Ids};
use crate::store;

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

/// Takes reference rates out of a file, or standard input, into the book of a folder.
pub(super) fn import_rates(
    file: &Path,
    extent: Extent,
    folder: &Path,
    place: &Place<'_>,
    ids: &mut dyn Ids,
) -> ExitCode {
    let named = file.display().to_string();
    match place.bell.lend(file) {
        Ok(lent) => write(Errand::ImportRates { file: lent.path.clone(), named, extent }, folder, place, ids),
        Err(error) => fail(Status::NoInput, &format!("{error}: {named}")),
    }
}

/// Writes the payout calendar to a file, or prints it.
pub(super) fn export_ics(book: &Book, out: Option<&Path>, disk: &dyn Disk, now: Now) -> ExitCode {
    let settings = book.settings();
    let now = Now { zone: settings.zone, ..now };
    let today = user_day(now.at, now.zone, settings.day_start_minutes);
    let written = ics::written(book, &calendar(book, now), now, today);
    let Some(path) = out else {
        return match io::stdout().lock().write_all(written.text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            // A reader that closes early (`| head`) is no fault.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => fail(Status::NoOutput, &format!("could not write the calendar: {error}")),
        };
    };
    match disk.replace(path, written.text.as_bytes()) {
        Ok(()) => {
            eprintln!("truerate: {} events are in {}", written.events, path.display());
            ExitCode::SUCCESS
        }
        Err(error) => fail(Status::NoOutput, &format!("could not write the calendar ({error}): {}", path.display())),
    }
}
