//! Exposure: what is still out, by platform and by age, and what to watch of it.
//!
//! Arrows walk the figures of the table, Enter opens one to the pieces that it is made of; a piece opens its payout.

mod head;
mod pieces;
mod table;
mod warnings;

use egui::{Key, Modifiers, Popup, ScrollArea, Ui, UiBuilder};

use crate::domain::ids::PlatformId;
use crate::domain::query::exposure::{AGES, Age};
use crate::engine::Stamp;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{AccessEndedDialog, AddPlatformDialog, Dialog};
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::exposure::{ExposureView, Pick, PieceLine, pieces as pieces_of};
use crate::ui::view::memo::Memo;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::empty::empty;

/// The column of a row's whole, after the ages.
const WHOLE: usize = AGES;

/// What the page remembers about looking.
#[derive(Default)]
pub struct ExposurePage {
    view: Memo<Stamp, ExposureView>,
    lines: Memo<(Stamp, Pick), Vec<PieceLine>>,
    /// The figure that the arrows are on: row and column, the whole in column [`WHOLE`].
    at: (usize, usize),
    /// What is opened.
    opened: Option<Pick>,
    /// Set in the frame in which something was opened: it is brought into sight.
    shows: bool,
}

impl ExposurePage {
    /// The platform of the row that the arrows are on, as of the last frame.
    fn chosen(&self, view: &ExposureView) -> Option<PlatformId> {
        view.row(self.at.0).and_then(|row| row.platform)
    }

    /// Draws the page and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let stamp = cx.figures.stamp;
        let mut view = std::mem::take(&mut self.view);
        let shown = view.get(stamp, || ExposureView::of(cx.book, &cx.figures.calendar, cx.presets, cx.today));
        if shown.rows.is_empty() {
            nothing_ui(ui, cx, actions);
        } else {
            self.page_ui(ui, cx, shown, stamp, actions);
        }
        self.view = view;
    }

    fn page_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, view: &ExposureView, stamp: Stamp, actions: &mut Vec<Action>) {
        self.at.0 = self.at.0.min(view.rows.len());
        self.opened = self.opened.filter(|pick| view.holds(*pick));
        self.keys(ui, cx, view, actions);
        let gap = theme::tokens(ui).sizes.gap_l;
        // The scroll bar stands in the window's margin, beside the cards.
        let width = ui.available_width();
        let mut area = ui.available_rect_before_wrap();
        area.max.x += theme::tokens(ui).sizes.gap_m;
        ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
            ScrollArea::vertical().id_salt("exposure").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(width);
                ui.spacing_mut().item_spacing.y = gap;
                let mut picked = head::ui(ui, view, self.opened, actions);
                picked = table::ui(ui, cx, view, self.at, self.opened, actions).or(picked);
                if let Some(pick) = picked {
                    if let Pick::Row { row, age } = pick {
                        self.at = (row, age.map_or(WHOLE, Age::place));
                    }
                    self.turn(pick);
                }
                if let Some(pick) = self.opened {
                    let lines = self.lines.get((stamp, pick), || pieces_of(cx.book, &view.overview, pick, cx.today));
                    let scroll = std::mem::take(&mut self.shows);
                    if pieces::ui(ui, &view.title(pick), lines, scroll, actions) {
                        self.opened = None;
                    }
                }
                warnings::ui(ui, cx, view, actions);
            });
        });
    }

    /// Opens a figure, or closes it where it is open.
    fn turn(&mut self, pick: Pick) {
        self.shows = self.opened != Some(pick);
        self.opened = Some(pick).filter(|_| self.shows);
    }

    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, view: &ExposureView, actions: &mut Vec<Action>) {
        let ctx = ui.ctx();
        if Verb::CopyExposure.pressed(ctx) {
            actions.push(Action::Copy(view.tab_separated()));
        }
        if Verb::EndAccessHere.pressed(ctx) && !cx.read_only {
            let dialog = self.chosen(view).and_then(|id| AccessEndedDialog::new(cx, id));
            actions.extend(dialog.map(|dialog| Action::Open(Box::new(Dialog::AccessEnded(dialog)))));
        }
        let busy = ctx.memory(|memory| memory.focused().is_some() || memory.top_modal_layer().is_some())
            || Popup::is_any_open(ctx);
        if busy {
            return;
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (row, column) = &mut self.at;
        if pressed(Key::ArrowDown) {
            *row = (*row + 1).min(view.rows.len());
        } else if pressed(Key::ArrowUp) {
            *row = row.saturating_sub(1);
        } else if pressed(Key::ArrowRight) {
            *column = (*column + 1).min(WHOLE);
        } else if pressed(Key::ArrowLeft) {
            *column = column.saturating_sub(1);
        } else if pressed(Key::Enter) {
            let pick = Pick::Row { row: *row, age: Age::ALL.get(*column).copied() };
            // As with the mouse: where nothing is owed, nothing opens.
            if view.holds(pick) {
                self.turn(pick);
            }
        } else if self.opened.is_some() && pressed(Key::Escape) {
            self.opened = None;
        }
    }
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    Card::new().named("Exposure").show(ui, |ui| {
        if cx.book.platforms().next().is_some() {
            empty(ui, "Nothing is owed", "What you work next stands here from its first minute.", None);
            return;
        }
        let line = "Add the places that pay you: what they owe stands here from the first minute.";
        if empty(ui, "Nothing is owed", line, (!cx.read_only).then_some("Add platform")) {
            actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx)))));
        }
    });
}
