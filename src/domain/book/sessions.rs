//! The sessions of one month, by id: a pointer each, in one row.
//!
//! A month has some hundred of them and an edit moves a few, so that a sorted row is found, changed and copied faster than
//! a tree, in a quarter of its room.

use std::sync::Arc;

use crate::domain::ids::SessionId;
use crate::domain::session::Session;

/// Sessions, sorted by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sessions(Vec<Arc<Session>>);

impl Sessions {
    /// All of them, by id.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Arc<Session>> {
        self.0.iter()
    }

    /// One of them.
    pub(super) fn get(&self, id: SessionId) -> Option<&Arc<Session>> {
        self.0.get(self.find(id).ok()?)
    }

    /// Sets one, or takes it out where none is left.
    pub(super) fn put(&mut self, id: SessionId, session: Option<&Arc<Session>>) {
        match (self.find(id), session) {
            (Ok(at), Some(session)) => {
                if let Some(held) = self.0.get_mut(at) {
                    *held = Arc::clone(session);
                }
            }
            (Ok(at), None) => {
                self.0.remove(at);
            }
            (Err(at), Some(session)) => self.0.insert(at, Arc::clone(session)),
            (Err(_), None) => {}
        }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn find(&self, id: SessionId) -> Result<usize, usize> {
        self.0.binary_search_by_key(&id, |session| session.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::at;

    #[test]
    fn sessions_are_set_found_and_taken_out_by_id() {
        let session = |id, from: &str| Arc::new(Session::begun(SessionId(id), at(from), chrono_tz::UTC));
        let mut sessions = Sessions::default();
        for id in [5, 1, 3] {
            sessions.put(SessionId(id), Some(&session(id, "2026-11-22T10:00:00Z")));
        }
        sessions.put(SessionId(3), Some(&session(3, "2026-11-22T11:00:00Z")));
        sessions.put(SessionId(4), None);
        sessions.put(SessionId(1), None);
        assert_eq!(sessions.iter().map(|session| session.id.0).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(sessions.get(SessionId(3)).map(|session| session.started_at), Some(at("2026-11-22T11:00:00Z")));
        assert_eq!(sessions.get(SessionId(1)), None);
        sessions.put(SessionId(3), None);
        sessions.put(SessionId(5), None);
        assert!(sessions.is_empty());
    }
}
