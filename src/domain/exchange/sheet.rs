//! A sheet of reference rates as its publisher gives it: one base currency against many, day by day.
//!
//! What a Book takes of it is a question of its own: `query/intake.rs`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::money::Currency;
use crate::domain::span::DayRange;

/// Reference rates of one publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Who publishes them.
    pub source: &'static str,
    /// One unit of this is worth so much of each other currency.
    pub base: Currency,
    /// The rates of each day that has any, all above zero.
    pub days: BTreeMap<NaiveDate, BTreeMap<Currency, Decimal>>,
    /// Codes of currencies that are no more and that nobody is paid in: their rates are left out.
    pub unknown: BTreeSet<String>,
}

impl Sheet {
    /// An empty sheet.
    #[must_use]
    pub fn new(source: &'static str, base: Currency) -> Self {
        Self { source, base, days: BTreeMap::new(), unknown: BTreeSet::new() }
    }

    /// From its first to its last day; `None` where it is empty.
    #[must_use]
    pub fn span(&self) -> Option<DayRange> {
        let (first, last) = (self.days.keys().next()?, self.days.keys().next_back()?);
        Some(DayRange::new(*first, *last))
    }

    /// How many rates it holds.
    #[must_use]
    pub fn count(&self) -> usize {
        self.days.values().map(BTreeMap::len).sum()
    }

    /// The currencies that it has a rate of.
    #[must_use]
    pub fn currencies(&self) -> BTreeSet<Currency> {
        self.days.values().flat_map(BTreeMap::keys).copied().collect()
    }
}
