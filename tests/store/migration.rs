//! From an older schema to ours: a backup first, every record kept, and a crash at any step leaves the same Book.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use truerate::domain::book::Book;
use truerate::domain::change::Change;
use truerate::domain::ids::SessionId;
use truerate::ports::fake::{Fault, MemoryDisk, Operation};
use truerate::store;

use crate::books::{defaults, session};
use crate::golden::{files_on, golden_disk, golden_files};
use crate::{DIR, Desk, at};

const BACKUPS: &str = "backups";

type Files = BTreeMap<PathBuf, String>;

fn read(disk: &MemoryDisk) -> store::Loaded {
    store::open_read(disk, Path::new(DIR), defaults())
}

fn is_backup(path: &Path) -> bool {
    path.starts_with(BACKUPS)
}

/// The files of the whole backups, each below its own folder.
fn backups(files: &Files) -> BTreeMap<PathBuf, Files> {
    let mut backups: BTreeMap<PathBuf, Files> = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| is_backup(path)) {
        let folder: PathBuf = path.components().take(2).collect();
        if folder.extension().is_none_or(|ending| ending != "part") {
            let inside = path.strip_prefix(&folder).unwrap().to_owned();
            backups.entry(folder).or_default().insert(inside, text.clone());
        }
    }
    backups
}

/// Whether any file of the Book, the journal apart, is in our schema.
fn any_is_ours(files: &Files) -> bool {
    let of_book = files.iter().filter(|(path, _)| !is_backup(path) && !path.starts_with("journal"));
    of_book.into_iter().any(|(_, text)| text.starts_with("(schema: 2"))
}

fn changed(desk: &mut Desk) -> Book {
    desk.change(Change::create(session(900, "2026-11-20T12:00:00Z")));
    desk.wait_saved();
    desk.opened.book.clone()
}

#[test]
fn a_book_of_schema_1_becomes_one_of_ours_with_the_same_records_and_a_backup_that_reads_as_it_was() {
    let disk = golden_disk(1, |_| true);
    let old = read(&disk).book;
    let mut desk = Desk::open(&disk);
    assert_eq!(desk.opened.older, Some(1));
    let book = changed(&mut desk);
    assert_eq!(backups(&files_on(&disk)).len(), 0, "the first change waits for no backup");
    desk.close();

    let files = files_on(&disk);
    for (path, text) in files.iter().filter(|(path, _)| !is_backup(path)) {
        let schema = if path.ends_with("test-0000000001.ron") { 1 } else { 2 };
        assert!(text.starts_with(&format!("(schema: {schema}, ")), "{}", path.display());
    }
    let again = Desk::open(&disk);
    assert_eq!((again.opened.findings.as_slice(), &again.opened.book), ([].as_slice(), &book));
    assert_eq!((again.opened.older, again.opened.entries.len()), (None, 5));
    assert!(again.opened.book.session(SessionId(900)).is_some());
    again.close();

    let backups = backups(&files_on(&disk));
    let [(folder, kept)] = backups.iter().collect::<Vec<_>>()[..] else { panic!("{:?}", backups.keys()) };
    assert!(folder.to_string_lossy().ends_with("-before-migration"));
    for (path, text) in golden_files(1).iter().filter(|(path, _)| !path.starts_with("journal")) {
        assert_eq!(kept.get(path), Some(text), "{}", path.display());
    }
    let of_backup = store::open_read(&disk, &at(&folder.to_string_lossy()), defaults());
    assert_eq!((of_backup.findings.as_slice(), of_backup.older), ([].as_slice(), Some(1)));
    assert_eq!(of_backup.book, book, "the change of the day is in its journal");
    assert!(old.session(SessionId(900)).is_none());
}

#[test]
fn opening_and_closing_is_enough_and_happens_once() {
    let disk = golden_disk(1, |_| true);
    let book = Desk::open(&disk).close();
    let migrated = files_on(&disk);
    assert!(any_is_ours(&migrated));
    assert_eq!(Desk::open(&disk).close(), book);
    assert_eq!(files_on(&disk), migrated);
}

