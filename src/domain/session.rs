//! Sessions: stretches of work by the user's own clock.
//!
//! A running timer is data: a session with a start and no end. Lengths are measured between instants, pauses
//! taken out, so that clock changes and travel never lose or invent a second.

mod seldom;

use std::borrow::Borrow;
use std::ops::Deref;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use nonmax::NonMaxU32;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

pub use self::seldom::{Few, Kept, Rare, Seldom};
use super::ids::{ProjectId, SessionId};
use super::span::{DayRange, Interval, Timestamp, Zone, instant_at, interval_of_days};

/// A stretch of work by the user's own clock. Small: there are a hundred thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// When it began, whole seconds.
    pub started_at: Timestamp,
    /// When it ended, never before its start; `None` while it runs.
    pub ended_at: Option<Timestamp>,
    /// The zone in which it was recorded: it decides its day.
    pub zone: Zone,
    /// What was worked on; `None` where it is to be named later.
    pub project: Option<ProjectId>,
    /// What the time went to.
    pub activity: Activity,
    /// Whether it is paid: set by the activity unless said otherwise.
    pub paid: bool,
    /// The kind of task; `None` where not said.
    pub task_type: Option<TaskType>,
    /// Tasks or units done; `None` where not counted.
    pub tasks: Option<NonMaxU32>,
    /// The seconds that the platform pays for; `None` while unknown. Own time is kept beside it.
    pub credited_secs: Option<i64>,
    /// A price of its own, pauses, a note, and what else few sessions have.
    pub seldom: Kept<Seldom>,
}

/// A kind of task in the user's words. Small: the sessions of a kind share it.
// A pointer without a length takes half the room in each session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskType(Arc<Box<str>>);

impl From<&str> for TaskType {
    fn from(words: &str) -> Self {
        Self(Arc::new(words.into()))
    }
}

impl Deref for TaskType {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for TaskType {
    fn borrow(&self) -> &str {
        self
    }
}

/// An interruption of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When work went on; `None` while it lasts.
    pub until: Option<Timestamp>,
}

/// What time went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Activity {
    /// Work that earns.
    PaidWork,
    /// Qualification tests.
    Assessment,
    /// Getting accepted and set up.
    Onboarding,
    /// Looking and waiting for tasks.
    Searching,
    /// Reading instructions.
    Instructions,
    /// Doing returned work again.
    Rework,
    /// Reports, invoices, tickets.
    Admin,
    /// Contesting a decision.
    Appeal,
    /// Learning for the work.
    Learning,
}

impl Activity {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::PaidWork,
        Self::Assessment,
        Self::Onboarding,
        Self::Searching,
        Self::Instructions,
        Self::Rework,
        Self::Admin,
        Self::Appeal,
        Self::Learning,
    ];

    /// Whether its time is paid unless a session says otherwise.
    #[must_use]
    pub fn usually_paid(self) -> bool {
        self == Self::PaidWork
    }

    /// Whether it is what getting in takes: a test, or onboarding.
    #[must_use]
    pub fn is_entry(self) -> bool {
        matches!(self, Self::Assessment | Self::Onboarding)
    }
}

/// What a session is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    /// The timer runs.
    Running,
    /// Begun, and paused now.
    Paused,
    /// Ended.
    Ended,
}

impl Session {
    /// Paid work that runs since a moment: no pauses, nothing named, counted or credited.
    #[must_use]
    pub fn begun(id: SessionId, started_at: Timestamp, zone: Zone) -> Self {
        Self {
            id,
            started_at,
            ended_at: None,
            zone,
            project: None,
            activity: Activity::PaidWork,
            paid: true,
            task_type: None,
            tasks: None,
            credited_secs: None,
            seldom: Kept::default(),
        }
    }

    /// Whether it runs, is paused, or has ended.
    #[must_use]
    pub fn state(&self) -> SessionState {
        if self.ended_at.is_some() {
            SessionState::Ended
        } else if self.pauses.last().is_some_and(|pause| pause.until.is_none()) {
            SessionState::Paused
        } else {
            SessionState::Running
        }
    }

    /// Tasks or units done, parts of one included; `None` where not counted.
    #[must_use]
    pub fn units(&self) -> Option<Decimal> {
        let part = Decimal::new(i64::from(self.unit_thousandths), 3);
        match self.tasks {
            Some(whole) => Some((Decimal::from(whole.get()) + part).normalize()),
            None => (!part.is_zero()).then_some(part.normalize()),
        }
    }

