//! The Sessions view: days with their totals, sessions under them, newest first; and the totals of all that is shown.
//!
//! Hours, earned and rate of a row use the same work. What is missing is said, never shown as nothing. Earnings that
//! stand behind a day's figure without a session (a bonus) are rows too, so that every figure opens to its rows.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::filter::SessionFilter;
use super::names::{self, Mark};
use crate::domain::book::Book;
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{EarningId, PlatformId, SessionId};
use crate::domain::money::Money;
use crate::domain::query::hours::{Period, Selection, day_totals};
use crate::domain::query::overlaps::overlaps;
use crate::domain::query::rates::{self, Rates, Row as WorkOf, Step, TOO_LITTLE_SECS, WorkRow, row_of};
use crate::domain::query::work::Work;
use crate::domain::session::{Activity, Session};
use crate::domain::span::{DayRange, Now, day_plus};
use crate::ui::format;

pub use rows::time_words;

/// The periods on offer; *today* is left out, it is the first head of all the others.
pub const PERIODS: [Period; 6] =
    [Period::ThisWeek, Period::Last4Weeks, Period::ThisMonth, Period::LastMonth, Period::ThisYear, Period::All];

/// Which sessions are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The period, unless a filter brings its own days.
    pub period: Period,
    /// Only this platform.
    pub platform: Option<PlatformId>,
    /// Only this activity.
    pub activity: Option<Activity>,
    /// What another screen asked for.
    pub filter: Option<SessionFilter>,
}

/// The last four weeks: the newest days are in it, also on the first of a month.
impl Default for Look {
    fn default() -> Self {
        Self { period: Period::Last4Weeks, platform: None, activity: None, filter: None }
    }
}

impl Look {
    /// The days that are shown: those of the filter where it has some. Named sessions are shown whenever they were.
    #[must_use]
    pub fn days(&self, book: &Book, today: NaiveDate) -> DayRange {
        match &self.filter {
            Some(SessionFilter { days: Some(days), .. }) => *days,
            Some(SessionFilter { sessions: Some(_), .. }) => DayRange::all(),
            _ => self.period.days(today, book.settings().week_start),
        }
    }

    fn selection(&self, book: &Book, today: NaiveDate) -> Selection {
        let mut selection = Selection::period(self.days(book, today));
        let of_filter = self.filter.as_ref().and_then(|filter| filter.platform);
        selection.platforms = match (self.platform, of_filter) {
            // Both hold: two different platforms share no work.
            (Some(chosen), Some(filtered)) if chosen != filtered => Some(BTreeSet::new()),
            (chosen, filtered) => chosen.or(filtered).map(|platform| BTreeSet::from([platform])),
        };
        if let Some(project) = self.filter.as_ref().and_then(|filter| filter.project) {
            selection = selection.project(project);
        }
        if let Some(activity) = self.activity {
            selection = selection.activity(activity);
        }
        selection
    }
}

/// The finished view.
#[derive(Debug, Clone, Default)]
pub struct SessionsView {
    /// Day heads, each with its rows after it.
    pub lines: Vec<Line>,
    /// The totals of what is shown.
    pub totals: Totals,
    /// Whether nothing at all was recorded yet.
    pub nothing_recorded: bool,
}

/// One row of the list.
#[derive(Debug, Clone)]
pub enum Line {
    /// A day with its totals.
    Day(DayHead),
    /// A session.
    Session(Box<SessionRow>),
    /// An earning that no session stands behind.
    Earning(EarningRow),
}

/// A day with its totals.
#[derive(Debug, Clone)]
pub struct DayHead {
    /// The day.
    pub day: NaiveDate,
    /// "Sunday 22 November".
    pub title: String,
    /// Own time, earned and rate.
    pub totals: Totals,
}

/// Own time, earned and rate of some work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// "312 sessions".
    pub sessions: String,
    /// "3 h 20 m".
    pub own: String,
    /// "$59.29"; "–" where an exchange rate is missing.
    pub earned: String,
    /// "$17.76/h"; empty where there is none.
    pub rate: String,
    /// Whether the rate is from under an hour, and stands back.
    pub too_little: bool,
    /// What is missing or not settled; empty where all is said.
    pub note: String,
}

