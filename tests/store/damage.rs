//! Damaged files: a broken line costs itself alone, stays byte for byte, and is told with its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use truerate::domain::change::{Change, Edit};
use truerate::domain::ids::SessionId;
use truerate::domain::span::Month;
use truerate::ports::Journal;
use truerate::ports::fake::MemoryDisk;
use truerate::store::{self, Finding, Weight, What};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at};

const NOVEMBER: &str = "sessions/2026-11.ron";
const SEGMENT: &str = "journal/test-0000000001.ron";

fn text(disk: &MemoryDisk, file: &str) -> String {
    String::from_utf8(disk.files()[&at(file)].clone()).unwrap()
}

/// Three sessions of one month, closed; without the journal, so that nothing can be made good from it.
fn three_sessions() -> MemoryDisk {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for id in 1..=3 {
        desk.change(Change::create(session(id, &format!("2026-11-2{id}T05:00:00Z"))));
    }
    desk.close();
    disk
}

fn without_journal(disk: &MemoryDisk) {
    for path in disk.files().into_keys().filter(|path| path.starts_with(at("journal"))) {
        disk.take(&path);
    }
}

fn ids(book: &truerate::domain::book::Book) -> Vec<u64> {
    book.sessions().map(|session| session.id.0).collect()
}

#[test]
fn a_broken_line_of_a_month_is_kept_and_its_file_is_not_rewritten_until_it_is_mended() {
    let disk = three_sessions();
    without_journal(&disk);
    let good = text(&disk, NOVEMBER);
    let broken = good.replacen("2026-11-22T05", "2026-11-22X05", 1);
    disk.put(at(NOVEMBER), broken.clone());

    let mut desk = Desk::open(&disk);
    let [finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
    assert_eq!((finding.file.as_path(), finding.line), (Path::new(NOVEMBER), Some(3)));
    assert!(finding.locked && finding.column.is_some() && matches!(finding.what, What::Line(_)));
    assert!(finding.to_string().contains("stay in the journal until it is mended"), "{finding}");
    assert_eq!(desk.opened.damaged_months.iter().copied().collect::<Vec<_>>(), [Month { year: 2026, month: 11 }]);
    assert_eq!(ids(&desk.opened.book), [1, 3]);

    desk.change(Change::create(session(4, "2026-11-24T05:00:00Z")));
    desk.change(Change::create(session(5, "2026-12-24T05:00:00Z")));
    desk.close();
    assert_eq!(text(&disk, NOVEMBER), broken, "kept byte for byte");
    assert!(text(&disk, "sessions/2026-12.ron").contains("0000000000005"), "other months go on");
    assert_eq!(ids(&Desk::open(&disk).close()), [1, 3, 4, 5], "the new session comes from the journal");

    disk.put(at(NOVEMBER), good);
    let mended = Desk::open(&disk);
    assert_eq!(mended.opened.findings, []);
    assert_eq!(ids(&mended.opened.book), [1, 2, 3, 4, 5]);
    mended.close();
    assert!(text(&disk, NOVEMBER).contains("0000000000004"), "and the file catches up");
}

#[test]
fn a_broken_line_is_made_good_from_the_journal_and_still_kept() {
    let disk = three_sessions();
    let broken = text(&disk, NOVEMBER).replacen("2026-11-22T05", "2026-11-22X05", 1);
    disk.put(at(NOVEMBER), broken.clone());
    let desk = Desk::open(&disk);
    assert_eq!(desk.opened.findings.len(), 1);
    assert_eq!(ids(&desk.opened.book), [1, 2, 3]);
    desk.close();
    assert_eq!(text(&disk, NOVEMBER), broken);
}

#[test]
fn an_unknown_zone_or_currency_is_a_finding_and_never_a_default() {
    for (from, to, reason) in [
        ("project:\"0000000000007\"", "zone:\"Mars/Base\"", "time zone"),
        ("project:\"0000000000007\"", "own_price:\"9.00 XQQ\"", "amount with its currency"),
        ("project:\"0000000000007\"", "project:\"UUU\"", "an id"),
        ("project:\"0000000000007\"", "mood:3", "mood"),
        ("Z/06:00", "Z/04:00", "ends before it starts"),
    ] {
        let disk = three_sessions();
        without_journal(&disk);
        let file = text(&disk, NOVEMBER);
        let second = file.lines().nth(2).unwrap();
        disk.put(at(NOVEMBER), file.replace(second, &second.replace(from, to)));
        let loaded = store::open_read(&disk, Path::new(DIR), defaults());
        let [finding] = loaded.findings.as_slice() else { panic!("{to}: {:?}", loaded.findings) };
        assert_eq!(finding.line, Some(3), "{to}");
        assert!(finding.to_string().contains(reason), "{finding}");
        assert_eq!(ids(&loaded.book), [1, 3], "{to}");
    }
}

#[test]
fn a_torn_last_line_is_left_out_put_aside_and_cut_off_before_anything_is_appended() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-21T05:00:00Z")));
    desk.change(Change::create(session(2, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    let whole = text(&disk, SEGMENT);
    let last = whole.trim_end().rfind('\n').unwrap() + 1;
    for cut in [last + 1, last + 20, whole.len() - 2] {
        let disk = disk.after_power_cut();
        disk.put(at(SEGMENT), &whole.as_bytes()[..cut]);
        let mut desk = Desk::open(&disk);
        let [finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
        assert!(matches!(finding.what, What::Torn(_)) && !finding.locked);
        assert_eq!((ids(&desk.opened.book), desk.opened.last_sequence), (vec![1], 1));
        desk.change(Change::create(session(3, "2026-11-23T05:00:00Z")));
        desk.wait_saved();
        assert_eq!(text(&disk, "journal/test-0000000001.torn"), whole[last..cut]);
        let again = Desk::open(&disk.after_power_cut());
        assert_eq!(again.opened.findings, [], "cut at {cut}");
        assert_eq!(ids(&again.opened.book), [1, 3]);
    }
}

#[test]
fn a_last_line_without_its_line_end_counts_and_gets_one() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-21T05:00:00Z")));
    desk.wait_saved();
    let cut = disk.after_power_cut();
    cut.put(at(SEGMENT), text(&disk, SEGMENT).trim_end());
    let mut desk = Desk::open(&cut);
    desk.change(Change::create(session(2, "2026-11-22T05:00:00Z")));
    desk.wait_saved();
    let again = store::open_read(&cut, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), ids(&again.book)), ([].as_slice(), vec![1, 2]));
}

#[test]
fn a_broken_line_in_the_middle_of_the_journal_costs_itself_alone_and_stays() {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for id in 1..=3 {
        desk.change(Change::create(session(id, &format!("2026-11-2{id}T05:00:00Z"))));
    }
    desk.wait_saved();
    let cut = disk.after_power_cut();
    let broken = text(&disk, SEGMENT).replacen("Change 2", "Change 9", 1);
    cut.put(at(SEGMENT), broken.clone());
    let mut desk = Desk::open(&cut);
    let [finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
    assert_eq!(finding.line, Some(3));
    assert!(matches!(&finding.what, What::JournalLine(reason) if reason.contains("checksum")));
    assert_eq!((ids(&desk.opened.book), desk.opened.last_sequence), (vec![1, 3], 3));
    desk.change(Change::create(session(4, "2026-11-24T05:00:00Z")));
    desk.close();
    assert!(text(&cut, SEGMENT).starts_with(&broken));
    assert_eq!(ids(&Desk::open(&cut).close()), [1, 3, 4]);
}

#[test]
fn an_older_change_never_overwrites_a_file_that_is_past_it() {
    // The last change of a session is lost from the journal, but its file holds it.
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-21T05:00:00Z")));
    let old = Arc::clone(desk.opened.book.session(SessionId(1)).unwrap());
    let mut newer = (*old).clone();
    newer.note = "newer".to_owned();
    desk.change(Change::replace(&old, newer));
    desk.change(Change::create(session(2, "2026-11-21T07:00:00Z")));
    let book = desk.close();
    disk.put(at(SEGMENT), text(&disk, SEGMENT).replacen("newer", "nower", 1));
    let loaded = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!(loaded.findings.len(), 1);
    assert_eq!(loaded.book, book);
}

#[test]
fn a_newer_schema_is_opened_for_reading_only_and_nothing_is_written() {
    let disk = three_sessions();
    let newer = text(&disk, NOVEMBER).replacen("schema: 2", "schema: 3", 1);
    disk.put(at(NOVEMBER), newer);
    let before = disk.files();
    let mut desk = Desk::open(&disk);
    let why = desk.opened.read_only.clone().unwrap();
    assert!(why.contains("newer version") && why.contains("2026-11.ron"), "{why}");
    let refused = desk.change(Change::create(session(9, "2026-11-24T05:00:00Z")));
    assert!(desk.opened.journal.progress().acknowledged < refused);
    desk.close();
    assert_eq!(disk.files(), before);
}

#[test]
fn missing_files_are_damage_and_no_new_start() {
    let disk = three_sessions();
    disk.take(&at("book.ron"));
    let loaded = store::open_read(&disk, Path::new(DIR), defaults());
    assert!(
        loaded.findings.iter().any(|finding| finding.what == What::Missing && finding.file == Path::new("book.ron"))
    );
    assert_eq!(ids(&loaded.book), [1, 2, 3]);

    let disk = three_sessions();
    disk.take(&at(NOVEMBER));
    let desk = Desk::open(&disk);
    let [finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
    assert_eq!((finding.file.as_path(), &finding.what), (Path::new(NOVEMBER), &What::Missing));
    assert_eq!(ids(&desk.opened.book), [1, 2, 3], "the journal still holds them");
    desk.close();
    assert!(!disk.files().contains_key(&at(NOVEMBER)), "and no file takes the place of the lost one");
}

#[test]
fn a_record_in_two_lines_of_one_age_is_told_and_both_lines_stay() {
    let disk = three_sessions();
    without_journal(&disk);
    let file = text(&disk, NOVEMBER);
    let second = file.lines().nth(2).unwrap();
    let doubled = format!("{file}{}\n", second.replace("Z/06:00", "Z/07:00"));
    disk.put(at(NOVEMBER), doubled.clone());
    let mut desk = Desk::open(&disk);
    let [changed, finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
    assert!(changed.what == What::Changed && !changed.locked);
    assert!(matches!(finding.what, What::Twice { .. }) && finding.locked && finding.line == Some(3));
    let kept = desk.opened.book.session(SessionId(2)).unwrap();
    assert_eq!(kept.ended_at.unwrap().to_rfc3339(), "2026-11-22T07:00:00+00:00");
    desk.change(Change::create(session(4, "2026-11-24T05:00:00Z")));
    desk.close();
    assert_eq!(text(&disk, NOVEMBER), doubled);
}

#[test]
fn a_record_moved_to_another_month_by_hand_goes_home_at_the_next_checkpoint() {
    let disk = three_sessions();
    let file = text(&disk, NOVEMBER);
    let moved = file.lines().nth(2).unwrap();
    disk.put(at(NOVEMBER), file.replace(&format!("{moved}\n"), ""));
    disk.put(at("sessions/2026-12.ron"), format!("{}\n{moved}\n", file.lines().next().unwrap()));
    let mut desk = Desk::open(&disk);
    assert!(desk.opened.findings.iter().all(|finding| finding.what == What::Changed));
    assert_eq!((desk.opened.findings.len(), ids(&desk.opened.book)), (2, vec![1, 2, 3]));
    let doomed = Arc::clone(desk.opened.book.session(SessionId(2)).unwrap());
    desk.change(Change::new(vec![Edit::delete(doomed)]));
    desk.close();
    assert_eq!(ids(&Desk::open(&disk).close()), [1, 3]);
}

#[test]
fn a_changed_digit_that_still_reads_is_used_and_told_until_the_file_is_written_anew() {
    let disk = three_sessions();
    let changed = text(&disk, NOVEMBER).replacen("2026-11-22T05:00Z", "2026-11-22T05:30Z", 1);
    disk.put(at(NOVEMBER), changed.clone());
    let mut desk = Desk::open(&disk);
    let [finding] = desk.opened.findings.as_slice() else { panic!("{:?}", desk.opened.findings) };
    assert_eq!((finding.file.as_path(), finding.line, finding.locked), (Path::new(NOVEMBER), None, false));
    assert!(finding.to_string().contains("changed outside TrueRate"), "{finding}");
    assert_eq!(desk.opened.damaged_months.len(), 0);
    let started = desk.opened.book.session(SessionId(2)).unwrap().started_at;
    assert_eq!(started.to_rfc3339(), "2026-11-22T05:30:00+00:00");

    desk.change(Change::create(session(4, "2026-12-24T05:00:00Z")));
    desk.close();
    assert_eq!(text(&disk, NOVEMBER), changed, "a change elsewhere leaves it alone");
    let mut desk = Desk::open(&disk);
    assert_eq!(desk.opened.findings.len(), 1, "and it is told again");
    desk.change(Change::create(session(5, "2026-11-24T05:00:00Z")));
    let book = desk.close();
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), again.book), ([].as_slice(), book));
}

#[test]
fn line_ends_and_the_mark_of_an_editor_are_no_fault_in_any_file() {
    let disk = three_sessions();
    let book = store::open_read(&disk, Path::new(DIR), defaults()).book;
    for file in ["book.ron", NOVEMBER, SEGMENT] {
        disk.put(at(file), format!("\u{feff}{}", text(&disk, file).replace('\n', "\r\n")));
    }
    let mut desk = Desk::open(&disk);
    assert_eq!((desk.opened.findings.as_slice(), &desk.opened.book), ([].as_slice(), &book));
    desk.change(Change::create(session(4, "2026-11-24T05:00:00Z")));
    let book = desk.close();
    assert!(!text(&disk, NOVEMBER).contains('\r'), "and a file that is written anew has ours");
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.as_slice(), again.book), ([].as_slice(), book));
}

