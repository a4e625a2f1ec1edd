//! The list: day heads, rows, the stretches between that nobody recorded, and the verbs of what is chosen at its foot.

use egui::{Align, Layout, RichText, Ui};

use super::cell::CellEdit;
use super::chosen::Chosen;
use super::{acts, foot, row};
use crate::domain::ids::SessionId;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::bar::ProjectChoice;
use crate::ui::view::names::Mark;
use crate::ui::view::sessions::{DayHead, EarningRow, GapRow, Line, SessionsView};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::table::{Column, Row, RowSpec, Table, TableOutput};
use crate::ui::widgets::{button, rich};

/// Least width of the column beside the project, whichever it is.
const NEXT_COLUMN: f32 = 100.0;

/// What the list is drawn from and changes.
pub(super) struct Parts<'p> {
    pub(super) view: &'p SessionsView,
    pub(super) projects: &'p [ProjectChoice],
    pub(super) task_types: &'p [String],
    pub(super) chosen: &'p mut Chosen,
    pub(super) editing: &'p mut Option<CellEdit>,
    /// The menu of the chosen row was asked for by key.
    pub(super) menu_key: bool,
}

/// A cell in which something can be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Cell {
    Project,
    Activity,
    Start,
    End,
    Own,
}

/// What was asked for while the rows were drawn.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) begin: Option<(SessionId, Cell)>,
    pub(super) open: Option<SessionId>,
    /// The row's menu was opened: it is chosen, unless it was among several.
    pub(super) menu: Option<SessionId>,
}

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let foot = foot::height(ui, parts.chosen);
    let height = (ui.available_height() - tokens.sizes.row_dense - foot).max(tokens.sizes.row);
    let show = parts.chosen.show.take().and_then(|id| parts.view.line_of(id));
    let mut asked = Asked::default();
    let view = parts.view;
    let menu_of = parts.chosen.last.filter(|_| parts.menu_key).and_then(|id| view.line_of(id));
    let table = Table::new("Sessions list")
        .column(Column::fill("Project", 150.0))
        .column(Column::exact("Activity", 112.0).priority(4))
        .column(Column::exact("Time", 116.0).right())
        .column(Column::exact("Own", 88.0).right())
        .column(Column::exact("Credited", 88.0).right().priority(3))
        .column(Column::exact("Value", 130.0).right().priority(1))
        .column(Column::exact("State", 108.0).right().priority(2))
        .max_height(height)
        .fill_height()
        .scroll_to(show.or(menu_of));
    let chosen: &Chosen = parts.chosen;
    let mut row_parts =
        row::Parts { view, projects: parts.projects, chosen, editing: parts.editing, menu_key: parts.menu_key };
    let out = table.show(
        ui,
        view.lines().len(),
        |at| spec(view, chosen, at),
        |row| match view.lines().get(row.index()).copied() {
            Some(Line::Day(day)) => {
                if let Some(head) = view.head(day) {
                    day_ui(row, &head, tokens);
                }
            }
            Some(Line::Earning(place)) => {
                if let Some(earning) = view.earning(place) {
                    earning_ui(row, &earning);
                }
            }
            Some(Line::Gap(gap)) => gap_ui(row, cx, &view.gap(gap), tokens, actions),
            Some(Line::Session(place)) => {
                if let Some(session) = view.session(place) {
                    row::ui(row, cx, &session, &mut row_parts, &mut asked, actions);
                }
            }
            None => {}
        },
    );
    follow(ui, cx, parts, &out, &asked, actions);
    let foot = foot::Parts { view, projects: parts.projects, task_types: parts.task_types, chosen: parts.chosen };
    foot::ui(ui, cx, &foot, actions);
}

