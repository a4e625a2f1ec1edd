//! The one question that is asked where less came than should have: why. Never guessed.

use egui::{RichText, Role, Ui, UiBuilder, WidgetInfo};

use super::super::theme;
use super::super::view::names;
use super::super::widgets::button;
use super::super::widgets::field::reason_ui;
use crate::domain::payout::Difference;

/// Width of an answer, so that two rows of three stand under each other.
const CHIP: f32 = 140.0;

/// Draws the question with its answers, and why the last one was refused; true where another one was chosen.
pub(super) fn question_ui(
    ui: &mut Ui,
    question: &str,
    chosen: &mut Option<Difference>,
    refused: Option<String>,
) -> bool {
    let tokens = theme::tokens(ui);
    let group = UiBuilder::new().accessibility_role(Role::RadioGroup).accessibility_label(question);
    let mut moved = false;
    ui.scope_builder(group, |ui| {
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_s;
        let text = RichText::new(question).font(theme::semibold(tokens.sizes.body));
        ui.label(text).widget_info(|| WidgetInfo::labeled(Role::Label, true, question));
        for row in Difference::ALL.chunks(3) {
            ui.horizontal(|ui| {
                for difference in row.iter().copied() {
                    let words = names::difference(difference);
                    let chip = button::chip(words).width(CHIP).selected(*chosen == Some(difference));
                    if ui.add(chip.tip(words, "", explained(difference))).clicked() {
                        *chosen = Some(difference);
                        moved = true;
                    }
                }
            });
        }
        if let Some(refused) = refused {
            reason_ui(ui, &refused);
        }
    });
    moved
}

fn explained(difference: Difference) -> &'static str {
    match difference {
        Difference::Fee => "Taken off on the way; the work is settled in full",
        Difference::PlatformFee => "Kept by the platform; the work is settled in full",
        Difference::TaxWithheld => "Kept for the tax office; the work is settled in full",
        Difference::Exchange => "Lost in the exchange; the work is settled in full",
        Difference::PartRejected => "Not all of the work was accepted",
        Difference::RestLater => "What is missing stays open",
        Difference::Unexplained => "What is missing stays open until it is clear",
    }
}
