//! Counts: the hours and the money of a selection, piece by piece.
//!
//! Where parallel time counts once, a second in which several of the selected sessions run belongs to the one that
//! began it first. So a day keeps its hours whatever else is selected beside it, and days sum to their weeks.

use std::collections::HashMap;

use super::claim::Part;
use super::shelf::Place;
use super::{Moment, Piece};
use crate::domain::ids::{EarningId, PlatformId, SessionId};
use crate::domain::query::hours::Selection;
use crate::domain::session::{Activity, Session};
use crate::domain::span::{DayRange, Interval, Timestamp, day_plus};

/// How time counts in which two of the selected sessions run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::query) enum Parallel {
    /// Once: over several platforms it is one hour of a life.
    Once,
    /// Fully: for one platform each session took its time.
    Fully,
}

/// A selected session with the seconds that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::query) struct Counted {
    /// Its place.
    pub(in crate::domain::query) at: Place,
    /// Own seconds that no selected session counts before it.
    pub(in crate::domain::query) own_secs: i64,
    /// Paid seconds that no selected paid session counts before it.
    pub(in crate::domain::query) paid_secs: i64,
}

/// What counts of a session that runs beside others.
#[derive(Debug, Clone, Copy, Default)]
struct Once {
    own_secs: i64,
    paid_secs: i64,
}

