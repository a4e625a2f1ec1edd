//! The same rows as text: a line an item, its six cells between bars or tabs.
//!
//! `2026-03-04T18:20:00Z | Paper Lantern | Time Entry | 1h 15min | $30.00 | Pending Approval`. A stamp that somebody wrote
//! down is no number of the page: what is in both is doubtful, and never taken twice by itself.

use chrono::{DateTime, Utc};

use super::{Item, Reading, Statement};
use crate::domain::span::Timestamp;
use crate::domain::statement::{Decimals, Why};
use crate::import::cells::{Amounts, shortened};
use crate::import::{Options, Unreadable};

/// Whether a text is one: its first line that is no blank has six cells, a stamp first and a known title third.
pub(in crate::import::formats) fn is_one(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
    let cells = first.map(cells).unwrap_or_default();
    matches!(cells.as_slice(), [at, _, "Time Entry" | "Task Submission", _, _, _] if stamp(at).is_some())
}

#[expect(clippy::unnecessary_wraps, reason = "one of several formats, which can fail")]
pub(in crate::import::formats) fn read(text: &str, options: Options) -> Result<Statement, Unreadable> {
    let amounts = Amounts::with(Decimals::Point, options);
    let mut reading = Reading::new("DataAnnotation rows", "dataannotation-rows").paid_by("DataAnnotation");
    for (number, line) in (1_u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let found = match cells(line).as_slice() {
            [at, project, title, length, amount, status] => match stamp(at) {
                Some(at) => {
                    Item { at, project, title, length, amount, status, referral: false }.read(amounts, options.zone)
                }
                None => Err(Why::Day(shortened(at))),
            },
            other => Err(Why::Cells { found: other.len(), wanted: 6 }),
        };
        reading.take(number, found);
    }
    Ok(reading.statement)
}

fn cells(line: &str) -> Vec<&str> {
    let between = if line.contains('\t') { '\t' } else { '|' };
    line.split(between).map(str::trim).collect()
}

/// A stamp with its offset.
fn stamp(text: &str) -> Option<Timestamp> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc))
}
