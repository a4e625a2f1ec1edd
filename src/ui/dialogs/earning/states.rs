//! The states of an earning with their days, oldest first, as a small list that can be edited.

use egui::{RichText, Ui};

use super::EarningDialog;
use crate::domain::refusal::Field;
use crate::ui::cx::Cx;
use crate::ui::dialogs::parts::refused;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::view::earnings::form::{Input, Read, StateDraft, StateKind};
use crate::ui::widgets::button;
use crate::ui::widgets::field::{Field as TextField, Label, reason_ui};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::picker::{Choice, Picker};

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut EarningDialog, read: &Read) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.label("States");
        if dialog.form.states.is_empty() {
            ui.label(RichText::new("nothing was said of it yet").color(tokens.muted));
        }
        let chip = button::chip("Add state").tip("Add state", "", "What became of it, and on which day");
        if ui.add(chip).clicked() {
            let day = Style::of(cx.book.settings()).date(cx.today);
            let kind = next_kind(dialog.form.states.last());
            dialog.form.states.push(StateDraft { day, kind, part: String::new() });
        }
    });
    let mut gone = None;
    for (at, draft) in dialog.form.states.iter_mut().enumerate() {
        let reason = read.reasons.get(&Input::State(at));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
            let number = at + 1;
            let name = format!("Day of state {number}");
            let field = TextField::new(&name, &mut draft.day).label(Label::Unseen).dense().width(130.0);
            field.reason(reason.map(String::as_str)).reason_aside().show(ui);
            let name = format!("State {number}");
            let choices = StateKind::ALL.map(|kind| Choice::from(kind.words()));
            let chosen = StateKind::ALL.iter().position(|kind| *kind == draft.kind);
            let picked = Picker::few(&name).chosen(chosen).chip().width(170.0).pick(ui, &choices);
            if let Some(kind) = picked.and_then(|at| StateKind::ALL.get(at)) {
                draft.kind = *kind;
            }
            if draft.kind == StateKind::ApprovedPart {
                let name = format!("Approved part of state {number}");
                let field = TextField::new(&name, &mut draft.part).label(Label::Unseen).hint("18.00");
                field.dense().width(110.0).show(ui);
            }
            let name = format!("Remove state {number}");
            let cross = button::icon(Icon::Close, &name).tip("Remove", "", "Take this state out of the list");
            if ui.add(cross).clicked() {
                gone = Some(at);
            }
        });
        if let Some(reason) = reason {
            reason_ui(ui, reason);
        }
    }
    if let Some(at) = gone {
        dialog.form.states.remove(at);
    }
    if let Some(reason) = refused(cx, Field::States) {
        reason_ui(ui, &reason);
    }
}

/// What usually comes after a state.
fn next_kind(last: Option<&StateDraft>) -> StateKind {
    match last.map(|draft| draft.kind) {
        None | Some(StateKind::ToReport | StateKind::Reworked) => StateKind::Submitted,
        Some(StateKind::Submitted | StateKind::Appealed | StateKind::Contested) => StateKind::Approved,
        Some(StateKind::Approved | StateKind::ApprovedPart) => StateKind::Invoiced,
        Some(StateKind::Rejected) => StateKind::Appealed,
        Some(StateKind::Invoiced | StateKind::WrittenOff) => StateKind::Contested,
    }
}
