//! A session as it is typed: drafts in, a whole session or the reasons beside the fields out.
//!
//! Start, end and length stand for each other: what was typed last holds, the other is computed. Times are on the
//! clocks of the session's zone; one that the clocks skip is refused, one that comes twice is asked back. What was
//! not typed anew keeps its seconds. Pure: the plan of the command itself says what is refused.

mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use crate::domain::book::Book;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::Currency;
use crate::domain::query::overlaps::Gap;
use crate::domain::session::{Activity, Session};
use crate::domain::span::{Now, Timestamp, Zone};
use crate::ui::format::{self, Style};
use crate::ui::typed;
use crate::ui::view::bar::project_choices;
use crate::ui::view::names;

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The day of the start.
    Day,
    /// The start on the clock.
    Start,
    /// The end on the clock.
    End,
    /// How long, pauses taken out.
    Length,
    /// The kind of task.
    TaskType,
    /// Tasks done.
    Tasks,
    /// What the platform pays for.
    Credited,
    /// A price of its own.
    Price,
    /// The note.
    Note,
    /// No single field.
    Whole,
}

/// Which of the two was typed last, and so holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    End,
    Length,
}

/// Which pass of a time that comes twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pass {
    /// Before the clocks go back.
    First,
    /// After it.
    Second,
}

/// Whether a clock time comes twice on its day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Twice {
    /// It comes once.
    #[default]
    No,
    /// It comes twice, and nobody has said which is meant.
    Ask,
    /// It comes twice; this pass is taken.
    Taken(Pass),
}

/// The drafts of a session.
#[derive(Debug, Clone)]
pub struct SessionForm {
    base: Session,
    is_new: bool,
    /// How the drafts are written, and read again.
    style: Style,
    /// What it was for; `None` where it is to be named later.
    pub project: Option<ProjectId>,
    activity: Activity,
    /// Whether it is paid; follows the activity until set.
    paid: bool,
    activity_set: bool,
    paid_set: bool,
    /// Only hours are known, no clock times.
    hours_only: bool,
    /// The day of the start.
    pub day: String,
    /// The start on the clock.
    pub start: String,
    /// The end on the clock.
    pub end: String,
    /// The length, pauses taken out.
    pub length: String,
    holds: Holds,
    /// Days from the day of the start to that of the end.
    days_later: i64,
    /// Whether `days_later` came of a typed length, not of a tick.
    days_computed: bool,
    /// Which pass is meant where the start comes twice.
    pub start_pass: Option<Pass>,
    /// Which pass is meant where the end comes twice.
    pub end_pass: Option<Pass>,
    /// The kind of task.
    pub task_type: String,
    /// Tasks done.
    pub tasks: String,
    /// What the platform pays for.
    pub credited: String,
    /// A price of its own.
    pub price: String,
    /// The note.
    pub note: String,
    /// The drafts as they were opened: what is still the same keeps its seconds.
    opened: Opened,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Opened {
    day: String,
    start: String,
    end: String,
    days_later: i64,
    credited: String,
}

/// What the drafts say.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The session; `None` while something is missing or does not fit.
    pub session: Option<Session>,
    /// Why a field does not fit.
    pub reasons: BTreeMap<Part, String>,
    /// What was understood of a field.
    pub notes: BTreeMap<Part, String>,
    /// Whether the start comes twice on its day.
    pub start_twice: Twice,
    /// Whether the end comes twice on its day.
    pub end_twice: Twice,
    /// What comes of it: "1 h 48 m · $45.00".
    pub sum: String,
}

