//! Cells: days, amounts and lengths of time, in whatever dress the files of others wear.
//!
//! Two things are decided once for a whole file and never cell by cell: whether the day or the month comes first, and
//! which mark stands before the decimals. Where the file leaves them open a person is asked.

mod amount;
mod day;
mod instant;
mod length;

pub(super) use amount::{Amounts, shortened};
pub(super) use day::{Days, day_of_words, time_of_day};
pub(super) use instant::{Moment, instant_in, moment, stretch};
pub(super) use length::{clock, hours, words};

/// The most examples that a question shows.
const EXAMPLES: usize = 3;
