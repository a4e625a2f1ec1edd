//! Time that a platform must be told. Where its schedule names a last moment, the cut-off that is near says so in time, and
//! it stands here once that has passed, and until the next moment to which the time was moved; without one it stands here
//! from the day after the work on. Its name holds the
//! deadline and how old the oldest time is in classes: put aside, it comes up again after a week.

use chrono::NaiveDate;

use super::{Ground, Need, Needs, Severity, What, cut_off_is_open};
use crate::domain::ids::PlatformId;
use crate::domain::query::calendar::Reason;
use crate::domain::query::to_report::{LastMoment, Unreported, asks_to_report, unreported};
use crate::domain::schedule::CutOffAction;
use crate::domain::span::user_day;

pub(super) const KIND: &str = "report ";

/// From how many days on old time is said again though it was put aside: a week is what most platforms take.
const WEEK: i64 = 7;

/// Time that a platform must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportDue {
    /// The platform.
    pub platform: PlatformId,
    /// Own seconds of it.
    pub secs: i64,
    /// The day of the oldest, in the schedule's zone.
    pub oldest: NaiveDate,
    /// The first last moment, where a schedule names one.
    pub deadline: Option<LastMoment>,
    /// Whether that has passed.
    pub past: bool,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    let rows = unreported(ground.work, ground.calendar, ground.now, ground.today);
    let mut platforms: Vec<PlatformId> = rows.iter().map(|row| row.platform).collect();
    platforms.sort_unstable();
    platforms.dedup();
    for platform in platforms {
        let said = all.needs.iter().any(|need| {
            matches!(&need.what, What::CutOff(near) if near.key.platform == platform && asks_to_report(near.action))
        });
        if said {
            continue;
        }
        let of_it: Vec<&Unreported> = rows.iter().filter(|row| row.platform == platform).collect();
        all.needs.extend(need(ground, platform, &of_it));
    }
}

fn need(ground: &Ground<'_>, platform: PlatformId, rows: &[&Unreported]) -> Option<Need> {
    let oldest = rows.iter().map(|row| row.day).min()?;
    let deadline = rows.iter().filter_map(|row| row.deadline).min_by_key(|deadline| deadline.at);
    let start = ground.book.settings().day_start_minutes;
    let due_on = deadline.map(|deadline| user_day(deadline.at, ground.now.zone, start));
    let past = deadline.is_some_and(|deadline| deadline.at < ground.now.at);
    if deadline.map_or(oldest >= ground.today, |_| !past && !has_missed(ground, platform)) {
        return None;
    }
    let class = usize::from((ground.today - oldest).num_days() >= WEEK) + usize::from(past);
    let day = due_on.map_or_else(|| "-".to_owned(), |day| day.to_string());
    Some(Need {
        name: format!("{KIND}{platform} {day} {class}"),
        severity: if past { Severity::Bad } else { Severity::Warn },
        what: What::Report(ReportDue { platform, secs: rows.iter().map(|row| row.secs).sum(), oldest, deadline, past }),
    })
}

/// Whether time of a platform that is not reported has missed its own cut-off and waits for a later one.
fn has_missed(ground: &Ground<'_>, platform: PlatformId) -> bool {
    let missed = |reason: &Reason| matches!(reason, Reason::MissedCutOff { action, .. } if asks_to_report(*action));
    ground.calendar.expected.iter().filter(|expected| expected.key.platform == platform).any(|expected| {
        expected.reasons.iter().any(missed) && cut_off_is_open(ground.book, expected, CutOffAction::Report)
    })
}
