//! Edit a platform: name, stage, links, tax form. A changed stage holds from today on; the older ones stay.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::typed;
use super::super::view::names;
use super::super::widgets::badge::{PlatformMark, badge};
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::parts::{self, choose, choose_currency, optional, refused, refused_elsewhere, row, share};
use super::stage::ENDED_BY;
use crate::domain::command::{Command, limits};
use crate::domain::platform::{
    DatedStage, EndedBy, Link, Platform, PlatformKind, Stage, TaxForm, badge_from_name, stage_on,
};
use crate::domain::refusal::Field as At;

/// Kinds of payers, in words.
pub(super) const KINDS: [PlatformKind; 3] =
    [PlatformKind::Contractor, PlatformKind::DirectClient, PlatformKind::Employer];

/// Edit a platform.
#[derive(Debug)]
pub struct PlatformDialog {
    before: Platform,
    name: String,
    badge: String,
    kind: PlatformKind,
    currency: crate::domain::money::Currency,
    stage: Stage,
    ended_by: Option<EndedBy>,
    why: String,
    found_at: String,
    note: String,
    links: String,
    tax_form: String,
    handed_in: String,
    needs_tracker: bool,
    self_reports: Option<bool>,
}

/// Who reports the time, in words.
const REPORTS: [(Option<bool>, &str); 3] =
    [(None, "as its schedule says"), (Some(true), "I report it"), (Some(false), "it counts by itself")];

