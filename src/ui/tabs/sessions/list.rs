//! The list: day heads and rows, their cells, the menu of a row, and the verbs of what is chosen at its foot.

use egui::{Align, Color32, CursorIcon, Key, Layout, Pos2, RichText, Ui};

use super::cell::{self, CellEdit};
use super::{Chosen, edit, go_on};
use crate::domain::command::Command;
use crate::domain::ids::SessionId;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::bar::ProjectChoice;
use crate::ui::view::names::Mark;
use crate::ui::view::sessions::{DayHead, EarningRow, Line, SessionRow, SessionsView};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::table::{Column, Row, RowSpec, Table, TableOutput};
use crate::ui::widgets::{button, menu, rich};

/// Least width of the column beside the project, whichever it is.
const NEXT_COLUMN: f32 = 100.0;

/// What the list is drawn from and changes.
pub(super) struct Parts<'p> {
    pub(super) view: &'p SessionsView,
    pub(super) projects: &'p [ProjectChoice],
    pub(super) chosen: &'p mut Chosen,
    pub(super) editing: &'p mut Option<CellEdit>,
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
struct Asked {
    begin: Option<(SessionId, Cell)>,
    open: Option<SessionId>,
    /// The row's menu was opened: it is chosen, unless it was among several.
    menu: Option<SessionId>,
}

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let between = ui.spacing().item_spacing.y;
    let foot = if parts.chosen.ids.is_empty() { 0.0 } else { tokens.sizes.row_dense + tokens.sizes.gap_s + between };
    let height = (ui.available_height() - tokens.sizes.row_dense - foot).max(tokens.sizes.row);
    let show = parts.chosen.show.take().and_then(|id| parts.view.line_of(id));
    let mut asked = Asked::default();
    let out = {
        let Parts { view, projects, chosen, editing } = &mut *parts;
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
            .scroll_to(show);
        table.show(
            ui,
            view.lines.len(),
            |at| spec(view, chosen, at),
            |row| match view.lines.get(row.index()) {
                Some(Line::Day(day)) => day_ui(row, day, tokens),
                Some(Line::Earning(earning)) => earning_ui(row, earning),
                Some(Line::Session(session)) => {
                    session_ui(row, cx, session, projects, chosen, editing, &mut asked, actions);
                }
                None => {}
            },
        )
    };
    follow(ui, cx, parts, &out, &asked, actions);
    if !parts.chosen.ids.is_empty() {
        foot_ui(ui, cx, parts, actions);
    }
}

fn spec(view: &SessionsView, chosen: &Chosen, at: usize) -> RowSpec {
    match view.lines.get(at) {
        Some(Line::Day(day)) => RowSpec::new(("day", day.day), &day.title).head(),
        Some(Line::Session(row)) => {
            RowSpec::new(("session", row.id()), &row.name).selected(chosen.ids.contains(&row.id()))
        }
        Some(Line::Earning(row)) => RowSpec::new(("earning", row.id), &row.name).plain(),
        None => RowSpec::new(("none", at), "").plain(),
    }
}

