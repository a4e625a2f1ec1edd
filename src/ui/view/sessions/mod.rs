//! The Sessions view: days with their totals, sessions under them, newest first; and the totals of all that is shown.
//!
//! Hours, earned and rate of a row use the same work. What is missing is said, never shown as nothing. Earnings that
//! stand behind a day's figure without a session (a bonus) are rows too, so that every figure opens to its rows.
//!
//! Rows are formatted when they come into sight and kept.
//!
//! ```text
//! Look ─► Index (rows of the filters, once a revision) ─► search(typed) ─► SessionsView (lines) ─► rows in sight
//! ```

mod index;
mod look;
pub mod repair;
mod rows;
mod search;
mod sums;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::names::Mark;
use crate::domain::ids::{EarningId, PlatformId, SessionId};
use crate::domain::query::overlaps::Gap;
use crate::domain::session::Session;
use crate::domain::span::Zone;

pub use index::Index;
pub use look::{Look, PERIODS, Settled, period};
use repair::Repair;
pub use rows::{in_zone, time_words};
pub use search::folded;
use sums::Sum;
pub use sums::Totals;

/// What is shown: lines over the rows of an index.
#[derive(Debug, Clone)]
pub struct SessionsView {
    index: Arc<Index>,
    formatted: RefCell<HashMap<usize, Arc<SessionRow>>>,
    lines: Vec<Line>,
    /// For each line the place of its row, of a head that of the first row under it, of a gap that of the row over it.
    places: Vec<usize>,
    days: Vec<(NaiveDate, Sum)>,
    /// The totals of what is shown.
    pub totals: Totals,
    /// Whether nothing at all was recorded yet.
    pub nothing_recorded: bool,
    /// Whether a search narrows what is shown.
    pub searched: bool,
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The head of a day.
    Day(usize),
    /// A session.
    Session(usize),
    /// An earning that no session stands behind.
    Earning(usize),
    /// A stretch that nobody recorded.
    Gap(Gap),
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

/// A stretch that nobody recorded, as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapRow {
    /// The stretch and the sessions around it.
    pub gap: Gap,
    /// "38 m not recorded, 12:00 – 12:38".
    pub words: String,
    /// The zone on whose clocks it is told: that of the session after it.
    pub zone: Zone,
}

/// Two sessions at the same time, told at one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// "overlaps Lantern".
    pub words: String,
    /// The other one in full.
    pub line: String,
    /// What can be done about it.
    pub repairs: Vec<Repair>,
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
    /// The platform; `None` where the project is not named.
    pub platform_id: Option<PlatformId>,
    /// "Aloe", or that it is not named yet.
    pub project: String,
    /// "paid work".
    pub activity: String,
    /// "11:10 – 12:00", "12:38 –", "declared".
    pub time: String,
    /// What stands back beside the project: "in Berlin · second pass". May be empty.
    pub aside: String,
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
    /// Which session it overlaps; `None` where none, or where both are right.
    pub overlap: Option<Overlap>,
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

impl SessionsView {
    fn empty(index: Arc<Index>, searched: bool) -> Self {
        let nothing_recorded = index.book.sessions().next().is_none();
        Self {
            index,
            formatted: RefCell::default(),
            lines: Vec::new(),
            places: Vec::new(),
            days: Vec::new(),
            totals: Totals::default(),
            nothing_recorded,
            searched,
        }
    }

    fn push(&mut self, line: Line, place: usize) {
        self.lines.push(line);
        self.places.push(place);
    }

    /// The lines, newest first.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The head of a [`Line::Day`].
    #[must_use]
    pub fn head(&self, day: usize) -> Option<DayHead> {
        let (day, sum) = self.days.get(day)?;
        Some(DayHead {
            day: *day,
            title: self.index.style().day_in_full(*day, self.index.today),
            totals: sum.totals(self.index.book.settings().home_currency, self.index.style()),
        })
    }

    /// The row of a [`Line::Session`].
    #[must_use]
    pub fn session(&self, place: usize) -> Option<Arc<SessionRow>> {
        if let Some(row) = self.formatted.borrow().get(&place) {
            return Some(Arc::clone(row));
        }
        let row = Arc::new(self.index.row(place)?);
        self.formatted.borrow_mut().insert(place, Arc::clone(&row));
        Some(row)
    }

    /// The row of a [`Line::Earning`].
    #[must_use]
    pub fn earning(&self, place: usize) -> Option<EarningRow> {
        self.index.earning(place)
    }

    /// The row of a [`Line::Gap`].
    #[must_use]
    pub fn gap(&self, gap: Gap) -> GapRow {
        let after = self.index.place(gap.before).and_then(|place| self.index.session(place));
        let zone = after.map_or(self.index.now.zone, |session| session.zone);
        GapRow { gap, words: repair::gap_words(&gap, zone), zone }
    }

    /// The line of a session; `None` where it is not shown.
    #[must_use]
    pub fn line_of(&self, id: SessionId) -> Option<usize> {
        let place = self.index.place(id)?;
        let first = self.places.partition_point(|known| *known < place);
        let of_place = self.lines.iter().enumerate().skip(first).take(3);
        of_place.filter(|(_, line)| **line == Line::Session(place)).map(|(at, _)| at).next()
    }

    /// The row of a session that is shown.
    #[must_use]
    pub fn row(&self, id: SessionId) -> Option<Arc<SessionRow>> {
        self.line_of(id)?;
        self.session(self.index.place(id)?)
    }

    /// A session as it is recorded; `None` where the look has none of this id.
    #[must_use]
    pub fn recorded(&self, id: SessionId) -> Option<&Arc<Session>> {
        self.index.session(self.index.place(id)?)
    }

    /// The gap that touches a session that is shown: the one after it, else the one before.
    #[must_use]
    pub fn gap_beside(&self, id: SessionId) -> Option<Gap> {
        let touching = |wanted: fn(&Gap) -> SessionId| {
            let at = self.line_of(id)?;
            let around = self.lines.get(at.saturating_sub(64)..)?.iter().take(128);
            around
                .filter_map(|line| if let Line::Gap(gap) = line { Some(*gap) } else { None })
                .find(|gap| wanted(gap) == id)
        };
        touching(|gap| gap.after).or_else(|| touching(|gap| gap.before))
    }

    /// The sessions that are shown, newest first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = SessionId> {
        self.lines.iter().filter_map(|line| self.id_at(*line))
    }

    /// The sessions from one line to another, both included, in either order.
    pub fn ids_between(&self, from: usize, to: usize) -> impl Iterator<Item = SessionId> {
        let lines = self.lines.get(from.min(to)..=from.max(to)).unwrap_or_default();
        lines.iter().filter_map(|line| self.id_at(*line))
    }

    /// The session of a line.
    #[must_use]
    pub fn id_at(&self, line: Line) -> Option<SessionId> {
        match line {
            Line::Session(place) => self.index.session(place).map(|session| session.id),
            Line::Day(_) | Line::Earning(_) | Line::Gap(_) => None,
        }
    }

    /// Own seconds of a session, whatever runs beside it.
    #[must_use]
    pub fn own_secs(&self, id: SessionId) -> i64 {
        self.index.place(id).map_or(0, |place| self.index.own_secs(place))
    }

    /// The newest day that is shown.
    #[must_use]
    pub fn newest_day(&self) -> Option<NaiveDate> {
        self.days.first().map(|(day, _)| *day)
    }
}