impl PlatformDialog {
    /// An existing platform.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, platform: &Platform) -> Self {
        let stage = stage_on(&platform.stages, cx.today);
        Self {
            name: platform.name.clone(),
            badge: platform.badge.clone(),
            kind: platform.kind,
            currency: platform.currency,
            stage: stage.map_or(Stage::Active, |dated| dated.stage),
            ended_by: stage.and_then(|dated| dated.ended_by),
            why: stage.map_or_else(String::new, |dated| dated.why.clone()),
            found_at: platform.found_at.clone(),
            note: platform.note.clone(),
            links: links_text(&platform.links),
            tax_form: platform.tax_form.as_ref().map_or_else(String::new, |form| form.name.clone()),
            handed_in: platform
                .tax_form
                .as_ref()
                .and_then(|form| form.handed_in_on)
                .map_or_else(String::new, |day| Style::of(cx.book.settings()).date(day)),
            needs_tracker: platform.needs_tracker,
            self_reports: platform.self_reports,
            before: platform.clone(),
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let handed_in = optional(&self.handed_in, |text| typed::date(text, cx.today));
        let nameless = self.name.trim().is_empty();
        let title = format!("Edit {}", self.before.name);
        let sendable = handed_in.is_ok() && !nameless;
        let shown = Dialog::new(&title, "Save").sendable(sendable).width(640.0).show(ctx, |ui| {
            let reason = refused(cx, At::Name).or_else(|| nameless.then(|| "A name is needed".to_owned()));
            row(ui, |ui| {
                let letters = self.letters();
                let mark = PlatformMark { letters: &letters, hue_index: usize::try_from(self.before.hue).unwrap_or(0) };
                let width = ui.available_width() - 120.0 - 3.0 * PlatformMark::SIZE.x;
                Field::new("Name", &mut self.name)
                    .width(width)
                    .limit(limits::NAME_LETTERS)
                    .autofocus()
                    .reason(reason.as_deref())
                    .show(ui);
                Field::new("Badge", &mut self.badge)
                    .width(100.0)
                    .limit(2)
                    .hint(&badge_from_name(&self.before.name))
                    .show(ui);
                ui.vertical(|ui| {
                    ui.add_space(29.0);
                    ui.add(badge(mark, &self.before.name));
                });
            });
            row(ui, |ui| {
                let width = share(ui, 2);
                let kinds = KINDS.map(|kind| (kind, names::platform_kind(kind)));
                choose(ui, "Kind", width, &kinds, &mut self.kind);
                choose_currency(ui, "Currency", width, &mut self.currency);
            });
            self.stage_ui(ui);
            row(ui, |ui| {
                let width = share(ui, 3);
                Field::new("Found at", &mut self.found_at).width(width).hint("a forum, a friend").show(ui);
                Field::new("Tax form", &mut self.tax_form).width(width).hint("W-8BEN").show(ui);
                let reason = handed_in.as_ref().err().map(String::as_str);
                Field::new("Handed in on", &mut self.handed_in)
                    .width(width)
                    .hint("12 Jan 2026")
                    .reason(reason)
                    .show(ui);
            });
            row(ui, |ui| {
                let width = share(ui, 3);
                choose(ui, "Time worked", width, &REPORTS, &mut self.self_reports);
                ui.vertical(|ui| {
                    ui.add_space(26.0);
                    ui.checkbox(&mut self.needs_tracker, "It asks for a time tracker of its own");
                });
            });
            Field::new("Links, one a line", &mut self.links)
                .rows(2)
                .limit(limits::NOTE_LETTERS)
                .hint("Dashboard https://…")
                .show(ui);
            Field::new("Note", &mut self.note)
                .rows(3)
                .limit(limits::NOTE_LETTERS)
                .reason(refused(cx, At::Note).as_deref())
                .show(ui);
            if let Some(reason) = refused_elsewhere(cx, &[At::Name, At::Note]) {
                reason_ui(ui, &reason);
            }
        });
        match shown.outcome {
            Outcome::Sent => {
                if let Ok(handed_in) = handed_in {
                    actions.push(Action::Submit(Command::EditPlatform(Box::new(self.platform(cx, handed_in)))));
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
    }

    fn stage_ui(&mut self, ui: &mut egui::Ui) {
        row(ui, |ui| {
            let width = share(ui, 3);
            let stages = Stage::ALL.map(|stage| (stage, stage.word()));
            choose(ui, "Stage", width, &stages, &mut self.stage);
            if self.stage == Stage::Ended {
                choose(ui, "Ended by", width, &ENDED_BY, &mut self.ended_by);
                Field::new("Why", &mut self.why).width(width).show(ui);
            }
        });
    }

    fn letters(&self) -> String {
        parts::text(&self.badge).map_or_else(|| badge_from_name(&self.name), |badge| badge.to_uppercase())
    }

    fn platform(&self, cx: &Cx<'_>, handed_in_on: Option<chrono::NaiveDate>) -> Platform {
        Platform {
            name: self.name.trim().to_owned(),
            badge: self.letters(),
            kind: self.kind,
            currency: self.currency,
            stages: self.stages(cx),
            note: self.note.clone(),
            links: links(&self.links),
            found_at: self.found_at.trim().to_owned(),
            tax_form: parts::text(&self.tax_form).map(|name| TaxForm { name, handed_in_on }),
            needs_tracker: self.needs_tracker,
            self_reports: self.self_reports,
            ..self.before.clone()
        }
    }

    /// The stages with the chosen one from today on; the same stage with other words is mended in place.
    fn stages(&self, cx: &Cx<'_>) -> Vec<DatedStage> {
        let ended = self.stage == Stage::Ended;
        let dated = DatedStage {
            from: cx.today,
            stage: self.stage,
            ended_by: self.ended_by.filter(|_| ended),
            why: if ended { self.why.trim().to_owned() } else { String::new() },
        };
        let mut stages = self.before.stages.clone();
        let held = stages.iter().rposition(|known| known.from <= cx.today);
        match held.and_then(|at| stages.get_mut(at).map(|known| (at, known))) {
            Some((_, known)) if known.stage == self.stage => {
                if ended {
                    known.ended_by = dated.ended_by;
                    known.why = dated.why;
                }
            }
            Some((_, known)) if known.from == cx.today => *known = dated,
            Some((at, _)) => stages.insert(at + 1, dated),
            None => stages.insert(0, dated),
        }
        stages
    }
}

/// "Dashboard https://…", one a line: the address is the last word, the title what stands before it.
fn links(text: &str) -> Vec<Link> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| match line.rsplit_once(char::is_whitespace) {
            Some((title, address)) => Link { title: title.trim().to_owned(), address: address.to_owned() },
            None => Link { title: String::new(), address: line.to_owned() },
        })
        .collect()
}

fn links_text(links: &[Link]) -> String {
    links.iter().map(|link| format!("{} {}", link.title, link.address).trim().to_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_a_title_and_an_address_a_line() {
        let text = "Worker dashboard https://example.org/a\nhttps://example.org/b";
        let read = links(text);
        assert_eq!(read[0].title, "Worker dashboard");
        assert_eq!(read[1], Link { title: String::new(), address: "https://example.org/b".to_owned() });
        assert_eq!(links_text(&read), text);
        assert!(links(" \n ").is_empty());
    }
}
