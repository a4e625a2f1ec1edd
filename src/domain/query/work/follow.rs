//! Keeps [`Work`] up with its Book: sessions priced, earnings laid over them, what arrived shared out.
//!
//! From what changed it finds what that touches: the earnings that stand for a session, those that compete with them
//! for its day, the projects whose settled share moved. All of that is taken off, laid and valued again; the rest
//! stands. Reading a Book is the same over an empty one. Settled earnings are valued first, since they teach the share
//! at which the open work of their projects counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claim::Part;
use super::delta::Delta;
use super::facts::Facts;
use super::landed::{self, Payments, open_of};
use super::links::{Links, counts};
use super::piece::Covering;
use super::shelf::Shelf;
use super::taught::{Taught, lessons};
use super::watched::Watched;
use super::{Piece, Work};
use crate::domain::book::Book;
use crate::domain::earning::{Covers, Earning};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::span::user_day;

/// Reads a Book from its beginning.
pub(super) fn read(book: &Book) -> Work {
    let nothing = Book::new((**book.settings()).clone());
    let delta = Delta::between(&nothing, book);
    let mut work = Work {
        book: book.clone(),
        facts: Facts::of(book),
        shelf: Shelf::default(),
        open: Vec::new(),
        links: Links::default(),
        payments: Payments::default(),
        taught: Taught::default(),
        parts: Vec::new(),
        loose: BTreeMap::new(),
        live: BTreeSet::new(),
        unsettled: BTreeSet::new(),
        uncovered: BTreeMap::new(),
        owing: BTreeMap::new(),
        openings: BTreeMap::new(),
        watched: Watched::default(),
        last_payouts: landed::last_payouts(book),
        payouts_at: book.revision(),
    };
    work.take_over(&delta);
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
    work.take_over(&delta);
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
                delta.reread(&piece.session);
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

    fn take_over(&mut self, delta: &Delta) {
        // Nothing is laid yet: nothing can be touched that is not new itself.
        let fresh = self.links.is_empty();
        let mut stale: BTreeSet<EarningId> = delta.earnings.keys().copied().collect();
        let mut touched = self.set_sessions(delta, fresh, &mut stale);
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
        self.links.link(&earnings, &mut self.shelf, &self.facts);
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
        let moved = self.value(&to_value);
        touched.extend(moved.iter().filter_map(|project| self.uncovered.get(project)).flatten());
        for at in touched {
            self.estimate(at);
        }
        self.shelf.settle();
    }

    /// Prices the sessions that changed. Returns their places; the earnings that have or ask for one are noted.
    fn set_sessions(&mut self, delta: &Delta, fresh: bool, stale: &mut BTreeSet<EarningId>) -> BTreeSet<usize> {
        let settings = self.book.settings();
        let mut pieces: Vec<(SessionId, Option<Piece>)> = Vec::with_capacity(delta.sessions.len());
        for (id, (_, after)) in &delta.sessions {
            // An open session is valued when it is asked for; here it takes no time.
            let piece = after.as_ref().map(|session| {
                let day = user_day(session.started_at, session.zone, settings.day_start_minutes);
                Piece::of(&self.facts, session, day, session.started_at)
            });
            pieces.push((*id, piece));
            if let Some(at) = self.shelf.place(*id) {
                if let Some(piece) = self.shelf.piece(at) {
                    stale.extend(piece.covered_by.ids());
                    stale.extend(self.links.asking_for(piece, &self.facts));
                    if let Some(held) = piece.session.project.and_then(|project| self.uncovered.get_mut(&project)) {
                        held.remove(&at);
                    }
                }
                if let Some(parts) = self.parts.get_mut(at) {
                    stale.extend(parts.drain(..).map(|part| part.earning.id));
                }
                self.open.retain(|open| *open != at);
            }
            stale.extend(self.links.aside(*id));
        }
        pieces.sort_by_key(|(id, piece)| (piece.as_ref().map(|piece| piece.session.started_at), *id));
        let set = self.shelf.put(pieces);
        self.fit_weeks(&set);
        self.parts.resize_with(self.shelf.places(), Vec::new);
        for at in &set {
            let Some(piece) = self.shelf.piece(*at) else {
                continue;
            };
            if piece.session.is_open() {
                self.open.push(*at);
            }
            if !fresh {
                stale.extend(self.links.asking_for(piece, &self.facts));
            }
        }
        self.shelf.sort(&mut self.open);
        set.into_iter().collect()
    }

    /// Takes an earning off its sessions; others that stand for one of them are to be valued again.
    fn unlink(
        &mut self,
        id: EarningId,
        touched: &mut BTreeSet<usize>,
        to_value: &mut BTreeSet<EarningId>,
    ) -> Option<Arc<Earning>> {
        let claim = self.links.unlink(id, &mut self.shelf)?;
        self.taught.unlearn(&claim.lessons);
        for at in &claim.members {
            if let Some(parts) = self.parts.get_mut(*at) {
                parts.retain(|part| part.earning.id != id);
            }
            if let Some(piece) = self.shelf.piece(*at).filter(|_| claim.covers) {
                to_value.extend(piece.covered_by.ids());
            }
        }
        touched.extend(&claim.members);
        self.loose.remove(&(claim.earning.worked.first, id));
        self.live.remove(&id);
        self.unsettled.remove(&id);
        Some(claim.earning)
    }

    fn note_link(&mut self, id: EarningId, touched: &mut BTreeSet<usize>, to_value: &mut BTreeSet<EarningId>) {
        let Some(claim) = self.links.claim(id) else {
            return;
        };
        to_value.insert(id);
        for piece in claim.members.iter().filter_map(|at| self.shelf.piece(*at)) {
            if claim.covers && piece.covered_by.ids().len() > 1 {
                to_value.extend(piece.covered_by.ids());
            }
            if piece.session.is_open() {
                self.live.insert(id);
            }
        }
        touched.extend(&claim.members);
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

    /// Values earnings, the settled ones first. Returns the projects whose settled share moved.
    fn value(&mut self, ids: &BTreeSet<EarningId>) -> BTreeSet<ProjectId> {
        let mut open: BTreeSet<EarningId> = BTreeSet::new();
        for id in ids {
            let Some(claim) = self.links.claim_mut(*id) else {
                continue;
            };
            self.taught.unlearn(&std::mem::take(&mut claim.lessons));
            if self.links.claim(*id).is_some_and(|claim| self.valuer().is_settled(claim)) {
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
            let of_moved = |part: &Part| part.project.is_some_and(|project| moved.contains(&project));
            open.extend(self.unsettled.iter().filter(|id| self.laid(**id).any(of_moved)));
        }
        for id in open {
            let parts = self.parts_of(id);
            self.lay(id, parts);
        }
        moved
    }

    fn parts_of(&self, id: EarningId) -> Vec<Part> {
        let Some(claim) = self.links.claim(id) else {
            return Vec::new();
        };
        self.valuer().parts(claim, self.links.claims(), |at| self.shelf.piece(at))
    }

    /// The parts of an earning as they are laid now.
    fn laid(&self, id: EarningId) -> impl Iterator<Item = &Part> {
        let claim = self.links.claim(id).into_iter();
        claim.flat_map(move |claim| {
            let loose = self.loose.get(&(claim.earning.worked.first, id)).into_iter();
            let of_sessions = claim.members.iter().filter_map(|at| self.parts.get(*at)).flatten();
            loose.chain(of_sessions.filter(move |part| part.earning.id == id))
        })
    }

    /// Gives an earning's parts to its sessions; without any it stands by itself.
    fn lay(&mut self, id: EarningId, parts: Vec<Part>) {
        let Some(claim) = self.links.claim(id) else {
            return;
        };
        if claim.members.is_empty() {
            self.loose.extend(parts.into_iter().map(|part| ((part.day, id), part)));
            return;
        }
        for (at, part) in claim.members.iter().zip(parts) {
            if let Some(held) = self.parts.get_mut(*at) {
                match held.binary_search_by_key(&id, |held| held.earning.id) {
                    Ok(here) => held.splice(here..=here, [part]).for_each(drop),
                    Err(here) => {
                        // One part is the rule: a vector would take room for four.
                        held.reserve_exact(1);
                        held.insert(here, part);
                    }
                }
            }
        }
    }

    /// Estimates what a session is worth by itself, and notes whether an earning stands for it.
    fn estimate(&mut self, at: usize) {
        let Some(piece) = self.shelf.piece_mut(at) else {
            return;
        };
        piece.estimate = piece.estimated(&self.facts, self.taught.shares());
        let Some((project, _)) = piece.paid_day() else {
            return;
        };
        let uncovered = self.uncovered.entry(project).or_default();
        if piece.covered_by == Covering::None {
            uncovered.insert(at);
        } else {
            uncovered.remove(&at);
        }
    }
}
