//! What is looked at of what is owed: platform, state, days, and whether what is settled is shown.

use crate::domain::earning::EarningState;
use crate::domain::ids::{EarningId, PlatformId};
use crate::domain::query::hours::Period;
use crate::domain::query::owed::{OwedId, OwedRow, OwedState};
use crate::domain::span::DayRange;

/// Where money stands, as it is filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// Work without an earning.
    Estimate,
    /// To be reported.
    ToReport,
    /// Recorded or handed in.
    InReview,
    /// Approved or invoiced.
    Approved,
    /// Refused.
    Rejected,
    /// Appealed, contested, being done again.
    Contested,
    /// Frozen or disputed.
    Held,
    /// Sent, and not arrived.
    UnderWay,
    /// Arrived.
    Paid,
    /// Given up.
    WrittenOff,
}

impl Stand {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Estimate,
        Self::ToReport,
        Self::InReview,
        Self::Approved,
        Self::Rejected,
        Self::Contested,
        Self::Held,
        Self::UnderWay,
        Self::Paid,
        Self::WrittenOff,
    ];

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Estimate => "Estimates",
            Self::ToReport => "To report",
            Self::InReview => "In review",
            Self::Approved => "Approved or invoiced",
            Self::Rejected => "Rejected",
            Self::Contested => "Contested, appealed, reworked",
            Self::Held => "Held",
            Self::UnderWay => "Under way",
            Self::Paid => "Paid",
            Self::WrittenOff => "Written off",
        }
    }

    /// Where a row stands.
    #[must_use]
    pub fn of(state: OwedState) -> Self {
        use EarningState as S;
        match state {
            OwedState::Estimate { .. } => Self::Estimate,
            OwedState::Recorded | OwedState::At(S::Submitted) => Self::InReview,
            OwedState::At(S::ToReport) => Self::ToReport,
            OwedState::At(S::Approved(_) | S::Invoiced) => Self::Approved,
            OwedState::At(S::Rejected) => Self::Rejected,
            OwedState::At(S::Appealed | S::Reworked | S::Contested) => Self::Contested,
            OwedState::At(S::WrittenOff) => Self::WrittenOff,
            OwedState::Held(_) => Self::Held,
            OwedState::UnderWay => Self::UnderWay,
            OwedState::Paid => Self::Paid,
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Only this platform.
    pub platform: Option<PlatformId>,
    /// Only what stands there.
    pub stand: Option<Stand>,
    /// Only work of these days.
    pub period: Period,
    /// What is settled, too.
    pub settled: bool,
    /// Only this earning, whatever else is chosen.
    pub only: Option<EarningId>,
}

impl Default for Look {
    fn default() -> Self {
        Self { platform: None, stand: None, period: Period::All, settled: false, only: None }
    }
}

impl Look {
    /// Whether anything that is settled may be shown.
    #[must_use]
    pub fn reaches_settled(&self) -> bool {
        let settled = matches!(self.stand, Some(Stand::Rejected | Stand::Paid | Stand::WrittenOff));
        self.settled || self.only.is_some() || settled
    }

    /// Whether anything narrows what is shown.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        *self != Self { settled: self.settled, ..Self::default() }
    }

    pub(super) fn shows(&self, row: &OwedRow, days: DayRange) -> bool {
        if let Some(only) = self.only {
            return row.id == OwedId::Earning(only);
        }
        let stand = Stand::of(row.state);
        let asked = self.stand == Some(stand);
        (self.settled || asked || !row.state.is_settled())
            && self.stand.is_none_or(|wanted| wanted == stand)
            && self.platform.is_none_or(|wanted| wanted == row.platform)
            && row.worked.meets(days)
    }
}
