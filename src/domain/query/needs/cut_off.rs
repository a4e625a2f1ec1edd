//! A cut-off that is near: today, or within the hours that its schedule asks to be reminded before. Past ones are no
//! need any more: nothing can be done about them. A window that merely ends asks for nothing.

use chrono::TimeDelta;

use super::{Ground, Need, Needs, Severity, What, key_name};
use crate::domain::book::Book;
use crate::domain::earning::EarningState;
use crate::domain::money::Money;
use crate::domain::query::calendar::{Expected, ExpectedKey, Reason, Source};
use crate::domain::schedule::CutOffAction;
use crate::domain::span::{DayRange, Timestamp, Zone, interval_of_days, user_day};

pub(super) const KIND: &str = "cut-off ";

/// Something must be done by a time that is near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOffNear {
    /// The expected payout that hangs on it.
    pub key: ExpectedKey,
    /// What must be done.
    pub action: CutOffAction,
    /// The last instant.
    pub at: Timestamp,
    /// The zone of the rule.
    pub zone: Zone,
    /// What hangs on it, gross, exact.
    pub gross: Money,
    /// Whether any part is an estimate.
    pub estimate: bool,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    let settings = ground.book.settings();
    for expected in &ground.calendar.expected {
        for reason in &expected.reasons {
            let Reason::CutOff { action: Some(action), at, zone } = *reason else { continue };
            if at <= ground.now.at || !is_open(ground.book, expected, action) {
                continue;
            }
            // The end of a day is the first instant of the next; what is meant is the day that ends.
            let day = user_day(at - TimeDelta::seconds(1), ground.now.zone, settings.day_start_minutes);
            let day_begins = interval_of_days(DayRange::day(day), ground.now.zone, settings.day_start_minutes).from;
            let remind = at - TimeDelta::hours(i64::from(remind_hours(ground.book, expected)));
            let from = day_begins.min(remind);
            if ground.now.at < from {
                all.wake(from);
                continue;
            }
            all.wake(at);
            all.needs.push(Need {
                name: format!("{KIND}{} {day}", key_name(&expected.key)),
                severity: Severity::Warn,
                what: What::CutOff(CutOffNear {
                    key: expected.key,
                    action,
                    at,
                    zone,
                    gross: expected.gross,
                    estimate: expected.estimate,
                }),
            });
        }
    }
}

/// How many hours before a cut-off its schedule asks to be reminded; 0 where it doesn't.
#[must_use]
pub fn remind_hours(book: &Book, expected: &Expected) -> u32 {
    let schedule = expected.schedule.as_ref().and_then(|(id, _)| book.schedule(*id));
    schedule.and_then(|schedule| schedule.rule.modifiers.cut_off).map_or(0, |cut_off| cut_off.remind_hours)
}

/// Whether some of the money still waits for what must be done. What is handed in needs no handing in; for what the
/// Book has no state of (approving one's entries, asking for a payout), it is open until the time has passed.
#[must_use]
pub fn is_open(book: &Book, expected: &Expected, action: CutOffAction) -> bool {
    match action {
        CutOffAction::Approve | CutOffAction::Request => true,
        CutOffAction::Submit | CutOffAction::Report | CutOffAction::Invoice => {
            expected.rows.iter().any(|row| match row.source {
                Source::Session(id) => book.session(id).is_none_or(|session| session.reported_at.is_none()),
                Source::Earning(id) => book.earning(id).is_none_or(|earning| match earning.state() {
                    None | Some(EarningState::ToReport | EarningState::Reworked) => true,
                    Some(EarningState::Submitted | EarningState::Approved(_)) => action == CutOffAction::Invoice,
                    Some(
                        EarningState::Invoiced
                        | EarningState::Rejected
                        | EarningState::Appealed
                        | EarningState::Contested
                        | EarningState::WrittenOff,
                    ) => false,
                }),
            })
        }
    }
}
