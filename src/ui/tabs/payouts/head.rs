//! The head over the month: previous, month, next, today; totals; where the window is narrow, month or list.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use super::{Asked, Step};
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::payouts::{PayoutsView, Totals};
use crate::ui::widgets::button;
use crate::ui::widgets::icon::Icon;

/// Its height in points.
pub(super) const HEIGHT: f32 = 36.0;

/// Draws the head; `list_shown` is `None` where month and list stand side by side.
pub(super) fn ui(ui: &mut Ui, view: &PayoutsView, list_shown: Option<bool>, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        let previous = button::icon(Icon::Left, "Previous month");
        if verb(ui, previous, Verb::Previous) {
            asked.step = Some(Step::Previous);
        }
        let title = ui.label(RichText::new(&view.month.title).heading());
        title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &view.month.title));
        if verb(ui, button::icon(Icon::Right, "Next month"), Verb::Next) {
            asked.step = Some(Step::Next);
        }
        if verb(ui, button::chip(Verb::Today.words().name), Verb::Today) {
            asked.step = Some(Step::Today);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(shown) = list_shown {
                for (name, line, list) in
                    [("List", "What comes next, and the chosen payout", true), ("Month", "The calendar", false)]
                {
                    if ui.add(button::chip(name).selected(shown == list).tip(name, "", line)).clicked() {
                        asked.list_shown = Some(list);
                    }
                }
            }
            ui.add_space(tokens.sizes.gap_xs);
            totals_ui(ui, tokens, &view.totals);
        });
    });
}

fn verb(ui: &mut Ui, button: button::Button<'_>, verb: Verb) -> bool {
    let (words, key) = (verb.words(), verb.key_text());
    ui.add(button.tip(words.name, &key, words.line)).clicked()
}

fn totals_ui(ui: &mut Ui, tokens: &Tokens, totals: &Totals) {
    let small =
        TextFormat { valign: Align::BOTTOM, ..TextFormat::simple(theme::regular(tokens.sizes.small), tokens.muted) };
    let figure =
        |color| TextFormat { valign: Align::BOTTOM, ..TextFormat::simple(theme::semibold(tokens.sizes.body), color) };
    let mut job = LayoutJob::default();
    let parts = [
        ("landed ", &totals.landed, tokens.text),
        ("expected ", &totals.expected, tokens.text),
        ("late ", &totals.late, tokens.bad),
    ];
    let mut lead = 0.0;
    for (name, amount, color) in parts.into_iter().filter(|(_, amount, _)| !amount.is_empty()) {
        job.append(name, lead, small.clone());
        job.append(amount, 0.0, figure(color));
        lead = tokens.sizes.gap_m;
    }
    ui.add(egui::Label::new(job).truncate());
}
