//! Differs: what two Books say differently, record by record, and the choice that makes one of them.
//!
//! "Ours" is the Book that is open, "theirs" what stands elsewhere: in a file that another device changed, in a backup.
//! Months that both share are passed over as one pointer, records that both share as one more; the rest is compared by
//! value. A choice is closed over what its records name, so that it never leaves a reference to nothing: what
//! a record of theirs names comes along, and what anything names does not go.

mod choice;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::change::{Edit, Key, Record};

pub use choice::Choice;

/// Kinds of records, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The settings.
    Settings,
    /// Platforms.
    Platform,
    /// Projects.
    Project,
    /// Terms.
    Terms,
    /// Schedules.
    Schedule,
    /// Routes.
    Route,
    /// Exchange rates.
    Rate,
    /// Bills.
    Bill,
    /// What the user has seen.
    Seen,
    /// Sessions.
    Session,
    /// Earnings.
    Earning,
    /// Payouts.
    Payout,
    /// Movements of accounts.
    Movement,
}

impl Kind {
    /// The kind of the record that a key names.
    #[must_use]
    pub fn of(key: Key) -> Self {
        match key {
            Key::Settings => Self::Settings,
            Key::Platform(_) => Self::Platform,
            Key::Project(_) => Self::Project,
            Key::Terms(_) => Self::Terms,
            Key::Schedule(_) => Self::Schedule,
            Key::Route(_) => Self::Route,
            Key::Rate(_) => Self::Rate,
            Key::Bill(_) => Self::Bill,
            Key::Seen => Self::Seen,
            Key::Session(_) => Self::Session,
            Key::Earning(_) => Self::Earning,
            Key::Payout(_) => Self::Payout,
            Key::Movement(_) => Self::Movement,
        }
    }
}

/// Which Book a record is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one that is open.
    Ours,
    /// The other.
    Theirs,
}

/// Who changed a record since both were one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// The other side alone: what we have is what both had.
    Theirs,
    /// Both sides, each in its way.
    Both,
    /// Nobody knows what both had.
    Unknown,
}

/// A record that two Books have differently; a side that has none lacks it. Sides are never equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The record.
    pub key: Key,
    /// As the open Book has it.
    pub ours: Option<Record>,
    /// As the other has it.
    pub theirs: Option<Record>,
    /// Who changed it.
    pub changed: Changed,
}

impl Difference {
    /// What makes ours theirs.
    #[must_use]
    pub fn edit(&self) -> Option<Edit> {
        Edit::from_sides(self.ours.clone(), self.theirs.clone())
    }
}

/// How many records of a kind differ, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Only in the open Book.
    pub only_ours: usize,
    /// Only in the other.
    pub only_theirs: usize,
    /// In both, differently.
    pub unlike: usize,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn all(self) -> usize {
        self.only_ours + self.only_theirs + self.unlike
    }

    /// Of these differences, by kind; kinds of which there is none are left out.
    #[must_use]
    pub fn by_kind(differences: &[Difference]) -> BTreeMap<Kind, Self> {
        let mut counted: BTreeMap<Kind, Self> = BTreeMap::new();
        for difference in differences {
            let counts = counted.entry(Kind::of(difference.key)).or_default();
            match (&difference.ours, &difference.theirs) {
                (Some(_), None) => counts.only_ours += 1,
                (None, _) => counts.only_theirs += 1,
                (Some(_), Some(_)) => counts.unlike += 1,
            }
        }
        counted
    }
}

/// What two Books have differently, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences(Vec<Difference>);

impl Differences {
    /// Compares two Books of which nobody knows what both had.
    #[must_use]
    pub fn of(ours: &Book, theirs: &Book) -> Self {
        let found = Found::between(ours, theirs);
        let differences = found.0.into_iter().map(|(key, (ours, theirs))| Difference {
            key,
            ours,
            theirs,
            changed: Changed::Unknown,
        });
        Self(differences.collect())
    }

    /// What the other side changed since both were `base`, where we don't have it already. What only we changed is
    /// no difference: it stands.
    #[must_use]
    pub fn since(base: &Book, ours: &Book, theirs: &Book) -> Self {
        let (by_them, by_us) = (Found::between(base, theirs).0, Found::between(base, ours).0);
        let differences = by_them.into_iter().filter_map(|(key, (before, theirs))| {
            let (ours, changed) = match by_us.get(&key) {
                Some((_, ours)) => (ours.clone(), Changed::Both),
                None => (before, Changed::Theirs),
            };
            (ours != theirs).then_some(Difference { key, ours, theirs, changed })
        });
        Self(differences.collect())
    }

