//! The rows over the list: search, `Add earning` and the totals of what is shown; under them the filters.

use std::collections::BTreeSet;

use egui::{Align, Id, Layout, RichText, Ui};

use super::acts;
use crate::domain::ids::PlatformId;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::tabs::filters;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::owed::{Look, OwedView, Stand};
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::{button, rich};

/// The search takes what is left beside buttons and totals, between these.
const SEARCH: egui::Rangef = egui::Rangef { min: 140.0, max: 260.0 };
/// Room for the totals.
const TOTALS: f32 = 380.0;

/// What the head is drawn from and changes.
pub(super) struct Parts<'p> {
    pub(super) look: &'p mut Look,
    pub(super) search: &'p mut String,
    pub(super) view: &'p OwedView,
    /// The platforms that any row is of.
    pub(super) used: &'p BTreeSet<PlatformId>,
    /// The search gets the focus.
    pub(super) find: bool,
}

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_s;
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        let id = Id::unique("owed-search");
        filters::search_ui(
            ui,
            "Search what is owed",
            id,
            parts.search,
            SEARCH.clamp(ui.available_width() - 210.0 - TOTALS),
            (Verb::FindOwed, parts.find),
        );
        for (verb, action) in
            [(Verb::AddEarning, acts::add as fn(&Cx<'_>) -> Action), (Verb::Import, |_cx| Action::Ask(Verb::Import))]
        {
            let (words, key) = (verb.words(), verb.key_text());
            let chip = button::chip(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
            if ui.add(chip).clicked() {
                actions.push(action(cx));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| totals_ui(ui, parts.view));
    });
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing = egui::Vec2::splat(tokens.sizes.gap_s);
        filters_ui(ui, cx, parts);
    });
    ui.add_space(tokens.sizes.gap_xs - ui.spacing().item_spacing.y + 4.0);
}

fn totals_ui(ui: &mut Ui, view: &OwedView) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
    let note = if view.estimates.is_empty() { "Gross, of what is shown" } else { &view.estimates };
    ui.label(RichText::new("open").small().color(tokens.muted));
    let wide = |text: &str, font| rich::one_line(ui, text, font, tokens.text, f32::INFINITY).size().x;
    let beside = wide(&view.count, theme::regular(tokens.sizes.small)) + tokens.sizes.gap_s;
    let fits = wide(&view.open, theme::semibold(tokens.sizes.body)) + beside <= ui.available_width();
    let shown = if fits { &view.open } else { &view.open_in_short };
    let figure = ui.add(rich::figure(shown).strong());
    button::tip(figure, if fits { "Open" } else { &view.open }, "", note);
    ui.add(egui::Label::new(RichText::new(&view.count).small().color(tokens.muted)).truncate());
}

fn filters_ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>) {
    if parts.look.only.is_some() {
        let chip = button::chip("One earning ×").selected(true).named("Clear filter: one earning");
        if ui.add(chip.tip("One earning", "", "Shows only this; a click clears it")).clicked() {
            parts.look.only = None;
        }
    }
    platform_ui(ui, cx, parts);
    stand_ui(ui, parts);
    filters::period_ui(ui, &mut parts.look.period);
    let line = "What was paid, refused or given up, too";
    let chip = button::chip("Settled too").selected(parts.look.settled).tip("Settled too", "", line);
    if ui.add(chip).clicked() {
        parts.look.settled = !parts.look.settled;
    }
    if parts.look.is_filtered() || !parts.search.trim().is_empty() {
        let link = button::link("Clear").named("Clear search and filters").tip("Clear", "", "No search and no filters");
        if ui.add(link).clicked() {
            *parts.look = Look { settled: parts.look.settled, ..Look::default() };
            parts.search.clear();
        }
    }
}

fn platform_ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>) {
    let all: Vec<_> = cx.book.platforms_by_name().into_iter().filter(|one| parts.used.contains(&one.id)).collect();
    filters::platform_ui(ui, &all, &mut parts.look.platform, "Only money of this platform");
}

fn stand_ui(ui: &mut Ui, parts: &mut Parts<'_>) {
    let mut choices = vec![Choice::from("All states")];
    choices.extend(Stand::ALL.map(|stand| Choice::from(stand.words())));
    let at = parts.look.stand.and_then(|chosen| Stand::ALL.iter().position(|stand| *stand == chosen));
    let picker = Picker::few("State filter").chosen(at.map(|at| at + 1)).hint("State").chip();
    if let Some(at) = picker.tip("", "Only what stands there").pick(ui, &choices) {
        parts.look.stand = at.checked_sub(1).and_then(|at| Stand::ALL.get(at)).copied();
    }
}
