//! Add a platform from the catalogue, or blank.

use super::super::action::Action;
use super::super::cx::Cx;

/// Add a platform from the catalogue, or blank.
#[derive(Debug)]
pub struct AddPlatformDialog {}

impl AddPlatformDialog {
    /// Over the catalogue.
    #[must_use]
    pub fn new(cx: &Cx<'_>) -> Self {
        let _ = cx;
        Self {}
    }
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ctx, cx, actions);
    }
}
