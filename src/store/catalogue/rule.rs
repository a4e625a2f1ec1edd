//! The shape of a rule in a catalogue file, and the way from it to the domain's rule.
//!
//! Promises: every shape and modifier of the domain can be written; days, ranges and counts that no calendar has are
//! refused at their place in the file. Lags are written `Calendar(1, 21)` or `Business(3, 5)`, least and most.

use chrono::{NaiveTime, Weekday};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::text::{Day, Number, Sum, Time, Words, ZoneName};
use crate::domain::route::Fee;
use crate::domain::schedule as domain;

/// A whole number from `FIRST` to `LAST`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within<const FIRST: u32, const LAST: u32>(u32);

impl<'de, const FIRST: u32, const LAST: u32> Deserialize<'de> for Within<FIRST, LAST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u32::deserialize(deserializer)?;
        if (FIRST..=LAST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(D::Error::custom(format!("{number} is not from {FIRST} to {LAST}")))
        }
    }
}

/// A day of a month.
type MonthDay = Within<1, 31>;
/// A day that every month has.
type AnchorDay = Within<1, 28>;
/// A number of days or hours that a rule can sensibly name: up to a year of days.
type Count = Within<0, 366>;

#[derive(Debug, Clone, Copy, Deserialize)]
enum Weekdays {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl From<Weekdays> for Weekday {
    fn from(day: Weekdays) -> Self {
        match day {
            Weekdays::Mon => Self::Mon,
            Weekdays::Tue => Self::Tue,
            Weekdays::Wed => Self::Wed,
            Weekdays::Thu => Self::Thu,
            Weekdays::Fri => Self::Fri,
            Weekdays::Sat => Self::Sat,
            Weekdays::Sun => Self::Sun,
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum LagShape {
    Calendar(Count, Count),
    Business(Count, Count),
}

/// A lag whose ends are in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lag(pub(super) domain::Lag);

impl<'de> Deserialize<'de> for Lag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (min, max, count) = match LagShape::deserialize(deserializer)? {
            LagShape::Calendar(min, max) => (min.0, max.0, domain::DayCount::Calendar),
            LagShape::Business(min, max) => (min.0, max.0, domain::DayCount::Business),
        };
        in_order::<D>(min, max)?;
        Ok(Self(domain::Lag { min_days: min, max_days: max, count }))
    }
}

fn in_order<'de, D: Deserializer<'de>>(low: u32, high: u32) -> Result<(), D::Error> {
    if low <= high { Ok(()) } else { Err(D::Error::custom(format!("the range {low} to {high} is not in order"))) }
}

/// Two numbers in order.
#[derive(Debug, Clone, Copy)]
struct Ordered<const FIRST: u32, const LAST: u32>(u32, u32);

impl<'de, const FIRST: u32, const LAST: u32> Deserialize<'de> for Ordered<FIRST, LAST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (low, high) = <(Within<FIRST, LAST>, Within<FIRST, LAST>)>::deserialize(deserializer)?;
        in_order::<D>(low.0, high.0)?;
        Ok(Self(low.0, high.0))
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
enum Cycle {
    Weeks { every: Option<Within<1, 8>>, starts: Weekdays },
    TwiceAMonth { second_from: Within<2, 28> },
    Monthly { from_day: AnchorDay },
}

impl From<Cycle> for domain::Cycle {
    fn from(cycle: Cycle) -> Self {
        match cycle {
            // The phase of a two-weekly cycle differs from worker to worker: the user sets the anchor.
            Cycle::Weeks { every, starts } => {
                Self::Weeks { every: every.map_or(1, |every| every.0), starts: starts.into(), anchor: None }
            }
            Cycle::TwiceAMonth { second_from } => Self::TwiceAMonth { second_from: second_from.0 },
            Cycle::Monthly { from_day } => Self::Monthly { from_day: from_day.0 },
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
enum PayDay {
    Weekday { day: Weekdays, weeks_later: Option<Ordered<0, 8>> },
    DayOfMonth { days: Ordered<1, 31>, months_later: Option<Within<0, 12>> },
    After(Lag),
}

impl From<PayDay> for domain::PayDay {
    fn from(day: PayDay) -> Self {
        match day {
            PayDay::Weekday { day, weeks_later } => {
                let Ordered(weeks_later_min, weeks_later_max) = weeks_later.unwrap_or(Ordered(0, 0));
                Self::Weekday { weekday: day.into(), weeks_later_min, weeks_later_max }
            }
            PayDay::DayOfMonth { days: Ordered(from, to), months_later } => {
                Self::DayOfMonth { from, to, months_later: months_later.map_or(0, |months| months.0) }
            }
            PayDay::After(lag) => Self::After(lag.0),
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum ItemEvent {
    Submitted,
    Credited,
    Charged,
    Approved,
    Completed,
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum InvoiceClock {
    Submitted,
    Corrected,
    Approved,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
enum Earning {
    PeriodBatch { cycle: Cycle, zone: ZoneName, starts_at: Option<Time>, pay_day: PayDay },
    ItemClock { event: ItemEvent, zone: ZoneName, lag: Lag, per_task_lag: Option<Lag> },
    InvoiceNet { net: Lag, clock: InvoiceClock, cycle: Option<Cycle> },
    OwnDate,
}

impl From<Earning> for domain::EarningShape {
    fn from(earning: Earning) -> Self {
        match earning {
            Earning::PeriodBatch { cycle, zone, starts_at, pay_day } => Self::PeriodBatch {
                cycle: cycle.into(),
                zone: zone.0,
                starts_at: starts_at.map_or(NaiveTime::MIN, |time| time.0),
                pay_day: pay_day.into(),
            },
            Earning::ItemClock { event, zone, lag, per_task_lag } => Self::ItemClock {
                event: match event {
                    ItemEvent::Submitted => domain::ItemEvent::Submitted,
                    ItemEvent::Credited => domain::ItemEvent::Credited,
                    ItemEvent::Charged => domain::ItemEvent::Charged,
                    ItemEvent::Approved => domain::ItemEvent::Approved,
                    ItemEvent::Completed => domain::ItemEvent::Completed,
                },
                zone: zone.0,
                lag: lag.0,
                per_task_lag: per_task_lag.map(|lag| lag.0),
            },
            Earning::InvoiceNet { net, clock, cycle } => Self::InvoiceNet {
                net: net.0,
                clock: match clock {
                    InvoiceClock::Submitted => domain::InvoiceClock::Submitted,
                    InvoiceClock::Corrected => domain::InvoiceClock::Corrected,
                    InvoiceClock::Approved => domain::InvoiceClock::Approved,
                },
                cycle: cycle.map(Into::into),
            },
            Earning::OwnDate => Self::OwnDate { on: None, repeat: None },
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
enum RunDays {
    Weekly(Weekdays, Weekdays),
    Monthly(Vec<Ordered<1, 31>>),
    Weekdays(Vec<Weekdays>),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestBefore {
    days_before: Within<0, 31>,
    at: Time,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
enum Release {
    PayRun { days: RunDays, zone: ZoneName, request_before: Option<RequestBefore> },
    OnDemand { cooldown_hours: Option<Count>, balance_ceiling: Option<Sum> },
}

impl From<Release> for domain::ReleaseShape {
    fn from(release: Release) -> Self {
        match release {
            Release::PayRun { days, zone, request_before } => Self::PayRun {
                days: match days {
                    RunDays::Weekly(from, to) => domain::RunDays::Weekly { from: from.into(), to: to.into() },
                    RunDays::Monthly(ranges) => domain::RunDays::Monthly(
                        ranges.into_iter().map(|Ordered(from, to)| domain::MonthDays { from, to }).collect(),
                    ),
                    RunDays::Weekdays(days) => domain::RunDays::Weekdays(days.into_iter().map(Into::into).collect()),
                },
                zone: zone.0,
                request_before: request_before
                    .map(|request| domain::RequestBefore { days_before: request.days_before.0, at: request.at.0 }),
            },
            Release::OnDemand { cooldown_hours, balance_ceiling } => Self::OnDemand {
                cooldown_hours: cooldown_hours.map(|hours| hours.0),
                balance_ceiling: balance_ceiling.map(|sum| sum.0),
            },
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum CutOffAction {
    Submit,
    Report,
    Approve,
    Invoice,
    Request,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CutOff {
    action: CutOffAction,
    days_after: Within<0, 62>,
    at: Option<Time>,
    remind_hours: Count,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    lag: Lag,
    automatic: bool,
}

/// A fee as a file writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeeShape {
    percent: Option<Number>,
    fixed: Option<Sum>,
    at_least: Option<Sum>,
}

impl From<FeeShape> for Fee {
    fn from(fee: FeeShape) -> Self {
        Self {
            percent: fee.percent.map(|number| number.0),
            fixed: fee.fixed.map(|sum| sum.0),
            at_least: fee.at_least.map(|sum| sum.0),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
enum Precision {
    #[default]
    On,
    By,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
enum Shift {
    #[default]
    None,
    Next,
    Previous,
}

#[derive(Debug, Clone, Default, Deserialize)]
enum Holidays {
    #[default]
    None,
    UsFederal,
    Target,
    UkBank,
    Own(Vec<Day>),
}

#[derive(Debug, Clone, Deserialize)]
enum ChaseAfter {
    DayOfMonth(MonthDay),
    Lag(Lag),
}

/// A rule as a file writes it; every modifier may be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleShape {
    earning: Earning,
    #[serde(default)]
    release: Option<Release>,
    #[serde(default)]
    pay_zone: Option<ZoneName>,
    #[serde(default)]
    cut_off: Option<CutOff>,
    #[serde(default)]
    review: Option<Review>,
    #[serde(default)]
    precision: Precision,
    #[serde(default)]
    shift: Shift,
    #[serde(default)]
    holidays: Holidays,
    #[serde(default)]
    extra_business_days: u8,
    #[serde(default)]
    minimum: Option<Sum>,
    #[serde(default)]
    ceiling: Option<Sum>,
    #[serde(default)]
    first_payout_hold_days: Option<Count>,
    #[serde(default)]
    held_percent: Option<Number>,
    #[serde(default)]
    platform_fee: Option<FeeShape>,
    #[serde(default)]
    payout_fee: Option<FeeShape>,
    #[serde(default)]
    transit: Option<Lag>,
    #[serde(default)]
    chase_after: Option<ChaseAfter>,
    #[serde(default)]
    frozen: Option<Words>,
}

impl From<RuleShape> for domain::Rule {
    fn from(rule: RuleShape) -> Self {
        let modifiers = domain::Modifiers {
            pay_zone: rule.pay_zone.map(|zone| zone.0),
            cut_off: rule.cut_off.map(|cut_off| domain::CutOff {
                action: match cut_off.action {
                    CutOffAction::Submit => domain::CutOffAction::Submit,
                    CutOffAction::Report => domain::CutOffAction::Report,
                    CutOffAction::Approve => domain::CutOffAction::Approve,
                    CutOffAction::Invoice => domain::CutOffAction::Invoice,
                    CutOffAction::Request => domain::CutOffAction::Request,
                },
                days_after: cut_off.days_after.0,
                at: cut_off.at.map(|time| time.0),
                remind_hours: cut_off.remind_hours.0,
            }),
            review: rule.review.map(|review| domain::Review { lag: review.lag.0, automatic: review.automatic }),
            precision: match rule.precision {
                Precision::On => domain::Precision::On,
                Precision::By => domain::Precision::By,
            },
            shift: match rule.shift {
                Shift::None => domain::Shift::None,
                Shift::Next => domain::Shift::Next,
                Shift::Previous => domain::Shift::Previous,
            },
            holidays: match rule.holidays {
                Holidays::None => domain::Holidays::None,
                Holidays::UsFederal => domain::Holidays::UsFederal,
                Holidays::Target => domain::Holidays::Target,
                Holidays::UkBank => domain::Holidays::UkBank,
                Holidays::Own(days) => domain::Holidays::Own(days.into_iter().map(|day| day.0).collect()),
            },
            extra_business_days: rule.extra_business_days.into(),
            minimum: rule.minimum.map(|sum| sum.0),
            ceiling: rule.ceiling.map(|sum| sum.0),
            first_payout_hold_days: rule.first_payout_hold_days.map(|days| days.0),
            held_percent: rule.held_percent.map(|number| number.0),
            platform_fee: rule.platform_fee.map(Into::into),
            payout_fee: rule.payout_fee.map(Into::into),
            transit: rule.transit.map(|lag| lag.0),
            chase_after: rule.chase_after.map(|chase| match chase {
                ChaseAfter::DayOfMonth(day) => domain::ChaseAfter::DayOfMonth(day.0),
                ChaseAfter::Lag(lag) => domain::ChaseAfter::Lag(lag.0),
            }),
            frozen: rule.frozen.map(|words| words.0),
        };
        Self { earning: rule.earning.into(), release: rule.release.map(Into::into), modifiers }
    }
}
