//! The head of the Rates tab: the answer at the left, what is looked at at the right, what is missing below.

use egui::{Align, Label, Layout, RichText, Ui, pos2, vec2};

use super::Asked;
use crate::domain::query::hours::Period;
use crate::ui::theme;
use crate::ui::view::names;
use crate::ui::view::rates::{Answer, GROUPS, Look, RatesView, groups};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::button;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::picker::{Choice, Picker};

/// From this width on the chips stand beside the answer.
const CHIPS_BESIDE_FROM: f32 = 1100.0;
/// What the chips need, at most.
const CHIPS: f32 = 500.0;

pub(super) fn ui(ui: &mut Ui, view: &RatesView, look: &mut Look, asked: &mut Vec<Asked>) {
    let width = ui.available_width();
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        if width >= CHIPS_BESIDE_FROM {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let left = width - CHIPS;
                let shown = ui.allocate_ui_with_layout(vec2(left, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(left);
                    answer_ui(ui, &view.answer);
                });
                let size = vec2(CHIPS, shown.response.rect.height());
                ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Max), |ui| {
                    ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
                    // From the right: the last one first.
                    settled_ui(ui, look);
                    by_ui(ui, look);
                    platform_ui(ui, view, look);
                    period_ui(ui, look);
                });
            });
        } else {
            answer_ui(ui, &view.answer);
            ui.add_space(theme::tokens(ui).sizes.gap_xs);
            ui.horizontal_wrapped(|ui| {
                period_ui(ui, look);
                platform_ui(ui, view, look);
                by_ui(ui, look);
                settled_ui(ui, look);
            });
        }
        for warning in &view.warnings {
            ui.horizontal(|ui| {
                let tokens = theme::tokens(ui);
                Icon::Warn.show(ui, 14.0, tokens.warn);
                let verb = warning.verb.words();
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let name = format!("{verb} {}", warning.text);
                    if ui.add(button::chip(verb).named(&name)).clicked() {
                        asked.push(Asked::Verb(warning.verb));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(Label::new(RichText::new(&warning.text).color(tokens.warn)).truncate());
                    });
                });
            });
        }
    });
}

/// The figure in 40, its words in 18 on the same baseline, and what it keeps of the promise.
fn answer_ui(ui: &mut Ui, answer: &Answer) {
    /// How far the shipped face reaches below the baseline, in parts of its size.
    const DESCENT: f32 = 0.293;
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let ink = if answer.muted { tokens.muted } else { tokens.text };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = sizes.gap_s;
        let figure = ui.label(RichText::new(&answer.figure).text_style(theme::answer_style()).color(ink));
        let words = RichText::new(answer.words).font(theme::regular(sizes.title)).color(ink);
        let job = ui.painter().layout_no_wrap(answer.words.to_owned(), theme::regular(sizes.title), ink);
        let bottom = figure.rect.bottom() - DESCENT * (sizes.answer - sizes.title);
        let at = pos2(figure.rect.right() + sizes.gap_s, bottom - job.size().y);
        let rect = egui::Rect::from_min_size(at, job.size());
        ui.put(rect, Label::new(words).extend());
    });
    if !answer.line.is_empty() {
        ui.add(Label::new(RichText::new(&answer.line).color(tokens.muted)).truncate());
    }
}

fn period_ui(ui: &mut Ui, look: &mut Look) {
    let choices = Period::ALL.map(|of| Choice::from(names::period(of)));
    let chosen = Period::ALL.iter().position(|of| *of == look.period);
    let picked = Picker::few("Period").chip().chosen(chosen).tip("", "Which days of work").pick(ui, &choices);
    if let Some(period) = picked.and_then(|at| Period::ALL.get(at)) {
        look.period = *period;
    }
}

fn platform_ui(ui: &mut Ui, view: &RatesView, look: &mut Look) {
    let mut choices = vec![Choice::from("All platforms")];
    choices.extend(view.platforms.iter().map(|platform| Choice {
        text: &platform.name,
        mark: Some(PlatformMark { letters: &platform.mark.letters, hue_index: platform.mark.hue }),
        detail: "",
    }));
    let chosen = look.platform.and_then(|id| view.platforms.iter().position(|platform| platform.id == id));
    let picked = Picker::new("Platform filter")
        .chip()
        .width(180.0)
        .chosen(Some(chosen.map_or(0, |at| at + 1)))
        .tip("", "Only one platform, or all of them")
        .pick(ui, &choices);
    if let Some(at) = picked {
        look.platform = at.checked_sub(1).and_then(|at| view.platforms.get(at)).map(|platform| platform.id);
    }
}

fn by_ui(ui: &mut Ui, look: &mut Look) {
    let choices = GROUPS.map(|by| Choice::from(groups(by)));
    let chosen = GROUPS.iter().position(|by| *by == look.by);
    let picked = Picker::few("Compare")
        .chip()
        .caption("Compare")
        .chosen(chosen)
        .tip("", "What stands side by side")
        .pick(ui, &choices);
    if let Some(by) = picked.and_then(|at| GROUPS.get(at)) {
        look.by = *by;
    }
}

fn settled_ui(ui: &mut Ui, look: &mut Look) {
    let name = "Settled only";
    let line = "Leave out paid work whose money hasn’t landed; unpaid time stays";
    if ui.add(button::chip(name).selected(look.settled_only).tip(name, "", line)).clicked() {
        look.settled_only = !look.settled_only;
    }
}
