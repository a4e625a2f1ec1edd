//! A rule as it is being typed: every field of every shape as text, read into a [`Rule`] on each frame.
//!
//! Promises: a rule that was taken apart and not touched reads back the same, parts that are not computed yet
//! included; what doesn't read names its field and the reason. Free of egui.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::text;
use crate::domain::money::Currency;
use crate::domain::refusal::Refusal;
use crate::domain::schedule::{
    CutOff, CutOffAction, Cycle, EarningShape, Holidays, InvoiceClock, ItemEvent, Lag, Modifiers, PayDay, Precision,
    ReleaseShape, Repeat, RequestBefore, Review, Rule, RunDays, Shift,
};
use crate::domain::span::Zone;
use crate::ui::dialogs::parts::optional;
use crate::ui::typed;

/// The names of the fields, on the screen and for reasons.
pub(super) mod field {
    pub const EVERY: &str = "Weeks in a window";
    pub const ANCHOR: &str = "A day in a first week";
    pub const SECOND_FROM: &str = "Second window from day";
    pub const FROM_DAY: &str = "Window from day";
    pub const STARTS_AT: &str = "Starts at";
    pub const WEEKS_LATER: &str = "Weeks later";
    pub const MONTH_DAYS: &str = "Day of the month";
    pub const MONTHS_LATER: &str = "Months later";
    pub const PAID_AFTER: &str = "Days after the window";
    pub const LAG: &str = "Payable after";
    pub const PER_TASK: &str = "Work by the task after";
    pub const NET: &str = "Paid after";
    pub const OWN_DAY: &str = "Day of the money";
    pub const REPEAT_WEEKS: &str = "Weeks between";
    pub const COOLDOWN: &str = "Hours between draws";
    pub const BALANCE_CEILING: &str = "Most that is held";
    pub const RUN_DAYS: &str = "Days of the month";
    pub const REQUEST_DAYS: &str = "Asked for, days before";
    pub const REQUEST_AT: &str = "Asked for by";
    pub const CUT_OFF_DAYS: &str = "Cut-off, days after";
    pub const CUT_OFF_AT: &str = "Cut-off at";
    pub const REMIND: &str = "Remind, hours before";
    pub const REVIEW: &str = "Review";
    pub const MINIMUM: &str = "Minimum";
    pub const CEILING: &str = "Most at once";
    pub const HOLD: &str = "First payout waits";
    pub const HELD: &str = "Held until acceptance";
    pub const PLATFORM_FEE: &str = "Platform fee";
    pub const PAYOUT_FEE: &str = "Payout fee";
    pub const TRANSIT: &str = "Transit";
    pub const CHASE: &str = "Ask after";
    pub const EXTRA: &str = "More business days";
    pub const HOLIDAYS: &str = "Own holidays";
}

/// When work becomes payable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Period,
    Item,
    Invoice,
    OwnDate,
}

/// How windows follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CycleKind {
    Weeks,
    TwiceAMonth,
    Monthly,
}

/// How a pay day is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PayDayKind {
    Weekday,
    DayOfMonth,
    After,
}

/// How a day comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RepeatKind {
    Never,
    Weeks,
    Monthly,
}

/// How payable money leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReleaseKind {
    None,
    OnDemand,
    PayRun,
}

/// The days of a pay run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunKind {
    Weekly,
    Monthly,
}

/// Which holidays count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HolidayKind {
    None,
    UsFederal,
    Target,
    UkBank,
    Own,
}

/// Why fields don't read, by their name.
pub(super) type Reasons = BTreeMap<&'static str, String>;

/// A rule as it is being typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub shape: Shape,
    pub cycle: CycleKind,
    pub every: String,
    pub starts: Weekday,
    pub anchor: String,
    pub second_from: String,
    pub from_day: String,
    pub zone: Zone,
    pub starts_at: String,
    pub pay_day: PayDayKind,
    pub pay_weekday: Weekday,
    pub weeks_later: String,
    pub month_days: String,
    pub months_later: String,
    pub paid_after: String,
    pub event: ItemEvent,
    pub lag: String,
    pub per_task: String,
    pub clock: InvoiceClock,
    pub net: String,
    pub invoice_windows: bool,
    pub own_day: String,
    pub repeat: RepeatKind,
    pub repeat_weeks: String,
    pub release: ReleaseKind,
    pub cooldown: String,
    pub balance_ceiling: String,
    pub run: RunKind,
    pub run_from: Weekday,
    pub run_to: Weekday,
    pub run_days: String,
    pub run_zone: Zone,
    pub request_days: String,
    pub request_at: String,
    pub cut_off: Option<CutOffAction>,
    pub cut_off_days: String,
    pub cut_off_at: String,
    pub remind: String,
    pub review: String,
    pub automatic: bool,
    pub precision: Precision,
    pub shift: Shift,
    pub holidays: HolidayKind,
    pub own_holidays: String,
    pub extra: String,
    pub own_pay_zone: bool,
    pub pay_zone: Zone,
    pub minimum: String,
    pub ceiling: String,
    pub hold: String,
    pub held: String,
    pub platform_fee: String,
    pub payout_fee: String,
    pub transit: String,
    pub chase: String,
    pub frozen: String,
}

