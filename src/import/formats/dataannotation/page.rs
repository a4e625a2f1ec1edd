//! The rows of the saved page: a run of tags, of which only those of the table are looked at.
//!
//! A row is a `tr` whose id begins with `row-`, a cell a tag with `data-column-id`. How deep a row stands is told by its class
//! or indent, and where neither says so by what is in it: a time makes an item, a date without a year a day.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::{Level, instant_of_millis};
use crate::domain::span::Timestamp;
use crate::domain::statement::Why;
use crate::import::Unreadable;
use crate::import::cells::shortened;

/// The most bytes of the text of a cell.
const MOST_CELL: usize = 64 * 1024;
/// The most rows of a page.
const MOST_ROWS: usize = 1_000_000;

/// Whether a text is the page.
pub(in crate::import::formats) fn is_one(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
        && (text.contains("data-column-id=\"timeAgo\"") || text.contains("data-column-id='timeAgo'"))
        && (text.contains("id=\"row-") || text.contains("id='row-"))
}

/// A row of the page.
#[derive(Debug, Default)]
pub(super) struct PageRow {
    /// Its place among the rows, from 1: a page is often a single line.
    pub(super) line: u64,
    pub(super) title: String,
    pub(super) amount: String,
    pub(super) length: String,
    pub(super) status: String,
    pub(super) referral: bool,
    /// What its `time` element says, in milliseconds since 1970.
    stamp: Option<String>,
    /// What its cell for the time shows.
    ago: String,
}

impl PageRow {
    /// How deep it stands. Items alone carry an instant, or one of the two titles; days are called `Feb 8`.
    pub(super) fn level(&self) -> Level {
        if self.stamp.is_some() || matches!(self.title.as_str(), "Time Entry" | "Task Submission") {
            Level::Item
        } else if is_day(&self.title) {
            Level::Day
        } else {
            Level::Project
        }
    }

    /// The instant of an item.
    pub(super) fn stamp(&self) -> Result<Timestamp, Why> {
        let text = self.stamp.as_deref().unwrap_or(&self.ago);
        instant_of_millis(text).ok_or_else(|| Why::Day(shortened(text)))
    }

    /// Newer pages put state and time into one cell, around a middle dot.
    fn finished(mut self) -> Self {
        for text in [&mut self.title, &mut self.amount, &mut self.length, &mut self.status, &mut self.ago] {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let cell = if self.status.is_empty() { &self.ago } else { &self.status };
        if self.status.is_empty() || cell.contains('·') {
            let part = cell.split('·').map(str::trim).find(|part| !part.is_empty() && !part.ends_with("ago"));
            self.status = part.unwrap_or_default().to_owned();
        }
        self
    }
}

/// Whether a title is a day: `Feb 8`, `Tue, Feb 8`.
fn is_day(title: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = title.split([' ', ',']).filter(|word| !word.is_empty()).rev();
    let (Some(number), Some(month)) = (words.next(), words.next()) else { return false };
    let month = month.to_lowercase();
    number.parse::<u32>().is_ok_and(|number| (1..=31).contains(&number))
        && MONTHS.iter().any(|known| month.starts_with(known))
        && words.count() <= 1
}

/// The rows of the page.
pub(super) fn rows(text: &str) -> Result<Vec<PageRow>, Unreadable> {
    let mut rows = Vec::new();
    let mut open: Option<PageRow> = None;
    let mut column = String::new();
    // What stands in a script is no tag.
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if tag.name == b"tr" => {
                rows.extend(open.take().map(PageRow::finished));
                column.clear();
                let line = u64::try_from(rows.len()).unwrap_or(u64::MAX).saturating_add(1);
                if rows.len() >= MOST_ROWS {
                    return Err(Unreadable::Line { line, why: "there are more than a million rows" });
                }
                let is_row = of(&tag, "id").starts_with("row-");
                open = is_row.then(|| PageRow { line, ..PageRow::default() });
            }
            Token::StartTag(tag) => {
                let Some(row) = &mut open else { continue };
                let named = of(&tag, "data-column-id");
                if !named.is_empty() {
                    column = named;
                }
                if tag.name == b"time" && row.stamp.is_none() {
                    row.stamp = Some(of(&tag, "datetime")).filter(|stamp| !stamp.is_empty());
                }
            }
            Token::String(shown) => {
                let Some(row) = &mut open else { continue };
                let shown = String::from_utf8_lossy(&shown.value);
                if shown.trim().eq_ignore_ascii_case("referral") {
                    row.referral = true;
                    continue;
                }
                let into = match column.as_str() {
                    "title" => &mut row.title,
                    "amount" => &mut row.amount,
                    "time" => &mut row.length,
                    "status" => &mut row.status,
                    "timeAgo" => &mut row.ago,
                    _ => continue,
                };
                if into.len() + shown.len() > MOST_CELL {
                    return Err(Unreadable::Line { line: row.line, why: "a cell has more than 64 kB" });
                }
                into.push_str(&shown);
                into.push(' ');
            }
            Token::EndTag(tag) if tag.name == b"tr" || tag.name == b"table" => {
                rows.extend(open.take().map(PageRow::finished));
                column.clear();
            }
            Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    rows.extend(open.map(PageRow::finished));
    if rows.is_empty() { Err(Unreadable::Empty) } else { Ok(rows) }
}

/// An attribute of a tag; empty where it has none.
fn of(tag: &StartTag<()>, name: &str) -> String {
    let found = tag.attributes.get(&HtmlString(name.as_bytes().to_vec()));
    found.map(|value| String::from_utf8_lossy(&value.value).trim().to_owned()).unwrap_or_default()
}
