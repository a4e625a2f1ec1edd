//! Something on a platform's to-do list whose day has come. Its name holds the day, so that another day is told anew.

use chrono::NaiveDate;

use super::{Ground, Need, Needs, Severity, What};
use crate::domain::ids::PlatformId;

pub(super) const KIND: &str = "to-do ";

/// Something to do whose day has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDo {
    /// The platform.
    pub platform: PlatformId,
    /// What it is.
    pub text: String,
    /// Its day: today or before.
    pub due_on: NaiveDate,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    for platform in ground.book.platforms() {
        for todo in platform.checklist.iter().filter(|todo| todo.done_on.is_none()) {
            let Some(due_on) = todo.due_on.filter(|due_on| *due_on <= ground.today) else { continue };
            all.needs.push(Need {
                name: format!("{KIND}{} {due_on} {}", platform.id, todo.text),
                severity: Severity::Warn,
                what: What::ToDo(ToDo { platform: platform.id, text: todo.text.clone(), due_on }),
            });
        }
    }
}