    /// The same where somebody knows more: who changed a record, or `None` for one that is no difference.
    #[must_use]
    pub fn sorted_out(self, mut known: impl FnMut(&Difference) -> Option<Changed>) -> Self {
        let sorted = self.0.into_iter().filter_map(|difference| {
            let changed = known(&difference)?;
            Some(Difference { changed, ..difference })
        });
        Self(sorted.collect())
    }

    /// Each of them, by key.
    #[must_use]
    pub fn list(&self) -> &[Difference] {
        &self.0
    }

    /// That of a record.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<&Difference> {
        self.0.get(self.0.binary_search_by_key(&key, |difference| difference.key).ok()?)
    }

    /// Whether both are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any record was changed on both sides, or may have been.
    #[must_use]
    pub fn clash(&self) -> bool {
        self.0.iter().any(|difference| difference.changed != Changed::Theirs)
    }

    /// How many differ, by kind; kinds of which none does are left out.
    #[must_use]
    pub fn summary(&self) -> BTreeMap<Kind, Counts> {
        Counts::by_kind(&self.0)
    }
}

/// Records that differ, first side and second.
#[derive(Default)]
struct Found(BTreeMap<Key, (Option<Record>, Option<Record>)>);

impl Found {
    fn between(one: &Book, other: &Book) -> Self {
        let mut found = Self::default();
        found.one(one.record(Key::Settings), other.record(Key::Settings));
        found.one(one.record(Key::Seen), other.record(Key::Seen));
        found.walk(one.platforms(), other.platforms(), |record| record.id);
        found.walk(one.projects(), other.projects(), |record| record.id);
        found.walk(one.all_terms(), other.all_terms(), |record| record.id);
        found.walk(one.schedules(), other.schedules(), |record| record.id);
        found.walk(one.routes(), other.routes(), |record| record.id);
        found.walk(one.rates(), other.rates(), |record| record.id);
        found.walk(one.bills(), other.bills(), |record| record.id);
        let mut months: BTreeMap<_, (Option<_>, Option<_>)> = BTreeMap::new();
        for (month, bucket) in one.months() {
            months.entry(month).or_default().0 = Some(bucket);
        }
        for (month, bucket) in other.months() {
            months.entry(month).or_default().1 = Some(bucket);
        }
        for (one, other) in months.into_values() {
            if let (Some(one), Some(other)) = (one, other)
                && Arc::ptr_eq(one, other)
            {
                continue;
            }
            let sides = || (one.into_iter(), other.into_iter());
            let (a, b) = sides();
            found.walk(a.flat_map(|m| m.sessions()), b.flat_map(|m| m.sessions()), |record| record.id);
            let (a, b) = sides();
            found.walk(a.flat_map(|m| m.earnings()), b.flat_map(|m| m.earnings()), |record| record.id);
            let (a, b) = sides();
            found.walk(a.flat_map(|m| m.payouts()), b.flat_map(|m| m.payouts()), |record| record.id);
        }
        found
    }

    /// Goes along two lists that are sorted by id.
    fn walk<'b, T: Eq + 'b, I: Ord>(
        &mut self,
        one: impl Iterator<Item = &'b Arc<T>>,
        other: impl Iterator<Item = &'b Arc<T>>,
        id: impl Fn(&T) -> I,
    ) where
        Record: From<Arc<T>>,
    {
        let record = |record: &Arc<T>| Some(Record::from(Arc::clone(record)));
        let (mut one, mut other) = (one.peekable(), other.peekable());
        loop {
            let order = match (one.peek(), other.peek()) {
                (None, None) => return,
                (Some(a), Some(b)) => id(a).cmp(&id(b)),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
            };
            // The side that is behind goes on; both where they stand at the same record.
            let a = one.next_if(|_| order.is_le());
            let b = other.next_if(|_| order.is_ge());
            match (a, b) {
                (Some(a), Some(b)) if Arc::ptr_eq(a, b) || a == b => {}
                (a, b) => self.one(a.and_then(record), b.and_then(record)),
            }
        }
    }

    /// Takes two sides of a record; one that moved from month to month comes in two calls.
    fn one(&mut self, one: Option<Record>, other: Option<Record>) {
        if one == other {
            return;
        }
        let Some(key) = one.as_ref().or(other.as_ref()).map(Record::key) else { return };
        let sides = self.0.entry(key).or_default();
        if one.is_some() {
            sides.0 = one;
        }
        if other.is_some() {
            sides.1 = other;
        }
    }
}
