//! Where a file is: typed as a path, chosen in the desktop's own dialog, dropped, or a table that is pasted.

use std::path::PathBuf;

use egui::{Context, Ui, ViewportCommand};

use super::NARROW;
use crate::ports::Chosen;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::typed;
use crate::ui::verbs::Verb;
use crate::ui::view::statement as view;
use crate::ui::widgets::button;
use crate::ui::widgets::card;
use crate::ui::widgets::dialog::{Dialog, Outcome};
use crate::ui::widgets::field::Field;

/// How far the desktop's own dialog is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Choosing {
    /// Nobody asked for it.
    #[default]
    Not,
    /// It is asked for.
    Wanted,
    /// It is open.
    Open,
    /// This desktop has none.
    NoDialog,
}

/// The place of a file as it is typed, and how far choosing one is.
#[derive(Debug, Default)]
pub(super) struct Place {
    path: String,
    choosing: Choosing,
}

/// What the user answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing: the dialog closes.
    Closed,
    /// This file.
    File(PathBuf),
}

impl Place {
    /// With a path that stands there already.
    pub(super) fn of(path: String) -> Self {
        Self { path, ..Self::default() }
    }

    /// With the desktop's own dialog at once.
    pub(super) fn choosing() -> Self {
        Self { choosing: Choosing::Wanted, ..Self::default() }
    }

    /// The key of the desktop's own dialog.
    pub(super) fn keys(&mut self, ctx: &Context) {
        if Verb::ChooseFiles.pressed_in_dialog(ctx) {
            self.choosing = Choosing::Wanted;
        }
    }

    /// Asks for the desktop's own dialog, once, where it is wanted.
    pub(super) fn asks(&mut self) -> Option<Action> {
        (self.choosing == Choosing::Wanted).then(|| {
            self.choosing = Choosing::Open;
            Action::ChooseFiles
        })
    }

    /// What came of it.
    pub(super) fn chosen(&mut self, chosen: &Chosen) {
        self.choosing = if *chosen == Chosen::NoDialog { Choosing::NoDialog } else { Choosing::Not };
    }

    /// Draws the dialog that asks for a file.
    pub(super) fn ui(&mut self, ctx: &Context, title: &str) -> Option<Answer> {
        let path = typed::path(&self.path);
        let typing = !self.path.trim().is_empty();
        let reason = path.as_ref().err().map(ToString::to_string).filter(|_| typing);
        let shown = Dialog::new(title, "Read file").sendable(path.is_ok()).width(NARROW).show(ctx, |ui| {
            ui.add(
                egui::Label::new(
                    "Earnings, statements and time sheets as you downloaded them. What a file is, its content says; you \
                     see each row before anything is taken in.",
                )
                .wrap(),
            );
            let field = Field::new("File", &mut self.path).hint("/home/ada/Downloads/earnings.csv").limit(1_000);
            field.autofocus().reason(reason.as_deref()).note("Or drop files here, or paste a table").show(ui);
            self.ways_ui(ui);
            for formats in view::formats() {
                card::note(ui, &formats);
            }
        });
        match (shown.outcome, path) {
            (Outcome::Cancelled, _) => Some(Answer::Closed),
            (Outcome::Sent, Ok(path)) => Some(Answer::File(PathBuf::from(path))),
            (Outcome::Sent, Err(_)) | (Outcome::Open, _) => None,
        }
    }

    /// Other ways in than a path.
    fn ways_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
            if self.choosing != Choosing::NoDialog {
                let (words, key) = (Verb::ChooseFiles.words(), Verb::ChooseFiles.key_text());
                if ui.add(button::quiet(words.name).tip(words.name, &key, words.line)).clicked() {
                    self.choosing = Choosing::Wanted;
                    ui.ctx().request_repaint();
                }
            }
            let paste = button::quiet("Paste a table");
            if ui.add(paste.tip("Paste a table", "Ctrl+V", "As copied from a web page")).clicked() {
                ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
            }
        });
        match self.choosing {
            Choosing::Open => _ = card::note(ui, "The desktop’s own dialog is open"),
            Choosing::NoDialog => {
                _ = card::note(
                    ui,
                    "This desktop has no dialog for files: drop them on the window, or type the place of one",
                );
            }
            Choosing::Not | Choosing::Wanted => {}
        }
    }
}
