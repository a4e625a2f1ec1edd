//! The sessions of the sample: which days are worked, for how long, on what.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use fastrand::Rng;
use nonmax::NonMaxU32;

use super::Plan;
use super::payers::Pays;
use super::setup::{Joined, ONBOARDING_DAYS, Stream, cents};
use crate::domain::ids::SessionId;
use crate::domain::money::Money;
use crate::domain::session::{Activity, Pause, Session};
use crate::domain::span::{Timestamp, date_in, day_plus, instant_at};

/// A session and where it belongs.
pub struct Done {
    /// The session.
    pub session: Session,
    /// The position of its platform.
    pub payer: usize,
    /// The position of its project there.
    pub stream: usize,
    /// The day of its start in the worker's zone.
    pub day: NaiveDate,
}

/// The seconds of a working day that are recorded, with few sessions and with many.
const DAY_SECS: i64 = 6 * 3600 + 1200;
/// No session of the sample is longer.
const LONGEST_SECS: i64 = 150 * 60;

/// All ended sessions, oldest first: as many as the plan says.
pub fn sessions(plan: &Plan, payers: &[Joined], rng: &mut Rng) -> Vec<Done> {
    let days: Vec<NaiveDate> = plan.span().days().collect();
    // Today is not over: what fits before now is worked today, the rest on the days before.
    let fits_today = |count: i64| i64::min(count, 4);
    let share = |day: NaiveDate| match day.weekday() {
        Weekday::Sat => 7,
        Weekday::Sun => 3,
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => 11,
    };
    let whole: i64 = days.iter().map(|day| share(*day)).sum();
    let wanted = i64::from(plan.sessions);
    let mut done = Vec::with_capacity(usize::try_from(wanted).unwrap_or(0));
    let (mut passed, mut begun) = (0, 0);
    for day in &days {
        passed += share(*day);
        let count = wanted * passed / whole.max(1) - begun;
        begun += count;
        let before_today = day_plus(*day, 1) == plan.today();
        if *day == plan.today() {
            today(plan, payers, fits_today(count), &mut done, rng);
        } else if before_today {
            // What today cannot hold.
            let last = wanted - wanted * passed / whole.max(1);
            a_day(plan, payers, *day, count + last - fits_today(last), &mut done, rng);
        } else {
            a_day(plan, payers, *day, count, &mut done, rng);
        }
    }
    done.sort_by_key(|done| (done.session.started_at, done.session.id));
    done
}

fn a_day(plan: &Plan, payers: &[Joined], day: NaiveDate, count: i64, done: &mut Vec<Done>, rng: &mut Rng) {
    if count <= 0 {
        return;
    }
    let zone = plan.now.zone;
    let morning = NaiveTime::from_hms_opt(7, 0, 0).unwrap_or_default();
    let mut at = instant_at(day, morning, zone) + TimeDelta::minutes(rng.i64(20..150));
    let mean = (DAY_SECS / count).clamp(50, LONGEST_SECS * 2 / 3);
    let noon = count / 2;
    for nth in 0..count {
        let secs = tidy(rng.i64(mean / 2..=mean * 3 / 2).min(LONGEST_SECS), mean);
        // Now and then two things run at once for a few minutes.
        let overlap = if nth > 0 && mean > 900 && rng.u32(..1000) < 8 { 240 } else { 0 };
        let started_at = at - TimeDelta::seconds(overlap);
        done.extend(a_session(plan, payers, day, started_at, secs, rng));
        let gap = if nth == noon && mean > 120 {
            rng.i64(25..55) * 60
        } else if mean > 600 && rng.u32(..100) < 7 {
            rng.i64(20..48) * 60
        } else {
            tidy(rng.i64(0..=mean / 8), mean)
        };
        at += TimeDelta::seconds(secs + gap);
    }
}

/// Whole minutes where sessions last minutes.
fn tidy(secs: i64, mean: i64) -> i64 {
    if mean >= 600 { secs / 60 * 60 } else { secs }
}

/// Today's sessions stand one before the other, back from an hour ago.
fn today(plan: &Plan, payers: &[Joined], count: i64, done: &mut Vec<Done>, rng: &mut Rng) {
    let mut until = plan.now.at - TimeDelta::minutes(64);
    let mut lengths: Vec<(Timestamp, i64)> = Vec::new();
    for _ in 0..count {
        let secs = rng.i64(18..75) * 60;
        lengths.push((until - TimeDelta::seconds(secs), secs));
        until -= TimeDelta::seconds(secs + rng.i64(1..12) * 60);
    }
    for (started_at, secs) in lengths.into_iter().rev() {
        // In the small hours this is yesterday, which is as good.
        done.extend(a_session(plan, payers, date_in(started_at, plan.now.zone), started_at, secs, rng));
    }
}