/// Turns clicks into choices, edits and dialogs.
fn follow(ui: &Ui, cx: &Cx<'_>, parts: &mut Parts<'_>, out: &TableOutput, asked: &Asked, actions: &mut Vec<Action>) {
    let at = |index: Option<usize>| match index.and_then(|at| parts.view.lines.get(at)) {
        Some(Line::Session(row)) => Some(row.id()),
        _ => None,
    };
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
        actions.push(edit(cx, &row.session));
    } else if let Some((id, cell)) = asked.begin
        && !held.any()
        && let Some(row) = parts.view.row(id)
    {
        *parts.editing = Some(CellEdit::new(ui, row, cell));
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

fn mark_ui(ui: &mut Ui, mark: Option<&Mark>, platform: &str) {
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

#[expect(clippy::too_many_arguments, reason = "what one row is drawn from, in one place")]
fn session_ui(
    row: &mut Row<'_>,
    cx: &Cx<'_>,
    session: &SessionRow,
    projects: &[ProjectChoice],
    chosen: &Chosen,
    editing: &mut Option<CellEdit>,
    asked: &mut Asked,
    actions: &mut Vec<Action>,
) {
    let id = session.id();
    let response = row.response().clone();
    row.menu(|ui| {
        asked.menu = Some(id);
        menu_ui(ui, cx, session, chosen, actions);
    });
    if response.has_focus() && response.ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter)) {
        asked.open = Some(id);
    }
    let mut at = Pointer {
        clicked: response.clicked().then(|| response.interact_pointer_pos()).flatten(),
        hover: response.hover_pos().filter(|_| !cx.read_only),
        was_chosen: chosen.one() == Some(id),
        begin: None,
    };
    let in_cell = |editing: &Option<CellEdit>, wanted: &[Cell]| {
        editing.as_ref().is_some_and(|edit| edit.id == id && wanted.contains(&edit.cell))
    };

    let edits = in_cell(editing, &[Cell::Project]);
    row.cell(|ui| {
        if edits {
            cell::ui(ui, cx, session, projects, editing, actions);
        } else {
            at.choice(ui, Cell::Project);
            project_ui(ui, session);
        }
    });
    let edits = in_cell(editing, &[Cell::Activity]);
    row.cell(|ui| {
        if edits {
            cell::ui(ui, cx, session, projects, editing, actions);
        } else {
            at.choice(ui, Cell::Activity);
            let color = theme::tokens(ui).muted;
            ui.label(RichText::new(&session.activity).color(color));
        }
    });
    let edits = in_cell(editing, &[Cell::Start, Cell::End]);
    row.cell(|ui| {
        if edits {
            cell::ui(ui, cx, session, projects, editing, actions);
        } else {
            let middle = ui.max_rect().center().x;
            let has_clock = session.session.declared_secs.is_none();
            if has_clock {
                at.text(ui, |x| if x < middle { Cell::Start } else { Cell::End });
            }
            let color = if has_clock { theme::tokens(ui).text } else { theme::tokens(ui).muted };
            let label = ui.label(RichText::new(&session.time).color(color));
            if !session.more.is_empty() {
                button::tip(label, &session.time, "", &session.more);
            }
        }
    });
    let edits = in_cell(editing, &[Cell::Own]);
    row.cell(|ui| {
        if edits {
            cell::ui(ui, cx, session, projects, editing, actions);
        } else {
            if !session.session.is_open() {
                at.text(ui, |_| Cell::Own);
            }
            ui.add(rich::figure(&session.own));
        }
    });
    asked.begin = asked.begin.or(at.begin.map(|cell| (id, cell)));
    let tokens = theme::tokens(&response.ctx);
    let credited = if session.credited_differs { tokens.warn } else { tokens.muted };
    row.cell(|ui| {
        let label = ui.add(rich::figure(&session.credited).color(credited));
        if session.credited_differs {
            let line = format!("The platform pays for {} of {}", session.credited, session.own);
            button::tip(label, "Credited time", "", &line);
        }
    });
    row.cell(|ui| value_ui(ui, session, tokens.muted));
    row.muted(session.state);
}

fn value_ui(ui: &mut Ui, session: &SessionRow, muted: Color32) {
    if session.has_value {
        ui.add(rich::figure(&session.value));
    } else {
        ui.label(RichText::new(&session.value).color(muted));
    }
}

/// Where the pointer is in a row, and what a click there begins.
struct Pointer {
    clicked: Option<Pos2>,
    hover: Option<Pos2>,
    was_chosen: bool,
    begin: Option<Cell>,
}

