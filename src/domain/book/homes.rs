//! Homes: in which month each record stands, so that one is found by its id without a look into every month.

use std::sync::Arc;

use super::{Book, Bucket};
use crate::domain::change::Record;
use crate::domain::index::Index;
use crate::domain::span::Month;

/// In which month each record stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Homes {
    pub(super) sessions: Index<Short>,
    pub(super) earnings: Index<Short>,
    pub(super) payouts: Index<Short>,
    pub(super) movements: Index<Short>,
}

/// A month in few bytes; years beyond them stand for the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Short(i16);

impl Short {
    pub(super) fn of(month: Month) -> Self {
        let months = i64::from(month.year) * 12 + i64::from(month.month) - 1 - Self::FIRST;
        Self(i16::try_from(months).unwrap_or(i16::MAX))
    }

    /// January of the year 2000.
    const FIRST: i64 = 2000 * 12;

    /// `None` for what is too far away to be told.
    fn month(self) -> Option<Month> {
        let months = (self.0 != i16::MAX).then_some(i64::from(self.0) + Self::FIRST)?;
        let year = i32::try_from(months.div_euclid(12)).ok()?;
        Some(Month { year, month: u32::try_from(months.rem_euclid(12)).ok()? + 1 })
    }
}

impl Book {
    /// Notes in which month a record stands. That it stands there no longer is found out by looking.
    pub(super) fn note_home(&mut self, record: &Record, month: Month) {
        type In = (fn(&Homes) -> &Index<Short>, fn(&mut Homes) -> &mut Index<Short>);
        let (id, (read, write)): (u64, In) = match record {
            Record::Session(session) => (session.id.0, (|homes| &homes.sessions, |homes| &mut homes.sessions)),
            Record::Earning(earning) => (earning.id.0, (|homes| &homes.earnings, |homes| &mut homes.earnings)),
            Record::Payout(payout) => (payout.id.0, (|homes| &homes.payouts, |homes| &mut homes.payouts)),
            Record::Movement(movement) => (movement.id.0, (|homes| &homes.movements, |homes| &mut homes.movements)),
            Record::Settings(_)
            | Record::Platform(_)
            | Record::Project(_)
            | Record::Terms(_)
            | Record::Schedule(_)
            | Record::Route(_)
            | Record::Rate(_)
            | Record::Bill(_)
            | Record::Seen(_) => return,
        };
        let short = Short::of(month);
        // Asked first, since a change copies what other Books share.
        if !read(&self.homes).candidates(id).any(|held| held == short) {
            write(Arc::make_mut(&mut self.homes)).put(id, short);
        }
    }

    /// The buckets in which a record may stand, by what was noted of its id.
    pub(super) fn homes_of<'b>(&'b self, index: &'b Index<Short>, id: u64) -> impl Iterator<Item = &'b Arc<Bucket>> {
        index.candidates(id).flat_map(move |short| {
            let (near, far) = match short.month() {
                Some(month) => (self.months.get(&month), None),
                None => (None, Some(self.months.values().rev())),
            };
            near.into_iter().chain(far.into_iter().flatten())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::Change;
    use crate::domain::ids::SessionId;
    use crate::domain::money::Currency;
    use crate::domain::session::Session;
    use crate::domain::settings::Settings;
    use crate::domain::testing::at;

    #[test]
    fn months_far_away_are_told_or_looked_for() {
        for month in ["1970-01", "1999-12", "2000-01", "2026-11", "4000-06"] {
            let month: Month = month.parse().unwrap();
            assert_eq!(Short::of(month).month(), Some(month));
        }
        assert_eq!(Short::of("9999-01".parse().unwrap()).month(), None);
    }

    #[test]
    fn records_are_found_in_the_month_to_which_they_moved_and_by_ids_that_look_alike() {
        let mut book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        let twin = SessionId(1 | (1 << 40));
        let session = |id, from: &str| Session::begun(id, at(from), chrono_tz::UTC);
        let from = ["2026-11-22T10:00:00Z", "2016-03-01T10:00:00Z", "9999-01-01T10:00:00Z"];
        book.apply(&Change::create(session(SessionId(1), from[0])));
        book.apply(&Change::create(session(twin, from[0])));
        for next in from {
            let before = Arc::clone(book.session(twin).unwrap());
            book.apply(&Change::replace(&before, session(twin, next)));
            assert_eq!(book.session(twin).map(|session| session.started_at), Some(at(next)));
            assert_eq!(book.session(SessionId(1)).map(|session| session.started_at), Some(at(from[0])));
        }
        let gone = Change::create(session(twin, from[2])).reversed();
        book.apply(&gone);
        assert_eq!((book.session(twin), book.session(SessionId(1)).is_some()), (None, true));
    }
}
