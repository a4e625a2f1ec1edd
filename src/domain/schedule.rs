//! Schedules: how a platform pays out, from a date on, as data.
//!
//! One pipeline serves every platform: work → credited → grouped or maturing → approved → payable →
//! (minimum, request) → sent → arrived. An *earning shape* says when work becomes payable, a *release shape* when
//! payable money leaves. What comes of them is in [`query::calendar`](super::query::calendar).
//!
//! Source of the shapes: published pay pages of some thirty platforms, read on 22 Nov 2026 (see the catalogue).

use chrono::{NaiveDate, NaiveTime, Weekday};
use rust_decimal::Decimal;

use super::fact::Provenance;
use super::ids::{PlatformId, ProjectId, RouteId, ScheduleId};
use super::money::Money;
use super::route::Fee;
use super::span::Zone;

/// How a platform pays out, from a date on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its id.
    pub id: ScheduleId,
    /// The platform.
    pub platform: PlatformId,
    /// Only this project, where it has rules of its own.
    pub project: Option<ProjectId>,
    /// Only this route, where it has rules of its own.
    pub route: Option<RouteId>,
    /// The first day of work it holds for; `None` means from the beginning.
    pub valid_from: Option<NaiveDate>,
    /// The last day of work it holds for; `None` means until further notice.
    pub valid_until: Option<NaiveDate>,
    /// The rule.
    pub rule: Rule,
    /// Who says so.
    pub provenance: Provenance,
}

impl Schedule {
    /// The user's own setting for all work on a platform, from the beginning until further notice.
    #[must_use]
    pub fn of(id: ScheduleId, platform: PlatformId, rule: Rule) -> Self {
        Self {
            id,
            platform,
            project: None,
            route: None,
            valid_from: None,
            valid_until: None,
            rule,
            provenance: Provenance::own(),
        }
    }
}

/// A rule: an earning shape, or one followed by a release shape, with its modifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// When work becomes payable.
    pub earning: EarningShape,
    /// When payable money leaves; `None` where the earning shape says it all.
    pub release: Option<ReleaseShape>,
    /// Everything else.
    pub modifiers: Modifiers,
}

impl Rule {
    /// An earning shape that says it all, without modifiers.
    #[must_use]
    pub fn of(earning: EarningShape) -> Self {
        Self { earning, release: None, modifiers: Modifiers::default() }
    }
}

/// When work becomes payable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EarningShape {
    /// All work inside a window shares one pay day.
    PeriodBatch {
        /// The windows.
        cycle: Cycle,
        /// The zone in which windows are cut.
        zone: Zone,
        /// The time of day at which a window starts.
        starts_at: NaiveTime,
        /// The pay day.
        pay_day: PayDay,
    },
    /// Each item matures alone, so many days after an event.
    ItemClock {
        /// What starts the clock.
        event: ItemEvent,
        /// The zone in which its days are counted.
        zone: Zone,
        /// Days for hourly work and whatever has no lag of its own.
        lag: Lag,
        /// Days for per-task work, where they differ.
        per_task_lag: Option<Lag>,
    },
    /// An invoice starts the clock.
    InvoiceNet {
        /// Days after the event.
        net: Lag,
        /// What starts the clock.
        clock: InvoiceClock,
        /// The windows that are invoiced; `None` where invoices go out at any time.
        cycle: Option<Cycle>,
    },
    /// No rule is known, or the day stands in a contract.
    OwnDate {
        /// The user's day; `None` means outstanding, date unknown.
        on: Option<NaiveDate>,
        /// Whether it comes again.
        repeat: Option<Repeat>,
    },
}

/// When payable money leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleaseShape {
    /// The balance is swept on recurring days.
    PayRun {
        /// The days.
        days: RunDays,
        /// The zone of the days.
        zone: Zone,
        /// A request is needed before this, counted back from the run.
        request_before: Option<RequestBefore>,
    },
    /// The worker draws.
    OnDemand {
        /// Least hours between two draws.
        cooldown_hours: Option<u32>,
        /// At most this much is held before work stops.
        balance_ceiling: Option<Money>,
    },
}

/// The windows of a period batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cycle {
    /// Every one or more weeks.
    Weeks {
        /// 1 for weekly, 2 for every two weeks.
        every: u32,
        /// The first day of a window.
        starts: Weekday,
        /// A day in a first week, which fixes the phase where `every` is above 1.
        anchor: Option<NaiveDate>,
    },
    /// From the 1st and from the day named, twice a month.
    TwiceAMonth {
        /// The first day of the second window, 2 to 28.
        second_from: u32,
    },
    /// Monthly from a day, 1 to 28.
    Monthly {
        /// The first day of a window.
        from_day: u32,
    },
}

