//! What may stand under the name of a file without being one that can be read: told with its place, and left alone.

use std::io;
use std::path::Path;
use std::sync::Arc;

use truerate::domain::change::Change;
use truerate::ports::Disk;
use truerate::ports::fake::{Fault, MemoryDisk, Operation};
use truerate::store::{self, Finding, Opened, Site, What};
use truerate::system::{RealClock, RealDisk};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at};

const NOVEMBER: &str = "sessions/2026-11.ron";
const SEGMENT: &str = "journal/other-0000000001.ron";

fn open(dir: &Path) -> Opened {
    store::open(Site::new(Arc::new(RealDisk), Arc::new(RealClock), dir), defaults()).unwrap()
}

/// A Book with a session in November and one in December, on the real disk.
fn two_months() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut book = open(home.path()).book;
    book.apply(&Change::create(session(1, "2026-11-22T05:00:00Z")));
    book.apply(&Change::create(session(2, "2026-12-22T05:00:00Z")));
    let dir = home.path().join("made");
    store::create(&RealDisk, &dir, &book).unwrap();
    home
}

/// Opens and closes the Book; gives what was found of a file.
fn found(dir: &Path, file: &str) -> Finding {
    let opened = open(dir);
    assert!(opened.book.session(truerate::domain::ids::SessionId(2)).is_some(), "December is read");
    let mut about = opened.findings.iter().filter(|finding| finding.file == Path::new(file));
    let finding = about.next().unwrap_or_else(|| panic!("{file}: {:?}", opened.findings)).clone();
    assert_eq!(about.next(), None);
    opened.journal.close().unwrap();
    finding
}

fn instead_of(file: &Path, put: impl FnOnce(&Path)) {
    if file.exists() {
        std::fs::remove_file(file).unwrap();
    }
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    put(file);
}

#[test]
fn a_folder_where_a_file_should_be_is_told_and_stays() {
    let home = two_months();
    let dir = home.path().join("made");
    for file in [NOVEMBER, SEGMENT] {
        instead_of(&dir.join(file), |path| std::fs::create_dir(path).unwrap());
        let finding = found(&dir, file);
        assert_eq!((finding.what, finding.locked), (What::NoFile("a folder"), file == NOVEMBER));
        assert!(dir.join(file).is_dir());
    }
}

