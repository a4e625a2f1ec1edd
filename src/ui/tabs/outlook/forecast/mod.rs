//! Forecast: what lands in the next twelve weeks, and how sure it is; what a week is made of; what stands beside.
//!
//! Draws a finished view. One week (or one of the sums beside) is chosen; its payouts stand in the list and lead to the
//! Payouts tab.

mod chart;
mod list;
mod table;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use egui::{Align, Label, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo};

use crate::domain::query::forecast::{Beside, Did, how_it_did};
use crate::engine::Stamp;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::dialogs::{BillDialog, Dialog, SessionDialog};
use crate::ui::tabs::ink;
use crate::ui::tabs::rates::answer_ui;
use crate::ui::theme;
use crate::ui::view::forecast::{ForecastView, Goes};
use crate::ui::view::memo::Memo;
use crate::ui::view::payouts::{EnoughLine, EntryId};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{button, empty};

/// From this width on the list stands beside the chart.
const BESIDE_FROM: f32 = 1000.0;
/// Width of the list there.
const LIST: f32 = 400.0;
/// The least height of chart and list, and of the list below the chart.
const LEAST: f32 = 300.0;

/// What is chosen: what the list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pick {
    /// A week, by its place.
    Week(usize),
    /// Money that stands in no week.
    Beside(Beside),
}

/// What the page remembers about looking.
pub struct ForecastPage {
    pick: Pick,
    /// The week under the pointer.
    hovered: Option<usize>,
    /// Where the pointer lay when an arrow key was pressed.
    pointer_at_key: Option<egui::Pos2>,
    table: bool,
    /// Set in the frame in which the table is opened: it is brought into sight.
    shows_table: bool,
    did: Memo<(u64, NaiveDate), Option<Did>>,
    view: Memo<Stamp, ForecastView>,
}

impl Default for ForecastPage {
    fn default() -> Self {
        Self {
            pick: Pick::Week(0),
            hovered: None,
            pointer_at_key: None,
            table: false,
            shows_table: false,
            did: Memo::default(),
            view: Memo::default(),
        }
    }
}

/// What the user asked for in a frame.
enum Asked {
    Pick(Pick),
    Go(Goes),
    Table,
    Copy(String),
}

impl ForecastPage {
    /// Draws the page and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let figures = cx.figures;
        // Of last month nothing moves with the clock.
        let did = self
            .did
            .get((figures.stamp.revision, cx.today), || how_it_did(&figures.work, &figures.calendar, cx.today, cx.now));
        let view =
            self.view.get(figures.stamp, || ForecastView::of(cx.book, &figures.calendar, did.as_ref(), cx.today));
        if view.is_empty && view.did.is_empty() {
            nothing_ui(ui, cx, actions);
            return;
        }
        let gone = match self.pick {
            Pick::Week(at) => view.weeks.get(at).is_none(),
            Pick::Beside(why) => !view.beside.iter().any(|aside| aside.why == why),
        };
        if gone {
            self.pick = Pick::Week(0);
        }
        let mut asked = Vec::new();
        let shows_table = std::mem::take(&mut self.shows_table);
        let look = &mut chart::Look {
            pick: self.pick,
            hovered: &mut self.hovered,
            pointer_at_key: &mut self.pointer_at_key,
            table: self.table,
        };
        // The scroll bar stands in the window's margin, beside the cards.
        let width = ui.available_width();
        let mut area = ui.available_rect_before_wrap();
        let bottom = area.bottom();
        area.max.x += theme::tokens(ui).sizes.gap_m;
        ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
            ScrollArea::vertical().id_salt("forecast").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(width);
                let begins = ui.cursor().top();
                ui.spacing_mut().item_spacing.y = 0.0;
                let gap = theme::tokens(ui).sizes.gap_l;
                head_ui(ui, cx, view, actions);
                ui.add_space(gap);
                let used = ui.cursor().top() - begins;
                let left = (bottom - area.top() - used).max(LEAST);
                body_ui(ui, view, look, left, &mut asked);
                if look.table {
                    ui.add_space(gap);
                    let shown = ui.scope(|ui| table::ui(ui, view, &mut asked)).response;
                    if shows_table {
                        shown.scroll_to_me(Some(Align::Max));
                    }
                }
            });
        });
        for asked in asked {
            match asked {
                Asked::Pick(pick) => self.pick = pick,
                Asked::Table => {
                    self.table = !self.table;
                    self.shows_table = self.table;
                }
                Asked::Copy(text) => {
                    actions.extend([Action::Copy(text), Action::Say("Copied the table".to_owned())]);
                }
                Asked::Go(Goes::Expected(key)) => actions.push(Action::ShowExpected(key)),
                Asked::Go(Goes::Sent(payout)) => actions.push(Action::ShowPayout(payout)),
                Asked::Go(Goes::Bill(bill, _)) => open_bill(cx, bill, actions),
            }
        }
    }
}

