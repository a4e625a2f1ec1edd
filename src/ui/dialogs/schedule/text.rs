//! Parts of a rule as people type them: "3–5 business days", "10–20, 25", "20 % + $1, at least $2".
//!
//! Each reads back what [`rule_words`] and this file write. Pure; a refusal says what would fit.

use chrono::{NaiveDate, Weekday};

use crate::domain::money::Currency;
use crate::domain::refusal::Refusal;
use crate::domain::route::Fee;
use crate::domain::schedule::{ChaseAfter, DayCount, Lag, MonthDays};
use crate::ui::format::Style;
use crate::ui::typed;
use crate::ui::view::rule_words;

/// The longest lag that the form takes, in days; beyond is a slip.
const MOST_DAYS: u32 = 3_660;

/// "3", "3–5", "3-5": ends included, in order.
pub(super) fn range(text: &str) -> Result<(u32, u32), String> {
    let count = |part: &str| typed::Reader::default().count(part).map_err(|reason| reason.to_string());
    let (low, high) = if let Some((low, high)) = text.split_once(['–', '-', '—']) {
        (count(low)?, count(high)?)
    } else {
        let only = count(text)?;
        (only, only)
    };
    if high < low { Err(Refusal::RangeReversed.to_string()) } else { Ok((low, high)) }
}

/// A range as it is typed: "3", "3–5".
pub(super) fn range_text(low: u32, high: u32) -> String {
    if low == high { low.to_string() } else { format!("{low}–{high}") }
}

/// "3", "3 days", "1–3 business days", "2 bd".
pub(in crate::ui::dialogs) fn lag(text: &str) -> Result<Lag, String> {
    let lower = text.trim().to_lowercase();
    let mut words = lower.split_whitespace().collect::<Vec<_>>();
    let mut count = DayCount::Calendar;
    while let Some(last) = words.last() {
        match *last {
            "day" | "days" | "d" | "calendar" => {}
            "business" | "working" | "bd" => count = DayCount::Business,
            _ => break,
        }
        words.pop();
    }
    let (min_days, max_days) =
        range(&words.join("")).map_err(|_reason| "Days such as 3, 3–5 or 1–3 business days, please".to_owned())?;
    if max_days > MOST_DAYS {
        return Err(Refusal::TooMany(max_days, MOST_DAYS).to_string());
    }
    Ok(Lag { min_days, max_days, count })
}

/// A lag as it is typed.
pub(in crate::ui::dialogs) fn lag_text(lag: Lag) -> String {
    rule_words::lag(lag)
}

fn month_day(text: &str, last: u32) -> Result<u32, String> {
    let digits = text.trim().trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let day = typed::Reader::default().count(digits).map_err(|reason| reason.to_string())?;
    if (1..=last).contains(&day) { Ok(day) } else { Err(Refusal::NoSuchDay(1, last).to_string()) }
}

/// One day of a month up to `last`: "14", "14th".
pub(super) fn day_of_month(text: &str, last: u32) -> Result<u32, String> {
    month_day(text, last)
}

/// "14", "10–20", "10th – 20th".
pub(super) fn month_days(text: &str) -> Result<MonthDays, String> {
    let (from, to) = if let Some((from, to)) = text.split_once(['–', '-', '—']) {
        (month_day(from, 31)?, month_day(to, 31)?)
    } else {
        let only = month_day(text, 31)?;
        (only, only)
    };
    if to < from { Err(Refusal::RangeReversed.to_string()) } else { Ok(MonthDays { from, to }) }
}

/// "10–20, 25": at least one.
pub(super) fn month_day_list(text: &str) -> Result<Vec<MonthDays>, String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Err("Days of the month such as 10–20, 25, please".to_owned());
    }
    parts.into_iter().map(month_days).collect()
}

/// Days of a month as they are typed.
pub(super) fn month_day_list_text(days: &[MonthDays]) -> String {
    days.iter().map(|days| range_text(days.from, days.to)).collect::<Vec<_>>().join(", ")
}

/// "Mon, Thu", "Monday and Thursday": at least one, in the order of the week, each once.
pub(super) fn weekday_list(text: &str) -> Result<Vec<Weekday>, String> {
    let words = text.split([',', ' ', '&']).map(str::trim).filter(|word| !word.is_empty() && *word != "and");
    let days = words.map(str::parse::<Weekday>).collect::<Result<Vec<_>, _>>();
    let mut days = days.map_err(|_unknown| "Weekdays such as Mon, Thu, please".to_owned())?;
    if days.is_empty() {
        return Err("Weekdays such as Mon, Thu, please".to_owned());
    }
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    Ok(days)
}

