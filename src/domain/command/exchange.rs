//! Exchange rates: add, replace, delete.

use std::sync::Arc;

use super::check;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::exchange::ExchangeRate;
use crate::domain::ids::RateId;
use crate::domain::refusal::{Field, Refusal, Refused};

pub(super) fn set(book: &Book, rate: &ExchangeRate) -> Result<Change, Refused> {
    check::exchange_rate(rate.rate)?;
    if rate.base == rate.quote {
        return Err(Refusal::SameCurrency(rate.base).at(Field::Rate));
    }
    Ok(match book.rate(rate.id) {
        Some(before) => Change::replace(before, rate.clone()),
        None => Change::create(rate.clone()),
    })
}

pub(super) fn delete(book: &Book, id: RateId) -> Result<Change, Refused> {
    let rate = book.rate(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Rate(id))))?;
    Ok(Change::new(vec![Edit::delete(Arc::clone(rate))]))
}
