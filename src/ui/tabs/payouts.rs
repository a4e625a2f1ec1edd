//! The Payouts tab: the month or the agenda at the left, what comes next and the chosen payout at the right.
//!
//! Where the window is narrow, the chosen payout lies on a sheet over the calendar. The tab remembers only what is about
//! looking: month or agenda, the month, the chosen payout, the day that the arrow keys are on. What it shows is kept
//! until the Book, the day or the month moves.

mod agenda;
mod asked;
mod block;
mod chosen;
mod grid;
mod head;
mod heights;
mod keys;
mod list;
mod menus;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Area, Context, Id, IdSet, Order, Rect, Ui, UiBuilder, vec2};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::dialogs::{AddPlatformDialog, Dialog, FirstStartDialog, SessionDialog};
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::memo::Memo;
use super::super::view::payouts::{self as view, Detail, DrawsId, EntryId, EntryVerb, PayoutsView};
use super::super::widgets::card::Card;
use super::super::widgets::empty::empty;
use crate::domain::ids::{EarningId, PayoutId, SessionId};
use crate::domain::query::calendar::ExpectedKey;
use crate::domain::span::{DayRange, Month};
use crate::engine::Stamp;
use asked::Asked;

/// From this width of the tab on, in points, month and list stand side by side.
const WIDE_FROM: f32 = 1060.0;
/// Width of the column beside the month, and of the sheet.
const SIDE: f32 = 320.0;

/// How the payouts stand at the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    #[default]
    Month,
    Agenda,
}

/// What the keyboard goes to in the next frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Day(NaiveDate),
    Entry(EntryId),
}

/// What another screen asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Expected(ExpectedKey),
    Payout(PayoutId),
}

/// What the Payouts tab remembers about looking: month or agenda, month, choice, cached view.
#[derive(Default)]
pub struct PayoutsTab {
    mode: Mode,
    /// The month shown; `None` means today's.
    month: Option<Month>,
    /// The chosen payout; `None` means the first of the list.
    chosen: Option<EntryId>,
    /// The day that the keys are on.
    day: Option<NaiveDate>,
    /// Where the window is narrow: whether the chosen payout lies over the calendar.
    sheet: bool,
    /// Whose draws are open to their days in the list.
    open: BTreeSet<DrawsId>,
    /// Whether the agenda goes to where it starts, or to the chosen row.
    scrolls: Option<agenda::Scroll>,
    /// Where the keys went, and in which pass: it takes the focus when it is drawn after that. In the pass of the key
    /// itself egui would move the focus on.
    target: Option<(Target, u64)>,
    /// The days and blocks that were drawn last: while one of them has the focus, the keys are the tab's.
    own: IdSet,
    /// What another screen asked for, until its month is known.
    asked: Option<Wanted>,
    /// What stood under the payout that was shown last, so that it is found again when it moves.
    shown: Option<(EntryId, BTreeSet<EarningId>, BTreeSet<SessionId>)>,
    view: Memo<(Stamp, Month), Arc<PayoutsView>>,
    detail: Memo<(Stamp, EntryId), Option<Arc<Detail>>>,
    /// The first of the list, where nothing is chosen.
    first: Memo<(Stamp, EntryId), Option<Arc<Detail>>>,
}

impl PayoutsTab {
    /// Shows the expected payout that another screen asked for.
    pub fn show(&mut self, key: ExpectedKey) {
        self.asked = Some(Wanted::Expected(key));
    }

    /// Shows the payout, under way or landed, that another screen asked for.
    pub fn show_payout(&mut self, id: PayoutId) {
        self.asked = Some(Wanted::Payout(id));
    }

    /// What must be there before a verb of this tab can be used; `None` where it can be.
    #[must_use]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        let verb = EntryVerb::ALL.into_iter().find(|one| menus::key_of(*one) == Some(verb))?;
        let first = || cx.figures.calendar.expected.first().map(|expected| EntryId::Expected(expected.key));
        let usable = self.chosen.or_else(first).map(|id| view::verbs(cx.book, &cx.figures.calendar, id, cx.today));
        let can = usable.is_some_and(|verbs| verbs.contains(&verb));
        (!can).then_some(match verb {
            EntryVerb::Edit | EntryVerb::Delete => "Choose a payout that has landed, or a bill, first",
            EntryVerb::Figures | EntryVerb::Settles => "Choose a payout that was sent, or has landed, first",
            EntryVerb::Explain => "Choose a payout that brought more than was owed first",
            EntryVerb::Arrived => "Choose a payout on its way first",
            EntryVerb::Chase => "Choose a payout that is late first",
            EntryVerb::Draw => "Choose money that can be drawn first",
            EntryVerb::Land
            | EntryVerb::Move
            | EntryVerb::Hold
            | EntryVerb::Release
            | EntryVerb::WriteOff
            | EntryVerb::Sessions
            | EntryVerb::Platform
            | EntryVerb::Schedule => "Choose an expected payout first",
        })
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        self.take_up_asked(cx);
        let view = self.view(cx);
        if !view.any_platform {
            empty_ui(ui, cx, actions);
            return;
        }
        let mut asked = Asked::default();
        self.keys(ui.ctx(), cx, &view, &mut asked);
        let view = self.view(cx);
        let detail = self.detail(cx, &view);

