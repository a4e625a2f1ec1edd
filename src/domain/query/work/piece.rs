//! Pieces: a session with what it is worth by itself.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::claim::{SettledShares, at_settled_share};
use super::facts::{Facts, PlatformCut, kept};
use super::worth::Worth;
use crate::domain::exchange::MissingRate;
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::money::Money;
use crate::domain::query::rates::Step;
use crate::domain::query::value::{self, NoValue, Priced};
use crate::domain::session::Session;
use crate::domain::span::Timestamp;

/// A session with what it is worth by itself.
#[derive(Debug, Clone)]
pub(in crate::domain::query) struct Piece {
    pub(in crate::domain::query) session: Arc<Session>,
    /// The user's day of its start.
    pub(in crate::domain::query) day: NaiveDate,
    /// The day of its start in the zone of its schedule.
    schedule_day: NaiveDate,
    pub(in crate::domain::query) platform: Option<PlatformId>,
    pub(in crate::domain::query) own_secs: i64,
    /// Its price for its own time.
    pub(in crate::domain::query) price: Result<Priced, NoValue>,
    /// The middle of the advertised range, an hour, in home currency; `None` where none is stated.
    pub(in crate::domain::query) advertised: Option<Result<Decimal, MissingRate>>,
    /// The earnings that stand for it, by id.
    pub(in crate::domain::query) covered_by: Vec<EarningId>,
    /// What it is worth without an earning; nothing where one stands for it.
    pub(in crate::domain::query) estimate: Worth,
    /// Its credited value without an earning.
    pub(in crate::domain::query) credited: Option<Money>,
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
        let price = value::price(session, terms, own_secs);
        let credited = match session.credited_secs {
            Some(secs) if secs != own_secs => value::price(session, terms, secs),
            _ => price,
        };
        Self {
            day,
            schedule_day: facts.schedule_day(session, day),
            platform: facts.platform_of(session),
            own_secs,
            price,
            advertised,
            covered_by: Vec::new(),
            estimate: Worth::default(),
            credited: credited.ok().map(|priced| priced.money),
            session: Arc::clone(session),
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

    /// What a session is worth without an earning. Nothing where one stands for it, or where it has no price.
    pub(super) fn estimated(&self, facts: &Facts, settled_shares: &SettledShares) -> Worth {
        let mut worth = Worth::default();
        let (true, Ok(price), Some(credited)) = (self.covered_by.is_empty(), self.price, self.credited) else {
            return worth;
        };
        let project = self.session.project;
        worth.recorded = worth.home(facts, Step::Recorded, price.money, self.day);
        worth.accepted = worth.home(facts, Step::Accepted, credited, self.day);
        let received = worth.home(facts, Step::Received, credited, self.day);
        worth.received = match project.and_then(|project| settled_shares.get(&project)) {
            Some(settled_share) => at_settled_share(&worth, *settled_share, Decimal::ONE),
            None => kept(received.saturating_mul(facts.share_after_fees(
                self.platform,
                project,
                self.day,
                PlatformCut::Expected,
            ))),
        };
        worth.unsettled = worth.received;
        if facts.is_employer(self.platform) {
            worth.taxed = worth.received;
        }
        worth
    }
}
