//! What a piece of work has become, step by step, in home currency.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::facts::{Facts, kept};
use crate::domain::exchange::MissingRate;
use crate::domain::money::Money;
use crate::domain::query::rates::Step;

/// Money of a piece of work at each step, in home currency, exact to fifteen decimals.
///
/// What could not be converted is left out of its sum and named in `missing`: a sum with a missing rate is no figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worth {
    /// The work at its price.
    pub recorded: Decimal,
    /// Less what was cut or refused.
    pub accepted: Decimal,
    /// Less fees, tax withheld and exchange; actual where paid, else expected.
    pub received: Decimal,
    /// The part of `received` that is expected and not yet a fact.
    pub unsettled: Decimal,
    /// The part of `received` from which tax was withheld already.
    pub taxed: Decimal,
    /// What of the way from `accepted` to `received` is exchange.
    pub exchange: Exchange,
    /// The conversions that could not be made, and for which step.
    pub missing: Vec<(Step, MissingRate)>,
}

/// What exchange took (below zero) or gave between what was accepted and what arrived, in home currency.
///
/// Of a settled part of an amount in another currency, with N what was sent of it after fees: *accepted* at the work day's
/// reference is a × r(work), *received* is the fact, and received − a × r(work) = −(a − N) × r(work) for the fees, plus
/// *drift* N × (r(sent) − r(work)), plus *spread* received − N × r(sent).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exchange {
    /// What the market moved between the day of the work and the day it was sent (where nothing was exchanged on the
    /// way: the day it arrived, at whose rate it counts).
    pub drift: Decimal,
    /// What the exchange took beside the reference of the day it was sent.
    pub spread: Decimal,
    /// Both together, where no reference is known that would part them.
    pub unsplit: Decimal,
}

impl Exchange {
    /// Whether there is none.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.drift.is_zero() && self.spread.is_zero() && self.unsplit.is_zero()
    }

    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.drift = self.drift.saturating_add(other.drift);
        self.spread = self.spread.saturating_add(other.spread);
        self.unsplit = self.unsplit.saturating_add(other.unsplit);
    }

    /// All of it.
    #[must_use]
    pub fn sum(&self) -> Decimal {
        self.drift.saturating_add(self.spread).saturating_add(self.unsplit)
    }
}

impl Worth {
    /// Money in home currency at the rate of a day; nothing where it cannot be converted, which is then noted.
    pub(super) fn home(&mut self, facts: &Facts, step: Step, money: Money, on: NaiveDate) -> Decimal {
        if money.amount.is_zero() {
            return Decimal::ZERO;
        }
        match facts.to_home(money, on) {
            Ok(amount) => kept(amount),
            Err(missing) => {
                self.miss(step, missing);
                Decimal::ZERO
            }
        }
    }

    /// Whether a conversion for a step could not be made.
    #[must_use]
    pub fn lacks(&self, step: Step) -> bool {
        self.missing.iter().any(|(of, _)| *of == step)
    }

    pub(super) fn miss(&mut self, step: Step, missing: MissingRate) {
        if !self.missing.contains(&(step, missing)) {
            self.missing.push((step, missing));
        }
    }

    /// Adds another piece of work.
    pub fn add(&mut self, other: &Self) {
        self.recorded = self.recorded.saturating_add(other.recorded);
        self.accepted = self.accepted.saturating_add(other.accepted);
        self.received = self.received.saturating_add(other.received);
        self.unsettled = self.unsettled.saturating_add(other.unsettled);
        self.taxed = self.taxed.saturating_add(other.taxed);
        self.exchange.add(&other.exchange);
        for (step, missing) in &other.missing {
            self.miss(*step, *missing);
        }
    }
}