fn open_bill(cx: &Cx<'_>, bill: crate::domain::ids::BillId, actions: &mut Vec<Action>) {
    if cx.read_only {
        return;
    }
    if let Some(dialog) = BillDialog::edit(cx, bill) {
        actions.push(Action::Open(Box::new(Dialog::Bill(dialog))));
    }
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    Card::new().named("Forecast").show(ui, |ui| {
        let line = "What was worked and is not paid yet stands here, by the week in which it lands.";
        let step = (!cx.read_only).then_some("Enter time…");
        if empty::empty(ui, "Nothing is out", line, step) {
            actions.push(Action::Open(Box::new(Dialog::Session(SessionDialog::add(cx)))));
        }
    });
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ForecastView, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
        answer_ui(ui, &view.answer);
        if let Some(line) = &view.enough {
            enough_ui(ui, cx, line, actions);
        }
        if !view.did.is_empty() {
            let text = RichText::new(&view.did).color(tokens.muted);
            let response = ui.add(Label::new(text).truncate().sense(Sense::hover()));
            let line = "As the forecast of the month’s first morning would have been, by the dates of what is \
                        recorded; rules and amounts are those of today.";
            button::tip(response, "How the last forecast did", "", line);
        }
        if !view.warning.is_empty() {
            ui.horizontal(|ui| {
                Icon::Warn.show(ui, 14.0, tokens.warn);
                ui.add(Label::new(RichText::new(&view.warning).color(tokens.warn)).wrap());
            });
        }
    });
}

/// Whether it is enough for the bills; it opens to the last of them.
fn enough_ui(ui: &mut Ui, cx: &Cx<'_>, line: &EnoughLine, actions: &mut Vec<Action>) {
    let tokens = theme::tokens(ui);
    let mut job = ink::enough_line(tokens, line, tokens.sizes.body, str::to_owned);
    job.wrap = egui::text::TextWrapping::truncate_at_width(ui.available_width());
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &line.name));
    ui.painter().galley(rect.min, galley, tokens.muted);
    button::focus_ring(ui, &response, tokens);
    if response.clicked()
        && let EntryId::Bill(bill, _) = line.id
    {
        open_bill(cx, bill, actions);
    }
    button::tip(response, "Enough by", "", &line.name).on_hover_cursor(egui::CursorIcon::PointingHand);
}

fn body_ui(ui: &mut Ui, view: &ForecastView, look: &mut chart::Look<'_>, height: f32, asked: &mut Vec<Asked>) {
    let gap = theme::tokens(ui).sizes.gap_l;
    let width = ui.available_width();
    if width < BESIDE_FROM {
        chart::ui(ui, view, look, LEAST, asked);
        ui.add_space(gap);
        list::ui(ui, view, look.pick, LEAST, asked);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        card::column(ui, width - gap - LIST, |ui| chart::ui(ui, view, look, height, asked));
        card::column(ui, LIST, |ui| list::ui(ui, view, look.pick, height, asked));
    });
}
