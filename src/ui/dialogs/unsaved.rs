//! Closing while changes are not on the disk: asks first, and says what would be lost.

use super::super::action::Action;
use super::super::widgets::dialog::{Dialog, Outcome};

/// Asks whether to close although changes are not saved.
#[derive(Debug)]
pub struct UnsavedDialog {
    why: String,
}

impl UnsavedDialog {
    /// `why` the last changes are not on the disk.
    #[must_use]
    pub fn new(why: String) -> Self {
        Self { why }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let dialog = Dialog::new("Not saved yet", "Close all the same").cancel("Stay").removes();
        let shown = dialog.show(ctx, |ui| {
            ui.label(format!("The last changes are not on the disk: {}.", self.why));
            ui.label("Stay, and they are kept here and tried again. Close, and they are lost.");
        });
        match shown.outcome {
            Outcome::Open => {}
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => actions.push(Action::CloseWindow),
        }
    }
}
