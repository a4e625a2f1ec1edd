//! Own lags: how long the user's own money took after its rule's first pay day, where nobody documents the rule.
//!
//! Formula: of each of the newest landed payouts that settle something, the days from the first pay day that the rule gives
//! for its latest work (before shift, hold and transit) to the day of arrival. From five on: median, 10th and 90th
//! percentile by nearest rank. An approval that was recorded by landing itself is no event of the rule. A platform is
//! read only where some of its open money follows a rule that is reported or a lead.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::batch::{self, Batch};
use super::gather::{Open, Schedules, Work};
use super::parcel::Parcels;
use super::place::Moment;
use super::runs::Runs;
use super::{OwnLags, invoice, is_soft, items};
use crate::domain::book::Book;
use crate::domain::earning::Earning;
use crate::domain::ids::PlatformId;
use crate::domain::payout::Payout;
use crate::domain::schedule::{EarningShape, Rule};
use crate::domain::terms::Pay;

/// From how many payouts on they say more than the rule.
const LEAST: usize = 5;
/// How many are asked, the newest: what was usual a year ago may be no more.
const NEWEST: usize = 12;
/// A payout that settles more earnings than this is judged by the first of them.
const MOST_PARTS: usize = 200;

/// What payouts taught, by platform, as far as it was asked for.
#[derive(Debug, Default)]
pub(super) struct Taught(HashMap<PlatformId, Option<OwnLags>>);

impl Taught {
    /// What the payouts of a platform taught; `None` where its rules stand, or where there are too few.
    pub(super) fn of(
        &mut self,
        book: &Book,
        platform: PlatformId,
        parcels: &Parcels<'_>,
        moment: Moment,
    ) -> Option<OwnLags> {
        let soft = parcels.values().filter_map(|parcel| parcel.schedule);
        if !soft.into_iter().any(|schedule| is_soft(schedule.provenance.standing)) {
            return None;
        }
        *self.0.entry(platform).or_insert_with(|| own_lags(book, platform, moment))
    }
}

fn own_lags(book: &Book, platform: PlatformId, moment: Moment) -> Option<OwnLags> {
    let mut landed: Vec<(NaiveDate, &Payout)> = Vec::new();
    for (_, bucket) in book.months().rev() {
        let of_it =
            bucket.payouts().filter(|payout| payout.platform == Some(platform) && !payout.allocations.is_empty());
        landed.extend(of_it.filter_map(|payout| Some((payout.received_on?, payout.as_ref()))));
        if landed.len() >= NEWEST {
            break;
        }
    }
    landed.sort_by_key(|(on, payout)| (std::cmp::Reverse(*on), payout.id));
    landed.truncate(NEWEST);
    let schedules = Schedules::of(book);
    let mut lags = Vec::new();
    let mut weekdays = Vec::new();
    for (on, payout) in landed {
        let parts = payout.allocations.iter().take(MOST_PARTS);
        let latest = parts.filter_map(|part| book.earning(part.earning)).max_by_key(|earning| earning.worked.last);
        let Some(day) = latest.and_then(|earning| first_pay_day(book, &schedules, earning, on, moment)) else {
            continue;
        };
        lags.push((on - day).num_days());
        weekdays.push(day.weekday());
    }
    told(lags, &weekdays)
}

fn told(mut lags: Vec<i64>, weekdays: &[Weekday]) -> Option<OwnLags> {
    if lags.len() < LEAST {
        return None;
    }
    lags.sort_unstable();
    let rank = |percent: usize| lags.get((lags.len() * percent).div_ceil(100).saturating_sub(1)).copied();
    let first = weekdays.first().copied().filter(|first| weekdays.iter().all(|day| day == first));
    Some(OwnLags { count: lags.len(), median: rank(50)?, low: rank(10)?, high: rank(90)?, weekday: first })
}

/// The first pay day that the rule gives for an earning which landed on a day; `None` where it names none.
fn first_pay_day(
    book: &Book,
    schedules: &Schedules<'_>,
    earning: &Earning,
    landed_on: NaiveDate,
    moment: Moment,
) -> Option<NaiveDate> {
    let mut earning = earning.clone();
    earning.states.retain(|dated| dated.on < landed_on);
    let usual = book.platform(earning.platform).and_then(|platform| platform.default_route);
    let route = earning.route.or(usual);
    let schedule = schedules.on(earning.platform, earning.project, route, earning.worked.last)?;
    let rule: &Rule = &schedule.rule;
    let terms = earning.project.and_then(|project| book.terms_on(project, earning.worked.last));
    let per_task =
        terms.is_some_and(|terms| matches!(terms.pay, Pay::PerTask(_) | Pay::PerUnit { .. } | Pay::BySession));
    let money = earning.amount;
    let open = Open {
        schedule: Some(schedule),
        project: earning.project,
        money,
        held_percent: None,
        told: book.platform(earning.platform).is_some_and(|platform| platform.self_reports == Some(true)),
        work: Work::Earning { earning: &earning, per_task },
    };
    let place = match rule.earning {
        EarningShape::PeriodBatch { .. } => batch::of_earning(&Batch::of(rule)?, &open, &earning, moment),
        EarningShape::ItemClock { .. } => items::place(&open, rule, moment),
        EarningShape::InvoiceNet { .. } => invoice::place(&open, rule, moment),
        EarningShape::OwnDate { .. } => return None,
    };
    let payable = place.payable.ok()?;
    match Runs::of(rule) {
        Some(runs) => runs.sweep(payable, Moment { done_at: Some(moment.now.min(end_of(payable.first))), ..moment }),
        None => return Some(payable.first),
    }
    .map(|swept| swept.days.first)
}

/// The first instant of a day, in UTC: asked for as soon as it could be.
fn end_of(day: NaiveDate) -> crate::domain::span::Timestamp {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_payouts_teach_and_four_do_not() {
        assert_eq!(told(vec![1, 1, 2, 3], &[Weekday::Tue; 4]), None);
        let six = told(vec![2, 1, 1, 2, 1, 1], &[Weekday::Tue; 6]).unwrap();
        assert_eq!((six.count, six.median, six.low, six.high, six.weekday), (6, 1, 1, 2, Some(Weekday::Tue)));
    }

    #[test]
    fn the_spread_leaves_out_the_odd_one() {
        // Nearest rank of ten and twelve values: the 10th percentile is the 1st (2nd), the 90th the 9th (11th).
        let ten = told(vec![0, 1, 1, 1, 2, 2, 2, 3, 3, 40], &[Weekday::Tue; 10]).unwrap();
        assert_eq!((ten.low, ten.median, ten.high), (0, 2, 3));
        let twelve = told(vec![-5, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 40], &[Weekday::Tue; 12]).unwrap();
        assert_eq!((twelve.low, twelve.median, twelve.high), (1, 2, 4));
        assert_eq!(told(vec![1; 5], &[Weekday::Mon, Weekday::Tue, Weekday::Tue]).unwrap().weekday, None);
    }
}
