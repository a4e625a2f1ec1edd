//! What is done to money that is owed: its states, holding and freeing it, settling it by hand; several at once.
//!
//! Work that no earning stands for yet is recorded first, a new earning a project and expected payout (and day, where time
//! is reported). The part of a session that belongs to another window is recorded beside it, still open, so that no cent is
//! lost or doubled. All of it is one step of undo.

mod settle;
mod take;

use chrono::NaiveDate;

use super::recording::Recorded;
use super::{check, many};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Record};
use crate::domain::earning::{DatedState, Earning, EarningState, Held, HeldKind};
use crate::domain::ids::EarningId;
use crate::domain::query::owed::OwedId;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::session::Session;
use crate::domain::span::{Now, user_day};

pub use settle::SettledByHand;
pub(super) use settle::settle;
pub use take::settleable_owed;

/// Something done to money that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnOwed {
    /// To which pieces.
    pub of: Vec<OwedId>,
    /// What is done.
    pub act: OwedAct,
    /// The day of it, in the user's zone.
    pub on: NaiveDate,
    /// A random number from which the ids of new earnings are counted up.
    pub earning_seed: EarningId,
}

/// What is done to money that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwedAct {
    /// It has a new state.
    State(EarningState),
    /// It is kept from being paid, and why, in the user's words.
    Hold(HeldKind, String),
    /// Nothing holds it any more.
    Free,
}

impl OwedAct {
    /// Whether it can be done to an earning in a state; `None` is one without any.
    ///
    /// Nothing stays where it is for ever: from each state some lead on, and all but "written off" can be settled.
    #[must_use]
    pub fn fits(&self, from: Option<EarningState>) -> bool {
        use EarningState as S;
        let Self::State(to) = self else { return true };
        match to {
            S::ToReport => matches!(from, None | Some(S::Submitted)),
            S::Submitted => matches!(from, None | Some(S::ToReport | S::Reworked | S::Rejected)),
            S::Approved(None) => !matches!(from, Some(S::Approved(None) | S::Invoiced)),
            S::Approved(Some(_)) => true,
            S::Invoiced => matches!(from, None | Some(S::Submitted | S::Approved(_))),
            S::Rejected => !matches!(from, Some(S::Rejected | S::WrittenOff)),
            S::Appealed => matches!(from, Some(S::Rejected | S::Approved(Some(_)))),
            S::Reworked => matches!(from, None | Some(S::Submitted | S::Rejected | S::Appealed)),
            S::Contested => !matches!(from, Some(S::Contested | S::WrittenOff | S::ToReport)),
            S::WrittenOff => from != Some(S::WrittenOff),
        }
    }

    fn apply(&self, earning: &mut Earning, on: NaiveDate) -> Result<(), Refused> {
        match self {
            Self::State(to) => {
                let to = whole(*to, earning);
                if !Self::State(to).fits(earning.state()) {
                    let is = earning.state().map_or("recorded", state_words);
                    return Err(Refusal::NotFromHere { is, wished: state_words(to) }.into());
                }
                if let Some(last) = earning.states.last().filter(|last| on < last.on) {
                    return Err(Refusal::BeforeItsState(last.on).at(Field::Day));
                }
                // Handed in: the day by which it had to be is over.
                if earning.deadline().is_some() && to != EarningState::Reworked && to != EarningState::ToReport {
                    earning.due_on = None;
                }
                earning.states.push(DatedState { on, state: to });
            }
            Self::Hold(kind, why) => {
                earning.held = Some(Held { kind: *kind, since: on, why: why.trim().to_owned() });
            }
            Self::Free => earning.held = None,
        }
        Ok(())
    }

    /// What it is, for the history: "Mark Outlier money as approved", "Write off 3 earnings".
    pub(super) fn words(&self, what: &str) -> String {
        match self {
            Self::State(EarningState::WrittenOff) => format!("Write off {what}"),
            Self::State(EarningState::Submitted) => format!("Mark {what} as reported"),
            Self::State(state) => format!("Mark {what} as {}", state_words(*state)),
            Self::Hold(HeldKind::Frozen, _) => format!("Mark {what} as frozen"),
            Self::Hold(HeldKind::Disputed, _) => format!("Mark {what} as disputed"),
            Self::Hold(HeldKind::UntilAccepted, _) => format!("Mark {what} as held until accepted"),
            Self::Free => format!("Mark {what} as no longer held"),
        }
    }
}

