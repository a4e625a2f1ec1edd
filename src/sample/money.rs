//! The money of the sample: what was settled of the sessions, and the payouts that brought it.
//!
//! Each platform is followed day by day. What is due by its rhythm becomes an earning a project, which covers its
//! sessions, and one payout. What is not due yet stays without a record: the calendar expects it. Some parts are
//! refused, one payout of the last weeks has not come though it should have, and one bonus is disputed.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use fastrand::Rng;
use rust_decimal::Decimal;

use super::Plan;
use super::payers::{Payer, Pays, Rhythm};
use super::setup::{Joined, Stream, cents};
use super::work::Done;
use crate::domain::change::Record;
use crate::domain::earning::{Covers, DatedState, Earning, EarningKind, EarningState, Held, HeldKind};
use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::payout::{Allocation, Payout};
use crate::domain::span::{DayRange, date_in, day_plus};

/// The platform whose last due payout has not come.
const LATE: &str = "Upwork";
/// The platform that pays bonuses, and disputes the last one.
const BONUSES: &str = "Outlier";
/// Every so many payouts a bonus comes along.
const BONUS_EVERY: usize = 7;

/// The earnings and payouts of the sessions, by platform and day.
pub fn settle(plan: &Plan, payers: &[Joined], work: &[Done], rng: &mut Rng) -> Vec<Record> {
    let mut records = Vec::new();
    for (at, joined) in payers.iter().enumerate() {
        let done: Vec<&Done> = work.iter().filter(|done| done.payer == at && done.session.paid).collect();
        settle_one(plan, joined, &done, &mut records, rng);
    }
    records
}

fn settle_one(plan: &Plan, joined: &Joined, done: &[&Done], records: &mut Vec<Record>, rng: &mut Rng) {
    let today = plan.today();
    let mut open = done;
    let mut pay_days: Vec<NaiveDate> = DayRange::new(joined.from, today)
        .days()
        .filter(|day| day.weekday() == pay_weekday(joined.payer.rhythm))
        .collect();
    if joined.payer.name == LATE {
        // Due, and not come.
        pay_days.retain(|day| *day < today);
        pay_days.pop();
    }
    for (nth, day) in pay_days.into_iter().enumerate() {
        let until = last_work_day(joined.payer.rhythm, day);
        let due = open.partition_point(|done| utc_day(done) <= until);
        let (now, later) = open.split_at(due);
        let worth: Decimal = now.iter().map(|done| worth(plan, joined, done).1).sum();
        if now.is_empty() || worth < minimum(joined.payer.rhythm) {
            continue;
        }
        open = later;
        let bonus =
            (joined.payer.name == BONUSES && nth % BONUS_EVERY == BONUS_EVERY - 1).then(|| bonus(joined, day, rng));
        records.extend(pay(plan, joined, now, bonus, day, rng));
    }
    if joined.payer.name == BONUSES {
        let on = day_plus(today, -30).max(joined.from);
        records.push(
            Earning {
                held: Some(Held {
                    kind: HeldKind::Disputed,
                    since: day_plus(on, 9),
                    why: "Mission not counted".into(),
                }),
                ..bonus(joined, on, rng)
            }
            .into(),
        );
    }
}

/// The day on which a platform's weeks are cut and its items begin.
fn utc_day(done: &Done) -> NaiveDate {
    date_in(done.session.started_at, chrono_tz::UTC)
}

fn pay_weekday(rhythm: Rhythm) -> chrono::Weekday {
    match rhythm {
        Rhythm::Weekly { starts, paid_after_days } => {
            // The last day of the week is the one before its first.
            (0..(paid_after_days - 1).rem_euclid(7)).fold(starts, |day, _| day.succ())
        }
        Rhythm::Drawn { on, .. } => on,
    }
}

/// The last day of work that is paid on a pay day.
fn last_work_day(rhythm: Rhythm, pay_day: NaiveDate) -> NaiveDate {
    match rhythm {
        Rhythm::Weekly { paid_after_days, .. } => day_plus(pay_day, -paid_after_days),
        Rhythm::Drawn { after_days, .. } => day_plus(pay_day, -after_days),
    }
}

fn minimum(rhythm: Rhythm) -> Decimal {
    match rhythm {
        Rhythm::Weekly { .. } => Decimal::ZERO,
        Rhythm::Drawn { minimum, .. } => cents(minimum),
    }
}

/// What a session was worth as it was recorded, and as it was credited; exact.
fn worth(plan: &Plan, joined: &Joined, done: &Done) -> (Decimal, Decimal) {
    let Some(stream) = joined.projects.get(done.stream) else { return (Decimal::ZERO, Decimal::ZERO) };
    let own = done.session.own_secs(plan.now.at);
    match stream.work.pays {
        Pays::Hour(..) => {
            let rate = rate_on(stream, done.day);
            let of = |secs: i64| rate * Decimal::from(secs) / Decimal::from(3600);
            (of(own), of(done.session.credited_secs.unwrap_or(own)))
        }
        Pays::Task(price) => {
            let worth = cents(price) * Decimal::from(done.session.tasks.map_or(0, u32::from));
            (worth, worth)
        }
        Pays::Session(..) => {
            let worth = done.session.own_price.map_or(Decimal::ZERO, |price| price.amount);
            (worth, worth)
        }
    }
}