impl Draft {
    /// A first draft in a zone: weeks from Monday, paid on Friday.
    pub(super) fn new(zone: Zone) -> Self {
        Self {
            shape: Shape::Period,
            cycle: CycleKind::Weeks,
            every: "1".to_owned(),
            starts: Weekday::Mon,
            anchor: String::new(),
            second_from: "16".to_owned(),
            from_day: "1".to_owned(),
            zone,
            starts_at: "0:00".to_owned(),
            pay_day: PayDayKind::Weekday,
            pay_weekday: Weekday::Fri,
            weeks_later: "0".to_owned(),
            month_days: "15".to_owned(),
            months_later: "0".to_owned(),
            paid_after: "7 days".to_owned(),
            event: ItemEvent::Submitted,
            lag: "7 days".to_owned(),
            per_task: String::new(),
            clock: InvoiceClock::Submitted,
            net: "30 days".to_owned(),
            invoice_windows: false,
            own_day: String::new(),
            repeat: RepeatKind::Never,
            repeat_weeks: "2".to_owned(),
            release: ReleaseKind::None,
            cooldown: String::new(),
            balance_ceiling: String::new(),
            run: RunKind::Weekly,
            run_from: Weekday::Fri,
            run_to: Weekday::Fri,
            run_days: "15".to_owned(),
            run_zone: zone,
            request_days: String::new(),
            request_at: "0:00".to_owned(),
            cut_off: None,
            cut_off_days: "0".to_owned(),
            cut_off_at: String::new(),
            remind: "24".to_owned(),
            review: String::new(),
            automatic: false,
            precision: Precision::On,
            shift: Shift::None,
            holidays: HolidayKind::None,
            own_holidays: String::new(),
            extra: "0".to_owned(),
            own_pay_zone: false,
            pay_zone: zone,
            minimum: String::new(),
            ceiling: String::new(),
            hold: String::new(),
            held: String::new(),
            platform_fee: String::new(),
            payout_fee: String::new(),
            transit: String::new(),
            chase: String::new(),
            frozen: String::new(),
        }
    }

    /// A rule taken apart. `zone` fills the zones that the rule does not say.
    pub(super) fn of(rule: &Rule, zone: Zone) -> Self {
        let mut draft = Self::new(zone);
        draft.take_earning(&rule.earning);
        draft.take_release(rule.release.as_ref());
        draft.take_modifiers(&rule.modifiers);
        draft
    }

    fn take_earning(&mut self, earning: &EarningShape) {
        match earning {
            EarningShape::PeriodBatch { cycle, zone, starts_at, pay_day } => {
                self.shape = Shape::Period;
                self.take_cycle(cycle);
                self.zone = *zone;
                self.starts_at = time_text(*starts_at);
                self.take_pay_day(pay_day);
            }
            EarningShape::ItemClock { event, zone, lag, per_task_lag } => {
                self.shape = Shape::Item;
                self.event = *event;
                self.zone = *zone;
                self.lag = text::lag_text(*lag);
                self.per_task = per_task_lag.map_or_else(String::new, text::lag_text);
            }
            EarningShape::InvoiceNet { net, clock, cycle } => {
                self.shape = Shape::Invoice;
                self.net = text::lag_text(*net);
                self.clock = *clock;
                self.invoice_windows = cycle.is_some();
                if let Some(cycle) = cycle {
                    self.take_cycle(cycle);
                }
            }
            EarningShape::OwnDate { on, repeat } => {
                self.shape = Shape::OwnDate;
                self.own_day = on.map_or_else(String::new, text::day_text);
                self.repeat = match repeat {
                    None => RepeatKind::Never,
                    Some(Repeat::EveryWeeks(weeks)) => {
                        self.repeat_weeks = weeks.to_string();
                        RepeatKind::Weeks
                    }
                    Some(Repeat::Monthly) => RepeatKind::Monthly,
                };
            }
        }
    }

