//! The page of what is to be reported: under each platform its projects and days with their minutes; one click copies
//! them, another marks them reported.

use egui::{Align, Key, Layout, Modifiers, Popup, RichText, Ui};

use crate::domain::command::{Command, OnOwed, OwedAct};
use crate::domain::earning::EarningState;
use crate::domain::ids::{EarningId, PlatformId, SessionId};
use crate::domain::platform::Platform;
use crate::domain::query::owed::OwedId;
use crate::domain::query::to_report::self_reports;
use crate::engine::Stamp;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::tabs::ink;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::earnings::to_report::{Head, Line, Row, ToReportView, view};
use crate::ui::view::memo::Memo;
use crate::ui::view::names::Mark;
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::table::{self, Column, RowSpec, Table};
use crate::ui::widgets::{button, rich};

/// What the page remembers about looking.
#[derive(Default)]
pub(super) struct ToReportPage {
    view: Memo<Stamp, ToReportView>,
    /// The name of the chosen row.
    chosen: Option<String>,
    /// A platform whose rows are to be seen.
    asked: Option<PlatformId>,
}

/// What was asked for while the rows were drawn.
enum Asked {
    Copy(String),
    Report(Vec<SessionId>),
}

impl ToReportPage {
    /// Shows the rows of a platform.
    pub(super) fn show(&mut self, platform: PlatformId) {
        self.asked = Some(platform);
    }

    pub(super) fn lacks(&self, verb: Verb) -> Option<&'static str> {
        let here = matches!(verb, Verb::CopyText | Verb::MarkReported);
        if !here {
            return Some("Go to “Owed” first");
        }
        self.chosen.is_none().then_some("Choose a row first")
    }

    /// How many rows wait, for the switch.
    pub(super) fn count(&mut self, cx: &Cx<'_>) -> usize {
        self.read(cx).rows
    }

    fn read(&mut self, cx: &Cx<'_>) -> &ToReportView {
        self.view.get(cx.figures.stamp, || view(&cx.figures.work, &cx.figures.calendar, cx.now, cx.today))
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Self { view: memo, chosen, asked: wanted } = self;
        let shown = memo.get(cx.figures.stamp, || view(&cx.figures.work, &cx.figures.calendar, cx.now, cx.today));
        let scroll = scroll_to(shown, chosen, wanted.take());
        let mut asked = keys(ui, cx, shown, chosen);
        let height = ui.available_height();
        Card::new().named("To report").height(height).show(ui, |ui| {
            head_ui(ui, cx, shown, actions);
            if shown.lines.is_empty() && cx.book.platforms().next().is_none() {
                let line = "Add the places that pay you; time that one of them asks you for stands here.";
                super::no_payer_ui(ui, cx, "Nothing to report", line, actions);
                return;
            }
            if shown.lines.is_empty() {
                let (title, line) = if shown.any_told {
                    ("All is reported", "New time of the platforms that you report to stands here.")
                } else {
                    ("No platform to report to", "Choose above the platforms that ask you for your own time.")
                };
                empty(ui, title, line, None);
                return;
            }
            asked = list_ui(ui, cx, shown, chosen, scroll, asked.take());
        });
        match asked {
            Some(Asked::Copy(text)) => {
                actions.push(Action::Copy(text));
                actions.push(Action::Say("Copied the minutes".to_owned()));
            }
            Some(Asked::Report(sessions)) if !cx.read_only => actions.push(report(cx, sessions)),
            Some(Asked::Report(_)) | None => {}
        }
    }
}

fn rows(view: &ToReportView) -> impl Iterator<Item = (usize, &Row)> {
    view.lines.iter().enumerate().filter_map(|(at, line)| match line {
        Line::Row(row) => Some((at, row)),
        Line::Head(_) => None,
    })
}

/// The line to bring into sight: the first of a platform that was asked for, which is chosen then.
fn scroll_to(view: &ToReportView, chosen: &mut Option<String>, wanted: Option<PlatformId>) -> Option<usize> {
    let (at, row) = wanted.and_then(|platform| rows(view).find(|(_, row)| row.platform == platform))?;
    *chosen = Some(row.name.clone());
    Some(at)
}

