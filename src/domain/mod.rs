//! What TrueRate knows about time, work and money. Pure.
//!
//! Promises: the same input gives the same answer on any day and any machine. "Now", "today", the zone and the
//! exchange rates are arguments. What the user declared and what was inferred are different fields.
//! Never here: serde, egui, files, the machine's clock or zone, random numbers. A second thread in `ahead` alone, where the
//! answer can't depend on it.
//!
//! ```text
//! Settings
//! Platform --< Stage          Platform --< Schedule (from a date)     Platform --< Route
//!    |--< Project --< Terms (from a date)
//!            |--< Session  (own time, credited time)
//! Platform --< Earning (covers sessions or days, dated states) >--< Payout (legs, allocations) --< Movement (of an account)
//! ExchangeRate (dated)            Bill (by a day)            Seen (what was put aside)
//! ```
//!
//! [`book::Book`] holds them all; [`command::plan`] turns a wish into a [`change::Change`] or a
//! [`refusal::Refusal`]; [`query`] derives every figure that is shown.

pub(crate) mod ahead;
pub mod backup;
pub mod bill;
pub mod book;
pub mod change;
pub mod command;
pub mod country;
pub mod earning;
pub mod exchange;
pub mod fact;
pub mod history;
pub mod holidays;
pub mod ids;
pub(crate) mod index;
pub mod money;
pub mod movement;
pub mod payer_rule;
pub mod payout;
pub mod platform;
pub mod preset;
pub mod query;
pub mod refusal;
pub mod route;
pub mod schedule;
pub mod seen;
pub mod session;
pub mod settings;
pub mod span;
pub mod statement;
pub mod terms;
#[cfg(test)]
pub(crate) mod testing;
