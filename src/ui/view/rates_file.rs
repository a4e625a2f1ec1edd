//! A rates file before it is taken: what is in it, what of it this Book needs, and what it lacks, in words.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::command::Command;
use crate::domain::money::Currency;
use crate::domain::query::intake::{Extent, Intake};
use crate::ui::format::Style;

/// What a file was found to hold for a Book: for its own currencies, and for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesRead {
    /// For the currencies that the Book uses.
    pub used: Intake,
    /// For all of them.
    pub all: Intake,
}

impl RatesRead {
    /// The one or the other.
    #[must_use]
    pub fn of(&self, extent: Extent) -> &Intake {
        match extent {
            Extent::Used => &self.used,
            Extent::All => &self.all,
        }
    }
}

/// The lines of a preview.
#[must_use]
pub fn lines(intake: &Intake, today: NaiveDate, style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(days) = intake.sheet_days {
        let (first, last) = (style.day_and_year(days.first), style.day_and_year(days.last));
        let span = if days.first == days.last { first } else { format!("{first} – {last}") };
        let (days, rates) = (style.counted(intake.sheet_day_count, "day"), style.counted(intake.sheet_count, "rate"));
        lines.push(format!("{}: {span}, {rates} of {days}", intake.source));
    }
    match intake.days {
        None if intake.currencies.is_empty() && intake.lacking.is_empty() => {
            lines.push("This book uses one currency only: nothing is to be converted".to_owned());
        }
        None => lines.push("Nothing of it is for the days of this book".to_owned()),
        Some(days) => lines.push(format!(
            "For this book: {}, {}: {} new, {} changed, {} there already",
            codes(&intake.currencies),
            style.days(days, today),
            style.count(intake.new_count()),
            style.count(intake.changed_count()),
            style.count(intake.known),
        )),
    }
    if intake.typed > 0 {
        let stay = if intake.typed == 1 { "stays" } else { "stay" };
        lines.push(format!("{} you typed yourself {stay}", style.counted(intake.typed, "rate")));
    }
    if !intake.lacking.is_empty() {
        let are = if intake.lacking.len() == 1 { "is" } else { "are" };
        lines.push(format!("{} {are} not in it: type those rates, or use your payouts’", codes(&intake.lacking)));
    }
    lines
}

/// "Take 58 rates"; what is said where there is nothing to take.
#[must_use]
pub fn verb(intake: &Intake, style: Style) -> String {
    if intake.is_empty() { taken(intake, style) } else { format!("Take {}", taken(intake, style)) }
}

/// What taking it comes to: "58 rates"; "Nothing new".
#[must_use]
pub fn taken(intake: &Intake, style: Style) -> String {
    match intake.new_count() + intake.changed_count() {
        0 => "Nothing new".to_owned(),
        count => style.counted(count, "rate"),
    }
}

/// The command that takes them, with fresh ids from `draw`.
pub fn command(intake: &Intake, draw: impl FnMut() -> u64) -> Command {
    let rates = intake.rates(draw);
    let words = format!("Import {} of the {}", Style::PLAIN.counted(rates.len(), "rate"), intake.source);
    Command::SetRates { words, rates }
}

/// "GBP and USD", "CHF, GBP and USD", "31 currencies".
fn codes(currencies: &BTreeSet<Currency>) -> String {
    const MOST: usize = 6;
    let codes: Vec<&str> = currencies.iter().map(|one| one.code()).collect();
    match codes.split_last() {
        Some(_) if codes.len() > MOST => format!("{} currencies", codes.len()),
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => codes.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::exchange::Sheet;
    use crate::domain::query::work::testkit::{Kit, day, dec};
    use crate::domain::terms::Pay;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("European Central Bank", Currency::EUR);
        for on in ["1999-01-04", "2026-11-16", "2026-11-17"] {
            sheet.days.insert(day(on), [(Currency::USD, dec("1.16")), (Currency::GBP, dec("0.87"))].into());
        }
        sheet
    }

    fn said(kit: &Kit) -> (Vec<String>, String) {
        let intake = Intake::of(&kit.book, &sheet(), Extent::Used, day("2026-11-22"));
        (lines(&intake, day("2026-11-22"), Style::PLAIN), verb(&intake, Style::PLAIN))
    }

    #[test]
    fn the_preview_says_what_is_in_it_what_is_taken_and_what_it_lacks() {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
        let (lines, verb) = said(&kit);
        assert_eq!(lines[1], "This book uses one currency only: nothing is to be converted");
        assert_eq!(verb, "Nothing new");
        kit.terms(9, 2, Currency::GBP, Pay::PerHour(20.into()));
        kit.terms(10, 2, "KES".parse().unwrap(), Pay::PerHour(20.into()));
        let (lines, verb) = said(&kit);
        assert_eq!(
            lines,
            [
                "European Central Bank: Mon 4 Jan 1999 – Tue 17 Nov 2026, 6 rates of 3 days",
                "For this book: GBP and USD, Mon 16 – Tue 17 Nov: 4 new, 0 changed, 0 there already",
                "KES is not in it: type those rates, or use your payouts’",
            ]
        );
        assert_eq!(verb, "Take 4 rates");
        let intake = Intake::of(&kit.book, &sheet(), Extent::Used, day("2026-11-22"));
        let Command::SetRates { words, rates } = command(&intake, || 1) else { panic!("sets rates") };
        assert_eq!((words.as_str(), rates.len()), ("Import 4 rates of the European Central Bank", 4));
    }
}
