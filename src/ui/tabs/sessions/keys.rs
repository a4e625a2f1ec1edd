//! The verbs of the tab by key: they act on what is chosen.

use egui::Context;

use super::chosen::Chosen;
use super::{acts, foot};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::verbs::Verb;
use crate::ui::view::sessions::SessionsView;

pub(super) fn verbs(ctx: &Context, cx: &Cx<'_>, view: &SessionsView, chosen: &Chosen, actions: &mut Vec<Action>) {
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
