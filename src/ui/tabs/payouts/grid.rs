//! The month as a grid: days, blocks over them, work periods at their foot.
//!
//! It only draws what the view has laid out. Blocks that find no lane are counted at the head of their day ("+2 more");
//! that opens to all of the day. The grid is one stop of the Tab key at a time: the arrow keys go from day to day.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::asked::Asked;
use super::heights::Heights;
use super::{Target, block, menus};
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::payouts::lanes::{self, Span, WEEK};
use crate::ui::view::payouts::{Day, Entry, EntryId, PayoutsView, Week};
use crate::ui::widgets::{button, menu, rich};

/// Height of the weekdays over the grid.
const HEADS: f32 = 20.0;
/// The most work periods that are drawn on a day.
const BANDS: usize = 3;
/// Left and right inside a day.
const PAD: f32 = 8.0;

/// How the month is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    pub(super) chosen: Option<EntryId>,
    /// The day that the keys are on.
    pub(super) cursor: Option<chrono::NaiveDate>,
    /// What takes the focus in this frame.
    pub(super) target: Option<Target>,
}

/// Draws the month into `rect`.
pub(super) fn ui(ui: &Ui, rect: Rect, cx: &Cx<'_>, view: &PayoutsView, looks: Looks, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    heads_ui(ui, tokens, rect, view);
    let body = rect.with_min_y(rect.top() + HEADS);
    let height = body.height() / view.month.weeks.len().max(1) as f32;
    for (at, week) in view.month.weeks.iter().enumerate() {
        // Whole pixels, so that lines stay thin.
        let top = (body.top() + height * at as f32).round();
        let bottom = (body.top() + height * (at + 1) as f32).round();
        let rect = Rect::from_x_y_ranges(body.x_range(), top..=bottom);
        let heights = Heights::of(height);
        let drawn = Drawn { tokens, rect, heights, week, cx, entries: &view.entries, looks };
        drawn.ui(ui, asked);
    }
}

fn heads_ui(ui: &Ui, tokens: &Tokens, rect: Rect, view: &PayoutsView) {
    let width = rect.width() / WEEK as f32;
    for (at, head) in view.month.heads.iter().enumerate() {
        let left = rect.left() + width * at as f32;
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width, HEADS));
        let text = if width < 96.0 { head.short } else { head.full };
        let font = theme::regular(tokens.sizes.small);
        ui.painter().text(pos2(left + PAD, place.center().y), Align2::LEFT_CENTER, text, font, tokens.muted);
        let response = ui.interact(place, ui.unique_id().with(("weekday", at)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, head.full));
    }
}

/// A week being drawn.
struct Drawn<'a, 'c> {
    tokens: &'a Tokens,
    rect: Rect,
    heights: Heights,
    week: &'a Week,
    cx: &'a Cx<'c>,
    entries: &'a [Entry],
    looks: Looks,
}

impl Drawn<'_, '_> {
    fn ui(&self, ui: &Ui, asked: &mut Asked) {
        for (at, day) in self.week.days.iter().enumerate() {
            self.day_ui(ui, at, day, asked);
        }
        let (lanes, lines) = self.room();
        self.bands_ui(ui, lines);
        for span in self.week.spans.iter().filter(|span| span.lane < lanes) {
            self.block_ui(ui, span, asked);
        }
        for (at, day) in self.week.days.iter().enumerate() {
            self.more_ui(ui, at, day, lanes, asked);
            self.cut_off_ui(ui, at, day, lanes);
        }
    }

    fn x(&self, day: usize) -> f32 {
        (self.rect.left() + self.rect.width() / WEEK as f32 * day as f32).round()
    }

    fn cell(&self, day: usize) -> Rect {
        Rect::from_x_y_ranges(self.x(day)..=self.x(day + 1), self.rect.y_range())
    }

    /// The places of a span's days, with a gap to the lines where it begins and ends.
    fn across(&self, span: &Span) -> (f32, f32) {
        let left = self.x(span.from) + if span.starts { PAD } else { 0.0 };
        let right = self.x(span.until + 1) - if span.ends { PAD } else { 0.0 };
        (left, right)
    }

    /// How many blocks and how many lines of work periods a day has room for.
    fn room(&self) -> (usize, usize) {
        let most = |spans: &[Span], lanes| (0..WEEK).map(|day| lanes::used_on(spans, day, lanes)).max().unwrap_or(0);
        let blocks = most(&self.week.spans, usize::MAX);
        self.heights.room(self.rect.height(), blocks, most(&self.week.band_spans, BANDS))
    }

