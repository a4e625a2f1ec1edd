//! What comes next, in order: late, drawable, by day, below the minimum, without a date; at its foot, whether it is
//! enough for the bills.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align, Color32, Galley, Layout, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2};

use super::asked::Asked;
use super::menus;
use crate::ui::cx::Cx;
use crate::ui::tabs::ink;
use crate::ui::theme;
use crate::ui::verbs::Verb;
use crate::ui::view::names::Mark;
use crate::ui::view::payouts::{Detail, Draws, DrawsId, EnoughLine, Entry, EntryId, NextRow, PayoutsView};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{Column, RowSpec, Table};
use crate::ui::widgets::{button, card, rich};

/// Room for the title over the rows, in points.
const TITLE: f32 = 34.0;
/// The widest an amount can be before it is cut.
const WIDEST: f32 = 150.0;
/// Height of the line about bills where it has one line.
const LINE: f32 = 20.0;
/// Room for the button that adds a bill beside the line.
const ADD: f32 = 64.0;
/// The most letters of a part of the line about bills that stays on one line: so many fit beside the chosen payout.
const WHOLE: usize = 36;
/// Side of the sign of a row that opens.
const SIGN: f32 = 9.0;

/// A row as it is drawn.
enum Row<'a> {
    /// A payout; one of several under their row.
    Entry(&'a Entry, bool),
    /// Several draws of a platform, open or not.
    Draws(&'a Draws, bool),
}

/// The rows as they stand: those of the view, and under each that is open its entries.
fn rows<'a>(view: &'a PayoutsView, open: &BTreeSet<DrawsId>) -> Vec<Row<'a>> {
    let mut rows = Vec::with_capacity(view.next.len());
    for row in &view.next {
        match row {
            NextRow::Entry(at) => rows.extend(view.entries.get(*at).map(|entry| Row::Entry(entry, false))),
            NextRow::Draws(draws) => {
                let open = open.contains(&draws.id);
                rows.push(Row::Draws(draws, open));
                if open {
                    let held = draws.entries.iter().filter_map(|at| view.entries.get(*at));
                    rows.extend(held.map(|entry| Row::Entry(entry, true)));
                }
            }
        }
    }
    rows
}

/// Height of the foot under the rows: the line about the bills as high as it is, or the button of a first bill.
fn foot(ui: &Ui, view: &PayoutsView, width: f32) -> f32 {
    let gap = theme::tokens(ui).sizes.gap_s;
    let width = width - 2.0 * theme::tokens(ui).sizes.gap_l;
    view.enough.as_ref().map_or(36.0, |line| gap + words(ui, line, width).size().y)
}

/// The height of the card over the chosen payout in a column of a size: as its rows need, so that five of them show
/// where there is room, but the reasons below keep the greater part.
pub(super) fn height(ui: &Ui, view: &PayoutsView, open: &BTreeSet<DrawsId>, column: Vec2) -> f32 {
    let tokens = theme::tokens(ui);
    let foot = foot(ui, view, column.x);
    let high = |rows: usize| 2.0 * tokens.sizes.gap_l + TITLE + rows as f32 * tokens.sizes.row + foot;
    if view.listed == 0 {
        // What goes here, and the first step.
        return high(4).min(column.y);
    }
    let rows = rows(view, open).len();
    high(rows).min(high(5).min(column.y * 0.5).max(column.y * 0.36)).max(high(1)).ceil()
}

pub(super) fn ui(
    ui: &mut Ui,
    card: Rect,
    cx: &Cx<'_>,
    view: &PayoutsView,
    open: &BTreeSet<DrawsId>,
    detail: Option<&Detail>,
    asked: &mut Asked,
) {
    let tokens = theme::tokens(ui);
    let rows = rows(view, open);
    let font = theme::regular(tokens.sizes.body);
    // As wide as the widest amount, so that the days have the rest.
    let amount = |row: &Row<'_>| match row {
        Row::Entry(entry, _) => rich::one_line(ui, &entry.amount, font.clone(), Color32::PLACEHOLDER, f32::INFINITY),
        Row::Draws(draws, _) => rich::one_line(ui, &draws.amount, font.clone(), Color32::PLACEHOLDER, f32::INFINITY),
    };
    let widest = rows.iter().take(200).map(|row| amount(row).size().x).fold(0.0, f32::max);
    let room = card.bottom() - tokens.sizes.gap_l - foot(ui, view, card.width()) - ui.cursor().top();
    let chosen = detail.map(|detail| detail.id);
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
                Some(Row::Entry(row, _)) => {
                    let name = format!("{}, {}, {}", row.platform, row.when, row.amount);
                    RowSpec::new(("next", row.id), name).selected(chosen == Some(row.id))
                }
                Some(Row::Draws(draws, open)) => {
                    let state = if *open { "open" } else { "closed" };
                    let name = format!("{}, {}, {}, {state}", draws.platform, draws.when, draws.amount);
                    let mut held = draws.entries.iter().filter_map(|at| view.entries.get(*at));
                    let within = !open && held.any(|entry| chosen == Some(entry.id));
                    RowSpec::new(("draws", draws.id), name).selected(within)
                }
                None => RowSpec::new(("next", index), ""),
            },
            |row| match rows.get(row.index()) {
                Some(Row::Entry(entry, under)) => {
                    row.cell(|ui| mark_ui(ui, entry.mark.as_ref().filter(|_| !under), &entry.platform));
                    row.cell(|ui| {
                        ui.label(&entry.in_list).on_hover_text(&entry.when);
                    });
                    row.cell(|ui| {
                        let color = ink::of_standing(tokens, entry.standing, tokens.text);
                        ui.add(rich::figure(&entry.amount).color(color));
                    });
                    menus::context(row.response(), cx, entry.id, asked);
                }
                Some(Row::Draws(draws, open)) => {
                    row.cell(|ui| {
                        mark_ui(ui, draws.mark.as_ref(), &draws.platform);
                        // Between the badge and the days, which keep their place.
                        let middle = pos2(ui.max_rect().right() + SIGN / 2.0, ui.max_rect().center().y);
                        let sign = if *open { Icon::Down } else { Icon::Right };
                        sign.paint(ui.painter(), Rect::from_center_size(middle, Vec2::splat(SIGN)), tokens.muted);
                    });
                    row.cell(|ui| {
                        ui.label(&draws.in_list).on_hover_text(&draws.when);
                    });
                    row.cell(|ui| {
                        ui.add(rich::figure(&draws.amount).color(tokens.text));
                    });
                }
                None => {}
            },
        );
    match out.clicked.and_then(|index| rows.get(index)) {
        Some(Row::Entry(row, _)) => {
            asked.choose = Some(row.id);
            asked.open = true;
            asked.go_to = row.days;
        }
        Some(Row::Draws(draws, _)) => asked.fold = Some(draws.id),
        None => {}
    }
}

