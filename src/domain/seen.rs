//! What the user has seen: which of the things that need them were put aside, and what past figures said then.
//!
//! A past figure that moved is told once, never silently: it is held against what stands here.

use chrono::NaiveDate;

use super::ids::PlatformId;
use super::money::Money;
use super::span::Month;

/// What the user has seen. There is one of it in a Book; an empty one was never written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What was put aside, by the name of the need.
    pub dismissed: Vec<Dismissed>,
    /// What closed months said when they were last looked at, by platform and month.
    pub figures: Vec<SeenFigure>,
}

/// Something that needs the user, put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed {
    /// The name of the need: what it is about and what it said, so that news of it comes up again.
    pub need: String,
    /// The day on which it was put aside, the user's.
    pub on: NaiveDate,
}

/// What a platform's month said when it was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenFigure {
    /// The platform.
    pub platform: PlatformId,
    /// The month of the work.
    pub month: Month,
    /// What it had earned, of the *received* step, in the home currency of that day.
    pub earned: Money,
    /// Seconds credited or, where nothing was said, worked.
    pub credited_secs: i64,
}

impl Seen {
    /// Whether a need of this name was put aside.
    #[must_use]
    pub fn has_dismissed(&self, need: &str) -> bool {
        self.dismissed.iter().any(|dismissed| dismissed.need == need)
    }

    /// The same with a need put aside on a day; one that was put aside before keeps its day.
    #[must_use]
    pub fn dismissing(&self, need: String, on: NaiveDate) -> Self {
        let mut seen = self.clone();
        if !seen.has_dismissed(&need) {
            seen.dismissed.push(Dismissed { need, on });
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn a_need_is_put_aside_once() {
        let seen = Seen::default().dismissing("gap A B".into(), day("2026-11-22"));
        assert!(seen.has_dismissed("gap A B") && !seen.has_dismissed("gap A C"));
        assert_eq!(seen.dismissing("gap A B".into(), day("2026-11-23")), seen);
    }
}
