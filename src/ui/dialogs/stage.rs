//! The stages of a platform or a project: a change from a day on, by whom and why; those so far, mended or deleted.
//!
//! Everything of the form is one step of undo. A change on a day that has a stage already takes its place.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use egui::RichText;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::platforms::{StageRow, stage_rows};
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::widgets::{button, table};
use super::super::{edits, theme, typed};
use super::parts::{choose, refused, refused_elsewhere, row, share};
use crate::domain::command::{Command, limits};
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::platform::{DatedStage, EndedBy, Platform, Project, Stage, stage_on};
use crate::domain::refusal::Field as At;

pub(super) const ENDED_BY: [(Option<EndedBy>, &str); 3] =
    [(None, "not said"), (Some(EndedBy::User), "Me"), (Some(EndedBy::Platform), "The platform or client")];

/// Whose stages.
#[derive(Debug)]
enum Of {
    Platform(Platform),
    Project(Project),
}

impl Of {
    fn name(&self) -> &str {
        match self {
            Self::Platform(platform) => &platform.name,
            Self::Project(project) => &project.name,
        }
    }

    fn stages(&self) -> &[DatedStage] {
        match self {
            Self::Platform(platform) => &platform.stages,
            Self::Project(project) => &project.stages,
        }
    }
}

/// The stages of a platform or a project.
#[derive(Debug)]
pub struct StageDialog {
    of: Of,
    stage: Stage,
    from: String,
    ended_by: Option<EndedBy>,
    why: String,
    /// The place of the stage that is mended; a new one otherwise.
    mended: Option<usize>,
    deleted: BTreeSet<usize>,
}

impl StageDialog {
    /// Of a platform; `None` where it is gone.
    #[must_use]
    pub fn of_platform(cx: &Cx<'_>, id: PlatformId) -> Option<Self> {
        Some(Self::new(cx, Of::Platform((**cx.book.platform(id)?).clone())))
    }

    /// Of a project; `None` where it is gone.
    #[must_use]
    pub fn of_project(cx: &Cx<'_>, id: ProjectId) -> Option<Self> {
        Some(Self::new(cx, Of::Project((**cx.book.project(id)?).clone())))
    }

    fn new(cx: &Cx<'_>, of: Of) -> Self {
        let held = stage_on(of.stages(), cx.today).map_or(Stage::Active, |held| held.stage);
        let mut dialog = Self {
            of,
            stage: held,
            from: String::new(),
            ended_by: None,
            why: String::new(),
            mended: None,
            deleted: BTreeSet::new(),
        };
        dialog.begin(cx.today, Style::of(cx.book.settings()));
        dialog
    }

    /// A new stage from today on.
    fn begin(&mut self, today: NaiveDate, style: Style) {
        self.mended = None;
        self.from = style.date(today);
        self.ended_by = None;
        self.why = String::new();
    }

