//! First start: one sheet over the empty window. Home currency and zone, then the platforms, each one row: my rate,
//! owed to me now, last payout. All of it can be skipped; what it adds is one step of undo.
//!
//! In the find field arrow keys and Enter tick without leaving it; with nothing typed Enter sends, as everywhere.

mod build;
mod entry;
mod row;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use egui::{Id, Key, Modifiers, RichText, Ui};

use self::build::Outcome;
use self::entry::{Entry, Read};
use super::super::action::{Action, Tab};
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::memo::Memo;
use super::super::widgets::button;
use super::super::widgets::dialog::{self, Dialog};
use super::super::widgets::field::{Field, Label, reason_ui};
use super::super::widgets::picker::{Choice, Picker};
use super::super::widgets::table::{Column, RowSpec, Table};
use super::parts;
use crate::domain::command::{Command, limits};
use crate::domain::money::Currency;
use crate::domain::seen::{Dismissed, Seen};
use crate::domain::span::{Zone, user_day};

/// The name under which "was skipped" stands among what the user has seen.
pub const SKIPPED: &str = "first-start";

/// Height of a row: a field with room around it.
const ROW: f32 = 48.0;
/// What stands around the list in the sheet, in points.
const AROUND: f32 = 320.0;

/// The sheet of a first start.
#[derive(Debug)]
pub struct FirstStartDialog {
    home: Currency,
    zone: Zone,
    find: String,
    /// The row that Enter ticks, once the arrow keys have moved.
    at: Option<usize>,
    /// How many were ticked so far: the next one's place.
    ticks: usize,
    entries: Vec<Entry>,
    outcome: Memo<Stamp, Outcome>,
}

/// What the outcome depends on: the Book, the day, and all that was chosen and typed of what is ticked.
type Stamp = (u64, NaiveDate, Currency, Zone, Vec<Entry>);

/// A line of the list: an entry, or one to be made of what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Entry(usize),
    Blank,
}

impl FirstStartDialog {
    /// Over the catalogue, with what the machine suggests.
    #[must_use]
    pub fn new(cx: &Cx<'_>) -> Self {
        let settings = cx.book.settings();
        Self {
            home: settings.home_currency,
            zone: settings.zone,
            find: String::new(),
            at: None,
            ticks: 0,
            entries: Entry::all(cx),
            outcome: Memo::default(),
        }
    }

    /// Whether it was skipped before.
    fn was_skipped(cx: &Cx<'_>) -> bool {
        cx.book.seen().dismissed.iter().any(|seen| seen.need == SKIPPED)
    }

