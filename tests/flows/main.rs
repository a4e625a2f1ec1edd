//! Flows through the window, by role and name, as a user and a screen reader find things: over a real store on a disk
//! in memory, with a clock that is set by hand.

#[path = "../support/desk.rs"]
mod desk;
mod main_job;
mod platforms;
mod rates;
#[path = "../support/sample.rs"]
mod sample;
mod sample_book;
mod timer;
