//! Laws of any Book: days, weeks, months and rows sum to their figures.

use proptest::prelude::*;

use super::*;
use crate::domain::query::hours::counted;
use crate::domain::query::work::Worth;

/// A random Book: sessions in all shapes, some under earnings, some of these paid.
fn any_book() -> impl Strategy<Value = Kit> {
    let session = (0u32..40_000, 1u32..900, 1u64..4, 0u8..6, 0u8..5);
    let earning = (0usize..30, 1u32..9_999, 0u8..4, 0u32..9_999);
    (proptest::collection::vec(session, 1..30), proptest::collection::vec(earning, 0..8)).prop_map(
        |(sessions, earnings)| {
            let mut kit = Kit::new();
            kit.rate(1, Currency::GBP, "2026-11-10", "1.3173");
            let start = at("2026-11-01T00:00:00Z");
            let count = sessions.len();
            for (n, (minute, length, project, shape, pound)) in sessions.into_iter().enumerate() {
                let from = start + chrono::TimeDelta::minutes(minute.into());
                let until = from + chrono::TimeDelta::seconds(i64::from(length) * 17);
                let mut one = session_at(n as u64 + 1, from, until);
                one.project = (project < 3).then_some(ProjectId(project));
                one.paid = shape != 0;
                one.own_price = (pound == 0).then(|| Money::new(3.into(), Currency::GBP));
                one.declared_secs = (shape == 1).then_some(1234);
                one.ended_at = one.ended_at.filter(|_| shape != 2);
                kit.put(one);
            }
            for (n, (of, cents, kind, paid)) in earnings.into_iter().enumerate() {
                let amount = Decimal::new(cents.into(), 2).to_string();
                let named: Vec<SessionId> = (of..count.min(of + 3)).map(|at| SessionId(at as u64 + 1)).collect();
                let covers = if kind == 0 { &[][..] } else { &named };
                let id = kit.earning(n as u64 + 1, &amount, covers);
                if kind == 2 {
                    kit.edit_earning(id, |earning| {
                        earning.covers = Covers::Days {
                            project: ProjectId(1),
                            days: DayRange::new(day("2026-11-03"), day("2026-11-09")),
                        };
                    });
                }
                if kind != 3 {
                    let received = Money::new(Decimal::new(paid.into(), 2), Currency::USD);
                    kit.payout(n as u64 + 1, &amount, Some(received), "2026-11-12", &[(id, &amount)]);
                }
            }
            kit
        },
    )
}

fn session_at(id: u64, from: Timestamp, until: Timestamp) -> crate::domain::session::Session {
    let mut one = session(id, NOW, None);
    one.started_at = from;
    one.ended_at = Some(until);
    one
}

fn summed(parts: impl IntoIterator<Item = Rates>) -> (Hours, Decimal, Decimal, Decimal, usize) {
    let mut sum = (Hours::default(), Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, 0);
    for rates in parts {
        sum.0.own_secs += rates.hours.own_secs;
        sum.0.paid_secs += rates.hours.paid_secs;
        sum.1 += rates.recorded;
        sum.2 += rates.accepted;
        sum.3 += rates.received;
        sum.4 += rates.sessions;
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn days_weeks_months_and_rows_sum_to_their_figures(
        kit in any_book(),
        settled_only in proptest::bool::ANY,
    ) {
        let work = kit.of();
        let now = at("2026-11-30T00:00:00Z");
        let mut selection = all();
        selection.settled_only = settled_only;
        let whole = rates(&work, &selection, now);
        let total = summed([whole.clone()]);
        let days = day_totals(&work, &selection, now);
        prop_assert_eq!(summed(days.into_iter().map(|day| day.rates)), total);
        let weeks = by_week(&work, &selection, now);
        // Weeks asked for one by one are the same weeks.
        for (range, week) in &weeks {
            let alone = Selection { days: *range, ..selection.clone() };
            prop_assert_eq!(&rates(&work, &alone, now), week);
        }
        prop_assert_eq!(summed(weeks.into_iter().map(|(_, rates)| rates)), total);
        let months = by_month(&work, &selection, now);
        prop_assert_eq!(summed(months.into_iter().map(|(_, rates)| rates)), total);

        let rows = rows(&work, &selection, now);
        let mut worth = Worth::default();
        for row in &rows {
            worth.add(&row.worth);
        }
        prop_assert_eq!(worth.recorded, whole.recorded);
        prop_assert_eq!(worth.accepted, whole.accepted);
        prop_assert_eq!(worth.received, whole.received);
        prop_assert_eq!(worth.unsettled, whole.unsettled);
        prop_assert_eq!(rows.iter().map(|row| row.own_secs).sum::<i64>(), whole.hours.own_secs);
        prop_assert_eq!(rows.iter().map(|row| row.paid_secs).sum::<i64>(), whole.hours.paid_secs);
        prop_assert!(whole.hours.paid_secs <= whole.hours.own_secs);
        let mut hours = Hours::default();
        for one in counted(&work.at(now), &selection) {
            hours.add(&one);
        }
        prop_assert_eq!(hours, whole.hours);
    }

    #[test]
    fn platforms_side_by_side_are_each_platform_alone(kit in any_book()) {
        let work = kit.of();
        let now = at("2026-11-30T00:00:00Z");
        for (group, side) in side_by_side(&work, &all(), GroupBy::Platform, now) {
            let Group::Platform(platform) = group else { continue };
            prop_assert_eq!(side, rates(&work, &all().platform(platform), now));
        }
    }

    #[test]
    fn buckets_of_each_side_sum_to_it_and_are_the_side_alone_on_their_days(
        kit in any_book(),
        settled_only in proptest::bool::ANY,
        by in prop_oneof![Just(GroupBy::Platform), Just(GroupBy::Project), Just(GroupBy::TaskType)],
        every in prop_oneof![Just(Every::Week), Just(Every::Month)],
    ) {
        let work = kit.of();
        let now = at("2026-11-30T00:00:00Z");
        let mut selection = all();
        selection.settled_only = settled_only;
        let sides = sides_over_time(&work, &selection, by, every, now);
        let wholes: Vec<_> = sides.iter().map(|side| (side.group.clone(), side.whole.clone())).collect();
        prop_assert_eq!(wholes, side_by_side(&work, &selection, by, now));
        for side in sides {
            let buckets = side.buckets.iter().map(|(_, rates)| rates.clone());
            prop_assert_eq!(summed(buckets), summed([side.whole]));
            prop_assert!(side.buckets.is_sorted_by(|(a, _), (b, _)| a.last < b.first));
            for (days, rates) in side.buckets {
                let days_alone = Selection { days, ..selection.clone() };
                match side.group {
                    Group::Platform(platform) => {
                        prop_assert_eq!(&super::rates(&work, &days_alone.platform(platform), now), &rates);
                    }
                    Group::Project(project) => {
                        prop_assert_eq!(&super::rates(&work, &days_alone.project(project), now), &rates);
                    }
                    Group::TaskType(_) => {}
                }
            }
        }
    }
}