#[test]
fn files_of_both_schemas_side_by_side_are_the_same_book() {
    let before = golden_disk(1, |_| true);
    let mut desk = Desk::open(&before);
    let book = changed(&mut desk);
    let disk = before.after_power_cut();
    desk.close();
    let (old, new) = (files_on(&disk), files_on(&before));
    let months: Vec<&PathBuf> = old.keys().filter(|path| !path.starts_with("journal")).collect();
    for mix in 0..1_u32 << months.len() {
        let mixed = disk.after_power_cut();
        for (place, path) in months.iter().enumerate() {
            if mix & (1 << place) != 0 {
                mixed.put(at(&path.to_string_lossy()), new[*path].clone());
            }
        }
        let loaded = read(&mixed);
        assert_eq!((loaded.findings.as_slice(), &loaded.book), ([].as_slice(), &book), "{mix:b}");
    }
}

#[test]
fn a_step_that_fails_loses_nothing_and_no_file_is_rewritten_before_the_backup_stands() {
    for operation in [
        Operation::Read,
        Operation::Write,
        Operation::Rename,
        Operation::SyncFolder,
        Operation::MakeFolder,
        Operation::RemoveFolder,
        Operation::Stat,
        Operation::List,
    ] {
        for place in ["backups", "before-migration/sessions", "sessions", "money", "book.ron", DIR] {
            let disk = golden_disk(1, |_| true);
            let mut desk = Desk::open(&disk);
            let book = changed(&mut desk);
            disk.set_fault(Some(Fault {
                operation,
                path_contains: place.to_owned(),
                kind: io::ErrorKind::StorageFull,
                bytes_written: 7,
            }));
            // It may be that this step isn't part of the migration.
            drop(desk.opened.journal.close());
            let cut = disk.after_power_cut();
            let files = files_on(&cut);
            assert!(!any_is_ours(&files) || !backups(&files).is_empty(), "{operation:?} {place}");
            let loaded = read(&cut);
            assert_eq!((loaded.findings.as_slice(), &loaded.book), ([].as_slice(), &book), "{operation:?} {place}");
            Desk::open(&cut).close();
            let loaded = read(&cut);
            assert_eq!((loaded.older, &loaded.book), (None, &book), "{operation:?} {place}");
        }
    }
}

#[test]
fn a_damaged_file_stays_in_its_schema_while_the_others_are_rewritten() {
    const DAMAGED: &str = "sessions/2026-10.ron";
    let disk = golden_disk(1, |path| !path.starts_with("journal"));
    let bad = format!("{}Session(\n", golden_files(1)[Path::new(DAMAGED)]);
    disk.put(at(DAMAGED), bad.clone());
    let mut desk = Desk::open(&disk);
    assert_eq!((desk.opened.findings.len(), desk.opened.older), (1, Some(1)));
    let book = changed(&mut desk);
    desk.close();
    assert_eq!(files_on(&disk)[Path::new(DAMAGED)], bad);
    assert!(files_on(&disk)[Path::new("book.ron")].starts_with("(schema: 2"));
    let again = Desk::open(&disk);
    assert_eq!((again.opened.older, &again.opened.book), (None, &book));
    again.close();
    assert_eq!(backups(&files_on(&disk)).len(), 1, "what can't be rewritten asks for no backup");
}

#[test]
fn the_torn_end_of_an_older_segment_is_put_aside_and_changes_go_to_one_of_ours() {
    const SEGMENT: &str = "journal/test-0000000001.ron";
    let disk = golden_disk(1, |_| true);
    let whole = golden_files(1)[Path::new(SEGMENT)].clone();
    disk.put(at(SEGMENT), format!("{whole}(\"8f3a"));
    let mut desk = Desk::open(&disk);
    assert!(matches!(desk.opened.findings.as_slice(), [only] if matches!(only.what, store::What::Torn(_))));
    let book = changed(&mut desk);
    let cut = disk.after_power_cut();
    let files = files_on(&cut);
    assert_eq!(files[Path::new(SEGMENT)], whole);
    assert_eq!(files[Path::new("journal/test-0000000001.torn")], "(\"8f3a");
    assert!(files[Path::new("journal/test-0000000005.ron")].starts_with("(schema: 2"));
    let loaded = read(&cut);
    assert_eq!((loaded.findings.as_slice(), &loaded.book), ([].as_slice(), &book));
}
