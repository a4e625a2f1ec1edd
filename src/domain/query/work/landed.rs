//! What arrived: the money of landed payouts, shared over the earnings that they settle.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ByEarning;
use super::cut::shares;
use super::delta::Sides;
use super::facts::{Facts, kept, sum};
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{EarningId, PayoutId, PlatformId};
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::payout::{Difference, Payout};
use crate::domain::query::exchanged;

/// What of an earning has arrived.
#[derive(Debug, Clone, Default)]
pub(super) struct Landed {
    /// Gross that landed payouts settle, in the currencies of the allocations.
    pub(super) settled: Bag,
    /// What arrived for it, in home currency: the fact where it arrived in that, else at the rate of its day.
    pub(super) actual: Decimal,
    /// The part of `actual` from which a payout withheld tax.
    pub(super) taxed: Decimal,
    /// What of it came through an exchange, or in another currency; `None` where all is in home currency.
    pub(super) through: Option<Box<Through>>,
    /// Conversions that could not be made.
    pub(super) missing: Vec<MissingRate>,
}

/// What of an earning came through an exchange, in the earning's currency and in home currency.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Through {
    /// What was sent after fees, where a reference of that day is known.
    pub(super) net: Decimal,
    /// The same at that reference, in home currency.
    pub(super) at_reference: Decimal,
    /// What came less that, in home currency.
    pub(super) spread: Decimal,
    /// What was sent after fees, where no reference is known.
    pub(super) unknown_net: Decimal,
    /// What came of that, in home currency.
    pub(super) unknown_actual: Decimal,
}

impl Through {
    fn add(&mut self, other: &Self) {
        for (sum, more) in [
            (&mut self.net, other.net),
            (&mut self.at_reference, other.at_reference),
            (&mut self.spread, other.spread),
            (&mut self.unknown_net, other.unknown_net),
            (&mut self.unknown_actual, other.unknown_actual),
        ] {
            *sum = sum.saturating_add(more);
        }
    }

    /// A part of it: so much of `whole`.
    fn part(&self, part: Decimal, whole: Decimal) -> Self {
        let of = |amount: Decimal| {
            let share = amount.checked_mul(part).and_then(|product| product.checked_div(whole));
            share.map_or(Decimal::ZERO, kept)
        };
        Self {
            net: of(self.net),
            at_reference: of(self.at_reference),
            spread: of(self.spread),
            unknown_net: of(self.unknown_net),
            unknown_actual: of(self.unknown_actual),
        }
    }
}

/// What payouts brought, by earning. A payout that is still under way settles nothing yet.
///
/// What arrived is shared by the amounts settled; a surplus that no earning accounts for keeps its share to itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Payments {
    landed: ByEarning<Landed>,
    /// The payouts that settle a part of each earning, those under way included.
    payers: ByEarning<Vec<Arc<Payout>>>,
}

impl Payments {
    /// What has arrived, by earning.
    pub(super) fn landed(&self) -> &ByEarning<Landed> {
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

    /// The payouts that settle a part of an earning.
    pub(super) fn payers(&self, earning: EarningId) -> &[Arc<Payout>] {
        self.payers.get(&earning).map_or(&[], Vec::as_slice)
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

fn read(payout: &Payout, facts: &Facts, wanted: &BTreeSet<EarningId>, all: &mut ByEarning<Landed>) {
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
    let whole = sum(weights.iter().copied());
    let through = missing.is_empty().then(|| through(payout, received, arrived, day, facts)).flatten();
    let parts = payout.allocations.iter().zip(shares(arrived, &weights)).zip(&weights);
    for ((part, share), weight) in parts.filter(|((part, _), _)| wanted.contains(&part.earning)) {
        let held = all.entry(part.earning).or_default();
        // An amount in a third currency was set against the gross at some rate: no market is told from that.
        if let Some(through) = through.as_ref().filter(|_| part.amount.currency == payout.gross.currency) {
            held.through.get_or_insert_default().add(&through.part(*weight, whole));
        }
        held.settled.add(part.amount);
        held.actual = held.actual.saturating_add(share);
        if withheld {
            held.taxed = held.taxed.saturating_add(share);
        }
        held.missing.extend(&missing);
    }
}

/// What of a payout came through an exchange or in another currency; `None` where all of it is in home currency.
fn through(payout: &Payout, received: Money, arrived: Decimal, day: NaiveDate, facts: &Facts) -> Option<Through> {
    let Some(exchanged) = exchanged::of(facts.rates(), payout) else {
        // It came as it was sent: the market alone moved it.
        if payout.gross.currency == facts.home() {
            return None;
        }
        return Some(if facts.is_given(received.currency, day) {
            Through { net: received.amount, at_reference: arrived, ..Through::default() }
        } else {
            Through { unknown_net: received.amount, unknown_actual: arrived, ..Through::default() }
        });
    };
    // What was sent stands at its reference in the received currency, and as that in home currency; by no estimate.
    let known = exchanged.reference.filter(|_| facts.is_given(received.currency, day));
    let at_reference = known.and_then(|reference| facts.to_home(reference.worth, day).ok()).map(kept);
    let net = exchanged.sent_net.amount;
    Some(match at_reference {
        Some(at_reference) => {
            Through { net, at_reference, spread: arrived.saturating_sub(at_reference), ..Through::default() }
        }
        None => Through { unknown_net: net, unknown_actual: arrived, ..Through::default() },
    })
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
