//! Records that no command would have made, told with the line that they stand in.
//!
//! What is wrong is [`domain::query::soundness`](crate::domain::query::soundness)'s to say; here it becomes findings.
//! Files are read once more only where there is anything to tell.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::FileId;
use super::finding::{Finding, What};
use super::line;
use super::load::get::bytes_of;
use super::load::kind_of;
use crate::domain::book::Book;
use crate::domain::change::Key;
use crate::domain::query::soundness::{Breach, dangling_in};
use crate::domain::query::work::Work;
use crate::ports::Disk;

/// The records of the Book of a reading that name others which aren't there. Where records may be missing for another
/// reason that is `known`, nothing is said: what is named may be among them.
#[must_use]
pub fn unsound(disk: &dyn Disk, dir: &Path, work: &Work, known: &[Finding]) -> Vec<Finding> {
    if may_lack_records(known) {
        return Vec::new();
    }
    let found: Vec<_> = dangling_in(work).into_iter().map(|(key, named)| (key, Breach::Dangling(named))).collect();
    findings(disk, dir, work.book(), &found)
}

/// Whether records that stood in the files may be missing.
pub(super) fn may_lack_records(known: &[Finding]) -> bool {
    known.iter().any(|finding| finding.lacks().is_some() || matches!(finding.what, What::ChangesMissing { .. }))
}

/// The findings of breaches, one a record and breach, in the order of files and lines.
pub(super) fn findings(disk: &dyn Disk, dir: &Path, book: &Book, breaches: &[(Key, Breach)]) -> Vec<Finding> {
    let mut by_file: BTreeMap<FileId, Vec<(Key, Breach, &'static str)>> = BTreeMap::new();
    for (key, breach) in breaches {
        if let Some(record) = book.record(*key) {
            let known = by_file.entry(FileId::of(&record)).or_default();
            let told = (*key, *breach, kind_of(&record));
            if !known.contains(&told) {
                known.push(told);
            }
        }
    }
    let mut findings = Vec::new();
    for (file, breaches) in by_file {
        let path = file.path();
        let lines = lines_of(disk, &dir.join(&path));
        findings.extend(breaches.into_iter().map(|(key, breach, kind)| Finding {
            file: path.clone(),
            line: lines.get(&key).copied(),
            column: None,
            what: What::Unsound { record: kind.to_owned(), breach },
            locked: false,
        }));
    }
    findings.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    findings
}

/// The lines of the records in a file; none where it can't be read. A change that only the journal holds has none yet.
fn lines_of(disk: &dyn Disk, path: &Path) -> BTreeMap<Key, usize> {
    let Some(bytes) = bytes_of(disk, path) else { return BTreeMap::new() };
    line::read_file(&bytes).records.into_iter().map(|(line, record)| (record.key(), line)).collect()
}