/// The pay day of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayDay {
    /// The first such weekday after the window's last day, or up to so many weeks later where that is not certain.
    Weekday {
        /// The weekday.
        weekday: Weekday,
        /// Weeks after the first, at least.
        weeks_later_min: u32,
        /// Weeks after the first, at most.
        weeks_later_max: u32,
    },
    /// The first such day of a month after the window's last day, or a range of days.
    DayOfMonth {
        /// The first day, 1 to 31; a month that is shorter gives its last day.
        from: u32,
        /// The last day of the range.
        to: u32,
        /// Whole months later than the first.
        months_later: u32,
    },
    /// So many days after the window's last day.
    After(Lag),
}

/// What starts the clock of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemEvent {
    /// The worker handed it in; the end of the session where nothing else is recorded.
    Submitted,
    /// The platform credited it.
    Credited,
    /// The client was charged.
    Charged,
    /// It was approved.
    Approved,
    /// It was completed.
    Completed,
}

/// What starts the clock of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvoiceClock {
    /// It was sent.
    Submitted,
    /// A corrected one was received.
    Corrected,
    /// It was approved.
    Approved,
}

/// A number of days, as a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lag {
    /// At least.
    pub min_days: u32,
    /// At most, never below the least.
    pub max_days: u32,
    /// Calendar days, or business days.
    pub count: DayCount,
}

impl Lag {
    /// So many calendar days.
    #[must_use]
    pub const fn days(min_days: u32, max_days: u32) -> Self {
        Self { min_days, max_days, count: DayCount::Calendar }
    }
}

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayCount {
    /// Every day.
    Calendar,
    /// Monday to Friday, less the holidays of the rule's list.
    Business,
}

/// How a day comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Every so many weeks.
    EveryWeeks(u32),
    /// Every month on the same day; a shorter month gives its last day.
    Monthly,
}

/// The recurring days of a pay run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunDays {
    /// Each week from one weekday to another.
    Weekly {
        /// The first.
        from: Weekday,
        /// The last.
        to: Weekday,
    },
    /// Ranges of days of each month.
    Monthly(Vec<MonthDays>),
    /// Each week on each of these weekdays, a run of its own on each.
    Weekdays(Vec<Weekday>),
}

/// Days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDays {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// The last moment to ask for a pay run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestBefore {
    /// Whole days before the run.
    pub days_before: u32,
    /// The time of that day.
    pub at: NaiveTime,
}

/// Everything a rule can carry beside its shape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// The zone of the pay day, where it is not the window's.
    pub pay_zone: Option<Zone>,
    /// What must be done by when.
    pub cut_off: Option<CutOff>,
    /// The platform's own check of the work.
    pub review: Option<Review>,
    /// "On" the day, or "by" it.
    pub precision: Precision,
    /// What happens to a pay day on a weekend or holiday.
    pub shift: Shift,
    /// The holidays that count.
    pub holidays: Holidays,
    /// Extra business days for the worker's country.
    pub extra_business_days: u32,
    /// The least sum that is paid; below it the balance carries over.
    pub minimum: Option<Money>,
    /// The most that is paid at once.
    pub ceiling: Option<Money>,
    /// Days added once, to the first payout.
    pub first_payout_hold_days: Option<u32>,
    /// The share released only on acceptance, in per cent.
    pub held_percent: Option<Decimal>,
    /// The platform's fee.
    pub platform_fee: Option<Fee>,
    /// The fee of a payout.
    pub payout_fee: Option<Fee>,
    /// Days between sent and arrived, where no route says.
    pub transit: Option<Lag>,
    /// When to ask where the money is.
    pub chase_after: Option<ChaseAfter>,
    /// Payouts are frozen until the user confirms something; says what.
    pub frozen: Option<String>,
}

/// What must be done by when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CutOff {
    /// What.
    pub action: CutOffAction,
    /// Days after the window's last day.
    pub days_after: u32,
    /// The time of that day; `None` means its end.
    pub at: Option<NaiveTime>,
    /// Hours before it at which to remind.
    pub remind_hours: u32,
}

/// What a cut-off asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CutOffAction {
    /// Hand the work in.
    Submit,
    /// Report the time.
    Report,
    /// Approve one's own entries.
    Approve,
    /// Send the invoice.
    Invoice,
    /// Ask for the payout.
    Request,
}

/// The platform's own check of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// How long it takes.
    pub lag: Lag,
    /// Whether it passes by itself after the longest time.
    pub automatic: bool,
}

/// "On" or "by".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The money comes on the day.
    #[default]
    On,
    /// The money comes on the day or earlier.
    By,
}

/// What happens to a pay day that is no business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Shift {
    /// Nothing, or nothing is known.
    #[default]
    None,
    /// The next business day.
    Next,
    /// The one before.
    Previous,
}

/// The holidays that count as no business days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Holidays {
    /// Weekends only.
    #[default]
    None,
    /// US federal holidays.
    UsFederal,
    /// Closing days of the euro payment system.
    Target,
    /// Bank holidays of England and Wales.
    UkBank,
    /// The user's own list.
    Own(Vec<NaiveDate>),
}

/// When to ask where the money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChaseAfter {
    /// After this day of the pay month.
    DayOfMonth(u32),
    /// So long after the pay day.
    Lag(Lag),
}
