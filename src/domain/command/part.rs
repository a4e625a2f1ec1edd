//! A part of an expected payout: the oldest of it, so much, is cut off to come on a day of its own.

use rust_decimal::Decimal;

use super::recording::Recorded;
use crate::domain::earning::{DatedState, Earning, EarningState};
use crate::domain::ids::EarningId;
use crate::domain::money::{Money, split_by_weight};
use crate::domain::refusal::{Field, Refusal, Refused};

/// Cuts earnings so that some of them together have `amount` open, the oldest first. Returns those; the rest stays in
/// `parts`. An earning at the edge becomes two that stand for the same work.
///
/// # Errors
/// The amount is not a part: nothing of it, or all.
pub(super) fn cut(
    parts: &mut Vec<Recorded>,
    amount: Money,
    ids: &mut impl Iterator<Item = EarningId>,
) -> Result<Vec<Recorded>, Refused> {
    let open: Decimal = parts.iter().map(|part| part.open.amount).sum();
    let Some(first) = parts.first().map(|part| part.open) else { return Err(Refusal::NotExpected.into()) };
    if amount.currency != first.currency {
        let refusal = Refusal::WrongCurrency { expected: first.currency, found: amount.currency };
        return Err(refusal.at(Field::Amount));
    }
    if amount.amount <= Decimal::ZERO {
        return Err(Refusal::NotAboveZero(amount.amount).at(Field::Amount));
    }
    if amount.amount >= open {
        return Err(Refusal::NotAPart(first.with(open)).at(Field::Amount));
    }
    let mut left = amount.rounded().amount;
    let (mut off, mut stays) = (Vec::new(), Vec::new());
    for mut part in std::mem::take(parts) {
        if left <= Decimal::ZERO || part.open.amount <= Decimal::ZERO {
            stays.push(part);
        } else if part.open.amount <= left {
            left -= part.open.amount;
            off.push(part);
        } else if let Some(id) = ids.next() {
            let cut = part.open.with(left);
            left = Decimal::ZERO;
            let earning = cut_off(&mut part.earning, cut, part.open, id);
            part.open = part.open.with(part.open.amount - cut.amount);
            off.push(Recorded { before: None, earning, open: cut });
            stays.push(part);
        }
    }
    *parts = stays;
    Ok(off)
}

/// Takes `cut` of what is open out of an earning, as an earning of its own for the same work; fees and tax that are known
/// go with the money.
fn cut_off(earning: &mut Earning, cut: Money, open: Money, id: EarningId) -> Earning {
    let weights = [cut.amount, open.amount - cut.amount];
    let share = |known: &mut Option<Money>| {
        let sum = (*known)?;
        let parts = split_by_weight(sum, &weights);
        *known = parts.get(1).copied();
        parts.first().copied()
    };
    let less = |money: Money| money.with(money.amount - cut.amount);
    let mut off = Earning {
        id,
        amount: cut,
        origin: None,
        platform_fee: share(&mut earning.platform_fee),
        tax_withheld: share(&mut earning.tax_withheld),
        ..earning.clone()
    };
    for DatedState { state, .. } in &mut off.states {
        if let EarningState::Approved(part) = state {
            *part = None;
        }
    }
    earning.amount = less(earning.amount);
    for DatedState { state, .. } in &mut earning.states {
        if let EarningState::Approved(Some(part)) = state {
            *part = less(*part);
        }
    }
    off
}
