//! The Month page's view: a month as it was, in tables: worked, landed, still out, lost on the way, moved since.
//!
//! Every figure comes from `query::month` and is only written here. Landed and earned stand beside each other and are
//! never added. Free of egui; the terminal says the same.

#[cfg(test)]
pub(crate) mod tests;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::names::{self, Mark, payer};
use super::needs::{moved_words, signed};
use super::rates::Answer;
use super::rates::text;
use super::reasons::counted;
use crate::domain::book::Book;
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::money::Money;
use crate::domain::query::month::{Lost, MonthFigures};
use crate::domain::query::rates::{Rates, Step};
use crate::domain::span::{DayRange, Month};
use crate::ui::format::{self, Style};

/// The columns of what was worked.
pub const WORKED_COLUMNS: [&str; 5] = ["Paid", "Unpaid", "Earned", "Settled", "All hours"];

/// What was worked on a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkedRow {
    /// The platform; `None` for all together.
    pub platform: Option<PlatformId>,
    /// Its badge.
    pub mark: Option<Mark>,
    /// Its name, or "All".
    pub name: String,
    /// In the order of [`WORKED_COLUMNS`].
    pub cells: [String; 5],
    /// Whether the rate rests on too little.
    pub muted: bool,
    /// For screen readers.
    pub spoken: String,
}

/// A payout that landed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutRow {
    /// Which.
    pub payout: PayoutId,
    /// The payer's badge.
    pub mark: Option<Mark>,
    /// The payer.
    pub name: String,
    /// "Tue 6 Oct".
    pub on: String,
    /// What it settled.
    pub gross: String,
    /// What arrived.
    pub received: String,
    /// The same in the home currency; a dash without a rate.
    pub home: String,
    /// For screen readers.
    pub spoken: String,
}

/// A word and a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumRow {
    /// The platform, where it is about one.
    pub platform: Option<PlatformId>,
    /// Its badge.
    pub mark: Option<Mark>,
    /// "Platform fees", "Outlier".
    pub name: String,
    /// "$3.10 + €0.50".
    pub amount: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthView {
    /// Which month.
    pub month: Month,
    /// Its days.
    pub days: DayRange,
    /// "October 2026".
    pub title: String,
    /// What landed in it, and what was earned.
    pub answer: Answer,
    /// Worked, by platform, and all together last.
    pub worked: Vec<WorkedRow>,
    /// Landed, by day.
    pub landed: Vec<PayoutRow>,
    /// "9 payouts, $2,627.13".
    pub landed_sum: String,
    /// Still out of its work, by platform.
    pub out: Vec<SumRow>,
    /// "$1,190.24", or that nothing is.
    pub out_sum: String,
    /// Lost on the way.
    pub lost: Vec<SumRow>,
    /// Moved since the last look: "Outlier: 41 h credited instead of 42 h, −$25.00".
    pub moved: Vec<String>,
    /// What is missing: exchange rates, platforms of hours.
    pub warnings: Vec<String>,
    /// Whether there is nothing in it.
    pub is_empty: bool,
    copied: Vec<[String; 7]>,
}

