//! Tests of the preview of a rule while it is typed.

use super::*;
use crate::domain::query::calendar::{UnknownDate, preview};
use crate::domain::schedule::{InvoiceClock, ItemEvent, Lag, ReleaseShape, Repeat};
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
            Reason::Matures { lag: Lag::days(7, 7), days: days("2026-11-29", "2026-11-29") },
            Reason::Matures { lag: Lag::days(3, 3), days: days("2026-11-25", "2026-11-25") },
        ]
    );
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
    let invoice = EarningShape::InvoiceNet { net: Lag::days(30, 30), clock: InvoiceClock::Submitted, cycle: None };
    assert_eq!(why(&Rule::of(own)), Err(UnknownDate::NoRule));
    assert_eq!(why(&Rule::of(invoice)), Err(UnknownDate::NotComputed));
    let frozen = with(weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri)), |m| m.frozen = Some("mail".to_owned()));
    assert_eq!(why(&frozen), Err(UnknownDate::Frozen));
    let fortnight = Cycle::Weeks { every: 2, starts: Weekday::Mon, anchor: None };
    assert_eq!(why(&batch(fortnight, UTC, on_weekday(Weekday::Fri))), Err(UnknownDate::NoRule));
}
