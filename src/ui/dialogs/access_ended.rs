//! Access ended: who ended it and when, what is to become of the money, and when to ask again. What comes of it is shown
//! before it is sent; all of it is one step of undo.

use chrono::NaiveDate;
use egui::{RichText, Ui};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::access::{AccessPreview, dated, preview};
use super::super::view::memo::Memo;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::widgets::picker::{Choice, Picker};
use super::super::{theme, typed};
use super::evidence::EvidenceDialog;
use super::parts::{coming_day, day_words, labelled, one_of, refused, refused_elsewhere, row, share};
use crate::domain::command::{AccessEnded, Command, Ending, limits};
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::platform::{DatedStage, Stage, stage_on};
use crate::domain::refusal::Field as At;
use crate::domain::span::day_plus;
use crate::engine::Stamp;

/// After how many days to ask again unless the user says otherwise.
const CHASE_AFTER_DAYS: i64 = 7;

/// Who ended it, as it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Platform,
    User,
    Project,
    Review,
}

const WHO: [(Who, &str, &str); 4] = [
    (Who::Platform, "The platform", "It closed the account, or lets no one in any more"),
    (Who::User, "Me", "You left"),
    (Who::Project, "A project ended", "Only that project; the platform goes on"),
    (Who::Review, "Under review", "The account is paused until somebody decides"),
];

/// A day that may be left open, as it was read.
type Day = Result<Option<NaiveDate>, String>;

/// The days of the form, as they were read.
struct Days {
    on: Result<NaiveDate, String>,
    appeal_by: Day,
    chase_on: Day,
}

/// Access ended.
#[derive(Debug)]
pub struct AccessEndedDialog {
    platform: PlatformId,
    name: String,
    projects: Vec<(ProjectId, String)>,
    who: Who,
    project: Option<ProjectId>,
    on: String,
    why: String,
    appeal_by: String,
    chase_on: String,
    contest: bool,
    evidence: bool,
    seed: EarningId,
    comes: Memo<(Stamp, AccessEnded), Result<AccessPreview, String>>,
}

fn has_ended(cx: &Cx<'_>, stages: &[DatedStage]) -> bool {
    stage_on(stages, cx.today).is_some_and(|dated| dated.stage == Stage::Ended)
}

impl AccessEndedDialog {
    /// Whether access to a platform can end: it is there, and hasn't ended already.
    #[must_use]
    pub fn is_offered(cx: &Cx<'_>, id: PlatformId) -> bool {
        !cx.read_only && cx.book.platform(id).is_some_and(|platform| !has_ended(cx, &platform.stages))
    }

