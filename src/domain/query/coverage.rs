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
use crate::domain::span::{DayRange, date_in};

/// Which sessions an earning covers.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    sessions: HashMap<SessionId, EarningId>,
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
                    let holder = self.sessions.entry(*id).or_insert(earning.id);
                    *holder = (*holder).min(earning.id);
                }
            }
            Covers::Days { project, days } => {
                self.days.entry(*project).or_default().push((*days, earning.id));
            }
        }
    }

    /// The earning that covers a session: one that names it, else one that covers its project on its day.
    ///
    /// Only paid sessions are covered by days; the day is that of the start in the schedule's zone.
    #[must_use]
    pub fn earning_of(&self, book: &Book, session: &Session) -> Option<EarningId> {
        if let Some(id) = self.sessions.get(&session.id) {
            return Some(*id);
        }
        let project = session.project?;
        let held = self.days.get(&project).filter(|_| session.paid)?;
        let day = schedule_day(book, session);
        held.iter().find(|(days, _)| days.contains(day)).map(|(_, id)| *id)
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
