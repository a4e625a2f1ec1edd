//! Hours without clock times as they are typed: "last week", "22h", "$410".
//!
//! Drafts in, a declaration or the reasons beside the fields out. Pure: the plan of the command says what is refused.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::domain::book::Book;
use crate::domain::command::{self, Command, Declared, day_parts};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::refusal::Field;
use crate::domain::session::Activity;
use crate::domain::span::Now;
use crate::ui::format::{self, Style};
use crate::ui::typed;

/// The drafts.
#[derive(Debug, Clone)]
pub struct HoursForm {
    /// What it was for; `None` where it is to be named later.
    pub project: Option<ProjectId>,
    activity: Activity,
    activity_set: bool,
    /// The days.
    pub days: String,
    /// The hours over all days; a bare number is hours.
    pub hours: String,
    /// What they pay in all; may be empty.
    pub amount: String,
    /// The note; where it is empty, several days say what was typed for them.
    pub note: String,
}

/// What the drafts say.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// What is to be added; `None` while something is missing or does not fit.
    pub declared: Option<Declared>,
    /// What was understood of the days, or why not.
    pub days: Option<Result<String, String>>,
    /// The same of the hours.
    pub hours: Option<Result<String, String>>,
    /// The same of the amount.
    pub amount: Option<Result<String, String>>,
    /// Why the note does not fit.
    pub note: Option<String>,
    /// Why the whole does not fit.
    pub whole: Option<String>,
    /// The note that is written where none is typed.
    pub own_note: String,
    /// What comes of it: "3 h 08 m a day · $18.64/h".
    pub sum: String,
}

impl HoursForm {
    /// Last week, on the project worked on last.
    #[must_use]
    pub fn new(book: &Book, project: Option<ProjectId>) -> Self {
        let activity = project.and_then(|id| book.project(id)).map_or(Activity::PaidWork, |known| known.usual_activity);
        Self {
            project,
            activity,
            activity_set: false,
            days: "last week".to_owned(),
            hours: String::new(),
            amount: String::new(),
            note: String::new(),
        }
    }

    /// What the time went to.
    #[must_use]
    pub fn activity(&self) -> Activity {
        self.activity
    }

    /// Sets the activity.
    pub fn set_activity(&mut self, activity: Activity) {
        self.activity = activity;
        self.activity_set = true;
    }

    /// Sets the project; the activity follows its usual one until it was set by itself.
    pub fn set_project(&mut self, book: &Book, project: Option<ProjectId>) {
        self.project = project;
        if let Some(known) = project.and_then(|id| book.project(id)).filter(|_| !self.activity_set) {
            self.activity = known.usual_activity;
        }
    }

    /// The currency of an amount that names none: the platform's, else the home currency.
    #[must_use]
    pub fn currency(&self, book: &Book) -> Currency {
        book.platform_of(self.project).map_or(book.settings().home_currency, |platform| platform.currency)
    }

    /// Reads the drafts. `id_seed` names the new sessions.
    #[must_use]
    pub fn read(&self, book: &Book, now: Now, today: NaiveDate, id_seed: SessionId) -> Read {
        let mut read = Read::default();
        let days = filled(&self.days, |text| typed::days(text, today, book.settings().week_start));
        let style = Style::of(book.settings());
        let secs = filled(&self.hours, |text| hours(text, style));
        let currency = self.currency(book);
        let amount = filled(&self.amount, |text| style.reader().money(text, currency));
        read.days = told(days.as_ref(), |days| style.days(*days, today));
        read.hours = told(secs.as_ref(), |secs| format::hours(*secs));
        read.amount = told(amount.as_ref(), |amount| style.money(*amount));
        let (Some(Ok(days)), Some(Ok(secs)), None | Some(Ok(_))) = (&days, &secs, &amount) else { return read };
        let (days, secs, amount) = (*days, *secs, amount.and_then(Result::ok));
        if days.first != days.last {
            read.own_note = format!("{} over {}", format::hours(secs), style.days(days, today));
        }
        let typed_note = self.note.trim();
        let note = if typed_note.is_empty() { read.own_note.clone() } else { typed_note.to_owned() };
        let declared = Declared { id_seed, project: self.project, activity: self.activity, days, secs, amount, note };
        match command::plan(book, &Command::DeclareHours(Box::new(declared.clone())), now) {
            Ok(_) => {
                read.sum = sum(&declared, style);
                read.declared = Some(declared);
            }
            Err(refused) => read.refuse(refused.field, refused.to_string()),
        }
        read
    }
}

