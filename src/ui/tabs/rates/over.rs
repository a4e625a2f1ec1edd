//! "Over time": a line a side, its badge and last rate at its end, the floor through them.
//!
//! The plot stands still: nothing drags, zooms or scales by itself. It is one stop of the keyboard; the arrow keys
//! walk its points, Enter opens the sessions of one, and what a point says is read out.

use std::ops::{Range, RangeInclusive};

use egui::accesskit::Live;
use egui::{
    Align, Align2, Color32, EventFilter, Id, Key, Label, Layout, Modifiers, Painter, Pos2, Rect, Response, RichText,
    Role, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_plot::{HLine, LineStyle, PlotPoint, PlotPoints, PlotTransform, Points};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Asked, Held, foot_ui, labels, table};
use crate::domain::query::rates::{Every, Group};
use crate::ui::theme::{self, Tokens};
use crate::ui::view::rates::{Cursor, Line, Look, Over, Towards};
use crate::ui::widgets::badge::PlatformMark;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::{button, hatch, plot, rich};

/// Left of the plot: the figures of its lines across.
const FIGURES: f32 = 50.0;
/// Right of it: the labels of the lines, then that of the floor. Platforms are known by their badges.
const LABELS: f32 = 168.0;
const NAMED_LABELS: f32 = 280.0;
const FLOOR_LABEL: f32 = 76.0;
/// Below it: the weeks or months.
const DATES: f32 = 20.0;
/// Height of a label at the end of a line.
const LABEL: f32 = 17.0;
/// Room at the ends of both axes, in points.
const EDGE: f32 = 7.0;
/// Points nearer to each other than this have no dots.
const DOTS_FROM: f32 = 9.0;
/// How far from a point the pointer may be.
const REACH: f32 = 24.0;
/// Title, foot and margins around the plot.
const AROUND: f32 = 92.0;
/// The plot's least height, with its labels.
const LEAST: f32 = 150.0;

/// And its greatest: a higher one would only say the same from farther apart.
const MOST: f32 = 400.0;

/// The lines as plot points, made once for a view.
pub(super) struct Drawn {
    lines: Vec<DrawnLine>,
}

struct DrawnLine {
    points: Vec<PlotPoint>,
    /// For each of `points` its place in the line.
    places: Vec<usize>,
    /// Runs of `points` without a gap.
    runs: Vec<Range<usize>>,
}

impl Drawn {
    pub(super) fn of(over: &Over) -> Self {
        Self { lines: over.lines.iter().map(DrawnLine::of).collect() }
    }
}

impl DrawnLine {
    fn of(line: &Line) -> Self {
        let mut drawn = Self { points: Vec::new(), places: Vec::new(), runs: Vec::new() };
        let mut before = None;
        for (place, point, rate) in line.drawn() {
            let at = drawn.points.len();
            match drawn.runs.last_mut() {
                Some(run) if before == Some(point.at - 1) => run.end = at + 1,
                _ => drawn.runs.push(at..at + 1),
            }
            before = Some(point.at);
            drawn.points.push(PlotPoint::new(point.at as f64, figure(rate)));
            drawn.places.push(place);
        }
        drawn
    }
}

/// A figure as a plot point: here, and nowhere before, it becomes binary.
fn figure(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

/// `height`: what the window has left; the card takes it where that is enough.
pub(super) fn ui(
    ui: &mut Ui,
    over: &Over,
    drawn: &Drawn,
    height: f32,
    look: &mut Look,
    held: &mut Held,
    asked: &mut Vec<Asked>,
) {
    let title = "Over time";
    Card::new().named(title).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        held.cursor = held.cursor.and_then(|cursor| over.still(cursor));
        let open = held.tables.over;
        let said = looked_at(ui, held).and_then(|cursor| over.still(cursor));
        card::title_row(ui, title, |ui| {
            if open {
                table::copy_ui(ui, "Copy the rates over time", asked, || Asked::Copy(over.tab_separated()));
            }
            every_ui(ui, over, look);
            readout_ui(ui, over, said);
        });
        ui.add_space(theme::tokens(ui).sizes.gap_xs);
        if over.is_empty() {
            card::note(ui, "no paid work on a platform in these days");
        } else {
            let size = vec2(ui.available_width(), (height - AROUND).clamp(LEAST, MOST));
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            chart_ui(ui, over, drawn, rect, held, asked);
        }
        foot_ui(ui, over.gap, &mut held.tables.over, "rates over time");
        if held.tables.over {
            ui.add_space(theme::tokens(ui).sizes.gap_xs);
            table::over_ui(ui, over, asked);
        }
    });
}

