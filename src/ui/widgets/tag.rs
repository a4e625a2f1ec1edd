//! A tag: a few small words on a raised ground, for what holds of a thing. It does nothing when clicked.

use egui::{Color32, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::rich;
use crate::ui::theme;

/// Space left and right of the words, in points.
const PAD: f32 = 8.0;

/// Draws a tag; cut where the line has no room for it, and then told in full under the pointer.
pub fn tag(ui: &mut Ui, text: &str, ink: Color32) -> Response {
    let tokens = theme::tokens(ui);
    let room = (ui.max_rect().width() - 2.0 * PAD).max(0.0);
    let galley = rich::one_line(ui, text, theme::regular(tokens.sizes.small), ink, room);
    let cut = galley.elided;
    let size = vec2(galley.size().x + 2.0 * PAD, galley.size().y + 6.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, tokens.radius_small(), tokens.raised);
        let place = pos2(rect.left() + PAD, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(place, galley, ink);
    }
    if cut { response.on_hover_text(text) } else { response }
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn a_tag_is_read_aloud_whole_and_stays_inside_its_line() {
        let long = "asks for a tracker ".repeat(40);
        let harness = window((), |ui, ()| {
            ui.set_max_width(200.0);
            let ink = theme::tokens(ui).muted;
            tag(ui, &long, ink);
        });
        assert!(harness.get_by_label(&long).rect().width() <= 201.0);
    }
}
