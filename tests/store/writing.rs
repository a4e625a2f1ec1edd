//! Writing: what is acknowledged stays, trouble is told and overcome, files are rewritten only where they changed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use truerate::domain::change::{Change, Edit};
use truerate::domain::history::{Entry, EntryKind};
use truerate::domain::ids::SessionId;
use truerate::domain::session::Session;
use truerate::ports::fake::{Fault, MemoryDisk, Operation};
use truerate::ports::{Disk, Journal};
use truerate::store::{self, CloseError, OpenError};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at, site};

fn text(disk: &MemoryDisk, file: &str) -> String {
    String::from_utf8(disk.files()[&at(file)].clone()).unwrap()
}

/// The first line of a file, without its schema and checksum.
fn header(disk: &MemoryDisk, file: &str) -> String {
    let text = text(disk, file);
    text.lines().next().unwrap().splitn(3, ", ").nth(2).unwrap().to_owned()
}

fn fault(operation: Operation, path_contains: &str, bytes_written: usize) -> Fault {
    Fault { operation, path_contains: path_contains.to_owned(), kind: io::ErrorKind::StorageFull, bytes_written }
}

#[test]
fn an_empty_folder_gets_only_the_lock_until_the_first_change() {
    let disk = MemoryDisk::new();
    let desk = Desk::open(&disk);
    assert_eq!(disk.files().into_keys().collect::<Vec<_>>(), [at("lock")]);
    desk.close();
    assert_eq!(disk.files().into_keys().collect::<Vec<_>>(), [at("lock")]);
}

#[test]
fn a_running_session_and_every_acknowledged_change_survive_a_kill() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    let running = Session { ended_at: None, ..session(1, "2026-11-22T05:00:00Z") };
    desk.change(Change::create(running));
    desk.change(Change::create(session(2, "2026-11-21T05:00:00Z")));
    desk.wait_saved();
    let killed = disk.after_power_cut();
    let again = Desk::open(&killed);
    assert_eq!(again.opened.findings, []);
    assert_eq!(again.opened.book, desk.opened.book);
    assert_eq!(again.opened.book.open_sessions().count(), 1);
    assert_eq!((again.opened.last_sequence, again.opened.entries.len()), (2, 2));
}

#[test]
fn what_waits_is_synced_once_as_a_group() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    disk.set_fault(Some(fault(Operation::Append, "journal", 0)));
    for id in 2..=50 {
        desk.change(Change::create(session(id, "2026-11-22T05:00:00Z")));
    }
    desk.wait(|progress| progress.trouble.is_some());
    drop(disk.take_steps());
    disk.set_fault(None);
    desk.wait_saved();
    let appends = disk.take_steps().into_iter().filter(|(operation, _)| *operation == Operation::Append).count();
    assert!(appends < 10, "{appends} syncs for 49 changes");
    assert_eq!(text(&disk, "journal/test-0000000001.ron").lines().count(), 51);
}

#[test]
fn a_failing_disk_keeps_the_change_tells_it_and_recovers_without_a_trace() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    disk.set_fault(Some(fault(Operation::Append, "journal", 37)));
    desk.change(Change::create(session(2, "2026-11-22T06:00:00Z")));
    let progress = desk.wait(|progress| progress.trouble.is_some());
    assert_eq!(progress.acknowledged, 1);
    assert!(desk.opened.book.session(SessionId(2)).is_some(), "nothing is rolled back");
    disk.set_fault(None);
    let progress = desk.wait(|progress| progress.acknowledged == 2);
    assert_eq!(progress.trouble, None);
    assert_eq!(text(&disk, "journal/test-0000000001.ron").lines().count(), 3, "what was half written is cut off");
    let again = store::open_read(&disk.after_power_cut(), Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), &again.book), ([].as_slice(), &desk.opened.book));
}

#[test]
fn each_step_of_the_first_write_may_fail() {
    for (operation, path) in [
        (Operation::Write, "book.ron"),
        (Operation::Rename, "book.ron"),
        (Operation::SyncFolder, DIR),
        (Operation::MakeFolder, "journal"),
        (Operation::Append, "journal"),
        (Operation::SyncFolder, "journal"),
    ] {
        let disk = MemoryDisk::new();
        let mut desk = Desk::open(&disk);
        disk.set_fault(Some(fault(operation, path, 5)));
        desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
        desk.wait(|progress| progress.trouble.is_some());
        let cut = store::open_read(&disk.after_power_cut(), Path::new(DIR), defaults());
        assert!(cut.findings.iter().all(|finding| !finding.locked), "{operation:?} {path}: {:?}", cut.findings);
        disk.set_fault(None);
        desk.wait_saved();
        let book = desk.close();
        let again = store::open_read(&disk, Path::new(DIR), defaults());
        assert_eq!((again.findings.as_slice(), &again.book), ([].as_slice(), &book), "{operation:?} {path}");
    }
}

