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
    let closed = needs::closed(&work, today, now.at);
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
        "Earned is what the work of the month has become; landed is what arrived in it. The two are never added.".to_owned(),
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
    Table { columns, rows, notes }
}
