//! Coverage: which sessions are spoken for by a recorded earning, so that nothing counts twice.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::earning::{Covers, Earning};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::schedule::{EarningShape, Schedule};
use crate::domain::session::Session;
use crate::domain::span::Zone;
use crate::domain::span::{DayRange, date_in, day_plus};

/// Which sessions an earning covers.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// By session the first earning that names it, and how many do.
    sessions: HashMap<SessionId, (EarningId, usize)>,
    days: BTreeMap<ProjectId, Vec<(DayRange, EarningId)>>,
}

impl Coverage {
    /// Reads all earnings of a Book. A session named by two earnings belongs to the first by id.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        Self::by(book.earnings())
    }

    /// Reads some earnings.
    pub(super) fn by<'e>(earnings: impl Iterator<Item = &'e Arc<Earning>>) -> Self {
        let mut coverage = Self::default();
        for earning in earnings {
            coverage.read(earning);
        }
        for held in coverage.days.values_mut() {
            held.sort_by_key(|(_, id)| *id);
        }
        coverage
    }

    fn read(&mut self, earning: &Earning) {
        match &earning.covers {
            Covers::Nothing => {}
            Covers::Sessions(ids) => {
                for id in ids {
                    let (holder, times) = self.sessions.entry(*id).or_insert((earning.id, 0));
                    *holder = (*holder).min(earning.id);
                    *times += 1;
                }
            }
            Covers::Days { project, days } => {
                self.days.entry(*project).or_default().push((*days, earning.id));
            }
        }
    }

    /// The first earning that names a session.
    pub(super) fn naming(&self, session: SessionId) -> Option<EarningId> {
        self.sessions.get(&session).map(|(id, _)| *id)
    }

    /// How many times a session is named.
    pub(super) fn times_named(&self, session: SessionId) -> usize {
        self.sessions.get(&session).map_or(0, |(_, times)| *times)
    }

    /// An earning that covers a session: the first by id that names it, else that covers its project on its day. Others may
    /// cover it beside that one.
    ///
    /// Only paid sessions are covered by days; the day is that of the start in the schedule's zone.
    #[must_use]
    pub fn earning_of(&self, book: &Book, session: &Session) -> Option<EarningId> {
        if let Some(id) = self.naming(session.id) {
            return Some(id);
        }
        let project = session.project?;
        let held = self.days.get(&project).filter(|_| session.paid)?;
        let day = schedule_day(book, session);
        held.iter().find(|(days, _)| days.contains(day)).map(|(_, id)| *id)
    }
}

/// The sessions that an earning covers, whatever else covers them.
pub(super) fn covered<'b>(book: &'b Book, earning: &Earning) -> Vec<&'b Arc<Session>> {
    match &earning.covers {
        Covers::Nothing => Vec::new(),
        Covers::Sessions(ids) => ids.iter().filter_map(|id| book.session(*id)).collect(),
        Covers::Days { project, days } => {
            // Its days are the schedule's, which begin up to a day before or after the user's.
            let around = DayRange::new(day_plus(days.first, -1), day_plus(days.last, 1));
            book.sessions_on(around)
                .filter(|session| session.project == Some(*project) && session.paid)
                .filter(|session| days.contains(schedule_day(book, session)))
                .collect()
        }
    }
}

/// The day of a session's start in the zone of the schedule that holds for it; in its own zone where there is none.
#[must_use]
pub fn schedule_day(book: &Book, session: &Session) -> NaiveDate {
    let own_day = book.day_of(session);
    book.platform_of(session.project)
        .and_then(|platform| book.schedule_on(platform.id, session.project, own_day))
        .and_then(|schedule| window_zone(schedule))
        .map_or(own_day, |zone| date_in(session.started_at, zone))
}

/// The zone in which a schedule cuts its windows or counts its days, where it has one.
#[must_use]
pub fn window_zone(schedule: &Schedule) -> Option<Zone> {
    match schedule.rule.earning {
        EarningShape::PeriodBatch { zone, .. } | EarningShape::ItemClock { zone, .. } => Some(zone),
        EarningShape::InvoiceNet { .. } | EarningShape::OwnDate { .. } => None,
    }
}
