//! What comes next, in order: late, drawable, by day, below the minimum, without a date; at its foot, whether it is
//! enough for the bills.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2};

use super::asked::Asked;
use super::menus;
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::payouts::{Detail, EnoughLine, EntryId, PayoutsView, Standing, Tone};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::table::{Column, RowSpec, Table};
use crate::ui::widgets::{button, rich};

/// Room for the title over the rows, in points.
const TITLE: f32 = 34.0;
/// The widest an amount can be before it is cut.
const WIDEST: f32 = 150.0;
/// Height of the line about bills where it has one line.
pub(super) const LINE: f32 = 20.0;

/// Height of the foot under the rows: up to three small lines, or the button of a first bill.
fn foot(view: &PayoutsView) -> f32 {
    if view.enough.is_some() { 66.0 } else { 36.0 }
}

/// The height of the card over the chosen payout in a column so high: as its rows need, so that five of them show
/// where there is room, but the reasons below keep the greater part.
pub(super) fn height(tokens: &Tokens, view: &PayoutsView, column: f32) -> f32 {
    let high = |rows: usize| 2.0 * tokens.sizes.gap_l + TITLE + rows as f32 * tokens.sizes.row + foot(view);
    if view.listed == 0 {
        // What goes here, and the first step.
        return high(4).min(column);
    }
    high(view.listed).min(high(5).min(column * 0.5).max(column * 0.36)).ceil()
}

pub(super) fn ui(ui: &mut Ui, card: Rect, cx: &Cx<'_>, view: &PayoutsView, detail: Option<&Detail>, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let rows = view.entries.get(..view.listed).unwrap_or_default();
    let font = theme::regular(tokens.sizes.body);
    // As wide as the widest amount, so that the days have the rest.
    let widest = rows
        .iter()
        .take(200)
        .map(|row| rich::one_line(ui, &row.amount, font.clone(), Color32::PLACEHOLDER, f32::INFINITY).size().x)
        .fold(0.0, f32::max);
    let room = card.bottom() - tokens.sizes.gap_l - foot(view) - ui.cursor().top();
    let out = Table::new("Next payouts")
        .column(Column::exact("Platform", 40.0))
        .column(Column::fill("When", 80.0))
        .column(Column::exact("Amount", (widest + 17.0).clamp(60.0, WIDEST)).right())
        .row_height(tokens.sizes.row)
        .max_height(room.max(tokens.sizes.row))
        .headless()
        .show(
            ui,
            rows.len(),
            |index| match rows.get(index) {
                Some(row) => RowSpec::new(("next", row.id), format!("{}, {}, {}", row.platform, row.when, row.amount))
                    .selected(detail.is_some_and(|detail| detail.id == row.id)),
                None => RowSpec::new(("next", index), ""),
            },
            |row| {
                let Some(entry) = rows.get(row.index()) else { return };
                row.cell(|ui| {
                    if let Some(mark) = &entry.mark {
                        let mark = PlatformMark { letters: &mark.letters, hue_index: mark.hue };
                        ui.add(badge(mark, &entry.platform));
                    }
                });
                row.cell(|ui| {
                    ui.label(&entry.in_list).on_hover_text(&entry.when);
                });
                row.cell(|ui| {
                    let color = if entry.standing == Standing::Late { tokens.bad } else { tokens.text };
                    ui.add(rich::figure(&entry.amount).color(color));
                });
                menus::context(row.response(), cx, entry.id, asked);
            },
        );
    if let Some(row) = out.clicked.and_then(|index| rows.get(index)) {
        asked.choose = Some(row.id);
        asked.open = true;
        asked.go_to = row.days;
    }
}

/// The foot of the card: a line, and under it whether it is enough for the bills.
pub(super) fn foot_ui(ui: &mut Ui, card: Rect, cx: &Cx<'_>, view: &PayoutsView, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let inside = card.shrink(tokens.sizes.gap_l);
    let place = Rect::from_min_max(pos2(inside.left(), inside.bottom() - foot(view)), inside.max);
    ui.painter().hline(place.x_range(), place.top(), tokens.hairline());
    let place = place.with_min_y(place.top() + tokens.sizes.gap_xs);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    enough_ui(&mut child, cx, view, view.enough.is_none(), asked);
}

/// Whether it is enough for the bills, opening to the bill; without any, how to add one.
pub(super) fn enough_ui(ui: &mut Ui, cx: &Cx<'_>, view: &PayoutsView, one_line: bool, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let add = |ui: &mut Ui, asked: &mut Asked| {
        let (words, key) = (Verb::AddBill.words(), Verb::AddBill.key_text());
        if !cx.read_only && ui.add(button::link(words.name).tip(words.name, &key, words.line)).clicked() {
            asked.add_bill = true;
        }
    };
    ui.with_layout(Layout::right_to_left(if one_line { Align::Center } else { Align::Min }), |ui| {
        add(ui, asked);
        ui.with_layout(Layout::left_to_right(if one_line { Align::Center } else { Align::Min }), |ui| {
            let Some(line) = &view.enough else {
                let text = egui::RichText::new("Is it enough for the rent?").small().color(tokens.muted);
                ui.add(egui::Label::new(text).truncate());
                return;
            };
            line_ui(ui, tokens, line, one_line, asked);
        });
    });
}

fn line_ui(ui: &mut Ui, tokens: &Tokens, line: &EnoughLine, one_line: bool, asked: &mut Asked) {
    let mut job = LayoutJob::default();
    for (at, part) in line.parts.iter().enumerate() {
        let color = match part.tone {
            Tone::Plain => tokens.muted,
            Tone::Good => tokens.good,
            Tone::Warn => tokens.warn,
            Tone::Bad => tokens.bad,
        };
        let font = |color| TextFormat::simple(theme::regular(tokens.sizes.small), color);
        if at > 0 {
            job.append(" · ", 0.0, font(tokens.muted));
        }
        // A part stays on one line where it can.
        job.append(&part.text.replace(' ', "\u{a0}"), 0.0, font(color));
    }
    job.wrap.max_width = ui.available_width();
    job.wrap.max_rows = if one_line { 1 } else { 3 };
    let galley = ui.painter().layout_job(job);
    // The first line stands level with the button beside it.
    let above = if one_line { 0.0 } else { (tokens.sizes.row_dense - tokens.sizes.small - 4.0) / 2.0 };
    let (rect, response) = ui.allocate_exact_size(galley.size() + egui::vec2(0.0, above), Sense::click());
    let rect = rect.with_min_y(rect.top() + above);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &line.name));
    ui.painter().galley(rect.min, galley, tokens.muted);
    button::focus_ring(ui, &response, tokens);
    if response.clicked() {
        asked.choose = Some(line.id);
        asked.open = true;
        if let EntryId::Bill(_, on) = line.id {
            asked.go_to = Some(crate::domain::span::DayRange::day(on));
        }
    }
    button::tip(response, "Enough by", "", &line.name).on_hover_cursor(egui::CursorIcon::PointingHand);
}
