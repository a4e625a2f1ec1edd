//! What stands below the table: projects, schedule and life of the chosen platform; three cards, or one in a narrow
//! window with a choice of what it shows.

use egui::{Align, Layout, RichText, Ui, vec2};

use super::sessions;
use crate::domain::command::Command;
use crate::domain::ids::{PlatformId, ScheduleId};
use crate::domain::span::DayRange;
use crate::ui::action::{Action, SessionFilter};
use crate::ui::cx::Cx;
use crate::ui::dialogs::{Dialog, PlatformDialog, ProjectDialog, ScheduleDialog};
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::fill::Fill;
use crate::ui::view::platforms::{Detail, Joining, ProjectLine, ScheduleWords};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::table::{self as list, Column, RowSpec};
use crate::ui::widgets::{button, menu, rich};

/// Height of the title of a card below the table, in points: that of the tabs that may stand in its place.
const TITLE_ROW: f32 = 32.0;

/// What the one card of a narrow window shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Sheet {
    #[default]
    Projects,
    Schedule,
    Joining,
}

const SHEETS: [(Sheet, &str); 3] =
    [(Sheet::Projects, "Projects"), (Sheet::Schedule, "Schedule"), (Sheet::Joining, "Since joining")];

/// Three cards beside each other.
pub(super) fn cards_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, height: f32, actions: &mut Vec<Action>) {
    let gap = theme::tokens(ui).sizes.gap_l;
    let width = ui.available_width() - 2.0 * gap;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (sheet, name) in SHEETS {
            let share = if sheet == Sheet::Projects { 0.36 } else { 0.32 };
            let size = vec2((width * share).floor(), height);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_width(size.x);
                ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
                Card::new().named(name).height(height).show(ui, |ui| {
                    body_ui(ui, cx, detail, &Face { sheet, height, tabs: false }, actions);
                });
            });
        }
    });
}

/// One card with a choice of what it shows.
pub(super) fn sheet_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    detail: &Detail,
    sheet: &mut Sheet,
    height: f32,
    actions: &mut Vec<Action>,
) {
    let picked = Card::new()
        .named("Chosen platform")
        .height(height)
        .show(ui, |ui| body_ui(ui, cx, detail, &Face { sheet: *sheet, height, tabs: true }, actions));
    if let Some(picked) = picked.inner {
        *sheet = picked;
    }
}

/// How a card below the table is shown.
struct Face {
    sheet: Sheet,
    height: f32,
    /// Whether the choice of the sheet stands in place of its title.
    tabs: bool,
}

impl Face {
    /// The title, or the choice of the sheet; what was chosen.
    fn title_ui(&self, ui: &mut Ui, title: impl FnOnce(&mut Ui)) -> Option<Sheet> {
        if !self.tabs {
            title(ui);
            return None;
        }
        let mut picked = None;
        ui.spacing_mut().item_spacing.x = 4.0;
        for (one, name) in SHEETS {
            if ui.add(button::tab(name, self.sheet == one)).clicked() {
                picked = Some(one);
            }
        }
        picked
    }
}

/// What was chosen of the sheets.
fn body_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, face: &Face, actions: &mut Vec<Action>) -> Option<Sheet> {
    let tokens = theme::tokens(ui);
    let height = (face.height - 2.0 * tokens.sizes.gap_l - TITLE_ROW - tokens.sizes.gap_xs).max(40.0);
    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
    match face.sheet {
        Sheet::Projects => projects_ui(ui, cx, detail, face, height, actions),
        Sheet::Schedule => schedule_card_ui(ui, cx, detail, face, height, actions),
        Sheet::Joining => {
            let picked = title_row(
                ui,
                |ui| page_button_ui(ui, detail, actions),
                |ui| face.title_ui(ui, |ui| _ = card::title(ui, "Since joining")),
            );
            scrolled(ui, "joining", height, |ui| joining_ui(ui, cx, detail, actions));
            picked
        }
    }
}

fn page_button_ui(ui: &mut Ui, detail: &Detail, actions: &mut Vec<Action>) {
    let words = Verb::OpenPage.words();
    if ui.add(button::chip(words.name).tip(words.name, &Verb::OpenPage.key_text(), words.line)).clicked() {
        actions.push(Action::ShowPage(detail.id));
    }
}

fn scrolled(ui: &mut Ui, id: &str, height: f32, content: impl FnOnce(&mut Ui)) {
    egui::ScrollArea::vertical().id_salt(id).max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        content(ui);
    });
}

/// A title with its buttons at the right; what the title answers.
pub(super) fn title_row<R>(ui: &mut Ui, buttons: impl FnOnce(&mut Ui), title: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), TITLE_ROW), Layout::right_to_left(Align::Center), |ui| {
        buttons(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), title).inner
    })
    .inner
}

