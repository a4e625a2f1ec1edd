//! Logged, credited and received beside each other: a line each for what doesn't fit, what waits for a word, and what fits.
//!
//! Made off the frame, as it reads the whole Book; a frame only looks up and filters.

mod detail;
mod words;

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};

use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::money::Money;
use crate::domain::query::calendar::Calendar;
use crate::domain::query::hours::Period;
use crate::domain::query::reconcile::{Line, Place, Reconciled, Sureness, What, reconcile};
use crate::domain::span::Now;
use crate::ui::format::{self, NONE, Style};
use crate::ui::view::forecast::sureness;
use crate::ui::view::names::{self, Mark};

pub use detail::{Detail, Opens, Part, Side, detail};
pub use words::{because, place, place_line, what};

/// Where money stands that belongs to nobody yet.
const NOBODY: &str = "not known";

/// All that was set beside each other, ready to draw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The lines: what doesn't fit, what waits, what fits; in each the newest first.
    pub lines: Vec<CheckLine>,
    /// "14 moves between your own accounts are no income"; empty where there are none.
    pub own: String,
    /// Whether a platform or an account has told anything.
    pub told: bool,
    /// The platforms that any line is of.
    pub platforms: BTreeSet<PlatformId>,
}

/// A line, ready to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// The line of the domain.
    pub line: Line,
    /// What it is known by while nothing of it changes; unique.
    pub key: String,
    /// Its name for screen readers: "Work never credited, Outlier, Aloe, Tue 10 Nov, logged 2 h, $50.00". Unique.
    pub name: String,
    /// "Work never credited".
    pub what: String,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name, or that it is not known.
    pub platform: String,
    /// The project's name; empty where it is of none.
    pub project: String,
    /// "Tue 10 – Wed 11 Nov".
    pub days: String,
    /// The time that was logged; empty where none was.
    pub time: String,
    /// What it comes to at its terms; what is missing is said.
    pub promised: String,
    /// What was credited.
    pub credited: String,
    /// What came.
    pub received: String,
    /// "sure", "likely", "possible"; of what waits alone.
    pub sureness: &'static str,
}

impl CheckLine {
    /// Whether it can be settled with all others of its kind.
    #[must_use]
    pub fn settles_surely(&self) -> bool {
        matches!(self.line.what, What::Arrived(_)) && self.line.sureness == Sureness::Sure
    }
}

impl Checked {
    /// Those of a Book. `calendar` is that of the same Book and moment.
    #[must_use]
    pub fn of(book: &Book, calendar: &Calendar, now: Now, today: NaiveDate) -> Self {
        let Reconciled { lines, own } = reconcile(book, calendar, now);
        let platforms = lines.iter().filter_map(|line| line.platform).collect();
        let mut lines: Vec<CheckLine> = lines.into_iter().map(|line| check_line(book, line, today)).collect();
        names::number_twins(lines.iter_mut().map(|line| &mut line.name));
        names::number_twins(lines.iter_mut().map(|line| &mut line.key));
        let own = match own {
            0 => String::new(),
            1 => "1 move between your own accounts is no income".to_owned(),
            own => format!("{own} moves between your own accounts are no income"),
        };
        let credited = book.earnings().any(|earning| earning.origin.is_some());
        Self { lines, own, told: credited || book.movements().next().is_some(), platforms }
    }
}

fn check_line(book: &Book, line: Line, today: NaiveDate) -> CheckLine {
    let style = Style::of(book.settings());
    let money = |money: Option<Money>| money.map_or_else(|| NONE.to_owned(), |money| style.money(money));
    let known = line.platform.is_some();
    let platform = if known { names::payer(book, line.platform) } else { NOBODY.to_owned() };
    let project = line.project.map_or_else(String::new, |id| names::project(book, Some(id)));
    let time = if line.sessions.is_empty() { String::new() } else { format::hours(line.logged_secs) };
    let mut spoken = vec![what(book, &line, style), platform.clone()];
    spoken.extend(Some(project.clone()).filter(|project| !project.is_empty()));
    spoken.push(style.days(line.days, today));
    let logged: Vec<String> =
        [Some(time.clone()).filter(|time| !time.is_empty()), line.promised.map(|promised| style.money(promised))]
            .into_iter()
            .flatten()
            .collect();
    spoken.extend(Some(logged.join(", ")).filter(|logged| !logged.is_empty()).map(|logged| format!("logged {logged}")));
    spoken.extend(line.credited.map(|credited| format!("credited {}", style.money(credited))));
    spoken.extend(line.received.map(|received| format!("received {}", style.money(received))));
    let waits = line.place() == Place::Waits;
    CheckLine {
        key: line.name(),
        name: spoken.join(", "),
        what: what(book, &line, style),
        mark: Mark::of_id(book, line.platform),
        platform,
        project,
        days: style.days(line.days, today),
        time,
        promised: money(line.promised),
        credited: money(line.credited),
        received: money(line.received),
        sureness: if waits { sureness(line.sureness) } else { "" },
        line,
    }
}

/// What of it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The place; `None` for the first in which anything stands.
    pub place: Option<Place>,
    /// Only this platform.
    pub platform: Option<PlatformId>,
    /// Only what has a day in it.
    pub period: Period,
}

impl Default for Look {
    fn default() -> Self {
        Self { place: None, platform: None, period: Period::All }
    }
}

/// What is shown of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownLines {
    /// The place that is shown.
    pub place: Option<Place>,
    /// The lines of the place, by where they stand in [`Checked::lines`].
    pub rows: Vec<usize>,
    /// How many stand in each place, in the order of [`Place::ALL`].
    pub counts: [usize; 3],
    /// The payments that surely fit, whatever place is shown.
    pub sure: Vec<usize>,
}

/// What is shown of some lines. `today` is the user's day.
#[must_use]
pub fn shown(checked: &Checked, look: &Look, today: NaiveDate, week_start: Weekday) -> ShownLines {
    let days = look.period.days(today, week_start);
    let fits = |line: &Line| {
        look.platform.is_none_or(|platform| line.platform == Some(platform))
            && line.days.first <= days.last
            && line.days.last >= days.first
    };
    let fitting: Vec<usize> =
        checked.lines.iter().enumerate().filter(|(_, one)| fits(&one.line)).map(|(at, _)| at).collect();
    let of = |place: Place| {
        fitting.iter().copied().filter(move |at| checked.lines.get(*at).is_some_and(|one| one.line.place() == place))
    };
    let counts = Place::ALL.map(|place| of(place).count());
    let first = Place::ALL.into_iter().zip(counts).find(|(_, count)| *count > 0).map(|(place, _)| place);
    let place = look.place.or(first);
    let surely = |at: &usize| checked.lines.get(*at).is_some_and(CheckLine::settles_surely);
    let sure = fitting.iter().copied().filter(surely).collect();
    ShownLines { place, rows: place.map_or_else(Vec::new, |place| of(place).collect()), counts, sure }
}

#[cfg(test)]
pub(crate) mod tests;
