//! The choice between two sides: which records are taken from the other, and what that brings along.

use std::collections::BTreeSet;

use super::{Changed, Difference, Differences, Side};
use crate::domain::book::Book;
use crate::domain::change::Key;
use crate::domain::query::references::{named_by, still_named};

/// Which of the differences are taken from the other side; the rest stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    theirs: BTreeSet<Key>,
}

impl Choice {
    /// All from one side.
    #[must_use]
    pub fn all(side: Side, of: &Differences) -> Self {
        match side {
            Side::Ours => Self::default(),
            Side::Theirs => Self { theirs: of.list().iter().map(|difference| difference.key).collect() },
        }
    }

    /// Theirs where they alone changed it, ours for the rest.
    #[must_use]
    pub fn unclashing(of: &Differences) -> Self {
        let theirs = of.list().iter().filter(|difference| difference.changed == Changed::Theirs);
        Self { theirs: theirs.map(|difference| difference.key).collect() }
    }

    /// Chooses a side for a record.
    pub fn set(&mut self, key: Key, side: Side) {
        match side {
            Side::Ours => _ = self.theirs.remove(&key),
            Side::Theirs => _ = self.theirs.insert(key),
        }
    }

    /// The side that is chosen for a record.
    #[must_use]
    pub fn side(&self, key: Key) -> Side {
        if self.theirs.contains(&key) { Side::Theirs } else { Side::Ours }
    }

    /// How many are taken from the other side.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.theirs.len()
    }

    /// The same, so that nothing is left naming nothing: what a record of theirs names comes along where only they
    /// have it, and what anything names stays where only we have it.
    #[must_use]
    pub fn closed(&self, ours: &Book, of: &Differences) -> Self {
        let mut theirs: BTreeSet<Key> = self.theirs.iter().copied().filter(|key| of.get(*key).is_some()).collect();
        let goes = |key: &Key| of.get(*key).is_some_and(|difference| difference.theirs.is_none());
        let gone: BTreeSet<Key> = theirs.iter().copied().filter(|key| goes(key)).collect();
        // What the records that stay name, and then what those of theirs name.
        let kept = still_named(ours, &gone, &theirs);
        let mut open: Vec<Key> = theirs.difference(&gone).copied().collect();
        open.extend(kept.iter().copied());
        for key in kept {
            theirs.remove(&key);
        }
        while let Some(key) = open.pop() {
            let Some(difference) = of.get(key) else { continue };
            let stands = if theirs.contains(&key) { &difference.theirs } else { &difference.ours };
            let Some(record) = stands else { continue };
            named_by(record, |named| {
                let Some(named_difference) = of.get(named) else { return };
                let lacking = match (&named_difference.ours, &named_difference.theirs) {
                    (None, Some(_)) => theirs.insert(named),
                    (Some(_), None) => theirs.remove(&named),
                    _ => false,
                };
                if lacking {
                    open.push(named);
                }
            });
        }
        Self { theirs }
    }

    /// The differences that are taken from the other side.
    #[must_use]
    pub fn chosen(&self, of: &Differences) -> Vec<Difference> {
        of.list().iter().filter(|difference| self.theirs.contains(&difference.key)).cloned().collect()
    }
}
