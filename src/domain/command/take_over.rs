//! Taking over: records as another version of the Book has them, from a file that another device changed or from a
//! backup. One change, so that undo takes all of it back.
//!
//! The records come from a Book that was whole, and the choice is closed over what they name
//! ([`Choice::closed`](crate::domain::query::differs::Choice::closed)); they are not measured as something typed.

use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::query::differs::Difference;
use crate::domain::refusal::{Refusal, Refused};

/// Ours become theirs, where ours are still what was compared.
pub(super) fn plan(book: &Book, taken: &[Difference]) -> Result<Change, Refused> {
    if let Some(moved) = taken.iter().find(|difference| book.record(difference.key) != difference.ours) {
        return Err(Refusal::ChangedMeanwhile(moved.key).into());
    }
    Ok(Change::new(taken.iter().filter_map(Difference::edit).collect()))
}
