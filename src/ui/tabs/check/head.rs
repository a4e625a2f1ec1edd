//! The row over the list: the places with how much stands in each, filters, and what settles all that is sure.

use egui::{Align, Layout, RichText, Ui};

use super::PLACES;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::tabs::filters;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::check::{Checked, Look, ShownLines};
use crate::ui::widgets::button;

/// What the head is drawn from and changes.
pub(super) struct Parts<'p> {
    pub(super) look: &'p mut Look,
    pub(super) found: &'p ShownLines,
    pub(super) checked: &'p Checked,
}

/// Draws it; true where all that is sure is to be settled.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, actions: &mut Vec<Action>) -> bool {
    let tokens = theme::tokens(ui);
    let mut settles = false;
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        for ((place, verb), count) in PLACES.into_iter().zip(parts.found.counts) {
            let (words, key) = (verb.words(), verb.key_text());
            let text = format!("{} {count}", words.name);
            let chip = button::chip(&text).named(words.name).selected(parts.found.place == Some(place));
            if ui.add(chip.tip(words.name, &key, words.line)).clicked() {
                parts.look.place = Some(place);
            }
        }
        ui.add_space(tokens.sizes.gap_s);
        let all: Vec<_> = cx.book.platforms_by_name().into_iter().collect();
        let used: Vec<_> = all.into_iter().filter(|one| parts.checked.platforms.contains(&one.id)).collect();
        filters::platform_ui(ui, &used, &mut parts.look.platform, "Only work and money of this platform");
        filters::period_ui(ui, &mut parts.look.period);
        if parts.look.platform.is_some() || parts.look.period != Look::default().period {
            let link = button::link("Clear").named("Clear filters").tip("Clear", "", "No filters");
            if ui.add(link).clicked() {
                *parts.look = Look { place: parts.look.place, ..Look::default() };
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (words, key) = (Verb::Import.words(), Verb::Import.key_text());
            let import = button::chip(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
            if ui.add(import).clicked() {
                actions.push(Action::Ask(Verb::Import));
            }
            if !parts.found.sure.is_empty() {
                let (words, key) = (Verb::TakeAllSure.words(), Verb::TakeAllSure.key_text());
                let text = format!("Settle {} sure", parts.found.sure.len());
                let chip = button::chip(&text).named(words.name).enabled(!cx.read_only);
                settles = ui.add(chip.tip(words.name, &key, words.line)).clicked();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let own = RichText::new(&parts.checked.own).small().color(tokens.muted);
                ui.add(egui::Label::new(own).truncate());
            });
        });
    });
    ui.add_space(tokens.sizes.gap_xs);
    settles
}
