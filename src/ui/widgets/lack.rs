//! The mark beside a total that lacks something: a warning sign and a few words, or the sign alone where there is no room.

use egui::{Id, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::button;
use super::icon::Icon;
use crate::ui::theme;

/// Side of the sign, in points.
pub const SIDE: f32 = 14.0;

/// Sign and words: "without March 2024". `name` is the accessible one, with the total that is meant. True where it was
/// clicked; where `opens` is not set there is nothing to click.
pub fn mark(ui: &mut Ui, text: &str, line: &str, name: &str, opens: bool) -> bool {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_xs;
        Icon::Warn.show(ui, SIDE, tokens.warn);
        if opens {
            return ui.add(button::small_link(text).color(tokens.warn).named(name).tip(text, "", line)).clicked();
        }
        let label = ui.add(egui::Label::new(RichText::new(text).small().color(tokens.warn)).truncate());
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
        button::tip(label, text, "", line);
        false
    })
    .inner
}

/// The sign alone. True where it was clicked.
pub fn sign(ui: &mut Ui, text: &str, line: &str, name: &str, opens: bool) -> bool {
    let size = vec2(SIDE, theme::tokens(ui).sizes.row_dense);
    let (_, rect) = ui.allocate_space(size);
    sign_at(ui, rect, text, line, name, opens)
}

/// The sign in the middle of a place that is there already. True where it was clicked.
pub fn sign_at(ui: &Ui, rect: Rect, text: &str, line: &str, name: &str, opens: bool) -> bool {
    let tokens = theme::tokens(ui);
    let sense = if opens { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, Id::unique(("lack", name)), sense);
    let role = if opens { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    Icon::Warn.paint(ui.painter(), Rect::from_center_size(rect.center(), vec2(SIDE, SIDE)), tokens.warn);
    button::focus_ring(ui, &response, tokens);
    let clicked = response.clicked();
    button::tip(response, text, "", line);
    clicked
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn the_mark_has_the_name_of_its_total_and_opens_only_where_there_is_something_to_see() {
        let mut harness = window([0, 0], |ui, clicks: &mut [u32; 2]| {
            clicks[0] += u32::from(mark(ui, "without March 2024", "Why", "Rates: without March 2024", true));
            clicks[1] += u32::from(sign(ui, "without March 2024", "Why", "Today: without March 2024", true));
            assert!(!mark(ui, "without 2 months", "They come", "Week: without 2 months", false));
        });
        harness.get_by_role_and_label(Role::Button, "Rates: without March 2024").click();
        harness.run();
        harness.get_by_role_and_label(Role::Button, "Today: without March 2024").click();
        harness.run();
        assert_eq!(harness.state(), &[1, 1]);
        harness.get_by_role_and_label(Role::Label, "Week: without 2 months");
    }
}
