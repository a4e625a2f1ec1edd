//! "Platforms side by side": a bar a side, against what was advertised and the floor.
//!
//! The list is virtual: what does not fit scrolls, and only what is seen is drawn. Each row is a button with all of
//! its figures in its name; the arrow keys go from row to row, and the table holds the same.

use egui::{Align, EventFilter, Id, Key, Layout, Modifiers, Painter, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo};
use egui::{Color32, Stroke, pos2, vec2};
use rust_decimal::Decimal;

use super::steps::{BAR, FOOT, ROW, share};
use super::{Asked, Held, foot_ui};
use crate::domain::query::rates::GroupBy;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::rates::{GROUPS, Look, RatesView, Side, Sides, groups};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::{button, hatch, rich};

const NAME: f32 = 148.0;
const FIGURE: f32 = 80.0;
const WORDS: f32 = 150.0;
/// Over this many rows the list scrolls.
pub(super) const MOST_ROWS: usize = 6;

pub(super) fn ui(ui: &mut Ui, view: &RatesView, look: &mut Look, tab: &mut Held, asked: &mut Vec<Asked>) {
    let sides = &view.sides;
    Card::new().named(&sides.title).show(ui, |ui| {
        let sizes = &theme::tokens(ui).sizes;
        ui.spacing_mut().item_spacing.y = 0.0;
        card::title_row(ui, &sides.title, |ui| {
            market_ui(ui, look);
            by_ui(ui, look);
        });
        ui.add_space(sizes.gap_xs);
        if sides.rows.is_empty() {
            ui.allocate_ui_with_layout(
                vec2(ui.available_width(), ROW * MOST_ROWS as f32 + FOOT),
                Layout::top_down(Align::Min),
                |ui| card::note(ui, "no work on a platform in these days"),
            );
            return;
        }
        list_ui(ui, sides, &mut tab.row, asked);
        foot_ui(ui, &sides.legend, &mut tab.tables.sides, "platforms");
    });
}

fn by_ui(ui: &mut Ui, look: &mut Look) {
    let choices = GROUPS.map(|by| Choice::from(groups(by)));
    let chosen = GROUPS.iter().position(|by| *by == look.by);
    let picked = Picker::few("Compare").chip().chosen(chosen).tip("", "What stands side by side").pick(ui, &choices);
    if let Some(by) = picked.and_then(|at| GROUPS.get(at)) {
        look.by = *by;
    }
}

fn market_ui(ui: &mut Ui, look: &mut Look) {
    let words = Verb::CompareMarket.words();
    let key = Verb::CompareMarket.key_text();
    let possible = look.by == GroupBy::Platform;
    let chip = button::chip(words.name).selected(look.market && possible).enabled(possible);
    let chip = chip.tip(words.name, &key, words.line);
    if ui.add(chip).clicked() {
        look.market = !look.market;
    }
}

/// The rows in sight; `wanted` is the row that the keyboard goes to.
fn list_ui(ui: &mut Ui, sides: &Sides, wanted: &mut Option<usize>, asked: &mut Vec<Asked>) {
    let shown = MOST_ROWS as f32 * ROW;
    let place = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), shown));
    let go_to = wanted.take().filter(|at| *at < sides.rows.len());
    let area = ScrollArea::vertical().id_salt("rates-sides").max_height(shown).min_scrolled_height(shown);
    let out = area.auto_shrink(false).show_viewport(ui, |ui, seen| {
        ui.set_height(ROW * sides.rows.len() as f32);
        ui.set_width(ui.available_width());
        let columns = Columns::of(ui.max_rect());
        if let Some(at) = go_to {
            ui.scroll_to_rect(columns.row(at), None);
        }
        for (at, side) in sides.rows.iter().enumerate() {
            let top = ROW * at as f32;
            let is_seen = top + ROW > seen.top() && top < seen.bottom();
            // A row that has the focus or takes it keeps it out of sight too.
            let is_held = go_to == Some(at) || ui.memory(|memory| memory.has_focus(row_id(side)));
            if is_seen || is_held {
                let rect = columns.row(at);
                if let Some(step) = row_ui(ui, sides, side, &columns, rect, go_to == Some(at), asked) {
                    *wanted = at.checked_add_signed(step).filter(|next| *next < sides.rows.len());
                }
            }
        }
        columns
    });
    if wanted.is_some() || go_to.is_some() {
        ui.ctx().request_repaint();
    }
    floor_ui(ui.painter(), theme::tokens(ui), sides, &out.inner, place.y_range());
}

/// Where name, bars, figure and words stand.
pub(super) struct Columns {
    all: Rect,
    plot: Rect,
    figure_right: f32,
    words_left: f32,
}

impl Columns {
    pub(super) fn of(all: Rect) -> Self {
        let name = NAME.min(all.width() * 0.26);
        let words_left = all.right() - WORDS.min(all.width() * 0.28);
        let figure_right = words_left - 8.0;
        let plot = all.with_min_x(all.left() + name).with_max_x((figure_right - FIGURE).max(all.left() + name + 1.0));
        Self { all, plot, figure_right, words_left }
    }

    pub(super) fn row(&self, at: usize) -> Rect {
        let top = self.all.top() + ROW * at as f32;
        Rect::from_x_y_ranges(self.all.x_range(), top..=top + ROW)
    }

    fn x(&self, value: Decimal, top: Decimal) -> f32 {
        self.plot.left() + self.plot.width() * share(value, top) * 0.98
    }
}

fn row_id(side: &Side) -> Id {
    Id::unique(("rates-bar", &side.group))
}

