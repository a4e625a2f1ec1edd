//! Cut-offs of periods: kept, missed, and what comes of doing it today or tomorrow.

use chrono_tz::{America, Asia, Europe, UTC};

use super::*;
use crate::domain::query::calendar::{Part, UnknownDate, if_done};
use crate::domain::schedule::{CutOff, CutOffAction, ItemEvent, Lag, Shift};
use crate::domain::session::Seldom;

fn crowdgen(days_after: u32) -> Rule {
    let pay_day = PayDay::DayOfMonth { from: 14, to: 14, months_later: 0 };
    with(batch(Cycle::Monthly { from_day: 1 }, UTC, pay_day), |m| {
        m.precision = Precision::By;
        m.cut_off = Some(CutOff { action: CutOffAction::Approve, days_after, at: None, remind_hours: 24 });
    })
}

#[test]
fn crowdgens_hours_approved_after_the_deadline_come_a_month_later() {
    // Source: platform facts, checked 2026-11-22; the deadline is announced month by month, the 5th taken here.
    let approved = |on: &str| {
        let mut desk = Desk::new(Some(crowdgen(5)));
        desk.earning(usd("80"), days("2026-10-20", "2026-10-20"), |earning| {
            earning.states =
                vec![state("2026-11-01", EarningState::Submitted), state(on, EarningState::Approved(None))];
        });
        desk.only("2026-11-20T12:00:00Z")
    };
    assert_eq!(approved("2026-11-05").window, lands_by("2026-11-14"));
    let late = approved("2026-11-06");
    assert_eq!((late.window.clone(), late.key.part), (lands_by("2026-12-14"), Part::Period(day("2026-11-01"))));
    assert_eq!(kinds(&late.reasons), ["worked", "missed", "window ends", "cut-off", "paid"]);
    assert_eq!(late.reasons[0], {
        Reason::Worked { days: days("2026-10-01", "2026-10-31"), zone: UTC, secs: 0, sessions: 0, earnings: 1 }
    });
}

#[test]
fn own_entries_without_a_word_are_taken_as_approved() {
    let mut desk = Desk::new(Some(crowdgen(5)));
    desk.worked("2026-10-20T09:00:00Z", "2026-10-20T10:00:00Z");
    assert_eq!(desk.only("2026-11-12T12:00:00Z").window, lands_by("2026-11-14"));
    // Before the deadline both are told.
    let one = desk.only("2026-11-05T12:00:00Z");
    let told: Vec<_> =
        if_done(&desk.book, &one, now("2026-11-05T12:00:00Z")).into_iter().map(|one| one.window).collect();
    assert_eq!(told, [lands_by("2026-11-14"), lands_by("2026-12-14")]);
    assert_eq!(if_done(&desk.book, &one, now("2026-11-12T12:00:00Z")), []);
}

#[test]
fn where_the_user_reports_the_time_the_report_is_the_approval() {
    let mut desk = Desk::new(Some(crowdgen(5)));
    let platform = desk.book.platforms().next().map(|platform| (**platform).clone()).expect("one");
    desk.put(Platform { self_reports: Some(true), ..platform });
    desk.worked("2026-10-20T09:00:00Z", "2026-10-20T10:00:00Z");
    // Nothing was reported by 5 November: it goes with November, and is not late on 15 November.
    let one = desk.only("2026-11-20T12:00:00Z");
    assert_eq!((one.window.clone(), one.late_days), (lands_by("2026-12-14"), 0));
    assert_eq!(kinds(&one.reasons), ["worked", "missed", "window ends", "cut-off", "paid"]);
}

fn reporting() -> Rule {
    with(weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri)), |m| {
        m.cut_off = Some(CutOff {
            action: CutOffAction::Report,
            days_after: 1,
            at: NaiveTime::from_hms_opt(12, 0, 0),
            remind_hours: 0,
        });
    })
}

#[test]
fn work_that_was_not_reported_in_time_goes_with_the_next_week() {
    let mut desk = Desk::new(Some(reporting()));
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    assert_eq!(desk.only("2026-11-16T11:00:00Z").window, lands("2026-11-20", "2026-11-20"));
    let missed = desk.only("2026-11-16T13:00:00Z");
    assert_eq!(missed.window, lands("2026-11-27", "2026-11-27"));
    let at_noon = Reason::MissedCutOff { action: CutOffAction::Report, at: at("2026-11-16T12:00:00Z"), zone: UTC };
    assert!(missed.reasons.contains(&at_noon));
    // Two months later it still goes with the week that can be reported: nothing is late that was never handed in.
    let later = desk.only("2027-01-13T13:00:00Z");
    assert_eq!((later.window, later.late_days), (lands("2027-01-22", "2027-01-22"), 0));
}