    fn take_cycle(&mut self, cycle: &Cycle) {
        match cycle {
            Cycle::Weeks { every, starts, anchor } => {
                self.cycle = CycleKind::Weeks;
                self.every = every.to_string();
                self.starts = *starts;
                self.anchor = anchor.map_or_else(String::new, text::day_text);
            }
            Cycle::TwiceAMonth { second_from } => {
                self.cycle = CycleKind::TwiceAMonth;
                self.second_from = second_from.to_string();
            }
            Cycle::Monthly { from_day } => {
                self.cycle = CycleKind::Monthly;
                self.from_day = from_day.to_string();
            }
        }
    }

    fn take_pay_day(&mut self, pay_day: &PayDay) {
        match pay_day {
            PayDay::Weekday { weekday, weeks_later_min, weeks_later_max } => {
                self.pay_day = PayDayKind::Weekday;
                self.pay_weekday = *weekday;
                self.weeks_later = text::range_text(*weeks_later_min, *weeks_later_max);
            }
            PayDay::DayOfMonth { from, to, months_later } => {
                self.pay_day = PayDayKind::DayOfMonth;
                self.month_days = text::range_text(*from, *to);
                self.months_later = months_later.to_string();
            }
            PayDay::After(lag) => {
                self.pay_day = PayDayKind::After;
                self.paid_after = text::lag_text(*lag);
            }
        }
    }

    fn take_release(&mut self, release: Option<&ReleaseShape>) {
        match release {
            None => self.release = ReleaseKind::None,
            Some(ReleaseShape::OnDemand { cooldown_hours, balance_ceiling }) => {
                self.release = ReleaseKind::OnDemand;
                self.cooldown = cooldown_hours.map_or_else(String::new, |hours| hours.to_string());
                self.balance_ceiling = balance_ceiling.map_or_else(String::new, text::amount_text);
            }
            Some(ReleaseShape::PayRun { days, zone, request_before }) => {
                self.release = ReleaseKind::PayRun;
                self.run_zone = *zone;
                match days {
                    RunDays::Weekly { from, to } => {
                        self.run = RunKind::Weekly;
                        (self.run_from, self.run_to) = (*from, *to);
                    }
                    RunDays::Monthly(days) => {
                        self.run = RunKind::Monthly;
                        self.run_days = text::month_day_list_text(days);
                    }
                }
                if let Some(request) = request_before {
                    self.request_days = request.days_before.to_string();
                    self.request_at = time_text(request.at);
                }
            }
        }
    }

    fn take_modifiers(&mut self, modifiers: &Modifiers) {
        let amount = |money: Option<_>| money.map_or_else(String::new, text::amount_text);
        let lag = |lag: Option<Lag>| lag.map_or_else(String::new, text::lag_text);
        if let Some(zone) = modifiers.pay_zone {
            self.own_pay_zone = true;
            self.pay_zone = zone;
        }
        if let Some(cut_off) = &modifiers.cut_off {
            self.cut_off = Some(cut_off.action);
            self.cut_off_days = cut_off.days_after.to_string();
            self.cut_off_at = cut_off.at.map_or_else(String::new, time_text);
            self.remind = cut_off.remind_hours.to_string();
        }
        if let Some(review) = &modifiers.review {
            self.review = text::lag_text(review.lag);
            self.automatic = review.automatic;
        }
        self.precision = modifiers.precision;
        self.shift = modifiers.shift;
        self.holidays = match &modifiers.holidays {
            Holidays::None => HolidayKind::None,
            Holidays::UsFederal => HolidayKind::UsFederal,
            Holidays::Target => HolidayKind::Target,
            Holidays::UkBank => HolidayKind::UkBank,
            Holidays::Own(days) => {
                self.own_holidays = days.iter().map(|day| text::day_text(*day)).collect::<Vec<_>>().join(", ");
                HolidayKind::Own
            }
        };
        self.extra = modifiers.extra_business_days.to_string();
        self.minimum = amount(modifiers.minimum);
        self.ceiling = amount(modifiers.ceiling);
        self.hold = modifiers.first_payout_hold_days.map_or_else(String::new, |days| days.to_string());
        self.held = modifiers.held_percent.map_or_else(String::new, |share| format!("{} %", share.normalize()));
        self.platform_fee = modifiers.platform_fee.as_ref().map_or_else(String::new, text::fee_text);
        self.payout_fee = modifiers.payout_fee.as_ref().map_or_else(String::new, text::fee_text);
        self.transit = lag(modifiers.transit);
        self.chase = modifiers.chase_after.map_or_else(String::new, text::chase_text);
        self.frozen = modifiers.frozen.clone().unwrap_or_default();
    }