fn every_ui(ui: &mut Ui, over: &Over, look: &mut Look) {
    for (every, name) in [(Every::Month, "Months"), (Every::Week, "Weeks")] {
        if ui.add(button::chip(name).selected(over.every == every)).clicked() {
            look.every = Some(every);
        }
    }
}

/// What the point says that the pointer or the keyboard is on, at the left of the title's row.
fn readout_ui(ui: &mut Ui, over: &Over, said: Option<Cursor>) {
    let words = said
        .and_then(|cursor| over.point(cursor.line, cursor.point))
        .map_or_else(String::new, |(line, point)| over.readout(line, point));
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.add_space(theme::tokens(ui).sizes.gap_l);
        let response = ui.add(Label::new(RichText::new(&words).small()).truncate());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    });
}

fn labels_width(over: &Over) -> f32 {
    if over.lines.iter().all(is_platform) { LABELS } else { NAMED_LABELS }
}

fn is_platform(line: &Line) -> bool {
    matches!(line.group, Group::Platform(_))
}

fn chart_id() -> Id {
    Id::unique("rates-over")
}

/// The point under the pointer, else the one that the keyboard is on.
fn looked_at(ui: &Ui, held: &Held) -> Option<Cursor> {
    held.hovered.or_else(|| held.cursor.filter(|_| ui.memory(|memory| memory.has_focus(chart_id()))))
}

fn chart_ui(ui: &mut Ui, over: &Over, drawn: &Drawn, rect: Rect, held: &mut Held, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    let plot = Rect::from_min_max(
        pos2(rect.left() + FIGURES, rect.top()),
        pos2(rect.right() - labels_width(over).min(rect.width() * 0.32), rect.bottom() - DATES),
    );
    let focused = looked_at(ui, held).map(|cursor| cursor.line);
    let transform = plot_ui(ui, over, drawn, tokens, plot, focused);
    axes_ui(ui.painter(), over, tokens, &transform, plot, rect);
    ends_ui(ui, over, drawn, tokens, &transform, plot, rect);

    let response = ui.interact(plot.expand(3.0), chart_id(), Sense::click());
    if std::mem::take(&mut held.refocus) {
        response.request_focus();
        ui.ctx().request_repaint();
    }
    keys(ui, &response, over, held);
    // A pointer that lies still does not take over from the keys.
    let pointer = response.hover_pos().filter(|at| held.pointer_at_key != Some(*at));
    held.hovered = pointer.and_then(|pointer| nearest(drawn, &transform, pointer));
    let said = looked_at(ui, held);
    let point = said.and_then(|cursor| over.point(cursor.line, cursor.point));
    let words = point.map_or_else(String::new, |(line, point)| over.readout(line, point));
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Image, true, "Over time, chart; the arrow keys walk its points");
        info.current_text_value = (!words.is_empty()).then(|| words.clone());
        info
    });
    if let Some((line, point)) = point
        && let Some(rate) = point.rate
    {
        let at = transform.position_from_point(&PlotPoint::new(point.at as f64, figure(rate)));
        ui.painter().circle(at, 6.0, tokens.surface, Stroke::new(2.0, tokens.accent));
        ui.painter().circle_filled(at, 3.0, tokens.hue(line.hue));
        // Enter on what has the focus is a click too.
        if response.clicked() {
            held.cursor = said;
            held.refocus = true;
            asked.push(Asked::Sessions { group: Some(line.group.clone()), days: Some(point.days) });
        }
    }
    button::focus_ring(ui, &response, tokens);
    if !words.is_empty() && held.hovered.is_some() {
        response.on_hover_text_at_pointer(words);
    }
}

fn plot_ui(
    ui: &mut Ui,
    over: &Over,
    drawn: &Drawn,
    tokens: &Tokens,
    rect: Rect,
    focused: Option<usize>,
) -> PlotTransform {
    let mut child = ui.new_child(UiBuilder::new().id_salt("rates-over-plot").max_rect(rect));
    let last = (over.len - 1) as f64;
    // A single bucket stands in the middle.
    let x = if over.len > 1 { roomy(0.0, last, rect.width()) } else { -0.5..=0.5 };
    let y = roomy(figure(over.ends.0), figure(over.ends.1), rect.height());
    let dots = over.len <= 1 || rect.width() / (over.len - 1) as f32 >= DOTS_FROM;
    plot::still("over", rect)
        .show(&mut child, |plot| {
            plot.set_plot_bounds_x(x);
            plot.set_plot_bounds_y(y);
            for (at, _) in &over.ticks {
                let line = HLine::new("", figure(*at)).stroke(tokens.hairline()).allow_hover(false).id(("across", at));
                plot.hline(line);
            }
            for (at, (line, points)) in over.lines.iter().zip(&drawn.lines).enumerate() {
                let faded = focused.is_some_and(|focused| focused != at);
                line_ui(plot, line, points, at, ink(tokens, line, faded), dots);
            }
        })
        .transform
}

