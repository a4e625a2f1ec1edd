//! The backups: a list with when, why, how big and how old; to look at one, to restore it, to make one now.
//!
//! The list comes from elsewhere and is asked for when the page is first seen: no frame reads a disk.

use chrono::NaiveDate;
use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::GAP;
use crate::domain::backup::{Backup, Size};
use crate::domain::span::Zone;
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::view::backups::{self as view, Line};
use crate::ui::view::memo::Memo;
use crate::ui::widgets::button;
use crate::ui::widgets::card;
use crate::ui::widgets::field::reason_ui;
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Over this height, in points, the list scrolls by itself.
const LIST: f32 = 140.0;

/// What is known of the backups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Known {
    /// Nothing yet.
    #[default]
    Reading,
    /// They are these, the oldest first.
    Listed(Vec<(Backup, Size)>),
    /// They can't be read, and why.
    Failed(String),
}

/// The page.
#[derive(Debug, Default)]
pub(super) struct BackupsPage {
    known: Known,
    /// Counts what was known.
    version: u64,
    /// Whether the page was seen, so that the list is wanted.
    pub(super) seen: bool,
    chosen: Option<Backup>,
    /// One is being made because the user asked for it.
    making: bool,
    /// One is being read to be looked at.
    reading: Option<Backup>,
    /// Why what was asked for was not done, or why the last backup was not made.
    trouble: Option<String>,
    lines: Memo<(u64, NaiveDate, Zone), Vec<Line>>,
}

impl BackupsPage {
    /// What is known now.
    pub(super) fn know(&mut self, known: Known) {
        self.known = known;
        self.version += 1;
        if let Known::Listed(backups) = &self.known
            && !backups.iter().any(|(backup, _)| Some(*backup) == self.chosen)
        {
            self.chosen = None;
        }
    }

    /// Whether one is being made, and what is wrong, if anything.
    pub(super) fn told(&mut self, making: bool, trouble: Option<String>) {
        self.making = making;
        self.trouble = trouble;
    }

    /// The backup that is being read to be looked at.
    pub(super) fn reading(&self) -> Option<Backup> {
        self.reading
    }

    /// It can't be looked at, and why.
    pub(super) fn not_read(&mut self, why: String) {
        self.reading = None;
        self.trouble = Some(why);
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Some(folder) = cx.folder else {
            card::note(ui, "This book is in memory only: there is nothing to back up.");
            return;
        };
        self.seen = true;
        let text = RichText::new(view::STAYS).small().color(theme::tokens(ui).muted);
        ui.add(Label::new(text).wrap());
        self.list_ui(ui, cx);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = GAP / 2.0;
            self.acts_ui(ui, cx, actions);
            let can = !cx.read_only && !self.making;
            let words = if self.making { "Backing up …" } else { "Back up now" };
            if ui
                .add(button::quiet(words).enabled(can).tip("Back up now", "", "It stays until you remove it"))
                .clicked()
            {
                self.making = true;
                self.trouble = None;
                actions.push(Action::BackUp);
            }
            let show = button::quiet("Show folder").tip("Show folder", "", "In the desktop’s file manager");
            if folder.cannot_open.is_none() && ui.add(show).clicked() {
                actions.push(Action::ShowBackups);
            }
        });
        if let Some(why) = &self.trouble {
            reason_ui(ui, why);
        }
        if cx.read_only {
            card::note(ui, "This book is open for reading only: backups can be looked at.");
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let style = Style::of(cx.book.settings());
        let backups = match &self.known {
            Known::Reading => {
                card::note(ui, "Reading …");
                return;
            }
            Known::Failed(why) => {
                reason_ui(ui, why);
                return;
            }
            Known::Listed(backups) if backups.is_empty() => {
                card::note(ui, view::NONE_YET);
                return;
            }
            Known::Listed(backups) => backups,
        };
        let key = (self.version, cx.today, cx.now.zone);
        let lines = self.lines.get(key, || view::lines(backups, cx.now.zone, cx.today, style));
        let sizes = &theme::tokens(ui).sizes;
        // All its height at once, or the dialog's own scrolling would squeeze it.
        let height = (sizes.row_dense * lines.len() as f32).min(LIST);
        let size = vec2(ui.available_width(), height + sizes.row_dense);
        let chosen = self.chosen;
        let out = ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            Table::new("Backups")
                .row_height(sizes.row_dense)
                .max_height(LIST)
                .column(Column::exact("Made", 170.0))
                .column(Column::fill("Why", 120.0))
                .column(Column::exact("Size", 90.0).right().priority(1))
                .column(Column::exact("Age", 110.0).right().priority(2))
                .show(
                    ui,
                    lines.len(),
                    |at| match lines.get(at) {
                        Some(line) => {
                            let selected = Some(line.backup) == chosen;
                            RowSpec::new(("backup", line.backup), &line.spoken).selected(selected)
                        }
                        None => RowSpec::new("none", "").plain(),
                    },
                    |row| {
                        let Some(line) = lines.get(row.index()) else { return };
                        row.text(&line.when);
                        row.muted(line.why);
                        row.text(&line.size);
                        row.muted(&line.age);
                    },
                )
        });
        if let Some(line) = out.inner.clicked.and_then(|at| lines.get(at)) {
            self.chosen = Some(line.backup);
        }
        card::note(ui, &view::sum(backups, style));
    }

    /// What can be done with the chosen one.
    fn acts_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        if !matches!(&self.known, Known::Listed(backups) if !backups.is_empty()) {
            return;
        }
        let free = self.reading.is_none() && self.chosen.is_some();
        let line = |line| if self.chosen.is_none() { "Choose one in the list first" } else { line };
        let words = if self.reading.is_none() { "Look at this backup" } else { "Reading …" };
        let look = line("Read only, in this window; your own book stays as it is");
        let look = ui.add(button::quiet(words).enabled(free).tip("Look at this backup", "", look));
        let restore = line("Says what would change before anything does");
        let restore = button::quiet("Restore…").enabled(free && !cx.read_only).tip("Restore…", "", restore);
        if ui.add(restore).clicked() {
            actions.extend(self.chosen.map(Action::AskToRestore));
        }
        if look.clicked() {
            self.reading = self.chosen;
            self.trouble = None;
            actions.extend(self.chosen.map(Action::LookAtBackup));
        }
    }
}
