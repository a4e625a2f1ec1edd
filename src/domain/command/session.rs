//! Sessions by hand: add, edit, delete. Overlaps are accepted; the queries flag them.

use super::{check, timer};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::SessionId;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::session::Session;
use crate::domain::span::Now;

pub(super) fn add(book: &Book, session: &Session, now: Now) -> Result<Change, Refused> {
    if session.own_secs(now.at) <= 0 {
        return Err(Refusal::NoTime.at(Field::End));
    }
    check_new(book, session, now)?;
    Ok(Change::create(session.clone()))
}

pub(super) fn edit(book: &Book, session: &Session, now: Now) -> Result<Change, Refused> {
    let before = timer::session(book, session.id)?;
    check_new(book, session, now)?;
    Ok(Change::replace(before, session.clone()))
}

fn check_new(book: &Book, session: &Session, now: Now) -> Result<(), Refused> {
    if let Some(id) = session.project
        && book.project(id).is_none()
    {
        return Err(Refusal::Gone(Key::Project(id)).into());
    }
    check::session(session, now)
}

pub(super) fn delete(book: &Book, ids: &[SessionId]) -> Result<Change, Refused> {
    let edits = ids
        .iter()
        .map(|id| timer::session(book, *id).map(|session| Edit::delete(session.clone())))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Change::new(edits))
}