    /// Sets how many units were done, to a thousandth of one. `None` where it is no such count: below zero, too many,
    /// or finer than a thousandth.
    #[must_use]
    pub fn set_units(&mut self, units: Option<Decimal>) -> Option<()> {
        let (whole, part) = match units {
            None => (None, 0),
            Some(units) => {
                let whole = units.trunc();
                let thousandths = units.checked_sub(whole)?.checked_mul(Decimal::ONE_THOUSAND)?;
                if !thousandths.is_integer() {
                    return None;
                }
                (Some(NonMaxU32::new(whole.to_u32()?)?), thousandths.to_u32()?)
            }
        };
        self.tasks = whole;
        // Asked first, since room is taken for what is set.
        if self.unit_thousandths != part {
            self.unit_thousandths = part;
        }
        Some(())
    }

    /// Whether it has no end yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Its unpaused stretches up to its end, or up to `now` while it is open. Empty where only hours were declared.
    #[must_use]
    pub fn stretches(&self, now: Timestamp) -> Vec<Interval> {
        if self.declared_secs.is_some() {
            return Vec::new();
        }
        let end = self.ended_at.unwrap_or(now).max(self.started_at);
        let mut from = self.started_at;
        let mut stretches = Vec::with_capacity(self.pauses.len() + 1);
        for pause in &self.pauses {
            stretches.push(Interval { from, until: pause.from.min(end) });
            from = pause.until.unwrap_or(end).clamp(from, end);
        }
        stretches.push(Interval { from, until: end });
        stretches.retain(|stretch| stretch.secs() > 0);
        stretches
    }

    /// Own time in seconds: declared, or from start to end (or `now`) less pauses.
    #[must_use]
    pub fn own_secs(&self, now: Timestamp) -> i64 {
        self.declared_secs.unwrap_or_else(|| match self.pauses.as_slice() {
            [] => self.interval(now).secs(),
            _ => self.stretches(now).into_iter().map(Interval::secs).sum(),
        })
    }

    /// Start to end, or to `now` while open, pauses included.
    #[must_use]
    pub fn interval(&self, now: Timestamp) -> Interval {
        Interval { from: self.started_at, until: self.ended_at.unwrap_or(now).max(self.started_at) }
    }

    /// The same session, ended; an open pause ends with it and then takes no time.
    #[must_use]
    pub fn stopped(&self, at: Timestamp) -> Self {
        let mut stopped = self.clone();
        if let Some(open) = stopped.pauses.last().copied().filter(|pause| pause.until.is_none()) {
            // Work ended when the pause began.
            stopped.pauses.pop();
            stopped.ended_at = Some(open.from.max(self.started_at));
        } else {
            stopped.ended_at = Some(at);
        }
        stopped
    }

    /// The same session without what lies after an instant; where that falls into a pause, the work ends with the
    /// pause's beginning. Own, credited and declared figures are left as they are.
    #[must_use]
    pub fn cut_after(&self, at: Timestamp) -> Self {
        let mut cut = self.clone();
        let end = at.max(self.started_at);
        let resting = self.pauses.iter().find(|pause| pause.from < end && pause.until.is_none_or(|until| until >= end));
        let end = resting.map_or(end, |pause| pause.from);
        cut.ended_at = Some(end);
        cut.pauses.retain(|pause| pause.from < end);
        cut
    }

    /// The same session without what lies before an instant; where that falls into a pause, the work begins when it
    /// went on. Own, credited and declared figures are left as they are.
    #[must_use]
    pub fn cut_before(&self, at: Timestamp) -> Self {
        let mut cut = self.clone();
        let start = self.ended_at.map_or(at, |end| at.min(end));
        let resting =
            self.pauses.iter().find(|pause| pause.from <= start && pause.until.is_some_and(|until| until > start));
        cut.started_at = resting.and_then(|pause| pause.until).unwrap_or(start);
        let start = cut.started_at;
        cut.pauses.retain(|pause| pause.until.is_none_or(|until| until > start));
        if let Some(first) = cut.pauses.first_mut() {
            first.from = first.from.max(start);
        }
        cut
    }

