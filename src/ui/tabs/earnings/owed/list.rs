//! The list: a row a piece of money, estimates greyed, with the menu of each.

use egui::{Color32, RichText, Ui};

use super::chosen::Chosen;
use super::{acts, foot, menu};
use crate::domain::query::owed::OwedId;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::tabs::ink;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::owed::{Line, OwedView};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::table::{Column, Row, RowSpec, Table};
use crate::ui::widgets::{button, rich};

/// What the list is drawn from and changes.
pub(super) struct Parts<'p> {
    pub(super) view: &'p OwedView,
    pub(super) chosen: &'p mut Chosen,
    /// The menu of the chosen row was asked for by key.
    pub(super) menu_key: bool,
}

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let height =
        (ui.available_height() - tokens.sizes.row_dense - foot::height(ui, parts.chosen)).max(tokens.sizes.row);
    let view = parts.view;
    let show = parts.chosen.show.take().and_then(|id| view.place(id));
    let menu_of = parts.chosen.last.filter(|_| parts.menu_key).and_then(|id| view.place(id));
    let table = Table::new("Owed list")
        .column(Column::fill("What", 160.0))
        .column(Column::exact("Worked", 180.0).priority(3))
        .column(Column::exact("Amount", 128.0).right())
        .column(Column::exact("Accepted", 92.0).right().priority(4))
        .column(Column::exact("State", 136.0))
        .column(Column::exact("Since", 100.0).priority(5))
        .column(Column::exact("Age", 72.0).right().priority(2))
        .column(Column::exact("Next", 248.0).priority(1))
        .max_height(height)
        .fill_height()
        .scroll_to(show.or(menu_of));
    let mut menu_opened: Option<OwedId> = None;
    let mut asked: Option<Verb> = None;
    let chosen: &Chosen = parts.chosen;
    let menu_key = parts.menu_key;
    let out = table.show(
        ui,
        view.lines.len(),
        |at| match view.lines.get(at) {
            Some(line) => RowSpec::new(("owed", line.row.id), &line.name).selected(chosen.ids.contains(&line.row.id)),
            None => RowSpec::new(("none", at), "").plain(),
        },
        |row| {
            let Some(line) = view.lines.get(row.index()) else { return };
            let by_key = menu_key && chosen.last == Some(line.row.id);
            row.menu_by_key(by_key, |ui| {
                menu_opened = Some(line.row.id);
                let among = chosen.ids.len() > 1 && chosen.ids.contains(&line.row.id);
                let lines = if among { chosen.lines(view) } else { vec![line] };
                asked = menu::ui(ui, cx, &lines);
            });
            row_ui(row, line, tokens);
        },
    );
    let at = |index: Option<usize>| view.lines.get(index?).map(|line| line.row.id);
    if let Some(id) = at(out.clicked) {
        parts.chosen.click(view, id, ui.input(|input| input.modifiers));
    }
    if let Some(id) = menu_opened.filter(|id| !parts.chosen.ids.contains(id)) {
        parts.chosen.only(id);
    }
    if let Some(id) = at(out.double_clicked) {
        parts.chosen.only(id);
        asked = asked.or(Some(Verb::EditEarning));
    }
    if let Some(verb) = asked {
        actions.extend(acts::action(cx, verb, &parts.chosen.lines(view)));
    }
    foot::ui(ui, cx, view, parts.chosen, actions);
}

fn row_ui(row: &mut Row<'_>, line: &Line, tokens: &Tokens) {
    let ink = if line.grey { tokens.muted } else { tokens.text };
    row.cell(|ui| what_ui(ui, line, ink));
    row.muted(&line.worked);
    row.cell(|ui| {
        ui.add(rich::figure(&line.amount).color(ink));
    });
    row.cell(|ui| {
        if !line.accepted.is_empty() {
            let figure = ui.add(rich::figure(&line.accepted).color(tokens.warn));
            button::tip(figure, "Accepted", "", "What of it the platform accepted");
        }
    });
    row.cell(|ui| {
        ui.add(egui::Label::new(RichText::new(&line.state).color(ink)).truncate());
    });
    row.muted(&line.since);
    row.muted(&line.age);
    row.cell(|ui| {
        let ink = ink::of_next(tokens, line.tone);
        ui.add(egui::Label::new(RichText::new(&line.next).color(ink)).truncate());
    });
}

fn what_ui(ui: &mut Ui, line: &Line, ink: Color32) {
    let muted = theme::tokens(ui).muted;
    if let Some(mark) = &line.mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &line.platform));
    }
    let label = egui::Label::new(RichText::new(&line.what).color(ink));
    ui.add(if line.aside.is_empty() { label.truncate() } else { label });
    if !line.aside.is_empty() {
        ui.add(egui::Label::new(RichText::new(&line.aside).small().color(muted)).truncate());
    }
}
