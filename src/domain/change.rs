//! Changes: lists of (record, before, after). The only thing that a Book can be changed by.
//!
//! A change holds both sides, so its reverse is mechanical, and setting after-states twice is the same as once.

use std::sync::Arc;

use super::bill::Bill;
use super::earning::Earning;
use super::exchange::ExchangeRate;
use super::ids::{
    BillId, EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, ScheduleId, SessionId, TermsId,
};
use super::movement::Movement;
use super::payout::Payout;
use super::platform::{Platform, Project};
use super::route::Route;
use super::schedule::Schedule;
use super::seen::Seen;
use super::session::Session;
use super::settings::Settings;
use super::terms::Terms;

/// One record of the Book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// The settings; there is one.
    Settings(Arc<Settings>),
    /// A platform.
    Platform(Arc<Platform>),
    /// A project.
    Project(Arc<Project>),
    /// Terms.
    Terms(Arc<Terms>),
    /// A schedule.
    Schedule(Arc<Schedule>),
    /// A route.
    Route(Arc<Route>),
    /// An exchange rate.
    Rate(Arc<ExchangeRate>),
    /// A bill.
    Bill(Arc<Bill>),
    /// What the user has seen; there is one.
    Seen(Arc<Seen>),
    /// A session.
    Session(Arc<Session>),
    /// An earning.
    Earning(Arc<Earning>),
    /// A payout.
    Payout(Arc<Payout>),
    /// A movement of an account.
    Movement(Arc<Movement>),
}

/// Names a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The settings.
    Settings,
    /// A platform.
    Platform(PlatformId),
    /// A project.
    Project(ProjectId),
    /// Terms.
    Terms(TermsId),
    /// A schedule.
    Schedule(ScheduleId),
    /// A route.
    Route(RouteId),
    /// An exchange rate.
    Rate(RateId),
    /// A bill.
    Bill(BillId),
    /// What the user has seen.
    Seen,
    /// A session.
    Session(SessionId),
    /// An earning.
    Earning(EarningId),
    /// A payout.
    Payout(PayoutId),
    /// A movement of an account.
    Movement(MovementId),
}

impl Record {
    /// Records of one kind, each as a record of any.
    pub fn each<'a, T: 'a>(records: impl Iterator<Item = &'a Arc<T>>) -> impl Iterator<Item = Self>
    where
        Self: From<Arc<T>>,
    {
        records.cloned().map(Self::from)
    }

    /// The name of the record.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Settings(_) => Key::Settings,
            Self::Platform(record) => Key::Platform(record.id),
            Self::Project(record) => Key::Project(record.id),
            Self::Terms(record) => Key::Terms(record.id),
            Self::Schedule(record) => Key::Schedule(record.id),
            Self::Route(record) => Key::Route(record.id),
            Self::Rate(record) => Key::Rate(record.id),
            Self::Bill(record) => Key::Bill(record.id),
            Self::Seen(_) => Key::Seen,
            Self::Session(record) => Key::Session(record.id),
            Self::Earning(record) => Key::Earning(record.id),
            Self::Payout(record) => Key::Payout(record.id),
            Self::Movement(record) => Key::Movement(record.id),
        }
    }
}

macro_rules! record_from {
    ($($variant:ident($type:ty)),+) => {
        $(
            impl From<$type> for Record {
                fn from(record: $type) -> Self {
                    Self::$variant(Arc::new(record))
                }
            }
            impl From<Arc<$type>> for Record {
                fn from(record: Arc<$type>) -> Self {
                    Self::$variant(record)
                }
            }
        )+
    };
}

record_from!(
    Settings(Settings),
    Platform(Platform),
    Project(Project),
    Terms(Terms),
    Schedule(Schedule),
    Route(Route),
    Rate(ExchangeRate),
    Bill(Bill),
    Seen(Seen),
    Session(Session),
    Earning(Earning),
    Payout(Payout),
    Movement(Movement)
);

/// One record before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    before: Option<Record>,
    after: Option<Record>,
}

impl Edit {
    /// A record that is new.
    #[must_use]
    pub fn create(after: impl Into<Record>) -> Self {
        Self { before: None, after: Some(after.into()) }
    }

    /// A record that goes.
    #[must_use]
    pub fn delete(before: impl Into<Record>) -> Self {
        Self { before: Some(before.into()), after: None }
    }

    /// Both sides as they were read from a file; `None` where they name different records or none at all.
    #[must_use]
    pub fn from_sides(before: Option<Record>, after: Option<Record>) -> Option<Self> {
        match (&before, &after) {
            (None, None) => None,
            (Some(old), Some(new)) if old.key() != new.key() => None,
            _ => Some(Self { before, after }),
        }
    }

    /// The record before; `None` where it is new.
    #[must_use]
    pub fn before(&self) -> Option<&Record> {
        self.before.as_ref()
    }

    /// The record after; `None` where it goes.
    #[must_use]
    pub fn after(&self) -> Option<&Record> {
        self.after.as_ref()
    }

    /// The record that is edited.
    #[must_use]
    pub fn key(&self) -> Key {
        // The constructors make sure that one side is there.
        self.after.as_ref().or(self.before.as_ref()).map_or(Key::Settings, Record::key)
    }
}

/// A list of edits that happen together or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    edits: Vec<Edit>,
}

impl Change {
    /// A change of these edits, in order; edits that change nothing are left out.
    #[must_use]
    pub fn new(edits: Vec<Edit>) -> Self {
        let edits = edits.into_iter().filter(|edit| edit.before != edit.after).collect();
        Self { edits }
    }

    /// A new record.
    #[must_use]
    pub fn create(after: impl Into<Record>) -> Self {
        Self::new(vec![Edit::create(after)])
    }

    /// A record in place of another of the same name.
    #[must_use]
    pub fn replace<T>(before: &Arc<T>, after: T) -> Self
    where
        T: Clone,
        Record: From<T> + From<Arc<T>>,
    {
        Self::new(
            Edit::from_sides(Some(Record::from(Arc::clone(before))), Some(Record::from(after))).into_iter().collect(),
        )
    }

    /// The edits, in order.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// What takes it back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let edits = self
            .edits
            .iter()
            .rev()
            .map(|edit| Edit { before: edit.after.clone(), after: edit.before.clone() })
            .collect();
        Self { edits }
    }

    /// This change and then another, as one.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.edits.extend(other.edits);
        self
    }
}