#[test]
fn reported_work_keeps_its_week() {
    let mut desk = Desk::new(Some(reporting()));
    let reported_at = Some(at("2026-11-16T11:59:00Z"));
    let session = session(7, "2026-11-11T09:00:00Z", Some("2026-11-11T10:00:00Z"));
    desk.put(Session { seldom: Seldom { reported_at, ..Seldom::default() }.into(), ..session });
    assert_eq!(desk.only("2026-11-17T12:00:00Z").window, lands("2026-11-20", "2026-11-20"));
    assert_eq!(if_done(&desk.book, &desk.only("2026-11-16T11:59:30Z"), now("2026-11-16T11:59:30Z"))[0].window, {
        lands("2026-11-20", "2026-11-20")
    });
}

#[test]
fn what_is_still_to_report_under_an_item_clock_waits_for_the_report() {
    let rule = Rule::of(EarningShape::ItemClock {
        event: ItemEvent::Submitted,
        zone: UTC,
        lag: Lag::days(7, 7),
        per_task_lag: None,
    });
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("40"), days("2026-11-09", "2026-11-09"), |earning| {
        earning.states = vec![state("2026-11-09", EarningState::ToReport)];
    });
    let one = desk.only("2026-11-12T12:00:00Z");
    assert_eq!(one.window, Window::Unknown(UnknownDate::NotReported));
    let told = if_done(&desk.book, &one, now("2026-11-12T12:00:00Z"));
    let windows: Vec<_> = told.into_iter().map(|one| (one.action, one.window)).collect();
    let report = CutOffAction::Report;
    let expected = [(report, lands("2026-11-19", "2026-11-19")), (report, lands("2026-11-20", "2026-11-20"))];
    assert_eq!(windows, expected);
    // A session that was reported starts the clock on that day.
    let session = session(7, "2026-11-02T09:00:00Z", Some("2026-11-02T10:00:00Z"));
    let reported_at = Some(at("2026-11-05T09:00:00Z"));
    desk.put(Session { seldom: Seldom { reported_at, ..Seldom::default() }.into(), ..session });
    assert_eq!(desk.expected("2026-11-06T12:00:00Z")[0].window, lands("2026-11-12", "2026-11-12"));
}

#[test]
fn a_week_over_a_clock_change_of_the_platform_alone_is_cut_by_its_clocks() {
    // Source: IANA tzdata: Berlin back on Sun 25 Oct 2026, Kolkata never. Monday 00:00 in Berlin is 22:00 UTC before and
    // 23:00 UTC after it.
    let mut desk = Desk::new(Some(weekly(Weekday::Mon, Europe::Berlin, on_weekday(Weekday::Fri))));
    let mut settings = (**desk.book.settings()).clone();
    settings.zone = Asia::Kolkata;
    desk.book.apply(&Change::replace(&desk.book.settings().clone(), settings));
    let mut half = session(7, "2026-10-25T22:30:00Z", Some("2026-10-25T23:30:00Z"));
    half.zone = Asia::Kolkata;
    desk.put(half);
    let found = desk.expected("2026-10-28T12:00:00Z");
    let parts: Vec<_> = found.iter().map(|one| (one.key.part, one.rows[0].secs, one.window.clone())).collect();
    assert_eq!(
        parts,
        [
            (Part::Period(day("2026-10-19")), 1800, lands("2026-10-30", "2026-10-30")),
            (Part::Period(day("2026-10-26")), 1800, lands("2026-11-06", "2026-11-06")),
        ]
    );
}

#[test]
fn the_pay_day_is_counted_from_the_windows_end_as_the_pay_zone_dates_it() {
    // A week that ends on Sunday in Los Angeles ends on Monday in Auckland: the Monday after that pays.
    let rule = with(weekly(Weekday::Mon, America::Los_Angeles, on_weekday(Weekday::Mon)), |m| {
        m.pay_zone = Some(chrono_tz::Pacific::Auckland);
    });
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-11T18:00:00Z", "2026-11-11T19:00:00Z");
    assert_eq!(desk.only("2026-11-12T12:00:00Z").window, lands("2026-11-23", "2026-11-23"));
}

#[test]
fn a_pay_day_on_a_holiday_after_a_weekend_is_stepped_over_with_it() {
    // Source: gov.uk: Sat 26 Dec 2026 is Boxing Day, Mon 28 Dec its substitute. Paid on the 26th: Tue 29 Dec.
    let pay_day = PayDay::DayOfMonth { from: 26, to: 26, months_later: 0 };
    let rule = with(batch(Cycle::Monthly { from_day: 1 }, UTC, pay_day), |m| {
        m.shift = Shift::Next;
        m.holidays = crate::domain::schedule::Holidays::UkBank;
    });
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    let one = desk.only("2026-12-01T12:00:00Z");
    assert_eq!(one.window, lands("2026-12-29", "2026-12-29"));
    assert!(one.reasons.contains(&Reason::Shifted { from: day("2026-12-26") }));
}
