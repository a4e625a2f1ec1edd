//! A platform's page: all that is known of it, in cards: two columns, or one in a narrow window.
//!
//! Escape goes back to the table. What is edited in place is a command with an undo of its own.

mod chart;
mod head;
mod lists;
mod money;
mod notes;
mod projects;
mod promised;
mod quality;
mod routes;
mod schedule;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align, Layout, ScrollArea, Ui, UiBuilder, vec2};

use crate::domain::ids::{PlatformId, ProjectId, TermsId};
use crate::domain::money::Money;
use crate::domain::platform::Platform;
use crate::domain::query::exposure::OpenState;
use crate::engine::Stamp;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{Dialog, EntryDialog, EntryKind, StageDialog};
use crate::ui::tabs::platforms::keys;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::memo::Memo;
use crate::ui::view::platforms::{Page, WayRow};
use crate::ui::widgets::button;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::table as list;

/// Below this width the two columns become one, in points.
const NARROW: f32 = 1_000.0;
/// The share of the left column.
const LEFT: f32 = 0.62;

/// What the page remembers about looking.
#[derive(Default)]
pub(super) struct PageState {
    /// The state of what is not yet paid whose rows are shown.
    unfolded: Option<OpenState>,
    /// The note while it is typed.
    note: Option<String>,
    /// The terms that are marked in the chart.
    lit: Option<TermsId>,
    /// The sum that routes are asked about, while it is typed.
    way_sum: Option<String>,
    /// The sum that is asked about unless said otherwise.
    way_usual: Memo<(Stamp, PlatformId), Money>,
    /// The routes beside each other, for the sum asked about.
    ways: Memo<(Stamp, PlatformId, Money), Vec<WayRow>>,
    /// The revision of the Book at which was looked for its files.
    looked: Option<u64>,
    /// The project whose row had the focus in the frame before: verbs mean it, not the platform.
    project: Option<ProjectId>,
    /// Whether something was being typed in the frame before: its Escape is not the page's.
    typing: bool,
    /// Which files are there, as far as known.
    pub(super) files: Arc<BTreeMap<String, bool>>,
}

impl PageState {
    /// A page that was not looked at yet.
    pub(super) fn fresh(&self) -> Self {
        Self { files: Arc::clone(&self.files), ..Self::default() }
    }
}

/// A page being drawn.
struct Draw<'a, 'c> {
    cx: &'a Cx<'c>,
    page: &'a Page,
    platform: &'a Platform,
    /// The words of the head's period: "last 4 weeks".
    period: &'a str,
    state: &'a mut PageState,
    actions: &'a mut Vec<Action>,
}

impl Draw<'_, '_> {
    fn open(&mut self, dialog: Option<Dialog>) {
        self.actions.extend(dialog.map(|dialog| Action::Open(Box::new(dialog))));
    }
}

/// Draws a page; true where the user goes back.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    page: &Page,
    period: &str,
    state: &mut PageState,
    actions: &mut Vec<Action>,
) -> bool {
    let Some(platform) = cx.book.platform(page.detail.id) else { return true };
    // egui takes the focus from a field on Escape before anything is drawn: that Escape is the field's.
    let mut back = !state.typing && Verb::Back.pressed(ui.ctx());
    state.typing = ui.ctx().text_edit_focused();
    if let Some(project) = state.project.take().filter(|_| !cx.read_only && Verb::ChangeStage.pressed(ui.ctx())) {
        let dialog = StageDialog::of_project(cx, project).map(Dialog::Stage);
        actions.extend(dialog.map(|dialog| Action::Open(Box::new(dialog))));
    }
    keys::changes(ui.ctx(), cx, platform.id, actions);
    drop_ui(ui, cx, platform, actions);
    look_for_files(cx, platform, state, actions);
    let gap = theme::tokens(ui).sizes.gap_l;
    // The scroll bar stands in the window's margin, beside the cards.
    let width = ui.available_width();
    let mut area = ui.available_rect_before_wrap();
    area.max.x += theme::tokens(ui).sizes.gap_m;
    let mut draw = Draw { cx, page, platform, period, state, actions };
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ScrollArea::vertical().id_salt(("page", page.detail.id)).auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = gap;
            back |= head::ui(ui, &mut draw);
            if width < NARROW {
                column(ui, width, |ui| {
                    left_ui(ui, &mut draw);
                    right_ui(ui, &mut draw);
                });
                return;
            }
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                let left = ((width - gap) * LEFT).floor();
                column(ui, left, |ui| left_ui(ui, &mut draw));
                column(ui, width - gap - left, |ui| right_ui(ui, &mut draw));
            });
        });
    });
    if back {
        notes::keep(&mut draw);
    }
    back
}

fn column(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    // As tall as it needs: lists in it scroll by their own height, not by what is left of the window.
    ui.allocate_ui_with_layout(vec2(width, 100_000.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
        content(ui);
    });
}

fn left_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    projects::ui(ui, draw);
    promised::ui(ui, draw);
    chart::ui(ui, draw);
    quality::ui(ui, draw);
    notes::ui(ui, draw);
}

fn right_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    money::ui(ui, draw);
    schedule::ui(ui, draw);
    routes::ui(ui, draw);
    lists::checklist_ui(ui, draw);
    lists::links_ui(ui, draw);
    lists::files_ui(ui, draw);
    head::stages_ui(ui, draw);
}

/// A card with a title and, at its right, one button; true where that was clicked.
fn section(ui: &mut Ui, title: &str, add: Option<(Verb, bool)>, content: impl FnOnce(&mut Ui)) -> bool {
    let mut clicked = false;
    Card::new().named(title).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        super::cards::title_row(
            ui,
            |ui| {
                if let Some((verb, enabled)) = add {
                    let words = verb.words();
                    let button = button::chip(words.name).enabled(enabled);
                    clicked = ui.add(button.tip(words.name, &verb.key_text(), words.line)).clicked();
                }
            },
            |ui| _ = card::title(ui, title),
        );
        content(ui);
    });
    clicked
}

/// Whether Delete was pressed on a row that has the focus; consumes it.
fn delete_pressed(line: &list::Row<'_>, write: bool) -> bool {
    let row = line.response();
    write && row.has_focus() && row.ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Delete))
}

/// A muted line that says what goes into an empty section.
fn nothing(ui: &mut Ui, text: &str) {
    let ink = theme::tokens(ui).muted;
    ui.add(egui::Label::new(egui::RichText::new(text).color(ink)).wrap());
}

/// A file that is dropped on the page: its place is asked for and kept.
fn drop_ui(ui: &Ui, cx: &Cx<'_>, platform: &Platform, actions: &mut Vec<Action>) {
    let dropped =
        ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_string_lossy().into_owned()));
    if let Some(path) = dropped.filter(|_| !cx.read_only) {
        let dialog = EntryDialog::add(cx, platform.id, EntryKind::File, &path);
        actions.extend(dialog.map(|dialog| Action::Open(Box::new(Dialog::Entry(dialog)))));
    }
}

fn look_for_files(cx: &Cx<'_>, platform: &Platform, state: &mut PageState, actions: &mut Vec<Action>) {
    let revision = cx.book.revision();
    if state.looked != Some(revision) {
        state.looked = Some(revision);
        if !platform.files.is_empty() {
            actions.push(Action::LookForFiles(platform.files.iter().map(|file| file.path.clone()).collect()));
        }
    }
}
