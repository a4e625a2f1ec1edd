//! Totals: hours, earned and rate of one set of work, so that they divide.

use rust_decimal::Decimal;

use crate::domain::exchange::MissingRate;
use crate::domain::money::{Currency, Money};
use crate::domain::query::rates::{Rates, Row as WorkOf, Step, TOO_LITTLE_SECS, WorkRow};
use crate::ui::format::{self, Style};

/// Own time, earned and rate of some work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// "312 sessions".
    pub sessions: String,
    /// "3 h 20 m".
    pub own: String,
    /// "$59.29"; "–" where an exchange rate is missing.
    pub earned: String,
    /// "$17.76/h"; empty where there is none.
    pub rate: String,
    /// Whether the rate is from under an hour, and stands back.
    pub too_little: bool,
    /// What is missing or not settled; empty where all is said.
    pub note: String,
}

/// Sums of some work, before they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Sum {
    pub(super) sessions: usize,
    own_secs: i64,
    earned: Decimal,
    unsettled: Decimal,
    missing: Vec<MissingRate>,
}

impl Sum {
    pub(super) fn of(rates: &Rates) -> Self {
        Self {
            sessions: rates.sessions,
            own_secs: rates.hours.own_secs,
            earned: rates.received,
            unsettled: rates.unsettled,
            missing: rates.missing_for(Step::Received).collect(),
        }
    }

    /// Adds a row with the seconds that count of it.
    pub(super) fn add(&mut self, row: &WorkRow, own_secs: i64) {
        self.sessions += usize::from(matches!(row.row, WorkOf::Session(_)));
        self.own_secs = self.own_secs.saturating_add(own_secs);
        self.earned = self.earned.saturating_add(row.worth.received);
        self.unsettled = self.unsettled.saturating_add(row.worth.unsettled);
        for (_, missing) in row.worth.missing.iter().filter(|(step, _)| *step == Step::Received) {
            if !self.missing.contains(missing) {
                self.missing.push(*missing);
                self.missing.sort_unstable();
            }
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.sessions += other.sessions;
        self.own_secs = self.own_secs.saturating_add(other.own_secs);
        self.earned = self.earned.saturating_add(other.earned);
        self.unsettled = self.unsettled.saturating_add(other.unsettled);
        self.missing.extend(&other.missing);
        self.missing.sort_unstable();
        self.missing.dedup();
    }

    pub(super) fn totals(&self, home: Currency, style: Style) -> Totals {
        let per_hour = self
            .earned
            .checked_mul(Decimal::from(3600))
            .and_then(|product| product.checked_div(Decimal::from(self.own_secs)))
            .filter(|_| self.own_secs > 0);
        let known = self.missing.is_empty();
        let note = if let Some(missing) = self.missing.first() {
            format!("No figure: {missing}")
        } else if self.unsettled > Decimal::ZERO {
            format!("{} of it isn’t settled yet", style.money(Money::new(self.unsettled, home)))
        } else {
            String::new()
        };
        Totals {
            sessions: if self.sessions == 1 { "1 session".to_owned() } else { format!("{} sessions", self.sessions) },
            own: format::hours(self.own_secs),
            earned: if known { style.money(Money::new(self.earned, home)) } else { format::NONE.to_owned() },
            rate: per_hour.filter(|_| known).map_or_else(String::new, |rate| style.rate(rate, home)),
            too_little: self.own_secs < TOO_LITTLE_SECS,
            note,
        }
    }
}
