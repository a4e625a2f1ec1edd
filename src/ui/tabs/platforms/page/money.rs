//! What is not yet paid, by state: a bar each, which opens to the rows that it is made of.

use egui::{RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Draw, nothing, section};
use crate::ui::action::Action;
use crate::ui::tabs::ink;
use crate::ui::theme::{self, Tokens};
use crate::ui::view::platforms::{OpenLine, OpenPart};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{self as list, Column, RowSpec};
use crate::ui::widgets::{button, card, rich};

/// Height for the rows of a state, in points; more of them scroll.
const ROWS: f32 = 180.0;

pub(super) fn ui(ui: &mut Ui, draw: &mut Draw<'_, '_>) {
    section(ui, "Not yet paid", None, |ui| {
        let tokens = theme::tokens(ui);
        let open = &draw.page.open;
        if open.parts.is_empty() {
            nothing(ui, "Nothing is open: what is worked next stands here from its first minute.");
            return;
        }
        let font = theme::semibold(tokens.sizes.title);
        ui.label(RichText::new(&open.total).font(font));
        for part in &open.parts {
            let unfolded = draw.state.unfolded == Some(part.state);
            if part_ui(ui, tokens, part, unfolded) {
                draw.state.unfolded = (!unfolded).then_some(part.state);
            }
            if unfolded {
                rows_ui(ui, part, draw.actions);
            }
        }
    });
}

/// A line with a bar under it; true where it was clicked.
fn part_ui(ui: &mut Ui, tokens: &Tokens, part: &OpenPart, unfolded: bool) -> bool {
    let sizes = &tokens.sizes;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, unfolded, part.spoken()));
    if response.hovered() {
        ui.painter().rect_filled(rect, tokens.radius_small(), tokens.row_hover);
    }
    let ink = ink::of_state(tokens, part.state, part.surely_late);
    let middle = rect.top() + 13.0;
    let arrow = egui::Rect::from_center_size(pos2(rect.left() + 6.0, middle), vec2(8.0, 8.0));
    if unfolded { Icon::Down } else { Icon::Right }.paint(ui.painter(), arrow, tokens.muted);
    let amount = rich::one_line(ui, &part.amount, theme::regular(sizes.body), ink, rect.width() * 0.6);
    let left = rect.left() + 18.0;
    let room = (rect.width() - amount.size().x - 26.0).max(0.0);
    let words = rich::one_line(ui, &part.words, theme::regular(sizes.body), ink, room);
    ui.painter().galley(pos2(left, middle - words.size().y / 2.0), words, ink);
    let at = pos2(rect.right() - amount.size().x, middle - amount.size().y / 2.0);
    ui.painter().galley(at, amount, ink);
    let bar = egui::Rect::from_min_max(pos2(left, rect.top() + 27.0), pos2(rect.right(), rect.top() + 33.0));
    let radius = egui::CornerRadius::same(3);
    ui.painter().rect_filled(bar, radius, tokens.raised);
    if let Some(share) = part.share {
        let filled = bar.with_max_x(bar.left() + (bar.width() * share.clamp(0.0, 1.0)).max(3.0));
        let fill = if ink == tokens.text { tokens.accent } else { ink };
        ui.painter().rect_filled(filled, radius, fill);
    }
    button::focus_ring(ui, &response, tokens);
    let line = if unfolded { "Hides its rows" } else { "Shows the rows that it is made of" };
    button::tip(response, &part.words, "", line).clicked()
}

fn rows_ui(ui: &mut Ui, part: &OpenPart, actions: &mut Vec<Action>) {
    let name = format!("Rows {}", part.words);
    let spoken = |line: &OpenLine, at: usize| format!("{} {}, {}, row {}", line.project, line.amount, line.on, at + 1);
    let output = list::Table::new(&name)
        .headless()
        .row_height(theme::tokens(ui).sizes.row_dense)
        .max_height(ROWS)
        .column(Column::exact("", 100.0))
        .column(Column::fill("", 60.0))
        .column(Column::exact("", 96.0).right())
        .show(
            ui,
            part.rows.len(),
            |at| {
                let row = part.rows.get(at);
                RowSpec::new(("open-row", at), row.map_or_else(String::new, |row| spoken(row, at)))
            },
            |line| {
                let Some(row) = part.rows.get(line.index()) else { return };
                line.muted(&row.on);
                line.text(&row.project);
                line.figure(&row.amount);
            },
        );
    let clicked = output.clicked.and_then(|at| part.rows.get(at));
    if let Some(key) = clicked.and_then(|row| row.expected) {
        actions.push(Action::ShowExpected(key));
    }
    if part.rows.iter().any(|row| row.expected.is_some()) {
        card::note(ui, "A row opens its payout");
    }
}
