//! What changed, as a table: each change of terms in two rows, before and after.

use egui::Ui;

use crate::domain::ids::ProjectId;
use crate::ui::theme;
use crate::ui::view::changed::ChangedRow;
use crate::ui::widgets::table::{self as list, Column, RowSpec};

/// Height for the rows, in points; more of them scroll.
const ROWS: f32 = 200.0;

/// Draws the rows; the project whose row was clicked.
pub fn ui(ui: &mut Ui, rows: &[ChangedRow]) -> Option<ProjectId> {
    let output = list::Table::new("What changed")
        .row_height(theme::tokens(ui).sizes.row_dense)
        .max_height(ROWS)
        .column(Column::fill("Project", 130.0))
        .column(Column::exact("Pays", 92.0).right().priority(3))
        .column(Column::exact("Days", 168.0).priority(1))
        .column(Column::exact("Over all hours", 102.0).right())
        .column(Column::exact("Paid hours", 86.0).right().priority(4))
        .column(Column::exact("Earned", 88.0).right().priority(5))
        .column(Column::exact("Unpaid", 60.0).right().priority(2))
        .show(
            ui,
            rows.len(),
            |at| {
                let row = rows.get(at);
                let key = row.map(|row| (row.id, row.after));
                RowSpec::new(("changed", key), row.map_or_else(String::new, ChangedRow::spoken))
            },
            |line| {
                let Some(row) = rows.get(line.index()) else { return };
                if row.after {
                    line.text(&row.name);
                } else {
                    line.muted(&row.name);
                }
                line.figure(&row.pay);
                line.muted(&row.when_in_short);
                if row.lacks.is_empty() {
                    line.figure(&row.rate);
                } else {
                    line.muted(&row.rate);
                }
                line.figure(&row.paid);
                line.figure(&row.earned);
                line.figure(&row.unpaid);
            },
        );
    output.clicked.and_then(|at| rows.get(at)).map(|row| row.project)
}
