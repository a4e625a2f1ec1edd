//! A session as it is typed: drafts in, a whole session or the reasons beside the fields out.
//!
//! Start, end and length stand for each other: what was typed last holds, the other is computed. Times are on the
//! clocks of the session's zone; one that the clocks skip is refused, one that comes twice is asked back. What was
//! not typed anew keeps its seconds. Pure: the plan of the command itself says what is refused.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::Currency;
use crate::domain::query::value;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::session::{Activity, Pause, Session, SessionState};
use crate::domain::span::{Now, Timestamp, WallClock, Zone, day_plus, instant_at, wall_clock};
use crate::ui::{format, typed};

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

/// The drafts of a session.
#[derive(Debug, Clone)]
pub struct SessionForm {
    base: Session,
    is_new: bool,
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
    /// Whether the start comes twice on its day, and which pass is taken.
    pub start_twice: Option<Option<Pass>>,
    /// Whether the end comes twice on its day, and which pass is taken.
    pub end_twice: Option<Option<Pass>>,
    /// What comes of it: "1 h 48 m · $45.00".
    pub sum: String,
}

/// A clock time found on its day.
struct Found {
    at: Option<Timestamp>,
    twice: Option<Option<Pass>>,
    refusal: Option<Refusal>,
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
        let project = newest(&|session| session.project.is_some()).and_then(|session| session.project);
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
            id: SessionId(0),
            started_at: to_minute(started_at),
            ended_at: Some(to_minute(running.unwrap_or(now.at))),
            zone: now.zone,
            pauses: Vec::new(),
            declared_secs: None,
            project,
            activity,
            paid: activity.usually_paid(),
            task_type: None,
            tasks: None,
            own_price: None,
            credited_secs: None,
            reported_at: None,
            note: String::new(),
        };
        Self::of(base, true)
    }

    /// An existing session.
    #[must_use]
    pub fn edit(session: &Session) -> Self {
        Self::of(session.clone(), false)
    }

    fn of(base: Session, is_new: bool) -> Self {
        let zone = base.zone;
        let day = base.started_at.with_timezone(&zone).date_naive();
        let ended = base.ended_at.filter(|_| base.declared_secs.is_none());
        let days_later = ended.map_or(0, |at| (at.with_timezone(&zone).date_naive() - day).num_days());
        let money = |price: crate::domain::money::Money| format!("{} {}", price.amount.normalize(), price.currency);
        let mut form = Self {
            is_new,
            project: base.project,
            activity: base.activity,
            paid: base.paid,
            activity_set: !is_new,
            paid_set: base.paid != base.activity.usually_paid(),
            hours_only: base.declared_secs.is_some(),
            day: day.format("%-d %b %Y").to_string(),
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
            task_type: base.task_type.clone().unwrap_or_default(),
            tasks: base.tasks.map_or_else(String::new, |tasks| tasks.to_string()),
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
            // The typed length reached into the next day; an end after the start does not need that any more.
            let times = (typed::time(&self.start), typed::time(&self.end));
            self.days_later = i64::from(matches!(times, (Ok(start), Ok(end)) if end < start));
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

    /// Reads the drafts, and writes the computed one of end and length. `id` names a new session.
    pub fn read(&mut self, book: &Book, now: Now, today: NaiveDate, id: SessionId) -> Read {
        let mut read = Read::default();
        let mut session = self.base.clone();
        if self.is_new {
            session.id = id;
        }
        session.project = self.project;
        session.activity = self.activity;
        session.paid = self.paid;
        session.note.clone_from(&self.note);
        session.task_type = Some(self.task_type.trim().to_owned()).filter(|text| !text.is_empty());
        let mut whole = self.read_figures(book, &mut session, &mut read);
        whole &= self.read_times(&mut session, today, &mut read);
        if !whole || !read.reasons.is_empty() {
            return read;
        }
        let command = if self.is_new {
            Command::AddSession(Box::new(session.clone()))
        } else {
            Command::EditSession(Box::new(session.clone()))
        };
        match command::plan(book, &command, now) {
            Ok(_) => {
                read.sum = self.sum(book, &session, now);
                read.session = Some(session);
            }
            Err(refused) => {
                read.reasons.insert(self.part_of(&refused), refused.to_string());
            }
        }
        read
    }

    /// The field that a refusal belongs to.
    #[must_use]
    pub fn part_of(&self, refused: &Refused) -> Part {
        match refused.field {
            Field::Start if self.hours_only => Part::Day,
            Field::Start => Part::Start,
            Field::End if self.hours_only || self.holds == Holds::Length => Part::Length,
            Field::End => Part::End,
            Field::Day => Part::Day,
            Field::Note => Part::Note,
            Field::Tasks => Part::Tasks,
            Field::Credited => Part::Credited,
            Field::Rate | Field::Amount => Part::Price,
            Field::Name => Part::TaskType,
            Field::Advertised | Field::Percent | Field::Rule | Field::Difference | Field::Whole => Part::Whole,
        }
    }

    /// Tasks, credited time and price; false where one does not fit.
    fn read_figures(&self, book: &Book, session: &mut Session, read: &mut Read) -> bool {
        session.tasks = filled(&self.tasks, typed::count, Part::Tasks, read);
        session.credited_secs = if self.credited == self.opened.credited {
            self.base.credited_secs
        } else {
            let credited = filled(&self.credited, typed::duration, Part::Credited, read);
            if let Some(secs) = credited {
                read.notes.insert(Part::Credited, format::hours(secs));
            }
            credited
        };
        let currency = self.currency(book);
        session.own_price = filled(&self.price, |text| typed::money(text, currency), Part::Price, read);
        if let Some(price) = session.own_price {
            read.notes.insert(Part::Price, format::money(price));
        }
        read.reasons.is_empty()
    }

    /// The currency of a price that names none: the platform's, else the home currency.
    #[must_use]
    pub fn currency(&self, book: &Book) -> Currency {
        book.platform_of(self.project).map_or(book.settings().home_currency, |platform| platform.currency)
    }

    /// Day, start, end, length; false where one is missing or does not fit.
    fn read_times(&mut self, session: &mut Session, today: NaiveDate, read: &mut Read) -> bool {
        let day = match typed::date(&self.day, today) {
            Ok(day) => day,
            Err(reason) => {
                read.reasons.insert(Part::Day, reason.to_string());
                return false;
            }
        };
        read.notes.insert(Part::Day, format::day_in_full(day, today));
        if self.hours_only {
            return self.read_hours_only(session, day, read);
        }
        let Some(started_at) = self.read_start(day, read) else { return false };
        self.set_start(session, started_at);
        // While one doesn't fit, the other has nothing to follow and stands empty.
        match self.holds {
            Holds::End => {
                let fits = self.read_end(session, day, read);
                if !fits {
                    self.length.clear();
                }
                fits
            }
            Holds::Length => {
                let fits = self.read_length(session, day, read);
                if !fits {
                    self.end.clear();
                }
                fits
            }
        }
    }

    fn read_hours_only(&mut self, session: &mut Session, day: NaiveDate, read: &mut Read) -> bool {
        let Some(secs) = asked(&self.length, typed::duration, Part::Length, read) else { return false };
        read.notes.insert(Part::Length, format::hours(secs));
        let same = self.base.declared_secs.is_some() && self.day == self.opened.day;
        if !same {
            // The clock times of such a session only say on which day it was. Midnight is never in the future.
            session.started_at = instant_at(day, NaiveTime::MIN, self.base.zone);
            session.ended_at = Some(session.started_at);
        }
        session.pauses.clear();
        let unchanged = same && self.base.declared_secs.map(format::hours).as_deref() == Some(self.length.trim());
        session.declared_secs = if unchanged { self.base.declared_secs } else { Some(secs) };
        true
    }

    fn read_start(&self, day: NaiveDate, read: &mut Read) -> Option<Timestamp> {
        let unchanged = self.start == self.opened.start && self.day == self.opened.day && self.start_pass.is_none();
        if unchanged && self.base.declared_secs.is_none() {
            read.notes.insert(Part::Start, format::time(self.base.started_at, self.base.zone));
            return Some(self.base.started_at);
        }
        let time = asked(&self.start, typed::time, Part::Start, read)?;
        read.notes.insert(Part::Start, time.format("%H:%M").to_string());
        let found = find(day, time, self.base.zone, self.start_pass, None);
        read.start_twice = found.twice;
        if let Some(refusal) = found.refusal {
            read.reasons.insert(Part::Start, refusal.to_string());
        }
        found.at
    }

    /// Moves the start. Pauses stay where they are on the clock; the plan refuses those that fall outside.
    fn set_start(&self, session: &mut Session, started_at: Timestamp) {
        session.started_at = started_at;
        session.declared_secs = None;
        if self.base.declared_secs.is_some() {
            session.pauses.clear();
        }
    }

    fn read_end(&mut self, session: &mut Session, day: NaiveDate, read: &mut Read) -> bool {
        if self.is_open() && self.end.trim().is_empty() {
            self.length.clear();
            return true;
        }
        let same_end = self.end == self.opened.end
            && self.day == self.opened.day
            && self.days_later == self.opened.days_later
            && self.end_pass.is_none();
        let ended_at = match self.base.ended_at {
            Some(ended_at) if same_end && self.base.declared_secs.is_none() => ended_at,
            _ => {
                let Some(time) = asked(&self.end, typed::time, Part::End, read) else { return false };
                let end_day = day_plus(day, self.days_later);
                let found = find(end_day, time, self.base.zone, self.end_pass, Some(session.started_at));
                read.end_twice = found.twice;
                if let Some(refusal) = found.refusal {
                    read.reasons.insert(Part::End, refusal.to_string());
                }
                let Some(ended_at) = found.at else { return false };
                ended_at
            }
        };
        if ended_at < session.started_at {
            let refusal = Refusal::EndsBeforeStart { started_at: session.started_at, ended_at, zone: self.base.zone };
            read.reasons.insert(Part::End, refusal.to_string());
            return false;
        }
        self.set_end(session, ended_at);
        let own = session.own_secs(ended_at);
        if own <= 0 && (self.is_new || !same_end || self.start != self.opened.start) {
            read.reasons.insert(Part::End, Refusal::NoTime.to_string());
            return false;
        }
        self.length = format::hours(own);
        let words = span_words(own, ended_at, day, self.base.zone);
        read.notes.insert(Part::Length, words.clone());
        read.notes.insert(Part::End, words);
        true
    }

    fn read_length(&mut self, session: &mut Session, day: NaiveDate, read: &mut Read) -> bool {
        if self.is_open() && self.length.trim().is_empty() {
            self.end.clear();
            return true;
        }
        let Some(secs) = asked(&self.length, typed::duration, Part::Length, read) else { return false };
        let paused: i64 =
            session.pauses.iter().filter_map(|pause| pause.until.map(|until| (until - pause.from).num_seconds())).sum();
        let Some(ended_at) = TimeDelta::try_seconds(secs.saturating_add(paused))
            .and_then(|length| session.started_at.checked_add_signed(length))
        else {
            read.reasons.insert(Part::Length, typed::Unreadable::TooLong.to_string());
            return false;
        };
        self.set_end(session, ended_at);
        let local = ended_at.with_timezone(&self.base.zone);
        self.end = local.format("%H:%M").to_string();
        self.days_later = (local.date_naive() - day).num_days();
        self.days_computed = true;
        let words = span_words(secs, ended_at, day, self.base.zone);
        read.notes.insert(Part::Length, words.clone());
        read.notes.insert(Part::End, words);
        if secs <= 0 {
            read.reasons.insert(Part::Length, Refusal::NoTime.to_string());
        }
        secs > 0
    }

    /// Sets the end; a pause that lasts ends with it, or is dropped where it began after it.
    fn set_end(&self, session: &mut Session, ended_at: Timestamp) {
        if self.base.state() == SessionState::Paused
            && let Some(open) = session.pauses.pop()
            && open.from <= ended_at
        {
            session.pauses.push(Pause { until: Some(ended_at), ..open });
        }
        session.ended_at = Some(ended_at);
    }

    fn sum(&self, book: &Book, session: &Session, now: Now) -> String {
        let own = format::hours(session.own_secs(now.at));
        match value::credited(book, session, now.at) {
            Ok(priced) => format!("{own} · {}", format::money(priced.money)),
            Err(why) => format!("{own} · {}", super::states::no_value(why)),
        }
    }
}

/// Seconds cut off: what is shown as 12:38 begins at 12:38.
fn to_minute(at: Timestamp) -> Timestamp {
    Timestamp::from_timestamp(at.timestamp().div_euclid(60) * 60, 0).unwrap_or(at)
}

/// A field that may be empty.
fn filled<T>(
    draft: &str,
    parse: impl Fn(&str) -> Result<T, typed::Unreadable>,
    part: Part,
    read: &mut Read,
) -> Option<T> {
    if draft.trim().is_empty() {
        return None;
    }
    parse(draft).map_err(|reason| read.reasons.insert(part, reason.to_string())).ok()
}

/// A field that must be filled. While nothing is typed it is asked for, not complained about.
fn asked<T>(
    draft: &str,
    parse: impl Fn(&str) -> Result<T, typed::Unreadable>,
    part: Part,
    read: &mut Read,
) -> Option<T> {
    if draft.trim().is_empty() {
        let words = match part {
            Part::End | Part::Length => "An end or a length",
            _ => "Needed",
        };
        read.notes.insert(part, words.to_owned());
        return None;
    }
    filled(draft, parse, part, read)
}

/// The instant of a clock time. Of one that comes twice the chosen pass, or the only one that is not before `after`.
fn find(day: NaiveDate, time: NaiveTime, zone: Zone, pass: Option<Pass>, after: Option<Timestamp>) -> Found {
    match wall_clock(day, time, zone) {
        WallClock::Once(at) => Found { at: Some(at), twice: None, refusal: None },
        WallClock::Skipped => Found { at: None, twice: None, refusal: Some(Refusal::TimeSkipped { day, time }) },
        WallClock::Twice { earlier, later } => {
            let only_later = after.is_some_and(|after| earlier < after && after <= later);
            let pass = pass.or(only_later.then_some(Pass::Second));
            Found {
                at: pass.map(|pass| if pass == Pass::First { earlier } else { later }),
                twice: Some(pass),
                refusal: pass.is_none().then_some(Refusal::TimeTwice { day, time }),
            }
        }
    }
}

/// "1 h 48 m, ends 11:02", "8 h, ends 06:00 on Mon 23 Nov".
fn span_words(own: i64, ended_at: Timestamp, day: NaiveDate, zone: Zone) -> String {
    let local = ended_at.with_timezone(&zone);
    let on = if local.date_naive() == day { String::new() } else { local.format(" on %a %-d %b").to_string() };
    format!("{}, ends {}{on}", format::hours(own), local.format("%H:%M"))
}

#[cfg(test)]
#[path = "session_form_tests.rs"]
mod tests;
