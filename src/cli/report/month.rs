//! `report month`: the figures of the month page, a line each.

use chrono::NaiveDate;

use super::super::table::{Cell, Table};
use super::{column, right};
use crate::domain::book::Book;
use crate::domain::query::month::month_figures;
use crate::domain::query::work::Work;
use crate::domain::query::{calendar, needs};
use crate::domain::span::{Month, Now};
use crate::ui::view::month::MonthView;

pub(super) fn table(book: &Book, month: Month, now: Now, today: NaiveDate) -> Table {
    let work = Work::of(book);
    let calendar = calendar::of_work(&work, now, None);
    let closed = needs::closed(&work, today);
    let figures = month_figures(&work, &calendar, &closed, month, today, now.at);
    let view = MonthView::of(book, &figures, today);
    let rows = view
        .lines()
        .iter()
        .map(|[what, who, day, hours, amount, currency, home]| {
            let figure = |text: &String| {
                let plain = (!text.is_empty()).then(|| text.clone());
                Cell::figure(text.as_str(), plain)
            };
            vec![
                Cell::text(what.as_str()),
                Cell::text(who.as_str()),
                figure(day),
                figure(hours),
                figure(amount),
                Cell::text(currency.as_str()),
                figure(home),
            ]
        })
        .collect();
    let mut notes = vec![
        format!("{}: {} landed; {}.", view.title, view.answer.figure, view.answer.line),
        "Earned is what the work of the month has become; landed is what arrived in it. The two are never added."
            .to_owned(),
    ];
    notes.extend(view.moved.iter().map(|moved| format!("Moved: {moved}.")));
    notes.extend(view.warnings.iter().map(|warning| format!("{warning}.")));
    let columns = vec![
        column("What", "what"),
        column("Who", "who"),
        column("Day", "day"),
        right("Hours", "hours"),
        right("Amount", "amount"),
        column("In", "currency"),
        right("In home currency", "home"),
    ];
    Table { columns, rows, notes, without_months: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::{Failure, print};
    use crate::cli::{Format, Report, Subject};
    use crate::domain::query::work::testkit::at;
    use crate::domain::span::Now;
    use crate::ui::view::lacking::Lacking;
    use crate::ui::view::month::tests::a_month;

    fn printed(month: Option<&str>, from: Option<&str>, format: Format) -> Result<String, Failure> {
        let text = |text: &str| text.to_owned();
        let report = Report { subject: Subject::Month, from: from.map(text), to: None, month: month.map(text), format };
        let mut out = Vec::new();
        let now = Now { at: at("2026-12-05T12:00:00Z"), zone: chrono_tz::UTC };
        print(&a_month().book, &Lacking::default(), &report, now, &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_month_is_named_or_is_that_of_the_first_day() {
        for (month, from) in [(Some("2026-11"), None), (None, Some("2026-11-20"))] {
            let text = printed(month, from, Format::Csv).unwrap();
            assert!(text.starts_with("what,who,day,hours,amount,currency,home\n"), "{text}");
            for line in ["landed,Platform 1,2026-11-18,,90.00,USD,90.00", "earned,All,,,140.00,USD,140.00"] {
                assert!(text.contains(line), "{line}\n{text}");
            }
        }
        assert!(!printed(None, None, Format::Csv).unwrap().contains("2026-11-18"), "December is this month");
        let people = printed(Some("2026-11"), None, Format::Table).unwrap();
        assert!(people.contains("November 2026: $90.00 landed; earned $140.00 by the work done in it"), "{people}");
    }

    #[test]
    fn what_is_no_month_is_refused_with_how_one_is_written() {
        let refused = printed(Some("October"), None, Format::Csv).unwrap_err().to_string();
        assert_eq!(refused, "--month October: a month is written as 2026-11");
    }
}
