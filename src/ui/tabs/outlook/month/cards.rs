//! The cards of the month: worked, landed, still out, lost on the way, moved since.

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::Asked;
use crate::ui::theme;
use crate::ui::view::month::{MonthView, SumRow, WORKED_COLUMNS};
use crate::ui::view::names::Mark;
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::rich;
use crate::ui::widgets::table::{Column, Row, RowSpec, Table};

/// Over this many rows a list scrolls by itself.
const MOST_ROWS: usize = 40;

/// Room for a list of so many rows, heads included.
fn room(ui: &mut Ui, rows: usize, content: impl FnOnce(&mut Ui, f32)) {
    let row = theme::tokens(ui).sizes.row_dense;
    let high = row * rows.min(MOST_ROWS) as f32;
    let size = vec2(ui.available_width(), high + row);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| content(ui, high));
}

/// A card's title with a note at its right.
fn title_row(ui: &mut Ui, title: &str, right: &str) {
    card::title_row(ui, title, |ui| {
        let muted = theme::tokens(ui).muted;
        ui.add(Label::new(RichText::new(right).color(muted)).truncate());
    });
}

fn mark_ui(ui: &mut Ui, mark: Option<&Mark>, name: &str) {
    ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
    if let Some(mark) = mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, name));
    }
    ui.label(name);
}

pub(super) fn worked_ui(ui: &mut Ui, view: &MonthView, asked: &mut Vec<Asked>) {
    Card::new().named("Worked").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        title_row(ui, "Worked", "what the work of the month has become, whenever it is paid");
        let rows = &view.worked;
        room(ui, rows.len(), |ui, high| {
            let row = theme::tokens(ui).sizes.row_dense;
            let mut table =
                Table::new("Worked").row_height(row).max_height(high).column(Column::fill("Platform", 130.0));
            for head in WORKED_COLUMNS {
                table = table.column(match head {
                    "Settled" => Column::exact(head, 100.0).right().priority(2),
                    "Unpaid" => Column::exact(head, 92.0).right().priority(1),
                    "Earned" => Column::exact(head, 104.0).right(),
                    _ => Column::exact(head, 92.0).right(),
                });
            }
            let out = table.show(
                ui,
                rows.len(),
                |at| match rows.get(at) {
                    Some(row) => RowSpec::new(("month-worked", row.platform), row.spoken.as_str()),
                    None => RowSpec::new(("month-worked-row", at), ""),
                },
                |line| {
                    let Some(row) = rows.get(line.index()) else { return };
                    let [paid, unpaid, earned, settled, rate] = &row.cells;
                    line.cell(|ui| {
                        if row.platform.is_some() {
                            mark_ui(ui, row.mark.as_ref(), &row.name);
                        } else {
                            let font = theme::semibold(theme::tokens(ui).sizes.body);
                            ui.label(RichText::new(&row.name).font(font));
                        }
                    });
                    line.figure(paid);
                    line.figure(unpaid);
                    line.text(earned);
                    line.muted(settled);
                    if row.muted { line.muted(rate) } else { line.strong(rate) }
                },
            );
            asked.extend(out.clicked.and_then(|at| rows.get(at)).map(|row| Asked::Sessions(row.platform)));
        });
    });
}

pub(super) fn landed_ui(ui: &mut Ui, view: &MonthView, asked: &mut Vec<Asked>) {
    Card::new().named("Landed").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        title_row(ui, "Landed", &view.landed_sum);
        let rows = &view.landed;
        if rows.is_empty() {
            card::note(ui, "no payout landed in this month");
            return;
        }
        room(ui, rows.len(), |ui, high| {
            let out = Table::new("Landed in the month")
                .row_height(theme::tokens(ui).sizes.row_dense)
                .max_height(high)
                .column(Column::exact("Day", 116.0))
                .column(Column::fill("Payer", 130.0))
                .column(Column::exact("Gross", 104.0).right().priority(2))
                .column(Column::exact("Received", 112.0).right())
                .column(Column::exact("In home currency", 128.0).right().priority(1))
                .show(
                    ui,
                    rows.len(),
                    |at| match rows.get(at) {
                        Some(row) => RowSpec::new(("month-landed", row.payout), row.spoken.as_str()),
                        None => RowSpec::new(("month-landed-row", at), ""),
                    },
                    |line| {
                        let Some(row) = rows.get(line.index()) else { return };
                        line.text(&row.on);
                        line.cell(|ui| mark_ui(ui, row.mark.as_ref(), &row.name));
                        line.muted(&row.gross);
                        line.strong(&row.received);
                        line.text(&row.home);
                    },
                );
            asked.extend(out.clicked.and_then(|at| rows.get(at)).map(|row| Asked::Payout(row.payout)));
        });
    });
}

pub(super) fn out_ui(ui: &mut Ui, view: &MonthView, asked: &mut Vec<Asked>) {
    Card::new().named("Still out").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        title_row(ui, "Still out of its work", &view.out_sum);
        if view.out.is_empty() {
            return;
        }
        sums_ui(ui, "Still out of the month", &view.out, |at| {
            asked.extend(view.out.get(at).and_then(|row| row.platform).map(Asked::Platform));
        });
    });
}

pub(super) fn lost_ui(ui: &mut Ui, view: &MonthView) {
    Card::new().named("Lost on the way").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        title_row(ui, "Lost on the way", "of what landed");
        if view.lost.is_empty() {
            card::note(ui, "nothing that is known of");
            return;
        }
        sums_ui(ui, "Lost of the month", &view.lost, |_| {});
    });
}

pub(super) fn moved_ui(ui: &mut Ui, view: &MonthView) {
    Card::new().named("Moved since the last look").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        title_row(ui, "Moved since the last look", "");
        for line in &view.moved {
            ui.label(line);
        }
    });
}

/// Words at the left, sums at the right.
fn sums_ui(ui: &mut Ui, name: &str, rows: &[SumRow], mut clicked: impl FnMut(usize)) {
    room(ui, rows.len().saturating_sub(1), |ui, high| {
        let row_height = theme::tokens(ui).sizes.row_dense;
        let out = Table::new(name)
            .row_height(row_height)
            .max_height(high + row_height)
            .headless()
            .column(Column::fill("What", 120.0))
            .column(Column::exact("Amount", 190.0).right())
            .show(
                ui,
                rows.len(),
                |at| {
                    let spoken = rows.get(at).map_or_else(String::new, |row| format!("{}: {}", row.name, row.amount));
                    let spec = RowSpec::new((name, at), spoken);
                    if rows.get(at).is_some_and(|row| row.platform.is_some()) { spec } else { spec.plain() }
                },
                |line: &mut Row<'_>| {
                    let Some(row) = rows.get(line.index()) else { return };
                    line.cell(|ui| mark_ui(ui, row.mark.as_ref(), &row.name));
                    line.cell(|ui| {
                        ui.add(rich::figure(&row.amount));
                    });
                },
            );
        if let Some(at) = out.clicked {
            clicked(at);
        }
    });
}
