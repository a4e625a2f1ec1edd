//! The weeks as bars: sure solid, likely hatched, possible outlined; bills as a tick across, today as a line.
//!
//! The plot stands still. It is one stop of the keyboard; the left and right arrows walk its weeks, and what a week says
//! is read out. The chosen week stands in the list beside it.

use std::ops::RangeInclusive;

use egui::accesskit::Live;
use egui::{
    Align, Align2, EventFilter, Id, Key, Label, Layout, Modifiers, Painter, Popup, Pos2, Rect, Response, RichText,
    Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_plot::{HLine, PlotPoint, PlotTransform, VLine};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Asked, Pick};
use crate::domain::query::forecast::Beside;
use crate::domain::query::sureness::Sureness;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::forecast::{AsideView, ForecastView, WeekView, sureness};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, hatch, plot, rich};

/// Left of the plot: the figures of its lines across.
const FIGURES: f32 = 58.0;
/// Below it: the weeks.
const DATES: f32 = 22.0;
/// Title, sums beside, foot and margins around the plot.
const AROUND: f32 = 148.0;
/// How much of a week's place its bar takes, and the widest that one is.
const SHARE: f32 = 0.62;
const WIDEST: f32 = 44.0;
/// A part of a bar is never thinner than this, so that each is seen.
const THINNEST: f32 = 2.0;

/// What is looked at.
pub(super) struct Look<'a> {
    pub(super) pick: Pick,
    pub(super) hovered: &'a mut Option<usize>,
    pub(super) pointer_at_key: &'a mut Option<Pos2>,
    pub(super) table: bool,
}

pub(super) fn ui(ui: &mut Ui, view: &ForecastView, look: &mut Look<'_>, height: f32, asked: &mut Vec<Asked>) {
    let title = "The next twelve weeks";
    Card::new().named(title).height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let tokens = theme::tokens(ui);
        card::title_row(ui, title, |ui| legend_ui(ui, tokens));
        readout_ui(ui, view, look);
        ui.add_space(tokens.sizes.gap_xs);
        let size = vec2(ui.available_width(), (height - AROUND).max(120.0));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        chart_ui(ui, view, rect, look, asked);
        beside_ui(ui, view, look.pick, asked);
        foot_ui(ui, view, look.table, asked);
    });
}

/// What the three looks of a bar, and the tick, mean.
fn legend_ui(ui: &mut Ui, tokens: &Tokens) {
    ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
    let note = |ui: &mut Ui, words: &str| {
        ui.label(RichText::new(words).small().color(tokens.muted));
    };
    note(ui, "bills");
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 12.0), Sense::hover());
    tick_ui(ui.painter(), tokens, rect.x_range(), rect.center().y);
    for of in Sureness::ALL.into_iter().rev() {
        note(ui, sureness(of));
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 12.0), Sense::hover());
        part_ui(ui.painter(), tokens, rect, of);
    }
}

/// What the week says that the pointer or the keyboard is on, else the chosen one.
fn readout_ui(ui: &mut Ui, view: &ForecastView, look: &Look<'_>) {
    let words = said(view, look).map_or("", |week| week.readout.as_str());
    let size = vec2(ui.available_width(), theme::tokens(ui).sizes.row_dense - 6.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        let response = ui.add(Label::new(RichText::new(words).small()).truncate());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    });
}

fn said<'v>(view: &'v ForecastView, look: &Look<'_>) -> Option<&'v WeekView> {
    let chosen = if let Pick::Week(at) = look.pick { Some(at) } else { None };
    view.weeks.get((*look.hovered).or(chosen)?)
}

fn chart_id() -> Id {
    Id::unique("forecast-chart")
}

fn chart_ui(ui: &mut Ui, view: &ForecastView, rect: Rect, look: &mut Look<'_>, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    let area =
        Rect::from_min_max(pos2(rect.left() + FIGURES, rect.top() + 8.0), pos2(rect.right(), rect.bottom() - DATES));
    let response = ui.interact(area.with_max_y(rect.bottom()).expand(3.0), chart_id(), Sense::click());
    keys(ui, &response, view, look, asked);
    // A pointer that lies still does not take over from the keys.
    let pointer = response.hover_pos().filter(|at| *look.pointer_at_key != Some(*at));
    let week_of = |at: Pos2| {
        let share = (at.x - area.left()) / area.width() * view.weeks.len() as f32;
        (0.0..view.weeks.len() as f32).contains(&share).then(|| share.floor().to_usize()).flatten()
    };
    *look.hovered = pointer.and_then(week_of);
    ground_ui(ui.painter(), tokens, area, view.weeks.len(), look);
    let transform = plot_ui(ui, view, tokens, area);
    for (at, week) in view.weeks.iter().enumerate() {
        bar_ui(ui.painter(), tokens, &transform, at, week);
    }
    axes_ui(ui, view, tokens, &transform, area, rect);
    let words = said(view, look).map_or_else(String::new, |week| week.readout.clone());
    response.widget_info(|| {
        let name = "The next twelve weeks, chart; the arrow keys walk its weeks";
        let mut info = WidgetInfo::labeled(Role::Image, true, name);
        info.current_text_value = (!words.is_empty()).then(|| words.clone());
        info
    });
    if response.clicked()
        && let Some(at) = response.interact_pointer_pos().and_then(week_of)
    {
        asked.push(Asked::Pick(Pick::Week(at)));
    }
    button::focus_ring(ui, &response, tokens);
    if look.hovered.is_some() {
        response.on_hover_text_at_pointer(words).on_hover_cursor(egui::CursorIcon::PointingHand);
    }
}