#[test]
fn a_session_in_two_months_that_the_journal_does_not_know_counts_where_the_file_is_newer() {
    let disk = three_sessions();
    without_journal(&disk);
    let file = text(&disk, NOVEMBER);
    let second = file.lines().nth(2).unwrap();
    // A copy of an older state in another month's file: the session began there once.
    let older = second.replace("2026-11-22", "2026-10-22");
    disk.put(at("sessions/2026-10.ron"), format!("(schema: 2, zone: \"Africa/Nairobi\", through: 1)\n{older}\n"));
    let mut desk = Desk::open(&disk);
    assert!(desk.opened.findings.iter().all(|finding| !finding.locked), "{:?}", desk.opened.findings);
    assert_eq!(ids(&desk.opened.book), [1, 2, 3]);
    assert_eq!(desk.opened.book.session(SessionId(2)).unwrap().started_at.to_rfc3339(), "2026-11-22T05:00:00+00:00");
    desk.change(Change::create(session(4, "2026-12-24T05:00:00Z")));
    desk.close();
    assert_eq!(text(&disk, "sessions/2026-10.ron").lines().count(), 1, "the older line is taken out");
    assert_eq!(ids(&Desk::open(&disk).close()), [1, 2, 3, 4]);
}

/// A Book with one change that only the journal has; the segment's path.
fn with_a_change_in_the_journal_alone() -> (MemoryDisk, SessionId, PathBuf) {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for (id, start) in [(1, "2026-10-22T05:00:00Z"), (2, "2026-10-22T08:00:00Z")] {
        desk.change(Change::create(session(id, start)));
    }
    desk.close();
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(3, "2026-10-23T05:00:00Z")));
    desk.wait_saved();
    let disk = disk.after_power_cut();
    let segments = disk.files().into_keys().filter(|path| path.starts_with(at("journal")));
    let segment = segments.max().expect("a journal");
    (disk, SessionId(3), segment)
}

