//! Editing in place: one cell of a row as a field or a list, with what was understood shown under it at once.
//!
//! Enter sends, Escape puts back, going elsewhere sends what fits. The same form as the dialog reads the draft, so
//! that both refuse the same things; a time that comes twice is asked in the dialog.

use egui::{
    Align, Area, Frame, Id, Layout, Margin, Order, Popup, RichText, Role, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
};

use super::list::Cell;
use crate::domain::command::Command;
use crate::domain::ids::SessionId;
use crate::domain::session::Activity;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{Dialog, SessionDialog};
use crate::ui::format::{self, Style};
use crate::ui::theme;
use crate::ui::view::bar::ProjectChoice;
use crate::ui::view::names;
use crate::ui::view::session_form::{Part, Read, SessionForm, Twice};
use crate::ui::view::sessions::{SessionRow, time_words};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::field::{Ended, Field, Label};
use crate::ui::widgets::picker::{self, Choice, Picker};

/// Within this time a second click on the cell means the row: a double click opens the dialog.
const DOUBLE_CLICK_SECS: f64 = 0.5;

/// A cell being edited.
#[derive(Debug)]
pub(super) struct CellEdit {
    pub(super) id: SessionId,
    pub(super) cell: Cell,
    form: SessionForm,
    /// Sent, and not refused so far.
    sent: bool,
    /// egui's time at which it began, in seconds.
    since: f64,
    /// Not drawn yet.
    fresh: bool,
}

enum Next {
    Stay,
    Close,
    Send,
    /// The dialog asks the rest.
    Dialog,
}

impl CellEdit {
    /// Begins to edit a cell of a row.
    pub(super) fn new(ui: &Ui, row: &SessionRow, cell: Cell, style: Style) -> Self {
        let edit = Self {
            id: row.id(),
            cell,
            form: SessionForm::edit(&row.session, style),
            sent: false,
            since: ui.input(|input| input.time),
            fresh: true,
        };
        if matches!(cell, Cell::Project | Cell::Activity) {
            picker::open(ui.ctx(), edit.widget());
        }
        edit
    }

    /// Whether it was sent in an earlier frame and carried out.
    pub(super) fn is_done(&self, cx: &Cx<'_>) -> bool {
        self.sent && cx.refused.is_none()
    }

    fn widget(&self) -> Id {
        Id::unique(("session-cell", self.id, self.cell))
    }
}

/// Draws the cell being edited.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &SessionRow,
    projects: &[ProjectChoice],
    editing: &mut Option<CellEdit>,
    actions: &mut Vec<Action>,
) {
    let Some(edit) = editing else { return };
    let next = match edit.cell {
        Cell::Project => project_ui(ui, cx, row, projects, edit),
        Cell::Activity => activity_ui(ui, row, edit),
        Cell::Start | Cell::End | Cell::Own => text_ui(ui, cx, row, edit),
    };
    edit.fresh = false;
    match next {
        Next::Stay => {}
        Next::Close => {
            if edit.sent {
                // Takes the reason away with it.
                actions.push(Action::CloseDialog);
            }
            *editing = None;
        }
        Next::Send => match edit.form.read(cx.book, cx.now, cx.today, edit.id).session {
            Some(session) if session == *row.session => *editing = None,
            Some(session) => {
                edit.sent = true;
                actions.push(Action::Submit(Command::EditSession(Box::new(session))));
            }
            None => {}
        },
        Next::Dialog => {
            let form = edit.form.clone();
            *editing = None;
            actions.push(Action::Open(Box::new(Dialog::Session(SessionDialog::with(form)))));
        }
    }
}

