//! Rails: money followed through the user's accounts, from the payment that came in to where it stands now.
//!
//! ```text
//! payment ──► PayPal ──exchange──► PayPal ──withdrawal──► bank          one journey, one income
//! payment ──► PayPal ─┐
//! payment ──► PayPal ─┴─withdrawal──► bank                              two payments gathered by one transfer
//! ```
//!
//! Only what leaves to the cent is followed: a withdrawal of one payment, of all that stands there in its currency, or of
//! the oldest payments that add up to it. Where it takes another part nobody can say whose money it was: the payments
//! stay where they came, and the withdrawal is a move between own accounts all the same.

mod pairs;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::ids::MovementId;
use crate::domain::money::{Currency, Money};
use crate::domain::movement::{Movement, Role};
use crate::domain::payout::Leg;
use crate::domain::statement::{MoveKind, MoveState};

pub use pairs::Link;
use pairs::Pairs;

/// Money that came in, and where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// The payments that it began with, the oldest first: more than one where a transfer gathered them.
    pub origins: Vec<MovementId>,
    /// What became of it after it came in, in order.
    pub steps: Vec<Step>,
    /// The account on which it stands.
    pub account: String,
    /// What is left of it there.
    pub holds: Money,
    /// Since when.
    pub on: NaiveDate,
}

/// An exchange, or a transfer to another account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The payments that took it.
    pub of: Vec<MovementId>,
    /// The movements that tell of it: what left, and what arrived.
    pub movements: [MovementId; 2],
    /// It as a leg: fee and what arrived are of all its payments together.
    pub leg: Leg,
    /// How the two are known to be one.
    pub link: Link,
}

/// Where all money went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rails {
    /// Every payment that came in from outside, once, by the day of its first.
    pub journeys: Vec<Journey>,
    /// What only went from one balance or account of the user's to another.
    pub own: BTreeSet<MovementId>,
}

impl Rails {
    /// Of all movements of a Book that have come to pass and are not said to be nothing of work.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        let counts = |movement: &&Arc<Movement>| movement.state == MoveState::Done && movement.role != Role::Other;
        let mut movements: Vec<&Arc<Movement>> = book.movements().filter(counts).collect();
        movements.sort_by_key(|movement| (movement.on, rank(movement), movement.id));
        let pairs = Pairs::of(book, &movements);
        let mut tracing = Tracing { by_id: movements.iter().map(|one| (one.id, *one)).collect(), ..Tracing::default() };
        for movement in &movements {
            tracing.take(movement, &pairs);
        }
        let mut journeys: Vec<Journey> = tracing.ended;
        journeys.extend(tracing.lots.into_values().flatten());
        let day = |journey: &Journey| journey.origins.first().and_then(|id| book.movement(*id)).map(|first| first.on);
        journeys.sort_by_cached_key(|journey| (day(journey), journey.origins.first().copied()));
        Self { journeys, own: pairs.own() }
    }

    /// The steps that a payment took, in order.
    pub fn steps_of(&self, payment: MovementId) -> impl Iterator<Item = &Step> {
        let steps = self.journeys.iter().flat_map(|journey| &journey.steps);
        steps.filter(move |step| step.of.contains(&payment))
    }

    /// The step that a movement which left is of.
    #[must_use]
    pub fn step(&self, left: MovementId) -> Option<&Step> {
        self.journeys.iter().flat_map(|journey| &journey.steps).find(|step| step.movements.contains(&left))
    }
}

/// What comes in on a day is there before it is exchanged, and that before it leaves.
fn rank(movement: &Movement) -> u8 {
    match movement.kind {
        MoveKind::Payment | MoveKind::Own if movement.came() => 0,
        MoveKind::Fee | MoveKind::Refund | MoveKind::Hold => 1,
        MoveKind::Exchange => 2,
        MoveKind::Payment | MoveKind::Own => 3,
    }
}

#[derive(Default)]
struct Tracing<'a> {
    by_id: HashMap<MovementId, &'a Arc<Movement>>,
    /// What stands on each account in each currency, in the order in which it came.
    lots: BTreeMap<(String, Currency), Vec<Journey>>,
    /// What went where nobody looks.
    ended: Vec<Journey>,
}

