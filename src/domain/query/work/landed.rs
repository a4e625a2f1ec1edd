//! What arrived: the money of landed payouts, shared over the earnings that they settle.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::facts::{Facts, kept, shares, sum};
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::EarningId;
use crate::domain::money::{Bag, Money};
use crate::domain::payout::{Difference, Payout};

/// What of an earning has arrived.
#[derive(Debug, Clone, Default)]
pub(super) struct Landed {
    /// Gross that landed payouts settle, in the currencies of the allocations.
    pub(super) settled: Bag,
    /// What arrived for it, in home currency: the fact where it arrived in that, else at the rate of its day.
    pub(super) actual: Decimal,
    /// The part of `actual` from which a payout withheld tax.
    pub(super) taxed: Decimal,
    /// Conversions that could not be made.
    pub(super) missing: Vec<MissingRate>,
}

/// What landed payouts brought, by earning. A payout that is still under way settles nothing yet.
///
/// What arrived is shared by the amounts settled; a surplus that no earning accounts for keeps its share to itself.
pub(super) fn landed(book: &Book, facts: &Facts) -> HashMap<EarningId, Landed> {
    let mut all = HashMap::new();
    for payout in book.payouts() {
        read(payout, facts, &mut all);
    }
    all
}

fn read(payout: &Payout, facts: &Facts, all: &mut HashMap<EarningId, Landed>) {
    let Some(received) = payout.received else {
        return;
    };
    let day = payout.received_on.or_else(|| payout.booked_on()).unwrap_or_else(|| payout.month().first_day());
    let mut missing = Vec::new();
    let mut convert = |money, to| {
        facts.convert(money, to, day).unwrap_or_else(|lacks| {
            missing.push(lacks);
            Decimal::ZERO
        })
    };
    let mut weights: Vec<Decimal> =
        payout.allocations.iter().map(|part| convert(part.amount, payout.gross.currency).max(Decimal::ZERO)).collect();
    let arrived = kept(convert(received, facts.home()));
    let surplus = payout.gross.amount.saturating_sub(sum(weights.iter().copied()));
    weights.push(surplus.max(Decimal::ZERO));
    let withheld = payout.tax_withheld.is_some_and(|tax| !tax.amount.is_zero())
        || payout.difference == Some(Difference::TaxWithheld);
    for (part, share) in payout.allocations.iter().zip(shares(arrived, &weights)) {
        let held = all.entry(part.earning).or_default();
        held.settled.add(part.amount);
        held.actual = held.actual.saturating_add(share);
        if withheld {
            held.taxed = held.taxed.saturating_add(share);
        }
        held.missing.extend(&missing);
    }
}

/// Whether nothing more is to come of an earning: paid in full, refused, or given up.
pub(super) fn is_settled(earning: &Earning, landed: Option<&Landed>) -> bool {
    matches!(earning.state(), Some(EarningState::Rejected | EarningState::WrittenOff))
        || still_owed(earning, landed).is_zero()
}

/// What is still to come of an earning, gross, in its currency; never of the other sign than what is owed.
pub(super) fn still_owed(earning: &Earning, landed: Option<&Landed>) -> Decimal {
    let owed = in_its_currency(earning, earning.owed());
    let paid = landed.map_or(Decimal::ZERO, |landed| landed.settled.of(earning.amount.currency).amount);
    let rest = owed.amount.saturating_sub(paid);
    if owed.amount.is_sign_negative() { rest.min(Decimal::ZERO) } else { rest.max(Decimal::ZERO) }
}

/// An amount of an earning; a part approved in another currency cannot be set against the amount, which then counts.
pub(super) fn in_its_currency(earning: &Earning, money: Money) -> Money {
    if money.currency == earning.amount.currency { money } else { earning.amount }
}
