//! The chosen rows: by click with Ctrl and Shift, by the arrow keys, all at once.

use std::cell::Cell;
use std::collections::BTreeSet;

use egui::Modifiers;

use crate::domain::ids::SessionId;
use crate::ui::view::sessions::SessionsView;

/// What is told of the chosen rows together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    /// Their own seconds, whatever ran beside them.
    pub(super) secs: i64,
    /// Whether all of them are paid.
    pub(super) all_paid: bool,
}

/// The chosen rows.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// Summed once for a choice: it may hold a hundred thousand rows.
    told: Cell<Option<Told>>,
    pub(super) ids: BTreeSet<SessionId>,
    /// Where a stretch begins that Shift makes.
    anchor: Option<SessionId>,
    /// The one that was chosen last: where the arrows go from, and whose day is shown.
    pub(super) last: Option<SessionId>,
    /// To be brought into sight.
    pub(super) show: Option<SessionId>,
}

impl Chosen {
    pub(super) fn only(&mut self, id: SessionId) {
        self.told.take();
        self.ids = BTreeSet::from([id]);
        self.last = Some(id);
        self.anchor = Some(id);
    }

    /// A click with what was held down.
    pub(super) fn click(&mut self, view: &SessionsView, id: SessionId, held: Modifiers) {
        self.told.take();
        if held.shift {
            self.reach(view, id, held.command);
        } else if held.command {
            if !self.ids.remove(&id) {
                self.ids.insert(id);
            }
            self.last = Some(id);
            self.anchor = Some(id);
        } else {
            self.only(id);
        }
    }

    /// Everything from where the stretch began to here; with `keep` what was chosen before stays.
    fn reach(&mut self, view: &SessionsView, id: SessionId, keep: bool) {
        let from = self.anchor.and_then(|anchor| view.line_of(anchor));
        let (Some(from), Some(to)) = (from, view.line_of(id)) else { return self.only(id) };
        self.told.take();
        if !keep {
            self.ids.clear();
        }
        self.ids.extend(view.ids_between(from, to));
        self.last = Some(id);
    }

    /// One row on (or back, below zero), alone or with all on the way.
    pub(super) fn step(&mut self, view: &SessionsView, step: i32, reach: bool) {
        let Some(id) = beside(view, self.last, step) else { return };
        if reach {
            self.reach(view, id, false);
        } else {
            self.only(id);
        }
        self.show = Some(id);
    }

    /// To the first or last row, alone or with all on the way.
    pub(super) fn end(&mut self, view: &SessionsView, last: bool, reach: bool) {
        let id = if last { view.ids().next_back() } else { view.ids().next() };
        let Some(id) = id else { return };
        if reach {
            self.reach(view, id, false);
        } else {
            self.only(id);
        }
        self.show = Some(id);
    }

    /// All that is shown.
    pub(super) fn all(&mut self, view: &SessionsView) {
        self.told.take();
        self.ids = view.ids().collect();
        self.last = self.last.or_else(|| view.ids().next());
        self.anchor = self.anchor.or(self.last);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

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
        let told = self.told.get().unwrap_or_else(|| Told {
            secs: self.ids.iter().map(|id| view.own_secs(*id)).sum(),
            all_paid: self.ids.iter().all(|id| view.recorded(*id).is_some_and(|session| session.paid)),
        });
        self.told.set(Some(told));
        told
    }

    /// The only chosen row.
    pub(super) fn one(&self) -> Option<SessionId> {
        self.ids.first().copied().filter(|_| self.ids.len() == 1)
    }

    /// The chosen rows, by id.
    pub(super) fn list(&self) -> Vec<SessionId> {
        self.ids.iter().copied().collect()
    }
}

/// The session one row below or above; the first where none is chosen.
fn beside(view: &SessionsView, from: Option<SessionId>, step: i32) -> Option<SessionId> {
    let Some(at) = from.and_then(|from| view.line_of(from)) else { return view.ids().next() };
    let lines = view.lines();
    let id_at = |line: &_| view.id_at(*line);
    if step > 0 { lines.get(at + 1..)?.iter().find_map(id_at) } else { lines.get(..at)?.iter().rev().find_map(id_at) }
}
