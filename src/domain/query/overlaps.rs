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

/// The shortest stretch between two sessions that is told as not recorded, in seconds: shorter ones are a break, and a
/// list of them would hide the rest.
pub const GAP_FROM_SECS: i64 = 15 * 60;
/// The longest one, in seconds: a longer one is free time or sleep, which nobody means to record.
pub const GAP_UNTIL_SECS: i64 = 4 * 3600;

/// A stretch between two sessions of a day in which nothing was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// From the end of one to the start of the other.
    pub interval: Interval,
    /// The session that ended before it.
    pub after: SessionId,
    /// The session that began after it.
    pub before: SessionId,
}

impl Gap {
    /// Its name among what can be put aside; another session in it makes other gaps.
    #[must_use]
    pub fn need(&self) -> String {
        format!("gap {} {}", self.after, self.before)
    }
}

/// The name of an overlap among what can be put aside, whichever of the two is asked.
#[must_use]
pub fn overlap_need(one: SessionId, other: SessionId) -> String {
    format!("overlap {} {}", one.min(other), one.max(other))
}

/// The stretches between the first start and the last end of some sessions, usually of a day, in which none of them
/// was under way, in order; only those from [`GAP_FROM_SECS`] to [`GAP_UNTIL_SECS`].
#[must_use]
pub fn gaps<'s>(sessions: impl IntoIterator<Item = &'s Arc<Session>>, now: Timestamp) -> Vec<Gap> {
    let mut intervals: Vec<(Interval, SessionId)> = sessions
        .into_iter()
        .filter(|session| session.declared_secs.is_none())
        .map(|session| (session.interval(now), session.id))
        .collect();
    intervals.sort_unstable();
    let mut gaps = Vec::new();
    let mut reached: Option<(Timestamp, SessionId)> = None;
    for (interval, id) in intervals {
        if let Some((from, after)) = reached {
            let gap = Gap { interval: Interval { from, until: interval.from }, after, before: id };
            if (GAP_FROM_SECS..=GAP_UNTIL_SECS).contains(&gap.interval.secs()) {
                gaps.push(gap);
            }
        }
        if reached.is_none_or(|(until, _)| until < interval.until) {
            reached = Some((interval.until, id));
        }
    }
    gaps
}

/// Own seconds of sessions where each second counts once, for the one that began it first. Declared hours have no
/// clock times and add.
#[must_use]
pub fn once<'s, K: Copy + Ord>(
    sessions: impl IntoIterator<Item = (K, &'s Session)>,
    now: Timestamp,
) -> BTreeMap<K, i64> {
    let mut secs: BTreeMap<K, i64> = BTreeMap::new();
    let mut stretches: Vec<(Interval, K)> = Vec::new();
    for (key, session) in sessions {
        secs.insert(key, session.declared_secs.unwrap_or(0));
        stretches.extend(session.stretches(now).into_iter().map(|stretch| (stretch, key)));
    }
    stretches.sort_unstable();
    let mut reached = Timestamp::MIN_UTC;
    for (stretch, key) in stretches {
        let fresh = Interval { from: stretch.from.max(reached), until: stretch.until };
        *secs.entry(key).or_default() += fresh.secs();
        reached = reached.max(stretch.until);
    }
    secs
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
        let interval = Interval { from: at("2026-11-22T12:00:00Z"), until: at("2026-11-22T12:38:00Z") };
        let found = gaps(&all, at(NOW));
        assert_eq!(found.last(), Some(&Gap { interval, after: SessionId(2), before: SessionId(3) }));
        // The eight minutes before are a break: the picture tells no gap there.
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].need(), format!("gap {} {}", SessionId(2), SessionId(3)));
    }

    #[test]
    fn a_break_and_a_night_are_no_gaps() {
        let all = sessions(&[
            (1, "2026-11-22T00:00:00Z", "2026-11-22T01:00:00Z"),
            (2, "2026-11-22T01:14:59Z", "2026-11-22T02:00:00Z"),
            (3, "2026-11-22T06:00:01Z", "2026-11-22T07:00:00Z"),
            (4, "2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z"),
            (5, "2026-11-22T12:15:00Z", "2026-11-22T13:00:00Z"),
        ]);
        let found: Vec<SessionId> = gaps(&all, at(NOW)).iter().map(|gap| gap.before).collect();
        assert_eq!(found, [SessionId(4), SessionId(5)], "four hours are the longest, a quarter of one the shortest");
    }

    #[test]
    fn a_session_inside_another_makes_no_gap() {
        let all = sessions(&[
            (1, "2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z"),
            (2, "2026-11-22T09:30:00Z", "2026-11-22T10:00:00Z"),
            (3, "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z"),
        ]);
        assert!(gaps(&all, at(NOW)).is_empty());
    }

    #[test]
    fn parallel_seconds_count_for_the_session_that_began_them() {
        let all = sessions(&[
            (1, "2026-11-22T09:00:00Z", "2026-11-22T11:00:00Z"),
            (2, "2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z"),
        ]);
        let secs = once(all.iter().map(|session| (session.id, session.as_ref())), at(NOW));
        assert_eq!(secs.into_values().collect::<Vec<_>>(), [7200, 3600]);
    }

    #[test]
    fn an_overlap_has_one_name_from_either_side() {
        assert_eq!(overlap_need(SessionId(2), SessionId(1)), overlap_need(SessionId(1), SessionId(2)));
    }
}
