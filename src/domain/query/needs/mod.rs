//! What needs the user: one list of what won't mend itself, each with a name, how much it matters and what it is about.
//!
//! A kind of need is a file of its own: it says when it is a need, how it is named and why its limits are what they are.
//! A name holds what the need is about and what it says, so that one put aside comes up again when it says something
//! else, and not each morning. What is put aside stands in [`Seen`]. Pure; the day and the moment are arguments.

mod cut_off;
mod deadline;
mod disagree;
mod exposure;
mod late;
mod moved;
mod quality;
mod rejected;
mod report;
mod timer;
mod to_do;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use cut_off::{CutOffNear, is_open as cut_off_is_open, remind_hours};
pub use disagree::Disagrees;
pub use late::Late;
pub use moved::{Closed, ClosedFigure, Moved, closed, follow, moved_of, seen_now};
pub use quality::FallingQuality;
pub use rejected::NewlyRejected;
pub use report::ReportDue;
pub use timer::{LongTimer, TooLong};
pub use to_do::ToDo;

use super::calendar::{Calendar, ExpectedKey, Part, UnknownDate};
use super::deadlines::Deadline;
use super::exposure::Risk;
use super::work::Work;
use crate::domain::book::Book;
use crate::domain::preset::Preset;
use crate::domain::seen::{Dismissed, Seen};
use crate::domain::span::{Now, Timestamp};

/// How much a need matters; the worst comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Money or records are at risk.
    Bad,
    /// Better done today.
    Warn,
    /// Told once.
    News,
}

/// What a need is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Money past its latest day.
    Late(Late),
    /// Something must be done by a time that is near.
    CutOff(CutOffNear),
    /// Time that a platform must be told.
    Report(ReportDue),
    /// Something must be handed in, or asked for, by a day that is near or past.
    Deadline(Deadline),
    /// Work that a platform refused.
    Rejected(NewlyRejected),
    /// Less was credited than promised.
    Disagrees(Disagrees),
    /// A timer that was probably forgotten.
    Timer(LongTimer),
    /// A figure of the user's work that got worse beside money that is not paid.
    Quality(FallingQuality),
    /// Money that hangs on too little.
    Exposure(Risk),
    /// Something to do whose day has come.
    ToDo(ToDo),
    /// A past figure that says something else than when it was looked at.
    Moved(Moved),
}

/// Something that needs the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its name, for putting it aside: the kind, what it is about and what it says.
    pub name: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub what: What,
}

/// What needs the user at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// The worst first, then in the order of their kinds. What was put aside is left out.
    pub needs: Vec<Need>,
    /// When the list may look different although nothing is changed; `None` where only a day's turn can do that.
    pub changes_at: Option<Timestamp>,
}

/// What kinds of needs read.
struct Ground<'a> {
    work: &'a Work,
    book: &'a Book,
    calendar: &'a Calendar,
    closed: &'a Closed,
    presets: &'a [Preset],
    now: Now,
    today: NaiveDate,
}

/// The first words of the names of these needs; names that begin otherwise belong to others and are left alone.
const KINDS: [&str; 10] = [
    late::KIND,
    cut_off::KIND,
    report::KIND,
    deadline::KIND,
    rejected::KIND,
    disagree::KIND,
    to_do::KIND,
    timer::KIND,
    quality::KIND,
    exposure::KIND,
];

/// What needs the user, by a reading of the Book. `today` is the user's day of `now`; `calendar` that of the same moment,
/// `closed` what the months before it say now.
#[must_use]
pub fn needs(work: &Work, calendar: &Calendar, closed: &Closed, now: Now, today: NaiveDate) -> Needs {
    with_catalogue(work, calendar, closed, &[], now, today)
}

/// The same with what the catalogue knows of platforms.
#[must_use]
pub fn with_catalogue(
    work: &Work,
    calendar: &Calendar,
    closed: &Closed,
    presets: &[Preset],
    now: Now,
    today: NaiveDate,
) -> Needs {
    let book = work.book();
    let mut all = all(&Ground { work, book, calendar, closed, presets, now, today });
    let aside: BTreeSet<&str> = book.seen().dismissed.iter().map(|dismissed| dismissed.need.as_str()).collect();
    all.needs.retain(|need| !aside.contains(need.name.as_str()));
    // Stable: of one severity they stay in the order of their kinds.
    all.needs.sort_by_key(|need| need.severity);
    all
}

fn all(ground: &Ground<'_>) -> Needs {
    let mut all = Needs::default();
    let kinds = [
        late::add,
        cut_off::add,
        report::add,
        deadline::add,
        rejected::add,
        disagree::add,
        to_do::add,
        timer::add,
        quality::add,
        exposure::add,
        moved::add,
    ];
    for kind in kinds {
        kind(ground, &mut all);
    }
    all
}

impl Needs {
    fn wake(&mut self, at: Timestamp) {
        self.changes_at = Some(self.changes_at.map_or(at, |known| known.min(at)));
    }
}

/// What is seen once a need is put aside on a day.
///
/// A past figure that moved is seen as it stands now. Everything else is put aside by its name, and names of needs that
/// are no longer there are forgotten. Names of other kinds of things stay.
#[must_use]
pub fn put_aside(seen: &Seen, need: &Need, present: &[Need], today: NaiveDate) -> Seen {
    let mut seen = seen.clone();
    if let What::Moved(moved) = &need.what {
        seen_now(&mut seen, moved);
        return seen;
    }
    put_name_aside(&mut seen, &need.name, today);
    seen.dismissed.retain(|known| {
        let ours = KINDS.iter().any(|kind| known.need.starts_with(kind));
        !ours || known.on == today || present.iter().any(|need| need.name == known.need)
    });
    seen
}

/// Puts a name aside on a day; a name that is put aside already has the new day.
pub fn put_name_aside(seen: &mut Seen, name: &str, today: NaiveDate) {
    seen.dismissed.retain(|known| known.need != name);
    seen.dismissed.push(Dismissed { need: name.to_owned(), on: today });
}

/// An expected payout, as a part of a name: the same as long as its key is.
#[must_use]
pub fn key_name(key: &ExpectedKey) -> String {
    let part = match key.part {
        Part::Period(day) => format!("period {day}"),
        Part::Items(day) => format!("items {day}"),
        Part::Run(day) => format!("run {day}"),
        Part::Drawable => "drawable".to_owned(),
        Part::BelowMinimum => "below-minimum".to_owned(),
        Part::OwnDate(day) => format!("own-date {day}"),
        Part::Undated(why) => format!("undated {}", undated_name(why)),
    };
    let route = key.route.map_or_else(|| "-".to_owned(), |id| id.to_string());
    let schedule = key.schedule.map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!("{} {} {route} {schedule} {part}", key.platform, key.currency)
}

fn undated_name(why: UnknownDate) -> &'static str {
    match why {
        UnknownDate::NoSchedule => "no-schedule",
        UnknownDate::NoRule => "no-rule",
        UnknownDate::NoAnchor => "no-anchor",
        UnknownDate::NeverPays => "never-pays",
        UnknownDate::Frozen => "frozen",
        UnknownDate::Disputed => "disputed",
        UnknownDate::WaitsForEvent => "waits-for-event",
        UnknownDate::NotReported => "not-reported",
        UnknownDate::NotInvoiced => "not-invoiced",
        UnknownDate::UntilAccepted => "until-accepted",
        UnknownDate::AboveCeiling => "above-ceiling",
    }
}
