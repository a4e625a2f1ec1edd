//! Edit a platform.

use super::super::action::Action;
use super::super::cx::Cx;

/// Edit a platform.
#[derive(Debug)]
pub struct PlatformDialog {}

impl PlatformDialog {
    /// An existing platform.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, _platform: &crate::domain::platform::Platform) -> Self {
        let _ = cx;
        Self {}
    }
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ctx, cx, actions);
    }
}
