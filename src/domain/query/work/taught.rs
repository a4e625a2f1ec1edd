//! What settled work teaches: the share of its price at which the open work of a project counts.
//!
//! Received ÷ recorded of the settled items of a project, from [`SETTLED_ITEMS`] of them on. Sums are kept as items are
//! settled and opened again; amounts are exact to the decimals that are kept, so that the order does not matter.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::SETTLED_ITEMS;
use super::claim::{Made, SettledShares};
use crate::domain::ids::ProjectId;

/// What one settled earning taught of one project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lesson {
    project: ProjectId,
    recorded: Decimal,
    received: Decimal,
}

/// The lessons of an earning by its parts. Those that could not be converted are left out on both sides.
pub(super) fn lessons(parts: &[Made]) -> Box<[Lesson]> {
    let mut by_project: BTreeMap<ProjectId, Lesson> = BTreeMap::new();
    for part in parts {
        let Some(project) = part.project else {
            continue;
        };
        let nothing = Lesson { project, recorded: Decimal::ZERO, received: Decimal::ZERO };
        let lesson = by_project.entry(project).or_insert(nothing);
        if part.valued.worth.missing.is_empty() {
            lesson.recorded = lesson.recorded.saturating_add(part.valued.worth.recorded);
            lesson.received = lesson.received.saturating_add(part.valued.worth.received);
        }
    }
    by_project.into_values().collect()
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    items: usize,
    recorded: Decimal,
    received: Decimal,
}

/// All that the settled work of a Book taught.
#[derive(Debug, Clone, Default)]
pub(super) struct Taught {
    sums: BTreeMap<ProjectId, Sums>,
    shares: SettledShares,
}

impl Taught {
    /// The share of each project that taught one.
    pub(super) fn shares(&self) -> &SettledShares {
        &self.shares
    }

    pub(super) fn learn(&mut self, lessons: &[Lesson]) {
        for lesson in lessons {
            let sums = self.sums.entry(lesson.project).or_default();
            sums.items += 1;
            sums.recorded = sums.recorded.saturating_add(lesson.recorded);
            sums.received = sums.received.saturating_add(lesson.received);
        }
    }

    pub(super) fn unlearn(&mut self, lessons: &[Lesson]) {
        for lesson in lessons {
            let sums = self.sums.entry(lesson.project).or_default();
            sums.items = sums.items.saturating_sub(1);
            sums.recorded = sums.recorded.saturating_sub(lesson.recorded);
            sums.received = sums.received.saturating_sub(lesson.received);
        }
    }

    /// Takes the shares anew; returns the projects whose share moved.
    pub(super) fn conclude(&mut self) -> BTreeSet<ProjectId> {
        let shares: SettledShares =
            self.sums.iter().filter_map(|(project, sums)| Some((*project, sums.share()?))).collect();
        let before = std::mem::replace(&mut self.shares, shares);
        let moved = |project: &ProjectId| before.get(project) != self.shares.get(project);
        self.sums.keys().copied().filter(moved).collect()
    }
}

impl Sums {
    /// A project that recorded nothing teaches nothing.
    fn share(&self) -> Option<Decimal> {
        if self.items < SETTLED_ITEMS || self.recorded <= Decimal::ZERO {
            return None;
        }
        let share = self.received.normalize().checked_div(self.recorded.normalize())?;
        Some(share.max(Decimal::ZERO))
    }
}
