//! Mending: what stood there is kept byte for byte, and at every failing step there is the old file or the new one.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use truerate::domain::book::Book;
use truerate::domain::change::Change;
use truerate::domain::ids::SessionId;
use truerate::ports::Disk as _;
use truerate::ports::fake::{Fault, MemoryDisk, Operation};
use truerate::store::{self, How, MendError, Mended, Mending, Opened, What};

use crate::books::{defaults, session};
use crate::{Desk, at, site};

const NOVEMBER: &str = "sessions/2026-11.ron";
const KEPT: &str = "damaged/sessions-2026-11-2026-11-22.ron";

/// Three sessions of November, and a backup that was made after the first two.
fn with_a_backup() -> (MemoryDisk, Book) {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for id in 1..=2 {
        desk.change(Change::create(session(id, &format!("2026-11-2{id}T05:00:00Z"))));
    }
    desk.close();
    back_up(&disk, "2026-11-21T090000Z-daily");
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(3, "2026-11-23T05:00:00Z")));
    let book = desk.close();
    // That of the day may be made or not before the Book is closed.
    for folder in disk.list(&at("backups")).unwrap() {
        if !folder.ends_with("2026-11-21T090000Z-daily") {
            disk.remove_folder(&folder).unwrap();
        }
    }
    (disk, book)
}

fn back_up(disk: &MemoryDisk, name: &str) {
    for (path, bytes) in disk.files() {
        let inside = path.strip_prefix(crate::DIR).unwrap();
        if inside.starts_with("sessions") || inside == Path::new("book.ron") {
            disk.put(at("backups").join(name).join(inside), bytes);
        }
    }
}

fn break_line(disk: &MemoryDisk, line: usize) -> Vec<u8> {
    let text = String::from_utf8(disk.files()[&at(NOVEMBER)].clone()).unwrap();
    let broken: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(number, text)| if number + 1 == line { text.replacen("(id", "(/id", 1) } else { text.to_owned() })
        .collect();
    let bytes = (broken.join("\n") + "\n").into_bytes();
    disk.put(at(NOVEMBER), bytes.clone());
    bytes
}

fn order(how: How) -> Mending {
    Mending { file: PathBuf::from(NOVEMBER), how }
}

fn mend(disk: &MemoryDisk, mending: &Mending) -> (Opened, Result<Mended, MendError>) {
    let (opened, mut mended) = store::mend_and_open(site(disk), defaults(), std::slice::from_ref(mending)).unwrap();
    (opened, mended.remove(0))
}

fn without_journal(disk: &MemoryDisk) {
    for path in disk.files().into_keys().filter(|path| path.starts_with(at("journal"))) {
        disk.take(&path);
    }
}

#[test]
fn a_backups_copy_takes_the_place_and_the_journal_comes_over_it() {
    let (disk, book) = with_a_backup();
    let damaged = break_line(&disk, 2);
    let (opened, mended) = mend(&disk, &order(How::BackupsCopy));
    let mended = mended.unwrap();
    assert_eq!(mended.backup.as_deref(), Some("2026-11-21T090000Z-daily"));
    assert_eq!(mended.kept_in.as_deref(), Some(Path::new(KEPT)));
    assert_eq!((opened.findings.as_slice(), &opened.book), ([].as_slice(), &book));
    opened.journal.close().unwrap();
    assert_eq!(disk.files()[&at(KEPT)], damaged, "byte for byte");
    // Its newer change is in the file by now, and nothing is found any more.
    without_journal(&disk);
    assert_eq!(Desk::open(&disk).close(), book);
}

#[test]
fn the_newest_backup_that_has_the_file_whole_is_taken() {
    let (disk, book) = with_a_backup();
    break_line(&disk, 2);
    for name in ["2026-11-21T100000Z-daily", "2026-11-21T110000Z-daily"] {
        back_up(&disk, name);
    }
    disk.put(at("backups").join("2026-11-21T120000Z-before-import/book.ron"), "");
    let (opened, mended) = mend(&disk, &order(How::BackupsCopy));
    assert_eq!(mended.unwrap().backup.as_deref(), Some("2026-11-21T090000Z-daily"));
    assert_eq!(opened.book, book);
}

