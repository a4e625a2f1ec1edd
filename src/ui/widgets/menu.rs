//! Menus under a button and on the right click: the same items, each with its key.
//!
//! A menu closes with a choice, a click elsewhere or Escape; the arrow keys walk through it.

use egui::{EventFilter, Id, InnerResponse, Key, Modifiers, Popup, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::button;
use crate::ui::theme;
use crate::ui::verbs;

/// Opens `content` under `response` when that was clicked.
pub fn under<R>(response: &Response, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_has_popup(egui::accesskit::HasPopup::Menu);
    });
    Popup::menu(response).gap(4.0).show(|ui| roomy(ui, content)).map(on_top)
}

/// Opens `content` at the pointer when `response` was clicked with the second button, and under it by the key for menus
/// while it has the focus, or where `by_key` is set in a frame: then its first verb has the focus.
pub fn context<R>(response: &Response, by_key: bool, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let ctx = &response.ctx;
    let keyed = response.id.with("menu by key");
    if by_key || response.has_focus() && verbs::row_menu_pressed(ctx) {
        Popup::open_id(ctx, Popup::default_response_id(response));
        ctx.data_mut(|data| {
            data.insert_temp(keyed, true);
            data.insert_temp(first_focus(), true);
        });
    } else if response.secondary_clicked() {
        ctx.data_mut(|data| data.remove::<bool>(keyed));
    }
    let mut popup = Popup::context_menu(response);
    if ctx.data(|data| data.get_temp(keyed)).unwrap_or(false) {
        popup = popup.at_position(response.rect.left_bottom() + vec2(24.0, -4.0));
    }
    popup.show(|ui| roomy(ui, content)).map(on_top)
}

/// Whether the first verb of the menu that opens takes the focus.
fn first_focus() -> Id {
    Id::unique("menu-first-focus")
}

/// The verbs of the open menu, in order, as they were drawn last.
fn drawn_items() -> Id {
    Id::unique("menu-items")
}

/// Moves the focus with the arrow keys; it stays in the menu.
fn walk(ui: &Ui) {
    let items: Vec<Id> = ui.data_mut(|data| data.remove_temp(drawn_items())).unwrap_or_default();
    let at = ui.memory(egui::Memory::focused).and_then(|focused| items.iter().position(|item| *item == focused));
    let (down, up) = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        (pressed(Key::ArrowDown), pressed(Key::ArrowUp))
    });
    let last = items.len().saturating_sub(1);
    let next = match at {
        Some(at) if down => Some(if at == last { 0 } else { at + 1 }),
        Some(at) if up => Some(at.checked_sub(1).unwrap_or(last)),
        None if down => Some(0),
        None if up => Some(last),
        Some(_) | None => None,
    };
    if let Some(id) = next.and_then(|at| items.get(at)) {
        ui.memory_mut(|memory| memory.request_focus(*id));
    }
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
    walk(ui);
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
    if enabled {
        keep_in_menu(ui, &response);
    }
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

/// Notes a verb for the arrow keys, which stay in the menu while it has the focus.
fn keep_in_menu(ui: &Ui, response: &Response) {
    let id = response.id;
    ui.data_mut(|data| data.get_temp_mut_or_default::<Vec<Id>>(drawn_items()).push(id));
    if ui.data_mut(|data| data.remove_temp::<bool>(first_focus())).unwrap_or(false) {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
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
