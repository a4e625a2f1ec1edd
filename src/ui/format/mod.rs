//! How figures look: money, hours, rates, days and windows, the same in the window and in the terminal.
//!
//! A [`Style`] holds how the user writes numbers and days, and writes them; the functions beside it write in the plain
//! style, for the terminal. Pure and free of egui. Nothing is rounded here but to the unit that is shown (half to even); what is
//! missing is written as [`NONE`], never as zero.

mod money;
mod style;
mod time;

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use crate::domain::money::{Bag, Currency, Money};
use crate::domain::query::calendar::Window;
use crate::domain::span::{DayRange, Month, Timestamp, Zone};

pub use money::{marks, sign_of};
pub use style::Style;
pub use time::{clock_span, day_numbers, late, relative_day as relative};

/// What stands where a fact is missing.
pub const NONE: &str = "–";

/// The style of the terminal, and of a Book whose user has chosen none.
const PLAIN: Style = Style::PLAIN;

/// `$1,234.50`, `−$3.33`: rounded to the minor unit, half to even.
#[must_use]
pub fn money(money: Money) -> String {
    PLAIN.money(money)
}

/// `~ $180.00`: an amount that is not certain yet.
#[must_use]
pub fn estimate(money: Money) -> String {
    PLAIN.estimate(money)
}

/// `$1.00 + £2.00`, or [`NONE`].
#[must_use]
pub fn bag(bag: &Bag) -> String {
    PLAIN.bag(bag)
}

/// `$14.77/h`.
#[must_use]
pub fn rate(per_hour: Decimal, currency: Currency) -> String {
    PLAIN.rate(per_hour, currency)
}

/// `62 %`, from 62 for 62 %.
#[must_use]
pub fn percent(value: Decimal) -> String {
    PLAIN.percent(value)
}

/// A figure with grouped thousands and exactly `places` decimals: `1,234.50`.
#[must_use]
pub fn decimals(value: Decimal, places: u32) -> String {
    PLAIN.decimals(value, places)
}

/// `Tue 24 Nov`; with its year where that is not the one of `today`.
#[must_use]
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    PLAIN.day(day, today)
}

/// `Sunday 22 November`, for heads.
#[must_use]
pub fn day_in_full(day: NaiveDate, today: NaiveDate) -> String {
    PLAIN.day_in_full(day, today)
}

/// `by Mon 23 Nov`.
#[must_use]
pub fn by_day(last: NaiveDate, today: NaiveDate) -> String {
    PLAIN.by_day(last, today)
}

/// `Tue 24 – Wed 25 Nov`, `Fri 27 Nov – Tue 1 Dec`, `Tue 24 Nov`.
#[must_use]
pub fn days(days: DayRange, today: NaiveDate) -> String {
    PLAIN.days(days, today)
}

/// When an expected payout lands; see [`Style::window`].
#[must_use]
pub fn window(window: &Window, today: NaiveDate) -> String {
    PLAIN.window(window, today)
}

/// `6 h 30 m`, `42 m`: whole minutes, cut down.
#[must_use]
pub fn hours(secs: i64) -> String {
    time::hours(TimeDelta::seconds(secs))
}

/// `41 h 00 m`: for columns, where digits stand under digits.
#[must_use]
pub fn hours_in_column(secs: i64) -> String {
    time::hours_and_minutes(TimeDelta::seconds(secs))
}

/// `0:42:17`: the running clock; never below zero.
#[must_use]
pub fn clock(secs: i64) -> String {
    time::elapsed(TimeDelta::seconds(secs))
}

/// `3 m 31 s`: a pace.
#[must_use]
pub fn minutes_and_seconds(secs: i64) -> String {
    let secs = secs.max(0);
    if secs < 60 { format!("{secs} s") } else { format!("{} m {:02} s", secs / 60, secs % 60) }
}

/// `12:38`: an instant on the clocks of a zone.
#[must_use]
pub fn time(at: Timestamp, zone: Zone) -> String {
    self::time::clock(at.with_timezone(&zone).time())
}

/// `November 2026`.
#[must_use]
pub fn month(month: Month) -> String {
    time::month(month.first_day())
}
