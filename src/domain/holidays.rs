//! Holidays: the days on which banks and offices are closed beside weekends, by the rules that set them.
//!
//! Rules and not a list of dates, so that every year has an answer; days that a rule does not foresee (a coronation, a
//! bank holiday that was moved) stand below with their dates. Pure; a year before the rule began counts as today's.
//!
//! Sources, checked 2026-11-27: 5 U.S.C. 6103 and the federal holidays of the US Office of Personnel Management; the
//! long-term calendar of TARGET closing days, European Central Bank, 14 December 2000; bank holidays of England and
//! Wales, gov.uk, under the Banking and Financial Dealings Act 1971.

use chrono::{Datelike, NaiveDate, Weekday};

use super::schedule::Holidays;
use super::span::day_plus;

/// Whether a day is one of a list's holidays; weekends are no matter of this.
#[must_use]
pub fn is_holiday(day: NaiveDate, list: &Holidays) -> bool {
    match list {
        Holidays::None => false,
        Holidays::Own(days) => days.contains(&day),
        Holidays::UsFederal => is_us_federal(day),
        Holidays::Target => is_target(day),
        Holidays::UkBank => is_uk_bank(day),
    }
}

/// Whether banks and offices work on a day: no weekend and no holiday of the list.
#[must_use]
pub fn is_business_day(day: NaiveDate, list: &Holidays) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day, list)
}

/// The first year of Juneteenth as a federal holiday (Public Law 117-17).
const JUNETEENTH_SINCE: i32 = 2021;

/// US federal holidays as they are observed: on Friday where the day is a Saturday, on Monday where it is a Sunday.
fn is_us_federal(day: NaiveDate) -> bool {
    let fixed = |day: NaiveDate| match (day.month(), day.day()) {
        (1, 1) | (7, 4) | (11, 11) | (12, 25) => true,
        (6, 19) => day.year() >= JUNETEENTH_SINCE,
        _ => false,
    };
    let observed = match day.weekday() {
        Weekday::Fri => fixed(day) || fixed(day_plus(day, 1)),
        Weekday::Mon => fixed(day) || fixed(day_plus(day, -1)),
        Weekday::Tue | Weekday::Wed | Weekday::Thu => fixed(day),
        Weekday::Sat | Weekday::Sun => false,
    };
    observed
        || match day.month() {
            // Martin Luther King's and Washington's birthdays.
            1 | 2 => is_nth(day, Weekday::Mon, 3),
            // Memorial Day.
            5 => is_last(day, Weekday::Mon),
            // Labor Day.
            9 => is_nth(day, Weekday::Mon, 1),
            // Columbus Day.
            10 => is_nth(day, Weekday::Mon, 2),
            // Thanksgiving.
            11 => is_nth(day, Weekday::Thu, 4),
            _ => false,
        }
}

/// Closing days of the euro payment system; none is moved off a weekend.
fn is_target(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (1 | 5, 1) | (12, 25 | 26)) || is_good_friday_or_easter_monday(day)
}

/// A day of England and Wales that no rule foresees: whether it is a holiday that the rule would not give, or none that
/// it would.
const UK_EXCEPTIONS: [(i32, u32, u32, bool); 11] = [
    // The early May holiday went to the 75th anniversary of the end of the war in Europe.
    (2020, 5, 4, false),
    (2020, 5, 8, true),
    // The spring holiday went to the Platinum Jubilee, which had a day more.
    (2022, 5, 30, false),
    (2022, 6, 2, true),
    (2022, 6, 3, true),
    // The funeral of Queen Elizabeth II.
    (2022, 9, 19, true),
    // The coronation of King Charles III.
    (2023, 5, 8, true),
    // The royal wedding of 2011; the spring holiday of 2012 went to the Diamond Jubilee, which had a day more.
    (2011, 4, 29, true),
    (2012, 5, 28, false),
    (2012, 6, 4, true),
    (2012, 6, 5, true),
];

/// Bank holidays of England and Wales; on a weekend the next weekday that is no holiday takes its place.
fn is_uk_bank(day: NaiveDate) -> bool {
    let known = UK_EXCEPTIONS
        .iter()
        .find(|(year, month, date, _)| (*year, *month, *date) == (day.year(), day.month(), day.day()));
    if let Some((_, _, _, is)) = known {
        return *is;
    }
    let (month, date, weekday) = (day.month(), day.day(), day.weekday());
    let in_place = match (month, date) {
        (1, 1) | (12, 25 | 26) => true,
        (1, 2 | 3) => weekday == Weekday::Mon,
        // Christmas Day and Boxing Day: both are moved where they are Saturday and Sunday, else the one that is.
        (12, 27 | 28) => matches!(weekday, Weekday::Mon | Weekday::Tue),
        _ => false,
    };
    in_place
        || is_good_friday_or_easter_monday(day)
        || match month {
            // Early May, and spring.
            5 => is_nth(day, Weekday::Mon, 1) || is_last(day, Weekday::Mon),
            // Summer.
            8 => is_last(day, Weekday::Mon),
            _ => false,
        }
}

