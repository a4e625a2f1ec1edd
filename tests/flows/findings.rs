//! What was found in the files: shown once at the start, each kind with what can be done, and nothing written over
//! anything before a choice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use truerate::cli::{self, Format, Report, Subject};
use truerate::domain::command::Command;
use truerate::ports::fake::{Fault, MemoryDisk, Operation};
use truerate::ports::{Disk as _, Lacked};
use truerate::ui::view::lacking::{Lack, Lacking};

use crate::desk::{Desk, FOLDER, Look};

const TITLE: &str = "What was found in your files";
const OCTOBER: &str = "sessions/2026-10.ron";
const KEPT: &str = "damaged/sessions-2026-10-2026-11-22.ron";

fn at(file: &str) -> PathBuf {
    Path::new(FOLDER).join(file)
}

fn text(disk: &MemoryDisk, file: &str) -> String {
    String::from_utf8(disk.files().remove(&at(file)).expect("a file")).expect("text")
}

/// The files that hold records, and what was kept of them.
fn records(disk: &MemoryDisk) -> BTreeMap<PathBuf, Vec<u8>> {
    let journal = at("journal");
    disk.files().into_iter().filter(|(path, _)| !path.starts_with(&journal)).collect()
}

/// A book of four weeks whose file was changed while the window was closed.
fn with_file(file: &str, change: impl FnOnce(&str) -> String) -> Desk {
    let mut desk = Desk::filled(Look::default());
    desk.press("Stop");
    let disk = desk.disk.clone();
    desk.with_files_changed(|| {
        let changed = change(&text(&disk, file));
        disk.put(at(file), changed);
    })
}

/// The second line of a file, broken.
fn second_line_broken(text: &str) -> String {
    let second = line(text, 2);
    text.replacen(second, &second.replacen('(', "(\u{1}", 1), 1)
}

fn line(text: &str, number: usize) -> &str {
    text.lines().nth(number - 1).expect("a line")
}

fn is_open(desk: &Desk) -> bool {
    desk.harness.query_by_role_and_label(Role::Heading, TITLE).is_some()
}

fn offers(desk: &Desk, words: &str) -> bool {
    desk.harness.query_by_role_and_label(Role::Button, words).is_some()
}

#[test]
fn a_broken_line_is_shown_with_its_place_and_going_on_without_it_writes_nothing() {
    let mut desk = with_file(OCTOBER, second_line_broken);
    let before = records(&desk.disk);
    assert!(is_open(&desk), "{:?}", desk.texts());
    desk.wait_until_reads("(\\u{1}id:");
    assert!(desk.reads("Line 2, column"), "{:?}", desk.texts());
    assert!(desk.reads("Totals over October 2026 may be without a part of it"), "{:?}", desk.texts());
    assert!(desk.reads("No backup holds it whole."), "{:?}", desk.texts());
    desk.press(&format!("Open the file: {OCTOBER}"));
    assert_eq!(desk.desktop.opened(), [at(OCTOBER).to_string_lossy()]);
    desk.press("Go on without");
    assert!(!is_open(&desk));

    // Totals over October say so; the week's and the day's, in November, have nothing to say.
    desk.press("Rates");
    let mark = "Rates: without a part of October 2026";
    assert!(offers(&desk, mark), "{:?}", desk.texts());
    assert!(!desk.reads("Today: without") && !desk.reads("Week: without"), "{:?}", desk.texts());
    desk.press("Platforms");
    assert!(offers(&desk, "Platforms: without a part of October 2026"), "{:?}", desk.texts());
    desk.press("Rates");
    desk.press(mark);
    assert!(is_open(&desk), "the mark leads to what was found");
    desk.key(Key::Escape);
    let desk = desk.closed_and_opened_again();
    assert_eq!(records(&desk.disk)[&at(OCTOBER)], before[&at(OCTOBER)], "byte for byte");
    assert!(!records(&desk.disk).keys().any(|path| path.starts_with(at("damaged"))));
}

#[test]
fn broken_lines_are_set_aside_and_the_original_is_kept() {
    let mut desk = with_file(OCTOBER, second_line_broken);
    let damaged = text(&desk.disk, OCTOBER);
    desk.press(&format!("Set the broken lines aside: {OCTOBER}"));
    desk.wait_until_read_again();
    assert!(!is_open(&desk), "{:?}", desk.texts());
    assert!(desk.reads(KEPT), "{:?}", desk.texts());
    desk.press("Dismiss");
    assert!(!desk.reads(KEPT));
    assert_eq!(text(&desk.disk, KEPT), damaged);
    desk.press("Rates");
    assert!(!desk.reads("without a part"), "{:?}", desk.texts());
    let desk = desk.closed_and_opened_again();
    assert!(!is_open(&desk));
    assert!(!text(&desk.disk, OCTOBER).contains('\u{1}'));
}

