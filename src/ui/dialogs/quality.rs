//! What a platform said of the user's work on a day: add or edit an entry of the quality log.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::names;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::{edits, typed};
use super::parts::{choose, optional, refused, refused_elsewhere, row, share};
use crate::domain::command::limits;
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::platform::{Platform, QualityMeasure, QualityNote};
use crate::domain::refusal::Field as At;
use rust_decimal::Decimal;

/// An entry of the quality log.
#[derive(Debug)]
pub struct QualityDialog {
    before: Platform,
    /// Its place in the log; `None` for a new one.
    at: Option<usize>,
    on: String,
    project: Option<ProjectId>,
    measure: QualityMeasure,
    value: String,
    out_of: String,
    note: String,
}

impl QualityDialog {
    /// A new entry of today, of the measure and scale that were noted last; `None` where the platform is gone.
    #[must_use]
    pub fn add(cx: &Cx<'_>, id: PlatformId) -> Option<Self> {
        let before = (**cx.book.platform(id)?).clone();
        let last = before.quality.iter().rev().find(|note| note.measure != QualityMeasure::Warning);
        Some(Self {
            at: None,
            on: Style::of(cx.book.settings()).date(cx.today),
            project: last.and_then(|note| note.project),
            measure: last.map_or(QualityMeasure::Score, |note| note.measure),
            value: String::new(),
            out_of: last
                .and_then(|note| note.out_of)
                .map_or_else(String::new, |best| Style::of(cx.book.settings()).exact(best)),
            note: String::new(),
            before,
        })
    }

    /// An entry that is there; `None` where it is gone.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, id: PlatformId, at: usize) -> Option<Self> {
        let before = (**cx.book.platform(id)?).clone();
        let note = before.quality.get(at)?.clone();
        let style = Style::of(cx.book.settings());
        let figure = |figure: Option<Decimal>| figure.map_or_else(String::new, |figure| style.exact(figure));
        Some(Self {
            before,
            at: Some(at),
            on: style.date(note.on),
            project: note.project,
            measure: note.measure,
            value: figure(note.value),
            out_of: figure(note.out_of),
            note: note.note,
        })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let on = typed::date(&self.on, cx.today);
        let reader = Style::of(cx.book.settings()).reader();
        let value =
            optional(&self.value, |text| if self.in_percent() { reader.percent(text) } else { reader.decimal(text) });
        let out_of = optional(&self.out_of, |text| reader.decimal(text));
        let has_figure = self.measure != QualityMeasure::Warning;
        let lacks = has_figure && matches!(value, Ok(None));
        let sendable = on.is_ok() && value.is_ok() && out_of.is_ok() && !lacks;
        let title = match self.at {
            Some(_) => format!("Edit quality of {}", self.before.name),
            None => format!("Quality of {}", self.before.name),
        };
        let send = if self.at.is_some() { "Save" } else { "Add" };
        let shown = Dialog::new(&title, send).sendable(sendable).width(620.0).show(ctx, |ui| {
            row(ui, |ui| {
                let width = share(ui, 3);
                let measures = QualityMeasure::ALL.map(|measure| (measure, names::measure(measure)));
                choose(ui, "Measure", width, &measures, &mut self.measure);
                let projects: Vec<_> = cx.book.projects_of(self.before.id).collect();
                let mut about: Vec<(Option<ProjectId>, &str)> = vec![(None, "The account")];
                about.extend(projects.iter().map(|project| (Some(project.id), project.name.as_str())));
                choose(ui, "About", width, &about, &mut self.project);
                let reason = on.as_ref().err().map(ToString::to_string).or_else(|| refused(cx, At::Day));
                Field::new("Day", &mut self.on).width(width).reason(reason.as_deref()).show(ui);
            });
            if has_figure {
                let unit = match self.measure {
                    QualityMeasure::ErrorRate | QualityMeasure::Acceptance => "%",
                    QualityMeasure::HandlingTime => "minutes a task",
                    QualityMeasure::Score | QualityMeasure::Warning => "",
                };
                let wrong = value.as_ref().err().cloned();
                let reason = wrong.or_else(|| refused(cx, At::Amount)).or_else(|| refused(cx, At::Percent));
                row(ui, |ui| {
                    let width = share(ui, if self.measure == QualityMeasure::Score { 2 } else { 1 });
                    Field::new("Figure", &mut self.value)
                        .width(width)
                        .hint("4")
                        .unit(unit)
                        .autofocus()
                        .reason(reason.as_deref())
                        .show(ui);
                    if self.measure == QualityMeasure::Score {
                        let reason = out_of.as_ref().err().cloned();
                        Field::new("Out of", &mut self.out_of)
                            .width(width)
                            .hint("5, where the scale is known")
                            .reason(reason.as_deref())
                            .show(ui);
                    }
                });
            }
            Field::new("In their words", &mut self.note)
                .rows(2)
                .limit(limits::NOTE_LETTERS)
                .hint("what the message said")
                .reason(refused(cx, At::Note).as_deref())
                .show(ui);
            if let Some(reason) = refused_elsewhere(cx, &[At::Day, At::Amount, At::Percent, At::Note]) {
                reason_ui(ui, &reason);
            }
        });
        match shown.outcome {
            Outcome::Sent => {
                if let (Ok(on), Ok(value), Ok(out_of)) = (on, value, out_of) {
                    let note = QualityNote {
                        on,
                        project: self.project,
                        measure: self.measure,
                        value: value.filter(|_| has_figure),
                        out_of: out_of.filter(|_| self.measure == QualityMeasure::Score),
                        note: self.note.trim().to_owned(),
                    };
                    actions.push(Action::Submit(self.command(note)));
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
    }

    fn in_percent(&self) -> bool {
        matches!(self.measure, QualityMeasure::ErrorRate | QualityMeasure::Acceptance)
    }

    fn command(&self, note: QualityNote) -> crate::domain::command::Command {
        let verb = if self.at.is_some() { "Edit" } else { "Note" };
        let words = format!("{verb} quality of {}", self.before.name);
        edits::platform(&self.before, words, |platform| match self.at.and_then(|at| platform.quality.get_mut(at)) {
            Some(known) => *known = note,
            None => platform.quality.push(note),
        })
    }
}
