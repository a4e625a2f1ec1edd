//! Keeps [`Work`] up with its Book: sessions priced, earnings laid over them, what arrived shared out.
//!
//! From what changed it finds what that touches: the earnings that stand for a session, those that compete with them
//! for its day, the projects whose settled share moved. All of that is taken off, laid and valued again; the rest
//! stands. Reading a Book is the same over an empty one. Settled earnings are valued first, since they teach the share
//! at which the open work of their projects counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::claim::Made;
use super::delta::Delta;
use super::facts::Facts;
use super::landed::{self, Payments, open_of};
use super::links::{Links, counts};
use super::packed::Packed;
use super::shelf::{Place, Shelf};
use super::sums::{Stale, Sums};
use super::taught::{Taught, lessons};
use super::watched::Watched;
use super::{Piece, Work};
use crate::domain::book::Book;
use crate::domain::earning::{Covers, Earning};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::session::Session;
use crate::domain::span::user_day;

/// Reads a Book from its beginning.
pub(super) fn read(book: &Book) -> Work {
    let delta = Delta::of_money(book);
    let mut work = Work {
        book: book.clone(),
        facts: Facts::of(book),
        shelf: Shelf::default(),
        open: Vec::new(),
        links: Links::default(),
        payments: Payments::default(),
        taught: Taught::default(),
        estimates: HashMap::new(),
        loose: BTreeSet::new(),
        adding: BTreeSet::new(),
        sums: Sums::default(),
        live: BTreeSet::new(),
        unsettled: BTreeSet::new(),
        uncovered: BTreeMap::new(),
        owing: BTreeMap::new(),
        openings: BTreeMap::new(),
        watched: Watched::default(),
        last_payouts: landed::last_payouts(book),
        payouts_at: book.revision(),
    };
    work.fill();
    work.take_over(&delta, true);
    work
}

/// Keeps up with a Book.
pub(super) fn follow(work: &mut Work, book: &Book) {
    let (old, new) = (work.book.settings(), book.settings());
    if old.home_currency != new.home_currency
        || old.day_start_minutes != new.day_start_minutes
        || old.week_start != new.week_start
    {
        *work = read(book);
        return;
    }
    let mut delta = Delta::between(&work.book, book);
    if !delta.payouts.is_empty() || !work.book.shares_ways_with(book) {
        work.payouts_at = book.revision();
    }
    if !delta.payouts.is_empty() {
        work.last_payouts = landed::last_payouts(book);
    }
    if !work.book.shares_tables_with(book) {
        work.follow_tables(book, &mut delta);
    }
    work.book = book.clone();
    work.reread_weeks(&mut delta);
    work.take_over(&delta, false);
}

impl Work {
    /// Reads the small tables again, and adds to what changed the records whose worth depends on what moved there.
    fn follow_tables(&mut self, book: &Book, delta: &mut Delta) {
        let facts = Facts::of(book);
        let moved = facts.moved_since(&self.facts);
        self.facts = facts;
        if moved.is_nothing() {
            return;
        }
        for piece in self.shelf.pieces() {
            let of_project = piece.session.project.is_some_and(|project| moved.projects.contains(&project));
            if of_project || moved.moves_rates_of(piece.day) {
                delta.reread(piece.session);
            }
        }
        for earning in self.book.earnings() {
            let of_payer = moved.platforms.contains(&earning.platform)
                || earning.project.is_some_and(|project| moved.projects.contains(&project));
            if of_payer || moved.moves_rates_of(earning.worked.first) {
                let both = || (Some(Arc::clone(earning)), Some(Arc::clone(earning)));
                delta.earnings.entry(earning.id).or_insert_with(both);
            }
        }
        for payout in self.book.payouts() {
            // What arrived counts at the rate of its day, what the exchange took by that of the day it was sent.
            let sent = payout.booked_on().is_some_and(|day| moved.moves_rates_of(day));
            if sent || moved.moves_rates_of(landed::day_of(payout)) {
                let both = || (Some(Arc::clone(payout)), Some(Arc::clone(payout)));
                delta.payouts.entry(payout.id).or_insert_with(both);
            }
        }
    }