    /// The same form for a stage that is there.
    pub(crate) fn mend(&mut self, at: usize, style: Style) {
        if let Some(stage) = self.of.stages().get(at).cloned() {
            self.mended = Some(at);
            self.stage = stage.stage;
            self.from = style.date(stage.from);
            self.ended_by = stage.ended_by;
            self.why = stage.why;
            self.deleted.remove(&at);
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let from = typed::date(&self.from, cx.today);
        let title = format!("Stage of {}", self.of.name());
        let shown = Dialog::new(&title, "Save").sendable(from.is_ok()).width(620.0).show(ctx, |ui| {
            let reason = from.as_ref().err().map(ToString::to_string).or_else(|| refused(cx, At::Day));
            row(ui, |ui| {
                let width = share(ui, if self.stage == Stage::Ended { 3 } else { 2 });
                let stages = Stage::ALL.map(|stage| (stage, stage.word()));
                choose(ui, "Stage", width, &stages, &mut self.stage);
                Field::new("From", &mut self.from)
                    .width(width)
                    .hint("today, 16 Nov")
                    .autofocus()
                    .reason(reason.as_deref())
                    .show(ui);
                if self.stage == Stage::Ended {
                    choose(ui, "Ended by", width, &ENDED_BY, &mut self.ended_by);
                }
            });
            Field::new("Why", &mut self.why)
                .limit(limits::NOTE_LETTERS)
                .hint("no tasks, the project ended")
                .reason(refused(cx, At::Note).as_deref())
                .show(ui);
            self.history_ui(ui, cx);
            if let Some(reason) = refused_elsewhere(cx, &[At::Day, At::Note]) {
                reason_ui(ui, &reason);
            }
        });
        match shown.outcome {
            Outcome::Sent => {
                if let Ok(from) = from {
                    actions.push(self.command(from).map_or(Action::CloseDialog, Action::Submit));
                }
            }
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Open => {}
        }
    }

    /// The stages so far: each can be mended in the fields above, or deleted.
    fn history_ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) {
        let style = Style::of(cx.book.settings());
        let rows = stage_rows(self.of.stages(), cx.today, style);
        if rows.is_empty() {
            return;
        }
        let tokens = theme::tokens(ui);
        ui.label(RichText::new("Stages so far").small().color(tokens.muted));
        let (mut mend, mut toggle) = (None, None);
        table::Table::new("Stages so far")
            .headless()
            .row_height(tokens.sizes.row_dense + 4.0)
            .max_height(160.0)
            .column(table::Column::exact("", 130.0))
            .column(table::Column::exact("", 170.0))
            .column(table::Column::fill("", 60.0).priority(1))
            .column(table::Column::exact("", 150.0).right())
            .show(
                ui,
                rows.len(),
                |at| {
                    let row = rows.get(at);
                    let name = row.map_or_else(String::new, StageRow::spoken);
                    table::RowSpec::new(("stage", row.map(|row| row.at)), name)
                        .selected(row.is_some_and(|row| Some(row.at) == self.mended))
                        .plain()
                },
                |line| {
                    let Some(stage) = rows.get(line.index()) else { return };
                    let gone = self.deleted.contains(&stage.at);
                    line.cell(|ui| {
                        let text = RichText::new(&stage.stage);
                        ui.label(if gone { text.strikethrough().color(tokens.muted) } else { text });
                    });
                    line.muted(&stage.when);
                    line.muted(&stage.why);
                    line.cell(|ui| {
                        let word = if gone { "Keep" } else { "Delete" };
                        let name = format!("{word} stage {}", stage.spoken());
                        if ui.add(button::chip(word).named(&name)).clicked() {
                            toggle = Some(stage.at);
                        }
                        let name = format!("Edit stage {}", stage.spoken());
                        if ui.add(button::chip("Edit").named(&name)).clicked() {
                            mend = Some(stage.at);
                        }
                    });
                },
            );
        if let Some(at) = mend {
            self.mend(at, style);
        }
        if let Some(at) = toggle {
            if self.mended == Some(at) {
                self.begin(cx.today, style);
            }
            if !self.deleted.remove(&at) {
                self.deleted.insert(at);
            }
        }
    }

    /// What the form changes; `None` where nothing.
    fn command(&self, from: NaiveDate) -> Option<Command> {
        let ended = self.stage == Stage::Ended;
        let stage = DatedStage {
            from,
            stage: self.stage,
            ended_by: self.ended_by.filter(|_| ended),
            why: self.why.trim().to_owned(),
        };
        let mut stages: Vec<DatedStage> = self
            .of
            .stages()
            .iter()
            .enumerate()
            .filter(|(at, _)| !self.deleted.contains(at) && self.mended != Some(*at))
            .map(|(_, stage)| stage.clone())
            .collect();
        let same = |held: &DatedStage| DatedStage { from: held.from, ..stage.clone() } == *held;
        let holds = self.mended.is_none() && stage_on(&stages, from).is_some_and(same);
        if !holds {
            if self.mended.is_none() {
                stages.retain(|held| held.from != from);
            }
            let at = stages.iter().rposition(|held| held.from <= from).map_or(0, |at| at + 1);
            stages.insert(at, stage);
        }
        if stages == self.of.stages() {
            return None;
        }
        let words = format!("Change stage of {}", self.of.name());
        Some(match &self.of {
            Of::Platform(before) => edits::platform(before, words, |platform| platform.stages = stages),
            Of::Project(before) => edits::project(before, words, |project| project.stages = stages),
        })
    }
}
