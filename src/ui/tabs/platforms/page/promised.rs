//! Milestones and missions: what terms promise, how far it is, and one click that records what it pays.

use egui::{RichText, Ui};

use super::{Draw, section};
use crate::domain::command::Command;
use crate::domain::ids::EarningId;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::view::platforms::PromiseRow;
use crate::ui::widgets::button;
use crate::ui::widgets::table::{self as list, Column, RowSpec};

/// Height for the rows, in points; more of them scroll.
const ROWS: f32 = 200.0;

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let rows = &draw.page.promised;
    if rows.is_empty() {
        return;
    }
    let write = !draw.cx.read_only;
    let mut done: Option<&PromiseRow> = None;
    section(ui, "Milestones and missions", None, |ui| {
        list::Table::new("Milestones and missions")
            .row_height(theme::tokens(ui).sizes.row_dense + 4.0)
            .max_height(ROWS)
            .column(Column::fill("What", 120.0))
            .column(Column::fill("Project", 140.0).priority(3))
            .column(Column::exact("Pays", 90.0).right())
            .column(Column::exact("Due", 126.0).priority(1))
            .column(Column::exact("Stands", 130.0).priority(2))
            .column(Column::exact("", 84.0).right())
            .show(
                ui,
                rows.len(),
                |at| RowSpec::new(("promise", at), rows.get(at).map_or_else(String::new, PromiseRow::spoken)).plain(),
                |line| {
                    let Some(row) = rows.get(line.index()) else { return };
                    line.text(&row.name);
                    line.muted(&row.project);
                    line.figure(&row.amount);
                    line.cell(|ui| {
                        let tokens = theme::tokens(ui);
                        let ink = if row.late { tokens.warn } else { tokens.muted };
                        ui.label(RichText::new(&row.due).color(ink));
                    });
                    line.muted(&row.state);
                    line.cell(|ui| {
                        if !row.ready {
                            return;
                        }
                        let name = format!("Record {} of {}", row.name, row.project);
                        let tip = "Puts what it pays among the earnings, as handed in today";
                        let button = button::chip("Record").named(&name).enabled(write).tip("Record", "", tip);
                        if ui.add(button).clicked() {
                            done = Some(row);
                        }
                    });
                },
            );
    });
    if let Some(row) = done {
        let earning = row.promise.earning(draw.cx.book, EarningId(draw.cx.fresh.draw()), draw.cx.today);
        let words = format!("Record {}", row.name);
        let commands = vec![Command::SetEarning(Box::new(earning))];
        draw.actions.push(Action::Do(Command::Together { words, commands }));
    }
}
