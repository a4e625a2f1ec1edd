//! Landed: an expected payout becomes recorded earnings and one payout with its allocations, in one change.
//!
//! Estimates are recorded first, as `recording` says. Where less came than is owed, the reason decides what becomes of
//! the rest: a fee, a tax or an exchange rate is recorded as such, a part that was rejected is owed no more, and what
//! comes later stays open.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::recording::{Recorded, Recording, ids_from, settleable, settleable_gross, settleable_net};
use super::{check, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit};
use crate::domain::earning::{DatedState, EarningState};
use crate::domain::ids::{EarningId, PayoutId, PlatformId, RouteId};
use crate::domain::money::{Money, split_by_weight};
use crate::domain::payout::{Allocation, Difference, Leg, Payout};
use crate::domain::query::calendar::{self, Expected, ExpectedKey, SourceRow};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::Now;

/// An expected payout that has landed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// Which one.
    pub key: ExpectedKey,
    /// The day it arrived, in the user's zone.
    pub on: NaiveDate,
    /// What arrived; may be in another currency.
    pub received: Money,
    /// Why it differs from what was expected, where it does.
    pub difference: Option<Difference>,
    /// The new payout's id.
    pub payout: PayoutId,
    /// A random number from which the ids of new earnings are counted up.
    pub earning_seed: EarningId,
}

pub(super) fn land(book: &Book, landing: &Landing, now: Now) -> Result<Change, Refused> {
    platform::platform_of(book, landing.key.platform)?;
    check::positive_amount(landing.received)?;
    check::has_come(landing.on, now)?;
    let calendar = calendar::calendar(book, now);
    let expected = calendar
        .expected
        .iter()
        .find(|expected| expected.key == landing.key)
        .ok_or_else(|| Refused::from(Refusal::NotExpected))?;
    let rows: Vec<&SourceRow> = settleable(book, expected).collect();
    if rows.is_empty() {
        return Err(Refusal::NotExpected.into());
    }
    check::after_the_work(landing.on, rows.iter().map(|row| row.worked_on).min().unwrap_or(landing.on))?;
    let gross = settleable_gross(book, expected);
    let net = settleable_net(book, expected);
    let cuts = known_cuts(book, expected, gross, net);
    let settlement = settle(landing.received, landing.difference, gross, cuts)?;

    let mut ids = ids_from(landing.earning_seed);
    let recording = Recording { book, key: landing.key, otherwise: landing.on };
    let mut parts = recording.parts(&rows, gross, &mut ids);
    let mut edits = recording.rest_of_split_sessions(&calendar, &rows, &mut ids);
    let allocations = pay(&mut parts, &settlement, landing.difference, landing.on);
    edits.extend(parts.iter().filter_map(Recorded::edit));
    let ExpectedKey { platform, route, .. } = landing.key;
    let came = Came { payout: landing.payout, platform, route, on: landing.on, received: landing.received };
    edits.push(Edit::create(settlement.payout(book, came, allocations)));
    Ok(Change::new(edits))
}

/// Shares what came over the earnings, and writes the states that come of it into them.
pub(super) fn pay(
    parts: &mut [Recorded],
    settlement: &Settlement,
    difference: Option<Difference>,
    on: NaiveDate,
) -> Vec<Allocation> {
    let allocations = allocate(parts, settlement.settled, settlement.order);
    for (part, allocation) in parts.iter_mut().zip(&allocations) {
        let approved = match difference {
            // Of what was refused or given up nothing is owed that could be rejected.
            Some(Difference::PartRejected)
                if allocation.amount != part.open && !part.earning.owed().amount.is_zero() =>
            {
                Some(accepted(part, allocation.amount))
            }
            _ => None,
        };
        // A new earning is approved by being paid; an old one only where its amount was cut.
        if part.before.is_none() || approved.is_some() {
            part.earning.states.push(DatedState { on, state: EarningState::Approved(approved) });
        }
    }
    allocations.into_iter().filter(|part| !part.amount.amount.is_zero()).collect()
}