/// The bounds of an axis of so many points, with room at both ends for a dot.
fn roomy(from: f64, until: f64, length: f32) -> RangeInclusive<f64> {
    let share = f64::from(EDGE / (length - 2.0 * EDGE).max(1.0));
    let room = (until - from) * share;
    from - room..=until + room
}

/// A line's colour; it stands back while another one is looked at.
fn ink(tokens: &Tokens, line: &Line, faded: bool) -> Color32 {
    let hue = tokens.hue(line.hue);
    if faded { tokens.surface.lerp_to_gamma(hue, 0.35) } else { hue }
}

fn line_ui<'a>(
    plot: &mut egui_plot::PlotUi<'a>,
    line: &'a Line,
    drawn: &'a DrawnLine,
    at: usize,
    color: Color32,
    dots: bool,
) {
    let style = match line.dash {
        0 => LineStyle::Solid,
        1 => LineStyle::dashed_loose(),
        2 => LineStyle::dotted_dense(),
        _ => LineStyle::dashed_dense(),
    };
    for run in &drawn.runs {
        let points = drawn.points.get(run.clone()).unwrap_or_default();
        plot.line(
            egui_plot::Line::new("", points)
                .stroke(Stroke::new(2.0, color))
                .style(style)
                .allow_hover(false)
                .id(("line", at, run.start)),
        );
    }
    let alone = drawn.runs.iter().filter(|run| run.len() == 1).filter_map(|run| drawn.points.get(run.start));
    let points = if dots {
        PlotPoints::Borrowed(&drawn.points)
    } else {
        // A point between two gaps has no line that would show it.
        PlotPoints::Owned(alone.copied().collect())
    };
    plot.points(Points::new("", points).radius(4.0).color(color).allow_hover(false).id(("dots", at)));
}

/// The figures at the left, the weeks or months below, the floor.
fn axes_ui(painter: &Painter, over: &Over, tokens: &Tokens, transform: &PlotTransform, plot: Rect, rect: Rect) {
    let font = || theme::regular(tokens.sizes.small);
    let y = |value| transform.position_from_point(&PlotPoint::new(0.0, figure(value))).y;
    for (at, text) in &over.ticks {
        painter.text(pos2(plot.left() - 12.0, y(*at)), Align2::RIGHT_CENTER, text, font(), tokens.muted);
    }
    // As many labels as have room, and the last bucket always has one.
    let room = if over.every == Every::Week { 116.0 } else { 76.0 };
    let most = i64::try_from(labels::most(room, plot.left(), plot.right())).unwrap_or(1).max(1);
    let steps = if over.every == Every::Week { [1, 2, 4, 8, 13, 26, 52, 104] } else { [1, 2, 3, 6, 12, 24, 60, 120] };
    let step = steps.into_iter().find(|step| over.len <= most * step).unwrap_or(over.len / most + 1);
    let mut at = over.len - 1;
    while at >= 0 {
        let x = transform.position_from_point(&PlotPoint::new(at as f64, 0.0)).x;
        let galley = painter.layout_no_wrap(over.label(at), font(), tokens.muted);
        let left = (x - galley.size().x / 2.0).clamp(rect.left(), rect.right() - galley.size().x);
        painter.galley(pos2(left, plot.bottom() + 6.0), galley, tokens.muted);
        at -= step;
    }
    if let Some(floor) = &over.floor {
        let y = y(floor.value);
        // Not through the labels of the lines: these stand between the two parts.
        hatch::dashed_line(painter, pos2(plot.left(), y), pos2(plot.right() + 6.0, y), tokens.text);
        hatch::dashed_line(painter, pos2(rect.right() - FLOOR_LABEL + 8.0, y), pos2(rect.right(), y), tokens.text);
        painter.text(pos2(rect.right(), y - 2.0), Align2::RIGHT_BOTTOM, &over.floor_words, font(), tokens.muted);
    }
}

