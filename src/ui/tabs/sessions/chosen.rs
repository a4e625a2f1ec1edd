//! The chosen sessions, and what is told of them together.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};

use crate::domain::ids::SessionId;
use crate::ui::tabs::choice::{Choice, Rows};
use crate::ui::view::sessions::SessionsView;

/// What is told of the chosen rows together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    /// Their own seconds, whatever ran beside them.
    pub(super) secs: i64,
    /// Whether all of them are paid.
    pub(super) all_paid: bool,
}

/// The chosen sessions; the day of the last one is shown.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    choice: Choice<SessionId>,
    /// Summed once for a choice: it may hold a hundred thousand rows.
    told: Cell<Option<(u64, Told)>>,
}

impl Deref for Chosen {
    type Target = Choice<SessionId>;

    fn deref(&self) -> &Choice<SessionId> {
        &self.choice
    }
}

impl DerefMut for Chosen {
    fn deref_mut(&mut self) -> &mut Choice<SessionId> {
        &mut self.choice
    }
}

impl Rows for SessionsView {
    type Id = SessionId;

    fn in_order(&self) -> impl DoubleEndedIterator<Item = SessionId> {
        self.ids()
    }

    fn places(&self) -> usize {
        self.lines().len()
    }

    fn row_at(&self, place: usize) -> Option<SessionId> {
        self.lines().get(place).and_then(|line| self.id_at(*line))
    }

    fn place_of(&self, id: SessionId) -> Option<usize> {
        self.line_of(id)
    }

    fn between(&self, from: usize, to: usize) -> impl Iterator<Item = SessionId> {
        self.ids_between(from, to)
    }
}

impl Chosen {
    /// Forgets what is no longer shown.
    pub(super) fn keep(&mut self, view: &SessionsView) {
        self.told.take();
        self.ids.retain(|id| view.line_of(*id).is_some());
        let shown = |id: Option<SessionId>| id.filter(|id| view.line_of(*id).is_some());
        self.last = shown(self.last);
        self.anchor = shown(self.anchor);
    }

    /// What is told of them together.
    pub(super) fn told(&self, view: &SessionsView) -> Told {
        let known = self.told.get().filter(|(at, _)| *at == self.changes).map(|(_, told)| told);
        let told = known.unwrap_or_else(|| Told {
            secs: self.ids.iter().map(|id| view.own_secs(*id)).sum(),
            all_paid: self.ids.iter().all(|id| view.recorded(*id).is_some_and(|session| session.paid)),
        });
        self.told.set(Some((self.changes, told)));
        told
    }

    /// The chosen rows, by id.
    pub(super) fn list(&self) -> Vec<SessionId> {
        self.ids.iter().copied().collect()
    }
}