/// A session as a row.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// The session.
    pub session: Arc<Session>,
    /// The user's day.
    pub day: NaiveDate,
    /// "Aloe, paid work, Sun 22 Nov, 09:14 – 11:02": read aloud and found by tests.
    pub name: String,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name; empty where the project is not named.
    pub platform: String,
    /// "Aloe", or that it is not named yet.
    pub project: String,
    /// "paid work".
    pub activity: String,
    /// "11:10 – 12:00", "12:38 –", "hours only".
    pub time: String,
    /// What the time doesn't say: another zone, another day of the end; the note. May be empty.
    pub more: String,
    /// "50 m".
    pub own: String,
    /// "1 h 40 m", "–".
    pub credited: String,
    /// Whether the credited time differs from the own time by a minute or more.
    pub credited_differs: bool,
    /// "$41.67", "~ $17.62", "unpaid", "–".
    pub value: String,
    /// Whether the value is a figure.
    pub has_value: bool,
    /// "in review", "running"; empty where the value says it.
    pub state: &'static str,
    /// Which session it overlaps; `None` where none.
    pub overlaps: Option<String>,
}

impl SessionRow {
    /// The session's id.
    #[must_use]
    pub fn id(&self) -> SessionId {
        self.session.id
    }
}

/// An earning as a row.
#[derive(Debug, Clone)]
pub struct EarningRow {
    /// Its id.
    pub id: EarningId,
    /// Read aloud.
    pub name: String,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name.
    pub platform: String,
    /// The project or platform.
    pub project: String,
    /// "bonus".
    pub kind: &'static str,
    /// "$20.00".
    pub value: String,
    /// "approved".
    pub state: &'static str,
}

/// The name of a period.
#[must_use]
pub fn period(period: Period) -> &'static str {
    if period == Period::All { "All" } else { names::period(period) }
}

impl SessionsView {
    /// The view of a look at an instant.
    #[must_use]
    pub fn of(book: &Book, work: &Work, look: &Look, now: Now, today: NaiveDate) -> Self {
        let named = look.filter.as_ref().and_then(|filter| filter.sessions.as_ref());
        let selection = look.selection(book, today);
        let (rows, day_sums, sum) = if let Some(ids) = named {
            by_name(work, look, selection.days, ids, now)
        } else {
            let days = day_totals(work, &selection, now.at);
            let sums = days.iter().map(|day| (day.day, Sum::of(&day.rates))).collect();
            let all = Sum::of(&rates::rates(work, &selection, now.at));
            (rates::rows(work, &selection, now.at), sums, all)
        };
        let flagged = flagged(book, &rows, now);
        let mut lines = Vec::with_capacity(rows.len() + day_sums.len());
        let mut head = None;
        for row in &rows {
            if head != Some(row.day) {
                head = Some(row.day);
                let totals = day_sums.get(&row.day).map(|sum| sum.totals(work)).unwrap_or_default();
                lines.push(Line::Day(DayHead { day: row.day, title: format::day_in_full(row.day, today), totals }));
            }
            lines.push(rows::line(book, row, &flagged, now, today));
        }
        Self { lines, totals: sum.totals(work), nothing_recorded: book.sessions().next().is_none() }
    }

    /// The line of a session.
    #[must_use]
    pub fn line_of(&self, id: SessionId) -> Option<usize> {
        self.lines.iter().position(|line| matches!(line, Line::Session(row) if row.id() == id))
    }

    /// The row of a session.
    #[must_use]
    pub fn row(&self, id: SessionId) -> Option<&SessionRow> {
        self.sessions().find(|row| row.id() == id)
    }

    /// The sessions, newest first.
    pub fn sessions(&self) -> impl DoubleEndedIterator<Item = &SessionRow> {
        self.lines.iter().filter_map(|line| match line {
            Line::Session(row) => Some(&**row),
            Line::Day(_) | Line::Earning(_) => None,
        })
    }

    /// The sessions from one line to another, both included, in either order.
    pub fn sessions_between(&self, from: usize, to: usize) -> impl Iterator<Item = &SessionRow> {
        let lines = self.lines.get(from.min(to)..=from.max(to)).unwrap_or_default();
        lines.iter().filter_map(|line| match line {
            Line::Session(row) => Some(&**row),
            Line::Day(_) | Line::Earning(_) => None,
        })
    }

