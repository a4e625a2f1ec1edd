//! Sums: what the ended sessions of each month and project come to, kept as the Book moves.
//!
//! A figure over years adds up some months instead of a million sessions; an edit sums the months anew that it touches, of
//! the projects that it touches. Time in which two sessions run counts once in the hours of a day, whatever its projects.
//! Open sessions, and the earnings that they take part in, are worth something else each minute: their months are
//! [`restless`](Moment::restless), and figures sum them session by session.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ahash::RandomState;
use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::count::{Counted, Parallel};
use super::delta::{Delta, Sides};
use super::shelf::Place;
use super::{Claim, Moment, Work};
use crate::domain::ahead;
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::query::hours::{Hours, Selection};
use crate::domain::query::rates::{Step, Tally};
use crate::domain::session::{Session, TaskType};
use crate::domain::span::{DayRange, Month, day_plus, user_day};

/// Sums of ended sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums {
    /// By the month of the user's day and the project. Parallel time counts fully.
    months: BTreeMap<Month, BTreeMap<Option<ProjectId>, Tally>>,
    /// The hours of all work by the user's day. Parallel time counts once.
    hours: BTreeMap<NaiveDate, Hours>,
    /// The kinds of tasks by the month of the user's day.
    task_types: BTreeMap<Month, BTreeSet<TaskType>>,
}

/// What an earning comes to that adds to sessions, or stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::query) struct Added {
    pub(in crate::domain::query) platform: PlatformId,
    /// The latest day that has a part of it.
    pub(in crate::domain::query) day: NaiveDate,
    /// The money of the *received* step; `None` where an exchange rate is missing.
    pub(in crate::domain::query) received: Option<Decimal>,
}

/// What is to be summed anew.
#[derive(Debug, Default)]
pub(super) struct Stale {
    months: BTreeMap<Month, BTreeSet<Option<ProjectId>>>,
    days: BTreeSet<NaiveDate>,
}

impl Stale {
    /// Notes what a session is summed in, as it stands.
    pub(super) fn note(&mut self, work: &Work, at: Place) {
        if let Some(piece) = work.shelf.piece(at) {
            self.months.entry(Month::of_day(piece.day)).or_default().insert(piece.session.project);
        }
    }

    /// Notes the days whose hours an edit of sessions may move.
    pub(super) fn note_days(&mut self, delta: &Delta, day_start_minutes: u32) {
        for (before, after) in delta.sessions.values().filter(|sides| moves_hours(sides)) {
            for session in before.iter().chain(after) {
                let day = |at| user_day(at, session.zone, day_start_minutes);
                let end = session.interval(session.started_at).until;
                // Those that run beside it count from their own days, which may be named otherwise in other zones.
                let days = DayRange::new(day_plus(day(session.started_at), -1), day_plus(day(end), 1));
                self.days.extend(days.days());
            }
        }
    }
}

fn moves_hours((before, after): &Sides<Session>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return true };
    let of = |session: &Session| (session.started_at, session.ended_at, session.zone, session.paid);
    of(before) != of(after) || before.pauses != after.pauses || before.declared_secs != after.declared_secs
}

impl Work {
    /// Sums everything, of a reading that is new.
    pub(super) fn sum_all(&mut self) {
        let mut sums = Sums::default();
        let moment = Moment::at_rest(self);
        // A few months at a time: room that was taken for all of them would stay with the process.
        let months: Vec<Month> = self.shelf.months().into_iter().collect();
        let sum = |(): &mut (), month: &Month| {
            let (mut sums, days) = (Sums::default(), month.days());
            let mut task_types = TaskTypes::default();
            for once in moment.count(&moment.ended_beside(days), days, Parallel::Once) {
                sums.take_hours(&moment, &once);
                if let Some(piece) = moment.piece(once.at) {
                    sums.take(&moment, &piece.counted(once.at));
                    task_types.extend(&piece.session.task_type);
                }
            }
            sums.note_task_types(*month, task_types);
            sums
        };
        ahead::in_order(
            &months,
            || (),
            sum,
            |_, of_month| {
                sums.months.extend(of_month.months);
                sums.hours.extend(of_month.hours);
                sums.task_types.extend(of_month.task_types);
            },
        );
        self.sums = sums;
    }