#[test]
fn without_a_whole_copy_in_any_backup_nothing_is_touched() {
    let (disk, _) = with_a_backup();
    break_line(&disk, 2);
    for path in disk.files().into_keys().filter(|path| path.starts_with(at("backups"))) {
        disk.take(&path);
    }
    let before = disk.files();
    let (opened, mended) = mend(&disk, &order(How::BackupsCopy));
    assert!(matches!(mended, Err(MendError::NoBackup(_))));
    assert_eq!(opened.findings.len(), 1);
    opened.journal.close().unwrap();
    assert_eq!(disk.files()[&at(NOVEMBER)], before[&at(NOVEMBER)]);
}

#[test]
fn broken_lines_are_set_aside_and_the_others_stay() {
    let (disk, _) = with_a_backup();
    let damaged = break_line(&disk, 3);
    without_journal(&disk);
    let (opened, mended) = mend(&disk, &order(How::SetAside));
    assert_eq!(mended.unwrap().kept_in.as_deref(), Some(Path::new(KEPT)));
    assert_eq!(opened.findings, []);
    assert_eq!(opened.book.sessions().map(|session| session.id.0).collect::<Vec<_>>(), [1, 3]);
    opened.journal.close().unwrap();
    assert_eq!(disk.files()[&at(KEPT)], damaged);
    // The same day once more: the first original stays.
    let again = break_line(&disk, 2);
    let (_, mended) = mend(&disk, &order(How::SetAside));
    let second = mended.unwrap().kept_in.unwrap();
    assert_eq!(second, Path::new("damaged/sessions-2026-11-2026-11-22-2.ron"));
    assert_eq!((&disk.files()[&at(KEPT)], &disk.files()[&at(second.to_str().unwrap())]), (&damaged, &again));
}

#[test]
fn what_the_journal_knows_of_a_line_that_is_set_aside_is_not_lost() {
    let (disk, book) = with_a_backup();
    break_line(&disk, 3);
    let (opened, _) = mend(&disk, &order(How::SetAside));
    assert_eq!(opened.findings, []);
    assert_eq!(opened.book, book);
    opened.journal.close().unwrap();
    without_journal(&disk);
    assert_eq!(Desk::open(&disk).close(), book, "it stands in the file again");
}

#[test]
fn the_older_of_two_lines_goes() {
    let (disk, _) = with_a_backup();
    without_journal(&disk);
    let text = String::from_utf8(disk.files()[&at(NOVEMBER)].clone()).unwrap();
    let second = text.lines().nth(2).unwrap().to_owned();
    disk.put(at(NOVEMBER), format!("{text}{}\n", second.replace("/06:00", "/07:00")));
    let loaded = store::open_read(&disk, Path::new(crate::DIR), defaults());
    assert!(loaded.findings.iter().any(|finding| matches!(finding.what, What::Twice { .. })), "{:?}", loaded.findings);
    let (opened, _) = mend(&disk, &order(How::SetAside));
    assert_eq!(opened.findings, []);
    let kept = opened.book.session(SessionId(2)).unwrap();
    assert_eq!(kept.ended_at.unwrap().to_rfc3339(), "2026-11-22T07:00:00+00:00");
}

