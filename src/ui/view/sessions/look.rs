//! What is looked at: the period and the filters, as a selection of the domain and as what only rows can tell.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::filter::SessionFilter;
use super::super::names;
use crate::domain::book::Book;
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::query::hours::{Period, Selection};
use crate::domain::query::rates::WorkRow;
use crate::domain::query::work::Standing;
use crate::domain::session::Activity;
use crate::domain::span::DayRange;

/// The periods on offer.
pub const PERIODS: [Period; 8] = Period::ALL;

/// The name of a period.
#[must_use]
pub fn period(period: Period) -> &'static str {
    if period == Period::All { "All" } else { names::period(period) }
}

/// Whether more money is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Nothing more is to come: paid, refused or given up.
    Settled,
    /// Paid work whose money is still open.
    Open,
}

impl Settled {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Settled, Self::Open];

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Settled => "Settled",
            Self::Open => "Not settled",
        }
    }

    fn fits(self, standing: Standing) -> bool {
        match standing {
            Standing::Paid | Standing::Rejected | Standing::WrittenOff => self == Self::Settled,
            Standing::Unpriced(_) | Standing::Estimated | Standing::Open(_) => self == Self::Open,
            Standing::Unpaid => false,
        }
    }
}

/// Which sessions are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The period, unless the user's own days or a filter's are set.
    pub period: Period,
    /// The user's own days.
    pub days: Option<DayRange>,
    /// Only this platform.
    pub platform: Option<PlatformId>,
    /// Only this project.
    pub project: Option<ProjectId>,
    /// Only this activity.
    pub activity: Option<Activity>,
    /// Only this task type: a session's own, else the usual one of its project.
    pub task_type: Option<String>,
    /// Only what is settled, or what is not.
    pub settled: Option<Settled>,
    /// What another screen asked for.
    pub filter: Option<SessionFilter>,
}

/// The last four weeks: the newest days are in it, also on the first of a month.
impl Default for Look {
    fn default() -> Self {
        Self {
            period: Period::Last4Weeks,
            days: None,
            platform: None,
            project: None,
            activity: None,
            task_type: None,
            settled: None,
            filter: None,
        }
    }
}

impl Look {
    /// The days that are shown: those of the filter where it has some. Named sessions are shown whenever they were.
    #[must_use]
    pub fn days(&self, book: &Book, today: NaiveDate) -> DayRange {
        match (&self.filter, self.days) {
            (Some(SessionFilter { days: Some(days), .. }), _) => *days,
            (Some(SessionFilter { sessions: Some(_), .. }), _) => DayRange::all(),
            (_, Some(days)) => days,
            _ => self.period.days(today, book.settings().week_start),
        }
    }

    /// Whether days are shown whole, with nothing filtered out of them.
    #[must_use]
    pub fn shows_whole_days(&self) -> bool {
        let narrow = self
            .filter
            .as_ref()
            .is_some_and(|filter| filter.platform.is_some() || filter.project.is_some() || filter.sessions.is_some());
        !narrow
            && self.platform.is_none()
            && self.project.is_none()
            && self.activity.is_none()
            && self.task_type.is_none()
            && self.settled.is_none()
    }

    /// Whether anything but the period narrows what is shown.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.filter.is_some() || self.days.is_some() || !self.shows_whole_days()
    }

    /// Without any filter; the period stays.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { period: self.period, ..Self::default() }
    }

    pub(super) fn selection(&self, book: &Book, today: NaiveDate) -> Selection {
        let mut selection = Selection::period(self.days(book, today));
        let of_filter = self.filter.as_ref().and_then(|filter| filter.platform);
        selection.platforms = both(self.platform, of_filter);
        selection.projects = both(self.project, self.filter.as_ref().and_then(|filter| filter.project));
        if let Some(activity) = self.activity {
            selection = selection.activity(activity);
        }
        if let Some(task_type) = &self.task_type {
            selection = selection.task_type(task_type);
        }
        selection
    }

    /// Whether a row of the selection fits what the domain's selections don't know.
    pub(super) fn fits(&self, row: &WorkRow) -> bool {
        self.settled.is_none_or(|settled| settled.fits(row.standing))
    }

    /// Whether all that can be shown is of one platform: its parallel time counts fully.
    pub(super) fn is_of_one_platform(&self) -> bool {
        let of_filter = self
            .filter
            .as_ref()
            .is_some_and(|filter| filter.platform.is_some() || filter.project.is_some() || filter.sessions.is_some());
        of_filter || self.platform.is_some() || self.project.is_some()
    }
}

/// Both hold: two different ones share no work.
fn both<I: Ord + Copy>(chosen: Option<I>, filtered: Option<I>) -> Option<BTreeSet<I>> {
    match (chosen, filtered) {
        (Some(chosen), Some(filtered)) if chosen != filtered => Some(BTreeSet::new()),
        (chosen, filtered) => chosen.or(filtered).map(|id| BTreeSet::from([id])),
    }
}
