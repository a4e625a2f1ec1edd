//! The market: hourly ranges that sources say are advertised on the platforms side by side, each with who says so.
//!
//! A reference beside the user's own figures, never mixed into them. Sources that contradict each other all stand.
//! What is in another currency is converted at a dated rate, or said not to be comparable: nothing is guessed.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::text;
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::money::{Currency, Money};
use crate::domain::preset::{Fact, Figure, Preset};
use crate::domain::query::rates::{Group, SideOverTime};
use crate::domain::terms::Range;
use crate::ui::format::{self, Style};
use crate::ui::view::names::{self, Mark};

/// A range that can be drawn, an hour in home currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its lower end.
    pub low: Decimal,
    /// Its upper end.
    pub high: Decimal,
    /// Whether the upper end is open.
    pub or_more: bool,
}

/// The columns of the market's table, after the platform.
pub const MARKET_COLUMNS: [&str; 6] =
    ["Advertised", "In home currency", "Source", "Who says so", "Checked", "What is said"];

/// What one source says of one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketRow {
    /// The platform.
    pub platform: PlatformId,
    /// Its name.
    pub name: String,
    /// Its badge.
    pub mark: Option<Mark>,
    /// The range in home currency; `None` where it cannot be compared.
    pub band: Option<Band>,
    /// "$15.00 – $50.00, reported by workers · checked 22 Nov 2026, <source>".
    pub line: String,
    /// The table's cells, in the order of [`MARKET_COLUMNS`].
    pub cells: [String; 6],
    numbers: [String; 9],
}

/// What sources say, by the order of the sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Market {
    /// A row a source and range.
    pub rows: Vec<MarketRow>,
    /// The platforms of which no hourly range is known: "Upwork, Garden & Sons"; empty where there are none.
    pub unknown: String,
    home: Currency,
}

impl Market {
    pub(super) fn of(
        book: &Book,
        presets: &[Preset],
        sides: &[SideOverTime],
        home: Currency,
        today: NaiveDate,
    ) -> Self {
        let mut rows = Vec::new();
        let mut unknown = Vec::new();
        for side in sides {
            let Group::Platform(id) = side.group else { continue };
            let Some(platform) = book.platform(id) else { continue };
            let preset = platform.preset.as_ref().and_then(|name| presets.iter().find(|preset| preset.name == *name));
            let before = rows.len();
            for fact in preset.into_iter().flat_map(|preset| &preset.facts).filter(|fact| holds(fact, today)) {
                if let Some(Figure::PerHour { range, or_more, currency }) = &fact.figure {
                    let said = Said { range: *range, or_more: *or_more, currency: *currency, fact };
                    rows.push(said.row(book, id, &platform.name, home, today));
                }
            }
            if rows.len() == before {
                unknown.push(platform.name.clone());
            }
        }
        Self { rows, unknown: unknown.join(", "), home }
    }

    /// The table as text, in plain numbers.
    #[must_use]
    pub fn tab_separated(&self) -> String {
        let (low, high) = (format!("Low in {}", self.home), format!("High in {}", self.home));
        let mut lines = text::Lines::new(&[
            "Platform",
            "Low",
            "High",
            "Or more",
            "Currency",
            &low,
            &high,
            "Who says so",
            "Source",
            "Checked",
        ]);
        for row in &self.rows {
            let cells: Vec<&str> =
                std::iter::once(row.name.as_str()).chain(row.numbers.iter().map(String::as_str)).collect();
            lines.line(&cells);
        }
        lines.finish()
    }
}

/// Whether a fact holds on a day, as far as its source says.
fn holds(fact: &Fact, today: NaiveDate) -> bool {
    fact.valid_from.is_none_or(|from| from <= today) && fact.valid_until.is_none_or(|until| until >= today)
}

/// An hourly range as a source gives it.
struct Said<'a> {
    range: Range,
    or_more: bool,
    currency: Currency,
    fact: &'a Fact,
}

impl Said<'_> {
    fn row(&self, book: &Book, platform: PlatformId, name: &str, home: Currency, today: NaiveDate) -> MarketRow {
        let style = Style::of(book.settings());
        let convert = |amount| book.convert(Money::new(amount, self.currency), home, today).ok();
        let band = convert(self.range.low).zip(convert(self.range.high)).map(|(low, high)| Band {
            low: low.amount,
            high: high.amount,
            or_more: self.or_more,
        });
        let of = &self.fact.provenance;
        let said = span(self.range.low, self.range.high, self.or_more, self.currency, style);
        let in_home = match &band {
            None => format!("not comparable: no rate from {} to {home}", self.currency),
            Some(_) if self.currency == home => said.clone(),
            Some(band) => format!("~ {}", span(band.low, band.high, band.or_more, home, style)),
        };
        let who = names::provenance(of, style);
        let places = home.minor_units();
        let comparable = if band.is_none() || self.currency != home { format!(" ({in_home})") } else { String::new() };
        MarketRow {
            platform,
            name: name.to_owned(),
            mark: Mark::of_id(book, Some(platform)),
            line: format!("{said}{comparable}, {who}, {}", of.source),
            numbers: [
                self.range.low.normalize().to_string(),
                self.range.high.normalize().to_string(),
                (if self.or_more { "yes" } else { "no" }).to_owned(),
                self.currency.code().to_owned(),
                text::number(band.as_ref().map(|band| band.low), places),
                text::number(band.as_ref().map(|band| band.high), places),
                names::standing(of.standing).to_owned(),
                of.source.clone(),
                of.checked_on.map_or_else(String::new, format::day_numbers),
            ],
            cells: [
                said,
                in_home,
                of.source.clone(),
                names::standing(of.standing).to_owned(),
                of.checked_on.map_or_else(|| format::NONE.to_owned(), |on| style.day(on, today)),
                self.fact.text.clone(),
            ],
            band,
        }
    }
}

/// "$15.00 – $50.00", "$20.00 – $65.00 and more", "$25.00".
fn span(low: Decimal, high: Decimal, or_more: bool, currency: Currency, style: Style) -> String {
    let figure = |amount| style.money(Money::new(amount, currency));
    let range = if low == high { figure(low) } else { format!("{} – {}", figure(low), figure(high)) };
    if or_more { format!("{range} and more") } else { range }
}
