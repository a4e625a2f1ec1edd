//! How figures look: money, hours, rates, days and windows, the same in the window and in the terminal.
//!
//! A [`Style`] holds how the user writes numbers and days, and alone writes them; the functions beside it write what is
//! the same for everybody. Pure and free of egui. Nothing is rounded here but to the unit that is shown (half to even);
//! what is missing is written as [`NONE`], never as zero.

mod money;
mod style;
mod time;

use chrono::TimeDelta;

use crate::domain::span::{Month, Timestamp, Zone};

pub use money::{marks, sign_of};
pub use style::Style;
pub use time::{clock_span, day_numbers, late, relative_day as relative};

/// What stands where a fact is missing.
pub const NONE: &str = "–";

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