/// Weekdays as they are typed.
pub(super) fn weekday_list_text(days: &[Weekday]) -> String {
    days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// "20 %", "$1.50", "2 % + $1, at least $0.50"; `None` where nothing is typed.
pub(in crate::ui::dialogs) fn fee(text: &str, currency: Currency, style: Style) -> Result<Option<Fee>, String> {
    let mut fee = Fee::default();
    if text.trim().is_empty() {
        return Ok(None);
    }
    let (charged, least) = match text.to_lowercase().find("at least") {
        // The words are of ASCII letters, so the place is the same in the text as it was typed.
        Some(at) => (text.get(..at).unwrap_or(text), text.get(at + "at least".len()..)),
        None => (text, None),
    };
    let reader = style.reader();
    let money = |part: &str| reader.money(part, currency).map_err(|reason| reason.to_string());
    for part in charged.split('+').map(|part| part.trim().trim_end_matches(',').trim()) {
        if part.is_empty() {
        } else if part.ends_with('%') {
            fee.percent = Some(reader.percent(part).map_err(|reason| reason.to_string())?);
        } else {
            fee.fixed = Some(money(part)?);
        }
    }
    if let Some(least) = least {
        fee.at_least = Some(money(least)?);
    }
    Ok(Some(fee))
}

/// A fee as it is typed.
pub(in crate::ui::dialogs) fn fee_text(fee: &Fee, style: Style) -> String {
    let mut parts: Vec<String> = fee.percent.map(|share| format!("{} %", style.exact(share))).into_iter().collect();
    parts.extend(fee.fixed.map(|fixed| style.draft(fixed)));
    let mut text = parts.join(" + ");
    if let Some(least) = fee.at_least {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str("at least ");
        text.push_str(&style.draft(least));
    }
    text
}

/// "15th" of the pay month, or "10 business days" after the pay day; `None` where nothing is typed.
pub(super) fn chase(text: &str) -> Result<Option<ChaseAfter>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let lower = text.to_lowercase();
    let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|end| lower.ends_with(end));
    if is_ordinal {
        return month_day(text, 31).map(ChaseAfter::DayOfMonth).map(Some);
    }
    lag(text)
        .map(ChaseAfter::Lag)
        .map(Some)
        .map_err(|_reason| "A day of the month such as 15th, or days such as 10 business days, please".to_owned())
}

/// When to ask, as it is typed.
pub(super) fn chase_text(chase: ChaseAfter) -> String {
    match chase {
        ChaseAfter::DayOfMonth(day) => rule_words::ordinal(day),
        ChaseAfter::Lag(lag) => lag_text(lag),
    }
}

/// "25 Dec 2026, 1 Jan 2027".
pub(super) fn days(text: &str, today: NaiveDate) -> Result<Vec<NaiveDate>, String> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| typed::date(part, today).map_err(|reason| reason.to_string()))
        .collect()
}

/// Days as they are typed: with their years, so that they read back on any day.
pub(super) fn days_text(days: &[NaiveDate], style: Style) -> String {
    days.iter().map(|day| style.date_in_list(*day)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;
    use crate::domain::settings::DateStyle;

    #[test]
    fn weekdays_are_read_in_any_order_and_written_in_that_of_the_week() {
        let days = vec![Weekday::Mon, Weekday::Thu];
        for text in ["Mon, Thu", "thursday and monday", "Thu & Mon", " mon,mon , thu "] {
            assert_eq!(weekday_list(text).as_ref(), Ok(&days), "{text}");
        }
        assert_eq!(weekday_list(&weekday_list_text(&days)), Ok(days));
        for text in ["", " , ", "Mon, Funday"] {
            assert!(weekday_list(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lags_are_read_as_they_are_written() {
        let business = |min_days, max_days| Lag { min_days, max_days, count: DayCount::Business };
        for (text, expected) in [
            ("7", Lag::days(7, 7)),
            ("1-3", Lag::days(1, 3)),
            ("1 – 3 days", Lag::days(1, 3)),
            ("5 business days", business(5, 5)),
            ("3–5 bd", business(3, 5)),
        ] {
            assert_eq!(lag(text), Ok(expected), "{text}");
            assert_eq!(lag(&lag_text(expected)), Ok(expected));
        }
        for text in ["", "soon", "5-3", "99999", "-3"] {
            assert!(lag(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_fee_may_be_a_share_a_sum_and_a_least() {
        let usd = |text: &str| Money::new(text.parse().unwrap(), Currency::USD);
        let full = Fee { percent: Some(2.into()), fixed: Some(usd("1")), at_least: Some(usd("0.50")) };
        assert_eq!(fee("2 % + $1, at least 0.50", Currency::USD, Style::PLAIN), Ok(Some(full.clone())));
        assert_eq!(fee(&fee_text(&full, Style::PLAIN), Currency::USD, Style::PLAIN), Ok(Some(full)));
        assert_eq!(fee("", Currency::USD, Style::PLAIN), Ok(None));
        assert!(fee("200 %", Currency::USD, Style::PLAIN).is_err());
        assert!(fee("much", Currency::USD, Style::PLAIN).is_err());
    }

    #[test]
    fn days_of_the_month_stay_in_the_month() {
        assert_eq!(month_days("10th – 20th"), Ok(MonthDays { from: 10, to: 20 }));
        assert_eq!(month_day_list("10–20, 25").map(|days| month_day_list_text(&days)), Ok("10–20, 25".to_owned()));
        for text in ["0", "32", "20–10", ""] {
            assert!(month_day_list(text).is_err(), "{text}");
        }
        assert_eq!(chase("15th"), Ok(Some(ChaseAfter::DayOfMonth(15))));
        assert_eq!(chase("10 days"), Ok(Some(ChaseAfter::Lag(Lag::days(10, 10)))));
    }

    #[test]
    fn days_are_read_as_they_are_written_in_every_style() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar");
        let closed: Vec<NaiveDate> = ["2026-12-25", "2027-01-01"].map(|day| day.parse().unwrap()).into();
        for (dates, text) in [
            (DateStyle::DayMonth, "25 Dec 2026, 1 Jan 2027"),
            (DateStyle::MonthDay, "Dec 25 2026, Jan 1 2027"),
            (DateStyle::Iso, "2026-12-25, 2027-01-01"),
        ] {
            assert_eq!(days_text(&closed, Style { dates, ..Style::PLAIN }), text);
            assert_eq!(days(text, today).as_ref(), Ok(&closed), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar");
            drop((range(&text), lag(&text), month_day_list(&text), chase(&text), days(&text, today)));
            drop(fee(&text, Currency::USD, Style::PLAIN));
        }
    }
}