#[test]
fn a_backups_copy_takes_the_place_of_a_file_and_newer_changes_come_over_it() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Stop");
    let disk = desk.disk.clone();
    let desk = desk.with_files_changed(|| {
        for file in ["book.ron", OCTOBER] {
            disk.put(at("backups/2026-11-22T110000Z-daily").join(file), text(&disk, file));
        }
    });
    let october = desk.book().sessions().next().expect("a session").id;
    let desk = desk.changed_elsewhere(&Command::DeleteSessions(vec![october]));
    let book = desk.book();
    assert!(book.session(october).is_none());
    let mut desk = desk.with_files_changed(|| disk.put(at(OCTOBER), "(schema: 1"));
    let damaged = text(&desk.disk, OCTOBER);
    assert!(is_open(&desk));
    desk.wait_until_reads("It is of Sun 22 Nov, 12:00");
    desk.press(&format!("Use the backup’s copy: {OCTOBER}"));
    desk.wait_until_read_again();
    assert!(desk.reads("is the copy of the backup of Sun 22 Nov, 12:00"), "{:?}", desk.texts());
    assert_eq!(desk.book(), book, "the session that was deleted since stays deleted");
    assert_eq!(text(&desk.disk, KEPT), damaged);
}

#[test]
fn a_missing_month_is_damage_and_is_begun_anew_only_where_that_is_chosen() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Stop");
    let (disk, book) = (desk.disk.clone(), desk.book());
    let mut desk = desk.with_files_changed(|| drop(disk.take(&at(OCTOBER))));
    assert!(is_open(&desk) && desk.reads("This file is missing"), "{:?}", desk.texts());
    assert!(desk.reads("Totals over October 2026 are without it"), "{:?}", desk.texts());
    assert!(!offers(&desk, &format!("Open the file: {OCTOBER}")), "there is none to open");
    assert!(!desk.disk.files().contains_key(&at(OCTOBER)));
    desk.press(&format!("Begin the file anew: {OCTOBER}"));
    desk.wait_until_read_again();
    assert!(!is_open(&desk), "{:?}", desk.texts());
    assert_eq!(desk.book(), book, "the journal still held all of it");
    assert!(desk.disk.files().contains_key(&at(OCTOBER)));
}

#[test]
fn a_file_without_a_header_and_one_that_cannot_be_read_at_all_are_shown_whole() {
    let desk = with_file(OCTOBER, |text| text.replacen('(', "{", 1));
    assert!(is_open(&desk) && desk.reads("The first line of this file can’t be read"), "{:?}", desk.texts());
    assert!(offers(&desk, &format!("Begin the file anew: {OCTOBER}")));

    let desk = Desk::filled(Look::default());
    let disk = desk.disk.clone();
    let before = disk.clone();
    let desk = desk.with_files_changed(|| {
        let kind = std::io::ErrorKind::PermissionDenied;
        let fault = Fault { operation: Operation::Read, path_contains: OCTOBER.to_owned(), kind, bytes_written: 0 };
        disk.set_fault(Some(fault));
    });
    assert!(is_open(&desk) && desk.reads("This file can’t be read (permission denied)"), "{:?}", desk.texts());
    assert_eq!(before.files()[&at(OCTOBER)], desk.disk.files()[&at(OCTOBER)]);
}

#[test]
fn of_a_record_in_two_lines_the_older_goes_where_that_is_chosen() {
    let mut desk = with_file(OCTOBER, |text| {
        let second = line(text, 2);
        format!("{text}{}\n", second.replacen("at:\"2026-10-", "note:\"twice\",at:\"2026-10-", 1))
    });
    assert!(is_open(&desk) && desk.reads("stands here too, and the newer one counts"), "{:?}", desk.texts());
    let before = text(&desk.disk, OCTOBER);
    desk.press(&format!("Set the broken lines aside: {OCTOBER}"));
    desk.wait_until_read_again();
    assert!(!is_open(&desk), "{:?}", desk.texts());
    assert_eq!(text(&desk.disk, OCTOBER).lines().count(), before.lines().count() - 1);
    assert_eq!(text(&desk.disk, KEPT), before);
}

