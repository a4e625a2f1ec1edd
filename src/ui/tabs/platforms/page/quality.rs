//! What a platform says of the user's work: a small line a measure, and the log.

use egui::{RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Draw, delete_pressed, nothing, section};
use crate::ui::action::Action;
use crate::ui::dialogs::{Dialog, QualityDialog};
use crate::ui::edits;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::platforms::{QualityRow, Trend};
use crate::ui::widgets::menu;
use crate::ui::widgets::table::{self as list, Column, RowSpec};

/// Size of the line of a measure, in points.
const LINE: egui::Vec2 = vec2(120.0, 28.0);
/// Height for the rows, in points; more of them scroll.
const ROWS: f32 = 200.0;

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let write = !draw.cx.read_only;
    let id = draw.page.detail.id;
    let mut open = None;
    let add = section(ui, "Quality", Some((Verb::NoteQuality, write)), |ui| {
        let tokens = theme::tokens(ui);
        let quality = &draw.page.quality;
        if quality.rows.is_empty() {
            nothing(ui, "Nothing noted yet: scores, error rates and warnings, with their days, show how it goes.");
            return;
        }
        for trend in &quality.trends {
            trend_ui(ui, tokens, trend);
        }
        let rows = &quality.rows;
        let output = list::Table::new("Quality log")
            .headless()
            .row_height(tokens.sizes.row_dense + 4.0)
            .max_height(ROWS)
            .column(Column::exact("", 100.0))
            .column(Column::exact("", 130.0))
            .column(Column::exact("", 90.0).right())
            .column(Column::exact("", 120.0).priority(1))
            .column(Column::fill("", 80.0).priority(2))
            .show(
                ui,
                rows.len(),
                |at| {
                    let row = rows.get(at);
                    let spoken = row.map_or_else(String::new, |row| format!("{}, entry {}", row.spoken(), row.at + 1));
                    RowSpec::new(("quality", row.map(|row| row.at)), spoken)
                },
                |line| {
                    let Some(row) = rows.get(line.index()) else { return };
                    row_ui(line, row);
                    if delete_pressed(line, write) {
                        delete(draw, row.at);
                    }
                    line.menu(|ui| {
                        if menu::item_enabled(ui, "Edit…", "Enter", write) {
                            open = Some(row.at);
                        }
                        menu::separator(ui);
                        if menu::item_enabled(ui, "Delete", &Verb::Delete.key_text(), write) {
                            delete(draw, row.at);
                        }
                    });
                },
            );
        open = open.or(output.clicked.and_then(|at| rows.get(at)).map(|row| row.at).filter(|_| write));
    });
    let dialog = match open {
        Some(at) => QualityDialog::edit(draw.cx, id, at),
        None if add => QualityDialog::add(draw.cx, id),
        None => None,
    };
    draw.open(dialog.map(Dialog::Quality));
}

fn delete(draw: &mut Draw<'_, '_>, at: usize) {
    let words = format!("Delete quality of {}", draw.platform.name);
    draw.actions.push(Action::Do(edits::platform(draw.platform, words, |platform| {
        if at < platform.quality.len() {
            platform.quality.remove(at);
        }
    })));
}

fn row_ui(line: &mut list::Row<'_>, row: &QualityRow) {
    line.muted(&row.on);
    line.cell(|ui| {
        let tokens = theme::tokens(ui);
        let text = RichText::new(row.measure);
        ui.label(if row.warning { text.color(tokens.warn) } else { text });
    });
    line.figure(&row.figure);
    line.muted(&row.about);
    line.muted(&row.note);
}

/// "Quality score 3.9, was 4.4" with its line.
fn trend_ui(ui: &mut Ui, tokens: &Tokens, trend: &Trend) {
    ui.horizontal(|ui| {
        let ink = if trend.worse { tokens.warn } else { tokens.text };
        let (rect, response) = ui.allocate_exact_size(LINE, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, trend.spoken()));
        let points = places(rect.shrink2(vec2(4.0, 6.0)), &trend.points);
        if points.len() > 1 {
            ui.painter().line(points.clone(), Stroke::new(1.5, tokens.muted));
        }
        if let Some(last) = points.last() {
            ui.painter().circle_filled(*last, 3.0, ink);
        }
        ui.label(RichText::new(&trend.name).color(tokens.muted));
        ui.add(egui::Label::new(RichText::new(&trend.words).color(ink)).truncate());
    });
}

/// Figures in a rectangle, from their least to their greatest.
fn places(rect: egui::Rect, points: &[(f64, f64)]) -> Vec<egui::Pos2> {
    let last = points.last().map_or(0.0, |(day, _)| *day);
    let (low, high) = points.iter().fold((f64::MAX, f64::MIN), |(low, high), (_, y)| (low.min(*y), high.max(*y)));
    let part = |value: f64, from: f64, to: f64| if to > from { (value - from) / (to - from) } else { 0.5 };
    points
        .iter()
        .map(|(day, figure)| {
            #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
            let (x, y) = (part(*day, 0.0, last) as f32, part(*figure, low, high) as f32);
            pos2(rect.left() + rect.width() * x, rect.bottom() - rect.height() * y)
        })
        .collect()
}
