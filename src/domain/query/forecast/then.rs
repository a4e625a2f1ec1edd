//! The Book as it stood on an earlier morning, as far as dated facts tell it.
//!
//! Known then: sessions that had begun (cut where they ran on), earnings of which a state was dated before that day (or,
//! without any state, whose work was done), with the states they had, and payouts booked before, not yet received
//! where that came later. Work whose earning came later is an estimate again. Records have no day on which they were
//! typed in, so that terms, schedules, routes, credited time and amounts are those of today: what is made of it is an
//! estimate. Only what may have been open then is taken over: the cost is that of what is open, and one look at each
//! earning and payout.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::change::Record;
use crate::domain::earning::Earning;
use crate::domain::ids::{EarningId, PlatformId, SessionId};
use crate::domain::payout::Payout;
use crate::domain::query::coverage::covered;
use crate::domain::query::work::Work;
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Now, Timestamp, interval_of_days};

/// An earlier morning.
pub(super) struct Then {
    /// What is known of the money that was open.
    pub(super) book: Book,
    /// The moment.
    pub(super) morning: Now,
    /// The sessions that were estimates then and have an earning now: which.
    pub(super) recorded_since: BTreeMap<SessionId, EarningId>,
}

/// The morning of a day.
pub(super) fn as_of(work: &Work, day: NaiveDate, now: Now) -> Then {
    let book = work.book();
    let settings = book.settings();
    let morning = interval_of_days(DayRange::day(day), now.zone, settings.day_start_minutes).from;
    let mut records: Vec<Record> = Vec::new();
    let mut recorded_since = BTreeMap::new();
    let pending = pending(work, day);
    let mut sessions: BTreeMap<SessionId, &Arc<Session>> =
        work.uncovered().into_iter().map(|session| (session.id, session)).collect();
    for earning in book.earnings() {
        if !pending.contains(&earning.id) && earning.states.last().is_none_or(|dated| dated.on < day) {
            continue;
        }
        match known(earning, day) {
            Some(then) => records.push(then.into()),
            None if earning.worked.first <= day => {
                for session in covered(book, earning) {
                    recorded_since.entry(session.id).or_insert(earning.id);
                    sessions.insert(session.id, session);
                }
            }
            None => {}
        }
    }
    records.extend(sessions.into_values().filter_map(|session| begun(session, morning)));
    records.extend(told(book, &pending, day));
    Then { book: book.holding(records), morning: Now { at: morning, ..now }, recorded_since }
}

/// The payouts that matter then: those that settle something that may have been open, those under way, and the last one
/// of each platform, which says that it has paid before, and when.
fn told(book: &Book, pending: &BTreeSet<EarningId>, day: NaiveDate) -> Vec<Record> {
    let mut last: BTreeMap<PlatformId, &Arc<Payout>> = BTreeMap::new();
    let mut told = Vec::new();
    for payout in book.payouts().filter(|payout| payout.booked_on().is_some_and(|booked| booked < day)) {
        let arrived = payout.received_on.is_none_or(|received| received < day);
        if !arrived || payout.allocations.iter().any(|part| pending.contains(&part.earning)) {
            told.push(as_it_was(payout, day));
        } else if let Some(platform) = payout.platform {
            let held = last.entry(platform).or_insert(payout);
            if held.booked_on() < payout.booked_on() {
                *held = payout;
            }
        }
    }
    told.extend(last.into_values().map(|payout| Record::Payout(Arc::clone(payout))));
    told
}

/// The earnings of which something may have been open: owed now, or settled by a payout that came since.
fn pending(work: &Work, day: NaiveDate) -> BTreeSet<EarningId> {
    let since = work.book().payouts().filter(|payout| {
        let last = payout.received_on.max(payout.booked_on());
        last.is_none_or(|last| last >= day)
    });
    let settled = since.flat_map(|payout| payout.allocations.iter().map(|part| part.earning));
    work.owing().into_iter().map(|(earning, _)| earning.id).chain(settled).collect()
}

/// An earning as it stood; `None` where it wasn't recorded then.
fn known(earning: &Earning, day: NaiveDate) -> Option<Earning> {
    let was_there = match earning.states.first() {
        Some(first) => first.on < day,
        None => earning.worked.last < day,
    };
    was_there.then(|| Earning {
        states: earning.states.iter().copied().filter(|dated| dated.on < day).collect(),
        held: earning.held.clone().filter(|held| held.since < day),
        ..earning.clone()
    })
}

/// A session as far as it was worked by a morning.
fn begun(session: &Arc<Session>, morning: Timestamp) -> Option<Record> {
    if session.started_at >= morning {
        None
    } else if session.ended_at.is_some_and(|end| end <= morning) {
        Some(Record::Session(Arc::clone(session)))
    } else {
        Some(session.cut_after(morning).into())
    }
}

/// A payout as it stood on a morning.
fn as_it_was(payout: &Arc<Payout>, day: NaiveDate) -> Record {
    if payout.received_on.is_none_or(|received| received < day) {
        return Record::Payout(Arc::clone(payout));
    }
    let mut then = (**payout).clone();
    (then.received, then.received_on) = (None, None);
    for leg in &mut then.legs {
        if leg.arrived_on.is_some_and(|arrived| arrived >= day) {
            (leg.arrived_on, leg.arrived) = (None, None);
        }
    }
    then.into()
}
