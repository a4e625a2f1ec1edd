//! Pay-back: when the unpaid tests and onboarding of a platform had paid for themselves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::hours::{Selection, counted};
use super::rates::{Tally, month_of};
use super::work::{Counted, Work};
use crate::domain::ids::PlatformId;
use crate::domain::span::{DayRange, Month, Timestamp};

/// What getting in cost, and when it had paid for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayBack {
    /// Own seconds of unpaid assessment and onboarding.
    pub unpaid_secs: i64,
    /// Paid own seconds since joining until it had; `None` while it has not.
    pub after_paid_secs: Option<i64>,
}

/// When the unpaid assessment and onboarding of a platform had paid for themselves.
///
/// They had at the end of the first session, the last of them or a later one, by which everything earned on the
/// platform (the *received* step, home currency, what is not settled in full) ÷ all own time spent on it reached
/// `floor`, the least hourly rate in home currency for which the user wants to work. Sessions are taken in the order
/// of their starts; earnings that stand by themselves count from their day on. A test that is taken later asks anew.
///
/// `None` where no such time was spent, where nothing was paid for yet, and where an exchange rate is missing.
#[must_use]
pub fn pay_back(work: &Work, platform: PlatformId, floor: Decimal, now: Timestamp) -> Option<PayBack> {
    let moment = work.at(now);
    let all = Selection::period(DayRange::all()).platform(platform);
    let of_month = |month: Month| counted(&moment, &Selection { days: month.days(), ..all.clone() });
    let is_entry = |one: &Counted| {
        moment.piece(one.at).is_some_and(|piece| piece.session.activity.is_entry() && !piece.session.paid)
    };
    let months: Vec<Month> = moment.months().into_iter().collect();
    let whole = moment.whole_months(DayRange::all()).into_iter();
    let sums: BTreeMap<Month, Tally> = whole.map(|month| (month, month_of(&moment, &all, month, false))).collect();
    let has_entry = |month: &Month| match sums.get(month) {
        Some(sums) => sums.unpaid_entry_secs > 0,
        None => of_month(*month).iter().any(is_entry),
    };
    let last_entry = months.iter().rev().copied().find(has_entry)?;
    let mut so_far = Tally::none(work.home());
    let mut loose = moment.loose(&all).into_iter().peekable();
    let mut add_loose = |so_far: &mut Tally, until: NaiveDate| {
        while let Some(part) = loose.next_if(|part| part.day <= until) {
            so_far.take_loose(&part);
        }
    };
    let mut after_paid_secs = None;
    for month in months {
        // Session by session only where it may be reached.
        let may_be_reached = month >= last_entry && after_paid_secs.is_none();
        if let Some(sums) = sums.get(&month).filter(|_| !may_be_reached) {
            add_loose(&mut so_far, month.last_day());
            so_far.add(sums);
            continue;
        }
        let sessions = of_month(month);
        let from = if month == last_entry { sessions.iter().rposition(is_entry).unwrap_or(0) } else { 0 };
        for (nth, one) in sessions.iter().enumerate() {
            add_loose(&mut so_far, moment.piece(one.at)?.day);
            so_far.take(&moment, one, false);
            if may_be_reached && nth >= from && after_paid_secs.is_none() && reaches(&so_far, floor) {
                after_paid_secs = Some(so_far.hours().paid_secs);
            }
        }
    }
    let (paid_secs, unpaid_secs) = (so_far.hours().paid_secs, so_far.unpaid_entry_secs);
    let known = !so_far.lacks_received() && unpaid_secs > 0 && paid_secs > 0;
    known.then_some(PayBack { unpaid_secs, after_paid_secs })
}

