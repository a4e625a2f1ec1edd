//! The timer's verbs.
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::session::Activity;
use crate::domain::span::Timestamp;

/// A timer to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The new session's id.
    pub id: SessionId,
    /// What is worked on; may be named later.
    pub project: Option<ProjectId>,
    /// What the time goes to.
    pub activity: Activity,
    /// The kind of task.
    pub task_type: Option<String>,
    /// When it began; now, or a little earlier.
    pub started_at: Timestamp,
}
