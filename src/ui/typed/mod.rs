//! What people type, read: times, lengths, days, amounts. Pure; a refusal says what would fit.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use crate::domain::money::{Currency, Money};

/// Why a typed text does not fit; its `Display` is shown beside the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not written yet")]
pub struct Unreadable;

/// A time of day: "9:05", "0905", "9.05pm".
pub fn time(text: &str) -> Result<NaiveTime, Unreadable> {
    let _ = text;
    Err(Unreadable)
}

/// A length in seconds: "1h 30m", "1:30", "90m", "1.5h".
pub fn duration(text: &str) -> Result<i64, Unreadable> {
    let _ = text;
    Err(Unreadable)
}

/// A day: "22 Nov", "2026-11-22", "yesterday", "Mon" (the latest on or before today).
pub fn date(text: &str, today: NaiveDate) -> Result<NaiveDate, Unreadable> {
    let _ = (text, today);
    Err(Unreadable)
}

/// An amount with the code of its currency where one is written: "25", "$25", "25.50 USD".
pub fn amount(text: &str) -> Result<(Decimal, Option<String>), Unreadable> {
    let _ = text;
    Err(Unreadable)
}

/// An amount in the currency that is written, else in `otherwise`.
pub fn money(text: &str, otherwise: Currency) -> Result<Money, Unreadable> {
    let _ = (text, otherwise);
    Err(Unreadable)
}

/// A share in per cent: "25", "25 %".
pub fn percent(text: &str) -> Result<Decimal, Unreadable> {
    let _ = text;
    Err(Unreadable)
}

/// A whole number: "12".
pub fn count(text: &str) -> Result<u32, Unreadable> {
    let _ = text;
    Err(Unreadable)
}
