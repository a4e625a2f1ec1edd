//! The chosen rows: by click with Ctrl and Shift, by the arrow keys, all at once.
//!
//! An estimate that is acted on becomes an earning; it stays chosen.

use std::collections::BTreeSet;

use egui::Modifiers;

use crate::domain::ids::EarningId;
use crate::domain::query::owed::OwedId;
use crate::ui::view::earnings::owed::{Line, OwedView};

/// How many new earnings an act may record at most that stay chosen.
const MOST_NEW: u64 = 1_000;

/// The chosen rows.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) ids: BTreeSet<OwedId>,
    anchor: Option<OwedId>,
    /// The one that was chosen last: where the arrows go from.
    pub(super) last: Option<OwedId>,
    /// To be brought into sight.
    pub(super) show: Option<OwedId>,
    /// From which id on the earnings are counted that the last act records.
    pub(super) coming: Option<EarningId>,
}

impl Chosen {
    pub(super) fn only(&mut self, id: OwedId) {
        self.ids = BTreeSet::from([id]);
        (self.last, self.anchor) = (Some(id), Some(id));
    }

    /// A click with what was held down.
    pub(super) fn click(&mut self, view: &OwedView, id: OwedId, held: Modifiers) {
        if held.shift {
            self.reach(view, id, held.command);
        } else if held.command {
            if !self.ids.remove(&id) {
                self.ids.insert(id);
            }
            (self.last, self.anchor) = (Some(id), Some(id));
        } else {
            self.only(id);
        }
    }

    fn reach(&mut self, view: &OwedView, id: OwedId, keep: bool) {
        let from = self.anchor.and_then(|anchor| view.place(anchor));
        let (Some(from), Some(to)) = (from, view.place(id)) else { return self.only(id) };
        if !keep {
            self.ids.clear();
        }
        let between = view.lines.get(from.min(to)..=from.max(to)).unwrap_or_default();
        self.ids.extend(between.iter().map(|line| line.row.id));
        self.last = Some(id);
    }

    /// To a row so many further on (or back, below zero); the first where none is chosen.
    pub(super) fn step(&mut self, view: &OwedView, step: isize, reach: bool) {
        let last = view.lines.len().saturating_sub(1);
        let at = self.last.and_then(|id| view.place(id)).map_or(0, |at| at.saturating_add_signed(step).min(last));
        let Some(id) = view.lines.get(at).map(|line| line.row.id) else { return };
        if reach {
            self.reach(view, id, false);
        } else {
            self.only(id);
        }
        self.show = Some(id);
    }

    pub(super) fn all(&mut self, view: &OwedView) {
        self.ids = view.lines.iter().map(|line| line.row.id).collect();
        self.last = self.last.or_else(|| view.lines.first().map(|line| line.row.id));
        self.anchor = self.anchor.or(self.last);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets what is no longer shown; what was recorded of it is chosen in its place.
    pub(super) fn keep(&mut self, view: &OwedView) {
        let shown: BTreeSet<OwedId> = view.lines.iter().map(|line| line.row.id).collect();
        let before = self.ids.len();
        self.ids.retain(|id| shown.contains(id));
        if let Some(EarningId(seed)) = self.coming.filter(|_| self.ids.len() < before) {
            let new = |id: &OwedId| matches!(id, OwedId::Earning(EarningId(id)) if id.wrapping_sub(seed) < MOST_NEW);
            self.ids.extend(shown.iter().filter(|id| new(id)));
            self.coming = None;
        }
        let held = |id: Option<OwedId>| id.filter(|id| shown.contains(id));
        self.last = held(self.last).or_else(|| self.ids.first().copied());
        self.anchor = held(self.anchor).or(self.last);
    }

    /// The only chosen row.
    pub(super) fn one(&self) -> Option<OwedId> {
        self.ids.first().copied().filter(|_| self.ids.len() == 1)
    }

    /// The chosen rows as they stand.
    pub(super) fn lines<'v>(&self, view: &'v OwedView) -> Vec<&'v Line> {
        view.lines.iter().filter(|line| self.ids.contains(&line.row.id)).collect()
    }
}
