//! Findings of the store, as the window shows them.

use std::collections::BTreeMap;

use crate::store::{Excerpts, Extent, Finding, Remedy, Weight, What};
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
        lacks: finding.lacks().map(|(month, extent)| (month, lack(extent))),
    }
}

fn lack(extent: Extent) -> Lack {
    match extent {
        Extent::Part => Lack::Part,
        Extent::Whole => Lack::Whole,
    }
}

/// What totals may lack for what was found.
pub fn lacking(found: &[Found]) -> Lacking {
    let mut lacking = Lacking::default();
    for (month, lack) in found.iter().filter_map(|found| found.lacks) {
        lacking.note(month, lack);
    }
    lacking
}

/// What was looked up, for the window.
pub fn looked_up(excerpts: Excerpts) -> LookedUp {
    let Excerpts { lines, backups } = excerpts;
    let lines = lines.into_iter().map(|((file, line), text)| ((file.display().to_string(), line), text));
    let backups: BTreeMap<String, String> =
        backups.into_iter().map(|(file, backup)| (file.display().to_string(), backup)).collect();
    LookedUp { lines: lines.collect(), backups }
}
