//! A schedule with a preview of its next windows, which changes as one types.
//!
//! A rule of the catalogue keeps its source while it stands as it was; once edited it is the user's own.

mod draft;
mod form;
mod read;
#[cfg(test)]
mod tests;
pub(super) mod text;

use egui::{RichText, ScrollArea, Ui};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::typed;
use super::super::view::names;
use super::super::view::rule_words::{RuleWords, WindowWords, unknown};
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::widgets::{button, card};
use super::parts::{choose, heading, optional, refused, refused_elsewhere, row, share};
use crate::domain::command::{self, Command};
use crate::domain::fact::Provenance;
use crate::domain::ids::{PlatformId, ProjectId, RouteId, ScheduleId};
use crate::domain::money::Currency;
use crate::domain::preset::Preset;
use crate::domain::query::calendar::preview;
use crate::domain::refusal::Field as At;
use crate::domain::schedule::{Rule, Schedule};
use draft::Draft;
use form::Form;
use read::Reasons;

/// How many coming windows are shown.
const WINDOWS: usize = 3;

/// A schedule with a preview of its next windows.
#[derive(Debug)]
pub struct ScheduleDialog {
    platform: PlatformId,
    /// The schedule that is edited; `None` for a new one.
    before: Option<Schedule>,
    title: String,
    currency: Currency,
    project: Option<ProjectId>,
    route: Option<RouteId>,
    valid_from: String,
    valid_until: String,
    draft: Draft,
    /// The rule that the draft began with, and who says so.
    basis: Option<(Rule, Provenance)>,
    more: bool,
}

