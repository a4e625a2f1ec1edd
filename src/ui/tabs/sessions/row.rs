//! A session as a row: its cells, what a click on one begins, its overlap and its note.

use egui::{Color32, CursorIcon, Key, Pos2, RichText, Ui};

use super::cell::{self, CellEdit};
use super::chosen::Chosen;
use super::list::{self, Asked, Cell};
use super::menu;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::view::bar::ProjectChoice;
use crate::ui::view::sessions::{SessionRow, SessionsView};
use crate::ui::widgets::table::Row;
use crate::ui::widgets::{button, menu as widgets_menu, rich};

/// With less room than this beside the project, its note is left out.
const LEAST_ASIDE: f32 = 40.0;
/// Room for the word that says that a session overlaps another one.
const OVERLAPS: f32 = 82.0;

/// What a row is drawn from and changes.
pub(super) struct Parts<'p> {
    pub(super) view: &'p SessionsView,
    pub(super) projects: &'p [ProjectChoice],
    pub(super) chosen: &'p Chosen,
    pub(super) editing: &'p mut Option<CellEdit>,
    /// The menu of the row that was chosen last was asked for by key.
    pub(super) menu_key: bool,
}

/// Draws a session and notes what was asked for.
pub(super) fn ui(
    row: &mut Row<'_>,
    cx: &Cx<'_>,
    session: &SessionRow,
    parts: &mut Parts<'_>,
    asked: &mut Asked,
    actions: &mut Vec<Action>,
) {
    let Parts { view, projects, chosen, editing, menu_key } = parts;
    let id = session.id();
    let response = row.response().clone();
    let by_key = *menu_key && chosen.last == Some(id);
    row.menu_by_key(by_key, |ui| {
        asked.menu = Some(id);
        menu::ui(ui, cx, view, session, chosen, actions);
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
            project_ui(ui, session, !cx.read_only, actions);
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

/// The badge and the name; then, as far as there is room, what it overlaps, the zone and the note.
fn project_ui(ui: &mut Ui, session: &SessionRow, can: bool, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
    list::mark_ui(ui, session.mark.as_ref(), &session.platform);
    let ink = if session.session.project.is_some() { tokens.text } else { tokens.muted };
    let small = || theme::regular(tokens.sizes.small);
    let room = if session.overlap.is_some() { ui.available_width() - OVERLAPS } else { ui.available_width() };
    let name = rich::one_line(ui, &session.project, theme::regular(tokens.sizes.body), ink, room.max(0.0));
    let cut = name.elided;
    let label = ui.label(name);
    if cut {
        label.on_hover_text(&session.project);
    }
    if let Some(overlap) = &session.overlap {
        let name = format!("{}: {}", session.name, overlap.words);
        let chip = button::chip("overlaps").color(tokens.warn).named(&name);
        let flag = ui.add(chip.tip("Overlaps", "", &overlap.line));
        widgets_menu::under(&flag, |ui| menu::repairs_ui(ui, overlap, can, actions));
    }
    let left = ui.available_width();
    if !session.aside.is_empty() && left > LEAST_ASIDE {
        let aside = rich::one_line(ui, &session.aside, small(), tokens.muted, left);
        let cut = aside.elided;
        let label = ui.label(aside);
        if cut {
            label.on_hover_text(&session.more);
        }
    }
}
