//! Exposure on the screen: what is not yet paid, by platform and age, with what to watch. Strings only.
//!
//! A row's figures are in the platform's own currencies; sums, shares and bars are in home currency at today's rates.
//! Where a rate is missing there is no share and no bar, and the page says which.

mod rows;
#[cfg(test)]
mod tests;
mod words;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

pub use rows::{Opens, Pick, PieceLine, pieces};
pub use words::{age, risk, risk_amount};

use super::names::{self, Mark};
use super::platforms::OpenMoney;
use super::rates::text;
use super::second;
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::money::Bag;
use crate::domain::preset::Preset;
use crate::domain::query::calendar::{Calendar, ExpectedKey};
use crate::domain::query::exposure::{AGES, Age, OpenState, Overview, Owed, Risk, in_currency, owed, risks};
use crate::ui::format::{NONE, Style};

/// One age of a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// "$120.00", "~ $48.00" where a part of it is estimated, or [`NONE`].
    pub amount: String,
    /// The recorded and the estimated part, 0 to 1 of the largest row: pixel figures. `None` where a rate is missing.
    pub bar: Option<(f32, f32)>,
}

/// A platform, or all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which; `None` for a payer that nobody knows, and for all.
    pub platform: Option<PlatformId>,
    /// Its badge.
    pub mark: Option<Mark>,
    /// Its name.
    pub name: String,
    /// By age, in the order of [`Age::ALL`].
    pub cells: [Cell; AGES],
    /// "$400.00".
    pub total: String,
    /// "31 %"; [`NONE`] where a rate is missing.
    pub share: String,
    /// "late $48.00 · in review $352.00".
    pub states: String,
    /// The same where there is little room: the largest part but the late one stands for the rest, without its amount.
    /// Empty for all together, whose states stand over the table.
    pub in_short: String,
    /// "oldest work Mon 5 Oct".
    pub oldest: String,
    /// "largest payout $220.00, lands Tue 24 Nov"; empty where none has a day.
    pub largest: String,
    /// The largest payout.
    pub largest_key: Option<ExpectedKey>,
    /// Whether some of it is late.
    pub late: bool,
    /// Whether some of that is surely late, and not only later than expected.
    pub surely_late: bool,
    numbers: [String; AGES],
    number: String,
    share_number: String,
}

/// One state of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Which.
    pub state: OpenState,
    /// "in review".
    pub words: String,
    /// "$352.00".
    pub amount: String,
}

/// Something to watch.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// What.
    pub risk: Risk,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name.
    pub platform: String,
    /// The sentence.
    pub text: String,
    /// "$880.00".
    pub amount: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct ExposureView {
    /// What it was made of.
    pub overview: Overview,
    /// "$1,295.14"; by currency where a rate is missing.
    pub total: String,
    /// "≈ KES 167,000"; empty without a second currency.
    pub second: String,
    /// "~ $180.00 of it estimated · oldest work Mon 5 Oct · largest payout …".
    pub facts: String,
    /// By state, those that hold anything.
    pub split: Vec<Split>,
    /// By platform, the largest first.
    pub rows: Vec<Row>,
    /// All together.
    pub all: Row,
    /// What to watch.
    pub warnings: Vec<Warning>,
    /// "No exchange rate from KES to USD: no shares and bars"; empty where none is missing.
    pub lacks: String,
    home: &'static str,
}

