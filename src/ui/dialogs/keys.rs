//! All keys at a glance, from the one table of verbs.

use egui::{Align2, Role, Sense, Ui, WidgetInfo};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::theme;
use super::super::verbs::Verb;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::rich;
use super::super::widgets::table::{Column, RowSpec, Table};

/// All keys at a glance.
#[derive(Debug)]
pub struct KeysDialog {}

impl KeysDialog {
    /// All of them.
    #[must_use]
    pub fn new(_cx: &Cx<'_>) -> Self {
        Self {}
    }

    /// Draws the dialog and pushes what the user asked for.
    #[expect(clippy::unused_self, reason = "drawn as every other dialog is")]
    pub fn ui(&self, ctx: &egui::Context, _cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let dialog = Dialog::new("Keys", "").cancel("Close").width(560.0);
        let shown = dialog.note("Single letters act while nothing is being typed").show(ctx, list_ui);
        if shown.outcome != Outcome::Open {
            actions.push(Action::CloseDialog);
        }
    }
}

fn list_ui(ui: &mut Ui) {
    let height = theme::tokens(ui).sizes.row_dense;
    Table::new("All keys")
        .headless()
        .column(Column::exact("Verb", 120.0))
        .column(Column::exact("Key", 110.0))
        .column(Column::fill("What it does", 160.0).priority(1))
        .row_height(height)
        .show(
            ui,
            Verb::ALL.len(),
            |at| {
                let name = Verb::ALL
                    .get(at)
                    .map_or_else(String::new, |verb| format!("{}, {}", verb.words().name, verb.key_text()));
                RowSpec::new(("key", at), name).plain()
            },
            |row| {
                let Some(verb) = Verb::ALL.get(row.index()) else { return };
                let words = verb.words();
                row.text(words.name);
                row.cell(|ui| key_ui(ui, &verb.key_text()));
                row.muted(words.line);
            },
        );
}

/// A key as a small cap.
fn key_ui(ui: &mut Ui, key: &str) {
    let tokens = theme::tokens(ui);
    let galley = rich::one_line(ui, key, theme::regular(tokens.sizes.small), tokens.text, f32::INFINITY);
    let size = galley.size() + egui::vec2(12.0, 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
    ui.painter().rect_filled(rect, tokens.radius_small(), tokens.raised);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min;
    ui.painter().galley(at, galley, tokens.text);
}
