//! Exchange rates: add, replace, delete; several at once, as from a sheet.

use std::sync::Arc;

use super::check;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::exchange::ExchangeRate;
use crate::domain::ids::RateId;
use crate::domain::refusal::{Field, Refusal, Refused};

pub(super) fn set(book: &Book, rate: &ExchangeRate) -> Result<Change, Refused> {
    Ok(Change::new(vec![edit(book, rate)?]))
}

/// All of them or none.
pub(super) fn set_all(book: &Book, rates: &[ExchangeRate]) -> Result<Change, Refused> {
    let edits: Result<Vec<Edit>, Refused> = rates.iter().map(|rate| edit(book, rate)).collect();
    edits.map(Change::new)
}

fn edit(book: &Book, rate: &ExchangeRate) -> Result<Edit, Refused> {
    check::exchange_rate(rate.rate)?;
    if rate.base == rate.quote {
        return Err(Refusal::SameCurrency(rate.base).at(Field::Rate));
    }
    let before = book.rate(rate.id).map(|before| Record::from(Arc::clone(before)));
    Ok(Edit::from_sides(before, Some(rate.clone().into())).unwrap_or_else(|| Edit::create(rate.clone())))
}

pub(super) fn delete(book: &Book, id: RateId) -> Result<Change, Refused> {
    let rate = book.rate(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Rate(id))))?;
    Ok(Change::new(vec![Edit::delete(Arc::clone(rate))]))
}