    /// The instant at which hours without clock times stand: noon of the user's day (or the start of a day that begins
    /// later), in no zone of a platform near enough another day; never after `now`.
    #[must_use]
    pub fn declared_at(day: NaiveDate, zone: Zone, day_start_minutes: u32, now: Timestamp) -> Timestamp {
        let noon = NaiveTime::from_num_seconds_from_midnight_opt(12 * 3600, 0).unwrap_or_default();
        let start = interval_of_days(DayRange::day(day), zone, day_start_minutes).from;
        instant_at(day, noon, zone).max(start).min(now.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{at, day};

    fn session(from: &str, until: Option<&str>) -> Session {
        Session { ended_at: until.map(at), ..Session::begun(SessionId(1), at(from), chrono_tz::Europe::Berlin) }
    }

    #[test]
    fn own_time_over_both_clock_changes_counts_real_seconds() {
        // Berlin, 29 Mar 2026: 01:00 to 04:00 on the clocks are two hours. 25 Oct 2026: 01:00 to 04:00 are four.
        let spring = session("2026-03-29T00:00:00Z", Some("2026-03-29T02:00:00Z"));
        let autumn = session("2026-10-24T23:00:00Z", Some("2026-10-25T03:00:00Z"));
        assert_eq!(spring.own_secs(at("2027-01-01T00:00:00Z")), 2 * 3600);
        assert_eq!(autumn.own_secs(at("2027-01-01T00:00:00Z")), 4 * 3600);
    }

    #[test]
    fn pauses_are_not_own_time_and_an_open_pause_stops_the_count() {
        let mut open = session("2026-11-22T10:00:00Z", None);
        open.pauses.push(Pause { from: at("2026-11-22T10:30:00Z"), until: Some(at("2026-11-22T10:40:00Z")) });
        assert_eq!(open.own_secs(at("2026-11-22T11:00:00Z")), 50 * 60);
        open.pauses.push(Pause { from: at("2026-11-22T11:00:00Z"), until: None });
        assert_eq!(open.state(), SessionState::Paused);
        assert_eq!(open.own_secs(at("2026-11-22T15:00:00Z")), 50 * 60);
        let stopped = open.stopped(at("2026-11-22T15:00:00Z"));
        assert_eq!(stopped.ended_at, Some(at("2026-11-22T11:00:00Z")));
        assert_eq!(stopped.own_secs(at("2026-11-22T16:00:00Z")), 50 * 60);
    }

    #[test]
    fn units_are_counted_to_a_thousandth() {
        let exact = |text: &str| text.parse::<Decimal>().unwrap();
        let mut counted = session("2026-11-22T10:00:00Z", None);
        assert_eq!(counted.units(), None);
        for good in ["0", "12", "12.5", "0.125", "99.999"] {
            assert_eq!(counted.set_units(Some(exact(good))), Some(()), "{good}");
            assert_eq!(counted.units(), Some(exact(good)));
        }
        for bad in ["-1", "0.0005", "5000000000"] {
            assert_eq!(counted.set_units(Some(exact(bad))), None, "{bad}");
            assert_eq!(counted.units(), Some(exact("99.999")), "left as it was");
        }
        assert_eq!(counted.set_units(None), Some(()));
        assert_eq!((counted.units(), counted.clone()), (None, session("2026-11-22T10:00:00Z", None)));
    }

    #[test]
    fn a_clock_set_back_gives_no_negative_time() {
        let open = session("2026-11-22T10:00:00Z", None);
        assert_eq!(open.own_secs(at("2026-11-22T09:00:00Z")), 0);
    }

    fn pause(from: &str, until: Option<&str>) -> Pause {
        Pause { from: at(from), until: until.map(at) }
    }

    #[test]
    fn a_cut_keeps_the_pauses_of_its_side_and_loses_no_work() {
        let mut whole = session("2026-11-22T09:00:00Z", Some("2026-11-22T12:00:00Z"));
        whole.pauses = vec![
            pause("2026-11-22T09:30:00Z", Some("2026-11-22T09:40:00Z")),
            pause("2026-11-22T10:30:00Z", Some("2026-11-22T11:00:00Z")),
        ];
        let now = at("2026-11-22T20:00:00Z");
        for (cut, first, rest) in [
            ("2026-11-22T10:00:00Z", ("2026-11-22T10:00:00Z", 1), ("2026-11-22T10:00:00Z", 1)),
            // Inside the second pause: work ended with it and went on after it.
            ("2026-11-22T10:45:00Z", ("2026-11-22T10:30:00Z", 1), ("2026-11-22T11:00:00Z", 0)),
            // At the edges of a pause.
            ("2026-11-22T10:30:00Z", ("2026-11-22T10:30:00Z", 1), ("2026-11-22T11:00:00Z", 0)),
            ("2026-11-22T11:00:00Z", ("2026-11-22T10:30:00Z", 1), ("2026-11-22T11:00:00Z", 0)),
        ] {
            let (before, after) = (whole.cut_after(at(cut)), whole.cut_before(at(cut)));
            assert_eq!((before.ended_at, before.pauses.len()), (Some(at(first.0)), first.1), "{cut}");
            assert_eq!((after.started_at, after.pauses.len()), (at(rest.0), rest.1), "{cut}");
            assert_eq!(before.own_secs(now) + after.own_secs(now), whole.own_secs(now), "{cut}");
        }
    }

    #[test]
    fn declared_hours_stand_at_noon_of_their_day_and_never_in_the_future() {
        let zone = chrono_tz::Europe::Berlin;
        let now = at("2026-11-22T08:00:00Z");
        assert_eq!(Session::declared_at(day("2026-11-20"), zone, 0, now), at("2026-11-20T11:00:00Z"));
        assert_eq!(Session::declared_at(day("2026-11-22"), zone, 0, now), now);
        // A day that begins at 14:00 has no noon of its own.
        assert_eq!(Session::declared_at(day("2026-11-20"), zone, 14 * 60, now), at("2026-11-20T13:00:00Z"));
    }
}
