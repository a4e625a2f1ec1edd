//! Settings, and the exchange rates.
//!
//! A few pages, so that each is calm also in a small window. Settings are drafts until "Save"; exchange rates act at
//! once, each by itself, and can be undone like all else.

mod backups;
mod draft;
mod exchange;
mod mappings;
mod pages;
mod payer_rules;
mod rates_file;
#[cfg(test)]
mod tests;

use std::path::Path;

use egui::Ui;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::view::rates_file::RatesRead;
use super::super::widgets::button;
use super::super::widgets::card;
use super::super::widgets::dialog::{self, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::widgets::picker::{Choice, Picker};
use crate::domain::backup::Backup;
use crate::domain::command::Command;
use crate::domain::exchange::MissingRate;
use crate::domain::money::Currency;
use crate::domain::query::exposure::{most_percent, save_above};
use crate::domain::refusal::{Field as At, Refused};
use crate::domain::settings::Settings;
use backups::BackupsPage;
pub use backups::Known as KnownBackups;
use draft::Draft;
use exchange::Exchange;
use payer_rules::PayerRules;

/// Width of a field where there is room: two of them stand beside each other.
const HALF: f32 = 296.0;
/// Between two fields.
const GAP: f32 = 16.0;
/// Room at the right for the scroll bar.
const SCROLL_BAR: f32 = 12.0;
/// Height of a page, in points.
const PAGE: f32 = 286.0;

/// A page of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Money,
    Time,
    Look,
    Rates,
    Backups,
    Files,
}

impl Page {
    const ALL: [Self; 6] = [Self::Money, Self::Time, Self::Look, Self::Rates, Self::Backups, Self::Files];

    fn name(self) -> &'static str {
        match self {
            Self::Money => "Money",
            Self::Time => "Time and place",
            Self::Look => "Look",
            Self::Rates => "Exchange rates",
            Self::Backups => "Backups",
            Self::Files => "Files",
        }
    }
}

/// Settings and exchange rates.
#[derive(Debug)]
pub struct SettingsDialog {
    page: Page,
    draft: Draft,
    exchange: Exchange,
    backups: BackupsPage,
    payer_rules: PayerRules,
    /// By code, with their names; made once, because there are nearly two hundred.
    currencies: Vec<(Currency, String)>,
    /// Codes and names, likewise.
    /// What was cleared because the home currency changed: "$18.00".
    old_floor: Option<String>,
}

impl SettingsDialog {
    /// As they are.
    #[must_use]
    pub fn new(cx: &Cx<'_>) -> Self {
        let settings = cx.book.settings();
        Self {
            page: Page::Money,
            draft: Draft::of(settings),
            exchange: Exchange::new(settings, cx.today),
            backups: BackupsPage::default(),
            payer_rules: PayerRules::default(),
            currencies: Currency::all().into_iter().map(|currency| (currency, name_of(currency))).collect(),
            old_floor: None,
        }
    }

    /// At the exchange rates, ready to type one that is missing.
    #[must_use]
    pub fn exchange_rates(cx: &Cx<'_>, missing: Option<MissingRate>) -> Self {
        let mut dialog = Self::new(cx);
        dialog.page = Page::Rates;
        dialog.exchange.show(missing, Style::of(cx.book.settings()));
        dialog
    }

    /// What came of reading a rates file; dropped where the page asks for none any more.
    pub fn rates_read(&mut self, path: &Path, read: Result<Box<RatesRead>, String>) {
        self.exchange.rates_read(path, read);
    }

    /// Whether the list of backups is to be seen.
    #[must_use]
    pub fn wants_backups(&self) -> bool {
        self.backups.seen
    }

    /// What is known of the backups.
    pub fn know_backups(&mut self, known: KnownBackups) {
        self.backups.know(known);
    }

    /// Whether a backup is being made that the user asked for, and what is wrong, if anything.
    pub fn told_of_backups(&mut self, making: bool, trouble: Option<String>) {
        self.backups.told(making, trouble);
    }

    /// The backup that is being read to be looked at.
    #[must_use]
    pub fn reads_backup(&self) -> Option<Backup> {
        self.backups.reading()
    }

