//! The head of the Rates tab: the answer, what it keeps of the advertised rate, and what is missing for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Sample;
use crate::domain::book::Book;
use crate::domain::exchange::MissingRate;
use crate::domain::money::{Currency, Money};
use crate::domain::query::rates::{Rates, Step};
use crate::ui::format::{self, Style};
use crate::ui::view::fill::Fill;
use crate::ui::view::second;

/// Days without an exchange rate that are named before "and 4 more days".
const DAYS_NAMED: usize = 3;

/// The one figure that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// "$18.18", or a dash.
    pub figure: String,
    /// Whether it rests on too little: shown muted.
    pub muted: bool,
    /// What it is: "per hour of your life".
    pub words: &'static str,
    /// "advertised $29.40 · you keep 62 % · 69 h 21 m paid, 27 h 09 m unpaid · 11 % not settled yet".
    pub line: String,
}

impl Answer {
    /// `unnamed_secs`: own time whose platform is not known yet.
    pub(super) fn of(book: &Book, rates: &Rates, sample: Sample, unnamed_secs: i64, today: NaiveDate) -> Self {
        let style = Style::of(book.settings());
        let home = |amount| style.money(Money::new(amount, rates.home));
        let figure = rates.per_hour(Step::AllHours);
        Self {
            figure: figure.map_or_else(|| format::NONE.to_owned(), home),
            muted: figure.is_none() || sample == Sample::UnderAnHour,
            words: "per hour of your life",
            line: if sample == Sample::None {
                String::new()
            } else {
                line(rates, sample, unnamed_secs, second(book, rates, today), style)
            },
        }
    }
}

/// The answer in the second currency, at the rate that holds today; `None` without one.
fn second(book: &Book, rates: &Rates, today: NaiveDate) -> Option<String> {
    second::beside(book, Money::new(rates.per_hour(Step::AllHours)?, rates.home), today)
}

fn line(rates: &Rates, sample: Sample, unnamed_secs: i64, second: Option<String>, style: Style) -> String {
    let home = |amount| style.money(Money::new(amount, rates.home));
    let mut parts = Vec::new();
    if let Some(advertised) = rates.per_hour(Step::Advertised) {
        let reach = if rates.advertised_secs < rates.hours.paid_secs {
            format!(" for {}", format::hours(rates.advertised_secs))
        } else {
            String::new()
        };
        parts.push(format!("advertised {}{reach}", home(advertised)));
    } else if let Some(recorded) = rates.per_hour(Step::Recorded) {
        parts.push(format!("recorded {}", home(recorded)));
    }
    if let Some(kept) = rates.kept_percent() {
        parts.push(format!("you keep {}", style.percent(kept)));
    }
    parts.push(format!(
        "{} paid, {} unpaid",
        format::hours(rates.hours.paid_secs),
        format::hours(rates.hours.unpaid_secs())
    ));
    if unnamed_secs > 0 {
        parts.push(format!("{} of it without a platform", format::hours(unnamed_secs)));
    }
    match rates.unsettled_percent() {
        Some(share) if share.is_zero() => parts.push("all settled".to_owned()),
        Some(share) => parts.push(format!("{} not settled yet", style.percent(share))),
        None => {}
    }
    if sample == Sample::UnderAnHour {
        parts.push("under an hour: too little to go by".to_owned());
    }
    parts.extend(second);
    parts.join(" · ")
}

/// What is missing for a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// In words.
    pub text: String,
    /// What can be done about it.
    pub verb: WarningVerb,
    /// What the user's own payouts can say instead.
    pub fill: Option<Fill>,
}

/// What can be done about something that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningVerb {
    /// Type the exchange rate, beginning with this one.
    ExchangeRates(MissingRate),
    /// Look at the sessions without a price.
    Unpriced,
}

impl WarningVerb {
    /// The words of its button.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ExchangeRates(_) => "Exchange rates…",
            Self::Unpriced => "Show them",
        }
    }
}

/// What is missing: an exchange rate, a line a pair; a price.
pub(super) fn warnings(book: &Book, rates: &Rates, today: NaiveDate) -> Vec<Warning> {
    let style = Style::of(book.settings());
    let mut pairs: BTreeMap<(Currency, Currency), BTreeSet<NaiveDate>> = BTreeMap::new();
    for (_, missing) in &rates.missing {
        pairs.entry((missing.from, missing.to)).or_default().insert(missing.on);
    }
    let mut warnings: Vec<Warning> = pairs
        .into_iter()
        .filter_map(|((from, to), days)| {
            let first = MissingRate { from, to, on: *days.first()? };
            let text = format!(
                "No rate from {from} to {to} for {}: figures that need it are left out",
                days_named(&days, today, style)
            );
            let missing = days.iter().map(|on| MissingRate { from, to, on: *on }).collect();
            let fill = Fill::of(book, &missing, today);
            Some(Warning { text, verb: WarningVerb::ExchangeRates(first), fill })
        })
        .collect();
    if rates.unpriced_secs > 0 {
        let text = format!(
            "{} of paid work has no price yet: it counts as time and brings nothing",
            format::hours(rates.unpriced_secs)
        );
        warnings.push(Warning { text, verb: WarningVerb::Unpriced, fill: None });
    }
    warnings
}

/// "Tue 3 Nov", "Tue 3 Nov, Wed 4 Nov and 4 more days".
fn days_named(days: &BTreeSet<NaiveDate>, today: NaiveDate, style: Style) -> String {
    let named: Vec<String> = days.iter().take(DAYS_NAMED).map(|day| style.day(*day, today)).collect();
    match days.len().saturating_sub(DAYS_NAMED) {
        0 => match named.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => named.join(", "),
        },
        1 => format!("{} and 1 more day", named.join(", ")),
        more => format!("{} and {more} more days", named.join(", ")),
    }
}
