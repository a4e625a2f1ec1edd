//! A session by hand: add or edit. What is typed is shown back at once; end and length follow each other.

use egui::{Checkbox, RichText, Stroke, Ui};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::theme;
use super::super::view::bar::{ProjectChoice, project_choices};
use super::super::view::memo::Memo;
use super::super::view::names;
use super::super::view::session_form::{Part, Pass, Read, SessionForm, Twice};
use super::super::widgets::button;
use super::super::widgets::dialog::Dialog;
use super::super::widgets::field::{Field, reason_ui};
use super::parts::{Named, answer, choose_work, row, share};
use crate::domain::command::Command;
use crate::domain::ids::SessionId;
use crate::domain::query::overlaps::Gap;
use crate::domain::session::Session;
use crate::domain::span::Zone;
use crate::engine::Stamp;

/// More can be typed than is taken in: what is too long is refused with its reason, not cut off unseen.
const NOTE_CHARS: usize = 20_000;
const SHORT_CHARS: usize = 300;

/// A session by hand: add or edit.
#[derive(Debug)]
pub struct SessionDialog {
    form: SessionForm,
    id: SessionId,
    projects: Memo<Stamp, Vec<ProjectChoice>>,
    /// Sent, and not changed since: then a refusal is of this draft.
    sent: bool,
}

impl SessionDialog {
    /// A new session today.
    #[must_use]
    pub fn add(cx: &Cx<'_>) -> Self {
        let form = SessionForm::add(cx.book, cx.now, cx.today);
        Self { id: SessionId(cx.fresh.draw()), ..Self::with(form) }
    }

    /// A new session like another one.
    #[must_use]
    pub fn like(cx: &Cx<'_>, session: &Session) -> Self {
        Self {
            id: SessionId(cx.fresh.draw()),
            ..Self::with(SessionForm::like(session, cx.now, Style::of(cx.book.settings())))
        }
    }

    /// A new session with the times of a gap, on the clocks of a zone.
    #[must_use]
    pub fn fill(cx: &Cx<'_>, gap: &Gap, zone: Zone) -> Self {
        Self { id: SessionId(cx.fresh.draw()), ..Self::with(SessionForm::fill(cx.book, gap, zone)) }
    }

