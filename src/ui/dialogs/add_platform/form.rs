//! The second step: the form, filled with what is documented or reported, and what is offered beside it.

use egui::{Key, Modifiers, RichText, Ui};

use super::super::super::action::Action;
use super::super::super::cx::Cx;
use super::super::super::format::Style;
use super::super::super::theme;
use super::super::super::view::catalogue::{self, FactBlock};
use super::super::super::view::names;
use super::super::super::view::rule_words::{WindowWords, unknown};
use super::super::super::widgets::badge::{PlatformMark, badge};
use super::super::super::widgets::dialog::{Dialog, Outcome};
use super::super::super::widgets::field::{Field, reason_ui};
use super::super::super::widgets::icon::Icon;
use super::super::super::widgets::tag::tag;
use super::super::super::widgets::{button, card};
use super::super::parts::{self, choose, choose_currency, heading, refused, refused_elsewhere, row, share};
use super::super::platform::KINDS;
use super::facts;
use super::marks::{free_badge, free_hue};
use crate::domain::command::{Command, limits};
use crate::domain::ids::PlatformId;
use crate::domain::money::Currency;
use crate::domain::platform::{DatedStage, Platform, PlatformKind, Stage, badge_from_name};
use crate::domain::preset::{Preset, PresetSchedule, PresetStatus, Wish, instantiate};
use crate::domain::query::calendar::preview;
use crate::domain::refusal::Field as At;
use crate::domain::schedule::Rule;

/// How many coming windows are shown.
const WINDOWS: usize = 3;

/// A platform that is about to be added.
#[derive(Debug)]
pub(super) struct Form {
    preset: Option<Preset>,
    /// What is said of it, in words.
    facts: Vec<FactBlock>,
    /// What it asks for, in words.
    tags: Vec<String>,
    /// Why to think twice: it has closed, or the user's country is not among those that sources name.
    warnings: Vec<String>,
    name: String,
    badge: String,
    hue: u32,
    currency: Currency,
    kind: PlatformKind,
    stage: Stage,
    /// Offered schedules that were taken, as places in the preset.
    taken: Vec<usize>,
    /// Offered routes that were taken, likewise.
    routes: Vec<usize>,
}

impl Form {
    /// Filled from an entry of the catalogue.
    pub(super) fn of(cx: &Cx<'_>, preset: &Preset) -> Self {
        let style = Style::of(cx.book.settings());
        let country = cx.book.settings().country.as_deref();
        Self {
            facts: catalogue::facts(preset, style),
            tags: catalogue::tags(preset, country),
            warnings: warnings(preset, country, style),
            name: preset.name.clone(),
            badge: free_badge(cx.book, &preset.badge, &preset.name),
            hue: free_hue(cx.book, preset.hue_hint),
            currency: preset.currency().unwrap_or(cx.book.settings().home_currency),
            kind: preset.kind,
            stage: match preset.status {
                PresetStatus::Open | PresetStatus::CheckStatus => Stage::Active,
                PresetStatus::Closed { .. } => Stage::Ended,
            },
            taken: Vec::new(),
            routes: Vec::new(),
            preset: Some(preset.clone()),
        }
    }

    /// Empty but for a name.
    pub(super) fn blank(cx: &Cx<'_>, name: &str) -> Self {
        Self {
            preset: None,
            facts: Vec::new(),
            tags: Vec::new(),
            warnings: Vec::new(),
            name: name.to_owned(),
            badge: free_badge(cx.book, &badge_from_name(name), name),
            hue: free_hue(cx.book, 0),
            currency: cx.book.settings().home_currency,
            kind: PlatformKind::Contractor,
            stage: Stage::Active,
            taken: Vec::new(),
            routes: Vec::new(),
        }
    }

