//! Shelf: the sessions of a Book, each at a place that it keeps as long as it is there.
//!
//! Places say nothing of order: sessions are found in the order of their starts, day by day (of UTC), by id, and by
//! project. An edit touches a day of them, whatever the years beside it. A place takes 24 bytes, its order and its id ten.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::Piece;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::index::Index;
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Timestamp, day_plus};

/// Where a session is held.
pub(in crate::domain::query) type Place = u32;

/// No room is known: the terms have no cap.
const NO_CAP: u32 = u32::MAX;
/// No project, or time that is not paid.
const UNPAID: u16 = u16::MAX;
/// One project more than can be numbered: the session says which.
const UNNUMBERED: u16 = u16::MAX - 1;

/// A session as it is held. Small: there may be a million.
#[derive(Debug, Clone)]
struct Held {
    session: Arc<Session>,
    /// The user's day.
    day: NaiveDate,
    own_secs: u32,
    room_secs: u32,
    /// The number of the project of paid time.
    project: u16,
    /// How many days later it is in the zone of its schedule.
    schedule_days_later: i8,
}

/// The sessions that began on one day, in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Day {
    /// By start, then id.
    places: Vec<Place>,
    /// The latest end among them; an open one counts as ending at its start.
    latest_end: Timestamp,
}

/// The sessions of a Book.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    held: Vec<Option<Held>>,
    free: Vec<Place>,
    places: Index<Place>,
    /// By the day of their starts, in UTC.
    days: BTreeMap<NaiveDate, Day>,
    /// The projects by their numbers.
    projects: Vec<ProjectId>,
    numbers: BTreeMap<ProjectId, u16>,
}

fn index(at: Place) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn end_of(session: &Session) -> Timestamp {
    session.interval(session.started_at).until
}