/// The arrows walk; the verbs act on the chosen row.
fn keys(ui: &Ui, cx: &Cx<'_>, view: &ToReportView, chosen: &mut Option<String>) -> Option<Asked> {
    let ctx = ui.ctx();
    if ctx.memory(|memory| memory.top_modal_layer().is_some()) || ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return None;
    }
    let names: Vec<&str> = rows(view).map(|(_, row)| row.name.as_str()).collect();
    let at = chosen.as_deref().and_then(|name| names.iter().position(|known| *known == name));
    if chosen.is_some() && at.is_none() {
        // It was reported: the next one stands in its place.
        *chosen = None;
    }
    if ctx.memory(|memory| memory.focused().is_none()) {
        let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let next = if pressed(Key::ArrowDown) {
            Some(at.map_or(0, |at| (at + 1).min(names.len().saturating_sub(1))))
        } else if pressed(Key::ArrowUp) {
            Some(at.map_or(0, |at| at.saturating_sub(1)))
        } else {
            None
        };
        if let Some(name) = next.and_then(|at| names.get(at)) {
            *chosen = Some((*name).to_owned());
        }
    }
    let row = rows(view).map(|(_, row)| row).find(|row| Some(row.name.as_str()) == chosen.as_deref())?;
    if Verb::CopyText.pressed(ctx) {
        return Some(Asked::Copy(row.minutes.clone()));
    }
    (!cx.read_only && Verb::MarkReported.pressed(ctx)).then(|| Asked::Report(row.sessions.clone()))
}

fn report(cx: &Cx<'_>, sessions: Vec<SessionId>) -> Action {
    Action::Do(Command::ActOnOwed(Box::new(OnOwed {
        of: sessions.into_iter().map(OwedId::Session).collect(),
        act: OwedAct::State(EarningState::Submitted),
        on: cx.today,
        earning_seed: EarningId(cx.fresh.draw()),
    })))
}

/// What there is in all, and the platforms that are told.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ToReportView, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.label(RichText::new(&view.sum).font(theme::semibold(tokens.sizes.body)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| told_ui(ui, cx, actions));
    });
    ui.add_space(tokens.sizes.gap_s);
}

/// A list of the platforms; choosing one turns whether it is told.
fn told_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let platforms = cx.book.platforms_by_name();
    if platforms.is_empty() {
        return;
    }
    let marks: Vec<Mark> = platforms.iter().map(|platform| Mark::of(platform)).collect();
    let choices: Vec<Choice<'_>> = platforms
        .iter()
        .zip(&marks)
        .map(|(platform, mark)| Choice {
            text: &platform.name,
            mark: Some(PlatformMark { letters: &mark.letters, hue_index: mark.hue }),
            detail: if self_reports(cx.book, platform) { "I report my time" } else { "it counts by itself" },
        })
        .collect();
    let picker = Picker::new("Platforms that I report to").value(Choice::from("Who is told")).chip().width(300.0);
    let picker = picker.enabled(!cx.read_only).tip("", "Choose one to turn whether you report your time to it");
    if let Some(platform) = picker.pick(ui, &choices).and_then(|at| platforms.get(at)) {
        let told = self_reports(cx.book, platform);
        let after = Platform { self_reports: Some(!told), ..(***platform).clone() };
        actions.push(Action::Do(Command::EditPlatform(Box::new(after))));
    }
}

