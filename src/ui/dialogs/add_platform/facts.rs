//! What sources say of a platform, by topic; facts that contradict each other stand in one block with a line at its left.

use egui::{RichText, Stroke, Ui};

use super::super::super::theme;
use super::super::super::view::catalogue::{FactBlock, FactLine, FactWords};

/// Draws the facts, one under the other.
pub(super) fn ui(ui: &mut Ui, blocks: &[FactBlock]) {
    const TOPIC_WIDTH: f32 = 120.0;
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
    for block in blocks {
        for (at, line) in block.lines.iter().enumerate() {
            ui.horizontal_top(|ui| {
                let width = ui.available_width() - TOPIC_WIDTH - tokens.sizes.gap_s;
                ui.allocate_ui(egui::vec2(TOPIC_WIDTH, 0.0), |ui| {
                    ui.set_width(TOPIC_WIDTH);
                    if at == 0 {
                        ui.label(RichText::new(block.topic).small().color(tokens.muted));
                    }
                });
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    match line {
                        FactLine::One(fact) => fact_ui(ui, fact),
                        FactLine::Differ(sides) => differ_ui(ui, sides),
                    }
                });
            });
            ui.add_space(2.0);
        }
    }
}

fn fact_ui(ui: &mut Ui, fact: &FactWords) {
    let tokens = theme::tokens(ui);
    ui.add(egui::Label::new(fact.text.as_str()).wrap());
    let ink = if fact.unsure { tokens.warn } else { tokens.muted };
    ui.add(egui::Label::new(RichText::new(&fact.origin).small().color(ink)).wrap());
}

/// Several sides of one thing under “Sources differ”, with a line along them.
fn differ_ui(ui: &mut Ui, sides: &[FactWords]) {
    const INSIDE: f32 = 12.0;
    let tokens = theme::tokens(ui);
    let width = ui.available_width() - INSIDE;
    let block = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(INSIDE);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(RichText::new("Sources differ").small().color(tokens.warn));
            for (at, side) in sides.iter().enumerate() {
                if at > 0 {
                    ui.add_space(tokens.sizes.gap_xs);
                }
                fact_ui(ui, side);
            }
        });
    });
    let rect = block.response.rect;
    ui.painter().vline(rect.left() + 1.0, rect.y_range(), Stroke::new(2.0, tokens.warn));
}
