//! Trouble with saving: what kind it is, a folder that is gone, a copy of the whole Book elsewhere.

use std::cell::Cell;
use std::io;
use std::path::Path;
use std::sync::Arc;

use truerate::domain::book::Book;
use truerate::domain::change::Change;
use truerate::domain::ids::SessionId;
use truerate::ports::fake::{Fault, MemoryDisk, Operation};
use truerate::ports::{Disk, Journal, Kind};
use truerate::store::copy::{self, NotCopied};
use truerate::store::{self, OpenError};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at, site};

fn fault(operation: Operation, path_contains: &str, kind: io::ErrorKind) -> Fault {
    Fault { operation, path_contains: path_contains.to_owned(), kind, bytes_written: 0 }
}

/// A Book of two months, in its files and in the journal.
fn two_months(disk: &MemoryDisk) -> Desk {
    let mut desk = Desk::open(disk);
    desk.change(Change::create(session(1, "2026-10-22T05:00:00Z")));
    // The backup of the day is made here, so that nothing else goes on in the folder later.
    desk.wait(|_| desk.opened.journal.backups().revision > 0);
    desk.close();
    let mut desk = Desk::open(disk);
    desk.change(Change::create(session(2, "2026-11-21T05:00:00Z")));
    desk.wait_saved();
    desk
}

fn read(disk: &MemoryDisk, dir: &str) -> Book {
    let read = store::open_read(disk, Path::new(dir), defaults());
    assert_eq!(read.findings, []);
    read.book
}

#[test]
fn trouble_says_what_kind_it_is_since_when_and_when_it_is_tried_again() {
    for (error, kind) in [
        (io::ErrorKind::StorageFull, Kind::Full),
        (io::ErrorKind::QuotaExceeded, Kind::Quota),
        (io::ErrorKind::PermissionDenied, Kind::NotAllowed),
        (io::ErrorKind::ReadOnlyFilesystem, Kind::ReadOnly),
        (io::ErrorKind::TimedOut, Kind::Slow),
        (io::ErrorKind::Other, Kind::Other),
        (io::ErrorKind::NotFound, Kind::Other),
    ] {
        let disk = MemoryDisk::new();
        let mut desk = two_months(&disk);
        disk.set_fault(Some(fault(Operation::Append, "journal", error)));
        desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
        let trouble = desk.wait(|progress| progress.trouble.is_some()).trouble.unwrap();
        assert_eq!(trouble.kind, kind, "{error}");
        assert_eq!(trouble.since, "2026-11-22T08:00:00Z".parse::<truerate::domain::span::Timestamp>().unwrap());
        assert!(trouble.next_try >= trouble.since);
        disk.set_fault(None);
        desk.opened.journal.hurry();
        desk.wait_saved();
        assert_eq!(desk.opened.journal.progress().trouble, None);
    }
}

#[test]
fn a_folder_that_is_gone_is_not_made_again_unasked_and_the_writer_goes_on_where_it_comes_back() {
    let disk = MemoryDisk::new();
    let mut desk = two_months(&disk);
    disk.rename(Path::new(DIR), Path::new("/moved")).unwrap();
    desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
    let trouble = desk.wait(|progress| progress.trouble.is_some()).trouble.unwrap();
    assert_eq!(trouble.kind, Kind::Gone);
    let book = desk.opened.book.clone();
    desk.opened.journal.checkpoint(&book);
    desk.opened.journal.hurry();
    desk.wait(|progress| progress.trouble.as_ref().is_some_and(|trouble| trouble.next_try > trouble.since));
    assert!(disk.files().keys().all(|path| !path.starts_with(DIR)), "{:?}", disk.files().keys());
    disk.rename(Path::new("/moved"), Path::new(DIR)).unwrap();
    desk.opened.journal.hurry();
    desk.wait_saved();
    assert_eq!(read(&disk.after_power_cut(), DIR), desk.opened.book);
}

#[test]
fn a_folder_that_goes_while_nothing_is_done_is_told_too() {
    let disk = MemoryDisk::new();
    let mut desk = two_months(&disk);
    desk.wait_saved();
    disk.rename(Path::new(DIR), Path::new("/moved")).unwrap();
    desk.opened.journal.look_outside();
    let trouble = desk.wait(|progress| progress.trouble.is_some()).trouble.unwrap();
    assert_eq!(trouble.kind, Kind::Gone);
    disk.rename(Path::new("/moved"), Path::new(DIR)).unwrap();
    desk.opened.journal.hurry();
    desk.wait(|progress| progress.trouble.is_none());
    disk.remove_folder(Path::new(DIR)).unwrap();
    desk.opened.journal.look_outside();
    desk.wait(|progress| progress.trouble.is_some());
    desk.opened.journal.make_anew();
    desk.wait(|progress| progress.trouble.is_none());
    assert_eq!(read(&disk.after_power_cut(), DIR), desk.opened.book);
    // And where that is seen only when the window closes.
    disk.remove_folder(Path::new(DIR)).unwrap();
    let error = desk.opened.journal.close().unwrap_err().to_string();
    assert!(error.starts_with("The book could not be saved"), "{error}");
}

