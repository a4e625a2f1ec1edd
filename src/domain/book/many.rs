//! Many sessions at once: a Book that is read, a file that is taken in.

use std::sync::Arc;

use super::homes::Short;
use super::sessions::{Sessions, Stays};
use super::{Book, Bucket};
use crate::domain::ahead;
use crate::domain::change::{Change, Edit, Key, Record};
use crate::domain::ids::SessionId;
use crate::domain::index::Gathered;
use crate::domain::session::Session;
use crate::domain::settings::Settings;
use crate::domain::span::Month;

/// Up to so many edits are applied one by one; the sessions of more are set month by month.
pub(super) const FEW: usize = 256;

impl Book {
    /// Sets many sessions.
    pub(super) fn apply_to_sessions(&mut self, edits: &[&Edit]) {
        let homes: Vec<(u64, Short)> = edits
            .iter()
            .filter_map(|edit| session(edit.after()))
            .map(|after| (after.id.0, Short::of(Month::of(after.started_at))))
            .collect();
        if !homes.is_empty() {
            Arc::make_mut(&mut self.homes).sessions.put_many(&homes);
        }
        self.put_in_months(edits);
    }

    /// Sets many sessions month by month: each is sorted once. Where they stand is noted by nobody.
    fn put_in_months(&mut self, edits: &[&Edit]) {
        let mut changes: Vec<(Month, Stays<'_>)> = Vec::with_capacity(edits.len());
        for edit in edits {
            let (before, after) = (session(edit.before()), session(edit.after()));
            if let Some(before) = before {
                changes.push((Month::of(before.started_at), (before.id, None)));
                if self.open.contains_key(&before.id) {
                    Arc::make_mut(&mut self.open).remove(&before.id);
                }
            }
            if let Some(after) = after {
                let month = Month::of(after.started_at);
                changes.push((month, (after.id, Some(after))));
                if after.is_open() {
                    Arc::make_mut(&mut self.open).insert(after.id, month);
                } else if self.open.contains_key(&after.id) {
                    Arc::make_mut(&mut self.open).remove(&after.id);
                }
            }
        }
        // Stable: of several changes of one session the last stands.
        changes.sort_by_key(|(month, _)| *month);
        for changes in changes.chunk_by(|a, b| a.0 == b.0) {
            let Some((month, _)) = changes.first() else { continue };
            let bucket = Arc::make_mut(self.months.entry(*month).or_default());
            bucket.revision = self.revision;
            bucket.sessions.put_many(changes.iter().map(|(_, change)| *change).collect());
            if bucket.is_empty() {
                self.months.remove(month);
            }
        }
    }
}

/// Sessions of one month: put in order in whatever thread, and then a month of a Book at once.
#[derive(Debug)]
pub(crate) struct OfMonth {
    month: Month,
    sessions: Sessions,
    ids: Vec<SessionId>,
    open: Vec<SessionId>,
}

impl OfMonth {
    /// Puts the sessions of a month in order; of several of one the last stands.
    pub(crate) fn of(month: Month, sessions: Vec<Arc<Session>>) -> Self {
        let (sessions, ids) = Sessions::last_of_each(sessions);
        let open = sessions.iter().filter(|session| session.is_open()).map(|session| session.id).collect();
        Self { month, sessions, ids, open }
    }

    /// The ids of all that were given, sorted.
    pub(crate) fn ids(&self) -> &[SessionId] {
        &self.ids
    }
}

/// A Book that is being read. Its sessions are found by their ids only once it is whole: each is noted then, in the place
/// where it ended up.
#[derive(Debug)]
pub(crate) struct Filling(Book);

impl Filling {
    /// Nothing was read yet.
    pub(crate) fn new(settings: Settings) -> Self {
        Self(Book::new(settings))
    }

    /// Applies what was read.
    pub(crate) fn apply(&mut self, change: &Change) {
        let (sessions, others): (Vec<&Edit>, Vec<&Edit>) =
            change.edits().iter().partition(|edit| matches!(edit.key(), Key::Session(_)));
        self.0.revision += 1;
        self.0.put_in_months(&sessions);
        for edit in others {
            self.0.apply_edit(edit);
        }
    }

    /// Takes sessions of a month.
    pub(crate) fn take(&mut self, of_month: OfMonth) {
        let OfMonth { month, sessions, open, .. } = of_month;
        if sessions.is_empty() {
            return;
        }
        self.0.revision += 1;
        let bucket = Arc::make_mut(self.0.months.entry(month).or_default());
        bucket.revision = self.0.revision;
        if bucket.sessions.is_empty() {
            bucket.sessions = sessions;
        } else {
            bucket.sessions.put_many(sessions.iter().map(|session| (session.id, Some(session))).collect());
        }
        if !open.is_empty() {
            Arc::make_mut(&mut self.0.open).extend(open.into_iter().map(|id| (id, month)));
        }
    }