    /// An existing session.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, session: &Session) -> Self {
        Self::with(SessionForm::edit(session, Style::of(cx.book.settings())))
    }

    /// Goes on with the drafts of an existing session that was edited in place.
    #[must_use]
    pub fn with(form: SessionForm) -> Self {
        let id = form.edited().unwrap_or(SessionId(0));
        Self { form, id, projects: Memo::default(), sent: false }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let mut read = self.form.read(cx.book, cx.now, cx.today, self.id);
        let sendable = read.session.is_some();
        if let Some(refused) = cx.refused.as_ref().filter(|_| self.sent) {
            read.reasons.entry(self.form.part_of(refused)).or_insert_with(|| refused.to_string());
        }
        let is_new = self.form.edited().is_none();
        let (title, send) = if is_new { ("Add session", "Add") } else { ("Edit session", "Save") };
        let dialog = Dialog::new(title, send).width(560.0).sendable(sendable && !cx.read_only).note(&read.sum);
        let shown = dialog.show(ctx, |ui| self.body_ui(ui, cx, &read));
        if shown.inner {
            self.sent = false;
        }
        self.sent |= answer(shown.outcome, actions, || {
            let session = Box::new(self.form.read(cx.book, cx.now, cx.today, self.id).session?);
            Some(if is_new { Command::AddSession(session) } else { Command::EditSession(session) })
        });
    }

    /// The fields; true where something was changed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read) -> bool {
        let mut changed = false;
        if let Some(reason) = read.reasons.get(&Part::Whole) {
            reason_ui(ui, reason);
        }
        changed |= self.work_ui(ui, cx);
        changed |= self.times_ui(ui, cx, read);
        changed |= self.figures_ui(ui, cx, read);
        let note = Field::new("Note", &mut self.form.note).rows(2).limit(NOTE_CHARS);
        changed | note.reason(reason(read, Part::Note)).show(ui).response.changed()
    }

    /// What it was for.
    fn work_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> bool {
        let projects = self.projects.get(cx.figures.stamp, || project_choices(cx.book, cx.today));
        let form = &mut self.form;
        let picked = choose_work(ui, cx, projects, "session", (form.project, form.activity()));
        if let Some(Named(project)) = picked.project {
            form.set_project(cx.book, project);
        }
        if let Some(activity) = picked.activity {
            form.set_activity(activity);
        }
        picked.project.is_some() || picked.activity.is_some()
    }

    /// When it was.
    fn times_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read) -> bool {
        let mut changed = false;
        let form = &mut self.form;
        let hours_only = form.hours_only();
        let open = form.is_open();
        row(ui, |ui| {
            let four = share(ui, 4);
            let two = share(ui, 2);
            let day_width = if hours_only { two } else { four };
            let out = field("Day", &mut form.day, Part::Day, read, day_width).hint("22 Nov").show(ui);
            if out.response.changed() {
                form.start_typed();
                changed = true;
            }
            if hours_only {
                let hours = field("Hours", &mut form.length, Part::Length, read, two).hint("6h 30m").autofocus();
                if hours.show(ui).response.changed() {
                    form.length_typed();
                    changed = true;
                }
                return;
            }
            let out = field("Start", &mut form.start, Part::Start, read, four).hint("9:05").autofocus().show(ui);
            if out.response.changed() {
                form.start_typed();
                changed = true;
            }
            // The note of end and length is one: it stands under the field that has room for it.
            let hint = if open { "still running" } else { "11:02" };
            let mut end = Field::new("End", &mut form.end).width(four).limit(40).hint(hint);
            end = end.reason(reason(read, Part::End));
            if end.show(ui).response.changed() {
                form.end_typed();
                changed = true;
            }
            let length = field("Length", &mut form.length, Part::Length, read, four).hint("1h 30m").show(ui);
            if length.response.changed() {
                form.length_typed();
                changed = true;
            }
        });
        let twice = [("Start", read.start_twice), ("End", read.end_twice)];
        for (what, chosen) in twice {
            let chosen = match chosen {
                Twice::No => continue,
                Twice::Ask => None,
                Twice::Taken(pass) => Some(pass),
            };
            if let Some(pass) = pass_ui(ui, what, chosen) {
                let slot = if what == "Start" { &mut form.start_pass } else { &mut form.end_pass };
                *slot = Some(pass);
                changed = true;
            }
        }
        ui.horizontal(|ui| {
            let tokens = theme::tokens(ui);
            ui.spacing_mut().item_spacing.x = tokens.sizes.gap_l;
            // An empty box is seen by its line.
            ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.0, tokens.muted);
            let mut paid = form.paid();
            if ui.add(Checkbox::new(&mut paid, "Paid")).changed() {
                form.set_paid(paid);
                changed = true;
            }
            if !hours_only {
                let words = match form.days_later() {
                    2.. => format!("Ends {} days later", form.days_later()),
                    _ => "Ends the next day".to_owned(),
                };
                let mut later = form.days_later() > 0;
                if ui.add(Checkbox::new(&mut later, words)).changed() {
                    form.set_ends_later(later);
                    changed = true;
                }
            }
            let mut only = hours_only;
            if ui.add(Checkbox::new(&mut only, "Hours only, no clock times")).changed() {
                form.set_hours_only(only);
                changed = true;
            }
        });
        if form.zone() != cx.now.zone {
            let words = format!("Times are on the clocks of {}", form.zone().name());
            ui.label(RichText::new(words).small().color(theme::tokens(ui).muted));
        }
        changed
    }

    /// What was done in it and what it is worth.
    fn figures_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, read: &Read) -> bool {
        let currency = self.form.currency(cx.book);
        let counted = names::title(&names::plural(self.form.unit(cx.book)));
        let form = &mut self.form;
        row(ui, |ui| {
            let width = share(ui, 4);
            let task_type = field("Task type", &mut form.task_type, Part::TaskType, read, width).limit(SHORT_CHARS);
            let mut changed = task_type.show(ui).response.changed();
            let tasks = field(&counted, &mut form.tasks, Part::Tasks, read, width).hint("not counted");
            changed |= tasks.show(ui).response.changed();
            let credited = field("Credited", &mut form.credited, Part::Credited, read, width).hint("as own time");
            let out = credited.show(ui);
            changed |= out.response.changed();
            button::tip(out.response, "Credited time", "", "What the platform pays for, where it says so");
            let price = field("Own price", &mut form.price, Part::Price, read, width).hint("by terms");
            let out = price.unit(currency.code()).show(ui);
            changed |= out.response.changed();
            button::tip(out.response, "Own price", "", "A study’s reward; it goes before any terms");
            changed
        })
    }
}

/// A field of the form with its reason or what was understood.
fn field<'f>(name: &'f str, draft: &'f mut String, part: Part, read: &'f Read, width: f32) -> Field<'f> {
    let field = Field::new(name, draft).width(width).limit(60).reason(reason(read, part));
    match read.notes.get(&part) {
        Some(note) => field.note(note),
        None => field,
    }
}

fn reason(read: &Read, part: Part) -> Option<&str> {
    read.reasons.get(&part).map(String::as_str)
}

/// Which of the two: asked where the clocks go back.
fn pass_ui(ui: &mut Ui, what: &str, chosen: Option<Pass>) -> Option<Pass> {
    let mut picked = None;
    ui.horizontal(|ui| {
        let tokens = theme::tokens(ui);
        ui.label(RichText::new(format!("{what}: that time comes twice on this day")).small().color(tokens.muted));
        for (pass, words) in [(Pass::First, "first"), (Pass::Second, "second")] {
            let name = format!("{what}: the {words} time");
            let line = if pass == Pass::First { "Before the clocks go back" } else { "After the clocks went back" };
            let chip = button::chip(if pass == Pass::First { "The first" } else { "The second" });
            if ui.add(chip.selected(chosen == Some(pass)).named(&name).tip(&name, "", line)).clicked() {
                picked = Some(pass);
            }
        }
    });
    picked
}
