//! The Platforms tab, finished: a row a platform with its rate over all hours, and what is known of the chosen one.
//!
//! Promises: hours, earned and rate of a row are of the same work and period; what is missing is shown as missing.
//! Free of egui.

mod detail;
mod table;
#[cfg(test)]
mod tests;

pub use detail::{Detail, Joining, Offer, ProjectLine, ScheduleWords};
pub use table::{AllRow, PlatformRow, Sort, Table, Tone};