impl Pointer {
    /// A cell that is typed into: a click begins where the row is chosen already, so that one can choose rows by any cell.
    fn text(&mut self, ui: &Ui, which: impl Fn(f32) -> Cell) {
        let rect = ui.max_rect();
        let inside = |pos: &Pos2| rect.x_range().contains(pos.x) && rect.y_range().contains(pos.y);
        if self.was_chosen && self.hover.is_some_and(|pos| inside(&pos)) {
            let tokens = theme::tokens(ui);
            let ground = rect.shrink2(egui::vec2(-6.0, 4.0));
            ui.painter().rect_filled(ground, tokens.radius_small(), tokens.raised_hover);
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        if let Some(pos) = self.clicked.filter(inside).filter(|_| self.was_chosen) {
            self.begin = Some(which(pos.x));
        }
    }

    /// A cell with a list to choose from.
    fn choice(&mut self, ui: &Ui, cell: Cell) {
        let rect = ui.max_rect();
        if self.was_chosen && self.clicked.is_some_and(|pos| rect.contains(pos)) {
            self.begin = Some(cell);
        }
    }
}

fn project_ui(ui: &mut Ui, session: &SessionRow) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
    mark_ui(ui, session.mark.as_ref(), &session.platform);
    let ink = if session.session.project.is_some() { tokens.text } else { tokens.muted };
    let flag = session.overlaps.as_ref().map(|line| {
        (rich::one_line(ui, "overlaps", theme::regular(tokens.sizes.small), tokens.warn, f32::INFINITY), line)
    });
    let taken = flag.as_ref().map_or(0.0, |(galley, _)| galley.size().x + tokens.sizes.gap_s);
    let room = (ui.available_width() - taken).max(0.0);
    let name = rich::one_line(ui, &session.project, theme::regular(tokens.sizes.body), ink, room);
    let cut = name.elided;
    let label = ui.label(name);
    if cut {
        label.on_hover_text(&session.project);
    }
    if let Some((galley, line)) = flag {
        button::tip(ui.label(galley), "Overlaps", "", line);
    }
}

/// The verbs of a row, the same as at the foot.
fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, session: &SessionRow, chosen: &Chosen, actions: &mut Vec<Action>) {
    let id = session.id();
    let all: Vec<SessionId> = if chosen.ids.contains(&id) { chosen.ids.iter().copied().collect() } else { vec![id] };
    if all.len() == 1 {
        let can = !session.session.is_open() && !cx.read_only;
        if menu::item_enabled(ui, Verb::Continue.words().name, &Verb::Continue.key_text(), can) {
            actions.push(go_on(cx, &session.session));
        }
        if menu::item_enabled(ui, Verb::Edit.words().name, &Verb::Edit.key_text(), !cx.read_only) {
            actions.push(edit(cx, &session.session));
        }
        menu::separator(ui);
    }
    if menu::item_enabled(ui, Verb::Delete.words().name, &Verb::Delete.key_text(), !cx.read_only) {
        actions.push(Action::Do(Command::DeleteSessions(all)));
    }
}

/// What is chosen, and its verbs.
fn foot_ui(ui: &mut Ui, cx: &Cx<'_>, parts: &Parts<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let one = parts.chosen.one().and_then(|id| parts.view.row(id));
    ui.add_space(tokens.sizes.gap_s);
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), tokens.sizes.row_dense),
        Layout::right_to_left(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
            if verb_ui(ui, Verb::Delete, !cx.read_only) {
                actions.push(Action::Do(Command::DeleteSessions(parts.chosen.ids.iter().copied().collect())));
            }
            if let Some(row) = one {
                if verb_ui(ui, Verb::Edit, !cx.read_only) {
                    actions.push(edit(cx, &row.session));
                }
                if verb_ui(ui, Verb::Continue, !cx.read_only && !row.session.is_open()) {
                    actions.push(go_on(cx, &row.session));
                }
            }
            let words = match one {
                Some(row) => format!("Chosen: {}", row.name),
                None => format!("{} sessions chosen", parts.chosen.ids.len()),
            };
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(words).small().color(tokens.muted)).truncate());
            });
        },
    );
}

fn verb_ui(ui: &mut Ui, verb: Verb, enabled: bool) -> bool {
    let words = verb.words();
    let key = verb.key_text();
    ui.add(button::chip(words.name).enabled(enabled).tip(words.name, &key, words.line)).clicked()
}