fn mark_ui(ui: &mut Ui, mark: Option<&Mark>, platform: &str) {
    if let Some(mark) = mark {
        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, platform));
    }
}

/// The title of the card; beside it the way into other calendars, and how to add a bill once the foot is full of what it
/// is about.
pub(super) fn head_ui(ui: &mut Ui, cx: &Cx<'_>, view: &PayoutsView, asked: &mut Asked) {
    ui.horizontal(|ui| {
        card::title(ui, "Next");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
            if view.enough.is_some() {
                add_ui(ui, cx, button::chip(Verb::AddBill.words().name), asked);
            }
            let (words, key) = (Verb::RecordPayout.words(), Verb::RecordPayout.key_text());
            let record = button::icon(Icon::Plus, words.name).tip(words.name, &key, words.line);
            asked.record |= !cx.read_only && ui.add(record).clicked();
            let (words, key) = (Verb::ExportCalendar.words(), Verb::ExportCalendar.key_text());
            let export = button::chip("Export…").named(words.name).tip(words.name, &key, words.line);
            if ui.add(export).clicked() {
                asked.export = true;
            }
        });
    });
}

/// The foot of the card: a line, and under it whether it is enough for the bills.
pub(super) fn foot_ui(ui: &mut Ui, card: Rect, cx: &Cx<'_>, view: &PayoutsView, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let inside = card.shrink(tokens.sizes.gap_l);
    let place = Rect::from_min_max(pos2(inside.left(), inside.bottom() - foot(ui, view, card.width())), inside.max);
    ui.painter().hline(place.x_range(), place.top(), tokens.hairline());
    let place = place.with_min_y(place.top() + if view.enough.is_some() { tokens.sizes.gap_s } else { 4.0 });
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    match &view.enough {
        Some(line) => line_ui(&mut child, line, asked),
        None => enough_ui(&mut child, cx, view, asked),
    }
}

/// Height of the line about the bills with its button beside it.
pub(super) fn enough_height(ui: &Ui, view: &PayoutsView, width: f32) -> f32 {
    let above = theme::tokens(ui).sizes.gap_xs;
    view.enough.as_ref().map_or(LINE, |line| (words(ui, line, width - ADD).size().y + above).max(LINE))
}

/// Whether it is enough for the bills, opening to the bill, and how to add one.
pub(super) fn enough_ui(ui: &mut Ui, cx: &Cx<'_>, view: &PayoutsView, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        add_ui(ui, cx, button::link(Verb::AddBill.words().name), asked);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if let Some(line) = &view.enough {
                line_ui(ui, line, asked);
                return;
            }
            let text = egui::RichText::new("Is it enough for the rent?").small().color(tokens.muted);
            ui.add(egui::Label::new(text).truncate());
        });
    });
}

fn add_ui(ui: &mut Ui, cx: &Cx<'_>, button: Button<'_>, asked: &mut Asked) {
    let (words, key) = (Verb::AddBill.words(), Verb::AddBill.key_text());
    if !cx.read_only && ui.add(button.tip(words.name, &key, words.line)).clicked() {
        asked.add_bill = true;
    }
}

/// The words about the bills, so wide; none of them is cut.
fn words(ui: &Ui, line: &EnoughLine, width: f32) -> Arc<Galley> {
    let tokens = theme::tokens(ui);
    // A part stays on one line, but a long one breaks between its words.
    let unbroken = |text: &str| {
        if text.chars().count() <= WHOLE { text.replace(' ', "\u{a0}") } else { text.to_owned() }
    };
    let mut job = ink::enough_line(tokens, line, tokens.sizes.small, unbroken);
    job.wrap.max_width = width;
    ui.painter().layout_job(job)
}

fn line_ui(ui: &mut Ui, line: &EnoughLine, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let galley = words(ui, line, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
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
