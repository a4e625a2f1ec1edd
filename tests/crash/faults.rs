//! Every step on the disk fails in turn, in each of six ways, once or many times in a row, and the program goes on.
//!
//! Histories of a few hundred steps together are cut into acts, each from opening to closing. For each step on the disk of an act
//! the act is played again, over the disk as it stood, with that step failing. Nothing is waited for but the writer: its
//! pauses are none.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use fastrand::Rng;
use truerate::domain::book::Book;
use truerate::ports::Clock;
use truerate::ports::fake::FakeClock;

use crate::desk::{Desk, Record, Step, ZONE, clock, defaults, held};
use crate::disk::{Failing, Fault, SimDisk};
use crate::script;
use crate::states::{go_on, holds};
use crate::tree::Tree;

/// Histories, each from an empty folder on.
const HISTORIES: u64 = 5;
/// Acts of a history.
const ACTS: u64 = 8;
/// Days between two acts.
const DAYS: i64 = 16;
/// Bytes that a step writes.
const BLOCK: usize = 4096;
/// Steps of the user in an act.
const STEPS: u64 = 6;
/// How often a step fails where it is not mended at once: more often than closing tries.
const MANY: usize = 7;
/// One in so many plays is gone on with afterwards.
const GOES_ON: usize = 7;

/// From opening to closing.
struct Act {
    tree: Tree,
    record: Record,
    clock: FakeClock,
    newest_first: bool,
    steps: Vec<Step>,
    /// How many steps on the disk it takes where nothing fails.
    on_disk: usize,
}

/// A history without a fault.
fn acts(seed: u64) -> Vec<Act> {
    let mut rng = Rng::with_seed(seed);
    let disk = SimDisk::breaking(None).in_chunks(BLOCK);
    let clock = clock();
    let record = Arc::new(Mutex::new(Record::beginning_with(Book::new(defaults()))));
    (0..ACTS)
        .map(|nth| {
            let newest_first = nth % 2 == 1;
            let (tree, before) = (disk.tree(), held(&record).clone());
            let begun = FakeClock::new(clock.now().at, ZONE);
            disk.set_fault(None);
            let mut desk = Desk::open(&disk, &clock, &record, newest_first).unwrap();
            assert_eq!(desk.findings, []);
            let steps = (0..STEPS).map(|step| {
                let step = script::next(&mut rng, desk.engine.book(), desk.now(), nth * STEPS + step);
                desk.does(&step);
                assert!(desk.saved());
                step
            });
            let steps = steps.collect();
            desk.close().unwrap();
            clock.advance(DAYS * 86_400);
            Act { tree, record: before, clock: begun, newest_first, steps, on_disk: disk.steps().0 }
        })
        .collect()
}

/// Plays an act while something fails.
///
/// # Errors
/// What is lost, wrong, or does not go on.
fn play(act: &Act, fault: Fault, goes_on: bool) -> Result<(), String> {
    let disk = SimDisk::holding(act.tree.clone()).in_chunks(BLOCK);
    let clock = FakeClock::new(act.clock.now().at, ZONE);
    let record = Arc::new(Mutex::new(act.record.clone()));
    disk.set_fault(Some(fault));
    let mut desk = open(&disk, &clock, &record, act.newest_first)?;
    let mut saved = 0;
    for (nth, step) in act.steps.iter().enumerate() {
        desk.does(step);
        // The last one is not waited for: closing has to save it, or to say that it didn't.
        if nth + 1 < act.steps.len() {
            if !desk.saved() {
                return Err(format!("step {nth} is never saved"));
            }
            saved = held(&record).last();
        }
    }
    let closed = desk.close();
    let failed = disk.steps().1;
    let record = held(&record).clone();
    let unsaved = match closed {
        Ok(()) => false,
        Err(error) if failed == 0 => return Err(format!("closing says “{error}”, and nothing failed")),
        Err(error) if error.starts_with("All changes are saved") => false,
        Err(error) if error.contains("could not be saved") => true,
        Err(error) => return Err(format!("closing says “{error}”")),
    };
    let least = if unsaved { saved } else { record.last() };
    disk.set_fault(None);
    let sure = disk.sure(&act.tree);
    let mut trees = vec![disk.tree()];
    if sure.fingerprint() != trees[0].fingerprint() {
        trees.push(sure);
    }
    for tree in &trees {
        let found = holds(tree, &record)?;
        if found < least {
            return Err(format!("{found} changes are there, and {least} were called saved"));
        }
        if goes_on {
            go_on(&SimDisk::holding(tree.clone()), &record, found)?;
        }
    }
    Ok(())
}

