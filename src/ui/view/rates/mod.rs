//! The Rates tab's view: what an hour pays, where the rest of it went, and how platforms compare.
//!
//! Every figure comes from `query::rates` and is only written here; a step without a figure says why in words. The
//! shares of bars stay exact decimals: pixels and plot points are made where they are drawn.

mod exchange;
mod head;
mod look;
mod market;
mod over;
mod picture;
mod sides;
mod steps;
#[cfg(test)]
mod tests;
pub(super) mod text;
mod walk;

use chrono::NaiveDate;

pub use exchange::PartRow;
pub use head::{Answer, Warning, WarningVerb};
pub use look::{Days, Look};
pub use market::{Band, MARKET_COLUMNS, Market, MarketRow};
pub use over::{Line, OVER_COLUMNS, Over, Point};
pub use picture::{NamesShown, Picture};
pub use sides::{COLUMNS, Side, Sides};
pub use steps::{STEP_COLUMNS, StepRow};
pub use walk::{Cursor, Towards};

use super::changed::{ChangedRow, changes};
use super::names::Mark;
use crate::domain::ids::PlatformId;
use crate::domain::preset::Preset;
use crate::domain::query::hours;
use crate::domain::query::rates::{self, Group, GroupBy, Rates, SideOverTime};
use crate::domain::query::work::Work;
use crate::domain::span::Timestamp;
use crate::ui::format::Style;

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
    /// The same as text with tabs.
    pub steps_text: String,
    /// Platforms, projects or task types against each other.
    pub sides: Sides,
    /// The same over time.
    pub over: Over,
    /// What changed with the terms of the projects that stand side by side, where terms began on the days looked at.
    pub changed: Vec<ChangedRow>,
    /// What sources say is advertised on the platforms, where that is asked for.
    pub market: Option<Market>,
    /// The days that are looked at, in words.
    pub days: String,
    /// The platforms that are looked at, in words.
    pub platforms_shown: String,
    /// The platforms to choose from, by name.
    pub platforms: Vec<PlatformChoice>,
}

impl RatesView {
    /// The view of what is looked at, at the instant of the figures.
    ///
    /// The sides and their lines come from one pass over the work.
    #[must_use]
    pub fn of(work: &Work, presets: &[Preset], look: &Look, at: Timestamp, today: NaiveDate) -> Self {
        let book = work.book();
        let style = Style::of(book.settings());
        let selection = look.selection(book, today);
        let rates = rates::rates(work, &selection, at);
        let sample = Sample::of(&rates);
        let every = look.every(book, today);
        let sides = rates::sides_over_time(work, &selection, look.by, every, at);
        let compared = look.market && look.by == GroupBy::Platform;
        let market = compared.then(|| Market::of(book, presets, &sides, rates.home, today));
        let steps = steps::steps(&rates, sample, style);
        Self {
            sample,
            answer: Answer::of(book, &rates, sample, hours::unnamed_secs(work, &selection, at), today),
            warnings: head::warnings(book, &rates, today),
            steps_text: steps::tab_separated(&rates, &steps),
            steps,
            sides: Sides::of(work, look, &rates, &sides, market.as_ref()),
            over: Over::of(book, look, every, rates.home, &sides, today),
            changed: changed(work, look, &sides, at, today),
            market,
            days: look.days_in_words(book, today),
            platforms_shown: look.platforms_in_words(book),
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

fn changed(work: &Work, look: &Look, sides: &[SideOverTime], at: Timestamp, today: NaiveDate) -> Vec<ChangedRow> {
    let book = work.book();
    let projects = sides.iter().filter_map(|side| match side.group {
        Group::Project(id) => Some(id),
        Group::Platform(_) | Group::TaskType(_) => None,
    });
    changes(book, work, projects, look.days(book, today), at, today)
}
