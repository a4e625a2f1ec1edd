//! Overlaps and gaps: time that is recorded twice, and time between sessions that isn't recorded.
//!
//! Overlaps are flagged and never refused: life overlaps. Pauses are no work, so they overlap nothing; and they are
//! recorded, so they are no gap.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::ids::SessionId;
use crate::domain::session::Session;
use crate::domain::span::{Interval, Timestamp};

/// The sessions whose unpaused time overlaps with that of another, each with one that it overlaps.
///
/// One pass over the stretches in the order of their starts. Declared hours have no clock times and overlap nothing.
#[must_use]
pub fn overlaps<'s>(
    sessions: impl IntoIterator<Item = &'s Arc<Session>>,
    now: Timestamp,
) -> BTreeMap<SessionId, SessionId> {
    let mut stretches: Vec<(Interval, SessionId)> = sessions
        .into_iter()
        .flat_map(|session| {
            let stretches = session.stretches(now);
            stretches.into_iter().map(|stretch| (stretch, session.id))
        })
        .collect();
    stretches.sort_unstable();
    let mut found = BTreeMap::new();
    // The stretch that reaches furthest so far: whatever begins before its end overlaps it.
    let mut furthest: Option<(Timestamp, SessionId)> = None;
    for (stretch, id) in stretches {
        if let Some((until, other)) = furthest
            && stretch.from < until
            && other != id
        {
            found.entry(id).or_insert(other);
            found.entry(other).or_insert(id);
        }
        if furthest.is_none_or(|(until, _)| until < stretch.until) {
            furthest = Some((stretch.until, id));
        }
    }
    found
}

/// The stretches between the first start and the last end of some sessions, usually of a day, in which none of them
/// was under way, in order; only those of `min_secs` seconds or more.
#[must_use]
pub fn gaps<'s>(sessions: impl IntoIterator<Item = &'s Arc<Session>>, now: Timestamp, min_secs: i64) -> Vec<Interval> {
    let mut intervals: Vec<Interval> = sessions
        .into_iter()
        .filter(|session| session.declared_secs.is_none())
        .map(|session| session.interval(now))
        .collect();
    intervals.sort_unstable();
    let mut gaps = Vec::new();
    let mut reached: Option<Timestamp> = None;
    for interval in intervals {
        if let Some(from) = reached {
            let gap = Interval { from, until: interval.from };
            if gap.secs() >= min_secs.max(1) {
                gaps.push(gap);
            }
        }
        reached = Some(reached.map_or(interval.until, |until| until.max(interval.until)));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::{at, session};
    use crate::domain::session::Pause;

    fn sessions(spans: &[(u64, &str, &str)]) -> Vec<Arc<Session>> {
        spans.iter().map(|(id, from, until)| Arc::new(session(*id, from, Some(until)))).collect()
    }

    const NOW: &str = "2026-11-22T20:00:00Z";

    #[test]
    fn every_session_that_overlaps_is_flagged_and_no_other() {
        let all = sessions(&[
            (1, "2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z"),
            (2, "2026-11-22T09:30:00Z", "2026-11-22T09:40:00Z"),
            (3, "2026-11-22T11:00:00Z", "2026-11-22T11:30:00Z"),
            (4, "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z"),
            (5, "2026-11-22T14:00:00Z", "2026-11-22T14:00:00Z"),
        ]);
        let found = overlaps(&all, at(NOW));
        let ids: Vec<u64> = found.keys().map(|id| id.0).collect();
        assert_eq!(ids, [1, 2, 3], "touching ends and empty sessions are none");
        assert_eq!(found.get(&SessionId(3)), Some(&SessionId(1)));
    }

    #[test]
    fn work_inside_the_pause_of_another_session_is_no_overlap() {
        let mut long = session(1, "2026-11-22T09:00:00Z", Some("2026-11-22T12:00:00Z"));
        long.pauses.push(Pause { from: at("2026-11-22T10:00:00Z"), until: Some(at("2026-11-22T11:00:00Z")) });
        let inside = session(2, "2026-11-22T10:00:00Z", Some("2026-11-22T11:00:00Z"));
        assert!(overlaps(&[Arc::new(long), Arc::new(inside)], at(NOW)).is_empty());
    }

    #[test]
    fn a_running_session_overlaps_up_to_now() {
        let running = session(1, "2026-11-22T09:00:00Z", None);
        let other = session(2, "2026-11-22T19:00:00Z", Some("2026-11-22T19:30:00Z"));
        let all = [Arc::new(running), Arc::new(other)];
        assert_eq!(overlaps(&all, at(NOW)).len(), 2);
        assert!(overlaps(&all, at("2026-11-22T18:00:00Z")).is_empty());
    }

    #[test]
    fn the_gap_of_the_picture_is_38_minutes() {
        // Source: look.md, the Sessions picture: 38 m not recorded, 12:00 to 12:38.
        let all = sessions(&[
            (1, "2026-11-22T09:14:00Z", "2026-11-22T11:02:00Z"),
            (2, "2026-11-22T11:10:00Z", "2026-11-22T12:00:00Z"),
            (3, "2026-11-22T12:38:00Z", "2026-11-22T13:20:00Z"),
        ]);
        let found = gaps(&all, at(NOW), 15 * 60);
        assert_eq!(found, [Interval { from: at("2026-11-22T12:00:00Z"), until: at("2026-11-22T12:38:00Z") }]);
        assert_eq!(gaps(&all, at(NOW), 0).len(), 2);
    }

    #[test]
    fn a_session_inside_another_makes_no_gap() {
        let all = sessions(&[
            (1, "2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z"),
            (2, "2026-11-22T09:30:00Z", "2026-11-22T10:00:00Z"),
            (3, "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z"),
        ]);
        assert!(gaps(&all, at(NOW), 0).is_empty());
    }
}