#[test]
fn closing_on_a_full_disk_says_what_is_not_saved() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    disk.set_fault(Some(fault(Operation::Append, "journal", 0)));
    desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
    let outcome = desk.opened.journal.close();
    assert!(matches!(outcome, Err(CloseError::Unsaved { count: 1, .. })), "{outcome:?}");
}

#[test]
fn a_checkpoint_that_fails_at_any_step_leaves_every_change_readable() {
    for operation in [Operation::Write, Operation::Rename, Operation::SyncFolder, Operation::MakeFolder] {
        for path in ["sessions", "money", "book"] {
            let disk = MemoryDisk::new();
            let mut desk = Desk::open(&disk);
            desk.change(Change::create(Session { ended_at: None, ..session(1, "2026-11-22T05:00:00Z") }));
            desk.change(Change::create(session(2, "2026-10-22T05:00:00Z")));
            desk.wait_saved();
            let book = desk.opened.book.clone();
            desk.opened.journal.checkpoint(&book);
            desk.wait_saved();
            // The running session ends: it moves from book.ron to its month.
            let running = Arc::clone(book.session(SessionId(1)).unwrap());
            let ended = Session { ended_at: Some(running.started_at), ..(*running).clone() };
            desk.change(Change::replace(&running, ended));
            desk.change(Change::new(vec![Edit::delete(Arc::clone(book.session(SessionId(2)).unwrap()))]));
            desk.wait_saved();
            disk.set_fault(Some(fault(operation, path, 5)));
            let expected = desk.opened.book.clone();
            // It may be that this step isn't part of this checkpoint.
            drop(desk.opened.journal.close());
            let cut = disk.after_power_cut();
            let again = store::open_read(&cut, Path::new(DIR), defaults());
            assert_eq!((again.findings.as_slice(), &again.book), ([].as_slice(), &expected), "{operation:?} {path}");
            // The next checkpoint tidies up, and the files alone hold the Book.
            Desk::open(&cut).close();
            for path in cut.files().into_keys().filter(|path| path.to_string_lossy().contains("journal")) {
                cut.take(&path);
            }
            let files = store::open_read(&cut, Path::new(DIR), defaults());
            assert_eq!((files.findings.as_slice(), &files.book), ([].as_slice(), &expected), "{operation:?} {path}");
        }
    }
}

#[test]
fn a_checkpoint_rewrites_only_what_changed_and_closes_the_segment() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
    desk.change(Change::create(session(2, "2026-11-22T05:00:00Z")));
    desk.close();
    let mut desk = Desk::open(&disk);
    drop(disk.take_steps());
    desk.change(Change::create(session(3, "2026-11-22T07:00:00Z")));
    desk.close();
    // The backup of the day may be made between.
    let of_the_book = |path: &PathBuf| !path.starts_with(at("backups"));
    let renamed = disk.take_steps().into_iter().filter(|(step, _)| *step == Operation::Rename).map(|(_, path)| path);
    let renamed: Vec<_> = renamed.filter(of_the_book).collect();
    assert_eq!(renamed, [at("sessions/2026-11.ron"), at("book.ron")]);
    let segments: Vec<_> = disk.list(&at("journal")).unwrap();
    assert_eq!(segments, [at("journal/test-0000000001.ron"), at("journal/test-0000000003.ron")]);
    assert_eq!(header(&disk, "sessions/2026-10.ron"), "zone: \"Africa/Nairobi\", through: 2)");
    assert_eq!(header(&disk, "sessions/2026-11.ron"), "zone: \"Africa/Nairobi\", through: 3)");
    assert!(disk.files().into_keys().all(|path| path.extension().is_none_or(|ending| ending != "tmp")));
}

#[test]
fn an_emptied_month_stays_empty_and_comments_stay() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
    desk.close();
    let file = text(&disk, "sessions/2026-10.ron");
    disk.put(at("sessions/2026-10.ron"), file.replacen('\n', "\n// the good month\n", 1));
    let mut desk = Desk::open(&disk);
    let doomed = Arc::clone(desk.opened.book.session(SessionId(1)).unwrap());
    desk.change(Change::new(vec![Edit::delete(doomed)]));
    let book = desk.close();
    assert_eq!(book.sessions().count(), 0);
    assert_eq!(header(&disk, "sessions/2026-10.ron"), "zone: \"Africa/Nairobi\", through: 2)");
    assert!(text(&disk, "sessions/2026-10.ron").ends_with(")\n// the good month\n"));
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), &again.book), ([].as_slice(), &book));
}

/// A session that was added on a day.
fn session_on(sequence: u64, day: &str, start: &str) -> Entry {
    Entry {
        sequence,
        at: format!("{day}T08:00:00Z").parse().unwrap(),
        words: String::new(),
        kind: EntryKind::Do,
        change: Change::create(session(sequence, start)),
    }
}

