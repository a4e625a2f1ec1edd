//! Work: every session and earning of a Book with what it has become, ready to be selected and summed.
//!
//! Read once ([`Work::of`]), kept up with the Book ([`Work::follow`]: what changed and what that touches is valued
//! again, nothing else), then asked as often as needed: running sessions, and the earnings that they take part in, are
//! valued again for the moment of the question. Pure; holds a copy of the Book (a few pointers).
//!
//! Formulas (design, "Money"), in home currency:
//! - *recorded*: own price, else own time (as far as a cap has room) × rate or tasks × price; a session without a price that an earning stands
//!   for has its share of the amount. Earnings that cover nothing add; opening money is outside.
//! - *accepted*: what the earning's states accept, shared over its sessions by price (by own time where one has
//!   none); without an earning the credited instead of the own time.
//! - *received*: what arrived, shared by the amounts settled; for what is still open the accepted less known or
//!   expected fees and tax withheld. From twenty settled items of a project on, its open work counts as recorded ×
//!   (received ÷ recorded of its settled items).
//!
//! Up to accepted, money converts at the rate of the user's day of the work; what arrived at the rate of its own.

mod capped;
mod claim;
mod count;
mod delta;
mod facts;
mod follow;
mod landed;
mod links;
mod piece;
mod shelf;
mod taught;
#[cfg(test)]
pub(crate) mod testkit;
#[cfg(test)]
mod tests;
mod watched;
mod worth;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{NaiveDate, SubsecRound};
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::payout::Payout;
use crate::domain::query::value::NoValue;
use crate::domain::session::Session;
use crate::domain::span::{Month, Timestamp};

pub(super) use claim::Part;
use claim::Valuer;
use facts::Facts;
use landed::Payments;
pub(super) use landed::{last_payouts, open_of};
use links::Links;
pub(super) use piece::Piece;
use shelf::Shelf;
use taught::Taught;
use watched::Watched;

pub(super) use count::{Counted, Parallel};
pub(super) use watched::Covers;
pub(super) use worth::Kept;
pub use worth::{Exchange, Worth};

/// From how many settled items on the settled share of a project counts for its open work.
pub const SETTLED_ITEMS: usize = 20;

/// Every session and earning of a Book with what it has become.
#[derive(Debug, Clone)]
pub struct Work {
    book: Book,
    facts: Facts,
    shelf: Shelf,
    /// Places of the sessions without an end, by start.
    open: Vec<usize>,
    links: Links,
    payments: Payments,
    taught: Taught,
    /// For each place the parts of earnings that its session has, by earning.
    parts: Vec<Vec<Part>>,
    /// Earnings that stand by themselves, by day.
    loose: BTreeMap<(NaiveDate, EarningId), Part>,
    /// Earnings with an open session among theirs.
    live: BTreeSet<EarningId>,
    /// Earnings of which something is still to come.
    unsettled: BTreeSet<EarningId>,
    /// Places of the paid sessions for which no earning stands.
    uncovered: BTreeMap<ProjectId, BTreeSet<usize>>,
    /// What payouts leave open of earnings, opening money included.
    owing: BTreeMap<EarningId, (Arc<Earning>, Money)>,
    /// Opening money that stands for work.
    openings: BTreeMap<EarningId, Arc<Earning>>,
    /// Earnings by what is asked of them.
    watched: Watched,
    /// The last payout of each platform: its day where one is known.
    last_payouts: HashMap<PlatformId, Option<NaiveDate>>,
    /// The revision at which payouts, or the tables that say how they travel, moved last.
    payouts_at: u64,
}

/// Where a row's money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Unpaid time.
    Unpaid,
    /// Paid time that has no value yet, and why.
    Unpriced(NoValue),
    /// Priced by its terms or its own price; the platform has said nothing yet.
    Estimated,
    /// Recorded and not settled; its last state, where one was recorded.
    Open(Option<EarningState>),
    /// All that is owed has landed.
    Paid,
    /// Refused.
    Rejected,
    /// Given up.
    WrittenOff,
}

