//! The chosen rows: by click with Ctrl and Shift, by the arrow keys, all at once.
//!
//! An estimate that is acted on becomes an earning; it stays chosen.

use std::collections::BTreeSet;

use egui::Modifiers;

use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::query::owed::OwedId;
use crate::ui::view::earnings::owed::{Line, OwedView};

/// The chosen rows.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) ids: BTreeSet<OwedId>,
    anchor: Option<OwedId>,
    /// The one that was chosen last: where the arrows go from.
    pub(super) last: Option<OwedId>,
    /// To be brought into sight.
    pub(super) show: Option<OwedId>,
    /// What was shown when the choice was last held against the list.
    known: BTreeSet<OwedId>,
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
        self.ids.clear();
        (self.anchor, self.last, self.show) = (None, None, None);
    }

    /// Forgets what is no longer shown. Where only the Book moved, what was recorded of a chosen estimate is chosen in
    /// its place: the earnings that are new of its platform and project.
    pub(super) fn keep(&mut self, view: &OwedView, same_look: bool) {
        let shown: BTreeSet<OwedId> = view.lines.iter().map(|line| line.row.id).collect();
        let recorded: BTreeSet<(PlatformId, Option<ProjectId>)> = self
            .ids
            .iter()
            .filter(|id| same_look && !shown.contains(id))
            .filter_map(|id| if let OwedId::Work(key, project) = id { Some((key.platform, *project)) } else { None })
            .collect();
        self.ids.retain(|id| shown.contains(id));
        if !recorded.is_empty() {
            let new = |line: &&Line| {
                line.earning().is_some()
                    && !self.known.contains(&line.row.id)
                    && recorded.contains(&(line.row.platform, line.row.project))
            };
            self.ids.extend(view.lines.iter().filter(new).map(|line| line.row.id));
        }
        let held = |id: Option<OwedId>| id.filter(|id| shown.contains(id));
        self.last = held(self.last).or_else(|| self.ids.first().copied());
        self.anchor = held(self.anchor).or(self.last);
        self.known = shown;
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