impl MonthView {
    /// The view of a month's figures. `today` is the user's day.
    #[must_use]
    pub fn of(book: &Book, figures: &MonthFigures, today: NaiveDate) -> Self {
        let style = Style::of(book.settings());
        let name = |id: Option<PlatformId>| payer(book, id);
        let mut worked: Vec<WorkedRow> =
            figures.sides.iter().map(|(id, rates)| worked_row(book, Some(*id), rates, style)).collect();
        worked.push(worked_row(book, None, &figures.rates, style));
        let landed: Vec<PayoutRow> = figures
            .landed
            .iter()
            .map(|row| {
                let (on, received) = (style.day(row.on, today), style.money(row.received));
                PayoutRow {
                    payout: row.payout,
                    mark: Mark::of_id(book, row.platform),
                    spoken: format!("{on}, {}, {received} landed", name(row.platform)),
                    name: name(row.platform),
                    on,
                    gross: style.money(row.gross),
                    received,
                    home: row.home.map_or_else(|| format::NONE.to_owned(), |home| style.money(home)),
                }
            })
            .collect();
        let out = figures.out.iter().map(|(platform, bag)| SumRow {
            platform: *platform,
            mark: Mark::of_id(book, *platform),
            name: name(*platform),
            amount: style.bag(bag),
        });
        let mut out: Vec<SumRow> = out.collect();
        out.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            month: figures.month,
            days: figures.days,
            title: format::month(figures.month),
            answer: answer(figures, style),
            worked,
            landed_sum: format!(
                "{}, {}",
                counted(landed.len(), "payout"),
                style.sum_and(figures.landed_sum, &figures.landed_without_rate)
            ),
            out,
            out_sum: if figures.out.is_empty() {
                "all of it has landed".to_owned()
            } else {
                style.sum_and(figures.out_sum, &figures.out_without_rate)
            },
            lost: lost_rows(&figures.lost, style),
            moved: figures
                .moved
                .iter()
                .map(|moved| {
                    let words = moved_words(&name(Some(moved.platform)), moved, today, style);
                    let by = moved.earned_by().filter(|by| !by.rounded().amount.is_zero());
                    by.map_or_else(|| words.clone(), |by| format!("{words}, {}", signed(by, style)))
                })
                .collect(),
            warnings: warnings(figures, style),
            is_empty: figures.is_empty(),
            copied: copied(book, figures),
            landed,
        }
    }

    /// The page as text: a line a platform, payout and sum, in plain numbers.
    #[must_use]
    pub fn tab_separated(&self) -> String {
        let mut lines = text::Lines::new(&["What", "Who", "Day", "Hours", "Amount", "Currency", "In home currency"]);
        for row in &self.copied {
            lines.line(&row.each_ref().map(String::as_str));
        }
        lines.finish()
    }

    /// The lines of the page, for tables: what, who, day, hours, amount, currency, in home currency; plain numbers.
    #[must_use]
    pub fn lines(&self) -> &[[String; 7]] {
        &self.copied
    }
}

fn answer(figures: &MonthFigures, style: Style) -> Answer {
    let rates = &figures.rates;
    let home = |amount: Decimal| style.money(Money::new(amount, rates.home));
    let mut line = Vec::new();
    if let Some(earned) = rates.earned().filter(|_| !rates.is_empty()) {
        line.push(format!("earned {} by the work done in it", home(earned)));
    }
    if let Some(rate) = rates.per_hour(Step::AllHours) {
        line.push(format!("{} over all hours", style.rate(rate, rates.home)));
    }
    if !figures.out.is_empty() {
        let of = if line.is_empty() { "of its work" } else { "of it" };
        line.push(format!("{} {of} still out", style.sum_and(figures.out_sum, &figures.out_without_rate)));
    }
    Answer {
        figure: style.money(figures.landed_sum),
        muted: figures.landed.is_empty(),
        words: "landed",
        line: line.join(" · "),
    }
}

fn worked_row(book: &Book, platform: Option<PlatformId>, rates: &Rates, style: Style) -> WorkedRow {
    let name = platform.map_or_else(|| "All".to_owned(), |id| payer(book, Some(id)));
    let home = |amount: Decimal| style.money(Money::new(amount, rates.home));
    let none = || format::NONE.to_owned();
    let earned = rates.earned().map_or_else(none, home);
    let settled = rates.earned().map_or_else(none, |earned| home(earned.saturating_sub(rates.unsettled)));
    let rate = rates.per_hour(Step::AllHours).map_or_else(none, home);
    let (paid, unpaid) =
        (format::hours_in_column(rates.hours.paid_secs), format::hours_in_column(rates.hours.unpaid_secs()));
    WorkedRow {
        platform,
        mark: Mark::of_id(book, platform),
        spoken: format!("{name}: {paid} paid, {unpaid} unpaid, earned {earned}, {rate} an hour over all hours"),
        name,
        muted: rates.too_little(),
        cells: [paid, unpaid, earned, settled, rate],
    }
}

