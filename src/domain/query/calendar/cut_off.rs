//! Cut-offs: whether what must be done for a window was done in time, and with which window its work goes if it was not.
//!
//! What was done is what the Book says: a session reported, an earning handed in, approved or invoiced. Work that must be
//! reported, submitted or invoiced and was not moves to the first window whose cut-off is still open. Nobody records that
//! a worker approved their own entries: without an approval it is taken as done, unless the user reports the time to the
//! platform: then the report is the approval. Days are compared in the user's zone,
//! the day of the cut-off itself counts as in time.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::batch::Batch;
use super::dates::plus;
use super::gather::{Open, Work};
use super::place::Moment;
use super::windows::{Windows, WorkWindow};
use crate::domain::earning::{Earning, EarningState};
use crate::domain::schedule::{CutOff, CutOffAction};
use crate::domain::span::{Timestamp, Zone, date_in, instant_at};

/// How many windows are looked at around the one that is found: cut-offs lag by few.
const MOST_WINDOWS: u32 = 64;

/// The last instant of a cut-off: its time of its day after the window, or that day's last second.
pub(super) fn instant(cut: CutOff, window: WorkWindow, zone: Zone) -> Timestamp {
    let day = plus(window.days.last, i64::from(cut.days_after));
    match cut.at {
        Some(time) => instant_at(day, time, zone),
        None => instant_at(plus(day, 1), NaiveTime::MIN, zone) - TimeDelta::seconds(1),
    }
}

/// What is known of something that must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// It was done, or is supposed to be, at an instant.
    At(Timestamp),
    /// It was done on a day of the user's.
    On(NaiveDate),
    /// It was not done.
    NotYet,
    /// Nobody records it.
    Unknown,
}

impl Done {
    /// What is known of open money.
    pub(super) fn of(open: &Open<'_>, action: CutOffAction) -> Self {
        let action = if open.told && action == CutOffAction::Approve { CutOffAction::Report } else { action };
        match (open.work, action) {
            (_, CutOffAction::Request) | (Work::Session { .. }, CutOffAction::Approve) => Self::Unknown,
            (Work::Session { session, .. }, CutOffAction::Submit | CutOffAction::Report) => {
                session.reported_at.map_or(Self::NotYet, Self::At)
            }
            (Work::Session { .. }, CutOffAction::Invoice) => Self::NotYet,
            (Work::Earning { earning, .. }, action) => Self::of_earning(earning, action),
        }
    }

    fn of_earning(earning: &Earning, action: CutOffAction) -> Self {
        let first = |wanted: fn(EarningState) -> bool| {
            earning.states.iter().find(|dated| wanted(dated.state)).map(|dated| Self::On(dated.on))
        };
        let waits = |states: &[EarningState]| earning.state().is_some_and(|state| states.contains(&state));
        let found = match action {
            CutOffAction::Submit | CutOffAction::Report => first(|state| {
                matches!(state, EarningState::Submitted | EarningState::Approved(_) | EarningState::Invoiced)
            })
            .or_else(|| waits(&[EarningState::ToReport]).then_some(Self::NotYet)),
            CutOffAction::Approve => first(|state| matches!(state, EarningState::Approved(_) | EarningState::Invoiced)),
            CutOffAction::Invoice => first(|state| state == EarningState::Invoiced).or_else(|| {
                let approved = matches!(earning.state(), Some(EarningState::Approved(_)));
                let waits = approved || waits(&[EarningState::ToReport, EarningState::Submitted]);
                waits.then_some(Self::NotYet)
            }),
            CutOffAction::Request => None,
        };
        found.unwrap_or(Self::Unknown)
    }

    fn in_time(self, cut_off: Timestamp, user: Zone) -> bool {
        match self {
            Self::At(at) => at <= cut_off,
            Self::On(day) => day <= date_in(cut_off, user),
            Self::NotYet | Self::Unknown => true,
        }
    }

    /// What is supposed where it is not known: done at the moment that is supposed, else not before now.
    fn supposed(self, own_cut_off: Timestamp, moment: Moment) -> Self {
        match self {
            Self::NotYet => Self::At(moment.done_at.unwrap_or(moment.now)),
            Self::Unknown if own_cut_off >= moment.now => moment.done_at.map_or(self, Self::At),
            Self::Unknown | Self::At(_) | Self::On(_) => self,
        }
    }
}

/// The window with which open money of a window goes, and what was missed where that is another one.
pub(super) fn window_in_time(
    batch: &Batch<'_>,
    own: WorkWindow,
    open: &Open<'_>,
    moment: Moment,
) -> (WorkWindow, Option<(CutOffAction, Timestamp)>) {
    match batch.rule.modifiers.cut_off {
        None => (own, None),
        Some(cut) => in_time(batch.windows, cut, batch.zone, own, Done::of(open, cut.action), moment),
    }
}

/// The first window from `own` on whose cut-off was kept, and what was missed where that is another one.
pub(super) fn in_time(
    windows: Windows,
    cut: CutOff,
    zone: Zone,
    own: WorkWindow,
    done: Done,
    moment: Moment,
) -> (WorkWindow, Option<(CutOffAction, Timestamp)>) {
    let own_cut_off = instant(cut, own, zone);
    let done = done.supposed(own_cut_off, moment);
    let kept = |window: WorkWindow| done.in_time(instant(cut, window, zone), moment.zone);
    if kept(own) {
        return (own, None);
    }
    let day = match done {
        Done::At(at) => date_in(at, zone),
        Done::On(day) => day,
        Done::NotYet | Done::Unknown => return (own, None),
    };
    // The window of that day keeps it or the one after does; with days of grace an earlier one may.
    let mut found = windows.of_day(day.max(own.days.first));
    for _ in 0..MOST_WINDOWS {
        if kept(found) {
            break;
        }
        found = windows.next(found);
    }
    for _ in 0..MOST_WINDOWS {
        let before = windows.previous(found);
        if before.days.first <= own.days.first || !kept(before) {
            break;
        }
        found = before;
    }
    if found.days.first <= own.days.first {
        return (own, None);
    }
    (found, Some((cut.action, own_cut_off)))
}
