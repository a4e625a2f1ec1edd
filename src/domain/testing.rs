//! For tests: values from their texts, so that days, moments and sums read as what they are.
//!
//! Each panics on a text that is none of its kind: a test's own slip.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::MovementId;
use super::money::{Currency, Money};
use super::movement::{Movement, Role};
use super::span::Timestamp;
use super::statement::{Head, Mapping, Meaning, MoveKind, MoveState, Place, RowKind, Signs};

/// A moment, in the form `2026-11-22T13:00:00Z`.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A day, in the form `2026-11-22`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A number.
pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// So many US dollars.
pub(crate) fn usd(text: &str) -> Money {
    Money::new(dec(text), Currency::USD)
}

/// Money that came to PayPal on 20 November 2026, and of which nothing else is said.
pub(crate) fn movement(id: u64, amount: Money) -> Movement {
    Movement {
        id: MovementId(id),
        account: "PayPal".to_owned(),
        on: day("2026-11-20"),
        amount,
        fee: None,
        kind: MoveKind::Payment,
        state: MoveState::Done,
        other: String::new(),
        text: String::new(),
        reference: String::new(),
        parent: String::new(),
        role: Role::Unsaid,
        origin: None,
    }
}

/// A mapping of a bank's table of three columns without names: day, amount and text.
pub(crate) fn mapping(name: &str) -> Mapping {
    Mapping {
        name: name.to_owned(),
        head: Head::Columns(3),
        rows: RowKind::Moved,
        columns: vec![(Place::Nth(1), Meaning::Day), (Place::Nth(2), Meaning::Amount), (Place::Nth(3), Meaning::Text)],
        signs: Signs::AsWritten,
        fee_beside: false,
        states: BTreeMap::new(),
        kinds: BTreeMap::new(),
        currency: Some(Currency::EUR),
        payer: String::new(),
        account: String::new(),
    }
}
