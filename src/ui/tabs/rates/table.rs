//! "The same figures as a table": every side with all steps; a row opens to its sessions.

use egui::{Align, Layout, RichText, Ui, vec2};

use super::{Asked, title_row};
use crate::ui::theme;
use crate::ui::view::rates::{COLUMNS, Side, Sides};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::table::{Column, RowSpec, Table};
use crate::ui::widgets::{button, menu};

/// Over this many rows the table scrolls by itself.
const MOST_ROWS: f32 = 12.0;

pub(super) fn ui(ui: &mut Ui, sides: &Sides, asked: &mut Vec<Asked>) {
    let title = "The same figures as a table";
    Card::new().named(title).show(ui, |ui| {
        title_row(ui, title, |ui| {
            let line = "The table as text with tabs, for a spreadsheet";
            if ui.add(button::chip("Copy").tip("Copy", "", line)).clicked() {
                asked.push(Asked::Copy);
            }
            card::note(ui, &sides.unit);
        });
        let sizes = &theme::tokens(ui).sizes;
        ui.add_space(sizes.gap_xs);
        let rows = sides.rows.len() + 1;
        // All its height at once: the page scrolls, not the table in it.
        let height = sizes.row * (rows as f32).min(MOST_ROWS);
        let size = vec2(ui.available_width(), height + sizes.row_dense);
        let mut table = Table::new("Rates").max_height(height).column(Column::fill(sides.head, 150.0));
        for head in COLUMNS {
            table = table.column(column(head));
        }
        let out = ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            table.show(
                ui,
                rows,
                |at| {
                    let side = sides.table_row(at).unwrap_or(&sides.together);
                    RowSpec::new(("rates", &side.group), row_name(side))
                },
                |row| {
                    let side = sides.table_row(row.index()).unwrap_or(&sides.together);
                    let together = side.group.is_none();
                    row.cell(|ui| name_ui(ui, side, together));
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
                    row.menu(|ui| {
                        if menu::item(ui, "Show its sessions", "Enter") {
                            asked.push(Asked::Sessions(side.group.clone()));
                        }
                        if menu::item(ui, "Copy the table", "") {
                            asked.push(Asked::Copy);
                        }
                    });
                },
            )
        });
        if let Some(side) = out.inner.clicked.and_then(|at| sides.table_row(at)) {
            asked.push(Asked::Sessions(side.group.clone()));
        }
    });
}

fn name_ui(ui: &mut Ui, side: &Side, together: bool) {
    if let Some(mark) = &side.mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &side.full_name));
    }
    if together {
        let font = theme::semibold(theme::tokens(ui).sizes.body);
        ui.label(RichText::new(&side.name).font(font));
    } else {
        ui.label(&side.name);
    }
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
