//! Checking: every file, checksum, reference and invariant of a Book, without its lock and without writing anything.
//!
//! It tells more than opening does: opening settles what a crash may leave (a record in two files, one in the file of
//! another month) on the quiet, and never looks into backups.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::backup::{BACKUPS, missing};
use super::files::{FileId, MONEY, SESSIONS, month_from_path};
use super::finding::{Finding, What};
use super::load::get::bytes_of;
use super::load::{kind_of, load};
use super::{line, mend, soundness};
use crate::domain::change::Key;
use crate::domain::query::soundness::{Breach, breaches};
use crate::domain::settings::Settings;
use crate::ports::Disk;

/// What checking came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is wrong; those of backups name their file from the Book's folder.
    pub findings: Vec<Finding>,
    /// Files with records that were read.
    pub files: usize,
    /// Records in them.
    pub records: usize,
    /// Changes in the journal.
    pub changes: usize,
    /// Backups that were read.
    pub backups: usize,
}

/// Checks the Book in a folder. `defaults` are the settings of a Book that has none.
#[must_use]
pub fn check(disk: &dyn Disk, dir: &Path, defaults: &Settings) -> Checked {
    let loaded = load(disk, dir, defaults.clone());
    let mut checked = Checked { changes: loaded.entries.len(), ..Checked::default() };
    checked.findings = loaded.findings;
    places(disk, dir, &mut checked);
    let mut breaches = breaches(&loaded.book);
    if soundness::may_lack_records(&checked.findings) {
        // What is named may be among what is missing.
        breaches.retain(|(_, breach)| !matches!(breach, Breach::Dangling(_)));
    }
    checked.findings.extend(soundness::findings(disk, dir, &loaded.book, &breaches));
    backups(disk, dir, defaults, &mut checked);
    let order = |finding: &Finding| (finding.file.clone(), finding.line, finding.column);
    checked.findings.sort_by_key(order);
    checked.findings.dedup();
    checked
}

/// Where each record stands: once, and in the file that it belongs into.
fn places(disk: &dyn Disk, dir: &Path, checked: &mut Checked) {
    let mut seen: HashMap<Key, (u64, FileId, usize)> = HashMap::new();
    // What opening could not settle it has told already.
    let twice = checked.findings.iter().filter(|finding| matches!(finding.what, What::Twice { .. }));
    let told: HashSet<(PathBuf, usize)> =
        twice.filter_map(|finding| Some((finding.file.clone(), finding.line?))).collect();
    for id in files(disk, dir) {
        let Some(bytes) = bytes_of(disk, &dir.join(id.path())) else { continue };
        let read = line::read_file(&bytes);
        let through = read.header.and_then(|header| header.through).unwrap_or(0);
        checked.files += 1;
        checked.records += read.records.len();
        for (line, record) in read.records {
            let found = |file: FileId, line: usize, what: What| Finding {
                file: file.path(),
                line: Some(line),
                column: None,
                what,
                locked: false,
            };
            let (record_kind, home) = (kind_of(&record).to_owned(), FileId::of(&record));
            if home != id {
                let what = What::Elsewhere { record: record_kind.clone(), home: home.path() };
                checked.findings.push(found(id, line, what));
            }
            let here = (through, id, line);
            let Some(known) = seen.insert(record.key(), here) else { continue };
            let ((_, old, old_line), newer) = if known.0 <= through { (known, here) } else { (here, known) };
            seen.insert(record.key(), newer);
            if !told.contains(&(old.path(), old_line)) {
                let what = What::Older { record: record_kind, other: newer.1.path() };
                checked.findings.push(found(old, old_line, what));
            }
        }
    }
}

/// The files that hold records and are there, `book.ron` first.
fn files(disk: &dyn Disk, dir: &Path) -> Vec<FileId> {
    let mut files = vec![FileId::Book];
    for (folder, id) in [(SESSIONS, FileId::Sessions as fn(_) -> FileId), (MONEY, FileId::Money as fn(_) -> FileId)] {
        // A folder that can't be read is a finding of loading.
        let paths: Vec<PathBuf> = disk.list(&dir.join(folder)).unwrap_or_default();
        files.extend(paths.iter().filter_map(|path| month_from_path(path)).map(id));
    }
    files
}

fn backups(disk: &dyn Disk, dir: &Path, defaults: &Settings, checked: &mut Checked) {
    match mend::backups(disk, dir) {
        Ok(folders) => {
            for folder in folders {
                let name = Path::new(BACKUPS).join(folder.file_name().unwrap_or_default());
                let loaded = load(disk, &folder, defaults.clone());
                checked.backups += 1;
                let mut findings = loaded.findings;
                // One that can't be listed is a finding of loading.
                for file in missing(disk, &folder).unwrap_or_default() {
                    if findings.iter().all(|found| found.file != file) {
                        findings.push(Finding { file, line: None, column: None, what: What::Missing, locked: false });
                    }
                }
                let findings = findings.into_iter();
                checked.findings.extend(findings.map(|finding| Finding { file: name.join(&finding.file), ..finding }));
            }
        }
        Err(error) => checked.findings.push(Finding {
            file: PathBuf::from(BACKUPS),
            line: None,
            column: None,
            what: What::Unreadable(error.to_string()),
            locked: false,
        }),
    }
}
