//! The Platforms tab: the table, and below it the projects, the schedule and the life of the chosen platform; or the
//! page of one platform.

mod cards;
mod keys;
mod list;
mod page;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align, Key, Layout, Modifiers, Popup, ScrollArea, Ui, UiBuilder, vec2};

use super::super::action::{Action, SessionFilter};
use super::super::cx::Cx;
use super::super::dialogs::{AddPlatformDialog, Dialog, FirstStartDialog};
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::memo::Memo;
use super::super::view::names;
use super::super::view::platforms::{Detail, Page, PageOf, Sort, Table};
use super::super::widgets::card::{self, Card};
use super::super::widgets::picker::{Choice, Picker};
use super::super::widgets::{button, empty};
use crate::domain::ids::PlatformId;
use crate::domain::query::hours::Period;
use crate::domain::span::DayRange;
use crate::engine::Stamp;
use cards::{Sheet, cards_ui, sheet_ui};
use list::{Shown, starts_descending};
use page::PageState;

/// Below this width the three cards become one with a choice of what it shows, in points.
const NARROW: f32 = 1_000.0;
/// The least heights of the table's card and of what stands below it; in a lower window the tab scrolls.
const LEAST_TABLE: f32 = 260.0;
const LEAST_SHEET: f32 = 170.0;

/// What the Platforms tab remembers about looking: scroll, choice, filters, cached view.
pub struct PlatformsTab {
    period: Period,
    sort: Sort,
    descending: bool,
    chosen: Option<PlatformId>,
    sheet: Sheet,
    scroll_to_chosen: bool,
    /// How many rows the arrows move the choice by in this frame.
    step: i8,
    table: Memo<(Stamp, Period), Table>,
    detail: Memo<(Stamp, PlatformId), Option<Detail>>,
    /// The platform whose page is open.
    page: Option<PlatformId>,
    page_state: PageState,
    page_view: Memo<(Stamp, PlatformId, Period), Option<Page>>,
}

impl Default for PlatformsTab {
    fn default() -> Self {
        Self {
            period: Period::Last4Weeks,
            sort: Sort::Name,
            descending: false,
            chosen: None,
            sheet: Sheet::default(),
            scroll_to_chosen: false,
            step: 0,
            table: Memo::default(),
            detail: Memo::default(),
            page: None,
            page_state: PageState::default(),
            page_view: Memo::default(),
        }
    }
}