impl Shelf {
    pub(super) fn piece(&self, at: Place) -> Option<Piece<'_>> {
        self.held.get(index(at))?.as_ref().map(view)
    }

    /// The session at a place.
    pub(super) fn session(&self, at: Place) -> Option<&Arc<Session>> {
        self.held.get(index(at))?.as_ref().map(|held| &held.session)
    }

    /// Notes the room that a cap leaves a session.
    pub(super) fn fit(&mut self, at: Place, room: Option<u32>) {
        if let Some(held) = self.held.get_mut(index(at)).and_then(Option::as_mut) {
            held.room_secs = room.unwrap_or(NO_CAP);
        }
    }

    /// The place of a session.
    pub(super) fn place(&self, id: SessionId) -> Option<Place> {
        self.places.candidates(id.0).find(|at| self.session(*at).is_some_and(|session| session.id == id))
    }

    /// One more than the highest place.
    pub(super) fn places(&self) -> usize {
        self.held.len()
    }

    /// All places that are taken, in no order.
    pub(super) fn taken(&self) -> impl Iterator<Item = Place> + '_ {
        let all = self.held.iter().zip(0..);
        all.filter(|(held, _)| held.is_some()).map(|(_, at)| at)
    }

    /// All sessions, in no order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.held.iter().flatten().map(view)
    }

    /// The sessions that began on some days, in UTC, by start.
    pub(super) fn began_on(&self, days: RangeInclusive<NaiveDate>) -> impl Iterator<Item = Place> + '_ {
        let empty = days.is_empty();
        let days = (!empty).then(|| self.days.range(days));
        days.into_iter().flatten().flat_map(|(_, day)| day.places.iter().copied())
    }

    /// The latest end of the sessions that began on a day, in UTC, or before.
    pub(super) fn latest_end_until(&self, day: NaiveDate) -> Option<Timestamp> {
        self.days.range(..=day).map(|(_, day)| day.latest_end).max()
    }

    /// The first day, in UTC, on which a session began that ended after an instant.
    pub(super) fn first_past(&self, instant: Timestamp) -> Option<NaiveDate> {
        self.days.iter().find(|(_, day)| day.latest_end > instant).map(|(date, _)| *date)
    }

    /// By start, then id.
    pub(super) fn key(&self, at: Place) -> Option<(Timestamp, SessionId)> {
        self.session(at).map(|session| (session.started_at, session.id))
    }

    /// Paid sessions of a project on days in the schedule's zone, by start.
    pub(super) fn of_project(&self, project: ProjectId, days: DayRange) -> Vec<Place> {
        let number = self.numbers.get(&project).copied();
        let is_it = |held: &Held| {
            Some(held.project) == number || held.project == UNNUMBERED && held.session.project == Some(project)
        };
        // The date of no zone is further away from that of UTC.
        let near = self.began_on(day_plus(days.first, -2)..=day_plus(days.last, 2));
        near.filter(|at| {
            let held = self.held.get(index(*at)).and_then(Option::as_ref);
            held.is_some_and(|held| is_it(held) && days.contains(schedule_day(held)))
        })
        .collect()
    }

    /// Puts places in the order of their starts.
    pub(super) fn sort(&self, places: &mut [Place]) {
        places.sort_by_key(|at| self.key(*at));
    }

    /// Fills an empty shelf with so many sessions, in the order of their starts.
    pub(super) fn fill<'s>(&mut self, count: usize, pieces: impl Iterator<Item = Piece<'s>>) {
        self.held = Vec::with_capacity(count);
        for piece in pieces {
            let held = self.hold(piece);
            let at = Place::try_from(self.held.len()).unwrap_or(Place::MAX);
            let end = end_of(&held.session);
            let day = self.days.entry(held.session.started_at.date_naive());
            let day = day.or_insert_with(|| Day { places: Vec::new(), latest_end: end });
            day.places.push(at);
            day.latest_end = day.latest_end.max(end);
            self.held.push(Some(held));
        }
        for day in self.days.values_mut() {
            day.places.shrink_to_fit();
        }
        self.places = Index::of(self.held.iter().flatten().map(|held| held.session.id.0).zip(0..));
    }

    /// Sets or takes out sessions; a session that is still there keeps its place. Returns the places of those set.
    ///
    /// Places that become free are given away only after [`settle`](Self::settle).
    pub(super) fn put(&mut self, changes: Vec<(SessionId, Option<Piece<'_>>)>) -> Vec<Place> {
        let mut set = Vec::with_capacity(changes.len());
        let mut days = BTreeSet::new();
        for (id, piece) in changes {
            let before = self.place(id);
            if let Some(at) = before {
                days.extend(self.unfile(at));
            }
            let Some(piece) = piece else {
                if let Some(at) = before {
                    self.places.remove(id.0, at);
                    if let Some(place) = self.held.get_mut(index(at)) {
                        *place = None;
                    }
                }
                continue;
            };
            let held = self.hold(piece);
            let fresh = || Place::try_from(self.held.len()).unwrap_or(Place::MAX);
            let at = before.or_else(|| self.free.pop()).unwrap_or_else(fresh);
            if index(at) == self.held.len() {
                self.held.push(None);
            }
            if let Some(place) = self.held.get_mut(index(at)) {
                *place = Some(held);
            }
            self.places.put(id.0, at);
            days.extend(self.file(at));
            set.push(at);
        }
        for day in days {
            self.note_end(day);
        }
        set
    }

    /// Gives places free that nothing holds any more.
    pub(super) fn settle(&mut self, left: &[Place]) {
        self.free.extend(left.iter().filter(|at| self.held.get(index(**at)).is_some_and(Option::is_none)));
    }

    fn hold(&mut self, piece: Piece<'_>) -> Held {
        let paid = piece.paid_day().map(|(project, _)| project);
        let later = piece.schedule_day().signed_duration_since(piece.day).num_days();
        Held {
            session: Arc::clone(piece.session),
            day: piece.day,
            // More than a hundred years are as good as endless.
            own_secs: u32::try_from(piece.own_secs.max(0)).unwrap_or(u32::MAX),
            room_secs: piece.room_secs().unwrap_or(NO_CAP),
            project: paid.map_or(UNPAID, |project| self.number(project)),
            schedule_days_later: i8::try_from(later).unwrap_or_default(),
        }
    }

    fn number(&mut self, project: ProjectId) -> u16 {
        let next = u16::try_from(self.projects.len()).ok().filter(|next| *next < UNNUMBERED);
        match (self.numbers.get(&project), next) {
            (Some(known), _) => *known,
            (None, Some(next)) => {
                self.projects.push(project);
                self.numbers.insert(project, next);
                next
            }
            (None, None) => UNNUMBERED,
        }
    }

    /// Puts a session into the order of its day; returns the day.
    fn file(&mut self, at: Place) -> Option<NaiveDate> {
        let key = self.key(at);
        let date = self.session(at)?.started_at.date_naive();
        let mut day = self.days.remove(&date).unwrap_or(Day { places: Vec::new(), latest_end: Timestamp::MIN_UTC });
        let stands = day.places.partition_point(|other| self.key(*other) < key);
        day.places.insert(stands, at);
        self.days.insert(date, day);
        Some(date)
    }

    /// Takes a session out of the order of its day; returns the day.
    fn unfile(&mut self, at: Place) -> Option<NaiveDate> {
        let date = self.session(at)?.started_at.date_naive();
        let day = self.days.get_mut(&date)?;
        day.places.retain(|other| *other != at);
        Some(date)
    }

    /// Takes the latest end of a day anew; a day without sessions goes.
    fn note_end(&mut self, date: NaiveDate) {
        let Some(day) = self.days.get(&date) else { return };
        let ends = day.places.iter().filter_map(|at| self.session(*at)).map(|session| end_of(session));
        match (ends.max(), self.days.get_mut(&date)) {
            (Some(end), Some(day)) => day.latest_end = end,
            _ => _ = self.days.remove(&date),
        }
    }

    /// The latest end of each day.
    #[cfg(test)]
    pub(super) fn latest_ends(&self) -> Vec<(NaiveDate, Timestamp)> {
        self.days.iter().map(|(date, day)| (*date, day.latest_end)).collect()
    }
}

fn schedule_day(held: &Held) -> NaiveDate {
    held.day.checked_add_signed(TimeDelta::days(held.schedule_days_later.into())).unwrap_or(held.day)
}

fn view(held: &Held) -> Piece<'_> {
    let room = (held.room_secs != NO_CAP).then_some(held.room_secs);
    Piece::held(&held.session, held.day, schedule_day(held), held.own_secs.into(), room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_small() {
        assert!(size_of::<Option<Held>>() <= 24, "{}", size_of::<Option<Held>>());
    }
}