    /// Fills the shelf with all sessions of the Book.
    fn fill(&mut self) {
        let minutes = self.book.settings().day_start_minutes;
        let facts = &self.facts;
        // Months follow each other; in a month sessions stand by id. One month at a time: room that was taken for all of them
        // would stay with the process.
        let pieces = self.book.months().flat_map(|(_, bucket)| {
            let mut of_month: Vec<Piece<'_>> =
                bucket.sessions().map(|session| piece(facts, session, minutes)).collect();
            of_month.sort_by_key(|piece| (piece.session.started_at, piece.session.id));
            of_month
        });
        self.shelf.fill(self.book.sessions().count(), pieces);
        let places: Vec<Place> = self.shelf.taken().collect();
        self.links.make_room(self.shelf.places());
        self.fit_weeks(&places);
        self.open.extend(places.iter().filter(|at| self.shelf.session(**at).is_some_and(|session| session.is_open())));
    }

    /// Takes over what changed; a shelf that was just filled holds the sessions already, and all of them are new.
    fn take_over(&mut self, delta: &Delta, filled: bool) {
        // Nothing is laid yet: nothing can be touched that is not new itself.
        let fresh = self.links.is_empty();
        let mut stale: BTreeSet<EarningId> = delta.earnings.keys().copied().collect();
        let mut summed = Stale::default();
        summed.note_days(delta, self.book.settings().day_start_minutes);
        for id in delta.sessions.keys() {
            if let Some(at) = self.shelf.place(*id) {
                summed.note(self, at);
            }
        }
        let mut touched = Touched { all: filled, places: self.set_sessions(delta, fresh, &mut stale) };
        for (before, after) in delta.earnings.values() {
            self.watched.follow(before.as_ref(), after.as_ref());
        }
        let after: BTreeMap<EarningId, Option<Arc<Earning>>> =
            delta.earnings.iter().map(|(id, (_, after))| (*id, after.clone())).collect();
        if !fresh {
            stale = self.links.with_rivals(stale, &after, &self.shelf, &self.facts);
        }

        let mut to_value: BTreeSet<EarningId> = BTreeSet::new();
        let mut earnings: Vec<Arc<Earning>> = Vec::new();
        for id in &stale {
            let before = self.unlink(*id, &mut touched, &mut to_value);
            let now = match after.get(id) {
                Some(changed) => changed.clone(),
                None => before,
            };
            earnings.extend(now.filter(|earning| counts(earning)));
        }
        self.links.link(&earnings, &self.shelf, &self.facts);
        for earning in &earnings {
            self.note_link(earning.id, &mut touched, &mut to_value);
        }

        let paid = self.payments.follow(delta.payouts.values(), &self.facts);
        for id in paid.iter().chain(delta.earnings.keys()) {
            self.note_owing(*id, after.get(id));
        }
        for (id, earning) in &after {
            match earning.as_ref().filter(|earning| !counts(earning) && earning.covers != Covers::Nothing) {
                Some(opening) => self.openings.insert(*id, Arc::clone(opening)),
                None => self.openings.remove(id),
            };
        }
        to_value.extend(paid);
        let moved = self.value(&to_value, &mut touched);
        touched.extend(moved.iter().filter_map(|project| self.uncovered.get(project)).flatten().copied());
        let touched: Vec<Place> =
            if touched.all { self.shelf.taken().collect() } else { touched.places.into_iter().collect() };
        for at in &touched {
            self.estimate(*at);
        }
        if filled {
            self.sum_all();
        } else {
            for at in &touched {
                summed.note(self, *at);
            }
            self.sum_anew(summed);
        }
        self.shelf.settle(&touched);
    }

