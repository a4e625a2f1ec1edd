//! Menus under a button and on the right click: the same items, each with its key.
//!
//! A menu closes with a choice, a click elsewhere or Escape.

use egui::{InnerResponse, Popup, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::button;
use crate::ui::theme;

/// Opens `content` under `response` when that was clicked.
pub fn under<R>(response: &Response, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_has_popup(egui::accesskit::HasPopup::Menu);
    });
    Popup::menu(response).gap(4.0).show(|ui| roomy(ui, content)).map(on_top)
}

/// Opens `content` at the pointer when `response` was clicked with the second button.
pub fn context<R>(response: &Response, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    Popup::context_menu(response).show(|ui| roomy(ui, content)).map(on_top)
}

/// In each frame: where one frame both presses on a dialog and opens the menu, egui leaves them as they stood.
fn on_top<R>(shown: InnerResponse<R>) -> R {
    shown.response.ctx.move_to_top(shown.response.layer_id);
    shown.inner
}

fn roomy<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.set_min_width(180.0);
    // Items take what there is; a longer text still gets its room.
    ui.set_max_width(240.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    content(ui)
}

/// One verb of a menu; true in the frame it was chosen. `key` may be empty.
pub fn item(ui: &mut Ui, text: &str, key: &str) -> bool {
    item_enabled(ui, text, key, true)
}

/// As [`item`], greyed out where `enabled` is false.
pub fn item_enabled(ui: &mut Ui, text: &str, key: &str, enabled: bool) -> bool {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let ink = if enabled { tokens.text } else { tokens.muted };
    let words = super::rich::one_line(ui, text, theme::regular(sizes.body), ink, f32::INFINITY);
    let hint = super::rich::one_line(ui, key, theme::regular(sizes.small), tokens.muted, f32::INFINITY);
    let natural = words.size().x + hint.size().x + sizes.gap_xl + 2.0 * sizes.gap_m;
    let size = vec2(natural.max(ui.available_width()), sizes.row_dense + 4.0);
    let response = ui.add_enabled_ui(enabled, |ui| ui.allocate_response(size, Sense::click())).inner;
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, enabled, text));
    let rect = response.rect;
    if ui.is_rect_visible(rect) {
        if enabled && (response.hovered() || response.has_focus()) {
            ui.painter().rect_filled(rect, tokens.radius_small(), tokens.raised);
        }
        let middle = rect.center().y;
        let at = egui::pos2(rect.left() + sizes.gap_m, middle - words.size().y / 2.0);
        ui.painter().galley(at, words, ink);
        let at = egui::pos2(rect.right() - sizes.gap_m - hint.size().x, middle - hint.size().y / 2.0);
        ui.painter().galley(at, hint, tokens.muted);
        if response.has_focus() {
            button::focus_ring(ui, &response.clone().with_new_rect(rect.shrink(2.0)), tokens);
        }
    }
    let chosen = response.clicked();
    if chosen {
        ui.close();
    }
    chosen
}

/// A thin line between groups of verbs.
pub fn separator(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, tokens.hairline());
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn a_menu_opens_under_its_button_and_closes_with_a_choice() {
        let mut harness = window(0, |ui, moved| {
            let more = ui.add(button::quiet("More").menu());
            under(&more, |ui| {
                if item(ui, "Move…", "M") {
                    *moved += 1;
                }
                separator(ui);
                item_enabled(ui, "Dispute…", "", false);
            });
        });
        harness.get_by_role_and_label(Role::Button, "More").click();
        harness.run();
        harness.get_by_role_and_label(Role::MenuItem, "Dispute…");
        harness.get_by_role_and_label(Role::MenuItem, "Move…").click();
        harness.run();
        assert_eq!(*harness.state(), 1);
        assert!(harness.query_by_role_and_label(Role::MenuItem, "Move…").is_none());
    }
}
