//! The head of a page: who it is, where it stands, what an hour on it pays; and its stages so far.

use egui::{Align, Layout, RichText, Ui, vec2};

use super::{Draw, delete_pressed, nothing, section};
use crate::domain::span::DayRange;
use crate::ui::action::Action;
use crate::ui::dialogs::{AccessEndedDialog, Dialog, EvidenceDialog, PlatformDialog, ProjectDialog, StageDialog};
use crate::ui::edits;
use crate::ui::format::Style;
use crate::ui::tabs::platforms::cards::fill_ui;
use crate::ui::tabs::platforms::list::tone_color;
use crate::ui::tabs::platforms::sessions;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::platforms::{StageRow, Tone};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::table::{self as list, Column, RowSpec};
use crate::ui::widgets::{button, menu};

/// True where the user goes back.
pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) -> bool {
    let mut back = false;
    Card::new().named("Platform").show(ui, |ui| {
        let tokens = theme::tokens(ui);
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
        let row = vec2(ui.available_width(), tokens.sizes.row);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            buttons_ui(ui, draw);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = Verb::Back.words();
                let button = button::chip("‹ Platforms").named(words.name);
                back = ui.add(button.tip(words.name, &Verb::Back.key_text(), words.line)).clicked();
                let detail = &draw.page.detail;
                let mark = PlatformMark { letters: &detail.mark.letters, hue_index: detail.mark.hue };
                ui.add(badge(mark, &detail.name));
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                card::title(ui, &detail.name);
            });
        });
        let mut line = vec![draw.page.stage.as_str(), draw.page.kind.as_str()];
        line.extend(draw.page.facts.iter().map(String::as_str));
        ui.add(egui::Label::new(RichText::new(line.join(" · ")).small().color(tokens.muted)).wrap());
        ui.add_space(tokens.sizes.gap_xs);
        figures_ui(ui, draw);
    });
    back
}

fn buttons_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let write = !draw.cx.read_only;
    let id = draw.page.detail.id;
    let more = ui.add(button::chip("More").menu().tip("More", "", "Access ended, evidence"));
    menu::under(&more, |ui| {
        let words = Verb::EndAccess.words();
        if menu::item_enabled(ui, words.name, &Verb::EndAccess.key_text(), AccessEndedDialog::is_offered(draw.cx, id)) {
            draw.open(AccessEndedDialog::new(draw.cx, id).map(Dialog::AccessEnded));
        }
        let words = Verb::CollectEvidence.words();
        if menu::item(ui, words.name, &Verb::CollectEvidence.key_text()) {
            draw.open(EvidenceDialog::new(draw.cx, id, None).map(Dialog::Evidence));
        }
    });
    let words = Verb::AddProject.words();
    let button = button::chip(words.name).enabled(write);
    if ui.add(button.tip(words.name, &Verb::AddProject.key_text(), words.line)).clicked() {
        draw.open(Some(Dialog::Project(ProjectDialog::add(draw.cx, Some(id)))));
    }
    let edit = button::chip("Edit platform").enabled(write);
    if ui.add(edit.tip("Edit platform", "", "Name, links, tax form, where you found it")).clicked() {
        draw.open(Some(Dialog::Platform(PlatformDialog::edit(draw.cx, draw.platform))));
    }
    let words = Verb::ChangeStage.words();
    let button = button::chip(words.name).enabled(write);
    if ui.add(button.tip(words.name, &Verb::ChangeStage.key_text(), words.line)).clicked() {
        draw.open(StageDialog::of_platform(draw.cx, id).map(Dialog::Stage));
    }
}

