//! The Sessions tab.

use super::super::action::Action;
use super::super::cx::Cx;

/// What the Sessions tab remembers about looking: scroll, choice, filters, cached view.
#[derive(Default)]
pub struct SessionsTab {}

impl SessionsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, filter: super::super::action::SessionFilter) {
        let _ = filter;
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ui, cx, actions);
    }
}
