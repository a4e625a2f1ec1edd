//! Broken files: every byte of a small Book flipped, cut at and doubled in turn. No panic, no hang; every record on
//! another line is there; and a file that is locked is byte for byte what it was, whatever is done elsewhere.

use std::collections::BTreeSet;
use std::path::Path;

use truerate::domain::book::Book;
use truerate::domain::change::{Change, Record};
use truerate::domain::ids::PayoutId;
use truerate::ports::fake::MemoryDisk;
use truerate::store::{self, Finding};

use crate::books::{defaults, every_kind, session};
use crate::{DIR, Desk, at};

const SESSIONS: &str = "sessions/2026-11.ron";
const MONEY: &str = "money/2026-11.ron";
const SEGMENT: &str = "journal/test-0000000001.ron";

/// A Book of a few short records, with a file of each kind.
fn records() -> Vec<Record> {
    let mut records: Vec<Record> = (1..=3).map(|id| session(id << 20 | id, "2026-11-20T06:00:00Z").into()).collect();
    let money =
        every_kind().into_iter().filter(|record| matches!(record, Record::Payout(payout) if payout.sent_on.is_none()));
    for (record, id) in money.take(2).zip(1..) {
        let Record::Payout(payout) = record else { continue };
        let mut payout = (*payout).clone();
        // No flip of a bit makes one of them the other.
        payout.id = PayoutId(id << 20 | id);
        payout.sent_on = "2026-11-10".parse().ok();
        records.push(payout.into());
    }
    let project = every_kind().into_iter().find(|record| matches!(record, Record::Project(_)));
    records.extend(project);
    records.push(session(9 << 20, "2026-11-22T06:00:00Z").into());
    if let Some(Record::Session(running)) = records.pop() {
        let mut running = (*running).clone();
        running.ended_at = None;
        records.push(running.into());
    }
    records
}

/// The Book in its files alone, without a journal to make good from.
fn in_files() -> MemoryDisk {
    let disk = in_journal(true);
    disk.take(&at(SEGMENT));
    disk
}

/// The Book in its journal; closed, or as a power cut leaves it.
fn in_journal(closed: bool) -> MemoryDisk {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for record in records() {
        desk.change(Change::new(vec![truerate::domain::change::Edit::create(record)]));
    }
    desk.wait_saved();
    if closed {
        desk.close();
        return disk;
    }
    disk.after_power_cut()
}

/// The lines that each kind of damage touches, with the bytes it leaves.
fn damages(good: &[u8], place: usize) -> Vec<(&'static str, BTreeSet<usize>, Vec<u8>)> {
    let line = good[..place].split(|byte| *byte == b'\n').count();
    let last = good.split(|byte| *byte == b'\n').count();
    let here = BTreeSet::from([line, if good[place] == b'\n' { line + 1 } else { line }]);
    let with = |bytes: &dyn Fn(&mut Vec<u8>)| {
        let mut damaged = good.to_vec();
        bytes(&mut damaged);
        damaged
    };
    vec![
        ("flipped low", here.clone(), with(&|bytes| bytes[place] ^= 0x01)),
        ("flipped high", here.clone(), with(&|bytes| bytes[place] ^= 0x80)),
        ("doubled", here, with(&|bytes| bytes.insert(place, bytes[place]))),
        ("cut", (line..=last).collect(), good[..place].to_vec()),
    ]
}

/// The records that stand on lines which are not damaged; none where the header is, which may name the zone.
fn untouched<'a>(lines: &'a [(usize, Record)], damaged: &'a BTreeSet<usize>) -> impl Iterator<Item = &'a Record> {
    let header = damaged.contains(&1);
    lines.iter().filter(move |(line, _)| !header && !damaged.contains(line)).map(|(_, record)| record)
}

fn holds(book: &Book, record: &Record) -> bool {
    book.record(record.key()).as_ref() == Some(record)
}

/// The records of a file by line: read one by one, each below the header.
fn by_line(disk: &MemoryDisk, file: &str) -> Vec<(usize, Record)> {
    let text = String::from_utf8(disk.files()[&at(file)].clone()).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap().to_owned();
    let keys = |text: String| {
        let alone = MemoryDisk::new();
        alone.put(at(file), text);
        let book = store::open_read(&alone, Path::new(DIR), defaults()).book;
        records().into_iter().filter(move |record| book.record(record.key()).is_some()).collect::<Vec<_>>()
    };
    let lines = lines.enumerate();
    lines
        .flat_map(|(at, line)| keys(format!("{header}\n{line}\n")).into_iter().map(move |record| (at + 2, record)))
        .collect()
}

/// Opens a Book with a damaged file, changes something elsewhere, closes; says what was found.
fn live_with(disk: &MemoryDisk) -> (Vec<Finding>, Book) {
    let mut desk = Desk::open(disk);
    let (findings, book) = (desk.opened.findings.clone(), desk.opened.book.clone());
    desk.change(Change::create(session(77, "2031-01-20T06:00:00Z")));
    desk.close();
    let again = store::open_read(disk, Path::new(DIR), defaults());
    assert!(again.read_only.is_some() || again.book.session(truerate::domain::ids::SessionId(77)).is_some());
    (findings, book)
}

fn any_byte_of(file: &str) {
    let good = in_files();
    let lines = by_line(&good, file);
    assert!(lines.len() >= 2, "{file} holds records: {lines:?}");
    let bytes = good.files()[&at(file)].clone();
    for place in 0..bytes.len() {
        for (how, damaged_lines, damaged) in damages(&bytes, place) {
            let disk = good.after_power_cut();
            disk.put(at(file), damaged.clone());
            let (findings, book) = live_with(&disk);
            let about = findings.iter().filter(|finding| finding.file == Path::new(file));
            let says = || format!("{file} {how} at {place}: {findings:?}");
            assert!(damaged == bytes || about.clone().count() > 0, "told: {}", says());
            if about.clone().any(|finding| finding.locked) {
                assert!(disk.files()[&at(file)] == damaged, "byte for byte: {}", says());
            }
            for record in untouched(&lines, &damaged_lines) {
                assert!(holds(&book, record), "{:?} is there: {}", record.key(), says());
            }
        }
    }
}

#[test]
fn any_byte_of_the_tables_may_be_broken() {
    any_byte_of("book.ron");
}

#[test]
fn any_byte_of_a_month_of_sessions_may_be_broken() {
    any_byte_of(SESSIONS);
}

#[test]
fn any_byte_of_a_month_of_money_may_be_broken() {
    any_byte_of(MONEY);
}

#[test]
fn any_byte_of_the_journal_may_be_broken() {
    let good = in_journal(false);
    let bytes = good.files()[&at(SEGMENT)].clone();
    let lines: Vec<(usize, Record)> = records().into_iter().enumerate().map(|(at, record)| (at + 2, record)).collect();
    for place in 0..bytes.len() {
        for (how, damaged_lines, damaged) in damages(&bytes, place) {
            let disk = good.after_power_cut();
            disk.put(at(SEGMENT), damaged.clone());
            let (findings, book) = live_with(&disk);
            for record in untouched(&lines, &damaged_lines) {
                assert!(holds(&book, record), "{:?} is there: {how} at {place}: {findings:?}", record.key());
            }
            let kept = &disk.files()[&at(SEGMENT)];
            let torn = disk.files().remove(&at("journal/test-0000000001.torn")).unwrap_or_default();
            let whole = kept.starts_with(&damaged) || damaged.ends_with(&torn) && !torn.is_empty();
            assert!(whole, "nothing of it is gone: {how} at {place}: {findings:?}");
        }
    }
}
