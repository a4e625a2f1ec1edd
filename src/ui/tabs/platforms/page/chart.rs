//! Terms over time: a step line a project, the advertised range as a band, the rate over all hours dashed; and the
//! same as a table.
//!
//! The plot stands still: nothing drags, zooms or scales by itself. A row of the table that has the pointer or the
//! keyboard is marked in it.

use chrono::{Datelike, NaiveDate};
use egui::{Color32, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_plot::{Line, PlotPoint, PlotTransform};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Draw, nothing, section};
use crate::domain::ids::{ProjectId, TermsId};
use crate::domain::span::Month;
use crate::ui::dialogs::{Dialog, ProjectDialog};
use crate::ui::format::Style;
use crate::ui::tabs::changed;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::platforms::{TermsChart, TermsRow};
use crate::ui::widgets::table::{self as list, Column, RowSpec};
use crate::ui::widgets::{card, hatch, plot, rich};

const HEIGHT: f32 = 150.0;
/// Of each where there are several: hours, tasks and words have one of their own.
const HEIGHT_OF_SEVERAL: f32 = 104.0;
/// Room for the figures at the left and the months below, in points.
const LEFT: f32 = 58.0;
const BELOW: f32 = 18.0;
/// Height for the rows, in points; more of them scroll.
const ROWS: f32 = 224.0;

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    section(ui, "Terms over time", None, |ui| {
        let terms = &draw.page.terms;
        if terms.rows.is_empty() {
            nothing(ui, "No terms yet: a project’s rate, and how it changes, stand here.");
            return;
        }
        let tokens = theme::tokens(ui);
        for chart in &terms.charts {
            if terms.charts.len() > 1 {
                card::note(ui, &chart.unit);
            }
            chart_ui(ui, tokens, draw, chart);
            legend_ui(ui, tokens, chart, draw.page.detail.mark.hue);
        }
        if !terms.left_out.is_empty() {
            ui.add(egui::Label::new(RichText::new(&terms.left_out).small().color(tokens.muted)).wrap());
        }
        table_ui(ui, draw);
        if !draw.page.changed.is_empty() {
            ui.add_space(tokens.sizes.gap_s);
            ui.label(RichText::new("What changed: four weeks before and after").small().color(tokens.muted));
            if let Some(project) = changed::ui(ui, &draw.page.changed) {
                edit(draw, project);
            }
        }
    });
}

fn chart_ui(ui: &mut Ui, tokens: &'static Tokens, draw: &Draw<'_, '_>, chart: &TermsChart) {
    let days = chart.days;
    let height = if draw.page.terms.charts.len() > 1 { HEIGHT_OF_SEVERAL } else { HEIGHT };
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let rect = Rect::from_min_max(pos2(whole.left() + LEFT, whole.top()), pos2(whole.right(), whole.bottom() - BELOW));
    let place = |day: NaiveDate| f64::from(i32::try_from((day - days.first).num_days()).unwrap_or(0));
    let hue = draw.page.detail.mark.hue;
    let mut child = ui.new_child(UiBuilder::new().id_salt(("terms-plot", &chart.unit)).max_rect(rect));
    let shown = plot::still("terms", rect).show(&mut child, |plot| {
        plot.set_plot_bounds_x(0.0..=place(days.last) + 1.0);
        plot.set_plot_bounds_y(0.0..=point(chart.top));
        for line in &chart.lines {
            // Each stretch by itself: a corner of one thick line would be drawn as a wedge.
            let (line_nth, mut before) = (line.nth, None);
            for span in &line.spans {
                let (from, until, rate) = (place(span.days.first), place(span.days.last) + 1.0, point(span.rate));
                let stretches = before.into_iter().map(|last| [[from, last], [from, rate]]);
                for stretch in stretches.chain([[[from, rate], [until, rate]]]) {
                    let line = Line::new(line.name.as_str(), stretch.to_vec());
                    plot.line(line.color(color(tokens, hue, line_nth)).width(2.0).allow_hover(false));
                }
                before = Some(rate);
            }
        }
    });
    let name = format!("Terms over time in {}, chart; the table below holds the same figures", chart.unit);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    let at =
        |day: NaiveDate, value: Decimal| shown.transform.position_from_point(&PlotPoint::new(place(day), point(value)));
    let painter = ui.painter().with_clip_rect(whole);
    for line in &chart.lines {
        let ink = color(tokens, hue, line.nth);
        for span in &line.spans {
            let end = crate::domain::span::day_plus(span.days.last, 1);
            if let Some(range) = span.advertised.filter(|range| range.low < range.high) {
                let band = Rect::from_two_pos(at(span.days.first, range.high), at(end, range.low));
                painter.rect_filled(band, 0.0, ink.gamma_multiply(0.16));
            }
            if let Some(all) = span.all_hours {
                hatch::dashed_line(&painter, at(span.days.first, all), at(end, all), ink);
            }
            if draw.state.lit == Some(span.id) {
                let stroke = Stroke::new(4.0, ink);
                painter.line_segment([at(span.days.first, span.rate), at(end, span.rate)], stroke);
            }
        }
    }
    axes_ui(ui, tokens, chart, &Frame { whole, rect, transform: &shown.transform }, Style::of(draw.cx.book.settings()));
}

struct Frame<'a> {
    whole: Rect,
    rect: Rect,
    transform: &'a PlotTransform,
}

