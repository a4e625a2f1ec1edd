//! How a project pays, from a date on. New terms never change the value of old work.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::{ProjectId, TermsId};
use super::money::{Currency, Money};

/// How a project pays from a date on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Their id.
    pub id: TermsId,
    /// The project.
    pub project: ProjectId,
    /// The first day they hold, in the user's zone; `None` means from the beginning.
    pub from: Option<NaiveDate>,
    /// The currency of every amount in them.
    pub currency: Currency,
    /// What is paid for.
    pub pay: Pay,
    /// The advertised range per hour; `None` where nothing was advertised.
    pub advertised: Option<Range>,
    /// The share held back until acceptance, in per cent.
    pub held_percent: Option<Decimal>,
    /// At most so many paid hours a day.
    pub cap_hours_a_day: Option<Decimal>,
    /// At most so many paid hours a week.
    pub cap_hours_a_week: Option<Decimal>,
}

/// What is paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pay {
    /// So much an hour of own or credited time.
    PerHour(Decimal),
    /// So much a task.
    PerTask(Decimal),
    /// So much a named unit: word, audio minute.
    PerUnit {
        /// The unit's name, in the singular.
        unit: String,
        /// The price of one.
        price: Decimal,
    },
    /// Agreed sums for agreed results.
    Milestones(Vec<Milestone>),
    /// Each session carries its own price (studies).
    BySession,
}

/// An agreed sum for an agreed result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What is to be done.
    pub name: String,
    /// Its price.
    pub amount: Decimal,
    /// The day it is due.
    pub due_on: Option<NaiveDate>,
}

/// An advertised range of hourly pay, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub low: Decimal,
    /// The upper end, not below the lower.
    pub high: Decimal,
}

impl Range {
    /// One figure as a range.
    #[must_use]
    pub fn exactly(rate: Decimal) -> Self {
        Self { low: rate, high: rate }
    }

    /// The middle, which stands for the range in the rate steps.
    #[must_use]
    pub fn middle(self) -> Decimal {
        (self.low + self.high) / Decimal::TWO
    }
}

impl Terms {
    /// Terms that hold from the beginning, with nothing advertised, held back or capped.
    #[must_use]
    pub fn new(id: TermsId, project: ProjectId, currency: Currency, pay: Pay) -> Self {
        Self {
            id,
            project,
            from: None,
            currency,
            pay,
            advertised: None,
            held_percent: None,
            cap_hours_a_day: None,
            cap_hours_a_week: None,
        }
    }

    /// Value of work at these terms, in their currency, exact: own hours × rate, or tasks × price.
    ///
    /// `None` where the terms cannot price it: a per-task session without a task count, milestones, studies.
    #[must_use]
    pub fn value_of(&self, paid_secs: i64, tasks: Option<u32>) -> Option<Money> {
        let amount = match &self.pay {
            Pay::PerHour(rate) => rate.checked_mul(Decimal::from(paid_secs))?.checked_div(Decimal::from(3600))?,
            Pay::PerTask(price) | Pay::PerUnit { price, .. } => price.checked_mul(Decimal::from(tasks?))?,
            Pay::Milestones(_) | Pay::BySession => return None,
        };
        Some(Money::new(amount, self.currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(pay: Pay) -> Terms {
        Terms::new(TermsId(1), ProjectId(1), Currency::USD, pay)
    }

    #[test]
    fn six_and_a_half_hours_at_25_are_162_50() {
        // Source: design.md, "Rate steps", check.
        let value = terms(Pay::PerHour(25.into())).value_of(6 * 3600 + 1800, None);
        assert_eq!(value, Some(Money::new(Decimal::new(16250, 2), Currency::USD)));
    }

    #[test]
    fn tasks_without_a_count_have_no_value() {
        let per_task = terms(Pay::PerTask(Decimal::new(64, 2)));
        assert_eq!(per_task.value_of(3600, None), None);
        assert_eq!(per_task.value_of(0, Some(30)), Some(Money::new(Decimal::new(1920, 2), Currency::USD)));
    }
}