    fn day_ui(&self, ui: &Ui, at: usize, day: &Day, asked: &mut Asked) {
        let tokens = self.tokens;
        let rect = self.cell(at);
        // A stop for the Tab key only where the arrow keys stand: they go from day to day.
        let here = self.looks.cursor == Some(day.date);
        let sense = if here { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(rect, ui.unique_id().with(("day", day.date)), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &day.name));
        if here {
            asked.keep(&response, self.looks.target == Some(Target::Day(day.date)));
        }
        if response.clicked() {
            asked.day = Some(day.date);
            asked.choose = self.on(at).map(|entry| entry.id).next();
        }
        let painter = ui.painter();
        if day.weekend {
            painter.rect_filled(rect, 0.0, tokens.background);
        } else if response.hovered() {
            painter.rect_filled(rect, 0.0, tokens.row_hover);
        }
        painter.hline(rect.x_range(), rect.top(), tokens.hairline());
        if at > 0 {
            painter.vline(rect.left(), rect.y_range(), tokens.hairline());
        }
        if here {
            let width = if response.has_focus() { 2.0 } else { 1.0 };
            painter.rect_stroke(
                rect.shrink(1.0),
                tokens.radius_small(),
                Stroke::new(width, tokens.accent),
                StrokeKind::Inside,
            );
        }
        let middle = rect.top() + self.heights.number / 2.0;
        if day.today {
            let font = theme::semibold(tokens.sizes.small);
            let galley = rich::one_line(ui, &day.number, font, tokens.on_accent, f32::INFINITY);
            let size = vec2((galley.size().x + 14.0).max(24.0), 18.0);
            let pill = Rect::from_center_size(pos2(rect.left() + PAD + size.x / 2.0 - 4.0, middle), size);
            painter.rect_filled(pill, 9.0, tokens.accent);
            painter.galley(pill.center() - galley.size() / 2.0, galley, tokens.on_accent);
        } else {
            let ink = if day.in_month { tokens.text } else { tokens.muted.gamma_multiply(0.7) };
            let font = theme::regular(tokens.sizes.small);
            painter.text(pos2(rect.left() + PAD, middle), Align2::LEFT_CENTER, &day.number, font, ink);
        }
    }

    /// The entries on a day, the first lane first.
    fn on(&self, day: usize) -> impl Iterator<Item = &Entry> {
        let mut spans: Vec<&Span> = self.week.spans.iter().filter(|span| span.holds(day)).collect();
        spans.sort_by_key(|span| span.lane);
        spans.into_iter().filter_map(|span| self.entries.get(span.item))
    }

