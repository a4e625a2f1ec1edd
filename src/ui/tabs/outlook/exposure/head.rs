//! The head of the exposure page: the one figure that matters, and its states, each of which opens to its pieces.

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::ui::action::Action;
use crate::ui::tabs::ink;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::exposure::{ExposureView, Pick};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, rich};

/// What was picked.
pub(super) fn ui(ui: &mut Ui, view: &ExposureView, opened: Option<Pick>, actions: &mut Vec<Action>) -> Option<Pick> {
    let mut picked = None;
    Card::new().named("Not yet paid").show(ui, |ui| {
        let tokens = theme::tokens(ui);
        let sizes = &tokens.sizes;
        ui.spacing_mut().item_spacing.y = sizes.gap_xs;
        let row = vec2(ui.available_width(), sizes.row);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            let (words, key) = (Verb::CopyExposure.words(), Verb::CopyExposure.key_text());
            let copy = button::chip("Copy").named(words.name).tip(words.name, &key, words.line);
            if ui.add(copy).clicked() {
                actions.push(Action::Copy(view.tab_separated()));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                ui.spacing_mut().item_spacing.x = sizes.gap_s;
                let words = if view.second.is_empty() {
                    "not yet paid".to_owned()
                } else {
                    format!("not yet paid · {}", view.second)
                };
                let width = |text: &str, font| rich::one_line(ui, text, font, tokens.text, f32::INFINITY).size().x;
                let beside = width(&words, theme::regular(sizes.body)) + sizes.gap_s;
                let room = (ui.available_width() - beside).max(0.0);
                // Several currencies without a rate are no one figure: all of them are read, in smaller letters.
                let fits = width(&view.total, theme::semibold(sizes.figure)) <= room;
                let font = theme::semibold(if fits { sizes.figure } else { sizes.title });
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    ui.label(RichText::new(&view.total).font(font));
                });
                ui.label(RichText::new(words).color(tokens.muted));
            });
        });
        if !view.facts.is_empty() {
            card::note(ui, &view.facts);
        }
        ui.add_space(sizes.gap_xs);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(sizes.gap_s, sizes.gap_s);
            for split in &view.split {
                let pick = Pick::State(split.state);
                let text = format!("{} {}", split.words, split.amount);
                let ink = ink::of_state(tokens, split.state, view.all.surely_late);
                let chip = button::chip(&text).selected(opened == Some(pick)).color(ink);
                if ui.add(chip.tip(&text, "", "Shows the pieces that it is made of")).clicked() {
                    picked = Some(pick);
                }
            }
        });
        if !view.lacks.is_empty() {
            ui.add(egui::Label::new(RichText::new(&view.lacks).small().color(tokens.warn)).wrap());
        }
    });
    picked
}
