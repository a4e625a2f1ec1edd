//! How figures look: money, hours, days, windows. One place, so that the same figure looks the same everywhere.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::money::{Bag, Currency, Money};
use crate::domain::query::calendar::Window;
use crate::domain::span::{DayRange, Month, Timestamp, Zone};

/// Stands where there is nothing to say.
pub const NONE: &str = "–";

/// "$1,234.50", "−$3.33": rounded to the minor unit, half to even.
#[must_use]
pub fn money(money: Money) -> String {
    let _ = money;
    String::new()
}

/// "~ $180.00".
#[must_use]
pub fn estimate(money: Money) -> String {
    let _ = money;
    String::new()
}

/// "$1.00 + £2.00", or [`NONE`].
#[must_use]
pub fn bag(bag: &Bag) -> String {
    let _ = bag;
    String::new()
}

/// "$14.77/h".
#[must_use]
pub fn rate(per_hour: Decimal, currency: Currency) -> String {
    let _ = (per_hour, currency);
    String::new()
}

/// "62 %" of a share given as 62.3.
#[must_use]
pub fn percent(share: Decimal) -> String {
    let _ = share;
    String::new()
}

/// "6 h 30 m", "42 m".
#[must_use]
pub fn hours(secs: i64) -> String {
    let _ = secs;
    String::new()
}

/// "41 h 00 m": for columns, where digits stand under digits.
#[must_use]
pub fn hours_in_column(secs: i64) -> String {
    let _ = secs;
    String::new()
}

/// "0:42:17".
#[must_use]
pub fn clock(secs: i64) -> String {
    let _ = secs;
    String::new()
}

/// "3 m 31 s".
#[must_use]
pub fn minutes_and_seconds(secs: i64) -> String {
    let _ = secs;
    String::new()
}

/// "12:38" in a zone.
#[must_use]
pub fn time(at: Timestamp, zone: Zone) -> String {
    let _ = (at, zone);
    String::new()
}

/// "Tue 24 Nov"; with the year where it is not that of `today`.
#[must_use]
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    let _ = (day, today);
    String::new()
}

/// "Sunday 22 November"; with the year where it is not that of `today`.
#[must_use]
pub fn day_in_full(day: NaiveDate, today: NaiveDate) -> String {
    let _ = (day, today);
    String::new()
}

/// "Tue 24 – Wed 25 Nov", "Fri 27 Nov – Tue 1 Dec", "Tue 24 Nov".
#[must_use]
pub fn days(days: DayRange, today: NaiveDate) -> String {
    let _ = (days, today);
    String::new()
}

/// "November 2026".
#[must_use]
pub fn month(month: Month) -> String {
    let _ = month;
    String::new()
}

/// "today", "tomorrow", "in 4 days", "3 days ago".
#[must_use]
pub fn relative(day: NaiveDate, today: NaiveDate) -> String {
    let _ = (day, today);
    String::new()
}

/// When an expected payout lands: "Tue 24 – Wed 25 Nov", "by Mon 23 Nov", "drawable from Mon 16 Nov",
/// "drawable now", "below the minimum of £5.00", "date unknown".
#[must_use]
pub fn window(window: &Window, today: NaiveDate) -> String {
    let _ = (window, today);
    String::new()
}
