//! `report forecast`: the twelve weeks of the Forecast page, what stands beside them, and how the last one did.

use chrono::NaiveDate;

use super::super::table::{Cell, Table};
use super::{column, day_cell, money_cell, right};
use crate::domain::book::Book;
use crate::domain::money::Money;
use crate::domain::query::calendar;
use crate::domain::query::enough;
use crate::domain::query::forecast::{Sums, forecast, how_it_did};
use crate::domain::query::work::Work;
use crate::domain::span::Now;
use crate::ui::format::Style;
use crate::ui::view::forecast::{beside_words, did_words, rests_words};

pub(super) fn table(book: &Book, now: Now, today: NaiveDate) -> Table {
    let style = Style::of(book.settings());
    let work = Work::of(book);
    let calendar = calendar::of_work(&work, now, None);
    let found = forecast(book, &calendar, today);
    let money = |money: Money| money_cell(Some(money), style);
    let sums = |sums: &Sums| [money(sums.sure), money(sums.likely), money(sums.possible)];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for week in &found.weeks {
        let mut row = vec![Cell::text("week"), day_cell(Some(week.days.first)), day_cell(Some(week.days.last))];
        row.extend(sums(&week.sums));
        row.push(money(week.due));
        row.push(money_cell(week.after_bills, style));
        rows.push(row);
    }
    for aside in &found.beside {
        let mut row = vec![Cell::text(beside_words(aside.why).0), day_cell(None), day_cell(None)];
        row.extend(sums(&aside.sums));
        row.extend([money_cell(None, style), money_cell(None, style)]);
        rows.push(row);
    }
    let mut notes = vec![
        format!("All amounts in {}, after known fees; money stands in the week of its latest day.", found.home),
        "After bills: late, sure and likely money up to then, less all bills.".to_owned(),
    ];
    let rests = rests_words(&found);
    if !rests.is_empty() {
        notes.push(format!("Rests on {rests}."));
    }
    let mut missing = found.without_rate();
    for aside in &found.beside {
        missing.add_all(&aside.sums.without_rate);
    }
    if !missing.is_empty() {
        notes.push(format!("In no sum, for lack of an exchange rate: {}.", style.bag(&missing)));
    }
    if let Some(by) = enough::next(book, &calendar, today) {
        let short = by.short().map_or_else(
            || "can’t tell, a rate is missing".to_owned(),
            |short| {
                if short.rounded().amount.is_zero() {
                    "enough".to_owned()
                } else {
                    format!("short {}", style.money(short))
                }
            },
        );
        notes.push(format!("Enough by {}: {short}.", style.day(by.by, today)));
    }
    if let Some(did) = how_it_did(&work, &calendar, today, now) {
        notes.push(format!("{}.", did_words(&did, today, style)));
    }
    let columns = vec![
        column("What", "what"),
        column("From", "from"),
        column("To", "to"),
        right("Sure", "sure"),
        right("Likely", "likely"),
        right("Possible", "possible"),
        right("Bills", "bills"),
        right("After bills", "after_bills"),
    ];
    Table { columns, rows, notes, without_months: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::print;
    use crate::cli::{Format, Report, Subject};
    use crate::domain::query::work::testkit::at;
    use crate::domain::span::Now;
    use crate::ui::view::forecast::tests::two_weeks;
    use crate::ui::view::lacking::Lacking;

    #[test]
    fn the_weeks_are_those_of_the_page() {
        let report = Report { subject: Subject::Forecast, from: None, to: None, month: None, format: Format::Csv };
        let mut out = Vec::new();
        let now = Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC };
        print(&two_weeks().book, &Lacking::default(), &report, now, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 13, "{text}");
        assert_eq!(lines[0], "what,from,to,sure,likely,possible,bills,after_bills");
        assert_eq!(lines[2], "week,2026-11-23,2026-11-29,300.00,100.00,0.00,0.00,400.00");
        assert_eq!(lines[3], "week,2026-11-30,2026-12-06,0.00,50.00,0.00,900.00,-450.00");
    }
}
