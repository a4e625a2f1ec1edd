//! The desktop's own dialog for files: shown by a thread of the desktop's, and what came of it picked up by the next frame.

use super::App;
use crate::ports::Chosen;
use crate::ui::dialogs::{Dialog, ImportDialog};

/// What stands over the dialog.
const TITLE: &str = "Choose files to import";

impl App {
    /// Shows the desktop's own dialog, for the open dialog of an import.
    pub(super) fn choose_files(&mut self) {
        let may_come = self.desktop.choose_files(TITLE);
        if let (false, Some(Dialog::Import(dialog))) = (may_come, &mut self.screens.dialog) {
            dialog.chosen(Chosen::NoDialog);
        }
    }

    /// Takes up which files were chosen. Where the dialog that asked is gone and nothing else is open, they are looked at in
    /// a new one: who chooses a file wants it looked at.
    pub(super) fn look_for_chosen(&mut self) {
        let Some(chosen) = self.desktop.chosen() else { return };
        match (&mut self.screens.dialog, chosen) {
            (Some(Dialog::Import(dialog)), chosen) => dialog.chosen(chosen),
            (None, Chosen::Files(files)) if self.engines.shown.read_only().is_none() => {
                self.screens.open(Dialog::Import(ImportDialog::of(files)));
            }
            (None, _) => {}
            (Some(_), _) => log::debug!("files were chosen for a dialog that is closed"),
        }
    }
}
