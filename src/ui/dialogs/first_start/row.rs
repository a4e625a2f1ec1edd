//! One row of the sheet: a tick with badge and name; once ticked, the three fields and what is offered.

use chrono::NaiveDate;
use egui::text::LayoutJob;
use egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::super::super::format::Style;
use super::super::super::theme;
use super::super::super::widgets::badge::PlatformMark;
use super::super::super::widgets::button;
use super::super::super::widgets::field::{Field, Label};
use super::super::super::widgets::icon::Icon;
use super::super::super::widgets::rich;
use super::super::super::widgets::table::Row;
use super::entry::Entry;
use crate::domain::money::Money;

/// Side of the box that is ticked.
const BOX: f32 = 18.0;

/// Draws a row; true where its tick was clicked.
pub(super) fn ui(row: &mut Row<'_>, entry: &mut Entry, today: NaiveDate, style: Style) -> bool {
    let mut clicked = false;
    row.cell(|ui| {
        let mark = PlatformMark { letters: &entry.badge, hue_index: entry.hue };
        clicked = tick(ui, entry.ticked.is_some(), Some(mark), &entry.name).clicked();
    });
    if entry.ticked.is_none() {
        row.skip();
        row.skip();
        row.skip();
    } else {
        fields_ui(row, entry, today, style);
    }
    row.cell(|ui| known_ui(ui, entry, today, style));
    clicked
}

/// The row that makes a platform of what is typed; true where it was clicked.
pub(super) fn blank_ui(row: &mut Row<'_>, words: &str) -> bool {
    let mut clicked = false;
    row.rest(|ui| clicked = tick(ui, false, None, words).clicked());
    clicked
}

fn fields_ui(row: &mut Row<'_>, entry: &mut Entry, today: NaiveDate, style: Style) {
    let zero = style.money(Money::zero(entry.currency));
    let name = entry.name.clone();
    let dense = theme::tokens(&row.response().ctx).sizes.row_dense;
    let field = |ui: &mut Ui, column: &str, draft: &mut String, hint: &str, unit: &str, reason: Option<&str>| {
        let spoken = format!("{column}, {name}");
        let field = Field::new(&spoken, draft).label(Label::Unseen).hint(hint).unit(unit).reason(reason).reason_aside();
        let (width, above) = (ui.available_width(), (ui.available_height() - dense) / 2.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(above.floor());
            field.width(width).right().dense().limit(48).show(ui).ended.is_some()
        })
        .inner
    };
    let reason = entry.rate(style).err();
    row.cell(|ui| {
        let hint = if entry.by_study { "by study" } else { zero.as_str() };
        let unit = if entry.by_study && entry.rate.is_empty() { "" } else { "/h" };
        if field(ui, "My rate", &mut entry.rate, hint, unit, reason.as_deref()) {
            entry.tidy_rate(style);
        }
    });
    let reason = entry.owed(style).err();
    row.cell(|ui| {
        if field(ui, "Owed to me now", &mut entry.owed, &zero, "", reason.as_deref()) {
            entry.tidy_owed(style);
        }
    });
    let reason = entry.last(today, style).err();
    row.cell(|ui| {
        if field(ui, "Last payout", &mut entry.last, "e.g. 17 Nov 188.40", "", reason.as_deref()) {
            entry.tidy_last(today, style);
        }
    });
}

/// What is known with its standing, and "Use it" for what nobody could confirm; a reason goes before all of it.
fn known_ui(ui: &mut Ui, entry: &mut Entry, today: NaiveDate, style: Style) {
    let tokens = theme::tokens(ui);
    let reason = entry.ticked.and_then(|_| entry.read(today, style).err());
    let offered = entry.offer.is_some() && entry.ticked.is_some() && reason.is_none();
    let take = if entry.taken { "In use" } else { "Use it" };
    let room = if offered { ui.available_width() - 74.0 } else { ui.available_width() };
    let (text, ink) = match &reason {
        Some(reason) => (reason.as_str(), tokens.bad),
        None => (entry.known.as_str(), if entry.unsure { tokens.warn } else { tokens.muted }),
    };
    let font = theme::regular(tokens.sizes.small);
    let mut job = LayoutJob::simple(text.to_owned(), font, ink, room.max(40.0));
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    let cut = galley.elided;
    let (rect, shown) = ui.allocate_exact_size(vec2(room.max(40.0), galley.size().y), Sense::hover());
    shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().galley(rect.min, galley, ink);
    if cut {
        shown.on_hover_text(text);
    }
    if offered {
        let name = format!("Use it: {}", entry.name);
        let chip = button::chip(take).named(&name).selected(entry.taken);
        if ui.add(chip.tip("Use it", "", "Fills the schedule with this rule; it stays yours to change")).clicked() {
            entry.taken = !entry.taken;
        }
    }
}

/// A box to tick with a badge and a name, as one target.
fn tick(ui: &mut Ui, ticked: bool, mark: Option<PlatformMark<'_>>, name: &str) -> Response {
    let tokens = theme::tokens(ui);
    let gap = tokens.sizes.gap_s;
    let size = vec2(ui.available_width(), tokens.sizes.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), ticked, name));
    let middle = rect.center().y;
    let square = Rect::from_min_size(pos2(rect.left(), middle - BOX / 2.0), Vec2::splat(BOX));
    let painter = ui.painter();
    if ticked {
        painter.rect_filled(square, tokens.radius_small(), tokens.accent);
        Icon::Check.paint(painter, square.shrink(4.0), tokens.on_accent);
    } else {
        let ink = if response.hovered() { tokens.text } else { tokens.muted };
        painter.rect_stroke(square, tokens.radius_small(), Stroke::new(1.0, ink), StrokeKind::Inside);
    }
    let mut x = square.right() + gap + gap / 2.0;
    if let Some(mark) = mark {
        let place = Rect::from_min_size(pos2(x, middle - PlatformMark::SIZE.y / 2.0), PlatformMark::SIZE);
        mark.paint(painter, tokens, place);
        x = place.right() + gap;
    }
    let ink = if mark.is_some() { tokens.text } else { tokens.accent };
    let galley = rich::one_line(ui, name, theme::semibold(tokens.sizes.body), ink, (rect.right() - x).max(0.0));
    let cut = galley.elided;
    ui.painter().galley(pos2(x, middle - galley.size().y / 2.0), galley, ink);
    button::focus_ring(ui, &response.clone().with_new_rect(square.expand(1.0)), tokens);
    if cut { response.on_hover_text(name) } else { response }
}