impl Work {
    /// Reads a Book, in one pass over each table.
    ///
    /// Opening money is left out. A session that an earning names or whose days it covers has no estimate; an
    /// earning that covers sessions of which none is there stands by itself on its first day.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        follow::read(book)
    }

    /// Keeps up with its Book: afterwards it is [`Work::of`] the Book as it is now, at the cost of what changed.
    ///
    /// Where the home currency or the start of the user's day moved, everything is read again.
    pub fn follow(&mut self, book: &Book) {
        follow::follow(self, book);
    }

    /// The revision at which what is known of payouts and of their ways moved last.
    #[must_use]
    pub fn payouts_at(&self) -> u64 {
        self.payouts_at
    }

    /// The last payout of each platform: its day where one is known.
    pub(super) fn last_payouts(&self) -> &HashMap<PlatformId, Option<NaiveDate>> {
        &self.last_payouts
    }

    /// Paid sessions of named projects that no earning stands for (but perhaps opening money), by month and id.
    pub(super) fn uncovered(&self) -> Vec<&Arc<Session>> {
        let pieces = self.uncovered.values().flatten().filter_map(|at| self.shelf.piece(*at));
        let mut sessions: Vec<&Arc<Session>> = pieces.map(|piece| &piece.session).collect();
        sessions.sort_by_cached_key(|session| (Month::of(session.started_at), session.id));
        sessions
    }

    /// What payouts settle of an earning in a currency, whether they have arrived or not.
    pub(super) fn allocated(&self, earning: EarningId, currency: Currency) -> Decimal {
        self.payments.allocated(earning, currency)
    }

    /// The payouts that settle a part of an earning, in no order.
    pub(super) fn payers(&self, earning: EarningId) -> &[Arc<Payout>] {
        self.payments.payers(earning)
    }

    /// Opening money that stands for work.
    pub(super) fn openings(&self) -> impl Iterator<Item = &Arc<Earning>> {
        self.openings.values()
    }

    /// Earnings with what payouts leave open of them, by month and id.
    pub(super) fn owing(&self) -> Vec<(&Arc<Earning>, Money)> {
        let mut owing: Vec<(&Arc<Earning>, Money)> =
            self.owing.values().map(|(earning, open)| (earning, *open)).collect();
        owing.sort_by_key(|(earning, _)| (Month::of_day(earning.worked.first), earning.id));
        owing
    }

    /// The Book it was made of.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The currency of all its sums.
    #[must_use]
    pub fn home(&self) -> Currency {
        self.facts.home()
    }

    /// The work as it stands at an instant: running sessions are valued up to it.
    pub(super) fn at(&self, now: Timestamp) -> Moment<'_> {
        let now = now.trunc_subsecs(0);
        let mut moment = Moment { work: self, now, pieces: HashMap::new(), parts: HashMap::new() };
        for at in &self.open {
            if let Some(before) = self.shelf.piece(*at) {
                let piece = self.priced(before, now);
                moment.pieces.insert(*at, piece);
            }
        }
        self.fit_at(&mut moment);
        let valuer = self.valuer();
        let mut parts: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
        for claim in self.live.iter().filter_map(|id| self.links.claim(*id)) {
            let fresh = valuer.parts(claim, self.links.claims(), |at| moment.piece(at));
            for (at, part) in claim.members.iter().zip(fresh) {
                parts.entry(*at).or_default().push(part);
            }
        }
        for (at, mut fresh) in parts {
            let stays = self.parts.get(at).into_iter().flatten();
            fresh.extend(stays.filter(|part| !self.live.contains(&part.earning.id)).cloned());
            fresh.sort_by_key(|part| part.earning.id);
            moment.parts.insert(at, fresh);
        }
        moment
    }

    fn valuer(&self) -> Valuer<'_> {
        Valuer { facts: &self.facts, landed: self.payments.landed(), settled_shares: self.taught.shares() }
    }

    /// The piece of an open session, valued anew.
    fn priced(&self, before: &Piece, now: Timestamp) -> Piece {
        let mut piece = Piece::of(&self.facts, &before.session, before.day, now);
        piece.covered_by.clone_from(&before.covered_by);
        piece.estimate = piece.estimated(&self.facts, self.taught.shares());
        piece
    }
}

