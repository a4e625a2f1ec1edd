//! An earning by hand: by sessions, as a batch of tasks, a milestone, a bonus, a correction, a claw-back, money owed from
//! before. For adding and for editing.
//!
//! What it means stands under each field at once; what is refused stands beside its field.

mod covers;
mod fields;
mod states;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::bar::{ProjectChoice, project_choices};
use super::super::view::earnings::form::{EarningForm, Input, Kind, Read};
use super::super::view::memo::Memo;
use super::super::widgets::button;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::reason_ui;
use super::parts::{refused, refused_elsewhere};
use crate::domain::command::Command;
use crate::domain::earning::Earning;
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::refusal::Field;

/// The fields of a refusal that the form shows.
const OWN: [Field; 6] = [Field::Amount, Field::Day, Field::Covers, Field::States, Field::Rate, Field::Note];

/// An earning being added or edited.
#[derive(Debug)]
pub struct EarningDialog {
    id: EarningId,
    form: EarningForm,
    projects: Vec<ProjectChoice>,
    /// The sessions on offer, by project and revision.
    choices: Memo<(u64, Option<ProjectId>), Vec<SessionId>>,
    /// Whether a reason is shown of fields that are still empty: from the first try on.
    tried: bool,
    /// Whether fee, tax, due day and route are shown.
    more: bool,
}

impl EarningDialog {
    fn over(cx: &Cx<'_>, id: EarningId, form: EarningForm) -> Self {
        let projects = project_choices(cx.book, cx.today);
        let more = !form.fee.is_empty() || !form.tax.is_empty() || !form.due.is_empty() || form.route.is_some();
        Self { id, form, projects, choices: Memo::default(), tried: false, more }
    }

    /// A new one, on the project worked on last.
    #[must_use]
    pub fn add(cx: &Cx<'_>) -> Self {
        let projects = project_choices(cx.book, cx.today);
        let project = projects.first().map(|choice| choice.id);
        let platform = cx.book.platform_of(project).map(|platform| platform.id);
        let platform = platform.or_else(|| cx.book.platforms_by_name().first().map(|platform| platform.id));
        Self::over(cx, EarningId(cx.fresh.draw()), EarningForm::new(platform, project))
    }

    /// A new one for chosen sessions, at what they are worth.
    #[must_use]
    pub fn of_sessions(cx: &Cx<'_>, sessions: &[SessionId]) -> Self {
        let form = EarningForm::of_sessions(cx.book, sessions, cx.now);
        Self::over(cx, EarningId(cx.fresh.draw()), form)
    }

    /// A milestone of a project's terms, by its name.
    #[must_use]
    pub fn milestone(cx: &Cx<'_>, project: ProjectId, name: &str) -> Self {
        let platform = cx.book.platform_of(Some(project)).map(|platform| platform.id);
        let mut form = EarningForm::new(platform, Some(project));
        form.kind = Kind::Milestone;
        fields::take_milestone(cx, &mut form, name);
        Self::over(cx, EarningId(cx.fresh.draw()), form)
    }

    /// An earning as it is.
    #[must_use]
    pub fn edit(cx: &Cx<'_>, earning: &Earning) -> Self {
        let form = EarningForm::edit(earning, Style::of(cx.book.settings()));
        Self::over(cx, earning.id, form)
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let read = self.form.read(cx.book, self.id, cx.now, cx.today);
        let editing = self.form.before.is_some();
        let (title, send) = if editing { ("Edit earning", "Save") } else { ("Add earning", "Add") };
        let mut deleted = false;
        let shown = Dialog::new(title, send).note(&read.sum).width(640.0).show(ctx, |ui| {
            fields::ui(ui, cx, self, &read);
            covers::ui(ui, cx, self, &read);
            states::ui(ui, cx, self, &read);
            fields::more_ui(ui, cx, self, &read);
            if editing {
                let line = "Take this earning away; the work that it stands for is an estimate again";
                deleted = ui.add(button::quiet("Delete earning").tip("Delete earning", "", line)).clicked();
            }
            if let Some(refused) = refused_elsewhere(cx, &OWN) {
                reason_ui(ui, &refused);
            }
        });
        if deleted {
            actions.push(Action::Submit(Command::DeleteEarning(self.id)));
            return;
        }
        match (shown.outcome, read.earning) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Some(earning)) => {
                actions.push(Action::Submit(Command::SetEarning(Box::new(earning))));
            }
            (Outcome::Sent, None) => self.tried = true,
            (Outcome::Open, _) => {}
        }
    }

    /// The reason beside a field: what was refused, or why it can't be read; of an empty field only after a try.
    fn reason(&self, cx: &Cx<'_>, read: &Read, input: Input, draft: &str, field: Option<Field>) -> Option<String> {
        let told = field.and_then(|field| refused(cx, field));
        let own = read.reasons.get(&input).filter(|_| self.tried || !draft.trim().is_empty()).cloned();
        own.or(told)
    }
}

fn note(read: &Read, input: Input) -> &str {
    read.notes.get(&input).map_or("", String::as_str)
}
