//! What is done to an expected payout: move it or a part of it, hold it, let it go, ask for it, give it up.
//!
//! An expected payout is derived and never stored, so each verb acts on the earnings under it. Estimates are recorded
//! first, as when they land; from then on they follow the schedule as recorded earnings do, and what the verb said.

use chrono::NaiveDate;

use super::recording::{Recorded, Recording, ids_from, settleable, settleable_gross};
use super::{check, part, platform};
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::earning::{DatedState, Earning, EarningState, Held, HeldKind};
use crate::domain::ids::EarningId;
use crate::domain::money::Money;
use crate::domain::query::calendar::{self, ExpectedKey, SourceRow};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{Now, day_plus, user_day};

/// Something done to an expected payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnExpected {
    /// Which one.
    pub key: ExpectedKey,
    /// What is done.
    pub act: Act,
    /// A random number from which the ids of new earnings are counted up.
    pub earning_seed: EarningId,
}

/// What is done to an expected payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Not to be expected before this day: the rule goes on from there (a batch pays on its next pay day).
    NotBefore(NaiveDate),
    /// It was promised for this day, whatever the rule says.
    DueOn(NaiveDate),
    /// So much of it was promised for this day; the rest stays where it is.
    PartDueOn(Money, NaiveDate),
    /// The user has asked, or will ask, where it is: to be asked again on this day.
    ChaseOn(NaiveDate),
    /// Neither: by its schedule again.
    BySchedule,
    /// It is kept from being paid, and why, in the user's words.
    Hold(HeldKind, String),
    /// Nothing holds it any more.
    Release,
    /// It is given up; what was paid of it stays paid.
    WriteOff,
}

impl Act {
    /// What it is, for the history: "Move Outlier payout to Fri 27 Nov".
    #[must_use]
    pub fn words(&self, platform: &str) -> String {
        let day = |day: &NaiveDate| day.format("%a %-d %b");
        match self {
            Self::NotBefore(not_before) => format!("Move {platform} payout, not before {}", day(not_before)),
            Self::DueOn(due_on) => format!("Move {platform} payout to {}", day(due_on)),
            Self::PartDueOn(amount, due_on) => format!("Move {amount} of {platform} payout to {}", day(due_on)),
            Self::ChaseOn(chase_on) => format!("Ask {platform} again on {}", day(chase_on)),
            Self::BySchedule => format!("Move {platform} payout back to its schedule"),
            Self::Hold(HeldKind::Frozen, _) => format!("Mark {platform} payout as frozen"),
            Self::Hold(HeldKind::Disputed, _) => format!("Mark {platform} payout as disputed"),
            Self::Hold(HeldKind::UntilAccepted, _) => format!("Mark {platform} payout as held until accepted"),
            Self::Release => format!("Mark {platform} payout as no longer held"),
            Self::WriteOff => format!("Write off {platform} payout"),
        }
    }

    fn apply(&self, earning: &mut Earning, today: NaiveDate) {
        match self {
            // Its day is one by which something must be handed in, and stays.
            Self::NotBefore(day) | Self::DueOn(day) if earning.deadline().is_some() => {
                earning.not_before = Some(*day);
            }
            Self::BySchedule if earning.deadline().is_some() => earning.not_before = None,
            Self::NotBefore(day) => (earning.not_before, earning.due_on) = (Some(*day), None),
            Self::DueOn(day) | Self::PartDueOn(_, day) => {
                (earning.not_before, earning.due_on) = (None, Some(*day));
            }
            Self::ChaseOn(day) => earning.chase_on = Some(*day),
            Self::BySchedule => (earning.not_before, earning.due_on) = (None, None),
            Self::Hold(kind, why) => {
                earning.held = Some(Held { kind: *kind, since: today, why: why.trim().to_owned() });
            }
            Self::Release => earning.held = None,
            Self::WriteOff => earning.states.push(DatedState { on: today, state: EarningState::WrittenOff }),
        }
    }
}

pub(super) fn act(book: &Book, on: &OnExpected, now: Now) -> Result<Change, Refused> {
    platform::platform_of(book, on.key.platform)?;
    let calendar = calendar::calendar(book, now);
    let expected = calendar
        .expected
        .iter()
        .find(|expected| expected.key == on.key)
        .ok_or_else(|| Refused::from(Refusal::NotExpected))?;
    let rows: Vec<&SourceRow> = settleable(book, expected).collect();
    let Some(worked) = rows.iter().map(|row| row.worked_on).min() else {
        return Err(Refusal::OnlyRunning.into());
    };
    match &on.act {
        // A promise may be a day ahead of the work where zones differ, and no more.
        Act::NotBefore(day) | Act::DueOn(day) | Act::PartDueOn(_, day) if *day < day_plus(worked, -1) => {
            return Err(Refusal::BeforeTheWork(worked).at(Field::Day));
        }
        Act::Hold(_, why) => check::note(why)?,
        Act::NotBefore(_)
        | Act::DueOn(_)
        | Act::PartDueOn(..)
        | Act::ChaseOn(_)
        | Act::BySchedule
        | Act::Release
        | Act::WriteOff => {}
    }
    let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
    if let Act::ChaseOn(day) = on.act
        && day < today
    {
        return Err(Refusal::DayHasPassed(today).at(Field::Day));
    }
    let gross = settleable_gross(book, expected);
    let mut ids = ids_from(on.earning_seed);
    let recording = Recording { book, key: on.key, otherwise: today };
    let mut parts = recording.parts(&rows, gross, &mut ids);
    if on.act == Act::Release && parts.iter().all(|part| part.earning.held.is_none()) {
        return Err(Refusal::NotHeld.into());
    }
    let mut edits = recording.rest_of_split_sessions(&calendar, &rows, &mut ids);
    let mut acted = match on.act {
        Act::PartDueOn(amount, _) => part::cut(&mut parts, amount, &mut ids)?,
        Act::NotBefore(_)
        | Act::DueOn(_)
        | Act::ChaseOn(_)
        | Act::BySchedule
        | Act::Hold(..)
        | Act::Release
        | Act::WriteOff => std::mem::take(&mut parts),
    };
    for part in &mut acted {
        on.act.apply(&mut part.earning, today);
    }
    edits.extend(parts.iter().chain(&acted).filter_map(Recorded::edit));
    Ok(Change::new(edits))
}

#[cfg(test)]
mod tests;
