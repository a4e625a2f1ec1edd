//! The draft of a schedule read into a rule, on each frame: what doesn't read names its field and the reason.
//!
//! Fields of shapes that are not chosen are never read. Free of egui.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::draft::{CycleKind, Draft, HolidayKind, PayDayKind, ReleaseKind, RepeatKind, RunKind, Shape};
use super::text;
use crate::domain::money::{Currency, Money};
use crate::domain::refusal::Refusal;
use crate::domain::schedule::{
    CutOff, Cycle, EarningShape, Holidays, Lag, Modifiers, PayDay, ReleaseShape, Repeat, RequestBefore, Review, Rule,
    RunDays,
};
use crate::ui::dialogs::parts::optional;
use crate::ui::format::Style;
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
    pub const RUN_WEEKDAYS: &str = "Weekdays of the runs";
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

/// Why fields don't read, by their name.
pub(super) type Reasons = BTreeMap<&'static str, String>;

impl Draft {
    /// The rule that is typed. Amounts without a sign are in `currency`.
    ///
    /// # Errors
    /// The reason of each field that doesn't read.
    pub(super) fn read(&self, today: NaiveDate, currency: Currency) -> Result<Rule, Reasons> {
        let mut reader = Reader { today, currency, style: self.style, reasons: Reasons::new() };
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
                    RunKind::Weekdays => RunDays::Weekdays(
                        reader.take(field::RUN_WEEKDAYS, text::weekday_list(&self.run_weekdays)).unwrap_or_default(),
                    ),
                    RunKind::Monthly => RunDays::Monthly(
                        reader.take(field::RUN_DAYS, text::month_day_list(&self.run_days)).unwrap_or_default(),
                    ),
                },
                zone: self.run_zone,
                request_before: reader.maybe_count(field::REQUEST_DAYS, &self.request_days).map(|days_before| {
                    if days_before > 31 {
                        reader.reasons.insert(field::REQUEST_DAYS, Refusal::TooEarly(31).to_string());
                    }
                    let at = reader.time(field::REQUEST_AT, &self.request_at);
                    RequestBefore { days_before, at: at.unwrap_or(NaiveTime::MIN) }
                }),
            }),
        }
    }

    fn modifiers(&self, reader: &mut Reader) -> Modifiers {
        let modifiers = self.each_modifier(reader);
        if let (Some(minimum), Some(most)) = (modifiers.minimum, modifiers.ceiling)
            && minimum.currency == most.currency
            && minimum.amount > most.amount
        {
            reader.reasons.insert(field::MINIMUM, Refusal::MinimumAboveCeiling { minimum, most }.to_string());
        }
        if modifiers.held_percent == Some(rust_decimal::Decimal::ONE_HUNDRED) {
            reader.reasons.insert(field::HELD, Refusal::AllHeld.to_string());
        }
        modifiers
    }

    fn each_modifier(&self, reader: &mut Reader) -> Modifiers {
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
            held_percent: reader
                .take(field::HELD, optional(&self.held, |text| reader.style.reader().percent(text)))
                .flatten(),
            platform_fee: reader
                .take(field::PLATFORM_FEE, text::fee(&self.platform_fee, reader.currency, reader.style))
                .flatten(),
            payout_fee: reader
                .take(field::PAYOUT_FEE, text::fee(&self.payout_fee, reader.currency, reader.style))
                .flatten(),
            transit: reader.maybe_lag(field::TRANSIT, &self.transit),
            chase_after: reader.take(field::CHASE, text::chase(&self.chase)).flatten(),
            frozen: (!self.frozen.trim().is_empty()).then(|| self.frozen.clone()),
        }
    }
}

/// Reads fields and keeps the reasons of those that don't.
struct Reader {
    today: NaiveDate,
    currency: Currency,
    style: Style,
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
        let within = self.style.reader().count(draft).map_err(|reason| reason.to_string()).and_then(|count| {
            if (least..=most).contains(&count) {
                Ok(count)
            } else {
                Err(format!("A number from {least} to {most}, please"))
            }
        });
        self.take(name, within).unwrap_or(least)
    }

    fn maybe_count(&mut self, name: &'static str, draft: &str) -> Option<u32> {
        let reader = self.style.reader();
        self.take(name, optional(draft, |text| reader.count(text))).flatten()
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

    fn money(&mut self, name: &'static str, draft: &str) -> Option<Money> {
        let (currency, style) = (self.currency, self.style);
        let read = optional(draft, |text| style.reader().money(text, currency)).and_then(|money| match money {
            Some(money) if money.amount <= rust_decimal::Decimal::ZERO => {
                Err(Refusal::NotAboveZero(money.amount).to_string())
            }
            money => Ok(money),
        });
        self.take(name, read).flatten()
    }
}
