//! Pay runs: the worked examples of the platform facts, checked 2026-11-22, section 2, and what they leave open.

use chrono_tz::{America, UTC};

use super::*;
use crate::domain::query::calendar::{Part, UnknownDate, if_done};
use crate::domain::schedule::{
    CutOffAction, DayCount, ItemEvent, Lag, MonthDays, ReleaseShape, RequestBefore, RunDays,
};

fn weekly_run(from: Weekday, to: Weekday) -> RunDays {
    RunDays::Weekly { from, to }
}

fn swept(event: ItemEvent, lag: u32, days: RunDays, zone: Zone, request: Option<(u32, &str)>) -> Rule {
    let request_before = request
        .map(|(days_before, at)| RequestBefore { days_before, at: NaiveTime::parse_from_str(at, "%H:%M").unwrap() });
    Rule {
        earning: EarningShape::ItemClock { event, zone, lag: Lag::days(lag, lag), per_task_lag: None },
        release: Some(ReleaseShape::PayRun { days, zone, request_before }),
        modifiers: Modifiers::default(),
    }
}

fn approved(desk: &mut Desk, amount: &str, worked: &str, on: &str) {
    desk.earning(usd(amount), DayRange::day(day(worked)), |earning| {
        earning.states = vec![state(on, EarningState::Approved(None))];
    });
}

#[test]
fn clickworkers_job_of_3_nov_is_paid_with_the_run_of_11_to_13_nov() {
    let mut rule = swept(ItemEvent::Completed, 7, weekly_run(Weekday::Wed, Weekday::Fri), UTC, None);
    rule.modifiers.minimum = Some(usd("10"));
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-03T09:00:00Z", "2026-11-03T10:00:00Z");
    let one = desk.only("2026-11-04T12:00:00Z");
    assert_eq!((one.window.clone(), one.key.part), (lands("2026-11-11", "2026-11-13"), Part::Run(day("2026-11-11"))));
    assert_eq!(kinds(&one.reasons), ["worked", "matures", "minimum", "paid"]);
    // Nothing came: late from the day after the run.
    assert_eq!(desk.only("2026-11-15T12:00:00Z").late_days, 2);
}

#[test]
fn clickworkers_sepa_run_is_15_to_17_nov_and_the_bank_takes_3_to_5_business_days() {
    let runs = RunDays::Monthly(vec![MonthDays { from: 1, to: 3 }, MonthDays { from: 15, to: 17 }]);
    let mut rule = swept(ItemEvent::Completed, 7, runs, UTC, None);
    rule.modifiers.transit = Some(Lag { min_days: 3, max_days: 5, count: DayCount::Business });
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-03T09:00:00Z", "2026-11-03T10:00:00Z");
    // From Sun 15 Nov three business days are Wed 18; from Tue 17 five are Tue 24.
    assert_eq!(desk.only("2026-11-04T12:00:00Z").window, lands("2026-11-18", "2026-11-24"));
}

#[test]
fn uhrs_through_clickworker_is_11_to_27_nov_until_own_history_settles_it() {
    // Credited Mon 12 or Tue 13 Oct; payable after 28 or 39 days, counted from Sat 10 Oct: 30 to 42.
    let weeks = Cycle::Weeks { every: 1, starts: Weekday::Sun, anchor: None };
    let days = weekly_run(Weekday::Wed, Weekday::Fri);
    let rule = Rule {
        release: Some(ReleaseShape::PayRun { days, zone: UTC, request_before: None }),
        ..batch(weeks, UTC, PayDay::After(Lag::days(30, 42)))
    };
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-10-06T09:00:00Z", "2026-10-06T10:00:00Z");
    assert_eq!(desk.only("2026-11-01T12:00:00Z").window, lands("2026-11-11", "2026-11-27"));
}

#[test]
fn transcribeme_pays_that_evening_or_the_next_morning_where_it_is_asked_for_in_time() {
    let mut rule = swept(ItemEvent::Approved, 0, weekly_run(Weekday::Thu, Weekday::Thu), UTC, Some((0, "17:00")));
    rule.modifiers.transit = Some(Lag::days(0, 1));
    let mut desk = Desk::new(Some(rule));
    approved(&mut desk, "40", "2026-11-16", "2026-11-17");
    let one = desk.only("2026-11-19T16:00:00Z");
    assert_eq!(one.window, lands("2026-11-19", "2026-11-20"));
    let by = Reason::CutOff { action: Some(CutOffAction::Request), at: at("2026-11-19T17:00:00Z"), zone: UTC };
    assert!(one.reasons.contains(&by), "{:?}", one.reasons);
    // Asked for now: this Thursday; a day later: Thu 26 Nov.
    let asked = if_done(&desk.book, &one, now("2026-11-19T16:00:00Z"));
    let windows: Vec<_> = asked.iter().map(|one| one.window.clone()).collect();
    assert_eq!(windows, [lands("2026-11-19", "2026-11-20"), lands("2026-11-26", "2026-11-27")]);
    // At 17:05 nobody says whether it was: this run or the next, and never late before one was recorded.
    let unsaid = desk.only("2026-11-19T17:05:00Z");
    assert_eq!(unsaid.window, lands("2026-11-19", "2026-11-27"));
    assert_eq!(kinds(&unsaid.reasons), ["worked", "approved", "matures", "if asked", "cut-off", "paid", "transit"]);
    assert_eq!(desk.only("2027-02-01T12:00:00Z").late_days, 0);
}

fn freelancer() -> Rule {
    let days = RunDays::Weekdays(vec![Weekday::Mon, Weekday::Thu]);
    let mut rule = swept(ItemEvent::Approved, 0, days, America::New_York, Some((1, "17:00")));
    rule.modifiers.first_payout_hold_days = Some(15);
    rule
}

