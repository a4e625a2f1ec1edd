//! The first step: the catalogue as a list that filters as one types, and by the user's country.
//!
//! Arrow keys and Enter choose without leaving the field; what isn't in the catalogue can be created. A country that no
//! source names is a warning, never a bar: such a platform can be added all the same.

use egui::{Key, Modifiers, Popup, RichText};

use super::super::super::action::Action;
use super::super::super::cx::Cx;
use super::super::super::theme;
use super::super::super::view::catalogue::{self, Entry, Found};
use super::super::super::widgets::badge::{PlatformMark, badge};
use super::super::super::widgets::dialog::{Dialog, Outcome};
use super::super::super::widgets::field::{Field, Label};
use super::super::super::widgets::picker::{Choice, Picker};
use super::super::super::widgets::table::{Column, RowSpec, Table};
use super::super::super::widgets::{button, card};
use crate::domain::command::{Command, limits};
use crate::domain::country;
use crate::domain::settings::Settings;

/// Width of the country's picker in points.
const COUNTRY: f32 = 190.0;
/// Room for the filter beside it.
const FILTER: f32 = 136.0;
/// Height of a line of the list: two lines of small words.
const ROW: f32 = 48.0;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// An entry of the catalogue, by its place.
    Preset(usize),
    /// A platform of the user's own, by what was typed.
    Blank(String),
}

/// The list with what is typed.
#[derive(Debug)]
pub(super) struct Find {
    text: String,
    at: usize,
    country: Option<String>,
    /// Only what may take workers from the user's country.
    only_country: bool,
    entries: Vec<Entry>,
    found: Found,
}

impl Find {
    pub(super) fn new(cx: &Cx<'_>) -> Self {
        let country = cx.book.settings().country.clone();
        let mut find = Self {
            text: String::new(),
            at: 0,
            entries: catalogue::entries(cx.presets, cx.book, country.as_deref()),
            country,
            only_country: false,
            found: Found::default(),
        };
        find.search(cx);
        find
    }

