//! What the system would not read at opening: the Book can be looked at, and nothing is written over what nobody saw.

use std::io;
use std::path::Path;

use truerate::domain::change::Change;
use truerate::ports::fake::{Fault, MemoryDisk, Operation};
use truerate::store;

use crate::books::{defaults, session};
use crate::{DIR, Desk, at, site};

/// Two sessions in files, and a third that only the journal has.
fn three_sessions() -> MemoryDisk {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
    desk.change(Change::create(session(2, "2026-11-22T05:00:00Z")));
    desk.close();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(3, "2026-11-22T07:00:00Z")));
    desk.wait_saved();
    disk.after_power_cut()
}

fn fails(disk: &MemoryDisk, operation: Operation, path_contains: &str, kind: io::ErrorKind) {
    let path_contains = path_contains.to_owned();
    disk.set_fault(Some(Fault { operation, path_contains, kind, bytes_written: 0 }));
}

#[test]
fn where_the_book_a_folder_or_the_last_changes_cannot_be_read_nothing_is_written() {
    for (operation, path) in [
        (Operation::Read, "book.ron"),
        (Operation::Read, "journal/test-0000000003.ron"),
        (Operation::List, "journal"),
        (Operation::List, "sessions"),
        (Operation::List, "money"),
    ] {
        let disk = three_sessions();
        let before = disk.files();
        fails(&disk, operation, path, io::ErrorKind::PermissionDenied);
        let opening = store::open_newest_first(site(&disk), defaults()).unwrap();
        assert!(opening.rest.is_none());
        let opened = opening.opened;
        let why = opened.read_only.unwrap_or_else(|| panic!("{operation:?} {path}: it can be written"));
        assert!(why.starts_with("A part of this book can’t be read now") && why.ends_with(path), "{why}");
        assert_eq!(opened.findings.len(), 1, "{operation:?} {path}: {:?}", opened.findings);
        opened.journal.close().unwrap();
        let mut after = disk.files();
        after.retain(|file, _| before.contains_key(file));
        assert_eq!(after, before, "{operation:?} {path}");
        // The disk answers again, and nothing is missing.
        disk.set_fault(None);
        let again = Desk::open(&disk);
        assert_eq!((again.opened.findings.as_slice(), again.opened.book.sessions().count()), ([].as_slice(), 3));
    }
}

#[test]
fn a_part_of_the_journal_that_the_files_have_taken_up_may_be_unreadable() {
    let disk = three_sessions();
    fails(&disk, Operation::Read, "journal/test-0000000001.ron", io::ErrorKind::PermissionDenied);
    let mut desk = Desk::open(&disk);
    assert_eq!((desk.opened.read_only.as_deref(), desk.opened.findings.len()), (None, 1));
    desk.change(Change::create(session(4, "2026-11-22T09:00:00Z")));
    let book = desk.close();
    disk.set_fault(None);
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), &again.book), ([].as_slice(), &book));
    assert_eq!(again.entries.len(), 4, "the unreadable part was kept");
}

#[test]
fn a_month_that_cannot_be_read_once_is_not_written_and_takes_up_its_changes_later() {
    let disk = three_sessions();
    let file = at("sessions/2026-10.ron");
    let before = disk.files()[&file].clone();
    fails(&disk, Operation::Read, "sessions/2026-10.ron", io::ErrorKind::PermissionDenied);
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(4, "2026-10-23T05:00:00Z")));
    desk.close();
    assert_eq!(disk.files()[&file], before);
    disk.set_fault(None);
    let again = Desk::open(&disk);
    assert_eq!(again.opened.findings, []);
    let book = again.close();
    assert_eq!(book.sessions().count(), 4);
    assert_ne!(disk.files()[&file], before, "the next checkpoint brings it up to date");
}
