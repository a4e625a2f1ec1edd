//! Arrivals: a payment that came to an account is pay. It settles what it pays, becomes a payout or ends one that was under
//! way, and is followed through the user's accounts as far as their files tell.
//!
//! The figures of a payout that the user wrote down themselves stand: the payment is only set beside it.

use rust_decimal::Decimal;

use super::check;
use super::landing::{Landing, land};
use super::movement::{movement as held, set_role};
use super::settling::{Settling, Share, settle};
use super::transfer::{Transfer, transfer};
use crate::domain::book::Book;
use crate::domain::change::{Change, Key};
use crate::domain::ids::{EarningId, MovementId, PayoutId, PlatformId};
use crate::domain::movement::{Movement, Role};
use crate::domain::payout::{Difference, Leg, Payout};
use crate::domain::query::calendar::ExpectedKey;
use crate::domain::query::rails::{Rails, Step};
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::span::Now;

/// A payment that is pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The payment.
    pub movement: MovementId,
    /// Who paid.
    pub platform: PlatformId,
    /// What it pays.
    pub pays: Pays,
    /// The id of a payout that it makes.
    pub payout: PayoutId,
    /// A random number from which the ids of new earnings are counted up.
    pub earning_seed: EarningId,
}

/// What a payment pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pays {
    /// A payout that is there: under way, or written down by hand.
    Payout(PayoutId),
    /// An expected payout.
    Expected(ExpectedKey),
    /// Pieces of open money; with none, money that nobody expected.
    Pieces(Vec<Share>),
}

pub(super) fn take(book: &Book, arrival: &Arrival, now: Now) -> Result<Change, Refused> {
    let movement = held(book, arrival.movement)?;
    check::positive_amount(movement.amount)?;
    if movement.role.payout().is_some() {
        return Err(Refusal::PaysAlready.into());
    }
    let (payout, paid) = match &arrival.pays {
        Pays::Payout(id) => (*id, arrive(book, *id, movement, now)?),
        Pays::Expected(key) => (arrival.payout, expected(book, arrival, *key, movement, now)?),
        Pays::Pieces(pieces) => (arrival.payout, pieces_of(book, arrival, pieces, movement, now)?),
    };
    let mut plan = Plan { book: book.clone(), change: Change::default() };
    plan.add(paid);
    plan.add(set_role(&plan.book, &[movement.id], Role::Payout(payout), None)?);
    let steps: Vec<Step> =
        Rails::of(&plan.book).steps_of(movement.id).filter(|step| step.of.len() == 1).cloned().collect();
    for step in steps {
        plan.add(follow(&plan.book, &step, now)?);
    }
    Ok(plan.change)
}

/// Payouts go on with a transfer of all their payments that is known by the movement that left.
pub(super) fn go_on(book: &Book, left: MovementId, now: Now) -> Result<Change, Refused> {
    held(book, left)?;
    let rails = Rails::of(book);
    let step = rails.step(left).ok_or_else(|| Refused::from(Refusal::NotExpected))?;
    follow(book, step, now)
}

/// A change in the making: each part sees what those before it did.
struct Plan {
    book: Book,
    change: Change,
}

impl Plan {
    fn add(&mut self, change: Change) {
        self.book.apply(&change);
        self.change = std::mem::take(&mut self.change).then(change);
    }
}

/// The transfer that brought a payment.
fn leg(movement: &Movement) -> Leg {
    Leg {
        to: movement.account.clone(),
        sent_on: None,
        arrived_on: Some(movement.on),
        fee: movement.fee.filter(|fee| !fee.amount.is_zero()),
        rate: None,
        arrived: Some(movement.amount),
    }
}

/// A payout that is there has arrived with a payment.
fn arrive(book: &Book, id: PayoutId, movement: &Movement, now: Now) -> Result<Change, Refused> {
    let payout = book.payout(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Payout(id))))?;
    if payout.received.is_some() {
        return Ok(Change::default());
    }
    transfer(book, &Transfer { payouts: vec![id], leg: leg(movement), lands: true }, now)
}

