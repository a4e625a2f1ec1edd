//! Pieces: a session with what it is worth by itself.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::claim::{SettledShares, at_settled_share};
use super::facts::{Facts, PlatformCut, kept};
use super::worth::{Kept, Worth};
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{EarningId, ProjectId};
use crate::domain::money::Money;
use crate::domain::query::caps::{Stint, is_by_the_hour};
use crate::domain::query::rates::Step;
use crate::domain::query::value::{self, NoValue};
use crate::domain::session::Session;
use crate::domain::span::Timestamp;

/// A session with what it is worth by itself. Small: there are a hundred thousand.
#[derive(Debug, Clone)]
pub(in crate::domain::query) struct Piece {
    pub(in crate::domain::query) session: Arc<Session>,
    /// The user's day of its start.
    pub(in crate::domain::query) day: NaiveDate,
    /// The day of its start in the zone of its schedule.
    schedule_day: NaiveDate,
    pub(in crate::domain::query) own_secs: i64,
    /// Of its own seconds, how many can count where its terms have a cap; `None` where they have none.
    room_secs: Option<u32>,
    /// Its price for its own time, as far as there is room for it.
    pub(in crate::domain::query) price: Result<Money, NoValue>,
    /// The middle of the advertised range, an hour, in home currency; `None` where none is stated.
    pub(in crate::domain::query) advertised: Option<Result<Decimal, MissingRate>>,
    /// The earnings that stand for it.
    pub(in crate::domain::query) covered_by: Covering,
    /// What it is worth without an earning; `None` where one stands for it, or where it has no price.
    pub(in crate::domain::query) estimate: Option<Box<Estimate>>,
}

/// What a session is worth without an earning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain::query) struct Estimate {
    pub(in crate::domain::query) worth: Kept,
    /// Its value for the time that the platform pays for, in its own currency.
    pub(in crate::domain::query) credited: Money,
}

/// The earnings that stand for a session, by id: hardly ever more than one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::domain::query) enum Covering {
    /// None.
    #[default]
    None,
    /// One.
    One(EarningId),
    /// Several, sorted.
    #[expect(clippy::box_collection, reason = "it is rare, and a piece is to be small")]
    Several(Box<Vec<EarningId>>),
}

impl Covering {
    pub(in crate::domain::query) fn ids(&self) -> &[EarningId] {
        match self {
            Self::None => &[],
            Self::One(id) => std::slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }

    pub(super) fn insert(&mut self, id: EarningId) {
        let mut ids = self.ids().to_vec();
        if let Err(at) = ids.binary_search(&id) {
            ids.insert(at, id);
        }
        *self = Self::of(ids);
    }

    pub(super) fn remove(&mut self, id: EarningId) {
        *self = Self::of(self.ids().iter().copied().filter(|held| *held != id).collect());
    }

    fn of(ids: Vec<EarningId>) -> Self {
        match ids.as_slice() {
            [] => Self::None,
            [id] => Self::One(*id),
            _ => Self::Several(Box::new(ids)),
        }
    }
}

impl Piece {
    /// A session with its price up to `now`, not yet laid under any earning.
    pub(super) fn of(facts: &Facts, session: &Arc<Session>, day: NaiveDate, now: Timestamp) -> Self {
        let own_secs = session.own_secs(now);
        let terms = facts.terms_on(session.project, day);
        let advertised = terms.filter(|_| session.paid).and_then(|terms| {
            let range = terms.advertised?;
            let middle = Money::new(range.middle(), terms.currency);
            Some(facts.to_home(middle, day))
        });
        Self {
            day,
            schedule_day: facts.schedule_day(session, day),
            own_secs,
            room_secs: None,
            price: value::price(session, terms, own_secs).map(|priced| priced.money),
            advertised,
            covered_by: Covering::None,
            estimate: None,
            session: Arc::clone(session),
        }
    }

    /// What a cap needs to know of it; `None` where it is not paid by the hour.
    pub(super) fn stint<'f>(&self, facts: &'f Facts) -> Option<Stint<'f>> {
        let terms = facts.terms_on(self.session.project, self.day)?;
        let credited_secs = self.session.credited_secs;
        is_by_the_hour(&self.session, terms).then_some(Stint {
            day: self.day,
            own_secs: self.own_secs,
            credited_secs,
            terms,
        })
    }

    /// Prices it for the room that its terms' cap leaves.
    pub(super) fn fit(&mut self, facts: &Facts, room: Option<i64>) {
        let room = room.map(|secs| u32::try_from(secs).unwrap_or(u32::MAX));
        if self.room_secs != room {
            self.room_secs = room;
            let counted = room.map_or(self.own_secs, |room| self.own_secs.min(room.into()));
            let terms = facts.terms_on(self.session.project, self.day);
            self.price = value::price(&self.session, terms, counted).map(|priced| priced.money);
        }
    }

    /// Own seconds where the time is paid, else nothing.
    pub(in crate::domain::query) fn paid_secs(&self) -> i64 {
        if self.session.paid { self.own_secs } else { 0 }
    }

    /// The project and the day in the schedule's zone of paid time; `None` for unpaid or unnamed time.
    pub(super) fn paid_day(&self) -> Option<(ProjectId, NaiveDate)> {
        let project = self.session.project.filter(|_| self.session.paid)?;
        Some((project, self.schedule_day))
    }

    /// What it is worth without an earning; nothing where one stands for it, or where it has no price.
    pub(super) fn estimated(&self, facts: &Facts, settled_shares: &SettledShares) -> Option<Box<Estimate>> {
        let (Covering::None, Ok(price)) = (&self.covered_by, self.price) else {
            return None;
        };
        let (project, platform) = (self.session.project, facts.platform_of(&self.session));
        let credited = match self.session.credited_secs {
            Some(secs) => value::price(&self.session, facts.terms_on(project, self.day), secs).ok()?.money,
            None => price,
        };
        let mut worth = Worth::default();
        worth.recorded = worth.home(facts, Step::Recorded, price, self.day);
        worth.accepted = worth.home(facts, Step::Accepted, credited, self.day);
        let received = worth.home(facts, Step::Received, credited, self.day);
        worth.received = match project.and_then(|project| settled_shares.get(&project)) {
            Some(settled_share) => at_settled_share(&worth, *settled_share, Decimal::ONE),
            None => kept(received.saturating_mul(facts.share_after_fees(
                platform,
                project,
                self.day,
                PlatformCut::Expected,
            ))),
        };
        worth.unsettled = worth.received;
        if facts.is_employer(platform) {
            worth.taxed = worth.received;
        }
        Some(Box::new(Estimate { worth: worth.into(), credited }))
    }
}
