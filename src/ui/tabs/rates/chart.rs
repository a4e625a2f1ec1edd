//! "Platforms side by side": a bar a platform, against what was advertised and the floor.
//!
//! The plot stands still: nothing drags, zooms or scales by itself. Each row is one stop of the keyboard with all of
//! its figures in its name; the table below holds the same.

use std::ops::RangeInclusive;

use egui::epaint::RectShape;
use egui::{Color32, Pos2, Rect, Role, Sense, Shape, Ui, UiBuilder, Vec2, Vec2b, WidgetInfo, pos2, vec2};
use egui_plot::{Plot, PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotPoint, PlotTransform};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Asked;
use super::steps::{AROUND, BAR, ROW};
use crate::ui::theme::{self, Tokens};
use crate::ui::view::rates::{Side, Sides};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, hatch, rich};

const NAME: f32 = 148.0;
const FIGURE: f32 = 80.0;
const WORDS: f32 = 150.0;

/// The height that the card wants.
pub(super) fn height(sides: &Sides) -> f32 {
    AROUND + ROW * sides.bars as f32
}

pub(super) fn ui(ui: &mut Ui, sides: &Sides, height: f32, asked: &mut Vec<Asked>) {
    Card::new().title(&sides.title).height(height).show(ui, |ui| {
        let sizes = &theme::tokens(ui).sizes;
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(sizes.gap_s);
        let rows = sides.rows.get(..sides.bars).unwrap_or(&sides.rows);
        if rows.is_empty() {
            card::note(ui, "no work on a platform in these days");
            return;
        }
        let size = vec2(ui.available_width(), ROW * rows.len() as f32);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let columns = Columns::of(rect);
        for (at, side) in rows.iter().enumerate() {
            row_ui(ui, side, &columns, columns.row(at), asked);
        }
        plot_ui(ui, sides, rows, columns.plot);
        ui.add_space(sizes.gap_xs);
        ui.add(egui::Label::new(egui::RichText::new(&sides.legend).small().color(theme::tokens(ui).muted)).wrap());
    });
}

/// Where name, bars, figure and words stand.
struct Columns {
    all: Rect,
    plot: Rect,
    figure_right: f32,
    words_left: f32,
}

impl Columns {
    fn of(all: Rect) -> Self {
        let name = NAME.min(all.width() * 0.26);
        let words_left = all.right() - WORDS.min(all.width() * 0.28);
        let figure_right = words_left - 8.0;
        let plot = all.with_min_x(all.left() + name).with_max_x((figure_right - FIGURE).max(all.left() + name + 1.0));
        Self { all, plot, figure_right, words_left }
    }

    fn row(&self, at: usize) -> Rect {
        let top = self.all.top() + ROW * at as f32;
        Rect::from_x_y_ranges(self.all.x_range(), top..=top + ROW)
    }
}

/// Name, figure and click of a row; its bar is drawn by the plot above it.
fn row_ui(ui: &Ui, side: &Side, columns: &Columns, rect: Rect, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    let sizes = &tokens.sizes;
    let response = ui.interact(rect, egui::Id::unique(("rates-bar", &side.group)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &side.spoken));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(sizes.gap_s, 0.0)), tokens.radius_small(), tokens.row_hover);
    }
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
    let figure = rich::one_line(ui, &side.figure, theme::semibold(sizes.body), ink, f32::INFINITY);
    let at = pos2(columns.figure_right - figure.size().x, middle - figure.size().y / 2.0);
    ui.painter().galley(at, figure, ink);
    let words = if side.below_floor { tokens.warn } else { tokens.muted };
    let left = columns.words_left + sizes.gap_xs;
    text(&side.words, theme::regular(sizes.small), words, left, rect.right() - left);
    button::focus_ring(ui, &response, tokens);
    let response = button::tip(response, &side.full_name, "", &side.tip);
    if response.clicked() {
        asked.push(Asked::Sessions(side.group.clone()));
    }
}

