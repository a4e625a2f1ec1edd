//! The mapper: a table that no format is known for, while somebody says what its columns are.
//!
//! ```text
//! what a row is, its sign, its currency ── columns under their pickers ── words of states and kinds
//!                                          └► the first rows as they are read, at once with every change
//! ```

mod columns;
mod words;

use egui::{Checkbox, Label, RichText, Ui};

use super::answered_ui;
use crate::domain::command::{self, Command};
use crate::domain::money::Currency;
use crate::domain::statement::{DateOrder, Decimals, Mapping, Meaning, Question, ReadAs, RowKind, Signs, Tried};
use crate::ui::cx::Cx;
use crate::ui::dialogs::parts::{self, labelled};
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::view::statement::mapping as view;
use crate::ui::view::statement::{Fate, ToMap, Words, answers};
use crate::ui::widgets::button;
use crate::ui::widgets::card;
use crate::ui::widgets::field::{Field, reason_ui};
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Width of a small control, in points.
const SMALL: f32 = 176.0;
/// Rows of examples that are seen without scrolling.
const SEEN: f32 = 5.0;

/// A table whose columns are being named.
#[derive(Debug)]
pub(super) struct Mapper {
    to_map: Box<ToMap>,
    mapping: Mapping,
    /// Who pays, or whose account it is.
    owner: String,
    name: String,
    remember: bool,
    /// How the first rows are read, as the mapping and the answers stood then.
    tried: Option<(Mapping, ReadAs, Tried)>,
    columns: columns::Columns,
}

impl Mapper {
    /// With what is proposed; `name` is that of the file.
    pub(super) fn new(to_map: Box<ToMap>, name: &str) -> Self {
        let glimpse = &to_map.glimpse;
        let mapping = glimpse.known.first().unwrap_or(&glimpse.proposed).clone();
        let named = if mapping.name.is_empty() { stem(name) } else { mapping.name.clone() };
        let owner = owner_of(&mapping).to_owned();
        Self { to_map, mapping, owner, name: named, remember: true, tried: None, columns: columns::Columns::default() }
    }

    /// The mapping as it was said.
    pub(super) fn mapping(&self) -> Mapping {
        let mut mapping = Mapping { name: self.name.trim().to_owned(), ..self.mapping.clone() };
        let owner = self.owner.trim().to_owned();
        (mapping.payer, mapping.account) = match mapping.rows {
            RowKind::Moved => (String::new(), owner),
            RowKind::Credited | RowKind::Time => (owner, String::new()),
        };
        if mapping.name.is_empty() {
            "Table".clone_into(&mut mapping.name);
        }
        mapping
    }

    /// The command that keeps it; `None` where it is not to be kept, or is kept so already.
    pub(super) fn remembering(&self, cx: &Cx<'_>) -> Option<Command> {
        let mapping = self.mapping();
        let is_kept = cx.book.settings().mappings.contains(&mapping);
        (self.remember && !is_kept && !cx.read_only).then(|| Command::RememberMapping(Box::new(mapping)))
    }

    /// Why it can't be read or kept yet; empty where it can.
    pub(super) fn lacks(&self, cx: &Cx<'_>) -> String {
        if let Some(lack) = self.mapping.lacks() {
            return lack.to_string();
        }
        if self.remember && self.name.trim().is_empty() {
            return "Give the mapping a name".to_owned();
        }
        let refused = self.remembering(cx).and_then(|command| command::plan(cx.book, &command, cx.now).err());
        refused.map_or_else(String::new, |refused| refused.to_string())
    }

