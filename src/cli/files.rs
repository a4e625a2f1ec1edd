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
use crate::export::{ics, journal, timeclock};
use crate::ports::door::Errand;
use crate::ports::{Disk, Ids};
use crate::store::{self, Finding};
use crate::ui::view::lacking::{Lack, Lacking};

/// The book of a folder, for reading, and what totals over it may lack; what is wrong with its files is said.
pub(super) fn read_folder(folder: &Path, disk: &dyn Disk, defaults: Settings) -> Result<(Book, Lacking), ExitCode> {
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
    let mut lacking = Lacking::default();
    for (lacked, extent) in loaded.findings.iter().filter_map(Finding::lacks) {
        lacking.note(lacked, if extent == store::Extent::Whole { Lack::Whole } else { Lack::Part });
    }
    Ok((loaded.book, lacking))
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
    give(&written.text, out, disk, ("calendar", format!("{} events", written.events)))
}

/// Writes the time of all sessions to a file as timeclock lines, or prints it.
pub(super) fn export_timeclock(
    (book, lacking): (&Book, &Lacking),
    out: Option<&Path>,
    disk: &dyn Disk,
    now: Now,
) -> ExitCode {
    let written = timeclock::written(book, Now { zone: book.settings().zone, ..now });
    give(&with_lack(written.text, lacking), out, disk, ("time", format!("{} sessions", written.sessions)))
}

/// Writes what was earned and what came to a file as a journal of double entries, or prints it.
pub(super) fn export_journal((book, lacking): (&Book, &Lacking), out: Option<&Path>, disk: &dyn Disk) -> ExitCode {
    let written = journal::written(book);
    let much = format!("{} earnings and {} payouts", written.earnings, written.payouts);
    give(&with_lack(written.text, lacking), out, disk, ("journal", much))
}

/// A text with a comment before it of what it lacks: whoever adds it up elsewhere doesn't see what was said here.
fn with_lack(text: String, lacking: &Lacking) -> String {
    match lacking.in_all() {
        Some(lack) => format!("; {}\n{text}", lack.text),
        None => text,
    }
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
