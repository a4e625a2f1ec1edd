//! The Forecast page's view: what lands in the next weeks and how sure it is, week by week; what stands beside; on what
//! it rests; and how last month's forecast did.
//!
//! Every figure comes from `query::forecast` and is only written here. Amounts are what should arrive after the known fees
//! and tax. Free of egui; the terminal says the same.

mod rows;
#[cfg(test)]
pub(crate) mod tests;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use rows::{Goes, MoneyRow, sureness};

use super::names;
use super::payouts::{self, EnoughLine};
use super::rates::{Answer, text};
use super::reasons::counted;
use super::scale::ticks;
use crate::domain::book::Book;
use crate::domain::money::{Currency, Money};
use crate::domain::query::calendar::Calendar;
use crate::domain::query::enough::SHORT_WITHIN_DAYS;
use crate::domain::query::forecast::{Aside, Beside, Did, Forecast, Sums, Week, forecast};
use crate::domain::query::sureness::{RestsOn, Sureness};
use crate::domain::span::{DayRange, Month, day_plus};
use crate::ui::format::{self, Style};

/// The columns of the table.
pub const COLUMNS: [&str; 6] = ["Sure", "Likely", "Possible", "Bills", "After bills", "Payouts"];

/// A week, as it is drawn and told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekView {
    /// Its days.
    pub days: DayRange,
    /// Under its bar: "23 Nov".
    pub label: String,
    /// "This week", "Mon 23 – Sun 29 Nov".
    pub title: String,
    /// Its sums, the surest first.
    pub parts: [(Sureness, Decimal); 3],
    /// Its bills; nothing where none comes due.
    pub due: Decimal,
    /// "Mon 23 – Sun 29 Nov: sure $132.47 · likely $400.00 · bills $900.00 · after them −$367.53".
    pub readout: String,
    /// Its row of the table, in the order of [`COLUMNS`].
    pub cells: [String; 6],
    /// Whether bills up to it are more than what is sure and likely; told of the next month alone.
    pub short: bool,
    /// What lands in it, then its bills.
    pub rows: Vec<MoneyRow>,
}

/// Money that stands in no week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideView {
    /// Why.
    pub why: Beside,
    /// "date unknown".
    pub label: &'static str,
    /// "$176.07".
    pub amount: String,
    /// What it means, in a line.
    pub line: &'static str,
    /// For screen readers: "Beside the weeks: date unknown, $176.07".
    pub name: String,
    /// What it is.
    pub rows: Vec<MoneyRow>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastView {
    /// What is sure in the next four weeks, and what else may come in them.
    pub answer: Answer,
    /// On what it rests: "rests on 2 sent · 3 documented · 4 reported by workers".
    pub rests_on: String,
    /// "October: forecast ~ $2,100.00 (sure $1,400.00) · came $2,043.00 · $57.00 late"; empty where nothing can be told.
    pub did: String,
    /// Whether it is enough for the bills; `None` without any to come.
    pub enough: Option<EnoughLine>,
    /// The weeks, this one first.
    pub weeks: Vec<WeekView>,
    /// What stands beside.
    pub beside: Vec<AsideView>,
    /// What is missing: exchange rates.
    pub warning: String,
    /// The upper end of the axis.
    pub top: Decimal,
    /// The lines across, from below: where, and their figure.
    pub ticks: Vec<(Decimal, String)>,
    /// Days of this week that are past.
    pub past_days: i64,
    /// Whether no money is out.
    pub is_empty: bool,
    home: Currency,
}

