//! Rates: what an hour pays at each step from the advertised figure to what is left after tax.
//!
//! Money is in home currency. Every figure of a [`Rates`] is of the same work, so that earned ÷ hours is the rate;
//! [`rows`] opens it to the sessions and earnings that it is made of. Nothing is stored, nothing is guessed: what
//! could not be converted is named, and a step that needs it has no figure.

mod over;
mod rows;
mod side;
mod summed;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

pub use super::hours::Hours;
use super::hours::Selection;
use super::work::{Exchange, Work};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::PlatformId;
use crate::domain::money::Currency;
use crate::domain::span::{DayRange, Timestamp};

pub use over::{Every, SideOverTime, by_month, by_week, sides_over_time};
pub use rows::{Row, WorkRow, row_of, rows};
pub use side::{Group, GroupBy, side_by_side};
pub(in crate::domain::query) use summed::month_of;
pub(in crate::domain::query) use tally::{Tally, tally};

/// Below this, in seconds of own time, a rate is muted: under an hour.
pub const TOO_LITTLE_SECS: i64 = 3600;
/// Below this, in seconds of paid time, there is too little to say more than the figure: under ten hours.
pub const THIN_SECS: i64 = 10 * 3600;

/// Decimals of a rate: enough for any figure, and few enough that 24.999… from a third of an hour is 25.
const RATE_DECIMALS: u32 = 10;

/// The steps on which a rate goes down, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// What the terms advertise (the middle of the range), weighted by paid own time; over paid hours.
    Advertised,
    /// The work at its terms; over paid hours.
    Recorded,
    /// Less credited-time cuts and rejections; over paid hours.
    Accepted,
    /// Less fees, tax withheld and exchange; over paid hours.
    Received,
    /// The same money; over all own time.
    AllHours,
    /// Less what is set aside for tax; over all own time.
    AfterTax,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Advertised, Self::Recorded, Self::Accepted, Self::Received, Self::AllHours, Self::AfterTax];

    /// The step at which the money of this one is converted: from *received* on it is the same money.
    fn money(self) -> Self {
        match self {
            Self::Advertised | Self::Recorded | Self::Accepted | Self::Received => self,
            Self::AllHours | Self::AfterTax => Self::Received,
        }
    }
}

/// The rates of a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// The currency of all amounts.
    pub home: Currency,
    /// How long the work took.
    pub hours: Hours,
    /// The advertised rate an hour, over the paid time that has one; `None` where none has.
    pub advertised: Option<Decimal>,
    /// Paid own seconds for which a rate was advertised: how far `advertised` reaches.
    pub advertised_secs: i64,
    /// The work at its price, as far as it could be converted.
    pub recorded: Decimal,
    /// What was accepted of it, as far as it could be converted.
    pub accepted: Decimal,
    /// What was received for it, or should be, as far as it could be converted.
    pub received: Decimal,
    /// The part of `received` that isn't settled yet.
    pub unsettled: Decimal,
    /// The part of `received` from which tax was withheld already.
    pub taxed: Decimal,
    /// What of the way from `accepted` to `received` is exchange.
    pub exchange: Exchange,
    /// The part of `recorded` that bonuses are.
    pub bonuses: Decimal,
    /// Paid own seconds without any value: no terms, no task count, no price. Parallel time counts fully.
    pub unpriced_secs: i64,
    /// Own seconds of assessment and onboarding, paid or not, whatever runs beside them.
    pub entry_secs: i64,
    /// The share set aside for tax, in per cent; `None` where the user has not chosen one.
    pub set_aside_percent: Option<Decimal>,
    /// Exchange rates that are missing, and the step that needs them.
    pub missing: BTreeSet<(Step, MissingRate)>,
    /// How many sessions are selected.
    pub sessions: usize,
}

impl Rates {
    /// No work at all.
    #[must_use]
    pub fn none(home: Currency, set_aside_percent: Option<Decimal>) -> Self {
        Self {
            home,
            hours: Hours::default(),
            advertised: None,
            advertised_secs: 0,
            recorded: Decimal::ZERO,
            accepted: Decimal::ZERO,
            received: Decimal::ZERO,
            unsettled: Decimal::ZERO,
            taxed: Decimal::ZERO,
            exchange: Exchange::default(),
            bonuses: Decimal::ZERO,
            unpriced_secs: 0,
            entry_secs: 0,
            set_aside_percent,
            missing: BTreeSet::new(),
            sessions: 0,
        }
    }