#[cfg(unix)]
#[test]
fn a_socket_is_never_opened() {
    let home = two_months();
    let dir = home.path().join("made");
    for file in [NOVEMBER, SEGMENT, "money/2026-11.ron"] {
        let mut listener = None;
        instead_of(&dir.join(file), |path| {
            listener = Some(std::os::unix::net::UnixListener::bind(path).unwrap());
        });
        assert!(matches!(found(&dir, file).what, What::NoFile(what) if what.contains("a pipe")), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_read_through_and_no_file_takes_its_place() {
    let home = two_months();
    let dir = home.path().join("made");
    let elsewhere = home.path().join("elsewhere.ron");
    std::fs::rename(dir.join(NOVEMBER), &elsewhere).unwrap();
    let before = std::fs::read(&elsewhere).unwrap();
    instead_of(&dir.join(NOVEMBER), |path| std::os::unix::fs::symlink(&elsewhere, path).unwrap());

    let mut opened = open(&dir);
    assert_eq!(
        opened.findings.iter().map(|finding| (&finding.what, finding.locked)).collect::<Vec<_>>(),
        [(&What::Link, true)]
    );
    assert_eq!((opened.book.sessions().count(), opened.damaged_months.len()), (2, 0), "it is read");
    let change = Change::create(session(3, "2026-11-24T05:00:00Z"));
    opened.book.apply(&change);
    let entry = truerate::domain::history::Entry {
        sequence: opened.last_sequence + 1,
        at: "2026-11-24T05:00:00Z".parse().unwrap(),
        words: String::new(),
        kind: truerate::domain::history::EntryKind::Do,
        change,
    };
    truerate::ports::Journal::append(&mut opened.journal, &Arc::new(entry), &opened.book);
    opened.journal.close().unwrap();
    assert!(std::fs::symlink_metadata(dir.join(NOVEMBER)).unwrap().is_symlink());
    assert_eq!(std::fs::read(&elsewhere).unwrap(), before);
    assert_eq!(open(&dir).book.sessions().count(), 3, "the change is in the journal");

    std::fs::remove_file(&elsewhere).unwrap();
    assert_eq!(found(&dir, NOVEMBER).what, What::NoFile("a link to nothing"));
}

#[test]
fn a_file_of_a_size_that_no_book_has_is_not_read() {
    let home = two_months();
    let dir = home.path().join("made");
    for (file, bytes) in [(NOVEMBER, 1_u64 << 30), ("money/2026-11.ron", (256 << 20) + 1), (SEGMENT, 1 << 40)] {
        // A file with a hole: it takes no room on the disk.
        instead_of(&dir.join(file), |path| {
            std::fs::write(path, "").unwrap();
            RealDisk.truncate(path, bytes).unwrap();
        });
        assert!(matches!(found(&dir, file).what, What::TooLarge(found, _) if found == bytes), "{file}");
        assert_eq!(std::fs::metadata(dir.join(file)).unwrap().len(), bytes);
    }
}

#[test]
fn a_line_that_no_record_has_costs_itself_alone() {
    let home = two_months();
    let dir = home.path().join("made");
    let mut bytes = std::fs::read(dir.join(NOVEMBER)).unwrap();
    bytes.resize(bytes.len() + (100 << 20), b'[');
    bytes.push(b'\n');
    std::fs::write(dir.join(NOVEMBER), &bytes).unwrap();
    let finding = found(&dir, NOVEMBER);
    assert_eq!((finding.line, finding.locked), (Some(3), true));
    assert!(finding.to_string().contains("100 MB"), "{finding}");
    assert!(std::fs::read(dir.join(NOVEMBER)).unwrap() == bytes, "byte for byte");
    assert_eq!(open(&dir).book.sessions().count(), 2);
}

/// A closed Book with a session, on a disk that lets something not be read.
fn unreadable(operation: Operation, place: &str) -> MemoryDisk {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-22T05:00:00Z")));
    desk.close();
    disk.set_fault(Some(Fault {
        operation,
        path_contains: place.to_owned(),
        kind: io::ErrorKind::PermissionDenied,
        bytes_written: 0,
    }));
    disk
}

#[test]
fn a_month_without_the_right_to_read_it_is_told_and_not_written() {
    for operation in [Operation::Read, Operation::Stat] {
        let disk = unreadable(operation, NOVEMBER);
        let before = disk.files()[&at(NOVEMBER)].clone();
        let mut desk = Desk::open(&disk);
        let [finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
        assert!(matches!(finding.what, What::Unreadable(_)) && finding.locked && finding.file == Path::new(NOVEMBER));
        desk.change(Change::create(session(2, "2026-11-23T05:00:00Z")));
        desk.close();
        assert_eq!(disk.files()[&at(NOVEMBER)], before);
        disk.set_fault(None);
        assert_eq!(store::open_read(&disk, Path::new(DIR), defaults()).book.sessions().count(), 2);
    }
}

#[test]
fn where_everything_hangs_on_what_cannot_be_read_the_book_is_for_reading_only() {
    for (operation, place) in [
        (Operation::Read, "book.ron"),
        (Operation::Stat, "book.ron"),
        (Operation::Read, "journal/test-0000000001.ron"),
        (Operation::List, "journal"),
        (Operation::List, "sessions"),
        (Operation::List, "money"),
    ] {
        let disk = unreadable(operation, place);
        let before = disk.files();
        let mut desk = Desk::open(&disk);
        let finding = desk.opened.findings.iter().find(|finding| matches!(finding.what, What::Unreadable(_)));
        assert!(finding.is_some_and(|finding| finding.file == Path::new(place)), "{operation:?} {place}");
        let why = desk.opened.read_only.clone().unwrap_or_default();
        assert!(why.contains(place), "{why}");
        desk.change(Change::create(session(2, "2026-11-23T05:00:00Z")));
        desk.close();
        assert_eq!(disk.files(), before, "{operation:?} {place}");
    }
}