    /// Of a platform; `None` where it is gone, or its access has ended already.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: PlatformId) -> Option<Self> {
        let platform = cx.book.platform(id).filter(|platform| !has_ended(cx, &platform.stages))?;
        let style = Style::of(cx.book.settings());
        let mut projects: Vec<(ProjectId, String)> = cx
            .book
            .projects_of(id)
            .filter(|project| !has_ended(cx, &project.stages))
            .map(|project| (project.id, project.name.clone()))
            .collect();
        projects.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
        Some(Self {
            platform: id,
            name: platform.name.clone(),
            who: Who::Platform,
            project: projects.first().map(|(id, _)| *id),
            projects,
            on: style.date(cx.today),
            why: String::new(),
            appeal_by: String::new(),
            chase_on: style.date(day_plus(cx.today, CHASE_AFTER_DAYS)),
            contest: true,
            evidence: true,
            seed: EarningId(cx.fresh.draw()),
            comes: Memo::default(),
        })
    }

    fn ending(&self) -> Result<Ending, String> {
        match self.who {
            Who::Platform => Ok(Ending::Platform),
            Who::User => Ok(Ending::User),
            Who::Review => Ok(Ending::Review),
            Who::Project => {
                self.project.map(Ending::Project).ok_or_else(|| "It has no project that goes on".to_owned())
            }
        }
    }

    /// Whether there is somebody to appeal to.
    fn can_appeal(&self) -> bool {
        matches!(self.who, Who::Platform | Who::Review)
    }

    fn days(&self, today: NaiveDate) -> Days {
        Days {
            on: past_day(&self.on, today),
            appeal_by: if self.can_appeal() { later_day(&self.appeal_by, today) } else { Ok(None) },
            chase_on: later_day(&self.chase_on, today),
        }
    }

    fn read(&self, days: &Days) -> Result<AccessEnded, String> {
        Ok(AccessEnded {
            platform: self.platform,
            ending: self.ending()?,
            on: days.on.clone()?,
            why: self.why.trim().to_owned(),
            contest: self.contest,
            appeal_by: days.appeal_by.clone()?,
            chase_on: days.chase_on.clone()?,
            earning_seed: self.seed,
        })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let days = self.days(cx.today);
        let read = self.read(&days);
        let comes = read.as_ref().ok().map(|ended| self.comes(cx, ended));
        let title = format!("Access to {} ended", self.name);
        let sendable = comes.as_ref().is_some_and(Result::is_ok);
        let shown = Dialog::new(&title, "Record it").sendable(sendable).width(640.0).show(ctx, |ui| {
            self.who_ui(ui);
            self.days_ui(ui, cx, &days);
            Field::new("Why", &mut self.why)
                .limit(limits::NOTE_LETTERS)
                .hint("what they wrote, what you know")
                .reason(refused(cx, At::Note).as_deref())
                .show(ui);
            ui.checkbox(&mut self.contest, "What is not yet paid becomes contested");
            ui.checkbox(&mut self.evidence, "Then collect evidence in a folder");
            if let Some(comes) = &comes {
                let days = read.as_ref().map_or_else(|_| Vec::new(), |ended| dated(cx.book, ended, cx.today));
                comes_ui(ui, comes, &days);
            }
            if let Some(reason) = refused_elsewhere(cx, &[At::Note]) {
                reason_ui(ui, &reason);
            }
        });
        match (shown.outcome, read) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(ended)) => {
                let evidence = self.evidence.then(|| EvidenceDialog::new(cx, ended.platform, Some(&ended))).flatten();
                let command = Command::EndAccess(Box::new(ended));
                actions.push(match evidence {
                    Some(dialog) => Action::SubmitThenOpen(command, Box::new(super::Dialog::Evidence(dialog))),
                    None => Action::Submit(command),
                });
            }
            (Outcome::Sent | Outcome::Open, _) => {}
        }
    }

    fn comes(&mut self, cx: &Cx<'_>, ended: &AccessEnded) -> Result<AccessPreview, String> {
        // Words and days are typed letter by letter and change nothing of the money.
        let ended = AccessEnded { on: cx.today, why: String::new(), appeal_by: None, chase_on: None, ..ended.clone() };
        let make = || {
            let calendar = &cx.figures.calendar;
            preview(&cx.figures.work, calendar, &ended, cx.now, cx.today).map_err(|refused| refused.to_string())
        };
        self.comes.get((cx.figures.stamp, ended.clone()), make).clone()
    }

    fn who_ui(&mut self, ui: &mut Ui) {
        card::note(ui, "Who ended it");
        if one_of(ui, "Who ended it", &WHO, &mut self.who) {
            // Who leaves is paid as before; who is shut out can't count on it.
            self.contest = self.who != Who::User;
        }
        if self.who != Who::Project {
            return;
        }
        if let Err(wrong) = self.ending() {
            reason_ui(ui, &wrong);
            return;
        }
        let choices: Vec<Choice<'_>> = self.projects.iter().map(|(_, name)| Choice::from(name.as_str())).collect();
        let chosen = self.project.and_then(|id| self.projects.iter().position(|(known, _)| *known == id));
        let width = ui.available_width();
        let picked = labelled(ui, "Project", width, |ui| {
            Picker::new("Project that ended").chosen(chosen).width(width).pick(ui, &choices)
        });
        if let Some((id, _)) = picked.and_then(|at| self.projects.get(at)) {
            self.project = Some(*id);
        }
    }

    fn days_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, days: &Days) {
        let style = Style::of(cx.book.settings());
        let words = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day_words(day, cx.today, style));
        let can_appeal = self.can_appeal();
        row(ui, |ui| {
            let width = share(ui, if can_appeal { 3 } else { 2 });
            let note = words(days.on.as_ref().ok().copied());
            let reason = days.on.as_ref().err().map(String::as_str);
            Field::new("Ended on", &mut self.on).width(width).autofocus().reason(reason).note(&note).show(ui);
            let later = |ui: &mut Ui, name: &str, draft: &mut String, day: &Day| {
                let note = words(day.as_ref().ok().copied().flatten());
                let reason = day.as_ref().err().map(String::as_str);
                Field::new(name, draft).width(width).hint("no day").reason(reason).note(&note).show(ui);
            };
            if can_appeal {
                later(ui, "Appeal by", &mut self.appeal_by, &days.appeal_by);
            }
            later(ui, "Ask again on", &mut self.chase_on, &days.chase_on);
        });
    }
}

/// Today, or a day that was.
fn past_day(draft: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let day = typed::date(draft, today).map_err(|reason| reason.to_string())?;
    if day > today { Err("Lies in the future".to_owned()) } else { Ok(day) }
}

/// A day to come, or none.
fn later_day(draft: &str, today: NaiveDate) -> Day {
    if draft.trim().is_empty() {
        return Ok(None);
    }
    let day = coming_day(draft, today)?;
    if day < today { Err("Lies in the past".to_owned()) } else { Ok(Some(day)) }
}

/// What comes of it.
fn comes_ui(ui: &mut Ui, comes: &Result<AccessPreview, String>, days: &[String]) {
    let tokens = theme::tokens(ui);
    match comes {
        Err(why) => reason_ui(ui, why),
        Ok(comes) => {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
                ui.label(RichText::new(&comes.next).font(theme::semibold(tokens.sizes.body)));
                for line in comes.lines.iter().chain(days) {
                    ui.add(egui::Label::new(RichText::new(line).color(tokens.muted)).wrap());
                }
            });
        }
    }
}
