//! Schedules with every shape and modifier in a file, as of schemas 1 and 2.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::Problem;
use super::settings::Weekday;
use super::shape::{shape_enum, shape_struct};
use super::text::Text;
use crate::domain::ids::{PlatformId, ProjectId, RouteId, ScheduleId};
use crate::domain::money::Money;
use crate::domain::span::Zone;
use crate::domain::{fact, route, schedule};

shape_struct! {
    /// How a platform pays out, from a day on.
    Schedule for schedule::Schedule {
        id: Text<ScheduleId>,
        platform: Text<PlatformId>,
        rule: Rule,
        provenance: Provenance,
        ;
        project: Option<Text<ProjectId>>,
        route: Option<Text<RouteId>>,
        valid_from: Option<Text<NaiveDate>>,
        valid_until: Option<Text<NaiveDate>>,
    }
}

shape_struct! {
    /// Who says so.
    Provenance for fact::Provenance {
        standing: Standing,
        ;
        source: String,
        checked_on: Option<Text<NaiveDate>>,
        taken_by_user: bool,
    }
}

shape_enum! {
    /// How well it is known.
    Standing for fact::Standing { Documented, Reported, Unverified, Own }
}

shape_struct! {
    /// When work becomes payable, when money leaves, and everything else.
    Rule for schedule::Rule {
        earning: EarningShape,
        ;
        release: Option<ReleaseShape>,
        modifiers: Modifiers,
    }
}

shape_enum! {
    /// When work becomes payable.
    EarningShape for schedule::EarningShape {
        PeriodBatch {
            cycle: Cycle,
            zone: Text<Zone>,
            starts_at: Text<NaiveTime>,
            pay_day: PayDay,
        },
        ItemClock {
            event: ItemEvent,
            zone: Text<Zone>,
            lag: Lag,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            per_task_lag: Option<Lag>,
        },
        InvoiceNet {
            net: Lag,
            clock: InvoiceClock,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            cycle: Option<Cycle>,
        },
        OwnDate {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            on: Option<Text<NaiveDate>>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            repeat: Option<Repeat>,
        },
    }
}

shape_enum! {
    /// When payable money leaves.
    ReleaseShape for schedule::ReleaseShape {
        PayRun {
            days: RunDays,
            zone: Text<Zone>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            request_before: Option<RequestBefore>,
        },
        OnDemand {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            cooldown_hours: Option<u32>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            balance_ceiling: Option<Text<Money>>,
        },
    }
}

shape_enum! {
    /// The windows of a period batch.
    Cycle for schedule::Cycle, check cycle_is_possible {
        Weeks {
            every: u32,
            starts: Weekday,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            anchor: Option<Text<NaiveDate>>,
        },
        TwiceAMonth { second_from: u32, },
        Monthly { from_day: u32, },
    }
}

fn cycle_is_possible(cycle: &schedule::Cycle) -> Result<(), Problem> {
    match cycle {
        schedule::Cycle::Weeks { every, .. } => Problem::outside("every", *every, 1, 10_000),
        schedule::Cycle::TwiceAMonth { second_from } => Problem::outside("second_from", *second_from, 2, 28),
        schedule::Cycle::Monthly { from_day } => Problem::outside("from_day", *from_day, 1, 28),
    }
}

shape_enum! {
    /// The pay day of a window.
    PayDay for schedule::PayDay, check pay_day_is_possible {
        Weekday { weekday: Weekday, weeks_later_min: u32, weeks_later_max: u32, },
        DayOfMonth { from: u32, to: u32, months_later: u32, },
        After(lag: Lag),
    }
}

fn pay_day_is_possible(pay_day: &schedule::PayDay) -> Result<(), Problem> {
    match pay_day {
        schedule::PayDay::Weekday { weeks_later_min, weeks_later_max, .. } => {
            Problem::outside("weeks_later_max", *weeks_later_max, *weeks_later_min, 10_000)
        }
        schedule::PayDay::DayOfMonth { from, to, months_later } => {
            Problem::outside("from", *from, 1, 31)?;
            Problem::outside("to", *to, 1, 31)?;
            Problem::outside("months_later", *months_later, 0, 10_000)
        }
        schedule::PayDay::After(_) => Ok(()),
    }
}

shape_enum! {
    /// What starts the clock of an item.
    ItemEvent for schedule::ItemEvent { Submitted, Credited, Charged, Approved, Completed }
}

shape_enum! {
    /// What starts the clock of an invoice.
    InvoiceClock for schedule::InvoiceClock { Submitted, Corrected, Approved }
}

