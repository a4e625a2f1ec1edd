//! Tests of what is open: sessions and earnings, states, holds, currencies, versions, what has landed.

use super::*;
use crate::domain::earning::{Held, HeldKind};
use crate::domain::query::calendar::{Part, Source, UnknownDate, bands, find};
use crate::domain::schedule::{ItemEvent, Lag};
use crate::domain::session::{Pause, Seldom};
use chrono_tz::{America, Europe, UTC};

fn outlier() -> Rule {
    weekly(Weekday::Tue, UTC, on_weekday(Weekday::Tue))
}

#[test]
fn a_session_over_the_platforms_midnight_is_split_by_unpaused_time() {
    let mut desk = Desk::new(Some(outlier()));
    // Mon 22:30 – Tue 00:50:01 with a pause until 23:30: 30 minutes and 50 minutes 1 second.
    let mut session = session(7, "2026-11-16T22:30:00Z", Some("2026-11-17T00:50:01Z"));
    session.pauses = vec![Pause { from: at("2026-11-16T22:30:00Z"), until: Some(at("2026-11-16T23:30:00Z")) }];
    desk.put(session);
    let found = desk.expected("2026-11-17T12:00:00Z");
    let secs: Vec<_> = found.iter().map(|one| (one.key.part, one.rows[0].secs)).collect();
    assert_eq!(secs, [(Part::Period(day("2026-11-10")), 1800), (Part::Period(day("2026-11-17")), 3001)]);
    // 4801 s at $25 an hour, exact: the parts sum to it, and what is shown of them to what is shown of it.
    let whole = Decimal::from(4801) * Decimal::from(25) / Decimal::from(3600);
    assert_eq!(total(&found), whole);
    let shown: Decimal = found.iter().map(|one| one.gross.rounded().amount).sum();
    assert_eq!(shown, whole.round_dp(2));
    assert_eq!(found[0].rows[0].worked_on, day("2026-11-16"));
    assert_eq!(found[1].rows[0].worked_on, day("2026-11-17"));
}

#[test]
fn credited_time_is_split_as_the_own_time_was() {
    let mut desk = Desk::new(Some(outlier()));
    let mut session = session(7, "2026-11-16T23:00:00Z", Some("2026-11-17T02:00:00Z"));
    session.credited_secs = Some(2 * 3600);
    desk.put(session);
    let found = desk.expected("2026-11-17T12:00:00Z");
    let parts: Vec<_> = found.iter().map(|one| (one.rows[0].secs, one.gross.rounded())).collect();
    assert_eq!(parts, [(2400, usd("16.67")), (4800, usd("33.33"))]);
}

#[test]
fn tasks_and_own_prices_count_at_their_end_and_keep_whole() {
    let mut desk = Desk::new(Some(outlier()));
    let session = session(7, "2026-11-16T22:00:00Z", Some("2026-11-17T01:00:00Z"));
    desk.put(Session { seldom: Seldom { own_price: Some(usd("9.99")), ..Seldom::default() }.into(), ..session });
    let one = desk.only("2026-11-17T12:00:00Z");
    assert_eq!((one.key.part, one.gross), (Part::Period(day("2026-11-17")), usd("9.99")));
    assert_eq!(one.rows[0].secs, 3 * 3600);
}

#[test]
fn weeks_over_both_clock_changes_hold_every_second() {
    // Source: IANA tzdata: Berlin back on Sun 25 Oct 2026, forward on Sun 28 Mar 2027.
    for (from, until, hours) in
        [("2026-10-24T20:00:00Z", "2026-10-26T00:00:00Z", 28), ("2027-03-27T20:00:00Z", "2027-03-29T00:00:00Z", 28)]
    {
        let mut desk = Desk::new(Some(weekly(Weekday::Mon, Europe::Berlin, on_weekday(Weekday::Fri))));
        desk.worked(from, until);
        let found = desk.expected("2027-04-22T12:00:00Z");
        let secs: Vec<i64> = found.iter().flat_map(|one| &one.rows).map(|row| row.secs).collect();
        assert_eq!(secs.iter().sum::<i64>(), hours * 3600);
        assert_eq!(total(&found), Decimal::from(25 * hours));
        // Midnight from Sunday to Monday in Berlin: 23:00 UTC in winter, 22:00 UTC in summer.
        let after = if from.starts_with("2026") { 3600 } else { 2 * 3600 };
        assert_eq!(secs[1], after);
    }
}

#[test]
fn a_running_session_counts_up_to_now() {
    let mut desk = Desk::new(Some(outlier()));
    desk.put(session(7, "2026-11-22T10:00:00Z", None));
    assert_eq!(desk.expected("2026-11-22T10:00:00Z"), []);
    let one = desk.only("2026-11-22T11:00:00Z");
    assert_eq!((one.gross, one.still_growing), (usd("25"), true));
}

