//! The Earnings tab: what each platform owes for which work, where it stands, and what does not agree.
//!
//! Draws a finished view and pushes actions. Remembers what is looked at and nothing else.

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::verbs::Verb;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::empty::empty;

/// What the Earnings tab remembers about looking.
#[derive(Default)]
pub struct EarningsTab {}

impl EarningsTab {
    /// What must be there before a verb of the tab can be used, in words; `None` where it can be.
    #[must_use]
    #[expect(clippy::unused_self, reason = "what is chosen decides")]
    pub fn lacks(&self, _verb: Verb, _cx: &Cx<'_>) -> Option<&'static str> {
        None
    }

    /// Draws the tab and pushes what the user asked for.
    #[expect(clippy::unused_self, clippy::needless_pass_by_ref_mut, reason = "what is chosen decides")]
    pub fn ui(&mut self, ui: &mut Ui, _cx: &Cx<'_>, _actions: &mut Vec<Action>) {
        Card::new().named("Earnings").show(ui, |ui| {
            empty(ui, "Nothing is owed", "What platforms owe for your work stands here.", None);
        });
    }
}
