//! Pay days: the days on which the work of a window is paid, before any shift.
//!
//! Counted from the window's last day, as the pay zone dates its end; the result is a calendar date in the pay zone.

use super::dates::{after, in_month, months_later, plus, weekday_after};
use crate::domain::schedule::{Holidays, PayDay};
use crate::domain::span::{DayRange, Month};
use chrono::NaiveDate;

/// The pay days of a window, from the earliest to the latest, as its rule says; weekends and holidays are not yet
/// stepped over.
pub(super) fn pay_days(pay_day: PayDay, window_last: NaiveDate, holidays: &Holidays) -> DayRange {
    match pay_day {
        PayDay::Weekday { weekday, weeks_later_min, weeks_later_max } => {
            let first = weekday_after(window_last, weekday);
            let later = |weeks: u32| plus(first, 7 * i64::from(weeks.min(5_200)));
            DayRange::new(later(weeks_later_min), later(weeks_later_max.max(weeks_later_min)))
        }
        PayDay::DayOfMonth { from, to, months_later: later } => {
            let here = Month::of_day(window_last);
            let month = if in_month(here, from) > window_last { here } else { here.next() };
            let month = months_later(month, later);
            DayRange::new(in_month(month, from), in_month(month, to.max(from)))
        }
        PayDay::After(lag) => after(DayRange::day(window_last), lag, holidays),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::Lag;
    use crate::domain::testing::day;
    use chrono::Weekday;

    fn check(pay_day: PayDay, window_last: &str, first: &str, last: &str) {
        let found = pay_days(pay_day, day(window_last), &Holidays::None);
        assert_eq!(found, DayRange::new(day(first), day(last)), "{pay_day:?} after {window_last}");
    }

    #[test]
    fn pay_days_of_the_platforms_fall_as_their_pages_say() {
        // Source: platform facts, checked 2026-11-22, section 2, worked examples.
        let weekday = |weekday, max| PayDay::Weekday { weekday, weeks_later_min: 0, weeks_later_max: max };
        let month = |from, to| PayDay::DayOfMonth { from, to, months_later: 0 };
        check(weekday(Weekday::Fri, 0), "2026-11-15", "2026-11-20", "2026-11-20"); // Alignerr
        check(weekday(Weekday::Wed, 0), "2026-11-20", "2026-11-25", "2026-11-25"); // Mercor
        check(weekday(Weekday::Tue, 1), "2026-11-16", "2026-11-17", "2026-11-24"); // Outlier, both readings
        check(PayDay::After(Lag::days(10, 10)), "2026-11-15", "2026-11-25", "2026-11-25"); // Upwork
        check(PayDay::After(Lag::days(5, 5)), "2026-11-30", "2026-12-05", "2026-12-05"); // micro1
        check(month(10, 20), "2026-10-31", "2026-11-10", "2026-11-20"); // OneForma
        check(month(15, 15), "2026-07-15", "2026-08-15", "2026-08-15"); // Gini Talent
        check(month(14, 14), "2026-10-31", "2026-11-14", "2026-11-14"); // CrowdGen
    }

    #[test]
    fn a_weekday_is_strictly_after_the_window_and_a_short_month_gives_its_last_day() {
        let tuesday = PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 0 };
        check(tuesday, "2026-11-17", "2026-11-24", "2026-11-24");
        let last = PayDay::DayOfMonth { from: 31, to: 31, months_later: 0 };
        check(last, "2027-01-31", "2027-02-28", "2027-02-28");
        check(last, "2027-02-15", "2027-02-28", "2027-02-28");
        let later = PayDay::DayOfMonth { from: 30, to: 31, months_later: 2 };
        check(later, "2026-12-31", "2027-03-30", "2027-03-31");
    }

    #[test]
    fn nonsense_counts_as_the_nearest_sense() {
        check(PayDay::DayOfMonth { from: 0, to: 0, months_later: 0 }, "2026-10-31", "2026-11-01", "2026-11-01");
        check(PayDay::DayOfMonth { from: 99, to: 1, months_later: 0 }, "2026-10-30", "2026-10-31", "2026-10-31");
    }
}
