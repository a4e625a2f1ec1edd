//! Transfers: the next leg of a payout that is on its way, or one leg that gathers several payouts.
//!
//! What a gathered leg cost and what arrived are shared over its payouts by what each sent into it, cents by largest
//! remainder: the shares sum to the whole.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::check;
use crate::domain::book::Book;
use crate::domain::change::{Change, Key};
use crate::domain::ids::PayoutId;
use crate::domain::money::{Money, split_by_weight};
use crate::domain::payout::{Leg, Payout};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{Now, date_in};

/// One transfer of one or more payouts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The payouts that it takes along.
    pub payouts: Vec<PayoutId>,
    /// The transfer as a whole: its fee and what arrived are of all payouts together.
    pub leg: Leg,
    /// Whether its end is the account that counts as landed.
    pub lands: bool,
}

/// What a payout holds where its last finished leg ended: what arrived there, else what arrived at all, else the gross
/// less what is known to have been taken off.
#[must_use]
pub fn holds(payout: &Payout) -> Money {
    let arrived = payout.legs.iter().rev().find_map(|leg| leg.arrived.filter(|_| leg.arrived_on.is_some()));
    arrived.or(payout.arrived()).unwrap_or_else(|| payout.sent_net())
}

pub(super) fn transfer(book: &Book, transfer: &Transfer, now: Now) -> Result<Change, Refused> {
    let leg = &transfer.leg;
    let today = date_in(now.at, now.zone);
    if leg.sent_on.max(leg.arrived_on).is_some_and(|day| day > today) {
        return Err(Refusal::DayInTheFuture(today).at(Field::Day));
    }
    if leg.sent_on.is_none() && leg.arrived_on.is_none() {
        return Err(Refusal::Empty("A day").at(Field::Day));
    }
    if transfer.lands && (leg.arrived_on.is_none() || leg.arrived.is_none()) {
        return Err(Refusal::Empty("What arrived").at(Field::Amount));
    }
    let payouts: Vec<&Arc<Payout>> = transfer
        .payouts
        .iter()
        .map(|id| book.payout(*id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Payout(*id)))))
        .collect::<Result<_, _>>()?;
    let Some(first) = payouts.first().map(|payout| holds(payout)) else {
        return Err(Refusal::Empty("A payout").into());
    };
    let sent: Vec<Money> = payouts.iter().map(|payout| holds(payout)).collect();
    if let Some(other) = sent.iter().find(|sent| sent.currency != first.currency) {
        let refusal = Refusal::WrongCurrency { expected: first.currency, found: other.currency };
        return Err(refusal.at(Field::Settles));
    }
    let weights: Vec<Decimal> = sent.iter().map(|sent| sent.amount.max(Decimal::ZERO)).collect();
    let shared = |whole: Option<Money>| whole.map(|whole| split_by_weight(whole, &weights));
    let (fees, arrived) = (shared(leg.fee), shared(leg.arrived));
    let part = |parts: &Option<Vec<Money>>, at: usize| parts.as_ref().and_then(|parts| parts.get(at)).copied();
    let mut change = Change::default();
    for (at, before) in payouts.into_iter().enumerate() {
        let own = Leg { fee: part(&fees, at), arrived: part(&arrived, at), ..leg.clone() };
        let after = with_leg(before, own, transfer.lands);
        check::payout(&after)?;
        change = change.then(Change::replace(before, after));
    }
    Ok(change)
}

/// A payout with one leg more; one that was sent to the same account and has not arrived is finished by it.
fn with_leg(before: &Payout, leg: Leg, lands: bool) -> Payout {
    let mut after = before.clone();
    if lands {
        (after.received, after.received_on, after.chase_on) = (leg.arrived, leg.arrived_on, None);
    }
    after.sent_on = after.sent_on.or(leg.sent_on.filter(|_| after.legs.is_empty()));
    match after.legs.last_mut().filter(|last| last.arrived_on.is_none() && last.to == leg.to) {
        Some(open) => {
            let sent_on = leg.sent_on.or(open.sent_on);
            *open = Leg { sent_on, ..leg };
        }
        None => after.legs.push(leg),
    }
    after
}

/// The first day on which a leg can have left: the last day that is known of the payout.
#[must_use]
pub fn leaves_from(payout: &Payout) -> Option<NaiveDate> {
    payout.legs.iter().rev().find_map(|leg| leg.arrived_on).or(payout.received_on).or(payout.booked_on())
}

#[cfg(test)]
mod tests;
