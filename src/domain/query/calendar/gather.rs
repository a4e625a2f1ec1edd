//! Sources: every piece of open money, once.
//!
//! Open are paid sessions with a value that no earning covers (running ones up to now), and of each recorded
//! earning what payouts have not settled. What is held back until acceptance is a piece of its own. Sums over payouts
//! are taken in one pass, platforms are looked up once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Source, SourceRow};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Record};
use crate::domain::earning::{Earning, EarningKind};
use crate::domain::ids::{EarningId, PlatformId, ProjectId, RouteId, ScheduleId, SessionId};
use crate::domain::money::{Currency, Money};
use crate::domain::query;
use crate::domain::query::caps::Rooms;
use crate::domain::query::coverage::Coverage;
use crate::domain::query::value::{self, Basis};
use crate::domain::query::work::open_of;
use crate::domain::schedule::Schedule;
use crate::domain::session::Session;
use crate::domain::span::{Month, Timestamp};
use crate::domain::terms::{Pay, Terms, in_force};

/// One piece of open money.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open<'b> {
    /// The schedule in force for it.
    pub(super) schedule: Option<&'b Arc<Schedule>>,
    /// The project, where named.
    pub(super) project: Option<ProjectId>,
    /// What is open of it, gross, exact, never zero.
    pub(super) money: Money,
    /// The share in per cent, where this is the part that is held back until the work is accepted.
    pub(super) held_percent: Option<Decimal>,
    /// Whether the user reports the time of it to the platform, as the platform's own setting says.
    pub(super) told: bool,
    /// What it is.
    pub(super) work: Work<'b>,
}

/// A session or an earning.
#[derive(Debug, Clone, Copy)]
pub(super) enum Work<'b> {
    /// A session without an earning: its money is an estimate.
    Session {
        /// The session.
        session: &'b Session,
        /// Its user's day.
        day: NaiveDate,
        /// Credited seconds where known, else own.
        secs: i64,
        /// Whether it is paid by the hour; otherwise per task or at a price of its own.
        hourly: bool,
    },
    /// A recorded earning.
    Earning {
        /// The earning.
        earning: &'b Earning,
        /// Whether it is for work that is paid per task or at its own price.
        per_task: bool,
    },
}

/// Whose open money adds up: a platform's, in one currency, by one route (`None`: the usual one).
pub(super) type Balance = (PlatformId, Currency, Option<RouteId>);

/// Where open money is looked for.
#[derive(Debug)]
pub(super) struct Sources<'b> {
    book: &'b Book,
    coverage: Coverage,
    /// Sessions of which some are not covered, by month and id.
    sessions: Vec<&'b Arc<Session>>,
    /// Earnings with what is open of them, by month and id.
    earnings: Vec<(&'b Arc<Earning>, Money)>,
}

