//! Which platforms are looked at: none chosen is all of them, and several can be.

use egui::{Popup, PopupCloseBehavior, Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::ui::theme;
use crate::ui::view::rates::{Look, PlatformChoice, RatesView};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{button, rich};

const WIDTH: f32 = 240.0;
const ROW: f32 = 32.0;
const SHOWN_ROWS: f32 = 9.5;

pub(super) fn ui(ui: &mut Ui, view: &RatesView, look: &mut Look) {
    let name = format!("Platform filter: {}", view.platforms_shown);
    let mut chip = button::chip(&view.platforms_shown).menu().named(&name).tip(
        "Platforms",
        "",
        "Only some platforms, or all of them",
    );
    let font = theme::regular(theme::tokens(ui).sizes.small);
    let long = rich::one_line(ui, &view.platforms_shown, font, theme::tokens(ui).text, f32::INFINITY).size().x;
    if long > 130.0 {
        chip = chip.width(170.0);
    }
    let response = ui.add(chip);
    let shown = Popup::menu(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .gap(4.0)
        .width(WIDTH)
        .accessible_name("Platforms")
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            // What was deleted meanwhile is no choice any more.
            look.platforms.retain(|id| view.platforms.iter().any(|platform| platform.id == *id));
            ScrollArea::vertical().id_salt("rates-platforms").max_height(ROW * SHOWN_ROWS).show(ui, |ui| {
                if row_ui(ui, "All platforms", None, look.platforms.is_empty()) {
                    look.platforms.clear();
                }
                for platform in &view.platforms {
                    let chosen = look.platforms.contains(&platform.id);
                    if row_ui(ui, &platform.name, Some(platform), chosen) && !look.platforms.remove(&platform.id) {
                        look.platforms.insert(platform.id);
                    }
                }
            });
        });
    if let Some(shown) = shown {
        ui.ctx().move_to_top(shown.response.layer_id);
    }
}

/// A line that can be ticked; true where it was clicked.
fn row_ui(ui: &mut Ui, name: &str, platform: Option<&PlatformChoice>, chosen: bool) -> bool {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen, name));
    if response.gained_focus() {
        ui.scroll_to_rect(rect, None);
    }
    if ui.is_rect_visible(rect) {
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, tokens.radius_small(), tokens.raised);
        }
        let middle = rect.center().y;
        let mut x = rect.left() + sizes.gap_s;
        if chosen {
            let tick = Rect::from_center_size(pos2(x + Icon::SIDE / 2.0, middle), Vec2::splat(Icon::SIDE));
            Icon::Check.paint(ui.painter(), tick, tokens.accent);
        }
        x += Icon::SIDE + sizes.gap_s;
        if let Some(platform) = platform {
            let center = pos2(x + PlatformMark::SIZE.x / 2.0, middle);
            let mark = PlatformMark { letters: &platform.mark.letters, hue_index: platform.mark.hue };
            mark.paint(ui.painter(), tokens, Rect::from_center_size(center, PlatformMark::SIZE));
            x += PlatformMark::SIZE.x + sizes.gap_s;
        }
        let room = (rect.right() - sizes.gap_s - x).max(0.0);
        let galley = rich::one_line(ui, name, theme::regular(sizes.body), tokens.text, room);
        ui.painter().galley(pos2(x, middle - galley.size().y / 2.0), galley, tokens.text);
        if response.has_focus() {
            button::focus_ring(ui, &response.clone().with_new_rect(rect.shrink(2.0)), tokens);
        }
    }
    response.clicked()
}
