//! Backups as a user meets them: one a day in Settings, a look at it, back, restored and undone; and as the terminal does.

use std::path::Path;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use truerate::cli;
use truerate::domain::backup::Reason;
use truerate::domain::ids::SessionId;
use truerate::domain::money::Currency;
use truerate::domain::settings::Settings;
use truerate::ports::fake::{FakeBell, FakeClock, FakeIds, Fault, MemoryDisk, Operation};
use truerate::ports::{Clock, Disk, Saving};
use truerate::store::{self, backup};

use crate::desk::{Desk, FOLDER, Look, ZONE};

/// On the page of the backups, with the list read.
fn on_the_page(desk: &mut Desk) {
    desk.key_with(Modifiers::COMMAND, Key::Comma);
    desk.press("Backups");
    desk.wait_until_reads("Back up now");
}

/// Chooses the row of a backup by the reason in its name.
fn choose(desk: &mut Desk, why: &str) {
    desk.wait_until_reads(&format!(", {why}, "));
    let row = desk
        .harness
        .query_all_by_role(Role::Row)
        .find(|row| row.accesskit_node().label().is_some_and(|name| name.contains(&format!(", {why}, "))))
        .expect("it was read");
    row.click();
    desk.settle();
}

fn is_enabled(desk: &Desk, button: &str) -> bool {
    !desk.harness.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

/// A book with a backup made by hand, after which a session was deleted.
fn something_lost(look: Look) -> (Desk, SessionId) {
    let mut desk = Desk::filled(look);
    on_the_page(&mut desk);
    desk.press("Back up now");
    desk.wait_until_reads("by hand");
    desk.key(Key::Escape);
    let lost = desk.book().sessions().filter(|session| !session.is_open()).last().expect("one has ended").id;
    desk.delete_session(lost);
    assert!(desk.book().session(lost).is_none());
    desk.wait_until_saved();
    (desk, lost)
}

#[test]
fn a_backup_is_looked_at_and_left_restored_and_undone() {
    let (mut desk, lost) = something_lost(Look::default());
    let now = desk.book();
    on_the_page(&mut desk);
    desk.wait_until_reads(", daily, ");
    assert!(!is_enabled(&desk, "Look at this backup") && !is_enabled(&desk, "Restore…"), "none is chosen");
    choose(&mut desk, "by hand");
    desk.press("Look at this backup");
    desk.wait_until_reads("Backup of Sun 22 Nov, 12:38: look only");
    assert!(desk.book().session(lost).is_some());
    assert_eq!(desk.book().open_sessions().count(), 0, "the timer of then ended with it");
    desk.key(Key::Delete);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().session(lost).is_some(), "nothing in it can be changed");
    desk.press("Back to my book");
    assert_eq!(desk.book(), now);

    on_the_page(&mut desk);
    choose(&mut desk, "by hand");
    desk.press("Restore…");
    desk.wait_until_reads("Sessions: 1 comes back");
    assert!(desk.reads("The timer that runs now goes on"), "{:?}", desk.texts());
    assert_eq!(desk.book(), now, "nothing has changed yet");
    desk.press("Restore");
    desk.wait_until_reads("Restored the backup of Sun 22 Nov, 12:38");
    assert!(desk.book().session(lost).is_some());
    assert_eq!(desk.book().open_sessions().count(), 1);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.book(), now, "one undo takes all of it back");
    on_the_page(&mut desk);
    desk.wait_until_reads(", before a restore, ");
    desk.key(Key::Escape);
    let after = desk.killed_and_opened_again();
    assert_eq!(after.book(), now);
}

