//! Bills: add, replace, delete.

use std::sync::Arc;

use super::check;
use crate::domain::bill::Bill;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::BillId;
use crate::domain::refusal::{Field, Refusal, Refused};

pub(super) fn set(book: &Book, bill: &Bill) -> Result<Change, Refused> {
    check::name("A name", &bill.name)?;
    check::positive_amount(bill.amount)?;
    if bill.until.is_some_and(|until| until < bill.due_on) {
        return Err(Refusal::RangeReversed.at(Field::Day));
    }
    Ok(match book.bill(bill.id) {
        Some(before) => Change::replace(before, bill.clone()),
        None => Change::create(bill.clone()),
    })
}

pub(super) fn delete(book: &Book, id: BillId) -> Result<Change, Refused> {
    let bill = book.bill(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Bill(id))))?;
    Ok(Change::new(vec![Edit::delete(Arc::clone(bill))]))
}
