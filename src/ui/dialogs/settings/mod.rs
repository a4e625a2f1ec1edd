//! Settings, and the exchange rates.
//!
//! Settings are drafts until "Save"; exchange rates act at once, each by itself, and can be undone like all else.

mod draft;
mod exchange;
#[cfg(test)]
mod tests;

use egui::{RichText, Ui};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format;
use super::super::theme;
use super::super::widgets::card;
use super::super::widgets::dialog::{self, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::widgets::picker::{Choice, Picker};
use crate::domain::command::Command;
use crate::domain::exchange::MissingRate;
use crate::domain::money::Currency;
use crate::domain::refusal::{Field as At, Refused};
use draft::{Draft, SCALES, THEMES, WEEKDAYS};
use exchange::Exchange;

/// Width of a field where there is room: two of them stand beside each other.
const HALF: f32 = 296.0;
/// Between two fields.
const GAP: f32 = 16.0;
/// Room at the right for the scroll bar.
const SCROLL_BAR: f32 = 12.0;

/// Settings and exchange rates.
#[derive(Debug)]
pub struct SettingsDialog {
    draft: Draft,
    exchange: Exchange,
    /// By code, with their names; made once, because there are nearly two hundred.
    currencies: Vec<(Currency, String)>,
    /// What was cleared because the home currency changed: "$18.00".
    old_floor: Option<String>,
}

impl SettingsDialog {
    /// As they are.
    #[must_use]
    pub fn new(cx: &Cx<'_>) -> Self {
        let settings = cx.book.settings();
        Self {
            draft: Draft::of(settings),
            exchange: Exchange::new(settings, cx.today),
            currencies: Currency::all().into_iter().map(|currency| (currency, name_of(currency))).collect(),
            old_floor: None,
        }
    }

    /// At the exchange rates, ready to type one that is missing.
    #[must_use]
    pub fn exchange_rates(cx: &Cx<'_>, missing: Option<MissingRate>) -> Self {
        let mut dialog = Self::new(cx);
        dialog.exchange.show(missing);
        dialog
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let read = self.draft.read(cx.book.settings());
        let shown = dialog::Dialog::new("Settings", "Save")
            .sendable(read.is_ok() && !cx.read_only)
            .width(2.0 * HALF + GAP + SCROLL_BAR)
            .show(ctx, |ui| {
                section(ui, "Money");
                self.money_ui(ui, cx);
                section(ui, "Time");
                self.time_ui(ui, cx);
                section(ui, "Look");
                self.look_ui(ui);
                if let Some(whole) = refused_at(cx.refused.as_ref(), At::Whole) {
                    reason_ui(ui, &whole);
                }
                let title = section(ui, "Exchange rates");
                self.exchange.ui(ui, cx, &self.currencies, &title, actions);
            });
        match (shown.outcome, read) {
            (Outcome::Sent, Ok(settings)) => actions.push(Action::Submit(Command::SetSettings(Box::new(settings)))),
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Err(_)) | (Outcome::Open, _) => {}
        }
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
                    format!("Below {} a rate is marked", format::rate(floor.amount, floor.currency))
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

    /// A floor in another currency is no floor: it is cleared and said.
    fn change_home(&mut self, home: Currency) {
        if let Ok(Some(floor)) = self.draft.floor()
            && self.old_floor.is_none()
        {
            self.old_floor = Some(format::money(floor));
        }
        self.draft.home = home;
        self.draft.floor.clear();
        if self.draft.second == Some(home) {
            self.draft.second = None;
        }
    }

    fn time_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let half = half(ui);
        let there = format!("It is {} there now", format::time(cx.now.at, self.draft.zone));
        labelled(ui, "Time zone", Some(&there), |ui| {
            let choices: Vec<Choice<'_>> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().into()).collect();
            let chosen = chrono_tz::TZ_VARIANTS.iter().position(|zone| *zone == self.draft.zone);
            let picked = Picker::new("Time zone").width(2.0 * half + GAP).chosen(chosen).pick(ui, &choices);
            if let Some(zone) = picked.and_then(|at| chrono_tz::TZ_VARIANTS.get(at)) {
                self.draft.zone = *zone;
            }
        });
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let refused = refused_at(cx.refused.as_ref(), At::Start);
            let read = self.draft.day_start();
            let reason = read.as_ref().err().map(ToString::to_string).or(refused);
            let note = match read {
                Ok(0) | Err(_) => "Your day starts at midnight".to_owned(),
                Ok(minutes) => {
                    let (hour, minute) = (minutes / 60, minutes % 60);
                    format!("What starts before {hour}:{minute:02} counts for the day before")
                }
            };
            Field::new("Day starts at", &mut self.draft.day_start)
                .hint("0:00")
                .width(half)
                .limit(16)
                .reason(reason.as_deref())
                .note(&note)
                .show(ui);
            labelled(ui, "Week starts on", None, |ui| {
                let choices = WEEKDAYS.map(|(_, name)| Choice::from(name));
                let chosen = WEEKDAYS.iter().position(|(day, _)| *day == self.draft.week_start);
                let picked = Picker::few("Week starts on").width(half).chosen(chosen).pick(ui, &choices);
                if let Some((day, _)) = picked.and_then(|at| WEEKDAYS.get(at)) {
                    self.draft.week_start = *day;
                }
            });
        });
    }

    fn look_ui(&mut self, ui: &mut Ui) {
        let half = half(ui);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            labelled(ui, "Theme", None, |ui| {
                let choices = THEMES.map(|(_, name)| Choice::from(name));
                let chosen = THEMES.iter().position(|(theme, _)| *theme == self.draft.theme);
                let picked = Picker::few("Theme").width(half).chosen(chosen).pick(ui, &choices);
                if let Some((theme, _)) = picked.and_then(|at| THEMES.get(at)) {
                    self.draft.theme = *theme;
                }
            });
            labelled(ui, "Size", None, |ui| {
                let names = SCALES.map(|scale| format!("{scale} %"));
                let choices: Vec<Choice<'_>> = names.iter().map(|name| name.as_str().into()).collect();
                let chosen = SCALES.iter().position(|scale| *scale == self.draft.scale_percent);
                let other = format!("{} %", self.draft.scale_percent);
                let mut picker = Picker::few("Size").width(half).chosen(chosen);
                if chosen.is_none() {
                    picker = picker.value(Choice::from(other.as_str()));
                }
                if let Some(scale) = picker.pick(ui, &choices).and_then(|at| SCALES.get(at)) {
                    self.draft.scale_percent = *scale;
                }
            });
        });
    }
}

/// Width of one of two fields beside each other; less than [`HALF`] in a narrow window.
fn half(ui: &Ui) -> f32 {
    ((ui.available_width() - SCROLL_BAR - GAP) / 2.0).floor().clamp(120.0, HALF)
}

fn section(ui: &mut Ui, title: &str) -> egui::Response {
    ui.add_space(theme::tokens(ui).sizes.gap_xs);
    let font = theme::semibold(theme::tokens(ui).sizes.body);
    let response = ui.label(RichText::new(title).font(font));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
    response
}

/// A small muted label over a control, and a line under it.
fn labelled(ui: &mut Ui, label: &str, note: Option<&str>, control: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::tokens(ui).sizes.gap_xs;
        card::note(ui, label);
        control(ui);
        if let Some(note) = note {
            card::note(ui, note);
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
