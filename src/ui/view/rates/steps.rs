//! Where the hour goes: the advertised rate on its way down (or up) to what is left after tax.
//!
//! A change is the difference of the two figures as they are shown, so that the column can be added up by eye; the
//! first figure and all changes sum to the last one.

use rust_decimal::Decimal;

use super::exchange::{self, PartRow};
use super::{Sample, text};
use crate::domain::money::Money;
use crate::domain::query::rates::{Rates, Step};
use crate::ui::format::{self, Style};
use crate::ui::view::names;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Which.
    pub step: Step,
    /// "recorded".
    pub name: &'static str,
    /// What its bar shows, an hour; `None` where there is no figure.
    pub value: Option<Decimal>,
    /// The figure of the step before: what lies between the two was lost or gained.
    pub before: Option<Decimal>,
    /// What it took (below zero) or gave, as shown; `None` where there is nothing to compare.
    pub change: Option<Decimal>,
    /// "28.10", in home currency, or a dash.
    pub figure: String,
    /// "−1.30 less than promised", or why there is no figure. May be empty.
    pub words: String,
    /// What it is made of: "$1,754.32 over 96 h 30 m"; empty without a figure.
    pub made_of: String,
    /// All of it, for those who don't see the bar.
    pub spoken: String,
    /// The table's cells, in the order of [`STEP_COLUMNS`].
    pub cells: [String; 4],
    /// What the change is made of as far as it is exchange; empty where nothing was exchanged.
    pub parts: Vec<PartRow>,
    /// The same in one line: "of which market −$1.20, spread −$3.40"; may be empty.
    pub of_which: String,
    money: Option<Decimal>,
    secs: i64,
}

/// The columns of the steps as a table, after the name.
pub const STEP_COLUMNS: [&str; 4] = ["An hour", "Change", "Money", "Hours"];

impl StepRow {
    /// Whether it gave something instead of taking it.
    #[must_use]
    pub fn gained(&self) -> bool {
        self.change.is_some_and(|change| change > Decimal::ZERO)
    }
}

/// The steps in order; two of them while the sample is thin.
pub(super) fn steps(rates: &Rates, sample: Sample, style: Style) -> Vec<StepRow> {
    let shown: &[Step] = match sample {
        Sample::None => &[],
        Sample::UnderAnHour | Sample::Thin => &[Step::Recorded, Step::AllHours],
        Sample::Enough => &Step::ALL,
    };
    let mut before = None;
    let mut rows = Vec::with_capacity(shown.len());
    for step in shown {
        let row = row(rates, *step, before, style);
        before = row.value.or(before);
        rows.push(row);
    }
    rows
}

/// The steps as text with tabs, in plain numbers.
pub(super) fn tab_separated(rates: &Rates, rows: &[StepRow]) -> String {
    let code = rates.home.code();
    let places = rates.home.minor_units();
    let mut out = text::Lines::new(&[
        "Step",
        &format!("{code} an hour"),
        &format!("Change in {code}"),
        &format!("Money in {code}"),
        "Hours",
        "Cause",
    ]);
    for row in rows {
        out.line(&[
            row.name,
            &text::number(row.value, places),
            &text::number(row.change, places),
            &text::number(row.money, places),
            &text::hours(row.secs),
            &row.words,
        ]);
        for part in &row.parts {
            let cells = exchange::cells(part, places);
            out.line(&cells.each_ref().map(String::as_str));
        }
    }
    out.finish()
}

