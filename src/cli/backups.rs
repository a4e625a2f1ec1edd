//! Backups in the terminal: make one, list them, restore one. Restoring goes the way of every change: one command, the
//! journal; a backup of now comes first, and undo in the window takes it back.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::SecondsFormat;

use super::table::{Cell, Column, Table};
use super::writing::{Place, carry, tell};
use super::{Format, Status, fail, say};
use crate::domain::backup::{Backup, Reason};
use crate::domain::query::restore::Restoring;
use crate::domain::span::{Now, user_day};
use crate::engine::Engine;
use crate::ports::Ids;
use crate::ports::door::{Answer, Errand, Outcome};
use crate::store::backup;
use crate::store::{self, OpenError, Opened, Site};
use crate::ui::format::Style;
use crate::ui::view::backups as view;

/// Makes a backup of the book of a folder, here or in the window that has it open, and says where it is.
pub(super) fn make(folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> ExitCode {
    if let Err(failed) = is_there(folder, place) {
        return failed;
    }
    match carry(Errand::BackUp, folder, place, ids) {
        Ok(Answer { lines, outcome: Outcome::Done }) => print(|out| {
            let backups = folder.join(backup::BACKUPS);
            lines.iter().try_for_each(|name| writeln!(out, "{}", backups.join(name).display()))
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

/// Makes the book of a folder what a backup holds, or only says what would change.
pub(super) fn restore(name: &str, dry_run: bool, folder: &Path, place: &Place<'_>) -> ExitCode {
    let Some(backup) = backup::from_name(name.trim_end_matches('/')) else {
        return fail(Status::NoInput, &format!("no backup has this name; `truerate backup --list` names them: {name}"));
    };
    let disk = place.disk.as_ref();
    let looked = match backup::look(disk, folder, backup, place.defaults.clone()) {
        Ok(looked) => looked,
        Err(error) => return fail(Status::NoInput, &format!("{error}: {name}")),
    };
    let told = |restoring: &Restoring, style| {
        print(|out| view::differences(restoring, style).iter().try_for_each(|line| writeln!(out, "{line}")))
    };
    if dry_run {
        let ours = store::open_read(disk, folder, place.defaults.clone()).book;
        let restoring = Restoring::of(&ours, &looked.book, backup.at, &looked.unread);
        return told(&restoring, Style::of(ours.settings()));
    }
    let mut engine = match open(folder, place, "restore it there, in Settings, Backups") {
        Ok(engine) => engine,
        Err(failed) => return failed,
    };
    let restoring = Restoring::of(engine.book(), &looked.book, backup.at, &looked.unread);
    let printed = told(&restoring, Style::of(engine.book().settings()));
    let done = if restoring.is_empty() { Ok(()) } else { take(&mut engine, &restoring, backup, place) };
    match (done, engine.close()) {
        (Err(reason), _) | (Ok(()), Err(reason)) => fail(Status::NoOutput, &reason),
        (Ok(()), Ok(())) => printed,
    }
}

fn take(engine: &mut Engine, restoring: &Restoring, backup: Backup, place: &Place<'_>) -> Result<(), String> {
    let made = engine.back_up_now(Reason::BeforeRestore);
    let made = made.map_err(|why| format!("not restored, because no backup of now could be made: {why}"))?;
    say(&format!("a backup of now is {}", backup::name(made)));
    let settings = engine.book().settings();
    let now = Now { zone: settings.zone, ..place.clock.now() };
    let today = user_day(now.at, now.zone, settings.day_start_minutes);
    let command = restoring.command(view::words(&view::when(backup, now.zone, today, Style::of(settings))));
    let words = engine.dispatch(&command, now).map_err(|refused| refused.to_string())?;
    say(&format!("done: {words}"));
    Ok(())
}

/// Whether there is anything in a folder: it is not made for a verb that needs a book.
fn is_there(folder: &Path, place: &Place<'_>) -> Result<(), ExitCode> {
    if place.disk.list(folder).is_ok_and(|files| files.is_empty()) {
        return Err(fail(Status::NoFolder, &format!("there is no book here yet: {}", folder.display())));
    }
    Ok(())
}

/// The engine over the book of a folder, for writing. `elsewhere` says what to do where a window has it open.
fn open(folder: &Path, place: &Place<'_>, elsewhere: &str) -> Result<Engine, ExitCode> {
    is_there(folder, place)?;
    let opened =
        store::open(Site::new(Arc::clone(place.disk), Arc::clone(place.clock), folder), place.defaults.clone());
    let Opened { book, entries, last_sequence, findings, journal, read_only, .. } = match opened {
        Ok(opened) => opened,
        Err(error @ OpenError::InUse { .. }) => return Err(fail(Status::NoFolder, &format!("{error}; {elsewhere}"))),
        Err(error) => return Err(fail(Status::NoFolder, &error.to_string())),
    };
    for finding in &findings {
        say(&finding.to_string());
    }
    if let Some(why) = read_only {
        return Err(fail(Status::NoFolder, &why));
    }
    Ok(Engine::new(book, entries, last_sequence, Box::new(journal), None))
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
