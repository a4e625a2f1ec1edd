//! The first step: the catalogue as a list that filters as one types.
//!
//! Arrow keys and Enter choose without leaving the field; what isn't in the catalogue can be created.

use egui::{Key, Modifiers};

use super::super::super::action::Action;
use super::super::super::cx::Cx;
use super::super::super::theme;
use super::super::super::widgets::badge::{PlatformMark, badge};
use super::super::super::widgets::dialog::{Dialog, Outcome};
use super::super::super::widgets::field::{Field, Label};
use super::super::super::widgets::table::{Column, RowSpec, Table};
use crate::domain::command::limits;
use crate::domain::fact::Standing;
use crate::domain::preset::{PayKind, Preset, PresetSchedule, PresetStatus};

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// An entry of the catalogue, by its place.
    Preset(usize),
    /// A platform of the user's own, by what was typed.
    Blank(String),
}

/// An entry in words, made once.
#[derive(Debug)]
struct Entry {
    preset: usize,
    name: String,
    badge: String,
    hue: usize,
    /// "by the hour, by the task".
    pays: String,
    /// "Each item is payable after 7 days".
    known: String,
    /// Who says so: "reported"; empty where nothing is known.
    standing: &'static str,
    in_book: bool,
}

/// The list with what is typed.
#[derive(Debug)]
pub(super) struct Find {
    text: String,
    at: usize,
    entries: Vec<Entry>,
}

impl Find {
    pub(super) fn new(cx: &Cx<'_>) -> Self {
        let in_book = |preset: &Preset| {
            cx.book.platforms().any(|platform| platform.name.trim().eq_ignore_ascii_case(preset.name.trim()))
        };
        let entries = cx
            .presets
            .iter()
            .enumerate()
            .map(|(at, preset)| Entry {
                preset: at,
                name: preset.name.clone(),
                badge: preset.badge.clone(),
                hue: usize::try_from(preset.hue_hint).unwrap_or(0),
                pays: pays(preset),
                known: known(preset),
                standing: best(preset).map_or("", |schedule| standing(schedule.provenance.standing)),
                in_book: in_book(preset),
            })
            .collect();
        Self { text: String::new(), at: 0, entries }
    }

