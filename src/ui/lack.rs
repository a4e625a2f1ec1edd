//! What a total lacks, drawn beside it; a click shows what was found in the files.

use egui::{Rect, Ui};

use super::action::Action;
use super::view::lacking::LackWords;
use super::widgets::lack;

/// Sign and words, where the total that is named lacks anything.
pub(super) fn mark_ui(ui: &mut Ui, lacks: Option<&LackWords>, of: &str, actions: &mut Vec<Action>) {
    if let Some(words) = lacks
        && lack::mark(ui, &words.text, words.line, &format!("{of}: {}", words.text), !words.comes)
    {
        actions.push(Action::ShowFindings);
    }
}

/// The sign alone, in a place that is there already.
pub(super) fn sign_at(ui: &Ui, place: Rect, lacks: Option<&LackWords>, of: &str, actions: &mut Vec<Action>) {
    if let Some(words) = lacks
        && lack::sign_at(ui, place, &words.text, words.line, &format!("{of}: {}", words.text), !words.comes)
    {
        actions.push(Action::ShowFindings);
    }
}

/// The sign alone.
pub(super) fn sign_ui(ui: &mut Ui, lacks: Option<&LackWords>, of: &str, actions: &mut Vec<Action>) {
    if let Some(words) = lacks
        && lack::sign(ui, &words.text, words.line, &format!("{of}: {}", words.text), !words.comes)
    {
        actions.push(Action::ShowFindings);
    }
}
