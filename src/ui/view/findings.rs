//! What was found wrong in the files, in words: by file, each with its place, what it means and what can be done.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::lacking::Lack;
use crate::ports::Lacked;
use crate::ui::format;

/// Something wrong with the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The file, inside the book's folder.
    pub file: String,
    /// The line, from 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// The letter in the line, from 1.
    pub column: Option<usize>,
    /// What is wrong, a sentence without its full stop.
    pub words: String,
    /// What became of it, likewise.
    pub kept: &'static str,
    /// All of it in one sentence, place and all: by it the user puts it aside.
    pub sentence: String,
    /// Whether the file is not rewritten until it is mended.
    pub locked: bool,
    /// Whether nothing is missing for it: a line that can be dismissed.
    pub quiet: bool,
    /// What can be done about its file.
    pub remedy: Remedy,
    /// Whether the file itself is gone.
    pub is_missing: bool,
    /// What totals may lack for it, and how much of it.
    pub lacks: Option<(Lacked, Lack)>,
}

/// What can be done about a file beside mending it by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// Nothing by us.
    None,
    /// Its broken lines can be taken out.
    Lines,
    /// It can be begun anew with what can be read.
    File,
}

/// What was looked up about findings since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookedUp {
    /// What stands in a line, cut; by file and line.
    pub lines: BTreeMap<(String, usize), String>,
    /// The newest backup that has a file whole, in words: "Tue 24 Nov, 9:12".
    pub backups: BTreeMap<String, String>,
}

/// What a file is mended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MendBy {
    /// The copy of a backup.
    Backup,
    /// Without what can't be read.
    SettingAside,
}

/// One way to mend a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is done.
    pub by: MendBy,
    /// The words of its button.
    pub words: &'static str,
    /// What comes of it, and what becomes of the file as it stands.
    pub line: String,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// "line 3, column 14"; empty where the whole file is meant.
    pub place: String,
    /// What is wrong.
    pub words: String,
    /// What stands there; empty where it isn't known.
    pub excerpt: String,
}

/// A file with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileGroup {
    /// The file, inside the book's folder.
    pub file: String,
    /// What was found, by line.
    pub rows: Vec<FoundRow>,
    /// What became of it, and what it means for totals and for new changes; sentences.
    pub means: Vec<String>,
    /// How it can be mended.
    pub offers: Vec<Offer>,
    /// What is told of it elsewhere; empty where it asks for nothing.
    pub told: String,
    /// Whether there is a file to open.
    pub is_there: bool,
    /// Whether nothing is missing for it.
    pub quiet: bool,
}

/// All that was found, by file: what asks for a choice first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingsView {
    /// The files.
    pub groups: Vec<FileGroup>,
}

/// The rows of one file that are told; the rest is counted.
const MOST_ROWS: usize = 20;

impl FindingsView {
    /// The view. `can_mend` where the book is open for changes, or will be once it is read again.
    #[must_use]
    pub fn of(found: &[Found], looked: Option<&LookedUp>, can_mend: bool) -> Self {
        let mut by_file: BTreeMap<(bool, &str), Vec<&Found>> = BTreeMap::new();
        let loud: BTreeSet<&str> = found.iter().filter(|found| !found.quiet).map(|found| found.file.as_str()).collect();
        for one in found {
            by_file.entry((!loud.contains(one.file.as_str()), &one.file)).or_default().push(one);
        }
        let groups = by_file.into_iter().map(|((quiet, file), mut found)| {
            found.sort_by_key(|found| (found.line, found.column));
            group(file, quiet, &found, looked, can_mend)
        });
        Self { groups: groups.collect() }
    }

    /// What is said where nothing was found.
    pub const NOTHING: &'static str = "Every file was read whole. Nothing is wrong.";
}