fn text_ui(ui: &mut Ui, cx: &Cx<'_>, row: &SessionRow, edit: &mut CellEdit) -> Next {
    let (what, part) = match edit.cell {
        Cell::Start => ("Start", Part::Start),
        Cell::End => ("End", Part::End),
        Cell::Own | Cell::Project | Cell::Activity => ("Own time", Part::Length),
    };
    let name = format!("{what} of {}", row.name);
    let id = edit.widget();
    let size = egui::vec2(ui.max_rect().width(), theme::tokens(ui).sizes.row_dense);
    let place = egui::Rect::from_center_size(ui.max_rect().center(), size);
    let draft = match edit.cell {
        Cell::Start => &mut edit.form.start,
        Cell::End => &mut edit.form.end,
        Cell::Own | Cell::Project | Cell::Activity => &mut edit.form.length,
    };
    let whole = draft.chars().count();
    let field =
        Field::new(&name, draft).label(Label::Unseen).dense().right().width(size.x).limit(40).id(id).autofocus();
    let out =
        ui.scope_builder(UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Min)), |ui| field.show(ui));
    let out = out.inner;
    if edit.fresh {
        // All of it stands marked: typing replaces it.
        let mut state = egui::TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(whole));
        state.cursor.set_char_range(Some(all));
        egui::TextEdit::store_state(ui.ctx(), id, state);
    }
    if out.response.changed() {
        edit.sent = false;
        match edit.cell {
            Cell::Start => edit.form.start_typed(),
            Cell::End => edit.form.end_typed(),
            Cell::Own | Cell::Project | Cell::Activity => edit.form.length_typed(),
        }
    }
    let early = ui.input(|input| input.time) - edit.since < DOUBLE_CLICK_SECS;
    if out.response.double_clicked() && early {
        return Next::Dialog;
    }
    let read = edit.form.read(cx.book, cx.now, cx.today, edit.id);
    let twice = read.start_twice == Twice::Ask || read.end_twice == Twice::Ask;
    let reason = reason(&read, edit, cx).map(|reason| if twice { format!("{reason} (Enter)") } else { reason });
    let note = match (&read.session, part) {
        (Some(session), Part::Start | Part::End) => {
            Some(format!("{}, {}", time_words(session), format::hours(session.own_secs(cx.now.at))))
        }
        _ => read.notes.get(&part).cloned(),
    };
    if reason.is_some() {
        let tokens = theme::tokens(ui);
        let rect = out.response.rect;
        ui.painter().rect_stroke(rect, tokens.radius(), Stroke::new(2.0, tokens.bad), StrokeKind::Inside);
    }
    under(ui, id, out.response.rect, reason.as_deref(), note.as_deref());
    match out.ended {
        Some(Ended::Cancelled) => Next::Close,
        Some(Ended::Entered) if twice => Next::Dialog,
        Some(Ended::Entered) if reason.is_some() || read.session.is_none() => {
            out.response.request_focus();
            Next::Stay
        }
        Some(Ended::Entered) => Next::Send,
        Some(Ended::Left) if read.session.is_some() => Next::Send,
        Some(Ended::Left) | None => Next::Stay,
    }
}

/// Why the draft does not fit: as it is read, or as it was refused.
fn reason(read: &Read, edit: &CellEdit, cx: &Cx<'_>) -> Option<String> {
    let refused = || cx.refused.as_ref().filter(|_| edit.sent).map(ToString::to_string);
    read.reasons.values().next().cloned().or_else(refused)
}

/// What was understood, or why not, in a small box under the cell; rows stay of one height.
fn under(ui: &Ui, id: Id, rect: egui::Rect, reason: Option<&str>, note: Option<&str>) {
    let tokens = theme::tokens(ui);
    let Some(text) = reason.or(note) else { return };
    let color = if reason.is_some() { tokens.bad } else { tokens.muted };
    Area::new(id.with("under"))
        .order(Order::Tooltip)
        .fixed_pos(rect.left_bottom() + egui::vec2(0.0, 2.0))
        .constrain(true)
        .interactable(false)
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(tokens.surface)
                .stroke(tokens.hairline())
                .corner_radius(tokens.radius_small())
                .inner_margin(Margin::symmetric(8, 4))
                .show(ui, |ui| {
                    let label = egui::Label::new(RichText::new(text).small().color(color)).extend();
                    let response = ui.add(label);
                    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
                    ui.ctx().accesskit_node_builder(response.id, |node| {
                        node.set_live(egui::accesskit::Live::Polite);
                    });
                });
        });
}

fn project_ui(ui: &mut Ui, cx: &Cx<'_>, row: &SessionRow, projects: &[ProjectChoice], edit: &mut CellEdit) -> Next {
    let name = format!("Project of {}", row.name);
    let mut choices = vec![Choice::from(names::NO_PROJECT)];
    choices.extend(projects.iter().map(|project| Choice {
        text: &project.text,
        mark: project.mark.as_ref().map(|mark| PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
        detail: &project.pay,
    }));
    let at = edit.form.project.and_then(|id| projects.iter().position(|project| project.id == id));
    let picker = Picker::new(&name)
        .chosen(at.map(|at| at + 1))
        .value(Choice { text: &row.project, ..Choice::default() })
        .chip()
        .width(ui.available_width())
        .id(edit.widget());
    match picker.pick(ui, &choices) {
        Some(at) => {
            let project = at.checked_sub(1).and_then(|at| projects.get(at)).map(|project| project.id);
            edit.form.set_project(cx.book, project);
            Next::Send
        }
        None => stay_while_open(ui, edit),
    }
}

fn activity_ui(ui: &mut Ui, row: &SessionRow, edit: &mut CellEdit) -> Next {
    let name = format!("Activity of {}", row.name);
    let choices = Activity::ALL.map(|activity| Choice {
        text: names::activity(activity),
        mark: None,
        detail: if activity.usually_paid() { "paid" } else { "unpaid" },
    });
    let at = Activity::ALL.iter().position(|activity| *activity == edit.form.activity());
    let picker = Picker::few(&name).chosen(at).chip().width(ui.available_width()).id(edit.widget());
    match picker.pick(ui, &choices).and_then(|at| Activity::ALL.get(at)) {
        Some(activity) => {
            edit.form.set_activity(*activity);
            Next::Send
        }
        None => stay_while_open(ui, edit),
    }
}

fn stay_while_open(ui: &Ui, edit: &CellEdit) -> Next {
    if edit.fresh || edit.sent || Popup::is_any_open(ui.ctx()) { Next::Stay } else { Next::Close }
}