fn reaches(so_far: &Tally, floor: Decimal) -> bool {
    let hours = so_far.hours();
    let sides = || {
        let earned = so_far.received().checked_mul(Decimal::from(3600))?;
        Some(earned >= floor.checked_mul(Decimal::from(hours.own_secs))?)
    };
    hours.paid_secs > 0 && sides() == Some(true)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::ProjectId;
    use crate::domain::money::Currency;
    use crate::domain::query::work::testkit::{Kit, at, session};
    use crate::domain::session::Session;
    use crate::domain::span::day_plus;
    use crate::domain::terms::Pay;

    const HOUR: i64 = 3_600;

    fn of(kit: &Kit) -> Option<PayBack> {
        pay_back(&kit.of(), PlatformId(1), 18.into(), at("2026-11-22T20:00:00Z"))
    }

    fn paid_hours(kit: &mut Kit, first_day: u64, days: u64) {
        for day in first_day..first_day + days {
            let (from, until) = (format!("2026-11-{day:02}T10:00:00Z"), format!("2026-11-{day:02}T11:00:00Z"));
            kit.work(day, 1, &from, &until, |_| {});
        }
    }

    /// $25 an hour over 2 h of tests: 25 x ≥ 18 (x + 2) from x = 5.14 h on, so after the sixth hour.
    #[test]
    fn tests_are_paid_back_once_the_rate_over_all_hours_reaches_the_floor() {
        let mut kit = Kit::new();
        kit.unpaid(100, 1, "2026-11-01T08:00:00Z", "2026-11-01T10:00:00Z");
        assert_eq!(of(&kit), None, "nothing was paid for yet");
        paid_hours(&mut kit, 2, 5);
        assert_eq!(of(&kit), Some(PayBack { unpaid_secs: 2 * HOUR, after_paid_secs: None }));
        paid_hours(&mut kit, 7, 5);
        assert_eq!(of(&kit), Some(PayBack { unpaid_secs: 2 * HOUR, after_paid_secs: Some(6 * HOUR) }));
    }

    #[test]
    fn a_later_test_asks_anew() {
        let mut kit = Kit::new();
        kit.unpaid(100, 1, "2026-11-01T08:00:00Z", "2026-11-01T10:00:00Z");
        paid_hours(&mut kit, 2, 10);
        kit.unpaid(101, 1, "2026-11-12T08:00:00Z", "2026-11-12T13:00:00Z");
        // 10 h at $25 over 17 h are $14.71; 18 (x + 7) ≤ 25 x from x = 18 h on.
        assert_eq!(of(&kit), Some(PayBack { unpaid_secs: 7 * HOUR, after_paid_secs: None }));
        paid_hours(&mut kit, 13, 8);
        assert_eq!(of(&kit), Some(PayBack { unpaid_secs: 7 * HOUR, after_paid_secs: Some(18 * HOUR) }));
    }

    #[test]
    fn a_bonus_counts_from_its_day_on() {
        let mut kit = Kit::new();
        kit.unpaid(100, 1, "2026-11-01T08:00:00Z", "2026-11-01T10:00:00Z");
        paid_hours(&mut kit, 18, 4);
        // 18 × 6 h = $108; four hours are $100. The bonus is of 20 Nov.
        kit.earning(1, "8", &[]);
        assert_eq!(of(&kit).and_then(|back| back.after_paid_secs), Some(4 * HOUR));
    }

    /// Each session in turn, as the words above have it.
    fn one_by_one(work: &Work, floor: Decimal, now: Timestamp) -> Option<PayBack> {
        let moment = work.at(now);
        let selection = Selection::period(DayRange::all()).platform(PlatformId(1));
        let counted = counted(&moment, &selection);
        let is_entry = |one: &Counted| {
            let session = moment.piece(one.at).unwrap().session;
            session.activity.is_entry() && !session.paid
        };
        let last_entry = counted.iter().rposition(is_entry)?;
        let loose = moment.loose(&selection);
        let mut found = PayBack { unpaid_secs: 0, after_paid_secs: None };
        let (mut own, mut paid, mut earned) = (0, 0, Decimal::ZERO);
        for (nth, one) in counted.iter().enumerate() {
            own += one.own_secs;
            paid += one.paid_secs;
            earned += moment.estimate(one.at).map_or(Decimal::ZERO, |estimate| estimate.worth().received);
            earned += moment.parts(one.at).map(|part| part.worth.received).sum::<Decimal>();
            if is_entry(one) {
                found.unpaid_secs += one.own_secs;
            }
            let day = moment.piece(one.at).unwrap().day;
            let beside: Decimal = loose.iter().filter(|part| part.day <= day).map(|part| part.worth.received).sum();
            let reached = (earned + beside) * Decimal::from(3600) >= floor * Decimal::from(own);
            if found.after_paid_secs.is_none() && nth >= last_entry && paid > 0 && reached {
                found.after_paid_secs = Some(paid);
            }
        }
        (found.unpaid_secs > 0 && paid > 0).then_some(found)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn whole_months_and_single_sessions_say_the_same(
            work in proptest::collection::vec((0i64..400, 1i64..9, 0u8..7), 1..60),
            bonuses in proptest::collection::vec((1u32..29, 1i64..200), 0..4),
            floor in 1i64..30,
            runs in any::<bool>(),
        ) {
            let mut kit = Kit::new();
            let begin = at("2025-10-20T06:00:00Z");
            let text = |at: Timestamp| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
            for (id, (day, quarters, what)) in (1..).zip(&work) {
                let from = begin + TimeDelta::days(*day) + TimeDelta::minutes(20 * i64::from(*what));
                let until = from + TimeDelta::minutes(15 * quarters);
                if *what == 0 {
                    kit.unpaid(id, 1, &text(from), &text(until));
                } else {
                    let project = if *what == 1 { 2 } else { 1 };
                    kit.work(id, project, &text(from), &text(until), |_| {});
                }
            }
            for (id, (day, amount)) in (1..).zip(&bonuses) {
                let earning = kit.earning(id, &amount.to_string(), &[]);
                let worked = day_plus(begin.date_naive(), i64::from(*day) * 13);
                kit.edit_earning(earning, |earning| earning.worked = DayRange::day(worked));
            }
            if runs {
                let timer = Session { project: Some(ProjectId(1)), ..session(999, "2026-11-22T18:00:00Z", None) };
                kit.put(timer);
            }
            let (floor, now) = (Decimal::from(floor), at("2026-11-22T20:00:00Z"));
            let reading = kit.of();
            prop_assert_eq!(pay_back(&reading, PlatformId(1), floor, now), one_by_one(&reading, floor, now));
        }
    }

    #[test]
    fn without_tests_or_with_a_missing_exchange_rate_nothing_is_said() {
        let mut kit = Kit::new();
        paid_hours(&mut kit, 2, 5);
        assert_eq!(of(&kit), None);
        kit.unpaid(100, 1, "2026-11-01T08:00:00Z", "2026-11-01T10:00:00Z");
        assert!(of(&kit).is_some());
        kit.terms(1, 1, Currency::GBP, Pay::PerHour(25.into()));
        assert_eq!(of(&kit), None, "pounds without a rate to dollars");
    }
}