fn plot_ui(ui: &mut Ui, sides: &Sides, rows: &[Side], rect: Rect) {
    let tokens: &'static Tokens = theme::tokens(ui);
    let bars = rows
        .iter()
        .enumerate()
        .filter_map(|(at, side)| Some((row_y(at), point(side.all_hours?).max(0.0), hue(tokens, side))))
        .collect();
    let bars = Bars { base: PlotItemBase::new("over all hours".to_owned()), rows: bars, tokens };
    let right = point(sides.top) * 1.02;
    let bottom = 0.5 - rows.len() as f64;
    let mut child = ui.new_child(UiBuilder::new().id_salt("rates-plot").max_rect(rect));
    let shown = Plot::new("sides")
        .width(rect.width())
        .height(rect.height())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .auto_bounds(Vec2b::FALSE)
        .set_margin_fraction(Vec2::ZERO)
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .sense(Sense::empty())
        .show(&mut child, |plot| {
            plot.set_plot_bounds_x(0.0..=right);
            plot.set_plot_bounds_y(bottom..=0.5);
            plot.add(bars);
        });
    let name = format!("{}, chart; the table below holds the same figures", sides.title);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    marks_ui(ui, tokens, sides, rows, &shown.transform, rect);
}

/// Horizontal bars from zero, in our corners; the plot's own are square.
struct Bars {
    base: PlotItemBase,
    /// Height of the row, length, colour.
    rows: Vec<(f64, f64, Color32)>,
    tokens: &'static Tokens,
}

impl PlotItem for Bars {
    fn shapes(&self, _ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        for (y, value, color) in &self.rows {
            let from = transform.position_from_point(&PlotPoint::new(0.0, *y));
            let to = transform.position_from_point(&PlotPoint::new(*value, *y));
            let rect = Rect::from_x_y_ranges(from.x..=to.x, to.y - BAR / 2.0..=to.y + BAR / 2.0);
            shapes.push(RectShape::filled(rect, self.tokens.radius_small(), *color).into());
        }
    }

    fn initialize(&mut self, _x_range: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        self.tokens.accent
    }

    /// Hovered by their rows, which have the names.
    fn allow_hover(&self) -> bool {
        false
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        let mut bounds = PlotBounds::NOTHING;
        for (y, value, _) in &self.rows {
            bounds.extend_with(&PlotPoint::new(0.0, *y));
            bounds.extend_with(&PlotPoint::new(*value, *y));
        }
        bounds
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}

/// What stands over the bars: the advertised rate as a dashed box, the recorded one as a tick, the floor as a line.
fn marks_ui(ui: &Ui, tokens: &Tokens, sides: &Sides, rows: &[Side], transform: &PlotTransform, rect: Rect) {
    let painter = ui.painter().with_clip_rect(rect.expand(1.0));
    let place =
        |value: Decimal, at: usize| -> Pos2 { transform.position_from_point(&PlotPoint::new(point(value), row_y(at))) };
    for (at, side) in rows.iter().enumerate() {
        if let Some(advertised) = side.advertised {
            let end = place(advertised, at);
            let outline = Rect::from_x_y_ranges(rect.left()..=end.x, end.y - BAR / 2.0..=end.y + BAR / 2.0);
            hatch::dashed_outline(&painter, outline, tokens.sizes.radius_small, tokens.muted);
        }
        if let Some(recorded) = side.recorded {
            let end = place(recorded, at);
            let reach = BAR / 2.0 + 3.0;
            painter.vline(end.x, end.y - reach..=end.y + reach, egui::Stroke::new(2.0, tokens.text));
        }
    }
    if let Some(floor) = &sides.floor {
        let x = place(floor.value, 0).x;
        hatch::dashed_line(&painter, pos2(x, rect.top()), pos2(x, rect.bottom()), tokens.text);
    }
}

/// A platform's hue; one accent for what has none. Too little is half as strong.
fn hue(tokens: &Tokens, side: &Side) -> Color32 {
    let color = side.mark.as_ref().map_or(tokens.accent, |mark| tokens.hue(mark.hue));
    if side.muted { color.gamma_multiply(0.5) } else { color }
}

/// The place of a row: the first one on top.
fn row_y(at: usize) -> f64 {
    -(at as f64)
}

/// A figure as a plot point: here, and nowhere before, it becomes binary.
fn point(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}
