//! Files of others, each beside what is read from it; and what holds for every file.
//!
//! The files in `tests/fixtures/import` are our own, in the shape that was seen. `TRUERATE_WRITE_GOLDEN=1` writes what is read
//! anew; read the difference before it is kept.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test that reads files of its own, and ends where they are not there"
)]

mod hostile;
mod laws;
mod said;
mod taken;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use truerate::import::{self, Going, Options};

const ZONE: truerate::domain::span::Zone = chrono_tz::Europe::Berlin;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

/// The files, by name.
fn files() -> BTreeSet<PathBuf> {
    let all = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_none_or(|extension| extension != "said")).collect()
}

#[test]
fn every_file_reads_as_it_is_written_beside_it() {
    let mut wrong = Vec::new();
    for path in files() {
        let bytes = fs::read(&path).unwrap();
        let read = import::read(&bytes, Options::new(ZONE), &Going::ON);
        let said = said::of(&read);
        let beside = PathBuf::from(format!("{}.said", path.display()));
        if std::env::var_os("TRUERATE_WRITE_GOLDEN").is_some() {
            fs::write(&beside, &said).unwrap();
        }
        let wanted = fs::read_to_string(&beside).unwrap_or_default();
        if said != wanted {
            wrong.push(format!("{}\n{said}", path.file_name().unwrap().display()));
        }
    }
    assert!(wrong.is_empty(), "read otherwise than written beside:\n{}", wrong.join("\n"));
}
