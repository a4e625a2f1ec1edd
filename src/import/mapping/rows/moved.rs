//! A row of money that moved.

use super::{With, squeezed};
use crate::domain::span::Timestamp;
use crate::domain::statement::{Kind, Meaning, MoveKind, MoveState, Moved, Note, Says, Standing, Why};
use crate::import::cells::{Moment, instant_in, moment, time_of_day};
use crate::import::formats::Found;
use crate::import::table::Line;

pub(super) fn row(with: &With<'_>, line: &Line) -> Result<Found, Why> {
    let (amount, fee) = with.amount(line)?;
    let (standing, word) = with.standing(line);
    let (state, note) = match standing {
        Some(Standing::Pending | Standing::Approved) => (MoveState::Pending, None),
        Some(Standing::Done | Standing::Available) => (MoveState::Done, None),
        Some(Standing::Refused | Standing::Returned) => return Err(Why::Skipped("it did not come to pass")),
        Some(Standing::Skipped) => return Err(Why::Skipped("rows with its state are left out")),
        None if word.is_empty() => (MoveState::Done, None),
        None => (MoveState::Pending, Some(Note::StateUnknown(word.to_owned()))),
    };
    let kind = match with.kind(line).0 {
        Some(Kind::Own) => MoveKind::Own,
        Some(Kind::Exchange) => MoveKind::Exchange,
        Some(Kind::Fee) => MoveKind::Fee,
        Some(Kind::Hold) => MoveKind::Hold,
        Some(Kind::Refund) => MoveKind::Refund,
        Some(Kind::Skipped) => return Err(Why::Skipped("rows of its kind are left out")),
        _ => MoveKind::Payment,
    };
    let on = with.days.day(with.cell(Meaning::Day, line))?;
    let side = if amount.amount.is_sign_negative() { Meaning::To } else { Meaning::From };
    let (named, side) = (with.texts(Meaning::Other, line), with.cell(side, line));
    let other = if named.is_empty() { side.to_owned() } else { named };
    let text = with.texts(Meaning::Text, line);
    let references = with.references(line);
    let reference = references.map_or_else(String::new, |cells| cells.join(" ").trim().to_owned());
    let says = Moved {
        on,
        at: at(with, line),
        kind,
        amount,
        fee,
        other: other.clone(),
        text: text.clone(),
        state,
        reference,
        parent: with.cell(Meaning::Parent, line).to_owned(),
    };
    let sum = amount.amount.normalize().to_string();
    let (day, text) = (on.to_string(), squeezed(&format!("{other} {text}")));
    let found = with.found(line, &[], &[&day, &sum, amount.currency.code(), &text], Says::Moved(says));
    Ok(found.noting(note))
}

/// The instant, where the row has a time and its zone.
fn at(with: &With<'_>, line: &Line) -> Option<Timestamp> {
    let day = with.cell(Meaning::Day, line);
    let (clock, zone) = (with.cell(Meaning::Clock, line), with.cell(Meaning::Zone, line));
    if let Ok(time) = time_of_day(clock) {
        return instant_in(with.days.day(day).ok()?, time, zone);
    }
    match moment(day, with.days).ok()? {
        Moment::Instant(at) => Some(at),
        Moment::Local(day, time) => instant_in(day, time, zone),
    }
}
