//! A rule as it is being typed: every field of every shape as text. `read` puts it together again.
//!
//! Promises: a rule that was taken apart and not touched reads back the same. Free of egui.

use chrono::{NaiveTime, Weekday};

use super::text;
use crate::domain::schedule::{
    CutOffAction, Cycle, EarningShape, Holidays, InvoiceClock, ItemEvent, Lag, Modifiers, PayDay, Precision,
    ReleaseShape, Repeat, Rule, RunDays, Shift,
};
use crate::domain::span::Zone;
use crate::ui::format::Style;

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
    Weekdays,
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
    pub run_weekdays: String,
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
    /// How the user writes numbers.
    pub(super) style: Style,
}

impl Draft {
    /// A first draft in a zone: weeks from Monday, paid on Friday.
    pub(super) fn new(zone: Zone, style: Style) -> Self {
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
            run_weekdays: "Mon, Thu".to_owned(),
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
            style,
        }
    }

    /// A rule taken apart. `zone` fills the zones that the rule does not say.
    pub(super) fn of(rule: &Rule, zone: Zone, style: Style) -> Self {
        let mut draft = Self::new(zone, style);
        draft.take_earning(&rule.earning, style);
        draft.take_release(rule.release.as_ref());
        draft.take_modifiers(&rule.modifiers);
        draft
    }

    fn take_earning(&mut self, earning: &EarningShape, style: Style) {
        match earning {
            EarningShape::PeriodBatch { cycle, zone, starts_at, pay_day } => {
                self.shape = Shape::Period;
                self.take_cycle(cycle, style);
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
                    self.take_cycle(cycle, style);
                }
            }
            EarningShape::OwnDate { on, repeat } => {
                self.shape = Shape::OwnDate;
                self.own_day = on.map_or_else(String::new, |day| style.date(day));
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

    fn take_cycle(&mut self, cycle: &Cycle, style: Style) {
        match cycle {
            Cycle::Weeks { every, starts, anchor } => {
                self.cycle = CycleKind::Weeks;
                self.every = every.to_string();
                self.starts = *starts;
                self.anchor = anchor.map_or_else(String::new, |day| style.date(day));
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
        let style = self.style;
        match release {
            None => self.release = ReleaseKind::None,
            Some(ReleaseShape::OnDemand { cooldown_hours, balance_ceiling }) => {
                self.release = ReleaseKind::OnDemand;
                self.cooldown = cooldown_hours.map_or_else(String::new, |hours| hours.to_string());
                self.balance_ceiling = balance_ceiling.map_or_else(String::new, |money| style.draft(money));
            }
            Some(ReleaseShape::PayRun { days, zone, request_before }) => {
                self.release = ReleaseKind::PayRun;
                self.run_zone = *zone;
                match days {
                    RunDays::Weekly { from, to } => {
                        self.run = RunKind::Weekly;
                        (self.run_from, self.run_to) = (*from, *to);
                    }
                    RunDays::Weekdays(days) => {
                        self.run = RunKind::Weekdays;
                        self.run_weekdays = text::weekday_list_text(days);
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
        let style = self.style;
        let amount = |money: Option<_>| money.map_or_else(String::new, |money| style.draft(money));
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
                self.own_holidays = text::days_text(days, style);
                HolidayKind::Own
            }
        };
        self.extra = modifiers.extra_business_days.to_string();
        self.minimum = amount(modifiers.minimum);
        self.ceiling = amount(modifiers.ceiling);
        self.hold = modifiers.first_payout_hold_days.map_or_else(String::new, |days| days.to_string());
        self.held = modifiers.held_percent.map_or_else(String::new, |share| format!("{} %", style.exact(share)));
        self.platform_fee = modifiers.platform_fee.as_ref().map_or_else(String::new, |fee| text::fee_text(fee, style));
        self.payout_fee = modifiers.payout_fee.as_ref().map_or_else(String::new, |fee| text::fee_text(fee, style));
        self.transit = lag(modifiers.transit);
        self.chase = modifiers.chase_after.map_or_else(String::new, text::chase_text);
        self.frozen = modifiers.frozen.clone().unwrap_or_default();
    }
}

fn time_text(time: NaiveTime) -> String {
    time.format("%-H:%M").to_string()
}