    /// Sums anew what an edit touched.
    pub(super) fn sum_anew(&mut self, mut stale: Stale) {
        let mut fresh = Sums::default();
        let moment = Moment::at_rest(self);
        stale.days.extend(moment.days_beside(&stale.days));
        for (month, projects) in &stale.months {
            let mut task_types = TaskTypes::default();
            for one in &self.ended(month.days()) {
                let Some(session) = self.shelf.session(one.at) else { continue };
                if projects.contains(&session.project) {
                    fresh.take(&moment, one);
                }
                task_types.extend(&session.task_type);
            }
            fresh.note_task_types(*month, task_types);
        }
        for range in ranges(&stale.days) {
            for one in moment.count(&moment.ended_beside(range), range, Parallel::Once) {
                fresh.take_hours(&moment, &one);
            }
        }
        for (month, projects) in &stale.months {
            let mut of_month = fresh.months.remove(month).unwrap_or_default();
            let held = self.sums.months.entry(*month).or_default();
            for project in projects {
                match of_month.remove(project) {
                    Some(sums) => _ = held.insert(*project, sums),
                    None => _ = held.remove(project),
                }
            }
            if held.is_empty() {
                self.sums.months.remove(month);
            }
            match fresh.task_types.remove(month) {
                Some(known) => _ = self.sums.task_types.insert(*month, known),
                None => _ = self.sums.task_types.remove(month),
            }
        }
        for day in &stale.days {
            match fresh.hours.remove(day) {
                Some(hours) => _ = self.sums.hours.insert(*day, hours),
                None => _ = self.sums.hours.remove(day),
            }
        }
    }

    /// The ended sessions of some of the user's days, each with all of its time.
    fn ended(&self, days: DayRange) -> Vec<Counted> {
        // A user's day lies within two days of the UTC date of its starts.
        let near = self.shelf.began_on(day_plus(days.first, -2)..=day_plus(days.last, 2));
        near.filter_map(|at| Some((at, self.shelf.piece(at)?)))
            .filter(|(_, piece)| days.contains(piece.day) && !piece.session.is_open())
            .map(|(at, piece)| piece.counted(at))
            .collect()
    }

    /// The sums of a month by project; parallel time counts fully.
    pub(in crate::domain::query) fn sums_of(
        &self,
        month: Month,
    ) -> impl Iterator<Item = (Option<ProjectId>, Option<PlatformId>, &Tally)> {
        let of_month = self.sums.months.get(&month).into_iter().flatten();
        of_month.map(|(project, sums)| (*project, project.and_then(|id| self.facts.platform_of_project(id)), sums))
    }

    /// Whether the platform of any session may not be known: of ended ones it is asked exactly.
    pub(in crate::domain::query) fn any_unnamed(&self) -> bool {
        let known = |project: &Option<ProjectId>| {
            project.is_some_and(|project| self.facts.platform_of_project(project).is_some())
        };
        !self.open.is_empty() || self.sums.months.values().flat_map(BTreeMap::keys).any(|project| !known(project))
    }

    /// The kinds of tasks of all sessions, some of them several times.
    pub fn task_types(&self) -> impl Iterator<Item = &TaskType> {
        let of_open = self.open.iter().filter_map(|at| self.shelf.session(*at)?.task_type.as_ref());
        self.sums.task_types.values().flatten().chain(of_open)
    }

    /// Whether any session is of a project that isn't there.
    pub(in crate::domain::query) fn names_a_strange_project(&self) -> bool {
        let of_open = self.open.iter().filter_map(|at| self.shelf.session(*at)?.project);
        let of_ended = self.sums.months.values().flat_map(BTreeMap::keys).filter_map(|project| *project);
        of_open.chain(of_ended).any(|project| self.book.project(project).is_none())
    }

    /// The user's day on which the first session of each of some projects began.
    #[must_use]
    pub fn began(&self, projects: &BTreeSet<ProjectId>) -> BTreeMap<ProjectId, NaiveDate> {
        let mut began: BTreeMap<ProjectId, NaiveDate> = BTreeMap::new();
        let mut note = |project: ProjectId, day: NaiveDate| {
            let first = began.entry(project).or_insert(day);
            *first = day.min(*first);
        };
        let mut left = projects.clone();
        for (month, of_month) in &self.sums.months {
            let here: BTreeSet<ProjectId> =
                of_month.keys().filter_map(|project| project.filter(|project| left.remove(project))).collect();
            if here.is_empty() {
                continue;
            }
            for piece in self.ended(month.days()).iter().filter_map(|one| self.shelf.piece(one.at)) {
                if let Some(project) = piece.session.project.filter(|project| here.contains(project)) {
                    note(project, piece.day);
                }
            }
        }
        for piece in self.open.iter().filter_map(|at| self.shelf.piece(*at)) {
            if let Some(project) = piece.session.project.filter(|project| projects.contains(project)) {
                note(project, piece.day);
            }
        }
        began
    }

    /// The hours of a month over all work; parallel time counts once.
    pub(in crate::domain::query) fn hours_of(&self, month: Month) -> Hours {
        let days = month.days();
        let mut hours = Hours::default();
        for (_, of_day) in self.sums.hours.range(days.first..=days.last) {
            hours.own_secs = hours.own_secs.saturating_add(of_day.own_secs);
            hours.paid_secs = hours.paid_secs.saturating_add(of_day.paid_secs);
        }
        hours
    }

