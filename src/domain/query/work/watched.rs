//! Watched: the earnings that ask for something or lie near, so that nobody walks over those of ten years to find them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::Work;
use super::shelf::Place;
use crate::domain::earning::{self, Earning, EarningKind, EarningState};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::query::coverage::Coverage;
use crate::domain::query::to_report::wants_report;
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Month};

/// Earnings of a Book by what is asked of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Watched {
    /// Milestones, and what has a last day or waits for the user's report.
    asking: BTreeMap<EarningId, Arc<Earning>>,
    /// What was refused, by the day of that.
    refused: BTreeMap<(NaiveDate, EarningId), Arc<Earning>>,
    /// What is owed nothing, or in another currency than it was recorded in, and is not given up.
    odd: BTreeMap<EarningId, Arc<Earning>>,
    /// All of them by the last day of their work.
    by_last_day: BTreeMap<(NaiveDate, EarningId), Arc<Earning>>,
}

fn asks(earning: &Earning) -> bool {
    earning.kind == EarningKind::Milestone || wants_report(earning) || earning.deadline().is_some()
}

fn is_odd(earning: &Earning) -> bool {
    let owed = earning.owed();
    let given_up = matches!(earning.state(), Some(EarningState::Rejected | EarningState::WrittenOff));
    !given_up && (owed.amount.is_zero() || owed.currency != earning.amount.currency)
}

fn refused_on(earning: &Earning) -> Option<NaiveDate> {
    earning.states.last().filter(|last| last.state == EarningState::Rejected).map(|last| last.on)
}

impl Watched {
    /// Takes an earning over that changed.
    pub(super) fn follow(&mut self, before: Option<&Arc<Earning>>, after: Option<&Arc<Earning>>) {
        if let Some(before) = before {
            self.asking.remove(&before.id);
            self.odd.remove(&before.id);
            self.by_last_day.remove(&(before.worked.last, before.id));
            if let Some(on) = refused_on(before) {
                self.refused.remove(&(on, before.id));
            }
        }
        if let Some(after) = after {
            self.by_last_day.insert((after.worked.last, after.id), Arc::clone(after));
            if asks(after) {
                self.asking.insert(after.id, Arc::clone(after));
            }
            if is_odd(after) {
                self.odd.insert(after.id, Arc::clone(after));
            }
            if let Some(on) = refused_on(after) {
                self.refused.insert((on, after.id), Arc::clone(after));
            }
        }
    }
}

impl Work {
    /// The milestones, and the earnings that have a last day or wait for the user's report, by id.
    pub(in crate::domain::query) fn asking(&self) -> impl Iterator<Item = &Arc<Earning>> {
        self.watched.asking.values()
    }

    /// The earnings that may not be settled: what is open of them, what was sent and has not arrived, and what is owed
    /// nothing yet; by id.
    pub(in crate::domain::query) fn may_be_open(&self) -> BTreeMap<EarningId, &Arc<Earning>> {
        let sent = self.book().payouts().filter(|payout| payout.received.is_none());
        let sent = sent.flat_map(|payout| &payout.allocations).filter_map(|part| self.book().earning(part.earning));
        let open = self.owing.values().map(|(earning, _)| earning);
        sent.chain(open).chain(self.watched.odd.values()).map(|earning| (earning.id, earning)).collect()
    }

    /// The earnings that were refused on a day or later, by month and id.
    pub(in crate::domain::query) fn refused_since(&self, day: NaiveDate) -> Vec<&Arc<Earning>> {
        in_order(self.watched.refused.range((day, EarningId(0))..).map(|(_, earning)| earning))
    }

    /// The earnings of work on some days, by month and id.
    pub(in crate::domain::query) fn earnings_of(&self, days: DayRange) -> Vec<&Arc<Earning>> {
        let not_before = self.watched.by_last_day.range((days.first, EarningId(0))..);
        in_order(not_before.map(|(_, earning)| earning).filter(|earning| earning.worked.first <= days.last))
    }

    /// The paid sessions of a project that have ended and for which no earning stands but perhaps `own`, newest first.
    #[must_use]
    pub fn waiting_for_an_earning(&self, project: ProjectId, own: Option<EarningId>) -> Vec<&Arc<Session>> {
        let covering = self.covering();
        let uncovered = self.uncovered.get(&project).into_iter().flatten();
        let of_own = own.and_then(|id| self.links.claim(id)).into_iter().flat_map(|claim| claim.members.iter());
        let places: BTreeSet<Place> = uncovered.chain(of_own).copied().collect();
        let sessions = places.into_iter().filter_map(|at| self.shelf.session(at));
        let mut found: Vec<&Arc<Session>> = sessions
            .filter(|session| session.project == Some(project) && session.paid && !session.is_open())
            .filter(|session| covering.earning_of(session).is_none_or(|other| Some(other) == own))
            .collect();
        found.sort_by_key(|session| Reverse((session.started_at, session.id)));
        found
    }

    /// Which earnings stand for its paid sessions.
    pub(in crate::domain::query) fn covering(&self) -> Covers<'_> {
        Covers { work: self, openings: Coverage::by(self.openings()) }
    }
}

/// As those of the Book stand: by the month of their first day, then by id.
fn in_order<'w>(earnings: impl Iterator<Item = &'w Arc<Earning>>) -> Vec<&'w Arc<Earning>> {
    let mut found: Vec<&Arc<Earning>> = earnings.collect();
    found.sort_by_key(|earning| (Month::of_day(earning.worked.first), earning.id));
    found
}

/// What [`Coverage`] of all earnings says of paid sessions, without reading them all.
pub(in crate::domain::query) struct Covers<'w> {
    work: &'w Work,
    /// Opening money is laid over no session, and may stand for one all the same.
    openings: Coverage,
}

impl Covers<'_> {
    /// The earning that covers a paid session: one that names it, else one that covers its project on its day.
    pub(in crate::domain::query) fn earning_of(&self, session: &Session) -> Option<EarningId> {
        let at = self.work.shelf.place(session.id);
        // Where one names it, none of those has it for its day.
        let laid = at.and_then(|at| self.work.links.covering(at).next()).map(|claim| claim.earning.id);
        let names = |id: &EarningId| self.work.links.names_sessions(*id);
        let named = [laid.filter(names), self.openings.naming(session.id)].into_iter().flatten().min();
        let by_day = || [laid, self.openings.earning_of(self.work.book(), session)].into_iter().flatten().min();
        named.or_else(by_day)
    }

    /// How many earnings name the paid session at a place.
    pub(in crate::domain::query) fn times_named(&self, at: Place, session: SessionId) -> usize {
        let laid = self.work.links.covering(at);
        let laid = laid.filter(|claim| matches!(claim.earning.covers, earning::Covers::Sessions(_))).count();
        laid + self.openings.times_named(session)
    }
}
