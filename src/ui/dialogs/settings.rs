//! Settings and exchange rates.

use super::super::action::Action;
use super::super::cx::Cx;

/// Settings and exchange rates.
#[derive(Debug)]
pub struct SettingsDialog {}

impl SettingsDialog {
    /// As they are.
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
