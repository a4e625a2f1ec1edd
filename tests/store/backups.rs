//! Backups: copies of the whole folder, whole or not at all, which share what has not changed; when they are made, and that
//! one that fails stops nothing.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use truerate::domain::backup::{Backup, Reason, Size};
use truerate::domain::book::Book;
use truerate::domain::change::Change;
use truerate::domain::query::restore::Restoring;
use truerate::domain::span::Timestamp;
use truerate::ports::fake::{FakeClock, Fault, MemoryDisk, Operation};
use truerate::ports::{Backups, Disk, Journal as _};
use truerate::store::backup::{self, folder, list, make, name, sizes, thin};
use truerate::store::{self, Finding, Opened, Site, What};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at};

const NOON: &str = "2026-11-25T12:00:00Z";

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn dir() -> &'static Path {
    Path::new(DIR)
}

fn backups(disk: &MemoryDisk) -> Vec<Backup> {
    list(disk, dir()).unwrap()
}

/// A closed Book of a running segment and three months, without a backup.
fn book_on_a_disk() -> (MemoryDisk, Book) {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for (id, start) in [(1, "2026-09-22T05:00:00Z"), (2, "2026-10-22T05:00:00Z"), (3, "2026-11-22T05:00:00Z")] {
        desk.change(Change::create(session(id, start)));
    }
    let book = desk.close();
    disk.remove_folder(&at("backups")).unwrap();
    drop(disk.take_steps());
    (disk, book)
}

/// The Book's own files, by their paths inside its folder: what a backup must hold.
fn own_files(disk: &MemoryDisk) -> Vec<(PathBuf, Vec<u8>)> {
    files_below(disk, dir(), |path| !path.starts_with("backups") && path != Path::new("lock"))
}

fn files_below(disk: &MemoryDisk, root: &Path, keep: impl Fn(&Path) -> bool) -> Vec<(PathBuf, Vec<u8>)> {
    let files = disk.files().into_iter();
    files
        .filter_map(|(path, bytes)| Some((path.strip_prefix(root).ok()?.to_owned(), bytes)))
        .filter(|(path, _)| keep(path))
        .collect()
}

fn copy_of(disk: &MemoryDisk, backup: Backup) -> Vec<(PathBuf, Vec<u8>)> {
    files_below(disk, &folder(dir(), backup), |path| path != Path::new("contents.txt"))
}

#[test]
fn a_backup_has_the_shape_of_a_book_and_its_very_bytes() {
    let (disk, book) = book_on_a_disk();
    disk.put(at("sessions/2026-10.ron"), b"\xff what is this".to_vec());
    disk.put(at("journal/test-0000000001.torn"), b"torn".to_vec());
    disk.put(at("sessions/2026-11.ron.tmp"), b"half".to_vec());
    let made = make(&disk, dir(), instant(NOON), Reason::ByHand).unwrap();
    assert_eq!((name(made.backup).as_str(), made.left_out), ("2026-11-25T120000Z-by-hand", Vec::new()));
    let expected: Vec<_> = own_files(&disk)
        .into_iter()
        .filter(|(path, _)| path.extension().is_none_or(|ending| ending != "tmp"))
        .collect();
    assert_eq!(copy_of(&disk, made.backup), expected);
    assert!(expected.len() >= 6, "{expected:?}");
    let opened = store::open_read(&disk, &folder(dir(), made.backup), defaults());
    assert_eq!(opened.book.sessions().count(), book.sessions().count(), "the journal makes good what is damaged");
    assert!(opened.findings.iter().any(|finding| finding.file == Path::new("sessions/2026-10.ron")));
}

