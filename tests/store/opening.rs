//! Opening newest first: the window works over the newest months while the rest is read, and nothing of the rest is
//! ever touched before it is there.

use std::path::Path;
use std::sync::Mutex;

use truerate::domain::book::Book;
use truerate::domain::change::{Change, Edit};
use truerate::domain::command::{Command, Start};
use truerate::domain::ids::SessionId;
use truerate::domain::query::work::Work;
use truerate::domain::refusal::Refusal;
use truerate::domain::session::Activity;
use truerate::domain::span::{Month, Now};
use truerate::engine::{Engine, Whole};
use truerate::ports::Saving;
use truerate::ports::fake::MemoryDisk;
use truerate::store::{self, Opening, Rest};

use crate::books::{defaults, session};
use crate::{DIR, Desk, at, site};

const NOW: &str = "2026-11-22T08:00:00Z";

fn now() -> Now {
    Now { at: NOW.parse().unwrap(), zone: defaults().zone }
}

/// A session a month, from July on; closed as it should be.
fn five_months() -> (MemoryDisk, Book) {
    let disk = MemoryDisk::new();
    let mut desk = Desk::open(&disk);
    for (id, month) in (7..=11).enumerate() {
        desk.change(Change::create(session(id as u64 + 1, &format!("2026-{month:02}-20T05:00:00Z"))));
    }
    desk.wait_saved();
    let book = desk.close();
    (disk, book)
}

fn open(disk: &MemoryDisk) -> (Engine, Option<Rest>) {
    let Opening { opened, rest, .. } = store::open_newest_first(site(disk), defaults()).unwrap();
    let engine =
        Engine::new(opened.book, opened.entries, opened.last_sequence, Box::new(opened.journal), opened.read_only);
    (if rest.is_some() { engine.opening() } else { engine }, rest)
}

fn arrive(engine: &mut Engine, rest: Rest) -> Vec<String> {
    let whole = rest.read(&|_| {});
    let findings = whole.findings.iter().map(ToString::to_string).collect();
    let (entries, last_sequence, read_only) = (whole.entries, whole.last_sequence, whole.read_only);
    engine.arrive(Whole { work: Work::of(&whole.book), entries, last_sequence, read_only }, now());
    findings
}

fn start(id: u64) -> Command {
    Command::StartSession(Start {
        id: SessionId(id),
        project: None,
        activity: Activity::Searching,
        task_type: None,
        started_at: now().at,
    })
}

fn save(engine: &Engine) {
    while engine.saving() != Saving::Saved {
        std::thread::yield_now();
    }
}

fn months(disk: &MemoryDisk) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    disk.files().into_iter().filter(|(path, _)| path.starts_with(at("sessions"))).collect()
}

#[test]
fn two_months_are_there_at_once_and_the_rest_makes_the_same_book() {
    let (disk, book) = five_months();
    let (mut engine, rest) = open(&disk);
    assert!(engine.is_opening());
    let shown: Vec<u64> = engine.book().sessions().map(|session| session.id.0).collect();
    assert_eq!(shown, [4, 5], "October and November");
    let revision = engine.book().revision();
    let read: Mutex<Vec<Month>> = Mutex::default();
    let whole = rest.unwrap().read(&|month| read.lock().unwrap().push(month));
    assert_eq!(read.lock().unwrap().len(), 5);
    let work = Work::of(&whole.book);
    engine.arrive(
        Whole { work, entries: whole.entries, last_sequence: whole.last_sequence, read_only: whole.read_only },
        now(),
    );
    assert_eq!(engine.book(), &book);
    assert!(engine.book().revision() > revision, "what was derived from the newest months is derived anew");
    assert_eq!(
        (engine.saving(), engine.undoable()),
        (Saving::Saved, Some("Change 5")),
        "no change, no undo of its own"
    );
}

#[test]
fn a_newest_month_of_many_sessions_is_enough_unless_its_last_week_began_before_it() {
    for (last_day, there) in [(9, 1), (8, 2)] {
        let disk = MemoryDisk::new();
        let mut desk = Desk::open(&disk);
        for (id, month) in (8..=10).enumerate() {
            desk.change(Change::create(session(id as u64 + 1, &format!("2026-{month:02}-20T05:00:00Z"))));
        }
        let many = (0..200).map(|id| session(100 + id, &format!("2026-11-{:02}T05:00:00Z", 1 + id % last_day)));
        desk.change(Change::new(many.map(Edit::create).collect()));
        desk.wait_saved();
        desk.close();
        let (engine, rest) = open(&disk);
        assert_eq!(engine.book().months().count(), there, "up to the {last_day}th");
        assert_eq!(rest.unwrap().read(&|_| {}).book.sessions().count(), 203);
    }
}

#[test]
fn a_small_book_is_read_as_a_whole() {
    let disk = MemoryDisk::new();
    let (engine, rest) = open(&disk);
    assert!(rest.is_none() && !engine.is_opening());
    drop(engine);
    let mut desk = Desk::open(&disk);
    desk.change(Change::create(session(1, "2026-11-20T05:00:00Z")));
    desk.wait_saved();
    desk.close();
    assert!(open(&disk).1.is_none());
}