impl<'b> Sources<'b> {
    /// All records of a Book, or of one platform only.
    pub(super) fn all(book: &'b Book, only: Option<PlatformId>) -> Self {
        let settled = settled_sums(book);
        let owed = |earning: &'b Arc<Earning>| {
            let owed = earning.owed();
            let paid = settled.get(&(earning.id, owed.currency)).copied().unwrap_or_default();
            Some((earning, open_of(owed, paid)?))
        };
        let wanted = |earning: &&Arc<Earning>| only.is_none_or(|only| earning.platform == only);
        let of_platform = |session: &&Arc<Session>| {
            let project = session.project.and_then(|id| book.project(id));
            project.is_some_and(|project| only.is_none_or(|only| project.platform == only))
        };
        Self {
            book,
            coverage: Coverage::of(book),
            sessions: book.sessions().filter(of_platform).collect(),
            earnings: book.earnings().filter(wanted).filter_map(owed).collect(),
        }
    }

    /// What is open of one platform after a change that moves no payout, by a reading of the Book before it.
    pub(super) fn after(
        before: &'b query::work::Work,
        book: &'b Book,
        change: &'b Change,
        platform: PlatformId,
    ) -> Self {
        let mut changed: BTreeMap<SessionId, &'b Arc<Session>> = BTreeMap::new();
        let mut moved: BTreeMap<EarningId, &'b Arc<Earning>> = BTreeMap::new();
        for record in change.edits().iter().filter_map(Edit::after) {
            if let Record::Session(session) = record {
                changed.insert(session.id, session);
            } else if let Record::Earning(earning) = record {
                moved.insert(earning.id, earning);
            }
        }
        let of_platform = |session: &&Arc<Session>| {
            let project = session.project.and_then(|id| book.project(id));
            project.is_some_and(|project| project.platform == platform)
        };
        let as_before = before.uncovered().into_iter().filter(|session| !changed.contains_key(&session.id));
        let mut sessions: Vec<&'b Arc<Session>> =
            as_before.chain(changed.values().copied()).filter(of_platform).collect();
        sessions.sort_by_cached_key(|session| (Month::of(session.started_at), session.id));
        let owed = |earning: &'b Arc<Earning>| {
            let owed = earning.owed();
            Some((earning, open_of(owed, before.allocated(earning.id, owed.currency))?))
        };
        let as_before = before.owing().into_iter().filter(|(earning, _)| !moved.contains_key(&earning.id));
        let mut earnings: Vec<(&'b Arc<Earning>, Money)> = as_before
            .chain(moved.values().copied().filter_map(owed))
            .filter(|(earning, _)| earning.platform == platform)
            .collect();
        earnings.sort_by_key(|(earning, _)| (Month::of_day(earning.worked.first), earning.id));
        let openings = before.openings().filter(|earning| !moved.contains_key(&earning.id));
        let coverage = Coverage::by(openings.chain(moved.values().copied()));
        Self { book, coverage, sessions, earnings }
    }

    /// What stands behind some rows, at their amounts.
    pub(super) fn of_rows(book: &'b Book, rows: &[SourceRow]) -> Self {
        let ids = rows.iter().map(|row| row.source).collect::<BTreeSet<_>>();
        let mut sources = Self { book, coverage: Coverage::default(), sessions: Vec::new(), earnings: Vec::new() };
        for source in ids {
            match source {
                Source::Session(id) => sources.sessions.extend(book.session(id)),
                Source::Earning(id) => sources.earnings.extend(book.earning(id).map(|earning| {
                    let parts = rows.iter().filter(|row| row.source == source).map(|row| row.amount.amount);
                    (earning, earning.owed().with(parts.fold(Decimal::ZERO, Decimal::saturating_add)))
                })),
            }
        }
        sources
    }

    /// What is open by a reading of the Book.
    pub(super) fn open(work: &'b query::work::Work) -> Self {
        Self {
            book: work.book(),
            coverage: Coverage::by(work.openings()),
            sessions: work.uncovered(),
            earnings: work.owing(),
        }
    }
}

/// The open money of some sources, by balance.
pub(super) fn gather<'b>(sources: &Sources<'b>, now: Timestamp) -> BTreeMap<Balance, Vec<Open<'b>>> {
    let Sources { book, coverage, sessions, earnings } = sources;
    let book: &'b Book = book;
    let (schedules, mut terms) = (Schedules::of(book), TermsOf::of(book));
    let mut rooms = Rooms::of(book, now);
    let mut open: BTreeMap<Balance, Vec<Open<'b>>> = BTreeMap::new();
    for session in sessions {
        let session: &'b Session = session;
        let Some(project) = session.project.and_then(|id| book.project(id)) else {
            continue;
        };
        if !session.paid || coverage.earning_of(book, session).is_some() {
            continue;
        }
        let day = book.day_of(session);
        let agreed = terms.on(project.id, day);
        let Ok(priced) = value::credited_by(session, agreed, || rooms.room(session), now) else {
            continue;
        };
        if priced.money.amount.is_zero() {
            continue;
        }
        // A price of its own goes before any terms.
        let agreed = agreed.filter(|_| priced.basis != Basis::OwnPrice);
        let hourly = agreed.is_some_and(|terms| matches!(terms.pay, Pay::PerHour(_)));
        let usual = book.platform(project.platform).and_then(|platform| platform.default_route);
        let secs = session.credited_secs.unwrap_or_else(|| session.own_secs(now)).max(0);
        let one = Open {
            schedule: schedules.on(project.platform, session.project, usual, day),
            project: session.project,
            money: priced.money,
            held_percent: None,
            told: is_told(book, project.platform),
            work: Work::Session { session, day, secs, hourly },
        };
        let opens = open.entry((project.platform, priced.money.currency, None)).or_default();
        opens.extend(held_apart(one, priced.money, agreed.and_then(|terms| terms.held_percent)));
    }
    for (earning, money) in earnings {
        let (earning, money): (&'b Earning, Money) = (earning, *money);
        let usual = book.platform(earning.platform).and_then(|platform| platform.default_route);
        let agreed = earning.project.and_then(|project| terms.on(project, earning.worked.last));
        let per_task = earning.kind == EarningKind::Work
            && agreed.is_some_and(|terms| matches!(terms.pay, Pay::PerTask(_) | Pay::PerUnit { .. } | Pay::BySession));
        let route = earning.route.filter(|route| Some(*route) != usual);
        let one = Open {
            schedule: schedules.on(earning.platform, earning.project, earning.route.or(usual), earning.worked.last),
            project: earning.project,
            money,
            held_percent: None,
            told: is_told(book, earning.platform),
            work: Work::Earning { earning, per_task },
        };
        open.entry((earning.platform, money.currency, route)).or_default().extend(held_apart(
            one,
            earning.owed(),
            agreed.and_then(|terms| terms.held_percent),
        ));
    }
    open
}

