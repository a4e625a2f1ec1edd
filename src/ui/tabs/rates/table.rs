//! "The same figures as a table": under each chart, when asked for; each can be copied and opens to its sessions.

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::Asked;
use crate::ui::theme;
use crate::ui::view::names::Mark;
use crate::ui::view::rates::{
    COLUMNS, MARKET_COLUMNS, Market, OVER_COLUMNS, Over, PartRow, STEP_COLUMNS, Side, Sides, StepRow,
};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::table::{Column, Row, RowSpec, Table};
use crate::ui::widgets::{button, menu};

/// Over this many rows a table scrolls by itself.
const MOST_ROWS: usize = 12;
/// The least height of a step's row, in points.
const LEAST_ROW: f32 = 27.0;

/// A button that copies a table.
pub(super) fn copy_ui(ui: &mut Ui, name: &str, asked: &mut Vec<Asked>, copy: impl FnOnce() -> Asked) {
    let line = "The table as text with tabs and plain numbers, for a spreadsheet";
    if ui.add(button::chip("Copy").named(name).tip(name, "", line)).clicked() {
        asked.push(copy());
    }
}

/// Room for a table of so many rows: all of its height at once, so that the page scrolls and not the table in it.
fn room<R>(ui: &mut Ui, rows: usize, row: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let sizes = &theme::tokens(ui).sizes;
    let size = vec2(ui.available_width(), row * rows.min(MOST_ROWS) as f32 + sizes.row_dense);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), content).inner
}

/// The steps with their money and hours, and under them what of their change is exchange; as high as their bars.
pub(super) fn steps_ui(ui: &mut Ui, steps: &[StepRow]) {
    let rows: Vec<(&StepRow, Option<&PartRow>)> = steps
        .iter()
        .flat_map(|step| std::iter::once((step, None)).chain(step.parts.iter().map(move |part| (step, Some(part)))))
        .collect();
    // With its head it is as high as the bars, where there are enough of them.
    let row = (super::steps::ROW - theme::tokens(ui).sizes.row_dense / steps.len().max(1) as f32).max(LEAST_ROW);
    let mut table = Table::new("Steps").row_height(row).column(Column::fill("Step", 90.0));
    for head in STEP_COLUMNS {
        table = table.column(Column::exact(head, if head == "Money" { 110.0 } else { 84.0 }).right());
    }
    room(ui, rows.len(), row, |ui| {
        table.show(
            ui,
            rows.len(),
            |at| {
                let spoken = rows.get(at).map_or("", |(step, part)| part.map_or(&step.spoken, |part| &part.spoken));
                RowSpec::new(("rates-step", at), spoken).plain()
            },
            |row| match rows.get(row.index()) {
                None => {}
                Some((step, None)) => {
                    row.muted(step.name);
                    let [an_hour, change, money, hours] = &step.cells;
                    row.strong(an_hour);
                    row.text(change);
                    row.text(money);
                    row.figure(hours);
                }
                Some((_, Some(part))) => {
                    row.cell(|ui| {
                        ui.add_space(theme::tokens(ui).sizes.gap_m);
                        let name = RichText::new(part.name).small().color(theme::tokens(ui).muted);
                        button::tip(ui.add(Label::new(name).truncate()), part.name, "", part.meaning);
                    });
                    for cell in &part.cells {
                        row.muted(cell);
                    }
                }
            },
        );
    });
}

/// Every side with all of its steps.
pub(super) fn sides_ui(ui: &mut Ui, sides: &Sides, asked: &mut Vec<Asked>) {
    let title = "Side by side, as a table";
    Card::new().named(title).show(ui, |ui| {
        card::title_row(ui, title, |ui| {
            copy_ui(ui, "Copy the sides", asked, || Asked::Copy(sides.tab_separated()));
            card::note(ui, &sides.unit);
        });
        let sizes = &theme::tokens(ui).sizes;
        ui.add_space(sizes.gap_xs);
        let rows = sides.rows.len() + 1;
        let mut table =
            Table::new("Rates").max_height(sizes.row * MOST_ROWS as f32).column(Column::fill(sides.head, 150.0));
        for head in COLUMNS {
            table = table.column(column(head));
        }
        let out = room(ui, rows, sizes.row, |ui| {
            table.show(
                ui,
                rows,
                |at| {
                    let side = sides.table_row(at).unwrap_or(&sides.together);
                    RowSpec::new(("rates", &side.group), row_name(side))
                },
                |row| {
                    let side = sides.table_row(row.index()).unwrap_or(&sides.together);
                    side_ui(row, side);
                    row.menu(|ui| {
                        if menu::item(ui, "Show its sessions", "Enter") {
                            asked.push(Asked::sessions(side.group.clone()));
                        }
                        if menu::item(ui, "Copy the table", "") {
                            asked.push(Asked::Copy(sides.tab_separated()));
                        }
                    });
                },
            )
        });
        if let Some(side) = out.clicked.and_then(|at| sides.table_row(at)) {
            asked.push(Asked::sessions(side.group.clone()));
        }
    });
}

fn side_ui(row: &mut Row<'_>, side: &Side) {
    row.cell(|ui| {
        if side.group.is_none() {
            let font = theme::semibold(theme::tokens(ui).sizes.body);
            ui.label(RichText::new(&side.name).font(font));
        } else {
            name_ui(ui, side.mark.as_ref(), &side.name, &side.full_name);
        }
    });
    for (head, cell) in COLUMNS.iter().zip(&side.cells) {
        match *head {
            "All hours" => row.cell(|ui| {
                let tokens = theme::tokens(ui);
                let ink = if side.muted { tokens.muted } else { tokens.text };
                ui.label(RichText::new(cell).font(theme::semibold(tokens.sizes.body)).color(ink));
            }),
            "Hours" | "Paid" => row.figure(cell),
            _ if side.muted => row.muted(cell),
            _ => row.text(cell),
        }
    }
}

