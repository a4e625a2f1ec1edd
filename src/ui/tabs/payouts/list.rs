//! What comes next, in order: late, drawable, by day, below the minimum, without a date.

use egui::{Color32, Ui};

use super::Asked;
use crate::ui::theme::{self, Tokens};
use crate::ui::verbs::Verb;
use crate::ui::view::payouts::{Detail, EntryId, PayoutsView, Standing};
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::table::{Column, RowSpec, Table};
use crate::ui::widgets::{menu, rich};

/// Room for the title over the rows, in points.
const TITLE: f32 = 34.0;
/// The widest an amount can be before it is cut.
const WIDEST: f32 = 150.0;

/// The height of the card over the chosen payout in a column so high: as its rows need, so that five of them show
/// where there is room, but the reasons below keep the greater part.
pub(super) fn height(tokens: &Tokens, rows: usize, column: f32) -> f32 {
    let high = |rows: usize| 2.0 * tokens.sizes.gap_l + TITLE + rows as f32 * tokens.sizes.row;
    if rows == 0 {
        // What goes here, and the first step.
        return high(4).min(column);
    }
    high(rows).min(high(5).min(column * 0.42).max(column * 0.36)).ceil()
}

pub(super) fn ui(ui: &mut Ui, view: &PayoutsView, detail: Option<&Detail>, asked: &mut Asked) {
    let tokens = theme::tokens(ui);
    let rows = view.entries.get(..view.listed).unwrap_or_default();
    let font = theme::regular(tokens.sizes.body);
    // As wide as the widest amount, so that the days have the rest.
    let widest = rows
        .iter()
        .take(200)
        .map(|row| rich::one_line(ui, &row.amount, font.clone(), Color32::PLACEHOLDER, f32::INFINITY).size().x)
        .fold(0.0, f32::max);
    let out = Table::new("Next payouts")
        .column(Column::exact("Platform", 40.0))
        .column(Column::fill("When", 80.0))
        .column(Column::exact("Amount", (widest + 17.0).clamp(60.0, WIDEST)).right())
        .row_height(tokens.sizes.row)
        .max_height(ui.available_height())
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
                row.menu(|ui| {
                    if matches!(entry.id, EntryId::Expected(_)) {
                        let verb = Verb::Landed;
                        if menu::item(ui, verb.words().name, &verb.key_text()) {
                            asked.choose = Some(entry.id);
                            asked.land = Some(entry.id);
                        }
                    }
                    if menu::item(ui, "Sessions behind it", "") {
                        asked.sessions = Some(entry.id);
                    }
                });
            },
        );
    if let Some(row) = out.clicked.and_then(|index| rows.get(index)) {
        asked.choose = Some(row.id);
        asked.go_to = row.days;
    }
}
