//! Hours, the running clock, days and windows of days.
//!
//! Days name their weekday, because pay days are weekdays; a year is written only where it is not the one
//! of today.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use crate::domain::settings::DateStyle;

/// Hours and minutes as one reads them: `6 h 30 m`, `42 m`, `3 h`, `0 m`; whole minutes, cut down.
#[must_use]
pub fn hours(time: TimeDelta) -> String {
    let (minus, hours, minutes) = parts(time);
    match (hours, minutes) {
        (0, minutes) => format!("{minus}{minutes} m"),
        (hours, 0) => format!("{minus}{hours} h"),
        (hours, minutes) => format!("{minus}{hours} h {minutes:02} m"),
    }
}

/// The same with both units always, for columns: `41 h 00 m`, `0 h 42 m`.
#[must_use]
pub fn hours_and_minutes(time: TimeDelta) -> String {
    let (minus, hours, minutes) = parts(time);
    format!("{minus}{hours} h {minutes:02} m")
}

/// The running clock: `0:42:17`. A clock that would be before its start stands at zero.
#[must_use]
pub fn elapsed(time: TimeDelta) -> String {
    let seconds = time.num_seconds().max(0);
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn parts(time: TimeDelta) -> (&'static str, i64, i64) {
    let minutes = time.num_minutes();
    let minus = if minutes < 0 { "−" } else { "" };
    (minus, minutes.abs() / 60, minutes.abs() % 60)
}

/// A time of the day: `09:14`.
#[must_use]
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// From one time to another, `09:14 – 11:02`, or `12:38 –` while it runs.
#[must_use]
pub fn clock_span(start: NaiveTime, end: Option<NaiveTime>) -> String {
    match end {
        Some(end) => format!("{} – {}", clock(start), clock(end)),
        None => format!("{} –", clock(start)),
    }
}

/// A day in short: `Tue 24 Nov`; with its year where that is not the one of `today`.
#[must_use]
pub fn day(day: NaiveDate, today: NaiveDate, style: DateStyle) -> String {
    if day.year() == today.year() { day.format(short(style)).to_string() } else { day_and_year(day, style) }
}

/// A day in short with its year always: `Tue 24 Nov 2026`, `Tue Nov 24, 2026`.
#[must_use]
pub fn day_and_year(day: NaiveDate, style: DateStyle) -> String {
    let form = match style {
        DateStyle::DayMonth => "%a %-d %b %Y",
        DateStyle::MonthDay => "%a %b %-d, %Y",
        DateStyle::Iso => "%a %Y-%m-%d",
    };
    day.format(form).to_string()
}

/// A date without its weekday, for fields and sources: `24 Nov 2026`, `Nov 24, 2026`, `2026-11-24`.
#[must_use]
pub fn date(day: NaiveDate, style: DateStyle) -> String {
    let form = match style {
        DateStyle::DayMonth => "%-d %b %Y",
        DateStyle::MonthDay => "%b %-d, %Y",
        DateStyle::Iso => "%Y-%m-%d",
    };
    day.format(form).to_string()
}

/// A day without weekday and year: `24 Nov`, `Nov 24`, `11-24`.
#[must_use]
pub fn day_and_month(day: NaiveDate, style: DateStyle) -> String {
    let form = match style {
        DateStyle::DayMonth => "%-d %b",
        DateStyle::MonthDay => "%b %-d",
        DateStyle::Iso => "%m-%d",
    };
    day.format(form).to_string()
}

/// A day in full, for heads: `Sunday 22 November`; with its year where that is not the one of `today`.
#[must_use]
pub fn day_in_full(day: NaiveDate, today: NaiveDate, style: DateStyle) -> String {
    let form = match (style, day.year() == today.year()) {
        (DateStyle::DayMonth, true) => "%A %-d %B",
        (DateStyle::DayMonth, false) => "%A %-d %B %Y",
        (DateStyle::MonthDay, true) => "%A, %B %-d",
        (DateStyle::MonthDay, false) => "%A, %B %-d, %Y",
        (DateStyle::Iso, _) => "%A %Y-%m-%d",
    };
    day.format(form).to_string()
}

fn short(style: DateStyle) -> &'static str {
    match style {
        DateStyle::DayMonth => "%a %-d %b",
        DateStyle::MonthDay => "%a %b %-d",
        DateStyle::Iso => "%a %Y-%m-%d",
    }
}

/// A day as the terminal and files write it: `2026-11-22`.
#[must_use]
pub fn day_numbers(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The head of a month: `November 2026`.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    day.format("%B %Y").to_string()
}