    /// Sets the sessions that changed. Returns their places; the earnings that have or ask for one are noted.
    fn set_sessions(&mut self, delta: &Delta, fresh: bool, stale: &mut BTreeSet<EarningId>) -> BTreeSet<Place> {
        let minutes = self.book.settings().day_start_minutes;
        let mut touched: BTreeSet<Place> = BTreeSet::new();
        let mut pieces: Vec<(SessionId, Option<Piece<'_>>)> = Vec::with_capacity(delta.sessions.len());
        for (id, (_, after)) in &delta.sessions {
            pieces.push((*id, after.as_ref().map(|session| piece(&self.facts, session, minutes))));
            if let Some(at) = self.shelf.place(*id) {
                touched.insert(at);
                stale.extend(self.links.at(at).map(|claim| claim.earning.id));
                if let Some(piece) = self.shelf.piece(at) {
                    stale.extend(self.links.asking_for(&piece, &self.facts));
                    if let Some(held) = piece.session.project.and_then(|project| self.uncovered.get_mut(&project)) {
                        held.remove(&at);
                    }
                }
                self.estimates.remove(&at);
                self.open.retain(|open| *open != at);
            }
            stale.extend(self.links.aside(*id));
        }
        pieces.sort_by_key(|(id, piece)| (piece.as_ref().map(|piece| piece.session.started_at), *id));
        let set = self.shelf.put(pieces);
        self.fit_weeks(&set);
        self.links.make_room(self.shelf.places());
        for at in &set {
            let Some(piece) = self.shelf.piece(*at) else {
                continue;
            };
            if piece.session.is_open() {
                self.open.push(*at);
            }
            if !fresh {
                stale.extend(self.links.asking_for(&piece, &self.facts));
            }
        }
        self.shelf.sort(&mut self.open);
        touched.extend(set);
        touched
    }

    /// Takes an earning off its sessions; others that stand for one of them are to be valued again.
    fn unlink(
        &mut self,
        id: EarningId,
        touched: &mut Touched,
        to_value: &mut BTreeSet<EarningId>,
    ) -> Option<Arc<Earning>> {
        let claim = self.links.unlink(id)?;
        self.taught.unlearn(&claim.lessons);
        for at in claim.members.iter().filter(|_| claim.covers) {
            to_value.extend(self.links.covering(*at).map(|other| other.earning.id));
        }
        touched.extend(claim.members.iter().copied());
        self.loose.remove(&(claim.earning.worked.first, id));
        self.adding.remove(&(claim.earning.worked.last, id));
        self.live.remove(&id);
        self.unsettled.remove(&id);
        Some(claim.earning)
    }

    fn note_link(&mut self, id: EarningId, touched: &mut Touched, to_value: &mut BTreeSet<EarningId>) {
        let Some(claim) = self.links.claim(id) else {
            return;
        };
        to_value.insert(id);
        if claim.members.is_empty() {
            self.loose.insert((claim.earning.worked.first, id));
        }
        if claim.members.is_empty() || !claim.covers {
            self.adding.insert((claim.earning.worked.last, id));
        }
        for at in claim.members.iter().filter(|_| claim.covers) {
            if self.links.covering(*at).nth(1).is_some() {
                to_value.extend(self.links.covering(*at).map(|other| other.earning.id));
            }
        }
        if claim.members.iter().any(|at| self.open.contains(at)) {
            self.live.insert(id);
        }
        touched.extend(claim.members.iter().copied());
    }

    /// What payouts leave open of an earning: owed less settled, where something of the same sign is left.
    fn note_owing(&mut self, id: EarningId, changed: Option<&Option<Arc<Earning>>>) {
        let earning = match changed {
            Some(after) => after.as_ref(),
            None => self.book.earning(id),
        };
        let open = earning.and_then(|earning| {
            let owed = earning.owed();
            Some((earning, open_of(owed, self.payments.allocated(id, owed.currency))?))
        });
        match open {
            Some((earning, open)) => self.owing.insert(id, (Arc::clone(earning), open)),
            None => self.owing.remove(&id),
        };
    }

    /// Values earnings, the settled ones first; their sessions are touched. Returns the projects whose settled share moved.
    fn value(&mut self, ids: &BTreeSet<EarningId>, touched: &mut Touched) -> BTreeSet<ProjectId> {
        let mut open: BTreeSet<EarningId> = BTreeSet::new();
        for id in ids {
            let Some(claim) = self.links.claim_mut(*id) else {
                continue;
            };
            self.taught.unlearn(&std::mem::take(&mut claim.lessons));
            let settled = self.links.claim(*id).is_some_and(|claim| self.valuer().is_settled(claim));
            if let Some(claim) = self.links.claim_mut(*id) {
                claim.settled = settled;
            }
            if settled {
                self.unsettled.remove(id);
                let parts = self.parts_of(*id);
                let lessons = lessons(&parts);
                self.taught.learn(&lessons);
                if let Some(claim) = self.links.claim_mut(*id) {
                    claim.lessons = lessons;
                }
                self.lay(*id, parts);
            } else {
                self.unsettled.insert(*id);
                open.insert(*id);
            }
        }
        let moved = self.taught.conclude();
        if !moved.is_empty() {
            open.extend(self.unsettled.iter().filter(|id| self.is_of(**id, &moved)));
        }
        for id in open.iter().chain(ids) {
            touched.extend(self.links.claim(*id).iter().flat_map(|claim| claim.members.iter().copied()));
        }
        for id in open {
            let parts = self.parts_of(id);
            self.lay(id, parts);
        }
        moved
    }

    fn parts_of(&self, id: EarningId) -> Vec<Made> {
        let Some(claim) = self.links.claim(id) else {
            return Vec::new();
        };
        self.valuer().parts(claim, &self.links, |at| self.shelf.piece(at))
    }

    /// Whether a part of an earning is of one of some projects.
    fn is_of(&self, id: EarningId, projects: &BTreeSet<ProjectId>) -> bool {
        let Some(claim) = self.links.claim(id) else { return false };
        let own = claim.earning.project;
        let of_sessions = claim.members.iter().filter_map(|at| self.shelf.session(*at)?.project.or(own));
        let alone = own.filter(|_| claim.members.is_empty());
        alone.into_iter().chain(of_sessions).any(|project| projects.contains(&project))
    }

    /// Gives an earning's parts to its sessions; without any it stands by itself.
    fn lay(&mut self, id: EarningId, parts: Vec<Made>) {
        if let Some(claim) = self.links.claim_mut(id) {
            claim.parts = Packed::of(parts.into_iter().map(|made| made.valued).collect());
        }
    }

    /// Estimates what a session is worth by itself, and notes whether an earning stands for it.
    fn estimate(&mut self, at: Place) {
        let Some(piece) = self.shelf.piece(at) else {
            return;
        };
        match self.estimated(at, &piece) {
            Some(estimate) => _ = self.estimates.insert(at, estimate),
            None => _ = self.estimates.remove(&at),
        }
        let Some((project, _)) = piece.paid_day() else {
            return;
        };
        if self.links.covering(at).next().is_none() {
            self.uncovered.entry(project).or_default().insert(at);
        } else if let Some(uncovered) = self.uncovered.get_mut(&project) {
            uncovered.remove(&at);
        }
    }
}

/// Places whose worth may have moved. Where a whole Book is read all of them do, and none is noted.
struct Touched {
    all: bool,
    places: BTreeSet<Place>,
}

impl Touched {
    fn extend(&mut self, places: impl Iterator<Item = Place>) {
        if !self.all {
            self.places.extend(places);
        }
    }
}

/// A session as it is held: an open one is valued when it is asked for, and takes no time here.
fn piece<'s>(facts: &Facts, session: &'s Arc<Session>, day_start_minutes: u32) -> Piece<'s> {
    let day = user_day(session.started_at, session.zone, day_start_minutes);
    Piece::of(facts, session, day, session.started_at)
}
