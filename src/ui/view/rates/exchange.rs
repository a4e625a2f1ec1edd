//! What exchange made of the way from *accepted* to *received*, in words: the market's part, the exchange's part, or both in
//! one where nobody knows how they part.

use rust_decimal::Decimal;

use super::{steps::signed, text};
use crate::domain::money::Money;
use crate::domain::query::rates::{Rates, Step};
use crate::ui::format::Style;

/// A part of a step's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// "of which market".
    pub name: &'static str,
    /// What it means, in one line.
    pub meaning: &'static str,
    /// The table's cells, in the order of the steps' columns; the figure an hour and the hours are empty.
    pub cells: [String; 4],
    /// All of it.
    pub spoken: String,
    pub(super) change: Option<Decimal>,
    pub(super) money: Decimal,
}

const MARKET: (&str, &str) =
    ("of which market", "What rates moved between the day of the work and the day it was sent");
const SPREAD: (&str, &str) =
    ("of which spread", "What the exchange took beside the reference rate of the day it was sent");
const UNSPLIT: (&str, &str) =
    ("of which exchange", "Market and spread in one: no reference rate is known that would part them");

/// The parts of *received* that are exchange; none where no money was exchanged. `places` are the decimals of a figure an
/// hour.
pub(super) fn parts(rates: &Rates, step: Step, places: u32, style: Style) -> Vec<PartRow> {
    if step != Step::Received || rates.missing_for(step).next().is_some() {
        return Vec::new();
    }
    let exchange = rates.exchange;
    [(MARKET, exchange.drift), (SPREAD, exchange.spread), (UNSPLIT, exchange.unsplit)]
        .into_iter()
        .filter(|(_, money)| !Money::new(*money, rates.home).rounded().amount.is_zero())
        .map(|((name, meaning), money)| {
            let hours = Decimal::from(rates.hours.paid_secs);
            let change = money.checked_mul(Decimal::from(3600)).and_then(|product| product.checked_div(hours));
            let change = change.map(|change| change.round_dp(places));
            // Too little an hour to be told: the money says it.
            let told = change.filter(|change| !change.is_zero());
            let shown = told.map_or_else(String::new, |change| signed(change, places, style));
            let amount = with_sign(money, rates, style);
            PartRow {
                name,
                meaning,
                spoken: if shown.is_empty() {
                    format!("{name} {amount}")
                } else {
                    format!("{name} {amount}, {shown} {} an hour", rates.home)
                },
                cells: [String::new(), shown, amount, String::new()],
                change,
                money,
            }
        })
        .collect()
}

/// "of which market −$1.20, spread −$3.40"; empty where there is no part.
pub(super) fn words(parts: &[PartRow]) -> String {
    let told: Vec<String> = parts
        .iter()
        .map(|part| {
            let name = part.name.strip_prefix("of which ").unwrap_or(part.name);
            let [_, _, amount, _] = &part.cells;
            let unknown = if part.name == UNSPLIT.0 { " (spread unknown: no reference rate)" } else { "" };
            format!("{name} {amount}{unknown}")
        })
        .collect();
    if told.is_empty() { String::new() } else { format!("of which {}", told.join(", ")) }
}

/// A line of the table as text, in plain numbers.
pub(super) fn cells(part: &PartRow, places: u32) -> [String; 6] {
    [
        part.name.to_owned(),
        String::new(),
        text::number(part.change, places),
        text::number(Some(part.money), places),
        String::new(),
        part.meaning.to_owned(),
    ]
}

fn with_sign(money: Decimal, rates: &Rates, style: Style) -> String {
    let shown = style.money(Money::new(money, rates.home));
    if money.is_sign_positive() { format!("+{shown}") } else { shown }
}
