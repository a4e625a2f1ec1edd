//! The menu of a row: all verbs of what is chosen, each with its key.

use egui::Ui;

use super::acts;
use crate::ui::cx::Cx;
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::owed::Line;
use crate::ui::widgets::menu;

/// The verb that was asked for, of one row or of all that are chosen.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, lines: &[&Line]) -> Option<Verb> {
    let mut asked = None;
    for verb in acts::MENU {
        let Some(verb) = verb else {
            menu::separator(ui);
            continue;
        };
        let can = (!cx.read_only || verb.only_looks()) && !acts::fitting(verb, lines).is_empty();
        if menu::item_enabled(ui, acts::words_of(verb, lines), &verb.key_text(), can) {
            asked = Some(verb);
        }
    }
    asked
}