#[test]
fn what_has_not_changed_shares_the_disk_with_the_backup_before_and_never_with_the_book() {
    let (disk, _) = book_on_a_disk();
    let first = make(&disk, dir(), instant(NOON), Reason::Daily).unwrap().backup;
    assert!(disk.take_steps().iter().all(|(step, _)| *step != Operation::Link), "the first shares nothing");
    // The same length, other bytes.
    let text = String::from_utf8(disk.files()[&at("sessions/2026-10.ron")].clone()).unwrap();
    disk.put(at("sessions/2026-10.ron"), text.replacen("paid_work", "paid-work", 1).replacen("22T05", "22T06", 1));
    let second = make(&disk, dir(), instant("2026-11-26T12:00:00Z"), Reason::Daily).unwrap().backup;
    let steps = disk.take_steps();
    let at_part = |step: Operation| -> Vec<String> {
        let part = format!("{}.part", name(second));
        let paths = steps.iter().filter(|(known, _)| *known == step).map(|(_, path)| path);
        paths
            .filter_map(|path| Some(path.strip_prefix(at("backups").join(&part)).ok()?.display().to_string()))
            .collect()
    };
    assert_eq!(at_part(Operation::Write), ["sessions/2026-10.ron"]);
    // The list of what belongs in it is the same.
    assert_eq!(at_part(Operation::Link).len(), copy_of(&disk, second).len());
    assert_eq!(copy_of(&disk, second), own_files(&disk));
    assert_ne!(copy_of(&disk, first), copy_of(&disk, second));
    let of = |files: Vec<(PathBuf, Vec<u8>)>| files.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>();
    let changed = disk.files()[&at("sessions/2026-10.ron")].len() as u64;
    let (one, two) = (of(copy_of(&disk, first)), of(copy_of(&disk, second)));
    let found = sizes(&disk, dir(), &[first, second]).unwrap();
    assert_eq!(found, [(first, Size { whole: one, own: one }), (second, Size { whole: two, own: changed })]);
}

#[test]
fn after_a_failure_or_a_crash_at_any_step_the_good_backup_before_is_listed_and_no_half_one() {
    let (disk, _) = book_on_a_disk();
    let good = make(&disk, dir(), instant(NOON), Reason::Daily).unwrap().backup;
    let held = copy_of(&disk, good);
    disk.put(at("sessions/2026-11.ron"), b"// other bytes\n".to_vec());
    let next = || instant("2026-11-26T12:00:00Z");
    let mut failed = 0;
    for operation in [
        Operation::MakeFolder,
        Operation::Write,
        Operation::Link,
        Operation::SyncFolder,
        Operation::Rename,
        Operation::RemoveFolder,
        Operation::List,
        Operation::Stat,
    ] {
        for path_contains in ["", ".part", "sessions", "journal", "book.ron"] {
            for kind in [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied] {
                let tried = disk.after_power_cut();
                tried.set_fault(Some(Fault {
                    operation,
                    path_contains: path_contains.to_owned(),
                    kind,
                    bytes_written: 3,
                }));
                let outcome = make(&tried, dir(), next(), Reason::Daily);
                failed += usize::from(outcome.is_err());
                // The program ends here, and another one looks.
                let cut = tried.after_power_cut();
                let listed = backups(&cut);
                assert_eq!(listed[0], good, "{operation:?} {path_contains}");
                assert_eq!(copy_of(&cut, good), held, "{operation:?} {path_contains}");
                for other in &listed[1..] {
                    assert_eq!(copy_of(&cut, *other), own_files(&cut), "{operation:?} {path_contains}: a half one");
                }
                let again = make(&cut, dir(), instant("2026-11-26T12:00:01Z"), Reason::Daily).unwrap();
                assert_eq!(copy_of(&cut, again.backup), own_files(&cut));
                let parts = cut.files().into_keys().filter(|path| path.to_string_lossy().contains(".part")).count();
                assert_eq!(parts, 0, "{operation:?} {path_contains}: what was left is swept up");
            }
        }
    }
    assert!(failed > 20, "{failed} of the steps are really taken");
}

