//! Landed: an expected payout becomes recorded earnings and one payout with its allocations, in one change.
//!
//! Sessions behind the amount are recorded as one earning a project, which covers them from then on. The part of a
//! session that belongs to another window is recorded beside it, still open, so that no cent is lost or doubled.
//! Timers that still run are left out: their window goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{check, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Record};
use crate::domain::earning::{Covers, DatedState, Earning, EarningState};
use crate::domain::ids::{EarningId, PayoutId, ProjectId, SessionId};
use crate::domain::money::{Money, split_by_weight};
use crate::domain::payout::{Allocation, Difference, Payout};
use crate::domain::query::calendar::{self, Calendar, Expected, ExpectedKey, Source, SourceRow};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{DayRange, Now, date_in, day_plus};

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

/// The rows of an expected payout that can be settled: all but those of timers that still run.
pub fn settleable<'a>(book: &'a Book, expected: &'a Expected) -> impl Iterator<Item = &'a SourceRow> {
    expected.rows.iter().filter(|row| match row.source {
        Source::Session(id) => book.session(id).is_some_and(|session| !session.is_open()),
        Source::Earning(_) => true,
    })
}

/// The gross that can be settled of an expected payout, to the cent.
#[must_use]
pub fn settleable_gross(book: &Book, expected: &Expected) -> Money {
    let sum = settleable(book, expected).map(|row| row.amount.amount).sum();
    expected.gross.with(sum).rounded()
}

/// What should arrive of it after the known fees, to the cent.
#[must_use]
pub fn settleable_net(book: &Book, expected: &Expected) -> Money {
    let gross = settleable_gross(book, expected);
    if expected.gross.amount.is_zero() {
        return gross;
    }
    let net = gross.amount.checked_mul(expected.net.amount).map(|product| product / expected.gross.amount);
    gross.with(net.unwrap_or(gross.amount)).rounded()
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
    let settlement = settle(landing, gross, net)?;

    let mut ids = (0..).map(|step| EarningId(landing.earning_seed.0.wrapping_add(step)));
    let mut parts = recorded_parts(book, landing, &rows, gross, &mut ids);
    let mut edits = rest_of_split_sessions(book, landing, &calendar, &rows, &mut ids);
    let allocations = allocate(&parts, settlement.settled, settlement.order);
    for (part, allocation) in parts.iter_mut().zip(&allocations) {
        let approved = match landing.difference {
            Some(Difference::PartRejected) if allocation.amount != part.open => Some(allocation.amount),
            _ => None,
        };
        // A new earning is approved by being paid; an old one only where its amount was cut.
        if part.before.is_none() || approved.is_some() {
            part.earning.states.push(DatedState { on: landing.on, state: EarningState::Approved(approved) });
        }
        edits.extend(Edit::from_sides(part.before.clone().map(Record::from), Some(Record::from(part.earning.clone()))));
    }
    edits.push(Edit::create(Payout {
        platform_fee: settlement.platform_fee,
        tax_withheld: settlement.tax_withheld,
        received: Some(landing.received),
        received_on: Some(landing.on),
        route: landing.key.route,
        allocations: allocations.into_iter().filter(|part| !part.amount.amount.is_zero()).collect(),
        difference: settlement.difference,
        ..Payout::new(landing.payout, landing.key.platform, settlement.gross)
    }));
    Ok(Change::new(edits))
}

/// How the money that came relates to what was owed.
struct Settlement {
    gross: Money,
    settled: Money,
    platform_fee: Option<Money>,
    tax_withheld: Option<Money>,
    difference: Option<Difference>,
    order: Order,
}

/// Whose money it is where less came than is owed.
#[derive(Clone, Copy)]
enum Order {
    /// The oldest work first; the rest stays open.
    OldestFirst,
    /// Everybody's in proportion.
    InProportion,
}

fn settle(landing: &Landing, gross: Money, net: Money) -> Result<Settlement, Refused> {
    let received = landing.received;
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
    let Some(difference) = landing.difference else {
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

/// An earning that the payout settles, new or old.
struct Recorded {
    before: Option<Arc<Earning>>,
    earning: Earning,
    /// What is still open of it.
    open: Money,
}

/// The earnings behind the rows: the recorded ones as they are, and a new one for the sessions of each project.
/// Their open amounts sum to `gross`; they are in the order of their work.
fn recorded_parts(
    book: &Book,
    landing: &Landing,
    rows: &[&SourceRow],
    gross: Money,
    ids: &mut impl Iterator<Item = EarningId>,
) -> Vec<Recorded> {
    let mut groups: BTreeMap<(Option<EarningId>, Option<ProjectId>), Vec<&SourceRow>> = BTreeMap::new();
    for row in rows {
        let group = match row.source {
            Source::Earning(id) => (Some(id), row.project),
            Source::Session(_) => (None, row.project),
        };
        groups.entry(group).or_default().push(row);
    }
    let sums: Vec<Decimal> = groups.values().map(|group| group.iter().map(|row| row.amount.amount).sum()).collect();
    let amounts = split_by_weight(gross, &sums);
    let mut parts: Vec<Recorded> = Vec::new();
    for (((earning, project), group), open) in groups.into_iter().zip(amounts) {
        if let Some(before) = earning.and_then(|id| book.earning(id)) {
            parts.push(Recorded { before: Some(Arc::clone(before)), earning: (**before).clone(), open });
        } else if let Some(id) = ids.next() {
            let sessions: BTreeSet<SessionId> = group.iter().filter_map(|row| session_of(row)).collect();
            let earning = work_earning(landing, id, project, open, days_of(&group, landing.on), sessions);
            parts.push(Recorded { before: None, earning, open });
        }
    }
    parts.sort_by_key(|part| (part.earning.worked.first, part.earning.id));
    parts
}

/// Parts of the settled sessions that fall into other windows: recorded as open earnings of their own.
fn rest_of_split_sessions(
    book: &Book,
    landing: &Landing,
    calendar: &Calendar,
    rows: &[&SourceRow],
    ids: &mut impl Iterator<Item = EarningId>,
) -> Vec<Edit> {
    let settled: BTreeSet<SessionId> = rows.iter().filter_map(|row| session_of(row)).collect();
    calendar
        .expected
        .iter()
        .filter(|other| other.key != landing.key)
        .flat_map(|other| other.rows.iter())
        .filter_map(|row| session_of(row).filter(|id| settled.contains(id)).map(|id| (row, id)))
        .zip(ids)
        .filter(|((_, session), _)| book.session(*session).is_some())
        .map(|((row, session), id)| {
            let days = DayRange::day(row.worked_on);
            let amount = row.amount.rounded();
            Edit::create(work_earning(landing, id, row.project, amount, days, BTreeSet::from([session])))
        })
        .collect()
}

fn session_of(row: &SourceRow) -> Option<SessionId> {
    match row.source {
        Source::Session(id) => Some(id),
        Source::Earning(_) => None,
    }
}

fn days_of(rows: &[&SourceRow], otherwise: NaiveDate) -> DayRange {
    let days = || rows.iter().map(|row| row.worked_on);
    DayRange::new(days().min().unwrap_or(otherwise), days().max().unwrap_or(otherwise))
}

fn work_earning(
    landing: &Landing,
    id: EarningId,
    project: Option<ProjectId>,
    amount: Money,
    worked: DayRange,
    sessions: BTreeSet<SessionId>,
) -> Earning {
    Earning {
        project,
        covers: Covers::Sessions(sessions.into_iter().collect()),
        route: landing.key.route,
        ..Earning::work(id, landing.key.platform, amount, worked)
    }
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
mod tests;
