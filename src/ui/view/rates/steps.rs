//! Where the hour goes: the advertised rate on its way down (or up) to what is left after tax.
//!
//! A change is the difference of the two figures as they are shown, so that the column can be added up by eye.

use rust_decimal::Decimal;

use super::Sample;
use crate::domain::query::rates::{Rates, Step};
use crate::ui::format;
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
    /// The figure of the step before, where it is larger: the part that was lost ends there.
    pub before: Option<Decimal>,
    /// "28.10", in home currency, or a dash.
    pub figure: String,
    /// "−1.30 the terms pay less", or why there is no figure. May be empty.
    pub words: String,
    /// All of it, for those who don't see the bar.
    pub spoken: String,
}

/// The steps in order; two of them while the sample is thin.
pub(super) fn steps(rates: &Rates, sample: Sample) -> Vec<StepRow> {
    let shown: &[Step] = match sample {
        Sample::None => &[],
        Sample::UnderAnHour | Sample::Thin => &[Step::Recorded, Step::AllHours],
        Sample::Enough => &Step::ALL,
    };
    let mut before = None;
    let mut rows = Vec::with_capacity(shown.len());
    for step in shown {
        let row = row(rates, *step, before);
        before = row.value.or(before);
        rows.push(row);
    }
    rows
}

fn row(rates: &Rates, step: Step, before: Option<Decimal>) -> StepRow {
    let places = rates.home.minor_units();
    let value = rates.per_hour(step);
    let figure = value.map_or_else(|| format::NONE.to_owned(), |value| format::decimals(value, places));
    let words = match (value, before) {
        (None, _) => why_none(rates, step),
        (Some(_), None) => String::new(),
        (Some(value), Some(before)) => {
            let change = value.round_dp(places).saturating_sub(before.round_dp(places));
            if change.is_zero() {
                String::new()
            } else {
                format!("{} {}", signed(change, places), cause(rates, step, change))
            }
        }
    };
    let name = names::step(step);
    let spoken = match (value.is_some(), words.is_empty()) {
        (true, true) => format!("{name}: {figure} {} an hour", rates.home),
        (true, false) => format!("{name}: {figure} {} an hour, {words}", rates.home),
        (false, _) => format!("{name}: {words}"),
    };
    StepRow {
        step,
        name,
        value,
        before: before.filter(|before| value.is_some_and(|value| value < *before)),
        figure,
        words,
        spoken,
    }
}

/// "−7.12", "+1.20".
fn signed(change: Decimal, places: u32) -> String {
    let figure = format::decimals(change, places);
    if change.is_sign_positive() { format!("+{figure}") } else { figure }
}

/// What a change comes from.
fn cause(rates: &Rates, step: Step, change: Decimal) -> String {
    let up = change.is_sign_positive();
    let words = match step {
        Step::Advertised => "",
        Step::Recorded if rates.advertised.is_some() && rates.advertised_secs < rates.hours.paid_secs => {
            "not all advertised"
        }
        // Advertised time counts fully, time of two timers at once counts once.
        Step::Recorded if up && rates.advertised_secs > rates.hours.paid_secs => "two timers at once",
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
            return format!("set-aside {} %", share.normalize());
        }
    };
    words.to_owned()
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
