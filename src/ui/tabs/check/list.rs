//! The list: a row a line, with logged, credited and received side by side, and its verb at the right.

use egui::{RichText, Ui};

use super::{Chosen, Lines, acts};
use crate::domain::query::reconcile::{Place, What};
use crate::ui::cx::Cx;
use crate::ui::format::NONE;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::check::CheckLine;
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::table::{Column, Row, RowSpec, Table};
use crate::ui::widgets::{button, menu, rich};

/// Draws the list; the verb that was asked for of the line that is chosen then.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, lines: &Lines<'_>, chosen: &mut Chosen) -> Option<Verb> {
    let tokens = theme::tokens(ui);
    let height = (ui.available_height() - tokens.sizes.row_dense).max(tokens.sizes.row);
    let waits = lines.get(0).is_some_and(|line| line.line.place() == Place::Waits);
    let quiet = lines.get(0).is_some_and(|line| line.line.place() == Place::Fits);
    let (days_go, sureness_goes) = if waits { (3, 2) } else { (2, 3) };
    let table = Table::new("Check list")
        .column(Column::fill("What", 190.0))
        .column(Column::fill("Whose", 110.0).priority(1))
        .column(Column::fill("Days", if quiet { 168.0 } else { 104.0 }).priority(days_go))
        .column(Column::exact("Logged", 120.0).right())
        .column(Column::exact("Credited", 88.0).right())
        .column(Column::exact("Received", 88.0).right());
    let table = if waits { table.column(Column::exact("How sure", 76.0).priority(sureness_goes)) } else { table };
    let table = if quiet { table } else { table.column(Column::exact("", 134.0).right()) };
    let table = table.max_height(height).fill_height();
    let table = if quiet { table.row_height(tokens.sizes.row_dense) } else { table };
    let show = std::mem::take(&mut chosen.show).then_some(chosen.at);
    let key = chosen.key.clone();
    let mut asked: Option<(usize, Verb)> = None;
    let out = table.scroll_to(show).show(
        ui,
        lines.rows.len(),
        |at| match lines.get(at) {
            Some(line) => RowSpec::new(("check", &line.key), &line.name).selected(key.as_ref() == Some(&line.key)),
            None => RowSpec::new(("none", at), "").plain(),
        },
        |row| {
            let at = row.index();
            let Some(line) = lines.get(at) else { return };
            row.menu(|ui| {
                for verb in acts::verbs(line) {
                    let can = !cx.read_only || verb.only_looks();
                    if menu::item_enabled(ui, verb.words().name, &verb.key_text(), can) {
                        asked = Some((at, verb));
                    }
                }
            });
            let clicked = row_ui(row, cx, line, waits, tokens);
            asked = clicked.map(|verb| (at, verb)).or(asked);
        },
    );
    let at = asked.map(|(at, _)| at).or(out.clicked);
    if let Some((at, line)) = at.and_then(|at| Some((at, lines.get(at)?))) {
        let again = chosen.key.as_ref() == Some(&line.key) && asked.is_none();
        let closed = chosen.closed;
        chosen.only(at, line);
        // A click on the line that is open closes it.
        chosen.closed = again && !closed;
    }
    asked.map(|(_, verb)| verb)
}

fn row_ui(row: &mut Row<'_>, cx: &Cx<'_>, line: &CheckLine, waits: bool, tokens: &Tokens) -> Option<Verb> {
    let place = line.line.place();
    let ink = match (&line.line.what, place) {
        (What::NeverCame { surely: true, .. }, _) => tokens.bad,
        (_, Place::Differs) => tokens.warn,
        (_, Place::Waits) => tokens.text,
        (_, Place::Fits) => tokens.muted,
    };
    row.cell(|ui| {
        ui.add(egui::Label::new(RichText::new(&line.what).color(ink)).truncate());
    });
    row.cell(|ui| {
        if let Some(mark) = &line.mark {
            ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &line.platform));
        }
        let words = if line.project.is_empty() { &line.platform } else { &line.project };
        let ink = if line.mark.is_some() && place != Place::Fits { tokens.text } else { tokens.muted };
        ui.add(egui::Label::new(RichText::new(words).color(ink)).truncate());
    });
    row.muted(&line.days);
    let figure = |ui: &mut Ui, text: &str| {
        let ink = if text == NONE || place == Place::Fits { tokens.muted } else { tokens.text };
        ui.add(rich::figure(text).color(ink));
    };
    row.cell(|ui| {
        figure(ui, &line.promised);
        if !line.time.is_empty() {
            ui.add(egui::Label::new(RichText::new(&line.time).small().color(tokens.muted)).truncate());
        }
    });
    row.cell(|ui| figure(ui, &line.credited));
    row.cell(|ui| figure(ui, &line.received));
    if waits {
        row.muted(line.sureness);
    }
    let mut asked = None;
    row.cell(|ui| {
        let Some(verb) = acts::verbs(line).into_iter().next().filter(|_| place != Place::Fits) else { return };
        let (words, key) = (verb.words(), verb.key_text());
        let name = format!("{}: {}", words.name, line.name);
        let enabled = !cx.read_only || verb.only_looks();
        let chip = button::chip(words.name).named(&name).enabled(enabled).tip(words.name, &key, words.line);
        if ui.add(chip).clicked() {
            asked = Some(verb);
        }
    });
    asked
}
