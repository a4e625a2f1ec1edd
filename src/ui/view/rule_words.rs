//! The rule of a schedule in plain sentences: "Works Tuesday – Monday, UTC", "Paid the Tuesday after".
//!
//! Free of egui. Every part of a rule has words; nothing is left out.

use std::fmt;

use chrono::{NaiveTime, Weekday};
use rust_decimal::Decimal;

use crate::domain::query::calendar::{Preview, Reason, UnknownDate, Window};
use crate::domain::route::Fee;
use crate::domain::schedule::{
    ChaseAfter, CutOff, CutOffAction, Cycle, DayCount, EarningShape, Holidays, InvoiceClock, ItemEvent, Lag, Modifiers,
    PayDay, Precision, ReleaseShape, Repeat, Rule, RunDays, Shift,
};
use crate::domain::span::Zone;
use crate::ui::format::Style;
use crate::ui::view::reasons;

/// A rule in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleWords {
    /// When work is grouped or matures, and when it is paid.
    pub main: Vec<String>,
    /// Everything else: review, minimum, fees, transit.
    pub more: Vec<String>,
}

impl RuleWords {
    /// The words of a rule.
    #[must_use]
    pub fn of(rule: &Rule, style: Style) -> Self {
        let mut main = Vec::new();
        earning(&rule.earning, rule.modifiers.precision, style, &mut main);
        if let Some(shape) = &rule.release {
            main.push(release(shape, style));
        }
        let mut more = Vec::new();
        modifiers(&rule.modifiers, style, &mut more);
        Self { main, more }
    }

    /// All of it in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let all: Vec<&str> = self.main.iter().chain(&self.more).map(String::as_str).collect();
        all.join(" · ")
    }
}

fn earning(shape: &EarningShape, precision: Precision, style: Style, words: &mut Vec<String>) {
    match shape {
        EarningShape::PeriodBatch { cycle, zone, starts_at, pay_day } => {
            words.push(format!("Works {}, {}", cycle_words(cycle, style), zone_at(*zone, *starts_at)));
            words.push(pay_day_words(pay_day, precision));
        }
        EarningShape::ItemClock { event, zone, lag: after, per_task_lag } => {
            let mut text = format!("Each item is payable {}", after_words(*after, event_words(*event)));
            if let Some(per_task) = per_task_lag {
                text.push_str("; work by the task ");
                text.push_str(&after_short(*per_task));
            }
            words.push(format!("{text} ({})", zone.name()));
        }
        EarningShape::InvoiceNet { net, clock, cycle } => {
            if let Some(cycle) = cycle {
                words.push(format!("Invoiced {}", cycle_words(cycle, style)));
            }
            let event = match clock {
                InvoiceClock::Submitted => "the invoice is sent",
                InvoiceClock::Corrected => "a corrected invoice is received",
                InvoiceClock::Approved => "the invoice is approved",
            };
            words.push(format!("Paid {}", after_words(*net, event)));
        }
        EarningShape::OwnDate { on: None, .. } => {
            words.push("No rule is known: outstanding, date unknown".to_owned());
        }
        EarningShape::OwnDate { on: Some(day), repeat } => {
            let again = match repeat {
                None => String::new(),
                Some(Repeat::EveryWeeks(1)) => ", then every week".to_owned(),
                Some(Repeat::EveryWeeks(weeks)) => format!(", then every {weeks} weeks"),
                Some(Repeat::Monthly) => ", then every month".to_owned(),
            };
            words.push(format!("Paid on {}{again}", style.day_and_year(*day)));
        }
    }
}

fn zone_at(zone: Zone, starts_at: NaiveTime) -> String {
    // A zone by its full name, but UTC by the one that everyone knows: "UTC" for "Etc/UTC".
    let place = reasons::place_words(zone);
    let name = if place == "UTC" { place.as_str() } else { zone.name() };
    if starts_at == NaiveTime::MIN { name.to_owned() } else { format!("from {} {name}", starts_at.format("%H:%M")) }
}

