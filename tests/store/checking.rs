//! Checking tells more than opening does, takes no lock, and writes nothing.

use std::path::Path;

use truerate::domain::change::Change;
use truerate::domain::ids::{PlatformId, ProjectId};
use truerate::domain::money::Currency;
use truerate::domain::platform::{Platform, Project};
use truerate::ports::Disk as _;
use truerate::ports::fake::{MemoryDisk, Operation};
use truerate::store::{self, Checked, What};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at};

const NOVEMBER: &str = "sessions/2026-11.ron";

/// Three sessions of a project that is there, closed.
fn sound() -> MemoryDisk {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(Platform::new(PlatformId(7), "Outlier", Currency::USD)));
    desk.change(Change::create(Project::new(ProjectId(7), PlatformId(7), "Aloe")));
    for id in 1..=3 {
        desk.change(Change::create(session(id, &format!("2026-11-2{id}T05:00:00Z"))));
    }
    desk.close();
    // That of the day may be made or not before the Book is closed.
    disk.remove_folder(&at("backups")).unwrap();
    disk
}

fn check(disk: &MemoryDisk) -> Checked {
    store::check(disk, Path::new(DIR), &defaults())
}

/// What is found, each with its place; but that these tests edit files by hand.
fn found(disk: &MemoryDisk) -> Vec<String> {
    let told = |finding: store::Finding| {
        let line = finding.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line} {}", finding.file.display(), finding.what)
    };
    let findings = check(disk).findings.into_iter();
    findings.filter(|finding| finding.what != What::Changed).map(told).collect()
}

fn text(disk: &MemoryDisk, file: &str) -> String {
    String::from_utf8(disk.files()[&at(file)].clone()).unwrap()
}

#[test]
fn a_sound_book_has_nothing_to_tell_and_checking_it_only_reads() {
    let disk = sound();
    let before = disk.files();
    drop(disk.take_steps());
    let checked = check(&disk);
    assert_eq!(checked.findings, []);
    assert_eq!((checked.files, checked.records, checked.changes, checked.backups), (2, 6, 5, 0));
    let reads = [Operation::Read, Operation::List, Operation::Stat];
    assert!(disk.take_steps().iter().all(|(operation, _)| reads.contains(operation)));
    assert_eq!(disk.files(), before);
}

#[test]
fn it_needs_no_lock() {
    let disk = sound();
    let held = Desk::open(&disk);
    assert_eq!(found(&disk), [""; 0]);
    held.close();
}

#[test]
fn references_to_nothing_are_told_with_the_line_of_the_record() {
    let disk = sound();
    let book = text(&disk, "book.ron");
    let without: Vec<&str> = book.lines().filter(|line| !line.starts_with("Project(")).collect();
    disk.put(at("book.ron"), without.join("\n") + "\n");
    let expected: Vec<String> =
        (2..=4).map(|line| format!("{NOVEMBER}:{line} A session names a project that isn’t there")).collect();
    assert_eq!(found(&disk), expected);
}

#[test]
fn what_opening_settles_on_the_quiet_is_told() {
    let disk = sound();
    let november = text(&disk, NOVEMBER);
    let (header, second) = (november.lines().next().unwrap(), november.lines().nth(2).unwrap());
    let old_header = header.replace("through: 5", "through: 4");
    assert_ne!(header, old_header);
    disk.put(at("sessions/2026-12.ron"), format!("{old_header}\n{second}\n"));
    assert_eq!(
        found(&disk),
        [
            "sessions/2026-12.ron:2 A session stands here and belongs into sessions/2026-11.ron",
            "sessions/2026-12.ron:2 A session stands here too, in an older state; the newer one is in sessions/2026-11.ron",
        ]
    );
}

#[test]
fn checksums_sequences_and_broken_lines_are_told_with_their_place() {
    let disk = sound();
    let segment = "journal/test-0000000001.ron";
    disk.put(at(segment), text(&disk, segment).replacen("Change 2", "Change 9", 1));
    disk.put(at(NOVEMBER), text(&disk, NOVEMBER).replacen("(id", "[id", 1));
    let broken = found(&disk);
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert!(broken[0].starts_with(&format!("{segment}:3 ")) && broken[0].contains("checksum"), "{broken:?}");
    assert!(broken[1].starts_with(&format!("{NOVEMBER}:2 ")), "{broken:?}");
    let lines = text(&disk, segment);
    let without: Vec<&str> = lines.lines().enumerate().filter(|(at, _)| *at != 2).map(|(_, line)| line).collect();
    disk.put(at(segment), without.join("\n") + "\n");
    assert!(
        check(&disk).findings.iter().any(|finding| matches!(finding.what, What::ChangesMissing { first: 2, last: 2 }))
    );
}

#[test]
fn a_file_that_was_edited_by_hand_is_told() {
    let disk = sound();
    disk.put(at(NOVEMBER), text(&disk, NOVEMBER).replacen("/06:00", "/06:30", 1));
    let told: Vec<_> = check(&disk).findings.into_iter().map(|finding| (finding.file, finding.what)).collect();
    assert_eq!(told, [(Path::new(NOVEMBER).to_owned(), What::Changed)]);
}

#[test]
fn backups_are_read_too() {
    let disk = sound();
    for file in ["book.ron", NOVEMBER] {
        disk.put(at("backups/2026-11-21T090000Z-daily").join(file), text(&disk, file));
    }
    assert_eq!((found(&disk), check(&disk).backups), (Vec::new(), 1));
    disk.put(
        at("backups/2026-11-21T090000Z-daily/sessions/2026-11.ron"),
        text(&disk, NOVEMBER).replacen("(id", "[id", 1),
    );
    let broken = found(&disk);
    assert!(broken[0].starts_with("backups/2026-11-21T090000Z-daily/sessions/2026-11.ron:2 "), "{broken:?}");
    assert_eq!(broken.len(), 1, "{broken:?}");
}
