//! What another screen asked for: every figure opens to its rows with one of these.

use std::collections::BTreeSet;

use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::span::DayRange;

/// Which sessions are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionFilter {
    /// What the filter stands for, shown as a chip: "Outlier, Tue 17 – Mon 23 Nov".
    pub words: String,
    /// Only these days; `None` means the tab's own period.
    pub days: Option<DayRange>,
    /// Only this platform.
    pub platform: Option<PlatformId>,
    /// Only this project.
    pub project: Option<ProjectId>,
    /// Only these sessions.
    pub sessions: Option<BTreeSet<SessionId>>,
}

/// What of the Earnings tab another screen asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarningsPlace {
    /// An earning in the list of what is owed.
    Earning(EarningId),
    /// What is to be reported to a platform.
    ToReport(PlatformId),
    /// What doesn't agree with a platform.
    Agreement(PlatformId),
}
