//! Flows through the window, by role and name, as a user and a screen reader find things: over a real store on a disk
//! in memory, with a clock that is set by hand.

mod backups;
#[path = "../support/busy.rs"]
mod busy;
mod catalogue;
mod check;
#[path = "../support/desk.rs"]
mod desk;
mod earnings;
mod exchange;
mod exposure;
mod findings;
mod first_start;
mod imports;
mod keyboard;
mod main_job;
mod merge;
mod names;
mod needs;
mod opening;
mod outlook;
mod paying;
mod payouts;
mod platform_page;
mod platforms;
mod rates;
#[path = "../support/sample.rs"]
mod sample;
mod sample_book;
mod sessions;
mod style;
mod terms;
#[path = "../support/three_ways.rs"]
mod three_ways;
mod timer;
mod trouble;
mod two;
mod whole_job;