fn lost_rows(lost: &Lost, style: Style) -> Vec<SumRow> {
    let row = |name: &str, amount: String| SumRow { platform: None, mark: None, name: name.to_owned(), amount };
    let mut rows: Vec<SumRow> = [
        ("Platform fees", &lost.platform_fees),
        ("Payout and transfer fees", &lost.payout_fees),
        ("Tax withheld", &lost.tax_withheld),
        ("Rejected after all", &lost.rejected),
        ("Exchange, against the day’s rate", &lost.exchange),
        ("Unexplained", &lost.unexplained),
    ]
    .into_iter()
    .filter(|(_, bag)| !bag.is_empty())
    .map(|(name, bag)| row(name, style.bag(bag)))
    .collect();
    if lost.exchange_unknown > 0 {
        let name = format!("Exchange of {}", counted(lost.exchange_unknown, "payout"));
        rows.push(row(&name, "unknown".to_owned()));
    }
    rows
}

fn warnings(figures: &MonthFigures, style: Style) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut bag = figures.landed_without_rate.clone();
    bag.add_all(&figures.out_without_rate);
    if !bag.is_empty() {
        warnings.push(names::without_rate(&bag, style));
    }
    if figures.rates.missing_for(Step::Received).next().is_some() {
        warnings.push("What was earned has no sum: an exchange rate is missing; the Rates tab says which".to_owned());
    }
    if figures.unnamed_secs > 0 {
        let hours = format::hours(figures.unnamed_secs);
        warnings.push(format!("{hours} have no platform yet: they count in the hours of all alone"));
    }
    warnings
}

/// The lines of the page in plain numbers.
fn copied(book: &Book, figures: &MonthFigures) -> Vec<[String; 7]> {
    let number = |money: Money| text::number(Some(money.amount), money.currency.minor_units());
    let home = figures.rates.home;
    let mut lines = Vec::new();
    let mut say =
        |what: &str, who: String, day: String, secs: Option<i64>, money: Option<Money>, in_home: Option<Money>| {
            lines.push([
                what.to_owned(),
                who,
                day,
                secs.map_or_else(String::new, text::hours),
                money.map_or_else(String::new, number),
                money.map_or_else(String::new, |money| money.currency.code().to_owned()),
                in_home.map_or_else(String::new, number),
            ]);
        };
    let all = figures.sides.iter().map(|(id, rates)| (payer(book, Some(*id)), rates));
    for (who, rates) in all.chain([("All".to_owned(), &figures.rates)]) {
        let earned = rates.earned().map(|amount| Money::new(amount, home));
        say("worked, paid", who.clone(), String::new(), Some(rates.hours.paid_secs), None, None);
        say("worked, unpaid", who.clone(), String::new(), Some(rates.hours.unpaid_secs()), None, None);
        say("earned", who.clone(), String::new(), None, earned, earned);
        let rate = rates.per_hour(Step::AllHours).map(|amount| Money::new(amount, home));
        say("an hour over all hours", who, String::new(), None, rate, rate);
    }
    for row in &figures.landed {
        let day = format::day_numbers(row.on);
        say("landed", payer(book, row.platform), day, None, Some(row.received), row.home);
    }
    say("landed", "All".to_owned(), String::new(), None, Some(figures.landed_sum), Some(figures.landed_sum));
    for (platform, bag) in &figures.out {
        for money in bag.iter() {
            say("still out", payer(book, *platform), String::new(), None, Some(money), None);
        }
    }
    say("still out", "All".to_owned(), String::new(), None, Some(figures.out_sum), Some(figures.out_sum));
    let lost = &figures.lost;
    for (what, bag) in [
        ("platform fees", &lost.platform_fees),
        ("payout fees", &lost.payout_fees),
        ("tax withheld", &lost.tax_withheld),
        ("rejected", &lost.rejected),
        ("exchange", &lost.exchange),
        ("unexplained", &lost.unexplained),
    ] {
        for money in bag.iter() {
            say(what, String::new(), String::new(), None, Some(money), None);
        }
    }
    lines
}
