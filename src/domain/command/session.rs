//! Sessions by hand: add, edit, delete. Overlaps are accepted; the queries flag them.

use super::{check, timer};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::earning::{Covers, Earning};
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

/// An earning that stands for a session which goes stands for the others of its work alone.
pub(super) fn delete(book: &Book, ids: &[SessionId]) -> Result<Change, Refused> {
    let edits = ids
        .iter()
        .map(|id| timer::session(book, *id).map(|session| Edit::delete(session.clone())))
        .collect::<Result<Vec<_>, _>>()?;
    let covering = book.earnings().filter_map(|earning| {
        let Covers::Sessions(named) = &earning.covers else { return None };
        let left: Vec<SessionId> = named.iter().copied().filter(|id| !ids.contains(id)).collect();
        let moves = left.len() < named.len();
        moves.then(|| Change::replace(earning, Earning { covers: Covers::Sessions(left), ..(**earning).clone() }))
    });
    Ok(covering.fold(Change::new(edits), Change::then))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{EarningId, PlatformId};
    use crate::domain::query::soundness::dangling;
    use crate::domain::query::work::testkit::{Kit, day, session, usd};
    use crate::domain::span::DayRange;

    #[test]
    fn an_earning_stands_for_what_is_left_of_its_sessions_and_undo_brings_all_back() {
        let mut kit = Kit::new();
        kit.put(session(7, "2026-11-20T07:00:00Z", None));
        kit.put(session(8, "2026-11-20T09:00:00Z", None));
        let worked = DayRange::day(day("2026-11-20"));
        let covers = Covers::Sessions(vec![SessionId(7), SessionId(8)]);
        kit.put(Earning { covers, ..Earning::work(EarningId(1), PlatformId(1), usd("50"), worked) });
        let before = kit.book.clone();
        let change = delete(&kit.book, &[SessionId(7)]).unwrap();
        kit.book.apply(&change);
        assert_eq!(kit.book.earning(EarningId(1)).unwrap().covers, Covers::Sessions(vec![SessionId(8)]));
        assert_eq!(dangling(&kit.book), []);
        kit.book.apply(&change.reversed());
        assert_eq!(kit.book, before);
    }
}
