//! Settling: a payout by hand with what it settles, or another match for one that is there.
//!
//! What it settles is named piece by piece: a recorded earning, the estimates of a project under an expected payout, or
//! all of an expected payout. Estimates are recorded first, as when they land. No piece is settled beyond what is open
//! of it, and all of them together not beyond the gross; what is left of that stands as unexplained.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::recording::{Recorded, Recording, ids_from, settleable};
use super::{check, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::earning::{DatedState, EarningState};
use crate::domain::ids::{EarningId, ProjectId};
use crate::domain::money::Money;
use crate::domain::payout::{Allocation, Payout};
use crate::domain::query::calendar::{self, ExpectedKey, Source, SourceRow};
use crate::domain::query::settles::open_of_earning;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{Now, date_in};

/// A payout with what it settles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settling {
    /// The payout; a new one, or one that is there, by its id. Its allocations are made anew from `settles`.
    pub payout: Payout,
    /// What it settles, and by how much.
    pub settles: Vec<Share>,
    /// A random number from which the ids of new earnings are counted up.
    pub earning_seed: EarningId,
}

/// A part of a payout that settles something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What it settles.
    pub of: Settleable,
    /// Gross, in the currency of what it settles.
    pub amount: Money,
}

/// Something that a payout can settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Settleable {
    /// A recorded earning.
    Earning(EarningId),
    /// The estimates of a project under an expected payout.
    Estimate(ExpectedKey, Option<ProjectId>),
    /// All that can be settled under an expected payout.
    Expected(ExpectedKey),
}

pub(super) fn settle(book: &Book, settling: &Settling, now: Now) -> Result<Change, Refused> {
    let payout = &settling.payout;
    if let Some(id) = payout.platform {
        platform::platform_of(book, id)?;
    }
    check::payout(payout)?;
    let Some(day) = payout.received_on.or(payout.booked_on()) else {
        return Err(Refusal::Empty("A day").at(Field::Day));
    };
    let today = date_in(now.at, now.zone);
    let latest = payout.legs.iter().flat_map(|leg| [leg.sent_on, leg.arrived_on]);
    let latest = latest.chain([payout.sent_on, payout.received_on]).flatten().max();
    if latest.is_some_and(|latest| latest > today) {
        return Err(Refusal::DayInTheFuture(today).at(Field::Day));
    }
    let mut plan = Plan::begun(book, settling);
    for share in settling.settles.iter().filter(|share| !share.amount.amount.is_zero()) {
        if share.amount.currency != payout.gross.currency {
            let refusal = Refusal::WrongCurrency { expected: payout.gross.currency, found: share.amount.currency };
            return Err(refusal.at(Field::Settles));
        }
        plan.add(share, day, now)?;
    }
    if let Some(worked) = plan.worked {
        check::after_the_work(day, worked)?;
    }
    let settles: Decimal = plan.allocations.iter().map(|part| part.amount.amount).sum();
    if settles > payout.gross.amount && payout.gross.amount >= Decimal::ZERO {
        let settles = payout.gross.with(settles);
        return Err(Refusal::SettlesMore { gross: payout.gross, settles }.at(Field::Settles));
    }
    let after = Payout { allocations: plan.allocations, ..payout.clone() };
    let whole = match book.payout(after.id) {
        Some(before) => Change::replace(before, after),
        None => Change::create(after),
    };
    Ok(plan.change.then(whole))
}

/// Which pieces under an expected payout are meant.
#[derive(Debug, Clone, Copy)]
enum Pieces {
    /// All of them.
    All,
    /// The estimates of a project, or of work without one.
    EstimatesOf(Option<ProjectId>),
}

/// A match being made: each piece sees what those before it recorded.
struct Plan<'a> {
    settling: &'a Settling,
    /// The Book with what was recorded so far, and without what the payout settled before.
    book: Book,
    change: Change,
    allocations: Vec<Allocation>,
    /// The earnings that this plan records.
    recorded: BTreeSet<EarningId>,
    next: u64,
    /// The first day of work that is settled.
    worked: Option<NaiveDate>,
}

impl<'a> Plan<'a> {
    fn begun(book: &Book, settling: &'a Settling) -> Self {
        let mut free = book.clone();
        if let Some(before) = book.payout(settling.payout.id) {
            free.apply(&Change::replace(before, Payout { allocations: Vec::new(), ..(**before).clone() }));
        }
        Self {
            settling,
            book: free,
            change: Change::default(),
            allocations: Vec::new(),
            recorded: BTreeSet::new(),
            next: 0,
            worked: None,
        }
    }