impl ForecastView {
    /// The view. `calendar` is that of today; `did` says how the last forecast did, where that is known.
    #[must_use]
    pub fn of(book: &Book, calendar: &Calendar, did: Option<&Did>, today: NaiveDate) -> Self {
        let style = Style::of(book.settings());
        let found = forecast(book, calendar, today);
        let teller = rows::Teller::new(book, calendar, today);
        let weeks: Vec<WeekView> =
            found.weeks.iter().map(|week| week_view(&found, week, &teller, today, style)).collect();
        let beside = found.beside.iter().map(|aside| aside_view(&found, aside, &teller, style)).collect();
        let most = found.weeks.iter().map(|week| week.sums.all().amount.max(week.due.amount)).max();
        let (top, ticks) = ticks(most.unwrap_or_default(), found.home, style);
        let first = found.weeks.first().map_or(today, |week| week.days.first);
        Self {
            answer: answer(&found.near, style),
            rests_on: rests_words(&found),
            did: did.map_or_else(String::new, |did| did_words(did, today, style)),
            enough: payouts::enough_line(book, calendar, today),
            weeks,
            beside,
            warning: names::without_rate(&found.without_rate(), style),
            top,
            ticks,
            past_days: (today - first).num_days(),
            is_empty: found.is_empty(),
            home: found.home,
        }
    }

    /// The table as text: a line a week and one for each sum beside, in plain numbers.
    #[must_use]
    pub fn tab_separated(&self) -> String {
        let places = self.home.minor_units();
        let in_home = |head: &str| format!("{head} in {}", self.home);
        let heads = [in_home("Sure"), in_home("Likely"), in_home("Possible"), in_home("Bills")];
        let [sure, likely, possible, bills] = heads.each_ref().map(String::as_str);
        let mut lines = text::Lines::new(&["From", "To", sure, likely, possible, bills]);
        for week in &self.weeks {
            let [sure, likely, possible] = week.parts.map(|(_, amount)| text::number(Some(amount), places));
            let bills = text::number(Some(week.due), places);
            let (from, to) = (format::day_numbers(week.days.first), format::day_numbers(week.days.last));
            lines.line(&[&from, &to, &sure, &likely, &possible, &bills]);
        }
        lines.finish()
    }
}

fn answer(near: &Sums, style: Style) -> Answer {
    let mut line = vec![format!("{} with what is likely", style.money(near.counted()))];
    if !near.possible.amount.is_zero() {
        line.push(format!("{} more is possible", style.money(near.possible)));
    }
    line.push("after known fees".to_owned());
    Answer {
        figure: style.money(near.sure),
        muted: near.sure.amount.is_zero(),
        words: "sure in the next 4 weeks",
        line: line.join(" · "),
    }
}

fn week_view(found: &Forecast, week: &Week, teller: &rows::Teller<'_>, today: NaiveDate, style: Style) -> WeekView {
    let sums = &week.sums;
    let parts = Sureness::ALL.map(|sureness| (sureness, sums.of(sureness).amount));
    let span = style.days(week.days, today);
    let this = week.days.contains(today);
    let mut said: Vec<String> = parts
        .iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(of, amount)| format!("{} {}", sureness(*of), style.money(Money::new(*amount, found.home))))
        .collect();
    if !sums.without_rate.is_empty() {
        said.push(format!("{} without a rate", style.bag(&sums.without_rate)));
    }
    if said.is_empty() {
        said.push("nothing known yet".to_owned());
    }
    if !week.bills.is_empty() {
        said.push(format!("bills {}", style.sum_and(week.due, &week.bills_without_rate)));
        said.extend(week.after_bills.map(|after| format!("after them {}", style.money(after))));
    }
    let mut rows: Vec<MoneyRow> = week.coming.iter().filter_map(|at| teller.row(found.coming.get(*at)?)).collect();
    let payouts = rows.len();
    rows.extend(week.bills.iter().filter_map(|due| teller.bill(due)));
    let money = |amount: Decimal| {
        if amount.is_zero() { format::NONE.to_owned() } else { style.money(Money::new(amount, found.home)) }
    };
    let [sure, likely, possible] = parts.map(|(_, amount)| money(amount));
    WeekView {
        days: week.days,
        label: style.day_and_month(week.days.first),
        title: if this { format!("This week, {span}") } else { span.clone() },
        parts,
        due: week.due.amount,
        readout: format!("{span}: {}", said.join(" · ")),
        cells: [
            sure,
            likely,
            possible,
            if week.bills.is_empty() {
                format::NONE.to_owned()
            } else {
                style.sum_and(week.due, &week.bills_without_rate)
            },
            week.after_bills.map_or_else(|| format::NONE.to_owned(), |after| style.money(after)),
            if payouts == 0 { format::NONE.to_owned() } else { payouts.to_string() },
        ],
        // What is earned until later bills is not known yet.
        short: week.days.first <= day_plus(today, SHORT_WITHIN_DAYS)
            && week.after_bills.is_some_and(|after| after.rounded().amount < Decimal::ZERO),
        rows,
    }
}

