//! Schedules: add, replace, delete. A rule that makes no sense is refused with the part that doesn't.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{check, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::ScheduleId;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::route::Fee;
use crate::domain::schedule::{ChaseAfter, Cycle, EarningShape, PayDay, ReleaseShape, Repeat, Rule, RunDays, Schedule};

pub(super) fn set(book: &Book, schedule: &Schedule) -> Result<Change, Refused> {
    platform::platform_of(book, schedule.platform)?;
    check_schedule(schedule)?;
    Ok(match book.schedule(schedule.id) {
        Some(before) => Change::replace(before, schedule.clone()),
        None => Change::create(schedule.clone()),
    })
}

pub(super) fn delete(book: &Book, id: ScheduleId) -> Result<Change, Refused> {
    let schedule = book.schedule(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Schedule(id))))?;
    Ok(Change::new(vec![Edit::delete(Arc::clone(schedule))]))
}

/// Whether a schedule makes sense.
pub(super) fn check_schedule(schedule: &Schedule) -> Result<(), Refused> {
    if let (Some(from), Some(until)) = (schedule.valid_from, schedule.valid_until)
        && until < from
    {
        return Err(Refusal::RangeReversed.at(Field::Day));
    }
    check_rule(&schedule.rule)
}

fn check_rule(rule: &Rule) -> Result<(), Refused> {
    match &rule.earning {
        EarningShape::PeriodBatch { cycle, pay_day, .. } => {
            check_cycle(cycle)?;
            check_pay_day(pay_day)?;
        }
        EarningShape::ItemClock { lag, per_task_lag, .. } => {
            check::lag(*lag)?;
            per_task_lag.map_or(Ok(()), check::lag)?;
        }
        EarningShape::InvoiceNet { net, cycle, .. } => {
            check::lag(*net)?;
            cycle.as_ref().map_or(Ok(()), check_cycle)?;
        }
        EarningShape::OwnDate { repeat: Some(Repeat::EveryWeeks(weeks)), .. } if !(1..=52).contains(weeks) => {
            return Err(Refusal::NoSuchDay(1, 52).at(Field::Rule));
        }
        EarningShape::OwnDate { .. } => {}
    }
    match &rule.release {
        Some(ReleaseShape::PayRun { days, request_before, .. }) => {
            check_run(days)?;
            // Runs come at least once a month: asking for one lies no further before it than the one before does.
            if request_before.is_some_and(|request| request.days_before > 31) {
                return Err(Refusal::TooEarly(31).at(Field::Rule));
            }
        }
        Some(ReleaseShape::OnDemand { balance_ceiling, .. }) => {
            balance_ceiling.map_or(Ok(()), check::positive_amount)?;
        }
        None => {}
    }
    let modifiers = &rule.modifiers;
    for lag in [modifiers.review.map(|review| review.lag), modifiers.transit].into_iter().flatten() {
        check::lag(lag)?;
    }
    match modifiers.chase_after {
        Some(ChaseAfter::DayOfMonth(day)) => month_day(day, 31)?,
        Some(ChaseAfter::Lag(lag)) => check::lag(lag)?,
        None => {}
    }
    for money in [modifiers.minimum, modifiers.ceiling].into_iter().flatten() {
        check::positive_amount(money)?;
    }
    for days in [modifiers.first_payout_hold_days.unwrap_or(0), modifiers.extra_business_days] {
        if days > 365 {
            return Err(Refusal::TooMany(days, 365).at(Field::Rule));
        }
    }
    if let (Some(minimum), Some(most)) = (modifiers.minimum, modifiers.ceiling)
        && minimum.currency == most.currency
        && minimum.amount > most.amount
    {
        return Err(Refusal::MinimumAboveCeiling { minimum, most }.at(Field::Rule));
    }
    check::percent(modifiers.held_percent)?;
    if modifiers.held_percent == Some(Decimal::ONE_HUNDRED) {
        return Err(Refusal::AllHeld.at(Field::Percent));
    }
    for fee in [&modifiers.platform_fee, &modifiers.payout_fee].into_iter().flatten() {
        check_fee(fee)?;
    }
    Ok(())
}

/// Whether a fee is one: a share, and sums above zero.
pub(super) fn check_fee(fee: &Fee) -> Result<(), Refused> {
    check::percent(fee.percent)?;
    for money in [fee.fixed, fee.at_least].into_iter().flatten() {
        check::positive_amount(money)?;
    }
    Ok(())
}

fn check_cycle(cycle: &Cycle) -> Result<(), Refused> {
    match cycle {
        Cycle::Weeks { every, .. } => within(*every, 1, 52),
        Cycle::TwiceAMonth { second_from } => within(*second_from, 2, 28),
        Cycle::Monthly { from_day } => within(*from_day, 1, 28),
    }
}

fn check_pay_day(pay_day: &PayDay) -> Result<(), Refused> {
    match pay_day {
        PayDay::Weekday { weeks_later_min, weeks_later_max, .. } => {
            if weeks_later_max < weeks_later_min {
                return Err(Refusal::RangeReversed.at(Field::Rule));
            }
            if *weeks_later_max > 52 { Err(Refusal::TooMany(*weeks_later_max, 52).at(Field::Rule)) } else { Ok(()) }
        }
        PayDay::DayOfMonth { from, to, months_later } => {
            month_day(*from, 31)?;
            month_day(*to, 31)?;
            if to < from {
                return Err(Refusal::RangeReversed.at(Field::Rule));
            }
            if *months_later > 24 { Err(Refusal::TooMany(*months_later, 24).at(Field::Rule)) } else { Ok(()) }
        }
        PayDay::After(lag) => check::lag(*lag),
    }
}

/// The days of a pay run: some, and such as there are.
fn check_run(days: &RunDays) -> Result<(), Refused> {
    match days {
        RunDays::Weekdays(days) if days.is_empty() => return Err(Refusal::Empty("A weekday").at(Field::Rule)),
        RunDays::Weekly { .. } | RunDays::Weekdays(_) => {}
        RunDays::Monthly(ranges) if ranges.is_empty() => {
            return Err(Refusal::Empty("A day of the month").at(Field::Rule));
        }
        RunDays::Monthly(ranges) => {
            for range in ranges {
                month_day(range.from, 31)?;
                month_day(range.to, 31)?;
                if range.to < range.from {
                    return Err(Refusal::RangeReversed.at(Field::Rule));
                }
            }
        }
    }
    Ok(())
}

fn month_day(day: u32, last: u32) -> Result<(), Refused> {
    within(day, 1, last)
}

fn within(figure: u32, first: u32, last: u32) -> Result<(), Refused> {
    if (first..=last).contains(&figure) { Ok(()) } else { Err(Refusal::NoSuchDay(first, last).at(Field::Rule)) }
}