fn expected(
    book: &Book,
    arrival: &Arrival,
    key: ExpectedKey,
    movement: &Movement,
    now: Now,
) -> Result<Change, Refused> {
    let landing = |difference| Landing {
        key,
        on: movement.on,
        received: movement.amount,
        difference,
        payout: arrival.payout,
        earning_seed: arrival.earning_seed,
    };
    // What the account's own fee took explains why less came.
    let landed = land(book, &landing(None), now).or_else(|refused| match (&refused.refusal, movement.fee) {
        (Refusal::DifferenceUnsaid { .. }, Some(_)) => land(book, &landing(Some(Difference::Fee)), now),
        _ => Err(refused),
    })?;
    let mut after = book.clone();
    after.apply(&landed);
    let Some(payout) = after.payout(arrival.payout) else { return Ok(landed) };
    let told = payout.legs.first().cloned().unwrap_or_default();
    let came = Leg { fee: told.fee, rate: told.rate, ..leg(movement) };
    let legs = Payout { legs: vec![came], ..(**payout).clone() };
    Ok(landed.then(Change::replace(payout, legs)))
}

fn pieces_of(
    book: &Book,
    arrival: &Arrival,
    pieces: &[Share],
    movement: &Movement,
    now: Now,
) -> Result<Change, Refused> {
    let fee = movement.fee.map_or(Decimal::ZERO, |fee| fee.amount);
    let whole = movement.amount.with(movement.amount.amount.saturating_add(fee));
    let sum = pieces.first().map(|first| first.amount.with(pieces.iter().map(|piece| piece.amount.amount).sum()));
    let gross = match sum {
        Some(sum) if sum.currency != whole.currency => sum,
        Some(sum) => whole.with(sum.amount.max(whole.amount)),
        None => whole,
    };
    let exchanged = gross.currency != movement.amount.currency;
    let rate = movement.amount.amount.checked_div(gross.amount).filter(|_| exchanged).map(|rate| rate.round_dp(10));
    let difference =
        if exchanged { Some(Difference::Exchange) } else { (sum != Some(whole)).then_some(Difference::Unexplained) };
    let payout = Payout {
        legs: vec![Leg { rate, ..leg(movement) }],
        received: Some(movement.amount),
        received_on: Some(movement.on),
        difference,
        ..Payout::new(arrival.payout, arrival.platform, gross)
    };
    settle(book, &Settling { payout, settles: pieces.to_vec(), earning_seed: arrival.earning_seed }, now)
}

/// The payouts of a step's payments go on with it.
fn follow(book: &Book, step: &Step, now: Now) -> Result<Change, Refused> {
    let payouts: Option<Vec<PayoutId>> = step.of.iter().map(|id| book.movement(*id)?.role.payout()).collect();
    let mut payouts = payouts.ok_or_else(|| Refused::from(Refusal::NotExpected))?;
    payouts.dedup();
    let lands = payouts.iter().any(|id| counts_where_it_goes(book, *id));
    // A transfer of several payouts is a step of none of them alone.
    let role = if let [one] = payouts.as_slice() { Role::Payout(*one) } else { Role::Own };
    let moved = transfer(book, &Transfer { payouts, leg: step.leg.clone(), lands }, now)?;
    Ok(moved.then(set_role(book, &step.movements, role, None)?))
}

/// Whether the next account on the way of a payout counts as landed: by its route, else each does that the money reaches.
fn counts_where_it_goes(book: &Book, id: PayoutId) -> bool {
    let Some(payout) = book.payout(id) else { return false };
    let route = book.route_taken(payout.route, payout.platform);
    let counted = route.and_then(|route| usize::try_from(route.landed_after_step).ok()).filter(|step| *step > 0);
    counted.is_none_or(|step| payout.legs.len() < step)
}

#[cfg(test)]
mod tests;
