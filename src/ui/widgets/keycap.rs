//! A key as a small cap: in the sheet of keys, the palette and the toast.

use egui::{Align2, Painter, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::rich;
use crate::ui::theme::{self, Tokens};

/// A cap in the flow, named by its key.
pub fn keycap(ui: &mut Ui, key: &str) -> Response {
    let tokens = theme::tokens(ui);
    let galley = rich::one_line(ui, key, theme::regular(tokens.sizes.small), tokens.text, f32::INFINITY);
    let (rect, response) = ui.allocate_exact_size(galley.size() + AROUND, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
    draw(ui.painter(), tokens, rect, galley, tokens.raised);
    response
}

/// A cap whose right edge stands at `right`, for rows that lay themselves out; its width.
pub fn paint(ui: &Ui, right: Pos2, key: &str, fill: egui::Color32) -> f32 {
    let tokens = theme::tokens(ui);
    let galley = rich::one_line(ui, key, theme::regular(tokens.sizes.small), tokens.muted, f32::INFINITY);
    let size = galley.size() + AROUND;
    let rect = Rect::from_min_size(pos2(right.x - size.x, right.y - size.y / 2.0), size);
    draw(ui.painter(), tokens, rect, galley, fill);
    size.x
}

const AROUND: Vec2 = vec2(12.0, 2.0);

fn draw(painter: &Painter, tokens: &Tokens, rect: Rect, text: std::sync::Arc<egui::Galley>, fill: egui::Color32) {
    painter.rect_filled(rect, tokens.radius_small(), fill);
    let at = Align2::CENTER_CENTER.align_size_within_rect(text.size(), rect).min;
    painter.galley(at, text, tokens.text);
}
