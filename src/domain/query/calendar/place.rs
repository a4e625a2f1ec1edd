//! Where each piece of open money belongs: which window, which day of maturity, which promised day, or no date.
//!
//! What keeps money from being paid goes before any rule: frozen and disputed earnings, frozen payouts, and states in
//! which nobody owes yet. A day promised for an earning goes before its schedule.

use chrono::NaiveDate;

use super::gather::{Open, Work};
use super::parcel::{Parcel, Parcels, Place, row};
use super::{Part, UnknownDate, batch, items, opening, own_date};
use crate::domain::earning::{Earning, EarningState, HeldKind};
use crate::domain::schedule::{EarningShape, ReleaseShape, Rule};
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
    let found = if let Some(held) = earning.and_then(|earning| earning.held.as_ref()) {
        let why = match held.kind {
            HeldKind::Frozen => UnknownDate::Frozen,
            HeldKind::Disputed => UnknownDate::Disputed,
        };
        Place { by_schedule: false, ..undated(why) }
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
            (EarningShape::InvoiceNet { .. }, _) => undated(blocked(rule).unwrap_or(UnknownDate::NotComputed)),
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
            (secs, day)
        }
        Work::Earning { earning, .. } => (0, earning.worked.last),
    };
    Parcel::add_to(parcels, open, &found, row(open, open.money, secs, worked_on));
}

/// Why money of a rule has no date whatever its work is: frozen payouts, or a shape that isn't computed yet.
pub(super) fn blocked(rule: &Rule) -> Option<UnknownDate> {
    if is_frozen(rule) {
        return Some(UnknownDate::Frozen);
    }
    let computed = !matches!(rule.earning, EarningShape::InvoiceNet { .. })
        && !matches!(rule.release, Some(ReleaseShape::PayRun { .. }));
    (!computed).then_some(UnknownDate::NotComputed)
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