fn cycle_words(cycle: &Cycle, style: Style) -> String {
    match cycle {
        Cycle::Weeks { every: 1, starts, .. } => format!("{} – {}", weekday(*starts), weekday(starts.pred())),
        Cycle::Weeks { every, starts, anchor } => {
            let from = anchor.map_or_else(String::new, |day| format!(", one from {}", style.day_and_year(day)));
            format!("{every} weeks from {}{from}", weekday(*starts))
        }
        Cycle::TwiceAMonth { second_from } => {
            format!("1st – {} and {} – end of the month", ordinal(second_from.saturating_sub(1)), ordinal(*second_from))
        }
        Cycle::Monthly { from_day: 1 } => "by the calendar month".to_owned(),
        Cycle::Monthly { from_day } => {
            format!("{} – {} of the next month", ordinal(*from_day), ordinal(from_day.saturating_sub(1)))
        }
    }
}

fn pay_day_words(pay_day: &PayDay, precision: Precision) -> String {
    let by = match precision {
        Precision::On => "",
        Precision::By => "by ",
    };
    match pay_day {
        PayDay::Weekday { weekday: day, weeks_later_min: min, weeks_later_max: max } => {
            let day = weekday(*day);
            match (min, max) {
                (0, 0) => format!("Paid {by}the {day} after"),
                (0, 1) => format!("Paid {by}the {day} after, or a week later"),
                (1, 1) => format!("Paid {by}the second {day} after"),
                (min, max) if min == max => format!("Paid {by}the {day} after, {min} weeks later"),
                (min, max) => format!("Paid {by}the {day} after, {min}–{max} weeks later"),
            }
        }
        PayDay::DayOfMonth { from, to, months_later } => {
            let days = if from == to { ordinal(*from) } else { format!("{} – {}", ordinal(*from), ordinal(*to)) };
            let later = match months_later {
                0 => " after".to_owned(),
                1 => " of the month after that".to_owned(),
                months => format!(" after, {months} months later"),
            };
            let on = if by.is_empty() { "on " } else { by };
            format!("Paid {on}the {days}{later}")
        }
        PayDay::After(lag) => format!("Paid {by}{}", after_words(*lag, "the period ends")),
    }
}

fn event_words(event: ItemEvent) -> &'static str {
    match event {
        ItemEvent::Submitted => "you submit it",
        ItemEvent::Credited => "it is credited",
        ItemEvent::Charged => "the client is charged",
        ItemEvent::Approved => "it is approved",
        ItemEvent::Completed => "it is completed",
    }
}

fn after_words(lag: Lag, event: &str) -> String {
    if lag.max_days == 0 { format!("as soon as {event}") } else { format!("{} after {event}", self::lag(lag)) }
}

fn after_short(lag: Lag) -> String {
    if lag.max_days == 0 { "at once".to_owned() } else { format!("after {}", self::lag(lag)) }
}

fn release(shape: &ReleaseShape, style: Style) -> String {
    match shape {
        ReleaseShape::OnDemand { cooldown_hours, balance_ceiling } => {
            let mut text = "You draw it yourself".to_owned();
            if let Some(hours) = cooldown_hours {
                add(&mut text, format_args!(", once in {hours} hours"));
            }
            if let Some(ceiling) = balance_ceiling {
                add(&mut text, format_args!(", at most {} is held", style.money(*ceiling)));
            }
            text
        }
        ReleaseShape::PayRun { days, zone, request_before } => {
            let mut text = match days {
                RunDays::Weekly { from, to } if from == to => format!("Balances are paid every {}", weekday(*from)),
                RunDays::Weekly { from, to } => {
                    format!("Balances are paid every week, {} – {}", weekday(*from), weekday(*to))
                }
                RunDays::Weekdays(days) => {
                    let days: Vec<&str> = days.iter().map(|day| weekday(*day)).collect();
                    format!("Balances are paid every {}", days.join(" and "))
                }
                RunDays::Monthly(ranges) => {
                    let days: Vec<String> = ranges
                        .iter()
                        .map(|range| {
                            if range.from == range.to {
                                ordinal(range.from)
                            } else {
                                format!("{} – {}", ordinal(range.from), ordinal(range.to))
                            }
                        })
                        .collect();
                    format!("Balances are paid every month on the {}", days.join(" and "))
                }
            };
            add(&mut text, format_args!(" ({})", zone.name()));
            if let Some(request) = request_before {
                let days = count(request.days_before, "day");
                add(&mut text, format_args!(", asked for {days} before, by {}", request.at.format("%H:%M")));
            }
            text
        }
    }
}

