//! A schedule with a preview of its next windows.

use super::super::action::Action;
use super::super::cx::Cx;

/// A schedule with a preview of its next windows.
#[derive(Debug)]
pub struct ScheduleDialog {}

impl ScheduleDialog {
    /// The schedule of a platform: an existing one, or a new one.
    #[must_use]
    pub fn new(
        cx: &Cx<'_>,
        _platform: crate::domain::ids::PlatformId,
        _schedule: Option<crate::domain::ids::ScheduleId>,
    ) -> Self {
        let _ = cx;
        Self {}
    }
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ctx, cx, actions);
    }
}