impl Tracing<'_> {
    fn take(&mut self, movement: &Movement, pairs: &Pairs) {
        if pairs.arrives(movement.id) {
            // It is taken with what left.
            return;
        }
        if let Some((arrival, link)) = pairs.after(movement.id) {
            if let Some(arrived) = self.by_id.get(&arrival).copied() {
                self.step(movement, arrived, link);
            }
            return;
        }
        match movement.kind {
            MoveKind::Payment | MoveKind::Own if movement.came() => self.put(Journey {
                origins: vec![movement.id],
                steps: Vec::new(),
                account: movement.account.clone(),
                holds: movement.amount,
                on: movement.on,
            }),
            MoveKind::Own => {
                let left = self.leaves(movement);
                self.ended.extend(left);
            }
            MoveKind::Fee | MoveKind::Refund => self.lessen(movement),
            MoveKind::Payment | MoveKind::Exchange | MoveKind::Hold => {}
        }
    }

    fn put(&mut self, lot: Journey) {
        self.lots.entry((lot.account.clone(), lot.holds.currency)).or_default().push(lot);
    }

    /// A fee or a refund of a payment that still stands there.
    fn lessen(&mut self, movement: &Movement) {
        let Some(lots) = self.lots.get_mut(&(movement.account.clone(), movement.amount.currency)) else { return };
        let of_it = |lot: &&mut Journey| {
            let origins = lot.origins.iter().filter_map(|id| self.by_id.get(id));
            !movement.parent.is_empty() && origins.into_iter().any(|origin| origin.reference == movement.parent)
        };
        if let Some(lot) = lots.iter_mut().find(of_it) {
            lot.holds.amount = lot.holds.amount.saturating_add(movement.amount.amount);
        }
    }

    fn step(&mut self, left: &Movement, arrived: &Movement, link: Link) {
        let Some(lot) = self.leaves(left) else { return };
        let gave = -left.amount.amount - left.fee.map_or(Decimal::ZERO, |fee| fee.amount);
        let exchanged = left.amount.currency != arrived.amount.currency;
        let rate = exchanged.then(|| arrived.amount.amount.checked_div(gave)).flatten().map(|rate| rate.round_dp(8));
        let leg = Leg {
            to: arrived.account.clone(),
            sent_on: Some(left.on),
            arrived_on: Some(arrived.on.max(left.on)),
            fee: left.fee.filter(|fee| !fee.amount.is_zero()),
            rate,
            arrived: Some(arrived.amount),
        };
        let mut steps = lot.steps;
        steps.push(Step { of: lot.origins.clone(), movements: [left.id, arrived.id], leg, link });
        let (account, on) = (arrived.account.clone(), arrived.on.max(left.on));
        self.put(Journey { origins: lot.origins, steps, account, holds: arrived.amount, on });
    }

    /// What leaves an account with a movement, as one; `None` where nobody can say what it was.
    fn leaves(&mut self, movement: &Movement) -> Option<Journey> {
        let wanted = -movement.amount.amount;
        let lots = self.lots.get_mut(&(movement.account.clone(), movement.amount.currency))?;
        let from = match lots.iter().position(|lot| lot.holds.amount == wanted) {
            Some(at) => at..at + 1,
            None => 0..oldest_that_make(lots, wanted)?,
        };
        let taken: Vec<Journey> = lots.drain(from).collect();
        gathered(taken, movement)
    }
}

/// How many of the oldest payments add up to a sum.
fn oldest_that_make(lots: &[Journey], sum: Decimal) -> Option<usize> {
    let mut so_far = Decimal::ZERO;
    lots.iter()
        .position(|lot| {
            so_far = so_far.saturating_add(lot.holds.amount);
            so_far == sum
        })
        .map(|last| last + 1)
}

/// Payments that leave together.
fn gathered(mut lots: Vec<Journey>, movement: &Movement) -> Option<Journey> {
    if lots.len() < 2 {
        return lots.pop();
    }
    let sum = lots.iter().map(|lot| lot.holds.amount).sum();
    let mut origins: Vec<MovementId> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    for lot in lots {
        origins.extend(lot.origins);
        steps.extend(lot.steps);
    }
    Some(Journey {
        origins,
        steps,
        account: movement.account.clone(),
        holds: movement.amount.with(sum),
        on: movement.on,
    })
}

#[cfg(test)]
mod tests;
