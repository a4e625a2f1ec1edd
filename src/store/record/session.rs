//! Sessions in a file, as of schema 1. There are many, so the line is short: what is usual is left out.

use serde::{Deserialize, Serialize};

use super::Problem;
use super::shape::{Shape, is_default, shape_enum};
use super::text::Text;
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::session;
use crate::domain::span::{Timestamp, Zone};
use crate::domain::statement::Origin;

shape_enum! {
    /// What the time went to.
    #[derive(Default)]
    Activity for session::Activity {
        #[default]
        PaidWork,
        Assessment,
        Onboarding,
        Searching,
        Instructions,
        Rework,
        Admin,
        Appeal,
        Learning,
    }
}

/// A session. Its zone is the header's unless it says otherwise; it is paid if it is paid work, unless it says
/// otherwise: that rule belongs to the schema and stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    id: Text<SessionId>,
    start: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    end: Option<Text<Timestamp>>,
    #[serde(default, skip_serializing_if = "is_default")]
    zone: Option<Text<Zone>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pauses: Vec<Pause>,
    #[serde(default, skip_serializing_if = "is_default")]
    declared_secs: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    project: Option<Text<ProjectId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    activity: Activity,
    #[serde(default, skip_serializing_if = "is_default")]
    paid: Option<bool>,
    #[serde(default, skip_serializing_if = "is_default")]
    task_type: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    tasks: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    unit_thousandths: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    own_price: Option<Text<Money>>,
    #[serde(default, skip_serializing_if = "is_default")]
    credited_secs: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    reported_at: Option<Text<Timestamp>>,
    #[serde(default, skip_serializing_if = "is_default")]
    origin: Option<Text<Origin>>,
    #[serde(default, skip_serializing_if = "is_default")]
    note: String,
}

/// An interruption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pause {
    from: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    until: Option<Text<Timestamp>>,
}

impl Session {
    /// The shape of a session in a file whose header names this zone.
    pub fn from_domain(domain: &session::Session, header: Zone) -> Self {
        let activity = Activity::from_domain(&domain.activity);
        Self {
            id: Text(domain.id),
            start: Text(domain.started_at),
            end: domain.ended_at.map(Text),
            zone: (domain.zone != header).then_some(Text(domain.zone)),
            pauses: domain
                .pauses
                .iter()
                .map(|pause| Pause { from: Text(pause.from), until: pause.until.map(Text) })
                .collect(),
            declared_secs: domain.declared_secs,
            project: domain.project.map(Text),
            paid: (domain.paid != usually_paid(&activity)).then_some(domain.paid),
            activity,
            task_type: domain.task_type.as_deref().map(ToOwned::to_owned),
            tasks: domain.tasks,
            unit_thousandths: domain.unit_thousandths,
            own_price: domain.own_price.map(Text),
            credited_secs: domain.credited_secs,
            reported_at: domain.reported_at.map(Text),
            origin: domain.origin.clone().map(Text),
            note: domain.note.clone(),
        }
    }

    /// The session; `header` is the zone of the file's header, `None` where that could not be read.
    ///
    /// # Errors
    /// [`Problem`] where it ends before it starts, or no zone is known.
    pub fn into_domain(self, header: Option<Zone>) -> Result<session::Session, Problem> {
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
            task_type: self.task_type.map(Into::into),
            tasks: self.tasks,
            credited_secs: self.credited_secs,
            seldom: session::Seldom {
                pauses: self
                    .pauses
                    .into_iter()
                    .map(|pause| session::Pause { from: pause.from.0, until: pause.until.map(|until| until.0) })
                    .collect(),
                declared_secs: self.declared_secs,
                unit_thousandths: self.unit_thousandths,
                own_price: self.own_price.map(|price| price.0),
                reported_at: self.reported_at.map(|at| at.0),
                origin: self.origin.map(|origin| origin.0),
                note: self.note,
            }
            .into(),
        })
    }
}

/// What a line without `paid` means in schema 1.
fn usually_paid(activity: &Activity) -> bool {
    *activity == Activity::PaidWork
}