impl ScheduleDialog {
    /// The schedule of a platform: an existing one, or a new one.
    #[must_use]
    pub fn new(cx: &Cx<'_>, platform: PlatformId, schedule: Option<ScheduleId>) -> Self {
        let before = schedule.and_then(|id| cx.book.schedule(id)).map(|schedule| (**schedule).clone());
        let found = cx.book.platform(platform);
        let name = found.map_or("", |platform| platform.name.as_str());
        let zone = cx.book.settings().zone;
        let style = Style::of(cx.book.settings());
        let verb = if before.is_some() { "Schedule of" } else { "Add schedule:" };
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| style.date(day));
        Self {
            platform,
            title: format!("{verb} {name}"),
            currency: found.map_or(cx.book.settings().home_currency, |platform| platform.currency),
            project: before.as_ref().and_then(|schedule| schedule.project),
            route: before.as_ref().and_then(|schedule| schedule.route),
            valid_from: day(before.as_ref().and_then(|schedule| schedule.valid_from)),
            valid_until: day(before.as_ref().and_then(|schedule| schedule.valid_until)),
            draft: before
                .as_ref()
                .map_or_else(|| Draft::new(zone, style), |schedule| Draft::of(&schedule.rule, zone, style)),
            basis: before.as_ref().map(|schedule| (schedule.rule.clone(), schedule.provenance.clone())),
            before,
            more: false,
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let rule = self.draft.read(cx.today, self.currency);
        let valid = self.valid(cx);
        let built = match (&rule, &valid) {
            (Ok(rule), Ok(valid)) => Some(self.schedule(rule.clone(), *valid, || ScheduleId(0))),
            _ => None,
        };
        // What the domain would refuse is said while it is typed, not only when it is sent.
        let refusal = built.as_ref().and_then(|schedule| {
            let command = Command::SetSchedule(Box::new(schedule.clone()));
            command::plan(cx.book, &command, cx.now).err()
        });
        let sendable = built.is_some() && refusal.is_none();
        let title = self.title.clone();
        let send = if self.before.is_some() { "Save" } else { "Add" };
        let shown = Dialog::new(&title, send).sendable(sendable).width(860.0).show(ctx, |ui| {
            let empty = Reasons::new();
            let reasons = rule.as_ref().err().unwrap_or(&empty);
            let said = refusal.as_ref().map(ToString::to_string).or_else(|| refused_elsewhere(cx, &[]));
            if let Some(said) = &said {
                reason_ui(ui, said);
            }
            let window = ui.ctx().content_rect().height();
            let height = (window - 240.0).max(160.0);
            if ui.available_width() < 620.0 {
                preview_ui(ui, cx, rule.as_ref().ok());
                self.form_ui(ui, cx, reasons, valid.as_ref().err().map(String::as_str), actions);
            } else {
                row(ui, |ui| {
                    let side = 280.0;
                    let width = ui.available_width() - side - theme::tokens(ui).sizes.gap_l;
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        ScrollArea::vertical().id_salt("rule").max_height(height).auto_shrink([false, true]).show(
                            ui,
                            |ui| {
                                // Room for the scroll bar, which floats.
                                ui.set_width(width - 12.0);
                                self.form_ui(ui, cx, reasons, valid.as_ref().err().map(String::as_str), actions);
                            },
                        );
                    });
                    ui.vertical(|ui| {
                        ui.set_width(side);
                        ScrollArea::vertical().id_salt("preview").max_height(height).auto_shrink([false, true]).show(
                            ui,
                            |ui| {
                                ui.set_width(side - 12.0);
                                preview_ui(ui, cx, rule.as_ref().ok());
                            },
                        );
                    });
                });
            }
        });
        match shown.outcome {
            Outcome::Sent => {
                if let (Ok(rule), Ok(valid)) = (self.draft.read(cx.today, self.currency), self.valid(cx)) {
                    let schedule = self.schedule(rule, valid, || ScheduleId(cx.fresh.draw()));
                    actions.push(Action::Submit(Command::SetSchedule(Box::new(schedule))));
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
    }

    /// The first and the last day of work.
    fn valid(&self, cx: &Cx<'_>) -> Result<(Option<chrono::NaiveDate>, Option<chrono::NaiveDate>), String> {
        let day = |draft: &str| optional(draft, |text| typed::date(text, cx.today));
        Ok((day(&self.valid_from)?, day(&self.valid_until)?))
    }

    fn schedule(
        &self,
        rule: Rule,
        (valid_from, valid_until): (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>),
        fresh: impl FnOnce() -> ScheduleId,
    ) -> Schedule {
        let provenance = match &self.basis {
            Some((known, provenance)) if *known == rule => provenance.clone(),
            Some(_) | None => Provenance::own(),
        };
        Schedule {
            id: self.before.as_ref().map_or_else(fresh, |schedule| schedule.id),
            platform: self.platform,
            project: self.project,
            route: self.route,
            valid_from,
            valid_until,
            rule,
            provenance,
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, reasons: &Reasons, valid: Option<&str>, actions: &mut Vec<Action>) {
        self.catalogue_ui(ui, cx);
        Form { draft: &mut self.draft, reasons, more: self.more }.ui(ui);
        if !self.more && ui.add(button::link("Holidays, ceilings and rarer things…")).clicked() {
            self.more = true;
        }
        heading(ui, "For which work");
        let mut routes: Vec<_> =
            cx.book.routes().filter(|route| route.platform.is_none_or(|of| of == self.platform)).collect();
        routes.sort_by_cached_key(|route| route.name.to_lowercase());
        let columns = if routes.is_empty() { 3 } else { 4 };
        row(ui, |ui| {
            let width = share(ui, columns);
            let mut options: Vec<(Option<ProjectId>, &str)> = vec![(None, "All of the platform")];
            let mut projects: Vec<_> = cx.book.projects_of(self.platform).collect();
            projects.sort_by_cached_key(|project| project.name.to_lowercase());
            options.extend(projects.iter().map(|project| (Some(project.id), project.name.as_str())));
            choose(ui, "Work", width, &options, &mut self.project);
            if !routes.is_empty() {
                let mut options: Vec<(Option<RouteId>, &str)> = vec![(None, "Any route")];
                options.extend(routes.iter().map(|route| (Some(route.id), route.name.as_str())));
                choose(ui, "Paid by", width, &options, &mut self.route);
            }
            let day = refused(cx, At::Day);
            let reason = valid.or(day.as_deref());
            Field::new("From day", &mut self.valid_from).width(width).hint("the beginning").reason(reason).show(ui);
            Field::new("To day", &mut self.valid_until).width(width).hint("further notice").show(ui);
        });
        if let Some(before) = &self.before
            && ui.add(button::link("Delete schedule").tip("Delete schedule", "", "It can be undone")).clicked()
        {
            actions.push(Action::Submit(Command::DeleteSchedule(before.id)));
        }
    }

    /// Where the rule comes from, and the rules that the catalogue has for a new one.
    fn catalogue_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if let Some((rule, provenance)) = &self.basis {
            let kept = self.draft.read(cx.today, self.currency).is_ok_and(|now| now == *rule);
            let words = if kept {
                names::provenance(provenance, Style::of(cx.book.settings()))
            } else {
                "your own setting".to_owned()
            };
            let line =
                if kept && !provenance.source.is_empty() { format!("{words} · {}", provenance.source) } else { words };
            note(ui, &line);
        }
        if self.before.is_some() {
            return;
        }
        let Some(preset) = preset_of(cx, self.platform) else { return };
        let zone = cx.book.settings().zone;
        for known in &preset.schedules {
            let words = match (&known.question, &known.only_for) {
                (Some(question), _) => question.clone(),
                (None, Some(only)) => format!("For {only}: {}", known.words),
                (None, None) => known.words.clone(),
            };
            ui.horizontal(|ui| {
                let name = format!("Use it: {words}");
                if ui.add(button::chip("Use it").named(&name)).clicked() {
                    let schedule = known.schedule(ScheduleId(0), self.platform, None);
                    self.draft = Draft::of(&schedule.rule, zone, Style::of(cx.book.settings()));
                    self.basis = Some((schedule.rule, schedule.provenance));
                }
                ui.add(egui::Label::new(words.as_str()).truncate()).on_hover_text(words.as_str());
            });
        }
    }
}

/// The catalogue's entry that a platform came from.
pub(super) fn preset_of<'a>(cx: &Cx<'a>, platform: PlatformId) -> Option<&'a Preset> {
    let name = cx.book.platform(platform)?.preset.as_deref()?;
    cx.presets.iter().find(|preset| preset.name == name)
}