    /// Draws the list; what was chosen in this frame.
    pub(super) fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) -> Option<Chosen> {
        if cx.book.settings().country != self.country {
            self.country.clone_from(&cx.book.settings().country);
            self.entries = catalogue::entries(cx.presets, cx.book, self.country.as_deref());
            self.search(cx);
        }
        // Taken before the field sees them: there they would move the cursor and drop the focus. An open list of
        // countries keeps them, and a button that has the focus keeps Enter.
        let free = !Popup::is_any_open(ctx);
        let in_list = free && (ctx.text_edit_focused() || ctx.memory(egui::Memory::focused).is_none());
        let pressed = |when: bool, key| when && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (up, down) = (pressed(free, Key::ArrowUp), pressed(free, Key::ArrowDown));
        let enter = pressed(in_list, Key::Enter);
        let mut clicked = None;
        let shown = Dialog::new("Add platform", "").width(900.0).show(ctx, |ui| {
            if self.head_ui(ui, cx, actions) {
                self.at = 0;
                self.search(cx);
            }
            // The last line is the blank one.
            let last = self.found.rows.len();
            self.at = self.at.min(last);
            if down {
                self.at = if self.at == last { 0 } else { self.at + 1 };
            } else if up {
                self.at = self.at.checked_sub(1).unwrap_or(last);
            }
            clicked = self.rows_ui(ui, up || down);
            card::note(ui, &self.foot());
        });
        if shown.outcome == Outcome::Cancelled {
            actions.push(Action::CloseDialog);
            return None;
        }
        let taken = clicked.or_else(|| enter.then_some(self.at))?;
        Some(match self.entry(taken) {
            Some(entry) => Chosen::Preset(entry.preset),
            None => Chosen::Blank(self.text.trim().to_owned()),
        })
    }

    /// The search field, the country and the filter; true where they find something else now.
    fn head_ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) -> bool {
        let mut moved = false;
        ui.horizontal(|ui| {
            let gaps = 2.0 * ui.spacing().item_spacing.x;
            let typed = Field::new("Find a platform", &mut self.text)
                .label(Label::Unseen)
                .hint("Find a platform…")
                .limit(limits::NAME_LETTERS)
                .width((ui.available_width() - COUNTRY - FILTER - gaps).max(120.0))
                .autofocus()
                .show(ui);
            moved |= typed.response.changed();
            if let Some(code) = self.country_ui(ui, cx) {
                let settings = Settings { country: Some(code.to_owned()), ..(**cx.book.settings()).clone() };
                actions.push(Action::Do(Command::SetSettings(Box::new(settings))));
                self.only_country = true;
            }
            let chip = button::chip("Works in my country")
                .selected(self.only_country && self.country.is_some())
                .enabled(self.country.is_some());
            let line = "Hides platforms whose sources name other countries only; what nobody says stays";
            if ui.add(chip.tip("Works in my country", "", line)).clicked() {
                self.only_country = !self.only_country;
                moved = true;
            }
        });
        moved
    }

    /// The country that the user works from; one that was picked just now.
    fn country_ui(&self, ui: &mut egui::Ui, cx: &Cx<'_>) -> Option<&'static str> {
        let all = country::all();
        let choices: Vec<Choice<'_>> = all
            .iter()
            .map(|country| Choice { text: country.name, detail: country.code, ..Choice::default() })
            .collect();
        let chosen = all.iter().position(|country| Some(country.code) == self.country.as_deref());
        let mut picker = Picker::new("Your country")
            .chosen(chosen)
            .hint("Your country…")
            .width(COUNTRY)
            .enabled(!cx.read_only)
            .tip("", "The country that you work from; it stands in Settings");
        // Written by a newer version, or by hand: told as it is.
        if let (None, Some(code)) = (chosen, self.country.as_deref()) {
            picker = picker.value(Choice::from(code));
        }
        picker.pick(ui, &choices).and_then(|at| all.get(at)).map(|country| country.code)
    }

    fn search(&mut self, cx: &Cx<'_>) {
        self.found = catalogue::search(&self.entries, cx.presets, &self.text, self.only_country);
    }

    fn entry(&self, row: usize) -> Option<&Entry> {
        self.found.rows.get(row).and_then(|at| self.entries.get(*at))
    }

    fn blank_words(&self) -> String {
        match self.text.trim() {
            "" => "A platform that is not in the list".to_owned(),
            name => format!("Create “{name}”"),
        }
    }

    /// How many there are, and how many the filter hides.
    fn foot(&self) -> String {
        let shown = match self.found.rows.len() {
            1 => "1 platform".to_owned(),
            count => format!("{count} platforms"),
        };
        match self.found.hidden {
            0 => shown,
            1 => format!("{shown} · 1 more is hidden: its sources name other countries"),
            hidden => format!("{shown} · {hidden} more are hidden: their sources name other countries"),
        }
    }

    fn rows_ui(&self, ui: &mut egui::Ui, moved: bool) -> Option<usize> {
        let tokens = theme::tokens(ui);
        let blank = self.blank_words();
        let height = (ui.ctx().content_rect().height() - 316.0).clamp(3.0 * ROW, 10.0 * ROW);
        Table::new("Catalogue")
            .row_height(ROW)
            .max_height(height)
            .scroll_to(moved.then_some(self.at))
            .column(Column::exact("Platform", 216.0))
            .column(Column::exact("Pays", 170.0).priority(1))
            .column(Column::fill("What we know", 240.0))
            .column(Column::exact("", 96.0).right().priority(2))
            .show(
                ui,
                self.found.rows.len() + 1,
                |row| {
                    let spec = match self.entry(row) {
                        Some(entry) => RowSpec::new(("preset", entry.preset), entry.name.as_str()),
                        None => RowSpec::new("blank", blank.as_str()),
                    };
                    spec.selected(row == self.at)
                },
                |row| {
                    let Some(entry) = self.entry(row.index()) else {
                        row.rest(|ui| {
                            ui.label(RichText::new(&blank).color(tokens.accent));
                        });
                        return;
                    };
                    row.cell(|ui| {
                        let mark = PlatformMark { letters: &entry.mark.letters, hue_index: entry.mark.hue };
                        ui.add(badge(mark, &entry.name));
                        let ink = if entry.closed { tokens.muted } else { tokens.text };
                        let name = RichText::new(&entry.name).font(theme::semibold(tokens.sizes.body)).color(ink);
                        ui.add(egui::Label::new(name).truncate());
                    });
                    row.muted(&entry.pays);
                    row.cell(|ui| known_ui(ui, entry, self.only_country));
                    row.cell(|ui| {
                        let ink = if entry.unsure { tokens.warn } else { tokens.muted };
                        ui.label(RichText::new(entry.standing).small().color(ink));
                    });
                },
            )
            .clicked
    }
}

/// The rule over what the platform asks for, each in a line of its own. That no source says which countries is told
/// where the list is filtered by country: there it is why the platform stands lower.
fn known_ui(ui: &mut egui::Ui, entry: &Entry, only_country: bool) {
    let tokens = theme::tokens(ui);
    let small = |text: &str, ink| RichText::new(text).small().color(ink);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = 0.0;
        let line = ui.text_style_height(&egui::TextStyle::Small);
        ui.add_space((ui.available_height() / 2.0 - line - 3.0).max(0.0));
        let ink = if entry.closed { tokens.warn } else { tokens.text };
        ui.add(egui::Label::new(small(&entry.known, ink)).truncate());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if !entry.country.is_empty() && (only_country || !entry.silent) {
                let ink = if entry.warns { tokens.warn } else { tokens.muted };
                ui.label(small(&entry.country, ink));
                ui.label(small(" · ", tokens.muted));
            }
            ui.add(egui::Label::new(small(&entry.tags, tokens.muted)).truncate());
        });
    });
}