    /// The Book, with nothing more to come.
    pub(crate) fn whole(mut self) -> Book {
        let months: Vec<_> = self.0.months.iter().collect();
        let mut homes = Gathered::with_room(self.0.sessions().count());
        let ids = |(): &mut (), (_, bucket): &(&Month, &Arc<Bucket>)| -> Vec<u64> {
            bucket.sessions().map(|session| session.id.0).collect()
        };
        let note = |(month, _): &(&Month, &Arc<Bucket>), ids: Vec<u64>| {
            let short = Short::of(**month);
            for id in ids {
                homes.put(id, short);
            }
        };
        ahead::in_order(&months, || (), ids, note);
        let sessions = homes.sorted();
        Arc::make_mut(&mut self.0.homes).sessions = sessions;
        self.0
    }
}

fn session(record: Option<&Record>) -> Option<&Arc<Session>> {
    match record {
        Some(Record::Session(session)) => Some(session),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::testing::at;

    /// Sessions over eight months, every ninth of them without an end.
    fn sessions(hours_later: i64) -> Vec<Session> {
        let start = at("2026-01-31T20:00:00Z") + chrono::TimeDelta::hours(hours_later);
        let one = |n: u64| {
            let from = start + chrono::TimeDelta::hours(i64::try_from(n).unwrap() * 13);
            let ended_at = (!n.is_multiple_of(9)).then(|| from + chrono::TimeDelta::minutes(40));
            Session { ended_at, ..Session::begun(SessionId(n * 7919 % 5003), from, chrono_tz::UTC) }
        };
        (0..450).map(one).collect()
    }

    #[test]
    fn edits_at_once_make_the_book_that_they_make_one_by_one() {
        let create: Vec<Edit> = sessions(0).into_iter().map(Edit::create).collect();
        let moved = sessions(30);
        let mut edits: Vec<Edit> = sessions(0)
            .into_iter()
            .zip(moved)
            .filter_map(|(before, after)| Edit::from_sides(Some(before.into()), Some(after.into())))
            .collect();
        // Some go; and one is edited twice in one change.
        edits.extend(sessions(30).into_iter().step_by(4).map(Edit::delete));
        edits.extend(sessions(50).into_iter().take(1).map(Edit::create));
        let first = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        let (mut at_once, mut one_by_one) = (first.clone(), first.clone());
        let mut filling = Filling::new((**first.settings()).clone());
        for edits in [create, edits] {
            filling.apply(&Change::new(edits.clone()));
            at_once.apply(&Change::new(edits.clone()));
            for edit in &edits {
                one_by_one.apply(&Change::new(vec![edit.clone()]));
            }
            assert_eq!(at_once, one_by_one);
            let open = |book: &Book| book.open_sessions().map(|session| session.id).collect::<Vec<_>>();
            assert_eq!(open(&at_once), open(&one_by_one));
            assert!(at_once.sessions().all(|session| at_once.session(session.id) == Some(session)));
        }
        let filled = filling.whole();
        assert_eq!(filled, at_once);
        assert!(at_once.sessions().all(|session| filled.session(session.id) == Some(session)));
    }

    #[test]
    fn sessions_by_the_month_make_the_book_that_they_make_as_edits() {
        let all = sessions(0);
        let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        book.apply(&Change::new(all.iter().cloned().map(Edit::create).collect()));
        // Of one month some are there already.
        let mut filling = Filling::new((**book.settings()).clone());
        filling.apply(&Change::new(all.iter().take(3).cloned().map(Edit::create).collect()));
        for of_month in all[3..].chunk_by(|a, b| Month::of(a.started_at) == Month::of(b.started_at)) {
            let month = Month::of(of_month[0].started_at);
            let of_month = OfMonth::of(month, of_month.iter().rev().cloned().map(Arc::new).collect());
            assert!(of_month.ids().is_sorted());
            filling.take(of_month);
        }
        let filled = filling.whole();
        assert_eq!(filled, book);
        let open = |book: &Book| book.open_sessions().map(|session| session.id).collect::<Vec<_>>();
        assert_eq!(open(&filled), open(&book));
    }

    #[test]
    fn of_a_session_that_is_there_several_times_the_last_stands_and_each_is_told() {
        let one = sessions(0).swap_remove(0);
        let noted = |note: &str| {
            let mut noted = one.clone();
            noted.note = note.to_owned();
            noted
        };
        let other = Session { id: SessionId(4_999), ended_at: Some(one.started_at), ..one.clone() };
        let all = [noted("first"), other, noted("second"), Session { ended_at: None, ..noted("last") }];
        let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        for session in &all {
            book.apply(&Change::create(session.clone()));
        }
        let of_month = OfMonth::of(Month::of(one.started_at), all.iter().cloned().map(Arc::new).collect());
        assert_eq!(of_month.ids(), [one.id, one.id, one.id, SessionId(4_999)]);
        let mut filling = Filling::new((**book.settings()).clone());
        filling.take(of_month);
        let filled = filling.whole();
        assert_eq!(filled, book);
        assert_eq!(filled.open_sessions().map(|session| session.note.as_str()).collect::<Vec<_>>(), ["last"]);
    }
}
