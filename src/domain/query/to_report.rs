//! To report: own time that the user has to tell a platform and has not told it yet, by project and day.
//!
//! A platform is told where the user says so, else where the cut-off of a schedule of its asks to hand in or report. One
//! that only asks to approve what it has counted itself is not told. Days are those of the schedule's zone. Time counts in
//! whole minutes, cut down; a timer that still runs is no part of it. See docs/decisions/0021-self-reporting.md.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::calendar::{Calendar, Reason, Source};
use super::coverage::{covered, schedule_day};
use super::value;
use super::work::Work;
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningState};
use crate::domain::ids::{PlatformId, ProjectId, SessionId};
use crate::domain::money::Bag;
use crate::domain::platform::Platform;
use crate::domain::schedule::CutOffAction;
use crate::domain::session::Session;
use crate::domain::span::{DayRange, Now, Timestamp, Zone, day_plus};

/// How many days back unreported time is looked for: no platform takes a report of more than a year ago.
pub const DAYS_BACK: i64 = 366;

/// The last moment to report something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastMoment {
    /// The last instant.
    pub at: Timestamp,
    /// The zone of the rule.
    pub zone: Zone,
}

/// Own time of a project on a day that is not reported yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreported {
    /// The platform.
    pub platform: PlatformId,
    /// The project.
    pub project: ProjectId,
    /// The day, in the schedule's zone.
    pub day: NaiveDate,
    /// Own seconds of paid time.
    pub secs: i64,
    /// Tasks done, where any were counted.
    pub tasks: Option<u32>,
    /// The sessions, by start.
    pub sessions: Vec<SessionId>,
    /// What it is worth at its terms, exact; nothing where that isn't known.
    pub worth: Bag,
    /// The last moment to report it, where its schedule names one.
    pub deadline: Option<LastMoment>,
}

impl Unreported {
    /// Its time in whole minutes, cut down.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.secs.div_euclid(60)
    }
}

/// Whether the user reports the time to a platform.
#[must_use]
pub fn self_reports(book: &Book, platform: &Platform) -> bool {
    platform.self_reports.unwrap_or_else(|| {
        book.schedules_of(platform.id)
            .iter()
            .filter_map(|schedule| schedule.rule.modifiers.cut_off)
            .any(|cut| matches!(cut.action, CutOffAction::Submit | CutOffAction::Report))
    })
}

/// Whether a cut-off asks for the user's own entries.
#[must_use]
pub fn asks_to_report(action: CutOffAction) -> bool {
    matches!(action, CutOffAction::Submit | CutOffAction::Report | CutOffAction::Approve)
}

/// What is not reported yet, the oldest day first. `calendar` is that of the same Book and moment.
#[must_use]
pub fn unreported(work: &Work, calendar: &Calendar, now: Now, today: NaiveDate) -> Vec<Unreported> {
    let book = work.book();
    let told: BTreeSet<PlatformId> =
        book.platforms().filter(|platform| self_reports(book, platform)).map(|platform| platform.id).collect();
    if told.is_empty() {
        return Vec::new();
    }
    let covering = work.covering();
    let deadlines = deadlines(calendar, &told);
    let days = DayRange::new(day_plus(today, -DAYS_BACK), day_plus(today, 1));
    let mut found: BTreeMap<(NaiveDate, PlatformId, ProjectId), Unreported> = BTreeMap::new();
    let mut sessions: Vec<_> = may_wait(work).filter(|session| days.contains(book.day_of(session))).collect();
    sessions.sort_by_key(|session| (session.started_at, session.id));
    sessions.dedup_by_key(|session| session.id);
    for session in sessions {
        let Some(project) = session.project.and_then(|id| book.project(id)) else { continue };
        if !told.contains(&project.platform) || !waits(session) {
            continue;
        }
        let earning = covering.earning_of(session);
        if earning.is_some_and(|id| !book.earning(id).is_some_and(|one| wants_report(one))) {
            continue;
        }
        let secs = session.own_secs(now.at);
        if secs < 60 {
            continue;
        }
        let day = schedule_day(book, session);
        let row = found.entry((day, project.platform, project.id)).or_insert_with(|| Unreported {
            platform: project.platform,
            project: project.id,
            day,
            secs: 0,
            tasks: None,
            sessions: Vec::new(),
            worth: Bag::default(),
            deadline: None,
        });
        row.secs += secs;
        if let Some(tasks) = session.tasks {
            row.tasks = Some(row.tasks.unwrap_or(0).saturating_add(tasks.get()));
        }
        if let Ok(priced) = value::recorded(book, session, now.at) {
            row.worth.add(priced.money);
        }
        row.sessions.push(session.id);
        let source = earning.map_or(Source::Session(session.id), Source::Earning);
        let deadline = deadlines.get(&source).copied();
        row.deadline = match (row.deadline, deadline) {
            (Some(known), Some(other)) => Some(if other.at < known.at { other } else { known }),
            (known, other) => known.or(other),
        };
    }
    found.into_values().collect()
}

/// The paid sessions that no earning stands for, or one that waits for the user's report.
fn may_wait(work: &Work) -> impl Iterator<Item = &Arc<Session>> {
    let waiting = work.asking().filter(|earning| wants_report(earning));
    let covered = waiting.flat_map(|earning| covered(work.book(), earning));
    work.uncovered().into_iter().chain(covered)
}

