//! What can be chosen of an earning: its kind, what it stands for, its states.

use crate::domain::earning::{Earning, EarningKind, EarningState};
use crate::ui::view::states;

/// What kinds of earnings are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Hours, studies: an amount for work.
    Work,
    /// So many tasks at a price.
    Batch,
    /// An agreed result, by its name.
    Milestone,
    /// A bonus or mission.
    Bonus,
    /// A correction, either way.
    Adjustment,
    /// Money that the platform takes back.
    ClawBack,
    /// Owed from before the Book was begun.
    Opening,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Work, Self::Batch, Self::Milestone, Self::Bonus, Self::Adjustment, Self::ClawBack, Self::Opening];

    /// Its words and a line about it.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Work => ("Work", "An amount for hours, tasks or a study"),
            Self::Batch => ("Batch", "So many tasks at a price: 30 tasks at $0.64"),
            Self::Milestone => ("Milestone", "An agreed sum for an agreed result"),
            Self::Bonus => ("Bonus", "A bonus or mission, on top of the work"),
            Self::Adjustment => ("Adjustment", "A correction, more or less"),
            Self::ClawBack => ("Claw-back", "Money that the platform takes back"),
            Self::Opening => ("Owed from before", "From before you used TrueRate; outside the rates"),
        }
    }

    pub(super) fn domain(self) -> EarningKind {
        match self {
            Self::Work | Self::Batch => EarningKind::Work,
            Self::Milestone => EarningKind::Milestone,
            Self::Bonus => EarningKind::Bonus,
            Self::Adjustment | Self::ClawBack => EarningKind::Adjustment,
            Self::Opening => EarningKind::Opening,
        }
    }

    pub(super) fn of(earning: &Earning) -> Self {
        match earning.kind {
            EarningKind::Work => Self::Work,
            EarningKind::Milestone => Self::Milestone,
            EarningKind::Bonus => Self::Bonus,
            EarningKind::Adjustment if earning.amount.amount.is_sign_negative() => Self::ClawBack,
            EarningKind::Adjustment => Self::Adjustment,
            EarningKind::Opening => Self::Opening,
        }
    }
}

/// What it stands for, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoversKind {
    /// No session.
    Nothing,
    /// Chosen sessions.
    Sessions,
    /// All paid sessions of the project on the days.
    Days,
}

/// The states on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    /// To be reported.
    ToReport,
    /// Handed in.
    Submitted,
    /// Approved in full.
    Approved,
    /// Only a part was.
    ApprovedPart,
    /// Invoiced.
    Invoiced,
    /// Refused.
    Rejected,
    /// The refusal is contested.
    Appealed,
    /// Being done again.
    Reworked,
    /// The amount is contested.
    Contested,
    /// Given up.
    WrittenOff,
}

impl StateKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::ToReport,
        Self::Submitted,
        Self::Approved,
        Self::ApprovedPart,
        Self::Invoiced,
        Self::Rejected,
        Self::Appealed,
        Self::Reworked,
        Self::Contested,
        Self::WrittenOff,
    ];

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ApprovedPart => "approved in part",
            Self::ToReport => states::earning(EarningState::ToReport),
            Self::Submitted => states::earning(EarningState::Submitted),
            Self::Approved => states::earning(EarningState::Approved(None)),
            Self::Invoiced => states::earning(EarningState::Invoiced),
            Self::Rejected => states::earning(EarningState::Rejected),
            Self::Appealed => states::earning(EarningState::Appealed),
            Self::Reworked => states::earning(EarningState::Reworked),
            Self::Contested => states::earning(EarningState::Contested),
            Self::WrittenOff => states::earning(EarningState::WrittenOff),
        }
    }

    pub(super) fn of(state: EarningState) -> Self {
        match state {
            EarningState::ToReport => Self::ToReport,
            EarningState::Submitted => Self::Submitted,
            EarningState::Approved(None) => Self::Approved,
            EarningState::Approved(Some(_)) => Self::ApprovedPart,
            EarningState::Invoiced => Self::Invoiced,
            EarningState::Rejected => Self::Rejected,
            EarningState::Appealed => Self::Appealed,
            EarningState::Reworked => Self::Reworked,
            EarningState::Contested => Self::Contested,
            EarningState::WrittenOff => Self::WrittenOff,
        }
    }
}

/// A state with its day, as typed.
#[derive(Debug, Clone)]
pub struct StateDraft {
    /// The day.
    pub day: String,
    /// The state.
    pub kind: StateKind,
    /// What was approved, of a part.
    pub part: String,
}

/// The input that a reason stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The name of a milestone.
    Name,
    /// The count of a batch.
    Count,
    /// The price of a batch.
    Price,
    /// The share that was accepted.
    Accepted,
    /// The amount.
    Amount,
    /// The days.
    Days,
    /// What it stands for.
    Covers,
    /// The platform's fee.
    Fee,
    /// Tax withheld.
    Tax,
    /// The due day.
    Due,
    /// A state, by its place.
    State(usize),
}