#[test]
fn what_was_mended_by_hand_is_read_again_and_undo_still_reaches_back() {
    let mut desk = with_file(OCTOBER, second_line_broken);
    let good = text(&desk.disk, OCTOBER).replace('\u{1}', "");
    let undoable = desk.harness.state().engine().undoable().map(str::to_owned);
    assert!(is_open(&desk) && undoable.is_some());
    desk.disk.put(at(OCTOBER), good);
    desk.press("Read again");
    desk.wait_until_read_again();
    assert!(!is_open(&desk) && desk.reads("The files were read again"), "{:?}", desk.texts());
    assert_eq!(desk.harness.state().engine().undoable().map(str::to_owned), undoable);
    let before = desk.book();
    desk.press("Undo");
    assert!(desk.book() != before);
    desk.wait_until_saved();
}

#[test]
fn a_torn_last_line_is_one_quiet_line() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Stop");
    desk.wait_until_saved();
    let disk = desk.disk.clone();
    let whole = disk.files();
    let mut desk = desk.with_files_changed(|| {
        // Killed in the middle of a write: what closing tidied is taken back.
        for path in disk.files().into_keys() {
            drop(disk.take(&path));
        }
        let last = whole.keys().filter(|path| path.starts_with(at("journal"))).max().cloned();
        for (path, mut bytes) in whole {
            if Some(&path) == last.as_ref() {
                bytes.extend_from_slice(b"(\"8f3a1c02\", (sequence: 9");
            }
            disk.put(path, bytes);
        }
    });
    assert!(!is_open(&desk), "{:?}", desk.texts());
    assert!(desk.reads("Everything that was shown as saved is there"), "{:?}", desk.texts());
    desk.press("Dismiss");
    assert!(!desk.reads("Everything that was shown as saved is there"));
}

#[test]
fn a_bad_checksum_in_the_journal_is_shown_until_the_user_has_seen_it() {
    let desk = Desk::filled(Look::default());
    let disk = desk.disk.clone();
    let mut desk = desk.with_files_changed(|| {
        let (path, bytes) = disk.files().into_iter().find(|(path, _)| path.starts_with(at("journal"))).expect("one");
        let journal = String::from_utf8(bytes).expect("text");
        let third = line(&journal, 3).to_owned();
        disk.put(path, journal.replacen(&third, &third.replacen("words:\"", "words:\"!", 1), 1));
    });
    assert!(is_open(&desk) && desk.reads("its checksum is wrong"), "{:?}", desk.texts());
    assert!(desk.reads("Totals go by what can be read."), "{:?}", desk.texts());
    let again = desk.texts().into_iter().find(|text| text.starts_with("Don’t tell again: journal")).expect("a choice");
    desk.press(&again);
    desk.key(Key::Escape);
    let desk = desk.closed_and_opened_again();
    assert!(!is_open(&desk), "{:?}", desk.texts());
}

#[test]
fn a_session_of_a_project_that_is_gone_is_kept_and_told() {
    let mut desk = Desk::filled(Look::default());
    desk.press("Stop");
    let sessions = desk.book().sessions().count();
    let disk = desk.disk.clone();
    let desk = desk.with_files_changed(|| {
        let book = text(&disk, "book.ron");
        let first = book.lines().find(|line| line.starts_with("Project(")).expect("a project").to_owned();
        disk.put(at("book.ron"), book.replacen(&format!("{first}\n"), "", 1));
        for path in disk.files().into_keys().filter(|path| path.starts_with(at("journal"))) {
            drop(disk.take(&path));
        }
    });
    assert!(is_open(&desk), "{:?}", desk.texts());
    assert!(desk.reads("A session names a project that isn’t there"), "{:?}", desk.texts());
    assert!(desk.reads("Line "), "{:?}", desk.texts());
    assert_eq!(desk.book().sessions().count(), sessions);
}

#[test]
fn a_newer_schema_is_only_read_and_nothing_is_offered_that_would_write() {
    let desk = Desk::filled(Look::default());
    let disk = desk.disk.clone();
    let desk = desk.with_files_changed(|| {
        let october = text(&disk, OCTOBER);
        let (_, after) = october.split_once(',').expect("a header");
        disk.put(at(OCTOBER), format!("(schema: 999,{after}"));
    });
    let before = records(&desk.disk);
    assert!(is_open(&desk) && desk.reads("written by a newer version"), "{:?}", desk.texts());
    assert!(!desk.texts().iter().any(|text| text.starts_with("Begin the file anew")), "{:?}", desk.texts());
    let disk = desk.disk.clone();
    drop(desk);
    assert_eq!(records(&disk), before);
}

#[test]
fn what_was_found_is_reached_from_the_settings_too() {
    let mut desk = with_file(OCTOBER, second_line_broken);
    desk.press("Go on without");
    desk.press("Settings");
    desk.press("Files");
    assert!(desk.reads("1 thing"), "{:?}", desk.texts());
    desk.press("Show what was found");
    assert!(is_open(&desk));
}

