//! A session by hand: add or edit.

use super::super::action::Action;
use super::super::cx::Cx;

/// A session by hand: add or edit.
#[derive(Debug)]
pub struct SessionDialog {}

impl SessionDialog {
    /// A new session today.
    #[must_use]
    pub fn add(cx: &Cx<'_>) -> Self {
        let _ = cx;
        Self {}
    }

    /// An existing session.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, _session: &crate::domain::session::Session) -> Self {
        let _ = cx;
        Self {}
    }
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ctx, cx, actions);
    }
}