fn a_session(
    plan: &Plan,
    payers: &[Joined],
    day: NaiveDate,
    started_at: Timestamp,
    secs: i64,
    rng: &mut Rng,
) -> Option<Done> {
    let (payer, stream) = chosen(payers, day, rng)?;
    let joined = payers.get(payer)?;
    let project = joined.projects.get(stream)?;
    let ended_at = started_at + TimeDelta::seconds(secs);
    let mut session = Session {
        ended_at: Some(ended_at),
        project: Some(project.project),
        task_type: Some(project.work.task_type.into()),
        ..Session::begun(SessionId(rng.u64(..)), started_at, plan.now.zone)
    };
    session.activity = activity(joined, day, rng);
    session.paid = session.activity.usually_paid();
    if secs > 1800 && rng.u32(..100) < 14 {
        let from = started_at + TimeDelta::seconds(secs / 3 / 60 * 60);
        session.pauses = vec![Pause { from, until: Some(from + TimeDelta::minutes(rng.i64(3..9))) }];
    }
    if session.paid {
        paid_part(plan, joined, project, day, &mut session, rng);
    }
    // The time of the last two days is not told yet.
    if session.paid && joined.payer.name == "DataAnnotation" && day < day_plus(plan.today(), -1) {
        session.reported_at = Some(ended_at);
    }
    if rng.u32(..100) < 3 {
        let notes = ["Slow page", "New guidelines", "Asked in the channel", "Two tasks flagged", "Good batch"];
        rng.choice(notes).unwrap_or_default().clone_into(&mut session.note);
    }
    Some(Done { session, payer, stream, day })
}

/// What a paid session counts: tasks, its own price, the time that the platform credits.
fn paid_part(plan: &Plan, joined: &Joined, project: &Stream, day: NaiveDate, session: &mut Session, rng: &mut Rng) {
    let own = session.own_secs(plan.now.at);
    let tasks = (own / 60 / project.work.task_minutes.max(1)).max(1);
    session.tasks = u32::try_from(tasks).ok().and_then(NonMaxU32::new);
    match project.work.pays {
        Pays::Session(low, high) => {
            // Prices of studies end in 0 or 5.
            let price = (rng.i64(low..=high) * own / 3600 / 5 * 5).max(10);
            session.own_price = Some(Money::new(cents(price), joined.currency));
        }
        // Credits are known a few days later.
        Pays::Hour(..) if day < day_plus(plan.today(), -3) => {
            let cut = rng.u32(..100) < joined.payer.cuts_in_100;
            let lost = if cut { own * rng.i64(4..14) / 100 / 60 * 60 } else { 0 };
            session.credited_secs = Some(own - lost);
        }
        Pays::Hour(..) | Pays::Task(_) => {}
    }
}

/// A platform and one of its projects that has work on a day.
fn chosen(payers: &[Joined], day: NaiveDate, rng: &mut Rng) -> Option<(usize, usize)> {
    let open: Vec<(usize, Vec<usize>, u32)> = payers
        .iter()
        .enumerate()
        .filter(|(_, joined)| joined.from <= day)
        .map(|(at, joined)| {
            let streams = joined.projects.iter().enumerate().filter(|(_, stream)| stream.days.contains(day));
            (at, streams.map(|(at, _)| at).collect::<Vec<_>>(), joined.payer.weight)
        })
        .filter(|(_, streams, _)| !streams.is_empty())
        .collect();
    let whole: u32 = open.iter().map(|(_, _, weight)| weight).sum();
    let mut pick = rng.u32(..whole.max(1));
    for (at, streams, weight) in open {
        if pick < weight {
            return Some((at, rng.choice(streams)?));
        }
        pick -= weight;
    }
    None
}

fn activity(joined: &Joined, day: NaiveDate, rng: &mut Rng) -> Activity {
    let joined_for = (day - joined.from).num_days();
    if joined_for < 5 && rng.u32(..100) < 60 {
        return Activity::Assessment;
    }
    if joined_for < ONBOARDING_DAYS && rng.u32(..100) < 45 {
        return Activity::Onboarding;
    }
    if rng.u32(..100) >= joined.payer.unpaid_in_100 {
        return Activity::PaidWork;
    }
    match rng.u32(..100) {
        0..58 => Activity::Searching,
        58..70 => Activity::Instructions,
        70..80 => Activity::Assessment,
        80..90 => Activity::Rework,
        90..96 => Activity::Admin,
        96..98 => Activity::Appeal,
        _ => Activity::Learning,
    }
}

/// The timer that runs: begun a while ago on the oldest open project of the first platform.
pub fn running(plan: &Plan, payers: &[Joined], rng: &mut Rng) -> Option<Session> {
    let stream = payers.first()?.projects.iter().find(|stream| stream.days.contains(plan.today()))?;
    Some(Session {
        project: Some(stream.project),
        task_type: Some(stream.work.task_type.into()),
        tasks: NonMaxU32::new(12),
        ..Session::begun(SessionId(rng.u64(..)), plan.now.at - TimeDelta::seconds(42 * 60 + 17), plan.now.zone)
    })
}