/// The days on which something may land: `Tue 24 – Wed 25 Nov`, `Fri 27 Nov – Tue 1 Dec`, `Wed 25 Nov`.
///
/// The year is written once at the end, and on both days where they differ in it; with the month first, the month
/// stands once at the start: `Tue Nov 24 – Wed 25`.
#[must_use]
pub fn window(first: NaiveDate, last: NaiveDate, today: NaiveDate, style: DateStyle) -> String {
    if first == last {
        return day(last, today, style);
    }
    let same_year = first.year() == last.year();
    if !same_year || style == DateStyle::Iso {
        return format!("{} – {}", day_and_year(first, style), day_and_year(last, style));
    }
    if first.month() != last.month() {
        return format!("{} – {}", first.format(short(style)), day(last, today, style));
    }
    if style == DateStyle::DayMonth {
        return format!("{} – {}", first.format("%a %-d"), day(last, today, style));
    }
    let year = if last.year() == today.year() { String::new() } else { format!(", {}", last.year()) };
    format!("{} – {}{year}", first.format(short(style)), last.format("%a %-d"))
}

/// The same where there is little room: what this month's name says is left out. `Tue 24 – Wed 25`, `Sun 29 – Fri 4 Dec`,
/// `Tue 11-24 – Wed 11-25`.
#[must_use]
pub fn window_in_short(first: NaiveDate, last: NaiveDate, today: NaiveDate, style: DateStyle) -> String {
    let this = |day: NaiveDate| (day.year(), day.month()) == (today.year(), today.month());
    let form = match style {
        _ if first == last || !this(first) => return window(first, last, today, style),
        DateStyle::Iso => "%a %m-%d",
        DateStyle::MonthDay if !this(last) => return window(first, last, today, style),
        DateStyle::DayMonth | DateStyle::MonthDay => "%a %-d",
    };
    let near = this(last) || style == DateStyle::Iso && first.year() == last.year();
    let until = if near { last.format(form).to_string() } else { day(last, today, style) };
    format!("{} – {until}", first.format(form))
}

/// At the latest on that day: `by Mon 23 Nov`.
#[must_use]
pub fn by_day(last: NaiveDate, today: NaiveDate, style: DateStyle) -> String {
    format!("by {}", day(last, today, style))
}

/// A day seen from today: `today`, `tomorrow`, `yesterday`, `in 4 days`, `3 days ago`.
#[must_use]
pub fn relative_day(day: NaiveDate, today: NaiveDate) -> String {
    match day.signed_duration_since(today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        ahead @ 2.. => format!("in {ahead} days"),
        past => format!("{} days ago", past.abs()),
    }
}

