//! Times of the day and lengths of time, as people type them.
//!
//! A time is a wall-clock time without zone or day; whether the clock change skips or doubles it is for
//! the caller, who knows both.

use chrono::{NaiveTime, TimeDelta};

use super::{Unreadable, cleaned};

/// Longest length that is taken, in hours; more is a slip of the hand.
const MOST_HOURS: i64 = 10_000;

/// A time of the day: `9:05`, `0905`, `905`, `9.05pm`, `9 pm`, `21:05`, `9` (the full hour).
///
/// # Errors
/// [`Unreadable`] with the reason; `24:00` is refused, because it belongs to the next day.
pub fn clock(text: &str) -> Result<NaiveTime, Unreadable> {
    let text = cleaned(text)?;
    let (digits, half) = half_of_day(&text);
    let (hour, minute) = hour_and_minute(digits.trim())?;
    if minute > 59 {
        return Err(Unreadable::NoSuchMinute(minute));
    }
    let hour = match half {
        None if hour == 24 && minute == 0 => return Err(Unreadable::Midnight24),
        _ if hour > 23 => return Err(Unreadable::NoSuchHour(hour)),
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return Err(Unreadable::HalfDayOf24(hour)),
        // Twelve comes before one: 12 am is midnight, 12 pm is noon.
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or(Unreadable::NotATime)
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of_day(text: &str) -> (&str, Option<Half>) {
    for (ends, half) in [(["am", "a.m.", "a"], Half::Morning), (["pm", "p.m.", "p"], Half::Afternoon)] {
        for end in ends {
            if let Some(rest) = text.strip_suffix(end) {
                return (rest, Some(half));
            }
        }
    }
    (text, None)
}

fn hour_and_minute(text: &str) -> Result<(u32, u32), Unreadable> {
    if let Some((hour, minute)) = text.split_once([':', '.', 'h']) {
        let minute = minute.trim();
        if minute.len() != 2 {
            return Err(Unreadable::NotATime);
        }
        return Ok((number(hour, 2)?, number(minute, 2)?));
    }
    // Without a sign between them the last two digits are minutes: 905, 0905.
    let value = number(text, 4)?;
    if text.len() <= 2 { Ok((value, 0)) } else { Ok((value / 100, value % 100)) }
}

fn number(text: &str, most_digits: usize) -> Result<u32, Unreadable> {
    let text = text.trim();
    if text.is_empty() || text.len() > most_digits || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Unreadable::NotATime);
    }
    text.parse().ok().ok_or(Unreadable::NotATime)
}

/// A length of time: `1h 30m`, `1:30`, `90m`, `1.5h`, `1,5 h`, `45` (minutes), `2 h`, `1 h 30`, `30s`.
///
/// Rounded to the second. Nothing negative.
///
/// # Errors
/// [`Unreadable`] with the reason; over 10,000 hours is refused as a slip.
pub fn duration(text: &str) -> Result<TimeDelta, Unreadable> {
    let text = cleaned(text)?;
    let seconds = if text.contains(':') { with_colons(&text)? } else { with_units(&text)? };
    if seconds > MOST_HOURS * 3_600 {
        return Err(Unreadable::TooLong);
    }
    TimeDelta::try_seconds(seconds).ok_or(Unreadable::TooLong)
}

/// `h:mm` or `h:mm:ss`.
fn with_colons(text: &str) -> Result<i64, Unreadable> {
    let mut parts = text.split(':');
    let hours = digits(parts.next().unwrap_or_default())?;
    let mut seconds = hours.saturating_mul(3_600);
    for weight in [60, 1] {
        let Some(part) = parts.next() else { break };
        if part.trim().len() != 2 {
            return Err(Unreadable::NotADuration);
        }
        let value = digits(part)?;
        if value > 59 {
            let minute = u32::try_from(value).unwrap_or(u32::MAX);
            return Err(Unreadable::NoSuchMinute(minute));
        }
        seconds = seconds.saturating_add(value.saturating_mul(weight));
    }
    if parts.next().is_some() { Err(Unreadable::NotADuration) } else { Ok(seconds) }
}

fn digits(text: &str) -> Result<i64, Unreadable> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Unreadable::NotADuration);
    }
    // Twenty digits are a number too, only far too long a time.
    text.parse().ok().ok_or(Unreadable::TooLong)
}

/// Numbers with their units, from large to small; one number alone is minutes.
fn with_units(text: &str) -> Result<i64, Unreadable> {
    let mut seconds = 0i64;
    let mut last_unit = i64::MAX;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
        let (value, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (word, next) = after.split_at(end);
        let unit = match word {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            // "1h 30" and "45": what follows hours, and a number alone, is minutes.
            "" if last_unit == 3_600 || last_unit == i64::MAX => 60,
            _ => return Err(Unreadable::NotADuration),
        };
        if unit >= last_unit {
            return Err(Unreadable::NotADuration);
        }
        last_unit = unit;
        seconds = seconds.saturating_add(times(value, unit)?);
        rest = next.trim_start();
    }
    Ok(seconds)
}

