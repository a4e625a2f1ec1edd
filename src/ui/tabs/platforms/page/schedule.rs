//! How a platform pays: the rule in words with its standing, the next windows with their reasons, other versions.

use egui::{RichText, Ui};

use super::Draw;
use crate::domain::command::Command;
use crate::ui::action::Action;
use crate::ui::dialogs::{Dialog, ScheduleDialog};
use crate::ui::tabs::platforms::cards::{taken, title_row};
use crate::ui::theme;
use crate::ui::view::platforms::ScheduleWords;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, icon};

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let detail = &draw.page.detail;
    let write = !draw.cx.read_only;
    Card::new().named("Schedule").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        let words = if detail.schedule.is_some() { "Edit schedule" } else { "Add schedule" };
        let mut edit = false;
        title_row(
            ui,
            |ui| {
                let button = button::chip(words).enabled(write);
                edit = ui.add(button.tip(words, "", "When this platform pays, with the next windows")).clicked();
            },
            |ui| _ = card::title(ui, "Schedule"),
        );
        if edit {
            let id = detail.schedule.as_ref().map(|schedule| schedule.id);
            draw.actions.push(Action::Open(Box::new(Dialog::Schedule(ScheduleDialog::new(draw.cx, detail.id, id)))));
        }
        match &detail.schedule {
            Some(schedule) => schedule_ui(ui, schedule),
            None => super::nothing(ui, "No schedule: what it owes has no date yet."),
        }
        offers_ui(ui, draw);
        ui.add_space(theme::tokens(ui).sizes.gap_xs);
        if detail.schedule.is_some() || !detail.others.is_empty() {
            ui.horizontal(|ui| {
                card::note(ui, if detail.others.is_empty() { "No other versions" } else { "Other versions" });
                let line = "For a project, or from a day on; what is paid before keeps the old one";
                let button = button::chip("Add version").enabled(write);
                if ui.add(button.tip("Add version", "", line)).clicked() {
                    let dialog = ScheduleDialog::new(draw.cx, detail.id, None);
                    draw.actions.push(Action::Open(Box::new(Dialog::Schedule(dialog))));
                }
            });
        }
        for other in &detail.others {
            other_ui(ui, draw, other);
        }
    });
}

fn other_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>, other: &ScheduleWords) {
    let write = !draw.cx.read_only;
    let line = if other.only.is_empty() { other.rule.line() } else { format!("{}: {}", other.only, other.rule.line()) };
    ui.horizontal(|ui| {
        let name = format!("Edit schedule: {line}");
        if ui.add(button::chip("Edit").named(&name).enabled(write)).clicked() {
            let dialog = ScheduleDialog::new(draw.cx, draw.page.detail.id, Some(other.id));
            draw.actions.push(Action::Open(Box::new(Dialog::Schedule(dialog))));
        }
        let name = format!("Delete schedule: {line}");
        if ui.add(button::icon(icon::Icon::Close, &name).enabled(write)).clicked() {
            draw.actions.push(Action::Do(Command::DeleteSchedule(other.id)));
        }
        ui.add(egui::Label::new(RichText::new(&line).small()).wrap());
    });
}

fn offers_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let detail = &draw.page.detail;
    for (nth, offer) in detail.offers.iter().enumerate() {
        ui.add(egui::Label::new(offer.question.as_str()).wrap());
        ui.horizontal(|ui| {
            let several = format!("Use it: {}", offer.question);
            let name = if nth == 0 { "Use it" } else { several.as_str() };
            let take = button::chip("Use it").named(name).enabled(!draw.cx.read_only);
            if ui.add(take.tip("Use it", "", "Fills the schedule with this rule; it stays yours to change")).clicked()
                && let Some(schedule) = taken(draw.cx, detail.id, offer.at)
            {
                draw.actions.push(Action::Do(schedule));
            }
            card::note(ui, &offer.provenance);
        });
    }
}

fn schedule_ui(ui: &mut Ui, schedule: &ScheduleWords) {
    let tokens = theme::tokens(ui);
    for sentence in &schedule.rule.main {
        ui.add(egui::Label::new(sentence.as_str()).wrap());
    }
    let small = |ui: &mut Ui, text: &str, ink| {
        ui.add(egui::Label::new(RichText::new(text).small().color(ink)).wrap());
    };
    for more in &schedule.rule.more {
        small(ui, more, tokens.muted);
    }
    if !schedule.only.is_empty() {
        small(ui, &schedule.only, tokens.muted);
    }
    small(ui, &schedule.provenance, if schedule.doubtful { tokens.warn } else { tokens.muted });
    if !schedule.source.is_empty() {
        small(ui, &schedule.source, tokens.muted);
    }
    if !schedule.taught.is_empty() {
        ui.add(egui::Label::new(schedule.taught.as_str()).wrap());
    }
    match &schedule.next {
        Err(why) => {
            ui.add(egui::Label::new(RichText::new(*why).color(tokens.warn)).wrap());
        }
        Ok(next) => {
            for window in next {
                ui.add_space(tokens.sizes.gap_xs);
                ui.label(&window.when);
                let mut reasons = vec![window.worked.as_str()];
                reasons.extend(window.reasons.iter().map(String::as_str));
                small(ui, &reasons.join(" · "), tokens.muted);
            }
        }
    }
}