#[test]
fn freelancers_request_of_sunday_is_processed_on_monday_and_after_17_00_on_thursday() {
    let mut desk = Desk::new(Some(freelancer()));
    desk.payout(usd("1"), |payout| payout.received_on = Some(day("2026-10-01")));
    approved(&mut desk, "100", "2026-11-12", "2026-11-13");
    // Sun 15 Nov 16:30 in New York is 21:30 UTC.
    let before = desk.only("2026-11-15T21:30:00Z");
    assert_eq!(before.window, lands("2026-11-16", "2026-11-16"));
    let asked = if_done(&desk.book, &before, now("2026-11-15T21:30:00Z"));
    assert_eq!(asked[0].window, lands("2026-11-16", "2026-11-16"));
    // At 17:30 the next cut-off is Wed 18 Nov 17:00, for Thu 19 Nov.
    let after = desk.only("2026-11-15T22:30:00Z");
    let by = at("2026-11-18T22:00:00Z");
    let cut = Reason::CutOff { action: Some(CutOffAction::Request), at: by, zone: America::New_York };
    assert!(after.reasons.contains(&cut), "{:?}", after.reasons);
    assert_eq!(if_done(&desk.book, &after, now("2026-11-15T22:30:00Z"))[0].window, lands("2026-11-19", "2026-11-19"));
}

#[test]
fn freelancers_first_request_waits_fifteen_days_before_its_run() {
    let mut desk = Desk::new(Some(freelancer()));
    approved(&mut desk, "100", "2026-11-01", "2026-11-02");
    let one = desk.only("2026-11-02T20:00:00Z");
    // Mon 2 Nov and 15 days are Tue 17 Nov; the cut-off of Wed 18 Nov is for Thu 19 Nov.
    assert_eq!(one.window, lands("2026-11-19", "2026-11-19"));
    assert_eq!(kinds(&one.reasons), ["worked", "approved", "matures", "hold", "cut-off", "paid"]);
}

#[test]
fn claru_pays_140_once_85_were_not_enough() {
    let mut rule = swept(ItemEvent::Credited, 0, weekly_run(Weekday::Tue, Weekday::Tue), UTC, None);
    rule.modifiers.minimum = Some(usd("100"));
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("85"), days("2026-11-16", "2026-11-16"), |_| {});
    assert_eq!(desk.only("2026-11-17T12:00:00Z").window, Window::BelowMinimum { minimum: usd("100") });
    desk.earning(usd("55"), days("2026-11-20", "2026-11-20"), |_| {});
    let one = desk.only("2026-11-23T12:00:00Z");
    assert_eq!((one.window, one.gross), (lands("2026-11-24", "2026-11-24"), usd("140")));
}

#[test]
fn userlytics_pays_on_the_friday_after_fifteen_days() {
    let rule = swept(ItemEvent::Approved, 15, weekly_run(Weekday::Fri, Weekday::Fri), UTC, None);
    let mut desk = Desk::new(Some(rule));
    approved(&mut desk, "10", "2026-11-01", "2026-11-03");
    assert_eq!(desk.only("2026-11-04T12:00:00Z").window, lands("2026-11-20", "2026-11-20"));
}

#[test]
fn all_that_one_run_takes_is_one_payout() {
    let rule = swept(ItemEvent::Completed, 7, weekly_run(Weekday::Wed, Weekday::Fri), UTC, None);
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-03T09:00:00Z", "2026-11-03T10:00:00Z");
    desk.worked("2026-11-04T09:00:00Z", "2026-11-04T10:00:00Z");
    desk.worked("2026-11-05T09:00:00Z", "2026-11-05T10:00:00Z");
    let found = desk.expected("2026-11-06T12:00:00Z");
    let parts: Vec<_> = found.iter().map(|one| (one.key.part, one.gross, one.window.clone())).collect();
    assert_eq!(
        parts,
        [
            (Part::Run(day("2026-11-11")), usd("50"), lands("2026-11-11", "2026-11-13")),
            // Payable on Thursday, within the run: with what is left of it, or with the next.
            (Part::Run(day("2026-11-18")), usd("25"), lands("2026-11-12", "2026-11-20")),
        ]
    );
}

#[test]
fn a_balance_of_one_zone_is_swept_on_days_of_another_not_before_its_work() {
    // Sunday evening in Los Angeles is Monday in Auckland: the Monday run there came too early.
    let earning = EarningShape::ItemClock {
        event: ItemEvent::Completed,
        zone: America::Los_Angeles,
        lag: Lag::days(0, 0),
        per_task_lag: None,
    };
    let days = RunDays::Weekdays(vec![Weekday::Sun, Weekday::Tue]);
    let release = ReleaseShape::PayRun { days, zone: chrono_tz::Pacific::Auckland, request_before: None };
    let mut desk = Desk::new(Some(Rule { earning, release: Some(release), modifiers: Modifiers::default() }));
    desk.worked("2026-11-16T03:00:00Z", "2026-11-16T04:00:00Z");
    assert_eq!(desk.only("2026-11-16T12:00:00Z").window, lands("2026-11-17", "2026-11-17"));
}

#[test]
fn a_rule_without_a_day_says_that_it_never_pays() {
    let rule = swept(ItemEvent::Completed, 7, RunDays::Monthly(Vec::new()), UTC, None);
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-03T09:00:00Z", "2026-11-03T10:00:00Z");
    assert_eq!(desk.only("2026-11-04T12:00:00Z").window, Window::Unknown(UnknownDate::NeverPays));
}
