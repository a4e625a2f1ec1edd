//! Backups in the terminal: make one, list them, restore one. Restoring goes the way of every change: one command, the
//! journal; a backup of now comes first, and undo in the window takes it back.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono::SecondsFormat;

use super::table::{Cell, Column, Table};
use super::writing::{Place, carry, tell};
use super::{Format, Status, fail, say};
use crate::domain::span::user_day;
use crate::door::BackupRead;
use crate::ports::Ids;
use crate::ports::door::{Answer, Errand, Outcome};
use crate::store;
use crate::store::backup;
use crate::ui::format::Style;
use crate::ui::view::backups as view;

/// Makes a backup of the book of a folder, here or in the window that has it open, and says where it is.
pub(super) fn make(folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> ExitCode {
    if let Err(failed) = is_there(folder, place) {
        return failed;
    }
    match carry(Errand::BackUp, folder, place, ids) {
        Ok(Answer { lines, outcome: Outcome::Done }) => print(|out| {
            let mut lines = lines.iter();
            let made = lines.next().map(|name| folder.join(backup::BACKUPS).join(name));
            // What it lacks is for people.
            lines.for_each(|line| say(line));
            made.iter().try_for_each(|made| writeln!(out, "{}", made.display()))
        }),
        Ok(answer) => tell(&answer),
        Err(failed) => failed,
    }
}

/// Lists the backups of the book of a folder, the newest first. Takes no lock.
pub(super) fn list(folder: &Path, format: Format, place: &Place<'_>) -> ExitCode {
    let disk = place.disk.as_ref();
    let read = backup::list(disk, folder).and_then(|backups| backup::sizes(disk, folder, &backups));
    let backups = match read {
        Ok(backups) => backups,
        Err(error) => {
            return fail(Status::NoFolder, &format!("the backups can’t be read ({error}): {}", folder.display()));
        }
    };
    let book = store::open_read(disk, folder, place.defaults.clone()).book;
    let (settings, style) = (book.settings(), Style::of(book.settings()));
    let today = user_day(place.clock.now().at, settings.zone, settings.day_start_minutes);
    let column = |head, name, right| Column { head, name, right };
    let lines = view::lines(&backups, settings.zone, today, style);
    let rows = lines.iter().zip(backups.iter().rev()).map(|(line, (backup, size))| {
        let made = backup.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let whole = |bytes: u64, shown: &str| Cell::whole(shown, i64::try_from(bytes).unwrap_or(i64::MAX));
        vec![
            Cell::text(backup::name(*backup)),
            Cell::figure(&line.when, Some(made)),
            Cell::text(line.why),
            whole(size.whole, &line.size),
            whole(size.own, &view::bytes(size.own, style)),
            Cell::text(&line.age),
        ]
    });
    let table = Table {
        without_months: Vec::new(),
        columns: vec![
            column("Name", "name", false),
            column("Made", "made", false),
            column("Why", "why", false),
            column("Size", "bytes", true),
            column("Its own", "own_bytes", true),
            column("Age", "age", true),
        ],
        rows: rows.collect(),
        notes: if backups.is_empty() { vec![view::NONE_YET.to_owned()] } else { vec![view::sum(&backups, style)] },
    };
    print(|out| table.print(format, out))
}

/// Makes the book of a folder what a backup holds, here or in the window that has it open; or only says what would change.
pub(super) fn restore(name: &str, dry_run: bool, folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> ExitCode {
    // As a shell completes the name of a folder.
    let name = name.trim_end_matches('/');
    let lines = if dry_run {
        let ours = store::open_read(place.disk.as_ref(), folder, place.defaults.clone()).book;
        match BackupRead::read(name, folder, &place.defaults, place.disk.as_ref()) {
            Ok(read) => view::differences(&read.look(&ours), Style::of(ours.settings())),
            Err(why) => return fail(Status::NoInput, &why),
        }
    } else {
        match carry(Errand::Restore { named: name.to_owned() }, folder, place, ids) {
            Ok(Answer { lines, outcome: Outcome::Done }) => lines,
            Ok(answer) => return tell(&answer),
            Err(failed) => return failed,
        }
    };
    print(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))
}

/// Whether there is anything in a folder: it is not made for a verb that needs a book.
fn is_there(folder: &Path, place: &Place<'_>) -> Result<(), ExitCode> {
    if place.disk.list(folder).is_ok_and(|files| files.is_empty()) {
        return Err(fail(Status::NoFolder, &format!("there is no book here yet: {}", folder.display())));
    }
    Ok(())
}

/// Prints to standard output.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> ExitCode {
    match write(&mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that closes early (`| head`) is no fault.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(Status::NoOutput, &format!("could not be written: {error}")),
    }
}