/// What stands in no week, as a word and a line.
#[must_use]
pub fn beside_words(why: Beside) -> (&'static str, &'static str) {
    match why {
        Beside::Late => ("late", "Its last day has passed; it may come any day"),
        Beside::Beyond => ("later", "It lands after these twelve weeks"),
        Beside::DateUnknown => ("date unknown", "Outstanding: nobody knows when it comes"),
        Beside::BelowMinimum => ("below the minimum", "It waits for more"),
        Beside::Held => ("frozen or disputed", "It may not come at all"),
    }
}

fn aside_view(found: &Forecast, aside: &Aside, teller: &rows::Teller<'_>, style: Style) -> AsideView {
    let (label, line) = beside_words(aside.why);
    let amount = style.sum_and(aside.sums.all(), &aside.sums.without_rate);
    AsideView {
        why: aside.why,
        label,
        line,
        name: format!("Beside the weeks: {label}, {amount}"),
        amount,
        rows: aside.coming.iter().filter_map(|at| teller.row(found.coming.get(*at)?)).collect(),
    }
}

/// "rests on 2 sent · 3 documented · 4 reported by workers".
#[must_use]
pub fn rests_words(found: &Forecast) -> String {
    let parts: Vec<String> = found
        .rests_on
        .iter()
        .map(|(on, count)| match on {
            RestsOn::Sent => format!("{count} sent"),
            RestsOn::Documented => format!("{count} documented"),
            RestsOn::Own => format!("{count} by your own rule or day"),
            RestsOn::Reported => format!("{count} reported by workers"),
            RestsOn::Unverified => format!("{count} unverified"),
            RestsOn::Nothing => format!("{count} without a rule"),
        })
        .collect();
    let all: usize = found.rests_on.values().sum();
    if all == 0 { String::new() } else { format!("{}: {}", counted(all, "payout"), parts.join(" · ")) }
}

/// "October: forecast ~ $2,100.00 (sure $1,400.00) · came $2,043.00 · $57.00 late · $310.00 of newer work".
#[must_use]
pub fn did_words(did: &Did, today: NaiveDate, style: Style) -> String {
    let month = format::month(did.month);
    let year = Month::of_day(today).year;
    let month = if did.month.year == year { month.replace(&format!(" {year}"), "") } else { month };
    let there = |money: Money| !money.rounded().amount.is_zero();
    let mut parts = vec![
        format!("{month}: forecast {} (sure {})", style.estimate(did.forecast()), style.money(did.sure)),
        format!("came {}", style.money(did.came)),
    ];
    if there(did.late) {
        parts.push(format!("{} late", style.money(did.late)));
    }
    let more = did.more();
    if there(more) {
        let word = if more.amount.is_sign_negative() { "less" } else { "more" };
        parts.push(format!("{} {word}", style.money(more.with(more.amount.abs()))));
    }
    if there(did.besides) {
        parts.push(format!("{} of newer work", style.money(did.besides)));
    }
    if !did.without_rate.is_empty() {
        parts.push(format!("no rate for {}", style.bag(&did.without_rate)));
    }
    parts.join(" · ")
}
