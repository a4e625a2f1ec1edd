//! A project with its terms: add or edit.

use super::super::action::Action;
use super::super::cx::Cx;

/// A project with its terms: add or edit.
#[derive(Debug)]
pub struct ProjectDialog {}

impl ProjectDialog {
    /// A new project.
    #[must_use]
    pub fn add(cx: &Cx<'_>, _platform: Option<crate::domain::ids::PlatformId>) -> Self {
        let _ = cx;
        Self {}
    }

    /// An existing project.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, _project: &crate::domain::platform::Project) -> Self {
        let _ = cx;
        Self {}
    }
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ctx, cx, actions);
    }
}
