//! The totals of a month: what landed, what is expected, what is late, what can be drawn now. Each opens to its rows.

use chrono::NaiveDate;

use super::{Entry, Standing};
use crate::domain::book::Book;
use crate::domain::money::{Bag, Money};
use crate::domain::span::Month;
use crate::ui::format::Style;
use crate::ui::view::reasons::counted;
use crate::ui::view::second;

/// Which total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TotalKind {
    /// What landed in the month.
    Landed,
    /// What can land in it at the latest, and is not late.
    Expected,
    /// What should have landed in it; in this month all that is late.
    Late,
    /// What can be drawn now, in whatever month.
    Drawable,
}

/// A total, with the rows that it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Which.
    pub kind: TotalKind,
    /// "landed".
    pub label: &'static str,
    /// "$1,170.87": in the home currency where every row could be converted, else by currency; of more than two
    /// currencies the home one and how many others: "$415.00 + 6 currencies".
    pub figure: String,
    /// The same in the second currency at today's rate: "≈ KES 151,300"; empty without one.
    pub second: String,
    /// Its name: "landed $1,170.87, 9 payouts".
    pub name: String,
    /// How it is drawn: as the worst of its rows.
    pub standing: Standing,
    /// The places of its rows in the entries of the view.
    pub rows: Vec<usize>,
}

/// The totals of a month: by the day something landed, or by the latest day it can. Landed money is converted at the
/// rate of its day, the rest at today's; the rows are rounded first, so that they sum.
pub(super) fn totals(book: &Book, entries: &[Entry], month: Month, today: NaiveDate) -> Vec<Total> {
    let this_month = month == Month::of_day(today);
    let in_month = |entry: &Entry| entry.days.is_some_and(|days| Month::of_day(days.last) == month);
    let total = |kind, label, wanted: &dyn Fn(&Entry) -> bool| -> Option<Total> {
        let rows: Vec<usize> =
            entries.iter().enumerate().filter(|(_, entry)| wanted(entry)).map(|(at, _)| at).collect();
        if rows.is_empty() {
            return None;
        }
        let held: Vec<&Entry> = rows.iter().filter_map(|at| entries.get(*at)).collect();
        let figure = figure(book, held.iter().copied());
        let second = in_home(book, held.iter().copied()).and_then(|sum| second::beside(book, sum, today));
        let standing = match kind {
            TotalKind::Late if held.iter().any(|entry| entry.standing == Standing::Late) => Standing::Late,
            TotalKind::Late => Standing::LaterThanExpected,
            TotalKind::Landed => Standing::Landed,
            TotalKind::Expected | TotalKind::Drawable => Standing::Expected,
        };
        let name = format!("{label} {figure}, {}", counted(rows.len(), "payout"));
        Some(Total {
            kind,
            label,
            figure: short(book, figure, &held),
            second: second.unwrap_or_default(),
            name,
            standing,
            rows,
        })
    };
    [
        total(TotalKind::Landed, "landed", &|entry| entry.standing == Standing::Landed && in_month(entry)),
        total(TotalKind::Expected, "expected", &|entry| entry.standing == Standing::Expected && in_month(entry)),
        total(TotalKind::Late, "late", &|entry| entry.standing.is_late() && (this_month || in_month(entry))),
        total(TotalKind::Drawable, "drawable", &|entry| entry.drawable),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The sum of entries as it is shown.
pub(super) fn figure<'a>(book: &Book, entries: impl Iterator<Item = &'a Entry> + Clone) -> String {
    let style = Style::of(book.settings());
    match in_home(book, entries.clone()) {
        Some(sum) => style.money(sum),
        None => style.bag(&entries.map(|entry| entry.money).collect::<Bag>()),
    }
}

/// The sum of entries in the home currency; `None` where one of them could not be converted.
fn in_home<'a>(book: &Book, entries: impl Iterator<Item = &'a Entry>) -> Option<Money> {
    let sum: Option<rust_decimal::Decimal> = entries.map(|entry| Some(entry.home?.amount)).sum();
    Some(Money::new(sum?, book.settings().home_currency))
}

/// The same where there is little room.
fn short(book: &Book, figure: String, entries: &[&Entry]) -> String {
    if entries.iter().all(|entry| entry.home.is_some()) {
        return figure;
    }
    let bag: Bag = entries.iter().map(|entry| entry.money).collect();
    Style::of(book.settings()).bag_in_short(&bag, book.settings().home_currency)
}
