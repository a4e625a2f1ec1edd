//! The Payouts tab.

use super::super::action::Action;
use super::super::cx::Cx;

/// What the Payouts tab remembers about looking: scroll, choice, filters, cached view.
#[derive(Default)]
pub struct PayoutsTab {}

impl PayoutsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, key: crate::domain::query::calendar::ExpectedKey) {
        let _ = key;
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ui, cx, actions);
    }
}
