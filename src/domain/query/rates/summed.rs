//! Summed: figures over years, from sums that are kept by month and project. What those don't hold (the ends of a period,
//! months in which a timer runs) is counted session by session. They are the figures that a count of everything gives.

use std::collections::BTreeMap;

use super::tally::{Tally, gaps};
use super::{GroupBy, side};
use crate::domain::query::hours::{Selection, counted};
use crate::domain::query::rates::Group;
use crate::domain::query::work::{Moment, Parallel};
use crate::domain::span::{DayRange, Month};

/// Fewer whole months are counted session by session: two walks around them cost as much.
const LEAST_MONTHS: usize = 2;

/// A period in two: whole months whose sums are kept, and the days beside them.
pub(super) struct Split {
    pub(super) months: Vec<Month>,
    pub(super) rest: Vec<DayRange>,
}

/// Cuts the period of a selection; `None` where it is not one that sums are kept for.
pub(super) fn split(moment: &Moment<'_>, selection: &Selection) -> Option<Split> {
    if selection.activities.is_some() || selection.task_types.is_some() || selection.settled_only {
        return None;
    }
    let months = moment.whole_months(selection.days);
    let days: Vec<DayRange> = months.iter().map(|month| month.days()).collect();
    (months.len() >= LEAST_MONTHS).then(|| Split { rest: gaps(selection.days, &days), months })
}

/// The sums of a selection.
pub(super) fn summed(moment: &Moment<'_>, selection: &Selection) -> Tally {
    let everything = selection.platforms.is_none() && selection.projects.is_none();
    // Of several platforms, but not all, nobody noted how much of their time ran beside each other.
    let known = everything || moment.parallel(selection) == Parallel::Fully;
    let mut sums = Tally::none(moment.work.home());
    if let Some(split) = split(moment, selection).filter(|_| known) {
        for of_month in months(moment, selection, split, everything).values() {
            sums.add(of_month);
        }
    } else {
        for one in counted(moment, selection) {
            sums.take(moment, &one, selection.settled_only);
        }
        for part in &moment.loose(selection) {
            sums.take_loose(part);
        }
    }
    sums
}

/// The sums of a selection month by month.
pub(super) fn months(
    moment: &Moment<'_>,
    selection: &Selection,
    split: Split,
    everything: bool,
) -> BTreeMap<Month, Tally> {
    let none = || Tally::none(moment.work.home());
    let whole = |month| (month, month_of(moment, selection, month, everything));
    let mut months: BTreeMap<Month, Tally> = split.months.into_iter().map(whole).collect();
    for days in split.rest {
        for one in counted(moment, &Selection { days, ..selection.clone() }) {
            if let Some(piece) = moment.piece(one.at) {
                months.entry(Month::of_day(piece.day)).or_insert_with(none).take(moment, &one, false);
            }
        }
    }
    for part in moment.loose(selection) {
        months.entry(Month::of_day(part.day)).or_insert_with(none).take_loose(&part);
    }
    // A month of other projects alone is none of the selection's.
    months.retain(|_, sums| *sums != none());
    months
}

/// The sums of a whole month, as far as a selection asks for its projects.
pub(in crate::domain::query) fn month_of(
    moment: &Moment<'_>,
    selection: &Selection,
    month: Month,
    everything: bool,
) -> Tally {
    let mut sums = Tally::none(moment.work.home());
    for (project, platform, of_project) in moment.work.sums_of(month) {
        let asked = selection.platforms.as_ref().is_none_or(|asked| platform.is_some_and(|id| asked.contains(&id)))
            && selection.projects.as_ref().is_none_or(|asked| project.is_some_and(|id| asked.contains(&id)));
        if asked {
            sums.add(of_project);
        }
    }
    if everything {
        sums.set_hours(moment.work.hours_of(month));
    }
    sums
}

/// The sums of each side of a selection, month by month.
pub(super) fn sides(
    moment: &Moment<'_>,
    selection: &Selection,
    by: GroupBy,
    split: Split,
) -> BTreeMap<Group, BTreeMap<Month, Tally>> {
    let mut sides: BTreeMap<Group, BTreeMap<Month, Tally>> = BTreeMap::new();
    let mut at = |group: Group, month: Month, add: &mut dyn FnMut(&mut Tally)| {
        let of_side = sides.entry(group).or_default();
        add(of_side.entry(month).or_insert_with(|| Tally::none(moment.work.home())));
    };
    for month in split.months {
        for (project, platform, of_project) in moment.work.sums_of(month) {
            let Some(platform) = platform else { continue };
            let asked = selection.platforms.as_ref().is_none_or(|asked| asked.contains(&platform))
                && selection.projects.as_ref().is_none_or(|asked| project.is_some_and(|id| asked.contains(&id)));
            let group = match by {
                GroupBy::Platform => Some(Group::Platform(platform)),
                GroupBy::Project => project.map(Group::Project),
                GroupBy::TaskType => None,
            };
            if let Some(group) = group.filter(|_| asked) {
                at(group, month, &mut |sums| sums.add(of_project));
            }
        }
    }
    for days in split.rest {
        let of_days = Selection { days, ..selection.clone() };
        for (group, places) in side::places(moment, &of_days, by) {
            for one in moment.count(&places, days, Parallel::Fully) {
                if let Some(piece) = moment.piece(one.at) {
                    at(group.clone(), Month::of_day(piece.day), &mut |sums| sums.take(moment, &one, false));
                }
            }
        }
    }
    for part in moment.loose(selection) {
        if let Some(group) = side::group_of_part(&part, by) {
            at(group, Month::of_day(part.day), &mut |sums| sums.take_loose(&part));
        }
    }
    sides
}