/// Badge and last rate at the end of each line; where there is no room for all, those with most hours have one.
fn ends_ui(ui: &Ui, over: &Over, drawn: &Drawn, tokens: &Tokens, transform: &PlotTransform, plot: Rect, rect: Rect) {
    let (top, bottom) = (rect.top(), plot.bottom() + LABEL / 2.0);
    let last = (over.len - 1) as f64;
    // The line, where it ends, and whether that is before the last bucket.
    let mut ends: Vec<(&Line, Pos2, bool)> = over
        .lines
        .iter()
        .zip(&drawn.lines)
        .filter_map(|(line, drawn)| {
            let end = drawn.points.last()?;
            Some((line, transform.position_from_point(end), end.x < last - 0.5))
        })
        .collect();
    let most = labels::most(LABEL, top, bottom);
    if ends.len() > most {
        ends.sort_by_key(|(line, ..)| std::cmp::Reverse(line.own_secs));
        ends.truncate(most);
    }
    let wishes: Vec<f32> = ends.iter().map(|(_, end, _)| end.y - LABEL / 2.0).collect();
    let Some(places) = labels::spread(&wishes, LABEL, top, bottom) else { return };
    let left = plot.right() + 14.0;
    for ((line, end, muted), place) in ends.into_iter().zip(places) {
        let middle = place + LABEL / 2.0;
        if muted || (middle - end.y).abs() > 3.0 {
            let path = [end + vec2(6.0, 0.0), pos2(left - 4.0, middle)];
            let stroke = Stroke::new(1.0, tokens.surface.lerp_to_gamma(tokens.hue(line.hue), 0.6));
            ui.painter().extend(Shape::dotted_line(&path, stroke.color, 4.0, 0.75));
        }
        let right = rect.right() - if over.floor.is_some() { FLOOR_LABEL } else { 0.0 };
        label_ui(ui, line, tokens, pos2(left, middle), right, muted);
    }
}

fn label_ui(ui: &Ui, line: &Line, tokens: &Tokens, at: Pos2, right: f32, muted: bool) {
    let mut x = at.x;
    if let Some(mark) = &line.mark {
        let badge = Rect::from_min_size(pos2(x, at.y - 8.0), vec2(24.0, 16.0));
        PlatformMark { letters: &mark.letters, hue_index: mark.hue }.paint(ui.painter(), tokens, badge);
        x = badge.right() + 6.0;
    }
    let ink = if muted { tokens.muted } else { tokens.text };
    let small = tokens.sizes.small;
    let figure = rich::one_line(ui, &line.last, theme::semibold(small), ink, f32::INFINITY);
    if !is_platform(line) {
        let room = (right - x - figure.size().x - 12.0).max(0.0);
        let name = rich::one_line(ui, &line.name, theme::regular(small), tokens.muted, room);
        let width = name.size().x;
        ui.painter().galley(pos2(x, at.y - name.size().y / 2.0), name, tokens.muted);
        x += width + 6.0;
    }
    ui.painter().galley(pos2(x, at.y - figure.size().y / 2.0), figure, ink);
}

/// The point under the pointer.
fn nearest(drawn: &Drawn, transform: &PlotTransform, pointer: Pos2) -> Option<Cursor> {
    let mut best: Option<(f32, Cursor)> = None;
    for (line, of) in drawn.lines.iter().enumerate() {
        for (point, place) in of.points.iter().zip(&of.places) {
            let far = transform.position_from_point(point).distance_sq(pointer);
            if far <= REACH * REACH && best.is_none_or(|(least, _)| far < least) {
                best = Some((far, Cursor { line, point: *place }));
            }
        }
    }
    best.map(|(_, cursor)| cursor)
}

/// The arrow keys, while the chart has the focus.
fn keys(ui: &Ui, response: &Response, over: &Over, held: &mut Held) {
    if !response.has_focus() {
        return;
    }
    if response.gained_focus() {
        // Only what had the focus in the frame before can keep the arrow keys.
        ui.ctx().request_repaint();
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let Some(mut cursor) = held.cursor.or_else(|| over.begin()) else { return };
    for (key, towards) in [
        (Key::ArrowLeft, Towards::Earlier),
        (Key::ArrowRight, Towards::Later),
        (Key::ArrowUp, Towards::Higher),
        (Key::ArrowDown, Towards::Lower),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            cursor = over.walk(cursor, towards);
            held.pointer_at_key = ui.input(|input| input.pointer.hover_pos());
        }
    }
    held.cursor = Some(cursor);
}
