//! Earnings: what a platform owes for some work, with dated states.
//!
//! An earning names what it covers; covered sessions have no estimate any more, so nothing counts twice. "Paid" is
//! no state: it is derived from the allocations of payouts.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::{EarningId, PlatformId, ProjectId, RouteId, SessionId};
use super::money::Money;
use super::span::DayRange;
use super::statement::Origin;

/// An amount that a platform owes for some work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earning {
    /// Its id.
    pub id: EarningId,
    /// Who owes it.
    pub platform: PlatformId,
    /// The project; `None` where it belongs to the platform as a whole.
    pub project: Option<ProjectId>,
    /// What it is for.
    pub kind: EarningKind,
    /// The gross amount: what was recorded, before anything was cut.
    pub amount: Money,
    /// The days of the work, in the schedule's zone. The first decides its month.
    pub worked: DayRange,
    /// The work it stands for.
    pub covers: Covers,
    /// Its states by date, oldest first.
    pub states: Vec<DatedState>,
    /// The platform's fee, where known.
    pub platform_fee: Option<Money>,
    /// Tax withheld, where known.
    pub tax_withheld: Option<Money>,
    /// The route it takes; `None` means the platform's usual one.
    pub route: Option<RouteId>,
    /// A day by which something must be done for it, or on which it was promised.
    pub due_on: Option<NaiveDate>,
    /// Not to be expected before this day, the user says.
    pub not_before: Option<NaiveDate>,
    /// Kept from being paid, and why.
    pub held: Option<Held>,
    /// The day on which to ask where the money is, set by the user.
    pub chase_on: Option<NaiveDate>,
    /// The time that the platform counts for it, in seconds; `None` where it says nothing of that.
    pub credited_secs: Option<i64>,
    /// The row of a file that it was made of.
    pub origin: Option<Origin>,
    /// The user's note.
    pub note: String,
}

/// What an earning is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EarningKind {
    /// Hours, tasks, studies.
    Work,
    /// An agreed result.
    Milestone,
    /// A bonus or mission.
    Bonus,
    /// A correction, either way.
    Adjustment,
    /// Money owed from before TrueRate was used: in "not yet paid", outside rates.
    Opening,
}

/// The work that an earning stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covers {
    /// None: it adds to what the sessions are worth.
    Nothing,
    /// These sessions.
    Sessions(Vec<SessionId>),
    /// All paid sessions of a project on days in the schedule's zone.
    Days {
        /// The project.
        project: ProjectId,
        /// The days.
        days: DayRange,
    },
}

/// A state from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedState {
    /// The first day, in the user's zone.
    pub on: NaiveDate,
    /// The state.
    pub state: EarningState,
}

/// Where an earning stands with its platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarningState {
    /// Worked, and the worker has to report it.
    ToReport,
    /// Handed in; may still be refused.
    Submitted,
    /// Owed: in full, or only this amount.
    Approved(Option<Money>),
    /// Invoiced.
    Invoiced,
    /// Refused.
    Rejected,
    /// A refusal is contested.
    Appealed,
    /// Being done again.
    Reworked,
    /// The amount is contested.
    Contested,
    /// Given up.
    WrittenOff,
}

/// Why an earning is kept from being paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What holds it.
    pub kind: HeldKind,
    /// Since when.
    pub since: NaiveDate,
    /// Why, in the user's words.
    pub why: String,
}

/// What holds an earning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeldKind {
    /// The account or payout is frozen.
    Frozen,
    /// The user disputes it.
    Disputed,
    /// It is the share that is paid only once the work is accepted.
    UntilAccepted,
}

/// Many small tasks at one price: "30 tasks at $0.64".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// How many.
    pub count: u32,
    /// The price of one.
    pub price: Money,
}

impl Batch {
    /// What all of them come to, exact.
    #[must_use]
    pub fn amount(self) -> Money {
        self.price.with(self.price.amount.saturating_mul(Decimal::from(self.count)))
    }

    /// What is left where only a share of them was accepted, in per cent; exact.
    #[must_use]
    pub fn accepted(self, percent: Decimal) -> Money {
        let whole = self.amount();
        whole.with(whole.amount.saturating_mul(percent) / Decimal::ONE_HUNDRED)
    }
}

