//! What the chosen week, or one of the sums beside, is made of: each payout leads to the Payouts tab, each bill opens.

use egui::{RichText, Ui};

use super::{Asked, Pick};
use crate::ui::theme;
use crate::ui::view::forecast::{ForecastView, MoneyRow, sureness};
use crate::ui::view::names;
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::rich;
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Title, line and margins around the rows.
const AROUND: f32 = 92.0;

pub(super) fn ui(ui: &mut Ui, view: &ForecastView, pick: Pick, height: f32, asked: &mut Vec<Asked>) {
    let (title, line, rows): (&str, &str, &[MoneyRow]) = match pick {
        Pick::Week(at) => {
            let week = view.weeks.get(at);
            let line = "Money stands in the week of its latest day";
            (week.map_or("", |week| &week.title), line, week.map_or(&[], |week| &week.rows))
        }
        Pick::Beside(why) => {
            let aside = view.beside.iter().find(|aside| aside.why == why);
            let line = aside.map_or("", |aside| aside.line);
            (aside.map_or("", |aside| aside.label), line, aside.map_or(&[], |aside| &aside.rows))
        }
    };
    Card::new().named("What it is made of").height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let tokens = theme::tokens(ui);
        card::title_row(ui, &names::title(title), |_ui| {});
        card::note(ui, line);
        ui.add_space(tokens.sizes.gap_s);
        if rows.is_empty() {
            ui.label(RichText::new("Nothing that is known now").color(tokens.muted));
            return;
        }
        rows_ui(ui, rows, (height - AROUND).max(tokens.sizes.row * 3.0), asked);
    });
}

fn rows_ui(ui: &mut Ui, rows: &[MoneyRow], height: f32, asked: &mut Vec<Asked>) {
    let tokens = theme::tokens(ui);
    let out = Table::new("Money of the week")
        .column(Column::exact("Who", 40.0))
        .column(Column::fill("When", 110.0))
        .column(Column::exact("Sure", 66.0).priority(1))
        .column(Column::exact("Amount", 112.0).right())
        .row_height(tokens.sizes.row)
        .max_height(height)
        .headless()
        .show(
            ui,
            rows.len(),
            |at| match rows.get(at) {
                Some(row) => RowSpec::new(("forecast", row.goes, row.sureness), row.spoken.as_str()),
                None => RowSpec::new(("forecast-row", at), ""),
            },
            |line| {
                let Some(row) = rows.get(line.index()) else { return };
                line.cell(|ui| {
                    if let Some(mark) = &row.mark {
                        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &row.name));
                    }
                });
                line.cell(|ui| {
                    ui.label(&row.in_list).on_hover_text(format!("{}, {}", row.name, row.when));
                });
                line.muted(row.sureness.map_or("bill", sureness));
                line.cell(|ui| {
                    ui.add(rich::figure(&row.amount));
                });
            },
        );
    asked.extend(out.clicked.and_then(|at| rows.get(at)).map(|row| Asked::Go(row.goes)));
}