/// A part that is all of it is no part.
fn whole(to: EarningState, earning: &Earning) -> EarningState {
    if to == EarningState::Approved(Some(earning.amount)) { EarningState::Approved(None) } else { to }
}

/// A state, for refusals and the history.
pub(super) fn state_words(state: EarningState) -> &'static str {
    match state {
        EarningState::ToReport => "to report",
        EarningState::Submitted => "handed in",
        EarningState::Approved(None) => "approved",
        EarningState::Approved(Some(_)) => "approved in part",
        EarningState::Invoiced => "invoiced",
        EarningState::Rejected => "rejected",
        EarningState::Appealed => "appealed",
        EarningState::Reworked => "being reworked",
        EarningState::Contested => "contested",
        EarningState::WrittenOff => "written off",
    }
}

/// What some pieces of money are called: "3 earnings", "Outlier money".
pub(super) fn what(book: &Book, of: &[OwedId]) -> String {
    let [one] = of else { return check::counted(of.len(), "earning") };
    let platform = match one {
        OwedId::Earning(id) => book.earning(*id).and_then(|earning| book.platform(earning.platform)),
        OwedId::Work(key, _) => book.platform(key.platform),
        OwedId::Session(id) => book.session(*id).and_then(|session| book.platform_of(session.project)),
    };
    platform.map_or_else(|| "an earning".to_owned(), |platform| format!("{} earning", platform.name))
}

/// Does it to all of them or, where one may not be done so, to none.
pub(super) fn act(book: &Book, on: &OnOwed, now: Now) -> Result<Change, Refused> {
    let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
    if on.on > today {
        return Err(Refusal::DayInTheFuture(today).at(Field::Day));
    }
    if let OwedAct::Hold(_, why) = &on.act {
        check::note(why)?;
    }
    let reports = on.act == OwedAct::State(EarningState::Submitted);
    let mut taken = take::take(book, &on.of, take::How { by_day: reports, on: on.on }, on.earning_seed, now)?;
    for part in &mut taken.parts {
        check_part(&on.act, part, on.on)?;
        on.act.apply(&mut part.earning, on.on)?;
    }
    let mut edits = taken.rest;
    edits.extend(taken.parts.iter().filter_map(Recorded::edit));
    if reports {
        edits.extend(taken.sessions.iter().filter_map(|session| reported(session, now)));
    }
    if edits.is_empty() {
        return Err(if on.act == OwedAct::Free { Refusal::NotHeld } else { Refusal::NotExpected }.into());
    }
    Ok(Change::new(edits))
}

fn check_part(act: &OwedAct, part: &Recorded, on: NaiveDate) -> Result<(), Refused> {
    let OwedAct::State(state) = act else { return Ok(()) };
    let earning = &part.earning;
    if let EarningState::Approved(Some(amount)) = state {
        if amount.currency != earning.amount.currency {
            let (expected, found) = (earning.amount.currency, amount.currency);
            return Err(Refusal::WrongCurrency { expected, found }.at(Field::Amount));
        }
        check::amount(*amount)?;
        if amount.amount.is_sign_negative() != earning.amount.amount.is_sign_negative() && !amount.amount.is_zero() {
            return Err(Refusal::BelowZero.at(Field::Amount));
        }
    }
    if *state != EarningState::ToReport {
        check::after_the_work(on, earning.worked.first)?;
    }
    Ok(())
}

fn reported(session: &std::sync::Arc<Session>, now: Now) -> Option<Edit> {
    if session.reported_at.is_some() {
        return None;
    }
    let after = many::reported(session, now.at);
    Edit::from_sides(Some(Record::from(std::sync::Arc::clone(session))), Some(Record::from(after)))
}

#[cfg(test)]
mod tests;
