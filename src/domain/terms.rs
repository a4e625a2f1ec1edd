//! How a project pays, from a date on. New terms never change the value of old work.

use std::borrow::Borrow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::{ProjectId, TermsId};
use super::money::{Currency, Money};
use super::span::DayRange;

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
    /// At most so many paid hours a day of the user; pay by the hour only.
    pub cap_hours_a_day: Option<Decimal>,
    /// At most so many paid hours a week of the user; pay by the hour only.
    pub cap_hours_a_week: Option<Decimal>,
    /// Bonuses that are promised for so much work in so many days, beside what it pays.
    pub missions: Vec<Mission>,
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

/// A bonus that is promised for so many tasks or units on some days: "20 tasks by Sunday: $50".
///
/// It is worth nothing by itself: reached, it is offered as an earning, and the user records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mission {
    /// What is to be done so many times: "tasks", "tasks by Sunday".
    pub name: String,
    /// How many tasks or units it takes, above zero.
    pub count: u32,
    /// The bonus.
    pub amount: Decimal,
    /// The user's days on which work counts for it.
    pub days: DayRange,
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
            missions: Vec::new(),
        }
    }

    /// Whether only so many hours a day or week are paid.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        matches!(self.pay, Pay::PerHour(_)) && (self.cap_hours_a_day.is_some() || self.cap_hours_a_week.is_some())
    }

    /// The name of what is counted, in the singular: the terms' unit, else "task".
    #[must_use]
    pub fn unit(&self) -> &str {
        match &self.pay {
            Pay::PerUnit { unit, .. } => unit,
            Pay::PerHour(_) | Pay::PerTask(_) | Pay::Milestones(_) | Pay::BySession => "task",
        }
    }

    /// The part of an amount that is paid only on acceptance, exact; nothing where none is held back.
    #[must_use]
    pub fn held_of(&self, amount: Decimal) -> Decimal {
        let held = self.held_percent.unwrap_or_default();
        amount.saturating_mul(held) / Decimal::ONE_HUNDRED
    }

    /// Value of work at these terms, in their currency, exact: own hours × rate, or tasks (or units) × price. The held
    /// part is in it; caps are the caller's, who knows the other work of the day.
    ///
    /// `None` where the terms cannot price it: a per-task session without a task count, milestones, studies.
    #[must_use]
    pub fn value_of(&self, paid_secs: i64, units: Option<Decimal>) -> Option<Money> {
        let amount = match &self.pay {
            Pay::PerHour(rate) => rate.checked_mul(Decimal::from(paid_secs))?.checked_div(Decimal::from(3600))?,
            Pay::PerTask(price) | Pay::PerUnit { price, .. } => price.checked_mul(units?)?,
            Pay::Milestones(_) | Pay::BySession => return None,
        };
        Some(Money::new(amount, self.currency))
    }
}

/// Of a project's terms, the oldest first, those in force on a day: the last that began on or before it.
#[must_use]
pub fn in_force<T: Borrow<Terms>>(terms: &[T], day: NaiveDate) -> Option<&T> {
    let began = terms.partition_point(|terms| {
        let terms: &Terms = terms.borrow();
        terms.from.is_none_or(|from| from <= day)
    });
    terms.get(began.checked_sub(1)?)
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
        // Source: 30 tasks, $19.20; 15 × 0.64 = 9.60.
        assert_eq!(per_task.value_of(0, Some(30.into())), Some(Money::new(Decimal::new(1920, 2), Currency::USD)));
        assert_eq!(per_task.value_of(0, Some(15.into())), Some(Money::new(Decimal::new(960, 2), Currency::USD)));
    }

    #[test]
    fn a_part_of_a_unit_is_paid_in_part() {
        // 12.5 audio minutes at $0.90 are $11.25.
        let audio = terms(Pay::PerUnit { unit: "audio minute".into(), price: Decimal::new(90, 2) });
        let value = audio.value_of(3600, Some(Decimal::new(125, 1)));
        assert_eq!(value, Some(Money::new(Decimal::new(1125, 2), Currency::USD)));
        assert_eq!((audio.unit(), terms(Pay::BySession).unit()), ("audio minute", "task"));
    }

    #[test]
    fn a_held_part_is_a_share_of_the_value_and_caps_are_for_hours() {
        let mut held = terms(Pay::PerHour(25.into()));
        assert_eq!(held.held_of(100.into()), Decimal::ZERO);
        held.held_percent = Some(10.into());
        held.cap_hours_a_day = Some(8.into());
        assert_eq!(held.held_of(250.into()), Decimal::from(25));
        assert!(held.is_capped());
        held.pay = Pay::PerTask(Decimal::ONE);
        assert!(!held.is_capped(), "tasks are paid whatever they take");
    }
}