fn note(ui: &mut Ui, text: &str) {
    let tokens = theme::tokens(ui);
    ui.add(egui::Label::new(RichText::new(text).small().color(tokens.muted)).wrap());
}

/// The rule in plain sentences and its next windows, or why there are none.
pub(super) fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, rule: Option<&Rule>) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
    card::title(ui, "Next windows");
    let Some(rule) = rule else {
        note(ui, "Once every field reads, the next windows stand here");
        return;
    };
    let style = Style::of(cx.book.settings());
    let words = RuleWords::of(rule, style);
    for sentence in &words.main {
        ui.add(egui::Label::new(sentence.as_str()).wrap());
    }
    for sentence in &words.more {
        note(ui, sentence);
    }
    ui.add_space(tokens.sizes.gap_s);
    match preview(rule, cx.today, cx.book.settings().zone, WINDOWS) {
        Err(why) => {
            ui.add(egui::Label::new(RichText::new(unknown(why)).color(tokens.warn)).wrap());
        }
        Ok(found) if found.is_empty() => note(ui, "No window lies ahead"),
        Ok(found) => {
            for one in &found {
                let words = WindowWords::of(one, cx.today, style);
                let size = tokens.sizes.body;
                ui.add(egui::Label::new(RichText::new(&words.when).font(theme::semibold(size))).wrap());
                note(ui, &words.worked);
                if !words.reasons.is_empty() {
                    note(ui, &words.reasons.join(" · "));
                }
                ui.add_space(tokens.sizes.gap_s);
            }
        }
    }
}
