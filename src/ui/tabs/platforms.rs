//! The Platforms tab.

use super::super::action::Action;
use super::super::cx::Cx;

/// What the Platforms tab remembers about looking: scroll, choice, filters, cached view.
#[derive(Default)]
pub struct PlatformsTab {}

impl PlatformsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, platform: crate::domain::ids::PlatformId) {
        let _ = platform;
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ui, cx, actions);
    }
}