    /// "Set up…" under an empty state, as long as there is no platform.
    pub fn offer_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        if cx.read_only || cx.book.platforms().next().is_some() {
            return;
        }
        let words = Verb::SetUp.words();
        let key = Verb::SetUp.key_text();
        ui.vertical_centered(|ui| {
            let button = button::link(words.name).color(theme::tokens(ui).accent);
            if ui.add(button.tip(words.name, &key, words.line)).clicked() {
                actions.push(Action::Open(Box::new(super::Dialog::FirstStart(Self::new(cx)))));
            }
        });
    }

    /// Draws the sheet and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        self.take_keys(ctx, cx);
        let today = user_day(cx.now.at, self.zone, cx.book.settings().day_start_minutes);
        let style = Style::of(cx.book.settings());
        let read = self.read(today, style);
        let outcome = match &read {
            Ok(read) => {
                let ticked = read.iter().map(|(entry, _)| entry.clone()).collect();
                let (home, zone) = (self.home, self.zone);
                let key = (cx.book.revision(), today, home, zone, ticked);
                self.outcome.get(key, || build::outcome(cx, home, zone, read)).clone()
            }
            Err(why) => Outcome { command: None, words: why.clone(), refused: String::new() },
        };
        let sample = if cx.sample_offered { "Look around with a sample" } else { "" };
        let shown = Dialog::new("Welcome. Where do you work?", "Show my calendar")
            .large()
            .cancel("Skip")
            .other(sample)
            .note(&outcome.words)
            .sendable(outcome.command.is_some() && !cx.read_only)
            .width(942.0)
            .show(ctx, |ui| {
                let line = "Everything stays on this computer. Skip what you like; all of it can be changed later.";
                ui.label(RichText::new(line).color(theme::tokens(ui).muted));
                self.head_ui(ui);
                self.list_ui(ui, cx, today, style);
                if !outcome.refused.is_empty() {
                    reason_ui(ui, &outcome.refused);
                }
            });
        match (shown.outcome, outcome.command) {
            (dialog::Outcome::Sent, Some(command)) => {
                actions.push(Action::Submit(command));
                actions.push(Action::Show(Tab::Payouts));
            }
            (dialog::Outcome::Cancelled, _) => self.skip(cx, actions),
            (dialog::Outcome::Sent, None) | (dialog::Outcome::Open, _) => {}
        }
        if shown.other {
            actions.push(Action::OpenSample);
        }
    }

    /// Skipped is remembered, so that an empty Book doesn't ask at each start. What was chosen of money and time holds.
    fn skip(&self, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        actions.push(Action::CloseDialog);
        if cx.read_only {
            return;
        }
        let before = cx.book.settings();
        let settings = build::settings(before, self.home, self.zone);
        if settings != **before {
            actions.push(Action::Do(Command::SetSettings(Box::new(settings))));
        }
        if cx.book.is_empty() && !Self::was_skipped(cx) {
            let mut seen = Seen::clone(cx.book.seen());
            seen.dismissed.push(Dismissed { need: SKIPPED.to_owned(), on: cx.today });
            let words = "Skip the first start".to_owned();
            actions.push(Action::Do(Command::SetSeen { words, seen: Box::new(seen) }));
        }
    }

    /// The keys of the find field, taken before it sees them: there they would move the cursor and drop the focus.
    fn take_keys(&mut self, ctx: &egui::Context, cx: &Cx<'_>) {
        if ctx.memory(egui::Memory::focused) != Some(find_id()) {
            return;
        }
        let lines = self.lines(cx);
        let picks = self.at.is_some() || !self.find.trim().is_empty();
        let (up, down, enter) = ctx.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                picks && input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let last = lines.len().saturating_sub(1);
        if down {
            self.at = Some(self.at.map_or(0, |at| if at >= last { 0 } else { at + 1 }));
        } else if up {
            self.at = Some(self.at.and_then(|at| at.checked_sub(1)).unwrap_or(last));
        }
        if enter && let Some(line) = lines.get(self.at.unwrap_or(0)) {
            self.toggle(*line);
            self.find.clear();
            self.at = None;
        }
    }

    fn toggle(&mut self, line: Line) {
        let at = match line {
            Line::Entry(at) => at,
            Line::Blank => {
                self.entries.push(Entry::blank(self.find.trim(), self.home));
                self.find.clear();
                self.entries.len() - 1
            }
        };
        let Some(entry) = self.entries.get_mut(at) else { return };
        self.ticks += 1;
        entry.ticked = entry.ticked.is_none().then_some(self.ticks);
    }

    /// The ticked entries in their order, understood; or why one isn't.
    fn read(&self, today: NaiveDate, style: Style) -> Result<Vec<(Entry, Read)>, String> {
        let mut ticked: Vec<&Entry> = self.entries.iter().filter(|entry| entry.ticked.is_some()).collect();
        ticked.sort_by_key(|entry| entry.ticked);
        let read = |entry: &Entry| match entry.read(today, style) {
            Ok(read) => Ok((entry.clone(), read)),
            Err(why) => Err(format!("{}, {why}", entry.name)),
        };
        ticked.into_iter().map(read).collect()
    }

    /// What the list shows: those that the typed text finds, ticked ones first; then what is ticked and not found, so that
    /// nothing that will be set up is out of sight.
    fn lines(&self, cx: &Cx<'_>) -> Vec<Line> {
        let wanted = self.find.trim().to_lowercase();
        let found = |entry: &Entry| {
            let preset = || entry.preset.and_then(|at| cx.presets.get(at));
            entry.name.to_lowercase().contains(&wanted) || preset().is_some_and(|preset| preset.matches(&wanted))
        };
        let order = |(at, entry): (usize, &Entry)| {
            let found = wanted.is_empty() || found(entry);
            let begins = !wanted.is_empty() && entry.name.to_lowercase().starts_with(&wanted);
            let shown = found || entry.ticked.is_some();
            shown.then_some((!found, !begins, entry.ticked.is_none(), entry.ticked, at))
        };
        let mut ordered: Vec<_> = self.entries.iter().enumerate().filter_map(order).collect();
        ordered.sort_unstable();
        let lines = ordered.into_iter().map(|(.., at)| at);
        let same = |entry: &Entry| entry.name.trim().to_lowercase() == wanted;
        let blank = !wanted.is_empty() && !self.entries.iter().any(same);
        lines.map(Line::Entry).chain(blank.then_some(Line::Blank)).collect()
    }

    fn head_ui(&mut self, ui: &mut Ui) {
        let gap = theme::tokens(ui).sizes.gap_m;
        let room = ui.available_width() - 2.0 * gap;
        parts::row(ui, |ui| {
            let all = parts::currencies();
            let choices: Vec<Choice<'_>> = all
                .iter()
                .map(|(currency, name)| Choice { text: currency.code(), detail: name, ..Choice::default() })
                .collect();
            let chosen = all.iter().position(|(currency, _)| *currency == self.home);
            let picker = Picker::new("Home currency").caption("Home currency").chosen(chosen);
            let picked = picker.value(Choice::from(self.home.code())).width((room * 0.26).floor()).pick(ui, &choices);
            if let Some((currency, _)) = picked.and_then(|at| all.get(at)) {
                self.set_home(*currency);
            }
            let zones: Vec<Choice<'_>> = chrono_tz::TZ_VARIANTS.iter().map(|zone| Choice::from(zone.name())).collect();
            let chosen = chrono_tz::TZ_VARIANTS.iter().position(|zone| *zone == self.zone);
            let picker = Picker::new("Time zone").caption("Time zone").chosen(chosen);
            let picked = picker.value(Choice::from(self.zone.name())).width((room * 0.36).floor()).pick(ui, &zones);
            if let Some(zone) = picked.and_then(|at| chrono_tz::TZ_VARIANTS.get(at)) {
                self.zone = *zone;
            }
            let typed = Field::new("Find a platform", &mut self.find)
                .label(Label::Unseen)
                .hint("Find a platform…")
                .limit(limits::NAME_LETTERS)
                .width((room * 0.38).floor())
                .id(find_id())
                .autofocus()
                .show(ui);
            if typed.response.changed() {
                self.at = None;
            }
        });
    }

    /// Platforms whose currency no source states are paid in the home one.
    fn set_home(&mut self, home: Currency) {
        for entry in self.entries.iter_mut().filter(|entry| entry.currency == self.home && entry.preset.is_none()) {
            entry.currency = home;
        }
        self.home = home;
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, today: NaiveDate, style: Style) {
        let lines = self.lines(cx);
        let blank = format!("Add “{}”", self.find.trim());
        let picked = self.at.or_else(|| (!self.find.trim().is_empty()).then_some(0));
        let height = (ui.ctx().content_rect().height() - AROUND).clamp(2.0 * ROW, 7.0 * ROW);
        let mut toggled = None;
        let entries = &mut self.entries;
        // All its height at once, or the sheet would jump as one types.
        let size = egui::vec2(ui.available_width(), height + theme::tokens(ui).sizes.row_dense);
        ui.allocate_ui(size, |ui| {
            ui.set_min_size(size);
            let names: Vec<String> = lines
                .iter()
                .map(|line| match line {
                    Line::Entry(at) => entries.get(*at).map(|entry| entry.name.clone()).unwrap_or_default(),
                    Line::Blank => blank.clone(),
                })
                .collect();
            Table::new("Platforms to add")
                .row_height(ROW)
                .max_height(height)
                .scroll_to(self.at)
                .column(Column::exact("Platform", 204.0))
                .column(Column::exact("My rate", 116.0))
                .column(Column::exact("Owed to me now", 116.0))
                .column(Column::exact("Last payout", 186.0))
                .column(Column::fill("What we know", 160.0))
                .show(
                    ui,
                    lines.len(),
                    |at| {
                        let name = names.get(at).map_or("", String::as_str);
                        RowSpec::new(("first-start", name), name).selected(picked == Some(at)).plain()
                    },
                    |row| {
                        let Some(line) = lines.get(row.index()) else { return };
                        let clicked = match line {
                            Line::Entry(at) => {
                                entries.get_mut(*at).is_some_and(|entry| row::ui(row, entry, today, style))
                            }
                            Line::Blank => row::blank_ui(row, &blank),
                        };
                        if clicked {
                            toggled = Some(*line);
                        }
                    },
                );
        });
        if let Some(line) = toggled {
            self.toggle(line);
        }
    }
}

/// The find field: the keys need to know whether it has the focus.
fn find_id() -> Id {
    Id::unique("first-start-find")
}