fn figures_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let tokens = theme::tokens(ui);
    let page = draw.page;
    let gap = tokens.sizes.gap_xl;
    let figure = |ui: &mut Ui, rate: &str, tone: Tone, words: &str, tip: &str| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
            let font = theme::semibold(tokens.sizes.figure);
            let label = ui.label(RichText::new(rate).font(font).color(tone_color(tokens, tone)));
            if !tip.is_empty() {
                label.on_hover_text(tip);
            }
            ui.label(RichText::new(words).color(tokens.muted));
        });
    };
    let joining = &page.detail.joining;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        ui.vertical(|ui| {
            let words = format!("over all hours, {}", draw.period);
            figure(ui, &page.rate, page.tone, &words, &page.rate_tip);
            for text in [&page.worked, &page.kept, &page.rate_tip].into_iter().filter(|text| !text.is_empty()) {
                card::note(ui, text);
            }
        });
        ui.vertical(|ui| {
            let tone = if joining.muted { Tone::Muted } else { Tone::Plain };
            figure(ui, &joining.rate, tone, "since joining", &joining.hint);
            for text in [&joining.hours, &joining.earned, &joining.hint, &joining.paid_back]
                .into_iter()
                .filter(|text| !text.is_empty())
            {
                card::note(ui, text);
            }
        });
    });
    if let Some(fill) = &joining.fill {
        fill_ui(ui, draw.cx, fill, draw.actions);
    }
    for fall in &page.falls {
        ui.add(egui::Label::new(RichText::new(fall).color(tokens.warn)).wrap());
    }
    let show = button::link("Show its sessions");
    if ui.add(show.tip("Show its sessions", "", "The rows that these figures are made of")).clicked() {
        let detail = &page.detail;
        draw.actions.push(Action::ShowSessions(sessions(detail.id, &detail.name, Some(DayRange::all()))));
    }
}

/// The stages so far.
pub(super) fn stages_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let write = !draw.cx.read_only;
    let id = draw.page.detail.id;
    let mut open = None;
    let add = section(ui, "Stages", Some((Verb::ChangeStage, write)), |ui| {
        let rows = &draw.page.stages;
        if rows.is_empty() {
            nothing(ui, "No stage yet: considering, active, dry, ended …");
            return;
        }
        let output = list::Table::new("Stages")
            .headless()
            .row_height(theme::tokens(ui).sizes.row_dense + 4.0)
            .max_height(200.0)
            .column(Column::exact("", 120.0))
            .column(Column::exact("", 196.0))
            .column(Column::fill("", 60.0).priority(1))
            .show(
                ui,
                rows.len(),
                |at| {
                    let row = rows.get(at);
                    RowSpec::new(("page-stage", row.map(|row| row.at)), row.map_or_else(String::new, StageRow::spoken))
                },
                |line| {
                    let Some(row) = rows.get(line.index()) else { return };
                    if row.now {
                        line.text(&row.stage);
                    } else {
                        line.muted(&row.stage);
                    }
                    line.muted(&row.when);
                    line.muted(&row.why);
                    if delete_pressed(line, write) {
                        delete_stage(draw, row.at);
                    }
                    line.menu(|ui| {
                        if menu::item_enabled(ui, "Edit…", "Enter", write) {
                            open = Some(row.at);
                        }
                        menu::separator(ui);
                        if menu::item_enabled(ui, "Delete", &Verb::Delete.key_text(), write) {
                            delete_stage(draw, row.at);
                        }
                    });
                },
            );
        open = open.or(output.clicked.and_then(|at| rows.get(at)).map(|row| row.at).filter(|_| write));
    });
    if add || open.is_some() {
        let dialog = StageDialog::of_platform(draw.cx, id).map(|mut dialog| {
            if let Some(at) = open {
                dialog.mend(at, Style::of(draw.cx.book.settings()));
            }
            Dialog::Stage(dialog)
        });
        draw.open(dialog);
    }
}

fn delete_stage(draw: &mut Draw<'_, '_>, at: usize) {
    let words = format!("Delete stage of {}", draw.platform.name);
    draw.actions.push(Action::Do(edits::platform(draw.platform, words, |platform| {
        if at < platform.stages.len() {
            platform.stages.remove(at);
        }
    })));
}