impl Moment<'_> {
    /// How parallel time counts for a selection: fully where all of it is of one platform.
    pub(in crate::domain::query) fn parallel(&self, selection: &Selection) -> Parallel {
        let mut platforms: Vec<_> = match (&selection.platforms, &selection.projects) {
            (None, None) => return Parallel::Once,
            (Some(platforms), _) => platforms.iter().copied().collect(),
            (None, Some(projects)) => projects.iter().filter_map(|project| self.project_platform(*project)).collect(),
        };
        platforms.sort_unstable();
        platforms.dedup();
        if platforms.len() > 1 { Parallel::Once } else { Parallel::Fully }
    }

    /// The places of all sessions that a selection asks for but for its days, by start, wide enough around the days to
    /// see every session that runs beside one of them.
    pub(in crate::domain::query) fn candidates(&self, selection: &Selection) -> Vec<Place> {
        let (shelf, open) = (&self.work.shelf, &self.work.open);
        // A user's day lies within two days of the UTC date of its starts.
        let (first, last) = (day_plus(selection.days.first, -2), day_plus(selection.days.last, 2));
        let began = |at: &Place| shelf.session(*at).map(|session| session.started_at.date_naive());
        let latest_end = shelf.latest_end_past(last);
        let runs_on = open.iter().filter_map(began).any(|day| day <= last).then_some(self.now);
        let last = latest_end.max(runs_on).map_or(last, |end| last.max(end.date_naive()));
        let first = shelf.first_into(first).map_or(first, |day| first.min(day));
        let earlier_open = open.iter().copied().filter(|at| began(at).is_some_and(|day| day < first));
        earlier_open
            .chain(shelf.began_on(first..=last))
            .filter(|at| self.piece(*at).is_some_and(|piece| self.asks_for(selection, *at, &piece)))
            .collect()
    }

    fn asks_for(&self, selection: &Selection, at: Place, piece: &Piece<'_>) -> bool {
        let session = piece.session;
        let of_platform = selection
            .platforms
            .as_ref()
            .is_none_or(|asked| self.platform(piece).is_some_and(|platform| asked.contains(&platform)));
        let of_project = selection
            .projects
            .as_ref()
            .is_none_or(|asked| session.project.is_some_and(|project| asked.contains(&project)));
        let of_activity = selection.activities.as_ref().is_none_or(|asked| asked.contains(&session.activity));
        let of_type = selection
            .task_types
            .as_ref()
            .is_none_or(|asked| self.task_type(piece).is_some_and(|task_type| asked.contains(task_type)));
        of_platform && of_project && of_activity && of_type && (!selection.settled_only || self.is_settled(at))
    }

    /// The platform of a session; `None` where its project is not named or known.
    pub(in crate::domain::query) fn platform(&self, piece: &Piece<'_>) -> Option<PlatformId> {
        self.work.facts.platform_of(piece.session)
    }

    pub(in crate::domain::query) fn task_type<'p>(&'p self, piece: &Piece<'p>) -> Option<&'p str> {
        self.work.facts.task_type_of(piece.session)
    }

    /// The seconds of those candidates whose day lies in `days`, in the order of their starts.
    pub(in crate::domain::query) fn count(
        &self,
        candidates: &[Place],
        days: DayRange,
        parallel: Parallel,
    ) -> Vec<Counted> {
        let beside = match parallel {
            Parallel::Fully => HashMap::new(),
            Parallel::Once => self.beside_others(candidates),
        };
        let of_days = candidates.iter().filter_map(|at| Some((*at, self.piece(*at)?)));
        let of_days = of_days.filter(|(_, piece)| days.contains(piece.day));
        of_days
            .map(|(at, piece)| match beside.get(&at) {
                Some(Once { own_secs, paid_secs }) if piece.session.declared_secs.is_none() => {
                    Counted { at, own_secs: *own_secs, paid_secs: *paid_secs }
                }
                _ => piece.counted(at),
            })
            .collect()
    }

    /// Where sessions run beside each other, each second of their unpaused stretches once, for the stretch that began
    /// first. Those that run beside none are left out: all of their time counts.
    fn beside_others(&self, candidates: &[Place]) -> HashMap<Place, Once> {
        let mut beside = HashMap::new();
        // Candidates come by start: a group ends where the next one begins after all of them have ended.
        let mut group: Vec<(Place, Piece<'_>)> = Vec::new();
        let mut reached = Timestamp::MIN_UTC;
        for at in candidates {
            let Some(piece) = self.piece(*at) else { continue };
            let Interval { from, until } = piece.session.interval(self.now);
            if from >= reached {
                self.once(&group, &mut beside);
                group.clear();
            }
            reached = reached.max(until);
            group.push((*at, piece));
        }
        self.once(&group, &mut beside);
        beside
    }

    fn once(&self, group: &[(Place, Piece<'_>)], beside: &mut HashMap<Place, Once>) {
        if group.len() < 2 {
            return;
        }
        let mut count = |counts: fn(&Session) -> bool, secs: fn(&mut Once) -> &mut i64| {
            let counting = group.iter().filter(|(_, piece)| counts(piece.session));
            let mut stretches: Vec<(Interval, Timestamp, SessionId, Place)> = counting
                .flat_map(|(at, piece)| {
                    let (id, began_at) = (piece.session.id, piece.session.started_at);
                    piece.session.stretches(self.now).into_iter().map(move |stretch| (stretch, began_at, id, *at))
                })
                .collect();
            stretches.sort_unstable();
            let mut reached = Timestamp::MIN_UTC;
            for (stretch, _, _, at) in stretches {
                let fresh = Interval { from: stretch.from.max(reached), until: stretch.until };
                *secs(beside.entry(at).or_default()) += fresh.secs();
                reached = reached.max(stretch.until);
            }
        };
        count(|_| true, |once| &mut once.own_secs);
        count(|session| session.paid, |once| &mut once.paid_secs);
    }

    /// The parts of earnings that stand by themselves and that a selection asks for.
    pub(in crate::domain::query) fn loose(&self, selection: &Selection) -> Vec<Part<'_>> {
        let days = selection.days;
        let of_days = self.work.loose.range((days.first, EarningId(0))..=(days.last, EarningId(u64::MAX)));
        let asked = |part: &Part<'_>| {
            selection.platforms.as_ref().is_none_or(|asked| asked.contains(&part.platform))
                && selection
                    .projects
                    .as_ref()
                    .is_none_or(|asked| part.project.is_some_and(|project| asked.contains(&project)))
                && selection.activities.as_ref().is_none_or(|asked| asked.contains(&Activity::PaidWork))
                && selection.task_types.is_none()
                && (!selection.settled_only || part.settled)
        };
        of_days.filter_map(|(_, id)| self.standing_alone(*id)).filter(asked).collect()
    }
}
