//! What rows and whole statements say in sum, and what their records remember of it.

use std::collections::BTreeMap;

use crate::domain::earning::EarningState;
use crate::domain::money::{Bag, Currency};
use crate::domain::span::{DayRange, Zone, date_in};
use crate::domain::statement::{CreditState, Credited, Logged, MoveState, Moved, Says, Statement};

impl Statement {
    /// The first and the last day on the clocks of a zone; `None` where there is no row.
    #[must_use]
    pub fn days(&self, zone: Zone) -> Option<DayRange> {
        let days = || {
            self.rows.iter().map(|row| match &row.says {
                Says::Logged(logged) => date_in(logged.started_at, zone),
                Says::Credited(credited) => credited.on,
                Says::Moved(moved) => moved.on,
            })
        };
        Some(DayRange::new(days().min()?, days().max()?))
    }

    /// Seconds that were logged, and money that was credited or moved.
    #[must_use]
    pub fn sums(&self) -> (i64, Bag) {
        let mut secs = 0_i64;
        let mut money = Bag::default();
        for row in &self.rows {
            match &row.says {
                Says::Logged(logged) => secs = secs.saturating_add(logged.secs()),
                Says::Credited(credited) => money.add(credited.amount),
                Says::Moved(moved) => money.add(moved.amount),
            }
        }
        (secs, money)
    }

    /// The currency that most of its rows are in.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
        for row in &self.rows {
            if let Says::Credited(Credited { amount, .. }) = &row.says {
                *counts.entry(amount.currency).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(currency, _)| currency)
    }
}

impl Logged {
    /// Its length in seconds; 0 while it runs.
    #[must_use]
    pub fn secs(&self) -> i64 {
        let between = || self.ended_at.map_or(0, |end| (end - self.started_at).num_seconds());
        self.declared_secs.unwrap_or_else(between)
    }

    /// What its record remembers of what it said.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{} s", self.secs())
    }
}

impl Credited {
    /// What its record remembers of what it said.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{} {}", self.amount, self.state.word())
    }

    /// The state of its earning; `None` where nothing is owed.
    #[must_use]
    pub fn earning_state(&self) -> Option<EarningState> {
        match &self.state {
            CreditState::Pending | CreditState::Unknown(_) => Some(EarningState::Submitted),
            // What has left is owed until it has come.
            CreditState::Approved | CreditState::Available | CreditState::Sent => Some(EarningState::Approved(None)),
            CreditState::Refused => Some(EarningState::Rejected),
            CreditState::Returned => None,
        }
    }
}

impl Moved {
    /// What its record remembers of what it said.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{} {}", self.amount, self.state.word())
    }
}

impl MoveState {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Pending => "pending",
        }
    }
}

impl CreditState {
    /// Its word.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Available => "available",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Returned => "returned",
            Self::Unknown(word) => word,
        }
    }
}