#[test]
fn nothing_of_it_has_its_name_before_all_of_it_is_durable() {
    let (disk, _) = book_on_a_disk();
    let made = make(&disk, dir(), instant(NOON), Reason::Daily).unwrap().backup;
    let steps = disk.take_steps();
    let at_of = |wanted: &dyn Fn(&(Operation, PathBuf)) -> bool| steps.iter().rposition(wanted).unwrap();
    let renamed = at_of(&|(step, path)| *step == Operation::Rename && *path == folder(dir(), made));
    let written = at_of(&|(step, _)| *step == Operation::Write);
    let part = at("backups").join(format!("{}.part", name(made)));
    for inside in ["sessions", "journal", ""] {
        let folder = if inside.is_empty() { part.clone() } else { part.join(inside) };
        let synced = at_of(&|(step, path)| *step == Operation::SyncFolder && *path == folder);
        assert!(written < synced && synced < renamed, "{inside}");
    }
    assert!(renamed < at_of(&|(step, path)| *step == Operation::SyncFolder && *path == at("backups")));
}

#[test]
fn a_file_that_cannot_be_read_is_left_out_and_named() {
    let (disk, _) = book_on_a_disk();
    disk.set_fault(Some(Fault {
        operation: Operation::Read,
        path_contains: "sessions/2026-10".to_owned(),
        kind: io::ErrorKind::PermissionDenied,
        bytes_written: 0,
    }));
    let made = make(&disk, dir(), instant(NOON), Reason::Daily).unwrap();
    assert_eq!(made.left_out, [Path::new("sessions/2026-10.ron")]);
    assert_eq!(copy_of(&disk, made.backup).len(), own_files(&disk).len() - 1);
}

#[test]
fn two_of_one_second_get_names_of_their_own() {
    let (disk, _) = book_on_a_disk();
    for _ in 0..3 {
        make(&disk, dir(), instant(NOON), Reason::ByHand).unwrap();
    }
    let at: Vec<String> = backups(&disk).iter().map(|backup| backup.at.format("%H:%M:%S").to_string()).collect();
    assert_eq!(at, ["12:00:00", "12:00:01", "12:00:02"]);
}

#[test]
fn old_ones_go_and_one_that_goes_is_no_backup_before_its_first_file_does() {
    let (disk, _) = book_on_a_disk();
    for hour in [8, 9] {
        make(&disk, dir(), instant(&format!("2026-11-24T{hour:02}:00:00Z")), Reason::Daily).unwrap();
    }
    make(&disk, dir(), instant(NOON), Reason::Daily).unwrap();
    let before = backups(&disk);
    disk.set_fault(Some(Fault {
        operation: Operation::RemoveFolder,
        path_contains: ".part".to_owned(),
        kind: io::ErrorKind::PermissionDenied,
        bytes_written: 0,
    }));
    assert!(thin(&disk, dir(), instant(NOON), &defaults()).is_err());
    assert_eq!(backups(&disk), before[1..], "it is gone from the list");
    disk.set_fault(None);
    let last = make(&disk, dir(), instant("2026-11-25T13:00:00Z"), Reason::ByHand).unwrap().backup;
    assert_eq!(backups(&disk), [before[1], before[2], last]);
    assert!(disk.files().into_keys().all(|path| !path.to_string_lossy().contains(".part")));
    assert_eq!(copy_of(&disk, before[2]), own_files(&disk), "what it shared stays");
}

