//! The pieces behind a figure: a row each, which opens its payout.

use egui::{Align, Layout, Ui, vec2};

use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::view::exposure::{Opens, PieceLine};
use crate::ui::view::reasons::counted;
use crate::ui::widgets::badge::{PlatformMark, badge};
use crate::ui::widgets::button;
use crate::ui::widgets::card::{self, Card};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Over this many rows the list scrolls by itself.
const MOST_ROWS: usize = 8;

/// Draws the pieces; true where the user closes them.
pub(super) fn ui(ui: &mut Ui, title: &str, lines: &[PieceLine], scroll: bool, actions: &mut Vec<Action>) -> bool {
    let mut closed = false;
    let shown = Card::new().named("Pieces").show(ui, |ui| {
        let sizes = &theme::tokens(ui).sizes;
        ui.spacing_mut().item_spacing.y = sizes.gap_xs;
        let row = vec2(ui.available_width(), sizes.row_dense);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            closed = ui.add(button::icon(Icon::Close, "Close the pieces").tip("Close", "Esc", "")).clicked();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                card::title(ui, title);
                card::note(ui, &counted(lines.len(), "piece"));
            });
        });
        if lines.is_empty() {
            card::note(ui, "Nothing of this age");
            return;
        }
        let room = sizes.row_dense * lines.len().min(MOST_ROWS) as f32 + sizes.row_dense;
        let size = vec2(ui.available_width(), room);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| rows_ui(ui, lines, actions));
    });
    if scroll {
        shown.response.scroll_to_me(Some(Align::Max));
    }
    closed
}

fn rows_ui(ui: &mut Ui, lines: &[PieceLine], actions: &mut Vec<Action>) {
    let sizes = &theme::tokens(ui).sizes;
    let out = Table::new("Pieces of what is not yet paid")
        .row_height(sizes.row_dense)
        .max_height(sizes.row_dense * MOST_ROWS as f32)
        .column(Column::fill("Platform", 140.0))
        .column(Column::fill("Project", 120.0))
        .column(Column::exact("Worked", 150.0))
        .column(Column::exact("State", 140.0).priority(1))
        .column(Column::exact("Amount", 120.0).right())
        .show(
            ui,
            lines.len(),
            |at| {
                let name = lines.get(at).map_or_else(String::new, |line| format!("{}, row {}", line.spoken(), at + 1));
                let spec = RowSpec::new(("piece", at), name);
                if lines.get(at).is_some_and(|line| line.opens.is_some()) { spec } else { spec.plain() }
            },
            |row| {
                let Some(line) = lines.get(row.index()) else { return };
                row.cell(|ui| {
                    if let Some(mark) = &line.mark {
                        ui.add(badge(PlatformMark { letters: &mark.letters, hue_index: mark.hue }, &line.platform));
                    }
                    ui.label(&line.platform);
                });
                row.text(&line.project);
                row.muted(&line.on);
                row.muted(line.state);
                row.figure(&line.amount);
            },
        );
    let opens = out.clicked.and_then(|at| lines.get(at)).and_then(|line| line.opens);
    actions.extend(opens.map(|opens| match opens {
        Opens::Expected(key) => Action::ShowExpected(key),
        Opens::Payout(id) => Action::ShowPayout(id),
    }));
}
