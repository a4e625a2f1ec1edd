//! A block of the month: solid, hatched or outlined, with whose it is and how much.

use egui::{Painter, Rect, Response, Stroke, StrokeKind, Ui, pos2};

use crate::ui::tabs::ink;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::payouts::{Entry, Standing};
use crate::ui::widgets::{hatch, rich};

/// How a block is drawn; `None` for a bill, which is neutral.
pub(super) fn drawn_as(standing: Standing) -> Option<hatch::Standing> {
    match standing {
        Standing::Landed => Some(hatch::Standing::Fact),
        Standing::Expected => Some(hatch::Standing::Estimate),
        Standing::Late => Some(hatch::Standing::Late),
        Standing::LaterThanExpected => Some(hatch::Standing::LaterThanExpected),
        Standing::Due => None,
    }
}

/// Paints a block.
pub(super) fn paint(ui: &Ui, tokens: &Tokens, rect: Rect, entry: &Entry, chosen: bool, response: &Response) {
    let hue = entry.mark.as_ref().map_or(tokens.muted, |mark| tokens.hue(mark.hue));
    let painter = ui.painter_at(rect.expand(3.0));
    match drawn_as(entry.standing) {
        Some(standing) => hatch::block(&painter, tokens, rect, hue, standing),
        None => {
            painter.rect_filled(rect, tokens.radius_small(), tokens.raised);
        }
    }
    if chosen || response.has_focus() {
        let stroke = Stroke::new(if response.has_focus() { 2.0 } else { 1.5 }, tokens.accent);
        painter.rect_stroke(rect.expand(1.0), tokens.radius_small(), stroke, StrokeKind::Outside);
    } else if response.hovered() {
        painter.rect_stroke(rect, tokens.radius_small(), Stroke::new(1.0, tokens.muted), StrokeKind::Outside);
    }
    words_ui(ui, &painter, tokens, rect, entry);
}

/// Badge letters and amount; of a bill its name, and its amount whole.
fn words_ui(ui: &Ui, painter: &Painter, tokens: &Tokens, rect: Rect, entry: &Entry) {
    let small = tokens.sizes.small;
    let late = entry.standing.is_late();
    let ink = ink::of_standing(tokens, entry.standing, tokens.text);
    // A late block has no edge of its own, and a longer text.
    let (before, after) = if late || rect.width() < 70.0 { (5.0, 2.0) } else { (9.0, 4.0) };
    let left = rect.left() + before;
    let put = |at: f32, galley: std::sync::Arc<egui::Galley>| {
        painter.galley(pos2(at, rect.center().y - galley.size().y / 2.0), galley, ink);
    };
    let room = (rect.right() - left - after).max(0.0);
    let words = if late { format!("{} {}", entry.amount, entry.late) } else { entry.amount.clone() };
    let amount = rich::one_line(ui, &words, theme::regular(small), ink, room);
    // The amount is what counts; letters or a name take what it leaves.
    let lead_room = room - amount.size().x - 4.0;
    let Some(mark) = &entry.mark else {
        let name = rich::one_line(ui, &entry.platform, theme::regular(small), ink, lead_room.max(0.0));
        let shown = if lead_room < 16.0 { 0.0 } else { name.size().x + 4.0 };
        if shown > 0.0 {
            put(left, name);
        }
        put(left + shown, amount);
        return;
    };
    let letters = rich::one_line(ui, &mark.letters, theme::semibold(small), ink, f32::INFINITY);
    if letters.size().x <= lead_room {
        let after = left + letters.size().x + 4.0;
        put(left, letters);
        put(after, amount);
        return;
    }
    if late {
        // Without letters an edge says whose it is: a late block has no fill that would.
        let edge = rect.with_max_x(rect.left() + 4.0);
        painter.rect_filled(edge, tokens.radius_small(), tokens.hue(mark.hue));
    }
    put(left + if late { 2.0 } else { 0.0 }, amount);
}