fn name_ui(ui: &mut Ui, mark: Option<&Mark>, name: &str, full_name: &str) {
    if let Some(mark) = mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, full_name));
    }
    ui.label(name);
}

/// The columns that say the most stay the longest.
fn column(head: &'static str) -> Column<'static> {
    match head {
        "Hours" => Column::exact(head, 96.0).right(),
        "Paid" => Column::exact(head, 96.0).right().priority(3),
        "Recorded" => Column::exact(head, 86.0).right().priority(1),
        "Advertised" => Column::exact(head, 92.0).right().priority(2),
        "Accepted" | "Received" => Column::exact(head, 86.0).right().priority(5),
        "After tax" => Column::exact(head, 86.0).right().priority(4),
        "Earned" => Column::exact(head, 110.0).right(),
        _ => Column::exact(head, 92.0).right(),
    }
}

fn row_name(side: &Side) -> String {
    let [hours, .., earned] = &side.cells;
    format!("{}, {hours}, {} an hour over all hours, earned {earned}", side.full_name, side.figure)
}

/// Each bucket of each line, newest first.
pub(super) fn over_ui(ui: &mut Ui, over: &Over, asked: &mut Vec<Asked>) {
    let sizes = &theme::tokens(ui).sizes;
    let mut table = Table::new("Rates over time")
        .row_height(sizes.row_dense)
        .max_height(sizes.row_dense * MOST_ROWS as f32)
        .column(Column::exact("When", 150.0))
        .column(Column::fill(over.head, 150.0));
    for head in OVER_COLUMNS {
        table = table.column(match head {
            "Sample" => Column::exact(head, 180.0).priority(2),
            "Paid" => Column::exact(head, 96.0).right().priority(1),
            "Earned" => Column::exact(head, 110.0).right(),
            _ => Column::exact(head, 92.0).right(),
        });
    }
    let out = room(ui, over.rows(), sizes.row_dense, |ui| {
        table.show(
            ui,
            over.rows(),
            |at| match over.row(at) {
                Some((line, point)) => RowSpec::new(("rates-over", &line.group, point.at), over.readout(line, point)),
                None => RowSpec::new(("rates-over", at), String::new()),
            },
            |row| {
                let Some((line, point)) = over.row(row.index()) else { return };
                row.muted(&over.label(point.at));
                row.cell(|ui| name_ui(ui, line.mark.as_ref(), &line.name, &line.full_name));
                let [an_hour, hours, paid, earned, sample] = over.cells(point);
                if point.muted {
                    row.muted(&an_hour);
                } else {
                    row.strong(&an_hour);
                }
                row.figure(&hours);
                row.figure(&paid);
                row.text(&earned);
                row.muted(&sample);
            },
        )
    });
    if let Some((line, point)) = out.clicked.and_then(|at| over.row(at)) {
        asked.push(Asked::Sessions { group: Some(line.group.clone()), days: Some(point.days) });
    }
}

/// What sources say is advertised, each with who says so.
pub(super) fn market_ui(ui: &mut Ui, market: &Market, asked: &mut Vec<Asked>) {
    let title = "What sources say is advertised";
    Card::new().named(title).show(ui, |ui| {
        card::title_row(ui, title, |ui| {
            if !market.rows.is_empty() {
                copy_ui(ui, "Copy the market", asked, || Asked::Copy(market.tab_separated()));
            }
            card::note(ui, "an hour; never part of your own figures");
        });
        let sizes = &theme::tokens(ui).sizes;
        ui.add_space(sizes.gap_xs);
        if !market.rows.is_empty() {
            market_rows_ui(ui, market);
        }
        if !market.unknown.is_empty() {
            card::note(ui, &format!("No hourly range is known of {}", market.unknown));
        }
    });
}

fn market_rows_ui(ui: &mut Ui, market: &Market) {
    let sizes = &theme::tokens(ui).sizes;
    let mut table = Table::new("Market")
        .row_height(sizes.row_dense)
        .max_height(sizes.row_dense * MOST_ROWS as f32)
        .column(Column::exact("Platform", 160.0));
    for head in MARKET_COLUMNS {
        table = table.column(match head {
            "Source" => Column::fill(head, 160.0),
            "In home currency" => Column::exact(head, 190.0).priority(3),
            "Who says so" => Column::exact(head, 150.0).priority(1),
            "Checked" => Column::exact(head, 100.0),
            "What is said" => Column::exact(head, 200.0).priority(4),
            _ => Column::exact(head, 190.0),
        });
    }
    room(ui, market.rows.len(), sizes.row_dense, |ui| {
        table.show(
            ui,
            market.rows.len(),
            |at| {
                let name = market.rows.get(at).map_or_else(String::new, |row| format!("{}: {}", row.name, row.line));
                RowSpec::new(("rates-market", at), name).plain()
            },
            |row| {
                let Some(said) = market.rows.get(row.index()) else { return };
                row.cell(|ui| name_ui(ui, said.mark.as_ref(), &said.name, &said.name));
                // What is cut is told whole by the pointer: a label does so by itself.
                for (head, cell) in MARKET_COLUMNS.iter().zip(&said.cells) {
                    if matches!(*head, "Advertised" | "Source") { row.text(cell) } else { row.muted(cell) }
                }
            },
        );
    });
}
