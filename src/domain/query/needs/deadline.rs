//! A deadline that is near or past: a claimed task, a milestone, returned work, the day from which to ask for late money.
//! Its name holds its day and whether that is past, so that one put aside comes up once more when it is missed.

use super::{Ground, Need, Needs, Severity, What, key_name};
use crate::domain::query::deadlines::{Deadline, DeadlineKind, of_work};

pub(super) const KIND: &str = "deadline ";

/// How many days before its day a deadline is told: time enough to work a day for it.
const DAYS_BEFORE: i64 = 1;

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    for deadline in of_work(ground.work, ground.calendar, ground.today) {
        let left = (deadline.on - ground.today).num_days();
        // One asks for money from the day itself on; its being late is told already.
        let before = if matches!(deadline.kind, DeadlineKind::Chase(_)) { 0 } else { DAYS_BEFORE };
        if left > before {
            continue;
        }
        let past = left < 0;
        all.needs.push(Need {
            name: format!("{KIND}{} {} {}", kind_name(&deadline), deadline.on, if past { "past" } else { "near" }),
            severity: if past { Severity::Bad } else { Severity::Warn },
            what: What::Deadline(deadline),
        });
    }
}

fn kind_name(deadline: &Deadline) -> String {
    match deadline.kind {
        DeadlineKind::Task(id) => format!("task {id}"),
        DeadlineKind::Rework(id) => format!("rework {id}"),
        DeadlineKind::Milestone(Some(id)) => format!("milestone {id}"),
        DeadlineKind::Milestone(None) => {
            let project = deadline.project.map_or_else(|| "-".to_owned(), |id| id.to_string());
            format!("milestone {project} {}", deadline.name)
        }
        DeadlineKind::Chase(key) => format!("chase {}", key_name(&key)),
    }
}