/// What was accepted of an earning of which `now` is paid and the rest refused: that and what was settled of it before.
fn accepted(part: &Recorded, now: Money) -> Money {
    let owed = part.earning.owed();
    if owed.currency != now.currency {
        return now;
    }
    now.with(now.amount + owed.amount - part.open.amount)
}

/// What is known to be taken off a gross, each in its currency; `None` where nothing is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cuts {
    pub(super) platform: Option<Money>,
    pub(super) tax: Option<Money>,
    pub(super) payout: Option<Money>,
}

impl Cuts {
    /// Parts of a sum by the weight of what is known: fee of the platform, tax, fee of the payout.
    pub(super) fn shared(sum: Money, weights: [Decimal; 3]) -> Self {
        let parts = split_by_weight(sum, &weights);
        let part = |at: usize| {
            let told = weights.get(at).is_some_and(|weight| !weight.is_zero());
            parts.get(at).copied().filter(|part| told && !part.amount.is_zero())
        };
        Self { platform: part(0), tax: part(1), payout: part(2) }
    }

    fn weights(self) -> [Decimal; 3] {
        [self.platform, self.tax, self.payout].map(|cut| cut.map_or(Decimal::ZERO, |cut| cut.amount))
    }

    pub(super) fn sum(self) -> Decimal {
        self.weights().iter().copied().sum()
    }
}

/// What is known to be taken off what can be settled of an expected payout, to the cent: `gross` less it is `net`.
fn known_cuts(book: &Book, expected: &Expected, gross: Money, net: Money) -> Cuts {
    let fees = calendar::fees_of(book, expected);
    Cuts::shared(gross.with(gross.amount - net.amount), [fees.platform, fees.tax, fees.payout])
}

/// How the money that came relates to what was owed.
pub(super) struct Settlement {
    pub(super) gross: Money,
    pub(super) settled: Money,
    pub(super) cuts: Cuts,
    /// The exchange rate that it came at, where that is why it differs.
    pub(super) rate: Option<Decimal>,
    pub(super) difference: Option<Difference>,
    pub(super) order: Order,
}

/// Money that came.
#[derive(Clone, Copy)]
pub(super) struct Came {
    /// The new payout's id.
    pub(super) payout: PayoutId,
    pub(super) platform: PlatformId,
    /// The route that was named; `None` means the usual one.
    pub(super) route: Option<RouteId>,
    pub(super) on: NaiveDate,
    pub(super) received: Money,
}

impl Settlement {
    /// The payout that came, with what is known to have been taken off it.
    pub(super) fn payout(&self, book: &Book, came: Came, allocations: Vec<Allocation>) -> Payout {
        let taken = book.route_taken(came.route, Some(came.platform));
        let to = taken.map_or_else(String::new, |route| route.name.clone());
        Payout {
            platform_fee: self.cuts.platform,
            tax_withheld: self.cuts.tax,
            legs: self.leg(to, came.on, came.received).into_iter().collect(),
            received: Some(came.received),
            received_on: Some(came.on),
            route: came.route,
            allocations,
            difference: self.difference,
            ..Payout::new(came.payout, came.platform, self.gross)
        }
    }

    /// The transfer that tells of a fee or a rate; `None` where there is neither.
    pub(super) fn leg(&self, to: String, on: NaiveDate, received: Money) -> Option<Leg> {
        (self.cuts.payout.is_some() || self.rate.is_some()).then_some(Leg {
            to,
            sent_on: None,
            arrived_on: Some(on),
            fee: self.cuts.payout,
            rate: self.rate,
            arrived: Some(received),
        })
    }
}

/// Whose money it is where less came than is owed.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// The oldest work first; the rest stays open.
    OldestFirst,
    /// Everybody's in proportion.
    InProportion,
}

/// The gross that `received` stands for where it is only a part of what should arrive: the known fees were taken off it
/// in proportion.
#[must_use]
pub fn gross_of_part(received: Money, gross: Money, net: Money) -> Money {
    if net.amount <= Decimal::ZERO || net == gross {
        return received;
    }
    let whole = received.amount.checked_mul(gross.amount).and_then(|product| product.checked_div(net.amount));
    whole.map_or(received, |whole| received.with(whole).rounded())
}

