//! Links: which sessions each earning stands for or adds to, and which it would if they changed.
//!
//! By the rules of [`Coverage`](crate::domain::query::coverage::Coverage): an earning that names a session goes before
//! those that cover its day, which stand for it together. Opening money is outside.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::ByEarning;
use super::claim::Claim;
use super::facts::Facts;
use super::packed::Packed;
use super::piece::Piece;
use super::shelf::{Place, Shelf};
use crate::domain::ahead;
use crate::domain::earning::{Covers, Earning, EarningKind};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::span::{DayRange, day_plus};

/// Whose days an earning covers or rewards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    Project(ProjectId),
    Platform(PlatformId),
}

/// One earning whose sessions are found by their days.
#[derive(Debug, Clone, Copy)]
struct Reach {
    days: DayRange,
    earning: EarningId,
    covers: bool,
}

/// Those of one scope, by their first day.
#[derive(Debug, Clone, Default)]
struct Reaches {
    by_first: BTreeMap<NaiveDate, Vec<Reach>>,
    /// As many days as the longest ever had beyond its first.
    longest: i64,
}

impl Reaches {
    fn put(&mut self, reach: Reach) {
        let beyond = reach.days.last.signed_duration_since(reach.days.first).num_days();
        self.longest = self.longest.max(beyond);
        self.by_first.entry(reach.days.first).or_default().push(reach);
    }

    fn remove(&mut self, first: NaiveDate, earning: EarningId) {
        let Some(reaches) = self.by_first.get_mut(&first) else { return };
        reaches.retain(|reach| reach.earning != earning);
        if reaches.is_empty() {
            self.by_first.remove(&first);
        }
    }

    /// Those with any of some days.
    fn meeting(&self, days: DayRange) -> impl Iterator<Item = &Reach> {
        let from = day_plus(days.first, -self.longest);
        let near = self.by_first.range(from..=days.last.max(from)).flat_map(|(_, reaches)| reaches);
        near.filter(move |reach| reach.days.meets(days))
    }
}

/// Where a claim is held.
pub(super) type Slot = u32;

/// No claim is laid over a session.
const NONE: Slot = Slot::MAX;
/// Several are.
const SEVERAL: Slot = Slot::MAX - 1;

/// The earnings of a Book laid over its sessions.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    claims: Vec<Option<Claim>>,
    free: Vec<Slot>,
    slots: ByEarning<Slot>,
    /// For each place the claim that is laid over its session.
    laid: Vec<Slot>,
    /// The same where there are several, by earning.
    several: HashMap<Place, Vec<Slot>>,
    by_days: HashMap<Scope, Reaches>,
    /// Sessions that an earning names and does not have: they are unpaid beside paid ones, or not there.
    aside: HashMap<SessionId, BTreeSet<EarningId>>,
}

