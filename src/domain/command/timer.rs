//! The timer's verbs: start, switch, pause, resume, stop, move the start, count tasks.
//!
//! A running timer is a session with a start and no end. Several may run; the switch of the bar stops the others.

use std::sync::Arc;

use nonmax::NonMaxU32;

use super::check;
use crate::domain::book::Book;
use crate::domain::change::{Change, Key};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::session::{Activity, Pause, Session, SessionState};
use crate::domain::span::{Now, Timestamp};

/// A timer to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The new session's id.
    pub id: SessionId,
    /// What is worked on; may be named later.
    pub project: Option<ProjectId>,
    /// What the time goes to.
    pub activity: Activity,
    /// The kind of task.
    pub task_type: Option<String>,
    /// When it began: now, or a little earlier.
    pub started_at: Timestamp,
}

/// The session of an id, or that it is gone.
pub(super) fn session(book: &Book, id: SessionId) -> Result<&Arc<Session>, Refused> {
    book.session(id).ok_or_else(|| Refusal::Gone(Key::Session(id)).into())
}

/// The open session of an id, or why it isn't one.
fn open_session(book: &Book, id: SessionId) -> Result<&Arc<Session>, Refused> {
    let found = session(book, id)?;
    if found.is_open() { Ok(found) } else { Err(Refusal::AlreadyEnded.into()) }
}

pub(super) fn start(book: &Book, start: &Start, now: Now) -> Result<Change, Refused> {
    if let Some(id) = start.project
        && book.project(id).is_none()
    {
        return Err(Refusal::Gone(Key::Project(id)).into());
    }
    let begun = Session {
        project: start.project,
        activity: start.activity,
        paid: start.activity.usually_paid(),
        task_type: start.task_type.as_deref().map(Into::into),
        ..Session::begun(start.id, start.started_at, now.zone)
    };
    check::session(&begun, now)?;
    Ok(Change::create(begun))
}

pub(super) fn switch(book: &Book, start_of: &Start, now: Now) -> Result<Change, Refused> {
    let mut change = Change::default();
    for open in book.open_sessions() {
        // A start moved back before another's start still ends that one at its own start, never earlier.
        let at = start_of.started_at.max(open.started_at);
        change = change.then(Change::replace(open, open.stopped(at)));
    }
    Ok(change.then(start(book, start_of, now)?))
}

pub(super) fn pause(book: &Book, id: SessionId, now: Now) -> Result<Change, Refused> {
    let running = open_session(book, id)?;
    if running.state() == SessionState::Paused {
        return Err(Refusal::AlreadyPaused.into());
    }
    let mut paused = (**running).clone();
    let after = paused.pauses.last().and_then(|last| last.until).unwrap_or(paused.started_at);
    paused.pauses.push(Pause { from: now.at.max(after), until: None });
    Ok(Change::replace(running, paused))
}

pub(super) fn resume(book: &Book, id: SessionId, now: Now) -> Result<Change, Refused> {
    let paused = open_session(book, id)?;
    let mut resumed = (**paused).clone();
    match resumed.pauses.last_mut() {
        Some(last) if last.until.is_none() => last.until = Some(now.at.max(last.from)),
        _ => return Err(Refusal::NotPaused.into()),
    }
    Ok(Change::replace(paused, resumed))
}

/// Stops a timer. Where the machine's clock was set back behind its start it ends at its start, to be put right by hand.
pub(super) fn stop(book: &Book, id: SessionId, now: Now) -> Result<Change, Refused> {
    let open = open_session(book, id)?;
    Ok(Change::replace(open, open.stopped(now.at.max(open.started_at))))
}

pub(super) fn move_start(book: &Book, id: SessionId, started_at: Timestamp, now: Now) -> Result<Change, Refused> {
    let before = session(book, id)?;
    let mut moved = (**before).clone();
    moved.started_at = started_at;
    check::session(&moved, now)?;
    Ok(Change::replace(before, moved))
}

pub(super) fn count_tasks(book: &Book, id: SessionId, more: u32) -> Result<Change, Refused> {
    let before = session(book, id)?;
    let mut counted = (**before).clone();
    let tasks = counted.tasks.map_or(0, u32::from).saturating_add(more);
    if tasks > check::limits::TASKS {
        return Err(Refusal::TooMany(tasks, check::limits::TASKS).at(Field::Tasks));
    }
    counted.tasks = NonMaxU32::new(tasks);
    Ok(Change::replace(before, counted))
}
