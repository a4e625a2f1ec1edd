//! The pieces behind a figure of the exposure page, each with what it opens.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::query::calendar::ExpectedKey;
use crate::domain::query::exposure::{Age, OpenRow, OpenState, Overview};
use crate::ui::format::{NONE, Style};
use crate::ui::view::names::{self, Mark};

/// Which pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// Those of a row of the table, by its place; the row of all after the last.
    Row {
        /// The row.
        row: usize,
        /// Only of this age.
        age: Option<Age>,
    },
    /// Those of a state, of all platforms.
    State(OpenState),
}

/// What a piece opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// An expected payout.
    Expected(ExpectedKey),
    /// A payout that was sent.
    Payout(PayoutId),
}

/// One piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceLine {
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// Its name.
    pub platform: String,
    /// "Aloe"; empty where no project is known.
    pub project: String,
    /// "Thu 19 Nov".
    pub on: String,
    /// "in review".
    pub state: &'static str,
    /// "~ $50.00" where it is an estimate.
    pub amount: String,
    /// What it opens.
    pub opens: Option<Opens>,
}

impl PieceLine {
    fn of(book: &Book, platform: Option<PlatformId>, row: &OpenRow, today: NaiveDate) -> Self {
        let style = Style::of(book.settings());
        let opens = row.expected.map(Opens::Expected).or(row.payout.map(Opens::Payout));
        Self {
            mark: Mark::of_id(book, platform),
            platform: names::payer(book, platform),
            project: row.project.map_or_else(String::new, |id| names::project(book, Some(id))),
            on: row.on.map_or_else(|| NONE.to_owned(), |on| style.day(on, today)),
            state: names::open_state(row.state),
            amount: if row.is_estimate() { style.estimate(row.amount) } else { style.money(row.amount) },
            opens,
        }
    }

    /// Read aloud: "Outlier, Aloe, Thu 19 Nov, in review, ~ $50.00".
    #[must_use]
    pub fn spoken(&self) -> String {
        let parts = [&*self.platform, &*self.project, &*self.on, self.state, &*self.amount];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// The pieces of a figure: platform by platform in the order of the table, in each by state and day.
#[must_use]
pub fn pieces(book: &Book, overview: &Overview, pick: Pick, today: NaiveDate) -> Vec<PieceLine> {
    let wanted = |row: &OpenRow| match pick {
        Pick::Row { age: Some(age), .. } => Age::of(row.on, today) == age,
        Pick::Row { age: None, .. } => true,
        Pick::State(state) => row.state == state,
    };
    let mut lines = Vec::new();
    for (at, owed) in overview.rows.iter().enumerate() {
        let here = match pick {
            Pick::Row { row, .. } => row == at || row >= overview.rows.len(),
            Pick::State(_) => true,
        };
        if here {
            let rows = owed.rows.iter().filter(|row| wanted(row));
            lines.extend(rows.map(|row| PieceLine::of(book, owed.platform, row, today)));
        }
    }
    lines
}
