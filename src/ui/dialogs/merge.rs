//! Compare: what others made of the files beside what the user has, record by record, and which side counts.
//!
//! One choice a row, all at once, or the newer of both. Sent, it is one change with one undo; the files as the others left
//! them are kept in the folder `aside`. Escape decides nothing: the files stay held.

use std::cmp::Ordering;
use std::sync::Arc;

use egui::{Align, Context, Grid, Label, Layout, RichText, ScrollArea, Ui};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::theme;
use super::super::view::merge::{MergeRow, MergeView};
use super::super::view::reasons::counted;
use super::super::widgets::button;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::reason_ui;
use super::super::widgets::table::{Column, Row, RowSpec, Table};
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::query::differs::{Choice, Side};
use crate::ports::{Compared, LookedThrough, OutsideFile, Touched};

/// Writes files anew of which others broke lines, beside what is chosen.
const WRITE_MINE: &str = "Write mine again";
const BROKEN: &str = "A file with broken lines stays as it is until they are mended. Or write it again with what you have: \
    as it stands now it is kept in the folder “aside”.";

/// The height of the rows, in points.
const ROWS: f32 = 216.0;
/// The height of what stands under them, in points.
const FIELDS: f32 = 112.0;

/// What others made of the files was compared.
#[derive(Debug)]
pub struct MergeDialog {
    compared: Arc<Compared>,
    view: Arc<MergeView>,
    choice: Choice,
    /// The choice with what its records name.
    closed: Choice,
    /// The row whose fields are shown.
    at: usize,
}

impl MergeDialog {
    /// The first look, with what is likely chosen.
    #[must_use]
    pub fn new(compared: Arc<Compared>, view: Arc<MergeView>, book: &Book) -> Self {
        let choice = view.first_choice(&compared);
        let closed = choice.closed(book, &compared.differences);
        Self { compared, view, choice, closed, at: 0 }
    }

    fn choose(&mut self, book: &Book, choice: Choice) {
        self.closed = choice.closed(book, &self.compared.differences);
        self.choice = choice;
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let send = self.send_words();
        let note = self.note();
        // What can't be read stays held whatever is chosen.
        let sendable = !self.compared.looked.files.is_empty() || self.closed.taken() > 0;
        let dialog = Dialog::new("Changed outside TrueRate", &send).cancel("Not now").width(900.0);
        let dialog = if self.compared.broken.is_empty() { dialog } else { dialog.other(WRITE_MINE) };
        let shown = dialog.sendable(sendable).note(&note).show(ctx, |ui| {
            ui.add(Label::new(self.view.files.join(" · ")).truncate());
            for unreadable in self.view.unreadable.iter().take(3) {
                reason_ui(ui, unreadable);
            }
            if !self.compared.broken.is_empty() {
                card::note(ui, BROKEN);
            }
            if self.view.rows.is_empty() {
                ui.label(&self.view.summary);
                if !self.compared.looked.files.is_empty() {
                    card::note(
                        ui,
                        "What you have is written again; what stands there now is kept in the folder “aside”.",
                    );
                }
                return;
            }
            let mut choice = self.all_ui(ui);
            let clicked = self.rows_ui(ui, &mut choice);
            self.at = clicked.unwrap_or(self.at);
            if let Some(row) = self.view.rows.get(self.at) {
                fields_ui(ui, row);
            }
            if choice != self.choice {
                self.choose(cx.book, choice);
            }
        });
        match shown.outcome {
            Outcome::Open if shown.other => {
                actions.push(look_through(&self.compared, &self.view, &self.closed, &self.compared.broken));
            }
            Outcome::Open => {}
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => actions.push(look_through(&self.compared, &self.view, &self.closed, &[])),
        }
    }

    fn send_words(&self) -> String {
        let all = self.view.rows.len();
        match self.closed.taken() {
            0 if all == 0 && self.compared.looked.files.iter().all(|file| file.what == Touched::Missing) => {
                "Write again".to_owned()
            }
            0 if all == 0 => "Done".to_owned(),
            0 => "Keep yours".to_owned(),
            taken if taken == all => format!("Take over {}", counted(all, "change")),
            taken => format!("Take over {taken} of {}", counted(all, "change")),
        }
    }