    /// It can't be looked at, and why.
    pub fn backup_not_read(&mut self, why: String) {
        self.backups.not_read(why);
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let read = self.draft.read(cx.book.settings());
        // What can't be read may stand on another page: it is said beside the buttons.
        let why = read.as_ref().err().map_or("", String::as_str);
        let shown = dialog::Dialog::new("Settings", "Save")
            .sendable(read.is_ok() && !cx.read_only)
            .note(why)
            .width(2.0 * HALF + GAP + SCROLL_BAR)
            .show(ctx, |ui| {
                self.pages_ui(ui);
                ui.scope(|ui| {
                    // As high as the highest page, so that the window stands still from page to page.
                    ui.set_min_height(PAGE);
                    match self.page {
                        Page::Money => {
                            self.money_ui(ui, cx);
                            self.warnings_ui(ui, cx);
                        }
                        Page::Time => pages::time_ui(ui, cx, &mut self.draft),
                        Page::Look => pages::look_ui(ui, &mut self.draft),
                        Page::Rates => self.exchange.ui(ui, cx, &self.currencies, actions),
                        Page::Backups => self.backups.ui(ui, cx, actions),
                        Page::Files => {
                            pages::files_ui(ui, cx.folder, actions);
                            mappings::ui(ui, cx, actions);
                            self.payer_rules.ui(ui, cx, actions);
                        }
                    }
                });
                if let Some(whole) = refused_at(cx.refused.as_ref(), At::Whole) {
                    reason_ui(ui, &whole);
                }
            });
        match (shown.outcome, read) {
            (Outcome::Sent, Ok(settings)) => actions.push(Action::Submit(Command::SetSettings(Box::new(settings)))),
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Err(_)) | (Outcome::Open, _) => {}
        }
    }

    fn pages_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for page in Page::ALL {
                if ui.add(button::tab(page.name(), self.page == page)).clicked() {
                    self.page = page;
                }
            }
        });
    }

    fn money_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let half = half(ui);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let mut home = Some(self.draft.home);
            currency_ui(ui, "Home currency", half, &self.currencies, &mut home, None);
            if let Some(home) = home
                && home != self.draft.home
            {
                self.change_home(home);
            }
            currency_ui(ui, "Second currency", half, &self.currencies, &mut self.draft.second, Some("None"));
        });
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let refused = refused_at(cx.refused.as_ref(), At::Percent);
            let reason = self.draft.set_aside().err().map(|why| why.to_string()).or(refused);
            Field::new("Set aside for tax", &mut self.draft.set_aside)
                .hint("not chosen")
                .unit("%")
                .width(half)
                .right()
                .limit(8)
                .reason(reason.as_deref())
                .note("25–30 % is often advised; ask someone who knows your taxes")
                .show(ui);
            let refused = refused_at(cx.refused.as_ref(), At::Rate);
            let reason = self.draft.floor().err().or(refused);
            let unit = format!("{}/h", self.draft.home);
            let note = match (&self.old_floor, self.draft.floor()) {
                (Some(old), Ok(None)) => format!("It was {old}: type it in {}", self.draft.home),
                (_, Ok(Some(floor))) => {
                    format!("Below {} a rate is marked", self.draft.style().rate(floor.amount, floor.currency))
                }
                _ => "Below it a rate is marked".to_owned(),
            };
            Field::new("Floor", &mut self.draft.floor)
                .hint("none")
                .unit(&unit)
                .width(half)
                .right()
                .limit(24)
                .reason(reason.as_deref())
                .note(&note)
                .show(ui);
        });
    }

    /// From when on the exposure page warns.
    fn warnings_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let half = half(ui);
        let usual = Settings::new(self.draft.home, self.draft.zone);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let reason = self.draft.most_on_one().err().map(|why| why.to_string());
            let hint = self.draft.style().exact(most_percent(&usual));
            Field::new("Most on one platform", &mut self.draft.most_on_one)
                .hint(&hint)
                .unit("%")
                .width(half)
                .right()
                .limit(8)
                .reason(reason.as_deref())
                .note("Above it the exposure page warns")
                .show(ui);
            let refused = refused_at(cx.refused.as_ref(), At::Amount);
            let reason = self.draft.save_above().err().or(refused);
            let unit = self.draft.home.code();
            let hint = self.draft.style().exact(save_above(&usual).amount);
            Field::new("Save the page above", &mut self.draft.save_above)
                .hint(&hint)
                .unit(unit)
                .width(half)
                .right()
                .limit(24)
                .reason(reason.as_deref())
                .note("Owed where no download is known")
                .show(ui);
        });
    }

    /// A floor in another currency is no floor: it is cleared and said.
    fn change_home(&mut self, home: Currency) {
        if let Ok(Some(floor)) = self.draft.floor()
            && self.old_floor.is_none()
        {
            self.old_floor = Some(self.draft.style().money(floor));
        }
        self.draft.home = home;
        self.draft.floor.clear();
        self.draft.save_above.clear();
        if self.draft.second == Some(home) {
            self.draft.second = None;
        }
    }
}

