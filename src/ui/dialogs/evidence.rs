//! Collect evidence: one folder with the sessions, what was credited, payouts, terms, files and a text to send.
//!
//! The folder is written in the background and can be stopped; what came of it is shown here.

use std::path::Path;

use egui::{RichText, Ui};

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::view::evidence::{Whose, appeal, folder_name};
use super::super::view::reasons::counted;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::{Field, reason_ui};
use super::super::{theme, typed};
use super::under_way::{Told, UnderWay, progress_ui};
use crate::domain::command::AccessEnded;
use crate::domain::ids::PlatformId;
use crate::domain::query::calendar::{of_platform, with_platform};

/// The longest text to send, in letters.
const TEXT_LETTERS: usize = 20_000;

/// A folder that is asked for.
#[derive(Debug, Clone)]
pub struct EvidenceWish {
    /// Whose evidence.
    pub whose: Whose,
    /// The whole path of the folder.
    pub folder: String,
    /// The text to send.
    pub appeal: String,
    /// Where to say how far it is.
    pub collecting: UnderWay,
}

/// Collect evidence.
#[derive(Debug)]
pub struct EvidenceDialog {
    whose: Whose,
    title: String,
    folder: String,
    ended: Option<AccessEnded>,
    /// `None` until it is first drawn: what ended is recorded by then, and the text says the same as the tables.
    appeal: Option<String>,
    files: usize,
    under_way: Option<UnderWay>,
}

impl EvidenceDialog {
    /// Of a platform, or of the project that ended; `None` where it is gone.
    #[must_use]
    pub fn new(cx: &Cx<'_>, id: PlatformId, ended: Option<&AccessEnded>) -> Option<Self> {
        let platform = cx.book.platform(id)?;
        let whose = Whose::of(id, ended.map(|ended| ended.ending));
        let folder = cx.folder.map_or_else(String::new, |folder| {
            let path = Path::new(folder.path).join("evidence").join(folder_name(cx.book, whose, cx.today));
            path.display().to_string()
        });
        Some(Self {
            whose,
            title: format!("Evidence of {}", whose.name(cx.book)),
            folder,
            ended: ended.cloned(),
            appeal: None,
            files: platform.files.len(),
            under_way: None,
        })
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        self.appeal.get_or_insert_with(|| {
            let platform = self.whose.platform;
            let found = of_platform(cx.book, platform, cx.now);
            let calendar = with_platform(&cx.figures.calendar, platform, found);
            appeal(
                (cx.book, cx.lacking.in_all().as_ref()),
                &calendar,
                self.whose,
                self.ended.as_ref(),
                cx.now,
                cx.today,
            )
        });
        match self.under_way.clone() {
            Some(collecting) => self.under_way_ui(ctx, &collecting, actions),
            None => self.form_ui(ctx, actions),
        }
    }

    fn form_ui(&mut self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        let folder = typed::path(&self.folder);
        let reason = folder.as_ref().err().map(ToString::to_string).filter(|_| !self.folder.trim().is_empty());
        let title = self.title.clone();
        let text = self.appeal.get_or_insert_default();
        let dialog = Dialog::new(&title, "Write the folder").sendable(folder.is_ok()).width(680.0);
        let shown = dialog.note("Nothing leaves this computer").show(ctx, |ui| {
            Field::new("Folder", &mut self.folder)
                .limit(1_000)
                .hint("/home/ada/evidence")
                .reason(reason.as_deref())
                .note("It is made anew; a name that is taken gets a number")
                .show(ui);
            let copies = match self.files {
                0 => String::new(),
                files => format!(", copies of {}", counted(files, "attached file")),
            };
            let holds = format!("Sessions, what was credited, payouts, the quality log and the terms{copies}");
            ui.add(egui::Label::new(holds).wrap());
            Field::new("Text to send", text).rows(12).limit(TEXT_LETTERS).autofocus().show(ui);
        });
        match (shown.outcome, folder) {
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Sent, Ok(folder)) => {
                let collecting = UnderWay::default();
                self.under_way = Some(collecting.clone());
                actions.push(Action::CollectEvidence(EvidenceWish {
                    whose: self.whose,
                    folder,
                    appeal: self.appeal.clone().unwrap_or_default(),
                    collecting,
                }));
            }
            (Outcome::Sent | Outcome::Open, _) => {}
        }
    }

    fn under_way_ui(&mut self, ctx: &egui::Context, collecting: &UnderWay, actions: &mut Vec<Action>) {
        let state = collecting.state();
        let title = self.title.clone();
        let Some(told) = state.told else {
            let dialog = Dialog::new(&title, "").cancel("Stop").width(680.0);
            let shown = dialog.show(ctx, |ui| progress_ui(ui, state.done, state.of));
            if shown.outcome != Outcome::Open {
                collecting.stop();
            }
            return;
        };
        let written = match &told {
            Told::Written { folder, .. } => Some(folder.clone()),
            Told::Failed(_) => None,
        };
        let send = if written.is_some() { "Open folder" } else { "Try again" };
        let shown = Dialog::new(&title, send).cancel("Close").width(680.0).show(ctx, |ui| told_ui(ui, &told));
        match (shown.outcome, written) {
            (Outcome::Sent, Some(folder)) => actions.push(Action::OpenOutside(folder)),
            (Outcome::Sent, None) => self.under_way = None,
            (Outcome::Cancelled, _) => actions.push(Action::CloseDialog),
            (Outcome::Open, _) => {}
        }
    }
}

fn told_ui(ui: &mut Ui, told: &Told) {
    let tokens = theme::tokens(ui);
    match told {
        Told::Failed(why) => reason_ui(ui, why),
        Told::Written { folder, left_out } => {
            ui.label(RichText::new("The folder is written").color(tokens.good));
            ui.add(egui::Label::new(folder).wrap());
            for line in left_out {
                ui.add(egui::Label::new(RichText::new(format!("Not copied: {line}")).color(tokens.warn)).wrap());
            }
            card::note(ui, "Look through it before you send it: it holds your own notes too");
        }
    }
}