    /// What the choice brings along or leaves, beside what was chosen.
    fn note(&self) -> String {
        let (chosen, closed) = (self.choice.taken(), self.closed.taken());
        match closed.cmp(&chosen) {
            Ordering::Greater => format!("{} more: named by what you take", closed - chosen),
            Ordering::Less if chosen - closed == 1 => "1 stays: named by what you keep".to_owned(),
            Ordering::Less => format!("{} stay: named by what you keep", chosen - closed),
            Ordering::Equal => String::new(),
        }
    }

    /// One choice for all, and what differs in a sentence; gives back the choice.
    fn all_ui(&self, ui: &mut Ui) -> Choice {
        let mut choice = self.choice.clone();
        ui.horizontal(|ui| {
            ui.set_min_height(theme::tokens(ui).sizes.row_dense);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(button::chip("All theirs")).clicked() {
                    choice = Choice::all(Side::Theirs, &self.compared.differences);
                }
                if ui.add(button::chip("All yours")).clicked() {
                    choice = Choice::default();
                }
                if self.view.rows.iter().any(|row| row.newer.is_some())
                    && ui.add(button::chip("The newer").tip("The newer", "", "Where both journals tell when")).clicked()
                {
                    for row in &self.view.rows {
                        choice.set(row.key, row.newer.unwrap_or_else(|| choice.side(row.key)));
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(&self.view.summary).truncate());
                });
            });
        });
        choice
    }

    /// The rows; gives back the one that was clicked.
    fn rows_ui(&self, ui: &mut Ui, choice: &mut Choice) -> Option<usize> {
        let rows = &self.view.rows;
        let spec = |at: usize| match rows.get(at) {
            Some(row) => RowSpec::new(("differs", row.key), spoken(row)).selected(at == self.at),
            None => RowSpec::new(("differs", at), ""),
        };
        Table::new("What differs")
            .column(Column::exact("Record", 104.0).priority(2))
            .column(Column::fill("", 170.0))
            .column(Column::fill("Yours", 130.0))
            .column(Column::fill("Theirs", 130.0))
            .column(Column::exact("", 136.0).right())
            .max_height(ROWS)
            .show(ui, rows.len(), spec, |cells| {
                if let Some(row) = rows.get(cells.index()) {
                    row_ui(cells, row, self.closed.side(row.key), choice);
                }
            })
            .clicked
    }
}

/// Carries out what was chosen of a comparison, and writes these broken files anew.
#[must_use]
pub fn look_through(compared: &Compared, view: &MergeView, chosen: &Choice, broken: &[OutsideFile]) -> Action {
    let taken = chosen.chosen(&compared.differences);
    let words = if taken.len() == view.rows.len() {
        view.take_over.clone()
    } else {
        format!("Take over {} of {}", taken.len(), counted(view.rows.len(), "change"))
    };
    let files = [&compared.looked.files, broken].concat();
    let looked = LookedThrough { files, through: compared.looked.through };
    Action::LookThrough(Command::TakeOver { words, taken }, looked)
}

fn spoken(row: &MergeRow) -> String {
    let both = if row.clash { ", changed on both sides" } else { "" };
    format!("{} {}{both}: yours {}; theirs {}", row.kind, row.name, row.ours, row.theirs)
}

fn row_ui(cells: &mut Row<'_>, row: &MergeRow, side: Side, choice: &mut Choice) {
    cells.muted(row.kind);
    cells.cell(|ui| {
        let tokens = theme::tokens(ui);
        ui.label(RichText::new(&row.name).color(if row.clash { tokens.warn } else { tokens.text }));
    });
    let ink = |cells: &mut Row<'_>, text: &str, counts: bool| {
        if counts { cells.text(text) } else { cells.muted(text) }
    };
    ink(cells, &row.ours, side == Side::Ours);
    ink(cells, &row.theirs, side == Side::Theirs);
    cells.cell(|ui| {
        for (words, of) in [("Theirs", Side::Theirs), ("Yours", Side::Ours)] {
            let name = format!("{words}: {}", row.name);
            if ui.add(button::tab(words, side == of).dense().named(&name)).clicked() {
                choice.set(row.key, of);
            }
        }
    });
}