#[test]
fn a_folder_that_is_made_anew_holds_the_whole_book_its_lock_and_a_journal() {
    let disk = MemoryDisk::new();
    let mut desk = two_months(&disk);
    disk.remove_folder(Path::new(DIR)).unwrap();
    desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
    desk.wait(|progress| progress.trouble.is_some());
    desk.opened.journal.make_anew();
    desk.wait_saved();
    assert!(matches!(store::open(site(&disk), defaults()), Err(OpenError::InUse { .. })));
    let killed = disk.after_power_cut();
    assert_eq!(read(&killed, DIR), desk.opened.book);
    let again = Desk::open(&killed);
    assert_eq!((again.opened.last_sequence, again.opened.entries.len()), (3, 1), "the change can be undone");
    desk.change(Change::create(session(4, "2026-11-22T06:00:00Z")));
    desk.wait_saved();
    let book = desk.close();
    assert_eq!(read(&disk, DIR), book);
}

#[test]
fn a_folder_that_was_not_made_anew_to_its_end_acknowledges_nothing() {
    for (operation, path) in [
        (Operation::Lock, "lock"),
        (Operation::Write, "2026-10"),
        (Operation::Rename, "2026-11"),
        (Operation::Write, "book.ron"),
        (Operation::Append, "journal"),
    ] {
        let disk = MemoryDisk::new();
        let mut desk = two_months(&disk);
        disk.remove_folder(Path::new(DIR)).unwrap();
        disk.set_fault(Some(fault(operation, path, io::ErrorKind::StorageFull)));
        desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
        desk.wait(|progress| progress.trouble.is_some());
        desk.opened.journal.make_anew();
        let failed = |progress: &truerate::ports::Progress| {
            progress.trouble.as_ref().is_some_and(|trouble| trouble.kind == Kind::Full)
        };
        let progress = desk.wait(failed);
        assert_eq!(progress.acknowledged, 2, "{operation:?} {path}");
        disk.set_fault(None);
        desk.opened.journal.make_anew();
        desk.wait_saved();
        assert_eq!(read(&disk.after_power_cut(), DIR), desk.opened.book, "{operation:?} {path}");
    }
}

#[test]
fn an_emptied_folder_is_as_good_as_gone_and_one_with_something_in_it_is_not_written_over() {
    for (strange, remade) in [(None, true), (Some("/book/sessions/2026-10.ron"), false)] {
        let disk = MemoryDisk::new();
        let mut desk = two_months(&disk);
        for path in disk.files().into_keys().filter(|path| !path.ends_with("lock")) {
            disk.take(&path);
        }
        if let Some(path) = strange {
            disk.put(path, "from a sync");
        } else {
            disk.remove_folder(&at("sessions")).unwrap();
            disk.remove_folder(&at("journal")).unwrap();
        }
        desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
        if remade {
            let trouble = desk.wait(|progress| progress.trouble.is_some()).trouble.unwrap();
            assert_eq!(trouble.kind, Kind::Gone);
            desk.opened.journal.make_anew();
            desk.wait_saved();
            assert_eq!(read(&disk.after_power_cut(), DIR), desk.opened.book);
        } else {
            desk.opened.journal.make_anew();
            desk.wait(|progress| progress.acknowledged == 3);
            assert_eq!(disk.files()[&at("sessions/2026-10.ron")], b"from a sync");
        }
    }
}

#[test]
fn a_folder_that_is_there_is_not_made_anew() {
    let disk = MemoryDisk::new();
    let mut desk = two_months(&disk);
    disk.set_fault(Some(fault(Operation::Append, "journal", io::ErrorKind::PermissionDenied)));
    desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
    desk.wait(|progress| progress.trouble.is_some());
    drop(disk.take_steps());
    desk.opened.journal.make_anew();
    desk.opened.journal.hurry();
    disk.set_fault(None);
    desk.wait_saved();
    assert!(disk.take_steps().iter().all(|(step, _)| !matches!(step, Operation::Lock | Operation::Rename)));
}

