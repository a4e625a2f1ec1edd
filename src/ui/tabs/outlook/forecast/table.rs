//! The weeks as a table, for reading and copying.

use egui::{Align, Layout, RichText, Ui, vec2};

use super::{Asked, Pick};
use crate::ui::theme;
use crate::ui::view::forecast::{COLUMNS, ForecastView};
use crate::ui::widgets::button;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::table::{Column, RowSpec, Table};

pub(super) fn ui(ui: &mut Ui, view: &ForecastView, asked: &mut Vec<Asked>) {
    let title = "The weeks, as a table";
    Card::new().named(title).show(ui, |ui| {
        card::title_row(ui, title, |ui| {
            let line = "The table as text with tabs and plain numbers, for a spreadsheet";
            if ui.add(button::chip("Copy").named("Copy the weeks").tip("Copy the weeks", "", line)).clicked() {
                asked.push(Asked::Copy(view.tab_separated()));
            }
            card::note(ui, "after bills: late, sure and likely money up to then, less all bills");
        });
        let tokens = theme::tokens(ui);
        ui.add_space(tokens.sizes.gap_xs);
        let row = tokens.sizes.row_dense;
        let size = vec2(ui.available_width(), row * (view.weeks.len() + 1) as f32);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            let mut table = Table::new("Weeks").row_height(row).column(Column::fill("Week", 150.0));
            for head in COLUMNS {
                table = table.column(match head {
                    "Payouts" => Column::exact(head, 80.0).right().priority(2),
                    "Possible" => Column::exact(head, 106.0).right().priority(1),
                    _ => Column::exact(head, 106.0).right(),
                });
            }
            let out = table.show(
                ui,
                view.weeks.len(),
                |at| {
                    let said = view.weeks.get(at).map_or("", |week| week.readout.as_str());
                    RowSpec::new(("forecast-week", at), said)
                },
                |line| {
                    let Some(week) = view.weeks.get(line.index()) else { return };
                    line.text(&week.title);
                    for (head, cell) in COLUMNS.iter().zip(&week.cells) {
                        match *head {
                            "Sure" => line.strong(cell),
                            "After bills" if week.short => line.cell(|ui| {
                                let color = theme::tokens(ui).bad;
                                ui.label(RichText::new(cell).color(color));
                            }),
                            _ => line.text(cell),
                        }
                    }
                },
            );
            asked.extend(out.clicked.map(|at| Asked::Pick(Pick::Week(at))));
        });
    });
}
