//! Busy: the time that sessions of a Book take, in order, so that a hundred thousand rows each find theirs at once.

use std::sync::Arc;

use crate::domain::session::Session;
use crate::domain::span::{Interval, Timestamp};

/// Sessions that have ended, by when they began.
pub(super) struct Busy<'a>(Vec<Taken<'a>>);

struct Taken<'a> {
    time: Interval,
    /// The latest end of this one and of all that began before it.
    latest_end: Timestamp,
    session: &'a Arc<Session>,
}

impl<'a> Busy<'a> {
    /// Of these sessions; those that still run have no time yet.
    pub(super) fn of(sessions: impl Iterator<Item = &'a Arc<Session>>) -> Self {
        let ended = sessions.filter_map(|session| {
            let time = Interval { from: session.started_at, until: session.ended_at? };
            Some(Taken { time, latest_end: time.until, session })
        });
        let mut all: Vec<Taken<'a>> = ended.collect();
        all.sort_by_key(|taken| (taken.time, taken.session.id));
        let mut latest = Timestamp::MIN_UTC;
        for taken in &mut all {
            latest = latest.max(taken.time.until);
            taken.latest_end = latest;
        }
        Self(all)
    }

    /// The session that takes at least half of a stretch of time: of several the one that began last.
    pub(super) fn half_of(&self, time: Interval) -> Option<&'a Arc<Session>> {
        let before = self.0.partition_point(|taken| taken.time.from < time.until);
        // What began earlier can only reach into it as long as something does.
        let near = self.0.get(..before)?.iter().rev().take_while(|taken| taken.latest_end > time.from);
        let half = |taken: &&Taken<'_>| {
            let shared = taken.time.overlap(time).map_or(0, Interval::secs);
            shared > 0 && shared * 2 >= time.secs()
        };
        near.into_iter().find(half).map(|taken| taken.session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::SessionId;
    use crate::domain::testing::at;

    fn session(id: u64, from: &str, until: Option<&str>) -> Arc<Session> {
        Arc::new(Session { ended_at: until.map(at), ..Session::begun(SessionId(id), at(from), chrono_tz::UTC) })
    }

    #[test]
    fn half_of_it_is_enough_also_in_a_session_of_days_and_less_is_not() {
        let all = [
            session(1, "2026-03-01T00:00:00Z", Some("2026-03-03T20:00:00Z")),
            session(2, "2026-03-03T09:00:00Z", Some("2026-03-03T10:00:00Z")),
            session(3, "2026-03-05T09:00:00Z", Some("2026-03-05T10:00:00Z")),
            session(4, "2026-03-05T11:00:00Z", None),
            session(5, "2026-03-06T09:00:00Z", Some("2026-03-06T09:00:00Z")),
        ];
        let busy = Busy::of(all.iter());
        let found = |from: &str, until: &str| {
            busy.half_of(Interval { from: at(from), until: at(until) }).map(|session| session.id.0)
        };
        assert_eq!(found("2026-03-03T09:30:00Z", "2026-03-03T10:30:00Z"), Some(2));
        assert_eq!(found("2026-03-03T12:00:00Z", "2026-03-03T13:00:00Z"), Some(1), "it began two days before");
        assert_eq!(found("2026-03-05T09:30:00Z", "2026-03-05T10:30:00Z"), Some(3), "half");
        assert_eq!(found("2026-03-05T09:31:00Z", "2026-03-05T10:31:00Z"), None, "less than half");
        assert_eq!(found("2026-03-05T11:30:00Z", "2026-03-05T12:00:00Z"), None, "it still runs");
        assert_eq!(found("2026-03-06T09:00:00Z", "2026-03-06T09:00:00Z"), None, "no time at all");
        assert_eq!(found("2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z"), None, "beside it");
        assert_eq!(found("2020-01-01T10:00:00Z", "2020-01-01T11:00:00Z"), None, "before all of them");
    }
}
