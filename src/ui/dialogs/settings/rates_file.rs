//! A rates file: its path, what is in it, and one click that takes what the Book needs. It is read off the frame.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Ui};

use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::rates_preview::RatesPreview;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::typed;
use crate::ui::view::rates_file::RatesRead;
use crate::ui::widgets::button;
use crate::ui::widgets::card;
use crate::ui::widgets::field::{Ended, Field, reason_ui};

/// What is known of the file.
#[derive(Debug, Default)]
enum State {
    /// Nothing yet.
    #[default]
    Asked,
    /// It is being read.
    Reading(PathBuf),
    /// It was read.
    Read(RatesPreview),
    /// It could not be read, and why.
    Failed(String),
}

/// The path as it is typed, and what came of it.
#[derive(Debug, Default)]
pub(super) struct RatesFile {
    path: String,
    state: State,
}

impl RatesFile {
    /// A file that was dropped; it is read at once.
    pub(super) fn dropped(path: String, actions: &mut Vec<Action>) -> Self {
        let mut file = Self { path, ..Self::default() };
        file.read(actions);
        file
    }

    /// What came of reading a file. What was asked for before the path was changed is dropped.
    pub(super) fn arrived(&mut self, path: &Path, read: Result<Box<RatesRead>, String>) {
        if matches!(&self.state, State::Reading(asked) if asked == path) {
            self.state = match read {
                Ok(read) => State::Read(RatesPreview::new(read)),
                Err(why) => State::Failed(why),
            };
        }
    }

    fn read(&mut self, actions: &mut Vec<Action>) {
        if let Ok(path) = typed::path(&self.path) {
            let path = PathBuf::from(path);
            actions.push(Action::ReadRates(path.clone()));
            self.state = State::Reading(path);
        }
    }

    /// Draws it; true where the user is done with it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) -> bool {
        let style = Style::of(cx.book.settings());
        card::note(
            ui,
            "Reference rates of the European Central Bank: download eurofxref-hist.csv (unpacked) or one of the XML files from \
             its page, and give its place here. Nothing is fetched by itself.",
        );
        let path = typed::path(&self.path);
        let typing = !self.path.trim().is_empty();
        let reason = path.as_ref().err().map(ToString::to_string).filter(|_| typing);
        let field = Field::new("Rates file", &mut self.path).hint("/home/ada/Downloads/eurofxref-hist.csv").limit(1000);
        let out = field.autofocus().reason(reason.as_deref()).note("Or drop the file here").show(ui);
        if out.response.changed() {
            self.state = State::Asked;
        }
        let entered = out.ended == Some(Ended::Entered);
        let mut takes = false;
        if entered {
            // Enter here means this file, not the whole dialog: first to read it, then to take what was read. The field
            // keeps the focus, so that a second one doesn't send the dialog.
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            out.response.request_focus();
            match self.state {
                State::Read(_) => takes = true,
                State::Reading(_) => {}
                State::Asked | State::Failed(_) => self.read(actions),
            }
        }
        self.state_ui(ui, cx);
        let mut done = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
            let taken = match &self.state {
                State::Read(preview) => {
                    let (words, can) = (preview.verb(style), preview.can_take(cx));
                    let take = button::quiet(&words).enabled(can);
                    if ui.add(take.tip(&words, "Enter", "One step of undo")).clicked() || (takes && can) {
                        actions.push(Action::TakeIn(preview.command(cx)));
                        true
                    } else {
                        false
                    }
                }
                State::Asked | State::Failed(_) => {
                    let read = button::quiet("Read file").enabled(path.is_ok());
                    if ui.add(read.tip("Read file", "Enter", "Shows what is in it; nothing is taken yet")).clicked() {
                        self.read(actions);
                    }
                    false
                }
                State::Reading(_) => false,
            };
            done = taken || ui.add(button::quiet("Back to the rates")).clicked();
        });
        done
    }

    fn state_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        match &mut self.state {
            State::Asked => {}
            State::Reading(_) => _ = card::note(ui, "Reading …"),
            State::Failed(why) => reason_ui(ui, why),
            State::Read(preview) => preview.ui(ui, cx),
        }
    }
}