impl PlatformsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, platform: PlatformId) {
        self.page = None;
        self.chosen = Some(platform);
        self.scroll_to_chosen = true;
    }

    /// Whether the page of a platform is shown.
    #[must_use]
    pub fn shows_page(&self) -> bool {
        self.page.is_some()
    }

    /// Opens the page of a platform.
    pub fn open_page(&mut self, platform: PlatformId) {
        self.show(platform);
        self.page_state = self.page_state.fresh();
        self.page = Some(platform);
    }

    /// What must be there before a verb of the tab can be used, in words; `None` where it can be.
    #[must_use]
    pub fn lacks(&self, verb: Verb, cx: &Cx<'_>) -> Option<&'static str> {
        if cx.book.platforms().next().is_none() {
            return Some("Add a platform first");
        }
        (verb == Verb::Back && self.page.is_none()).then_some("No page is open")
    }

    /// Which of the files that the user named are there, as far as known.
    pub fn know_files(&mut self, seen: Arc<BTreeMap<String, bool>>) {
        self.page_state.files = seen;
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        if cx.book.platforms().next().is_none() {
            Card::new().named("Platforms").show(ui, |ui| {
                let line = "Add the places that pay you: their pay days and their real hourly rate follow.";
                if empty::empty(ui, "No platforms yet", line, Some("Add platform")) {
                    actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx)))));
                }
                FirstStartDialog::offer_ui(ui, cx, actions);
            });
            return;
        }
        if self.opened_page_ui(ui, cx, actions) {
            return;
        }
        self.keys(ui, cx, actions);
        // The scroll bar stands in the window's margin, beside the cards.
        let (width, height) = (ui.available_width(), ui.available_height());
        let mut area = ui.available_rect_before_wrap();
        area.max.x += theme::tokens(ui).sizes.gap_m;
        ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
            ScrollArea::vertical().id_salt("platforms").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(width);
                self.page_ui(ui, cx, height, actions);
            });
        });
    }

    /// The page, if one is open; whether it is.
    fn opened_page_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) -> bool {
        let Some(id) = self.page.filter(|id| cx.book.platform(*id).is_some()) else {
            self.page = None;
            return false;
        };
        let figures = cx.figures;
        let of = PageOf {
            book: cx.book,
            work: &figures.work,
            calendar: &figures.calendar,
            presets: cx.presets,
            days: self.period.days(cx.today, cx.book.settings().week_start),
            at: figures.at,
            today: cx.today,
        };
        let view = self.page_view.get((figures.stamp, id, self.period), || of.page(id));
        let Some(view) = view else { return false };
        let period = names::period(self.period).to_lowercase();
        if page::ui(ui, cx, view, &period, &mut self.page_state, actions) {
            self.page = None;
            self.scroll_to_chosen = true;
        }
        true
    }

    /// The keys of the table: arrows choose, Enter opens the page, single letters act on what is chosen.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let ctx = ui.ctx();
        let Some(chosen) = self.chosen.filter(|id| cx.book.platform(*id).is_some()) else { return };
        let busy = ctx.memory(|memory| memory.focused().is_some() || memory.top_modal_layer().is_some())
            || Popup::is_any_open(ctx);
        if !busy {
            let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if pressed(Key::ArrowDown) {
                self.step = 1;
            } else if pressed(Key::ArrowUp) {
                self.step = -1;
            } else if pressed(Key::Enter) {
                actions.push(Action::ShowPage(chosen));
            }
        }
        if Verb::OpenPage.pressed(ctx) {
            actions.push(Action::ShowPage(chosen));
        }
        keys::changes(ctx, cx, chosen, actions);
    }

    /// The table and what stands below it, in all of `height` or in what they need.
    fn page_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, height: f32, actions: &mut Vec<Action>) {
        let gap = theme::tokens(ui).sizes.gap_l;
        ui.spacing_mut().item_spacing.y = gap;
        let top = ui.cursor().top();
        let narrow = ui.available_width() < NARROW;
        // Below the table there is room for the cards; above that, for as many rows as there are.
        let cards = if height < 520.0 { LEAST_SHEET } else { 220.0 };
        self.table_card_ui(ui, cx, (height - cards - gap).max(LEAST_TABLE), actions);
        let Some(id) = self.chosen.filter(|id| cx.book.platform(*id).is_some()) else { return };
        let stamp = cx.figures.stamp;
        let detail = self.detail.get((stamp, id), || {
            Detail::of(cx.book, &cx.figures.work, &cx.figures.calendar, cx.presets, id, cx.figures.at, cx.today)
        });
        let Some(detail) = detail else { return };
        let rest = (top + height - ui.cursor().top()).max(LEAST_SHEET);
        if narrow {
            sheet_ui(ui, cx, detail, &mut self.sheet, rest, actions);
        } else {
            cards_ui(ui, cx, detail, rest, actions);
        }
    }

    fn table_card_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, height: f32, actions: &mut Vec<Action>) {
        let tokens = theme::tokens(ui);
        Card::new().named("Platforms overview").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
            self.head_ui(ui, cx, actions);
            let settings = cx.book.settings();
            let days = self.period.days(cx.today, settings.week_start);
            let figures = cx.figures;
            let table = self.table.get((figures.stamp, self.period), || {
                Table::of(cx.book, &figures.work, &figures.calendar, days, figures.at, cx.today)
            });
            let order = table.order(self.sort, self.descending);
            if !self.chosen.is_some_and(|id| table.rows.iter().any(|row| row.id == id)) {
                self.chosen = order.first().and_then(|at| table.rows.get(*at)).map(|row| row.id);
            }
            if let Some(place) = order.iter().position(|at| table.rows.get(*at).map(|row| row.id) == self.chosen) {
                let step = std::mem::take(&mut self.step);
                let next = if step < 0 { place.checked_sub(1) } else { place.checked_add(usize::from(step > 0)) };
                if step != 0
                    && let Some(row) = next.and_then(|next| order.get(next)).and_then(|at| table.rows.get(*at))
                {
                    self.chosen = Some(row.id);
                    self.scroll_to_chosen = true;
                }
            }
            let scroll_to = std::mem::take(&mut self.scroll_to_chosen)
                .then(|| order.iter().position(|at| table.rows.get(*at).map(|row| row.id) == self.chosen))
                .flatten();
            // Head, row of heads, row of all, margins.
            let other = tokens.sizes.row + tokens.sizes.row_dense + tokens.sizes.row + 2.0 * tokens.sizes.gap_l + 16.0;
            let room = (height - other).max(2.0 * tokens.sizes.row);
            // Rows are as tall as they can be without scrolling, and never cut in half.
            let rows = table.rows.len().max(1) as f32;
            let room = room + tokens.sizes.row;
            let row_height = (room / (rows + 1.0)).floor().clamp(32.0, 52.0);
            let room = ((room / row_height).floor() - 1.0).max(1.0) * row_height;
            let shown = Shown {
                table,
                order: &order,
                days,
                chosen: self.chosen,
                sort: self.sort,
                descending: self.descending,
                row_height,
                room,
                scroll_to,
            };
            let asked = shown.ui(ui, cx, actions);
            if let Some(sort) = asked.sort {
                // Names from A on, figures from the greatest on; a second click turns it round.
                self.descending = if self.sort == sort { !self.descending } else { starts_descending(sort) };
                self.sort = sort;
            }
            if asked.chosen.is_some() {
                self.chosen = asked.chosen;
            }
            actions.extend(asked.open.map(Action::ShowPage));
        });
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let row = theme::tokens(ui).sizes.row;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), row), Layout::left_to_right(Align::Center), |ui| {
            card::title(ui, "Platforms");
            let choices = Period::ALL.map(|period| Choice::from(names::period(period)));
            let chosen = Period::ALL.iter().position(|period| *period == self.period);
            let picked = Picker::few("Period").chip().chosen(chosen).pick(ui, &choices);
            if let Some(period) = picked.and_then(|at| Period::ALL.get(at)) {
                self.period = *period;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = Verb::AddPlatform.words();
                let key = Verb::AddPlatform.key_text();
                let add = button::primary(words.name).enabled(!cx.read_only).tip(words.name, &key, words.line);
                if ui.add(add).clicked() {
                    actions.push(Action::Open(Box::new(Dialog::AddPlatform(AddPlatformDialog::new(cx)))));
                }
            });
        });
    }
}

/// The sessions of a platform, for the Sessions tab.
fn sessions(platform: PlatformId, name: &str, days: Option<DayRange>) -> SessionFilter {
    SessionFilter { words: name.to_owned(), days, platform: Some(platform), ..SessionFilter::default() }
}