#[test]
fn what_is_missing_in_a_backup_is_known_to_be_missing_and_takes_nothing_away() {
    let (disk, book) = book_on_a_disk();
    // Changes of the journal would make good what is missing.
    disk.remove_folder(&at("journal")).unwrap();
    let month = Path::new("sessions/2026-10.ron");
    let restoring = |backup: Backup| {
        let looked = backup::look(&disk, dir(), backup, book.settings().as_ref().clone()).unwrap();
        (Restoring::of(&book, &looked.book, backup.at, &looked.unread), looked.is_whole())
    };
    let first = make(&disk, dir(), instant(NOON), Reason::ByHand).unwrap();
    assert_eq!((first.left_out.as_slice(), restoring(first.backup).1), (&[][..], true));
    // One that can't be read, one behind a pipe, one that went: each belongs in it.
    let own = disk.files()[&at("sessions/2026-10.ron")].clone();
    disk.set_fault(Some(Fault {
        operation: Operation::Read,
        path_contains: "/book/sessions/2026-10".to_owned(),
        kind: io::ErrorKind::PermissionDenied,
        bytes_written: 0,
    }));
    let second = make(&disk, dir(), instant("2026-11-26T12:00:00Z"), Reason::ByHand).unwrap();
    assert_eq!(second.left_out, [month]);
    disk.set_fault(None);
    disk.remove(&at("sessions/2026-10.ron")).unwrap();
    let third = make(&disk, dir(), instant("2026-11-27T12:00:00Z"), Reason::ByHand).unwrap();
    disk.put(at("sessions/2026-10.ron"), own);
    disk.remove(&backup::folder(dir(), first.backup).join(month)).unwrap();
    for made in [first, second, third] {
        let (restoring, whole) = restoring(made.backup);
        assert!(!whole, "{:?}", made.backup);
        assert!(restoring.taken.is_empty() && restoring.spared > 0, "{restoring:?}");
    }
    let checked = store::check(&disk, dir(), book.settings());
    assert_eq!(
        checked.findings.iter().filter(|found| found.what == What::Missing).count(),
        3,
        "{:?}",
        checked.findings
    );
}

#[test]
fn a_backup_with_nothing_in_it_is_not_restored() {
    let (disk, book) = book_on_a_disk();
    let empty = Backup { at: instant("2020-01-03T00:00:00Z"), reason: Reason::Daily };
    disk.make_folder(&backup::folder(dir(), empty)).unwrap();
    let looked = backup::look(&disk, dir(), empty, book.settings().as_ref().clone());
    assert!(matches!(looked, Err(backup::LookError::Empty)), "{looked:?}");
}

#[test]
fn a_month_that_any_backup_knows_is_missed_also_when_the_newest_was_made_without_it() {
    let (disk, book) = book_on_a_disk();
    make(&disk, dir(), instant(NOON), Reason::Daily).unwrap();
    disk.remove(&at("sessions/2026-10.ron")).unwrap();
    make(&disk, dir(), instant("2026-11-26T12:00:00Z"), Reason::BeforeImport).unwrap();
    let loaded = store::open_read(&disk, dir(), book.settings().as_ref().clone());
    let missed = |found: &&Finding| found.what == What::Missing && found.file == Path::new("sessions/2026-10.ron");
    assert_eq!(loaded.findings.iter().filter(missed).count(), 1, "{:?}", loaded.findings);
}

/// A Book open at a clock that the test sets.
struct Open {
    opened: Opened,
    clock: FakeClock,
}

fn open(disk: &MemoryDisk, at: &str) -> Open {
    let clock = FakeClock::new(instant(at), chrono_tz::UTC);
    let site = Site::new(Arc::new(disk.clone()), Arc::new(clock.clone()), dir());
    Open { opened: store::open(site, defaults()).unwrap(), clock }
}

impl Open {
    /// Asks for one and waits for it. Whatever was to be made before it is made then.
    fn back_up(&mut self) -> (Result<Backup, String>, Backups) {
        let number = self.opened.journal.back_up(Reason::ByHand).unwrap();
        self.opened.journal.wait_for_backup(number);
        let told = self.opened.journal.backups();
        (told.asked_for[&number].clone(), told)
    }

    fn close(self) {
        self.opened.journal.close().unwrap();
    }
}

fn reasons(disk: &MemoryDisk) -> Vec<Reason> {
    backups(disk).iter().map(|backup| backup.reason).collect()
}

