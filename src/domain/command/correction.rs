//! Corrections: another day, amount or note of a payout that has landed, and the arrival of one that was under way.
//!
//! The earnings that it settles stay the same. More than before goes to what is still open of them, and what is left
//! then stands as unexplained; of less, the reason says what becomes of the rest, as when it landed.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::check;
use super::landing::{Cuts, Settlement, pay, settle};
use super::recording::Recorded;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::PayoutId;
use crate::domain::money::Money;
use crate::domain::payout::{Difference, Leg, Payout};
use crate::domain::query::settles::open_of_earning;
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::span::Now;

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
    check::has_come(correction.on, now)?;
    let mut parts = parts(book, before, received);
    if let Some(worked) = parts.iter().map(|part| part.earning.worked.first).min() {
        check::after_the_work(correction.on, worked)?;
    }
    let told = Payout {
        chase_on: None,
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
    let settlement = settle(received, correction.difference, gross, known_cuts(before))?;
    let allocations = pay(&mut parts, &settlement, correction.difference, correction.on);
    let mut edits: Vec<Edit> = parts.iter().filter_map(Recorded::edit).collect();
    let after = Payout {
        gross: settlement.gross,
        gross_computed: false,
        platform_fee: settlement.cuts.platform,
        tax_withheld: settlement.cuts.tax,
        legs: legs(before, &settlement, correction.on, received),
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
            let rest =
                if more { open_of_earning(book, &before, None).amount.max(Decimal::ZERO) } else { Decimal::ZERO };
            let open = part.amount.with(part.amount.amount.saturating_add(rest));
            Some(Recorded { earning: (*before).clone(), before: Some(before), open })
        })
        .collect();
    parts.sort_by_key(|part| (part.earning.worked.first, part.earning.id));
    parts
}

/// Fees and tax that are known of a payout, in its currency.
fn known_cuts(payout: &Payout) -> Cuts {
    let own = |cut: Option<Money>| cut.filter(|cut| cut.currency == payout.gross.currency);
    Cuts { platform: own(payout.platform_fee), tax: own(payout.tax_withheld), payout: own(payout.payout_fee()) }
}

/// The transfers of a payout as they come to be: where it had none, one that tells of a fee or a rate; else the last
/// tells of what the others don't. What is said of fees in another currency stays.
fn legs(before: &Payout, settlement: &Settlement, on: NaiveDate, received: Money) -> Vec<Leg> {
    let mut legs = before.legs.clone();
    let Some((last, others)) = legs.split_last_mut() else {
        return settlement.leg(String::new(), on, received).into_iter().collect();
    };
    if known_cuts(before).payout != settlement.cuts.payout {
        let gross = settlement.gross;
        let told = others.iter().filter_map(|leg| leg.fee).filter(|fee| fee.currency == gross.currency);
        let told: Decimal = told.map(|fee| fee.amount).sum();
        let whole = settlement.cuts.payout.map_or(Decimal::ZERO, |fee| fee.amount);
        let rest = gross.with((whole - told).max(Decimal::ZERO));
        last.fee = settlement.cuts.payout.map(|_| rest).filter(|_| whole >= told);
    }
    if others.is_empty() && settlement.rate.is_some() {
        last.rate = settlement.rate;
    }
    if last.arrived.is_some() || before.received.is_none() {
        (last.arrived, last.arrived_on) = (Some(received), Some(on));
    }
    legs
}

#[cfg(test)]
mod tests;