    /// Draws the list; what was chosen in this frame.
    pub(super) fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) -> Option<Chosen> {
        // Taken before the field sees them: there they would move the cursor and drop the focus.
        let (up, down, enter) = ctx.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let mut clicked = None;
        let mut rows = Vec::new();
        let shown = Dialog::new("Add platform", "").width(860.0).show(ctx, |ui| {
            let typed = Field::new("Find a platform", &mut self.text)
                .label(Label::Unseen)
                .hint("Find a platform…")
                .limit(limits::NAME_LETTERS)
                .autofocus()
                .show(ui);
            if typed.response.changed() {
                self.at = 0;
            }
            rows = self.rows(cx.presets);
            // The last line is the blank one.
            let last = rows.len();
            self.at = self.at.min(last);
            if down {
                self.at = if self.at == last { 0 } else { self.at + 1 };
            } else if up {
                self.at = self.at.checked_sub(1).unwrap_or(last);
            }
            clicked = self.rows_ui(ui, &rows, up || down);
        });
        if shown.outcome == Outcome::Cancelled {
            actions.push(Action::CloseDialog);
            return None;
        }
        let taken = clicked.or_else(|| enter.then_some(self.at))?;
        Some(match rows.get(taken).and_then(|at| self.entries.get(*at)) {
            Some(entry) => Chosen::Preset(entry.preset),
            None => Chosen::Blank(self.text.trim().to_owned()),
        })
    }

    /// The entries that the typed text finds; those whose name begins with it come first.
    fn rows(&self, presets: &[Preset]) -> Vec<usize> {
        let wanted = self.text.trim().to_lowercase();
        let mut rows: Vec<usize> = (0..self.entries.len())
            .filter(|at| presets.get(*at).is_some_and(|preset| preset.matches(&self.text)))
            .collect();
        rows.sort_by_key(|at| {
            let begins = self.entries.get(*at).is_some_and(|entry| entry.name.to_lowercase().starts_with(&wanted));
            (!begins, *at)
        });
        rows
    }

    fn blank_words(&self) -> String {
        match self.text.trim() {
            "" => "A platform that is not in the list".to_owned(),
            name => format!("Create “{name}”"),
        }
    }

    fn rows_ui(&self, ui: &mut egui::Ui, rows: &[usize], moved: bool) -> Option<usize> {
        let tokens = theme::tokens(ui);
        let blank = self.blank_words();
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(144.0, 440.0);
        let entry = |row: usize| rows.get(row).and_then(|at| self.entries.get(*at));
        Table::new("Catalogue")
            .row_height(44.0)
            .max_height(height)
            .scroll_to(moved.then_some(self.at))
            .column(Column::exact("Platform", 200.0))
            .column(Column::exact("Pays", 190.0).priority(1))
            .column(Column::fill("What we know", 240.0))
            .column(Column::exact("", 96.0).right())
            .show(
                ui,
                rows.len() + 1,
                |row| {
                    let spec = match entry(row) {
                        Some(entry) => RowSpec::new(("preset", entry.preset), entry.name.as_str()),
                        None => RowSpec::new("blank", blank.as_str()),
                    };
                    spec.selected(row == self.at)
                },
                |row| {
                    let Some(entry) = entry(row.index()) else {
                        row.rest(|ui| {
                            ui.label(egui::RichText::new(&blank).color(tokens.accent));
                        });
                        return;
                    };
                    row.cell(|ui| {
                        ui.add(badge(PlatformMark { letters: &entry.badge, hue_index: entry.hue }, &entry.name));
                        let font = theme::semibold(tokens.sizes.body);
                        ui.label(egui::RichText::new(&entry.name).font(font));
                    });
                    row.muted(&entry.pays);
                    row.cell(|ui| {
                        let known = if entry.in_book { "already in your book" } else { entry.known.as_str() };
                        let text = egui::RichText::new(known).small().color(tokens.muted);
                        ui.add(egui::Label::new(text).truncate()).on_hover_text(known);
                    });
                    row.cell(|ui| {
                        let unsure = entry.standing == standing(Standing::Unverified);
                        let ink = if unsure { tokens.warn } else { tokens.muted };
                        ui.label(egui::RichText::new(entry.standing).small().color(ink));
                    });
                },
            )
            .clicked
    }
}

fn pays(preset: &Preset) -> String {
    let words: Vec<&str> = preset
        .pays
        .iter()
        .map(|kind| match kind {
            PayKind::PerHour => "by the hour",
            PayKind::PerTask => "by the task",
            PayKind::PerUnit => "by a unit",
            PayKind::BySession => "by study",
            PayKind::Milestones => "by milestones",
            PayKind::Bonuses => "bonuses",
        })
        .take(2)
        .collect();
    words.join(", ")
}

/// What is known of its pay days.
pub(in super::super) fn known(preset: &Preset) -> String {
    match preset.status {
        PresetStatus::Open => {}
        PresetStatus::CheckStatus => return format!("{} – check whether it is open", rule_words(preset)),
        PresetStatus::Closed { on } => return format!("closed on {}", on.format("%a %-d %b %Y")),
    }
    rule_words(preset)
}

fn rule_words(preset: &Preset) -> String {
    best(preset).map_or_else(|| "when it pays is not known".to_owned(), |schedule| schedule.words.clone())
}

/// The rule that is told: one that fills the form, else one that is offered.
pub(in super::super) fn best(preset: &Preset) -> Option<&PresetSchedule> {
    preset.default_schedules().next().or_else(|| preset.offers().next().map(|(_, offer)| offer))
}

/// A standing in one word.
pub(in super::super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Documented => "documented",
        Standing::Reported => "reported",
        Standing::Unverified => "unverified",
        Standing::Own => "your own",
    }
}