#[test]
fn a_book_that_was_in_use_is_read_again_once_the_other_has_let_go_of_it() {
    let desk = Desk::filled(Look::default());
    let (disk, clock) = (desk.disk.clone(), desk.clock.clone());
    drop(desk);
    let other = disk.lock(&at("lock")).expect("a lock").expect("it is free");
    let mut desk = Desk::opening(disk, clock, Look::default());
    assert!(desk.harness.state().engine().read_only().is_some());
    assert!(desk.reads("This book is open in another window"), "{:?}", desk.texts());
    desk.press("Read again");
    desk.wait_until_read_again();
    assert!(desk.harness.state().engine().read_only().is_some(), "it is still in use");
    drop(other);
    desk.press("Read again");
    desk.wait_until_read_again();
    assert_eq!(desk.harness.state().engine().read_only(), None);
    desk.press("Stop");
    desk.wait_until_saved();
}

#[test]
fn changes_that_cannot_be_saved_stop_reading_again() {
    let mut desk = with_file(OCTOBER, second_line_broken);
    desk.press("Go on without");
    let fault =
        |kind| Fault { operation: Operation::Append, path_contains: "journal".to_owned(), kind, bytes_written: 0 };
    desk.disk.set_fault(Some(fault(std::io::ErrorKind::StorageFull)));
    desk.press("Start");
    desk.wait_until_reads("Not saved");
    desk.press("Settings");
    desk.press("Files");
    desk.press("Read again");
    desk.wait_until_reads("The files were not read again");
    assert!(desk.book().open_sessions().next().is_some(), "the change is still here");
    desk.disk.set_fault(None);
    desk.wait_until_saved();
}

#[test]
fn an_old_month_is_told_once_it_was_read() {
    let desk = Desk::sample(Look::default());
    let disk = desk.disk.clone();
    let old = desk.book().months().next().expect("half a year").0;
    let file = format!("sessions/{old}.ron");
    let desk = desk.with_files_changed(|| disk.put(at(&file), second_line_broken(&text(&disk, &file))));
    assert!(is_open(&desk) && desk.reads("Line 2"), "{:?}", desk.texts());
}

#[test]
fn a_broken_file_of_projects_is_told_once_and_not_by_each_session() {
    let desk = with_file("book.ron", |text| text.replacen("Project(", "Prject(", 2));
    assert!(is_open(&desk), "{:?}", desk.texts());
    assert!(!desk.reads("names a project that isn’t there"), "{:?}", desk.texts());
    assert!(desk.reads("Today: without a part of platforms and terms"), "{:?}", desk.texts());
}

#[test]
fn a_report_names_the_months_that_its_totals_lack() {
    let desk = Desk::filled(Look::default());
    let mut lacking = Lacking::default();
    lacking.note(Lacked::Sessions("2026-10".parse().unwrap()), Lack::Part);
    let rows = |from: &str| {
        let report = Report {
            subject: Subject::Rates,
            from: Some(from.to_owned()),
            to: None,
            month: None,
            format: Format::Json,
        };
        let mut out = Vec::new();
        cli::print_report(&desk.book(), &lacking, &report, desk.now(), &mut out).expect("a report");
        String::from_utf8(out).expect("text")
    };
    assert!(rows("2026-10-15").contains("\"without_months\": [\n      \"2026-10\"\n    ]"), "{}", rows("2026-10-15"));
    assert!(!rows("2026-11-01").contains("without_months"));
}

#[test]
fn files_of_an_older_schema_are_one_quiet_line() {
    let desk = Desk::empty(Look::default());
    let disk = desk.disk.clone();
    let header = "(schema: 1, zone: \"Europe/Berlin\", through: 0)\n";
    let mut desk = desk.with_files_changed(|| disk.put(at("book.ron"), header));
    assert!(!is_open(&desk), "{:?}", desk.texts());
    assert!(desk.reads("They are brought to schema"), "{:?}", desk.texts());
    desk.press("Dismiss");
    assert!(!desk.reads("They are brought to schema"));
}

#[test]
fn a_damaged_book_is_never_taken_for_a_first_start() {
    let desk = Desk::empty(Look::default());
    let disk = desk.disk.clone();
    let desk = desk.with_files_changed(|| disk.put(at("book.ron"), "nonsense\n"));
    assert!(is_open(&desk), "{:?}", desk.texts());
    assert_eq!(text(&desk.disk, "book.ron"), "nonsense\n");
}