    fn add(&mut self, share: &Share, day: NaiveDate, now: Now) -> Result<(), Refused> {
        let mut parts = match share.of {
            Settleable::Earning(id) => vec![self.earning(id)?],
            Settleable::Estimate(key, project) => self.estimates(key, Pieces::EstimatesOf(project), now)?,
            Settleable::Expected(key) => self.estimates(key, Pieces::All, now)?,
        };
        let open: Decimal = parts.iter().map(|part| part.open.amount).sum();
        let asked = share.amount.amount;
        if asked.abs() > open.abs() || asked.is_sign_negative() != open.is_sign_negative() {
            return Err(Refusal::MoreThanOpen { open: share.amount.with(open) }.at(Field::Settles));
        }
        let mut left = asked;
        for part in &mut parts {
            let amount = if open.is_sign_negative() { part.open.amount.max(left) } else { part.open.amount.min(left) };
            left -= amount;
            self.worked = Some(self.worked.map_or(part.earning.worked.first, |day| day.min(part.earning.worked.first)));
            // A new earning is approved by being paid.
            if part.before.is_none() {
                part.earning.states.push(DatedState { on: day, state: EarningState::Approved(None) });
            }
            if !amount.is_zero() {
                self.allocate(Allocation { earning: part.earning.id, amount: share.amount.with(amount) });
            }
        }
        self.record(parts.iter().filter_map(Recorded::edit).collect());
        Ok(())
    }

    /// Adds to what is settled of an earning; one that is named twice stands once.
    fn allocate(&mut self, part: Allocation) {
        match self.allocations.iter_mut().find(|held| held.earning == part.earning) {
            Some(held) => held.amount.amount += part.amount.amount,
            None => self.allocations.push(part),
        }
    }

    fn record(&mut self, edits: Vec<Edit>) {
        let change = Change::new(edits);
        self.book.apply(&change);
        self.change = std::mem::take(&mut self.change).then(change);
    }

    /// What is open of an earning: what neither other payouts nor this one settle.
    fn earning(&self, id: EarningId) -> Result<Recorded, Refused> {
        let before = self.book.earning(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Earning(id))))?;
        let open = open_of_earning(&self.book, before, None);
        Ok(self.part(Arc::clone(before), open))
    }

    fn part(&self, before: Arc<crate::domain::earning::Earning>, open: Money) -> Recorded {
        let here = self.allocations.iter().filter(|part| part.earning == before.id);
        let taken: Decimal = here.map(|part| part.amount.amount).sum();
        Recorded { earning: (*before).clone(), open: open.with(open.amount - taken), before: Some(before) }
    }

    /// The pieces under an expected payout: of a project its estimates, which are recorded, and what this plan recorded of
    /// them already; of all of it the recorded earnings too.
    fn estimates(&mut self, key: ExpectedKey, pieces: Pieces, now: Now) -> Result<Vec<Recorded>, Refused> {
        let calendar = calendar::calendar(&self.book, now);
        let found = calendar.expected.iter().find(|expected| expected.key == key);
        let expected = found.ok_or_else(|| Refused::from(Refusal::NotExpected))?;
        let wanted = |row: &&SourceRow| match (pieces, row.source) {
            (Pieces::All, _) => true,
            (Pieces::EstimatesOf(project), Source::Session(_)) => row.project == project,
            (Pieces::EstimatesOf(project), Source::Earning(id)) => {
                row.project == project && self.recorded.contains(&id)
            }
        };
        let rows: Vec<&SourceRow> = settleable(&self.book, expected).filter(wanted).collect();
        let sum: Decimal = rows.iter().map(|row| row.amount.amount).sum();
        let gross = expected.gross.with(sum).rounded();
        let seed = EarningId(self.settling.earning_seed.0.wrapping_add(self.next));
        let mut ids = ids_from(seed);
        let day = self.settling.payout.booked_on().unwrap_or_else(|| date_in(now.at, now.zone));
        let recording = Recording { book: &self.book, key, otherwise: day };
        let parts = recording.parts(&rows, gross, &mut ids);
        let rest = recording.rest_of_split_sessions(&calendar, &rows, &mut ids);
        let made = parts.iter().filter(|part| part.before.is_none()).count() + rest.len();
        self.next += u64::try_from(made).unwrap_or(0);
        self.recorded.extend(parts.iter().filter(|part| part.before.is_none()).map(|part| part.earning.id));
        self.recorded.extend(rest.iter().filter_map(|edit| match edit.key() {
            Key::Earning(id) => Some(id),
            Key::Settings
            | Key::Platform(_)
            | Key::Project(_)
            | Key::Terms(_)
            | Key::Schedule(_)
            | Key::Route(_)
            | Key::Rate(_)
            | Key::Bill(_)
            | Key::Seen
            | Key::Session(_)
            | Key::Payout(_)
            | Key::Movement(_) => None,
        }));
        self.record(rest);
        Ok(parts
            .into_iter()
            .map(|part| match part.before {
                Some(before) => self.part(before, part.open),
                None => part,
            })
            .collect())
    }
}

#[cfg(test)]
mod tests;
