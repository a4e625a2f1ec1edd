//! What arrived: the money of landed payouts, shared over the earnings that they settle.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::delta::Sides;
use super::facts::{Facts, kept, shares, sum};
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{EarningId, PayoutId, PlatformId};
use crate::domain::money::{Bag, Currency, Money};
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

/// What payouts brought, by earning. A payout that is still under way settles nothing yet.
///
/// What arrived is shared by the amounts settled; a surplus that no earning accounts for keeps its share to itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Payments {
    landed: HashMap<EarningId, Landed>,
    /// The payouts that settle a part of each earning, those under way included.
    payers: HashMap<EarningId, Vec<Arc<Payout>>>,
}

impl Payments {
    /// What has arrived, by earning.
    pub(super) fn landed(&self) -> &HashMap<EarningId, Landed> {
        &self.landed
    }

    /// What payouts settle of an earning in a currency, whether they have arrived or not.
    pub(super) fn allocated(&self, earning: EarningId, currency: Currency) -> Decimal {
        let payers = self.payers.get(&earning).into_iter().flatten();
        let parts = payers.flat_map(|payout| &payout.allocations);
        sum(parts
            .filter(|part| part.earning == earning && part.amount.currency == currency)
            .map(|part| part.amount.amount))
    }

    /// Takes payouts over that changed; returns the earnings that they settle or settled.
    pub(super) fn follow<'a>(
        &mut self,
        changed: impl Iterator<Item = &'a Sides<Payout>>,
        facts: &Facts,
    ) -> BTreeSet<EarningId> {
        let mut touched = BTreeSet::new();
        for (before, after) in changed {
            for (payout, comes) in [(before, false), (after, true)] {
                let Some(payout) = payout else {
                    continue;
                };
                let earnings: BTreeSet<EarningId> = payout.allocations.iter().map(|part| part.earning).collect();
                for earning in &earnings {
                    let payers = self.payers.entry(*earning).or_default();
                    payers.retain(|held| held.id != payout.id);
                    if comes {
                        payers.push(Arc::clone(payout));
                    }
                    if payers.is_empty() {
                        self.payers.remove(earning);
                    }
                }
                touched.extend(earnings);
            }
        }
        // Each payout is read once, and only what is touched is taken from it: the rest stands as it was.
        let mut again: BTreeMap<PayoutId, &Arc<Payout>> = BTreeMap::new();
        for earning in &touched {
            self.landed.remove(earning);
            for payout in self.payers.get(earning).into_iter().flatten() {
                again.insert(payout.id, payout);
            }
        }
        for payout in again.into_values() {
            read(payout, facts, &touched, &mut self.landed);
        }
        touched
    }
}

fn read(payout: &Payout, facts: &Facts, wanted: &BTreeSet<EarningId>, all: &mut HashMap<EarningId, Landed>) {
    let Some(received) = payout.arrived() else {
        return;
    };
    let day = day_of(payout);
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
    let parts = payout.allocations.iter().zip(shares(arrived, &weights));
    for (part, share) in parts.filter(|(part, _)| wanted.contains(&part.earning)) {
        let held = all.entry(part.earning).or_default();
        held.settled.add(part.amount);
        held.actual = held.actual.saturating_add(share);
        if withheld {
            held.taxed = held.taxed.saturating_add(share);
        }
        held.missing.extend(&missing);
    }
}

/// The day at whose rates a payout converts: that of its arrival, else the one it is booked on.
pub(super) fn day_of(payout: &Payout) -> NaiveDate {
    payout.received_on.or_else(|| payout.booked_on()).unwrap_or_else(|| payout.month().first_day())
}

/// The last payout of each platform: its day where one is known.
pub(in crate::domain::query) fn last_payouts(book: &Book) -> HashMap<PlatformId, Option<NaiveDate>> {
    let mut last: HashMap<PlatformId, Option<NaiveDate>> = HashMap::new();
    for payout in book.payouts() {
        if let Some(platform) = payout.platform {
            let day = last.entry(platform).or_default();
            *day = (*day).max(payout.booked_on());
        }
    }
    last
}

/// What is open of money that is owed: less what is settled; `None` where that is nothing, or more was paid than owed.
pub(in crate::domain::query) fn open_of(owed: Money, settled: Decimal) -> Option<Money> {
    let open = owed.amount.saturating_sub(settled);
    let counts = !open.is_zero() && open.is_sign_negative() == owed.amount.is_sign_negative() && !owed.amount.is_zero();
    counts.then(|| owed.with(open))
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