fn modifiers(modifiers: &Modifiers, style: Style, words: &mut Vec<String>) {
    if let Some(what) = &modifiers.frozen {
        words.push(format!("Payouts are frozen: {what}"));
    }
    if let Some(cut_off) = &modifiers.cut_off {
        words.push(cut_off_words(cut_off));
    }
    if let Some(review) = &modifiers.review {
        let passes = if review.automatic { ", then it passes by itself" } else { "" };
        words.push(format!("Review {}{passes}", lag(review.lag)));
    }
    if let Some(zone) = modifiers.pay_zone {
        words.push(format!("Pay day in {}", zone.name()));
    }
    match modifiers.shift {
        Shift::None => {}
        Shift::Next => words.push("On a weekend: the next business day".to_owned()),
        Shift::Previous => words.push("On a weekend: the business day before".to_owned()),
    }
    if let Some(list) = holidays(&modifiers.holidays) {
        words.push(format!("Holidays of {list} count"));
    }
    if modifiers.extra_business_days > 0 {
        words.push(format!("{} more for your country", count(modifiers.extra_business_days, "business day")));
    }
    if let Some(minimum) = modifiers.minimum {
        words.push(format!("From {}; less carries over", style.money(minimum)));
    }
    if let Some(ceiling) = modifiers.ceiling {
        words.push(format!("At most {} at once", style.money(ceiling)));
    }
    if let Some(days) = modifiers.first_payout_hold_days {
        words.push(format!("The first payout waits {} more", count(days, "day")));
    }
    if let Some(held) = modifiers.held_percent {
        words.push(format!("{} held until acceptance", share(held, style)));
    }
    if let Some(fee) = modifiers.platform_fee.as_ref().and_then(|charged| fee(charged, style)) {
        words.push(format!("Platform fee {fee}"));
    }
    if let Some(fee) = modifiers.payout_fee.as_ref().and_then(|charged| fee(charged, style)) {
        words.push(format!("Payout fee {fee}"));
    }
    if let Some(transit) = modifiers.transit {
        words.push(format!("Arrives {}", after_words(transit, "it is sent")));
    }
    match modifiers.chase_after {
        None => {}
        Some(ChaseAfter::DayOfMonth(day)) => words.push(format!("Ask after the {}", ordinal(day))),
        Some(ChaseAfter::Lag(lag)) => words.push(format!("Ask {}", after_words(lag, "the pay day"))),
    }
}

fn cut_off_words(cut_off: &CutOff) -> String {
    let action = match cut_off.action {
        CutOffAction::Submit => "Submit",
        CutOffAction::Report => "Report the time",
        CutOffAction::Approve => "Approve your entries",
        CutOffAction::Invoice => "Send the invoice",
        CutOffAction::Request => "Ask for the payout",
    };
    let when = match cut_off.days_after {
        0 => "by the end of the period".to_owned(),
        days => format!("within {} after the period", count(days, "day")),
    };
    let at = cut_off.at.map_or_else(String::new, |at| format!(", {}", at.format("%H:%M")));
    format!("{action} {when}{at}")
}

/// Writes on at the end; a `String` takes everything.
fn add(text: &mut String, more: fmt::Arguments<'_>) {
    text.push_str(&more.to_string());
}

