//! What was found wrong in the files: what of it is to be told, and whether that was done.

use std::sync::Arc;

use super::Screens;
use crate::domain::book::Book;
use crate::ui::dialogs::{Dialog, FindingsDialog};
use crate::ui::view::findings::{Found, quiet_line, told};
use crate::ui::view::needs::name_of_file;

/// What was found wrong in the files.
pub(super) struct Files {
    found: Arc<[Found]>,
    /// What asks for nothing, in a line; empty once it is dismissed.
    quiet: String,
    /// Whether what asks for a choice is still to be shown.
    shows: bool,
}

impl Files {
    pub(super) fn of(found: Vec<Found>) -> Self {
        Self { quiet: quiet_line(&found), shows: found.iter().any(|found| !found.quiet), found: found.into() }
    }

    pub(super) fn found(&self) -> &Arc<[Found]> {
        &self.found
    }

    /// The line about what asks for nothing, until it is dismissed.
    pub(super) fn quiet(&self, book: &Book) -> Option<&str> {
        let line = Some(self.quiet.as_str()).filter(|line| !line.is_empty())?;
        (!is_aside(book, line)).then_some(line)
    }

    pub(super) fn dismiss_quiet(&mut self) {
        self.quiet.clear();
    }
}

fn is_aside(book: &Book, told: &str) -> bool {
    let name = name_of_file(told);
    book.seen().dismissed.iter().any(|known| known.need == name)
}

impl Screens {
    /// Takes over what reading the files found wrong: it is shown once nothing else is.
    pub fn found(&mut self, found: Vec<Found>) {
        let told = std::mem::take(&mut self.files.quiet);
        self.files = Files::of(found);
        if self.files.quiet.is_empty() {
            self.files.quiet = told;
        }
    }

    /// The same, where it was shown already.
    pub fn found_before(&mut self, found: Vec<Found>) {
        self.files = Files { shows: false, quiet: String::new(), ..Files::of(found) };
    }

    /// What was found wrong in the files.
    #[must_use]
    pub fn findings(&self) -> &Arc<[Found]> {
        self.files.found()
    }

    /// Says in one line that asks for nothing what became of the files.
    pub fn tell_of_files(&mut self, line: String) {
        self.files.quiet = line;
    }

    /// Whether what was found is to be shown now: not over another dialog, and not what the user has put aside.
    #[must_use]
    pub fn shows_findings(&mut self, book: &Book) -> bool {
        if self.dialog.is_some() || !std::mem::take(&mut self.files.shows) {
            return false;
        }
        told(self.files.found()).iter().any(|told| !is_aside(book, told))
    }

    /// Shows what was found. `can_mend` where files can be mended from here; `done` says what was.
    pub fn show_findings(&mut self, can_mend: bool, done: Vec<String>) {
        self.open(Dialog::Findings(FindingsDialog::new(Arc::clone(self.files.found()), can_mend, done)));
    }
}
