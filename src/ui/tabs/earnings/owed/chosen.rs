//! The chosen money. An estimate that is acted on becomes an earning; it stays chosen.

use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::query::owed::OwedId;
use crate::ui::tabs::choice::{Choice, Rows};
use crate::ui::view::earnings::owed::{Line, OwedView};

/// The chosen rows.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    choice: Choice<OwedId>,
    /// What was shown when the choice was last held against the list.
    known: BTreeSet<OwedId>,
}

impl Deref for Chosen {
    type Target = Choice<OwedId>;

    fn deref(&self) -> &Choice<OwedId> {
        &self.choice
    }
}

impl DerefMut for Chosen {
    fn deref_mut(&mut self) -> &mut Choice<OwedId> {
        &mut self.choice
    }
}

impl Rows for OwedView {
    type Id = OwedId;

    fn in_order(&self) -> impl DoubleEndedIterator<Item = OwedId> {
        self.lines.iter().map(|line| line.row.id)
    }

    fn places(&self) -> usize {
        self.lines.len()
    }

    fn row_at(&self, place: usize) -> Option<OwedId> {
        self.lines.get(place).map(|line| line.row.id)
    }

    fn place_of(&self, id: OwedId) -> Option<usize> {
        self.place(id)
    }

    fn between(&self, from: usize, to: usize) -> impl Iterator<Item = OwedId> {
        self.lines.get(from.min(to)..=from.max(to)).unwrap_or_default().iter().map(|line| line.row.id)
    }
}

impl Chosen {
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
            self.choice.ids.extend(view.lines.iter().filter(new).map(|line| line.row.id));
        }
        let held = |id: Option<OwedId>| id.filter(|id| shown.contains(id));
        self.last = held(self.last).or_else(|| self.ids.first().copied());
        self.anchor = held(self.anchor).or(self.last);
        self.known = shown;
    }

    /// The chosen rows as they stand.
    pub(super) fn lines<'v>(&self, view: &'v OwedView) -> Vec<&'v Line> {
        view.lines.iter().filter(|line| self.ids.contains(&line.row.id)).collect()
    }
}
