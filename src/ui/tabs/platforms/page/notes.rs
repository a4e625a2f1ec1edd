//! The user's note on a platform, written where it stands. Kept when the field is left; Escape puts the old one back.

use egui::Ui;

use super::{Draw, section};
use crate::domain::command::limits;
use crate::ui::action::Action;
use crate::ui::edits;
use crate::ui::widgets::field::{Ended, Field, Label};

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    section(ui, "Note", None, |ui| {
        let before = &draw.platform.note;
        let mut text = draw.state.note.clone().unwrap_or_else(|| before.clone());
        let out = Field::new("Note on the platform", &mut text)
            .label(Label::Unseen)
            .rows(4)
            .limit(limits::NOTE_LETTERS)
            .hint("What you want to remember: rules, people, what went well")
            .enabled(!draw.cx.read_only)
            .show(ui);
        if out.response.changed() {
            draw.state.note = Some(text);
        }
        match out.ended {
            Some(Ended::Cancelled) => draw.state.note = None,
            Some(Ended::Left | Ended::Entered) => keep(draw),
            None => {}
        }
    });
}

/// Keeps what was typed, if it says something else.
pub(super) fn keep(draw: &mut Draw<'_, '_>) {
    if let Some(note) = draw.state.note.take().filter(|note| *note != draw.platform.note) {
        let words = format!("Edit note of {}", draw.platform.name);
        draw.actions.push(Action::Do(edits::platform(draw.platform, words, |platform| platform.note = note)));
    }
}
