//! Undo after any command: the files hold the same records, byte for byte, whatever the headers say. And undo after a
//! restart: what was done, taken back and done again before goes on where it was, for 90 days.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use truerate::domain::book::Book;
use truerate::domain::command::Command;
use truerate::domain::settings::Settings;
use truerate::domain::span::Now;
use truerate::engine::Engine;
use truerate::ports::Saving;
use truerate::ports::fake::{FakeClock, MemoryDisk};
use truerate::store;

use crate::generated::{Step, book, command, now, steps};

const DIR: &str = "/book";

/// The record files, each without its header line; files without a record are as good as none.
fn records(disk: &MemoryDisk) -> BTreeMap<PathBuf, Vec<u8>> {
    disk.files()
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|kind| kind == "ron"))
        .filter(|(path, _)| !["journal", "backups"].iter().any(|aside| path.iter().any(|part| part == *aside)))
        .map(|(path, bytes)| {
            let header = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1);
            (path, bytes[header..].to_vec())
        })
        .filter(|(_, records)| !records.is_empty())
        .collect()
}

/// The engine over the Book of a disk, as the program opens it.
fn open(disk: &MemoryDisk, clock: &FakeClock, defaults: &Book) -> Engine {
    let site = store::Site::new(Arc::new(disk.clone()), Arc::new(clock.clone()), Path::new(DIR));
    let opened = store::open(site, (**defaults.settings()).clone()).unwrap();
    assert_eq!(opened.findings, []);
    Engine::new(opened.book, opened.entries, opened.last_sequence, Box::new(opened.journal), opened.read_only)
}

fn wait(engine: &Engine) {
    while engine.saving() != Saving::Saved {
        std::thread::yield_now();
    }
}

/// What undo and redo would do next, as far as they go.
fn stacks(engine: &Engine) -> (Option<String>, Option<String>) {
    (engine.undoable().map(str::to_owned), engine.redoable().map(str::to_owned))
}

/// What is done between two restarts.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Do(Step),
    Undo,
    Redo,
    /// Closed, with the files brought up to date, and opened.
    Reopen,
    /// Ended at once and opened over what the journal has.
    Kill,
}

fn deeds(most: usize) -> impl Strategy<Value = Vec<Deed>> {
    let step = || steps(2).prop_map(|steps| steps.first().map_or(Deed::Undo, |step| Deed::Do(*step)));
    let deed = prop_oneof![
        4 => step(),
        2 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        1 => Just(Deed::Reopen),
        1 => Just(Deed::Kill),
    ];
    prop::collection::vec(deed, 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn undo_and_redo_go_on_after_any_restart(seed in 0u64..1_000, deeds in deeds(24)) {
        let mut disk = MemoryDisk::new();
        let made = book(seed, 40);
        store::create(&disk, Path::new(DIR), &made).unwrap();
        let clock = FakeClock::new(now().at, now().zone);
        let mut engine = open(&disk, &clock, &made);
        // The Books before each change that stands, oldest first.
        let mut before: Vec<Book> = Vec::new();
        for (nth, deed) in deeds.iter().enumerate() {
            match deed {
                Deed::Do(step) => {
                    let was = engine.book().clone();
                    let done = command(engine.book(), *step, nth).is_some_and(|one| engine.dispatch(&one, now()).is_ok());
                    if done && engine.book().revision() != was.revision() {
                        before.push(was);
                    }
                }
                Deed::Undo => {
                    let undone = engine.undo(now()).is_ok();
                    let expected = before.pop();
                    prop_assert_eq!(undone, expected.is_some());
                    if let Some(expected) = expected {
                        prop_assert!(engine.book() == &expected, "deed {} takes the last change back", nth);
                    }
                }
                Deed::Redo => {
                    let was = engine.book().clone();
                    if engine.redo(now()).is_ok() {
                        before.push(was);
                    }
                }
                Deed::Reopen | Deed::Kill => {
                    wait(&engine);
                    let (was, could) = (engine.book().clone(), stacks(&engine));
                    if matches!(deed, Deed::Kill) {
                        let killed = disk.after_power_cut();
                        drop(engine);
                        disk = killed;
                    } else {
                        engine.close().unwrap();
                    }
                    engine = open(&disk, &clock, &made);
                    prop_assert!(engine.book() == &was, "deed {} is the same Book", nth);
                    prop_assert_eq!(stacks(&engine), could);
                }
            }
        }
        while let Some(expected) = before.pop() {
            engine.undo(now()).unwrap();
            prop_assert!(engine.book() == &expected);
        }
        prop_assert!(engine.undo(now()).is_err());
        engine.close().unwrap();
    }

    #[test]
    fn what_is_done_and_taken_back_leaves_the_files_as_they_were(seed in 0u64..1_000, steps in steps(10)) {
        let disk = MemoryDisk::new();
        let made = book(seed, 60);
        store::create(&disk, Path::new(DIR), &made).unwrap();
        let before = records(&disk);
        let clock = FakeClock::new(now().at, now().zone);
        let site = store::Site::new(Arc::new(disk.clone()), Arc::new(clock), Path::new(DIR));
        let opened = store::open(site, (**made.settings()).clone()).unwrap();
        prop_assert_eq!(&opened.findings, &[]);
        let mut engine = Engine::new(opened.book, opened.entries, opened.last_sequence, Box::new(opened.journal), None);
        let mut done = 0;
        for (nth, step) in steps.iter().enumerate() {
            let changes = command(engine.book(), *step, nth).is_some_and(|one| {
                let revision = engine.book().revision();
                engine.dispatch_in_sight(&one, now()).is_ok() && engine.book().revision() != revision
            });
            done += usize::from(changes);
        }
        for _ in 0..done {
            engine.undo(now()).unwrap();
        }
        prop_assert!(engine.book() == &made, "the same Book after {} steps", done);
        engine.close().unwrap();
        let after = records(&disk);
        prop_assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (path, records) in &before {
            prop_assert!(records == &after[path], "{}", path.display());
        }
    }
}

#[test]
fn changes_can_be_taken_back_for_ninety_days_and_not_for_longer() {
    let disk = MemoryDisk::new();
    let made = Book::new(Settings::new("USD".parse().unwrap(), now().zone));
    let clock = FakeClock::new(now().at, now().zone);
    let on_day = |day: i64| Now { at: now().at + chrono::TimeDelta::days(day), ..now() };
    // A change a session of work: on the first day, 30 days later, and 89 days after that.
    for (day, scale_percent) in [(0, 110), (30, 120), (119, 130)] {
        let mut engine = open(&disk, &clock, &made);
        let settings = Settings { scale_percent, ..(**engine.book().settings()).clone() };
        engine.dispatch(&Command::SetSettings(Box::new(settings)), on_day(day)).unwrap();
        engine.close().unwrap();
    }
    let mut engine = open(&disk, &clock, &made);
    let scales = std::iter::from_fn(|| engine.undo(on_day(119)).ok().map(|_| engine.book().settings().scale_percent));
    assert_eq!(scales.collect::<Vec<_>>(), [120, 110], "the change of 119 days ago stands for good");
    engine.redo(on_day(119)).unwrap();
    engine.close().unwrap();
    let mut engine = open(&disk, &clock, &made);
    engine.redo(on_day(119)).unwrap();
    assert_eq!(engine.book().settings().scale_percent, 130);
    engine.close().unwrap();
}
