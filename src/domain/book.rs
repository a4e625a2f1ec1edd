//! The Book: all that the user has recorded, in one in-memory model.
//!
//! Small tables (platforms, projects, terms, schedules, routes, rates, bills) stand whole; sessions, earnings, payouts
//! and movements stand in buckets of a UTC month. Everything is behind `Arc`s: a copy of the Book costs a few pointers, and an
//! edit copies one bucket. [`Book::apply`] is the only function that changes it, and it bumps the revisions.

mod homes;
mod many;
mod sessions;

pub(crate) use self::many::{Filling, OfMonth};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use self::homes::Homes;
use self::sessions::Sessions;
use super::bill::Bill;
use super::change::{Change, Edit, Key, Record};
use super::earning::Earning;
use super::exchange::{ExchangeRate, MissingRate, RateTable};
use super::ids::{
    BillId, EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, ScheduleId, SessionId, TermsId,
};
use super::money::{Currency, Money};
use super::movement::Movement;
use super::payout::Payout;
use super::platform::{Platform, Project};
use super::route::Route;
use super::schedule::Schedule;
use super::seen::Seen;
use super::session::{Session, SessionState};
use super::settings::Settings;
use super::span::{DayRange, Month, day_plus, user_day};
use super::terms::Terms;

/// A table of records by id, cheap to copy.
pub type Table<I, T> = Arc<BTreeMap<I, Arc<T>>>;

/// All that the user has recorded.
#[derive(Debug, Clone)]
pub struct Book {
    revision: u64,
    settings: Arc<Settings>,
    platforms: Table<PlatformId, Platform>,
    projects: Table<ProjectId, Project>,
    terms: Table<TermsId, Terms>,
    schedules: Table<ScheduleId, Schedule>,
    routes: Table<RouteId, Route>,
    rates: Arc<RateTable>,
    bills: Table<BillId, Bill>,
    seen: Arc<Seen>,
    months: BTreeMap<Month, Arc<Bucket>>,
    /// The months of records that stand in buckets.
    homes: Arc<Homes>,
    open: Arc<BTreeMap<SessionId, Month>>,
}

/// The sessions that began, the earnings worked, the payouts sent and the money that moved in one UTC month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bucket {
    revision: u64,
    sessions: Sessions,
    earnings: BTreeMap<EarningId, Arc<Earning>>,
    payouts: BTreeMap<PayoutId, Arc<Payout>>,
    movements: BTreeMap<MovementId, Arc<Movement>>,
}

impl Bucket {
    /// The Book's revision at its last change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Its sessions, by id.
    pub fn sessions(&self) -> impl Iterator<Item = &Arc<Session>> + Clone {
        self.sessions.iter()
    }

    /// Those of its sessions, by id, that may differ from what another bucket has: the rows that both share are left
    /// out.
    pub fn sessions_beside<'b>(&'b self, other: &Self) -> impl Iterator<Item = &'b Arc<Session>> + use<'b> {
        let shared: BTreeSet<*const Vec<Arc<Session>>> = other.sessions.rows().iter().map(Arc::as_ptr).collect();
        let rows = self.sessions.rows().iter().filter(move |row| !shared.contains(&Arc::as_ptr(row)));
        rows.flat_map(|row| row.iter())
    }

    /// Its earnings, by id.
    pub fn earnings(&self) -> impl Iterator<Item = &Arc<Earning>> {
        self.earnings.values()
    }

    /// Its payouts, by id.
    pub fn payouts(&self) -> impl Iterator<Item = &Arc<Payout>> {
        self.payouts.values()
    }

    /// Its movements, by id.
    pub fn movements(&self) -> impl Iterator<Item = &Arc<Movement>> {
        self.movements.values()
    }

    fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.earnings.is_empty() && self.payouts.is_empty() && self.movements.is_empty()
    }
}

/// Two Books are equal when they hold equal records; revisions don't count.
impl PartialEq for Book {
    fn eq(&self, other: &Self) -> bool {
        let months = |book: &Self| -> Vec<(Month, Bucket)> {
            book.months.iter().map(|(month, bucket)| (*month, Bucket { revision: 0, ..(**bucket).clone() })).collect()
        };
        self.settings == other.settings
            && self.platforms == other.platforms
            && self.projects == other.projects
            && self.terms == other.terms
            && self.schedules == other.schedules
            && self.routes == other.routes
            && self.rates == other.rates
            && self.bills == other.bills
            && self.seen == other.seen
            && months(self) == months(other)
    }
}