/// The work as it stands at an instant.
pub(super) struct Moment<'w> {
    pub(super) work: &'w Work,
    pub(super) now: Timestamp,
    /// Open sessions, by place.
    pieces: HashMap<usize, Piece>,
    /// Parts of earnings that an open session takes part in, by place.
    parts: HashMap<usize, Vec<Part>>,
}

impl Moment<'_> {
    pub(super) fn piece(&self, at: usize) -> Option<&Piece> {
        if self.pieces.is_empty() {
            return self.work.shelf.piece(at);
        }
        self.pieces.get(&at).or_else(|| self.work.shelf.piece(at))
    }

    /// The parts of earnings that a session has.
    pub(super) fn parts(&self, at: usize) -> &[Part] {
        self.parts.get(&at).or_else(|| self.work.parts.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Whether nothing more is to come for a session. Unpaid time is; paid time is once the earnings that stand
    /// for it are, or, where results are priced and not time, those that add to it.
    pub(super) fn is_settled(&self, at: usize) -> bool {
        let Some(piece) = self.piece(at) else {
            return false;
        };
        let mut of_it = self.parts(at).iter().filter(|part| part.covers || piece.price.is_err()).peekable();
        match of_it.peek() {
            None => !piece.session.paid,
            Some(_) => of_it.all(|part| part.settled),
        }
    }

    /// The place of a session.
    pub(super) fn place(&self, session: SessionId) -> Option<usize> {
        self.work.shelf.place(session)
    }

    /// What a session is worth: its estimate or the parts of earnings that stand for it, and those that add.
    pub(super) fn worths(&self, at: usize, settled_only: bool) -> impl Iterator<Item = &Kept> {
        let covering = self.parts(at).iter().filter(|part| part.covers);
        let parts = covering.chain(self.adding(at, settled_only));
        let estimate = self.piece(at).and_then(|piece| piece.estimate.as_ref());
        estimate.map(|estimate| &estimate.worth).into_iter().chain(parts.map(|part| &part.worth))
    }

    /// The parts of earnings that add to a session; without the unsettled ones where they are left out.
    pub(super) fn adding(&self, at: usize, settled_only: bool) -> impl Iterator<Item = &Part> {
        self.parts(at).iter().filter(move |part| !part.covers && (part.settled || !settled_only))
    }

    /// Why no money is known for the paid time of a session; `None` where some is, or where it is unpaid.
    pub(super) fn unpriced(&self, at: usize) -> Option<NoValue> {
        let piece = self.piece(at)?;
        let reason = piece.price.err()?;
        (piece.session.paid && self.parts(at).is_empty()).then_some(reason)
    }

    pub(super) fn standing(&self, at: usize) -> Standing {
        let covering = || self.parts(at).iter().filter(|part| part.covers);
        let Some(piece) = self.piece(at) else {
            return Standing::Unpaid;
        };
        // Of several earnings the one that is still open says most.
        if let Some(part) = covering().find(|part| !part.settled).or_else(|| covering().next()) {
            return standing_of(&part.earning, part.settled);
        }
        match piece.price {
            Ok(_) => Standing::Estimated,
            Err(NoValue::Unpaid) => Standing::Unpaid,
            Err(reason) => Standing::Unpriced(reason),
        }
    }

    pub(super) fn project_platform(&self, project: ProjectId) -> Option<PlatformId> {
        self.work.book.platform_of(Some(project)).map(|platform| platform.id)
    }
}

pub(super) fn standing_of(earning: &Earning, settled: bool) -> Standing {
    match earning.state() {
        Some(EarningState::Rejected) => Standing::Rejected,
        Some(EarningState::WrittenOff) => Standing::WrittenOff,
        _ if settled => Standing::Paid,
        state => Standing::Open(state),
    }
}
