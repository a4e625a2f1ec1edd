//! The Payouts tab: the month at the left, what comes next and the chosen payout at the right.
//!
//! Where the window is narrow, month and list take turns. The tab remembers only what is about looking: the month, the
//! chosen payout, the day that the arrow keys are on. What it shows is kept until the Book, the day or the month moves.

mod chosen;
mod grid;
mod head;
mod list;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Id, Key, Modifiers, Rect, Ui, UiBuilder};

use super::super::action::{Action, SessionFilter};
use super::super::cx::Cx;
use super::super::dialogs::{AddPlatformDialog, Dialog, FirstStartDialog, LandDialog, SessionDialog};
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::memo::Memo;
use super::super::view::payouts::{self as view, Detail, EntryId, PayoutsView};
use super::super::widgets::card::Card;
use super::super::widgets::empty::empty;
use crate::domain::query::calendar::ExpectedKey;
use crate::domain::span::{DayRange, Month, day_plus};
use crate::engine::Stamp;

/// From this width of the tab on, in points, month and list stand side by side.
const WIDE_FROM: f32 = 1060.0;
/// Width of the column beside the month.
const SIDE: f32 = 320.0;
/// The years one can leaf through; beyond them nothing can be recorded.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2200;

/// What the Payouts tab remembers about looking: month, choice, cached view.
#[derive(Default)]
pub struct PayoutsTab {
    /// The month shown; `None` means today's.
    month: Option<Month>,
    /// The chosen payout; `None` means the first of the list.
    chosen: Option<EntryId>,
    /// The day that the keys are on.
    day: Option<NaiveDate>,
    /// Where the window is narrow: whether the list stands in place of the month; `None` until chosen.
    list_shown: Option<bool>,
    /// What another screen asked for, until its month is known.
    asked: Option<ExpectedKey>,
    view: Memo<(Stamp, Month), Arc<PayoutsView>>,
    detail: Memo<(Stamp, EntryId), Option<Arc<Detail>>>,
}

/// What was asked for while drawing; carried out after it.
#[derive(Debug, Default)]
struct Asked {
    choose: Option<EntryId>,
    /// The keys go to this day; the month stays.
    day: Option<NaiveDate>,
    /// The keys go to the first of these days, and the month of the last is shown.
    go_to: Option<DayRange>,
    step: Option<Step>,
    list_shown: Option<bool>,
    land: Option<EntryId>,
    sessions: Option<EntryId>,
}

/// A step through the months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Previous,
    Next,
    Today,
}

