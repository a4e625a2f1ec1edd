//! The verbs of the page by key: they act on what is chosen.

use egui::Context;

use super::acts;
use super::chosen::Chosen;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::view::earnings::owed::OwedView;

pub(super) fn verbs(ctx: &Context, cx: &Cx<'_>, view: &OwedView, chosen: &Chosen, actions: &mut Vec<Action>) {
    if chosen.ids.is_empty() {
        return;
    }
    for verb in acts::MENU.into_iter().flatten() {
        if !verb.pressed(ctx) {
            continue;
        }
        let not_possible = || Action::Say(format!("Not possible now: {}", verb.words().name));
        actions.push(acts::action(cx, verb, &chosen.lines(view)).unwrap_or_else(not_possible));
    }
}
