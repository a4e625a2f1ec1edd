//! What schema 1 had otherwise: its headers without a checksum, and sessions with every instant in full. Read, never written.
//!
//! It stays as it is: there are books in it. All other records were as they are in schema 2.

use nonmax::NonMaxU32;
use serde::Deserialize;

use super::session::{Activity, usually_paid};
use super::shape::Shape as _;
use super::text::Text;
use super::{Problem, SessionShape};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::session;
use crate::domain::span::{Timestamp, Zone};

/// The number of that schema.
pub const SCHEMA: u32 = 1;

/// The first line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The schema: 1.
    pub schema: u32,
    /// The zone of the sessions that name none.
    pub zone: Text<Zone>,
    /// For the files of the Book: every change up to this sequence is in the file.
    #[serde(default)]
    pub through: Option<u64>,
}

/// A session. Its zone is the header's unless it says otherwise; it is paid if it is paid work, unless it says
/// otherwise: that rule belongs to the schema and stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    id: Text<SessionId>,
    start: Text<Timestamp>,
    #[serde(default)]
    end: Option<Text<Timestamp>>,
    #[serde(default)]
    zone: Option<Text<Zone>>,
    #[serde(default)]
    pauses: Vec<Pause>,
    #[serde(default)]
    declared_secs: Option<i64>,
    #[serde(default)]
    project: Option<Text<ProjectId>>,
    #[serde(default)]
    activity: Activity,
    #[serde(default)]
    paid: Option<bool>,
    #[serde(default)]
    task_type: Option<String>,
    #[serde(default)]
    tasks: Option<u32>,
    #[serde(default)]
    unit_thousandths: u32,
    #[serde(default)]
    own_price: Option<Text<Money>>,
    #[serde(default)]
    credited_secs: Option<i64>,
    #[serde(default)]
    reported_at: Option<Text<Timestamp>>,
    #[serde(default)]
    note: String,
}

/// An interruption.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pause {
    from: Text<Timestamp>,
    #[serde(default)]
    until: Option<Text<Timestamp>>,
}

impl SessionShape for Session {
    fn into_domain(self, header: Option<Zone>) -> Result<session::Session, Problem> {
        if self.end.is_some_and(|end| end.0 < self.start.0) {
            return Err(Problem::EndsBeforeStart);
        }
        Ok(session::Session {
            id: self.id.0,
            started_at: self.start.0,
            ended_at: self.end.map(|end| end.0),
            zone: self.zone.map(|zone| zone.0).or(header).ok_or(Problem::NoZone)?,
            project: self.project.map(|project| project.0),
            paid: self.paid.unwrap_or(usually_paid(&self.activity)),
            activity: self.activity.into_domain()?,
            task_type: self.task_type.as_deref().map(Into::into),
            tasks: self.tasks.map(NonMaxU32::try_from).transpose().map_err(|_too_large| Problem::TooManyTasks)?,
            credited_secs: self.credited_secs,
            seldom: session::Seldom {
                own_price: self.own_price.map(|price| price.0),
                reported_at: self.reported_at.map(|at| at.0),
                rare: session::Rare {
                    pauses: self
                        .pauses
                        .into_iter()
                        .map(|pause| session::Pause { from: pause.from.0, until: pause.until.map(|until| until.0) })
                        .collect(),
                    declared_secs: self.declared_secs,
                    unit_thousandths: self.unit_thousandths,
                    origin: None,
                    note: self.note,
                }
                .into(),
            }
            .into(),
        })
    }
}
