//! Sessions in a file, as of schema 2. There are many, so the line is short: what is usual is left out, and a day is named
//! once.
//!
//! `(id:"7ZQ4K9M2T1XCA",at:"2026-11-22T08:00:12Z/08:36",project:"9XGFE0XS8S798",type:"rating",tasks:3)`

use nonmax::NonMaxU32;
use serde::{Deserialize, Serialize};

use super::moment::{Moment, Stretch};
use super::shape::{Shape, is_default, shape_enum};
use super::text::Text;
use super::{Problem, SessionShape};
use crate::domain::ids::{ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::session;
use crate::domain::span::Zone;
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
/// otherwise: that rule belongs to the schema and stays as it is. Moments without a day are on the UTC day of its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    pub(super) id: Text<SessionId>,
    pub(super) at: Text<Stretch>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) zone: Option<Text<Zone>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) pauses: Vec<Text<Stretch>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) declared_secs: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) project: Option<Text<ProjectId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) activity: Activity,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) paid: Option<bool>,
    #[serde(default, rename = "type", skip_serializing_if = "is_default")]
    pub(super) task_type: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) tasks: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) unit_thousandths: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) own_price: Option<Text<Money>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) credited_secs: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) reported_at: Option<Text<Moment>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) origin: Option<Text<Origin>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) note: String,
}

impl Session {
    /// A session of which no more is known.
    pub(super) fn bare(id: Text<SessionId>, at: Text<Stretch>) -> Self {
        Self {
            id,
            at,
            zone: None,
            pauses: Vec::new(),
            declared_secs: None,
            project: None,
            activity: Activity::PaidWork,
            paid: None,
            task_type: None,
            tasks: None,
            unit_thousandths: 0,
            own_price: None,
            credited_secs: None,
            reported_at: None,
            origin: None,
            note: String::new(),
        }
    }

    /// The shape of a session in a file whose header names this zone.
    pub fn from_domain(domain: &session::Session, header: Zone) -> Self {
        let activity = Activity::from_domain(&domain.activity);
        let day = domain.started_at.date_naive();
        let on_day = |at| Moment::on(day, at);
        Self {
            id: Text(domain.id),
            at: Text(Stretch { from: Moment::Instant(domain.started_at), until: domain.ended_at.map(on_day) }),
            zone: (domain.zone != header).then_some(Text(domain.zone)),
            pauses: domain
                .pauses
                .iter()
                .map(|pause| Text(Stretch { from: on_day(pause.from), until: pause.until.map(on_day) }))
                .collect(),
            declared_secs: domain.declared_secs,
            project: domain.project.map(Text),
            paid: (domain.paid != usually_paid(&activity)).then_some(domain.paid),
            activity,
            task_type: domain.task_type.as_deref().map(ToOwned::to_owned),
            tasks: domain.tasks.map(u32::from),
            unit_thousandths: domain.unit_thousandths,
            own_price: domain.own_price.map(Text),
            credited_secs: domain.credited_secs,
            reported_at: domain.reported_at.map(|at| Text(on_day(at))),
            origin: domain.origin.clone().map(Text),
            note: domain.note.clone(),
        }
    }
}

impl SessionShape for Session {
    fn into_domain(self, header: Option<Zone>) -> Result<session::Session, Problem> {
        let Stretch { from: Moment::Instant(started_at), until } = self.at.0 else { return Err(Problem::NoDay) };
        let day = started_at.date_naive();
        let ended_at = until.map(|until| until.instant(day));
        if ended_at.is_some_and(|ended_at| ended_at < started_at) {
            return Err(Problem::EndsBeforeStart);
        }
        let pause = |Text(Stretch { from, until }): Text<Stretch>| session::Pause {
            from: from.instant(day),
            until: until.map(|until| until.instant(day)),
        };
        Ok(session::Session {
            id: self.id.0,
            started_at,
            ended_at,
            zone: self.zone.map(|zone| zone.0).or(header).ok_or(Problem::NoZone)?,
            project: self.project.map(|project| project.0),
            paid: self.paid.unwrap_or(usually_paid(&self.activity)),
            activity: self.activity.into_domain()?,
            task_type: self.task_type.as_deref().map(Into::into),
            tasks: self.tasks.map(NonMaxU32::try_from).transpose().map_err(|_too_large| Problem::TooManyTasks)?,
            credited_secs: self.credited_secs,
            seldom: session::Seldom {
                own_price: self.own_price.map(|price| price.0),
                reported_at: self.reported_at.map(|at| at.0.instant(day)),
                rare: session::Rare {
                    pauses: self.pauses.into_iter().map(pause).collect(),
                    declared_secs: self.declared_secs,
                    unit_thousandths: self.unit_thousandths,
                    origin: self.origin.map(|origin| origin.0),
                    note: self.note,
                }
                .into(),
            }
            .into(),
        })
    }
}

/// What a line without `paid` means in schemas 1 and 2.
pub(super) fn usually_paid(activity: &Activity) -> bool {
    *activity == Activity::PaidWork
}