impl ExposureView {
    /// The page of a Book at a moment. `today` is the user's day.
    #[must_use]
    pub fn of(book: &Book, calendar: &Calendar, presets: &[Preset], today: NaiveDate) -> Self {
        let overview = owed(book, calendar, today);
        let style = Style::of(book.settings());
        let home = book.settings().home_currency;
        let top = overview.rows.iter().filter_map(|row| row.home).map(|sum| sum.amount).max();
        let maker = Maker { book, overview: &overview, style, today, top: top.filter(|top| *top > Decimal::ZERO) };
        let rows: Vec<Row> = overview.rows.iter().map(|owed| maker.row(owed, false)).collect();
        let all = maker.row(&overview.all, true);
        let sums = OpenMoney::sums(book, &overview.all.states, today);
        let split = sums.parts.into_iter().map(|part| Split {
            state: part.state,
            words: part.words,
            amount: maker.sum(overview.all.states.of(part.state)),
        });
        let found = risks(book, presets, &overview, today);
        let warnings = found.into_iter().map(|risk| Warning {
            mark: Mark::of_id(book, Some(risk.platform())),
            platform: names::payer(book, Some(risk.platform())),
            text: words::risk(book, &risk, today),
            amount: words::risk_amount(book, &risk),
            risk,
        });
        let pairs: std::collections::BTreeSet<String> =
            overview.missing.iter().map(|missing| format!("{} to {}", missing.from, missing.to)).collect();
        Self {
            total: all.total.clone(),
            second: overview.all.home.and_then(|sum| second::beside(book, sum, today)).unwrap_or_default(),
            facts: maker.facts(&all),
            split: split.collect(),
            warnings: warnings.collect(),
            lacks: if pairs.is_empty() {
                String::new()
            } else {
                let pairs: Vec<String> = pairs.into_iter().collect();
                format!("No exchange rate of the last seven days from {}: no shares, and no bars", pairs.join(", "))
            },
            home: home.code(),
            rows,
            all,
            overview,
        }
    }

    /// A row of the table; all of them together after the last.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&Row> {
        if at == self.rows.len() { Some(&self.all) } else { self.rows.get(at) }
    }

    /// What a figure is made of, as a title: "Outlier, 8–14 days", "in review".
    #[must_use]
    pub fn title(&self, pick: Pick) -> String {
        match pick {
            Pick::Row { row, age } => {
                let name = self.row(row).map_or("", |row| row.name.as_str());
                age.map_or_else(|| name.to_owned(), |age| format!("{name}, {}", words::age(age).to_lowercase()))
            }
            Pick::State(state) => names::title(names::open_state(state)),
        }
    }

    /// Whether a pick has anything in it.
    #[must_use]
    pub fn holds(&self, pick: Pick) -> bool {
        match pick {
            Pick::Row { row, age } => self.row(row).is_some_and(|row| {
                let amount = age.map_or(Some(&row.total), |age| row.cells.get(age.place()).map(|cell| &cell.amount));
                amount.is_some_and(|amount| amount != NONE)
            }),
            Pick::State(state) => self.split.iter().any(|split| split.state == state),
        }
    }

    /// The table as text: a line a row, tabs between the cells, plain numbers in home currency; nothing where a rate is
    /// missing.
    #[must_use]
    pub fn tab_separated(&self) -> String {
        let mut heads = vec!["Platform".to_owned()];
        heads.extend(Age::ALL.map(|age| format!("{}, {}", words::age(age), self.home)));
        heads.extend([format!("Not yet paid, {}", self.home), "Share, %".to_owned(), "State".to_owned()]);
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut lines = text::Lines::new(&heads);
        for row in self.rows.iter().chain(std::iter::once(&self.all)) {
            let mut cells = vec![row.name.as_str()];
            cells.extend(row.numbers.iter().map(String::as_str));
            cells.extend([row.number.as_str(), row.share_number.as_str(), row.states.as_str()]);
            lines.line(&cells);
        }
        lines.finish()
    }
}

impl Row {
    /// Read aloud: "Outlier, not yet paid $400.00, 31 %, in review $352.00".
    #[must_use]
    pub fn spoken(&self) -> String {
        format!("{}, not yet paid {}, {}, {}", self.name, self.total, self.share, self.states)
    }

    /// A cell by its name: "Outlier, 8–14 days, $120.00".
    #[must_use]
    pub fn cell_name(&self, age: Age) -> String {
        let amount = self.cells.get(age.place()).map_or(NONE, |cell| cell.amount.as_str());
        format!("{}, {}, {amount}", self.name, words::age(age))
    }
}

/// What rows are made from.
struct Maker<'a> {
    book: &'a Book,
    overview: &'a Overview,
    style: Style,
    today: NaiveDate,
    /// The largest row in home currency.
    top: Option<Decimal>,
}

