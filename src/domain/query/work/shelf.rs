//! Shelf: the sessions of a Book, each at a place that it keeps as long as it is there.
//!
//! Places say nothing of order: sessions are found in the order of their starts, day by day (of UTC), by id, and by
//! project. An edit touches a day of them, whatever the years beside it. A place takes 16 bytes, its order and its id ten.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::Piece;
use crate::domain::ahead;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::index::{Gathered, Index};
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Month, Timestamp, day_plus};

/// Where a session is held.
pub(in crate::domain::query) type Place = u32;

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
    /// The number of the project of paid time.
    project: u16,
    /// How many days later it is in the zone of its schedule.
    schedule_days_later: i8,
    /// Whether its terms have a cap: the room left to it stands apart.
    capped: bool,
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
    /// The room that a cap leaves sessions, in seconds.
    rooms: HashMap<Place, u32>,
    free: Vec<Place>,
    places: Index<Place>,
    /// By the day of their starts, in UTC.
    days: BTreeMap<NaiveDate, Day>,
    /// Of those the few whose sessions run on beyond the next one.
    far: BTreeSet<NaiveDate>,
    numbers: Numbers,
}

/// The projects by number.
#[derive(Debug, Clone, Default)]
struct Numbers(BTreeMap<ProjectId, u16>);

impl Numbers {
    /// Gives a project a number, as long as there are any.
    fn add(&mut self, project: ProjectId) {
        if let Some(next) = u16::try_from(self.0.len()).ok().filter(|next| *next < UNNUMBERED) {
            self.0.entry(project).or_insert(next);
        }
    }

    fn of(&self, project: ProjectId) -> u16 {
        self.0.get(&project).copied().unwrap_or(UNNUMBERED)
    }

    fn hold(&self, piece: Piece<'_>) -> Held {
        let paid = piece.paid_day().map(|(project, _)| project);
        let later = piece.schedule_day().signed_duration_since(piece.day).num_days();
        Held {
            session: Arc::clone(piece.session),
            day: piece.day,
            project: paid.map_or(UNPAID, |project| self.of(project)),
            schedule_days_later: i8::try_from(later).unwrap_or_default(),
            capped: false,
        }
    }
}

/// Sessions by start, that follow each other.
struct Batch {
    held: Vec<Held>,
    /// Theirs: read while the sessions are at hand.
    ids: Vec<SessionId>,
    /// The days on which they began, in UTC: how many did, and the latest end among them.
    days: Vec<(NaiveDate, usize, Timestamp)>,
}

impl Batch {
    fn of(held: Vec<Held>) -> Self {
        let date = |held: &Held| held.session.started_at.date_naive();
        let of_days = held.chunk_by(|one, next| date(one) == date(next));
        let day = |of_day: &[Held]| {
            let latest_end = of_day.iter().map(|held| end_of(&held.session)).max()?;
            Some((date(of_day.first()?), of_day.len(), latest_end))
        };
        let days = of_days.filter_map(day).collect();
        let ids = held.iter().map(|held| held.session.id).collect();
        Self { held, ids, days }
    }
}

fn index(at: Place) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn end_of(session: &Session) -> Timestamp {
    session.interval(session.started_at).until
}