/// Width of one of two fields beside each other; less than [`HALF`] in a narrow window.
fn half(ui: &Ui) -> f32 {
    ((ui.available_width() - SCROLL_BAR - GAP) / 2.0).floor().clamp(120.0, HALF)
}

/// A small muted label over a control, and a line under it.
fn labelled(ui: &mut Ui, label: &str, note: Option<&str>, control: impl FnOnce(&mut Ui)) {
    let half_of_all = half(ui).max(HALF.min(ui.available_width()));
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        ui.set_max_width(half_of_all);
        card::note(ui, label);
        control(ui);
        if let Some(note) = note {
            let tokens = theme::tokens(ui);
            ui.add(egui::Label::new(egui::RichText::new(note).small().color(tokens.muted)).wrap());
        }
    });
}

/// A choice among a few values.
fn pick<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    note: Option<&str>,
    width: f32,
    options: &[(T, &str)],
    value: &mut T,
) {
    labelled(ui, name, note, |ui| {
        let choices: Vec<Choice<'_>> = options.iter().map(|(_, text)| Choice::from(*text)).collect();
        let chosen = options.iter().position(|(known, _)| known == value);
        let picked = Picker::few(name).width(width).chosen(chosen).pick(ui, &choices);
        if let Some((next, _)) = picked.and_then(|at| options.get(at)) {
            *value = *next;
        }
    });
}

/// A currency to pick; "none" is offered under the name `none`, where there is one.
fn currency_ui(
    ui: &mut Ui,
    name: &str,
    width: f32,
    currencies: &[(Currency, String)],
    chosen: &mut Option<Currency>,
    none: Option<&str>,
) {
    labelled(ui, name, None, |ui| {
        let mut choices: Vec<Choice<'_>> = none.into_iter().map(Choice::from).collect();
        let before = choices.len();
        choices.extend(currency_choices(currencies));
        let at = chosen.and_then(|chosen| currencies.iter().position(|(currency, _)| *currency == chosen));
        let at = at.map(|at| at + before).or(none.map(|_| 0));
        let mut picker = Picker::new(name).width(width).chosen(at);
        if let Some(chosen) = *chosen {
            // Also one of an old Book that isn't offered any more.
            picker = picker.value(chosen.code().into());
        }
        if let Some(picked) = picker.pick(ui, &choices) {
            let at = picked.checked_sub(before);
            *chosen = at.and_then(|at| currencies.get(at)).map(|(currency, _)| *currency);
        }
    });
}

fn currency_choices(currencies: &[(Currency, String)]) -> impl Iterator<Item = Choice<'_>> {
    currencies.iter().map(|(currency, name)| Choice { text: currency.code(), mark: None, detail: name })
}

/// A currency's name in letters that the shipped face has: of all of them only the paʻanga's needs help.
fn name_of(currency: Currency) -> String {
    currency.name().replace('\u{2bb}', "’")
}

/// The reason of a refusal at one input.
fn refused_at(refused: Option<&Refused>, field: At) -> Option<String> {
    refused.filter(|refused| refused.field == field).map(ToString::to_string)
}