    /// The rule that is typed. Amounts without a sign are in `currency`.
    ///
    /// # Errors
    /// The reason of each field that doesn't read.
    pub(super) fn read(&self, today: NaiveDate, currency: Currency) -> Result<Rule, Reasons> {
        let mut reader = Reader { today, currency, reasons: Reasons::new() };
        let rule = Rule {
            earning: self.earning(&mut reader),
            release: self.release(&mut reader),
            modifiers: self.modifiers(&mut reader),
        };
        if reader.reasons.is_empty() { Ok(rule) } else { Err(reader.reasons) }
    }

    fn earning(&self, reader: &mut Reader) -> EarningShape {
        match self.shape {
            Shape::Period => EarningShape::PeriodBatch {
                cycle: self.cycle(reader),
                zone: self.zone,
                starts_at: reader.time(field::STARTS_AT, &self.starts_at).unwrap_or(NaiveTime::MIN),
                pay_day: self.pay_day(reader),
            },
            Shape::Item => EarningShape::ItemClock {
                event: self.event,
                zone: self.zone,
                lag: reader.lag(field::LAG, &self.lag),
                per_task_lag: reader.maybe_lag(field::PER_TASK, &self.per_task),
            },
            Shape::Invoice => EarningShape::InvoiceNet {
                net: reader.lag(field::NET, &self.net),
                clock: self.clock,
                cycle: self.invoice_windows.then(|| self.cycle(reader)),
            },
            Shape::OwnDate => EarningShape::OwnDate {
                on: reader.day(field::OWN_DAY, &self.own_day),
                repeat: match self.repeat {
                    RepeatKind::Never => None,
                    RepeatKind::Weeks => {
                        Some(Repeat::EveryWeeks(reader.number(field::REPEAT_WEEKS, &self.repeat_weeks, 1, 52)))
                    }
                    RepeatKind::Monthly => Some(Repeat::Monthly),
                },
            },
        }
    }

    fn cycle(&self, reader: &mut Reader) -> Cycle {
        match self.cycle {
            CycleKind::Weeks => Cycle::Weeks {
                every: reader.number(field::EVERY, &self.every, 1, 52),
                starts: self.starts,
                anchor: reader.day(field::ANCHOR, &self.anchor),
            },
            CycleKind::TwiceAMonth => {
                Cycle::TwiceAMonth { second_from: reader.number(field::SECOND_FROM, &self.second_from, 2, 28) }
            }
            CycleKind::Monthly => Cycle::Monthly {
                from_day: reader.take(field::FROM_DAY, text::day_of_month(&self.from_day, 28)).unwrap_or(1),
            },
        }
    }

    fn pay_day(&self, reader: &mut Reader) -> PayDay {
        match self.pay_day {
            PayDayKind::Weekday => {
                let within = text::range(&self.weeks_later).and_then(|(min, max)| {
                    if max > 52 { Err(Refusal::TooMany(max, 52).to_string()) } else { Ok((min, max)) }
                });
                let (weeks_later_min, weeks_later_max) = reader.take(field::WEEKS_LATER, within).unwrap_or_default();
                PayDay::Weekday { weekday: self.pay_weekday, weeks_later_min, weeks_later_max }
            }
            PayDayKind::DayOfMonth => {
                let days = reader.take(field::MONTH_DAYS, text::month_days(&self.month_days));
                let (from, to) = days.map_or((1, 1), |days| (days.from, days.to));
                let months_later = reader.number(field::MONTHS_LATER, &self.months_later, 0, 24);
                PayDay::DayOfMonth { from, to, months_later }
            }
            PayDayKind::After => PayDay::After(reader.lag(field::PAID_AFTER, &self.paid_after)),
        }
    }

    fn release(&self, reader: &mut Reader) -> Option<ReleaseShape> {
        match self.release {
            ReleaseKind::None => None,
            ReleaseKind::OnDemand => Some(ReleaseShape::OnDemand {
                cooldown_hours: reader.maybe_count(field::COOLDOWN, &self.cooldown),
                balance_ceiling: reader.money(field::BALANCE_CEILING, &self.balance_ceiling),
            }),
            ReleaseKind::PayRun => Some(ReleaseShape::PayRun {
                days: match self.run {
                    RunKind::Weekly => RunDays::Weekly { from: self.run_from, to: self.run_to },
                    RunKind::Monthly => RunDays::Monthly(
                        reader.take(field::RUN_DAYS, text::month_day_list(&self.run_days)).unwrap_or_default(),
                    ),
                },
                zone: self.run_zone,
                request_before: reader.maybe_count(field::REQUEST_DAYS, &self.request_days).map(|days_before| {
                    let at = reader.time(field::REQUEST_AT, &self.request_at);
                    RequestBefore { days_before, at: at.unwrap_or(NaiveTime::MIN) }
                }),
            }),
        }
    }

