//! Landed: an expected payout has arrived.

use super::super::action::Action;
use super::super::cx::Cx;

/// Landed: an expected payout has arrived.
#[derive(Debug)]
pub struct LandDialog {}

impl LandDialog {
    /// Prefilled with today and the expected amount.
    #[must_use]
    pub fn new(cx: &Cx<'_>, _expected: &crate::domain::query::calendar::Expected) -> Self {
        let _ = cx;
        Self {}
    }
    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let _ = (ctx, cx, actions);
    }
}