    /// What earnings come to on some days that stand by themselves or add to sessions.
    pub(in crate::domain::query) fn added(&self, days: DayRange) -> impl Iterator<Item = Added> + '_ {
        // Days in the zone of a schedule lie within two of the user's.
        let near = self.adding.range((day_plus(days.first, -2), EarningId(0))..);
        near.filter_map(move |(_, id)| self.added_by(self.links.claim(*id)?, days))
    }

    fn added_by(&self, claim: &Claim, days: DayRange) -> Option<Added> {
        let first = claim.members.first().and_then(|at| self.shelf.session(*at));
        let platform = first.and_then(|session| self.facts.platform_of(session)).unwrap_or(claim.earning.platform);
        let alone = claim.members.is_empty().then_some(claim.earning.worked.first);
        let of_sessions = claim.members.iter().map(|at| self.shelf.piece(*at).map(|piece| piece.day));
        let mut added: Option<Added> = None;
        for (nth, day) in alone.map(Some).into_iter().chain(of_sessions).enumerate() {
            let Some(day) = day.filter(|day| days.contains(*day)) else { continue };
            let worth = claim.parts.get(nth)?.worth;
            let known = !worth.lacks(Step::Received);
            let sum = added.get_or_insert(Added { platform, day, received: Some(Decimal::ZERO) });
            sum.day = sum.day.max(day);
            sum.received = sum.received.filter(|_| known).map(|sum| sum.saturating_add(worth.received));
        }
        added
    }

    #[cfg(test)]
    pub(super) fn sums(&self) -> &Sums {
        &self.sums
    }
}

/// The kinds of tasks of some sessions.
type TaskTypes<'w> = HashSet<&'w TaskType, RandomState>;

impl Sums {
    fn note_task_types(&mut self, month: Month, found: TaskTypes<'_>) {
        if !found.is_empty() {
            self.task_types.insert(month, found.into_iter().cloned().collect());
        }
    }

    fn take(&mut self, moment: &Moment<'_>, one: &Counted) {
        let Some(piece) = moment.piece(one.at) else { return };
        let of_month = self.months.entry(Month::of_day(piece.day)).or_default();
        let sums = of_month.entry(piece.session.project).or_insert_with(|| Tally::none(moment.work.home()));
        sums.take(moment, one, false);
    }

    fn take_hours(&mut self, moment: &Moment<'_>, one: &Counted) {
        let Some(piece) = moment.piece(one.at) else { return };
        self.hours.entry(piece.day).or_default().add(one);
    }
}

/// Days as ranges.
fn ranges(days: &BTreeSet<NaiveDate>) -> Vec<DayRange> {
    let mut ranges: Vec<DayRange> = Vec::new();
    for day in days {
        match ranges.last_mut().filter(|range| range.last.succ_opt() == Some(*day)) {
            Some(range) => range.last = *day,
            None => ranges.push(DayRange::day(*day)),
        }
    }
    ranges
}

impl Moment<'_> {
    /// The ended sessions of some days and those that ran beside them.
    fn ended_beside(&self, days: DayRange) -> Vec<Place> {
        let mut places = self.candidates(&Selection::period(days));
        places.retain(|at| self.piece(*at).is_some_and(|piece| !piece.session.is_open()));
        places
    }

    /// The days before some others of the sessions that ran into those: a pause may have left them a second that another
    /// session takes.
    fn days_beside(&self, days: &BTreeSet<NaiveDate>) -> Vec<NaiveDate> {
        let mut beside = Vec::new();
        for range in ranges(days) {
            let midnight = day_plus(range.first, -1).and_time(NaiveTime::MIN).and_utc();
            let pieces = self.ended_beside(range).into_iter().filter_map(|at| self.piece(at));
            let runs_in = pieces.filter(|piece| piece.day < range.first && piece.session.ended_at > Some(midnight));
            beside.extend(runs_in.map(|piece| piece.day));
        }
        beside
    }

    /// All months in which anything was worked, and perhaps others beside them.
    pub(in crate::domain::query) fn months(&self) -> BTreeSet<Month> {
        self.work.shelf.months()
    }

    /// The months, of those that lie in some days, whose sums hold now.
    pub(in crate::domain::query) fn whole_months(&self, days: DayRange) -> Vec<Month> {
        let restless = self.restless();
        let whole = |month: &Month| days.first <= month.first_day() && month.last_day() <= days.last;
        let months = self.work.sums.months.range(Month::of_day(days.first)..=Month::of_day(days.last));
        months.map(|(month, _)| *month).filter(|month| whole(month) && !restless.contains(month)).collect()
    }

    /// The months in which sessions are worth something else each minute.
    fn restless(&self) -> BTreeSet<Month> {
        let work = self.work;
        let mut days: BTreeSet<NaiveDate> = self.fresh.values().map(|(piece, _)| piece.day).collect();
        for at in &work.open {
            // What runs takes of the time of those that begin beside it, up to now.
            if let Some(piece) = work.shelf.piece(*at) {
                let until = day_plus(self.now.date_naive().max(piece.day), 2);
                days.extend(DayRange::new(day_plus(piece.day, -2), until).days().step_by(27));
                days.insert(until);
            }
        }
        for claim in work.live.iter().filter_map(|id| work.links.claim(*id)) {
            days.extend(claim.members.iter().filter_map(|at| Some(work.shelf.piece(*at)?.day)));
        }
        days.into_iter().map(Month::of_day).collect()
    }
}