    /// Draws the form; true where the user wants another platform instead.
    pub(super) fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) -> bool {
        let first_offer = self.preset.as_ref().and_then(|preset| preset.offers().next()).map(|(at, _)| at);
        if let Some(at) = first_offer
            && !ctx.text_edit_focused()
            && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::U))
        {
            toggle_only(&mut self.taken, at);
        }
        let mut back = false;
        let sendable = !self.name.trim().is_empty();
        let shown = Dialog::new("Add platform", "Add").sendable(sendable).width(760.0).show(ctx, |ui| {
            back = ui.add(button::link("Choose another platform")).clicked();
            self.head_ui(ui, cx);
            self.tags_ui(ui);
            if let Some(reason) = refused_elsewhere(cx, &[At::Name]) {
                reason_ui(ui, &reason);
            }
            self.schedules_ui(ui, cx);
            self.routes_ui(ui, Style::of(cx.book.settings()));
            if self.preset.is_some() {
                heading(ui, "What we know");
                facts::ui(ui, &self.facts);
            }
        });
        match shown.outcome {
            Outcome::Sent => actions.push(Action::Submit(self.command(cx))),
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
        back
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        row(ui, |ui| {
            let letters = self.letters();
            let mark = PlatformMark { letters: &letters, hue_index: usize::try_from(self.hue).unwrap_or(0) };
            let empty = self.name.trim().is_empty().then(|| "A name is needed".to_owned());
            let reason = refused(cx, At::Name).or(empty);
            let wide = ui.available_width() - 80.0 - PlatformMark::SIZE.x - 3.0 * 12.0;
            let before = badge_from_name(&self.name);
            let name = Field::new("Name", &mut self.name)
                .width(wide)
                .limit(limits::NAME_LETTERS)
                .reason(reason.as_deref())
                .show(ui);
            // The badge follows the name until it is given letters of its own.
            if name.response.changed() && (self.badge.is_empty() || self.badge == before) {
                self.badge = free_badge(cx.book, &badge_from_name(&self.name), &self.name);
            }
            Field::new("Badge", &mut self.badge).width(80.0).limit(2).hint(&before).show(ui);
            ui.vertical(|ui| {
                ui.add_space(29.0);
                ui.add(badge(mark, &self.name));
            });
        });
        row(ui, |ui| {
            let width = share(ui, 3);
            let kinds = KINDS.map(|kind| (kind, names::platform_kind(kind)));
            choose(ui, "Kind", width, &kinds, &mut self.kind);
            choose_currency(ui, "Currency", width, &mut self.currency);
            let stages = Stage::ALL.map(|stage| (stage, stage.word()));
            choose(ui, "Stage", width, &stages, &mut self.stage);
        });
    }

    /// What it asks for, and why to think twice; nothing of it keeps it from being added.
    fn tags_ui(&self, ui: &mut Ui) {
        let tokens = theme::tokens(ui);
        if !self.tags.is_empty() {
            ui.horizontal_wrapped(|ui| {
                for words in &self.tags {
                    tag(ui, words, tokens.text);
                }
            });
        }
        for words in &self.warnings {
            ui.add(egui::Label::new(RichText::new(words).color(tokens.warn)).wrap());
        }
    }

    /// The rules that fill the form, and those that are off until taken.
    fn schedules_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(preset) = &self.preset else {
            card::note(ui, "Its schedule can be written once it is added");
            return;
        };
        heading(ui, "When it pays");
        let style = Style::of(cx.book.settings());
        let tokens = theme::tokens(ui);
        if self.taken.is_empty() {
            for schedule in preset.default_schedules() {
                ui.scope(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    ui.add(egui::Label::new(schedule.words.as_str()).wrap());
                    card::note(ui, &origin(schedule, style));
                    windows_ui(ui, cx, &schedule.rule_in(cx.book.settings().country.as_deref()));
                });
            }
        }
        for (route, schedule) in preset.route_schedules() {
            card::note(ui, &format!("By {route}: {}", schedule.words));
        }
        let mut toggled = None;
        for (nth, (at, offer)) in preset.offers().enumerate() {
            let taken = self.taken.contains(&at);
            ui.horizontal(|ui| {
                let several = format!("Use it: {}", offer.words);
                let (name, key) = if nth == 0 { ("Use it", "U") } else { (several.as_str(), "") };
                let take = button::chip("Use it").named(name).selected(taken);
                let take = take.tip("Use it", key, "Fills the schedule with this rule; it stays yours to change");
                if ui.add(take).clicked() {
                    toggled = Some(at);
                }
                if taken {
                    Icon::Check.show(ui, Icon::SIDE, tokens.good);
                }
                let words = offer.question.as_deref().unwrap_or(&offer.words);
                ui.add(egui::Label::new(words).wrap());
            });
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                if taken {
                    ui.add(egui::Label::new(offer.words.as_str()).wrap());
                }
                card::note(ui, &origin(offer, style));
                if taken {
                    windows_ui(ui, cx, &offer.rule);
                }
            });
        }
        if preset.default_schedules().next().is_none() && preset.offers().next().is_none() {
            ui.label(
                RichText::new("Nothing is known of its pay days; you can say them once it is added.")
                    .color(tokens.muted),
            );
        }
        for (_, schedule) in preset.project_schedules() {
            let only = schedule.only_for.as_deref().unwrap_or_default();
            card::note(ui, &format!("For {only}: {} (a project can take it)", schedule.words));
        }
        if let Some(at) = toggled {
            toggle_only(&mut self.taken, at);
        }
    }

    /// Ways of being paid that nobody could confirm, off until taken.
    fn routes_ui(&mut self, ui: &mut Ui, style: Style) {
        let Some(preset) = &self.preset else { return };
        if preset.offered_routes().next().is_none() {
            return;
        }
        let tokens = theme::tokens(ui);
        let mut toggled = None;
        ui.horizontal_wrapped(|ui| {
            ui.label("Workers name these ways of being paid. Which do you use?");
            for (at, route) in preset.offered_routes() {
                let name = format!("Paid by {}", route.name);
                let taken = self.routes.contains(&at);
                let chip = button::chip(&route.name).named(&name).selected(taken);
                if ui.add(chip.tip(&name, "", &names::provenance(&route.provenance, style))).clicked() {
                    toggled = Some(at);
                }
                if taken {
                    Icon::Check.show(ui, Icon::SIDE, tokens.good);
                }
            }
        });
        if let Some(at) = toggled {
            match self.routes.iter().position(|known| *known == at) {
                Some(place) => {
                    self.routes.remove(place);
                }
                None => self.routes.push(at),
            }
        }
    }

    fn letters(&self) -> String {
        parts::text(&self.badge).map_or_else(|| badge_from_name(&self.name), |badge| badge.to_uppercase())
    }

    fn command(&self, cx: &Cx<'_>) -> Command {
        let own = |platform: Platform| Platform {
            name: self.name.trim().to_owned(),
            badge: self.letters(),
            hue: self.hue,
            kind: self.kind,
            currency: self.currency,
            ..platform
        };
        let Some(preset) = &self.preset else {
            let platform = Platform {
                stages: vec![DatedStage::since(cx.today, self.stage)],
                ..Platform::new(PlatformId(cx.fresh.draw()), "", self.currency)
            };
            return Command::AddPlatform {
                platform: Box::new(own(platform)),
                schedules: Vec::new(),
                routes: Vec::new(),
            };
        };
        let wish = Wish {
            stage: self.stage,
            from: match preset.status {
                PresetStatus::Open | PresetStatus::CheckStatus => cx.today,
                PresetStatus::Closed { on } => on.min(cx.today),
            },
            currency_if_unknown: self.currency,
            country: cx.book.settings().country.as_deref(),
            taken_schedules: &self.taken,
            taken_routes: &self.routes,
        };
        let (platform, schedules, routes) = instantiate(preset, &wish, &mut || cx.fresh.draw());
        Command::AddPlatform { platform: Box::new(own(platform)), schedules, routes }
    }
}

