//! Which sessions another screen asked for: every figure opens to its rows with one of these.

use std::collections::BTreeSet;

use crate::domain::ids::{PlatformId, ProjectId, SessionId};
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