fn projects_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    detail: &Detail,
    face: &Face,
    height: f32,
    actions: &mut Vec<Action>,
) -> Option<Sheet> {
    let tokens = theme::tokens(ui);
    let picked = title_row(
        ui,
        |ui| {
            let words = Verb::AddProject.words();
            let key = Verb::AddProject.key_text();
            let add = button::chip(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
            if ui.add(add).clicked() {
                let dialog = Dialog::Project(ProjectDialog::add(cx, Some(detail.id)));
                actions.push(Action::Open(Box::new(dialog)));
            }
            let edit = button::chip("Edit platform").enabled(!cx.read_only);
            if ui.add(edit.tip("Edit platform", "", "Name, stage, links, tax form")).clicked()
                && let Some(platform) = cx.book.platform(detail.id)
            {
                actions.push(Action::Open(Box::new(Dialog::Platform(PlatformDialog::edit(cx, platform)))));
            }
            if face.tabs {
                page_button_ui(ui, detail, actions);
            }
        },
        |ui| {
            face.title_ui(ui, |ui| {
                let mark = PlatformMark { letters: &detail.mark.letters, hue_index: detail.mark.hue };
                ui.add(badge(mark, &detail.name));
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                card::title(ui, &detail.name);
            })
        },
    );
    let line = ui.add(egui::Label::new(RichText::new(&detail.line).small().color(tokens.muted)).truncate());
    if !detail.note.is_empty() {
        line.on_hover_text(&detail.note);
    }
    if detail.projects.is_empty() {
        ui.add_space(tokens.sizes.gap_s);
        ui.add(
            egui::Label::new(
                RichText::new("No projects yet. A project says what an hour or a task pays.").color(tokens.muted),
            )
            .wrap(),
        );
        return picked;
    }
    let line_of = |index: usize| detail.projects.get(index);
    let room = (height - 20.0 - tokens.sizes.gap_xs).max(tokens.sizes.row);
    let output = list::Table::new("Projects")
        .headless()
        .max_height(room)
        .column(Column::fill("", 90.0))
        .column(Column::exact("", 76.0).priority(1))
        .column(Column::exact("", 100.0).right())
        .column(Column::exact("", 126.0).right().priority(2))
        .show(
            ui,
            detail.projects.len(),
            |index| {
                let line = line_of(index);
                let spoken = line.map_or("", |line| line.spoken.as_str());
                RowSpec::new(("project", index, line.map(|line| line.id)), spoken)
            },
            |row| {
                let Some(line) = line_of(row.index()) else { return };
                project_row_ui(row, line);
                row.menu(|ui| {
                    if menu::item_enabled(ui, "Edit…", "", !cx.read_only)
                        && let Some(project) = cx.book.project(line.id)
                    {
                        actions.push(Action::Open(Box::new(Dialog::Project(ProjectDialog::edit(cx, project)))));
                    }
                    if menu::item(ui, "Show sessions", "") {
                        actions.push(Action::ShowSessions(SessionFilter {
                            words: format!("{} · {}", detail.name, line.name),
                            project: Some(line.id),
                            ..SessionFilter::default()
                        }));
                    }
                    menu::separator(ui);
                    if menu::item_enabled(ui, "Delete", "", !cx.read_only) {
                        actions.push(Action::Do(Command::DeleteProject(line.id)));
                    }
                });
            },
        );
    if let Some(project) = output.clicked.and_then(line_of).and_then(|line| cx.book.project(line.id))
        && !cx.read_only
    {
        actions.push(Action::Open(Box::new(Dialog::Project(ProjectDialog::edit(cx, project)))));
    }
    picked
}

fn project_row_ui(row: &mut list::Row<'_>, line: &ProjectLine) {
    if line.past {
        row.muted(&line.name);
    } else {
        row.text(&line.name);
    }
    row.muted(&line.kind);
    if line.past {
        row.muted(&line.pay);
    } else {
        row.figure(&line.pay);
    }
    row.muted(&line.since);
}

fn schedule_card_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    detail: &Detail,
    face: &Face,
    height: f32,
    actions: &mut Vec<Action>,
) -> Option<Sheet> {
    let mut edit = |id: Option<ScheduleId>| {
        actions.push(Action::Open(Box::new(Dialog::Schedule(ScheduleDialog::new(cx, detail.id, id)))));
    };
    let words = if detail.schedule.is_some() { "Edit schedule" } else { "Add schedule" };
    let picked = title_row(
        ui,
        |ui| {
            let button = button::chip(words).enabled(!cx.read_only);
            if ui.add(button.tip(words, "", "When this platform pays, with the next windows")).clicked() {
                edit(detail.schedule.as_ref().map(|schedule| schedule.id));
            }
        },
        |ui| face.title_ui(ui, |ui| _ = card::title(ui, "Schedule")),
    );
    scrolled(ui, "schedule", height, |ui| schedules_ui(ui, cx, detail, actions));
    picked
}

