//! What the money of a session depends on, looked up in a few steps: terms, schedules, fees, exchange rates.
//!
//! The rules are those of `Book::terms_on` and `Book::schedule_on`; here the records are sorted once, so that a hundred
//! thousand sessions don't read every table again. A test holds both to the same answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::exchange::{MAX_AGE_DAYS, MissingRate, RateTable};
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::PlatformKind;
use crate::domain::query::coverage::window_zone;
use crate::domain::schedule::Schedule;
use crate::domain::session::Session;
use crate::domain::span::{date_in, day_plus};
use crate::domain::terms::{Terms, in_force};

/// Decimals to which parts of money are kept: far below any minor unit, and few enough that sums up to 10^13 are
/// exact whatever the order. So days sum to their weeks, and rows to their figures, to the last digit.
pub(super) const KEPT_DECIMALS: u32 = 15;

/// An amount to the decimals that are kept.
pub(super) fn kept(amount: Decimal) -> Decimal {
    if amount.scale() <= KEPT_DECIMALS { amount } else { amount.round_dp(KEPT_DECIMALS) }
}

/// A share in per cent of an amount.
pub(super) fn percent_of(amount: Decimal, percent: Decimal) -> Decimal {
    amount.saturating_mul(percent) / Decimal::ONE_HUNDRED
}

