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
mod cut;
mod delta;
mod facts;
mod follow;
mod landed;
mod links;
mod packed;
mod piece;
mod shelf;
mod sums;
mod taught;
#[cfg(test)]
pub(crate) mod testkit;
#[cfg(test)]
mod tests;
mod watched;
mod worth;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use ahash::RandomState;
use chrono::{NaiveDate, SubsecRound};
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::payout::Payout;
use crate::domain::query::value::NoValue;
use crate::domain::session::Session;
use crate::domain::span::{Month, Timestamp};

pub(super) use claim::Claim;
pub(super) use claim::Part;
use claim::Valuer;
use facts::Facts;
use landed::Payments;
pub(super) use landed::{last_payouts, open_of};
use links::{Links, Slot};
use packed::Packed;
pub(super) use piece::{Estimate, Piece};
pub(super) use shelf::Place;
use shelf::Shelf;
use sums::Sums;
use taught::Taught;
use watched::Watched;

pub(super) use count::{Counted, Parallel};
pub(super) use watched::Covers;
pub use worth::{Exchange, Worth};

/// From how many settled items on the settled share of a project counts for its open work.
pub const SETTLED_ITEMS: usize = 20;

/// Something of each earning.
type ByEarning<T> = HashMap<EarningId, T, RandomState>;

/// Every session and earning of a Book with what it has become.
#[derive(Debug, Clone)]
pub struct Work {
    book: Book,
    facts: Facts,
    shelf: Shelf,
    /// Places of the sessions without an end, by start.
    open: Vec<Place>,
    links: Links,
    payments: Payments,
    taught: Taught,
    /// What the sessions are worth for which no earning stands.
    estimates: HashMap<Place, Estimate, RandomState>,
    /// Earnings that stand by themselves, by day.
    loose: BTreeSet<(NaiveDate, EarningId)>,
    /// Earnings with an open session among theirs.
    live: BTreeSet<EarningId>,
    /// Earnings of which something is still to come.
    unsettled: BTreeSet<EarningId>,
    /// Places of the paid sessions for which no earning stands.
    uncovered: BTreeMap<ProjectId, BTreeSet<Place>>,
    /// What payouts leave open of earnings, opening money included.
    owing: BTreeMap<EarningId, (Arc<Earning>, Money)>,
    /// Opening money that stands for work.
    openings: BTreeMap<EarningId, Arc<Earning>>,
    /// Those that stand by themselves or add to sessions, by the last day of their work.
    adding: BTreeSet<(NaiveDate, EarningId)>,
    /// What ended sessions come to, by month and project.
    sums: Sums,
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
        let places = self.uncovered.values().flatten();
        let mut sessions: Vec<&Arc<Session>> = places.filter_map(|at| self.shelf.session(*at)).collect();
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

    /// Whether an earning has every session that it names, so that all of them are there.
    pub(super) fn has_all_named(&self, earning: &Earning) -> bool {
        self.links.has_all_named(earning)
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
        let mut moment = Moment { work: self, now, fresh: HashMap::new(), parts: HashMap::new() };
        for at in &self.open {
            if let Some(before) = self.shelf.piece(*at) {
                moment.set(*at, Piece::of(&self.facts, before.session, before.day, now));
            }
        }
        self.fit_at(&mut moment);
        let valuer = self.valuer();
        for id in &self.live {
            let (Some(slot), Some(claim)) = (self.links.slot(*id), self.links.claim(*id)) else { continue };
            let made = valuer.parts(claim, &self.links, |at| moment.piece(at));
            moment.parts.insert(slot, Packed::of(made.iter().map(|made| &made.valued)));
        }
        moment
    }

    fn valuer(&self) -> Valuer<'_> {
        Valuer { facts: &self.facts, landed: self.payments.landed(), settled_shares: self.taught.shares() }
    }

    /// What a session is worth by itself; `None` where an earning stands for it, or where it has no price.
    fn estimated(&self, at: Place, piece: &Piece<'_>) -> Option<Estimate> {
        let covered = self.links.covering(at).next().is_some();
        (!covered).then(|| piece.estimated(&self.facts, self.taught.shares())).flatten()
    }
}

/// The work as it stands at an instant.
pub(super) struct Moment<'w> {
    pub(super) work: &'w Work,
    pub(super) now: Timestamp,
    /// Open sessions, and those whose room they take.
    fresh: HashMap<Place, (Piece<'w>, Option<Estimate>)>,
    /// The parts of earnings that an open session takes part in.
    parts: HashMap<Slot, Packed>,
}

impl<'w> Moment<'w> {
    /// The work without what open sessions make of it.
    fn at_rest(work: &'w Work) -> Self {
        Self { work, now: Timestamp::MIN_UTC, fresh: HashMap::new(), parts: HashMap::new() }
    }

    /// Sets a session as it stands now.
    fn set(&mut self, at: Place, piece: Piece<'w>) {
        let estimate = self.work.estimated(at, &piece);
        self.fresh.insert(at, (piece, estimate));
    }

