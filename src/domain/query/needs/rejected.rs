//! Work that a platform refused of late: it can be appealed or done again while that is fresh. News, told once.

use chrono::NaiveDate;

use super::{Ground, Need, Needs, Severity, What};
use crate::domain::earning::EarningState;
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::money::Money;
use crate::domain::span::{DayRange, day_plus};

pub(super) const KIND: &str = "rejected ";

/// For how many days a refusal is news: platforms take appeals for one or two weeks.
const RECENT_DAYS: i64 = 14;

/// Work that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewlyRejected {
    /// The earning.
    pub earning: EarningId,
    /// The platform.
    pub platform: PlatformId,
    /// The project, where one is named.
    pub project: Option<ProjectId>,
    /// The days of the work.
    pub worked: DayRange,
    /// The day of the refusal.
    pub on: NaiveDate,
    /// What was recorded for it.
    pub amount: Money,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    for earning in ground.work.refused_since(day_plus(ground.today, -RECENT_DAYS)) {
        let Some(last) = earning.states.last().filter(|last| last.state == EarningState::Rejected) else { continue };
        if earning.amount.amount.is_zero() {
            continue;
        }
        all.needs.push(Need {
            name: format!("{KIND}{} {}", earning.id, last.on),
            severity: Severity::News,
            what: What::Rejected(NewlyRejected {
                earning: earning.id,
                platform: earning.platform,
                project: earning.project,
                worked: earning.worked,
                on: last.on,
                amount: earning.amount,
            }),
        });
    }
}