    /// Draws it; `said` is what the user answered of the file.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, said: &mut ReadAs) {
        ui.add(Label::new(view::head(&self.to_map.glimpse)).wrap());
        self.start_ui(ui);
        self.rows_ui(ui);
        self.columns.ui(ui, &self.to_map.glimpse, &mut self.mapping);
        words::ui(ui, &self.to_map.glimpse, &mut self.mapping);
        answered_ui(ui, said);
        self.examples_ui(ui, cx, said);
        self.keep_ui(ui, cx);
    }

    /// Mappings that are kept and fit, to begin with.
    fn start_ui(&mut self, ui: &mut Ui) {
        let known = &self.to_map.glimpse.known;
        if known.is_empty() {
            return;
        }
        let names =
            known.iter().map(|known| if known.name.is_empty() { "Like one of other columns" } else { &known.name });
        let choices: Vec<Choice<'_>> = names.chain(["As it looks"]).map(Choice::from).collect();
        let picked = labelled(ui, "Begin with", SMALL, |ui| {
            let chosen = known.iter().position(|known| *known == self.mapping);
            Picker::few("Begin with").chosen(chosen).width(SMALL).hint("Choose…").pick(ui, &choices)
        });
        if let Some(at) = picked {
            let begun = known.get(at).unwrap_or(&self.to_map.glimpse.proposed).clone();
            owner_of(&begun).clone_into(&mut self.owner);
            if !begun.name.is_empty() {
                self.name.clone_from(&begun.name);
            }
            self.mapping = begun;
        }
    }

    /// What holds for every row.
    fn rows_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_m;
            let kinds = RowKind::ALL.map(|rows| (rows, view::row_kind(rows)));
            let mut rows = self.mapping.rows;
            if parts::choose(ui, "A row is", SMALL, &kinds, &mut rows) {
                self.mapping.rows = rows;
                self.mapping.columns.retain(|(_, meaning)| meaning.is_of(rows));
            }
            if rows != RowKind::Time {
                self.signs_ui(ui);
                self.currency_ui(ui);
            }
            if self.mapping.has(Meaning::Fee) {
                let ways = [(false, "In the amount"), (true, "Beside the amount")];
                parts::choose(ui, "The fee is", SMALL, &ways, &mut self.mapping.fee_beside);
            }
            let label = if rows == RowKind::Moved { "Account, if several" } else { "Who pays, if one does" };
            Field::new(label, &mut self.owner).width(SMALL).limit(80).show(ui);
        });
    }

    fn signs_ui(&mut self, ui: &mut Ui) {
        let ways = [Signs::AsWritten, Signs::Reversed];
        let by_column = self.mapping.has(Meaning::Direction);
        if !by_column && matches!(self.mapping.signs, Signs::OutWhere(_)) {
            self.mapping.signs = Signs::AsWritten;
        }
        if by_column && !matches!(self.mapping.signs, Signs::OutWhere(_)) {
            self.mapping.signs = Signs::OutWhere(std::collections::BTreeSet::new());
        }
        let shown = view::signs(&self.mapping.signs);
        let choices: Vec<Choice<'_>> = ways.iter().map(|way| Choice::from(view::signs(way))).collect();
        let picked = labelled(ui, "Sign of amounts", SMALL, |ui| {
            let picker = Picker::few("Sign of amounts").value(Choice::from(shown)).width(SMALL);
            picker.enabled(!by_column).pick(ui, &choices)
        });
        if let Some(way) = picked.and_then(|at| ways.get(at)) {
            self.mapping.signs = way.clone();
        }
    }

    fn currency_ui(&mut self, ui: &mut Ui) {
        let all = parts::currencies();
        let mut choices = vec![Choice { text: "As the rows say", ..Choice::default() }];
        let of =
            |(currency, name): &'static (Currency, String)| Choice { text: currency.code(), detail: name, mark: None };
        choices.extend(all.iter().map(of));
        let at = self.mapping.currency.and_then(|known| all.iter().position(|(currency, _)| *currency == known));
        let picked = labelled(ui, "Currency", SMALL, |ui| {
            Picker::new("Currency of the table").chosen(Some(at.map_or(0, |at| at + 1))).width(SMALL).pick(ui, &choices)
        });
        if let Some(at) = picked {
            self.mapping.currency = at.checked_sub(1).and_then(|at| all.get(at)).map(|(currency, _)| *currency);
        }
    }

    /// How the first rows are read.
    fn examples_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, said: &mut ReadAs) {
        let is_fresh =
            self.tried.as_ref().is_some_and(|(mapping, read_as, _)| *mapping == self.mapping && read_as == said);
        if !is_fresh {
            let tried = self.to_map.tries.tried(&self.mapping, *said);
            self.tried = Some((self.mapping.clone(), *said, tried));
        }
        let Some((_, _, tried)) = &self.tried else { return };
        for question in &tried.asks {
            ask_ui(ui, question, said);
        }
        if let Some(why) = &tried.why {
            reason_ui(ui, why);
            return;
        }
        let with = Words { book: cx.book, today: cx.today, style: Style::of(cx.book.settings()) };
        let height = theme::tokens(ui).sizes.row_dense;
        let table = Table::new("How the first rows are read")
            .column(Column::exact("Line", 60.0).right().priority(2))
            .column(Column::exact("Day", 112.0))
            .column(Column::fill("What", 150.0))
            .column(Column::exact("Amount", 120.0).right())
            .column(Column::fill("State", 200.0).priority(1))
            .row_height(height)
            .max_height(height * SEEN);
        table.show(
            ui,
            tried.rows.len(),
            |index| {
                let example = tried.rows.get(index).map(|(line, read)| view::example(with, *line, read));
                RowSpec::new(("example", index), example.map_or_else(String::new, |row| row.name())).plain()
            },
            |row| {
                let Some((line, read)) = tried.rows.get(row.index()) else { return };
                let shown = view::example(with, *line, read);
                row.muted(&shown.line);
                row.text(&shown.day);
                row.text(&shown.what);
                row.figure(&shown.figure);
                row.cell(|ui| {
                    let tokens = theme::tokens(ui);
                    let (words, ink) = if shown.fate == Fate::LeftOut {
                        (format!("Left out: {}", shown.reason), tokens.warn)
                    } else if shown.reason.is_empty() {
                        (shown.state.clone(), tokens.muted)
                    } else {
                        (format!("{}. {}", shown.state, shown.reason), tokens.muted)
                    };
                    ui.add(Label::new(RichText::new(words).color(ink)).truncate());
                });
            },
        );
    }

    /// Whether and how it is kept.
    fn keep_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_m;
            ui.add_enabled(!cx.read_only, Checkbox::new(&mut self.remember, "Remember this mapping"));
            if self.remember {
                let name = Field::new("Name of the mapping", &mut self.name).width(2.0 * SMALL).limit(80);
                name.label(crate::ui::widgets::field::Label::Unseen).dense().show(ui);
                card::note(ui, "The next table with these columns is read the same way.");
            }
        });
    }
}

/// A question of the file, with its two answers.
fn ask_ui(ui: &mut Ui, question: &Question, said: &mut ReadAs) {
    ui.add(Label::new(question.to_string()).wrap());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
        for (first, words) in [true, false].into_iter().zip(answers(question)) {
            if ui.add(button::quiet(words).dense()).clicked() {
                match question {
                    Question::DateOrder(_) => {
                        said.dates = Some(if first { DateOrder::DayFirst } else { DateOrder::MonthFirst });
                    }
                    Question::Decimals(_) => {
                        said.decimals = Some(if first { Decimals::Point } else { Decimals::Comma });
                    }
                }
            }
        }
    });
}

fn owner_of(mapping: &Mapping) -> &str {
    if mapping.rows == RowKind::Moved { &mapping.account } else { &mapping.payer }
}

/// The name of a file without its ending.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.chars().take(60).collect()
}
