//! What to watch, a line each with the verbs that help.

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::domain::ids::PlatformId;
use crate::domain::platform::{Check, Stage};
use crate::domain::query::exposure::{Closing, Risk, SAVE_PAGE};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{AccessEndedDialog, Dialog, EvidenceDialog};
use crate::ui::view::exposure::{ExposureView, Warning};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::button;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::icon::Icon;
use crate::ui::{edits, theme};

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &ExposureView, actions: &mut Vec<Action>) {
    if view.warnings.is_empty() {
        return;
    }
    Card::new().named("What to watch").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        card::title(ui, "What to watch");
        for warning in &view.warnings {
            line_ui(ui, cx, warning, actions);
        }
    });
}

fn line_ui(ui: &mut Ui, cx: &Cx<'_>, warning: &Warning, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let row = vec2(ui.available_width(), tokens.sizes.row);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        verbs_ui(ui, cx, warning, actions);
        ui.label(RichText::new(&warning.amount).font(theme::semibold(tokens.sizes.body)));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            Icon::Warn.show(ui, 14.0, tokens.warn);
            if let Some(mark) = &warning.mark {
                ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &warning.platform));
            }
            ui.add(egui::Label::new(&warning.text).truncate());
        });
    });
}

/// The verbs of a warning, from the right.
fn verbs_ui(ui: &mut Ui, cx: &Cx<'_>, warning: &Warning, actions: &mut Vec<Action>) {
    let write = !cx.read_only;
    let name = &warning.platform;
    let id = warning.risk.platform();
    let verb = |ui: &mut Ui, words: &str, line: &str, enabled: bool| {
        let spoken = format!("{words} {name}");
        ui.add(button::chip(words).named(&spoken).enabled(enabled).tip(words, "", line)).clicked()
    };
    let open = |dialog: Dialog| Action::Open(Box::new(dialog));
    match &warning.risk {
        Risk::Concentrated { .. } => {
            if verb(ui, "Show platform", "Its schedule, its projects, what it owes", true) {
                actions.push(Action::ShowPlatform(id));
            }
        }
        Risk::Closing { why, .. } => {
            if verb(ui, "Collect evidence…", "A folder with all that was worked and what is owed", true) {
                actions.extend(EvidenceDialog::new(cx, id, None).map(Dialog::Evidence).map(open));
            }
            let over = matches!(why, Closing::Stage(Stage::Ended, _));
            if !over
                && verb(ui, "Access ended…", "Stop its timers, contest what is owed, set a day to ask again", write)
            {
                actions.extend(AccessEndedDialog::new(cx, id).map(Dialog::AccessEnded).map(open));
            }
        }
        Risk::NoDownload { .. } => {
            if verb(ui, "Saved today", "Ticks it off on the platform’s to-do list", write) {
                actions.extend(saved(cx, id).map(Action::Do));
            }
        }
    }
}

/// The platform with its page saved today.
fn saved(cx: &Cx<'_>, id: PlatformId) -> Option<crate::domain::command::Command> {
    let platform = cx.book.platform(id)?;
    let done_on = Some(cx.today);
    let words = format!("Tick {SAVE_PAGE} of {}", platform.name);
    Some(edits::platform(platform, words, |platform| {
        match platform.checklist.iter_mut().find(|todo| todo.text == SAVE_PAGE) {
            Some(todo) => todo.done_on = done_on,
            None => platform.checklist.push(Check { done_on, ..Check::new(SAVE_PAGE) }),
        }
    }))
}
