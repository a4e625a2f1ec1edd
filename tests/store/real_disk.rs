//! The store on the machine's disk: modes, locks, a folder that can't be written.

use std::path::Path;
use std::sync::Arc;

use truerate::domain::change::Change;
use truerate::domain::history::{Entry, EntryKind};
use truerate::ports::Journal;
use truerate::store::{self, OpenError, Opened, Site};
use truerate::system::{RealClock, RealDisk};

use crate::books::{defaults, session};

fn open(dir: &Path) -> Result<Opened, OpenError> {
    store::open(Site::new(Arc::new(RealDisk), Arc::new(RealClock), dir), defaults())
}

fn change(opened: &mut Opened, id: u64) {
    opened.last_sequence += 1;
    let entry = Entry {
        sequence: opened.last_sequence,
        at: "2026-11-22T08:00:00Z".parse().unwrap(),
        words: String::new(),
        kind: EntryKind::Do,
        change: Change::create(session(id, "2026-11-22T05:00:00Z")),
    };
    opened.book.apply(&entry.change);
    opened.journal.append(&Arc::new(entry), &opened.book);
}

#[test]
fn a_book_is_there_again_after_closing_and_opening() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("deep/truerate");
    let mut first = open(&dir).unwrap();
    change(&mut first, 1);
    change(&mut first, 2);
    let book = first.book.clone();
    first.journal.close().unwrap();
    let mut second = open(&dir).unwrap();
    assert_eq!((second.findings.as_slice(), &second.book), ([].as_slice(), &book));
    change(&mut second, 3);
    drop(second);
    let third = open(&dir).unwrap();
    assert_eq!((third.findings.as_slice(), third.book.sessions().count()), ([].as_slice(), 3));
}

#[test]
fn a_second_opening_is_refused_while_the_first_lives() {
    let home = tempfile::tempdir().unwrap();
    let first = open(home.path()).unwrap();
    assert!(matches!(open(home.path()), Err(OpenError::InUse { .. })));
    first.journal.close().unwrap();
    assert!(open(home.path()).is_ok());
}

#[test]
fn a_file_where_the_folder_should_be_is_an_error_with_a_reason() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("book");
    std::fs::write(&dir, "not a folder").unwrap();
    let error = open(&dir).unwrap_err();
    assert!(matches!(error, OpenError::Folder { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&dir).unwrap(), "not a folder");
}

#[cfg(unix)]
#[test]
fn files_are_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("truerate");
    let mut opened = open(&dir).unwrap();
    change(&mut opened, 1);
    opened.journal.close().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for folder in [&dir, &dir.join("sessions"), &dir.join("journal")] {
        assert_eq!(mode(folder), 0o700, "{}", folder.display());
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                assert_eq!(mode(&path), 0o600, "{}", path.display());
            }
        }
    }
}
