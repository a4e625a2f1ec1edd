//! Undo after any command: the files hold the same records, byte for byte, whatever the headers say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use truerate::engine::Engine;
use truerate::ports::fake::{FakeClock, MemoryDisk};
use truerate::store;

use crate::generated::{book, command, now, steps};

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

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
