//! Rates side by side: of platforms, projects or task types, and of weeks or months one after another.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Rates, Step, tally};
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::query::hours::{Selection, counted, week_of};
use crate::domain::query::work::{Counted, Moment, Parallel, Part, Work};
use crate::domain::span::{DayRange, Month, Timestamp};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupBy {
    /// Platforms.
    Platform,
    /// Projects.
    Project,
    /// Task types, over all platforms.
    TaskType,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// A platform.
    Platform(PlatformId),
    /// A project.
    Project(ProjectId),
    /// A task type; `None` for work without one.
    TaskType(Option<String>),
}

/// The rates of each group of a selection that holds work or money, highest rate over all hours first.
///
/// Those without a rate come last. A group of one platform counts parallel time fully, a task type once. Time
/// without a platform is in none of them.
#[must_use]
pub fn side_by_side(work: &Work, selection: &Selection, by: GroupBy, now: Timestamp) -> Vec<(Group, Rates)> {
    let moment = work.at(now);
    let mut groups: BTreeMap<Group, (Vec<usize>, Vec<&Part>)> = BTreeMap::new();
    for at in moment.candidates(selection) {
        if let Some(group) = group_of(&moment, at, by) {
            groups.entry(group).or_default().0.push(at);
        }
    }
    for part in moment.loose(selection) {
        let group = match by {
            GroupBy::Platform => Some(Group::Platform(part.platform)),
            GroupBy::Project => part.project.map(Group::Project),
            GroupBy::TaskType => Some(Group::TaskType(None)),
        };
        if let Some(group) = group {
            groups.entry(group).or_default().1.push(part);
        }
    }
    let parallel = match by {
        GroupBy::Platform | GroupBy::Project => Parallel::Fully,
        GroupBy::TaskType => moment.parallel(selection),
    };
    let mut sides: Vec<(Group, Rates)> = groups
        .into_iter()
        .map(|(group, (candidates, loose))| {
            let counted = moment.count(&candidates, selection.days, parallel);
            let rates = tally(&moment, &counted, &loose, selection.settled_only);
            (group, rates)
        })
        .filter(|(_, rates)| rates.sessions > 0 || !rates.is_empty())
        .collect();
    sides.sort_by_cached_key(|(_, rates)| Reverse(rates.per_hour(Step::AllHours)));
    sides
}

fn group_of(moment: &Moment<'_>, at: usize, by: GroupBy) -> Option<Group> {
    let piece = moment.piece(at)?;
    let platform = piece.platform?;
    match by {
        GroupBy::Platform => Some(Group::Platform(platform)),
        GroupBy::Project => piece.session.project.map(Group::Project),
        GroupBy::TaskType => {
            let task_type = moment.task_type(piece).map(ToOwned::to_owned);
            Some(Group::TaskType(task_type))
        }
    }
}

/// The rates of each of the user's weeks that holds work or money, oldest first. The first and last are cut to the
/// days of the selection; weeks sum to it.
#[must_use]
pub fn by_week(work: &Work, selection: &Selection, now: Timestamp) -> Vec<(DayRange, Rates)> {
    let start = work.book().settings().week_start;
    by_range(work, selection, now, |day| week_of(day, start))
}

/// The rates of each calendar month that holds work or money, oldest first; cut and summing like weeks.
#[must_use]
pub fn by_month(work: &Work, selection: &Selection, now: Timestamp) -> Vec<(DayRange, Rates)> {
    by_range(work, selection, now, |day| {
        let month = Month::of_day(day);
        DayRange::new(month.first_day(), month.last_day())
    })
}

fn by_range(
    work: &Work,
    selection: &Selection,
    now: Timestamp,
    range_of: impl Fn(NaiveDate) -> DayRange,
) -> Vec<(DayRange, Rates)> {
    let moment = work.at(now);
    let mut ranges: BTreeMap<DayRange, (Vec<Counted>, Vec<&Part>)> = BTreeMap::new();
    for counted in counted(&moment, selection) {
        if let Some(piece) = moment.piece(counted.at) {
            let range = ranges.entry(range_of(piece.day)).or_default();
            range.0.push(counted);
        }
    }
    for part in moment.loose(selection) {
        ranges.entry(range_of(part.day)).or_default().1.push(part);
    }
    ranges
        .into_iter()
        .map(|(range, (counted, loose))| {
            let cut =
                DayRange { first: range.first.max(selection.days.first), last: range.last.min(selection.days.last) };
            let rates = tally(&moment, &counted, &loose, selection.settled_only);
            (cut, rates)
        })
        .collect()
}
