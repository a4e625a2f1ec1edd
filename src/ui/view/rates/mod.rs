//! The Rates tab's view: what an hour pays, where the rest of it went, and how platforms compare.
//!
//! Every figure comes from `query::rates` and is only written here; a step without a figure says why in words. The
//! shares of bars stay exact decimals: pixels and plot points are made where they are drawn.

mod head;
mod sides;
mod steps;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use head::{Answer, Warning, WarningVerb};
pub use sides::{COLUMNS, Side, Sides};
pub use steps::StepRow;

use super::names::Mark;
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::query::hours::{self, Period, Selection};
use crate::domain::query::rates::{self, GroupBy, Rates};
use crate::domain::query::work::Work;
use crate::domain::span::{DayRange, Timestamp};
use crate::ui::format;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The days of the work.
    pub period: Period,
    /// Only this platform.
    pub platform: Option<PlatformId>,
    /// What stands side by side.
    pub by: GroupBy,
    /// Whether work that isn't settled is left out.
    pub settled_only: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { period: Period::Last4Weeks, platform: None, by: GroupBy::Platform, settled_only: false }
    }
}

impl Look {
    /// Its days.
    #[must_use]
    pub fn days(&self, book: &Book, today: NaiveDate) -> DayRange {
        self.period.days(today, book.settings().week_start)
    }

    /// The platform, while it is there.
    #[must_use]
    pub fn platform_in(&self, book: &Book) -> Option<PlatformId> {
        self.platform.filter(|id| book.platform(*id).is_some())
    }

    /// The work that is meant.
    #[must_use]
    pub fn selection(&self, book: &Book, today: NaiveDate) -> Selection {
        let mut selection = Selection::period(self.days(book, today));
        if let Some(platform) = self.platform_in(book) {
            selection = selection.platform(platform);
        }
        if self.settled_only { selection.settled() } else { selection }
    }

    /// Its days in words: "Mon 26 Oct – Sun 22 Nov", "all time".
    #[must_use]
    pub fn days_in_words(&self, book: &Book, today: NaiveDate) -> String {
        if self.period == Period::All {
            return "all time".to_owned();
        }
        format::days(self.days(book, today), today)
    }
}

/// What can stand side by side, in the order in which it is offered.
pub const GROUPS: [GroupBy; 3] = [GroupBy::Platform, GroupBy::Project, GroupBy::TaskType];

/// What stands side by side, as a plural: "Platforms".
#[must_use]
pub fn groups(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Platform => "Platforms",
        GroupBy::Project => "Projects",
        GroupBy::TaskType => "Task types",
    }
}

/// How much there is to go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// No work at all.
    None,
    /// Under an hour: figures are muted.
    UnderAnHour,
    /// Under ten paid hours: the figure, two bars.
    Thin,
    /// Enough for every step.
    Enough,
}

impl Sample {
    fn of(rates: &Rates) -> Self {
        if rates.is_empty() {
            Self::None
        } else if rates.too_little() {
            Self::UnderAnHour
        } else if rates.thin() {
            Self::Thin
        } else {
            Self::Enough
        }
    }
}

/// A platform to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformChoice {
    /// Its id.
    pub id: PlatformId,
    /// Its name.
    pub name: String,
    /// Its badge.
    pub mark: Mark,
}

/// The tab, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesView {
    /// How much there is to go by.
    pub sample: Sample,
    /// The one figure that matters, with what it keeps of the promise.
    pub answer: Answer,
    /// What is missing, and what can be done about it.
    pub warnings: Vec<Warning>,
    /// Where the hour goes; two of them while the sample is thin.
    pub steps: Vec<StepRow>,
    /// Platforms, projects or task types against each other.
    pub sides: Sides,
    /// The platforms to choose from, by name.
    pub platforms: Vec<PlatformChoice>,
}

impl RatesView {
    /// The view of what is looked at, at the instant of the figures.
    #[must_use]
    pub fn of(work: &Work, look: Look, at: Timestamp, today: NaiveDate) -> Self {
        let book = work.book();
        let selection = look.selection(book, today);
        let rates = rates::rates(work, &selection, at);
        let sample = Sample::of(&rates);
        Self {
            sample,
            answer: Answer::of(book, &rates, sample, hours::unnamed_secs(work, &selection, at), today),
            warnings: head::warnings(&rates, today),
            steps: steps::steps(&rates, sample),
            sides: Sides::of(work, look, &rates, &rates::side_by_side(work, &selection, look.by, at)),
            platforms: book
                .platforms_by_name()
                .into_iter()
                .map(|platform| PlatformChoice {
                    id: platform.id,
                    name: platform.name.clone(),
                    mark: Mark::of(platform),
                })
                .collect(),
        }
    }
}