    fn modifiers(&self, reader: &mut Reader) -> Modifiers {
        Modifiers {
            pay_zone: self.own_pay_zone.then_some(self.pay_zone),
            cut_off: self.cut_off.map(|action| CutOff {
                action,
                days_after: reader.number(field::CUT_OFF_DAYS, &self.cut_off_days, 0, 365),
                at: reader.maybe_time(field::CUT_OFF_AT, &self.cut_off_at),
                remind_hours: reader.number(field::REMIND, &self.remind, 0, 8_760),
            }),
            review: reader.maybe_lag(field::REVIEW, &self.review).map(|lag| Review { lag, automatic: self.automatic }),
            precision: self.precision,
            shift: self.shift,
            holidays: match self.holidays {
                HolidayKind::None => Holidays::None,
                HolidayKind::UsFederal => Holidays::UsFederal,
                HolidayKind::Target => Holidays::Target,
                HolidayKind::UkBank => Holidays::UkBank,
                HolidayKind::Own => Holidays::Own(
                    reader.take(field::HOLIDAYS, text::days(&self.own_holidays, reader.today)).unwrap_or_default(),
                ),
            },
            extra_business_days: reader.number(field::EXTRA, &self.extra, 0, 365),
            minimum: reader.money(field::MINIMUM, &self.minimum),
            ceiling: reader.money(field::CEILING, &self.ceiling),
            first_payout_hold_days: reader.maybe_count(field::HOLD, &self.hold),
            held_percent: reader.take(field::HELD, optional(&self.held, typed::percent)).flatten(),
            platform_fee: reader.take(field::PLATFORM_FEE, text::fee(&self.platform_fee, reader.currency)).flatten(),
            payout_fee: reader.take(field::PAYOUT_FEE, text::fee(&self.payout_fee, reader.currency)).flatten(),
            transit: reader.maybe_lag(field::TRANSIT, &self.transit),
            chase_after: reader.take(field::CHASE, text::chase(&self.chase)).flatten(),
            frozen: (!self.frozen.trim().is_empty()).then(|| self.frozen.clone()),
        }
    }
}

fn time_text(time: NaiveTime) -> String {
    time.format("%-H:%M").to_string()
}

/// Reads fields and keeps the reasons of those that don't.
struct Reader {
    today: NaiveDate,
    currency: Currency,
    reasons: Reasons,
}

impl Reader {
    fn take<T>(&mut self, name: &'static str, read: Result<T, String>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(reason) => {
                self.reasons.insert(name, reason);
                None
            }
        }
    }

    fn number(&mut self, name: &'static str, draft: &str, least: u32, most: u32) -> u32 {
        let within = typed::count(draft).map_err(|reason| reason.to_string()).and_then(|count| {
            if (least..=most).contains(&count) {
                Ok(count)
            } else {
                Err(format!("A number from {least} to {most}, please"))
            }
        });
        self.take(name, within).unwrap_or(least)
    }

    fn maybe_count(&mut self, name: &'static str, draft: &str) -> Option<u32> {
        self.take(name, optional(draft, typed::count)).flatten()
    }

    fn lag(&mut self, name: &'static str, draft: &str) -> Lag {
        self.take(name, text::lag(draft)).unwrap_or(Lag::days(0, 0))
    }

    fn maybe_lag(&mut self, name: &'static str, draft: &str) -> Option<Lag> {
        if draft.trim().is_empty() { None } else { self.take(name, text::lag(draft)) }
    }

    fn time(&mut self, name: &'static str, draft: &str) -> Option<NaiveTime> {
        self.take(name, typed::time(draft).map_err(|reason| reason.to_string()))
    }

    fn maybe_time(&mut self, name: &'static str, draft: &str) -> Option<NaiveTime> {
        self.take(name, optional(draft, typed::time)).flatten()
    }

    fn day(&mut self, name: &'static str, draft: &str) -> Option<NaiveDate> {
        let today = self.today;
        self.take(name, optional(draft, |text| typed::date(text, today))).flatten()
    }

    fn money(&mut self, name: &'static str, draft: &str) -> Option<crate::domain::money::Money> {
        let currency = self.currency;
        let read = optional(draft, |text| typed::money(text, currency)).and_then(|money| match money {
            Some(money) if money.amount <= rust_decimal::Decimal::ZERO => {
                Err(Refusal::NotAboveZero(money.amount).to_string())
            }
            money => Ok(money),
        });
        self.take(name, read).flatten()
    }
}