impl Read {
    /// Puts a refusal beside its field.
    pub fn refuse(&mut self, field: Field, reason: String) {
        match field {
            Field::Day => self.days = Some(Err(reason)),
            Field::End => self.hours = Some(Err(reason)),
            Field::Amount | Field::Rate => self.amount = Some(Err(reason)),
            Field::Note => self.note = Some(reason),
            Field::Name
            | Field::Start
            | Field::Advertised
            | Field::Cap
            | Field::Milestones
            | Field::Missions
            | Field::Unit
            | Field::Tasks
            | Field::Credited
            | Field::Percent
            | Field::Rule
            | Field::Place
            | Field::Difference
            | Field::Fee
            | Field::Settles
            | Field::Covers
            | Field::States
            | Field::Whole => self.whole = Some(reason),
        }
    }
}

/// A bare number is hours here: nobody declares 22 minutes of a week.
fn hours(text: &str, style: Style) -> Result<i64, typed::Unreadable> {
    match style.reader().decimal(text) {
        Ok(hours) => (hours * Decimal::from(3600)).round().to_i64().ok_or(typed::Unreadable::TooLong),
        Err(_) => typed::duration(text),
    }
}

fn filled<T>(
    draft: &str,
    parse: impl FnOnce(&str) -> Result<T, typed::Unreadable>,
) -> Option<Result<T, typed::Unreadable>> {
    (!draft.trim().is_empty()).then(|| parse(draft))
}

fn told<T>(
    read: Option<&Result<T, typed::Unreadable>>,
    words: impl FnOnce(&T) -> String,
) -> Option<Result<String, String>> {
    Some(match read? {
        Ok(value) => Ok(words(value)),
        Err(reason) => Err(reason.to_string()),
    })
}

/// "3 h 08 m a day · $410.00 · $18.64/h".
fn sum(declared: &Declared, style: Style) -> String {
    let mut parts = Vec::new();
    let days = day_parts(declared.days, declared.secs, None);
    match days.as_slice() {
        [_] => parts.push(format::hours(declared.secs)),
        _ => parts.extend(days.last().map(|(secs, _)| format!("about {} a day", format::hours(*secs)))),
    }
    if let Some(Money { amount, currency }) = declared.amount {
        parts.push(style.money(Money::new(amount, currency)));
        let per_hour =
            amount.checked_mul(Decimal::from(3600)).and_then(|m| m.checked_div(Decimal::from(declared.secs)));
        parts.extend(per_hour.map(|rate| style.rate(rate, currency)));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::work::testkit::{Kit, at, day, usd};
    use crate::domain::span::DayRange;

    fn read(shape: impl FnOnce(&mut HoursForm)) -> Read {
        let book = Kit::new().book;
        let mut form = HoursForm::new(&book, Some(ProjectId(1)));
        shape(&mut form);
        let now = Now { at: at("2026-11-27T10:00:00Z"), zone: chrono_tz::UTC };
        form.read(&book, now, day("2026-11-27"), SessionId(1))
    }

    #[test]
    fn last_week_22_hours_410_dollars() {
        let read = read(|form| {
            form.hours = "22".into();
            form.amount = "410".into();
        });
        let declared = read.declared.expect("it fits");
        assert_eq!(declared.days, DayRange::new(day("2026-11-16"), day("2026-11-22")));
        assert_eq!((declared.secs, declared.amount), (22 * 3600, Some(usd("410"))));
        assert_eq!(declared.note, "22 h over Mon 16 – Sun 22 Nov");
        assert_eq!(read.days, Some(Ok("Mon 16 – Sun 22 Nov".into())));
        assert_eq!(read.sum, "about 3 h 08 m a day · $410.00 · $18.64/h");
    }

    #[test]
    fn lengths_are_read_as_everywhere_and_one_day_has_no_note_of_its_own() {
        let read = read(|form| {
            form.days = "yesterday".into();
            form.hours = "6h 30m".into();
        });
        let declared = read.declared.expect("it fits");
        assert_eq!((declared.secs, declared.note.as_str()), (23_400, ""));
        assert_eq!(read.sum, "6 h 30 m");
        let noted = self::read(|form| {
            form.hours = "7:30".into();
            form.note = " from the dashboard ".into();
        });
        assert_eq!(noted.declared.map(|declared| declared.note).as_deref(), Some("from the dashboard"));
    }

    #[test]
    fn what_does_not_fit_is_said_at_its_field() {
        let reason = |of: &Option<Result<String, String>>| of.clone().and_then(Result::err);
        let nothing = read(|_| {});
        assert!(nothing.declared.is_none() && nothing.hours.is_none(), "asked for, not complained about");
        let future = read(|form| {
            form.days = "this week".into();
            form.hours = "10".into();
        });
        assert_eq!(reason(&future.days).as_deref(), Some("Lies in the future: today is Fri 27 Nov 2026"));
        let long = read(|form| form.hours = "200".into());
        assert_eq!(reason(&long.hours).as_deref(), Some("More than 24 hours a day"));
        let odd = read(|form| {
            form.days = "soon".into();
            form.hours = "5".into();
            form.amount = "lots".into();
        });
        assert!(reason(&odd.days).is_some() && reason(&odd.amount).is_some() && odd.declared.is_none());
    }
}