/// Figures at the left with a thin line each, months below.
fn axes_ui(ui: &Ui, tokens: &Tokens, chart: &TermsChart, frame: &Frame<'_>, style: Style) {
    let days = chart.days;
    let painter = ui.painter().with_clip_rect(frame.whole);
    let Frame { rect, transform, .. } = frame;
    for (value, words) in &chart.ticks {
        let y = transform.position_from_point(&PlotPoint::new(0.0, point(*value))).y;
        painter.hline(rect.x_range(), y, tokens.hairline());
        let text = rich::one_line(ui, words, theme::regular(tokens.sizes.small), tokens.muted, LEFT - 6.0);
        painter.galley(pos2(rect.left() - 6.0 - text.size().x, y - text.size().y / 2.0), text, tokens.muted);
    }
    painter.hline(rect.x_range(), rect.bottom(), tokens.hairline());
    let label = |x: f32, words: &str| {
        let text = rich::one_line(ui, words, theme::regular(tokens.sizes.small), tokens.muted, f32::INFINITY);
        let until = x + text.size().x;
        let fits = until <= rect.right();
        if fits {
            painter.galley(pos2(x, rect.bottom() + 3.0), text, tokens.muted);
        }
        fits.then_some(until + 24.0)
    };
    let mut free = label(rect.left(), &style.date(days.first)).unwrap_or(rect.left());
    let mut month = Month::of_day(days.first);
    // Ten years of months are more than any width shows.
    for _ in 0..120 {
        month = month.next();
        let first = month.first_day();
        if first > days.last {
            break;
        }
        let since = f64::from(i32::try_from((first - days.first).num_days()).unwrap_or(0));
        let x = transform.position_from_point(&PlotPoint::new(since, 0.0)).x;
        let words = first.format(if first.month() == 1 { "%Y" } else { "%b" }).to_string();
        if x < free {
            continue;
        }
        if let Some(next) = label(x, &words) {
            free = next;
            painter.vline(x, rect.bottom()..=rect.bottom() + 3.0, tokens.hairline());
        }
    }
}

fn legend_ui(ui: &mut Ui, tokens: &Tokens, chart: &TermsChart, hue: usize) {
    ui.horizontal_wrapped(|ui| {
        for line in &chart.lines {
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
            ui.painter().rect_filled(
                Rect::from_center_size(rect.center(), vec2(12.0, 3.0)),
                1.0,
                color(tokens, hue, line.nth),
            );
            card::note(ui, &line.name);
        }
        if chart.lines.iter().flat_map(|line| &line.spans).any(|span| span.all_hours.is_some()) {
            card::note(ui, "dashed: over all hours");
        }
        if chart
            .lines
            .iter()
            .flat_map(|line| &line.spans)
            .filter_map(|span| span.advertised)
            .any(|range| range.low < range.high)
        {
            card::note(ui, "band: advertised");
        }
    });
}

fn table_ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    let rows = &draw.page.terms.rows;
    let mut lit: Option<TermsId> = None;
    let limits = rows.iter().any(|row| !row.limits.is_empty());
    let table = list::Table::new("Terms")
        .row_height(theme::tokens(ui).sizes.row_dense + 4.0)
        .max_height(ROWS)
        .column(Column::fill("Project", 100.0))
        .column(Column::exact("Pays", 120.0).right())
        .column(Column::exact("Advertised", 140.0).right().priority(2))
        .column(Column::exact("Over all hours", 110.0).right().priority(1))
        .column(Column::exact("When", 190.0).priority(3));
    // Few terms hold back or cap anything; where some do, it says more than what was advertised.
    let table = if limits { table.column(Column::fill("Limits", 130.0).priority(1)) } else { table };
    let output = table.show(
        ui,
        rows.len(),
        |at| {
            let row = rows.get(at);
            let spoken = row.map_or_else(String::new, |row| format!("Terms of {}", row.spoken()));
            RowSpec::new(("page-terms", row.map(|row| row.id)), spoken)
        },
        |line| {
            let Some(row) = rows.get(line.index()) else { return };
            if line.response().has_focus() || line.response().hovered() {
                lit = Some(row.id);
            }
            row_ui(line, row);
            if limits {
                line.muted(&row.limits);
            }
        },
    );
    if draw.state.lit != lit {
        draw.state.lit = lit;
        ui.ctx().request_repaint();
    }
    if let Some(row) = output.clicked.and_then(|at| rows.get(at)) {
        edit(draw, row.project);
    }
}

fn edit(draw: &mut Draw<'_, '_>, project: ProjectId) {
    let cx = draw.cx;
    if let Some(project) = cx.book.project(project).filter(|_| !cx.read_only) {
        draw.open(Some(Dialog::Project(ProjectDialog::edit(cx, project))));
    }
}

fn row_ui(line: &mut list::Row<'_>, row: &TermsRow) {
    if row.past {
        line.muted(&row.name);
        line.muted(&row.pay);
    } else {
        line.text(&row.name);
        line.figure(&row.pay);
    }
    line.muted(&row.advertised);
    line.figure(&row.all_hours);
    line.muted(&row.when);
}

/// The platform's hue for its first project, the next hues for the others.
fn color(tokens: &Tokens, hue: usize, nth: usize) -> Color32 {
    tokens.hue(hue.saturating_add(nth))
}

/// A figure as a plot point: here, and nowhere before, it becomes binary.
fn point(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}
