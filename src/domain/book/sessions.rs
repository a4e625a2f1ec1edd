//! The sessions of one month, by id: a pointer each, in short rows.
//!
//! A month may have thousands of them and an edit moves a few, so that it copies one row. Rows that two Books share are
//! the same row, and are not looked at where two Books are compared.

use std::sync::Arc;

use crate::domain::ids::SessionId;
use crate::domain::session::Session;

/// No row is longer.
const ROW: usize = 128;

/// A row of sessions, sorted by id.
pub(super) type Row = Arc<Vec<Arc<Session>>>;

/// A session, or `None` where one goes.
pub(super) type Stays<'s> = (SessionId, Option<&'s Arc<Session>>);

/// Sessions, sorted by id, in rows of which none is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Sessions(Vec<Row>);

/// Equal where they hold equal sessions, however they stand in rows.
impl PartialEq for Sessions {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Sessions {}

impl Sessions {
    /// Some that are sorted by id, each of which is there once.
    fn of(sorted: Vec<Arc<Session>>) -> Self {
        // Three quarters full, so that the next ones find room.
        let full = ROW * 3 / 4;
        let rows = sorted.len().div_ceil(full);
        let mut sorted = sorted.into_iter();
        Self((0..rows).map(|_| Arc::new(sorted.by_ref().take(full).collect())).collect())
    }