/// How late something is that was due on `due`: `3 days late`, `1 day late`; `None` up to and on that day.
#[must_use]
pub fn late(due: NaiveDate, today: NaiveDate) -> Option<String> {
    match today.signed_duration_since(due).num_days() {
        1 => Some("1 day late".to_owned()),
        days @ 2.. => Some(format!("{days} days late")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day of the calendar")
    }

    /// The day of the pictures, a Sunday.
    fn today() -> NaiveDate {
        date(2026, 11, 22)
    }

    #[test]
    fn hours_read_as_in_the_pictures() {
        for (minutes, free, column) in [
            (390, "6 h 30 m", "6 h 30 m"),
            (42, "42 m", "0 h 42 m"),
            (180, "3 h", "3 h 00 m"),
            (2_460, "41 h", "41 h 00 m"),
            (245, "4 h 05 m", "4 h 05 m"),
            (0, "0 m", "0 h 00 m"),
            (-38, "−38 m", "−0 h 38 m"),
            (-90, "−1 h 30 m", "−1 h 30 m"),
        ] {
            let time = TimeDelta::minutes(minutes);
            assert_eq!(hours(time), free);
            assert_eq!(hours_and_minutes(time), column);
        }
        assert_eq!(hours(TimeDelta::seconds(119)), "1 m");
        assert!(!hours(TimeDelta::MIN).is_empty() && !hours(TimeDelta::MAX).is_empty());
    }

    #[test]
    fn the_running_clock_counts_seconds_and_never_back() {
        assert_eq!(elapsed(TimeDelta::seconds(2_537)), "0:42:17");
        assert_eq!(elapsed(TimeDelta::seconds(0)), "0:00:00");
        assert_eq!(elapsed(TimeDelta::seconds(-5)), "0:00:00");
        assert_eq!(elapsed(TimeDelta::hours(123)), "123:00:00");
    }

    const STYLES: [DateStyle; 3] = [DateStyle::DayMonth, DateStyle::MonthDay, DateStyle::Iso];

    #[test]
    fn days_name_their_weekday_and_a_foreign_year() {
        let shown = |of: NaiveDate| STYLES.map(|style| day(of, today(), style));
        assert_eq!(shown(date(2026, 11, 24)), ["Tue 24 Nov", "Tue Nov 24", "Tue 2026-11-24"]);
        assert_eq!(shown(date(2027, 1, 5)), ["Tue 5 Jan 2027", "Tue Jan 5, 2027", "Tue 2027-01-05"]);
        let full = |of: NaiveDate| STYLES.map(|style| day_in_full(of, today(), style));
        assert_eq!(full(today()), ["Sunday 22 November", "Sunday, November 22", "Sunday 2026-11-22"]);
        let other = ["Saturday 22 November 2025", "Saturday, November 22, 2025", "Saturday 2025-11-22"];
        assert_eq!(full(date(2025, 11, 22)), other);
        let plain = STYLES.map(|style| super::date(date(2026, 1, 5), style));
        assert_eq!(plain, ["5 Jan 2026", "Jan 5, 2026", "2026-01-05"]);
        assert_eq!(STYLES.map(|style| day_and_month(date(2026, 1, 5), style)), ["5 Jan", "Jan 5", "01-05"]);
        assert_eq!(day_numbers(date(2026, 1, 5)), "2026-01-05");
        assert_eq!(month(today()), "November 2026");
        assert_eq!(by_day(date(2026, 11, 23), today(), DateStyle::DayMonth), "by Mon 23 Nov");
    }

    #[test]
    fn every_day_that_is_shown_can_be_typed() {
        for style in STYLES {
            for of in [date(2026, 11, 24), date(2025, 2, 3), date(2027, 1, 5)] {
                for text in [day(of, today(), style), super::date(of, style), day_and_year(of, style)] {
                    assert_eq!(crate::ui::typed::date(&text, today()), Ok(of), "{text}");
                }
            }
        }
    }

    #[test]
    fn windows_say_the_month_once() {
        let shown = |a, b, style| window(a, b, today(), style);
        for (first, last, expected) in [
            (
                date(2026, 11, 24),
                date(2026, 11, 25),
                ["Tue 24 – Wed 25 Nov", "Tue Nov 24 – Wed 25", "Tue 2026-11-24 – Wed 2026-11-25"],
            ),
            (
                date(2026, 11, 27),
                date(2026, 12, 1),
                ["Fri 27 Nov – Tue 1 Dec", "Fri Nov 27 – Tue Dec 1", "Fri 2026-11-27 – Tue 2026-12-01"],
            ),
            (date(2026, 11, 25), date(2026, 11, 25), ["Wed 25 Nov", "Wed Nov 25", "Wed 2026-11-25"]),
            (
                date(2026, 12, 31),
                date(2027, 1, 2),
                [
                    "Thu 31 Dec 2026 – Sat 2 Jan 2027",
                    "Thu Dec 31, 2026 – Sat Jan 2, 2027",
                    "Thu 2026-12-31 – Sat 2027-01-02",
                ],
            ),
            (
                date(2027, 1, 4),
                date(2027, 1, 5),
                ["Mon 4 – Tue 5 Jan 2027", "Mon Jan 4 – Tue 5, 2027", "Mon 2027-01-04 – Tue 2027-01-05"],
            ),
        ] {
            assert_eq!(STYLES.map(|style| shown(first, last, style)), expected);
        }
    }

    #[test]
    fn windows_of_this_month_are_short_where_there_is_little_room() {
        let shown = |first, last| STYLES.map(|style| window_in_short(first, last, today(), style));
        let inside = shown(date(2026, 11, 24), date(2026, 11, 25));
        assert_eq!(inside, ["Tue 24 – Wed 25", "Tue 24 – Wed 25", "Tue 11-24 – Wed 11-25"]);
        let beyond = shown(date(2026, 11, 29), date(2026, 12, 4));
        assert_eq!(beyond, ["Sun 29 – Fri 4 Dec", "Sun Nov 29 – Fri Dec 4", "Sun 11-29 – Fri 12-04"]);
        let later = shown(date(2026, 12, 1), date(2026, 12, 2));
        assert_eq!(later, ["Tue 1 – Wed 2 Dec", "Tue Dec 1 – Wed 2", "Tue 2026-12-01 – Wed 2026-12-02"]);
        assert_eq!(shown(date(2026, 11, 29), date(2026, 11, 29)), ["Sun 29 Nov", "Sun Nov 29", "Sun 2026-11-29"]);
    }

    #[test]
    fn near_days_are_told_from_today() {
        let relative = |d| relative_day(date(2026, 11, d), today());
        assert_eq!([22, 23, 21, 26, 19].map(relative), ["today", "tomorrow", "yesterday", "in 4 days", "3 days ago"]);
        assert_eq!(late(date(2026, 11, 18), today()).as_deref(), Some("4 days late"));
        assert_eq!(late(date(2026, 11, 21), today()).as_deref(), Some("1 day late"));
        assert_eq!(late(today(), today()), None);
        assert_eq!(late(date(2026, 11, 30), today()), None);
    }

    #[test]
    fn spans_of_the_clock_are_open_while_they_run() {
        let time = |h, m| NaiveTime::from_hms_opt(h, m, 0).expect("a time");
        assert_eq!(clock_span(time(9, 14), Some(time(11, 2))), "09:14 – 11:02");
        assert_eq!(clock_span(time(12, 38), None), "12:38 –");
    }
}
