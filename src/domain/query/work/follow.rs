//! Keeps [`Work`] up with its Book: sessions priced, earnings laid over them, what arrived shared out.
//!
//! From what changed it finds what that touches: the earnings that stand for a session, those that compete with them
//! for its day, the projects whose settled share moved. All of that is taken off, laid and valued again; the rest
//! stands. Reading a Book is the same over an empty one. Settled earnings are valued first, since they teach the share
//! at which the open work of their projects counts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
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
use super::{Estimate, Piece, Work};
use crate::domain::ahead;
use crate::domain::book::{Book, Bucket};
use crate::domain::earning::{Covers, Earning};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::session::Session;
use crate::domain::span::user_day;

/// So many places are looked at at once.
const BATCH: usize = 1024;

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
        estimates: HashMap::default(),
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
        // Months follow each other; in a month sessions stand by id. A few months at a time: room that was taken for all of
        // them would stay with the process.
        let months: Vec<&Arc<Bucket>> = self.book.months().map(|(_, bucket)| bucket).collect();
        let projects = self.book.projects().map(|project| project.id);
        self.shelf.fill(self.book.sessions().count(), projects, &months, |bucket| {
            let mut of_month: Vec<Piece<'_>> =
                bucket.sessions().map(|session| piece(facts, session, minutes)).collect();
            of_month.sort_by_cached_key(|piece| (piece.session.started_at, piece.session.id));
            of_month
        });
        self.links.make_room(self.shelf.places());
        if self.facts.any_capped() {
            let places: Vec<Place> = self.shelf.taken().collect();
            self.fit_weeks(&places);
        }
        self.open.extend(self.book.open_sessions().filter_map(|session| self.shelf.place(session.id)));
        self.shelf.sort(&mut self.open);
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
        // The sessions whose price several earnings share: with each that comes or goes all of them are valued again.
        let mut shared: HashSet<Place> = HashSet::new();
        let mut earnings: Vec<Arc<Earning>> = Vec::new();
        for id in &stale {
            let before = self.unlink(*id, &mut touched, &mut shared);
            let now = match after.get(id) {
                Some(changed) => changed.clone(),
                None => before,
            };
            earnings.extend(now.filter(|earning| counts(earning)));
        }
        // Those of one week have sessions that lie beside each other.
        earnings.sort_by_key(|earning| earning.worked.first);
        let beside_others = self.links.link(&earnings, &self.shelf, &self.facts);
        shared.extend(beside_others.into_iter().filter(|at| self.links.is_shared(*at)));
        for earning in &earnings {
            self.note_link(earning.id, &mut touched);
        }
        to_value.extend(earnings.iter().map(|earning| earning.id));
        to_value.extend(shared.into_iter().flat_map(|at| self.links.covering(at).map(|claim| claim.earning.id)));

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
        if filled {
            self.estimate(&self.shelf.batches(BATCH));
            self.sum_all();
        } else {
            let touched: Vec<Place> = touched.places.into_iter().collect();
            self.estimate(&touched.chunks(BATCH).map(<[Place]>::to_vec).collect::<Vec<_>>());
            for at in &touched {
                summed.note(self, *at);
            }
            self.sum_anew(summed);
            self.shelf.settle(&touched);
        }
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

    /// Takes an earning off its sessions, for which others may stand, too.
    fn unlink(&mut self, id: EarningId, touched: &mut Touched, shared: &mut HashSet<Place>) -> Option<Arc<Earning>> {
        let claim = self.links.unlink(id)?;
        self.taught.unlearn(&claim.lessons);
        let several = |at: &&Place| claim.covers && self.links.covering(**at).next().is_some();
        shared.extend(claim.members.iter().filter(several));
        touched.extend(claim.members.iter().copied());
        self.loose.remove(&(claim.earning.worked.first, id));
        self.adding.remove(&(claim.earning.worked.last, id));
        self.live.remove(&id);
        self.unsettled.remove(&id);
        Some(claim.earning)
    }

    fn note_link(&mut self, id: EarningId, touched: &mut Touched) {
        let Some(claim) = self.links.claim(id) else {
            return;
        };
        if claim.members.is_empty() {
            self.loose.insert((claim.earning.worked.first, id));
        }
        if claim.members.is_empty() || !claim.covers {
            self.adding.insert((claim.earning.worked.last, id));
        }
        if self.open.iter().any(|at| self.links.at(*at).any(|laid| laid.earning.id == id)) {
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
        let (mut settled, mut open): (Vec<EarningId>, BTreeSet<EarningId>) = (Vec::new(), BTreeSet::new());
        for id in ids {
            let Some(claim) = self.links.claim(*id) else {
                continue;
            };
            let is_settled = self.valuer().is_settled(claim);
            if let Some(claim) = self.links.claim_mut(*id) {
                claim.settled = is_settled;
                self.taught.unlearn(&std::mem::take(&mut claim.lessons));
            }
            if is_settled {
                self.unsettled.remove(id);
                settled.push(*id);
            } else {
                self.unsettled.insert(*id);
                open.insert(*id);
            }
        }
        // Those whose sessions lie beside each other come after each other.
        settled.sort_by_cached_key(|id| self.first_place(*id));
        let valued = ahead::map(&settled, |id| {
            let parts = self.parts_of(*id);
            (lessons(&parts), packed(&parts))
        });
        for (id, (lessons, parts)) in settled.iter().zip(valued) {
            self.taught.learn(&lessons);
            if let Some(claim) = self.links.claim_mut(*id) {
                (claim.lessons, claim.parts) = (lessons, parts);
            }
        }
        let moved = self.taught.conclude();
        if !moved.is_empty() {
            let others: Vec<EarningId> = self.unsettled.difference(&open).copied().collect();
            open.extend(others.into_iter().filter(|id| self.is_of(*id, &moved)));
        }
        for id in open.iter().chain(ids) {
            touched.extend(self.links.claim(*id).iter().flat_map(|claim| claim.members.iter().copied()));
        }
        let mut open: Vec<EarningId> = open.into_iter().collect();
        open.sort_by_cached_key(|id| self.first_place(*id));
        let valued = ahead::map(&open, |id| packed(&self.parts_of(*id)));
        for (id, parts) in open.iter().zip(valued) {
            if let Some(claim) = self.links.claim_mut(*id) {
                claim.parts = parts;
            }
        }
        moved
    }

    fn first_place(&self, id: EarningId) -> Option<Place> {
        self.links.claim(id)?.members.first().copied()
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

    /// Estimates what some sessions are worth by themselves, and notes for which no earning stands.
    fn estimate<B: Clone + IntoIterator<Item = Place> + Sync>(&mut self, batches: &[B]) {
        if !self.estimates.is_empty() || !self.uncovered.is_empty() {
            for at in batches.iter().cloned().flatten() {
                self.estimates.remove(&at);
                let project = self.shelf.piece(at).and_then(|piece| Some(piece.paid_day()?.0));
                if let Some(uncovered) = project.and_then(|project| self.uncovered.get_mut(&project)) {
                    uncovered.remove(&at);
                }
            }
        }
        // Few are bare, so that those alone are gathered.
        let mut bare: Vec<(Place, Option<ProjectId>, Option<Estimate>)> = Vec::new();
        let look =
            |(): &mut (), batch: &B| -> Vec<_> { batch.clone().into_iter().filter_map(|at| self.bare(at)).collect() };
        ahead::in_order(batches, || (), look, |_, of_batch| bare.extend(of_batch));
        for (at, project, estimate) in bare {
            self.estimates.extend(estimate.map(|estimate| (at, estimate)));
            if let Some(project) = project {
                self.uncovered.entry(project).or_default().insert(at);
            }
        }
    }

    /// A session for which no earning stands: its project where it is paid, and what it is worth by itself.
    fn bare(&self, at: Place) -> Option<(Place, Option<ProjectId>, Option<Estimate>)> {
        if self.links.covering(at).next().is_some() {
            return None;
        }
        let piece = self.shelf.piece(at)?;
        let project = piece.paid_day().map(|(project, _)| project);
        Some((at, project, piece.estimated(&self.facts, self.taught.shares())))
    }
}

fn packed(parts: &[Made]) -> Packed {
    Packed::of(parts.iter().map(|made| &made.valued))
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
