//! Tests of the preview of a rule while it is typed.

use super::*;
use crate::domain::query::calendar::{UnknownDate, preview};
use crate::domain::schedule::{
    CutOffAction, InvoiceClock, ItemEvent, Lag, ReleaseShape, Repeat, RequestBefore, RunDays, Shift,
};
use chrono_tz::{Africa, UTC};

fn summary(rule: &Rule, today: &str) -> Vec<(DayRange, Window)> {
    let found = preview(rule, day(today), Africa::Nairobi, 3).unwrap();
    found.into_iter().map(|one| (one.worked, one.window)).collect()
}

#[test]
fn the_next_three_weeks_of_outlier() {
    // Source: platform facts, checked 2026-11-22: Tue–Mon UTC, paid Tuesday, on its earliest reading.
    let rule = weekly(Weekday::Tue, UTC, on_weekday(Weekday::Tue));
    assert_eq!(
        summary(&rule, "2026-11-22"),
        [
            (days("2026-11-17", "2026-11-23"), lands("2026-11-24", "2026-11-24")),
            (days("2026-11-24", "2026-11-30"), lands("2026-12-01", "2026-12-01")),
            (days("2026-12-01", "2026-12-07"), lands("2026-12-08", "2026-12-08")),
        ]
    );
    let reasons = preview(&rule, day("2026-11-22"), UTC, 1).unwrap().remove(0).reasons;
    assert_eq!(kinds(&reasons), ["worked", "window ends", "paid"]);
}

#[test]
fn work_of_today_can_be_drawn_in_seven_days() {
    // Source: platform facts, checked 2026-11-22, DataAnnotation: hourly 7 days, per task 3.
    let rule = Rule {
        earning: EarningShape::ItemClock {
            event: ItemEvent::Submitted,
            zone: UTC,
            lag: Lag::days(7, 7),
            per_task_lag: Some(Lag::days(3, 3)),
        },
        release: Some(ReleaseShape::OnDemand { cooldown_hours: None, balance_ceiling: None }),
        modifiers: Modifiers::default(),
    };
    let found = summary(&rule, "2026-11-22");
    let from = |text: &str| Window::DrawableFrom(days(text, text));
    assert_eq!(found[0], (days("2026-11-22", "2026-11-22"), from("2026-11-29")));
    assert_eq!(found[2], (days("2026-11-24", "2026-11-24"), from("2026-12-01")));
    let reasons = preview(&rule, day("2026-11-22"), UTC, 1).unwrap().remove(0).reasons;
    assert_eq!(
        reasons[1..],
        [
            Reason::Matures { lag: Lag::days(3, 3), days: days("2026-11-25", "2026-11-25") },
            Reason::Matures { lag: Lag::days(7, 7), days: days("2026-11-29", "2026-11-29") },
        ]
    );
}

#[test]
fn days_whose_money_comes_with_one_run_are_told_as_one() {
    // Source: platform facts, checked 2026-11-22, Clickworker: a job counts after 7 days, runs go out Wednesday to Friday.
    let runs = ReleaseShape::PayRun {
        days: RunDays::Weekly { from: Weekday::Wed, to: Weekday::Fri },
        zone: UTC,
        request_before: None,
    };
    let earning =
        EarningShape::ItemClock { event: ItemEvent::Completed, zone: UTC, lag: Lag::days(7, 7), per_task_lag: None };
    let rule = Rule { release: Some(runs), ..Rule::of(earning) };
    let found = summary(&rule, "2026-11-28");
    let expected = [
        (days("2026-11-28", "2026-12-02"), lands("2026-12-09", "2026-12-11")),
        // What counts while a run is under way may go with it or with the next.
        (days("2026-12-03", "2026-12-03"), lands("2026-12-10", "2026-12-18")),
        (days("2026-12-04", "2026-12-04"), lands("2026-12-11", "2026-12-18")),
    ];
    assert_eq!(found, expected);
    // Due on a day off, three days' invoices land on the same Monday.
    let invoice = EarningShape::InvoiceNet { net: Lag::days(30, 30), clock: InvoiceClock::Submitted, cycle: None };
    let moved = with(Rule::of(invoice), |modifiers| modifiers.shift = Shift::Next);
    let due = summary(&moved, "2026-11-25");
    assert_eq!(due[0], (days("2026-11-25", "2026-11-25"), lands("2026-12-25", "2026-12-25")));
    assert_eq!(due[1], (days("2026-11-26", "2026-11-28"), lands("2026-12-28", "2026-12-28")));
}