#[test]
fn it_is_restored_from_the_strip_and_the_change_lasts() {
    let (mut desk, lost) = something_lost(Look { width: 900.0, height: 600.0, ..Look::default() });
    on_the_page(&mut desk);
    choose(&mut desk, "by hand");
    desk.press("Look at this backup");
    desk.wait_until_reads("look only");
    desk.press("Restore…");
    desk.wait_until_reads("Sessions: 1 comes back");
    assert!(!desk.reads("look only"), "it is the own book that is asked about");
    desk.key(Key::Enter);
    desk.wait_until_reads("Restored the backup");
    let desk = desk.killed_and_opened_again();
    assert!(desk.book().session(lost).is_some());
}

#[test]
fn what_changes_while_it_is_asked_about_is_counted_in() {
    let (mut desk, lost) = something_lost(Look::default());
    on_the_page(&mut desk);
    choose(&mut desk, "by hand");
    desk.press("Restore…");
    desk.wait_until_reads("Sessions: 1 comes back");
    desk.key(Key::Escape);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.book().session(lost).is_some(), "undone");
    on_the_page(&mut desk);
    choose(&mut desk, "by hand");
    desk.press("Restore…");
    desk.wait_until_reads("there is nothing to restore");
    assert!(!is_enabled(&desk, "Restore"));
}

#[test]
fn one_that_can_t_be_made_is_told_and_saving_goes_on() {
    let (mut desk, lost) = something_lost(Look::default());
    desk.disk.set_fault(Some(Fault {
        operation: Operation::MakeFolder,
        path_contains: ".part".to_owned(),
        kind: std::io::ErrorKind::StorageFull,
        bytes_written: 0,
    }));
    on_the_page(&mut desk);
    desk.press("Back up now");
    desk.wait_until_reads("No backup was made: ");
    assert_eq!(desk.harness.state().engine().saving(), Saving::Saved);
    choose(&mut desk, "by hand");
    desk.press("Restore…");
    desk.wait_until_reads("Sessions: 1 comes back");
    desk.press("Restore");
    desk.wait_until_reads("Not restored, because no backup of now could be made: ");
    assert!(desk.book().session(lost).is_none());
    desk.disk.set_fault(None);
    desk.press("Restore");
    desk.wait_until_reads("Restored the backup");
    assert!(desk.book().session(lost).is_some());
}

#[test]
fn a_new_book_says_when_the_first_comes_and_a_new_day_brings_one() {
    let mut desk = Desk::empty(Look::default());
    on_the_page(&mut desk);
    desk.wait_until_reads("No backup yet. The first is made with the first change of a day.");
    desk.key(Key::Escape);
    let desk = Desk::filled(Look::default());
    let days = |desk: &Desk| {
        let made = backup::list(&desk.disk, Path::new(FOLDER)).expect("a disk in memory answers");
        made.iter().filter(|backup| backup.reason == Reason::Daily).count()
    };
    let first = days(&desk);
    desk.clock.advance(24 * 3600);
    let mut desk = desk.closed_and_opened_again();
    for _ in 0..500 {
        if days(&desk) > first {
            break;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(2));
        desk.settle();
    }
    assert_eq!(days(&desk), first + 1);
}

#[test]
fn a_book_that_is_only_read_can_still_be_compared_with_its_past() {
    let (desk, lost) = something_lost(Look::default());
    let disk = desk.disk.clone();
    let mut desk = desk.with_files_changed(move || {
        let book = Path::new(FOLDER).join("book.ron");
        let bytes = disk.read(&book).expect("it was written");
        let text = String::from_utf8(bytes).expect("a text");
        let (_, rest) = text.split_once(',').expect("a header");
        disk.put(book, format!("(schema: 999,{rest}"));
    });
    desk.press("Go on without");
    on_the_page(&mut desk);
    assert!(!is_enabled(&desk, "Back up now"));
    choose(&mut desk, "by hand");
    assert!(!is_enabled(&desk, "Restore…"));
    desk.press("Look at this backup");
    desk.wait_until_reads("look only");
    assert!(desk.book().session(lost).is_some());
}