#[test]
fn segments_go_after_ninety_days_and_not_before() {
    let disk = MemoryDisk::new();
    for (sequence, day) in [(1, "2026-01-01"), (2, "2026-03-31"), (3, "2026-04-02")] {
        let mut desk = Desk::open(&disk);
        desk.enter(session_on(sequence, day, "2026-01-01T05:00:00Z"));
        desk.close();
    }
    let segments = disk.list(&at("journal")).unwrap();
    assert_eq!(segments, [at("journal/test-0000000002.ron"), at("journal/test-0000000003.ron")]);
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), again.book.sessions().count()), ([].as_slice(), 3));
}

#[test]
fn what_is_left_of_dropped_segments_is_no_damage() {
    let disk = MemoryDisk::new();
    let days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-06-01"];
    let mut kept = None;
    for (sequence, day) in (1..).zip(days) {
        let mut desk = Desk::open(&disk);
        desk.enter(session_on(sequence, day, "2026-01-01T05:00:00Z"));
        if sequence == 4 {
            kept = disk.files().get(&at("journal/test-0000000001.ron")).cloned();
        }
        desk.close();
    }
    // The removal of the first did not reach the disk, those of the second and third did.
    disk.put(at("journal/test-0000000001.ron"), kept.unwrap());
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), again.book.sessions().count()), ([].as_slice(), 4));
    // A hole in what no file has taken up is.
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-01-01T05:00:00Z")));
    desk.opened.last_sequence = 5;
    desk.change(Change::create(session(2, "2026-01-01T05:00:00Z")));
    desk.wait_saved();
    let again = store::open_read(&disk.after_power_cut(), Path::new(DIR), defaults());
    assert_eq!(again.findings.len(), 1, "{:?}", again.findings);
}

#[test]
fn a_first_write_that_fails_leaves_no_journal_without_a_book() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    disk.set_fault(Some(fault(Operation::Write, "book.ron", 5)));
    desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
    desk.wait(|progress| progress.trouble.is_some());
    disk.set_fault(None);
    desk.wait_saved();
    let cut = store::open_read(&disk.after_power_cut(), Path::new(DIR), defaults());
    assert_eq!((cut.findings.as_slice(), &cut.book), ([].as_slice(), &desk.opened.book));
}

#[test]
fn what_was_read_at_opening_is_synced_before_it_is_called_saved() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    let killed = disk.after_power_cut();
    killed.set_fault(Some(fault(Operation::Append, "journal", 0)));
    let again = Desk::open(&killed);
    let progress = again.wait(|progress| progress.trouble.is_some());
    assert_eq!((progress.acknowledged, again.opened.last_sequence), (0, 1));
    killed.set_fault(None);
    again.wait_saved();
    let steps = killed.take_steps();
    assert!(steps.contains(&(Operation::SyncFolder, at("journal"))), "{steps:?}");
    again.close();
}

#[test]
fn a_month_that_cannot_be_written_neither_stops_saving_nor_costs_the_journal() {
    let disk = MemoryDisk::new();
    for (sequence, day) in [(1, "2026-01-01"), (2, "2026-03-01"), (3, "2026-09-01"), (4, "2026-10-01")] {
        disk.set_fault((sequence > 1).then(|| fault(Operation::Write, "sessions/2026-02", 0)));
        let mut desk = Desk::open(&disk);
        desk.enter(session_on(sequence, day, &format!("2026-0{sequence}-01T05:00:00Z")));
        desk.wait_saved();
        let closed = desk.opened.journal.close();
        assert_eq!(closed.is_err(), sequence > 1, "{closed:?}");
    }
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), again.entries.len()), ([].as_slice(), 4));
    disk.set_fault(None);
    Desk::open(&disk).close();
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), again.book.sessions().count()), ([].as_slice(), 4));
    assert!(again.entries.len() < 4, "once the file is written, what is old goes");
}

#[test]
fn a_second_program_is_told_that_the_book_is_in_use_and_may_read() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    let second = store::open(site(&disk), defaults());
    assert!(matches!(second, Err(OpenError::InUse { .. })));
    assert_eq!(store::open_read(&disk, Path::new(DIR), defaults()).book, desk.opened.book);
    desk.close();
    Desk::open(&disk).close();
}

#[test]
fn a_folder_that_cannot_be_made_or_written_is_an_error_with_a_reason() {
    for operation in [Operation::MakeFolder, Operation::Lock] {
        let disk = MemoryDisk::new();
        disk.set_fault(Some(Fault {
            operation,
            path_contains: DIR.to_owned(),
            kind: io::ErrorKind::PermissionDenied,
            bytes_written: 0,
        }));
        let error = store::open(site(&disk), defaults()).unwrap_err();
        assert!(matches!(error, OpenError::Folder { .. }));
        assert!(error.to_string().contains("can’t be written"), "{error}");
    }
}