/// The ground of the chosen week and of the one under the pointer.
fn ground_ui(painter: &Painter, tokens: &Tokens, area: Rect, weeks: usize, look: &Look<'_>) {
    let width = area.width() / weeks.max(1) as f32;
    let place = |at: usize| {
        let left = area.left() + width * at as f32;
        Rect::from_min_max(pos2(left + 1.0, area.top() - 4.0), pos2(left + width - 1.0, area.bottom() + DATES))
    };
    if let Some(at) = *look.hovered {
        painter.rect_filled(place(at), tokens.radius_small(), tokens.row_hover);
    }
    if let Pick::Week(at) = look.pick {
        painter.rect_filled(place(at), tokens.radius_small(), tokens.row_selected);
    }
}

/// A figure as a plot point: here, and nowhere before, it becomes binary.
fn figure(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

/// The lines across and today; the bars are drawn over them, where the plot says that they belong.
fn plot_ui(ui: &mut Ui, view: &ForecastView, tokens: &Tokens, area: Rect) -> PlotTransform {
    let mut child = ui.new_child(UiBuilder::new().id_salt("forecast-plot").max_rect(area));
    let weeks: RangeInclusive<f64> = 0.0..=view.weeks.len().max(1) as f64;
    let today = (view.past_days as f64 + 0.5) / 7.0;
    plot::still("forecast", area)
        .show(&mut child, |plot| {
            plot.set_plot_bounds_x(weeks);
            plot.set_plot_bounds_y(0.0..=figure(view.top));
            for (at, _) in &view.ticks {
                let line = HLine::new("", figure(*at)).stroke(tokens.hairline()).allow_hover(false).id(("across", at));
                plot.hline(line);
            }
            let stroke = Stroke::new(1.5, tokens.accent);
            plot.vline(VLine::new("", today).stroke(stroke).allow_hover(false).id("today"));
        })
        .transform
}

fn bar_ui(painter: &Painter, tokens: &Tokens, transform: &PlotTransform, at: usize, week: &WeekView) {
    let place = |x: f64, value: Decimal| transform.position_from_point(&PlotPoint::new(x, figure(value)));
    let (left, right) = (place(at as f64, Decimal::ZERO), place(at as f64 + 1.0, Decimal::ZERO));
    let middle = f32::midpoint(left.x, right.x);
    let half = ((right.x - left.x) * SHARE).min(WIDEST) / 2.0;
    let x = middle - half..=middle + half;
    let mut from = Decimal::ZERO;
    let mut bottom = left.y;
    for (sureness, amount) in week.parts {
        // What would pull a bar below nothing has no height; the readout says it.
        if amount <= Decimal::ZERO {
            continue;
        }
        let until = from.saturating_add(amount);
        let top = place(0.0, until).y.min(bottom - THINNEST);
        part_ui(painter, tokens, Rect::from_x_y_ranges(x.clone(), top..=bottom), sureness);
        (from, bottom) = (until, top);
    }
    if week.due > Decimal::ZERO {
        let y = place(0.0, week.due).y;
        tick_ui(painter, tokens, (middle - half - 5.0..=middle + half + 5.0).into(), y);
    }
}

/// A part of a bar: facts solid, estimates hatched, what may not come outlined.
fn part_ui(painter: &Painter, tokens: &Tokens, rect: Rect, of: Sureness) {
    let radius = 2.0;
    match of {
        Sureness::Sure => {
            painter.rect_filled(rect, radius, tokens.accent);
        }
        Sureness::Likely => {
            painter.rect_filled(rect, radius, tokens.surface.lerp_to_gamma(tokens.accent, 0.12));
            hatch::fill(painter, rect, tokens.accent.gamma_multiply(0.75), 6.0);
            painter.rect_stroke(rect, radius, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
        }
        Sureness::Possible => {
            painter.rect_filled(rect, radius, tokens.surface);
            hatch::dashed_outline(painter, rect, radius, tokens.accent);
        }
    }
}

/// Bills: a tick across the bar.
fn tick_ui(painter: &Painter, tokens: &Tokens, x: egui::Rangef, y: f32) {
    painter.hline(x, y, Stroke::new(2.0, tokens.text));
}

/// The figures at the left, the weeks below, and the word at the line of today.
fn axes_ui(ui: &Ui, view: &ForecastView, tokens: &Tokens, transform: &PlotTransform, area: Rect, rect: Rect) {
    let painter = ui.painter();
    let small = || theme::regular(tokens.sizes.small);
    for (at, text) in &view.ticks {
        let y = transform.position_from_point(&PlotPoint::new(0.0, figure(*at))).y;
        painter.text(pos2(area.left() - 10.0, y), Align2::RIGHT_CENTER, text, small(), tokens.muted);
    }
    // Every week where there is room, else every second or third.
    let width = area.width() / view.weeks.len().max(1) as f32;
    let widest = view.weeks.iter().map(|week| label(ui, tokens, &week.label).size().x).fold(0.0_f32, f32::max) + 8.0;
    let step = [1, 2, 3, 4].into_iter().find(|step| width * *step as f32 >= widest).unwrap_or(6);
    for (at, week) in view.weeks.iter().enumerate().step_by(step) {
        let galley = label(ui, tokens, &week.label);
        let x = area.left() + width * (at as f32 + 0.5) - galley.size().x / 2.0;
        painter.galley(pos2(x.max(rect.left()), area.bottom() + 5.0), galley, tokens.muted);
    }
    let today = transform.position_from_point(&PlotPoint::new((view.past_days as f64 + 0.5) / 7.0, 0.0)).x;
    painter.text(pos2(today + 4.0, area.top() - 8.0), Align2::LEFT_TOP, "today", small(), tokens.accent);
}

fn label(ui: &Ui, tokens: &Tokens, text: &str) -> std::sync::Arc<egui::Galley> {
    rich::one_line(ui, text, theme::regular(tokens.sizes.small), tokens.muted, f32::INFINITY)
}

/// The sums that stand in no week; each opens in the list.
fn beside_ui(ui: &mut Ui, view: &ForecastView, pick: Pick, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    ui.add_space(tokens.sizes.gap_xs);
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.sizes.row_dense);
        ui.spacing_mut().item_spacing.x = tokens.sizes.gap_s;
        if view.beside.is_empty() {
            ui.label(RichText::new("Nothing stands beside: all of it has a week").small().color(tokens.muted));
        }
        for aside in &view.beside {
            aside_ui(ui, aside, pick == Pick::Beside(aside.why), asked);
        }
    });
}

