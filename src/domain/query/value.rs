//! Value: the best known gross of a session, in its currency, and what it rests on.

use super::caps;
use crate::domain::book::Book;
use crate::domain::ids::TermsId;
use crate::domain::money::Money;
use crate::domain::session::Session;
use crate::domain::span::Timestamp;
use crate::domain::terms::{Pay, Terms};

/// What a value rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A price of its own.
    OwnPrice,
    /// The terms in force at its start.
    Terms(TermsId),
}

/// A value of a session at its price: own price, or its terms. Exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    /// The gross.
    pub money: Money,
    /// What it rests on.
    pub basis: Basis,
}

/// Why a session has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoValue {
    /// It is unpaid time.
    Unpaid,
    /// Its project is not named yet.
    NoProject,
    /// Its project has no terms on its day.
    NoTerms,
    /// It is paid per task and has no count.
    NoTasks,
    /// Its terms price results, not time (milestones), or it has no price of its own (studies).
    NoPrice,
}

/// The *recorded* value of a session: own price, else own time × rate or tasks × price at the terms in force at its
/// start (user's day), own time above their cap left out. Exact, in the currency of the price.
///
/// # Errors
/// [`NoValue`] says what is missing.
pub fn recorded(book: &Book, session: &Session, now: Timestamp) -> Result<Priced, NoValue> {
    price(session, terms_of(book, session), counted(session, caps::room(book, session, now), now))
}

/// What the platform should pay as far as is known: credited time instead of own time where it is known. A credited
/// time is a fact and stands above any cap.
///
/// # Errors
/// [`NoValue`] says what is missing.
pub fn credited(book: &Book, session: &Session, now: Timestamp) -> Result<Priced, NoValue> {
    credited_by(session, terms_of(book, session), || caps::room(book, session, now), now)
}

/// [`credited`] for a caller that knows the rooms of many sessions, and the terms in force for them.
///
/// # Errors
/// [`NoValue`] says what is missing.
pub fn credited_by(
    session: &Session,
    terms: Option<&Terms>,
    room: impl FnOnce() -> Option<i64>,
    now: Timestamp,
) -> Result<Priced, NoValue> {
    price(session, terms, session.credited_secs.unwrap_or_else(|| counted(session, room(), now)))
}

/// Own seconds, as far as there is room for them.
fn counted(session: &Session, room: Option<i64>, now: Timestamp) -> i64 {
    let own = session.own_secs(now);
    room.map_or(own, |room| own.min(room))
}

fn terms_of<'b>(book: &'b Book, session: &Session) -> Option<&'b Terms> {
    let project = session.project.filter(|_| session.paid && session.own_price.is_none())?;
    book.terms_on(project, book.day_of(session)).map(AsRef::as_ref)
}

/// The value of a session for so many seconds, where the terms in force for it were looked up already.
///
/// # Errors
/// [`NoValue`] says what is missing.
pub fn price(session: &Session, terms: Option<&Terms>, secs: i64) -> Result<Priced, NoValue> {
    if !session.paid {
        return Err(NoValue::Unpaid);
    }
    if let Some(money) = session.own_price {
        return Ok(Priced { money, basis: Basis::OwnPrice });
    }
    session.project.ok_or(NoValue::NoProject)?;
    let terms = terms.ok_or(NoValue::NoTerms)?;
    let money = terms.value_of(secs, session.units()).ok_or(match terms.pay {
        Pay::PerTask(_) | Pay::PerUnit { .. } => NoValue::NoTasks,
        Pay::PerHour(_) | Pay::Milestones(_) | Pay::BySession => NoValue::NoPrice,
    })?;
    Ok(Priced { money, basis: Basis::Terms(terms.id) })
}