fn spec(view: &SessionsView, chosen: &Chosen, at: usize) -> RowSpec {
    let none = || RowSpec::new(("none", at), "").plain();
    match view.lines().get(at).copied() {
        Some(Line::Day(day)) => {
            view.head(day).map_or_else(none, |head| RowSpec::new(("day", head.day), &head.title).head())
        }
        Some(Line::Session(place)) => view.session(place).map_or_else(none, |row| {
            let id = row.id();
            RowSpec::new(("session", id), &row.name).selected(chosen.ids.contains(&id))
        }),
        Some(Line::Earning(place)) => {
            view.earning(place).map_or_else(none, |row| RowSpec::new(("earning", row.id), &row.name).plain())
        }
        Some(Line::Gap(gap)) => RowSpec::new(("gap", gap.before), view.gap(gap).words).plain(),
        None => none(),
    }
}

/// Turns clicks into choices, edits and dialogs.
fn follow(ui: &Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, out: &TableOutput, asked: &Asked, actions: &mut Vec<Action>) {
    let at = |index: Option<usize>| parts.view.lines().get(index?).and_then(|line| parts.view.id_at(*line));
    let held = ui.input(|input| input.modifiers);
    let opened = at(out.double_clicked).or(asked.open);
    if let Some(id) = at(out.clicked) {
        parts.chosen.click(parts.view, id, held);
    }
    if let Some(id) = asked.menu.filter(|id| !parts.chosen.ids.contains(id)) {
        parts.chosen.only(id);
    }
    if cx.read_only {
        return;
    }
    if let Some(row) = opened.and_then(|id| parts.view.row(id)) {
        *parts.editing = None;
        actions.push(acts::edit(cx, &row.session));
    } else if let Some((id, cell)) = asked.begin
        && !held.any()
        && let Some(row) = parts.view.row(id)
    {
        *parts.editing = Some(CellEdit::new(ui, &row, cell, Style::of(cx.book.settings())));
    }
}

fn day_ui(row: &mut Row<'_>, day: &DayHead, tokens: &Tokens) {
    row.cell(|ui| {
        // The next column stands empty: a long day runs into it.
        let room = ui.max_rect().width() + NEXT_COLUMN;
        ui.set_clip_rect(ui.clip_rect().with_max_x(ui.max_rect().left() + room));
        let font = theme::semibold(tokens.sizes.body);
        let title = rich::one_line(ui, &day.title, font, tokens.text, room);
        ui.label(title);
    });
    row.skip();
    row.skip();
    row.figure(&day.totals.own);
    row.skip();
    row.cell(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_xs;
        let response = ui.add(rich::figure(&day.totals.earned).strong());
        if !day.totals.note.is_empty() {
            button::tip(response, "Earned", "", &day.totals.note);
        }
        ui.label(RichText::new("earned").small().color(tokens.muted));
    });
    row.cell(|ui| {
        let rate = rich::figure(&day.totals.rate);
        ui.add(if day.totals.too_little { rate.color(tokens.muted) } else { rate });
    });
}

pub(super) fn mark_ui(ui: &mut Ui, mark: Option<&Mark>, platform: &str) {
    if let Some(mark) = mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, platform));
    }
}

fn earning_ui(row: &mut Row<'_>, earning: &EarningRow) {
    row.cell(|ui| {
        mark_ui(ui, earning.mark.as_ref(), &earning.platform);
        ui.label(&earning.project);
    });
    row.muted(earning.kind);
    row.skip();
    row.skip();
    row.skip();
    row.figure(&earning.value);
    row.muted(earning.state);
}

/// A stretch that nobody recorded, with what can be done about it.
fn gap_ui(row: &mut Row<'_>, cx: &Cx<'_>, gap: &GapRow, tokens: &Tokens, actions: &mut Vec<Action>) {
    row.rest_right(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_xs;
        let asked = |verb: Verb, ui: &mut Ui| {
            let words = verb.words();
            let key = verb.key_text();
            let name = format!("{} {}", words.name, gap.words);
            let chip = button::chip(words.name).named(&name).enabled(!cx.read_only).tip(words.name, &key, words.line);
            ui.add(chip).clicked()
        };
        if asked(Verb::LeaveGap, ui) {
            actions.push(acts::leave(cx, gap));
        }
        if asked(Verb::FillGap, ui) {
            actions.push(acts::fill(cx, gap));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(egui::Label::new(RichText::new(&gap.words).color(tokens.warn)).truncate());
        });
    });
}