/// The list of holidays; `None` where only weekends count.
fn holidays(holidays: &Holidays) -> Option<&'static str> {
    match holidays {
        Holidays::None => None,
        Holidays::UsFederal => Some("the US"),
        Holidays::Target => Some("the euro payment system"),
        Holidays::UkBank => Some("England and Wales"),
        Holidays::Own(_) => Some("your own list"),
    }
}

/// "20 % + $1.00, at least $2.00"; `None` where nothing is charged.
#[must_use]
pub fn fee(fee: &Fee, style: Style) -> Option<String> {
    let mut parts: Vec<String> = fee.percent.map(|percent| share(percent, style)).into_iter().collect();
    parts.extend(fee.fixed.map(|figure| style.money(figure)));
    let mut text = parts.join(" + ");
    if let Some(least) = fee.at_least {
        if !text.is_empty() {
            text.push_str(", ");
        }
        add(&mut text, format_args!("at least {}", style.money(least)));
    }
    (!text.is_empty()).then_some(text)
}

fn share(percent: Decimal, style: Style) -> String {
    format!("{} %", style.exact(percent))
}

/// "3 days", "1–3 business days".
#[must_use]
pub fn lag(lag: Lag) -> String {
    let noun = match lag.count {
        DayCount::Calendar => "day",
        DayCount::Business => "business day",
    };
    if lag.min_days == lag.max_days {
        count(lag.max_days, noun)
    } else {
        format!("{}–{} {noun}s", lag.min_days, lag.max_days)
    }
}

/// "1st", "22nd", "30th".
#[must_use]
pub fn ordinal(day: u32) -> String {
    let end = match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{end}")
}

/// A weekday in full: "Tuesday".
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn count(count: u32, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Why a rule gives no date, as a sentence.
#[must_use]
pub fn unknown(why: UnknownDate) -> &'static str {
    match why {
        UnknownDate::NoSchedule => "Date unknown: there is no schedule",
        UnknownDate::NoRule => "Date unknown: outstanding until you know the day",
        UnknownDate::NoAnchor => "Date unknown: say which week is a first one",
        UnknownDate::NeverPays => "Date unknown: this rule names no day on which it pays",
        UnknownDate::Frozen => "Date unknown: payouts are frozen",
        UnknownDate::Disputed => "Date unknown: disputed",
        UnknownDate::WaitsForEvent => "Date unknown: waits for what starts the clock",
        UnknownDate::NotReported => "Date unknown: waits for your report",
        UnknownDate::NotInvoiced => "Date unknown: waits for your invoice",
        UnknownDate::UntilAccepted => "Date unknown: held until the work is accepted",
        UnknownDate::AboveCeiling => "Date unknown: above what is paid at once",
    }
}

/// One window of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowWords {
    /// "Tue 24 Nov", "drawable from Sun 29 Nov".
    pub when: String,
    /// "Work of Tue 17 – Mon 23 Nov".
    pub worked: String,
    /// The reasons between the work and the money, in order.
    pub reasons: Vec<String>,
}

impl WindowWords {
    /// The words of one window.
    #[must_use]
    pub fn of(preview: &Preview, today: chrono::NaiveDate, style: Style) -> Self {
        Self {
            when: match &preview.window {
                Window::Unknown(why) => unknown(*why).to_owned(),
                window @ (Window::Lands { .. }
                | Window::DrawableFrom(_)
                | Window::DrawableNow { .. }
                | Window::BelowMinimum { .. }) => style.window(window, today),
            },
            worked: format!("Work of {}", style.days(preview.worked, today)),
            reasons: preview.reasons.iter().filter_map(|reason| step(reason, today, style)).collect(),
        }
    }
}

