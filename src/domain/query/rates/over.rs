//! Rates over time: of a selection or of each of its sides, in weeks or months one after another.
//!
//! One pass over the work, whatever the number of sides and buckets: sessions are put into their buckets and each is
//! summed once. Buckets hold disjoint days, so that their hours and their money sum to their whole.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};

use super::side::{best_first, by_sums, groups, holds_anything, parallel};
use super::summed::{months, split};
use super::tally::{Tally, tally};
use super::{Group, GroupBy, Rates};
use crate::domain::query::hours::{Selection, counted, week_of};
use crate::domain::query::work::{Counted, Moment, Parallel, Part, Work};
use crate::domain::span::{DayRange, Month, Timestamp};

/// How long a bucket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Every {
    /// A week, from the first day of the user's week on.
    Week,
    /// A calendar month.
    Month,
}

impl Every {
    /// The whole bucket that holds a day.
    #[must_use]
    pub fn of(self, day: NaiveDate, week_start: Weekday) -> DayRange {
        match self {
            Self::Week => week_of(day, week_start),
            Self::Month => Month::of_day(day).days(),
        }
    }
}

/// One side of a comparison: as a whole, and bucket by bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideOverTime {
    /// Which.
    pub group: Group,
    /// All of it.
    pub whole: Rates,
    /// The buckets that hold work or money, oldest first. The first and last are cut to the days of the selection;
    /// hours and money of all of them sum to `whole`.
    pub buckets: Vec<(DayRange, Rates)>,
}

/// The sides of a selection as [`side_by_side`](super::side_by_side) gives them, each with its buckets.
///
/// A bucket is what the side alone would be on its days: parallel time counts as it does in the whole.
#[must_use]
pub fn sides_over_time(
    work: &Work,
    selection: &Selection,
    by: GroupBy,
    every: Every,
    now: Timestamp,
) -> Vec<SideOverTime> {
    let moment = work.at(now);
    let week_start = work.book().settings().week_start;
    let parallel = parallel(&moment, selection, by);
    let by_sums = (every == Every::Month).then(|| by_sums(&moment, selection, by)).flatten();
    let mut sides: Vec<SideOverTime> = match by_sums {
        Some(sides) => {
            let sides = sides.into_iter();
            sides
                .map(|(group, months)| {
                    let (whole, buckets) = of_months(&moment, selection, &months);
                    SideOverTime { group, whole, buckets }
                })
                .filter(|side| holds_anything(&side.whole))
                .collect()
        }
        None => groups(&moment, selection, by)
            .into_iter()
            .map(|(group, (candidates, loose))| {
                let counted = moment.count(&candidates, selection.days, parallel);
                let whole = tally(&moment, &counted, &loose, selection.settled_only);
                let buckets = bucketed(&moment, selection, counted, loose, |day| every.of(day, week_start));
                SideOverTime { group, whole, buckets }
            })
            .filter(|side| holds_anything(&side.whole))
            .collect(),
    };
    sides.sort_by_cached_key(|side| best_first(&side.whole));
    sides
}

/// The rates of sums by month: as a whole, and month by month.
fn of_months(
    moment: &Moment<'_>,
    selection: &Selection,
    months: &BTreeMap<Month, Tally>,
) -> (Rates, Vec<(DayRange, Rates)>) {
    let set_aside = moment.work.book().settings().set_aside_percent;
    let mut whole = Tally::none(moment.work.home());
    for of_month in months.values() {
        whole.add(of_month);
    }
    let buckets =
        months.iter().map(|(month, of_month)| (cut(month.days(), selection), of_month.clone().finish(set_aside)));
    (whole.finish(set_aside), buckets.collect())
}

/// A bucket, cut to the days of a selection.
fn cut(bucket: DayRange, selection: &Selection) -> DayRange {
    DayRange { first: bucket.first.max(selection.days.first), last: bucket.last.min(selection.days.last) }
}

/// The rates of each of the user's weeks that holds work or money, oldest first. The first and last are cut to the
/// days of the selection; weeks sum to it.
#[must_use]
pub fn by_week(work: &Work, selection: &Selection, now: Timestamp) -> Vec<(DayRange, Rates)> {
    every(work, selection, Every::Week, now)
}

/// The rates of each calendar month that holds work or money, oldest first; cut and summing like weeks.
#[must_use]
pub fn by_month(work: &Work, selection: &Selection, now: Timestamp) -> Vec<(DayRange, Rates)> {
    every(work, selection, Every::Month, now)
}

fn every(work: &Work, selection: &Selection, every: Every, now: Timestamp) -> Vec<(DayRange, Rates)> {
    let moment = work.at(now);
    let everything = selection.platforms.is_none() && selection.projects.is_none();
    let split = (every == Every::Month).then(|| split(&moment, selection)).flatten();
    if let Some(split) = split.filter(|_| everything || moment.parallel(selection) == Parallel::Fully) {
        return of_months(&moment, selection, &months(&moment, selection, split, everything)).1;
    }
    let week_start = work.book().settings().week_start;
    let loose = moment.loose(selection);
    bucketed(&moment, selection, counted(&moment, selection), loose, |day| every.of(day, week_start))
}

/// Puts what counts into buckets and sums each.
fn bucketed(
    moment: &Moment<'_>,
    selection: &Selection,
    counted: Vec<Counted>,
    loose: Vec<Part<'_>>,
    bucket_of: impl Fn(NaiveDate) -> DayRange,
) -> Vec<(DayRange, Rates)> {
    let mut buckets: BTreeMap<DayRange, (Vec<Counted>, Vec<Part<'_>>)> = BTreeMap::new();
    for counted in counted {
        if let Some(piece) = moment.piece(counted.at) {
            let bucket = buckets.entry(bucket_of(piece.day)).or_default();
            bucket.0.push(counted);
        }
    }
    for part in loose {
        buckets.entry(bucket_of(part.day)).or_default().1.push(part);
    }
    buckets
        .into_iter()
        .map(|(bucket, (counted, loose))| {
            let rates = tally(moment, &counted, &loose, selection.settled_only);
            (cut(bucket, selection), rates)
        })
        .collect()
}
