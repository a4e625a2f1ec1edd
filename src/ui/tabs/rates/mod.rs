//! The Rates tab: what an hour pays, where the rest went, and how platforms compare.
//!
//! Draws a finished view; each figure opens to its sessions. Holds what is looked at and nothing else.

mod chart;
mod head;
mod steps;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use egui::{Layout, ScrollArea, Ui, UiBuilder, vec2};

use super::super::action::{Action, SessionFilter};
use super::super::cx::Cx;
use super::super::dialogs::{Dialog, SessionDialog, SettingsDialog};
use super::super::theme;
use super::super::view::memo::Memo;
use super::super::view::rates::{Look, RatesView, Sample, WarningVerb};
use super::super::widgets::card::{self, Card};
use super::super::widgets::empty;
use crate::domain::ids::SessionId;
use crate::domain::query::hours::{Period, Selection};
use crate::domain::query::rates::{Group, Row, WorkRow, rows};
use crate::domain::query::work::Standing;
use crate::engine::Stamp;

/// From this width on the cards stand beside each other.
const BESIDE_FROM: f32 = 1000.0;

/// What the Rates tab remembers about looking.
#[derive(Default)]
pub struct RatesTab {
    look: Look,
    view: Memo<(Stamp, Look), RatesView>,
}

/// What the user asked for in a frame.
enum Asked {
    /// The sessions of a side; of everything that is looked at where `None`.
    Sessions(Option<Group>),
    /// What a warning offers.
    Verb(WarningVerb),
    /// The table as text.
    Copy,
    /// The first step of the empty state.
    AddSession,
}

impl RatesTab {
    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let figures = cx.figures;
        let mut look = self.look;
        let view = self.view.get((figures.stamp, look), || RatesView::of(&figures.work, look, figures.at, cx.today));
        let mut asked = Vec::new();
        // The scroll bar stands in the window's margin, beside the cards.
        let width = ui.available_width();
        let mut area = ui.available_rect_before_wrap();
        area.max.x += theme::tokens(ui).sizes.gap_m;
        ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
            ScrollArea::vertical().id_salt("rates").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(width);
                // Between cards by hand: inside them things stand closer.
                ui.spacing_mut().item_spacing.y = 0.0;
                let gap = theme::tokens(ui).sizes.gap_l;
                head::ui(ui, view, &mut look, &mut asked);
                ui.add_space(gap);
                if view.sample == Sample::None {
                    nothing_ui(ui, cx, &mut look, &mut asked);
                } else {
                    cards_ui(ui, view, &mut asked);
                }
            });
        });
        for asked in asked {
            actions.push(answer(asked, cx, self.look, view));
        }
        self.look = look;
    }
}

/// `look` is the one that the view was made for.
fn answer(asked: Asked, cx: &Cx<'_>, look: Look, view: &RatesView) -> Action {
    match asked {
        Asked::Sessions(group) => Action::ShowSessions(filter(cx, look, group.as_ref())),
        Asked::Verb(WarningVerb::Unpriced) => Action::ShowSessions(unpriced(cx, look)),
        Asked::Verb(WarningVerb::ExchangeRates(missing)) => {
            Action::Open(Box::new(Dialog::Settings(SettingsDialog::exchange_rates(cx, Some(missing)))))
        }
        Asked::Copy => Action::Copy(view.sides.tab_separated()),
        Asked::AddSession => Action::Open(Box::new(Dialog::Session(SessionDialog::add(cx)))),
    }
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>, look: &mut Look, asked: &mut Vec<Asked>) {
    let all = Look { period: Period::All, platform: None, settled_only: false, ..*look };
    let any = cx.book.sessions().next().is_some() || cx.book.earnings().next().is_some();
    Card::new().named("Rates").show(ui, |ui| {
        if any && *look != all {
            let line = "There is work, but none in this choice.";
            if empty::empty(ui, "Nothing here", line, Some("Show all of it")) {
                *look = all;
            }
        } else {
            let line =
                "Start the timer or enter time by hand: what an hour pays, and where the rest went, stands here.";
            if empty::empty(ui, "No work yet", line, Some("Enter time…")) {
                asked.push(Asked::AddSession);
            }
        }
    });
}