/// A reason of a window that has no work behind it yet; `None` for those that only tell of such work.
fn step(reason: &Reason, today: chrono::NaiveDate, style: Style) -> Option<String> {
    // Payable as soon as its event: the event's own reason says it.
    let at_once = matches!(reason, Reason::Matures { lag, .. } if lag.max_days == 0);
    let shown = !at_once && !matches!(reason, Reason::Worked { .. });
    shown.then(|| reasons::sentence(reason, today, style))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::{Currency, Money};
    use crate::domain::schedule::Review;

    fn batch(cycle: Cycle, pay_day: PayDay) -> Rule {
        Rule::of(EarningShape::PeriodBatch { cycle, zone: chrono_tz::UTC, starts_at: NaiveTime::MIN, pay_day })
    }

    const fn on(weekday: Weekday, min: u32, max: u32) -> PayDay {
        PayDay::Weekday { weekday, weeks_later_min: min, weeks_later_max: max }
    }

    #[test]
    fn a_week_and_its_pay_day_read_as_workers_say_them() {
        let weekly = |starts| Cycle::Weeks { every: 1, starts, anchor: None };
        let cases = [
            (
                batch(weekly(Weekday::Tue), on(Weekday::Tue, 0, 0)),
                "Works Tuesday – Monday, UTC · Paid the Tuesday after",
            ),
            (
                batch(weekly(Weekday::Tue), on(Weekday::Tue, 0, 1)),
                "Works Tuesday – Monday, UTC · Paid the Tuesday after, or a week later",
            ),
            (
                batch(Cycle::TwiceAMonth { second_from: 16 }, PayDay::DayOfMonth { from: 5, to: 5, months_later: 0 }),
                "Works 1st – 15th and 16th – end of the month, UTC · Paid on the 5th after",
            ),
            (
                batch(Cycle::Monthly { from_day: 16 }, PayDay::After(Lag::days(1, 3))),
                "Works 16th – 15th of the next month, UTC · Paid 1–3 days after the period ends",
            ),
        ];
        for (rule, words) in cases {
            assert_eq!(RuleWords::of(&rule, Style::PLAIN).line(), words);
        }
    }

    #[test]
    fn runs_on_several_weekdays_name_each() {
        // Source: the catalogue's Freelancer.com entry, checked 22 Nov 2026.
        let days = RunDays::Weekdays(vec![Weekday::Mon, Weekday::Thu]);
        let at = NaiveTime::from_hms_opt(17, 0, 0).unwrap();
        let request_before = Some(crate::domain::schedule::RequestBefore { days_before: 1, at });
        let shape = ReleaseShape::PayRun { days, zone: chrono_tz::America::New_York, request_before };
        let words = "Balances are paid every Monday and Thursday (America/New_York), asked for 1 day before, by 17:00";
        assert_eq!(release(&shape, Style::PLAIN), words);
    }

    #[test]
    fn by_a_day_says_by() {
        let mut rule = batch(Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None }, on(Weekday::Fri, 0, 0));
        rule.modifiers.precision = Precision::By;
        assert_eq!(RuleWords::of(&rule, Style::PLAIN).main[1], "Paid by the Friday after");
    }

    #[test]
    fn an_item_clock_on_demand_tells_review_and_minimum() {
        // Source: the catalogue's Prolific entry, checked 22 Nov 2026.
        let rule = Rule {
            earning: EarningShape::ItemClock {
                event: ItemEvent::Submitted,
                zone: chrono_tz::UTC,
                lag: Lag::days(0, 0),
                per_task_lag: None,
            },
            release: Some(ReleaseShape::OnDemand { cooldown_hours: Some(24), balance_ceiling: None }),
            modifiers: Modifiers {
                review: Some(Review { lag: Lag::days(1, 21), automatic: true }),
                minimum: Some(Money::new(5.into(), Currency::GBP)),
                ..Modifiers::default()
            },
        };
        assert_eq!(
            RuleWords::of(&rule, Style::PLAIN).line(),
            "Each item is payable as soon as you submit it (UTC) · You draw it yourself, once in 24 hours · \
             Review 1–21 days, then it passes by itself · From £5.00; less carries over"
        );
    }

    #[test]
    fn days_of_the_month_are_counted_as_people_do() {
        for (day, text) in [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (13, "13th"), (22, "22nd"), (31, "31st")]
        {
            assert_eq!(ordinal(day), text);
        }
    }
}
