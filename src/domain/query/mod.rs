//! Queries: every figure that is shown, derived from the Book. Pure, nothing stored.
//!
//! Each says its formula, units, zone and rounding, and can be opened to the rows that it is made of.

pub mod agreement;
pub mod balance;
pub mod calendar;
pub mod caps;
pub mod coverage;
pub mod deadlines;
pub mod differs;
pub mod enough;
pub mod exchanged;
pub mod exposure;
pub mod forecast;
pub mod held;
pub mod hours;
pub mod incoming;
pub mod intake;
pub mod month;
pub mod needs;
pub mod overlaps;
pub mod owed;
pub mod payback;
pub mod payout_rate;
pub mod promised;
pub mod quality;
pub mod rails;
pub mod rates;
pub mod reconcile;
pub mod references;
pub mod restore;
pub mod routes;
pub mod settles;
pub mod silence;
pub mod soundness;
pub mod sureness;
pub mod to_report;
pub mod value;
pub mod work;
