//! The exposure report: what is not yet paid, by platform and age, a row a platform and currency.
//!
//! Amounts are gross, in the currency of the row; the row of all is in home currency at today's rates, and so are shares.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::report::{column, day_cell, money_cell, plain, right};
use super::table::{Cell, Table};
use crate::domain::book::Book;
use crate::domain::money::{Bag, Money};
use crate::domain::preset::Preset;
use crate::domain::query::calendar::calendar;
use crate::domain::query::exposure::{Age, Overview, Owed, in_currency, owed, risks};
use crate::domain::span::Now;
use crate::ui::format::{NONE, Style};
use crate::ui::view::exposure::{age, risk, risk_amount};
use crate::ui::view::names;
use crate::ui::view::platforms::OpenMoney;

/// The table of a Book at a moment; what to watch stands under it. `presets` is the catalogue.
pub(super) fn table(book: &Book, presets: &[Preset], now: Now, today: NaiveDate) -> Table {
    let overview = owed(book, &calendar(book, now), today);
    let maker = Maker { book, overview: &overview, style: Style::of(book.settings()), today };
    let mut rows = Vec::new();
    for row in &overview.rows {
        let name = names::payer(book, row.platform);
        for money in row.states.not_yet_paid().iter() {
            rows.push(maker.cells(row, &name, &|bag| Some(bag.of(money.currency))));
        }
    }
    let home = book.settings().home_currency;
    if overview.all.home.is_some() && !rows.is_empty() {
        rows.push(maker.cells(&overview.all, "All", &|bag| in_currency(book, bag, home, today).ok()));
    }
    let pairs: BTreeSet<String> = overview
        .missing
        .iter()
        .map(|missing| format!("No rate from {} to {} of the last seven days: no shares.", missing.from, missing.to))
        .collect();
    let mut notes: Vec<String> = pairs.into_iter().collect();
    for one in risks(book, presets, &overview, today) {
        notes.push(format!("{}: {}.", risk(book, &one, today), risk_amount(book, &one)));
    }
    notes.push(if overview.rows.is_empty() {
        "Nothing is owed.".to_owned()
    } else {
        format!("Days since the work, as of {}; ~ holds an estimate.", maker.style.day_and_year(today))
    });
    let mut columns = vec![column("Platform", "platform")];
    columns.extend(Age::ALL.map(|one| right(age(one), age_name(one))));
    columns.extend([
        right("Not yet paid", "not_yet_paid"),
        column("In", "currency"),
        right("Share", "share_percent"),
        column("State", "state"),
        column("Oldest", "oldest_work"),
    ]);
    Table { columns, rows, notes, without_months: Vec::new() }
}

fn age_name(age: Age) -> &'static str {
    match age {
        Age::Week => "days_0_7",
        Age::Fortnight => "days_8_14",
        Age::Month => "days_15_30",
        Age::TwoMonths => "days_31_60",
        Age::Older => "days_over_60",
    }
}

/// What rows are made from.
struct Maker<'a> {
    book: &'a Book,
    overview: &'a Overview,
    style: Style,
    today: NaiveDate,
}

impl Maker<'_> {
    fn cells(&self, row: &Owed, name: &str, of: &dyn Fn(&Bag) -> Option<Money>) -> Vec<Cell> {
        let cell = |bag: &Bag| {
            let money = of(bag);
            match money {
                Some(none) if none.amount.is_zero() => Cell::figure(NONE, Some("0.00".to_owned())),
                money => money_cell(money, self.style),
            }
        };
        let unpaid = row.states.not_yet_paid();
        let share = self.overview.share(row);
        let parts = OpenMoney::sums(self.book, &row.states, self.today).parts;
        let states: Vec<String> = parts
            .iter()
            .filter_map(|part| Some((part, of(row.states.of(part.state)).filter(|sum| !sum.amount.is_zero())?)))
            .map(|(part, sum)| format!("{} {}", part.words, self.style.money(sum)))
            .collect();
        let mut cells = vec![Cell::text(name)];
        cells.extend(Age::ALL.map(|age| {
            let slot = row.of(age);
            let estimated = of(&slot.estimate).is_some_and(|part| !part.amount.is_zero());
            match of(&slot.sum).filter(|sum| estimated && !sum.amount.is_zero()) {
                Some(sum) => Cell::figure(self.style.estimate(sum), Some(plain(sum))),
                None => cell(&slot.sum),
            }
        }));
        cells.extend([
            cell(&unpaid),
            Cell::text(of(&unpaid).map_or("", |sum| sum.currency.code())),
            Cell::figure(share.map_or_else(|| NONE.to_owned(), |share| self.style.percent(share)), share.map(tenths)),
            Cell::text(states.join(", ")),
            day_cell(row.oldest),
        ]);
        cells
    }
}

/// A share with one decimal, for programs.
fn tenths(share: Decimal) -> String {
    format!("{:.1}", share.round_dp(1))
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;
    use crate::domain::query::work::testkit::{Kit, at, day};

    fn printed(kit: &Kit, format: Format) -> String {
        let now = Now { at: at("2026-11-22T12:00:00Z"), zone: chrono_tz::UTC };
        let mut out = Vec::new();
        table(&kit.book, &[], now, day("2026-11-22")).print(format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_a_platform_with_its_ages_and_share() {
        let mut kit = Kit::new();
        assert!(printed(&kit, Format::Table).contains("Nothing is owed."));
        kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z", |_| {});
        kit.work(2, 2, "2026-10-01T09:00:00Z", "2026-10-01T10:00:00Z", |_| {});
        let csv = printed(&kit, Format::Csv);
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[0].starts_with("platform,days_0_7,days_8_14"), "{csv}");
        assert_eq!(lines[1], "Platform 1,75.00,0.00,0.00,0.00,0.00,75.00,USD,75.0,date unknown $75.00,2026-11-20");
        assert_eq!(lines[2], "Platform 2,0.00,0.00,0.00,25.00,0.00,25.00,USD,25.0,date unknown $25.00,2026-10-01");
        assert_eq!(lines[3], "All,75.00,0.00,0.00,25.00,0.00,100.00,USD,100.0,date unknown $100.00,2026-10-01");
        let shown = printed(&kit, Format::Table);
        assert!(shown.contains("~ $75.00") && shown.contains("~ holds an estimate"), "{shown}");
        assert!(printed(&kit, Format::Table).contains("75 % of what is not paid yet hangs on Platform 1: $75.00."));
    }
}