    pub(super) fn piece(&self, at: Place) -> Option<Piece<'w>> {
        let fresh = (!self.fresh.is_empty()).then(|| self.fresh.get(&at)).flatten();
        fresh.map(|(piece, _)| *piece).or_else(|| self.work.shelf.piece(at))
    }

    /// What a session is worth without an earning; `None` where one stands for it, or where it has no price.
    pub(super) fn estimate(&self, at: Place) -> Option<&Estimate> {
        match (!self.fresh.is_empty()).then(|| self.fresh.get(&at)).flatten() {
            Some((_, estimate)) => estimate.as_ref(),
            // Most sessions are covered: that is known sooner than a look into the estimates takes.
            None if self.work.links.covering(at).next().is_some() => None,
            None => self.work.estimates.get(&at),
        }
    }

    /// The parts of earnings that a session has, by earning.
    pub(super) fn parts(&self, at: Place) -> impl Iterator<Item = Part<'_>> {
        self.work.links.slots_at(at).iter().filter_map(move |slot| self.part(*slot, at))
    }

    /// Every claim that is laid over a session, with what the session has of it.
    pub(super) fn each_part(&self, at: Place, mut take: impl FnMut(&Claim, &Worth)) {
        for slot in self.work.links.slots_at(at) {
            let Some(claim) = self.work.links.held(*slot) else { continue };
            let parts = (!self.parts.is_empty()).then(|| self.parts.get(slot)).flatten().unwrap_or(&claim.parts);
            if let Some(valued) = claim.nth(at, &self.work.shelf).and_then(|nth| parts.get(nth)) {
                take(claim, &valued.worth);
            }
        }
    }

    fn part(&self, slot: Slot, at: Place) -> Option<Part<'_>> {
        let (claim, session) = (self.work.links.held(slot)?, self.work.shelf.session(at)?);
        let nth = claim.nth(at, &self.work.shelf)?;
        let day = self.work.shelf.piece(at)?.day;
        let platform = self.work.facts.platform_of(session);
        Self::made_of(claim, self.parts.get(&slot).unwrap_or(&claim.parts), nth, day, session.project, platform)
    }

    /// The part of an earning that stands by itself.
    fn standing_alone(&self, id: EarningId) -> Option<Part<'_>> {
        let claim = self.work.links.claim(id)?;
        Self::made_of(claim, &claim.parts, 0, claim.earning.worked.first, None, None)
    }

    fn made_of<'m>(
        claim: &'m Claim,
        parts: &Packed,
        nth: usize,
        day: NaiveDate,
        project: Option<ProjectId>,
        platform: Option<PlatformId>,
    ) -> Option<Part<'m>> {
        let valued = parts.get(nth)?;
        let earning = &claim.earning;
        Some(Part {
            earning,
            day,
            project: project.or(earning.project),
            platform: platform.unwrap_or(earning.platform),
            covers: claim.covers,
            settled: claim.settled,
            worth: valued.worth,
            value: earning.amount.with(valued.value),
        })
    }

    /// Whether nothing more is to come for a session. Unpaid time is; paid time is once the earnings that stand
    /// for it are, or, where results are priced and not time, those that add to it.
    pub(super) fn is_settled(&self, at: Place) -> bool {
        let Some(piece) = self.piece(at) else {
            return false;
        };
        let adds = || piece.price(&self.work.facts).is_err();
        let mut of_it = self.work.links.at(at).filter(|claim| claim.covers || adds()).peekable();
        match of_it.peek() {
            None => !piece.session.paid,
            Some(_) => of_it.all(|claim| claim.settled),
        }
    }

    /// The place of a session.
    pub(super) fn place(&self, session: SessionId) -> Option<Place> {
        self.work.shelf.place(session)
    }

    /// The parts of earnings that add to a session; without the unsettled ones where they are left out.
    pub(super) fn adding(&self, at: Place, settled_only: bool) -> impl Iterator<Item = Part<'_>> {
        let adds = self.work.links.at(at).any(|claim| !claim.covers);
        let parts = adds.then(|| self.parts(at)).into_iter().flatten();
        parts.filter(move |part| !part.covers && (part.settled || !settled_only))
    }

    /// What a session comes to at its terms for its own time; `None` where it has no price.
    pub(super) fn price(&self, piece: &Piece<'_>) -> Option<Money> {
        piece.price(&self.work.facts).ok()
    }

    /// The same for the time that the platform pays for.
    pub(super) fn credited(&self, piece: &Piece<'_>) -> Option<Money> {
        piece.credited(&self.work.facts).ok()
    }

    /// Why no money is known for the paid time of a session; `None` where some is, or where it is unpaid.
    pub(super) fn unpriced(&self, at: Place) -> Option<NoValue> {
        let piece = self.piece(at).filter(|piece| piece.session.paid)?;
        let laid = self.work.links.at(at).next().is_some();
        (!laid).then(|| piece.price(&self.work.facts).err()).flatten()
    }

    pub(super) fn standing(&self, at: Place) -> Standing {
        let covering = || self.work.links.covering(at);
        let Some(piece) = self.piece(at) else {
            return Standing::Unpaid;
        };
        // Of several earnings the one that is still open says most.
        if let Some(claim) = covering().find(|claim| !claim.settled).or_else(|| covering().next()) {
            return standing_of(&claim.earning, claim.settled);
        }
        match piece.price(&self.work.facts) {
            Ok(_) => Standing::Estimated,
            Err(NoValue::Unpaid) => Standing::Unpaid,
            Err(reason) => Standing::Unpriced(reason),
        }
    }

    /// What is advertised for the paid time of a session, an hour, in home currency; `None` where nothing is.
    pub(super) fn advertised(&self, piece: &Piece<'_>) -> Option<Result<Decimal, MissingRate>> {
        let project = piece.session.project.filter(|_| piece.session.paid)?;
        self.work.facts.advertised(project, piece.day)
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