/// What an amount is an hour, over some seconds; exact. `None` over no time.
#[must_use]
pub fn per_hour(amount: Money, secs: i64) -> Option<Money> {
    let hourly = amount.amount.checked_mul(Decimal::from(3600))?.checked_div(Decimal::from(secs))?;
    (secs > 0).then(|| amount.with(hourly))
}

impl Earning {
    /// An amount for work on a platform as a whole that stands for no session, without a state or anything cut.
    #[must_use]
    pub fn work(id: EarningId, platform: PlatformId, amount: Money, worked: DayRange) -> Self {
        Self {
            id,
            platform,
            project: None,
            kind: EarningKind::Work,
            amount,
            worked,
            covers: Covers::Nothing,
            states: Vec::new(),
            platform_fee: None,
            tax_withheld: None,
            route: None,
            due_on: None,
            not_before: None,
            held: None,
            chase_on: None,
            credited_secs: None,
            origin: None,
            note: String::new(),
        }
    }

    /// The day by which its work must be handed in: of a claimed task or a milestone that is still to be reported, or of
    /// work that is being done again. Otherwise `due_on` is the day on which money was promised; see
    /// docs/decisions/0020-deadlines-of-earnings.md.
    #[must_use]
    pub fn deadline(&self) -> Option<NaiveDate> {
        let works = matches!(self.state(), Some(EarningState::ToReport | EarningState::Reworked));
        self.due_on.filter(|_| works)
    }

    /// The day on which its money was promised, whatever its schedule says.
    #[must_use]
    pub fn promised_on(&self) -> Option<NaiveDate> {
        if self.deadline().is_some() { None } else { self.due_on }
    }

    /// What it is called: the first line of its note; may be empty.
    #[must_use]
    pub fn title(&self) -> &str {
        self.note.trim().lines().next().unwrap_or_default().trim()
    }

    /// The last state; `None` where none was recorded.
    #[must_use]
    pub fn state(&self) -> Option<EarningState> {
        self.states.last().map(|dated| dated.state)
    }

    /// What the platform owes now: nothing once refused or written off, the approved part once approved.
    #[must_use]
    pub fn owed(&self) -> Money {
        match self.state() {
            Some(EarningState::Rejected | EarningState::WrittenOff) => Money::zero(self.amount.currency),
            _ => self.accepted(),
        }
    }

    /// What of the amount was accepted as far as known: the last approved part, nothing if refused, else all.
    #[must_use]
    pub fn accepted(&self) -> Money {
        if self.state() == Some(EarningState::Rejected) {
            return Money::zero(self.amount.currency);
        }
        self.states
            .iter()
            .rev()
            .find_map(|dated| match dated.state {
                EarningState::Approved(part) => Some(part.unwrap_or(self.amount)),
                EarningState::ToReport
                | EarningState::Submitted
                | EarningState::Invoiced
                | EarningState::Rejected
                | EarningState::Appealed
                | EarningState::Reworked
                | EarningState::Contested
                | EarningState::WrittenOff => None,
            })
            .unwrap_or(self.amount)
    }

    /// The day on which it was approved, where it is approved now or was invoiced since.
    #[must_use]
    pub fn approved_on(&self) -> Option<NaiveDate> {
        match self.state()? {
            EarningState::Approved(_) | EarningState::Invoiced => {
                self.states.iter().rev().find(|dated| matches!(dated.state, EarningState::Approved(_))).map(|d| d.on)
            }
            EarningState::ToReport
            | EarningState::Submitted
            | EarningState::Rejected
            | EarningState::Appealed
            | EarningState::Reworked
            | EarningState::Contested
            | EarningState::WrittenOff => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{dec, usd};

    /// Source: platform facts, checked 22 Nov 2026, worked examples of unit pay.
    #[test]
    fn a_batch_comes_to_count_times_price_less_what_was_not_accepted() {
        let batch = Batch { count: 30, price: usd("0.02") };
        assert_eq!(batch.amount(), usd("0.60"));
        let accepted = batch.accepted(dec("99.3"));
        assert_eq!(per_hour(accepted, 5 * 60).map(Money::rounded), Some(usd("7.15")));
        assert_eq!(Batch { count: 15, price: usd("0.64") }.amount(), usd("9.60"));
        assert_eq!(Batch { count: 30, price: usd("0.64") }.amount(), usd("19.20"));
        assert_eq!(per_hour(accepted, 0), None);
    }
}
