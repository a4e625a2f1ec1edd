//! Excerpts: what stands where something was found, cut to a few dozen letters, and which backup could help.
//!
//! A line may be anything: of any length, in any bytes. Its excerpt is one short line with everything that can't be
//! seen written out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files::FileId;
use super::finding::{Finding, Remedy};
use super::line;
use super::load::get::bytes_of;
use super::mend::newest_whole;
use crate::ports::Disk;

/// Letters before the place in an excerpt.
const BEFORE: usize = 24;
/// Letters from the place on.
const FROM: usize = 40;

/// What was looked up about findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpts {
    /// By file and line.
    pub lines: BTreeMap<(PathBuf, usize), String>,
    /// The newest backup that has a file whole, by the name of its folder.
    pub backups: BTreeMap<PathBuf, String>,
}

/// Looks up what stands where something was found. What can't be read has no excerpt.
#[must_use]
pub fn excerpts(disk: &dyn Disk, dir: &Path, findings: &[Finding]) -> Excerpts {
    let mut found = Excerpts::default();
    let files: BTreeSet<&PathBuf> = findings.iter().map(|finding| &finding.file).collect();
    for file in files {
        let here = || findings.iter().filter(|finding| finding.file == *file);
        let mut wanted: BTreeMap<usize, Option<usize>> = BTreeMap::new();
        for finding in here() {
            if let Some(line) = finding.line {
                wanted.entry(line).or_insert(finding.column);
            }
        }
        if !wanted.is_empty()
            && let Some(bytes) = bytes_of(disk, &dir.join(file))
        {
            for line in line::lines(&bytes) {
                if let Some(column) = wanted.remove(&line.number) {
                    found.lines.insert((file.clone(), line.number), excerpt(line.bytes, column));
                }
                if wanted.is_empty() {
                    break;
                }
            }
        }
        if let Some(id) = FileId::from_path(file).filter(|_| here().any(|finding| finding.remedy() != Remedy::None))
            && let Ok(Some((backup, _))) = newest_whole(disk, dir, id)
        {
            found.backups.insert(file.clone(), backup);
        }
    }
    found
}

/// A few dozen letters around a column (from 1) of a line, or from its start.
fn excerpt(line: &[u8], column: Option<usize>) -> String {
    let place = column.unwrap_or(1).saturating_sub(1);
    let from = place.saturating_sub(BEFORE);
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let letters = line.utf8_chunks().flat_map(|chunk| {
        let invalid = chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}"));
        chunk.valid().chars().map(visible).chain(invalid)
    });
    let mut letters = letters.skip(from);
    for letter in letters.by_ref().take(place - from + FROM) {
        text.push_str(&letter);
    }
    if letters.next().is_some() {
        text.push('…');
    }
    text
}

/// A letter as it can be seen: what has no shape, or would turn the line around, is written out.
fn visible(letter: char) -> String {
    let hidden = letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}');
    match letter {
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        _ if hidden => format!("\\u{{{:x}}}", u32::from(letter)),
        _ => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_short_line_whatever_stands_there() {
        assert_eq!(excerpt(b"Session(id: 3)", Some(9)), "Session(id: 3)");
        assert_eq!(excerpt(b"a\tb\x00c\r", None), "a\\tb\\u{0}c\\r");
        assert_eq!(excerpt(b"Session(\xff\xfe)", Some(9)), "Session(\\xff\\xfe)");
        assert_eq!(excerpt("\u{202e}abc ₦".as_bytes(), None), "\\u{202e}abc ₦");
        let long = "x".repeat(500) + "HERE" + &"y".repeat(500);
        let cut = excerpt(long.as_bytes(), Some(501));
        assert_eq!(cut, format!("…{}HERE{}…", "x".repeat(BEFORE), "y".repeat(FROM - 4)));
        assert_eq!(excerpt(long.as_bytes(), Some(5_000)), "…", "a column that isn’t there");
        assert_eq!(excerpt(b"", Some(1)), "");
    }
}
