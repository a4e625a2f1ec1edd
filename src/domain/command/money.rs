//! Earnings and payouts by hand: add, edit, delete.

use std::sync::Arc;

use super::{check, movement, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::earning::Earning;
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::payout::Payout;
use crate::domain::refusal::{Field, Refusal, Refused};

pub(super) fn set_earning(book: &Book, earning: &Earning) -> Result<Change, Refused> {
    platform::platform_of(book, earning.platform)?;
    super::earning::check(book, earning)?;
    Ok(match book.earning(earning.id) {
        Some(before) => Change::replace(before, earning.clone()),
        None => Change::create(earning.clone()),
    })
}

pub(super) fn delete_earning(book: &Book, id: EarningId) -> Result<Change, Refused> {
    let earning = book.earning(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Earning(id))))?;
    let payouts = book.payouts().filter(|payout| payout.allocations.iter().any(|part| part.earning == id)).count();
    if payouts > 0 {
        return Err(Refusal::InUse(format!("money of {}", check::counted(payouts, "payout"))).into());
    }
    Ok(Change::new(vec![Edit::delete(Arc::clone(earning))]))
}

pub(super) fn delete_earnings(book: &Book, ids: &[EarningId]) -> Result<Change, Refused> {
    ids.iter().try_fold(Change::default(), |whole, id| Ok(whole.then(delete_earning(book, *id)?)))
}

pub(super) fn set_payout(book: &Book, payout: &Payout) -> Result<Change, Refused> {
    if let Some(id) = payout.platform {
        platform::platform_of(book, id)?;
    }
    check::payout(payout)?;
    if payout.booked_on().is_none() {
        return Err(Refusal::Empty("A day").at(Field::Day));
    }
    Ok(match book.payout(payout.id) {
        Some(before) => Change::replace(before, payout.clone()),
        None => Change::create(payout.clone()),
    })
}

pub(super) fn delete_payout(book: &Book, id: PayoutId) -> Result<Change, Refused> {
    let payout = book.payout(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Payout(id))))?;
    Ok(Change::new(movement::without(book, id).chain([Edit::delete(Arc::clone(payout))]).collect()))
}