impl Eq for Book {}

/// Sets one record of a table, or removes it where none is left.
fn put<I: Ord, T>(table: &mut BTreeMap<I, Arc<T>>, id: I, record: Option<&Arc<T>>) {
    match record {
        Some(record) => {
            table.insert(id, Arc::clone(record));
        }
        None => {
            table.remove(&id);
        }
    }
}

impl Book {
    /// An empty Book.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            revision: 0,
            settings: Arc::new(settings),
            platforms: Table::default(),
            projects: Table::default(),
            terms: Table::default(),
            schedules: Table::default(),
            routes: Table::default(),
            rates: Arc::default(),
            bills: Table::default(),
            seen: Arc::default(),
            months: BTreeMap::new(),
            homes: Arc::default(),
            open: Arc::default(),
        }
    }

    /// Counts the changes; two equal revisions of one Book are the same Book.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Counts on after another Book, which this one takes the place of.
    pub fn comes_after(&mut self, before: &Self) {
        self.revision = self.revision.max(before.revision) + 1;
    }

    /// The same small tables with these sessions, earnings, payouts and movements alone; records of other kinds are left out.
    #[must_use]
    pub fn holding(&self, records: impl IntoIterator<Item = Record>) -> Self {
        let mut book = Self { months: BTreeMap::new(), homes: Arc::default(), open: Arc::default(), ..self.clone() };
        for record in records {
            book.put_in_bucket(&record, true);
        }
        book
    }

    /// Whether the small tables that money depends on are the very ones of another Book: settings, platforms,
    /// projects, terms, schedules, exchange rates.
    #[must_use]
    pub fn shares_tables_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.settings, &other.settings)
            && Arc::ptr_eq(&self.platforms, &other.platforms)
            && Arc::ptr_eq(&self.projects, &other.projects)
            && Arc::ptr_eq(&self.terms, &other.terms)
            && Arc::ptr_eq(&self.schedules, &other.schedules)
            && Arc::ptr_eq(&self.rates, &other.rates)
    }

    /// Whether the small tables that say how money travels are the very ones of another Book: platforms, schedules,
    /// routes.
    #[must_use]
    pub fn shares_ways_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.platforms, &other.platforms)
            && Arc::ptr_eq(&self.schedules, &other.schedules)
            && Arc::ptr_eq(&self.routes, &other.routes)
    }

    /// Applies a change: each record is set to its after-state. Doing it twice is the same as doing it once.
    pub fn apply(&mut self, change: &Change) {
        self.revision += 1;
        let (many, others): (Vec<&Edit>, Vec<&Edit>) = change
            .edits()
            .iter()
            .partition(|edit| change.edits().len() > many::FEW && matches!(edit.key(), Key::Session(_)));
        self.apply_to_sessions(&many);
        for edit in others {
            self.apply_edit(edit);
        }
    }

    fn apply_edit(&mut self, edit: &Edit) {
        // The after-state goes into the table of its kind; without one, the record goes out.
        macro_rules! put {
            ($table:expr, $id:expr, $kind:ident) => {{
                let after = edit.after().and_then(|after| if let Record::$kind(r) = after { Some(r) } else { None });
                put(Arc::make_mut(&mut $table), $id, after);
            }};
        }
        match edit.key() {
            Key::Settings => {
                if let Some(Record::Settings(settings)) = edit.after() {
                    self.settings = Arc::clone(settings);
                }
            }
            Key::Platform(id) => put!(self.platforms, id, Platform),
            Key::Project(id) => put!(self.projects, id, Project),
            Key::Terms(id) => put!(self.terms, id, Terms),
            Key::Schedule(id) => put!(self.schedules, id, Schedule),
            Key::Route(id) => put!(self.routes, id, Route),
            Key::Rate(id) => {
                let after = edit.after().and_then(|after| if let Record::Rate(r) = after { Some(r) } else { None });
                Arc::make_mut(&mut self.rates).put(id, after);
            }
            Key::Bill(id) => put!(self.bills, id, Bill),
            Key::Seen => {
                self.seen = match edit.after() {
                    Some(Record::Seen(seen)) => Arc::clone(seen),
                    _ => Arc::default(),
                };
            }
            Key::Session(_) | Key::Earning(_) | Key::Payout(_) | Key::Movement(_) => {
                let stays = |before: &Record| edit.after().is_some_and(|after| month_of(after) == month_of(before));
                if let Some(before) = edit.before().filter(|before| !stays(before)) {
                    self.put_in_bucket(before, false);
                }
                if let Some(after) = edit.after() {
                    self.put_in_bucket(after, true);
                }
            }
        }
    }

    /// Sets a record in the bucket of its month, or takes it out where it does not stay.
    fn put_in_bucket(&mut self, record: &Record, stays: bool) {
        let Some(month) = month_of(record) else {
            return;
        };
        if stays {
            self.note_home(record, month);
        }
        let bucket = Arc::make_mut(self.months.entry(month).or_default());
        bucket.revision = self.revision;
        match record {
            Record::Session(session) => {
                bucket.sessions.put(session.id, stays.then_some(session));
                if stays && session.is_open() {
                    Arc::make_mut(&mut self.open).insert(session.id, month);
                } else if self.open.contains_key(&session.id) {
                    Arc::make_mut(&mut self.open).remove(&session.id);
                }
            }
            Record::Earning(earning) => put(&mut bucket.earnings, earning.id, stays.then_some(earning)),
            Record::Payout(payout) => put(&mut bucket.payouts, payout.id, stays.then_some(payout)),
            Record::Movement(movement) => put(&mut bucket.movements, movement.id, stays.then_some(movement)),
            Record::Settings(_)
            | Record::Platform(_)
            | Record::Project(_)
            | Record::Terms(_)
            | Record::Schedule(_)
            | Record::Route(_)
            | Record::Rate(_)
            | Record::Bill(_)
            | Record::Seen(_) => {}
        }
        if bucket.is_empty() {
            self.months.remove(&month);
        }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// The platforms, by id.
    pub fn platforms(&self) -> impl Iterator<Item = &Arc<Platform>> {
        self.platforms.values()
    }

    /// A platform.
    #[must_use]
    pub fn platform(&self, id: PlatformId) -> Option<&Arc<Platform>> {
        self.platforms.get(&id)
    }

    /// The projects, by id.
    pub fn projects(&self) -> impl Iterator<Item = &Arc<Project>> {
        self.projects.values()
    }

    /// The projects of a platform, by id.
    pub fn projects_of(&self, platform: PlatformId) -> impl Iterator<Item = &Arc<Project>> {
        self.projects.values().filter(move |project| project.platform == platform)
    }

    /// A project.
    #[must_use]
    pub fn project(&self, id: ProjectId) -> Option<&Arc<Project>> {
        self.projects.get(&id)
    }

    /// The platform of a project that may be unnamed.
    #[must_use]
    pub fn platform_of(&self, project: Option<ProjectId>) -> Option<&Arc<Platform>> {
        self.platform(self.project(project?)?.platform)
    }

    /// All terms, by id.
    pub fn all_terms(&self) -> impl Iterator<Item = &Arc<Terms>> {
        self.terms.values()
    }

    /// Terms by their id.
    #[must_use]
    pub fn terms(&self, id: TermsId) -> Option<&Arc<Terms>> {
        self.terms.get(&id)
    }

    /// The terms of a project by date, oldest first.
    #[must_use]
    pub fn terms_of(&self, project: ProjectId) -> Vec<&Arc<Terms>> {
        let mut terms: Vec<_> = self.terms.values().filter(|terms| terms.project == project).collect();
        terms.sort_by_key(|terms| (terms.from, terms.id));
        terms
    }

    /// The terms in force for a project on a day: the last that began on or before it.
    #[must_use]
    pub fn terms_on(&self, project: ProjectId, day: NaiveDate) -> Option<&Arc<Terms>> {
        self.terms
            .values()
            .filter(|terms| terms.project == project && terms.from.is_none_or(|from| from <= day))
            .max_by_key(|terms| (terms.from, terms.id))
    }

    /// All schedules, by id.
    pub fn schedules(&self) -> impl Iterator<Item = &Arc<Schedule>> {
        self.schedules.values()
    }

    /// A schedule.
    #[must_use]
    pub fn schedule(&self, id: ScheduleId) -> Option<&Arc<Schedule>> {
        self.schedules.get(&id)
    }

    /// The schedules of a platform by date, oldest first.
    #[must_use]
    pub fn schedules_of(&self, platform: PlatformId) -> Vec<&Arc<Schedule>> {
        let mut found: Vec<_> = self.schedules.values().filter(|schedule| schedule.platform == platform).collect();
        found.sort_by_key(|schedule| (schedule.valid_from, schedule.id));
        found
    }

    /// The schedule in force for work of a project on a day: the project's own before the platform's, the newest
    /// version that began on or before the day and has not ended. One of a single route holds only where that is the
    /// platform's usual one.
    #[must_use]
    pub fn schedule_on(
        &self,
        platform: PlatformId,
        project: Option<ProjectId>,
        day: NaiveDate,
    ) -> Option<&Arc<Schedule>> {
        let usual = self.platform(platform).and_then(|platform| platform.default_route);
        self.schedules
            .values()
            .filter(|schedule| {
                schedule.platform == platform
                    && (schedule.project.is_none() || schedule.project == project)
                    && (schedule.route.is_none() || schedule.route == usual)
                    && schedule.valid_from.is_none_or(|from| from <= day)
                    && schedule.valid_until.is_none_or(|until| day <= until)
            })
            .max_by_key(|schedule| {
                (schedule.project.is_some(), schedule.route.is_some(), schedule.valid_from, schedule.id)
            })
    }

    /// The routes, by id.
    pub fn routes(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.routes.values()
    }

    /// A route.
    #[must_use]
    pub fn route(&self, id: RouteId) -> Option<&Arc<Route>> {
        self.routes.get(&id)
    }

    /// The route that money takes: its own where it names one, else the usual one of its platform.
    #[must_use]
    pub fn route_taken(&self, own: Option<RouteId>, platform: Option<PlatformId>) -> Option<&Arc<Route>> {
        let usual = || self.platform(platform?)?.default_route;
        self.route(own.or_else(usual)?)
    }

    /// The exchange rates, by id.
    pub fn rates(&self) -> impl Iterator<Item = &Arc<ExchangeRate>> {
        self.rates.iter()
    }

    /// The exchange rates as a table that converts.
    #[must_use]
    pub fn rate_table(&self) -> &Arc<RateTable> {
        &self.rates
    }

    /// An exchange rate.
    #[must_use]
    pub fn rate(&self, id: RateId) -> Option<&Arc<ExchangeRate>> {
        self.rates.get(id)
    }

    /// The bills, by id.
    pub fn bills(&self) -> impl Iterator<Item = &Arc<Bill>> {
        self.bills.values()
    }

    /// A bill.
    #[must_use]
    pub fn bill(&self, id: BillId) -> Option<&Arc<Bill>> {
        self.bills.get(&id)
    }

    /// What the user has seen.
    #[must_use]
    pub fn seen(&self) -> &Arc<Seen> {
        &self.seen
    }

    /// Money in another currency at the rate of a day, exact.
    ///
    /// # Errors
    /// [`MissingRate`] where the Book has none that may stand for the day.
    pub fn convert(&self, money: Money, to: Currency, on: NaiveDate) -> Result<Money, MissingRate> {
        self.rates.convert(money, to, on)
    }

    /// The months that hold anything, oldest first.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = (Month, &Arc<Bucket>)> {
        self.months.iter().map(|(month, bucket)| (*month, bucket))
    }

    /// All sessions, by month and id.
    pub fn sessions(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.months.values().flat_map(|bucket| bucket.sessions.iter())
    }

    /// Sessions whose own day (in their zone, less the start of day) lies in a range, by month and id.
    pub fn sessions_on(&self, days: DayRange) -> impl Iterator<Item = &Arc<Session>> {
        // Zones differ from UTC by less than a day, and a day may start late: two days to each side hold them all.
        let from = Month::of_day(day_plus(days.first, -2));
        let until = Month::of_day(day_plus(days.last, 2));
        self.months
            .range(from..=until.max(from))
            .flat_map(|(_, bucket)| bucket.sessions.iter())
            .filter(move |session| days.contains(self.day_of(session)))
    }

    /// The user's day of a session: the day of its start in its zone, less the start of day.
    #[must_use]
    pub fn day_of(&self, session: &Session) -> NaiveDate {
        user_day(session.started_at, session.zone, self.settings.day_start_minutes)
    }

    /// A session.
    #[must_use]
    pub fn session(&self, id: SessionId) -> Option<&Arc<Session>> {
        self.homes_of(&self.homes.sessions, id.0).find_map(|bucket| bucket.sessions.get(id))
    }

    /// The sessions without an end, by id.
    pub fn open_sessions(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.open.iter().filter_map(|(id, month)| self.months.get(month)?.sessions.get(*id))
    }

    /// Those of them whose time runs: not paused.
    pub fn running_sessions(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.open_sessions().filter(|session| session.state() == SessionState::Running)
    }

    /// All earnings, by month and id.
    pub fn earnings(&self) -> impl Iterator<Item = &Arc<Earning>> {
        self.months.values().flat_map(|bucket| bucket.earnings.values())
    }

    /// An earning.
    #[must_use]
    pub fn earning(&self, id: EarningId) -> Option<&Arc<Earning>> {
        self.homes_of(&self.homes.earnings, id.0).find_map(|bucket| bucket.earnings.get(&id))
    }

    /// All payouts, by month and id.
    pub fn payouts(&self) -> impl Iterator<Item = &Arc<Payout>> {
        self.months.values().flat_map(|bucket| bucket.payouts.values())
    }

    /// A payout.
    #[must_use]
    pub fn payout(&self, id: PayoutId) -> Option<&Arc<Payout>> {
        self.homes_of(&self.homes.payouts, id.0).find_map(|bucket| bucket.payouts.get(&id))
    }

    /// All movements, by month and id.
    pub fn movements(&self) -> impl Iterator<Item = &Arc<Movement>> {
        self.months.values().flat_map(|bucket| bucket.movements.values())
    }

    /// A movement.
    #[must_use]
    pub fn movement(&self, id: MovementId) -> Option<&Arc<Movement>> {
        self.homes_of(&self.homes.movements, id.0).find_map(|bucket| bucket.movements.get(&id))
    }

    /// The records of no month: the settings, each table by id, and what was seen.
    pub fn tables(&self) -> impl Iterator<Item = Record> + '_ {
        std::iter::once(Record::from(Arc::clone(&self.settings)))
            .chain(Record::each(self.platforms()))
            .chain(Record::each(self.projects()))
            .chain(Record::each(self.all_terms()))
            .chain(Record::each(self.schedules()))
            .chain(Record::each(self.routes()))
            .chain(Record::each(self.rates()))
            .chain(Record::each(self.bills()))
            .chain(self.record(Key::Seen))
    }

    /// A record as it stands.
    #[must_use]
    pub fn record(&self, key: Key) -> Option<Record> {
        match key {
            Key::Settings => Some(Record::from(Arc::clone(&self.settings))),
            Key::Platform(id) => self.platforms.get(&id).cloned().map(Record::from),
            Key::Project(id) => self.projects.get(&id).cloned().map(Record::from),
            Key::Terms(id) => self.terms.get(&id).cloned().map(Record::from),
            Key::Schedule(id) => self.schedules.get(&id).cloned().map(Record::from),
            Key::Route(id) => self.routes.get(&id).cloned().map(Record::from),
            Key::Rate(id) => self.rates.get(id).cloned().map(Record::from),
            Key::Bill(id) => self.bills.get(&id).cloned().map(Record::from),
            Key::Seen => (*self.seen != Seen::default()).then(|| Record::from(Arc::clone(&self.seen))),
            Key::Session(id) => self.session(id).cloned().map(Record::from),
            Key::Earning(id) => self.earning(id).cloned().map(Record::from),
            Key::Payout(id) => self.payout(id).cloned().map(Record::from),
            Key::Movement(id) => self.movement(id).cloned().map(Record::from),
        }
    }

    /// Whether nothing but settings was ever recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.platforms.is_empty() && self.projects.is_empty() && self.months.is_empty()
    }

    /// The platforms in the order of their names.
    #[must_use]
    pub fn platforms_by_name(&self) -> Vec<&Arc<Platform>> {
        let mut platforms: Vec<_> = self.platforms.values().collect();
        platforms.sort_by_cached_key(|platform| (platform.name.to_lowercase(), platform.id));
        platforms
    }

    /// The platform hues that are in use.
    #[must_use]
    pub fn used_hues(&self) -> BTreeSet<u32> {
        self.platforms.values().map(|platform| platform.hue).collect()
    }
}

/// The bucket of a record that stands in one.
#[must_use]
pub fn month_of(record: &Record) -> Option<Month> {
    match record {
        Record::Session(session) => Some(Month::of(session.started_at)),
        Record::Earning(earning) => Some(Month::of_day(earning.worked.first)),
        Record::Payout(payout) => Some(payout.month()),
        Record::Movement(movement) => Some(Month::of_day(movement.on)),
        Record::Settings(_)
        | Record::Platform(_)
        | Record::Project(_)
        | Record::Terms(_)
        | Record::Schedule(_)
        | Record::Route(_)
        | Record::Rate(_)
        | Record::Bill(_)
        | Record::Seen(_) => None,
    }
}
