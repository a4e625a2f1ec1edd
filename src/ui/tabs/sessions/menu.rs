//! The menu of a row: the verbs of its foot and more, each with its key.

use egui::Ui;

use super::chosen::Chosen;
use super::{acts, foot};
use crate::domain::ids::SessionId;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::verbs::Verb;
use crate::ui::view::sessions::{Overlap, SessionRow, SessionsView};
use crate::ui::widgets::menu;

/// The verbs of a row, or of all that is chosen where it is among several.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &SessionsView,
    row: &SessionRow,
    chosen: &Chosen,
    actions: &mut Vec<Action>,
) {
    if chosen.ids.len() > 1 && chosen.ids.contains(&row.id()) {
        several_ui(ui, cx, chosen, chosen.told(view).all_paid, actions);
    } else {
        one_ui(ui, cx, row, actions);
    }
}

/// The verbs of one row.
pub(super) fn one_ui(ui: &mut Ui, cx: &Cx<'_>, row: &SessionRow, actions: &mut Vec<Action>) {
    let can = !cx.read_only;
    let session = &row.session;
    let ids = || vec![row.id()];
    if verb(ui, Verb::Continue, can && !session.is_open()) {
        actions.push(acts::go_on(cx, session));
    }
    if verb(ui, Verb::Edit, can) {
        actions.push(acts::edit(cx, session));
    }
    if verb(ui, Verb::Duplicate, can) {
        actions.push(acts::duplicate(cx, session));
    }
    if verb(ui, Verb::Split, can && acts::can_split(session)) {
        actions.push(acts::split(cx, session));
    }
    if let Some(overlap) = &row.overlap {
        menu::separator(ui);
        repairs_ui(ui, overlap, can, actions);
    }
    menu::separator(ui);
    set_ui(ui, &ids, session.paid, can, actions);
    if verb(ui, Verb::RecordEarning, can && session.paid && !session.is_open()) {
        actions.push(acts::record(cx, &ids()));
    }
    menu::separator(ui);
    if verb(ui, Verb::ShowPlatform, row.platform_id.is_some()) {
        actions.extend(acts::show_platform(row));
    }
    let payout = acts::show_payout(cx, session);
    if verb(ui, Verb::ShowPayout, payout.is_some()) {
        actions.extend(payout);
    }
    menu::separator(ui);
    if verb(ui, Verb::Delete, can) {
        actions.push(acts::delete(ids()));
    }
}

fn several_ui(ui: &mut Ui, cx: &Cx<'_>, chosen: &Chosen, all_paid: bool, actions: &mut Vec<Action>) {
    let can = !cx.read_only;
    set_ui(ui, &|| chosen.list(), all_paid, can, actions);
    if verb(ui, Verb::RecordEarning, can) {
        actions.push(acts::record(cx, &chosen.list()));
    }
    menu::separator(ui);
    if verb(ui, Verb::Delete, can) {
        actions.push(acts::delete(chosen.list()));
    }
}

fn set_ui(ui: &mut Ui, ids: &dyn Fn() -> Vec<SessionId>, all_paid: bool, can: bool, actions: &mut Vec<Action>) {
    for list in [Verb::MoveTo, Verb::SetActivity, Verb::SetTaskType, Verb::SetCredited] {
        if verb(ui, list, can) {
            foot::open_list(ui.ctx(), list);
        }
    }
    if menu::item_enabled(ui, acts::turn_paid_words(all_paid), &Verb::TurnPaid.key_text(), can) {
        actions.push(acts::turn_paid(ids(), all_paid));
    }
}

/// What can be done about an overlap.
pub(super) fn repairs_ui(ui: &mut Ui, overlap: &Overlap, can: bool, actions: &mut Vec<Action>) {
    for repair in &overlap.repairs {
        if menu::item_enabled(ui, &repair.words, "", can) {
            actions.push(Action::Do(repair.command.clone()));
        }
    }
}

fn verb(ui: &mut Ui, verb: Verb, enabled: bool) -> bool {
    menu::item_enabled(ui, verb.words().name, &verb.key_text(), enabled)
}
