//! The shapes of schema 2: what a record looks like in a file, and how it becomes a domain type and back.
//!
//! A shape is a promise for years, so it is a type of its own: the domain may move, the shape may not. Enums are
//! externally tagged, nothing is flattened or guessed. What an older schema had otherwise stays as it was, in a file of
//! its own ([`v1`]: sessions and headers); `tests/fixtures/` holds a Book with every kind of record for each schema.
//!
//! Promises: an amount, an id, a day is read exactly or the line is a problem; there is no default for money.
//! What is left out of a line means nothing, empty, no, or what its field says.

use serde::{Deserialize, Serialize};

use crate::domain::span::Zone;
use crate::domain::{self, change};

mod bill;
pub mod entry;
mod mapping;
mod moment;
mod money;
mod platform;
mod quick;
mod schedule;
mod seen;
pub mod session;
mod settings;
mod shape;
pub mod text;
pub mod v1;

pub use self::quick::{quick_money, quick_session};
use self::shape::Shape;

/// The schema that this program writes, and the newest it can read.
pub const SCHEMA: u32 = 2;

/// Why a line that is good RON is no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A text that is no such value.
    #[error("“{found}” is not {what}")]
    NotText {
        /// What it should be.
        what: &'static str,
        /// What stands there, cut.
        found: String,
    },
    /// A number outside its range.
    #[error("{field} is {found}; it must be from {least} to {most}")]
    Outside {
        /// The field.
        field: &'static str,
        /// What stands there.
        found: u32,
        /// The least it may be.
        least: u32,
        /// The most it may be.
        most: u32,
    },
    /// A session that ends before it starts.
    #[error("it ends before it starts")]
    EndsBeforeStart,
    /// A session whose start is a time of day alone.
    #[error("its start names no day")]
    NoDay,
    /// A session without a zone in a file without one.
    #[error("no time zone is known for it: the header can’t be read")]
    NoZone,
    /// More tasks than a session holds.
    #[error("too many tasks for one session")]
    TooManyTasks,
    /// An edit whose two sides are different records.
    #[error("the record before and the one after are not the same one")]
    TwoRecordsInOneEdit,
}

impl Problem {
    fn outside(field: &'static str, found: u32, least: u32, most: u32) -> Result<(), Self> {
        if (least..=most).contains(&found) { Ok(()) } else { Err(Self::Outside { field, found, least, most }) }
    }
}

/// The shape of a session in some schema.
pub trait SessionShape {
    /// The session; `header` is the zone of the file's header, `None` where that could not be read.
    ///
    /// # Errors
    /// [`Problem`] where it ends before it starts, or no day or zone is known.
    fn into_domain(self, header: Option<Zone>) -> Result<domain::session::Session, Problem>;
}

/// One record, as it stands in a line. Schemas differ in the shape of sessions alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record<S = session::Session> {
    /// The settings.
    Settings(settings::Settings),
    /// A platform.
    Platform(platform::Platform),
    /// A project.
    Project(platform::Project),
    /// Terms.
    Terms(platform::Terms),
    /// A schedule.
    Schedule(schedule::Schedule),
    /// A route.
    Route(platform::Route),
    /// An exchange rate.
    Rate(money::Rate),
    /// A bill.
    Bill(bill::Bill),
    /// What the user has seen.
    Seen(seen::Seen),
    /// A session.
    Session(S),
    /// An earning.
    Earning(money::Earning),
    /// A payout.
    Payout(money::Payout),
    /// A movement of an account.
    Movement(money::Movement),
}

impl Record {
    /// The shape of a record in a file whose header names this zone.
    #[must_use]
    pub fn from_domain(record: &change::Record, header: Zone) -> Self {
        match record {
            change::Record::Settings(record) => Self::Settings(Shape::from_domain(record.as_ref())),
            change::Record::Platform(record) => Self::Platform(Shape::from_domain(record.as_ref())),
            change::Record::Project(record) => Self::Project(Shape::from_domain(record.as_ref())),
            change::Record::Terms(record) => Self::Terms(Shape::from_domain(record.as_ref())),
            change::Record::Schedule(record) => Self::Schedule(Shape::from_domain(record.as_ref())),
            change::Record::Route(record) => Self::Route(Shape::from_domain(record.as_ref())),
            change::Record::Rate(record) => Self::Rate(Shape::from_domain(record.as_ref())),
            change::Record::Bill(record) => Self::Bill(Shape::from_domain(record.as_ref())),
            change::Record::Seen(record) => Self::Seen(Shape::from_domain(record.as_ref())),
            change::Record::Session(record) => Self::Session(session::Session::from_domain(record, header)),
            change::Record::Earning(record) => Self::Earning(Shape::from_domain(record.as_ref())),
            change::Record::Payout(record) => Self::Payout(Shape::from_domain(record.as_ref())),
            change::Record::Movement(record) => Self::Movement(Shape::from_domain(record.as_ref())),
        }
    }
}

impl<S: SessionShape> Record<S> {
    /// The record; `header` is the zone of the file's header, `None` where that could not be read.
    ///
    /// # Errors
    /// [`Problem`] where its parts don't go together.
    pub fn into_domain(self, header: Option<Zone>) -> Result<change::Record, Problem> {
        Ok(match self {
            Self::Settings(shape) => change::Record::from(shape.into_domain()?),
            Self::Platform(shape) => change::Record::from(shape.into_domain()?),
            Self::Project(shape) => change::Record::from(shape.into_domain()?),
            Self::Terms(shape) => change::Record::from(shape.into_domain()?),
            Self::Schedule(shape) => change::Record::from(shape.into_domain()?),
            Self::Route(shape) => change::Record::from(shape.into_domain()?),
            Self::Rate(shape) => change::Record::from(shape.into_domain()?),
            Self::Bill(shape) => change::Record::from(shape.into_domain()?),
            Self::Seen(shape) => change::Record::from(shape.into_domain()?),
            Self::Session(shape) => change::Record::from(shape.into_domain(header)?),
            Self::Earning(shape) => change::Record::from(shape.into_domain()?),
            Self::Payout(shape) => change::Record::from(shape.into_domain()?),
            Self::Movement(shape) => change::Record::from(shape.into_domain()?),
        })
    }
}
