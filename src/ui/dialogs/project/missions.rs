//! Missions as lines of text: "20 tasks, 50, 16 Nov 2026 – 22 Nov 2026": what it takes, what it pays, on which days.
//!
//! Free of egui.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::terms::{amount_text, cut};
use crate::domain::money::{Currency, Money};
use crate::domain::span::DayRange;
use crate::domain::terms::Mission;
use crate::ui::format::Style;
use crate::ui::typed;

/// The line of a mission; it reads back the same.
pub(super) fn line(mission: &Mission, currency: Currency, style: Style) -> String {
    let Mission { name, count, amount, days } = mission;
    let day = |day| style.date_in_list(day);
    let amount = amount_text(Money::new(*amount, currency), style);
    format!("{count} {name}, {amount}, {} – {}", day(days.first), day(days.last))
}

/// The whole number that a text begins with, and what follows it.
fn counted(text: &str, style: Style) -> Option<(u32, String)> {
    let (count, name) = text.trim().split_once(char::is_whitespace)?;
    let count = style.reader().count(count).ok().filter(|count| *count > 0)?;
    Some((count, name.trim().to_owned()))
}

/// One mission a line: "20 tasks, 50, 22 Nov" (from today to that day) or with both days. `amount` reads what it pays.
///
/// # Errors
/// The line and the reason.
pub(super) fn read(
    text: &str,
    today: NaiveDate,
    style: Style,
    amount: impl Fn(&str) -> Result<Decimal, String>,
) -> Result<Vec<Mission>, String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let why = |reason: &str| format!("Line {}: {reason}", at + 1);
        let form = || why("so many tasks, what they pay, and the days, with commas, please");
        let (rest, days) = cut(line).ok_or_else(form)?;
        let (name, pays) = cut(rest).ok_or_else(form)?;
        let days = read_days(days, today).map_err(|reason| why(&reason))?;
        let amount = amount(pays).map_err(|reason| why(&reason))?;
        let of_what = || why("begin with a number and what is counted, such as 20 tasks, please");
        let (count, name) = counted(name, style).ok_or_else(of_what)?;
        found.push(Mission { name, count, amount, days });
    }
    Ok(found)
}

/// Both days, or the last one: then from today on.
fn read_days(text: &str, today: NaiveDate) -> Result<DayRange, String> {
    if let Some((first, last)) = text.split_once(['–', '—']) {
        let day = |text: &str| typed::date(text, today).map_err(|reason| reason.to_string());
        let (first, last) = (day(first)?, day(last)?);
        return if first <= last { Ok(DayRange { first, last }) } else { Err("ends before it begins".to_owned()) };
    }
    let last = typed::date(text, today).map_err(|reason| reason.to_string())?;
    Ok(DayRange { first: today.min(last), last })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn told(text: &str) -> Result<Vec<Mission>, String> {
        let style = Style::PLAIN;
        read(text, day("2026-11-18"), style, |text| {
            style.reader().money(text, Currency::USD).map(|money| money.amount).map_err(|reason| reason.to_string())
        })
    }

    #[test]
    fn a_mission_is_a_line() {
        let twenty = |days| Mission { name: "tasks".into(), count: 20, amount: 50.into(), days };
        let from_today = DayRange::new(day("2026-11-18"), day("2026-11-22"));
        assert_eq!(told("20 tasks, $50, 22 Nov"), Ok(vec![twenty(from_today)]), "from the day it is typed");
        let week = DayRange::new(day("2026-11-16"), day("2026-11-22"));
        assert_eq!(told("20 tasks, 50, 16 Nov – 22 Nov\n"), Ok(vec![twenty(week)]));
        assert_eq!(line(&twenty(week), Currency::USD, Style::PLAIN), "20 tasks, $50.00, 16 Nov 2026 – 22 Nov 2026");
    }

    #[test]
    fn what_does_not_read_names_its_line() {
        for (text, reason) in [
            ("20 tasks", "Line 1: so many tasks, what they pay, and the days, with commas, please"),
            (
                "20 tasks, 50, 22 Nov\ntasks, 50, 22 Nov",
                "Line 2: begin with a number and what is counted, such as 20 tasks, please",
            ),
            ("20 tasks, 50, 22 Nov – 16 Nov", "Line 1: ends before it begins"),
        ] {
            assert_eq!(told(text), Err(reason.to_owned()), "{text}");
        }
        assert!(told("20 tasks, much, 22 Nov").is_err() && told("20 tasks, 50, some day").is_err());
    }
}