impl Maker<'_> {
    /// A sum of several platforms: in home currency, or by currency where a rate is missing.
    fn sum(&self, bag: &Bag) -> String {
        let home = self.book.settings().home_currency;
        match in_currency(self.book, bag, home, self.today) {
            Ok(_) if bag.is_empty() => NONE.to_owned(),
            Ok(sum) => self.style.money(sum),
            Err(_no_rate) => self.style.bag(bag),
        }
    }

    fn number(&self, bag: &Bag) -> String {
        let home = self.book.settings().home_currency;
        let sum = in_currency(self.book, bag, home, self.today).ok();
        text::number(sum.filter(|_| !bag.is_empty()).map(|sum| sum.amount), home.minor_units())
    }

    fn row(&self, owed: &Owed, is_all: bool) -> Row {
        let style = self.style;
        let own = |bag: &Bag| if is_all { self.sum(bag) } else { style.bag(bag) };
        let cells = Age::ALL.map(|age| {
            let slot = owed.of(age);
            let amount = own(&slot.sum);
            Cell {
                amount: if slot.estimate.is_empty() { amount } else { format!("~ {amount}") },
                bar: if is_all || owed.home.is_none() { None } else { self.bar(&slot.sum, &slot.estimate) },
            }
        });
        let share = self.overview.share(owed).filter(|_| !is_all || owed.home.is_some());
        let unpaid = owed.states.not_yet_paid();
        let money = OpenMoney::sums(self.book, &owed.states, self.today);
        let states: Vec<String> = money
            .parts
            .iter()
            .map(|part| match money.parts.len() {
                1 => part.words.clone(),
                _ => format!("{} {}", part.words, own(owed.states.of(part.state))),
            })
            .collect();
        Row {
            platform: owed.platform,
            mark: Mark::of_id(self.book, owed.platform),
            name: if is_all { "All".to_owned() } else { names::payer(self.book, owed.platform) },
            total: own(&unpaid),
            share: share.map_or_else(|| NONE.to_owned(), |share| style.percent(share)),
            states: states.join(" · "),
            in_short: if is_all { String::new() } else { words::in_short(&money.parts) },
            oldest: owed.oldest.map_or_else(String::new, |on| format!("oldest work {}", style.day(on, self.today))),
            largest: owed.largest.as_ref().map_or_else(String::new, |next| {
                let amount = if next.estimate { style.estimate(next.gross) } else { style.money(next.gross) };
                format!("largest payout {amount}")
            }),
            largest_key: owed.largest.as_ref().map(|next| next.key),
            late: !owed.states.late.is_empty(),
            surely_late: !owed.states.late.is_empty() && owed.states.surely_late,
            numbers: Age::ALL.map(|age| self.number(&owed.of(age).sum)),
            number: self.number(&unpaid),
            share_number: text::number(share, 1),
            cells,
        }
    }

    /// The recorded and the estimated part of an age against the largest row.
    fn bar(&self, sum: &Bag, estimate: &Bag) -> Option<(f32, f32)> {
        let home = self.book.settings().home_currency;
        let worth = |bag: &Bag| in_currency(self.book, bag, home, self.today).ok().map(|sum| sum.amount);
        let part = |amount: Decimal| amount.max(Decimal::ZERO).checked_div(self.top?)?.to_f32();
        let (sum, estimate) = (worth(sum)?, worth(estimate)?);
        Some((part(sum.saturating_sub(estimate))?, part(estimate)?))
    }

    /// What is said under the large figure.
    fn facts(&self, all: &Row) -> String {
        let mut estimate = Bag::default();
        for age in Age::ALL {
            estimate.add_all(&self.overview.all.of(age).estimate);
        }
        let mut facts = Vec::new();
        if !estimate.is_empty() {
            facts.push(format!("~ {} of it estimated", self.sum(&estimate)));
        }
        facts.extend([&all.oldest, &all.largest].into_iter().filter(|text| !text.is_empty()).cloned());
        if let Some(next) = &self.overview.all.largest
            && let Some(last) = facts.last_mut()
        {
            *last = format!("{last} from {}", names::payer(self.book, Some(next.key.platform)));
        }
        facts.join(" · ")
    }
}
