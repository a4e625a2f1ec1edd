//! Where each piece of open money belongs: which window, which day of maturity, which promised day, or no date.
//!
//! What keeps money from being paid goes before any rule: frozen and disputed earnings, frozen payouts, and states in
//! which nobody owes yet. A day promised for an earning goes before its schedule.

use chrono::NaiveDate;

use super::gather::{Open, Work};
use super::parcel::{Parcel, Parcels, Place, row};
use super::runs::Runs;
use super::{Part, UnknownDate, batch, invoice, items, opening, own_date};
use crate::domain::earning::{Earning, EarningState, HeldKind};
use crate::domain::schedule::{EarningShape, Rule};
use crate::domain::span::{DayRange, Timestamp, Zone, date_in};

/// What places are found from beside the Book's records.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// Now.
    pub(super) now: Timestamp,
    /// The user's day.
    pub(super) today: NaiveDate,
    /// The user's zone, for days that no schedule counts.
    pub(super) zone: Zone,
    /// When what is still to be done for open money is taken to be done; `None` where nothing is supposed.
    pub(super) done_at: Option<Timestamp>,
}

/// Puts a piece of open money into its parcels.
pub(super) fn place<'b>(parcels: &mut Parcels<'b>, open: &Open<'b>, moment: Moment) {
    let own_days = days_by_user(open);
    let undated = |why| Place::undated(why, own_days, moment.zone);
    let rule = open.schedule.map(|schedule| &schedule.rule);
    let earning = match open.work {
        Work::Earning { earning, .. } => Some(earning),
        Work::Session { .. } => None,
    };
    let found = if let Some(why) = earning.and_then(held_by) {
        Place { by_schedule: false, ..undated(why) }
    } else if let Some(percent) = open.held_percent.filter(|_| !rule.is_some_and(is_frozen)) {
        Place { held_percent: Some(percent), ..undated(UnknownDate::UntilAccepted) }
    } else if earning.is_some_and(is_unsettled) {
        Place { by_schedule: false, ..undated(UnknownDate::WaitsForEvent) }
    } else if let Some(due_on) = earning.and_then(promised_day).filter(|_| !rule.is_some_and(is_frozen)) {
        Place {
            by_schedule: false,
            own_day: Some(due_on),
            ..Place::new(Part::OwnDate(due_on), Ok(DayRange::day(due_on)), own_days, moment.zone)
        }
    } else if let Some(rule) = rule {
        match (&rule.earning, earning.filter(|earning| opening::is_opening(earning))) {
            (EarningShape::PeriodBatch { .. }, Some(owed)) => opening::in_batch(open, owed, rule, moment),
            (EarningShape::PeriodBatch { .. }, None) => return batch::place(parcels, open, rule, moment),
            (EarningShape::ItemClock { .. }, Some(owed)) => {
                opening::from_its_day(items::place(open, rule, moment), owed)
            }
            (EarningShape::ItemClock { .. }, None) => items::place(open, rule, moment),
            (EarningShape::OwnDate { .. }, _) => own_date::place(open, rule, moment),
            (EarningShape::InvoiceNet { .. }, _) => invoice::place(open, rule, moment),
        }
    } else {
        undated(UnknownDate::NoSchedule)
    };
    let owed_on = earning.filter(|earning| opening::is_opening(earning)).map(|earning| earning.worked.last);
    let found = Place { owed_on, ..found };
    let (secs, worked_on) = match open.work {
        Work::Session { session, secs, .. } => {
            let by_rule = found.by_schedule && rule.is_some() && found.payable.is_ok();
            let day = if by_rule { date_in(session.started_at, found.zone) } else { found.worked.first };
            (if open.held_percent.is_some() { 0 } else { secs }, day)
        }
        Work::Earning { earning, .. } => (0, earning.worked.last),
    };
    Parcel::add_to(parcels, open, &found, row(open, open.money, secs, worked_on));
}

/// What keeps an earning from being paid; the share held until acceptance is free once the work is approved.
fn held_by(earning: &Earning) -> Option<UnknownDate> {
    match earning.held.as_ref()?.kind {
        HeldKind::Frozen => Some(UnknownDate::Frozen),
        HeldKind::Disputed => Some(UnknownDate::Disputed),
        HeldKind::UntilAccepted => earning.approved_on().is_none().then_some(UnknownDate::UntilAccepted),
    }
}

/// Why money of a rule has no date whatever its work is: frozen payouts, or runs that never come.
pub(super) fn blocked(rule: &Rule) -> Option<UnknownDate> {
    if is_frozen(rule) {
        return Some(UnknownDate::Frozen);
    }
    let never = Runs::of(rule).is_some_and(|runs| runs.never());
    never.then_some(UnknownDate::NeverPays)
}

fn is_frozen(rule: &Rule) -> bool {
    rule.modifiers.frozen.is_some()
}

/// The days of the work in the user's reckoning.
pub(super) fn days_by_user(open: &Open<'_>) -> DayRange {
    match open.work {
        Work::Session { day, .. } => DayRange::day(day),
        Work::Earning { earning, .. } => DayRange::new(earning.worked.first, earning.worked.last),
    }
}

/// The days of a session to the one on which it ends in the user's zone; of an earning its own.
pub(super) fn days_to_the_end(open: &Open<'_>, moment: Moment) -> DayRange {
    match open.work {
        Work::Session { session, day, .. } => {
            let whole = session.interval(moment.now);
            let end = date_in(last_second(whole.from, whole.until), moment.zone);
            DayRange { first: day, last: day.max(end) }
        }
        Work::Earning { .. } => days_by_user(open),
    }
}

/// The day on which an earning was promised, not before the day that the user said.
fn promised_day(earning: &Earning) -> Option<NaiveDate> {
    earning.promised_on().map(|due_on| earning.not_before.map_or(due_on, |day| due_on.max(day)))
}

/// Whether nobody can say yet that it will be paid: refused and appealed, being done again, or contested.
fn is_unsettled(earning: &Earning) -> bool {
    matches!(earning.state(), Some(EarningState::Appealed | EarningState::Reworked | EarningState::Contested))
}

/// The last worked second of a session: an end at midnight still belongs to the day before.
pub(super) fn last_second(started_at: Timestamp, ended_at: Timestamp) -> Timestamp {
    (ended_at - chrono::TimeDelta::seconds(1)).max(started_at)
}