#[test]
fn a_month_whose_header_can_t_be_believed_swallows_no_change_of_the_journal() {
    let (disk, id, _) = with_a_change_in_the_journal_alone();
    let file = at("sessions/2026-10.ron");
    let text = String::from_utf8(disk.files()[&file].clone()).unwrap();
    assert!(text.contains("through: 2"), "{text}");
    disk.put(&file, text.replace("through: 2", "through: 7").into_bytes());
    let loaded = store::open_read(&disk, Path::new(DIR), defaults());
    assert!(loaded.book.session(id).is_some());
    assert_eq!(loaded.findings.iter().map(|found| &found.what).collect::<Vec<_>>(), [&What::Changed]);
    assert_eq!(loaded.last_sequence, 3);
}

#[test]
fn tables_that_name_a_change_nobody_made_are_told_and_ask_for_a_choice() {
    for number in ["7", "18446744073709551615"] {
        let (disk, id, _) = with_a_change_in_the_journal_alone();
        let file = at("book.ron");
        let text = String::from_utf8(disk.files()[&file].clone()).unwrap();
        disk.put(&file, text.replace("through: 2", &format!("through: {number}")).into_bytes());
        let loaded = store::open_read(&disk, Path::new(DIR), defaults());
        let asks = |found: &&Finding| matches!(found.what, What::Header(_)) && found.weight() == Weight::Choice;
        assert_eq!(loaded.findings.iter().filter(asks).count(), 1, "{:?}", loaded.findings);
        assert!(loaded.book.session(id).is_some(), "its month knows what it holds");
        let next = Desk::open(&disk).change(Change::create(session(4, "2026-10-24T05:00:00Z")));
        assert!((4..u64::MAX).contains(&next), "{next}");
    }
}

#[test]
fn a_last_line_that_has_its_end_was_not_cut_off_and_its_number_is_not_given_again() {
    let (disk, id, segment) = with_a_change_in_the_journal_alone();
    let mut bytes = disk.files()[&segment].clone();
    let good = bytes.clone();
    let place = bytes.len() - 20;
    bytes[place] ^= 1;
    disk.put(&segment, bytes.clone());
    let loaded = store::open_read(&disk, Path::new(DIR), defaults());
    assert!(loaded.book.session(id).is_none());
    let [found] = &loaded.findings[..] else { panic!("{:?}", loaded.findings) };
    assert!(matches!(found.what, What::JournalLine(_)) && found.weight() == Weight::Choice, "{found:?}");
    // What is done now goes elsewhere; mended by hand, the line counts again.
    let mut again = Desk::open(&disk);
    again.change(Change::create(session(4, "2026-10-24T05:00:00Z")));
    again.close();
    assert_eq!(disk.files()[&segment], bytes, "it stays as it is");
    disk.put(&segment, good);
    let mended = store::open_read(&disk, Path::new(DIR), defaults());
    assert!(mended.book.session(SessionId(4)).is_some());
    assert_eq!(mended.last_sequence, 4);
    assert_eq!(mended.findings, []);
}