#[test]
fn own_dates_come_once_or_again() {
    let rule = |repeat| Rule::of(EarningShape::OwnDate { on: Some(day("2026-12-10")), repeat });
    assert_eq!(
        summary(&rule(None), "2026-11-22"),
        [(days("2026-11-22", "2026-12-10"), lands("2026-12-10", "2026-12-10"))]
    );
    assert_eq!(
        summary(&rule(Some(Repeat::Monthly)), "2026-11-22")[1],
        (days("2026-12-11", "2027-01-10"), lands("2027-01-10", "2027-01-10"))
    );
}

#[test]
fn a_rule_without_dates_says_why() {
    let why = |rule: &Rule| preview(rule, day("2026-11-22"), UTC, 3);
    let own = EarningShape::OwnDate { on: None, repeat: None };
    let never = ReleaseShape::PayRun { days: RunDays::Weekdays(Vec::new()), zone: UTC, request_before: None };
    let swept = Rule { release: Some(never), ..weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri)) };
    assert_eq!(why(&Rule::of(own)), Err(UnknownDate::NoRule));
    assert_eq!(why(&swept), Err(UnknownDate::NeverPays));
    let frozen = with(weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri)), |m| m.frozen = Some("mail".to_owned()));
    assert_eq!(why(&frozen), Err(UnknownDate::Frozen));
    let fortnight = Cycle::Weeks { every: 2, starts: Weekday::Mon, anchor: None };
    assert_eq!(why(&batch(fortnight, UTC, on_weekday(Weekday::Fri))), Err(UnknownDate::NoAnchor));
}

#[test]
fn invoices_are_told_by_their_window_or_by_the_day_they_are_sent() {
    let invoice =
        |cycle| Rule::of(EarningShape::InvoiceNet { net: Lag::days(30, 30), clock: InvoiceClock::Submitted, cycle });
    let by_day = summary(&invoice(None), "2026-11-15");
    assert_eq!(by_day[0], (days("2026-11-15", "2026-11-15"), lands("2026-12-15", "2026-12-15")));
    let weeks = Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None };
    let by_week = summary(&invoice(Some(weeks)), "2026-11-11");
    assert_eq!(by_week[0], (days("2026-11-09", "2026-11-15"), lands("2026-12-15", "2026-12-15")));
    assert_eq!(by_week[1], (days("2026-11-16", "2026-11-22"), lands("2026-12-22", "2026-12-22")));
}

#[test]
fn a_run_is_told_with_the_time_to_ask_for_it() {
    // Source: platform facts, checked 2026-11-22, TranscribeMe: by Thu 17:00 UTC, paid that day or the next morning.
    let request_before = Some(RequestBefore { days_before: 0, at: NaiveTime::from_hms_opt(17, 0, 0).unwrap() });
    let runs = RunDays::Weekly { from: Weekday::Thu, to: Weekday::Thu };
    let rule = Rule {
        release: Some(ReleaseShape::PayRun { days: runs, zone: UTC, request_before }),
        ..with(weekly(Weekday::Mon, UTC, PayDay::After(Lag::days(0, 0))), |m| m.transit = Some(Lag::days(0, 1)))
    };
    let one = preview(&rule, day("2026-11-11"), UTC, 1).unwrap().remove(0);
    assert_eq!(one.window, lands("2026-11-19", "2026-11-20"));
    let asks = |reason: &&Reason| matches!(reason, Reason::CutOff { action: Some(CutOffAction::Request), .. });
    let by = Reason::CutOff { action: Some(CutOffAction::Request), at: at("2026-11-19T17:00:00Z"), zone: UTC };
    assert_eq!(one.reasons.iter().find(asks), Some(&by));
}