impl SessionForm {
    /// A new session: today, on the last used project, from the end of the last session of today (or an hour ago) to
    /// now, or to the start of a timer that runs.
    #[must_use]
    pub fn add(book: &Book, now: Now, today: NaiveDate) -> Self {
        let newest = |wanted: &dyn Fn(&Session) -> bool| {
            book.months()
                .rev()
                .find_map(|(_, bucket)| {
                    let of_month = bucket.sessions().filter(|session| wanted(session));
                    of_month.max_by_key(|session| (session.started_at, session.id))
                })
                .cloned()
        };
        let project = newest(&|session| session.project.is_some())
            .and_then(|session| session.project)
            .or_else(|| project_choices(book, today).first().map(|choice| choice.id));
        let activity = project.and_then(|id| book.project(id)).map_or(Activity::PaidWork, |known| known.usual_activity);
        let last_end = book
            .sessions_on(crate::domain::span::DayRange::day(today))
            .filter(|session| session.declared_secs.is_none())
            .filter_map(|session| session.ended_at)
            .filter(|ended| *ended <= now.at)
            .max();
        let started_at = last_end
            .filter(|ended| (now.at - *ended).num_minutes() > 0)
            .unwrap_or_else(|| now.at - TimeDelta::hours(1));
        let running = book.open_sessions().map(|session| session.started_at).filter(|at| *at > started_at).min();
        let base = Session {
            ended_at: Some(to_minute(running.unwrap_or(now.at))),
            project,
            activity,
            paid: activity.usually_paid(),
            ..Session::begun(SessionId(0), to_minute(started_at), now.zone)
        };
        Self::of(base, true, Style::of(book.settings()))
    }

    /// A new session with the times of a gap, on the clocks of a zone and on the work before it.
    #[must_use]
    pub fn fill(book: &Book, gap: &Gap, zone: Zone) -> Self {
        let project = book.session(gap.after).and_then(|before| before.project);
        let activity = project.and_then(|id| book.project(id)).map_or(Activity::PaidWork, |known| known.usual_activity);
        let base = Session {
            ended_at: Some(gap.interval.until),
            project,
            activity,
            paid: activity.usually_paid(),
            ..Session::begun(SessionId(0), gap.interval.from, zone)
        };
        Self::of(base, true, Style::of(book.settings()))
    }

    /// A new session like another one; what the platform said of that one is left out. One that runs ends now.
    #[must_use]
    pub fn like(session: &Session, now: Now, style: Style) -> Self {
        let ended = if session.is_open() { session.stopped(now.at.max(session.started_at)) } else { session.clone() };
        let mut like = Session { id: SessionId(0), credited_secs: None, ..ended };
        like.reported_at = None;
        Self::of(like, true, style)
    }

    /// An existing session.
    #[must_use]
    pub fn edit(session: &Session, style: Style) -> Self {
        Self::of(session.clone(), false, style)
    }

    fn of(base: Session, is_new: bool, style: Style) -> Self {
        let zone = base.zone;
        let day = base.started_at.with_timezone(&zone).date_naive();
        let ended = base.ended_at.filter(|_| base.declared_secs.is_none());
        let days_later = ended.map_or(0, |at| (at.with_timezone(&zone).date_naive() - day).num_days());
        let money = |price: crate::domain::money::Money| format!("{} {}", style.exact(price.amount), price.currency);
        let mut form = Self {
            is_new,
            style,
            project: base.project,
            activity: base.activity,
            paid: base.paid,
            activity_set: !is_new,
            paid_set: base.paid != base.activity.usually_paid(),
            hours_only: base.declared_secs.is_some(),
            day: style.date(day),
            start: if base.declared_secs.is_some() { String::new() } else { format::time(base.started_at, zone) },
            end: ended.map_or_else(String::new, |at| format::time(at, zone)),
            length: base
                .declared_secs
                .or_else(|| ended.map(|at| base.own_secs(at)))
                .map_or_else(String::new, format::hours),
            holds: Holds::End,
            days_later,
            days_computed: false,
            start_pass: None,
            end_pass: None,
            task_type: base.task_type.as_deref().unwrap_or_default().to_owned(),
            tasks: base.units().map_or_else(String::new, |units| style.exact(units)),
            credited: base.credited_secs.map_or_else(String::new, format::hours),
            price: base.own_price.map_or_else(String::new, money),
            note: base.note.clone(),
            opened: Opened::default(),
            base,
        };
        form.opened = Opened {
            day: form.day.clone(),
            start: form.start.clone(),
            end: form.end.clone(),
            days_later,
            credited: form.credited.clone(),
        };
        form
    }

