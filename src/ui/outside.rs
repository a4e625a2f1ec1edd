//! The line across the window that says which files others touched, and what can be done about it.

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText};

use super::action::Action;
use super::theme;
use super::widgets::button;

/// What the line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// Which files.
    pub text: String,
    /// What is offered without a look: "Take over 3 changes from another device".
    pub take_over: Option<String>,
}

/// Draws the line and pushes what the user asked for.
pub fn strip_ui(ui: &mut egui::Ui, strip: &Strip, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let margin = Margin::symmetric(theme::whole_i8(tokens.sizes.gap_l), theme::whole_i8(tokens.sizes.gap_xs));
    Panel::top(("notice", "outside")).frame(Frame::new().fill(tokens.raised).inner_margin(margin)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.sizes.row_dense);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(button::chip("Compare…")).clicked() {
                    actions.push(Action::CompareOutside);
                }
                if let Some(words) = &strip.take_over
                    && ui.add(button::chip(words)).clicked()
                {
                    actions.push(Action::TakeOverOutside);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(RichText::new(&strip.text).color(tokens.warn)).truncate());
                });
            });
        });
    });
}
