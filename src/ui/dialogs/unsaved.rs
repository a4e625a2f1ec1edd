//! Closing while changes are not on the disk: asks first, says what would be lost, and offers a copy elsewhere.

use super::super::action::Action;
use super::super::verbs::Verb;
use super::super::view::saving;
use super::super::widgets::dialog::{Dialog, Outcome};
use crate::ports::Failing;

/// Asks whether to close although changes are not saved.
#[derive(Debug)]
pub struct UnsavedDialog {
    failing: Failing,
}

impl UnsavedDialog {
    /// What is not on the disk, and why.
    #[must_use]
    pub fn new(failing: Failing) -> Self {
        Self { failing }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let dialog = Dialog::new("Not saved yet", "Close all the same").cancel("Stay").removes().width(560.0);
        let shown = dialog.other(Verb::SaveCopy.words().name).show(ctx, |ui| {
            let words = format!("{} {}", saving::at_risk(&self.failing), saving::what(&self.failing));
            ui.add(egui::Label::new(words).wrap());
            ui.add(
                egui::Label::new("Stay, and what you did is kept here and tried again. Close, and it is lost.").wrap(),
            );
        });
        match shown.outcome {
            Outcome::Open if shown.other => actions.push(Action::SaveCopy),
            Outcome::Open => {}
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => actions.push(Action::CloseWindow),
        }
    }
}
