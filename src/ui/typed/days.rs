//! Stretches of days, as people type them: a day, a week, a month, from one day to another.
//!
//! Words for weeks follow the first day of the user's week. Days without a month or year take them from the other end.
//! The day of today comes from the caller; here is no clock.

use chrono::{Datelike, NaiveDate, Weekday};

use super::day::{day, month, weekday};
use super::{Unreadable, cleaned};
use crate::domain::query::hours::week_of;
use crate::domain::span::{DayRange, Month, day_plus};

/// Days from the first to the last: `last week`, `this month`, `last 10 days`, `2–8 Nov`, `28 Oct to 3 Nov`,
/// `November`, `Nov 2025`, `2025`, and whatever is one day.
///
/// # Errors
/// [`Unreadable`] with the reason.
pub fn days(text: &str, today: NaiveDate, week_start: Weekday) -> Result<DayRange, Unreadable> {
    let text = cleaned(text)?;
    if let Some(range) = by_word(&text, today, week_start) {
        return Ok(range);
    }
    if let Some((from, until)) = ends(&text) {
        let read = from_to(bare_of_weekday(from), bare_of_weekday(until), today);
        return if read == Err(Unreadable::NotADay) { Err(Unreadable::NotDays) } else { read };
    }
    if let Some(range) = whole(&text, today) {
        return Ok(range);
    }
    match day(&text, today) {
        Ok(day) => Ok(DayRange::day(day)),
        Err(Unreadable::NotADay) => Err(Unreadable::NotDays),
        Err(reason) => Err(reason),
    }
}

fn by_word(text: &str, today: NaiveDate, week_start: Weekday) -> Option<DayRange> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match *words.as_slice() {
        ["this", "week"] | ["week"] => Some(week_of(today, week_start)),
        ["last", "week"] => Some(week_of(day_plus(today, -7), week_start)),
        ["this", "month"] | ["month"] => Some(Month::of_day(today).days()),
        ["last", "month"] => Some(Month::of_day(today).previous().days()),
        ["this", "year"] => year(today.year()),
        ["last", "year"] => year(today.year() - 1),
        ["last", count, unit] => {
            let count: i64 = count.parse().ok().filter(|count| (1..=999).contains(count))?;
            let each = match unit {
                "days" | "day" => 1,
                "weeks" | "week" => 7,
                _ => return None,
            };
            Some(DayRange::new(day_plus(today, 1 - count * each), today))
        }
        _ => None,
    }
}

