//! What the user has seen: set as a whole.

use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::seen::Seen;

pub(super) fn set(book: &Book, seen: &Seen) -> Change {
    // Nothing seen is no record: the first thing creates it, and the last one takes it away.
    let after = (*seen != Seen::default()).then(|| Record::from(Arc::new(seen.clone())));
    Change::new(Edit::from_sides(book.record(Key::Seen), after).into_iter().collect())
}
