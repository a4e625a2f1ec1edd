//! Restoring a backup: what changes, said before; a backup of now first; one step of undo after.

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::Style;
use super::super::view::backups as view;
use super::super::widgets::card;
use super::super::widgets::dialog::{Dialog, Outcome};
use super::super::widgets::field::reason_ui;
use crate::domain::backup::Backup;
use crate::domain::query::restore::Restoring;

/// How far it is.
#[derive(Debug)]
enum State {
    /// What it comes to is being found out.
    Comparing,
    /// It is known, in lines, and whether there is anything to restore.
    Known(Vec<String>, bool),
    /// A backup of now is being made.
    BackingUp(Vec<String>),
    /// The backup can't be read, and why.
    Unreadable(String),
}

/// A backup being restored.
#[derive(Debug)]
pub struct RestoreDialog {
    backup: Backup,
    when: String,
    state: State,
    /// Why it was not restored.
    failed: Option<String>,
}

impl RestoreDialog {
    /// Of a backup; `when` is its day and time for people.
    #[must_use]
    pub fn new(backup: Backup, when: String) -> Self {
        Self { backup, when, state: State::Comparing, failed: None }
    }

    /// The backup.
    #[must_use]
    pub fn backup(&self) -> Backup {
        self.backup
    }

    /// Its day and time for people.
    #[must_use]
    pub fn when(&self) -> &str {
        &self.when
    }

    /// Whether what it comes to is still to be found out.
    #[must_use]
    pub fn compares(&self) -> bool {
        matches!(self.state, State::Comparing)
    }

    /// Whether the user said yes and a backup of now is being made.
    #[must_use]
    pub fn backs_up(&self) -> bool {
        matches!(self.state, State::BackingUp(_))
    }

    /// What it comes to.
    pub fn compared(&mut self, restoring: &Restoring, style: Style) {
        self.state = State::Known(view::differences(restoring, style), !restoring.is_empty());
    }

    /// The backup can't be read, and why.
    pub fn unreadable(&mut self, why: String) {
        self.state = State::Unreadable(why);
    }

    /// The Book has changed meanwhile: what it comes to is found out anew.
    pub fn compare_again(&mut self) {
        self.state = State::Comparing;
    }

    /// It was not restored, and why.
    pub fn failed(&mut self, why: String) {
        self.failed = Some(why);
        if let State::BackingUp(lines) = &mut self.state {
            self.state = State::Known(std::mem::take(lines), true);
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let title = format!("Restore the backup of {}", self.when);
        let can = matches!(self.state, State::Known(_, true)) && !cx.read_only;
        let note = if self.backs_up() { "Making a backup of now …" } else { "" };
        let shown = Dialog::new(&title, "Restore").sendable(can).note(note).show(ctx, |ui| {
            match &self.state {
                State::Comparing => _ = card::note(ui, "Reading …"),
                State::Unreadable(why) => reason_ui(ui, why),
                State::Known(lines, _) | State::BackingUp(lines) => {
                    for line in lines {
                        ui.add(egui::Label::new(line.as_str()).wrap());
                    }
                }
            }
            if let State::Known(_, true) | State::BackingUp(_) = self.state {
                card::note(ui, "A backup of now is made first, and undo takes all of it back.");
            }
            if let Some(why) = &self.failed {
                reason_ui(ui, why);
            }
        });
        match shown.outcome {
            Outcome::Open => {}
            Outcome::Cancelled => actions.push(Action::CloseDialog),
            Outcome::Sent => {
                if let State::Known(lines, _) = &mut self.state {
                    self.state = State::BackingUp(std::mem::take(lines));
                }
                self.failed = None;
                actions.push(Action::Restore);
            }
        }
    }
}