/// Why to think twice before counting on a platform.
fn warnings(preset: &Preset, country: Option<&str>, style: Style) -> Vec<String> {
    let closed =
        catalogue::closed_words(preset, style).map(|words| format!("{words}. Add it for what you earned there."));
    let away = country
        .map(|code| (preset.workers_from(code), code))
        .filter(|(from, _)| catalogue::warns(*from))
        .map(|(from, code)| format!("{}. You can add it all the same.", catalogue::country_words(from, code)));
    closed.into_iter().chain(away).collect()
}

/// Takes one rule in place of any other, or lets go of it.
fn toggle_only(taken: &mut Vec<usize>, at: usize) {
    let held = taken.contains(&at);
    taken.clear();
    if !held {
        taken.push(at);
    }
}

fn origin(schedule: &PresetSchedule, style: Style) -> String {
    let mut words = vec![names::provenance(&schedule.provenance, style)];
    if !schedule.provenance.source.is_empty() {
        words.push(schedule.provenance.source.clone());
    }
    words.extend(schedule.assumed.clone());
    words.join(" · ")
}

/// "Next Tue 24 Nov · Tue 1 Dec · Tue 8 Dec", or why not.
fn windows_ui(ui: &mut Ui, cx: &Cx<'_>, rule: &Rule) {
    let tokens = theme::tokens(ui);
    match preview(rule, cx.today, cx.book.settings().zone, WINDOWS) {
        Ok(found) if !found.is_empty() => {
            let next: Vec<String> =
                found.iter().map(|one| WindowWords::of(one, cx.today, Style::of(cx.book.settings())).when).collect();
            let text = RichText::new(format!("Next: {}", next.join(" · "))).small().color(tokens.text);
            ui.add(egui::Label::new(text).wrap());
        }
        Ok(_) => {}
        Err(why) => {
            ui.label(RichText::new(unknown(why)).small().color(tokens.warn));
        }
    }
}
