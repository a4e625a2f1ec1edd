//! Mechanical Turk: the backup of MTurk Suite. The market closed on 30 September 2026; people keep its history.
//!
//! Days are those of the Pacific. The helper stopped asking at some time: “Submitted” and “Approved” stay so for ever, and a
//! row that says so is marked. Sums of days repeat the tasks and are not read; answers to surveys are nobody's business.

use serde::Deserialize;

use super::{Found, Reading};
use crate::domain::statement::{CreditKind, CreditState, Credited, DateOrder, Decimals, Note, Says, Statement, Why};
use crate::import::cells::{Amounts, Days};
use crate::import::{Options, Unreadable};

#[derive(Deserialize)]
struct Backup {
    hits: Vec<Hit>,
}

#[derive(Deserialize)]
struct Hit {
    #[serde(rename = "hit_id")]
    id: String,
    #[serde(default)]
    assignment_id: Option<String>,
    #[serde(default)]
    requester_name: String,
    reward: Reward,
    state: String,
    #[serde(default)]
    title: String,
    date: serde_json::Value,
}

#[derive(Deserialize)]
struct Reward {
    amount_in_dollars: serde_json::Number,
    #[serde(default)]
    currency_code: Option<String>,
}

/// Whether a text is one.
pub(super) fn is_one(text: &str) -> bool {
    let head: String = text.chars().take(4_000).collect();
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{') && head.contains("\"hits\"")
}

pub(super) fn read(text: &str, options: Options) -> Result<Statement, Unreadable> {
    let backup: Backup =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| Unreadable::Line {
            line: u64::try_from(error.line()).unwrap_or(1),
            why: "this backup of MTurk Suite can’t be read on",
        })?;
    let amounts = Amounts::with(Decimals::Point, options);
    let mut reading = Reading::new("MTurk Suite backup", "mturk").paid_by("Mechanical Turk");
    reading.statement.personal.insert("answer".to_owned());
    for (nth, hit) in (1..).zip(&backup.hits) {
        // A backup is one line: its tasks are counted instead.
        reading.take(nth, row(hit, amounts));
    }
    Ok(reading.statement)
}

fn row(hit: &Hit, amounts: Amounts) -> Result<Found, Why> {
    let date = hit.date.as_str().map_or_else(|| hit.date.to_string(), str::to_owned);
    let on = Days::with(DateOrder::DayFirst).day(&date)?;
    let currency = amounts.currency(hit.reward.currency_code.as_deref().unwrap_or("USD"))?;
    let amount = amounts.must(&hit.reward.amount_in_dollars.to_string(), currency)?;
    // “Approved - Pending Payment” is approved: the first word counts.
    let first = hit.state.split([' ', '-']).next().unwrap_or_default();
    let (state, note) = match first {
        "Submitted" | "Pending" => (CreditState::Pending, Some(Note::StateMayBeOld)),
        "Approved" => (CreditState::Approved, Some(Note::StateMayBeOld)),
        "Paid" => (CreditState::Sent, None),
        "Rejected" => (CreditState::Refused, None),
        "Returned" | "Abandoned" => (CreditState::Returned, None),
        "Assigned" => return Err(Why::Skipped("it was taken and never handed in")),
        _ => (CreditState::Unknown(hit.state.clone()), Some(Note::StateUnknown(hit.state.clone()))),
    };
    let says = Credited {
        on,
        is_work_day: true,
        at: None,
        kind: CreditKind::Work,
        word: hit.title.clone(),
        amount,
        state,
        secs: None,
        project: uncoded(&hit.requester_name),
        reference: hit.id.clone(),
    };
    let parts = [hit.id.as_str(), hit.assignment_id.as_deref().unwrap_or_default()];
    Ok(Found::new(&parts, Says::Credited(says)).noting(note))
}

/// A name that was coded for a web address: `Acme+Lab%2C+Ltd`.
fn uncoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        let coded = || {
            let mut ahead = rest.clone();
            let digits = [ahead.next()?, ahead.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()
        };
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match coded() {
                Some(byte) => {
                    bytes.push(byte);
                    rest.nth(1);
                }
                None => bytes.push(b'%'),
            },
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_not_text| name.to_owned())
}