fn year(year: i32) -> Option<DayRange> {
    Some(DayRange::new(NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}

/// A month by its name (the latest one up to today) or number, or a year.
fn whole(text: &str, today: NaiveDate) -> Option<DayRange> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let four = |word: &str| word.parse::<i32>().ok().filter(|year| (1_970..=2_199).contains(year));
    let named = match *words.as_slice() {
        [one] => {
            if let Some(of_year) = four(one) {
                return year(of_year);
            }
            match one.split_once('-') {
                Some((y, m)) if y.len() == 4 => Month { year: four(y)?, month: m.parse().ok()? },
                _ => {
                    let found = month(one)?;
                    let past = if found > today.month() { today.year() - 1 } else { today.year() };
                    Month { year: past, month: found }
                }
            }
        }
        [name, of_year] => Month { year: four(of_year)?, month: month(name)? },
        _ => return None,
    };
    (1..=12).contains(&named.month).then(|| DayRange::new(named.first_day(), named.last_day()))
}

/// The two ends, where the text has two.
fn ends(text: &str) -> Option<(&str, &str)> {
    for between in ["–", "—", "..", " to ", " until ", " till ", " - "] {
        if let Some(ends) = text.split_once(between) {
            return Some(ends);
        }
    }
    // A dash inside numbers alone is a date of its own.
    let dashes = text.matches('-').count();
    text.split_once('-').filter(|_| dashes == 1 && text.chars().any(char::is_alphabetic))
}

/// "Mon 2" is "2"; a weekday alone stays.
fn bare_of_weekday(text: &str) -> &str {
    let text = text.trim();
    match text.split_once([' ', ',']) {
        Some((name, rest)) if weekday(name).is_some() && !rest.trim().is_empty() => rest.trim(),
        _ => text,
    }
}

fn from_to(from: &str, until: &str, today: NaiveDate) -> Result<DayRange, Unreadable> {
    let bare = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let (first, last) = match (bare(from), bare(until)) {
        (Some(number), None) => {
            let last = day(until, today)?;
            (in_month_of(last, number, from)?, last)
        }
        (None, Some(number)) => {
            let first = day(from, today)?;
            (first, in_month_of(first, number, until)?)
        }
        (Some(_), Some(_)) => return Err(Unreadable::NotDays),
        (None, None) => (day(from, today)?, day(until, today)?),
    };
    if last < first { Err(Unreadable::Backwards) } else { Ok(DayRange::new(first, last)) }
}

fn in_month_of(other: NaiveDate, number: u32, spelled: &str) -> Result<NaiveDate, Unreadable> {
    other.with_day(number).ok_or_else(|| Unreadable::NoSuchDay(format!("{spelled} {}", other.format("%b"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day of the calendar")
    }

    /// Seen from Friday 27 November 2026.
    fn read(text: &str) -> Result<DayRange, Unreadable> {
        days(text, date(2026, 11, 27), Weekday::Mon)
    }

    #[test]
    fn stretches_are_understood_the_way_people_type_them() {
        let nov = |a, b| DayRange::new(date(2026, 11, a), date(2026, 11, b));
        for (text, range) in [
            ("last week", nov(16, 22)),
            ("This Week", DayRange::new(date(2026, 11, 23), date(2026, 11, 29))),
            ("last 10 days", nov(18, 27)),
            ("last 2 weeks", nov(14, 27)),
            ("2–8 Nov", nov(2, 8)),
            ("2-8 nov", nov(2, 8)),
            ("2 - 8 Nov", nov(2, 8)),
            ("Nov 2-10", nov(2, 10)),
            ("nov 2 to 8", nov(2, 8)),
            ("Mon 2 – Sun 8 Nov", nov(2, 8)),
            ("28 Oct – 3 Nov", DayRange::new(date(2026, 10, 28), date(2026, 11, 3))),
            ("28 Dec 2025 until 3 Jan 2026", DayRange::new(date(2025, 12, 28), date(2026, 1, 3))),
            ("2026-11-02 to 2026-11-08", nov(2, 8)),
            ("2026-11-02..2026-11-08", nov(2, 8)),
            ("November", nov(1, 30)),
            ("dec", DayRange::new(date(2025, 12, 1), date(2025, 12, 31))),
            ("Feb 2024", DayRange::new(date(2024, 2, 1), date(2024, 2, 29))),
            ("2026-11", nov(1, 30)),
            ("2025", DayRange::new(date(2025, 1, 1), date(2025, 12, 31))),
            ("last month", DayRange::new(date(2026, 10, 1), date(2026, 10, 31))),
            ("yesterday", nov(26, 26)),
            ("2026-11-02", nov(2, 2)),
            ("22 Nov", nov(22, 22)),
        ] {
            assert_eq!(read(text), Ok(range), "{text}");
        }
        let sunday = days("last week", date(2026, 11, 27), Weekday::Sun);
        assert_eq!(sunday, Ok(nov(15, 21)), "weeks begin where the user’s do");
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        for (text, reason) in [
            ("", Unreadable::Empty),
            ("soon", Unreadable::NotDays),
            ("2–8 Novx", Unreadable::NotDays),
            ("8–2 Nov", Unreadable::Backwards),
            ("2–8", Unreadable::NotDays),
            ("2–31 Nov", Unreadable::NoSuchDay("31 nov".into())),
            ("31–30 Nov", Unreadable::NoSuchDay("31 Nov".into())),
            ("last 0 days", Unreadable::NotDays),
        ] {
            assert_eq!(read(text), Err(reason), "{text}");
        }
    }
}
