//! Export: what other programs read, from the Book to the text of a file.
//!
//! Writes no disk and asks no clock. The words are those of the window's views.

pub mod ics;
pub mod journal;
pub mod timeclock;

/// A name as a part of an account of hledger and ledger: what means something in their format is left out, and two spaces
/// never meet.
fn plain(name: &str) -> String {
    let kept =
        name.chars().map(|letter| if letter.is_control() || ":;()[]{}|\"@=".contains(letter) { ' ' } else { letter });
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
