//! Pieces: a session with what it is worth by itself.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::claim::{SettledShares, at_settled_share};
use super::count::Counted;
use super::facts::{Facts, PlatformCut, kept};
use super::shelf::Place;
use super::worth::Worth;
use crate::domain::exchange::MissingRate;
use crate::domain::ids::ProjectId;
use crate::domain::money::Money;
use crate::domain::query::caps::{Stint, is_by_the_hour};
use crate::domain::query::rates::Step;
use crate::domain::query::value::{self, NoValue};
use crate::domain::session::Session;
use crate::domain::span::Timestamp;

/// A session with what it is worth by itself: a look at what the shelf holds. Prices are taken when they are asked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain::query) struct Piece<'w> {
    pub(in crate::domain::query) session: &'w Arc<Session>,
    /// The user's day of its start.
    pub(in crate::domain::query) day: NaiveDate,
    /// The day of its start in the zone of its schedule.
    schedule_day: NaiveDate,
    /// Up to when an open one runs.
    now: Timestamp,
    /// Of its own seconds, how many can count where its terms have a cap; `None` where they have none.
    room_secs: Option<u32>,
}

/// What a session is worth without an earning; none of it is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain::query) struct Estimate {
    recorded: Decimal,
    accepted: Decimal,
    received: Decimal,
    /// Whether tax is withheld from all of it.
    taxed: bool,
    /// The conversions that could not be made.
    missing: Vec<(Step, MissingRate)>,
    /// Its value for the time that the platform pays for, in its own currency.
    pub(in crate::domain::query) credited: Money,
}

impl Estimate {
    /// Its money at each step.
    pub(in crate::domain::query) fn worth(&self) -> Worth {
        Worth {
            recorded: self.recorded,
            accepted: self.accepted,
            received: self.received,
            unsettled: self.received,
            taxed: if self.taxed { self.received } else { Decimal::ZERO },
            missing: self.missing.clone(),
            ..Worth::default()
        }
    }
}

impl<'w> Piece<'w> {
    /// A session with its own time up to `now`.
    pub(super) fn of(facts: &Facts, session: &'w Arc<Session>, day: NaiveDate, now: Timestamp) -> Self {
        let schedule_day = facts.schedule_day(session, day);
        Self { session, day, schedule_day, now, room_secs: None }
    }

    /// The same as the shelf holds it: an open one has taken no time.
    pub(super) fn held(
        session: &'w Arc<Session>,
        day: NaiveDate,
        schedule_day: NaiveDate,
        room_secs: Option<u32>,
    ) -> Self {
        Self { session, day, schedule_day, now: Timestamp::MIN_UTC, room_secs }
    }

    /// Its own time in seconds. Taken when it is asked for: the day of a piece is known without a look at the session.
    pub(in crate::domain::query) fn own_secs(&self) -> i64 {
        self.session.own_secs(self.now)
    }

    /// Its price for its own time, as far as there is room for it, to the decimals that are kept.
    pub(in crate::domain::query) fn price(&self, facts: &Facts) -> Result<Money, NoValue> {
        let own_secs = self.own_secs();
        let counted = self.room_secs.map_or(own_secs, |room| own_secs.min(room.into()));
        self.price_of(facts, counted)
    }

    fn price_of(&self, facts: &Facts, secs: i64) -> Result<Money, NoValue> {
        let terms = facts.terms_on(self.session.project, self.day);
        value::price(self.session, terms, secs).map(|priced| priced.money.with(kept(priced.money.amount)))
    }

    /// Its price for the time that the platform pays for, to the decimals that are kept.
    pub(super) fn credited(&self, facts: &Facts) -> Result<Money, NoValue> {
        self.session.credited_secs.map_or_else(|| self.price(facts), |secs| self.price_of(facts, secs))
    }

    /// What a cap needs to know of it; `None` where it is not paid by the hour.
    pub(super) fn stint<'f>(&self, facts: &'f Facts) -> Option<Stint<'f>> {
        let terms = facts.terms_on(self.session.project, self.day)?;
        let credited_secs = self.session.credited_secs;
        is_by_the_hour(self.session, terms).then_some(Stint {
            day: self.day,
            own_secs: self.own_secs(),
            credited_secs,
            terms,
        })
    }

    /// The same with the room that its terms' cap leaves.
    pub(super) fn fit(mut self, room: Option<u32>) -> Self {
        self.room_secs = room;
        self
    }

    /// The room that a cap leaves it.
    #[cfg(test)]
    pub(super) fn room_secs(&self) -> Option<u32> {
        self.room_secs
    }

    /// The day of its start in the zone of its schedule.
    pub(super) fn schedule_day(&self) -> NaiveDate {
        self.schedule_day
    }

    /// Own seconds where the time is paid, else nothing.
    pub(in crate::domain::query) fn paid_secs(&self) -> i64 {
        if self.session.paid { self.own_secs() } else { 0 }
    }

    /// All of its time, whatever runs beside it.
    pub(in crate::domain::query) fn counted(&self, at: Place) -> Counted {
        let own_secs = self.own_secs();
        Counted { at, own_secs, paid_secs: if self.session.paid { own_secs } else { 0 } }
    }

    /// The project and the day in the schedule's zone of paid time; `None` for unpaid or unnamed time.
    pub(super) fn paid_day(&self) -> Option<(ProjectId, NaiveDate)> {
        let project = self.session.project.filter(|_| self.session.paid)?;
        Some((project, self.schedule_day))
    }

    /// What it is worth where no earning stands for it; nothing where it has no price.
    pub(super) fn estimated(&self, facts: &Facts, settled_shares: &SettledShares) -> Option<Estimate> {
        let price = self.price(facts).ok()?;
        let (project, platform) = (self.session.project, facts.platform_of(self.session));
        let credited = if self.session.credited_secs.is_some() { self.credited(facts).ok()? } else { price };
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
        let Worth { recorded, accepted, received, missing, .. } = worth;
        let taxed = facts.is_employer(platform);
        Some(Estimate { recorded, accepted, received, taxed, missing, credited })
    }
}