/// Paid time that has ended and was not reported.
fn waits(session: &Session) -> bool {
    session.paid && !session.is_open() && session.reported_at.is_none()
}

/// Whether an earning still waits for the user's report.
#[must_use]
pub fn wants_report(earning: &Earning) -> bool {
    matches!(earning.state(), Some(EarningState::ToReport | EarningState::Reworked))
}

fn deadlines(calendar: &Calendar, told: &BTreeSet<PlatformId>) -> HashMap<Source, LastMoment> {
    let mut found = HashMap::new();
    for expected in calendar.expected.iter().filter(|expected| told.contains(&expected.key.platform)) {
        let asked = expected.reasons.iter().find_map(|reason| {
            let Reason::CutOff { action: Some(action), at, zone } = *reason else { return None };
            asks_to_report(action).then_some(LastMoment { at, zone })
        });
        let Some(deadline) = asked else { continue };
        for row in &expected.rows {
            found.entry(row.source).or_insert(deadline);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use nonmax::NonMaxU32;

    use super::*;
    use crate::domain::ids::ScheduleId;
    use crate::domain::query::calendar::calendar;
    use crate::domain::query::work::testkit::{Kit, at, day, usd};
    use crate::domain::schedule::{CutOff, Cycle, EarningShape, PayDay, Rule, Schedule};

    fn now() -> Now {
        Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
    }

    fn told(kit: &mut Kit, told: Option<bool>) {
        let platform = (**kit.book.platform(PlatformId(1)).unwrap()).clone();
        kit.put(Platform { self_reports: told, ..platform });
    }

    fn found(kit: &Kit) -> Vec<Unreported> {
        unreported(&kit.of(), &calendar(&kit.book, now()), now(), day("2026-11-22"))
    }

    fn worked() -> Kit {
        let mut kit = Kit::new();
        kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:48:30Z", |session| session.tasks = NonMaxU32::new(12));
        kit.work(2, 1, "2026-11-20T11:00:00Z", "2026-11-20T11:30:00Z", |_| {});
        kit.work(3, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |_| {});
        kit.work(4, 2, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |_| {});
        kit.unpaid(5, 1, "2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z");
        kit
    }

    #[test]
    fn paid_time_of_a_platform_that_is_told_stands_by_project_and_day() {
        let mut kit = worked();
        assert_eq!(found(&kit), Vec::new(), "nothing says that any platform is told");
        told(&mut kit, Some(true));
        let rows = found(&kit);
        let shown: Vec<_> = rows.iter().map(|row| (row.day, row.minutes(), row.tasks)).collect();
        // 1 h 48 m 30 s and 30 m are 138 whole minutes.
        assert_eq!(shown, [(day("2026-11-20"), 138, Some(12)), (day("2026-11-21"), 60, None)]);
        // 138 min 30 s at $25.00 an hour are 57.7083… dollars.
        assert_eq!(rows[0].worth.of(usd("0").currency).rounded(), usd("57.71"));
        told(&mut kit, Some(false));
        assert_eq!(found(&kit), Vec::new());
    }

    #[test]
    fn what_was_reported_or_recorded_is_told_no_more_and_a_claimed_task_still_is() {
        let mut kit = worked();
        told(&mut kit, Some(true));
        kit.work(3, 1, "2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z", |session| {
            session.reported_at = Some(at("2026-11-21T20:00:00Z"));
        });
        assert_eq!(found(&kit).len(), 1);
        let earning = kit.earning(9, "57.71", &[SessionId(1), SessionId(2)]);
        assert_eq!(found(&kit), Vec::new());
        kit.edit_earning(earning, |earning| {
            let state = EarningState::ToReport;
            earning.states = vec![crate::domain::earning::DatedState { on: day("2026-11-20"), state }];
        });
        assert_eq!(found(&kit).len(), 1);
        let work = Work::of(&kit.book);
        let session = kit.book.session(SessionId(1)).unwrap();
        assert_eq!(work.covering().earning_of(session), Some(earning));
    }

    #[test]
    fn a_cut_off_that_asks_for_a_report_tells_and_one_that_asks_for_approval_does_not() {
        let told = |action| {
            let mut kit = Kit::new();
            let mut rule = Rule::of(EarningShape::PeriodBatch {
                cycle: Cycle::Monthly { from_day: 1 },
                zone: chrono_tz::UTC,
                starts_at: chrono::NaiveTime::MIN,
                pay_day: PayDay::DayOfMonth { from: 14, to: 14, months_later: 0 },
            });
            rule.modifiers.cut_off = Some(CutOff { action, days_after: 0, at: None, remind_hours: 0 });
            kit.put(Schedule::of(ScheduleId(1), PlatformId(1), rule));
            self_reports(&kit.book, kit.book.platform(PlatformId(1)).unwrap())
        };
        assert!(told(CutOffAction::Report) && told(CutOffAction::Submit));
        // Upwork's diary is approved, and counts by itself.
        assert!(!told(CutOffAction::Approve));
    }

    #[test]
    fn a_timer_that_runs_and_less_than_a_minute_are_not_told() {
        let mut kit = Kit::new();
        told(&mut kit, Some(true));
        kit.work(1, 1, "2026-11-20T09:00:00Z", "2026-11-20T09:00:59Z", |_| {});
        kit.put(crate::domain::query::work::testkit::session(2, "2026-11-22T19:00:00Z", None));
        assert_eq!(found(&kit), Vec::new());
    }
}