shape_struct! {
    /// A number of days.
    Lag for schedule::Lag, check lag_is_in_order {
        min_days: u32,
        max_days: u32,
        count: DayCount,
    }
}

fn lag_is_in_order(lag: &schedule::Lag) -> Result<(), Problem> {
    Problem::outside("max_days", lag.max_days, lag.min_days, u32::MAX)
}

shape_enum! {
    /// How days are counted.
    DayCount for schedule::DayCount { Calendar, Business }
}

shape_enum! {
    /// How a day comes again.
    Repeat for schedule::Repeat, check repeat_is_possible {
        EveryWeeks(weeks: u32),
        Monthly,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a check gets a reference, whatever it checks")]
fn repeat_is_possible(repeat: &schedule::Repeat) -> Result<(), Problem> {
    match repeat {
        schedule::Repeat::EveryWeeks(weeks) => Problem::outside("EveryWeeks", *weeks, 1, 10_000),
        schedule::Repeat::Monthly => Ok(()),
    }
}

shape_enum! {
    /// The recurring days of a pay run.
    RunDays for schedule::RunDays {
        Weekly { from: Weekday, to: Weekday, },
        Monthly(days: Vec<MonthDays>),
        Weekdays(days: Vec<Weekday>),
    }
}

shape_struct! {
    /// Days of a month.
    MonthDays for schedule::MonthDays, check month_days_exist {
        from: u32,
        to: u32,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a check gets a reference, whatever it checks")]
fn month_days_exist(days: &schedule::MonthDays) -> Result<(), Problem> {
    Problem::outside("from", days.from, 1, 31)?;
    Problem::outside("to", days.to, 1, 31)
}

shape_struct! {
    /// The last moment to ask for a pay run.
    RequestBefore for schedule::RequestBefore {
        days_before: u32,
        at: Text<NaiveTime>,
    }
}

shape_struct! {
    /// Everything a rule can carry beside its shape; all of it may be left out.
    #[derive(Default)]
    Modifiers for schedule::Modifiers {
        ;
        pay_zone: Option<Text<Zone>>,
        cut_off: Option<CutOff>,
        review: Option<Review>,
        precision: Precision,
        shift: Shift,
        holidays: Holidays,
        extra_business_days: u32,
        minimum: Option<Text<Money>>,
        ceiling: Option<Text<Money>>,
        first_payout_hold_days: Option<u32>,
        held_percent: Option<Text<Decimal>>,
        platform_fee: Option<Fee>,
        payout_fee: Option<Fee>,
        transit: Option<Lag>,
        chase_after: Option<ChaseAfter>,
        frozen: Option<String>,
    }
}

shape_struct! {
    /// What must be done by when.
    CutOff for schedule::CutOff {
        action: CutOffAction,
        ;
        days_after: u32,
        at: Option<Text<NaiveTime>>,
        remind_hours: u32,
    }
}

shape_enum! {
    /// What a cut-off asks for.
    CutOffAction for schedule::CutOffAction { Submit, Report, Approve, Invoice, Request }
}

shape_struct! {
    /// The platform's own check.
    Review for schedule::Review {
        lag: Lag,
        ;
        automatic: bool,
    }
}

shape_enum! {
    /// "On" or "by".
    #[derive(Default)]
    Precision for schedule::Precision { #[default] On, By }
}

shape_enum! {
    /// What happens to a pay day that is no business day.
    #[derive(Default)]
    Shift for schedule::Shift { #[default] None, Next, Previous }
}

shape_enum! {
    /// The holidays that count.
    #[derive(Default)]
    Holidays for schedule::Holidays {
        #[default]
        None,
        UsFederal,
        Target,
        UkBank,
        Own(days: Vec<Text<NaiveDate>>),
    }
}

shape_enum! {
    /// When to ask where the money is.
    ChaseAfter for schedule::ChaseAfter, check chase_day_exists {
        DayOfMonth(day: u32),
        Lag(lag: Lag),
    }
}

fn chase_day_exists(chase: &schedule::ChaseAfter) -> Result<(), Problem> {
    match chase {
        schedule::ChaseAfter::DayOfMonth(day) => Problem::outside("DayOfMonth", *day, 1, 31),
        schedule::ChaseAfter::Lag(_) => Ok(()),
    }
}

shape_struct! {
    /// A fee.
    Fee for route::Fee {
        ;
        percent: Option<Text<Decimal>>,
        fixed: Option<Text<Money>>,
        at_least: Option<Text<Money>>,
    }
}
