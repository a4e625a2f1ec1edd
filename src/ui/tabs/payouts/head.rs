//! The head over the calendar: previous, month, next, today; totals that open to their rows; month or agenda.

use egui::{Align, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use super::asked::{Asked, Step};
use super::{Mode, menus};
use crate::ui::tabs::ink;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::payouts::{PayoutsView, Total, TotalKind};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{button, menu, rich};

/// Its height in points.
pub(super) const HEIGHT: f32 = 36.0;

/// Draws the head; where there is no list beside the month, with the verb that records a payout.
pub(super) fn ui(ui: &mut Ui, view: &PayoutsView, mode: Mode, records: bool, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        if verb(ui, button::icon(Icon::Left, "Previous month"), Verb::Previous) {
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
        if records {
            asked.record |= verb(ui, button::icon(Icon::Plus, "Record payout…"), Verb::RecordPayout);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let key = Verb::Agenda.key_text();
            let modes = [
                ("Agenda", "The same payouts by week", Mode::Agenda),
                ("Month", "The payouts on their days", Mode::Month),
            ];
            for (name, line, which) in modes {
                let chip = button::chip(name).selected(mode == which).tip(name, &key, line);
                if ui.add(chip).clicked() {
                    asked.mode = Some(which);
                }
            }
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_xs;
            totals_ui(ui, view, asked);
        });
    });
}

fn verb(ui: &mut Ui, button: button::Button<'_>, verb: Verb) -> bool {
    let (words, key) = (verb.words(), verb.key_text());
    ui.add(button.tip(words.name, &key, words.line)).clicked()
}

/// The totals, the last one at the right. Where there is little room, those that matter least now go first, and their
/// rows stand in the calendar all the same.
fn totals_ui(ui: &mut Ui, view: &PayoutsView, asked: &mut Asked) {
    let mut room = ui.available_width();
    let mut shown: Vec<&Total> = Vec::new();
    for kind in [TotalKind::Late, TotalKind::Expected, TotalKind::Landed, TotalKind::Drawable] {
        let Some(total) = view.totals.iter().find(|total| total.kind == kind) else { continue };
        let width = width(ui, total) + ui.spacing().item_spacing.x;
        if width <= room {
            room -= width;
            shown.push(total);
        }
    }
    // From the right: the order of the view, backwards.
    for total in view.totals.iter().rev().filter(|total| shown.iter().any(|one| one.kind == total.kind)) {
        total_ui(ui, view, total, asked);
    }
}

/// Left and right inside a total.
const PAD: f32 = 4.0;

fn galleys(ui: &Ui, total: &Total) -> [std::sync::Arc<egui::Galley>; 2] {
    let tokens = theme::tokens(ui);
    let color = ink::of_standing(tokens, total.standing, tokens.text);
    let label = rich::one_line(ui, total.label, theme::regular(tokens.sizes.small), tokens.muted, f32::INFINITY);
    let figure = rich::one_line(ui, &total.figure, theme::semibold(tokens.sizes.body), color, f32::INFINITY);
    [label, figure]
}

fn width(ui: &Ui, total: &Total) -> f32 {
    let [label, figure] = galleys(ui, total);
    label.size().x + 4.0 + figure.size().x + 2.0 * PAD
}

fn total_ui(ui: &mut Ui, view: &PayoutsView, total: &Total, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let [label, figure] = galleys(ui, total);
    let size = vec2(width(ui, total), tokens.sizes.row_dense);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &total.name));
    if response.hovered() {
        ui.painter().rect_filled(rect, tokens.radius_small(), tokens.raised);
    }
    // On one baseline.
    let bottom = rect.center().y + figure.size().y / 2.0;
    let at = egui::pos2(rect.left() + PAD, bottom - label.size().y - 1.0);
    let after = at.x + label.size().x + 4.0;
    ui.painter().galley(at, label, tokens.muted);
    ui.painter().galley(egui::pos2(after, bottom - figure.size().y), figure, tokens.text);
    button::focus_ring(ui, &response, tokens);
    menu::under(&response, |ui| {
        let rows = total.rows.iter().filter_map(|at| view.entries.get(*at));
        menus::entries_ui(ui, egui::Id::unique(("total", total.kind)), rows, asked);
    });
    let open = "Open the payouts behind it";
    let line = if total.second.is_empty() { open.to_owned() } else { format!("{}. {open}", total.second) };
    button::tip(response, &total.name, "", &line);
}