fn rate_on(stream: &Stream, day: NaiveDate) -> Decimal {
    match stream.work.pays {
        Pays::Hour(first, then) => cents(if day < stream.changed_on { first } else { then }),
        Pays::Task(_) | Pays::Session(..) => Decimal::ZERO,
    }
}

fn bonus(joined: &Joined, on: NaiveDate, rng: &mut Rng) -> Earning {
    let amount = Money::new(Decimal::from(rng.i64(3..=8) * 10), joined.currency);
    let day = day_plus(on, -2);
    Earning {
        kind: EarningKind::Bonus,
        states: vec![DatedState { on, state: EarningState::Approved(None) }],
        note: "Mission".to_owned(),
        ..Earning::work(EarningId(rng.u64(..)), joined.platform, amount, DayRange::day(day))
    }
}

/// One payout of sessions that are due, with the earnings it settles.
fn pay(
    plan: &Plan,
    joined: &Joined,
    now: &[&Done],
    bonus: Option<Earning>,
    day: NaiveDate,
    rng: &mut Rng,
) -> Vec<Record> {
    let mut by_project: BTreeMap<usize, Vec<&Done>> = BTreeMap::new();
    for done in now {
        by_project.entry(done.stream).or_default().push(done);
    }
    let mut earnings: Vec<Earning> = Vec::new();
    for (stream, mut done) in by_project {
        // A study is refused as a whole; of hours and tasks a part is.
        let refused = rng.u32(..100) < joined.payer.refusals_in_100;
        let of_sessions =
            joined.projects.get(stream).is_some_and(|stream| matches!(stream.work.pays, Pays::Session(..)));
        if refused && of_sessions && done.len() > 1 {
            let lost = done.split_off(done.len() - 1);
            earnings.extend(earning(plan, joined, stream, &lost, day, Outcome::Refused, rng));
        }
        let outcome = if refused && !of_sessions { Outcome::PartRefused } else { Outcome::Credited };
        let at_once = plan.sessions_an_earning.unwrap_or(done.len()).max(1);
        for part in done.chunks(at_once) {
            earnings.extend(earning(plan, joined, stream, part, day, outcome, rng));
        }
    }
    earnings.extend(bonus);
    let allocations: Vec<Allocation> = earnings
        .iter()
        .map(|earning| Allocation { earning: earning.id, amount: earning.owed() })
        .filter(|part| !part.amount.amount.is_zero())
        .collect();
    let gross: Decimal = allocations.iter().map(|part| part.amount.amount).sum();
    let mut records: Vec<Record> = earnings.into_iter().map(Record::from).collect();
    if !gross.is_zero() {
        let gross = Money::new(gross, joined.currency);
        let fee = platform_fee(joined.payer, gross);
        let net = gross.amount - fee.map_or(Decimal::ZERO, |fee| fee.amount);
        records.push(
            Payout {
                platform_fee: fee,
                sent_on: Some(day),
                received: Some(Money::new(net, joined.currency)),
                received_on: Some(day),
                route: joined.route,
                allocations,
                ..Payout::new(PayoutId(rng.u64(..)), joined.platform, gross)
            }
            .into(),
        );
    }
    records
}

fn platform_fee(payer: &Payer, gross: Money) -> Option<Money> {
    (payer.fee_percent > 0)
        .then(|| gross.with(gross.amount * Decimal::from(payer.fee_percent) / Decimal::ONE_HUNDRED).rounded())
}

/// What became of some work.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Approved as it was credited.
    Credited,
    /// Approved less a part.
    PartRefused,
    /// Refused.
    Refused,
}

fn earning(
    plan: &Plan,
    joined: &Joined,
    stream: usize,
    done: &[&Done],
    paid_on: NaiveDate,
    outcome: Outcome,
    rng: &mut Rng,
) -> Option<Earning> {
    let worths = done.iter().map(|done| worth(plan, joined, done));
    let (recorded, credited) =
        worths.fold((Decimal::ZERO, Decimal::ZERO), |sum, (own, credited)| (sum.0 + own, sum.1 + credited));
    let recorded = Money::new(recorded, joined.currency).rounded();
    let mut approved = Money::new(credited, joined.currency).rounded();
    if outcome == Outcome::PartRefused {
        approved = approved.with(approved.amount * Decimal::from(rng.i64(88..97)) / Decimal::ONE_HUNDRED).rounded();
    }
    let worked = DayRange::new(utc_day(done.first()?), utc_day(done.last()?));
    let reviewed_on = day_plus(worked.last, 1).min(paid_on);
    let state = match outcome {
        Outcome::Refused => EarningState::Rejected,
        Outcome::Credited | Outcome::PartRefused => EarningState::Approved((approved != recorded).then_some(approved)),
    };
    Some(Earning {
        project: joined.projects.get(stream).map(|stream| stream.project),
        covers: Covers::Sessions(done.iter().map(|done| done.session.id).collect()),
        states: vec![
            DatedState { on: worked.last, state: EarningState::Submitted },
            DatedState { on: reviewed_on, state },
        ],
        ..Earning::work(EarningId(rng.u64(..)), joined.platform, recorded, worked)
    })
}
