//! Reading the drafts: each field by itself, then the whole through the plan of its command.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use nonmax::NonMaxU32;

use super::{Holds, Part, Pass, Read, SessionForm, Twice};
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::ids::SessionId;
use crate::domain::query::value;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::session::{Pause, Session, SessionState};
use crate::domain::span::{Now, Timestamp, WallClock, Zone, day_plus, wall_clock};
use crate::ui::format;
use crate::ui::typed;

/// A clock time found on its day.
struct Found {
    at: Option<Timestamp>,
    twice: Twice,
    refusal: Option<Refusal>,
}

impl SessionForm {
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
        session.task_type = Some(self.task_type.trim()).filter(|text| !text.is_empty()).map(Into::into);
        let mut whole = self.read_figures(book, &mut session, &mut read);
        whole &= self.read_times(book, &mut session, now, today, &mut read);
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
            Field::Advertised
            | Field::Cap
            | Field::Milestones
            | Field::Missions
            | Field::Unit
            | Field::Percent
            | Field::Rule
            | Field::Place
            | Field::Difference
            | Field::Fee
            | Field::Settles
            | Field::Covers
            | Field::States
            | Field::Whole => Part::Whole,
        }
    }

    /// Tasks, credited time and price; false where one does not fit.
    fn read_figures(&self, book: &Book, session: &mut Session, read: &mut Read) -> bool {
        let style = self.style;
        if self.unit(book) == "task" {
            session.tasks =
                filled(&self.tasks, |text| style.reader().count(text), Part::Tasks, read).and_then(NonMaxU32::new);
        } else {
            let units = filled(&self.tasks, |text| style.reader().decimal(text), Part::Tasks, read);
            if session.set_units(units).is_none() {
                read.reasons.insert(Part::Tasks, "A count such as 12 or 12.5, please".to_owned());
            }
        }
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
        session.own_price = filled(&self.price, |text| style.reader().money(text, currency), Part::Price, read);
        if let Some(price) = session.own_price {
            read.notes.insert(Part::Price, style.money(price));
        }
        read.reasons.is_empty()
    }

    /// Day, start, end, length; false where one is missing or does not fit.
    fn read_times(&mut self, book: &Book, session: &mut Session, now: Now, today: NaiveDate, read: &mut Read) -> bool {
        let day = match typed::date(&self.day, today) {
            Ok(day) => day,
            Err(reason) => {
                read.reasons.insert(Part::Day, reason.to_string());
                return false;
            }
        };
        read.notes.insert(Part::Day, self.style.day_in_full(day, today));
        if self.hours_only {
            return self.read_hours_only(book, session, day, now, read);
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

    fn read_hours_only(&self, book: &Book, session: &mut Session, day: NaiveDate, now: Now, read: &mut Read) -> bool {
        let Some(secs) = asked(&self.length, typed::duration, Part::Length, read) else { return false };
        read.notes.insert(Part::Length, format::hours(secs));
        let same = self.base.declared_secs.is_some() && self.day == self.opened.day;
        if !same {
            // The clock times of such a session only say on which day it was.
            let day_start = book.settings().day_start_minutes;
            session.started_at = Session::declared_at(day, self.base.zone, day_start, now.at);
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
        let words = self.span_words(own, ended_at, day);
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
        let words = self.span_words(secs, ended_at, day);
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

    /// "1 h 48 m, ends 11:02", "8 h, ends 06:00 on Mon 23 Nov".
    fn span_words(&self, own: i64, ended_at: Timestamp, day: NaiveDate) -> String {
        let local = ended_at.with_timezone(&self.base.zone);
        let end_day = local.date_naive();
        let on = if end_day == day { String::new() } else { format!(" on {}", self.style.day(end_day, day)) };
        format!("{}, ends {}{on}", format::hours(own), local.format("%H:%M"))
    }

    fn sum(&self, book: &Book, session: &Session, now: Now) -> String {
        let own = format::hours(session.own_secs(now.at));
        match value::credited(book, session, now.at) {
            Ok(priced) => format!("{own} · {}", self.style.money(priced.money)),
            Err(why) => format!("{own} · {}", crate::ui::view::states::no_value(why)),
        }
    }
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
            Part::Day
            | Part::Start
            | Part::TaskType
            | Part::Tasks
            | Part::Credited
            | Part::Price
            | Part::Note
            | Part::Whole => "Needed",
        };
        read.notes.insert(part, words.to_owned());
        return None;
    }
    filled(draft, parse, part, read)
}

/// The instant of a clock time. Of one that comes twice the chosen pass, or the only one that is not before `after`.
fn find(day: NaiveDate, time: NaiveTime, zone: Zone, pass: Option<Pass>, after: Option<Timestamp>) -> Found {
    match wall_clock(day, time, zone) {
        WallClock::Once(at) => Found { at: Some(at), twice: Twice::No, refusal: None },
        WallClock::Skipped => Found { at: None, twice: Twice::No, refusal: Some(Refusal::TimeSkipped { day, time }) },
        WallClock::Twice { earlier, later } => {
            let only_later = after.is_some_and(|after| earlier < after && after <= later);
            let pass = pass.or(only_later.then_some(Pass::Second));
            Found {
                at: pass.map(|pass| if pass == Pass::First { earlier } else { later }),
                twice: pass.map_or(Twice::Ask, Twice::Taken),
                refusal: pass.is_none().then_some(Refusal::TimeTwice { day, time }),
            }
        }
    }
}