fn aside_ui(ui: &mut Ui, aside: &AsideView, chosen: bool, asked: &mut Vec<Asked>) {
    let words = format!("{} {}", aside.label, aside.amount);
    let chip = button::chip(&words).named(&aside.name).selected(chosen).tip(&aside.name, "", aside.line);
    let late = aside.why == Beside::Late;
    let chip = if late { chip.color(theme::tokens(ui).bad) } else { chip };
    if ui.add(chip).clicked() {
        asked.push(Asked::Pick(Pick::Beside(aside.why)));
    }
}

/// On what it rests at the left, and what opens and closes the table at the right.
fn foot_ui(ui: &mut Ui, view: &ForecastView, open: bool, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    let size = vec2(ui.available_width(), tokens.sizes.row_dense - 4.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let words = if open { "Hide the table" } else { "The same figures as a table ›" };
        let name = format!("{words}: weeks");
        if ui.add(button::small_link(words).named(&name)).clicked() {
            asked.push(Asked::Table);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let text = RichText::new(&view.rests_on).small().color(tokens.muted);
            ui.add(Label::new(text).truncate());
        });
    });
}

/// The arrow keys, while the chart has the focus or nothing has it, as on the exposure page.
fn keys(ui: &Ui, response: &Response, view: &ForecastView, look: &mut Look<'_>, asked: &mut Vec<Asked>) {
    if response.has_focus() {
        if response.gained_focus() {
            // Only what had the focus in the frame before can keep the arrow keys.
            ui.ctx().request_repaint();
        }
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    } else if Popup::is_any_open(ui.ctx())
        || ui.memory(|memory| memory.focused().is_some() || memory.top_modal_layer().is_some())
    {
        return;
    }
    let last = view.weeks.len().saturating_sub(1);
    let here = if let Pick::Week(at) = look.pick { Some(at) } else { None };
    let mut at = here;
    for (key, next) in [
        (Key::ArrowLeft, here.map_or(0, |at| at.saturating_sub(1))),
        (Key::ArrowRight, here.map_or(0, |at| (at + 1).min(last))),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            at = Some(next);
            *look.pointer_at_key = ui.input(|input| input.pointer.hover_pos());
        }
    }
    if at != here
        && let Some(at) = at
    {
        look.pick = Pick::Week(at);
        asked.push(Asked::Pick(look.pick));
    }
}
