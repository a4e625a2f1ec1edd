//! Lengths of time, in seconds: `1h 2m 3s`, `2h 45min`, `00:45:00`, `1:30`, `0.75` hours.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::amount::shortened;
use crate::domain::statement::Why;

/// The longest that is believed: a year.
const MOST: i64 = 366 * 86_400;

/// Numbers with units, in any order, each at most once; `None` for nothing and for `-`.
///
/// # Errors
/// [`Why::Length`] where it is something else.
pub(in crate::import) fn words(cell: &str) -> Result<Option<i64>, Why> {
    let text = cell.trim().to_lowercase();
    if text.is_empty() || text == "-" {
        return Ok(None);
    }
    let wrong = || Why::Length(shortened(cell));
    let mut rest = text.as_str();
    let (mut total, mut met) = (0_i64, Vec::new());
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(digits).ok_or_else(wrong)?;
        let after = after.trim_start();
        let letters = after.find(|letter: char| !letter.is_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(letters).ok_or_else(wrong)?;
        let secs = match unit {
            "d" | "day" | "days" => 86_400,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            _ => return Err(wrong()),
        };
        if met.contains(&secs) {
            return Err(wrong());
        }
        met.push(secs);
        let number: i64 = number.parse().map_err(|_no_number| wrong())?;
        total = number.checked_mul(secs).and_then(|part| total.checked_add(part)).ok_or_else(wrong)?;
        rest = after.trim_start_matches([' ', ',', '\u{a0}']);
    }
    believed(total).map(Some).ok_or_else(wrong)
}

/// `00:45:00` or `1:30`: hours, minutes and, where there are three parts, seconds.
///
/// # Errors
/// [`Why::Length`] where it is something else.
pub(in crate::import) fn clock(cell: &str) -> Result<i64, Why> {
    let wrong = || Why::Length(shortened(cell));
    let mut parts = cell.trim().split(':');
    let mut next = || parts.next().map(|part| part.parse::<u32>().map(i64::from).map_err(|_no_number| wrong()));
    let hours = next().ok_or_else(wrong)??;
    let minutes = next().ok_or_else(wrong)??;
    let seconds = next().transpose()?.unwrap_or(0);
    if minutes > 59 || seconds > 59 || parts.next().is_some() {
        return Err(wrong());
    }
    hours.checked_mul(3_600).map(|secs| secs + minutes * 60 + seconds).and_then(believed).ok_or_else(wrong)
}

/// Hours with decimals, to the nearest second.
///
/// # Errors
/// [`Why::Length`] where they are below zero or beyond belief.
pub(in crate::import) fn hours(hours: Decimal) -> Result<i64, Why> {
    let secs = hours.checked_mul(Decimal::from(3_600)).map(|secs| secs.round()).and_then(|secs| secs.to_i64());
    secs.and_then(believed).ok_or_else(|| Why::Length(hours.to_string()))
}

fn believed(secs: i64) -> Option<i64> {
    (0..=MOST).contains(&secs).then_some(secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_trackers_and_platforms_write_them() {
        for (cell, secs) in [
            ("1h 2m 3s", Some(3_723)),
            ("50m ", Some(3_000)),
            ("2h ", Some(7_200)),
            ("2h 45min", Some(9_900)),
            ("30min", Some(1_800)),
            ("1 hour, 5 minutes", Some(3_900)),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(words(cell), Ok(secs), "{cell}");
        }
        for wrong in ["1h 2h", "h", "5", "1.5h", "99999999999999999999h", "5 apples"] {
            assert!(words(wrong).is_err(), "{wrong}");
        }
        assert_eq!((clock("00:45:00"), clock("1:30:00"), clock("0:06")), (Ok(2_700), Ok(5_400), Ok(360)));
        for wrong in ["29", "1:60", "-1:00", "1:2:3:4", "4294967295:00", "a:b"] {
            assert!(clock(wrong).is_err(), "{wrong}");
        }
        assert_eq!(hours("1.33333".parse().unwrap()), Ok(4_800));
        assert!(hours("-1".parse().unwrap()).is_err());
    }
}