fn run(arguments: &[&str], disk: &MemoryDisk, desk: &Desk) -> String {
    let words = std::iter::once("truerate").chain(arguments.iter().copied()).map(Into::into);
    let verb = cli::parse(words).expect("good arguments").verb.expect("a verb");
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let clock: Arc<dyn Clock> = Arc::new(FakeClock::new(desk.now().at, desk.now().zone));
    let defaults = Settings::new(Currency::USD, ZONE);
    let mut ids = FakeIds::after(900_000);
    let code = cli::run(
        &verb,
        cli::Source::Named(Path::new(FOLDER)),
        &shared,
        &mut ids,
        defaults,
        &clock,
        &FakeBell::default(),
    );
    format!("{code:?}")
}

#[test]
fn the_terminal_makes_lists_and_restores_them() {
    let status = |code: std::process::ExitCode| format!("{code:?}");
    let (done, no_folder) = (status(std::process::ExitCode::SUCCESS), status(cli::Status::NoFolder.into()));
    let no_input = status(cli::Status::NoInput.into());
    let (desk, lost) = something_lost(Look::default());
    assert_eq!(run(&["backup"], &desk.disk, &desk), no_folder, "the window has the book open, and nobody rings");
    let disk = desk.disk.after_power_cut();
    let made = || backup::list(&disk, Path::new(FOLDER)).expect("a disk in memory answers");
    let by_hand = *made().iter().find(|backup| backup.reason == Reason::ByHand).expect("it was made");
    assert_eq!(run(&["backup"], &disk, &desk), done);
    assert_eq!(made().iter().filter(|backup| backup.reason == Reason::ByHand).count(), 2);
    for format in ["table", "json", "csv"] {
        assert_eq!(run(&["backup", "--list", "--format", format], &disk, &desk), done);
    }
    let read = || store::open_read(&disk, Path::new(FOLDER), Settings::new(Currency::USD, ZONE)).book;
    let before = read();
    let name = backup::name(by_hand);
    assert_eq!(run(&["restore", &name, "--dry-run"], &disk, &desk), done);
    assert_eq!(read(), before);
    assert_eq!(run(&["restore", &name], &disk, &desk), done);
    assert!(read().session(lost).is_some());
    assert!(made().iter().any(|backup| backup.reason == Reason::BeforeRestore));
    assert_eq!(run(&["restore", &name], &disk, &desk), done, "there is nothing to restore");
    for unknown in ["yesterday", "2020-01-01T000000Z-daily", "../sessions"] {
        assert_eq!(run(&["restore", unknown], &disk, &desk), no_input, "{unknown}");
    }
    let empty = MemoryDisk::new();
    assert_eq!(run(&["backup"], &empty, &desk), no_folder);
    assert_eq!(empty.files().len(), 0, "and nothing is left there");
    assert_eq!(run(&["backup", "--list"], &empty, &desk), done);
}

#[test]
fn a_backup_is_made_and_left_by_keys_alone() {
    let (mut desk, lost) = something_lost(Look { width: 900.0, height: 600.0, ..Look::default() });
    let by_hand = |desk: &Desk| {
        let made = backup::list(&desk.disk, Path::new(FOLDER)).expect("a disk in memory answers");
        made.iter().filter(|backup| backup.reason == Reason::ByHand).count()
    };
    assert_eq!(by_hand(&desk), 1);
    desk.clock.advance(60);
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::U);
    desk.wait_until_reads("Backed up: ");
    assert_eq!(by_hand(&desk), 2);
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    assert!(desk.reads("This is your book"));
    on_the_page(&mut desk);
    choose(&mut desk, "by hand");
    desk.press("Look at this backup");
    desk.wait_until_reads("look only");
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    assert!(!desk.reads("look only"), "{:?}", desk.texts());
    assert!(desk.book().session(lost).is_none());
    desk.key_with(Modifiers::COMMAND, Key::S);
    assert!(desk.reads("Nothing waits to be saved"), "{:?}", desk.texts());
}
