//! Trouble with saving, in the user's words: what is wrong, what is kept, when it is tried again.

use super::reasons::counted;
use crate::domain::span::{Timestamp, Zone};
use crate::ports::{Failing, Kind};
use crate::ui::format;

/// What a banner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingView {
    /// "No space left on the disk. 3 changes are kept in memory and tried again."
    pub text: String,
    /// "Since 14:02": short, at its side.
    pub since: String,
    /// When it is tried next, what the system says, and where the Book is.
    pub detail: String,
    /// Whether making the folder anew would help.
    pub gone: bool,
    /// Whether it is tried again.
    pub tried: bool,
}

impl SavingView {
    /// Of changes that are not on the disk, at a moment.
    #[must_use]
    pub fn of(failing: &Failing, folder: Option<&str>, now: Timestamp, zone: Zone) -> Self {
        let trouble = &failing.trouble;
        let kept = match (trouble.kind, failing.changes) {
            (Kind::Slow, 1) => "1 change waits in memory.".to_owned(),
            (Kind::Slow, changes) => format!("{changes} changes wait in memory."),
            (Kind::Ended, 0) => "Nothing more is saved in this window: start TrueRate again.".to_owned(),
            (Kind::Ended, 1) => "1 change is in memory only: save a copy, then start TrueRate again.".to_owned(),
            (Kind::Ended, changes) => {
                format!("{changes} changes are in memory only: save a copy, then start TrueRate again.")
            }
            (Kind::Gone, 0) => "The book is in memory only.".to_owned(),
            (_, 1) => "1 change is kept in memory and tried again.".to_owned(),
            (_, changes) => format!("{changes} changes are kept in memory and tried again."),
        };
        let next = match (trouble.kind, (trouble.next_try - now).num_seconds()) {
            (Kind::Slow | Kind::Ended, _) => String::new(),
            (_, secs @ 1..) => format!("Next try in {}.", format::minutes_and_seconds(secs)),
            _ => "It is being tried.".to_owned(),
        };
        let said = if trouble.said.is_empty() { String::new() } else { format!("The system says: {}.", trouble.said) };
        let parts = [next.as_str(), said.as_str(), folder.unwrap_or_default()];
        let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let since = format!("Since {}", format::time(trouble.since, zone));
        Self {
            text: format!("{} {kept}", what(failing)),
            since,
            detail,
            gone: trouble.kind == Kind::Gone,
            tried: trouble.kind != Kind::Ended,
        }
    }
}

/// What is wrong, as a sentence.
#[must_use]
pub fn what(failing: &Failing) -> String {
    match failing.trouble.kind {
        Kind::Full => "No space left on the disk.".to_owned(),
        Kind::Quota => "All the space that you may use on this disk is used up.".to_owned(),
        Kind::NotAllowed => "The folder of the book may not be written.".to_owned(),
        Kind::ReadOnly => "The disk can only be read.".to_owned(),
        Kind::Gone => "The folder of the book is gone: moved, deleted, or its disk was taken out.".to_owned(),
        Kind::Slow => "The disk is slow to answer.".to_owned(),
        Kind::Ended => "Saving has ended by a fault of the program.".to_owned(),
        Kind::Other if failing.trouble.said.is_empty() => "The disk takes nothing.".to_owned(),
        Kind::Other => format!("The disk takes nothing ({}).", failing.trouble.said),
    }
}

/// How many changes closing would lose: "The last change is", "The last 3 changes are".
#[must_use]
pub fn at_risk(failing: &Failing) -> String {
    if failing.trouble.kind == Kind::Gone {
        return "Nothing of the book is on the disk.".to_owned();
    }
    match usize::try_from(failing.changes) {
        Ok(0 | 1) => "The last change is not on the disk.".to_owned(),
        Ok(several) => format!("The last {} are not on the disk.", counted(several, "change")),
        Err(_) => "The last changes are not on the disk.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::at;
    use crate::ports::Trouble;

    fn failing(kind: Kind, changes: u64) -> Failing {
        let trouble = Trouble {
            kind,
            said: "as the system says".to_owned(),
            since: at("2026-11-22T13:02:00Z"),
            next_try: at("2026-11-22T13:03:08Z"),
        };
        Failing { trouble, changes }
    }

    const BERLIN: Zone = chrono_tz::Europe::Berlin;

    #[test]
    fn each_trouble_says_what_is_wrong_and_what_is_kept() {
        let view = |kind, changes| SavingView::of(&failing(kind, changes), None, at("2026-11-22T13:03:00Z"), BERLIN);
        for (kind, changes, says) in [
            (Kind::Full, 3, "No space left on the disk. 3 changes are kept in memory and tried again."),
            (
                Kind::NotAllowed,
                1,
                "The folder of the book may not be written. 1 change is kept in memory and tried again.",
            ),
            (
                Kind::Gone,
                0,
                "The folder of the book is gone: moved, deleted, or its disk was taken out. The book is in memory only.",
            ),
            (Kind::Slow, 2, "The disk is slow to answer. 2 changes wait in memory."),
            (Kind::Slow, 1, "The disk is slow to answer. 1 change waits in memory."),
            (
                Kind::Ended,
                2,
                "Saving has ended by a fault of the program. 2 changes are in memory only: save a copy, then start TrueRate again.",
            ),
            (
                Kind::Other,
                2,
                "The disk takes nothing (as the system says). 2 changes are kept in memory and tried again.",
            ),
        ] {
            assert_eq!(view(kind, changes).text, says);
            assert_eq!(view(kind, changes).since, "Since 14:02");
        }
        let kinds = [
            Kind::Full,
            Kind::Quota,
            Kind::NotAllowed,
            Kind::ReadOnly,
            Kind::Gone,
            Kind::Slow,
            Kind::Ended,
            Kind::Other,
        ];
        let said: std::collections::BTreeSet<String> = kinds.iter().map(|kind| what(&failing(*kind, 1))).collect();
        assert_eq!(said.len(), kinds.len(), "no two say the same");
    }

    #[test]
    fn the_detail_says_when_it_is_tried_next_what_the_system_says_and_where() {
        let detail = |kind, now, folder| SavingView::of(&failing(kind, 1), folder, at(now), BERLIN).detail;
        for (kind, now, folder, says) in [
            (
                Kind::Gone,
                "2026-11-22T13:03:00Z",
                Some("/home/ada/truerate"),
                "Next try in 8 s. The system says: as the system says. /home/ada/truerate",
            ),
            (Kind::Full, "2026-11-22T13:03:08Z", None, "It is being tried. The system says: as the system says."),
            (Kind::Slow, "2026-11-22T13:03:00Z", None, "The system says: as the system says."),
        ] {
            assert_eq!(detail(kind, now, folder), says);
        }
        assert_eq!(at_risk(&failing(Kind::Full, 1)), "The last change is not on the disk.");
        assert_eq!(at_risk(&failing(Kind::Full, 4)), "The last 4 changes are not on the disk.");
    }
}