#[test]
fn changes_made_meanwhile_are_kept_whether_the_rest_arrives_or_not() {
    let (disk, book) = five_months();
    let before = months(&disk);
    let (mut engine, rest) = open(&disk);
    engine.dispatch(&start(70), now()).unwrap();
    save(&engine);
    // Closed before the rest is there: the journal has the change, and no file of a month was written.
    engine.close().unwrap();
    assert_eq!(months(&disk), before);
    drop(rest);
    drop(engine);

    let (mut engine, rest) = open(&disk);
    assert!(engine.book().session(SessionId(70)).is_some(), "it is replayed over the newest months");
    engine
        .dispatch(&Command::StopSession(SessionId(70)), Now { at: now().at + chrono::TimeDelta::hours(1), ..now() })
        .unwrap();
    arrive(&mut engine, rest.unwrap());
    assert_eq!(engine.book().sessions().count(), 6);
    assert_eq!(engine.undoable(), Some("Stop work"));
    engine.close().unwrap();
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert_eq!((again.findings.len(), &again.book), (0, engine.book()));
    let older: Vec<_> = months(&disk).into_iter().take(4).collect();
    assert_eq!(older, before[..4], "months that nobody changed are not rewritten");
    assert_eq!(book.sessions().count(), 5);
}

#[test]
fn what_needs_older_months_waits_and_says_so() {
    let (disk, _) = five_months();
    let (mut engine, rest) = open(&disk);
    let refused = engine.dispatch(&Command::DeleteSessions(vec![SessionId(5)]), now()).unwrap_err();
    assert_eq!(refused.refusal, Refusal::StillOpening);
    arrive(&mut engine, rest.unwrap());
    engine.dispatch(&Command::DeleteSessions(vec![SessionId(5)]), now()).unwrap();
    engine.undo(now()).unwrap();
    assert_eq!(engine.book().sessions().count(), 5);
}

#[test]
fn an_older_month_that_is_damaged_is_told_when_it_is_read_and_stays_byte_for_byte() {
    let (disk, _) = five_months();
    let file = at("sessions/2026-08.ron");
    let mut bytes = disk.files()[&file].clone();
    bytes.extend_from_slice(b"(id: nonsense)\n");
    disk.put(&file, bytes.clone());
    let (mut engine, rest) = open(&disk);
    engine.dispatch(&start(70), now()).unwrap();
    let findings = arrive(&mut engine, rest.unwrap());
    assert_eq!(findings.len(), 1, "{findings:?}");
    engine.close().unwrap();
    assert_eq!(disk.files()[&file], bytes);
}

#[test]
fn anything_wrong_at_the_first_look_means_that_the_book_is_read_as_a_whole() {
    let (disk, book) = five_months();
    let file = at("sessions/2026-11.ron");
    let mut bytes = disk.files()[&file].clone();
    bytes.extend_from_slice(b"(id: nonsense)\n");
    disk.put(&file, bytes);
    let (engine, rest) = open(&disk);
    assert!(rest.is_none());
    assert_eq!(engine.book().sessions().count(), book.sessions().count());
}

#[test]
fn a_kill_while_the_rest_is_read_loses_nothing_that_was_acknowledged() {
    let (disk, _) = five_months();
    let (mut engine, rest) = open(&disk);
    engine.dispatch(&start(70), now()).unwrap();
    save(&engine);
    let killed = disk.after_power_cut();
    let mut again = Desk::open(&killed);
    assert_eq!(again.opened.findings, []);
    assert_eq!(again.opened.book.sessions().count(), 6);
    let old = again.opened.book.session(SessionId(1)).unwrap().clone();
    again.change(Change::new(vec![Edit::delete(old)]));
    again.close();
    drop(rest);
}

#[test]
fn files_that_are_past_the_first_look_do_not_swallow_what_was_done_meanwhile() {
    // A month file from elsewhere (a restored copy) names a later sequence than book.ron and the journal.
    let (disk, _) = five_months();
    let file = at("sessions/2026-07.ron");
    let text = String::from_utf8(disk.files()[&file].clone()).unwrap();
    let (lead, follows) = text.split_at(text.find("crc: \"").expect("a header has a checksum") + "crc: \"".len());
    let follows = follows["00000000".len()..].replace("through: 5", "through: 50");
    disk.put(&file, format!("{lead}{:08x}{follows}", crc32fast::hash(follows.as_bytes())).into_bytes());
    let (mut engine, rest) = open(&disk);
    engine.dispatch(&start(70), now()).unwrap();
    arrive(&mut engine, rest.unwrap());
    engine.close().unwrap();
    let again = store::open_read(&disk, Path::new(DIR), defaults());
    assert!(again.book.session(SessionId(70)).is_some());
    assert!(again.last_sequence > 50, "{}", again.last_sequence);
}
