//! The mappings that are kept: how tables are read that no format is known for. Forgetting one acts at once.

use egui::Ui;

use crate::domain::command::Command;
use crate::domain::statement::{Head, Mapping};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::view::reasons::counted;
use crate::ui::view::statement::mapping::row_kind;
use crate::ui::view::statement::plain;
use crate::ui::widgets::button;
use crate::ui::widgets::card;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Over this height, in points, the list scrolls by itself.
const LIST: f32 = 112.0;

pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let mappings = &cx.book.settings().mappings;
    if mappings.is_empty() {
        return;
    }
    card::note(
        ui,
        "Mappings: tables with these columns are imported as you said once. Forgetting one leaves what came in.",
    );
    Table::new("Mappings")
        .row_height(theme::tokens(ui).sizes.row_dense)
        .max_height(LIST)
        .column(Column::fill("Name", 160.0))
        .column(Column::exact("A row is", 150.0))
        .column(Column::exact("Known by", 150.0).priority(1))
        .column(Column::exact("", 52.0).right())
        .show(
            ui,
            mappings.len(),
            |at| {
                let name = mappings.get(at).map_or_else(String::new, spoken);
                RowSpec::new(("mapping", at), name).plain()
            },
            |row| {
                let Some(mapping) = mappings.get(row.index()) else { return };
                row.text(&plain(&mapping.name));
                row.text(row_kind(mapping.rows));
                row.muted(&known_by(mapping));
                row.cell(|ui| {
                    let name = format!("Forget mapping {}", plain(&mapping.name));
                    if ui.add(button::icon(Icon::Close, &name).enabled(!cx.read_only)).clicked() {
                        actions.push(Action::Do(Command::ForgetMapping(mapping.name.clone())));
                    }
                });
            },
        );
}

/// "9 columns", "5 columns without names".
fn known_by(mapping: &Mapping) -> String {
    match &mapping.head {
        Head::Names(names) => counted(names.len(), "column"),
        Head::Columns(count) => format!("{count} without names"),
    }
}

/// "Lantern bank, money that moved, 9 columns".
fn spoken(mapping: &Mapping) -> String {
    format!("{}, {}, {}", plain(&mapping.name), row_kind(mapping.rows).to_lowercase(), known_by(mapping))
}
