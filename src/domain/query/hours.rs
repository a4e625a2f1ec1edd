//! Hours: which work is meant, and how long it took.
//!
//! Own time is the user's clock, unpaid time included. Over several platforms a second counts once, however many
//! sessions ran in it; for one platform each session counts fully. Declared hours have no clock times and add.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Weekday};

use super::rates::{Rates, tally};
use super::work::{Counted, Moment, Work};
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::session::{Activity, Session};
use crate::domain::span::{DayRange, Month, Timestamp, day_plus};

/// Which work is meant. `None` means all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The user's days of the work.
    pub days: DayRange,
    /// Only these platforms.
    pub platforms: Option<BTreeSet<PlatformId>>,
    /// Only these projects.
    pub projects: Option<BTreeSet<ProjectId>>,
    /// Only these activities.
    pub activities: Option<BTreeSet<Activity>>,
    /// Only these task types: a session's own, else the usual one of its project.
    pub task_types: Option<BTreeSet<String>>,
    /// Whether paid work that isn't settled is left out, of money and hours alike. Unpaid time stays.
    pub settled_only: bool,
}

impl Selection {
    /// All work of some days. Time without a platform counts only here, where no platform or project is chosen.
    #[must_use]
    pub fn period(days: DayRange) -> Self {
        Self { days, platforms: None, projects: None, activities: None, task_types: None, settled_only: false }
    }

    /// Only the work of this platform, too.
    #[must_use]
    pub fn platform(mut self, id: PlatformId) -> Self {
        self.platforms.get_or_insert_default().insert(id);
        self
    }

    /// Only the work of this project, too.
    #[must_use]
    pub fn project(mut self, id: ProjectId) -> Self {
        self.projects.get_or_insert_default().insert(id);
        self
    }

    /// Only time of this activity, too.
    #[must_use]
    pub fn activity(mut self, activity: Activity) -> Self {
        self.activities.get_or_insert_default().insert(activity);
        self
    }

    /// Only work of this task type, too.
    #[must_use]
    pub fn task_type(mut self, task_type: &str) -> Self {
        let asked = self.task_types.get_or_insert_default();
        asked.insert(task_type.to_owned());
        self
    }

    /// Settled work only.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.settled_only = true;
        self
    }
}

/// How long the work of a selection took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hours {
    /// Own seconds of paid time.
    pub paid_secs: i64,
    /// Own seconds, unpaid time included.
    pub own_secs: i64,
}

impl Hours {
    /// Own seconds of unpaid time alone: those in which no paid session ran.
    #[must_use]
    pub fn unpaid_secs(self) -> i64 {
        (self.own_secs - self.paid_secs).max(0)
    }

    pub(super) fn add(&mut self, counted: &Counted) {
        self.own_secs = self.own_secs.saturating_add(counted.own_secs);
        self.paid_secs = self.paid_secs.saturating_add(counted.paid_secs);
    }
}

/// Own seconds of a selection in sessions whose platform is not known yet: they count in the overall rate alone.
#[must_use]
pub fn unnamed_secs(work: &Work, selection: &Selection, now: Timestamp) -> i64 {
    if !work.any_unnamed() {
        return 0;
    }
    let moment = work.at(now);
    counted(&moment, selection)
        .iter()
        .filter(|counted| moment.piece(counted.at).is_some_and(|piece| moment.platform(&piece).is_none()))
        .map(|counted| counted.own_secs)
        .sum()
}

/// The sessions of a selection with the seconds that count, in the order of their starts.
pub(super) fn counted(moment: &Moment<'_>, selection: &Selection) -> Vec<Counted> {
    let candidates = moment.candidates(selection);
    moment.count(&candidates, selection.days, moment.parallel(selection))
}

/// A day with its work.
#[derive(Debug, Clone, PartialEq)]
pub struct DayTotal {
    /// The user's day.
    pub day: NaiveDate,
    /// Its sessions, newest first.
    pub sessions: Vec<Arc<Session>>,
    /// Earnings of the day that no session stands behind, by id.
    pub earnings: Vec<EarningId>,
    /// Its hours, earned and rates. Days sum to their period.
    pub rates: Rates,
}

/// The days of a selection that hold anything, newest first.
#[must_use]
pub fn day_totals(work: &Work, selection: &Selection, now: Timestamp) -> Vec<DayTotal> {
    let moment = work.at(now);
    let mut days: BTreeMap<NaiveDate, (Vec<Counted>, Vec<_>)> = BTreeMap::new();
    for counted in counted(&moment, selection) {
        if let Some(piece) = moment.piece(counted.at) {
            days.entry(piece.day).or_default().0.push(counted);
        }
    }
    for part in moment.loose(selection) {
        days.entry(part.day).or_default().1.push(part);
    }
    days.into_iter()
        .rev()
        .map(|(day, (counted, loose))| DayTotal {
            day,
            sessions: counted
                .iter()
                .rev()
                .filter_map(|counted| moment.piece(counted.at))
                .map(|piece| Arc::clone(piece.session))
                .collect(),
            earnings: loose.iter().map(|part| part.earning.id).collect(),
            rates: tally(&moment, &counted, &loose, selection.settled_only),
        })
        .collect()
}

/// The periods that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// The user's day.
    Today,
    /// The whole week of today.
    ThisWeek,
    /// The 28 days up to today.
    Last4Weeks,
    /// The whole month of today.
    ThisMonth,
    /// The month before.
    LastMonth,
    /// The whole calendar quarter of today.
    ThisQuarter,
    /// The whole year of today.
    ThisYear,
    /// Everything.
    All,
}

impl Period {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Today,
        Self::ThisWeek,
        Self::Last4Weeks,
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisQuarter,
        Self::ThisYear,
        Self::All,
    ];

    /// Its days, given the user's day and the first day of the user's week.
    #[must_use]
    pub fn days(self, today: NaiveDate, week_start: Weekday) -> DayRange {
        let month = Month::of_day(today);
        match self {
            Self::Today => DayRange::day(today),
            Self::ThisWeek => week_of(today, week_start),
            Self::Last4Weeks => DayRange::new(day_plus(today, -27), today),
            Self::ThisMonth => month.days(),
            Self::LastMonth => month.previous().days(),
            Self::ThisQuarter => {
                let first = Month { month: (month.month - 1) / 3 * 3 + 1, ..month };
                DayRange::new(first.first_day(), first.next().next().last_day())
            }
            Self::ThisYear => {
                let of_year = |month| Month { month, ..Month::of_day(today) };
                DayRange::new(of_year(1).first_day(), of_year(12).last_day())
            }
            Self::All => DayRange::all(),
        }
    }
}

/// The week of a day, from the first day of the user's week on.
#[must_use]
pub fn week_of(day: NaiveDate, week_start: Weekday) -> DayRange {
    let since = day.weekday().days_since(week_start);
    let first = day_plus(day, -i64::from(since));
    DayRange::new(first, day_plus(first, 6))
}