/// Whether a day is the nth such weekday of its month, counted from 1.
fn is_nth(day: NaiveDate, weekday: Weekday, nth: u32) -> bool {
    day.weekday() == weekday && day.day0() / 7 + 1 == nth
}

/// Whether a day is the last such weekday of its month.
fn is_last(day: NaiveDate, weekday: Weekday) -> bool {
    day.weekday() == weekday && day_plus(day, 7).month() != day.month()
}

fn is_good_friday_or_easter_monday(day: NaiveDate) -> bool {
    let near = match day.weekday() {
        Weekday::Fri => day_plus(day, 2),
        Weekday::Mon => day_plus(day, -1),
        Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Sat | Weekday::Sun => return false,
    };
    // Easter lies between 22 March and 25 April.
    matches!(near.month(), 3 | 4) && easter(near.year()) == Some(near)
}

/// Easter Sunday of the Gregorian calendar. Source: the anonymous algorithm of 1876 (Meeus, Astronomical Algorithms).
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let (leap_centuries, rest) = (century.div_euclid(4), century.rem_euclid(4));
    let correction = (century + 8).div_euclid(25);
    let moon = (century - correction + 1).div_euclid(3);
    let epact = (19 * golden + century - leap_centuries - moon + 15).rem_euclid(30);
    let (leaps, years) = (of_century.div_euclid(4), of_century.rem_euclid(4));
    let weekday = (32 + 2 * rest + 2 * leaps - epact - years).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let sum = epact + weekday - 7 * late + 114;
    let (month, day) = (sum.div_euclid(31), sum.rem_euclid(31) + 1);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::span::DayRange;
    use crate::domain::testing::day;

    fn of_year(year: i32, list: &Holidays) -> Vec<String> {
        let days = DayRange::new(day(&format!("{year}-01-01")), day(&format!("{year}-12-31")));
        days.days().filter(|day| is_holiday(*day, list)).map(|day| day.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn us_federal_holidays_are_those_that_the_government_published() {
        // Source: Office of Personnel Management, federal holidays of 2021, 2022, 2026 and 2027, as observed. New Year's Day
        // of 2022 was a Saturday: it was observed in 2021.
        let published: [(i32, &str); 4] = [
            (2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
            (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
            (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        ];
        for (year, days) in published {
            assert_eq!(of_year(year, &Holidays::UsFederal).join(" "), days, "{year}");
        }
        assert!(!is_holiday(day("2020-06-19"), &Holidays::UsFederal), "Juneteenth became one in 2021");
    }

    #[test]
    fn target_closes_on_six_days_wherever_they_fall() {
        // Source: European Central Bank, closing days of 2024 to 2026: Easter was on 31 March, 20 April and 5 April.
        for (year, easter) in [(2024, "03-29 04-01"), (2025, "04-18 04-21"), (2026, "04-03 04-06")] {
            let days = format!("01-01 {easter} 05-01 12-25 12-26");
            assert_eq!(of_year(year, &Holidays::Target).join(" "), days, "{year}");
        }
    }

    #[test]
    fn english_bank_holidays_are_those_that_gov_uk_published() {
        // Source: gov.uk, bank holidays of England and Wales; Christmas days on weekends stand beside their substitutes.
        let published: [(i32, &str); 5] = [
            (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-26 12-28"),
            (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28"),
            (2022, "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27"),
            (2023, "01-01 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
            (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"),
        ];
        for (year, days) in published {
            assert_eq!(of_year(year, &Holidays::UkBank).join(" "), days, "{year}");
        }
    }

    #[test]
    fn easter_falls_on_its_first_and_last_possible_day() {
        // Source: the tables of Easter of the Church of England: 23 March 2008, 24 April 2011, 25 April 2038, 22 March 2285.
        for sunday in ["2008-03-23", "2011-04-24", "2038-04-25", "2285-03-22"] {
            let sunday = day(sunday);
            assert_eq!(easter(sunday.year()), Some(sunday));
        }
    }

    #[test]
    fn the_calendars_ends_have_no_trouble() {
        for list in [Holidays::None, Holidays::UsFederal, Holidays::Target, Holidays::UkBank, Holidays::Own(vec![])] {
            // The last day there is is a 31 December, on which no list closes by rule.
            assert!(!is_holiday(NaiveDate::MAX, &list), "{list:?}");
            assert!(!is_holiday(day_plus(NaiveDate::MIN, 1), &list) || list == Holidays::UkBank, "{list:?}");
        }
    }
}