/// A row with its click; by how many rows an arrow key wants to go on from it.
fn row_ui(
    ui: &Ui,
    sides: &Sides,
    side: &Side,
    columns: &Columns,
    rect: Rect,
    take_focus: bool,
    asked: &mut Vec<Asked>,
) -> Option<isize> {
    let tokens = theme::tokens(ui);
    let response = ui.interact(rect, row_id(side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &side.spoken));
    if take_focus {
        response.request_focus();
    }
    if response.hovered() {
        let ground = rect.expand2(vec2(tokens.sizes.gap_s, 0.0));
        ui.painter().rect_filled(ground, tokens.radius_small(), tokens.row_hover);
    }
    paint_row(ui, sides, side, columns, rect);
    if response.has_focus() {
        let inside = response.clone().with_new_rect(rect.shrink2(vec2(0.0, 3.0)));
        button::focus_ring(ui, &inside, tokens);
    }
    let step = steps_of(ui, &response);
    if response.clicked() {
        asked.push(Asked::sessions(side.group.clone()));
    }
    button::tip(response, &side.full_name, "", &side.tip);
    step
}

/// Which way the arrow keys go on from a row that has the focus.
fn steps_of(ui: &Ui, response: &egui::Response) -> Option<isize> {
    if !response.has_focus() {
        return None;
    }
    if response.gained_focus() {
        // Only what had the focus in the frame before can keep the arrow keys.
        ui.ctx().request_repaint();
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
            Some(1)
        } else if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
            Some(-1)
        } else {
            None
        }
    })
}

/// What is seen of a row: badge and name, the bar with its marks, the figure and its words.
pub(super) fn paint_row(ui: &Ui, sides: &Sides, side: &Side, columns: &Columns, rect: Rect) {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let middle = rect.center().y;
    let mut x = rect.left();
    if let Some(mark) = &side.mark {
        let badge = Rect::from_min_size(pos2(x, middle - PlatformMark::SIZE.y / 2.0), PlatformMark::SIZE);
        PlatformMark { letters: &mark.letters, hue_index: mark.hue }.paint(ui.painter(), tokens, badge);
        x = badge.right() + sizes.gap_s;
    }
    let text = |text: &str, font, ink, left: f32, room: f32| {
        let galley = rich::one_line(ui, text, font, ink, room.max(0.0));
        ui.painter().galley(pos2(left, middle - galley.size().y / 2.0), galley, ink);
    };
    let ink = if side.muted { tokens.muted } else { tokens.text };
    text(&side.name, theme::regular(sizes.body), ink, x, columns.plot.left() - sizes.gap_s - x);
    bar_ui(ui.painter(), tokens, sides, side, columns, middle);
    let figure = rich::one_line(ui, &side.figure, theme::semibold(sizes.body), ink, f32::INFINITY);
    let at = pos2(columns.figure_right - figure.size().x, middle - figure.size().y / 2.0);
    ui.painter().galley(at, figure, ink);
    let words = if side.below_floor { tokens.warn } else { tokens.muted };
    let left = columns.words_left + sizes.gap_xs;
    text(&side.words, theme::regular(sizes.small), words, left, rect.right() - left);
}

/// The rate over all hours as a bar, the advertised one as a dashed box, the recorded one as a tick, and what sources
/// say as thin bands below them.
fn bar_ui(painter: &Painter, tokens: &Tokens, sides: &Sides, side: &Side, columns: &Columns, middle: f32) {
    let bar = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, middle - BAR / 2.0..=middle + BAR / 2.0);
    let left = columns.plot.left();
    let x = |value: Decimal| columns.x(value, sides.top);
    if let Some(rate) = side.all_hours.filter(|rate| *rate > Decimal::ZERO) {
        painter.rect_filled(bar(left, x(rate)), tokens.radius_small(), hue(tokens, side));
    }
    if let Some(advertised) = side.advertised {
        hatch::dashed_outline(painter, bar(left, x(advertised)), tokens.sizes.radius_small, tokens.muted);
    }
    if let Some(recorded) = side.recorded.filter(|rate| *rate > Decimal::ZERO) {
        let at = x(recorded);
        let reach = BAR / 2.0 + 2.0;
        painter.vline(at, middle - reach..=middle + reach, Stroke::new(2.0, tokens.text));
    }
    for (at, band) in side.market.iter().enumerate() {
        let y = middle + BAR / 2.0 - 2.0 - 5.0 * (at % 3) as f32;
        let stroke = Stroke::new(2.0, tokens.muted);
        let ends = (x(band.low), x(band.high).max(x(band.low) + 2.0));
        painter.hline(ends.0..=ends.1, y, stroke);
        painter.vline(ends.0, y - 2.0..=y + 2.0, stroke);
        if !band.or_more {
            painter.vline(ends.1, y - 2.0..=y + 2.0, stroke);
        }
    }
}

/// The floor, through all rows that are seen.
pub(super) fn floor_ui(painter: &Painter, tokens: &Tokens, sides: &Sides, columns: &Columns, y: egui::Rangef) {
    if let Some(floor) = &sides.floor {
        let x = columns.x(floor.value, sides.top);
        let rows = ROW * sides.rows.len() as f32;
        let bottom = y.max.min(y.min + rows);
        hatch::dashed_line(painter, pos2(x, y.min), pos2(x, bottom), tokens.text);
    }
}

/// A platform's hue; one accent for what has none. Too little is half as strong.
fn hue(tokens: &Tokens, side: &Side) -> Color32 {
    let color = side.mark.as_ref().map_or(tokens.accent, |mark| tokens.hue(mark.hue));
    if side.muted { color.gamma_multiply(0.5) } else { color }
}