fn schedules_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    if let Some(schedule) = &detail.schedule {
        schedule_ui(ui, schedule);
    } else {
        let text = "No schedule: what it owes has no date yet.";
        ui.add(egui::Label::new(RichText::new(text).color(tokens.muted)).wrap());
    }
    for other in &detail.others {
        ui.horizontal(|ui| {
            let name = format!("Edit schedule: {}", other.only);
            if ui.add(button::chip("Edit").named(&name).enabled(!cx.read_only)).clicked() {
                let dialog = ScheduleDialog::new(cx, detail.id, Some(other.id));
                actions.push(Action::Open(Box::new(Dialog::Schedule(dialog))));
            }
            let text = if other.only.is_empty() {
                other.rule.line()
            } else {
                format!("{}: {}", other.only, other.rule.line())
            };
            ui.add(egui::Label::new(RichText::new(&text).small()).wrap());
        });
    }
    for (nth, offer) in detail.offers.iter().enumerate() {
        ui.add_space(tokens.sizes.gap_xs);
        ui.add(egui::Label::new(offer.question.as_str()).wrap());
        let several = format!("Use it: {}", offer.question);
        let name = if nth == 0 { "Use it" } else { several.as_str() };
        ui.horizontal(|ui| {
            let take = button::chip("Use it").named(name).enabled(!cx.read_only);
            if ui.add(take.tip("Use it", "", "Fills the schedule with this rule; it stays yours to change")).clicked()
                && let Some(schedule) = taken(cx, detail.id, offer.at)
            {
                actions.push(Action::Do(schedule));
            }
            card::note(ui, &offer.provenance);
        });
    }
}

/// The command that takes an offered rule over.
pub(super) fn taken(cx: &Cx<'_>, platform: PlatformId, at: usize) -> Option<Command> {
    let name = cx.book.platform(platform)?.preset.as_deref()?;
    let preset = cx.presets.iter().find(|preset| preset.name == name)?;
    let schedule = preset.schedules.get(at)?.schedule(ScheduleId(cx.fresh.draw()), platform, None);
    Some(Command::SetSchedule(Box::new(schedule)))
}

fn schedule_ui(ui: &mut Ui, schedule: &ScheduleWords) {
    let tokens = theme::tokens(ui);
    for sentence in &schedule.rule.main {
        ui.add(egui::Label::new(sentence.as_str()).wrap());
    }
    if !schedule.rule.more.is_empty() {
        let more = schedule.rule.more.join(" · ");
        ui.add(egui::Label::new(RichText::new(more).small().color(tokens.muted)).wrap());
    }
    if !schedule.only.is_empty() {
        card::note(ui, &schedule.only);
    }
    let ink = if schedule.doubtful { tokens.warn } else { tokens.muted };
    let label = ui.add(egui::Label::new(RichText::new(&schedule.provenance).small().color(ink)).truncate());
    if !schedule.source.is_empty() {
        label.on_hover_text(&schedule.source);
    }
    if !schedule.taught.is_empty() {
        ui.add(egui::Label::new(schedule.taught.as_str()).wrap())
            .on_hover_text("What came so far counts more than a rule that nobody documents");
    }
    ui.add_space(tokens.sizes.gap_xs);
    match &schedule.next {
        Err(why) => {
            ui.add(egui::Label::new(RichText::new(*why).color(tokens.warn)).wrap());
        }
        Ok(next) if next.is_empty() => {}
        Ok(next) => {
            card::note(ui, "For new work");
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = tokens.sizes.gap_l;
                for window in next {
                    let label = ui.add(egui::Label::new(&window.when).extend());
                    let mut tip = vec![window.worked.as_str()];
                    tip.extend(window.reasons.iter().map(String::as_str));
                    label.on_hover_text(tip.join(" · "));
                }
            });
        }
    }
}

/// "Use my last payout's rate", where an exchange rate is missing.
pub(super) fn fill_ui(ui: &mut Ui, cx: &Cx<'_>, fill: &Fill, actions: &mut Vec<Action>) {
    let chip = button::chip(&fill.words).enabled(!cx.read_only).tip(&fill.words, "", &fill.line);
    if ui.add(chip).clicked() {
        actions.push(Action::Do(fill.command(|| cx.fresh.draw())));
    }
}

fn joining_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let Joining { rate, muted, hours, earned, hint, fill, paid_back, falls } = &detail.joining;
    ui.horizontal(|ui| {
        let ink = if *muted { tokens.muted } else { tokens.text };
        let font = theme::semibold(tokens.sizes.figure);
        ui.label(RichText::new(rate).font(font).color(ink));
        ui.label(RichText::new("per hour of your life").color(tokens.muted));
    });
    ui.add(rich::figure(hours));
    if !earned.is_empty() {
        ui.add(egui::Label::new(RichText::new(earned).color(tokens.muted)).wrap());
    }
    if !hint.is_empty() {
        ui.add(egui::Label::new(RichText::new(hint).color(tokens.warn)).wrap());
    }
    if let Some(fill) = fill {
        fill_ui(ui, cx, fill, actions);
    }
    if !paid_back.is_empty() {
        ui.add(egui::Label::new(RichText::new(paid_back).color(tokens.muted)).wrap());
    }
    for fall in falls {
        ui.add(egui::Label::new(RichText::new(fall).color(tokens.warn)).wrap());
    }
    if *muted && earned.is_empty() {
        return;
    }
    let show =
        button::link("Show its sessions").tip("Show its sessions", "", "The rows that these figures are made of");
    if ui.add(show).clicked() {
        actions.push(Action::ShowSessions(sessions(detail.id, &detail.name, Some(DayRange::all()))));
    }
}
