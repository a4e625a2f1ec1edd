//! What an earning stands for: nothing, chosen sessions, or all paid sessions of its project on its days.

use egui::{ScrollArea, Ui};

use super::EarningDialog;
use crate::domain::ids::SessionId;
use crate::domain::refusal::Field;
use crate::ui::cx::Cx;
use crate::ui::dialogs::parts::{one_of, refused};
use crate::ui::format::{self, Style};
use crate::ui::theme;
use crate::ui::view::earnings::form::{CoversKind, Input, Kind, Read};
use crate::ui::view::reasons::counted;
use crate::ui::widgets::field::reason_ui;

/// Most rows of the list that are seen at once.
const ROWS: f32 = 5.0;

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read) {
    // Money of before the Book, and what comes on top of the work, stands for no session.
    if matches!(dialog.form.kind, Kind::Opening | Kind::ClawBack) {
        dialog.form.covers = CoversKind::Nothing;
        return;
    }
    ui.label("Stands for");
    let options = [
        (CoversKind::Nothing, "No session", "It adds to what the sessions are worth"),
        (CoversKind::Sessions, "Chosen sessions", "They have no estimate any more"),
        (CoversKind::Days, "All of the project on these days", "Every paid session of the project on the days worked"),
    ];
    one_of(ui, "Stands for", &options, &mut dialog.form.covers);
    if dialog.form.covers == CoversKind::Sessions {
        list_ui(ui, cx, dialog);
    }
    let own = read.reasons.get(&Input::Covers).filter(|_| dialog.tried).cloned();
    if let Some(reason) = own.or_else(|| refused(cx, Field::Covers)) {
        reason_ui(ui, &reason);
    }
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog) {
    let tokens = theme::tokens(ui);
    let form = &dialog.form;
    let choices = dialog.choices.get((cx.book.revision(), form.project), || form.choices(&cx.figures.work)).clone();
    if choices.is_empty() {
        ui.label("No session of this project waits for an earning.");
        return;
    }
    let secs: i64 = {
        let chosen = form.sessions.iter().filter_map(|id| cx.book.session(*id));
        chosen.map(|session| session.own_secs(cx.now.at)).sum()
    };
    let words = format!("{} chosen, {}", counted(form.sessions.len(), "session"), format::hours(secs));
    let height = tokens.sizes.row_dense;
    ScrollArea::vertical().id_salt("earning-sessions").max_height(ROWS * height).show_rows(
        ui,
        height,
        choices.len(),
        |ui, rows| {
            ui.set_min_width(ui.available_width());
            for id in choices.get(rows).unwrap_or_default() {
                session_ui(ui, cx, &mut dialog.form.sessions, *id);
            }
        },
    );
    ui.label(egui::RichText::new(words).small().color(tokens.muted));
}

fn session_ui(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Vec<SessionId>, id: SessionId) {
    let Some(session) = cx.book.session(id) else { return };
    let style = Style::of(cx.book.settings());
    let day = style.day(cx.book.day_of(session), cx.today);
    let time = crate::ui::view::sessions::time_words(session);
    let mut words = format!("{day}, {time}, {}", format::hours(session.own_secs(cx.now.at)));
    if let Some(tasks) = session.tasks {
        words = format!("{words}, {}", counted(usize::try_from(tasks.get()).unwrap_or(0), "task"));
    }
    let mut is_chosen = chosen.contains(&id);
    if ui.checkbox(&mut is_chosen, words).changed() {
        if is_chosen {
            chosen.push(id);
        } else {
            chosen.retain(|known| *known != id);
        }
    }
}
