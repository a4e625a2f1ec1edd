//! Shelf: the sessions of a Book with their prices, each at a place that it keeps as long as it is there.
//!
//! Places say nothing of order: sessions are found in the order of their starts, by id, and by project and day. An
//! edit moves a few of them; many at once (a Book that is opened) are sorted anew.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use chrono::NaiveDate;

use super::Piece;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::span::{DayRange, Timestamp};

/// Up to so many changes are put in their places one by one; beyond, everything is sorted anew.
const FEW: usize = 64;

/// The sessions of a Book.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    pieces: Vec<Option<Piece>>,
    free: Vec<usize>,
    places: HashMap<SessionId, usize>,
    /// Places by start, then id.
    order: Vec<usize>,
    /// In that order the latest end of each and all before it; an open one counts as ending at its start.
    latest_ends: Vec<Timestamp>,
    /// Paid sessions of each project by their day in the schedule's zone.
    days: BTreeMap<ProjectId, Vec<(NaiveDate, usize)>>,
}

impl Shelf {
    pub(super) fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(at)?.as_ref()
    }

    pub(super) fn piece_mut(&mut self, at: usize) -> Option<&mut Piece> {
        self.pieces.get_mut(at)?.as_mut()
    }

    /// The place of a session.
    pub(super) fn place(&self, id: SessionId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// One more than the highest place.
    pub(super) fn places(&self) -> usize {
        self.pieces.len()
    }

    /// All sessions, in no order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().flatten()
    }

    /// The places in the order of the starts, of a part of that order.
    pub(super) fn in_order(&self, part: Range<usize>) -> &[usize] {
        self.order.get(part).unwrap_or_default()
    }

    /// How many sessions began before an instant.
    pub(super) fn began_before(&self, instant: Timestamp) -> usize {
        self.order.partition_point(|at| self.piece(*at).is_some_and(|piece| piece.session.started_at < instant))
    }

    /// The latest end among the first sessions in order, so many of them.
    pub(super) fn latest_end_of(&self, first: usize) -> Option<Timestamp> {
        self.latest_ends.get(first.checked_sub(1)?).copied()
    }

    /// How many sessions, in order, ended by an instant with all before them.
    pub(super) fn ended_by(&self, instant: Timestamp) -> usize {
        self.latest_ends.partition_point(|end| *end <= instant)
    }

    /// By start, then id.
    pub(super) fn key(&self, at: usize) -> Option<(Timestamp, SessionId)> {
        self.piece(at).map(|piece| (piece.session.started_at, piece.session.id))
    }

    /// Paid sessions of a project on days in the schedule's zone, by start.
    pub(super) fn of_project(&self, project: ProjectId, days: DayRange) -> Vec<usize> {
        let Some(sorted) = self.days.get(&project) else {
            return Vec::new();
        };
        let first = sorted.partition_point(|(day, _)| *day < days.first);
        let mut found: Vec<usize> =
            sorted.iter().skip(first).take_while(|(day, _)| *day <= days.last).map(|(_, at)| *at).collect();
        self.sort(&mut found);
        found
    }

    /// Puts places in the order of their starts.
    pub(super) fn sort(&self, places: &mut [usize]) {
        places.sort_by_key(|at| self.key(*at));
    }

    /// Sets or takes out sessions; a session that is still there keeps its place. Returns the places of those set.
    ///
    /// Places that become free are given away only after [`settle`](Self::settle).
    pub(super) fn put(&mut self, changes: Vec<(SessionId, Option<Piece>)>) -> Vec<usize> {
        let few = changes.len() <= FEW;
        if !few {
            // Doubling would leave room for a third more.
            self.pieces.reserve_exact(changes.len().saturating_sub(self.places.len()));
        }
        let mut set = Vec::with_capacity(changes.len());
        // Where the order changed: from the first place that moved to the last.
        let mut moved: Option<(usize, usize)> = None;
        let mut note = |stands: usize| {
            let (first, last) = moved.unwrap_or((stands, stands));
            moved = Some((first.min(stands), last.max(stands)));
        };
        for (id, piece) in changes {
            let held = self.places.get(&id).copied();
            if let Some(at) = held.filter(|_| few) {
                note(self.unfile(at));
            }
            let Some(piece) = piece else {
                if let Some(at) = self.places.remove(&id) {
                    self.clear(at);
                }
                continue;
            };
            let at = held.or_else(|| self.free.pop()).unwrap_or(self.pieces.len());
            if at == self.pieces.len() {
                self.pieces.push(None);
            }
            if let Some(place) = self.pieces.get_mut(at) {
                *place = Some(piece);
            }
            self.places.insert(id, at);
            if few {
                note(self.file(at));
            }
            set.push(at);
        }
        if !few {
            self.file_all();
            self.note_ends(0, usize::MAX);
        } else if let Some((first, last)) = moved {
            // Each change shifts those after it by one at most.
            self.note_ends(first, last.saturating_add(set.len()));
        }
        set
    }

    /// Gives places free that nothing holds any more.
    pub(super) fn settle(&mut self) {
        if self.places.len() + self.free.len() < self.pieces.len() {
            self.free = (0..self.pieces.len()).filter(|at| self.piece(*at).is_none()).collect();
        }
    }

    fn clear(&mut self, at: usize) {
        if let Some(place) = self.pieces.get_mut(at) {
            *place = None;
        }
    }

    /// Puts a session into the orders; returns where it stands by start.
    fn file(&mut self, at: usize) -> usize {
        let key = self.key(at);
        let stands = self.order.partition_point(|other| self.key(*other) < key);
        self.order.insert(stands, at);
        self.latest_ends.insert(stands, Timestamp::MIN_UTC);
        if let Some((project, day)) = self.piece(at).and_then(Piece::paid_day) {
            let sorted = self.days.entry(project).or_default();
            let here = sorted.partition_point(|held| *held < (day, at));
            sorted.insert(here, (day, at));
        }
        stands
    }

    /// Takes a session out of the orders; returns where it stood by start.
    fn unfile(&mut self, at: usize) -> usize {
        let key = self.key(at);
        let stood = self.order.partition_point(|other| self.key(*other) < key);
        if self.order.get(stood) == Some(&at) {
            self.order.remove(stood);
            self.latest_ends.remove(stood);
        }
        if let Some((project, day)) = self.piece(at).and_then(Piece::paid_day)
            && let Some(sorted) = self.days.get_mut(&project)
            && let Ok(here) = sorted.binary_search(&(day, at))
        {
            sorted.remove(here);
        }
        stood
    }

    fn file_all(&mut self) {
        let mut order: Vec<usize> = (0..self.pieces.len()).filter(|at| self.piece(*at).is_some()).collect();
        order.shrink_to_fit();
        self.sort(&mut order);
        self.latest_ends = vec![Timestamp::MIN_UTC; order.len()];
        self.order = order;
        let mut days: BTreeMap<ProjectId, Vec<(NaiveDate, usize)>> = BTreeMap::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            if let Some((project, day)) = piece.as_ref().and_then(Piece::paid_day) {
                days.entry(project).or_default().push((day, at));
            }
        }
        for sorted in days.values_mut() {
            sorted.shrink_to_fit();
            sorted.sort_unstable();
        }
        self.days = days;
    }

    /// Takes the latest ends anew from a place in the order on; after the last one that moved only as long as they differ.
    fn note_ends(&mut self, from: usize, last: usize) {
        let before = from.checked_sub(1).and_then(|before| self.latest_ends.get(before));
        let mut latest = before.copied().unwrap_or(Timestamp::MIN_UTC);
        let ends = self.latest_ends.iter_mut().enumerate().skip(from);
        for ((stands, end), at) in ends.zip(self.order.iter().skip(from)) {
            if let Some(piece) = self.pieces.get(*at).and_then(Option::as_ref) {
                latest = latest.max(piece.session.interval(piece.session.started_at).until);
            }
            if stands > last && *end == latest {
                return;
            }
            *end = latest;
        }
    }
}
