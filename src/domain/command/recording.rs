//! Recording: the estimates under an expected payout become earnings, so that something can be done to them.
//!
//! Sessions behind the amount are recorded as one earning a project, which covers them from then on. The part of a
//! session that belongs to another window is recorded beside it, still open, so that no cent is lost or doubled; the share
//! that is held until acceptance stays held.
//! Timers that still run are left out: their window goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::change::{Edit, Record};
use crate::domain::earning::{Covers, Earning, Held, HeldKind};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::money::{Money, split_by_weight};
use crate::domain::query::calendar::{Calendar, Expected, ExpectedKey, Part, Source, SourceRow, UnknownDate};
use crate::domain::span::DayRange;

/// The rows of an expected payout that can be settled: all but those of timers that still run.
pub fn settleable<'a>(book: &'a Book, expected: &'a Expected) -> impl Iterator<Item = &'a SourceRow> {
    expected.rows.iter().filter(|row| match row.source {
        Source::Session(id) => book.session(id).is_some_and(|session| !session.is_open()),
        Source::Earning(_) => true,
    })
}

/// The gross that can be settled of an expected payout, to the cent.
#[must_use]
pub fn settleable_gross(book: &Book, expected: &Expected) -> Money {
    let sum = settleable(book, expected).map(|row| row.amount.amount).sum();
    expected.gross.with(sum).rounded()
}

/// What should arrive of it after the known fees, to the cent.
#[must_use]
pub fn settleable_net(book: &Book, expected: &Expected) -> Money {
    let gross = settleable_gross(book, expected);
    if expected.gross.amount.is_zero() {
        return gross;
    }
    let net = gross.amount.checked_mul(expected.net.amount).map(|product| product / expected.gross.amount);
    gross.with(net.unwrap_or(gross.amount)).rounded()
}

/// An earning under an expected payout, new or old.
pub(super) struct Recorded {
    pub(super) before: Option<Arc<Earning>>,
    pub(super) earning: Earning,
    /// What is still open of it.
    pub(super) open: Money,
}

impl Recorded {
    /// The edit that brings the Book from what was there to the earning as it is now; `None` where they are alike.
    pub(super) fn edit(&self) -> Option<Edit> {
        if self.before.as_ref().is_some_and(|before| **before == self.earning) {
            return None;
        }
        Edit::from_sides(self.before.clone().map(Record::from), Some(Record::from(self.earning.clone())))
    }
}

/// What new earnings are made with.
#[derive(Clone, Copy)]
pub(super) struct Recording<'a> {
    pub(super) book: &'a Book,
    pub(super) key: ExpectedKey,
    /// The day of work that has none.
    pub(super) otherwise: NaiveDate,
}

impl Recording<'_> {
    /// The earnings behind the rows: the recorded ones as they are, and a new one for the sessions of each project.
    /// Their open amounts sum to `gross`; they are in the order of their work.
    pub(super) fn parts(
        self,
        rows: &[&SourceRow],
        gross: Money,
        ids: &mut impl Iterator<Item = EarningId>,
    ) -> Vec<Recorded> {
        let mut groups: BTreeMap<(Option<EarningId>, Option<ProjectId>), Vec<&SourceRow>> = BTreeMap::new();
        for row in rows {
            let group = match row.source {
                Source::Earning(id) => (Some(id), row.project),
                Source::Session(_) => (None, row.project),
            };
            groups.entry(group).or_default().push(row);
        }
        let sums: Vec<Decimal> = groups.values().map(|group| group.iter().map(|row| row.amount.amount).sum()).collect();
        let amounts = split_by_weight(gross, &sums);
        let mut parts: Vec<Recorded> = Vec::new();
        for (((earning, project), group), open) in groups.into_iter().zip(amounts) {
            if let Some(before) = earning.and_then(|id| self.book.earning(id)) {
                parts.push(Recorded { before: Some(Arc::clone(before)), earning: (**before).clone(), open });
            } else if let Some(id) = ids.next() {
                let sessions: BTreeSet<SessionId> = group.iter().filter_map(|row| session_of(row)).collect();
                let earning = self.work(id, project, open, days_of(&group, self.otherwise), sessions);
                parts.push(Recorded { before: None, earning, open });
            }
        }
        parts.sort_by_key(|part| (part.earning.worked.first, part.earning.id));
        parts
    }

    /// Parts of the recorded sessions that fall into other windows: recorded as open earnings of their own.
    pub(super) fn rest_of_split_sessions(
        self,
        calendar: &Calendar,
        rows: &[&SourceRow],
        ids: &mut impl Iterator<Item = EarningId>,
    ) -> Vec<Edit> {
        let settled: BTreeSet<SessionId> = rows.iter().filter_map(|row| session_of(row)).collect();
        calendar
            .expected
            .iter()
            .filter(|other| other.key != self.key)
            .flat_map(|other| other.rows.iter().map(move |row| (row, other.key.part)))
            .filter_map(|(row, part)| session_of(row).filter(|id| settled.contains(id)).map(|id| (row, part, id)))
            .zip(ids)
            .filter(|((_, _, session), _)| self.book.session(*session).is_some())
            .map(|((row, part, session), id)| {
                let days = DayRange::day(row.worked_on);
                let amount = row.amount.rounded();
                let kept = part == Part::Undated(UnknownDate::UntilAccepted);
                let held =
                    kept.then(|| Held { kind: HeldKind::UntilAccepted, since: self.otherwise, why: String::new() });
                let rest = self.work(id, row.project, amount, days, BTreeSet::from([session]));
                Edit::create(Earning { held, ..rest })
            })
            .collect()
    }

    /// A new earning that stands for these sessions.
    pub(super) fn work(
        self,
        id: EarningId,
        project: Option<ProjectId>,
        amount: Money,
        worked: DayRange,
        sessions: BTreeSet<SessionId>,
    ) -> Earning {
        Earning {
            project,
            covers: Covers::Sessions(sessions.into_iter().collect()),
            route: self.key.route,
            ..Earning::work(id, self.key.platform, amount, worked)
        }
    }
}

/// The ids of new earnings, counted up from a random one.
pub(super) fn ids_from(seed: EarningId) -> impl Iterator<Item = EarningId> {
    (0..).map(move |step| EarningId(seed.0.wrapping_add(step)))
}

fn session_of(row: &SourceRow) -> Option<SessionId> {
    match row.source {
        Source::Session(id) => Some(id),
        Source::Earning(_) => None,
    }
}

fn days_of(rows: &[&SourceRow], otherwise: NaiveDate) -> DayRange {
    let days = || rows.iter().map(|row| row.worked_on);
    DayRange::new(days().min().unwrap_or(otherwise), days().max().unwrap_or(otherwise))
}