/// `value` (with at most one point or comma) times `unit` seconds, to the nearest second.
fn times(value: &str, unit: i64) -> Result<i64, Unreadable> {
    let (whole, part) = value.split_once(['.', ',']).unwrap_or((value, ""));
    if whole.is_empty() && part.is_empty() {
        return Err(Unreadable::NotADuration);
    }
    let mut seconds = if whole.is_empty() { 0 } else { digits(whole)?.saturating_mul(unit) };
    if value.len() != whole.len() {
        // Six decimals are finer than a second of any unit.
        let part: String = part.chars().take(6).collect();
        let scale = 10i64.pow(u32::try_from(part.len()).unwrap_or(0));
        let part = digits(&part)?.saturating_mul(unit);
        seconds = seconds.saturating_add((part + scale / 2) / scale);
    }
    Ok(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_understood_the_way_people_type_them() {
        for (text, h, m) in [
            ("9:05", 9, 5),
            ("09:05", 9, 5),
            ("0905", 9, 5),
            ("905", 9, 5),
            ("9.05", 9, 5),
            ("9h05", 9, 5),
            ("9.05pm", 21, 5),
            ("9:05 PM", 21, 5),
            ("905pm", 21, 5),
            ("9pm", 21, 0),
            ("9 p.m.", 21, 0),
            ("9p", 21, 0),
            ("9am", 9, 0),
            ("12am", 0, 0),
            ("12:30am", 0, 30),
            ("12pm", 12, 0),
            ("21:05", 21, 5),
            ("2105", 21, 5),
            ("9", 9, 0),
            ("0", 0, 0),
            ("0:00", 0, 0),
            ("23:59", 23, 59),
            ("  14:20 ", 14, 20),
        ] {
            assert_eq!(clock(text), Ok(NaiveTime::from_hms_opt(h, m, 0).expect("a time")), "{text}");
        }
    }

    #[test]
    fn other_times_are_refused_with_a_reason() {
        for (text, reason) in [
            ("", Unreadable::Empty),
            ("24:00", Unreadable::Midnight24),
            ("2400", Unreadable::Midnight24),
            ("24", Unreadable::Midnight24),
            ("25:00", Unreadable::NoSuchHour(25)),
            ("9:60", Unreadable::NoSuchMinute(60)),
            ("0960", Unreadable::NoSuchMinute(60)),
            ("13pm", Unreadable::HalfDayOf24(13)),
            ("0:30 am", Unreadable::HalfDayOf24(0)),
            ("25pm", Unreadable::NoSuchHour(25)),
            ("noon", Unreadable::NotATime),
            ("9:5", Unreadable::NotATime),
            ("9:", Unreadable::NotATime),
            (":05", Unreadable::NotATime),
            ("-9:05", Unreadable::NotATime),
            ("90515", Unreadable::NotATime),
            ("9:05:00", Unreadable::NotATime),
            ("pm", Unreadable::NotATime),
            ("٩:٠٥", Unreadable::NotATime),
        ] {
            assert_eq!(clock(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn lengths_are_understood_the_way_people_type_them() {
        for (text, seconds) in [
            ("1h 30m", 5_400),
            ("1h30m", 5_400),
            ("1h30", 5_400),
            ("1 h 30", 5_400),
            ("1 hour 30 minutes", 5_400),
            ("1:30", 5_400),
            ("0:42:17", 2_537),
            ("90m", 5_400),
            ("90 min", 5_400),
            ("1.5h", 5_400),
            ("1,5 h", 5_400),
            (".5h", 1_800),
            ("45", 2_700),
            ("7.5", 450),
            ("2 h", 7_200),
            ("2H", 7_200),
            ("30s", 30),
            ("1m 30s", 90),
            ("0", 0),
            ("1.333333h", 4_800),
            ("10000h", 36_000_000),
            ("26:15", 94_500),
        ] {
            assert_eq!(duration(text), Ok(TimeDelta::seconds(seconds)), "{text}");
        }
    }

    #[test]
    fn other_lengths_are_refused_with_a_reason() {
        for (text, reason) in [
            ("", Unreadable::Empty),
            ("h", Unreadable::NotADuration),
            ("1x", Unreadable::NotADuration),
            ("-1h", Unreadable::NotADuration),
            ("1m 1h", Unreadable::NotADuration),
            ("1h 2h", Unreadable::NotADuration),
            ("1:5", Unreadable::NotADuration),
            ("1:75", Unreadable::NoSuchMinute(75)),
            ("1:00:00:00", Unreadable::NotADuration),
            ("1.h", Unreadable::NotADuration),
            ("1.2.3h", Unreadable::NotADuration),
            ("45 45", Unreadable::NotADuration),
            ("10001h", Unreadable::TooLong),
            ("99999999999999999999h", Unreadable::TooLong),
            ("9999999999999999h", Unreadable::TooLong),
        ] {
            assert_eq!(duration(text), Err(reason), "{text}");
        }
    }
}
