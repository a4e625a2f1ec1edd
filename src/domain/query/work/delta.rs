//! Delta: which records of a Book differ from those of the Book that was read before.
//!
//! Buckets and records are shared between Books by `Arc`: what is the same pointer is the same record and is not
//! looked at. So an edit of one session among a million costs the walk over one row of its month.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::book::{Book, Bucket};
use crate::domain::earning::Earning;
use crate::domain::ids::{EarningId, PayoutId, SessionId};
use crate::domain::payout::Payout;
use crate::domain::session::Session;
use crate::domain::span::Month;

/// A record before and after; `None` where it was not there.
pub(super) type Sides<T> = (Option<Arc<T>>, Option<Arc<T>>);

/// The records that differ.
#[derive(Debug, Default)]
pub(super) struct Delta {
    pub(super) sessions: BTreeMap<SessionId, Sides<Session>>,
    pub(super) earnings: BTreeMap<EarningId, Sides<Earning>>,
    pub(super) payouts: BTreeMap<PayoutId, Sides<Payout>>,
}

impl Delta {
    /// What differs between two Books.
    pub(super) fn between(before: &Book, after: &Book) -> Self {
        let mut delta = Self::default();
        let old: BTreeMap<Month, &Arc<Bucket>> = before.months().collect();
        let new: BTreeMap<Month, &Arc<Bucket>> = after.months().collect();
        let months: BTreeSet<Month> = old.keys().chain(new.keys()).copied().collect();
        let none = Arc::new(Bucket::default());
        for month in months {
            let (old, new) = (*old.get(&month).unwrap_or(&&none), *new.get(&month).unwrap_or(&&none));
            if !Arc::ptr_eq(old, new) {
                differ(old.sessions_beside(new), new.sessions_beside(old), |one| one.id, &mut delta.sessions);
                differ(old.earnings(), new.earnings(), |one| one.id, &mut delta.earnings);
                differ(old.payouts(), new.payouts(), |one| one.id, &mut delta.payouts);
            }
        }
        delta
    }

    /// All earnings and payouts of a Book, as new.
    pub(super) fn of_money(book: &Book) -> Self {
        let earnings = book.earnings().map(|one| (one.id, (None, Some(Arc::clone(one))))).collect();
        let payouts = book.payouts().map(|one| (one.id, (None, Some(Arc::clone(one))))).collect();
        Self { sessions: BTreeMap::new(), earnings, payouts }
    }

    /// Notes a session that is the same and must be read again.
    pub(super) fn reread(&mut self, session: &Arc<Session>) {
        self.sessions.entry(session.id).or_insert_with(|| (Some(Arc::clone(session)), Some(Arc::clone(session))));
    }
}

/// Notes the records of two buckets that differ. A record that moved to another month has both sides in the end.
fn differ<'a, I: Ord + Copy, T: 'a>(
    before: impl Iterator<Item = &'a Arc<T>>,
    after: impl Iterator<Item = &'a Arc<T>>,
    id: impl Fn(&T) -> I,
    into: &mut BTreeMap<I, Sides<T>>,
) {
    let (mut before, mut after) = (before.peekable(), after.peekable());
    loop {
        let (old, new) = (before.peek().map(|one| id(one)), after.peek().map(|one| id(one)));
        let (Some(first), true) = (old.into_iter().chain(new).min(), old.is_some() || new.is_some()) else {
            return;
        };
        let old = before.next_if(|one| id(one) == first);
        let new = after.next_if(|one| id(one) == first);
        if let (Some(old), Some(new)) = (old, new)
            && Arc::ptr_eq(old, new)
        {
            continue;
        }
        let sides = into.entry(first).or_default();
        sides.0 = old.cloned().or(sides.0.take());
        sides.1 = new.cloned().or(sides.1.take());
    }
}