/// Each field of the chosen row that differs.
fn fields_ui(ui: &mut Ui, row: &MergeRow) {
    let tokens = theme::tokens(ui);
    let (muted, warn, gap) = (tokens.muted, tokens.warn, tokens.sizes.gap_l);
    let head = if row.clash { format!("{}: changed on both sides", row.name) } else { row.name.clone() };
    ui.add(Label::new(RichText::new(head).color(if row.clash { warn } else { muted })).truncate());
    let column = ((ui.available_width() - 150.0 - 2.0 * gap) / 2.0).max(80.0);
    ScrollArea::vertical().id_salt(("fields", row.key)).max_height(FIELDS).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new(("fields", row.key)).num_columns(3).spacing([gap, 4.0]).show(ui, |ui| {
            for field in &row.fields {
                for (text, width, ink) in
                    [(field.label, 150.0, Some(muted)), (&field.ours, column, None), (&field.theirs, column, None)]
                {
                    ui.scope(|ui| {
                        ui.set_width(width);
                        let text = RichText::new(text);
                        ui.add(Label::new(ink.map_or(text.clone(), |ink| text.color(ink))).wrap());
                    });
                }
                ui.end_row();
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use egui::Role;
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::domain::change::{Change, Edit};
    use crate::domain::ids::SessionId;
    use crate::domain::money::Currency;
    use crate::domain::query::differs::Differences;
    use crate::domain::session::Session;
    use crate::domain::settings::Settings;
    use crate::domain::testing::at;
    use crate::ports::OutsideFile;
    use crate::ui::testing::with_cx;
    use crate::ui::theme::ThemeChoice;

    fn dialog(ours: &Book, theirs: &Book) -> MergeDialog {
        let file =
            OutsideFile { path: "sessions/2026-11.ron".into(), what: Touched::Changed, checksum: Some(1), known: 0 };
        let looked = LookedThrough { files: vec![file], through: 0 };
        let differences = Differences::of(ours, theirs);
        let compared = Compared { differences, looked, ..Compared::default() };
        let view = MergeView::of(ours, &compared);
        MergeDialog::new(Arc::new(compared), Arc::new(view), ours)
    }

    fn window(ours: Book, theirs: &Book) -> Harness<'static, (MergeDialog, Vec<Action>)> {
        let dialog = dialog(&ours, theirs);
        let mut harness = Harness::builder()
            .with_size([900.0, 600.0])
            .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
            .build_ui_state(
                move |ui, (dialog, asked): &mut (MergeDialog, Vec<Action>)| {
                    with_cx(&ours, "2026-11-22T13:00:00Z", None, |cx| dialog.ui(ui.ctx(), cx, asked));
                },
                (dialog, Vec::new()),
            );
        harness.run();
        harness
    }

    fn book(sessions: u64) -> Book {
        let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        let begun = |id| Session::begun(SessionId(id), at("2026-11-21T09:00:00Z"), chrono_tz::UTC);
        book.apply(&Change::new((1..=sessions).map(|id| Edit::create(begun(id))).collect()));
        book
    }

    #[test]
    fn of_ten_thousand_rows_those_in_sight_are_drawn_and_all_are_chosen_at_once() {
        let mut harness = window(book(0), &book(10_000));
        assert!(harness.query_all_by_role(Role::Row).count() < 20, "only those in sight");
        assert!(harness.query_by_role_and_label(Role::Button, "Keep yours").is_some(), "nobody knows who changed it");
        harness.get_by_role_and_label(Role::Button, "All theirs").click();
        harness.run();
        harness.get_by_role_and_label(Role::Button, "Take over 10000 changes").click();
        harness.run();
        let [Action::LookThrough(Command::TakeOver { taken, .. }, looked)] = harness.state().1.as_slice() else {
            panic!("one action")
        };
        assert_eq!((taken.len(), looked.files.len()), (10_000, 1));
    }

    #[test]
    fn a_row_is_chosen_by_its_name_and_shows_its_fields() {
        let mut harness = window(book(1), &book(2));
        harness.get_by_label("Different: 1 session");
        harness.get_by_role_and_label(Role::Button, "Theirs: not named yet, 21 Nov 2026 09:00").click();
        harness.run();
        assert!(harness.query_by_role_and_label(Role::Button, "Take over 1 change").is_some());
        harness.get_by_label("not named yet, 21 Nov 2026 09:00: changed on both sides");
        let row = harness.get_all_by_role(Role::Row).next().unwrap();
        assert!(row.accesskit_node().label().unwrap().contains("yours not there; theirs End still runs"));
    }
}