    /// The newest day that is shown.
    #[must_use]
    pub fn newest_day(&self) -> Option<NaiveDate> {
        self.lines.iter().find_map(|line| match line {
            Line::Day(head) => Some(head.day),
            Line::Session(_) | Line::Earning(_) => None,
        })
    }
}

/// The rows of named sessions with their sums; each counts fully, whatever ran beside it.
fn by_name(
    work: &Work,
    look: &Look,
    days: DayRange,
    ids: &BTreeSet<SessionId>,
    now: Now,
) -> (Vec<WorkRow>, BTreeMap<NaiveDate, Sum>, Sum) {
    let fits = |row: &WorkRow| {
        let activity = match &row.row {
            WorkOf::Session(session) => Some(session.activity),
            WorkOf::Earning(_) => None,
        };
        days.contains(row.day)
            && look.platform.is_none_or(|wanted| row.platform == Some(wanted))
            && look.activity.is_none_or(|wanted| activity == Some(wanted))
    };
    let mut rows: Vec<WorkRow> = ids.iter().filter_map(|id| row_of(work, *id, now.at)).filter(fits).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.day, start_of(row))));
    let mut sums: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
    let mut all = Sum::default();
    for row in &rows {
        sums.entry(row.day).or_default().add(row);
        all.add(row);
    }
    (rows, sums, all)
}

fn start_of(row: &WorkRow) -> Option<crate::domain::span::Timestamp> {
    match &row.row {
        WorkOf::Session(session) => Some(session.started_at),
        WorkOf::Earning(_) => None,
    }
}

/// Each session of the rows that overlaps another one, with that other one. Others are looked for a few days around.
fn flagged(book: &Book, rows: &[WorkRow], now: Now) -> BTreeMap<SessionId, SessionId> {
    let days = rows.iter().map(|row| row.day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return BTreeMap::new() };
    // A session lasts three days at most.
    let around = DayRange::new(day_plus(first, -4), day_plus(last, 4));
    overlaps(book.sessions_on(around), now.at)
}

/// Sums of some work, before they are written.
#[derive(Debug, Clone, Default)]
struct Sum {
    sessions: usize,
    own_secs: i64,
    earned: Decimal,
    unsettled: Decimal,
    missing: Vec<MissingRate>,
}

impl Sum {
    fn of(rates: &Rates) -> Self {
        Self {
            sessions: rates.sessions,
            own_secs: rates.hours.own_secs,
            earned: rates.received,
            unsettled: rates.unsettled,
            missing: rates.missing_for(Step::Received).collect(),
        }
    }

    fn add(&mut self, row: &WorkRow) {
        self.sessions += 1;
        self.own_secs = self.own_secs.saturating_add(row.own_secs);
        self.earned = self.earned.saturating_add(row.worth.received);
        self.unsettled = self.unsettled.saturating_add(row.worth.unsettled);
        let missing = row.worth.missing.iter().filter(|(step, _)| *step == Step::Received).map(|(_, missing)| *missing);
        self.missing.extend(missing);
        self.missing.sort_unstable();
        self.missing.dedup();
    }

    fn totals(&self, work: &Work) -> Totals {
        let home = work.home();
        let per_hour = self
            .earned
            .checked_mul(Decimal::from(3600))
            .and_then(|product| product.checked_div(Decimal::from(self.own_secs)))
            .filter(|_| self.own_secs > 0);
        let known = self.missing.is_empty();
        let note = if let Some(missing) = self.missing.first() {
            format!("No figure: {missing}")
        } else if self.unsettled > Decimal::ZERO {
            format!("{} of it isn’t settled yet", format::money(Money::new(self.unsettled, home)))
        } else {
            String::new()
        };
        Totals {
            sessions: if self.sessions == 1 { "1 session".to_owned() } else { format!("{} sessions", self.sessions) },
            own: format::hours(self.own_secs),
            earned: if known { format::money(Money::new(self.earned, home)) } else { format::NONE.to_owned() },
            rate: per_hour.filter(|_| known).map_or_else(String::new, |rate| format::rate(rate, home)),
            too_little: self.own_secs < TOO_LITTLE_SECS,
            note,
        }
    }
}
