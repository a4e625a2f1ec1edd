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
            |short| if short.rounded().amount.is_zero() { "enough".to_owned() } else { format!("short {}", style.money(short)) },
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
    Table { columns, rows, notes }
}
