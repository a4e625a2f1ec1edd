//! Save a copy elsewhere: the whole Book as it is in memory, changes that are not saved included, as a Book of its own in a
//! new folder. It is written off the frame and can be stopped.

use egui::RichText;

use super::super::action::Action;
use super::super::view::reasons::counted;
use super::super::widgets::button;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::Field;
use super::super::{theme, typed};
use super::under_way::{Told, UnderWay, progress_ui};
use crate::domain::book::Book;

const TITLE: &str = "Save a copy elsewhere";
const WIDTH: f32 = 560.0;

/// A copy that is asked for.
#[derive(Debug, Clone)]
pub struct CopyWish {
    /// The whole path of the folder.
    pub folder: String,
    /// Where to say how far it is.
    pub under_way: UnderWay,
}

/// Where a copy of the Book goes.
#[derive(Debug)]
pub struct SaveCopyDialog {
    folder: String,
    /// "412 sessions, 31 earnings and 9 payouts".
    holds: String,
    /// Why the desktop can't open a folder; `None` where it can.
    cannot_open: Option<&'static str>,
    under_way: Option<UnderWay>,
    /// Why the last place would not do.
    failed: Option<String>,
    /// It has just failed: the next letters mend the place.
    mends: bool,
}

impl SaveCopyDialog {
    /// Asks for the place of a copy of a Book; `proposed` stands there to begin with.
    #[must_use]
    pub fn new(book: &Book, proposed: String, cannot_open: Option<&'static str>) -> Self {
        let holds = format!(
            "{}, {} and {}",
            counted(book.sessions().count(), "session"),
            counted(book.earnings().count(), "earning"),
            counted(book.payouts().count(), "payout")
        );
        Self { folder: proposed, holds, cannot_open, under_way: None, failed: None, mends: false }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let Some(under_way) = self.under_way.clone() else {
            self.form_ui(ctx, actions);
            return;
        };
        let state = under_way.state();
        match state.told {
            None => {
                let dialog = Dialog::new(TITLE, "").cancel("Stop").width(WIDTH);
                if dialog.show(ctx, |ui| progress_ui(ui, state.done, state.of)).outcome != Outcome::Open {
                    under_way.stop();
                }
            }
            Some(Told::Failed(why)) => {
                (self.failed, self.under_way, self.mends) = (Some(why), None, true);
                self.form_ui(ctx, actions);
            }
            Some(Told::Written { folder, .. }) => written_ui(ctx, &folder, self.cannot_open, actions),
        }
    }

    fn form_ui(&mut self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let read = typed::path(&self.folder);
        // Nothing typed yet is no slip.
        let unread = read.as_ref().err().map(ToString::to_string).filter(|_| !self.folder.trim().is_empty());
        let reason = unread.or_else(|| self.failed.clone());
        let dialog = Dialog::new(TITLE, "Write the copy").sendable(read.is_ok()).width(WIDTH);
        let shown = dialog.show(ctx, |ui| {
            let words = format!(
                "The whole book as it is now, with changes that are not saved yet: {}. It becomes a book of its own; this \
                 one stays where it is.",
                self.holds
            );
            ui.add(egui::Label::new(words).wrap());
            let field = Field::new("Folder", &mut self.folder).hint("/media/ada/stick/truerate").limit(1000).autofocus();
            let place = field.reason(reason.as_deref()).note("A new one, best on another disk").show(ui).response;
            if place.changed() {
                self.failed = None;
            }
            if std::mem::take(&mut self.mends) {
                place.request_focus();
            }
            card::note(ui, "Undo does not go with it. What could not be read of the files is not in it either.");
        });
        match (shown.outcome, read) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(folder)) => {
                let under_way = UnderWay::default();
                (self.failed, self.under_way) = (None, Some(under_way.clone()));
                actions.push(Action::WriteCopy(CopyWish { folder, under_way }));
            }
            (Outcome::Sent, Err(_)) | (Outcome::Open, _) => {}
        }
    }
}

fn written_ui(ctx: &egui::Context, folder: &str, cannot_open: Option<&str>, actions: &mut Vec<Action>) {
    let send = if cannot_open.is_none() { "Open folder" } else { "" };
    let opens = format!("truerate --dir \"{folder}\"");
    let shown = Dialog::new(TITLE, send).cancel("Close").width(WIDTH).show(ctx, |ui| {
        ui.label(RichText::new("The copy is written").color(theme::tokens(ui).good));
        ui.add(egui::Label::new(folder).wrap());
        ui.add(egui::Label::new(format!("Open it with {opens}")).wrap());
        ui.add(button::chip("Copy this command").tip("Copy this command", "", "Onto the clipboard")).clicked()
    });
    if shown.inner {
        actions.push(Action::Copy(opens));
    }
    match shown.outcome {
        Outcome::Open => {}
        Outcome::Cancelled => actions.push(Action::CloseDialog),
        Outcome::Sent => actions.extend([Action::OpenOutside(folder.to_owned()), Action::CloseDialog]),
    }
}
