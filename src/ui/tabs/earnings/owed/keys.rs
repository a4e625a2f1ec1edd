//! The keys of the page: they act on what is chosen, while nothing is typed and no list or dialog is open.

use egui::{Key, Modifiers, Popup, Ui};

use super::acts;
use super::chosen::Chosen;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::verbs::{self, Verb};
use crate::ui::view::earnings::owed::OwedView;

/// What the keys asked for that is not an action.
#[derive(Debug, Default)]
pub(super) struct Pressed {
    /// The search gets the focus.
    pub(super) find: bool,
    /// The chosen row's menu opens.
    pub(super) menu: bool,
}

pub(super) fn read(
    ui: &Ui,
    cx: &Cx<'_>,
    view: &OwedView,
    chosen: &mut Chosen,
    was_typing: bool,
    actions: &mut Vec<Action>,
) -> Pressed {
    let ctx = ui.ctx();
    let mut found = Pressed::default();
    if ctx.memory(|memory| memory.top_modal_layer().is_some()) {
        return found;
    }
    found.find = Verb::FindOwed.pressed(ctx);
    if ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return found;
    }
    let pressed = |modifiers: Modifiers, key: Key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    found.find |= pressed(Modifiers::NONE, Key::Slash);
    if Verb::ChooseAllOwed.pressed(ctx) {
        chosen.all(view);
    }
    found.menu = chosen.last.is_some() && verbs::row_menu_pressed(ctx);
    if ctx.memory(|memory| memory.focused().is_none()) {
        walk(&pressed, view, chosen);
        // An Escape that left a field was meant for the field.
        if !was_typing && !chosen.ids.is_empty() && pressed(Modifiers::NONE, Key::Escape) {
            chosen.clear();
        }
    }
    if chosen.ids.is_empty() {
        return found;
    }
    for verb in acts::MENU.into_iter().flatten() {
        if !verb.pressed(ctx) {
            continue;
        }
        let not_possible = || Action::Say(format!("Not possible now: {}", verb.words().name));
        actions.push(acts::action(cx, verb, &chosen.lines(view)).unwrap_or_else(not_possible));
    }
    found
}

/// The arrows, Home and End; with Shift all on the way are chosen. Shift goes first: it may be held for any key.
fn walk(pressed: &impl Fn(Modifiers, Key) -> bool, view: &OwedView, chosen: &mut Chosen) {
    for (modifiers, reach) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
        for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::Home, isize::MIN), (Key::End, isize::MAX)] {
            if pressed(modifiers, key) {
                chosen.step(view, step, reach);
            }
        }
    }
}