impl Shelf {
    pub(super) fn piece(&self, at: Place) -> Option<Piece<'_>> {
        let held = self.held.get(index(at))?.as_ref()?;
        let room = held.capped.then(|| self.rooms.get(&at).copied()).flatten();
        Some(view(held, room))
    }

    /// The session at a place.
    pub(super) fn session(&self, at: Place) -> Option<&Arc<Session>> {
        self.held.get(index(at))?.as_ref().map(|held| &held.session)
    }

    /// Notes the room that a cap leaves a session.
    pub(super) fn fit(&mut self, at: Place, room: Option<u32>) {
        let Some(held) = self.held.get_mut(index(at)).and_then(Option::as_mut) else { return };
        held.capped = room.is_some();
        match room {
            Some(room) => _ = self.rooms.insert(at, room),
            None => _ = self.rooms.remove(&at),
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

    /// The place that comes after all others.
    fn next_place(&self) -> Place {
        Place::try_from(self.held.len()).unwrap_or(Place::MAX)
    }

    /// All places, so many at a time.
    pub(super) fn batches(&self, of: usize) -> Vec<Range<Place>> {
        let place = |at: usize| Place::try_from(at).unwrap_or(Place::MAX);
        (0..self.held.len()).step_by(of).map(|first| place(first)..place(self.held.len().min(first + of))).collect()
    }

    /// All places that are taken, in no order.
    pub(super) fn taken(&self) -> impl Iterator<Item = Place> + '_ {
        let all = self.held.iter().zip(0..);
        all.filter(|(held, _)| held.is_some()).map(|(_, at)| at)
    }

    /// All sessions, in no order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.taken().filter_map(|at| self.piece(at))
    }

    /// The sessions that began on some days, in UTC, by start.
    pub(super) fn began_on(&self, days: RangeInclusive<NaiveDate>) -> impl Iterator<Item = Place> + '_ {
        let empty = days.is_empty();
        let days = (!empty).then(|| self.days.range(days));
        days.into_iter().flatten().flat_map(|(_, day)| day.places.iter().copied())
    }

    /// The months of the user's days of all sessions, and perhaps one beside them.
    pub(super) fn months(&self) -> BTreeSet<Month> {
        // A user's day lies within two days of the UTC date of its starts.
        self.days.keys().flat_map(|date| [-2, 2].map(|days| Month::of_day(day_plus(*date, days)))).collect()
    }

    /// The latest end of the sessions that began on a day, in UTC, or before, where that is later than the day.
    pub(super) fn latest_end_past(&self, date: NaiveDate) -> Option<Timestamp> {
        let near = self.days.range(day_plus(date, -1)..=date).map(|(_, day)| day.latest_end);
        let far = self.far.range(..=date).filter_map(|date| Some(self.days.get(date)?.latest_end));
        near.chain(far).max()
    }

    /// The first day, in UTC, on which a session began that runs on after the beginning of another day.
    pub(super) fn first_into(&self, date: NaiveDate) -> Option<NaiveDate> {
        let midnight = date.and_time(NaiveTime::MIN).and_utc();
        let runs_into = |began: &NaiveDate| self.days.get(began).is_some_and(|day| day.latest_end > midnight);
        let near = self.days.range(day_plus(date, -1)..).map(|(began, _)| *began).find(runs_into);
        let far = self.far.range(..date).copied().find(runs_into);
        far.into_iter().chain(near).min()
    }

    /// Notes whether the sessions of a day run on beyond the next one.
    fn note_far(&mut self, date: NaiveDate) {
        let is_far = self.days.get(&date).is_some_and(|day| day.latest_end.date_naive() > day_plus(date, 1));
        if is_far {
            self.far.insert(date)
        } else {
            self.far.remove(&date)
        };
    }

    /// By start, then id.
    pub(super) fn key(&self, at: Place) -> Option<(Timestamp, SessionId)> {
        self.session(at).map(|session| (session.started_at, session.id))
    }

    /// Paid sessions of a project on days in the schedule's zone, by start.
    pub(super) fn of_project(&self, project: ProjectId, days: DayRange) -> Vec<Place> {
        let number = self.numbers.of(project);
        let is_it = |held: &Held| {
            if held.project == UNNUMBERED { held.session.project == Some(project) } else { held.project == number }
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

    /// Fills an empty shelf with so many sessions: those of each month, by start, one month after the other.
    pub(super) fn fill<'s, M: Sync>(
        &mut self,
        count: usize,
        projects: impl Iterator<Item = ProjectId>,
        months: &[M],
        pieces: impl Fn(&M) -> Vec<Piece<'s>> + Sync,
    ) {
        projects.for_each(|project| self.numbers.add(project));
        let numbers = self.numbers.clone();
        self.held = Vec::with_capacity(count);
        let hold =
            |(): &mut (), month: &M| Batch::of(pieces(month).into_iter().map(|piece| numbers.hold(piece)).collect());
        let mut places = Gathered::with_room(count);
        ahead::in_order(
            months,
            || (),
            hold,
            |_, batch| {
                batch.ids.iter().zip(self.next_place()..).for_each(|(id, place)| places.put(id.0, place));
                self.append(batch);
            },
        );
        self.places = places.sorted();
    }

    /// Holds sessions that began after all others.
    fn append(&mut self, batch: Batch) {
        let mut places = self.next_place()..;
        for (date, count, latest_end) in batch.days {
            let day = self.days.entry(date).or_insert(Day { places: Vec::new(), latest_end });
            day.places.reserve_exact(count);
            day.places.extend(places.by_ref().take(count));
            day.latest_end = day.latest_end.max(latest_end);
            self.note_far(date);
        }
        self.held.extend(batch.held.into_iter().map(Some));
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
                self.rooms.remove(&at);
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
            if let Some((project, _)) = piece.paid_day() {
                self.numbers.add(project);
            }
            let held = self.numbers.hold(piece);
            let at = before.or_else(|| self.free.pop()).unwrap_or_else(|| self.next_place());
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
        self.note_far(date);
    }

    /// The latest end of each day.
    #[cfg(test)]
    pub(super) fn latest_ends(&self) -> Vec<(NaiveDate, Timestamp)> {
        let ends = self.days.iter().map(|(date, day)| (*date, day.latest_end));
        ends.inspect(|(date, end)| {
            assert_eq!(self.far.contains(date), end.date_naive() > day_plus(*date, 1), "{date}");
        })
        .collect()
    }
}

fn schedule_day(held: &Held) -> NaiveDate {
    if held.schedule_days_later == 0 {
        return held.day;
    }
    held.day.checked_add_signed(TimeDelta::days(held.schedule_days_later.into())).unwrap_or(held.day)
}

fn view(held: &Held, room_secs: Option<u32>) -> Piece<'_> {
    Piece::held(&held.session, held.day, schedule_day(held), room_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_small() {
        assert!(size_of::<Option<Held>>() <= 16, "{}", size_of::<Option<Held>>());
    }
}
