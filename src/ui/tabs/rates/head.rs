//! The head of the Rates tab: the answer at the left, what is looked at at the right, what is missing below.

use egui::{Align, Label, Layout, RichText, Ui, pos2, vec2};

use super::{Asked, Held, days, picture, platforms};
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::rates::{Answer, Look, RatesView, Sample, Warning};
use crate::ui::widgets::button;
use crate::ui::widgets::icon::Icon;

/// From this width on the chips stand beside the answer.
const CHIPS_BESIDE_FROM: f32 = 1100.0;
/// What the chips are given before it is known how wide they are.
const CHIPS: f32 = 450.0;

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &RatesView, look: &mut Look, held: &mut Held, asked: &mut Vec<Asked>) {
    let width = ui.available_width();
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        if width >= CHIPS_BESIDE_FROM {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let chips = held.chips.unwrap_or(CHIPS).min(width / 2.0);
                let left = width - chips;
                let shown = ui.allocate_ui_with_layout(vec2(left, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(left);
                    answer_ui(ui, &view.answer);
                });
                let size = vec2(chips, shown.response.rect.height());
                let drawn = ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Max), |ui| {
                    ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
                    // From the right: the last one first.
                    if view.sample != Sample::None {
                        picture::button_ui(ui, view, look, asked);
                    }
                    settled_ui(ui, look);
                    platforms::ui(ui, view, look);
                    days::picker_ui(ui, cx, look, held);
                    ui.min_rect().width()
                });
                let needed = drawn.inner + theme::tokens(ui).sizes.gap_l;
                if (needed - chips).abs() > 0.5 && needed < width / 2.0 {
                    held.chips = Some(needed);
                    ui.ctx().request_repaint();
                }
            });
        } else {
            answer_ui(ui, &view.answer);
            ui.add_space(theme::tokens(ui).sizes.gap_xs);
            ui.horizontal_wrapped(|ui| {
                days::picker_ui(ui, cx, look, held);
                platforms::ui(ui, view, look);
                settled_ui(ui, look);
                if view.sample != Sample::None {
                    picture::button_ui(ui, view, look, asked);
                }
            });
        }
        days::fields_ui(ui, cx, look, held);
        for warning in &view.warnings {
            warning_ui(ui, cx, warning, asked);
        }
    });
}

fn warning_ui(ui: &mut Ui, cx: &Cx<'_>, warning: &Warning, asked: &mut Vec<Asked>) {
    ui.horizontal(|ui| {
        let tokens = theme::tokens(ui);
        Icon::Warn.show(ui, 14.0, tokens.warn);
        let verb = warning.verb.words();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = format!("{verb} {}", warning.text);
            if ui.add(button::chip(verb).named(&name)).clicked() {
                asked.push(Asked::Verb(warning.verb));
            }
            if let Some(fill) = warning.fill.as_ref().filter(|_| !cx.read_only) {
                let chip = button::chip(&fill.words).tip(&fill.words, "", &fill.line);
                if ui.add(chip).clicked() {
                    asked.push(Asked::Fill(fill.clone()));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&warning.text).color(tokens.warn)).truncate());
            });
        });
    });
}

/// The figure in 40, its words in 18 on the same baseline, and what it keeps of the promise.
pub(in crate::ui::tabs) fn answer_ui(ui: &mut Ui, answer: &Answer) {
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

fn settled_ui(ui: &mut Ui, look: &mut Look) {
    let words = Verb::SettledOnly.words();
    let key = Verb::SettledOnly.key_text();
    if ui.add(button::chip(words.name).selected(look.settled_only).tip(words.name, &key, words.line)).clicked() {
        look.settled_only = !look.settled_only;
    }
}
