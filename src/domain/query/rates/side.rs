//! Rates side by side: of platforms, projects or task types.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::summed::{sides, split};
use super::tally::{Tally, tally};
use super::{Rates, Step};
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::query::hours::Selection;
use crate::domain::query::work::{Moment, Parallel, Part, Place, Work};
use crate::domain::span::{Month, Timestamp};

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

/// What of a selection belongs to a group: the places of its sessions, and the earnings that stand by themselves.
pub(super) type Members<'m> = (Vec<Place>, Vec<Part<'m>>);

/// The rates of each group of a selection that holds work or money, highest rate over all hours first.
///
/// Those without a rate come last. A group of one platform counts parallel time fully, a task type once. Time
/// without a platform is in none of them.
#[must_use]
pub fn side_by_side(work: &Work, selection: &Selection, by: GroupBy, now: Timestamp) -> Vec<(Group, Rates)> {
    let moment = work.at(now);
    let set_aside = work.book().settings().set_aside_percent;
    let rates: Vec<(Group, Rates)> = if let Some(sides) = by_sums(&moment, selection, by) {
        let whole = |months: BTreeMap<_, Tally>| {
            let mut sums = Tally::none(work.home());
            for of_month in months.values() {
                sums.add(of_month);
            }
            sums.finish(set_aside)
        };
        sides.into_iter().map(|(group, months)| (group, whole(months))).collect()
    } else {
        let parallel = parallel(&moment, selection, by);
        let groups = groups(&moment, selection, by).into_iter();
        let rates = groups.map(|(group, (candidates, loose))| {
            let counted = moment.count(&candidates, selection.days, parallel);
            (group, tally(&moment, &counted, &loose, selection.settled_only))
        });
        rates.collect()
    };
    let mut sides: Vec<(Group, Rates)> = rates.into_iter().filter(|(_, rates)| holds_anything(rates)).collect();
    sides.sort_by_cached_key(|(_, rates)| best_first(rates));
    sides
}

/// The sums of each side by month, where sums are kept for the period.
pub(super) fn by_sums(
    moment: &Moment<'_>,
    selection: &Selection,
    by: GroupBy,
) -> Option<BTreeMap<Group, BTreeMap<Month, Tally>>> {
    let split = (by != GroupBy::TaskType).then(|| split(moment, selection)).flatten()?;
    Some(sides(moment, selection, by, split))
}

/// The order of sides: highest rate over all hours first, those without one last.
pub(super) fn best_first(rates: &Rates) -> Reverse<Option<rust_decimal::Decimal>> {
    Reverse(rates.per_hour(Step::AllHours))
}

pub(super) fn holds_anything(rates: &Rates) -> bool {
    rates.sessions > 0 || !rates.is_empty()
}

/// How parallel time counts inside a group.
pub(super) fn parallel(moment: &Moment<'_>, selection: &Selection, by: GroupBy) -> Parallel {
    match by {
        GroupBy::Platform | GroupBy::Project => Parallel::Fully,
        GroupBy::TaskType => moment.parallel(selection),
    }
}

/// The members of each group of a selection, in one pass over its work.
pub(super) fn groups<'m>(moment: &'m Moment<'_>, selection: &Selection, by: GroupBy) -> BTreeMap<Group, Members<'m>> {
    let mut groups: BTreeMap<Group, Members<'m>> = BTreeMap::new();
    for (group, places) in places(moment, selection, by) {
        groups.entry(group).or_default().0 = places;
    }
    for part in moment.loose(selection) {
        if let Some(group) = group_of_part(&part, by) {
            groups.entry(group).or_default().1.push(part);
        }
    }
    groups
}

/// The places of the sessions of each group of a selection.
pub(super) fn places(moment: &Moment<'_>, selection: &Selection, by: GroupBy) -> BTreeMap<Group, Vec<Place>> {
    let mut groups: BTreeMap<Group, Vec<Place>> = BTreeMap::new();
    for at in moment.candidates(selection) {
        if let Some(group) = group_of(moment, at, by) {
            groups.entry(group).or_default().push(at);
        }
    }
    groups
}

/// The group of an earning that stands by itself.
pub(super) fn group_of_part(part: &Part<'_>, by: GroupBy) -> Option<Group> {
    match by {
        GroupBy::Platform => Some(Group::Platform(part.platform)),
        GroupBy::Project => part.project.map(Group::Project),
        GroupBy::TaskType => Some(Group::TaskType(None)),
    }
}

fn group_of(moment: &Moment<'_>, at: Place, by: GroupBy) -> Option<Group> {
    let piece = moment.piece(at)?;
    let platform = moment.platform(&piece)?;
    match by {
        GroupBy::Platform => Some(Group::Platform(platform)),
        GroupBy::Project => piece.session.project.map(Group::Project),
        GroupBy::TaskType => {
            let task_type = moment.task_type(&piece).map(ToOwned::to_owned);
            Some(Group::TaskType(task_type))
        }
    }
}