#[test]
fn a_segment_that_was_taken_away_costs_nothing() {
    let disk = MemoryDisk::new();
    let mut desk = two_months(&disk);
    assert!(disk.take(&at("journal/test-0000000002.ron")).is_some());
    desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    let killed = disk.after_power_cut();
    let read = store::open_read(&killed, Path::new(DIR), defaults());
    assert_eq!(read.book, desk.opened.book);
    assert!(read.findings.iter().all(|finding| !finding.locked), "{:?}", read.findings);
}

#[test]
fn closing_over_a_folder_that_is_gone_writes_no_part_of_a_book_into_its_place() {
    let disk = MemoryDisk::new();
    let desk = two_months(&disk);
    disk.remove_folder(Path::new(DIR)).unwrap();
    assert!(desk.opened.journal.close().is_err());
    assert!(disk.files().is_empty(), "{:?}", disk.files().keys());
}

fn everything() -> Book {
    let disk = MemoryDisk::new();
    let mut desk = two_months(&disk);
    disk.set_fault(Some(fault(Operation::Append, "journal", io::ErrorKind::StorageFull)));
    desk.change(Change::create(session(3, "2026-11-22T05:00:00Z")));
    desk.opened.book.clone()
}

#[test]
fn a_copy_is_a_book_of_its_own_with_what_is_not_saved() {
    let (disk, book) = (MemoryDisk::new(), everything());
    disk.make_folder(Path::new("/stick/empty")).unwrap();
    for folder in ["/stick/new/truerate", "/stick/empty"] {
        let told = Cell::new((0, 0));
        copy::write(&disk, Path::new(folder), &book, &|done, of| {
            assert_eq!(done, if of == told.get().1 { told.get().0 + 1 } else { 0 });
            told.set((done, of));
            true
        })
        .unwrap();
        assert_eq!(told.get(), (2, 3), "two months and the rest");
        assert_eq!(read(&disk, folder), book);
        assert!(book.session(SessionId(3)).is_some());
    }
    assert!(disk.files().keys().all(|path| !path.to_string_lossy().contains(".part")));
    let again = store::open(
        store::Site::new(Arc::new(disk.clone()), Arc::new(crate::clock()), Path::new("/stick/empty")),
        defaults(),
    )
    .unwrap();
    assert_eq!((again.book, again.findings.as_slice()), (book, [].as_slice()));
}

#[test]
fn a_copy_is_written_over_nothing() {
    let (disk, book) = (MemoryDisk::new(), everything());
    disk.put("/stick/photos/cat.jpg", "cat");
    disk.put("/stick/truerate", "a file of that name");
    disk.put("/stick/mine.part/notes.txt", "somebody's");
    for taken in ["/stick/photos", "/stick/truerate"] {
        let why = copy::write(&disk, Path::new(taken), &book, &|_, _| true).unwrap_err();
        assert!(matches!(why, NotCopied::Taken), "{why}");
    }
    assert_eq!(disk.files().len(), 3);
    copy::write(&disk, Path::new("/stick/mine"), &book, &|_, _| true).unwrap();
    assert_eq!(read(&disk, "/stick/mine"), book);
    assert_eq!(disk.files().remove(Path::new("/stick/mine.part/notes.txt")), Some(b"somebody's".to_vec()));
}

#[test]
fn half_of_a_copy_is_never_left_under_its_name() {
    let book = everything();
    for (operation, path, kind) in [
        (Operation::Write, "2026-11", io::ErrorKind::StorageFull),
        (Operation::Write, "book.ron", io::ErrorKind::QuotaExceeded),
        (Operation::Rename, "mine", io::ErrorKind::PermissionDenied),
        (Operation::MakeFolder, "mine", io::ErrorKind::ReadOnlyFilesystem),
    ] {
        let disk = MemoryDisk::new();
        disk.set_fault(Some(fault(operation, path, kind)));
        let why = copy::write(&disk, Path::new("/stick/mine"), &book, &|_, _| true).unwrap_err();
        assert_eq!(matches!(why, NotCopied::Full), operation == Operation::Write, "{why}");
        assert!(disk.files().is_empty(), "{:?}", disk.files().keys());
    }
    for last in 0..3 {
        let disk = MemoryDisk::new();
        let why = copy::write(&disk, Path::new("/stick/mine"), &book, &|done, _| done < last).unwrap_err();
        assert!(matches!(why, NotCopied::Stopped), "{why}");
        assert!(disk.files().is_empty(), "{:?}", disk.files().keys());
    }
}
