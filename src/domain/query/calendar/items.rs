//! Item clocks: on which days each piece of work matures, counted from its event in the rule's zone.
//!
//! For a session that nothing more is known of, its end stands for handing in, completing, crediting and charging;
//! approval is not guessed: it waits for its event unless a review time is known. An approval that is recorded goes
//! before the review time.

use chrono::NaiveDate;

use super::dates::{after, sane};
use super::gather::{Open, Work};
use super::parcel::Place;
use super::place::{Moment, blocked, days_by_user, last_second};
use super::{Part, UnknownDate};
use crate::domain::earning::{Earning, EarningState};
use crate::domain::schedule::{EarningShape, ItemEvent, Lag, Rule};
use crate::domain::span::{DayRange, Zone, date_in};

/// The parts of a rule that are an item clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock<'a> {
    rule: &'a Rule,
    event: ItemEvent,
    pub(super) zone: Zone,
    lag: Lag,
    /// Days for per-task work, where they differ.
    pub(super) per_task_lag: Option<Lag>,
}

/// What is known of the event that starts the clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// The day of the event, or of handing in.
    pub(super) day: NaiveDate,
    /// The day of approval, where it was recorded.
    pub(super) approved: Option<NaiveDate>,
    /// Whether the work is paid per task.
    pub(super) per_task: bool,
}

impl<'a> Clock<'a> {
    /// A rule as an item clock; `None` where it is none.
    pub(super) fn of(rule: &'a Rule) -> Option<Self> {
        match rule.earning {
            EarningShape::ItemClock { event, zone, lag, per_task_lag } => {
                Some(Self { rule, event, zone, lag, per_task_lag })
            }
            EarningShape::PeriodBatch { .. } | EarningShape::InvoiceNet { .. } | EarningShape::OwnDate { .. } => None,
        }
    }

    /// The place of work whose clock starts so; days in the rule's zone.
    pub(super) fn place(&self, start: Start, worked: DayRange) -> Place {
        let review = self.rule.modifiers.review;
        let checked = review.is_some() || self.event == ItemEvent::Approved;
        let approved = start.approved.filter(|_| checked);
        let holidays = &self.rule.modifiers.holidays;
        let lag = self.per_task_lag.filter(|_| start.per_task).unwrap_or(self.lag);
        let event = match (approved, review) {
            (Some(day), _) => Ok(DayRange::day(sane(day))),
            (None, Some(review)) => after(DayRange::day(sane(start.day)), review.lag, holidays),
            (None, None) if checked => Err(UnknownDate::WaitsForEvent),
            (None, None) => Ok(DayRange::day(sane(start.day))),
        };
        let matures = blocked(self.rule).map_or(event, Err).and_then(|event| after(event, lag, holidays));
        match matures {
            Err(why) => Place::undated(why, worked, self.zone),
            Ok(days) => Place {
                matures: Some((lag, days)),
                approved,
                reviewed: approved.is_none(),
                ..Place::new(Part::Items(days.last), Ok(days), worked, self.zone)
            },
        }
    }
}

/// The place of a piece of open money under an item clock.
pub(super) fn place(open: &Open<'_>, rule: &Rule, moment: Moment) -> Place {
    let Some(clock) = Clock::of(rule) else {
        return Place::undated(UnknownDate::NoRule, days_by_user(open), moment.zone);
    };
    match open.work {
        Work::Session { session, hourly, .. } => {
            let whole = session.interval(moment.now);
            let end = date_in(last_second(whole.from, whole.until), clock.zone);
            let worked = DayRange::new(date_in(whole.from, clock.zone), end);
            let found = clock.place(Start { day: end, approved: None, per_task: !hourly }, worked);
            let growing = session.is_open() || end >= date_in(moment.now, clock.zone);
            Place { growing, ..found }
        }
        Work::Earning { earning, per_task } => {
            let worked = days_by_user(open);
            if earning.state() == Some(EarningState::ToReport) {
                return Place::undated(UnknownDate::WaitsForEvent, worked, clock.zone);
            }
            let start = Start { day: handed_in(earning), approved: earning.approved_on(), per_task };
            held_back(clock.place(start, worked), earning.not_before)
        }
    }
}

/// The day an earning was handed in the last time; the last day of its work where that was not recorded.
fn handed_in(earning: &Earning) -> NaiveDate {
    let submitted = earning.states.iter().rev().find(|dated| dated.state == EarningState::Submitted);
    submitted.map_or(earning.worked.last, |dated| dated.on)
}

/// The same place, not before a day.
pub(super) fn held_back(place: Place, not_before: Option<NaiveDate>) -> Place {
    let (Some(not_before), Ok(days)) = (not_before.map(sane), place.payable) else {
        return place;
    };
    let payable = DayRange::new(days.first.max(not_before), days.last.max(not_before));
    let part = match place.part {
        Part::Items(_) => Part::Items(payable.last),
        Part::OwnDate(_) => Part::OwnDate(payable.last),
        other @ (Part::Period(_) | Part::Drawable | Part::BelowMinimum | Part::Undated(_)) => other,
    };
    Place { part, payable: Ok(payable), ..place }
}
