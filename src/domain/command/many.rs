//! One thing set on several sessions: the project, the activity, the task type, whether it is paid, the credited time.
//!
//! All of them or none: one that may not be set so is refused for all, and it is one step of undo.

use super::check;
use super::timer;
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::refusal::{Refusal, Refused};
use crate::domain::session::{Activity, Session};
use crate::domain::span::{Now, Timestamp};

/// What is set on sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionSetting {
    /// The project; `None` takes the name off again.
    Project(Option<ProjectId>),
    /// The activity; whether it is paid follows, unless that was said otherwise before.
    Activity(Activity),
    /// The task type; `None` takes it off.
    TaskType(Option<String>),
    /// Whether the time is paid.
    Paid(bool),
    /// The time that the platform pays for.
    Credited(Credited),
}

/// The time that a platform pays for, as it is said of several sessions at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credited {
    /// All of the own time of each; a timer that runs is left as it is.
    AsOwn,
    /// So many seconds for each.
    Each(i64),
    /// Not known.
    Unknown,
}

pub(super) fn set(book: &Book, ids: &[SessionId], to: &SessionSetting, now: Now) -> Result<Change, Refused> {
    if let SessionSetting::Project(Some(id)) = to
        && book.project(*id).is_none()
    {
        return Err(Refusal::Gone(Key::Project(*id)).into());
    }
    let mut edits = Vec::with_capacity(ids.len());
    for id in ids {
        let before = timer::session(book, *id)?;
        let after = with(before, to, now);
        check::session(&after, now)?;
        edits.extend(Edit::from_sides(Some(Record::from(before.clone())), Some(Record::from(after))));
    }
    Ok(Change::new(edits))
}

/// The same session, reported at an instant.
pub(super) fn reported(before: &Session, at: Timestamp) -> Session {
    let mut after = before.clone();
    after.reported_at = Some(at);
    after
}

fn with(before: &Session, to: &SessionSetting, now: Now) -> Session {
    let mut after = before.clone();
    match to {
        SessionSetting::Project(project) => after.project = *project,
        SessionSetting::Activity(activity) => {
            if before.paid == before.activity.usually_paid() {
                after.paid = activity.usually_paid();
            }
            after.activity = *activity;
        }
        SessionSetting::TaskType(task_type) => {
            after.task_type = task_type.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Into::into);
        }
        SessionSetting::Paid(paid) => after.paid = *paid,
        SessionSetting::Credited(Credited::AsOwn) if before.is_open() => {}
        SessionSetting::Credited(Credited::AsOwn) => after.credited_secs = Some(before.own_secs(now.at)),
        SessionSetting::Credited(Credited::Each(secs)) => after.credited_secs = Some(*secs),
        SessionSetting::Credited(Credited::Unknown) => after.credited_secs = None,
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{Command, plan, words};
    use crate::domain::query::work::testkit::{Kit, at};
    use crate::domain::refusal::Field;

    const BOTH: [SessionId; 2] = [SessionId(1), SessionId(2)];

    fn now() -> Now {
        Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
    }

    fn kit() -> Kit {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z", |_| {});
        kit.work(2, 1, "2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z", |session| session.paid = false);
        kit
    }

    fn set(book: &Book, to: SessionSetting) -> (Book, String) {
        let command = Command::SetSessions { ids: BOTH.to_vec(), to };
        let change = plan(book, &command, now()).unwrap();
        let mut after = book.clone();
        after.apply(&change);
        let mut back = after.clone();
        back.apply(&change.reversed());
        assert_eq!(&back, book, "undo puts all of it back");
        (after, words(book, &command))
    }

    #[test]
    fn each_thing_is_set_on_all_of_them_in_one_step() {
        let book = kit().book;
        let get = |book: &Book, id: u64| book.session(SessionId(id)).unwrap().as_ref().clone();
        let (moved, said) = set(&book, SessionSetting::Project(Some(ProjectId(2))));
        assert_eq!(said, "Move 2 sessions to Project 2");
        assert!(BOTH.iter().all(|id| get(&moved, id.0).project == Some(ProjectId(2))));
        let (typed, _) = set(&book, SessionSetting::TaskType(Some(" Coding ".into())));
        assert_eq!(get(&typed, 1).task_type.as_deref(), Some("Coding"));
        let (unpaid, said) = set(&book, SessionSetting::Paid(false));
        assert!(!get(&unpaid, 1).paid && !get(&unpaid, 2).paid);
        assert_eq!(said, "Mark 2 sessions as unpaid");
        let (credited, _) = set(&book, SessionSetting::Credited(Credited::AsOwn));
        assert_eq!(get(&credited, 2).credited_secs, Some(3600));
        let (each, _) = set(&credited, SessionSetting::Credited(Credited::Each(1800)));
        assert_eq!(get(&each, 1).credited_secs, Some(1800));
        let (unknown, _) = set(&each, SessionSetting::Credited(Credited::Unknown));
        assert_eq!(get(&unknown, 1).credited_secs, None);
    }

    #[test]
    fn paid_follows_the_activity_unless_it_was_said_otherwise() {
        let mut kit = kit();
        // Rework that is paid, by the user's own word.
        kit.work(2, 1, "2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z", |session| session.activity = Activity::Rework);
        let (after, _) = set(&kit.book, SessionSetting::Activity(Activity::Admin));
        let paid = |book: &Book, id: u64| book.session(SessionId(id)).unwrap().paid;
        assert!(!paid(&after, 1), "admin is unpaid");
        assert!(paid(&after, 2), "and this one was said to be paid");
        let (back, _) = set(&after, SessionSetting::Activity(Activity::PaidWork));
        assert!(paid(&back, 1) && paid(&back, 2));
    }

    #[test]
    fn what_may_not_be_is_refused_for_all() {
        let book = kit().book;
        let refused = |ids: &[u64], to| {
            let ids = ids.iter().copied().map(SessionId).collect();
            plan(&book, &Command::SetSessions { ids, to }, now()).unwrap_err()
        };
        let of = refused(&[1, 2], SessionSetting::Credited(Credited::Each(-1)));
        assert_eq!(of.field, Field::Credited);
        assert_eq!(
            refused(&[1], SessionSetting::Project(Some(ProjectId(9)))).refusal,
            Refusal::Gone(Key::Project(ProjectId(9)))
        );
        assert_eq!(refused(&[1, 9], SessionSetting::Paid(true)).refusal, Refusal::Gone(Key::Session(SessionId(9))));
    }
}
