//! Days of the calendar, as people type them.
//!
//! A day without a year is the one nearest to today: work is entered shortly after it is done, a pay day
//! shortly before it comes. The day itself comes from the caller; here is no clock.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Unreadable, cleaned};

/// A day: `22 Nov`, `Nov 22, 2026`, `22.11.`, `2026-11-22`, `today`, `yesterday`, `tomorrow`, `Mon` (the
/// latest one up to today), `Mon 16 Nov`, and `25/11` where only one reading is a day.
///
/// Numbers with points are day and month, as where they are written so; with slashes they are refused
/// where both could be the month. A named weekday beside a date is not checked.
///
/// # Errors
/// [`Unreadable`] with the reason.
pub fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Unreadable> {
    let text = cleaned(text)?;
    if let Some(day) = by_word(&text, today) {
        return Ok(day);
    }
    let parts = cut(&text);
    let mut words: Vec<&str> = parts.iter().map(String::as_str).collect();
    if words.len() > 1 && words.first().is_some_and(|word| weekday(word).is_some()) {
        words.remove(0);
    }
    let spelled = || words.join(" ");
    match *words.as_slice() {
        [a, b] | [a, b, _] if month(a).is_some() || month(b).is_some() => {
            let (month, day) = match (month(a), month(b)) {
                (Some(named), None) => (named, digits(b)?),
                (None, Some(named)) => (named, digits(a)?),
                _ => return Err(Unreadable::NotADay),
            };
            let year = words.get(2).map(|year| full_year(year)).transpose()?;
            dated(year, month, day, today, spelled)
        }
        [y, m, d] if y.len() == 4 => dated(Some(full_year(y)?), digits(m)?, digits(d)?, today, spelled),
        [a, b] | [a, b, _] => {
            let (first, second) = (digits(a)?, digits(b)?);
            let year = words.get(2).map(|year| full_year(year)).transpose()?;
            let month_first = if text.contains('.') {
                false
            } else if first != second && first <= 12 && second <= 12 {
                return Err(Unreadable::TwoDays(text));
            } else {
                first <= 12
            };
            let (month, day) = if month_first { (first, second) } else { (second, first) };
            dated(year, month, day, today, spelled)
        }
        _ => Err(Unreadable::NotADay),
    }
}

fn by_word(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" | "now" => Some(today),
        "yesterday" => today.pred_opt(),
        "tomorrow" => today.succ_opt(),
        _ => {
            let back = today.weekday().days_since(weekday(text)?);
            today.checked_sub_days(Days::new(u64::from(back)))
        }
    }
}

/// Runs of letters and runs of digits; "22nd" and "22nov" fall apart, ordinals are dropped.
fn cut(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let kind = if c.is_alphabetic() {
            Some(false)
        } else if c.is_ascii_digit() {
            Some(true)
        } else if " .-/,".contains(c) {
            None
        } else {
            // Anything else spoils the text; a part that is neither number nor name says so.
            Some(false)
        };
        match (kind, parts.last_mut()) {
            (None, _) => {}
            (Some(_), Some(part)) if kind == last => part.push(c),
            (Some(_), _) => parts.push(c.into()),
        }
        last = kind;
    }
    parts.retain(|part| !matches!(part.as_str(), "st" | "nd" | "rd" | "th"));
    parts
}

/// The name of a month, from three letters on.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS
        .iter()
        .position(|name| (word.len() >= 3 && name.starts_with(word)) || (word == "sept" && *name == "september"))?;
    u32::try_from(at + 1).ok()
}

/// The name of a day of the week, from two letters on ("Tu", "Thurs").
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    DAYS.iter().find(|(name, _)| word.len() >= 2 && name.starts_with(word)).map(|(_, day)| *day)
}

fn digits(text: &str) -> Result<u32, Unreadable> {
    if text.is_empty() || text.len() > 2 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Unreadable::NotADay);
    }
    text.parse().ok().ok_or(Unreadable::NotADay)
}

/// Four digits, or two for this century.
fn full_year(text: &str) -> Result<i32, Unreadable> {
    let year: i32 = text.parse().ok().ok_or(Unreadable::NotADay)?;
    match text.len() {
        2 => Ok(2_000 + year),
        4 if (1_970..=2_199).contains(&year) => Ok(year),
        _ => Err(Unreadable::NotADay),
    }
}

fn dated(
    year: Option<i32>,
    month: u32,
    day: u32,
    today: NaiveDate,
    spelled: impl Fn() -> String,
) -> Result<NaiveDate, Unreadable> {
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| Unreadable::NoSuchDay(spelled()));
    }
    let this = today.year();
    [this, this - 1, this + 1]
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|found| found.signed_duration_since(today).num_days().abs())
        .ok_or_else(|| Unreadable::NoSuchDay(spelled()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday.
    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
    }

    #[test]
    fn days_are_understood_the_way_people_type_them() {
        for (text, y, m, d) in [
            ("22 Nov", 2026, 11, 22),
            ("22nov", 2026, 11, 22),
            ("Nov 22", 2026, 11, 22),
            ("November 22nd", 2026, 11, 22),
            ("22 November 2025", 2025, 11, 22),
            ("Nov 22, 2025", 2025, 11, 22),
            ("Sun 22 November", 2026, 11, 22),
            ("Tue, 24 Nov", 2026, 11, 24),
            ("22.11.", 2026, 11, 22),
            ("22.11.2026", 2026, 11, 22),
            ("3.4.26", 2026, 4, 3),
            ("2026-11-22", 2026, 11, 22),
            ("2026/11/02", 2026, 11, 2),
            ("11/22", 2026, 11, 22),
            ("22/11", 2026, 11, 22),
            ("11/11", 2026, 11, 11),
            ("22/11/2026", 2026, 11, 22),
            ("today", 2026, 11, 22),
            ("Yesterday", 2026, 11, 21),
            ("tomorrow", 2026, 11, 23),
            ("Sun", 2026, 11, 22),
            ("Mon", 2026, 11, 16),
            ("saturday", 2026, 11, 21),
            ("thurs", 2026, 11, 19),
            ("29 Feb 2028", 2028, 2, 29),
            // Nearest to today: January is the coming one, the last of June the past one.
            ("3 Jan", 2027, 1, 3),
            ("30 Jun", 2026, 6, 30),
        ] {
            assert_eq!(day(text, today()).map(|day| (day.year(), day.month(), day.day())), Ok((y, m, d)), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_asked_back() {
        assert_eq!(day("11/12", today()), Err(Unreadable::TwoDays("11/12".into())));
        assert_eq!(day("3/4/2026", today()), Err(Unreadable::TwoDays("3/4/2026".into())));
        assert!(day("11/12", today()).is_err_and(|reason| reason.to_string().contains("22 Nov")));
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        for (text, reason) in [
            ("", Unreadable::Empty),
            ("30 Feb", Unreadable::NoSuchDay("30 feb".into())),
            ("2026-02-29", Unreadable::NoSuchDay("2026 02 29".into())),
            ("32.1.", Unreadable::NoSuchDay("32 1".into())),
            ("0 Nov", Unreadable::NoSuchDay("0 nov".into())),
            ("Nov", Unreadable::NotADay),
            ("22", Unreadable::NotADay),
            ("some day", Unreadable::NotADay),
            ("22 Nov 1066", Unreadable::NotADay),
            ("1 2 3 4", Unreadable::NotADay),
            ("Nov Nov", Unreadable::NotADay),
            ("22 Nov!", Unreadable::NotADay),
        ] {
            assert_eq!(day(text, today()), Err(reason), "{text}");
        }
    }
}
