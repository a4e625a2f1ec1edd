//! Work: every session and earning of a Book with what it has become, ready to be selected and summed.
//!
//! Made once a revision ([`Work::of`]), then asked as often as needed: running sessions, and the earnings that they
//! take part in, are valued again for the moment of the question. Pure; holds a copy of the Book (a few pointers).
//!
//! Formulas (design, "Money"), in home currency:
//! - *recorded*: own price, else own time × rate or tasks × price; a session without a price that an earning stands
//!   for has its share of the amount. Earnings that cover nothing add; opening money is outside.
//! - *accepted*: what the earning's states accept, shared over its sessions by price (by own time where one has
//!   none); without an earning the credited instead of the own time.
//! - *received*: what arrived, shared by the amounts settled; for what is still open the accepted less known or
//!   expected fees and tax withheld. From twenty settled items of a project on, its open work counts as recorded ×
//!   (received ÷ recorded of its settled items).
//!
//! Up to accepted, money converts at the rate of the user's day of the work; what arrived at the rate of its own.

mod build;
mod claim;
mod count;
mod facts;
mod landed;
#[cfg(test)]
pub(crate) mod testkit;
#[cfg(test)]
mod tests;
mod worth;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{NaiveDate, SubsecRound};
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::rates::Step;
use crate::domain::query::value::{self, NoValue, Priced};
use crate::domain::session::Session;
use crate::domain::span::Timestamp;

pub(super) use claim::Part;
use claim::{Claim, SettledShares, Valuer, at_settled_share};
use facts::{Facts, PlatformCut, kept};
use landed::Landed;

pub(super) use count::{Counted, Parallel};
pub use worth::Worth;

/// From how many settled items on the settled share of a project counts for its open work.
pub const SETTLED_ITEMS: usize = 20;

/// Every session and earning of a Book with what it has become.
#[derive(Debug, Clone)]
pub struct Work {
    book: Book,
    facts: Facts,
    /// By start, then id.
    pieces: Vec<Piece>,
    /// For each piece the latest end of it and all before it; an open one counts as ending at its start.
    latest_ends: Vec<Timestamp>,
    places: HashMap<SessionId, usize>,
    /// Places of the sessions without an end.
    open: Vec<usize>,
    claims: HashMap<EarningId, Claim>,
    landed: HashMap<EarningId, Landed>,
    settled_shares: SettledShares,
    /// For each piece the parts of earnings that it has.
    parts: Vec<Vec<Part>>,
    /// Earnings that stand by themselves.
    loose: Vec<Part>,
    /// Earnings with an open session among theirs.
    live: BTreeSet<EarningId>,
}

/// A session with what it is worth by itself.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) session: Arc<Session>,
    /// The user's day of its start.
    pub(super) day: NaiveDate,
    pub(super) platform: Option<PlatformId>,
    pub(super) own_secs: i64,
    /// Its price for its own time.
    pub(super) price: Result<Priced, NoValue>,
    /// The middle of the advertised range, an hour, in home currency; `None` where none is stated.
    pub(super) advertised: Option<Result<Decimal, MissingRate>>,
    /// The earnings that stand for it, by id.
    pub(super) covered_by: Vec<EarningId>,
    /// What it is worth without an earning; nothing where one stands for it.
    pub(super) estimate: Worth,
    /// Its credited value without an earning.
    pub(super) credited: Option<Money>,
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
    /// Reads a Book. The work of a hundred thousand sessions is read in one pass over each table.
    ///
    /// Opening money is left out. A session that an earning names or whose days it covers has no estimate; an
    /// earning that covers sessions of which none is there stands by itself on its first day.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        build::work(book)
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
            if let Some(before) = self.pieces.get(*at) {
                let piece = self.priced(before, now);
                moment.pieces.insert(*at, piece);
            }
        }
        let valuer = self.valuer();
        let mut parts: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
        for claim in self.live.iter().filter_map(|id| self.claims.get(id)) {
            let fresh = valuer.parts(claim, &self.claims, |at| moment.piece(at));
            for (at, part) in claim.members.iter().zip(fresh) {
                parts.entry(*at).or_default().push(part);
            }
        }
        for (at, mut fresh) in parts {
            let stays = self.parts.get(at).into_iter().flatten();
            fresh.extend(stays.filter(|part| !self.live.contains(&part.earning.id)).cloned());
            moment.parts.insert(at, fresh);
        }
        moment
    }

    fn valuer(&self) -> Valuer<'_> {
        Valuer { facts: &self.facts, landed: &self.landed, settled_shares: &self.settled_shares }
    }

    /// The piece of an open session, valued anew.
    fn priced(&self, before: &Piece, now: Timestamp) -> Piece {
        let mut piece = build::piece(&self.facts, &before.session, before.day, now);
        piece.covered_by.clone_from(&before.covered_by);
        piece.estimate = estimate(&self.facts, &self.settled_shares, &piece);
        piece
    }
}

/// What a session is worth without an earning. Nothing where one stands for it, or where it has no price.
fn estimate(facts: &Facts, settled_shares: &SettledShares, piece: &Piece) -> Worth {
    let mut worth = Worth::default();
    let (true, Ok(price), Some(credited)) = (piece.covered_by.is_empty(), piece.price, piece.credited) else {
        return worth;
    };
    let project = piece.session.project;
    worth.recorded = worth.home(facts, Step::Recorded, price.money, piece.day);
    worth.accepted = worth.home(facts, Step::Accepted, credited, piece.day);
    let received = worth.home(facts, Step::Received, credited, piece.day);
    worth.received = match project.and_then(|project| settled_shares.get(&project)) {
        Some(settled_share) => at_settled_share(&worth, *settled_share, Decimal::ONE),
        None => kept(received.saturating_mul(facts.share_after_fees(
            piece.platform,
            project,
            piece.day,
            PlatformCut::Expected,
        ))),
    };
    worth.unsettled = worth.received;
    if facts.is_employer(piece.platform) {
        worth.taxed = worth.received;
    }
    worth
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
            return self.work.pieces.get(at);
        }
        self.pieces.get(&at).or_else(|| self.work.pieces.get(at))
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
        self.work.places.get(&session).copied()
    }

    /// What a session is worth: its estimate or the parts of earnings that stand for it, and those that add.
    pub(super) fn worths(&self, at: usize, settled_only: bool) -> impl Iterator<Item = &Worth> {
        let covering = self.parts(at).iter().filter(|part| part.covers);
        let parts = covering.chain(self.adding(at, settled_only));
        self.piece(at).map(|piece| &piece.estimate).into_iter().chain(parts.map(|part| &part.worth))
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

impl Piece {
    /// Own seconds where the time is paid, else nothing.
    pub(super) fn paid_secs(&self) -> i64 {
        if self.session.paid { self.own_secs } else { 0 }
    }
}

/// Prices a session; see [`value::price`].
fn price(facts: &Facts, session: &Session, day: NaiveDate, secs: i64) -> Result<Priced, NoValue> {
    value::price(session, facts.terms_on(session.project, day), secs)
}