fn index(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn scope_of(earning: &Earning) -> Option<(Scope, DayRange)> {
    match &earning.covers {
        Covers::Sessions(_) => None,
        Covers::Days { project, days } => Some((Scope::Project(*project), *days)),
        Covers::Nothing => {
            let scope = earning.project.map_or(Scope::Platform(earning.platform), Scope::Project);
            Some((scope, earning.worked))
        }
    }
}

fn covers_days(earning: &Earning) -> bool {
    matches!(earning.covers, Covers::Days { .. })
}

impl Links {
    pub(super) fn claim(&self, id: EarningId) -> Option<&Claim> {
        self.held(*self.slots.get(&id)?)
    }

    pub(super) fn claim_mut(&mut self, id: EarningId) -> Option<&mut Claim> {
        self.claims.get_mut(index(*self.slots.get(&id)?))?.as_mut()
    }

    /// The claim in a slot.
    pub(super) fn held(&self, slot: Slot) -> Option<&Claim> {
        self.claims.get(index(slot))?.as_ref()
    }

    /// The slot of an earning's claim.
    pub(super) fn slot(&self, id: EarningId) -> Option<Slot> {
        self.slots.get(&id).copied()
    }

    /// The slots of the claims that are laid over a session, by earning.
    pub(super) fn slots_at(&self, at: Place) -> &[Slot] {
        match self.laid.get(index(at)) {
            None | Some(&NONE) => &[],
            Some(&SEVERAL) => self.several.get(&at).map_or(&[], Vec::as_slice),
            Some(one) => std::slice::from_ref(one),
        }
    }

    /// The claims that are laid over a session, by earning.
    pub(super) fn at(&self, at: Place) -> impl Iterator<Item = &Claim> + Clone {
        self.slots_at(at).iter().filter_map(|slot| self.held(*slot))
    }

    /// Those of them that stand for it.
    pub(super) fn covering(&self, at: Place) -> impl Iterator<Item = &Claim> + Clone {
        self.at(at).filter(|claim| claim.covers)
    }

    /// Whether several claims stand for a session.
    pub(super) fn is_shared(&self, at: Place) -> bool {
        self.laid.get(index(at)) == Some(&SEVERAL) && self.covering(at).nth(1).is_some()
    }

    /// Makes room for so many places.
    pub(super) fn make_room(&mut self, places: usize) {
        self.laid.resize(places, NONE);
    }

    /// Lays a claim over a session; says whether it is the first there.
    fn lay(&mut self, at: Place, slot: Slot) -> bool {
        if let Some(laid) = self.laid.get_mut(index(at)).filter(|laid| **laid == NONE) {
            *laid = slot;
            return true;
        }
        let mut slots = match self.several.remove(&at) {
            Some(slots) => slots,
            None => self.slots_at(at).to_vec(),
        };
        let id = |slot: &Slot| self.held(*slot).map(|claim| claim.earning.id);
        let stands = slots.partition_point(|other| id(other) < id(&slot));
        slots.insert(stands, slot);
        self.set_slots(at, slots);
        false
    }

    fn lift(&mut self, at: Place, slot: Slot) {
        let slots = self.slots_at(at).iter().copied().filter(|held| *held != slot).collect();
        self.set_slots(at, slots);
    }

    fn set_slots(&mut self, at: Place, slots: Vec<Slot>) {
        let one = match slots.as_slice() {
            [] => NONE,
            [one] => *one,
            _ => SEVERAL,
        };
        if one == SEVERAL {
            self.several.insert(at, slots);
        } else if self.laid.get(index(at)) == Some(&SEVERAL) {
            self.several.remove(&at);
        }
        if let Some(laid) = self.laid.get_mut(index(at)) {
            *laid = one;
        }
    }

    /// Whether an earning is laid over sessions that it names.
    pub(super) fn names_sessions(&self, id: EarningId) -> bool {
        self.claim(id).is_some_and(|claim| matches!(claim.earning.covers, Covers::Sessions(_)))
    }

    /// Whether an earning has every session that it names.
    pub(super) fn has_all_named(&self, earning: &Earning) -> bool {
        let Covers::Sessions(named) = &earning.covers else { return true };
        self.claim(earning.id).is_some_and(|claim| claim.members.len() == named.len())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The earnings that name a session and don't have it.
    pub(super) fn aside(&self, session: SessionId) -> impl Iterator<Item = EarningId> + '_ {
        self.aside.get(&session).into_iter().flatten().copied()
    }

    /// The earnings that ask for the day of a paid session, whether they have it or not.
    pub(super) fn asking_for(&self, piece: &Piece<'_>, facts: &Facts) -> Vec<EarningId> {
        self.reaching(piece, facts).map(|reach| reach.earning).collect()
    }

    fn reaching<'a>(&'a self, piece: &Piece<'_>, facts: &Facts) -> impl Iterator<Item = &'a Reach> + use<'a> {
        let platform = facts.platform_of(piece.session);
        let paid = piece.paid_day().into_iter();
        paid.flat_map(move |(project, day)| {
            let scopes = [Some(Scope::Project(project)), platform.map(Scope::Platform)];
            let reaches = scopes.into_iter().flatten().filter_map(|scope| self.by_days.get(&scope));
            reaches.flat_map(move |reaches| reaches.meeting(DayRange::day(day)))
        })
    }

    /// Earnings and all those that may win or lose a session by their days when they are laid anew.
    pub(super) fn with_rivals(
        &self,
        first: BTreeSet<EarningId>,
        after: &BTreeMap<EarningId, Option<Arc<Earning>>>,
        shelf: &Shelf,
        facts: &Facts,
    ) -> BTreeSet<EarningId> {
        let mut queue: Vec<EarningId> = first.iter().copied().collect();
        let mut found = first;
        while let Some(id) = queue.pop() {
            let mut add = |rival: EarningId| {
                if found.insert(rival) {
                    queue.push(rival);
                }
            };
            let rivals_of = |at: Place| {
                shelf.piece(at).into_iter().flat_map(|piece| self.reaching(&piece, facts)).filter(|reach| reach.covers)
            };
            let held = self.claim(id);
            for at in held.iter().filter(|claim| claim.covers).flat_map(|claim| claim.members.iter()) {
                rivals_of(*at).for_each(|reach| add(reach.earning));
            }
            let earning = match after.get(&id) {
                Some(changed) => changed.as_ref(),
                None => held.map(|claim| &claim.earning),
            };
            match earning.map(|earning| &earning.covers) {
                Some(Covers::Sessions(named)) => {
                    for at in named.iter().filter_map(|id| shelf.place(*id)) {
                        rivals_of(at).for_each(|reach| add(reach.earning));
                    }
                }
                Some(Covers::Days { project, days }) => {
                    let others = self.by_days.get(&Scope::Project(*project)).into_iter();
                    let others = others.flat_map(|reaches| reaches.meeting(*days));
                    others.filter(|reach| reach.covers).for_each(|reach| add(reach.earning));
                }
                Some(Covers::Nothing) | None => {}
            }
        }
        found
    }

    /// Takes an earning off its sessions.
    pub(super) fn unlink(&mut self, id: EarningId) -> Option<Claim> {
        let slot = self.slots.remove(&id)?;
        for at in self.held(slot)?.members.clone() {
            self.lift(at, slot);
        }
        let claim = self.claims.get_mut(index(slot))?.take()?;
        self.free.push(slot);
        if let Covers::Sessions(named) = &claim.earning.covers {
            for session in named {
                if let Some(held) = self.aside.get_mut(session) {
                    held.remove(&id);
                    if held.is_empty() {
                        self.aside.remove(session);
                    }
                }
            }
        }
        if let Some((scope, days)) = scope_of(&claim.earning)
            && let Some(reaches) = self.by_days.get_mut(&scope)
        {
            reaches.remove(days.first, id);
        }
        Some(claim)
    }

    /// Lays earnings over the sessions; those that stand for the same must all have been taken off before. Returns the
    /// sessions that others were laid over before.
    pub(super) fn link(&mut self, earnings: &[Arc<Earning>], shelf: &Shelf, facts: &Facts) -> Vec<Place> {
        let mut beside_others = Vec::new();
        let members = ahead::map(earnings, |earning| match &earning.covers {
            Covers::Sessions(named) => named_members(named, shelf),
            Covers::Days { .. } | Covers::Nothing => Vec::new(),
        });
        for (earning, members) in earnings.iter().zip(members) {
            if let Covers::Sessions(named) = &earning.covers {
                if members.len() < named.len() {
                    let had: BTreeSet<Place> = members.iter().copied().collect();
                    for id in named {
                        if !shelf.place(*id).is_some_and(|at| had.contains(&at)) {
                            self.aside.entry(*id).or_default().insert(earning.id);
                        }
                    }
                }
                self.add(earning, members, true, &mut beside_others);
            }
        }
        // Platforms credit many tasks of one day.
        let mut before: Option<((Scope, DayRange, bool), Vec<Place>)> = None;
        for earning in earnings {
            let Some((scope, days)) = scope_of(earning) else {
                continue;
            };
            let covers = covers_days(earning);
            let wanted = (scope, days, covers);
            let members = match before.take().filter(|(same, _)| *same == wanted) {
                Some((_, members)) => members,
                None => self.members_on(scope, days, covers, shelf, facts),
            };
            self.by_days.entry(scope).or_default().put(Reach { days, earning: earning.id, covers });
            self.add(earning, members.clone(), covers, &mut beside_others);
            before = Some((wanted, members));
        }
        beside_others
    }

    /// The sessions of some days, by start; where an earning is to stand for them, those that none names.
    fn members_on(&self, scope: Scope, days: DayRange, covers: bool, shelf: &Shelf, facts: &Facts) -> Vec<Place> {
        let mut members = match scope {
            Scope::Project(project) => shelf.of_project(project, days),
            Scope::Platform(platform) => {
                let projects = facts.projects_of(platform);
                projects.flat_map(|project| shelf.of_project(project, days)).collect()
            }
        };
        if matches!(scope, Scope::Platform(_)) {
            shelf.sort(&mut members);
        }
        if covers {
            members.retain(|at| !self.covering(*at).any(|claim| !covers_days(&claim.earning)));
        }
        members
    }

    fn add(&mut self, earning: &Arc<Earning>, members: Vec<Place>, covers: bool, beside_others: &mut Vec<Place>) {
        let members = members.into_boxed_slice();
        let earning = Arc::clone(earning);
        let id = earning.id;
        let claim =
            Claim { earning, members, covers, settled: false, lessons: Box::default(), parts: Packed::default() };
        let slot = self.free.pop().unwrap_or_else(|| {
            self.claims.push(None);
            Slot::try_from(self.claims.len() - 1).unwrap_or(NONE)
        });
        let members = claim.members.clone();
        if let Some(held) = self.claims.get_mut(index(slot)) {
            *held = Some(claim);
        }
        self.slots.insert(id, slot);
        beside_others.extend(members.into_iter().filter(|at| !self.lay(*at, slot)));
    }
}

/// Whether an earning is laid over sessions at all: opening money is outside of rates.
pub(super) fn counts(earning: &Earning) -> bool {
    earning.kind != EarningKind::Opening
}

/// The named sessions that are there, by start: the paid ones, or all where none is paid.
fn named_members(named: &[SessionId], shelf: &Shelf) -> Vec<Place> {
    let mut found: Vec<Place> = named.iter().filter_map(|id| shelf.place(*id)).collect();
    let is_paid = |at: &Place| shelf.session(*at).is_some_and(|session| session.paid);
    if found.iter().any(is_paid) {
        found.retain(is_paid);
    }
    shelf.sort(&mut found);
    found.dedup();
    found
}