    /// Some in any order; of several of one the last stands. With them the ids of all, sorted.
    pub(super) fn last_of_each(mut sessions: Vec<Arc<Session>>) -> (Self, Vec<SessionId>) {
        // Stable: what comes later stands later.
        sessions.sort_by_cached_key(|session| session.id);
        let ids = sessions.iter().map(|session| session.id).collect();
        sessions.dedup_by(|later, earlier| {
            let same = later.id == earlier.id;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        (Self::of(sessions), ids)
    }

    /// All of them, by id.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Session>> + Clone {
        self.0.iter().flat_map(|row| row.iter())
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> &[Row] {
        &self.0
    }

    /// One of them.
    pub(super) fn get(&self, id: SessionId) -> Option<&Arc<Session>> {
        let row = self.0.get(self.row_of(id))?;
        row.get(find(row, id).ok()?)
    }

    /// Sets one, or takes it out where none is left.
    pub(super) fn put(&mut self, id: SessionId, session: Option<&Arc<Session>>) {
        let at = self.row_of(id);
        let Some(row) = self.0.get_mut(at) else {
            self.0.extend(session.map(|session| Arc::new(vec![Arc::clone(session)])));
            return;
        };
        match (find(row, id), session) {
            (Ok(here), Some(session)) => {
                if let Some(held) = Arc::make_mut(row).get_mut(here) {
                    *held = Arc::clone(session);
                }
            }
            (Ok(here), None) => {
                Arc::make_mut(row).remove(here);
                if row.is_empty() {
                    self.0.remove(at);
                }
            }
            (Err(here), Some(session)) if row.len() < ROW => Arc::make_mut(row).insert(here, Arc::clone(session)),
            (Err(_), Some(_)) => {
                // Cut in two before it grows: a vector doubles.
                let rest = Arc::make_mut(row).split_off(ROW / 2);
                self.0.insert(at + 1, Arc::new(rest));
                self.put(id, session);
            }
            (Err(_), None) => {}
        }
    }

    /// Sets many, or takes them out where none is left; of several changes of one the last stands.
    pub(super) fn put_many(&mut self, changes: Vec<Stays<'_>>) {
        let before = std::mem::take(&mut self.0);
        let mut all: Vec<Stays<'_>> = before.iter().flat_map(|row| row.iter()).map(|one| (one.id, Some(one))).collect();
        all.extend(changes);
        // Stable: what comes later stands later.
        all.sort_by_key(|(id, _)| *id);
        let stand = all.chunk_by(|a, b| a.0 == b.0).filter_map(|changes| changes.last()?.1);
        *self = Self::of(stand.cloned().collect());
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The row in which an id stands, or would.
    fn row_of(&self, id: SessionId) -> usize {
        let begins = |row: &Row| row.first().is_some_and(|first| first.id <= id);
        self.0.partition_point(begins).saturating_sub(1)
    }
}

fn find(row: &[Arc<Session>], id: SessionId) -> Result<usize, usize> {
    row.binary_search_by_key(&id, |session| session.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::at;

    fn session(id: u64, from: &str) -> Arc<Session> {
        Arc::new(Session::begun(SessionId(id), at(from), chrono_tz::UTC))
    }

    fn ids(sessions: &Sessions) -> Vec<u64> {
        sessions.iter().map(|session| session.id.0).collect()
    }

    #[test]
    fn sessions_are_set_found_and_taken_out_by_id() {
        let mut sessions = Sessions::default();
        for id in [5, 1, 3] {
            sessions.put(SessionId(id), Some(&session(id, "2026-11-22T10:00:00Z")));
        }
        sessions.put(SessionId(3), Some(&session(3, "2026-11-22T11:00:00Z")));
        sessions.put(SessionId(4), None);
        sessions.put(SessionId(1), None);
        assert_eq!(ids(&sessions), [3, 5]);
        assert_eq!(sessions.get(SessionId(3)).map(|session| session.started_at), Some(at("2026-11-22T11:00:00Z")));
        assert_eq!(sessions.get(SessionId(1)), None);
        sessions.put(SessionId(3), None);
        sessions.put(SessionId(5), None);
        assert!(sessions.is_empty());
    }

    #[test]
    fn however_they_came_the_same_sessions_are_equal_and_in_order() {
        let from = "2026-11-22T10:00:00Z";
        // 211 has no common divisor with 1000: each number comes once.
        let scattered: Vec<u64> = (0..1000).map(|n| n * 211 % 1000).collect();
        let mut one_by_one = Sessions::default();
        for id in &scattered {
            one_by_one.put(SessionId(*id), Some(&session(*id, from)));
        }
        let mut in_order = Sessions::default();
        for id in 0..1000 {
            in_order.put(SessionId(id), Some(&session(id, from)));
        }
        assert_eq!(ids(&one_by_one), (0..1000).collect::<Vec<_>>());
        assert_eq!(one_by_one, in_order);
        for id in (0..1000).filter(|id| id % 3 != 0) {
            one_by_one.put(SessionId(id), None);
        }
        assert_eq!(ids(&one_by_one), (0..1000).step_by(3).collect::<Vec<_>>());
        assert!(scattered.iter().all(|id| one_by_one.get(SessionId(*id)).is_some() == (id % 3 == 0)));
        assert_ne!(one_by_one, in_order);
    }

    #[test]
    fn many_changes_at_once_are_those_changes_one_after_another() {
        let (from, later) = ("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z");
        let all: Vec<Arc<Session>> = (0..600).map(|n| session(n * 211 % 600, from)).collect();
        let moved: Vec<Arc<Session>> = (0..600).step_by(5).map(|id| session(id, later)).collect();
        let mut changes: Vec<(SessionId, Option<&Arc<Session>>)> = all.iter().map(|one| (one.id, Some(one))).collect();
        changes.extend(moved.iter().map(|one| (one.id, Some(one))));
        changes.extend((0..900).step_by(7).map(|id| (SessionId(id), None)));
        let (mut at_once, mut one_by_one, mut in_two) = (Sessions::default(), Sessions::default(), Sessions::default());
        for (id, session) in changes.clone() {
            one_by_one.put(id, session);
        }
        at_once.put_many(changes.clone());
        let rest = changes.split_off(650);
        in_two.put_many(changes);
        in_two.put_many(rest);
        assert_eq!((&at_once, &in_two), (&one_by_one, &one_by_one));
        assert_eq!(at_once.get(SessionId(5)).map(|session| session.started_at), Some(at(later)));
        assert_eq!(at_once.get(SessionId(35)), None);
    }

    #[test]
    fn an_edit_copies_its_row_and_leaves_the_others() {
        let mut before = Sessions::default();
        for id in 0..1000 {
            before.put(SessionId(id), Some(&session(id, "2026-11-22T10:00:00Z")));
        }
        let mut after = before.clone();
        after.put(SessionId(500), Some(&session(500, "2026-11-22T11:00:00Z")));
        let moved = before.rows().iter().zip(after.rows()).filter(|(old, new)| !Arc::ptr_eq(old, new)).count();
        assert_eq!((moved, before.rows().len()), (1, after.rows().len()));
    }
}
