//! A file, or a line of one, that could not be read: what is kept, and what can be done about it.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::widgets::button;
use super::super::widgets::dialog::{Dialog, Outcome};

/// What can be done about a file.
#[derive(Debug)]
pub struct FileDialog {
    finding: String,
}

impl FileDialog {
    /// About a finding of loading, a sentence that begins with the file's place.
    #[must_use]
    pub fn new(finding: String) -> Self {
        Self { finding }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let dialog = Dialog::new("A file needs a look", "Copy this").cancel("Close").width(560.0);
        let shown = dialog.show(ctx, |ui| {
            ui.label(&self.finding);
            ui.label("What can’t be read is kept as it is, and no figure counts it. Nothing else is touched.");
            ui.label(
                "To mend it: close TrueRate, open the file in a text editor (it lies in the folder of your book), put the \
                 place right, or take the file from a backup, and start TrueRate again.",
            );
            let folder = cx.folder.filter(|folder| folder.cannot_open.is_none());
            if let Some(folder) = folder
                && ui.add(button::quiet("Open folder").tip("Open folder", "", folder.path)).clicked()
            {
                actions.push(Action::OpenOutside(folder.path.to_owned()));
            }
        });
        match shown.outcome {
            Outcome::Open => {}
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => actions.extend([Action::Copy(self.finding.clone()), Action::CloseDialog]),
        }
    }
}
