//! The standing of a fact: who says so, and when that was last checked.
//!
//! Documented and reported facts may fill a form; unverified ones are offered and stay off until taken.

use chrono::NaiveDate;

/// How well a fact is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// On the platform's own pages.
    Documented,
    /// Said by workers, press or review sites.
    Reported,
    /// A lead that nobody could confirm.
    Unverified,
    /// The user's own word or setting.
    Own,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// How well it is known.
    pub standing: Standing,
    /// The site and kind of page, in a few words; empty for the user's own.
    pub source: String,
    /// The day on which the source was last looked at.
    pub checked_on: Option<NaiveDate>,
    /// Whether the user took an unverified or reported fact over by hand.
    pub taken_by_user: bool,
}

impl Provenance {
    /// The user's own setting.
    #[must_use]
    pub fn own() -> Self {
        Self { standing: Standing::Own, source: String::new(), checked_on: None, taken_by_user: false }
    }
}