#[test]
fn covered_sessions_have_no_estimate_and_a_part_payment_leaves_the_rest() {
    let mut desk = Desk::new(Some(outlier()));
    let session = desk.worked("2026-11-11T10:00:00Z", "2026-11-11T12:00:00Z");
    let earning = desk.earning(usd("45"), days("2026-11-11", "2026-11-11"), |earning| {
        earning.covers = Covers::Sessions(vec![session]);
    });
    assert_eq!(desk.only("2026-11-17T12:00:00Z").gross, usd("45"));
    desk.payout(usd("30"), |payout| {
        payout.allocations = vec![allocation(earning, usd("30"))];
        payout.received_on = Some(day("2026-11-17"));
    });
    let rest = desk.only("2026-11-17T12:00:00Z");
    assert_eq!((rest.gross, rest.rows[0].source), (usd("15"), Source::Earning(earning)));
    desk.payout(usd("20"), |payout| payout.allocations = vec![allocation(earning, usd("20"))]);
    assert_eq!(desk.expected("2026-11-17T12:00:00Z"), [], "more than owed is not expected again");
    let calendar = calendar(&desk.book, now("2026-11-17T12:00:00Z"));
    assert_eq!(
        calendar.landed.iter().map(|one| (one.on, one.received)).collect::<Vec<_>>(),
        [(day("2026-11-17"), usd("30"))]
    );
    assert_eq!(calendar.in_transit.iter().map(|one| one.gross).collect::<Vec<_>>(), [usd("20")]);
}

#[test]
fn refused_earnings_are_gone_and_contested_ones_wait() {
    let mut desk = Desk::new(Some(outlier()));
    let worked = days("2026-11-11", "2026-11-11");
    for gone in [EarningState::Rejected, EarningState::WrittenOff] {
        desk.earning(usd("45"), worked, |earning| earning.states = vec![state("2026-11-12", gone)]);
    }
    assert_eq!(desk.expected("2026-11-17T12:00:00Z"), []);
    desk.earning(usd("45"), worked, |earning| {
        earning.states = vec![state("2026-11-12", EarningState::Approved(Some(usd("30"))))];
    });
    assert_eq!(desk.only("2026-11-17T12:00:00Z").gross, usd("30"));
    desk.earning(usd("5"), worked, |earning| earning.states = vec![state("2026-11-12", EarningState::Contested)]);
    let contested = desk.expected("2026-11-17T12:00:00Z").pop().unwrap();
    assert_eq!((contested.window, contested.gross), (Window::Unknown(UnknownDate::WaitsForEvent), usd("5")));
}

#[test]
fn frozen_and_disputed_earnings_stand_apart() {
    let mut desk = Desk::new(Some(outlier()));
    let worked = days("2026-11-11", "2026-11-11");
    for (kind, amount) in [(HeldKind::Frozen, "3"), (HeldKind::Disputed, "4")] {
        desk.earning(usd(amount), worked, |earning| {
            earning.held = Some(Held { kind, since: day("2026-11-12"), why: "review".to_owned() });
        });
    }
    desk.earning(usd("5"), worked, |_| {});
    let found = desk.expected("2026-11-16T12:00:00Z");
    let parts: Vec<_> = found.iter().map(|one| (one.key.part, one.gross)).collect();
    assert_eq!(
        parts,
        [
            (Part::Period(day("2026-11-10")), usd("5")),
            (Part::Undated(UnknownDate::Frozen), usd("3")),
            (Part::Undated(UnknownDate::Disputed), usd("4")),
        ]
    );
}

#[test]
fn a_promised_day_goes_before_the_schedule_and_not_before_moves_to_a_later_pay_day() {
    let mut desk = Desk::new(Some(outlier()));
    let worked = days("2026-11-11", "2026-11-11");
    desk.earning(usd("5"), worked, |earning| earning.due_on = Some(day("2026-11-27")));
    let promised = desk.only("2026-11-16T12:00:00Z");
    assert_eq!(promised.window, lands("2026-11-27", "2026-11-27"));
    assert_eq!(kinds(&promised.reasons), ["worked", "own date"]);
    desk.earning(usd("7"), worked, |earning| earning.not_before = Some(day("2026-11-26")));
    let moved = desk.expected("2026-11-16T12:00:00Z").pop().unwrap();
    assert_eq!((moved.window, moved.gross), (lands("2026-12-01", "2026-12-01"), usd("7")));
    assert!(moved.reasons.contains(&Reason::NotBefore(day("2026-11-26"))));
}