fn list_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &ToReportView,
    chosen: &mut Option<String>,
    scroll: Option<usize>,
    before: Option<Asked>,
) -> Option<Asked> {
    let tokens = theme::tokens(ui);
    let mut asked = before;
    let height = (ui.available_height() - tokens.sizes.row_dense).max(tokens.sizes.row);
    let table = Table::new("To report list")
        .column(Column::fill("Project", 150.0))
        .column(Column::exact("Day", 130.0))
        .column(Column::exact("Minutes", 80.0).right())
        .column(Column::exact("Time", 88.0).right().priority(2))
        .column(Column::exact("Tasks", 64.0).right().priority(3))
        .column(Column::exact("Worth", 104.0).right().priority(1))
        .column(Column::exact("Age", 72.0).right().priority(2))
        .column(Column::exact("Report by", 104.0).priority(1))
        .column(Column::exact("", 232.0).right())
        .max_height(height)
        .fill_height()
        .scroll_to(scroll);
    let out = table.show(
        ui,
        view.lines.len(),
        |at| match view.lines.get(at) {
            Some(Line::Head(head)) => RowSpec::new(("told", head.platform), &head.name).head(),
            Some(Line::Row(row)) => {
                RowSpec::new(("unreported", &row.name), &row.name).selected(chosen.as_ref() == Some(&row.name))
            }
            None => RowSpec::new(("none", at), "").plain(),
        },
        |row| {
            let found = match view.lines.get(row.index()) {
                Some(Line::Head(head)) => head_row_ui(row, cx, head, tokens),
                Some(Line::Row(line)) => row_ui(row, cx, line),
                None => None,
            };
            if found.is_some() {
                asked = found;
            }
        },
    );
    if let Some(Line::Row(row)) = out.clicked.and_then(|at| view.lines.get(at)) {
        *chosen = Some(row.name.clone());
    }
    asked
}

fn head_row_ui(row: &mut table::Row<'_>, cx: &Cx<'_>, head: &Head, tokens: &Tokens) -> Option<Asked> {
    let mut asked = None;
    row.cell(|ui| {
        if let Some(mark) = &head.mark {
            ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &head.name));
        }
        ui.label(RichText::new(&head.name).font(theme::semibold(tokens.sizes.body)));
    });
    row.rest_right(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_xs;
        asked = buttons_ui(ui, cx, &head.name, true, &head.copy, &head.sessions);
        ui.add_space(tokens.sizes.gap_s);
        ui.label(RichText::new(&head.time).color(tokens.muted));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let ink = ink::of_next(tokens, head.tone);
            ui.add(egui::Label::new(RichText::new(&head.deadline).color(ink)).truncate());
        });
    });
    asked
}

fn row_ui(row: &mut table::Row<'_>, cx: &Cx<'_>, line: &Row) -> Option<Asked> {
    let mut asked = None;
    row.text(&line.project);
    row.muted(&line.day);
    row.cell(|ui| {
        ui.add(rich::figure(&line.minutes).strong());
    });
    row.muted(&line.time);
    row.muted(&line.tasks);
    row.figure(&line.worth);
    row.muted(&line.age);
    row.cell(|ui| {
        ui.label(RichText::new(&line.by).color(ink::of_next(theme::tokens(ui), line.tone)));
    });
    row.cell(|ui| {
        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_xs;
        asked = buttons_ui(ui, cx, &line.name, false, &line.minutes, &line.sessions);
    });
    asked
}

/// From the right.
fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, of: &str, all: bool, copy: &str, sessions: &[SessionId]) -> Option<Asked> {
    let mut asked = None;
    let words = Verb::MarkReported.words();
    let text = if all { "Mark all reported" } else { words.name };
    let name = format!("{text}: {of}");
    let key = if all { String::new() } else { Verb::MarkReported.key_text() };
    let chip = button::chip(text).named(&name).enabled(!cx.read_only).tip(text, &key, words.line);
    if ui.add(chip).clicked() {
        asked = Some(Asked::Report(sessions.to_vec()));
    }
    let text = if all { "Copy all" } else { "Copy minutes" };
    let name = format!("{text}: {of}");
    let key = if all { String::new() } else { Verb::CopyText.key_text() };
    if ui.add(button::chip(text).named(&name).tip(text, &key, "For the platform’s own form")).clicked() {
        asked = Some(Asked::Copy(copy.to_owned()));
    }
    asked
}