#[test]
fn one_is_made_at_the_first_opening_of_a_day_and_none_that_adds_nothing() {
    let (disk, book) = book_on_a_disk();
    let mut desk = open(&disk, "2026-11-25T08:00:00Z");
    desk.back_up().0.unwrap();
    desk.close();
    assert_eq!(reasons(&disk), [Reason::Daily, Reason::ByHand]);
    let first = store::open_read(&disk, &folder(dir(), backups(&disk)[0]), defaults());
    assert_eq!((first.findings.as_slice(), &first.book), ([].as_slice(), &book));
    // The same day, and another one on which nothing is new.
    for at in ["2026-11-25T20:00:00Z", "2026-11-26T08:00:00Z"] {
        let mut desk = open(&disk, at);
        desk.opened.journal.wait_for_backup(0);
        desk.opened.journal.checkpoint(&desk.opened.book);
        desk.close();
    }
    assert_eq!(reasons(&disk), [Reason::Daily, Reason::ByHand]);
}

#[test]
fn an_empty_book_gets_none_and_the_first_change_of_a_day_does() {
    let disk = MemoryDisk::new();
    let mut desk = open(&disk, "2026-11-25T08:00:00Z");
    assert_eq!(reasons(&disk), []);
    let change = |desk: &mut Open, id: u64| {
        let sequence = desk.opened.last_sequence + 1;
        desk.opened.last_sequence = sequence;
        let change = Change::create(session(id, "2026-11-22T05:00:00Z"));
        desk.opened.book.apply(&change);
        let entry = truerate::domain::history::Entry {
            sequence,
            at: instant(NOON),
            words: String::new(),
            kind: truerate::domain::history::EntryKind::Do,
            change,
        };
        desk.opened.journal.append(&Arc::new(entry), &desk.opened.book);
    };
    change(&mut desk, 1);
    desk.back_up().0.unwrap();
    desk.clock.set(instant("2026-11-26T07:00:00Z"));
    change(&mut desk, 2);
    desk.back_up().0.unwrap();
    desk.close();
    let days = |reason| backups(&disk).iter().filter(|backup| backup.reason == reason).count();
    assert_eq!((days(Reason::Daily), days(Reason::ByHand)), (2, 2));
}

#[test]
fn one_that_fails_is_told_stops_no_saving_and_is_tried_again() {
    let (disk, _) = book_on_a_disk();
    disk.set_fault(Some(Fault {
        operation: Operation::Write,
        path_contains: ".part".to_owned(),
        kind: io::ErrorKind::StorageFull,
        bytes_written: 2,
    }));
    let mut desk = open(&disk, "2026-11-25T08:00:00Z");
    let (outcome, told) = desk.back_up();
    assert!(outcome.is_err());
    assert!(told.trouble.unwrap().starts_with("No backup was made: "));
    assert_eq!(desk.opened.journal.progress().trouble, None, "saving goes on");
    assert_eq!(reasons(&disk), []);
    disk.set_fault(None);
    desk.clock.advance(9 * 60);
    let (outcome, told) = desk.back_up();
    assert_eq!((outcome.is_ok(), told.trouble), (true, None));
    desk.clock.advance(2 * 60);
    disk.put(at("sessions/2026-08.ron"), b"// a note of the user\n".to_vec());
    desk.back_up().0.unwrap();
    desk.close();
    assert!(reasons(&disk).contains(&Reason::Daily), "{:?}", backups(&disk));
}

#[test]
fn a_change_that_comes_while_one_is_made_is_saved_before_it_is_done() {
    let (disk, _) = book_on_a_disk();
    let mut desk = Desk::open(&disk);
    desk.opened.journal.back_up(Reason::ByHand).unwrap();
    desk.change(Change::create(session(9, "2026-11-22T06:00:00Z")));
    desk.wait_saved();
    let book = desk.close();
    for backup in backups(&disk) {
        let read = store::open_read(&disk, &folder(dir(), backup), defaults());
        assert_eq!(read.findings, [], "{backup:?}");
        let known = read.book.sessions().count();
        assert!(known == 3 || known == book.sessions().count(), "{known}");
    }
}
