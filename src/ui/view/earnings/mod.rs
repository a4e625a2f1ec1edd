//! The Earnings tab's views: what is owed, what is to be reported, what does not agree; and an earning as it is typed.
//!
//! Free of egui. Rows carry their words, formatted once a revision; the tab draws those in sight.

pub mod agreement;
pub mod form;
mod look;
pub mod owed;
pub mod to_report;

#[cfg(test)]
mod tests;
