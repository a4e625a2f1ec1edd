//! The keys of the tab: they act on what is chosen, while nothing is typed and no list or dialog is open.

use egui::{Context, Key, Modifiers, Popup, Ui};

use super::chosen::Chosen;
use super::{acts, foot};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::verbs::{self, Verb};
use crate::ui::view::sessions::SessionsView;

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
    view: &SessionsView,
    chosen: &mut Chosen,
    was_typing: bool,
    actions: &mut Vec<Action>,
) -> Pressed {
    let ctx = ui.ctx();
    let mut found = Pressed::default();
    if ctx.memory(|memory| memory.top_modal_layer().is_some()) {
        return found;
    }
    // The search can be reached from any field.
    found.find = Verb::Find.pressed(ctx);
    if ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return found;
    }
    let pressed = |modifiers: Modifiers, key: Key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    found.find |= pressed(Modifiers::NONE, Key::Slash);
    if Verb::ChooseAll.pressed(ctx) {
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
    verbs(ctx, cx, view, chosen, actions);
    found
}

/// The arrows, Home and End; with Shift all on the way are chosen. Shift goes first: it may be held for any key.
fn walk(pressed: &impl Fn(Modifiers, Key) -> bool, view: &SessionsView, chosen: &mut Chosen) {
    for (modifiers, reach) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
        if pressed(modifiers, Key::ArrowDown) {
            chosen.step(view, 1, reach);
        }
        if pressed(modifiers, Key::ArrowUp) {
            chosen.step(view, -1, reach);
        }
        if pressed(modifiers, Key::Home) {
            chosen.end(view, false, reach);
        }
        if pressed(modifiers, Key::End) {
            chosen.end(view, true, reach);
        }
    }
}

fn verbs(ctx: &Context, cx: &Cx<'_>, view: &SessionsView, chosen: &Chosen, actions: &mut Vec<Action>) {
    let one = chosen.one().and_then(|id| view.row(id));
    if let Some(row) = &one {
        if Verb::ShowPlatform.pressed(ctx) {
            let none = || Action::Say("This session has no project yet".to_owned());
            actions.push(acts::show_platform(row).unwrap_or_else(none));
        }
        if Verb::ShowPayout.pressed(ctx) {
            let none = || Action::Say("No payout holds money of this session".to_owned());
            actions.push(acts::show_payout(cx, &row.session).unwrap_or_else(none));
        }
    }
    if cx.read_only || chosen.ids.is_empty() {
        return;
    }
    if Verb::Delete.pressed(ctx) {
        actions.push(acts::delete(chosen.list()));
    }
    if Verb::RecordEarning.pressed(ctx) {
        actions.push(acts::record(cx, &chosen.list()));
    }
    if Verb::TurnPaid.pressed(ctx) {
        actions.push(acts::turn_paid(chosen.list(), chosen.told(view).all_paid));
    }
    foot::keys(ctx);
    let Some(row) = one else { return };
    if Verb::Edit.pressed(ctx) {
        actions.push(acts::edit(cx, &row.session));
    }
    if Verb::Duplicate.pressed(ctx) {
        actions.push(acts::duplicate(cx, &row.session));
    }
    if acts::can_split(&row.session) && Verb::Split.pressed(ctx) {
        actions.push(acts::split(cx, &row.session));
    }
    if !row.session.is_open() && Verb::Continue.pressed(ctx) {
        actions.push(acts::go_on(cx, &row.session));
    }
    if let Some(gap) = view.gap_beside(row.id()).map(|gap| view.gap(gap)) {
        if Verb::FillGap.pressed(ctx) {
            actions.push(acts::fill(cx, &gap));
        }
        if Verb::LeaveGap.pressed(ctx) {
            actions.push(acts::leave(cx, &gap));
        }
    }
}
