//! Item clocks: on which days each piece of work matures, counted from its event in the rule's zone.
//!
//! For a session that nothing more is known of, its end stands for handing in, completing, crediting and charging; one
//! that was reported was handed in then. Approval is not guessed: it waits for its event unless a review time is known.
//! An approval that is recorded goes before the review time.

use chrono::NaiveDate;

use super::dates::{after, day_in, sane};
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

    /// Whether its clock starts with an approval of which nobody says how long it takes.
    pub(super) fn waits_for_approval(&self) -> bool {
        self.event == ItemEvent::Approved && self.rule.modifiers.review.is_none()
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
            (None, Some(review)) => Ok(after(DayRange::day(sane(start.day)), review.lag, holidays)),
            (None, None) if checked => Err(UnknownDate::WaitsForEvent),
            (None, None) => Ok(DayRange::day(sane(start.day))),
        };
        match blocked(self.rule).map_or(event, Err) {
            Err(why) => Place::undated(why, worked, self.zone),
            Ok(event) => {
                let days = after(event, lag, holidays);
                let pay_zone = self.rule.modifiers.pay_zone.unwrap_or(self.zone);
                let in_pay_zone = |day: NaiveDate| day_in(day.max(sane(worked.last)), self.zone, pay_zone);
                let payable = DayRange::new(in_pay_zone(days.first), in_pay_zone(days.last));
                Place {
                    matures: Some((lag, days)),
                    approved,
                    reviewed: approved.is_none(),
                    ..Place::new(Part::Items(payable.last), Ok(payable), worked, self.zone)
                }
            }
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
            let reported = session.reported_at.filter(|_| clock.event == ItemEvent::Submitted);
            let day = reported.map_or(end, |at| end.max(date_in(at, clock.zone)));
            let found = clock.place(Start { day, approved: None, per_task: !hourly }, worked);
            let growing = session.is_open() || end >= date_in(moment.now, clock.zone);
            Place { growing, ..found }
        }
        Work::Earning { earning, per_task } => {
            let worked = days_by_user(open);
            let day = match (earning.state(), moment.done_at) {
                (Some(EarningState::ToReport), None) => {
                    return Place::undated(UnknownDate::NotReported, worked, clock.zone);
                }
                (Some(EarningState::ToReport), Some(at)) => date_in(at, clock.zone),
                _ => handed_in(earning),
            };
            let start = Start { day, approved: earning.approved_on(), per_task };
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
        other @ (Part::Period(_) | Part::Run(_) | Part::Drawable | Part::BelowMinimum | Part::Undated(_)) => other,
    };
    Place { part, payable: Ok(payable), ..place }
}
