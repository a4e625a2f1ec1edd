//! Days that are counted: lags, business days, days of a month.
//!
//! Promises: no input panics or loops for long; days stay between the years 1 and 9999, lags to ten years.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use crate::domain::holidays::is_business_day;
use crate::domain::schedule::{DayCount, Holidays, Lag, Modifiers, Shift};
use crate::domain::span::{DayRange, Month, Zone, date_in, day_plus, instant_at};

/// The longest lag that is counted, in days: ten years. Longer ones are refused when typed; in a file they count as this.
const LONGEST: u32 = 3_660;
/// The most months that are counted: a hundred years.
const MOST_MONTHS: u32 = 1_200;
const FIRST: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
const LAST: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// A day between the years 1 and 9999: days beyond stay at the end, so that no calculation leaves the calendar.
pub(super) fn sane(day: NaiveDate) -> NaiveDate {
    day.clamp(FIRST, LAST)
}

/// A day so many days later, or earlier where negative.
pub(super) fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    sane(day_plus(sane(day), days))
}

/// A day of a month; 0 counts as the first, and a month that is shorter gives its last day.
pub(super) fn in_month(month: Month, day: u32) -> NaiveDate {
    let found = NaiveDate::from_ymd_opt(month.year, month.month, day.clamp(1, 31));
    sane(found.unwrap_or_else(|| month.last_day()))
}

/// The month so many months later.
pub(super) fn months_later(month: Month, months: u32) -> Month {
    let ahead = month.month.saturating_sub(1) + months.min(MOST_MONTHS);
    let years = i32::try_from(ahead / 12).unwrap_or(0);
    Month { year: month.year.saturating_add(years), month: ahead % 12 + 1 }
}

/// The last such weekday on or before a day.
pub(super) fn weekday_on_or_before(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    plus(day, -i64::from(day.weekday().days_since(weekday)))
}

/// The first such weekday after a day.
pub(super) fn weekday_after(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    let next = plus(day, 1);
    plus(next, i64::from(weekday.days_since(next.weekday())))
}

/// The day on which the last second of a day in one zone falls in another; never an earlier date.
pub(super) fn day_in(day: NaiveDate, from: Zone, to: Zone) -> NaiveDate {
    if from == to {
        return day;
    }
    let end = instant_at(plus(day, 1), NaiveTime::MIN, from) - TimeDelta::seconds(1);
    sane(date_in(end, to)).max(day)
}

/// The nearest business day from a day on, in steps of one day forward or back.
fn nearest_business(day: NaiveDate, step: i64, holidays: &Holidays) -> NaiveDate {
    let own = if let Holidays::Own(days) = holidays { days.len() } else { 0 };
    let mut found = day;
    // A list of one's own is finite: so many steps get past all of it and its weekends; no other closes for a month.
    for _ in 0..own.saturating_mul(2).saturating_add(31) {
        if is_business_day(found, holidays) {
            break;
        }
        found = plus(found, step);
    }
    found
}

/// So many business days after a day, which itself need not be one.
fn business_days_after(day: NaiveDate, days: u32, holidays: &Holidays) -> NaiveDate {
    (0..days).fold(day, |day, _| nearest_business(plus(day, 1), 1, holidays))
}

/// The days after a lag: the earliest after the first day, the latest after the last.
pub(super) fn after(days: DayRange, lag: Lag, holidays: &Holidays) -> DayRange {
    let least = lag.min_days.min(LONGEST);
    let most = lag.max_days.clamp(least, LONGEST);
    let later = |day: NaiveDate, count: u32| match lag.count {
        DayCount::Calendar => plus(day, i64::from(count)),
        DayCount::Business => business_days_after(day, count, holidays),
    };
    if most == 0 { days } else { DayRange::new(later(days.first, least), later(days.last, most)) }
}

