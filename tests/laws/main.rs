//! Laws that hold for every Book: over books made from a seed, and whatever is then done to them.
//!
//! What is done is drawn by chance from the commands that a user has: money lands in full, short and over, is held,
//! given up, refused, taken back; work is corrected; terms, schedules and exchange rates change. A failing case prints
//! the seed and the steps that lead to it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where it fails")]

mod generated;
mod ledger;
mod merge;
mod money;
mod reach;
mod settled;
mod undo;