/// Sorted facts of a Book.
#[derive(Debug, Clone)]
pub(in crate::domain::query) struct Facts {
    home: Currency,
    projects: BTreeMap<ProjectId, ProjectFacts>,
    platforms: BTreeMap<PlatformId, PlatformFacts>,
    rates: Arc<RateTable>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct ProjectFacts {
    /// Whether any of its terms pay for so many hours only.
    capped: bool,
    platform: Option<PlatformId>,
    fee_percent: Option<Decimal>,
    usual_task_type: Option<String>,
    /// Oldest first.
    terms: Vec<Arc<Terms>>,
    /// Those that may hold for the project; the last one that is valid on a day holds.
    schedules: Vec<Arc<Schedule>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct PlatformFacts {
    employer: bool,
    /// In the order in which the last valid one holds, those of single projects included.
    schedules: Vec<Arc<Schedule>>,
}

impl Facts {
    pub(super) fn of(book: &Book) -> Self {
        let mut platforms: BTreeMap<PlatformId, PlatformFacts> = BTreeMap::new();
        for platform in book.platforms() {
            let facts = platforms.entry(platform.id).or_default();
            facts.employer = platform.kind == PlatformKind::Employer;
        }
        // As `Book::schedule_on` has it: one of a single route only where that is the usual one.
        let usual = |platform| book.platform(platform).and_then(|platform| platform.default_route);
        let holds = |schedule: &&Arc<Schedule>| schedule.route.is_none() || schedule.route == usual(schedule.platform);
        let mut schedules: Vec<&Arc<Schedule>> = book.schedules().filter(holds).collect();
        schedules.sort_by_key(|schedule| {
            (schedule.project.is_some(), schedule.route.is_some(), schedule.valid_from, schedule.id)
        });
        for schedule in schedules {
            let facts = platforms.entry(schedule.platform).or_default();
            facts.schedules.push(Arc::clone(schedule));
        }
        let mut projects: BTreeMap<ProjectId, ProjectFacts> = BTreeMap::new();
        for project in book.projects() {
            let facts = projects.entry(project.id).or_default();
            facts.platform = book.platform(project.platform).map(|platform| platform.id);
            facts.fee_percent = project.platform_fee_percent;
            facts.usual_task_type.clone_from(&project.usual_task_type);
            facts.schedules = platforms
                .get(&project.platform)
                .into_iter()
                .flat_map(|platform| &platform.schedules)
                .filter(|schedule| schedule.project.is_none_or(|only| only == project.id))
                .cloned()
                .collect();
        }
        let mut terms: Vec<&Arc<Terms>> = book.all_terms().collect();
        terms.sort_by_key(|terms| (terms.from, terms.id));
        for terms in terms {
            let facts = projects.entry(terms.project).or_default();
            facts.capped |= terms.is_capped();
            facts.terms.push(Arc::clone(terms));
        }
        Self { home: book.settings().home_currency, projects, platforms, rates: Arc::clone(book.rate_table()) }
    }

    /// What moved since other facts were read. Days of moved exchange rates are those for which they may stand.
    pub(super) fn moved_since(&self, before: &Self) -> Moved {
        let platforms: BTreeSet<PlatformId> = differing(&before.platforms, &self.platforms).collect();
        let mut projects: BTreeSet<ProjectId> = differing(&before.projects, &self.projects).collect();
        projects.extend(self.projects.iter().filter_map(|(id, facts)| {
            let platform = facts.platform.filter(|platform| platforms.contains(platform));
            platform.map(|_| *id)
        }));
        let same = Arc::ptr_eq(&before.rates, &self.rates);
        let rate_days = if same { BTreeSet::new() } else { before.rates.days_that_differ(&self.rates) };
        Moved { platforms, projects, rate_days }
    }

    /// The projects of a platform, by id.
    pub(super) fn projects_of(&self, platform: PlatformId) -> impl Iterator<Item = ProjectId> + use<> {
        let of_it = self.projects.iter().filter(|(_, facts)| facts.platform == Some(platform));
        of_it.map(|(id, _)| *id).collect::<BTreeSet<_>>().into_iter()
    }

    pub(super) fn home(&self) -> Currency {
        self.home
    }

    /// The platform of a session; `None` where its project is not named or known.
    pub(super) fn platform_of(&self, session: &Session) -> Option<PlatformId> {
        self.projects.get(&session.project?)?.platform
    }

    /// The platform of a project; `None` where it is not known.
    pub(super) fn platform_of_project(&self, project: ProjectId) -> Option<PlatformId> {
        self.projects.get(&project)?.platform
    }

    /// The task type of a session: its own, else the usual one of its project.
    pub(super) fn task_type_of<'a>(&'a self, session: &'a Session) -> Option<&'a str> {
        session.task_type.as_deref().or_else(|| {
            let project = self.projects.get(&session.project?)?;
            project.usual_task_type.as_deref()
        })
    }

    /// The middle of the range that is advertised for a project on a day, an hour, in home currency; `None` where none is
    /// stated.
    pub(in crate::domain::query) fn advertised(
        &self,
        project: ProjectId,
        day: NaiveDate,
    ) -> Option<Result<Decimal, MissingRate>> {
        let terms = self.terms_on(Some(project), day)?;
        let middle = Money::new(terms.advertised?.middle(), terms.currency);
        Some(self.to_home(middle, day))
    }

    /// Whether any terms have a cap.
    pub(super) fn any_capped(&self) -> bool {
        self.projects.values().any(|facts| facts.capped)
    }

    /// Whether any terms of a project have a cap.
    pub(super) fn is_capped(&self, project: ProjectId) -> bool {
        self.projects.get(&project).is_some_and(|facts| facts.capped)
    }

    /// The terms in force for a project on a day.
    pub(super) fn terms_on(&self, project: Option<ProjectId>, day: NaiveDate) -> Option<&Terms> {
        in_force(&self.projects.get(&project?)?.terms, day).map(AsRef::as_ref)
    }

    fn schedule_on(
        &self,
        platform: Option<PlatformId>,
        project: Option<ProjectId>,
        day: NaiveDate,
    ) -> Option<&Schedule> {
        let of_project = project.and_then(|project| self.projects.get(&project));
        let schedules = match of_project {
            Some(facts) => &facts.schedules,
            None => &self.platforms.get(&platform?)?.schedules,
        };
        schedules
            .iter()
            .rev()
            .find(|schedule| {
                (of_project.is_some() || schedule.project.is_none())
                    && schedule.valid_from.is_none_or(|from| from <= day)
                    && schedule.valid_until.is_none_or(|until| day <= until)
            })
            .map(AsRef::as_ref)
    }

    /// The day of a session's start in the zone of its schedule; `own_day` where there is none.
    pub(super) fn schedule_day(&self, session: &Session, own_day: NaiveDate) -> NaiveDate {
        self.platform_of(session)
            .and_then(|platform| self.schedule_on(Some(platform), session.project, own_day))
            .and_then(window_zone)
            .map_or(own_day, |zone| date_in(session.started_at, zone))
    }

    /// Whether the platform withholds tax.
    pub(super) fn is_employer(&self, platform: Option<PlatformId>) -> bool {
        platform.and_then(|id| self.platforms.get(&id)).is_some_and(|platform| platform.employer)
    }

    /// The share of money that should arrive after the platform's cut and the payout's fee, as far as they are
    /// shares. Fixed fees are left out: nobody knows yet how many payouts share the work.
    pub(super) fn share_after_fees(
        &self,
        platform: Option<PlatformId>,
        project: Option<ProjectId>,
        day: NaiveDate,
        cut: PlatformCut,
    ) -> Decimal {
        let modifiers = self.schedule_on(platform, project, day).map(|schedule| &schedule.rule.modifiers);
        let of_fee = |fee: Option<&crate::domain::route::Fee>| fee.and_then(|fee| fee.percent);
        let platform_percent = match cut {
            PlatformCut::Known => None,
            PlatformCut::Expected => project
                .and_then(|id| self.projects.get(&id)?.fee_percent)
                .or_else(|| of_fee(modifiers?.platform_fee.as_ref())),
        };
        let payout_percent = modifiers.and_then(|found| of_fee(found.payout_fee.as_ref()));
        [platform_percent, payout_percent]
            .into_iter()
            .flatten()
            .fold(Decimal::ONE, |rest, percent| rest.saturating_sub(percent_of(rest, percent)))
    }

    /// Money in the home currency at the rate of a day.
    pub(super) fn to_home(&self, money: Money, on: NaiveDate) -> Result<Decimal, MissingRate> {
        self.convert(money, self.home, on)
    }

    /// The exchange rates.
    pub(super) fn rates(&self) -> &RateTable {
        &self.rates
    }

    /// Whether the rate from a currency to the home currency that stands for a day was given, and is no estimate.
    pub(super) fn is_given(&self, from: Currency, on: NaiveDate) -> bool {
        from == self.home || self.rates.quote(from, self.home, on).is_ok_and(|quote| !quote.is_estimate())
    }

    /// Money in another currency at the rate of a day.
    pub(super) fn convert(&self, money: Money, to: Currency, on: NaiveDate) -> Result<Decimal, MissingRate> {
        self.rates.convert(money, to, on).map(|money| money.amount)
    }
}

/// What moved between two readings of the facts.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) platforms: BTreeSet<PlatformId>,
    /// Those of the moved platforms included.
    pub(super) projects: BTreeSet<ProjectId>,
    rate_days: BTreeSet<NaiveDate>,
}

impl Moved {
    pub(super) fn is_nothing(&self) -> bool {
        self.platforms.is_empty() && self.projects.is_empty() && self.rate_days.is_empty()
    }

    /// Whether a conversion of a day may come out otherwise.
    pub(super) fn moves_rates_of(&self, day: NaiveDate) -> bool {
        self.rate_days.range(day_plus(day, -MAX_AGE_DAYS)..=day).next().is_some()
    }
}

fn differing<'a, I: Ord + Copy + 'a, T: PartialEq>(
    before: &'a BTreeMap<I, T>,
    after: &'a BTreeMap<I, T>,
) -> impl Iterator<Item = I> + 'a {
    let ids: BTreeSet<I> = before.keys().chain(after.keys()).copied().collect();
    ids.into_iter().filter(|id| before.get(id) != after.get(id))
}

/// Whether the platform's cut is still to be estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlatformCut {
    /// It stands in the earning.
    Known,
    /// By the project's percentage, else by the schedule's.
    Expected,
}

/// A sum that stays at the largest Decimal instead of failing.
pub(super) fn sum(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    amounts.fold(Decimal::ZERO, Decimal::saturating_add)
}