fn is_told(book: &Book, platform: PlatformId) -> bool {
    book.platform(platform).is_some_and(|platform| platform.self_reports == Some(true))
}

/// Open money, and beside it the share that is held back until the work is accepted: what the terms agreed, else what
/// the schedule says, of `whole`, to the minor unit. Approved money, bonuses and corrections are held back nowhere.
fn held_apart(open: Open<'_>, whole: Money, agreed: Option<Decimal>) -> impl Iterator<Item = Open<'_>> + use<'_> {
    let by_rule = || open.schedule.and_then(|schedule| schedule.rule.modifiers.held_percent);
    let waits = match open.work {
        Work::Session { .. } => true,
        Work::Earning { earning, .. } => {
            let of_work = matches!(earning.kind, EarningKind::Work | EarningKind::Milestone);
            of_work && earning.held.is_none() && earning.approved_on().is_none()
        }
    };
    let share = || {
        let percent = agreed.or_else(by_rule)?.min(Decimal::ONE_HUNDRED);
        let part = whole.amount.checked_mul(percent)? / Decimal::ONE_HUNDRED;
        let part = whole.with(part).rounded().amount.min(open.money.amount);
        (part > Decimal::ZERO).then_some((percent, part))
    };
    let held = if waits { share() } else { None };
    let rest = open.money.amount.saturating_sub(held.map_or(Decimal::ZERO, |(_, part)| part));
    let free = (!rest.is_zero()).then(|| Open { money: open.money.with(rest), ..open });
    let held = held.map(|(percent, part)| Open { money: open.money.with(part), held_percent: Some(percent), ..open });
    free.into_iter().chain(held)
}

/// What payouts have settled, by earning and currency.
fn settled_sums(book: &Book) -> HashMap<(EarningId, Currency), Decimal> {
    let mut sums: HashMap<(EarningId, Currency), Decimal> = HashMap::new();
    for part in book.payouts().flat_map(|payout| payout.allocations.iter()) {
        let sum = sums.entry((part.earning, part.amount.currency)).or_default();
        *sum = sum.saturating_add(part.amount.amount);
    }
    sums
}

/// The terms of projects by date, each project's looked up once.
struct TermsOf<'b> {
    book: &'b Book,
    known: HashMap<ProjectId, Vec<&'b Terms>>,
}

impl<'b> TermsOf<'b> {
    fn of(book: &'b Book) -> Self {
        Self { book, known: HashMap::new() }
    }

    /// As [`Book::terms_on`].
    fn on(&mut self, project: ProjectId, day: NaiveDate) -> Option<&'b Terms> {
        let book = self.book;
        let terms = self
            .known
            .entry(project)
            .or_insert_with(|| book.terms_of(project).into_iter().map(AsRef::as_ref).collect());
        in_force(terms, day).copied()
    }
}

/// The schedules by platform, so that 100,000 sessions don't each look through all of them.
pub(super) struct Schedules<'b>(HashMap<PlatformId, Vec<&'b Arc<Schedule>>>);

impl<'b> Schedules<'b> {
    pub(super) fn of(book: &'b Book) -> Self {
        let mut by_platform: HashMap<PlatformId, Vec<&Arc<Schedule>>> = HashMap::new();
        for schedule in book.schedules() {
            by_platform.entry(schedule.platform).or_default().push(schedule);
        }
        Self(by_platform)
    }

    /// As [`Book::schedule_on`], and a schedule of one route holds for that route alone.
    pub(super) fn on(
        &self,
        platform: PlatformId,
        project: Option<ProjectId>,
        route: Option<RouteId>,
        day: NaiveDate,
    ) -> Option<&'b Arc<Schedule>> {
        let found: &Vec<&'b Arc<Schedule>> = self.0.get(&platform)?;
        found
            .iter()
            .copied()
            .filter(|schedule| {
                (schedule.project.is_none() || schedule.project == project)
                    && (schedule.route.is_none() || schedule.route == route)
                    && schedule.valid_from.is_none_or(|from| from <= day)
                    && schedule.valid_until.is_none_or(|until| day <= until)
            })
            .max_by_key(|schedule| -> (bool, bool, Option<NaiveDate>, ScheduleId) {
                (schedule.project.is_some(), schedule.route.is_some(), schedule.valid_from, schedule.id)
            })
    }
}
