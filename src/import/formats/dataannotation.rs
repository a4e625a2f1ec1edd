//! DataAnnotation: its payments page as a browser saves it, and the same rows as text.
//!
//! The page has three levels: a day, its projects, their items; each level adds up to the same money, so that only items are
//! read and the totals above them are a check. A page that was saved half open says so with the day that lacks items. Amounts
//! are US dollars by their sign alone.

mod lines;
mod page;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::{Found, Known, Reading, Then};
use crate::domain::money::{Currency, Money};
use crate::domain::span::{Timestamp, Zone, date_in};
use crate::domain::statement::{CreditKind, CreditState, Credited, Decimals, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, words};
use crate::import::{Options, Unreadable};

pub(super) use lines::{is_one as is_lines, read as read_lines};
pub(super) use page::is_one as is_page;

/// The table of the page where its text was copied: it has neither years nor times.
pub(super) const KNOWN: [Known; 1] = [Known {
    needs: &["daily reported projects & bonuses", "amount", "time reported"],
    then: Then::Refuse(
        "This is text copied from DataAnnotation’s payments page, which has no years in it: save the page in the browser and take that file, \
         or write lines such as 2026-03-04T18:20:00Z | Project | Time Entry | 1h 15min | $30.00 | Paid",
    ),
}];

/// How deep a row of the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Day,
    Project,
    Item,
}

/// An item as it is written.
struct Item<'a> {
    at: Timestamp,
    project: &'a str,
    title: &'a str,
    length: &'a str,
    amount: Money,
    status: &'a str,
    /// Whether a badge says that it is for bringing somebody.
    referral: bool,
}

/// Reads the page.
///
/// # Errors
/// [`Unreadable::Empty`] where it has no rows.
pub(super) fn read_page(text: &str, options: Options) -> Result<Statement, Unreadable> {
    let rows = page::rows(text)?;
    let amounts = Amounts::with(Decimals::Point, options);
    let mut reading = Reading::new("DataAnnotation payments page", "dataannotation").paid_by("DataAnnotation");
    let (mut day, mut project) = (None::<Day>, String::new());
    for row in &rows {
        match row.level() {
            Level::Day => {
                close(&mut reading, day.as_ref());
                project.clear();
                let total = amounts.must(&row.amount, Currency::USD).ok().map(|money| money.amount);
                day = Some(Day { line: row.line, total, items: Decimal::ZERO });
            }
            Level::Project => project.clone_from(&row.title),
            Level::Item => {
                let amount = amounts.must(&row.amount, Currency::USD);
                if let (Ok(amount), Some(day)) = (&amount, &mut day) {
                    day.items = day.items.checked_add(amount.amount).unwrap_or(day.items);
                }
                let found = row.stamp().and_then(|at| {
                    let item = Item {
                        at,
                        project: &project,
                        title: &row.title,
                        length: &row.length,
                        amount: amount?,
                        status: &row.status,
                        referral: row.referral,
                    };
                    item.read(options.zone)
                });
                reading.take(row.line, found);
            }
        }
    }
    close(&mut reading, day.as_ref());
    Ok(reading.statement)
}

/// A day of the page: what it says it adds up to, and what its items do.
struct Day {
    line: u64,
    total: Option<Decimal>,
    items: Decimal,
}

/// Says of a day that is done whether items are missing.
fn close(reading: &mut Reading, day: Option<&Day>) {
    let Some(Day { line, total: Some(total), items }) = day else { return };
    let why = match items.cmp(total) {
        std::cmp::Ordering::Less => Why::Folded,
        std::cmp::Ordering::Greater => Why::MoreThanTotal,
        std::cmp::Ordering::Equal => return,
    };
    reading.take(*line, Err(why));
}

impl Item<'_> {
    fn read(&self, zone: Zone) -> Result<Found, Why> {
        let secs = words(self.length)?;
        let state = state(self.status);
        let unknown = matches!(state, CreditState::Unknown(_)).then(|| Note::StateUnknown(self.status.to_owned()));
        let kind = if self.referral || self.project.to_lowercase().contains("bonus") {
            CreditKind::Bonus
        } else {
            CreditKind::Work
        };
        let says = Credited {
            on: date_in(self.at, zone),
            is_work_day: true,
            at: Some(self.at),
            kind,
            word: self.title.to_owned(),
            amount: self.amount,
            state,
            secs,
            project: self.project.to_owned(),
            reference: String::new(),
        };
        // Two honest items may share all of it: the reading counts them.
        let sum = self.amount.amount.normalize().to_string();
        let parts = [&self.at.timestamp_millis().to_string(), self.title, &sum, self.project];
        Ok(Found::new(&parts, Says::Credited(says)).noting(unknown))
    }
}

/// Whether a title is that of an item; the other levels are called by day and project.
fn is_item(title: &str) -> bool {
    matches!(title, "Time Entry" | "Task Submission")
}

/// Where something stands. Newer pages count the days until it can be transferred, and write the word with one r or two.
fn state(word: &str) -> CreditState {
    let small = word.trim().to_lowercase();
    match small.strip_prefix("transferrable").or_else(|| small.strip_prefix("transferable")) {
        Some("" | " now" | " in 0 days") => CreditState::Available,
        Some(rest) if rest.trim_start().starts_with("in ") => CreditState::Approved,
        Some(_) => CreditState::Unknown(word.trim().to_owned()),
        None => match small.as_str() {
            "pending approval" | "pending" => CreditState::Pending,
            "approved" => CreditState::Approved,
            "paid" => CreditState::Sent,
            _ => CreditState::Unknown(word.trim().to_owned()),
        },
    }
}

/// An instant from milliseconds since 1970; `None` where they are none, or of no year that can be.
fn instant_of_millis(text: &str) -> Option<Timestamp> {
    let at = DateTime::from_timestamp_millis(text.trim().parse().ok()?)?;
    let believed = NaiveDate::from_ymd_opt(2015, 1, 1)?..NaiveDate::from_ymd_opt(2100, 1, 1)?;
    believed.contains(&at.date_naive()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_known_in_the_words_of_old_and_new_pages() {
        for (word, wanted) in [
            ("Pending Approval", CreditState::Pending),
            ("Transferrable", CreditState::Available),
            ("transferable in 4 days", CreditState::Approved),
            ("Transferrable in 0 days", CreditState::Available),
            ("Paid", CreditState::Sent),
            ("Transferrablest", CreditState::Unknown("Transferrablest".to_owned())),
        ] {
            assert_eq!(state(word), wanted, "{word}");
        }
    }

    #[test]
    fn a_page_of_tags_without_end_is_read_or_refused_and_never_followed_down() {
        let deep = format!(
            "<table data-column-id=\"timeAgo\"><tr id=\"row-1\"><td data-column-id=\"title\">{}Feb 8</td></tr>",
            "<div>".repeat(200_000)
        );
        assert!(is_page(&deep));
        let statement = read_page(&deep, Options::new(chrono_tz::UTC)).unwrap();
        assert!(statement.rows.is_empty());
        let long = format!(
            "<td data-column-id=\"timeAgo\"><tr id=\"row-1\"><td data-column-id=\"title\">{}",
            "x".repeat(100_000)
        );
        assert!(matches!(read_page(&long, Options::new(chrono_tz::UTC)), Err(Unreadable::Line { line: 1, .. })));
        let none = "<td data-column-id='timeAgo'>id='row-";
        assert_eq!(read_page(none, Options::new(chrono_tz::UTC)), Err(Unreadable::Empty));
    }
}
