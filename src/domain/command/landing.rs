//! Landed: an expected payout becomes recorded earnings and one payout with its allocations, in one change.
//!
//! Estimates are recorded first, as `recording` says. Where less came than is owed, the reason decides what becomes of
//! the rest.

use chrono::NaiveDate;

use super::recording::{Recorded, Recording, ids_from, settleable, settleable_gross, settleable_net};
use super::{check, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit};
use crate::domain::earning::{DatedState, EarningState};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::{Money, split_by_weight};
use crate::domain::payout::{Allocation, Difference, Payout};
use crate::domain::query::calendar::{self, ExpectedKey, SourceRow};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{Now, date_in, day_plus};

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
    if landing.on > date_in(now.at, now.zone) {
        return Err(Refusal::InTheFuture { now: now.at, zone: now.zone }.at(Field::Day));
    }
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
    // A payout may be a day ahead of the work where zones differ, and no more.
    let worked = rows.iter().map(|row| row.worked_on).min().unwrap_or(landing.on);
    if landing.on < day_plus(worked, -1) {
        return Err(Refusal::BeforeTheWork(worked).at(Field::Day));
    }
    let gross = settleable_gross(book, expected);
    let net = settleable_net(book, expected);
    let settlement = settle(landing.received, landing.difference, gross, net)?;

    let mut ids = ids_from(landing.earning_seed);
    let recording = Recording { book, key: landing.key, otherwise: landing.on };
    let mut parts = recording.parts(&rows, gross, &mut ids);
    let mut edits = recording.rest_of_split_sessions(&calendar, &rows, &mut ids);
    let allocations = pay(&mut parts, &settlement, landing.difference, landing.on);
    edits.extend(parts.iter().filter_map(Recorded::edit));
    edits.push(Edit::create(Payout {
        platform_fee: settlement.platform_fee,
        tax_withheld: settlement.tax_withheld,
        received: Some(landing.received),
        received_on: Some(landing.on),
        route: landing.key.route,
        allocations,
        difference: settlement.difference,
        ..Payout::new(landing.payout, landing.key.platform, settlement.gross)
    }));
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
            Some(Difference::PartRejected) if allocation.amount != part.open => Some(allocation.amount),
            _ => None,
        };
        // A new earning is approved by being paid; an old one only where its amount was cut.
        if part.before.is_none() || approved.is_some() {
            part.earning.states.push(DatedState { on, state: EarningState::Approved(approved) });
        }
    }
    allocations.into_iter().filter(|part| !part.amount.amount.is_zero()).collect()
}

/// How the money that came relates to what was owed.
pub(super) struct Settlement {
    pub(super) gross: Money,
    pub(super) settled: Money,
    pub(super) platform_fee: Option<Money>,
    pub(super) tax_withheld: Option<Money>,
    pub(super) difference: Option<Difference>,
    pub(super) order: Order,
}

/// Whose money it is where less came than is owed.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// The oldest work first; the rest stays open.
    OldestFirst,
    /// Everybody's in proportion.
    InProportion,
}

/// What `received` settles of `gross`; `net` is what should arrive of it after the fees that are known.
///
/// # Errors
/// Less came, and `difference` doesn't say why.
pub(super) fn settle(
    received: Money,
    difference: Option<Difference>,
    gross: Money,
    net: Money,
) -> Result<Settlement, Refused> {
    let full = Settlement {
        gross,
        settled: gross,
        platform_fee: None,
        tax_withheld: None,
        difference: None,
        order: Order::OldestFirst,
    };
    if received.currency != gross.currency {
        return Ok(Settlement { difference: Some(Difference::Exchange), ..full });
    }
    if received == gross {
        return Ok(full);
    }
    let missing = gross.with(gross.amount - received.amount);
    if received == net {
        return Ok(Settlement { platform_fee: Some(missing), ..full });
    }
    if received.amount > gross.amount {
        // More than owed: the surplus stands as unexplained.
        return Ok(Settlement { gross: received, difference: Some(Difference::Unexplained), ..full });
    }
    let Some(difference) = difference else {
        return Err(Refusal::DifferenceUnsaid { expected: net, received }.at(Field::Difference));
    };
    let in_part = Settlement { gross: received, settled: received, difference: Some(difference), ..full };
    Ok(match difference {
        Difference::Fee => Settlement { gross, settled: gross, platform_fee: None, ..in_part },
        Difference::TaxWithheld => Settlement { gross, settled: gross, tax_withheld: Some(missing), ..in_part },
        Difference::Exchange => Settlement { gross, settled: gross, ..in_part },
        Difference::PartRejected => Settlement { order: Order::InProportion, ..in_part },
        Difference::RestLater | Difference::Unexplained => in_part,
    })
}

/// Shares the settled money over the earnings; the shares sum to it.
fn allocate(parts: &[Recorded], settled: Money, order: Order) -> Vec<Allocation> {
    let amounts = match order {
        Order::InProportion => split_by_weight(settled, &parts.iter().map(|part| part.open.amount).collect::<Vec<_>>()),
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