impl PayoutsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, key: ExpectedKey) {
        self.asked = Some(key);
    }

    /// What must be there before a verb of this tab can be used; `None` where it can be.
    #[must_use]
    #[expect(clippy::unused_self, reason = "asked as every tab is")]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        (verb == Verb::Landed && cx.figures.calendar.expected.is_empty()).then_some("No payout is expected")
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        self.take_up_asked(cx);
        let moved = self.keys(ui.ctx(), cx);
        let view = self.view(cx);
        if moved && let Some(day) = self.day {
            self.chosen = view.on(day).next().map(|entry| entry.id).or(self.chosen);
        }
        if !view.any_platform {
            empty_ui(ui, cx, actions);
            return;
        }
        let detail = self.detail(cx, &view);
        let mut asked = Asked::default();
        if Verb::Landed.pressed(ui.ctx()) {
            asked.land = detail.as_ref().map(|detail| detail.id);
        }
        if free(ui.ctx()) && ui.ctx().input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            self.open_on_day(&view, detail.as_deref());
        }

        let rect = ui.available_rect_before_wrap();
        let gap = theme::tokens(ui).sizes.gap_l;
        let wide = rect.width() >= WIDE_FROM;
        if wide {
            let (month, side) = rect.split_left_right_at_x(rect.right() - SIDE - gap / 2.0);
            self.month_ui(ui, month.with_max_x(month.max.x - gap / 2.0), &view, false, detail.as_deref(), &mut asked);
            let side = side.with_min_x(rect.right() - SIDE);
            let height = list::height(theme::tokens(ui), view.listed, side.height());
            let (next, chosen) = side.split_top_bottom_at_y(side.top() + height);
            list_card(ui, next, cx, &view, detail.as_deref(), &mut asked, actions);
            let chosen = chosen.with_min_y(chosen.top() + gap);
            chosen_card(ui, chosen, cx, detail.as_deref(), &mut asked, actions);
        } else if self.list_shown.unwrap_or(view.entries.is_empty()) {
            let (top, below) = rect.split_top_bottom_at_y(rect.top() + head::HEIGHT);
            let mut child = ui.new_child(UiBuilder::new().max_rect(top));
            head::ui(&mut child, &view, Some(true), &mut asked);
            let below = below.with_min_y(below.top() + gap / 2.0);
            let share = if detail.is_some() { 0.5 } else { 1.0 };
            let (next, chosen) = below.split_left_right_at_fraction(share);
            let next = if detail.is_some() { next.with_max_x(next.max.x - gap / 2.0) } else { next };
            list_card(ui, next, cx, &view, detail.as_deref(), &mut asked, actions);
            let chosen = chosen.with_min_x(chosen.min.x + gap / 2.0);
            chosen_card(ui, chosen, cx, detail.as_deref(), &mut asked, actions);
        } else {
            self.month_ui(ui, rect, &view, true, detail.as_deref(), &mut asked);
        }
        ui.advance_cursor_after_rect(rect);
        self.carry_out(cx, &asked, wide, actions);
    }

    fn view(&mut self, cx: &Cx<'_>) -> Arc<PayoutsView> {
        let month = self.month.unwrap_or(Month::of_day(cx.today));
        let figures = cx.figures;
        let made = self.view.get((figures.stamp, month), || {
            Arc::new(view::payouts(cx.book, &figures.calendar, month, cx.now, cx.today))
        });
        Arc::clone(made)
    }

    /// The chosen payout, or the first of the list where that is gone or none was chosen.
    fn detail(&mut self, cx: &Cx<'_>, view: &PayoutsView) -> Option<Arc<Detail>> {
        let first = view.entries.get(..view.listed).and_then(<[_]>::first).map(|entry| entry.id);
        for id in [self.chosen, first].into_iter().flatten() {
            let found = self.detail.get((cx.figures.stamp, id), || {
                view::detail(cx.book, &cx.figures.calendar, id, cx.now, cx.today).map(Arc::new)
            });
            if let Some(found) = found {
                return Some(Arc::clone(found));
            }
        }
        None
    }

    fn take_up_asked(&mut self, cx: &Cx<'_>) {
        let Some(key) = self.asked.take() else { return };
        self.chosen = Some(EntryId::Expected(key));
        self.list_shown = Some(true);
        let found = cx.figures.calendar.expected.iter().find(|expected| expected.key == key);
        let days = found.and_then(|expected| expected.window.days());
        self.month = days.map(|days| Month::of_day(days.last));
        self.day = days.map(|days| days.first);
    }

    /// The keys of the month; whether they moved to another day.
    fn keys(&mut self, ctx: &egui::Context, cx: &Cx<'_>) -> bool {
        for (verb, step) in [(Verb::Previous, Step::Previous), (Verb::Next, Step::Next), (Verb::Today, Step::Today)] {
            if verb.pressed(ctx) {
                self.step(step, cx.today);
            }
        }
        if !free(ctx) {
            return false;
        }
        let days = [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)];
        let by: i64 = ctx.input_mut(|input| {
            let pressed = |(key, by): (Key, i64)| if input.consume_key(Modifiers::NONE, key) { by } else { 0 };
            days.map(pressed).iter().sum()
        });
        if by == 0 {
            return false;
        }
        let month = self.month.unwrap_or(Month::of_day(cx.today));
        let from = self.day.unwrap_or(if month == Month::of_day(cx.today) { cx.today } else { month.first_day() });
        self.go_to(day_plus(from, by));
        true
    }

    fn go_to(&mut self, day: NaiveDate) {
        let month = Month::of_day(day);
        if YEARS.contains(&month.year) {
            self.day = Some(day);
            self.month = Some(month);
        }
    }

    fn step(&mut self, step: Step, today: NaiveDate) {
        let month = self.month.unwrap_or(Month::of_day(today));
        let to = match step {
            Step::Previous => month.previous(),
            Step::Next => month.next(),
            Step::Today => Month::of_day(today),
        };
        if YEARS.contains(&to.year) {
            self.month = Some(to).filter(|to| *to != Month::of_day(today));
            self.day = (step == Step::Today).then_some(today);
        }
    }

    /// Enter: the next payout of the day that the keys are on; the list, where the month hides it.
    fn open_on_day(&mut self, view: &PayoutsView, detail: Option<&Detail>) {
        self.list_shown = Some(true);
        let Some(day) = self.day else { return };
        let ids: Vec<EntryId> = view.on(day).map(|entry| entry.id).collect();
        let at = detail.and_then(|detail| ids.iter().position(|id| *id == detail.id));
        let next = at.map_or(0, |at| at + 1);
        if let Some(id) = ids.get(next).or(ids.first()) {
            // The first Enter on a day opens what the arrows have already chosen.
            self.chosen = Some(*id);
        }
    }

    fn month_ui(
        &self,
        ui: &mut Ui,
        rect: Rect,
        view: &PayoutsView,
        narrow: bool,
        detail: Option<&Detail>,
        asked: &mut Asked,
    ) {
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        Card::new().named("Calendar").height(rect.height()).show(&mut child, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head::ui(ui, view, narrow.then_some(false), asked);
            let rest = ui.available_rect_before_wrap();
            let rest = rest.with_max_y(rest.max.y.min(rect.bottom() - theme::tokens(ui).sizes.gap_l));
            grid::ui(ui, rest, view, detail.map(|detail| detail.id), self.day, asked);
            ui.advance_cursor_after_rect(rest);
        });
    }

    fn carry_out(&mut self, cx: &Cx<'_>, asked: &Asked, wide: bool, actions: &mut Vec<Action>) {
        if let Some(step) = asked.step {
            self.step(step, cx.today);
        }
        if let Some(day) = asked.day {
            self.day = Some(day);
        }
        if let Some(days) = asked.go_to {
            self.go_to(days.last);
            self.day = Some(days.first);
        }
        if let Some(id) = asked.choose {
            self.chosen = Some(id);
            if !wide {
                self.list_shown = Some(true);
            }
        }
        self.list_shown = asked.list_shown.or(self.list_shown);
        if let Some(EntryId::Expected(key)) = asked.land
            && !cx.read_only
            && let Some(expected) = cx.figures.calendar.expected.iter().find(|expected| expected.key == key)
            && view::can_land(cx.book, expected)
        {
            let dialog = Dialog::Land(LandDialog::new(cx, expected));
            actions.push(Action::Open(Box::new(dialog)));
        }
        let behind = asked
            .sessions
            .and_then(|id| view::detail(cx.book, &cx.figures.calendar, id, cx.now, cx.today))
            .filter(|detail| !detail.sessions.is_empty());
        if let Some(detail) = behind {
            actions.push(Action::ShowSessions(SessionFilter {
                words: detail.sessions_words,
                sessions: Some(detail.sessions),
                ..SessionFilter::default()
            }));
        }
    }
}

