//! The empty state of a list or chart: what goes here, and the first step.

use egui::{RichText, Role, Ui, UiBuilder, WidgetInfo};

use super::{button, card};
use crate::ui::theme;

/// A title, one line, and a button where there is a first step; true when it was clicked.
///
/// Also for "could not be read" and "too little to say more": then without a button.
pub fn empty(ui: &mut Ui, title: &str, line: &str, first_step: Option<&str>) -> bool {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let mut clicked = false;
    let builder = UiBuilder::new().accessibility_role(Role::Group).accessibility_label(title);
    let shown = ui.scope_builder(builder, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space(sizes.gap_xl);
            ui.spacing_mut().item_spacing.y = sizes.gap_xs;
            let head = ui.label(RichText::new(title).heading());
            head.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
            ui.label(RichText::new(line).color(tokens.muted));
            if let Some(text) = first_step {
                ui.add_space(sizes.gap_m);
                clicked = ui.add(button::primary(text)).clicked();
            }
            ui.add_space(sizes.gap_xl);
        });
        ui.unique_id()
    });
    card::set_bounds(ui, shown.inner, shown.response.rect);
    clicked
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn the_first_step_can_be_taken() {
        let mut harness = window(false, |ui, clicked| {
            *clicked |= empty(
                ui,
                "No platforms yet",
                "Add the places that pay you; their pay days follow.",
                Some("Add platform"),
            );
        });
        harness.get_by_role_and_label(Role::Heading, "No platforms yet");
        harness.get_by_role_and_label(Role::Button, "Add platform").click();
        harness.run();
        assert!(*harness.state());
    }
}