        let rect = ui.available_rect_before_wrap();
        let gap = theme::tokens(ui).sizes.gap_l;
        let wide = rect.width() >= WIDE_FROM;
        if wide {
            let (left, side) = rect.split_left_right_at_x(rect.right() - SIDE - gap / 2.0);
            let left = left.with_max_x(left.max.x - gap / 2.0);
            self.calendar_ui(ui, left, cx, &view, false, detail.as_deref(), &mut asked);
            let side = side.with_min_x(rect.right() - SIDE);
            let height = list::height(ui, &view, &self.open, side.size());
            let (next, below) = side.split_top_bottom_at_y(side.top() + height);
            self.list_card(ui, next, cx, &view, detail.as_deref(), &mut asked, actions);
            let below = below.with_min_y(below.top() + gap);
            if let Some(detail) = detail.as_deref() {
                let mut child = ui.new_child(UiBuilder::new().max_rect(below).scope_id(Id::unique("payouts-chosen")));
                chosen::ui(&mut child, below.height(), cx, detail, false, &mut asked);
            }
        } else {
            self.calendar_ui(ui, rect, cx, &view, true, detail.as_deref(), &mut asked);
            if let Some(detail) = detail.as_deref().filter(|_| self.sheet) {
                sheet_ui(ui.ctx(), rect, cx, detail, &mut asked);
            }
        }
        ui.advance_cursor_after_rect(rect);
        self.own = std::mem::take(&mut asked.own);
        // Where it is drawn nowhere, what is known of it opens, with its verbs.
        asked.open |= asked.menu.is_some();
        self.carry_out(cx, &asked, &view, wide, actions);
    }

    fn view(&mut self, cx: &Cx<'_>) -> Arc<PayoutsView> {
        let month = self.month.unwrap_or(Month::of_day(cx.today));
        let figures = cx.figures;
        let made = self.view.get((figures.stamp, month), || {
            Arc::new(view::payouts(cx.book, &figures.calendar, month, cx.now, cx.today))
        });
        Arc::clone(made)
    }

    /// The chosen payout; where that moved, what its money became; else the first of the list.
    fn detail(&mut self, cx: &Cx<'_>, view: &PayoutsView) -> Option<Arc<Detail>> {
        let made = |memo: &mut Memo<(Stamp, EntryId), Option<Arc<Detail>>>, id: EntryId| {
            let make = || view::detail(cx.book, &cx.figures.calendar, id, cx.now, cx.today).map(Arc::new);
            memo.get((cx.figures.stamp, id), make).clone()
        };
        if let Some(id) = self.chosen {
            let mut found = made(&mut self.detail, id);
            // What was under way has landed, or the other way round.
            if found.is_none()
                && let Some(turned) = id.turned()
            {
                found = made(&mut self.detail, turned);
                self.chosen = Some(if found.is_some() { turned } else { id });
            }
            if found.is_none()
                && let Some((_, earnings, sessions)) = self.shown.as_ref().filter(|(shown, ..)| *shown == id)
                && let Some(moved) = view::follow(cx.book, &cx.figures.calendar, earnings, sessions)
            {
                self.chosen = Some(moved);
                found = made(&mut self.detail, moved);
            }
            if let Some(found) = found {
                if self.shown.as_ref().is_none_or(|(shown, ..)| *shown != found.id) {
                    self.shown = Some((found.id, found.earnings.clone(), found.sessions.clone()));
                }
                return Some(found);
            }
        }
        let first = view.entries.get(..view.listed).and_then(<[_]>::first)?;
        made(&mut self.first, first.id)
    }

    fn take_up_asked(&mut self, cx: &Cx<'_>) {
        let Some(wanted) = self.asked.take() else { return };
        let calendar = &cx.figures.calendar;
        let (entry, days) = match wanted {
            Wanted::Expected(key) => {
                let found = calendar.expected.iter().find(|expected| expected.key == key);
                (EntryId::Expected(key), found.and_then(|expected| expected.window.days()))
            }
            Wanted::Payout(id) => {
                let landed = calendar.landed.iter().find(|landed| landed.payout == id);
                let lands = || calendar.in_transit.iter().find(|sent| sent.payout == id).and_then(|sent| sent.lands);
                match landed {
                    Some(landed) => (EntryId::Landed(id), Some(DayRange::day(landed.on))),
                    None => (EntryId::UnderWay(id), lands()),
                }
            }
        };
        self.chosen = Some(entry);
        self.sheet = true;
        self.month = days.map(|days| Month::of_day(days.last));
        self.day = days.map(|days| days.first);
    }

    #[expect(clippy::too_many_arguments, reason = "what is drawn, where, and what was asked for")]
    fn calendar_ui(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        cx: &Cx<'_>,
        view: &PayoutsView,
        narrow: bool,
        detail: Option<&Detail>,
        asked: &mut Asked,
    ) {
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        Card::new().named("Calendar").height(rect.height()).show(&mut child, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let sizes = &theme::tokens(ui).sizes;
            head::ui(ui, view, self.mode, narrow && !cx.read_only, asked);
            let rest = ui.available_rect_before_wrap();
            let mut rest = rest.with_max_y(rest.max.y.min(rect.bottom() - sizes.gap_l));
            if narrow && (view.enough.is_some() || self.mode == Mode::Agenda) {
                // There is no list beside it that would say whether it is enough. In the month its room is the days'
                // as long as there is no bill.
                let high = list::enough_height(ui, view, rest.width());
                let foot = Rect::from_min_max(egui::pos2(rest.left(), rest.bottom() - high), rest.max);
                rest.max.y = foot.top();
                let mut child = ui.new_child(UiBuilder::new().max_rect(foot));
                list::enough_ui(&mut child, cx, view, asked);
            }
            let chosen = detail.map(|detail| detail.id);
            let pass = ui.ctx().cumulative_pass_nr();
            let target = self.target.filter(|(_, since)| *since < pass).map(|(target, _)| target);
            match self.mode {
                Mode::Month => {
                    let looks = grid::Looks { chosen, cursor: self.day, target };
                    grid::ui(ui, rest, cx, view, looks, asked);
                }
                Mode::Agenda => {
                    let looks = agenda::Looks { chosen, target, scroll: self.scrolls.take() };
                    let mut child = ui.new_child(UiBuilder::new().max_rect(rest));
                    agenda::ui(&mut child, cx, view, looks, asked);
                }
            }
            // A row that was far away is drawn a frame after the list went there.
            self.target = self.target.filter(|_| !asked.reached);
            ui.advance_cursor_after_rect(rest);
        });
    }

    #[expect(clippy::too_many_arguments, reason = "what is drawn, where, and what was asked for")]
    fn list_card(
        &self,
        ui: &mut Ui,
        rect: Rect,
        cx: &Cx<'_>,
        view: &PayoutsView,
        detail: Option<&Detail>,
        asked: &mut Asked,
        actions: &mut Vec<Action>,
    ) {
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).scope_id(Id::unique("payouts-next")));
        Card::new().named("Next").height(rect.height()).show(&mut child, |ui| {
            list::head_ui(ui, cx, view, asked);
            if view.listed == 0 {
                let first = (!cx.read_only).then_some("Add session");
                if empty(ui, "Nothing expected", "Paid work stands here with its pay day.", first) {
                    actions.push(Action::Open(Box::new(Dialog::Session(SessionDialog::add(cx)))));
                }
            } else {
                list::ui(ui, rect, cx, view, &self.open, detail, asked);
            }
            list::foot_ui(ui, rect, cx, view, asked);
        });
    }
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

/// The chosen payout over the right of the calendar.
fn sheet_ui(ctx: &Context, rect: Rect, cx: &Cx<'_>, detail: &Detail, asked: &mut Asked) {
    let width = SIDE.min(rect.width());
    let place = Rect::from_min_max(egui::pos2(rect.right() - width, rect.top()), rect.max);
    let area = Area::new(Id::unique("payout-sheet")).order(Order::Middle).fixed_pos(place.min).constrain(false);
    area.accessible_name("Payout sheet").show(ctx, |ui| {
        ui.set_min_size(place.size());
        ui.set_max_size(place.size());
        let tokens = theme::tokens(ui);
        let shade = place.expand2(vec2(1.0, 1.0));
        ui.painter().rect_filled(shade, tokens.radius(), tokens.line);
        chosen::ui(ui, place.height(), cx, detail, true, asked);
    });
}
