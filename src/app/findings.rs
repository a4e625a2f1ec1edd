//! Findings of the store, as the window shows them.

use std::collections::BTreeMap;

use crate::domain::book::Book;
use crate::domain::span::{Now, user_day};
use crate::store::{Excerpts, Extent, Finding, Remedy, SCHEMA, Weight, What, backup};
use crate::ui::format::Style;
use crate::ui::view::backups::when;
use crate::ui::view::findings::{self as view, Found, LookedUp};
use crate::ui::view::lacking::{Lack, Lacking};

/// Findings for the window.
pub fn shown(findings: &[Finding]) -> Vec<Found> {
    findings.iter().map(found).collect()
}

fn found(finding: &Finding) -> Found {
    Found {
        file: finding.file.display().to_string(),
        line: finding.line,
        column: finding.column,
        words: finding.what.to_string(),
        kept: finding.kept(),
        sentence: finding.to_string(),
        locked: finding.locked,
        quiet: finding.weight() == Weight::Quiet,
        remedy: match finding.remedy() {
            Remedy::None => view::Remedy::None,
            Remedy::Lines => view::Remedy::Lines,
            Remedy::File => view::Remedy::File,
        },
        is_missing: finding.what == What::Missing,
        lacks: finding.lacks().map(|(lacked, extent)| (lacked, lack(extent))),
    }
}

fn lack(extent: Extent) -> Lack {
    match extent {
        Extent::Part => Lack::Part,
        Extent::Whole => Lack::Whole,
    }
}

/// What becomes of files in an older schema.
pub fn of_older_schema(schema: u32) -> String {
    format!(
        "Your files are of an older version of TrueRate (schema {schema}). They are brought to schema {SCHEMA} as you work; \
         a copy of them as they were goes to the folder “backups” first"
    )
}

/// What totals may lack for what was found.
pub fn lacking(found: &[Found]) -> Lacking {
    let mut lacking = Lacking::default();
    for (lacked, lack) in found.iter().filter_map(|found| found.lacks) {
        lacking.note(lacked, lack);
    }
    lacking
}

/// A backup by its day and time, "Sun 22 Nov, 12:00", of the name of its folder.
pub fn backup_words(book: &Book, name: &str, now: Now) -> String {
    let settings = book.settings();
    let today = user_day(now.at, now.zone, settings.day_start_minutes);
    let words = |found| when(found, now.zone, today, Style::of(settings));
    backup::from_name(name).map_or_else(|| name.to_owned(), words)
}

/// What was looked up, for the window.
pub fn looked_up(excerpts: Excerpts, book: &Book, now: Now) -> LookedUp {
    let Excerpts { lines, backups } = excerpts;
    let lines = lines.into_iter().map(|((file, line), text)| ((file.display().to_string(), line), text));
    let backups: BTreeMap<String, String> = backups
        .into_iter()
        .map(|(file, backup)| (file.display().to_string(), backup_words(book, &backup, now)))
        .collect();
    LookedUp { lines: lines.collect(), backups }
}
