//! Export: what other programs read, from the Book to the text of a file.
//!
//! Writes no disk and asks no clock. The words are those of the window's views.

pub mod ics;
pub mod timeclock;