/// Pay days moved off weekends and holidays, then the extra business days of the worker's country.
///
/// A shift to the business day before never goes before `worked`, the last day of the work: then it is the next one.
pub(super) fn shifted(days: DayRange, modifiers: &Modifiers, worked: NaiveDate) -> DayRange {
    let extra = modifiers.extra_business_days.min(LONGEST);
    let holidays = &modifiers.holidays;
    let moved = |day: NaiveDate| {
        let open = match modifiers.shift {
            Shift::None => day,
            Shift::Next => nearest_business(day, 1, holidays),
            Shift::Previous => {
                let before = nearest_business(day, -1, holidays);
                if before < worked { nearest_business(day, 1, holidays) } else { before }
            }
        };
        business_days_after(open, extra, holidays)
    };
    DayRange::new(moved(days.first), moved(days.last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn business(min_days: u32, max_days: u32) -> Lag {
        Lag { min_days, max_days, count: DayCount::Business }
    }

    #[test]
    fn three_to_seven_business_days_step_over_weekends_and_holidays() {
        // Source: platform facts, checked 2026-11-22, Mercor: paid Wed 25 Nov, Thu 26 Nov a holiday, Tue 1 – Mon 7 Dec.
        let paid = DayRange::day(day("2026-11-25"));
        let with_thanksgiving = DayRange::new(day("2026-12-01"), day("2026-12-07"));
        assert_eq!(after(paid, business(3, 7), &Holidays::UsFederal), with_thanksgiving);
        assert_eq!(after(paid, business(3, 7), &Holidays::Own(vec![day("2026-11-26")])), with_thanksgiving);
        // The calendar says the same without the holiday: Mon 30 Nov – Fri 4 Dec.
        let without = DayRange::new(day("2026-11-30"), day("2026-12-04"));
        assert_eq!(after(paid, business(3, 7), &Holidays::None), without);
        assert_eq!(after(paid, business(0, 0), &Holidays::UsFederal), paid, "no day to count");
    }

    #[test]
    fn a_shift_goes_to_the_next_or_the_previous_business_day() {
        let saturday = DayRange::day(day("2026-12-05"));
        let with = |shift, extra_business_days| Modifiers { shift, extra_business_days, ..Modifiers::default() };
        let cases = [
            (Shift::None, 0, "2026-12-05"),
            (Shift::Next, 0, "2026-12-07"),
            (Shift::Next, 1, "2026-12-08"),
            (Shift::Previous, 0, "2026-12-04"),
        ];
        for (shift, extra, expected) in cases {
            let found = shifted(saturday, &with(shift, extra), day("2026-11-30"));
            assert_eq!(found, DayRange::day(day(expected)));
        }
        // Worked until that Saturday: it cannot be paid on the Friday before.
        let found = shifted(saturday, &with(Shift::Previous, 0), day("2026-12-05"));
        assert_eq!(found, DayRange::day(day("2026-12-07")));
    }

    #[test]
    fn a_holiday_that_follows_a_weekend_is_stepped_over_with_it() {
        // Source: gov.uk: Boxing Day of 2026 is a Saturday, its substitute Monday 28 December.
        let uk = |shift| Modifiers { shift, holidays: Holidays::UkBank, ..Modifiers::default() };
        let boxing_day = DayRange::day(day("2026-12-26"));
        let worked = day("2026-12-01");
        assert_eq!(shifted(boxing_day, &uk(Shift::Next), worked), DayRange::day(day("2026-12-29")));
        assert_eq!(shifted(boxing_day, &uk(Shift::Previous), worked), DayRange::day(day("2026-12-24")));
    }

    #[test]
    fn a_day_in_another_zone_never_comes_before_its_end() {
        let (angeles, auckland) = (chrono_tz::America::Los_Angeles, chrono_tz::Pacific::Auckland);
        let sunday = day("2026-11-15");
        // Sunday evening in Los Angeles is Monday in Auckland; Sunday's end in Auckland is still Sunday in Los Angeles.
        assert_eq!(day_in(sunday, angeles, auckland), day("2026-11-16"));
        assert_eq!(day_in(sunday, auckland, angeles), sunday);
    }

    #[test]
    fn a_shorter_month_gives_its_last_day() {
        let february = Month { year: 2027, month: 2 };
        assert_eq!(in_month(february, 31), day("2027-02-28"));
        assert_eq!(in_month(february, 0), day("2027-02-01"));
        assert_eq!(months_later(Month { year: 2026, month: 11 }, 3), february);
    }

    #[test]
    fn nonsense_stays_inside_the_calendar() {
        let far = DayRange::day(NaiveDate::MAX);
        assert_eq!(after(far, Lag::days(9, 1), &Holidays::None), DayRange::day(LAST));
        let closed: Vec<NaiveDate> = DayRange::new(day("2026-11-01"), day("2027-11-01")).days().collect();
        assert_eq!(nearest_business(day("2026-11-01"), 1, &Holidays::Own(closed)), day("2027-11-02"));
    }
}