#[test]
fn a_line_that_belongs_into_another_month_is_not_lost_with_the_broken_ones() {
    let (disk, book) = with_a_backup();
    without_journal(&disk);
    let text = String::from_utf8(disk.files()[&at(NOVEMBER)].clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    disk.put(at("sessions/2026-12.ron"), format!("{}\n{}\nnonsense\n", lines[0], lines[2]));
    disk.put(at(NOVEMBER), format!("{}\n{}\n{}\n", lines[0], lines[1], lines[3]));
    let december = PathBuf::from("sessions/2026-12.ron");
    let (opened, mended) = mend(&disk, &Mending { file: december, how: How::SetAside });
    mended.unwrap();
    // November was edited by hand, and that is told.
    assert!(opened.findings.iter().all(|finding| finding.what == What::Changed), "{:?}", opened.findings);
    assert_eq!(opened.book, book);
    opened.journal.close().unwrap();
    assert_eq!(Desk::open(&disk).close(), book);
}

#[test]
fn a_file_whose_header_is_broken_is_begun_anew_with_what_can_be_read_and_the_journal() {
    let (disk, book) = with_a_backup();
    let text = String::from_utf8(disk.files()[&at(NOVEMBER)].clone()).unwrap();
    disk.put(at(NOVEMBER), text.replacen("(schema", "(schemo", 1));
    assert!(!Desk::open(&disk).opened.findings.is_empty());
    let (opened, mended) = mend(&disk, &order(How::SetAside));
    mended.unwrap();
    assert_eq!((opened.findings.as_slice(), &opened.book), ([].as_slice(), &book));
}

#[test]
fn a_month_that_only_the_newest_backup_knows_of_is_missing_and_comes_back_from_it() {
    let (disk, _) = with_a_backup();
    without_journal(&disk);
    disk.take(&at(NOVEMBER));
    let (opened, mended) = mend(&disk, &order(How::BackupsCopy));
    assert_eq!(mended.unwrap().kept_in, None, "nothing stood there");
    assert_eq!(opened.findings, []);
    assert_eq!(opened.book.sessions().count(), 2);
    drop(opened);

    disk.take(&at(NOVEMBER));
    let desk = Desk::open(&disk);
    let [finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
    assert_eq!((finding.file.as_path(), &finding.what), (Path::new(NOVEMBER), &What::Missing));
    desk.close();
    assert!(!disk.files().contains_key(&at(NOVEMBER)), "no file takes its place unasked");
}

#[test]
fn at_every_failing_step_there_is_the_old_file_or_the_new_one_and_the_original_is_kept() {
    use Operation::{Link, List, MakeFolder, Read, Rename, Stat, SyncFolder, Write};
    let places = ["damaged", "sessions", "backups", "journal", "sessions/2026-11.ron.tmp"];
    let mut failed = 0;
    for how in [How::BackupsCopy, How::SetAside] {
        for operation in [Read, List, Stat, MakeFolder, Link, Write, Rename, SyncFolder] {
            for place in places {
                for kind in [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied] {
                    let (disk, book) = with_a_backup();
                    let damaged = break_line(&disk, 2);
                    let path_contains = place.to_owned();
                    disk.set_fault(Some(Fault { operation, path_contains, kind, bytes_written: 7 }));
                    let (opened, mended) = mend(&disk, &order(how));
                    failed += usize::from(mended.is_err());
                    drop(opened);
                    disk.set_fault(None);
                    let case = format!("{how:?}, {operation:?} of {place} fails with {kind}: {mended:?}");
                    let files = disk.files();
                    let kept: BTreeMap<_, _> =
                        files.iter().filter(|(path, _)| path.starts_with(at("damaged"))).collect();
                    let now = files.get(&at(NOVEMBER)).unwrap_or_else(|| panic!("neither is there: {case}"));
                    assert!(*now == damaged || kept.values().any(|bytes| **bytes == damaged), "{case}");
                    // In the end it can be mended all the same, and nothing was lost on the way.
                    let (opened, _) = mend(&disk, &order(How::SetAside));
                    assert_eq!(opened.book, book, "{case}");
                }
            }
        }
    }
    assert!(failed > 10, "{failed}");
}

#[test]
fn only_files_of_the_book_are_mended_and_none_of_a_newer_version() {
    let (disk, _) = with_a_backup();
    for file in ["journal/test-0000000001.ron", "../book.ron", "backups/2026-11-21T090000Z-daily/book.ron", "lock"] {
        let before = disk.files();
        let mending = Mending { file: PathBuf::from(file), ..order(How::SetAside) };
        let (opened, mended) = mend(&disk, &mending);
        assert!(matches!(mended, Err(MendError::NotOurs(_))), "{file}");
        drop(opened);
        let there = before.iter().all(|(path, bytes)| disk.files().get(path) == Some(bytes));
        assert!(there, "{file}");
    }
    let text = String::from_utf8(disk.files()[&at(NOVEMBER)].clone()).unwrap();
    let (_, after) = text.split_once(',').unwrap();
    disk.put(at(NOVEMBER), format!("(schema: 999,{after}"));
    let (_, mended) = mend(&disk, &order(How::SetAside));
    assert!(matches!(mended, Err(MendError::OnlyRead(_))));
}

#[test]
fn a_book_that_is_open_elsewhere_is_not_mended() {
    let (disk, _) = with_a_backup();
    let damaged = break_line(&disk, 2);
    let held = Desk::open(&disk);
    let refused = store::mend_and_open(site(&disk), defaults(), &[order(How::SetAside)]);
    assert!(matches!(refused, Err(store::OpenError::InUse { .. })));
    held.close();
    assert_eq!(disk.files()[&at(NOVEMBER)], damaged);
}