fn row(rates: &Rates, step: Step, before: Option<Decimal>, style: Style) -> StepRow {
    let places = rates.home.minor_units();
    let value = rates.per_hour(step);
    let figure = value.map_or_else(|| format::NONE.to_owned(), |value| style.decimals(value, places));
    let change = match (value, before) {
        (Some(value), Some(before)) => Some(value.round_dp(places).saturating_sub(before.round_dp(places))),
        (None, _) | (_, None) => None,
    };
    let words = match (value, change) {
        (None, _) => why_none(rates, step),
        (Some(_), Some(change)) if !change.is_zero() => {
            format!("{} {}", signed(change, places, style), cause(rates, step, change, style))
        }
        (Some(_), _) => String::new(),
    };
    let name = names::step(step);
    let spoken = match (value.is_some(), words.is_empty()) {
        (true, true) => format!("{name}: {figure} {} an hour", rates.home),
        (true, false) => format!("{name}: {figure} {} an hour, {words}", rates.home),
        (false, _) => format!("{name}: {words}"),
    };
    let secs = hours_of(rates, step);
    let money = value.and_then(|_| rates.money(step));
    let parts = exchange::parts(rates, step, places, style);
    let shown_money = money.map(|money| style.money(Money::new(money, rates.home)));
    StepRow {
        step,
        name,
        value,
        before,
        change,
        cells: [
            figure.clone(),
            change.filter(|change| !change.is_zero()).map_or_else(String::new, |change| signed(change, places, style)),
            shown_money.clone().unwrap_or_else(|| format::NONE.to_owned()),
            format::hours_in_column(secs),
        ],
        of_which: exchange::words(&parts),
        parts,
        made_of: shown_money.map_or_else(String::new, |money| format!("{money} over {}", format::hours(secs))),
        figure,
        words,
        spoken,
        money,
        secs,
    }
}

/// The own seconds over which a step goes.
fn hours_of(rates: &Rates, step: Step) -> i64 {
    match step {
        Step::Advertised => rates.advertised_secs,
        Step::Recorded | Step::Accepted | Step::Received => rates.hours.paid_secs,
        Step::AllHours | Step::AfterTax => rates.hours.own_secs,
    }
}

/// "−7.12", "+1.20".
pub(super) fn signed(change: Decimal, places: u32, style: Style) -> String {
    let figure = style.decimals(change, places);
    if change.is_sign_positive() { format!("+{figure}") } else { figure }
}

/// What a change comes from.
fn cause(rates: &Rates, step: Step, change: Decimal, style: Style) -> String {
    let up = change.is_sign_positive();
    let words = match step {
        Step::Advertised => "",
        // Advertised time counts fully, time of two timers at once counts once.
        Step::Recorded if up && rates.advertised_secs > rates.hours.paid_secs => "two timers at once",
        Step::Recorded if up && bonuses_explain(rates) => "bonuses",
        Step::Recorded if rates.advertised.is_some() && rates.advertised_secs < rates.hours.paid_secs => {
            "not all advertised"
        }
        Step::Recorded if up => "more than promised",
        Step::Recorded => "less than promised",
        Step::Accepted if up => "credited more",
        Step::Accepted => "credited less, rejected",
        Step::Received if up => "exchange",
        Step::Received if rates.taxed.is_zero() => "fees, exchange",
        Step::Received => "fees, tax, exchange",
        Step::AllHours => "unpaid hours",
        Step::AfterTax => {
            let share = rates.set_aside_percent.unwrap_or_default();
            return format!("set-aside {} %", style.exact(share));
        }
    };
    words.to_owned()
}

/// Whether without its bonuses the work would not be above what was advertised.
fn bonuses_explain(rates: &Rates) -> bool {
    let promised = rates.money(Step::Advertised);
    rates.bonuses > Decimal::ZERO
        && promised.is_some_and(|promised| rates.recorded.saturating_sub(rates.bonuses) <= promised)
}

/// Why a step has no figure.
fn why_none(rates: &Rates, step: Step) -> String {
    if rates.missing_for(step).next().is_some() {
        return "an exchange rate is missing".to_owned();
    }
    let why = match step {
        Step::Advertised => "no advertised rate stated",
        Step::AfterTax if rates.set_aside_percent.is_none() => "no set-aside chosen",
        Step::AllHours | Step::AfterTax => "no hours",
        Step::Recorded | Step::Accepted | Step::Received => "no paid hours",
    };
    why.to_owned()
}
