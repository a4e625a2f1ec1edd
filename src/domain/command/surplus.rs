//! Explain: what a payout brought beyond what was owed was a bonus, or another correction.
//!
//! It is recorded as an earning of its own that the payout settles. Another payout's missing money needs no record: there
//! the match is changed.

use super::check;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::earning::{DatedState, Earning, EarningKind, EarningState};
use crate::domain::ids::{EarningId, PayoutId, ProjectId};
use crate::domain::money::Money;
use crate::domain::payout::{Allocation, Difference, Payout};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{DayRange, Now, date_in};

/// What a surplus was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The payout that brought it.
    pub payout: PayoutId,
    /// How much of it is explained.
    pub amount: Money,
    /// Whether it was a bonus; else it was another correction.
    pub bonus: bool,
    /// The project it was for; `None` where it was for the platform as a whole.
    pub project: Option<ProjectId>,
    /// In the user's words.
    pub note: String,
    /// The new earning's id.
    pub earning: EarningId,
}

pub(super) fn explain(book: &Book, explanation: &Explanation, now: Now) -> Result<Change, Refused> {
    let id = explanation.payout;
    let before = book.payout(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Payout(id))))?;
    let platform = before.platform.ok_or_else(|| Refused::from(Refusal::PayerUnknown))?;
    check::positive_amount(explanation.amount)?;
    check::note(&explanation.note)?;
    let surplus = before.unallocated();
    if explanation.amount.currency != surplus.currency {
        let refusal = Refusal::WrongCurrency { expected: surplus.currency, found: explanation.amount.currency };
        return Err(refusal.at(Field::Amount));
    }
    if explanation.amount.amount > surplus.amount {
        return Err(Refusal::NoSuchSurplus(surplus).at(Field::Amount));
    }
    if let Some(project) = explanation.project
        && book.project(project).is_none_or(|project| project.platform != platform)
    {
        return Err(Refusal::Gone(Key::Project(project)).into());
    }
    let on = before.booked_on().or(before.received_on).unwrap_or_else(|| date_in(now.at, now.zone));
    let earning = Earning {
        project: explanation.project,
        kind: if explanation.bonus { EarningKind::Bonus } else { EarningKind::Adjustment },
        states: vec![DatedState { on, state: EarningState::Approved(None) }],
        route: before.route,
        note: explanation.note.trim().to_owned(),
        ..Earning::work(explanation.earning, platform, explanation.amount, DayRange::day(on))
    };
    let mut after = Payout { ..(**before).clone() };
    after.allocations.push(Allocation { earning: earning.id, amount: explanation.amount });
    if after.unallocated().amount.is_zero() {
        after.difference = after.difference.filter(|difference| *difference != Difference::Unexplained);
    }
    Ok(Change::new(vec![Edit::create(earning)]).then(Change::replace(before, after)))
}

#[cfg(test)]
mod tests;