/// Opens the Book as a user would: again, where it says that the folder can't be written or that it can only be read.
fn open(disk: &SimDisk, clock: &FakeClock, record: &Arc<Mutex<Record>>, newest_first: bool) -> Result<Desk, String> {
    for _ in 0..MANY + 2 {
        match Desk::open(disk, clock, record, newest_first) {
            Ok(desk) if desk.engine.read_only().is_none() => return Ok(desk),
            Ok(desk) if desk.findings.is_empty() => return Err("read-only, and nothing is said of it".to_owned()),
            Ok(desk) => desk.close()?,
            Err(error) if disk.steps().1 == 0 => return Err(error.to_string()),
            Err(_) => {}
        }
    }
    Err("it can’t be opened though the disk is mended".to_owned())
}

#[test]
fn whatever_fails_what_was_called_saved_is_there_and_the_program_goes_on() {
    let acts: Vec<Act> = (1..=HISTORIES).flat_map(acts).collect();
    let mut plays: Vec<(usize, Fault)> = Vec::new();
    for (at, act) in acts.iter().enumerate() {
        for from in 1..=act.on_disk {
            for how in Failing::ALL {
                plays.push((at, Fault { from, count: 1, how }));
            }
            let how = Failing::ALL[(from + at) % Failing::ALL.len()];
            plays.push((at, Fault { from, count: MANY, how }));
        }
    }
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((nth, (at, fault))) =
                    Some(next.fetch_add(1, Ordering::SeqCst)).and_then(|nth| Some((nth, plays.get(nth)?)))
                {
                    let goes_on = nth % GOES_ON == 0;
                    let played = catch_unwind(AssertUnwindSafe(|| play(&acts[*at], *fault, goes_on)));
                    let error = match played {
                        Ok(Ok(())) => continue,
                        Ok(Err(error)) => error,
                        Err(_) => "a panic".to_owned(),
                    };
                    held(&wrong).push(format!("act {at}, {fault:?}: {error}"));
                }
            });
        }
    });
    let on_disk: usize = acts.iter().map(|act| act.on_disk).sum();
    println!("{} steps of the user, {on_disk} steps on the disk, {} faults", HISTORIES * ACTS * STEPS, plays.len());
    let wrong = held(&wrong);
    assert!(
        wrong.is_empty(),
        "{} of {} go wrong:\n{}",
        wrong.len(),
        plays.len(),
        wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn a_fault_of_the_writer_is_told_and_is_no_waiting_for_ever() {
    let disk = SimDisk::breaking(None);
    let record = Arc::new(Mutex::new(Record::beginning_with(Book::new(defaults()))));
    let mut desk = Desk::open(&disk, &clock(), &record, false).unwrap();
    disk.set_fault(Some(Fault { from: 1, count: 1, how: Failing::Panics }));
    let step = script::next(&mut Rng::with_seed(1), desk.engine.book(), desk.now(), 0);
    desk.does(&step);
    assert!(desk.fails().contains("fault of the program"));
    assert!(desk.close().unwrap_err().contains("fault of the program"));
    disk.set_fault(None);
    assert!(Desk::open(&disk, &clock(), &record, false).is_ok(), "the lock went with it");
}