fn cards_ui(ui: &mut Ui, view: &RatesView, asked: &mut Vec<Asked>) {
    let gap = theme::tokens(ui).sizes.gap_l;
    let width = ui.available_width();
    if width >= BESIDE_FROM {
        let height = steps::height(view).max(chart::height(&view.sides));
        let left = ((width - gap) * 0.46).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            let column = |ui: &mut Ui, width: f32, draw: &mut dyn FnMut(&mut Ui)| {
                ui.allocate_ui_with_layout(vec2(width, height), Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_width(width);
                    draw(ui);
                });
            };
            column(ui, left, &mut |ui| steps::ui(ui, view, height, asked));
            column(ui, width - gap - left, &mut |ui| chart::ui(ui, &view.sides, height, asked));
        });
    } else {
        steps::ui(ui, view, 0.0, asked);
        ui.add_space(gap);
        chart::ui(ui, &view.sides, 0.0, asked);
    }
    ui.add_space(gap);
    table::ui(ui, &view.sides, asked);
}

/// A card's title with a button at the right.
fn title_row(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        card::title(ui, title);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), right);
    });
}

/// The sessions of a side, or of everything that is looked at.
fn filter(cx: &Cx<'_>, look: Look, group: Option<&Group>) -> SessionFilter {
    let book = cx.book;
    let selection = look.selection(book, cx.today);
    let platform = match group {
        Some(Group::Platform(id)) => Some(*id),
        Some(Group::Project(id)) => book.project(*id).map(|project| project.platform),
        Some(Group::TaskType(_)) | None => look.platform_in(book),
    };
    let who = match group {
        Some(Group::Project(id)) => super::super::view::names::project_on_platform(book, Some(*id)),
        Some(Group::TaskType(Some(name))) => name.clone(),
        Some(Group::TaskType(None)) => "no task type".to_owned(),
        Some(Group::Platform(_)) | None => platform
            .and_then(|id| book.platform(id))
            .map_or_else(|| "all platforms".to_owned(), |platform| platform.name.clone()),
    };
    // What no filter of the list says is named session by session.
    let by_name = look.settled_only || matches!(group, Some(Group::TaskType(_)));
    let settled = if look.settled_only { ", settled only" } else { "" };
    SessionFilter {
        words: format!("{who}, {}{settled}", look.days_in_words(book, cx.today)),
        days: Some(selection.days),
        platform,
        project: match group {
            Some(Group::Project(id)) => Some(*id),
            Some(Group::Platform(_) | Group::TaskType(_)) | None => None,
        },
        sessions: by_name.then(|| sessions(cx, &selection, |row| is_of(cx, row, group))),
    }
}

/// The paid sessions without a price.
fn unpriced(cx: &Cx<'_>, look: Look) -> SessionFilter {
    let selection = look.selection(cx.book, cx.today);
    SessionFilter {
        words: format!("without a price, {}", look.days_in_words(cx.book, cx.today)),
        days: Some(selection.days),
        platform: look.platform_in(cx.book),
        project: None,
        sessions: Some(sessions(cx, &selection, |row| matches!(row.standing, Standing::Unpriced(_)))),
    }
}

fn sessions(cx: &Cx<'_>, selection: &Selection, keep: impl Fn(&WorkRow) -> bool) -> BTreeSet<SessionId> {
    rows(&cx.figures.work, selection, cx.figures.at)
        .iter()
        .filter(|row| keep(row))
        .filter_map(|row| match &row.row {
            Row::Session(session) => Some(session.id),
            Row::Earning(_) => None,
        })
        .collect()
}

fn is_of(cx: &Cx<'_>, row: &WorkRow, group: Option<&Group>) -> bool {
    match group {
        None => true,
        Some(Group::Platform(id)) => row.platform == Some(*id),
        Some(Group::Project(id)) => row.project == Some(*id),
        Some(Group::TaskType(wanted)) => {
            let Row::Session(session) = &row.row else { return false };
            let usual = || cx.book.project(session.project?)?.usual_task_type.clone();
            // Time without a platform is on no side.
            row.platform.is_some() && session.task_type.clone().or_else(usual) == *wanted
        }
    }
}
