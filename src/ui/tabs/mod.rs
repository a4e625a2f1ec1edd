//! The tabs: each draws a finished view of its own and pushes actions; each remembers only what is about looking.

mod changed;
pub mod check;
mod choice;
pub mod earnings;
mod filters;
mod ink;
pub mod outlook;
pub mod payouts;
pub mod platforms;
pub mod rates;
pub mod sessions;