    /// What is counted in the singular: "task", or the unit of the project's terms.
    #[must_use]
    pub fn unit<'b>(&self, book: &'b Book) -> &'b str {
        names::unit_of(book, self.project, book.day_of(&self.base))
    }

    /// The zone on whose clocks the times are.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.base.zone
    }

    /// Whether it is a timer that has no end: then it may be given one, and needs none.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.base.is_open()
    }

    /// The session that is edited; `None` for a new one.
    #[must_use]
    pub fn edited(&self) -> Option<SessionId> {
        (!self.is_new).then_some(self.base.id)
    }

    /// What the time went to.
    #[must_use]
    pub fn activity(&self) -> Activity {
        self.activity
    }

    /// Sets the activity; "paid" follows it until it was set by itself.
    pub fn set_activity(&mut self, activity: Activity) {
        self.activity = activity;
        self.activity_set = true;
        if !self.paid_set {
            self.paid = activity.usually_paid();
        }
    }

    /// Sets the project; the activity follows its usual one until it was set by itself.
    pub fn set_project(&mut self, book: &Book, project: Option<ProjectId>) {
        self.project = project;
        if let Some(known) = project.and_then(|id| book.project(id))
            && !self.activity_set
        {
            self.activity = known.usual_activity;
            if !self.paid_set {
                self.paid = known.usual_activity.usually_paid();
            }
        }
    }

    /// Whether it is paid.
    #[must_use]
    pub fn paid(&self) -> bool {
        self.paid
    }

    /// Says whether it is paid, whatever the activity.
    pub fn set_paid(&mut self, paid: bool) {
        self.paid = paid;
        self.paid_set = paid != self.activity.usually_paid();
    }

    /// Whether only hours are known.
    #[must_use]
    pub fn hours_only(&self) -> bool {
        self.hours_only
    }

    /// Leaves the clock times out, or asks for them again.
    pub fn set_hours_only(&mut self, hours_only: bool) {
        self.hours_only = hours_only;
        if !hours_only {
            self.holds = if self.end.trim().is_empty() { Holds::Length } else { Holds::End };
        }
    }

    /// How many days after the start it ends.
    #[must_use]
    pub fn days_later(&self) -> i64 {
        self.days_later
    }

    /// Says that it ends on the next day (or on a later one, where it did before), or on the same.
    pub fn set_ends_later(&mut self, later: bool) {
        self.days_later = if later { self.opened.days_later.max(1) } else { 0 };
        self.days_computed = false;
        self.holds = Holds::End;
    }

    /// To be called after the end was typed: it holds now.
    pub fn end_typed(&mut self) {
        self.holds = Holds::End;
        self.end_pass = None;
        if self.days_computed {
            // Where the length reached into the next day, an end before the start stays there; one after it does not
            // need that, and one that was on the same day is never moved without being asked.
            let times = (typed::time(&self.start), typed::time(&self.end));
            if !matches!(times, (Ok(start), Ok(end)) if end < start) {
                self.days_later = 0;
            }
        }
    }

    /// To be called after the length was typed: it holds now.
    pub fn length_typed(&mut self) {
        self.holds = Holds::Length;
        self.end_pass = None;
    }

    /// To be called after the start or the day was typed.
    pub fn start_typed(&mut self) {
        self.start_pass = None;
        if self.holds == Holds::End {
            self.end_pass = None;
        }
    }

    /// The currency of a price that names none: the platform's, else the home currency.
    #[must_use]
    pub fn currency(&self, book: &Book) -> Currency {
        book.platform_of(self.project).map_or(book.settings().home_currency, |platform| platform.currency)
    }
}

/// Seconds cut off: what is shown as 12:38 begins at 12:38.
fn to_minute(at: Timestamp) -> Timestamp {
    Timestamp::from_timestamp(at.timestamp().div_euclid(60) * 60, 0).unwrap_or(at)
}
