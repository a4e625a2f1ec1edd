//! Which records were met in the files of the months: a number each, to find those that stand in two places.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::change::{Key, Record};
use crate::domain::ids::{EarningId, MovementId, PayoutId, SessionId};

/// All but the first eight bits of an id.
const SHORTENED: u32 = 56;

/// The records of months that were met.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// By their first bits: one row of a million would be large, and the room of it stays with the process.
    sessions: BTreeMap<u64, Vec<SessionId>>,
    earnings: Vec<EarningId>,
    payouts: Vec<PayoutId>,
    movements: Vec<MovementId>,
}

impl Met {
    /// Notes a record of a month; says whether it is one.
    pub(super) fn note(&mut self, record: &Record) -> bool {
        match record {
            Record::Session(session) => self.note_sessions(&[session.id]),
            Record::Earning(earning) => self.earnings.push(earning.id),
            Record::Payout(payout) => self.payouts.push(payout.id),
            Record::Movement(movement) => self.movements.push(movement.id),
            Record::Settings(_)
            | Record::Platform(_)
            | Record::Project(_)
            | Record::Terms(_)
            | Record::Schedule(_)
            | Record::Route(_)
            | Record::Rate(_)
            | Record::Bill(_)
            | Record::Seen(_) => return false,
        }
        true
    }

    /// Notes sessions of a month.
    pub(super) fn note_sessions(&mut self, ids: &[SessionId]) {
        for id in ids {
            self.sessions.entry(id.0 >> SHORTENED).or_default().push(*id);
        }
    }

    /// Those that were met more than once.
    pub(super) fn doubled(self) -> BTreeSet<Key> {
        let mut doubled = BTreeSet::new();
        doubled.extend(self.sessions.into_values().flat_map(twice).map(Key::Session));
        doubled.extend(twice(self.earnings).into_iter().map(Key::Earning));
        doubled.extend(twice(self.payouts).into_iter().map(Key::Payout));
        doubled.extend(twice(self.movements).into_iter().map(Key::Movement));
        doubled
    }
}

fn twice<I: Ord + Copy>(mut ids: Vec<I>) -> Vec<I> {
    ids.sort_unstable();
    ids.windows(2)
        .filter_map(|pair| if let [one, other] = pair { (one == other).then_some(*one) } else { None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::session::Session;

    #[test]
    fn what_stands_twice_is_named_once() {
        assert_eq!(twice(vec![3, 1, 2, 1, 1, 3]), [1, 1, 3]);
        let mut met = Met::default();
        for id in [7, 5, u64::MAX, 7, 7 | (1 << 60), 7] {
            let at = crate::domain::testing::at("2026-11-22T10:00:00Z");
            assert!(met.note(&Record::from(Session::begun(SessionId(id), at, chrono_tz::UTC))));
        }
        assert_eq!(met.doubled().into_iter().collect::<Vec<_>>(), [Key::Session(SessionId(7))]);
    }
}
