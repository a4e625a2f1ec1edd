//! Days that are counted: lags, business days, days of a month.
//!
//! Promises: no input panics or loops for long; days stay between the years 1 and 9999, lags below a hundred years.
//! A named holiday list isn't computed yet: where it would matter the answer is [`UnknownDate::NotComputed`].

use chrono::{Datelike, NaiveDate, Weekday};

use super::UnknownDate;
use crate::domain::schedule::{DayCount, Holidays, Lag, Modifiers, Shift};
use crate::domain::span::{DayRange, Month, day_plus};

/// The longest lag that is counted, in days: a hundred years. Longer ones are nonsense and count as this.
const LONGEST: u32 = 36_525;
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

/// The days that are closed beside weekends.
fn closed_days(holidays: &Holidays) -> Result<&[NaiveDate], UnknownDate> {
    match holidays {
        Holidays::None => Ok(&[]),
        Holidays::Own(days) => Ok(days),
        Holidays::UsFederal | Holidays::Target | Holidays::UkBank => Err(UnknownDate::NotComputed),
    }
}

fn is_business(day: NaiveDate, closed: &[NaiveDate]) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !closed.contains(&day)
}

/// The nearest business day from a day on, in steps of one day forward or back.
fn nearest_business(day: NaiveDate, step: i64, closed: &[NaiveDate]) -> NaiveDate {
    let mut found = day;
    // The list is finite: so many steps get past all of it and its weekends.
    for _ in 0..closed.len().saturating_mul(2).saturating_add(7) {
        if is_business(found, closed) {
            break;
        }
        found = plus(found, step);
    }
    found
}

/// So many business days after a day, which itself need not be one.
fn business_days_after(day: NaiveDate, days: u32, closed: &[NaiveDate]) -> NaiveDate {
    (0..days).fold(day, |day, _| nearest_business(plus(day, 1), 1, closed))
}

/// The days after a lag: the earliest after the first day, the latest after the last.
///
/// # Errors
/// [`UnknownDate::NotComputed`] where business days of a named holiday list would have to be counted.
pub(super) fn after(days: DayRange, lag: Lag, holidays: &Holidays) -> Result<DayRange, UnknownDate> {
    let least = lag.min_days.min(LONGEST);
    let most = lag.max_days.clamp(least, LONGEST);
    if most == 0 {
        return Ok(days);
    }
    Ok(match lag.count {
        DayCount::Calendar => DayRange::new(plus(days.first, i64::from(least)), plus(days.last, i64::from(most))),
        DayCount::Business => {
            let closed = closed_days(holidays)?;
            DayRange::new(business_days_after(days.first, least, closed), business_days_after(days.last, most, closed))
        }
    })
}

/// Pay days moved off weekends and holidays, then the extra business days of the worker's country.
///
/// # Errors
/// [`UnknownDate::NotComputed`] where a named holiday list would decide.
pub(super) fn shifted(days: DayRange, modifiers: &Modifiers) -> Result<DayRange, UnknownDate> {
    let step = match modifiers.shift {
        Shift::None => 0,
        Shift::Next => 1,
        Shift::Previous => -1,
    };
    let extra = modifiers.extra_business_days.min(LONGEST);
    if step == 0 && extra == 0 {
        return Ok(days);
    }
    let closed = closed_days(&modifiers.holidays)?;
    let moved = |day: NaiveDate| {
        let open = if step == 0 { day } else { nearest_business(day, step, closed) };
        business_days_after(open, extra, closed)
    };
    Ok(DayRange::new(moved(days.first), moved(days.last)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn business(min_days: u32, max_days: u32) -> Lag {
        Lag { min_days, max_days, count: DayCount::Business }
    }

    #[test]
    fn three_to_seven_business_days_step_over_weekends_and_own_holidays() {
        // Source: platform facts, checked 2026-11-22, Mercor: paid Wed 25 Nov, Thu 26 Nov a holiday, Tue 1 – Mon 7 Dec.
        let paid = DayRange::day(day("2026-11-25"));
        let own = Holidays::Own(vec![day("2026-11-26")]);
        assert_eq!(after(paid, business(3, 7), &own), Ok(DayRange::new(day("2026-12-01"), day("2026-12-07"))));
        // The calendar says the same without the holiday: Mon 30 Nov – Fri 4 Dec.
        assert_eq!(
            after(paid, business(3, 7), &Holidays::None),
            Ok(DayRange::new(day("2026-11-30"), day("2026-12-04")))
        );
    }

    #[test]
    fn a_named_holiday_list_is_not_guessed() {
        let paid = DayRange::day(day("2026-11-25"));
        assert_eq!(after(paid, business(3, 7), &Holidays::UsFederal), Err(UnknownDate::NotComputed));
        assert_eq!(after(paid, Lag::days(1, 1), &Holidays::UsFederal), Ok(DayRange::day(day("2026-11-26"))));
        assert_eq!(after(paid, business(0, 0), &Holidays::UsFederal), Ok(paid), "no day to count");
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
            assert_eq!(shifted(saturday, &with(shift, extra)), Ok(DayRange::day(day(expected))));
        }
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
        assert_eq!(after(far, Lag::days(9, 1), &Holidays::None), Ok(DayRange::day(LAST)));
        let closed: Vec<NaiveDate> = DayRange::new(day("2026-11-01"), day("2027-11-01")).days().collect();
        assert_eq!(nearest_business(day("2026-11-01"), 1, &closed), day("2027-11-02"));
    }
}
