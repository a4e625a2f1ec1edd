//! Hours without clock times: "last week, 22 h, $410". What is typed is shown back at once.

use egui::Ui;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::bar::{ProjectChoice, project_choices};
use super::super::view::hours_form::{HoursForm, Read};
use super::super::view::memo::Memo;
use super::super::widgets::button;
use super::super::widgets::card;
use super::super::widgets::dialog::Dialog;
use super::super::widgets::field::{Field, reason_ui};
use super::parts::{Named, answer, choose_work, row, share};
use crate::domain::command::Command;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::span::DayRange;
use crate::engine::Stamp;

/// More can be typed than is taken in: what is too long is refused with its reason, not cut off unseen.
const NOTE_CHARS: usize = 20_000;

/// Hours without clock times.
#[derive(Debug)]
pub struct AddHoursDialog {
    form: HoursForm,
    id_seed: SessionId,
    projects: Memo<Stamp, Vec<ProjectChoice>>,
    /// Sent, and not changed since: then a refusal is of this draft.
    sent: bool,
}

impl AddHoursDialog {
    /// For last week, on the project worked on last.
    #[must_use]
    pub fn new(cx: &Cx<'_>) -> Self {
        let last = project_choices(cx.book, cx.today).first().map(|choice| choice.id);
        Self {
            form: HoursForm::new(cx.book, last),
            id_seed: SessionId(cx.fresh.draw()),
            projects: Memo::default(),
            sent: false,
        }
    }

    /// For days on which a project was credited and nothing was logged.
    #[must_use]
    pub fn credited(cx: &Cx<'_>, project: Option<ProjectId>, days: DayRange) -> Self {
        let mut dialog = Self::new(cx);
        dialog.form = HoursForm::new(cx.book, project);
        dialog.form.days = Style::of(cx.book.settings()).dates(days);
        dialog
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let mut read = self.read(cx);
        let sendable = read.declared.is_some() && !cx.read_only;
        if let Some(refused) = cx.refused.as_ref().filter(|_| self.sent) {
            read.refuse(refused.field, refused.to_string());
        }
        let dialog = Dialog::new("Add hours", "Add").width(560.0).sendable(sendable).note(&read.sum);
        let shown = dialog.show(ctx, |ui| self.body_ui(ui, cx, &read));
        if shown.inner {
            self.sent = false;
        }
        self.sent |= answer(shown.outcome, actions, || {
            self.read(cx).declared.map(|declared| Command::DeclareHours(Box::new(declared)))
        });
    }

    fn read(&self, cx: &Cx<'_>) -> Read {
        self.form.read(cx.book, cx.now, cx.today, self.id_seed)
    }

    /// The fields; true where something was changed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read) -> bool {
        if let Some(reason) = &read.whole {
            reason_ui(ui, reason);
        }
        card::note(ui, "Hours without clock times. Several days share them evenly.");
        let projects = self.projects.get(cx.figures.stamp, || project_choices(cx.book, cx.today));
        let form = &mut self.form;
        let picked = choose_work(ui, cx, projects, "hours", (form.project, form.activity()));
        if let Some(Named(project)) = picked.project {
            form.set_project(cx.book, project);
        }
        if let Some(activity) = picked.activity {
            form.set_activity(activity);
        }
        let mut changed = picked.project.is_some() || picked.activity.is_some();
        let currency = form.currency(cx.book);
        row(ui, |ui| {
            let width = share(ui, 3);
            let days = told(Field::new("Days", &mut form.days), read.days.as_ref()).width(width).limit(60);
            changed |= days.hint("last week, 2–8 Nov").show(ui).response.changed();
            let hours = told(Field::new("Hours", &mut form.hours), read.hours.as_ref()).width(width).limit(40);
            changed |= hours.hint("22h").autofocus().show(ui).response.changed();
            let amount = told(Field::new("Amount", &mut form.amount), read.amount.as_ref()).width(width).limit(60);
            let out = amount.hint("by terms").unit(currency.code()).show(ui);
            changed |= out.response.changed();
            button::tip(out.response, "Amount", "", "What all of it pays; leave it empty for the project’s terms");
        });
        let hint = read.own_note.as_str();
        let note = Field::new("Note", &mut form.note).limit(NOTE_CHARS).hint(hint).reason(read.note.as_deref());
        changed | note.show(ui).response.changed()
    }
}

/// A field with what was understood of it, or why not.
fn told<'f>(field: Field<'f>, read: Option<&'f Result<String, String>>) -> Field<'f> {
    match read {
        Some(Ok(note)) => field.note(note),
        Some(Err(reason)) => field.reason(Some(reason)),
        None => field,
    }
}