/// What `received` settles of `gross`, of which `cuts` are known to be taken off.
///
/// # Errors
/// Less came, and `difference` doesn't say why.
pub(super) fn settle(
    received: Money,
    difference: Option<Difference>,
    gross: Money,
    cuts: Cuts,
) -> Result<Settlement, Refused> {
    let net = gross.with(gross.amount.saturating_sub(cuts.sum()));
    let full = Settlement {
        gross,
        settled: gross,
        cuts: Cuts::default(),
        rate: None,
        difference: None,
        order: Order::OldestFirst,
    };
    if received.currency != gross.currency {
        let rate = rate(received, net);
        return Ok(Settlement { cuts, rate, difference: Some(Difference::Exchange), ..full });
    }
    if received == net {
        return Ok(Settlement { cuts, ..full });
    }
    if received == gross {
        return Ok(full);
    }
    if received.amount > gross.amount {
        // More than owed: the surplus stands as unexplained.
        return Ok(Settlement { gross: received, difference: Some(Difference::Unexplained), ..full });
    }
    let Some(difference) = difference else {
        return Err(Refusal::DifferenceUnsaid { expected: net, received }.at(Field::Difference));
    };
    // Where less came than the known fees leave, they were taken off, and the reason tells of the rest.
    let known = if received.amount < net.amount { cuts } else { Cuts::default() };
    let rest = gross.amount - known.sum() - received.amount;
    let with = |cut: Option<Money>| Some(gross.with(cut.map_or(Decimal::ZERO, |cut| cut.amount) + rest));
    let full = Settlement { cuts: known, difference: Some(difference), ..full };
    Ok(match difference {
        Difference::Fee => Settlement { cuts: Cuts { payout: with(known.payout), ..known }, ..full },
        Difference::PlatformFee => Settlement { cuts: Cuts { platform: with(known.platform), ..known }, ..full },
        Difference::TaxWithheld => Settlement { cuts: Cuts { tax: with(known.tax), ..known }, ..full },
        Difference::Exchange => {
            let rate = rate(received, gross.with(gross.amount - known.sum()));
            Settlement { rate, ..full }
        }
        Difference::PartRejected | Difference::RestLater => {
            let part = gross_of_part(received, gross, gross.with(gross.amount - known.sum()));
            let cuts = Cuts::shared(part.with(part.amount - received.amount), known.weights());
            let order = if difference == Difference::PartRejected { Order::InProportion } else { Order::OldestFirst };
            Settlement { gross: part, settled: part, cuts, order, ..full }
        }
        Difference::Unexplained => Settlement { gross: received, settled: received, cuts: Cuts::default(), ..full },
    })
}

/// What one unit that was sent became, to ten decimals.
fn rate(received: Money, sent: Money) -> Option<Decimal> {
    let rate = received.amount.checked_div(sent.amount)?;
    (rate > Decimal::ZERO).then(|| rate.round_dp(10).normalize())
}

/// Shares the settled money over the earnings; the shares sum to it, as far as so much is open.
fn allocate(parts: &[Recorded], settled: Money, order: Order) -> Vec<Allocation> {
    let amounts = match order {
        Order::InProportion => {
            let opens: Vec<Decimal> = parts.iter().map(|part| part.open.amount).collect();
            // A surplus is nobody's: no earning is paid beyond what is open of it.
            let most = opens.iter().sum::<Decimal>().max(Decimal::ZERO);
            split_by_weight(settled.with(settled.amount.min(most)), &opens)
        }
        Order::OldestFirst => {
            let mut left = settled.amount;
            parts
                .iter()
                .map(|part| {
                    let share = part.open.amount.min(left);
                    left -= share;
                    settled.with(share)
                })
                .collect()
        }
    };
    parts.iter().zip(amounts).map(|(part, amount)| Allocation { earning: part.earning.id, amount }).collect()
}

#[cfg(test)]
pub(super) mod tests;
