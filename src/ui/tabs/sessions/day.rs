//! The chosen day on the clock: blocks in their platform's hue, the stretches between that nobody recorded.

use std::collections::BTreeSet;

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::domain::ids::SessionId;
use crate::domain::span::{Interval, Timestamp};
use crate::ui::theme::{self, Tokens};
use crate::ui::view::day::{Block, DayView};
use crate::ui::widgets::{button, card, hatch, rich};

/// Height of an hour where there is room, in points; less on long days, so that they need not scroll.
const HOUR: f32 = 74.0;
const LEAST_HOUR: f32 = 34.0;
/// Blocks lower than this have no words.
const LEAST_WORDS: f32 = 15.0;
/// Width of the labels of the hours.
const LABELS: f32 = 48.0;

/// Draws the day and brings a block into sight; the session whose block was clicked.
pub(super) fn ui(
    ui: &mut Ui,
    day: &DayView,
    chosen: &BTreeSet<SessionId>,
    scroll_to: Option<SessionId>,
) -> Option<SessionId> {
    let tokens = theme::tokens(ui);
    for line in &day.declared {
        card::note(ui, &format!("{line}, declared"));
    }
    let Some(span) = day.span else {
        if day.declared.is_empty() {
            card::note(ui, "Nothing was recorded on this day.");
        }
        return None;
    };
    let mut clicked = None;
    ui.add_space(tokens.sizes.gap_l);
    #[expect(clippy::cast_precision_loss, reason = "hours of a few days")]
    let hours = (span.secs() as f32 / 3600.0).max(1.0);
    let room = ui.available_height() - 2.0 * tokens.sizes.gap_l;
    let hour = (room / hours).clamp(LEAST_HOUR, HOUR);
    ScrollArea::vertical().id_salt("day").auto_shrink([false, false]).show(ui, |ui| {
        let size = vec2(ui.available_width(), hours * hour + tokens.sizes.gap_l);
        let (_, rect) = ui.allocate_space(size);
        let place =
            Place { span, top: rect.top() + tokens.sizes.gap_s, hour, left: rect.left() + LABELS, right: rect.right() };
        if let Some(block) = day.blocks.iter().find(|block| Some(block.id) == scroll_to) {
            ui.scroll_to_rect(place.rect(block.interval, block.lane, block.lanes).expand(tokens.sizes.gap_l), None);
        }
        clicked = draw(ui, tokens, day, chosen, &place, rect.left());
    });
    clicked
}

/// Where an instant stands.
struct Place {
    span: Interval,
    top: f32,
    hour: f32,
    left: f32,
    right: f32,
}

impl Place {
    fn y(&self, at: Timestamp) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "seconds of a few days")]
        let secs = (at - self.span.from).num_seconds() as f32;
        self.top + secs / 3600.0 * self.hour
    }

    fn rect(&self, interval: Interval, lane: usize, lanes: usize) -> Rect {
        #[expect(clippy::cast_precision_loss, reason = "a handful of lanes")]
        let (lane, lanes) = (lane as f32, lanes.max(1) as f32);
        let width = (self.right - self.left) / lanes;
        let x = self.left + width * lane;
        let gap = if lanes > 1.0 { 2.0 } else { 0.0 };
        // A minute can still be seen and clicked.
        let bottom = self.y(interval.until).max(self.y(interval.from) + 6.0);
        Rect::from_min_max(pos2(x, self.y(interval.from)), pos2(x + width - gap, bottom - 1.0))
    }
}

fn draw(
    ui: &Ui,
    tokens: &Tokens,
    day: &DayView,
    chosen: &BTreeSet<SessionId>,
    place: &Place,
    left: f32,
) -> Option<SessionId> {
    for (gap, words) in &day.gaps {
        let rect = place.rect(*gap, 0, 1);
        hatch::fill(ui.painter(), rect.shrink(1.0), tokens.line, 8.0);
        hatch::dashed_outline(ui.painter(), rect, tokens.sizes.radius_small, tokens.muted);
        if rect.height() >= LEAST_WORDS {
            line_ui(ui, rect, 0, "", words, tokens);
        }
    }
    let mut clicked = None;
    for block in &day.blocks {
        if ground_ui(ui, tokens, block, place, chosen.contains(&block.id)) {
            clicked = Some(block.id);
        }
    }
    // Lines run over the blocks, words over the lines.
    let small = theme::regular(tokens.sizes.small);
    for (at, words) in &day.hours {
        let y = place.y(*at);
        ui.painter().text(pos2(left, y), Align2::LEFT_CENTER, words, small.clone(), tokens.muted);
        let line = Stroke::new(1.0, tokens.muted.gamma_multiply(0.25));
        ui.painter().hline(place.left..=place.right, y, line);
    }
    for block in &day.blocks {
        words_ui(ui, tokens, block, place.rect(block.interval, block.lane, block.lanes));
    }
    clicked
}

/// The block without its words; true where it was clicked.
fn ground_ui(ui: &Ui, tokens: &Tokens, block: &Block, place: &Place, chosen: bool) -> bool {
    let rect = place.rect(block.interval, block.lane, block.lanes);
    let response = ui.interact(rect, egui::Id::unique(("day-block", block.id)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &block.name));
    let hue = block.mark.as_ref().map_or(tokens.muted, |mark| tokens.hue(mark.hue));
    for stretch in &block.stretches {
        let part = place.rect(*stretch, block.lane, block.lanes);
        hatch::block(ui.painter(), tokens, part, hue, hatch::Standing::Fact);
    }
    if block.stretches.len() > 1 {
        // The edge holds the parts together over the pauses.
        let edge = rect.with_max_x(rect.left() + 4.0);
        ui.painter().rect_filled(edge, tokens.radius_small(), hue);
    }
    if chosen || response.hovered() {
        let width = if chosen { 1.5 } else { 1.0 };
        ui.painter().rect_stroke(rect, tokens.radius_small(), Stroke::new(width, hue), StrokeKind::Inside);
    }
    button::focus_ring(ui, &response, tokens);
    let clicked = response.clicked();
    button::tip(response, &block.project, "", &format!("{}, {}", block.what, block.own));
    clicked
}

fn words_ui(ui: &Ui, tokens: &Tokens, block: &Block, rect: Rect) {
    if rect.height() < LEAST_WORDS {
        return;
    }
    if rect.height() >= 40.0 {
        line_ui(ui, rect, 0, &block.project, &format!(" · {}", block.what), tokens);
        line_ui(ui, rect, 1, "", &block.own, tokens);
    } else {
        line_ui(ui, rect, 0, &block.project, &format!(" · {}, {}", block.what, block.own), tokens);
    }
}

/// A line of text in a block, its first part in semi-bold.
fn line_ui(ui: &Ui, rect: Rect, line: u8, strong: &str, rest: &str, tokens: &Tokens) {
    let size = tokens.sizes.small;
    let room = (rect.width() - 22.0).max(0.0);
    let top = if rect.height() < 24.0 { rect.center().y - 8.5 } else { rect.top() + 5.0 + f32::from(line) * 20.0 };
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut x = rect.left() + 14.0;
    let end = x + room;
    for (text, font) in [(strong, theme::semibold(size)), (rest, theme::regular(size))] {
        if text.is_empty() {
            continue;
        }
        let galley = rich::one_line(ui, text, font, tokens.text, (end - x).max(0.0));
        let (width, cut) = (galley.size().x, galley.elided);
        painter.galley(pos2(x, top), galley, tokens.text);
        if cut {
            break;
        }
        x += width;
    }
}
