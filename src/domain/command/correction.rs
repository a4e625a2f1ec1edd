//! Corrections: another day, amount or note of a payout that has landed, and the arrival of one that was under way.
//!
//! The earnings that it settles stay the same. More than before goes to what is still open of them, and what is left
//! then stands as unexplained; of less, the reason says what becomes of the rest, as when it landed.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::check;
use super::landing::{pay, settle};
use super::recording::Recorded;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::PayoutId;
use crate::domain::money::Money;
use crate::domain::payout::{Difference, Payout};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{Now, date_in, day_plus};

/// What a payout really was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Which payout.
    pub payout: PayoutId,
    /// The day it arrived, in the user's zone.
    pub on: NaiveDate,
    /// What arrived; may be in another currency.
    pub received: Money,
    /// Why less came than it should have settled, where it did.
    pub difference: Option<Difference>,
    /// The user's note.
    pub note: String,
}

/// The gross that a payout of `received` is measured against: what it was taken to settle, or more where more came and
/// its earnings are still open.
#[must_use]
fn measure(payout: &Payout, received: Money, opens: Decimal) -> Money {
    if received.currency == payout.gross.currency && received.amount > payout.gross.amount {
        payout.gross.with(opens.min(received.amount).max(payout.gross.amount))
    } else {
        payout.gross
    }
}

pub(super) fn correct(book: &Book, correction: &Correction, now: Now) -> Result<Change, Refused> {
    let id = correction.payout;
    let before = book.payout(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Payout(id))))?;
    let received = correction.received;
    check::positive_amount(received)?;
    check::note(&correction.note)?;
    if correction.on > date_in(now.at, now.zone) {
        return Err(Refusal::InTheFuture { now: now.at, zone: now.zone }.at(Field::Day));
    }
    let mut parts = parts(book, before, received);
    let worked = parts.iter().map(|part| part.earning.worked.first).min();
    if let Some(worked) = worked.filter(|worked| correction.on < day_plus(*worked, -1)) {
        return Err(Refusal::BeforeTheWork(worked).at(Field::Day));
    }
    let told = Payout {
        received: Some(received),
        received_on: Some(correction.on),
        note: correction.note.trim().to_owned(),
        ..(**before).clone()
    };
    if before.received == Some(received) {
        return Ok(Change::replace(before, told));
    }
    let opens: Decimal = parts.iter().map(|part| part.open.amount).sum();
    let gross = measure(before, received, opens);
    let net = gross.with(gross.amount.saturating_sub(known_cuts(before)));
    let settlement = settle(received, correction.difference, gross, net)?;
    let allocations = pay(&mut parts, &settlement, correction.difference, correction.on);
    // The fees that were known explain the whole of it: they stay as they were told.
    let as_known = received == net && net != gross;
    let mut edits: Vec<Edit> = parts.iter().filter_map(Recorded::edit).collect();
    let after = Payout {
        gross: settlement.gross,
        platform_fee: if as_known { before.platform_fee } else { settlement.platform_fee },
        tax_withheld: if as_known { before.tax_withheld } else { settlement.tax_withheld },
        allocations,
        difference: settlement.difference,
        ..told
    };
    edits.extend(Change::replace(before, after).edits().iter().cloned());
    Ok(Change::new(edits))
}

/// The earnings that a payout settles: open is what it settled of each, and what nothing settles yet where more came.
fn parts(book: &Book, payout: &Payout, received: Money) -> Vec<Recorded> {
    let more = received.currency == payout.gross.currency && received.amount > payout.gross.amount;
    let mut parts: Vec<Recorded> = payout
        .allocations
        .iter()
        .filter_map(|part| {
            let before = Arc::clone(book.earning(part.earning)?);
            let rest = if more { still_open(book, &before) } else { Decimal::ZERO };
            let open = part.amount.with(part.amount.amount.saturating_add(rest));
            Some(Recorded { earning: (*before).clone(), before: Some(before), open })
        })
        .collect();
    parts.sort_by_key(|part| (part.earning.worked.first, part.earning.id));
    parts
}

/// What of an earning no payout has settled, never below nothing.
fn still_open(book: &Book, earning: &crate::domain::earning::Earning) -> Decimal {
    let owed = earning.owed();
    let settled: Decimal = book
        .payouts()
        .flat_map(|payout| payout.allocations.iter())
        .filter(|part| part.earning == earning.id && part.amount.currency == owed.currency)
        .map(|part| part.amount.amount)
        .sum();
    owed.amount.saturating_sub(settled).max(Decimal::ZERO)
}

/// Fee and tax that are known of a payout, in its currency.
fn known_cuts(payout: &Payout) -> Decimal {
    let cuts = [payout.platform_fee, payout.tax_withheld];
    cuts.into_iter().flatten().filter(|cut| cut.currency == payout.gross.currency).map(|cut| cut.amount).sum()
}

#[cfg(test)]
mod tests;
