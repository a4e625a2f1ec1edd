//! Counts: the hours and the money of a selection, piece by piece.
//!
//! Where parallel time counts once, a second in which several of the selected sessions run belongs to the one that
//! began it first. So a day keeps its hours whatever else is selected beside it, and days sum to their weeks.

use chrono::NaiveTime;
use std::collections::HashMap;

use super::claim::Part;
use super::{Moment, Piece};
use crate::domain::ids::{EarningId, PlatformId, SessionId};
use crate::domain::query::hours::Selection;
use crate::domain::session::Activity;
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
    pub(in crate::domain::query) at: usize,
    /// Own seconds that no selected session counts before it.
    pub(in crate::domain::query) own_secs: i64,
    /// Paid seconds that no selected paid session counts before it.
    pub(in crate::domain::query) paid_secs: i64,
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
    pub(in crate::domain::query) fn candidates(&self, selection: &Selection) -> Vec<usize> {
        let (shelf, open) = (&self.work.shelf, &self.work.open);
        let midnight = |day: chrono::NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        // A user's day lies within two days of the UTC date of its starts.
        let from = midnight(day_plus(selection.days.first, -2));
        let until = midnight(day_plus(selection.days.last, 3));
        let (first, end) = (shelf.began_before(from), shelf.began_before(until));
        let latest_end = shelf.latest_end_of(end).unwrap_or(until);
        let starts = |at: &usize| shelf.key(*at).map(|(start, _)| start);
        let open_before = |instant: Timestamp| open.partition_point(|at| starts(at).is_some_and(|at| at < instant));
        let latest_end = if open_before(until) > 0 { latest_end.max(self.now) } else { latest_end };
        let wide = first.min(shelf.ended_by(from))..end.max(shelf.began_before(latest_end));
        let begins = shelf.in_order(wide.start..wide.start + 1).first().and_then(|at| shelf.key(*at));
        let earlier_open = open.iter().filter(|at| begins.is_none_or(|first| shelf.key(**at) < Some(first)));
        earlier_open
            .chain(shelf.in_order(wide))
            .copied()
            .filter(|at| self.piece(*at).is_some_and(|piece| self.asks_for(selection, *at, piece)))
            .collect()
    }

    fn asks_for(&self, selection: &Selection, at: usize, piece: &Piece) -> bool {
        let session = &piece.session;
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
    pub(in crate::domain::query) fn platform(&self, piece: &Piece) -> Option<PlatformId> {
        self.work.facts.platform_of(&piece.session)
    }

    pub(in crate::domain::query) fn task_type<'p>(&'p self, piece: &'p Piece) -> Option<&'p str> {
        self.work.facts.task_type_of(&piece.session)
    }

    /// The seconds of those candidates whose day lies in `days`, in the order of their starts.
    pub(in crate::domain::query) fn count(
        &self,
        candidates: &[usize],
        days: DayRange,
        parallel: Parallel,
    ) -> Vec<Counted> {
        let (own, paid) = match parallel {
            Parallel::Fully => (None, None),
            Parallel::Once => {
                (Some(self.once(candidates, |_| true)), Some(self.once(candidates, |piece| piece.session.paid)))
            }
        };
        candidates
            .iter()
            .filter_map(|at| Some((*at, self.piece(*at)?)))
            .filter(|(_, piece)| days.contains(piece.day))
            .map(|(at, piece)| {
                let secs = |once: &Option<HashMap<usize, i64>>, fully: i64| match once {
                    Some(once) if piece.session.declared_secs.is_none() => once.get(&at).copied().unwrap_or(0),
                    _ => fully,
                };
                Counted { at, own_secs: secs(&own, piece.own_secs), paid_secs: secs(&paid, piece.paid_secs()) }
            })
            .collect()
    }

    /// Each second of the unpaused stretches once, for the stretch that began first.
    fn once(&self, candidates: &[usize], counts: impl Fn(&Piece) -> bool) -> HashMap<usize, i64> {
        let mut stretches: Vec<(Interval, Timestamp, SessionId, usize)> = candidates
            .iter()
            .filter_map(|at| Some((*at, self.piece(*at)?)))
            .filter(|(_, piece)| counts(piece))
            .flat_map(|(at, piece)| {
                let (session, id) = (&piece.session, piece.session.id);
                let began_at = session.started_at;
                session.stretches(self.now).into_iter().map(move |stretch| (stretch, began_at, id, at))
            })
            .collect();
        stretches.sort_unstable();
        let mut reached = Timestamp::MIN_UTC;
        let mut once: HashMap<usize, i64> = HashMap::with_capacity(candidates.len());
        for (stretch, _, _, at) in stretches {
            let fresh = Interval { from: stretch.from.max(reached), until: stretch.until };
            *once.entry(at).or_default() += fresh.secs();
            reached = reached.max(stretch.until);
        }
        once
    }

    /// The parts of earnings that stand by themselves and that a selection asks for.
    pub(in crate::domain::query) fn loose(&self, selection: &Selection) -> Vec<&Part> {
        let days = selection.days;
        let of_days = self.work.loose.range((days.first, EarningId(0))..=(days.last, EarningId(u64::MAX)));
        let asked = |part: &&Part| {
            selection.platforms.as_ref().is_none_or(|asked| asked.contains(&part.platform))
                && selection
                    .projects
                    .as_ref()
                    .is_none_or(|asked| part.project.is_some_and(|project| asked.contains(&project)))
                && selection.activities.as_ref().is_none_or(|asked| asked.contains(&Activity::PaidWork))
                && selection.task_types.is_none()
                && (!selection.settled_only || part.settled)
        };
        of_days.map(|(_, part)| part).filter(asked).collect()
    }
}
