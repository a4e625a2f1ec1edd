//! How figures look: money, hours, rates, days and windows, the same in the window and in the terminal.
//!
//! Pure and free of egui. Nothing is rounded here but to the unit that is shown (half to even); what is
//! missing is written as [`NONE`], never as zero.

mod money;
mod time;

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use crate::domain::money::{Bag, Currency, Money};
use crate::domain::query::calendar::Window;
use crate::domain::schedule::Precision;
use crate::domain::span::{DayRange, Month, Timestamp, Zone};

pub use money::{decimals, percent, sign_of};
pub use time::{by_day, clock_span, day, day_in_full, day_numbers, late, relative_day as relative};

/// What stands where a fact is missing.
pub const NONE: &str = "–";

/// `$1,234.50`, `−$3.33`: rounded to the minor unit, half to even.
#[must_use]
pub fn money(money: Money) -> String {
    self::money::money(money.amount, money.currency.code(), money.currency.minor_units())
}

/// `~ $180.00`: an amount that is not certain yet.
#[must_use]
pub fn estimate(money: Money) -> String {
    self::money::money_estimate(money.amount, money.currency.code(), money.currency.minor_units())
}

/// `$1.00 + £2.00`, or [`NONE`].
#[must_use]
pub fn bag(bag: &Bag) -> String {
    let sums: Vec<String> = bag.iter().map(money).collect();
    if sums.is_empty() { NONE.to_owned() } else { sums.join(" + ") }
}

/// `$14.77/h`.
#[must_use]
pub fn rate(per_hour: Decimal, currency: Currency) -> String {
    self::money::rate(per_hour, currency.code(), currency.minor_units())
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

/// `Tue 24 – Wed 25 Nov`, `Fri 27 Nov – Tue 1 Dec`, `Tue 24 Nov`.
#[must_use]
pub fn days(days: DayRange, today: NaiveDate) -> String {
    time::window(days.first, days.last, today)
}

/// `November 2026`.
#[must_use]
pub fn month(month: Month) -> String {
    time::month(month.first_day())
}

/// When an expected payout lands: `Tue 24 – Wed 25 Nov`, `by Mon 23 Nov`, `drawable from Mon 16 Nov`, `drawable now`,
/// `below the minimum of £5.00`, `date unknown`.
#[must_use]
pub fn window(window: &Window, today: NaiveDate) -> String {
    match window {
        Window::Lands { days: range, precision: Precision::On } => days(*range, today),
        Window::Lands { days: range, precision: Precision::By } => by_day(range.last, today),
        Window::DrawableFrom(range) if range.first == range.last => {
            format!("drawable from {}", day(range.first, today))
        }
        Window::DrawableFrom(range) => format!("drawable {}", by_day(range.last, today)),
        Window::DrawableNow { next_draw_on: None } => "drawable now".to_owned(),
        Window::DrawableNow { next_draw_on: Some(next) } => format!("drawable, next draw from {}", day(*next, today)),
        Window::BelowMinimum { minimum } => format!("below the minimum of {}", money(*minimum)),
        Window::Unknown(_) => "date unknown".to_owned(),
    }
}
