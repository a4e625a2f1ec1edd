//! Pay-back: when the unpaid tests and onboarding of a platform had paid for themselves.

use rust_decimal::Decimal;

use super::hours::{Selection, counted};
use super::rates::Step;
use super::work::{Place, Work};
use crate::domain::ids::PlatformId;
use crate::domain::session::Activity;
use crate::domain::span::{DayRange, Timestamp};

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
    let selection = Selection::period(DayRange::all()).platform(platform);
    let counted = counted(&moment, &selection);
    let is_entry = |at: Place| {
        moment.piece(at).is_some_and(|piece| {
            !piece.session.paid && matches!(piece.session.activity, Activity::Assessment | Activity::Onboarding)
        })
    };
    let last_entry = counted.iter().rposition(|one| is_entry(one.at))?;
    let mut loose = moment.loose(&selection).into_iter().peekable();
    let (mut own, mut paid, mut unpaid) = (0_i64, 0_i64, 0_i64);
    let mut earned = Decimal::ZERO;
    let mut after_paid_secs = None;
    for (place, one) in counted.iter().enumerate() {
        let day = moment.piece(one.at)?.day;
        let adding = std::iter::from_fn(|| loose.next_if(|part| part.day <= day)).map(|part| part.worth);
        for worth in adding.chain(moment.worths(one.at, false)) {
            if worth.missing.iter().any(|(step, _)| *step == Step::Received) {
                return None;
            }
            earned = earned.saturating_add(worth.received);
        }
        own = own.saturating_add(one.own_secs);
        paid = paid.saturating_add(one.paid_secs);
        if is_entry(one.at) {
            unpaid = unpaid.saturating_add(one.own_secs);
        }
        let reached = || Some(earned.checked_mul(Decimal::from(3600))? >= floor.checked_mul(Decimal::from(own))?);
        if after_paid_secs.is_none() && place >= last_entry && paid > 0 && reached() == Some(true) {
            after_paid_secs = Some(paid);
        }
    }
    (unpaid > 0 && paid > 0).then_some(PayBack { unpaid_secs: unpaid, after_paid_secs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::query::work::testkit::{Kit, at};
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
