//! A row of what a platform owes, or has paid.

use super::{With, logged, squeezed};
use crate::domain::statement::{CreditKind, CreditState, Credited, Kind, Meaning, Note, Says, Standing, Why};
use crate::import::formats::{Found, joined};
use crate::import::table::Line;

pub(super) fn row(with: &With<'_>, line: &Line) -> Result<Found, Why> {
    let (amount, _) = with.amount(line)?;
    let (standing, word) = with.standing(line);
    let state = match standing {
        Some(Standing::Pending) => CreditState::Pending,
        Some(Standing::Approved) => CreditState::Approved,
        Some(Standing::Available) => CreditState::Available,
        Some(Standing::Done) => CreditState::Sent,
        Some(Standing::Refused) => CreditState::Refused,
        Some(Standing::Returned) => CreditState::Returned,
        Some(Standing::Skipped) => return Err(Why::Skipped("rows with its state are left out")),
        // A list without states says what was worked, and not that it was approved.
        None if word.is_empty() => CreditState::Pending,
        None => CreditState::Unknown(word.to_owned()),
    };
    let unknown = if let CreditState::Unknown(word) = &state { Some(Note::StateUnknown(word.clone())) } else { None };
    let (kind, kind_word) = with.kind(line);
    let kind = match kind {
        Some(Kind::Bonus) => CreditKind::Bonus,
        Some(Kind::Adjustment) => CreditKind::Adjustment,
        Some(Kind::Fee) => CreditKind::Fee,
        Some(Kind::Skipped) => return Err(Why::Skipped("rows of its kind are left out")),
        // Nobody works for less than nothing: something was taken back.
        _ if amount.amount.is_sign_negative() => CreditKind::Adjustment,
        _ => CreditKind::Work,
    };
    let on = with.days.day(with.cell(Meaning::Day, line))?;
    let secs = logged::length(with, line)?;
    let text = with.texts(Meaning::Text, line);
    let project = with.cell(Meaning::Project, line).to_owned();
    let references = with.references(line);
    let says = Credited {
        on,
        is_work_day: true,
        at: None,
        kind,
        word: joined(kind_word, &text),
        amount,
        state,
        secs,
        project: project.clone(),
        reference: references.map_or_else(String::new, |cells| cells.join(" ").trim().to_owned()),
    };
    let sum = amount.amount.normalize().to_string();
    let (day, text) = (on.to_string(), squeezed(&text));
    let parts = [&day, &project, kind_word, &sum, amount.currency.code(), &text];
    // A task is told in several rows: its pay, its bonus, its correction.
    Ok(with.found(line, &[kind_word], &parts, Says::Credited(says)).noting(unknown))
}
