//! The heartbeat: once a minute while a timer runs, gone after an end that is one, and told where it was none.

use std::io;
use std::sync::Arc;

use truerate::domain::change::Change;
use truerate::domain::ids::SessionId;
use truerate::domain::query::silence::{Cause, Silence};
use truerate::domain::session::{Pause, Session};
use truerate::domain::span::Timestamp;
use truerate::ports::Journal;
use truerate::ports::fake::{FakeClock, Fault, MemoryDisk, Operation};

use crate::books::session;
use crate::{Desk, at, clock};

fn running() -> Session {
    Session { ended_at: None, ..session(1, "2026-11-22T05:00:00Z") }
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What stands in the heartbeat.
fn heartbeat(disk: &MemoryDisk) -> Option<String> {
    disk.files().remove(&at("heartbeat")).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn beats_at(disk: &MemoryDisk, moment: &str) -> bool {
    heartbeat(disk).is_some_and(|text| text.contains(moment))
}

/// Waits for what the writer does between two changes; a test that waits for ever is ended by its runner.
fn until(holds: impl Fn() -> bool) {
    while !holds() {
        std::thread::park_timeout(std::time::Duration::from_millis(1));
    }
}

/// The session as it stands becomes another.
fn becomes(desk: &mut Desk, after: Session) {
    let before = Arc::clone(desk.opened.book.session(SessionId(1)).unwrap());
    desk.change(Change::replace(&before, after));
}

/// A timer runs, and a first heartbeat is written at eight.
fn with_timer(disk: &MemoryDisk, clock: &FakeClock) -> Desk {
    let mut desk = Desk::open_at(disk, clock);
    desk.change(Change::create(running()));
    desk.wait_saved();
    until(|| beats_at(disk, "08:00:00Z"));
    desk
}

/// Two changes: after the second the writer has looked at the clock.
fn looks(desk: &mut Desk, first: u64) {
    for id in first..first + 2 {
        desk.change(Change::create(session(id, "2026-11-20T05:00:00Z")));
        desk.wait_saved();
    }
}

fn silences(desk: &Desk) -> Vec<Silence> {
    desk.opened.journal.progress().silences.to_vec()
}

#[test]
fn it_is_written_once_a_minute_and_only_while_a_timer_runs() {
    let (disk, clock) = (MemoryDisk::new(), clock());
    let mut desk = with_timer(&disk, &clock);
    let text = heartbeat(&disk).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    drop(disk.take_steps());
    for second in 1..=6 {
        clock.advance(10);
        looks(&mut desk, second * 10);
    }
    until(|| beats_at(&disk, "08:01:00Z"));
    let writes = disk
        .take_steps()
        .into_iter()
        .filter(|(step, path)| *step == Operation::Write && path.to_string_lossy().contains("heartbeat"));
    assert_eq!(writes.count(), 1, "one in sixty seconds");

    let pause = Pause { from: instant("2026-11-22T08:01:00Z"), until: None };
    let mut paused = running();
    paused.pauses.push(pause);
    becomes(&mut desk, paused.clone());
    until(|| heartbeat(&disk).is_none());
    paused.pauses[0].until = Some(instant("2026-11-22T08:01:00Z"));
    becomes(&mut desk, paused);
    until(|| beats_at(&disk, "08:01:00Z"));
    becomes(&mut desk, session(1, "2026-11-22T05:00:00Z"));
    until(|| heartbeat(&disk).is_none());
    assert_eq!(silences(&desk), []);
}

#[test]
fn a_clean_end_takes_it_away_and_nothing_is_asked() {
    let (disk, clock) = (MemoryDisk::new(), clock());
    with_timer(&disk, &clock).close();
    assert_eq!(heartbeat(&disk), None);
    clock.advance(8 * 3600);
    clock.boot_again();
    let mut desk = Desk::open_at(&disk, &clock);
    until(|| beats_at(&disk, "16:00:00Z"));
    looks(&mut desk, 10);
    assert_eq!(silences(&desk), [], "the timer is data and simply goes on");
}

#[test]
fn an_end_that_was_none_is_told_by_its_cause_and_length() {
    for (secs, boots, cause) in
        [(7_800, true, Some(Cause::Off)), (7_800, false, Some(Cause::Ended)), (120, true, None), (-3_600, true, None)]
    {
        let (disk, clock) = (MemoryDisk::new(), clock());
        let desk = with_timer(&disk, &clock);
        let killed = disk.after_power_cut();
        drop(desk);
        clock.advance(secs);
        if boots {
            clock.boot_again();
        }
        let mut desk = Desk::open_at(&killed, &clock);
        looks(&mut desk, 10);
        let told = silences(&desk);
        assert_eq!(told.first().map(|silence| silence.cause), cause, "{secs} s");
        if let Some(silence) = told.first() {
            assert_eq!((silence.from, silence.secs()), (instant("2026-11-22T08:00:00Z"), secs));
            assert_eq!(silence.sessions, [SessionId(1)]);
        }
    }
}

#[test]
fn what_was_not_answered_is_asked_again_and_what_was_is_not() {
    let (disk, clock) = (MemoryDisk::new(), clock());
    let desk = with_timer(&disk, &clock);
    let killed = disk.after_power_cut();
    drop(desk);
    clock.advance(7_800);
    let mut desk = Desk::open_at(&killed, &clock);
    looks(&mut desk, 10);
    clock.advance(600);
    looks(&mut desk, 20);
    assert!(beats_at(&killed, "08:00:00Z"), "none is written over the one that the question began with");
    desk.close();
    let mut desk = Desk::open_at(&killed, &clock);
    looks(&mut desk, 30);
    let asked = silences(&desk);
    assert_eq!(asked.len(), 1);
    let answer = asked[0].paused(desk.opened.book.session(SessionId(1)).unwrap());
    becomes(&mut desk, answer);
    until(|| beats_at(&killed, "10:20:00Z"));
    desk.close();
    clock.advance(7_800);
    let mut desk = Desk::open_at(&killed, &clock);
    looks(&mut desk, 40);
    assert_eq!(silences(&desk), []);
}

#[test]
fn a_torn_one_or_none_of_ours_says_nothing_and_is_written_anew() {
    let (disk, clock) = (MemoryDisk::new(), clock());
    let desk = with_timer(&disk, &clock);
    let killed = disk.after_power_cut();
    drop(desk);
    clock.advance(7_800);
    let text = heartbeat(&killed).unwrap();
    for found in [&text.as_bytes()[..20], b"", b"\xff\xfe", b"hello"] {
        let disk = killed.after_power_cut();
        disk.put(at("heartbeat"), found);
        let mut desk = Desk::open_at(&disk, &clock);
        looks(&mut desk, 10);
        assert_eq!(silences(&desk), []);
        assert!(beats_at(&disk, "10:10:00Z"), "{:?}", heartbeat(&disk));
        assert_eq!(desk.opened.findings, []);
    }
}

#[test]
fn a_machine_that_slept_is_noticed_and_a_clock_that_was_set_back_is_not_taken_for_it() {
    let (disk, clock) = (MemoryDisk::new(), clock());
    let mut desk = with_timer(&disk, &clock);
    clock.sleep(3_600);
    desk.opened.journal.hurry();
    let told = desk.wait(|progress| !progress.silences.is_empty());
    let silence = &told.silences[0];
    assert_eq!((silence.cause, silence.secs(), silence.from), (Cause::Asleep, 3_600, instant("2026-11-22T08:00:00Z")));
    let answer = silence.paused(desk.opened.book.session(SessionId(1)).unwrap());
    becomes(&mut desk, answer);
    clock.set(instant("2026-11-22T07:00:00Z"));
    looks(&mut desk, 10);
    assert_eq!(silences(&desk).len(), 1);
}

#[test]
fn one_that_cannot_be_written_is_no_trouble() {
    let (disk, clock) = (MemoryDisk::new(), clock());
    disk.set_fault(Some(Fault {
        operation: Operation::Write,
        path_contains: "heartbeat".to_owned(),
        kind: io::ErrorKind::StorageFull,
        bytes_written: 3,
    }));
    let mut desk = Desk::open_at(&disk, &clock);
    desk.change(Change::create(running()));
    desk.wait_saved();
    looks(&mut desk, 10);
    assert_eq!(desk.opened.journal.progress().trouble, None);
    assert_eq!(heartbeat(&disk), None);
    disk.set_fault(None);
    looks(&mut desk, 20);
    until(|| heartbeat(&disk).is_some());
}
