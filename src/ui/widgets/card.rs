//! A card: a fill one step off the background, radius 8, no border, 16 inside.
//!
//! It fills the width it is given; nothing in it touches its edge.

use egui::{Align, Frame, Id, InnerResponse, Layout, Margin, Rect, Response, RichText, Role, Ui, UiBuilder, vec2};

use crate::ui::theme::{self, whole_i8};

/// A card being described.
#[derive(Clone, Debug, Default)]
#[must_use = "call `show`"]
pub struct Card<'a> {
    title: Option<&'a str>,
    name: Option<&'a str>,
    height: Option<f32>,
}

impl<'a> Card<'a> {
    /// A card without a title.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title of 18 on top; it is also the card's accessible name.
    pub const fn title(mut self, title: &'a str) -> Self {
        self.title = Some(title);
        self
    }

    /// An accessible name where the card draws its own head.
    pub const fn named(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// A least height in points, margins included: cards in one row end together.
    pub const fn height(mut self, height: f32) -> Self {
        self.height = Some(height);
        self
    }

    /// Draws it around its content.
    pub fn show<R>(self, ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
        let tokens = theme::tokens(ui);
        let margin = tokens.sizes.gap_l;
        let mut builder = UiBuilder::new().accessibility_role(Role::Group);
        if let Some(name) = self.name.or(self.title) {
            builder = builder.accessibility_label(name);
        }
        let shown = ui.scope_builder(builder, |ui| {
            let id = ui.unique_id();
            let inner = Frame::new()
                .fill(tokens.surface)
                .corner_radius(tokens.radius())
                .inner_margin(Margin::same(whole_i8(margin)))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    if let Some(height) = self.height {
                        ui.set_min_height((height - 2.0 * margin).max(0.0));
                    }
                    if let Some(text) = self.title {
                        title(ui, text);
                    }
                    content(ui)
                })
                .inner;
            (id, inner)
        });
        let InnerResponse { inner: (id, inner), response } = shown;
        set_bounds(ui, id, response.rect);
        InnerResponse { inner, response }
    }
}

/// Says where a group is; egui does so for widgets only.
pub(super) fn set_bounds(ui: &Ui, id: Id, rect: Rect) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_bounds(egui::accesskit::Rect {
            x0: rect.left().into(),
            y0: rect.top().into(),
            x1: rect.right().into(),
            y1: rect.bottom().into(),
        });
    });
}

/// A title of 18 in semi-bold.
pub fn title(ui: &mut Ui, text: &str) -> Response {
    let response = ui.label(RichText::new(text).heading());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Heading, true, text));
    response
}

/// A card's title with what stands at its right, placed from the right.
pub fn title_row(ui: &mut Ui, text: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::tokens(ui).sizes.row_dense);
        title(ui, text);
        ui.with_layout(Layout::right_to_left(Align::Center), right);
    });
}

/// A column of cards, so wide; the next one stands beside it.
pub fn column(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        content(ui);
    });
}

/// A small line in *muted*, for what explains a figure.
pub fn note(ui: &mut Ui, text: &str) -> Response {
    let tokens = theme::tokens(ui);
    ui.label(RichText::new(text).small().color(tokens.muted))
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn a_card_is_a_named_group_with_its_title_as_a_heading() {
        let harness = window((), |ui, ()| {
            Card::new().title("Since joining").height(200.0).show(ui, |ui| note(ui, "tests included"));
        });
        let card = harness.get_by_role_and_label(Role::Group, "Since joining");
        assert!(card.rect().height() >= 200.0);
        harness.get_by_role_and_label(Role::Heading, "Since joining");
        harness.get_by_label("tests included");
    }
}