#[test]
fn an_approval_starts_the_clock_and_work_to_report_waits() {
    let mut desk = Desk::new(Some(Rule::of(EarningShape::ItemClock {
        event: ItemEvent::Approved,
        zone: UTC,
        lag: Lag::days(5, 5),
        per_task_lag: None,
    })));
    let worked = days("2026-11-02", "2026-11-03");
    desk.earning(usd("9"), worked, |earning| {
        earning.states =
            vec![state("2026-11-03", EarningState::Submitted), state("2026-11-10", EarningState::Approved(None))];
    });
    desk.earning(usd("8"), worked, |earning| earning.states = vec![state("2026-11-03", EarningState::ToReport)]);
    let found = desk.expected("2026-11-16T12:00:00Z");
    assert_eq!(found[0].window, lands("2026-11-15", "2026-11-15"));
    assert_eq!((found[0].late_days, found[0].gross), (1, usd("9")));
    assert_eq!(found[1].window, Window::Unknown(UnknownDate::NotReported));
}

#[test]
fn currencies_and_platforms_and_schedules_stay_apart() {
    let mut desk = Desk::new(Some(outlier()));
    let worked = days("2026-11-11", "2026-11-11");
    desk.earning(usd("5"), worked, |_| {});
    desk.earning(Money::new(6.into(), Currency::GBP), worked, |_| {});
    desk.platform(PlatformId(2));
    desk.project(ProjectId(2), PlatformId(2), Pay::PerHour(10.into()), Currency::USD);
    desk.put(Session {
        project: Some(ProjectId(2)),
        ..session(9, "2026-11-11T10:00:00Z", Some("2026-11-11T11:00:00Z"))
    });
    // A project with rules of its own, cut on the same days.
    desk.project(ProjectId(3), PLATFORM, Pay::PerHour(10.into()), Currency::USD);
    let mut own = Schedule::of(ScheduleId(50), PLATFORM, weekly(Weekday::Tue, UTC, on_weekday(Weekday::Fri)));
    own.project = Some(ProjectId(3));
    desk.put(own);
    desk.put(Session {
        project: Some(ProjectId(3)),
        ..session(10, "2026-11-11T12:00:00Z", Some("2026-11-11T13:00:00Z"))
    });
    let found = desk.expected("2026-11-16T12:00:00Z");
    let summary: Vec<_> = found.iter().map(|one| (one.key.platform.0, one.gross, one.window.clone())).collect();
    assert_eq!(
        summary,
        [
            (1, Money::new(6.into(), Currency::GBP), lands("2026-11-17", "2026-11-17")),
            (1, usd("5"), lands("2026-11-17", "2026-11-17")),
            (1, usd("10"), lands("2026-11-20", "2026-11-20")),
            (2, usd("10"), Window::Unknown(UnknownDate::NoSchedule)),
        ]
    );
    for one in &found {
        assert_eq!(find(&desk.book, &one.key, now("2026-11-16T12:00:00Z")).as_ref(), Some(one));
    }
}

#[test]
fn bands_are_the_work_periods_with_open_work_and_the_running_one() {
    let mut desk = Desk::new(Some(weekly(Weekday::Mon, America::Los_Angeles, on_weekday(Weekday::Fri))));
    let november = days("2026-11-01", "2026-11-30");
    assert_eq!(bands(&calendar(&desk.book, now("2026-11-22T12:00:00Z")), november), []);
    desk.worked("2026-11-11T20:00:00Z", "2026-11-11T21:00:00Z");
    let found = bands(&calendar(&desk.book, now("2026-11-22T12:00:00Z")), november);
    let periods: Vec<_> = found.iter().map(|band| band.days).collect();
    assert_eq!(periods, [days("2026-11-09", "2026-11-15"), days("2026-11-16", "2026-11-22")]);
    assert_eq!(found[1].cut_off, Some(at("2026-11-23T07:59:59Z")));
    assert_eq!(bands(&calendar(&desk.book, now("2026-11-22T12:00:00Z")), days("2026-12-01", "2026-12-31")), []);
}

#[test]
fn frozen_payouts_have_no_date_and_known_fees_come_off() {
    let rule = with(outlier(), |m| m.frozen = Some("confirm the e-mail".to_owned()));
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("50"), days("2026-11-11", "2026-11-11"), |earning| {
        earning.platform_fee = Some(usd("5"));
        earning.tax_withheld = Some(usd("10"));
    });
    let one = desk.only("2026-11-16T12:00:00Z");
    assert_eq!(one.window, Window::Unknown(UnknownDate::Frozen));
    assert_eq!((one.gross, one.net), (usd("50"), usd("35")));
    assert_eq!(kinds(&one.reasons), ["worked", "window ends", "unknown", "fee", "tax"]);
}