fn group(file: &str, quiet: bool, found: &[&Found], looked: Option<&LookedUp>, can_mend: bool) -> FileGroup {
    let mut rows: Vec<FoundRow> = found.iter().take(MOST_ROWS).map(|found| row(found, looked)).collect();
    if let Some(more) = found.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        let words = format!("and {more} more in this file");
        rows.push(FoundRow { place: String::new(), words, excerpt: String::new() });
    }
    let locked = found.iter().any(|found| found.locked);
    let mut means: Vec<String> = Vec::new();
    for kept in found.iter().map(|found| format!("{}.", found.kept)) {
        if !means.contains(&kept) {
            means.push(kept);
        }
    }
    match found.iter().filter_map(|found| found.lacks).max_by_key(|(_, lack)| *lack) {
        Some((Lacked::Sessions(month), Lack::Whole)) => {
            means.push(format!("Totals over {} are without it and say so.", format::month(month)));
        }
        Some((Lacked::Sessions(month), Lack::Part)) => {
            let month = format::month(month);
            means.push(format!("Totals over {month} may be without a part of it and say so."));
        }
        Some((Lacked::Money(_), _)) => {
            means.push("What is paid and what work was worth leans on it: totals may be wrong and say so.".to_owned());
        }
        Some((Lacked::Folder, _)) => means.push("Totals are without all that is in it and say so.".to_owned()),
        Some((Lacked::Tables, _)) => {
            means.push("Platforms, projects or terms may be missing; totals may be wrong and say so.".to_owned());
        }
        None if found.iter().all(|found| found.quiet) => means.push("No total lacks anything.".to_owned()),
        None => means.push("Totals go by what can be read.".to_owned()),
    }
    if locked {
        means.push("Nothing is written over this file; new changes to it are safe in the journal.".to_owned());
    }
    let is_missing = found.iter().any(|found| found.is_missing);
    let remedy = found.iter().map(|found| found.remedy).max().unwrap_or(Remedy::None);
    let backup = looked.and_then(|looked| looked.backups.get(file));
    let mut offers = Vec::new();
    if can_mend && remedy != Remedy::None {
        if let Some(backup) = backup {
            offers.push(Offer {
                by: MendBy::Backup,
                words: "Use the backup’s copy",
                line: format!(
                    "It is of {backup}. Newer changes come over it from the journal; what stands here now is kept in \
                     the folder “damaged”"
                ),
            });
        } else if looked.is_some() {
            means.push("No backup holds it whole.".to_owned());
        }
        let (words, line) = match remedy {
            Remedy::File if is_missing => ("Begin the file anew", "With what the journal still holds of it"),
            Remedy::File => (
                "Begin the file anew",
                "With the lines that can be read and what the journal holds; what stands here now is kept in the \
                 folder “damaged”",
            ),
            Remedy::Lines | Remedy::None => (
                "Set the broken lines aside",
                "The file is written without them; as it stands now it is kept in the folder “damaged”",
            ),
        };
        offers.push(Offer { by: MendBy::SettingAside, words, line: line.to_owned() });
    }
    let loud: Vec<&Found> = found.iter().copied().filter(|found| !found.quiet).collect();
    FileGroup {
        told: if quiet { String::new() } else { told_of(file, &loud) },
        file: file.to_owned(),
        rows,
        means,
        offers,
        is_there: !is_missing,
        quiet,
    }
}

fn row(found: &Found, looked: Option<&LookedUp>) -> FoundRow {
    let place = match (found.line, found.column) {
        (None, _) => String::new(),
        (Some(line), None) => format!("Line {line}"),
        (Some(line), Some(column)) => format!("Line {line}, column {column}"),
    };
    let excerpt =
        found.line.and_then(|line| looked?.lines.get(&(found.file.clone(), line)).cloned()).unwrap_or_default();
    FoundRow { place, words: found.words.clone(), excerpt }
}

/// What is told of each file that asks for a choice, a sentence each.
#[must_use]
pub fn told(found: &[Found]) -> Vec<String> {
    let mut by_file: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for one in found.iter().filter(|found| !found.quiet) {
        by_file.entry(&one.file).or_default().push(one);
    }
    by_file.into_iter().map(|(file, found)| told_of(file, &found)).collect()
}

fn told_of(file: &str, found: &[&Found]) -> String {
    match found {
        [one] => one.sentence.clone(),
        many => {
            let first = many.iter().filter_map(|found| found.line).min();
            let place = first.map_or_else(String::new, |line| format!(", the first in line {line}"));
            format!("{file}: {} things are wrong{place}", many.len())
        }
    }
}

/// What is said in one line of what asks for nothing; empty where there is nothing of the kind.
#[must_use]
pub fn quiet_line(found: &[Found]) -> String {
    let quiet: Vec<&Found> = found.iter().filter(|found| found.quiet).collect();
    match quiet.as_slice() {
        [] => String::new(),
        [one] => format!("{}. {}: {}", one.kept, one.file, one.words),
        many => format!("{} small things were found in your files; no figure is any different", many.len()),
    }
}
