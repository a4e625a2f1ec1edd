//! The projects of a platform with their figures of all time.

use egui::{RichText, Ui};

use super::{Draw, delete_pressed, nothing, section};
use crate::domain::command::Command;
use crate::ui::action::{Action, SessionFilter};
use crate::ui::dialogs::{Dialog, ProjectDialog, StageDialog};
use crate::ui::tabs::platforms::list::rate_ui;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::platforms::ProjectRow;
use crate::ui::widgets::menu;
use crate::ui::widgets::table::{self as list, Column, RowSpec};

/// Height for the rows, in points; more of them scroll.
const ROWS: f32 = 288.0;

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let (cx, rows) = (draw.cx, &draw.page.projects);
    let write = !cx.read_only;
    let id = draw.page.detail.id;
    let add = section(ui, "Projects", Some((Verb::AddProject, write)), |ui| {
        if rows.is_empty() {
            nothing(ui, "No projects yet. A project says what an hour or a task pays.");
            return;
        }
        let output = list::Table::new("Projects of all time")
            .max_height(ROWS)
            .column(Column::fill("Project", 156.0))
            .column(Column::exact("Stage", 76.0).priority(3))
            .column(Column::fill("Work", 88.0).priority(5))
            .column(Column::exact("Pays", 100.0).right().priority(2))
            .column(Column::exact("Hours", 92.0).right().priority(1))
            .column(Column::exact("Earned", 92.0).right().priority(4))
            .column(Column::exact("Rate over all hours", 124.0).right())
            .show(
                ui,
                rows.len(),
                |at| {
                    let row = rows.get(at);
                    let spoken = row.map_or_else(String::new, ProjectRow::spoken);
                    RowSpec::new(("page-project", row.map(|row| row.id)), spoken)
                },
                |line| {
                    let Some(row) = rows.get(line.index()) else { return };
                    row_ui(line, row);
                    if line.response().has_focus() {
                        draw.state.project = Some(row.id);
                    }
                    if delete_pressed(line, write) {
                        draw.actions.push(Action::Do(Command::DeleteProject(row.id)));
                    }
                    line.menu(|ui| row_menu(ui, draw, row));
                },
            );
        notes_ui(ui, rows);
        if let Some(project) = output.clicked.and_then(|at| rows.get(at)).and_then(|row| cx.book.project(row.id))
            && write
        {
            draw.open(Some(Dialog::Project(ProjectDialog::edit(cx, project))));
        }
    });
    if add {
        draw.open(Some(Dialog::Project(ProjectDialog::add(cx, Some(id)))));
    }
}

/// What a row has no room for: how full a cap is, and what is held back.
fn notes_ui(ui: &mut Ui, rows: &[ProjectRow]) {
    let tokens = theme::tokens(ui);
    for row in rows {
        let cap = row.cap.as_ref().map(|cap| {
            (format!("{}: {}, {}", row.name, cap.text, cap.rest), if cap.full { tokens.bad } else { tokens.warn })
        });
        let held = (!row.held.is_empty()).then(|| (format!("{}: {}", row.name, row.held), tokens.muted));
        for (words, ink) in cap.into_iter().chain(held) {
            ui.add(egui::Label::new(RichText::new(words).small().color(ink)).wrap());
        }
    }
}

fn row_ui(line: &mut list::Row<'_>, row: &ProjectRow) {
    line.cell(|ui| {
        let tokens = theme::tokens(ui);
        let text = RichText::new(&row.name).font(theme::semibold(tokens.sizes.body));
        ui.label(if row.over { text.color(tokens.muted) } else { text });
    });
    line.muted(row.stage);
    line.muted(&row.work);
    line.figure(&row.pay);
    line.figure(&row.hours);
    line.figure(&row.earned);
    line.cell(|ui| rate_ui(ui, &row.rate, row.tone, &row.rate_tip));
}

fn row_menu(ui: &mut Ui, draw: &mut Draw<'_, '_>, row: &ProjectRow) {
    let write = !draw.cx.read_only;
    if menu::item_enabled(ui, "Edit…", "Enter", write)
        && let Some(project) = draw.cx.book.project(row.id)
    {
        draw.open(Some(Dialog::Project(ProjectDialog::edit(draw.cx, project))));
    }
    if menu::item_enabled(ui, Verb::ChangeStage.words().name, &Verb::ChangeStage.key_text(), write) {
        draw.open(StageDialog::of_project(draw.cx, row.id).map(Dialog::Stage));
    }
    if menu::item(ui, "Show sessions", "") {
        draw.actions.push(Action::ShowSessions(SessionFilter {
            words: format!("{} · {}", draw.platform.name, row.name),
            project: Some(row.id),
            ..SessionFilter::default()
        }));
    }
    menu::separator(ui);
    if menu::item_enabled(ui, "Delete", &Verb::Delete.key_text(), write) {
        draw.actions.push(Action::Do(Command::DeleteProject(row.id)));
    }
}