/// Whether the keys belong to the tab: nothing has the focus, no dialog and no menu is open.
fn free(ctx: &egui::Context) -> bool {
    let nothing = ctx.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    nothing && !egui::Popup::is_any_open(ctx)
}

fn empty_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let height = ui.available_height();
    Card::new().named("Calendar").height(height).show(ui, |ui| {
        let first = (!cx.read_only).then_some("Add platform");
        let line = "Add the places that pay you: their pay days, and the money on its way, stand here.";
        if empty(ui, "No payouts yet", line, first) {
            actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx)))));
        }
        FirstStartDialog::offer_ui(ui, cx, actions);
    });
}

fn list_card(
    ui: &mut Ui,
    rect: Rect,
    cx: &Cx<'_>,
    view: &PayoutsView,
    detail: Option<&Detail>,
    asked: &mut Asked,
    actions: &mut Vec<Action>,
) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).scope_id(Id::unique("payouts-next")));
    Card::new().title("Next").height(rect.height()).show(&mut child, |ui| {
        if view.listed == 0 {
            let first = (!cx.read_only).then_some("Add session");
            if empty(ui, "Nothing expected", "Paid work stands here with its pay day.", first) {
                actions.push(Action::Open(Box::new(Dialog::Session(SessionDialog::add(cx)))));
            }
            return;
        }
        list::ui(ui, view, detail, asked);
    });
}

fn chosen_card(
    ui: &mut Ui,
    rect: Rect,
    cx: &Cx<'_>,
    detail: Option<&Detail>,
    asked: &mut Asked,
    actions: &mut Vec<Action>,
) {
    let Some(detail) = detail else { return };
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).scope_id(Id::unique("payouts-chosen")));
    chosen::ui(&mut child, rect.height(), cx, detail, asked, actions);
}
