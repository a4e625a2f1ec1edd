//! What a platform has not paid yet, by state: words for a tooltip, bars for its page, and the rows behind each.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::money::Money;
use crate::domain::query::calendar::{Calendar, ExpectedKey};
use crate::domain::query::exposure::{Exposure, OpenState, in_currency, open_rows};
use crate::ui::format::{NONE, Style};
use crate::ui::view::{names, reasons};

/// What is not yet paid.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenMoney {
    /// "$221.50"; [`NONE`] where nothing is owed.
    pub total: String,
    /// By state, those that hold anything; what is held last.
    pub parts: Vec<OpenPart>,
}

/// One state.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenPart {
    /// Which.
    pub state: OpenState,
    /// Of late money: whether any of it is surely late, not only later than expected.
    pub surely_late: bool,
    /// "in review", "below the minimum of $10.00", "4 days late".
    pub words: String,
    /// "$221.50".
    pub amount: String,
    /// Its share of all of them at today's exchange rates, 0 to 1; a pixel figure. `None` where a rate is missing.
    pub share: Option<f32>,
    /// The rows that it is made of, by day.
    pub rows: Vec<OpenLine>,
}

/// One piece of money.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenLine {
    /// "Aloe", "sent"; empty where no project is known.
    pub project: String,
    /// "Thu 19 Nov".
    pub on: String,
    /// "$50.00".
    pub amount: String,
    /// The expected payout that it is part of.
    pub expected: Option<ExpectedKey>,
}

impl OpenPart {
    /// Read aloud: "in review, $221.50".
    #[must_use]
    pub fn spoken(&self) -> String {
        format!("{}, {}", self.words, self.amount)
    }
}

impl OpenMoney {
    /// The sums of a platform by state, without the rows behind them.
    #[must_use]
    pub fn sums(book: &Book, open: &Exposure, today: NaiveDate) -> Self {
        let style = Style::of(book.settings());
        let home = book.settings().home_currency;
        let worth = |state| in_currency(book, open.of(state), home, today).ok().map(|sum| sum.amount.abs());
        let all: Option<Decimal> = OpenState::ALL.into_iter().map(worth).sum();
        let parts = OpenState::ALL
            .into_iter()
            .filter(|state| !open.of(*state).is_empty())
            .map(|state| OpenPart {
                state,
                surely_late: state == OpenState::Late && open.surely_late,
                words: words(state, open, style),
                amount: style.bag(open.of(state)),
                share: worth(state).and_then(|one| one.checked_div(all?)).and_then(|share| share.to_f32()),
                rows: Vec::new(),
            })
            .collect();
        Self { total: style.bag(&open.not_yet_paid()), parts }
    }

    /// The same with the rows.
    #[must_use]
    pub fn of(book: &Book, calendar: &Calendar, platform: PlatformId, open: &Exposure, today: NaiveDate) -> Self {
        let style = Style::of(book.settings());
        let mut money = Self::sums(book, open, today);
        let rows = open_rows(book, calendar, platform);
        for part in &mut money.parts {
            part.rows = rows
                .iter()
                .filter(|row| row.state == part.state)
                .map(|row| OpenLine {
                    project: row.project.map_or_else(String::new, |id| names::project(book, Some(id))),
                    on: row.on.map_or_else(|| NONE.to_owned(), |on| style.day(on, today)),
                    amount: style.money(row.amount),
                    expected: row.expected,
                })
                .collect();
        }
        money
    }

    /// One line a state, for a tooltip.
    #[must_use]
    pub fn lines(&self) -> String {
        let line = |part: &OpenPart| format!("{} {}", part.amount, part.words);
        self.parts.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn words(state: OpenState, open: &Exposure, style: Style) -> String {
    match (state, open.minimum) {
        (OpenState::Late, _) if open.late_days > 0 && open.surely_late => reasons::late_words(open.late_days),
        (OpenState::Late, _) if open.late_days > 0 => reasons::later_words(open.late_days),
        (OpenState::BelowMinimum, Some(minimum)) => minimum_words(minimum, style),
        _ => names::open_state(state).to_owned(),
    }
}

fn minimum_words(minimum: Money, style: Style) -> String {
    format!("below the minimum of {}", style.money(minimum))
}
