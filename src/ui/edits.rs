//! Changes of a part of a record as commands: one step of undo, with words of their own.

use crate::domain::command::Command;
use crate::domain::platform::{Platform, Project};

/// A platform with one thing changed; `words` say it in the history: "Tick W-8BEN of Outlier".
#[must_use]
pub fn platform(before: &Platform, words: String, edit: impl FnOnce(&mut Platform)) -> Command {
    let mut after = before.clone();
    edit(&mut after);
    Command::Together { words, commands: vec![Command::EditPlatform(Box::new(after))] }
}

/// A project with one thing changed.
#[must_use]
pub fn project(before: &Project, words: String, edit: impl FnOnce(&mut Project)) -> Command {
    let mut after = before.clone();
    edit(&mut after);
    Command::Together { words, commands: vec![Command::EditProject(Box::new(after))] }
}