    fn block_ui(&self, ui: &Ui, span: &Span, asked: &mut Asked) {
        let Some(entry) = self.entries.get(span.item) else { return };
        let tokens = self.tokens;
        let (left, right) = self.across(span);
        let top = self.rect.top() + self.heights.number + span.lane as f32 * self.heights.pitch;
        let rect = Rect::from_x_y_ranges(left..=right, top..=top + self.heights.block);
        let id = ui.unique_id().with(("block", entry.id, self.week.days.first().map(|day| day.date)));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            let name = if span.starts { entry.name.clone() } else { format!("{}, goes on", entry.name) };
            WidgetInfo::selected(Role::Button, true, self.looks.chosen == Some(entry.id), name)
        });
        // Of a window over a week's end the focus goes to the part with the day that the keys are on.
        let part = self
            .looks
            .cursor
            .is_none_or(|day| self.week.days.iter().position(|one| one.date == day).is_some_and(|at| span.holds(at)));
        asked.keep(&response, part && self.looks.target == Some(Target::Entry(entry.id)));
        if response.clicked() || response.gained_focus() {
            asked.choose = Some(entry.id);
            asked.open |= response.clicked();
            let on = self.looks.cursor.filter(|_| part && response.has_focus());
            asked.day = on.or_else(|| self.week.days.get(span.from).map(|day| day.date));
        }
        menus::context(&response, self.cx, entry.id, asked);
        block::paint(ui, tokens, rect, entry, self.looks.chosen == Some(entry.id), &response);
        button::tip(response, &entry.platform, "", &format!("{}, {}", entry.amount, entry.when));
    }

    /// "+2 more" at the head of a day whose blocks don't all have a lane; it opens to all of them.
    fn more_ui(&self, ui: &Ui, at: usize, day: &Day, lanes: usize, asked: &mut Asked) {
        let hidden = lanes::hidden_on(&self.week.spans, at, lanes);
        if hidden == 0 {
            return;
        }
        let tokens = self.tokens;
        let cell = self.cell(at);
        let text = if cell.width() < 96.0 { format!("+{hidden}") } else { format!("+{hidden} more") };
        let galley = rich::one_line(ui, &text, theme::semibold(tokens.sizes.small), tokens.text, f32::INFINITY);
        let size = vec2(galley.size().x + 10.0, 18.0);
        let rect = Rect::from_min_size(
            pos2(cell.right() - 4.0 - size.x, cell.top() + (self.heights.number - size.y) / 2.0),
            size,
        );
        let response = ui.interact(rect, ui.unique_id().with(("more", day.date)), Sense::click());
        let name = format!("{hidden} more on {}", Style::of(self.cx.book.settings()).day(day.date, self.cx.today));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let fill = if response.hovered() { tokens.raised_hover } else { tokens.raised };
        ui.painter().rect_filled(rect, tokens.radius_small(), fill);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.text);
        button::focus_ring(ui, &response, tokens);
        menu::under(&response, |ui| {
            menus::entries_ui(ui, egui::Id::unique(("day-list", day.date)), self.on(at), asked);
        });
        button::tip(response, &name, "", "");
    }

    /// "cut-off 23:59 UTC" under the blocks of a day, where a lane is free.
    fn cut_off_ui(&self, ui: &Ui, at: usize, day: &Day, lanes: usize) {
        let used = lanes::used_on(&self.week.spans, at, lanes);
        if day.cut_off.is_empty() || used >= lanes {
            return;
        }
        let tokens = self.tokens;
        let cell = self.cell(at);
        let room = cell.width() - PAD - 2.0;
        let galley = rich::one_line(ui, &day.cut_off, theme::regular(tokens.sizes.small), tokens.muted, room);
        let top = cell.top()
            + self.heights.number
            + used as f32 * self.heights.pitch
            + (self.heights.block - galley.size().y) / 2.0;
        let rect = Rect::from_min_size(pos2(cell.left() + PAD, top), galley.size());
        let response = ui.interact(rect, ui.unique_id().with(("cut-off", day.date)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &day.cut_off_lines));
        ui.painter().galley(rect.min, galley, tokens.muted);
        response.on_hover_text(&day.cut_off_lines);
    }

    /// The first `lines` lines of work periods.
    fn bands_ui(&self, ui: &Ui, lines: usize) {
        let tokens = self.tokens;
        let y =
            |lane: usize| self.rect.bottom() - 5.0 - (lines - 1 - lane.min(lines - 1)) as f32 * self.heights.band_pitch;
        for span in self.week.band_spans.iter().filter(|span| span.lane < lines) {
            let Some(band) = self.week.bands.get(span.item) else { continue };
            let (left, right) = self.across(span);
            let rect = Rect::from_x_y_ranges(
                left..=right,
                y(span.lane) - self.heights.band / 2.0..=y(span.lane) + self.heights.band / 2.0,
            );
            let hue = band.mark.as_ref().map_or(tokens.muted, |mark| tokens.hue(mark.hue));
            ui.painter().rect_filled(rect, self.heights.band / 2.0, tokens.surface.lerp_to_gamma(hue, 0.6));
            let id = ui.unique_id().with(("band", span.item, self.week.days.first().map(|day| day.date)));
            ui.interact(rect.expand2(vec2(0.0, 1.5)), id, Sense::hover()).on_hover_text(&band.words);
        }
        if lines < BANDS {
            // Either all of them are drawn, or they gave way to blocks.
            return;
        }
        for day in 0..WEEK {
            let hidden = lanes::hidden_on(&self.week.band_spans, day, BANDS);
            if hidden > 0 {
                let at = self.cell(day).right_bottom() - vec2(4.0, 4.0 + lines as f32 * self.heights.band_pitch);
                let font = theme::regular(tokens.sizes.badge);
                ui.painter().text(at, Align2::RIGHT_BOTTOM, format!("+{hidden}"), font, tokens.muted);
            }
        }
    }
}
