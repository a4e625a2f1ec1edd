//! What is looked at in the Rates tab: days, platforms, what stands side by side, weeks or months.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::{Book, Bucket};
use crate::domain::ids::PlatformId;
use crate::domain::query::hours::{Period, Selection};
use crate::domain::query::rates::{Every, GroupBy};
use crate::domain::span::{DayRange, day_plus};
use crate::ui::format::Style;

/// Over more days than half a year of weeks, lines go month by month where the user has not said otherwise.
const MOST_DAYS_IN_WEEKS: i64 = 26 * 7;

/// The days of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// A period that moves with today.
    Period(Period),
    /// From one day to another, as the user gave them.
    Own(DayRange),
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The days of the work.
    pub days: Days,
    /// Only these platforms; all where empty.
    pub platforms: BTreeSet<PlatformId>,
    /// What stands side by side.
    pub by: GroupBy,
    /// Whether work that isn't settled is left out.
    pub settled_only: bool,
    /// Weeks or months; `None` is for as it fits the days.
    pub every: Option<Every>,
    /// Whether what sources say is advertised stands beside the platforms.
    pub market: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            days: Days::Period(Period::Last4Weeks),
            platforms: BTreeSet::new(),
            by: GroupBy::Platform,
            settled_only: false,
            every: None,
            market: false,
        }
    }
}

impl Look {
    /// All work, whatever else is looked at.
    #[must_use]
    pub fn all(&self) -> Self {
        Self {
            days: Days::Period(Period::All),
            platforms: BTreeSet::new(),
            settled_only: false,
            every: None,
            ..self.clone()
        }
    }

    /// Its days.
    #[must_use]
    pub fn days(&self, book: &Book, today: NaiveDate) -> DayRange {
        match self.days {
            Days::Period(period) => period.days(today, book.settings().week_start),
            Days::Own(days) => days,
        }
    }

    /// The chosen platforms that are still there; empty where all are meant.
    #[must_use]
    pub fn platforms_in(&self, book: &Book) -> BTreeSet<PlatformId> {
        self.platforms.iter().copied().filter(|id| book.platform(*id).is_some()).collect()
    }

    /// The work that is meant.
    #[must_use]
    pub fn selection(&self, book: &Book, today: NaiveDate) -> Selection {
        let mut selection = Selection::period(self.days(book, today));
        for platform in self.platforms_in(book) {
            selection = selection.platform(platform);
        }
        if self.settled_only { selection.settled() } else { selection }
    }

    /// Its days in words: "Mon 26 Oct – Sun 22 Nov", "all time".
    #[must_use]
    pub fn days_in_words(&self, book: &Book, today: NaiveDate) -> String {
        if self.days == Days::Period(Period::All) {
            return "all time".to_owned();
        }
        Style::of(book.settings()).days(self.days(book, today), today)
    }

    /// The chosen platforms in words: "All platforms", "Outlier", "3 platforms".
    #[must_use]
    pub fn platforms_in_words(&self, book: &Book) -> String {
        let chosen = self.platforms_in(book);
        let only = chosen.first().filter(|_| chosen.len() == 1).and_then(|id| book.platform(*id));
        match (chosen.len(), only) {
            (0, _) => "All platforms".to_owned(),
            (_, Some(platform)) => platform.name.clone(),
            (many, None) => format!("{many} platforms"),
        }
    }

    /// Weeks or months: as chosen, else as it fits the days on which there can be work.
    pub(super) fn every(&self, book: &Book, today: NaiveDate) -> Every {
        self.every.unwrap_or_else(|| {
            let days = self.days(book, today);
            let started = |(_, bucket): (_, &Arc<Bucket>)| -> Vec<NaiveDate> {
                bucket.sessions().map(|session| session.started_at.date_naive()).collect()
            };
            // A user's day lies within a day of the UTC date of its starts; months are of UTC and follow each other.
            let first = book.months().find_map(|month| started(month).into_iter().min());
            let last = book.months().rev().find_map(|month| started(month).into_iter().max());
            let first = first.map_or(today, |first| day_plus(first, -1));
            let last = last.map_or(today, |last| day_plus(last, 1));
            let worked = days.last.min(last).signed_duration_since(days.first.max(first)).num_days();
            if worked > MOST_DAYS_IN_WEEKS { Every::Month } else { Every::Week }
        })
    }
}