    /// The money of a step, in home currency; of *advertised*, what it would have brought for its hours.
    ///
    /// `None` where an exchange rate is missing for the step, where nothing was advertised, or where no share is
    /// set aside for tax.
    #[must_use]
    pub fn money(&self, step: Step) -> Option<Decimal> {
        if self.missing_for(step).next().is_some() {
            return None;
        }
        match step {
            Step::Advertised => {
                self.advertised?.checked_mul(Decimal::from(self.advertised_secs))?.checked_div(Decimal::from(3600))
            }
            Step::Recorded => Some(self.recorded),
            Step::Accepted => Some(self.accepted),
            Step::Received | Step::AllHours => Some(self.received),
            Step::AfterTax => {
                // Nothing twice: money from which tax was withheld is not cut again.
                let untaxed = self.received.saturating_sub(self.taxed).max(Decimal::ZERO);
                let aside = untaxed.checked_mul(self.set_aside_percent?)?.checked_div(Decimal::ONE_HUNDRED)?;
                Some(self.received.saturating_sub(aside))
            }
        }
    }

    /// Money of the step ÷ its hours, an hour, to ten decimals (half to even).
    ///
    /// `None` where [`money`](Self::money) is, and where there are no hours of the step.
    #[must_use]
    pub fn per_hour(&self, step: Step) -> Option<Decimal> {
        let secs = match step {
            Step::Advertised => {
                let known = self.missing_for(step).next().is_none();
                return self.advertised.filter(|_| known);
            }
            Step::Recorded | Step::Accepted | Step::Received => self.hours.paid_secs,
            Step::AllHours | Step::AfterTax => self.hours.own_secs,
        };
        rate(self.money(step)?, secs)
    }

    /// The money of the *received* step.
    #[must_use]
    pub fn earned(&self) -> Option<Decimal> {
        self.money(Step::Received)
    }

    /// What is kept of the advertised rate over all hours, in per cent, not rounded.
    #[must_use]
    pub fn kept_percent(&self) -> Option<Decimal> {
        self.per_hour(Step::AllHours)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.per_hour(Step::Advertised)?)
    }

    /// How much of what is earned isn't settled yet, in per cent, not rounded; `None` where nothing is earned.
    #[must_use]
    pub fn unsettled_percent(&self) -> Option<Decimal> {
        self.unsettled.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.earned()?)
    }

    /// The exchange rates that are missing for a step.
    pub fn missing_for(&self, step: Step) -> impl Iterator<Item = MissingRate> + '_ {
        self.missing.iter().filter(move |(at, _)| *at == step.money()).map(|(_, missing)| *missing)
    }

    /// Whether the sample is under an hour: the rate is shown muted.
    #[must_use]
    pub fn too_little(&self) -> bool {
        self.hours.own_secs < TOO_LITTLE_SECS
    }

    /// Whether there are under ten paid hours: too little to say more than the figure.
    #[must_use]
    pub fn thin(&self) -> bool {
        self.hours.paid_secs < THIN_SECS
    }

    /// Whether nothing is selected: no time and no money.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hours.own_secs == 0 && self.recorded.is_zero() && self.received.is_zero() && self.missing.is_empty()
    }
}

/// Money an hour, to ten decimals; `None` without any time.
fn rate(money: Decimal, secs: i64) -> Option<Decimal> {
    if secs <= 0 {
        return None;
    }
    let an_hour = Decimal::from(3600);
    // Where the product is too large for a Decimal the quotient comes first.
    money
        .checked_mul(an_hour)
        .and_then(|product| product.checked_div(Decimal::from(secs)))
        .or_else(|| money.checked_div(Decimal::from(secs))?.checked_mul(an_hour))
        .map(|exact| exact.round_dp(RATE_DECIMALS))
}

/// The rates of a selection at an instant. See [`Step`] for the formulas and [`Work`](super::work) for the money.
#[must_use]
pub fn rates(work: &Work, selection: &Selection, now: Timestamp) -> Rates {
    let moment = work.at(now);
    summed::summed(&moment, selection).finish(work.book().settings().set_aside_percent)
}

/// The rates of a platform over all its work, tests and onboarding included.
#[must_use]
pub fn since_joining(work: &Work, platform: PlatformId, now: Timestamp) -> Rates {
    let selection = Selection::period(DayRange::all()).platform(platform);
    rates(work, &selection, now)
}
