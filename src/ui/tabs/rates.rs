//! The Rates tab.

use super::super::action::Action;
use super::super::cx::Cx;

/// What the Rates tab remembers about looking: scroll, choice, filters, cached view.
#[derive(Default)]
pub struct RatesTab {}

impl RatesTab {
    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ui, cx, actions);
    }
}
