//! The worked examples of the platform facts, checked 2026-11-22, section 2: platform by platform, with their dates.

use chrono::{NaiveTime, Weekday};
use chrono_tz::{America, Asia, UTC};

use super::*;
use crate::domain::ids::RouteId;
use crate::domain::query::calendar::{Part, UnknownDate};
use crate::domain::route::{Fee, Route, RouteStep};
use crate::domain::schedule::{
    ChaseAfter, CutOff, CutOffAction, DayCount, Holidays, ItemEvent, Lag, ReleaseShape, Repeat, Review, Shift,
};
use crate::domain::session::Seldom;

fn clock(event: ItemEvent, lag: u32, per_task: Option<u32>) -> Rule {
    Rule::of(EarningShape::ItemClock {
        event,
        zone: UTC,
        lag: Lag::days(lag, lag),
        per_task_lag: per_task.map(|days| Lag::days(days, days)),
    })
}

fn drawn(rule: Rule, cooldown_hours: Option<u32>) -> Rule {
    Rule { release: Some(ReleaseShape::OnDemand { cooldown_hours, balance_ceiling: None }), ..rule }
}

#[test]
fn alignerr_pays_by_the_friday_of_the_following_week() {
    let rule = with(weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri)), |m| m.precision = Precision::By);
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-09T09:00:00Z", "2026-11-09T10:00:00Z");
    desk.worked("2026-11-15T22:00:00Z", "2026-11-16T00:00:00Z");
    desk.worked("2026-11-16T09:00:00Z", "2026-11-16T09:30:00Z");
    let found = desk.expected("2026-11-16T12:00:00Z");
    let windows: Vec<_> = found.iter().map(|one| (one.window.clone(), one.gross, one.still_growing)).collect();
    assert_eq!(windows, [(lands_by("2026-11-20"), usd("75"), false), (lands_by("2026-11-27"), usd("12.50"), true)]);
    assert!(found.iter().all(|one| one.estimate && one.late_days == 0));
}

#[test]
fn mercors_week_in_india_is_paid_on_wednesday_and_lands_after_bank_days() {
    let bank = Lag { min_days: 3, max_days: 7, count: DayCount::Business };
    let rule = with(weekly(Weekday::Sat, Asia::Kolkata, on_weekday(Weekday::Wed)), |m| {
        m.precision = Precision::By;
        m.pay_zone = Some(America::Los_Angeles);
        m.transit = Some(bank);
        // Thanksgiving is Thu 26 Nov.
        m.holidays = Holidays::UsFederal;
        m.first_payout_hold_days = Some(7);
    });
    let mut desk = Desk::new(Some(rule));
    desk.payout(usd("1"), |payout| payout.received_on = Some(day("2026-10-01")));
    // Fri 20 Nov 10:00–11:00 in Los Angeles: the first half hour is the last of the window in India.
    desk.worked("2026-11-20T18:00:00Z", "2026-11-20T19:00:00Z");
    let found = desk.expected("2026-11-22T12:00:00Z");
    let [first, next] = found.as_slice() else { panic!("{found:#?}") };
    let lands = Window::Lands { days: days("2026-12-01", "2026-12-07"), precision: Precision::By };
    assert_eq!((first.key.part, &first.window), (Part::Period(day("2026-11-14")), &lands));
    assert_eq!(next.key.part, Part::Period(day("2026-11-21")));
    assert_eq!((first.gross, next.gross), (usd("12.50"), usd("12.50")));
    assert_eq!(first.rows[0].secs, 1800);
    assert_eq!(kinds(&first.reasons), ["worked", "window ends", "paid", "transit"]);
    assert_eq!(first.reasons[1], Reason::CutOff { action: None, at: at("2026-11-20T18:29:59Z"), zone: Asia::Kolkata });
}

#[test]
fn the_first_payout_is_held_once() {
    let rule = with(weekly(Weekday::Sat, Asia::Kolkata, on_weekday(Weekday::Wed)), |m| {
        m.first_payout_hold_days = Some(7);
    });
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-18T18:00:00Z", "2026-11-18T19:00:00Z");
    desk.worked("2026-11-22T18:00:00Z", "2026-11-22T19:00:00Z");
    let found = desk.expected("2026-11-23T12:00:00Z");
    let windows: Vec<_> = found.iter().map(|one| one.window.clone()).collect();
    assert_eq!(windows, [lands("2026-12-02", "2026-12-02"), lands("2026-12-02", "2026-12-02")]);
    let held: Vec<_> =
        found.iter().filter(|one| kinds(&one.reasons).contains(&"hold")).map(|one| one.key.part).collect();
    assert_eq!(held, [Part::Period(day("2026-11-14"))]);
}

#[test]
fn upwork_hours_are_available_ten_days_after_the_week() {
    let rule = with(weekly(Weekday::Mon, UTC, PayDay::After(Lag::days(10, 10))), |m| {
        m.cut_off = Some(CutOff {
            action: CutOffAction::Approve,
            days_after: 1,
            at: NaiveTime::from_hms_opt(11, 59, 0),
            remind_hours: 12,
        });
        m.review = Some(Review { lag: Lag::days(5, 5), automatic: true });
    });
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    let one = desk.only("2026-11-22T12:00:00Z");
    assert_eq!(one.window, lands("2026-11-25", "2026-11-25"));
    assert_eq!(kinds(&one.reasons), ["worked", "window ends", "cut-off", "review", "paid"]);
    let cut = Reason::CutOff { action: Some(CutOffAction::Approve), at: at("2026-11-16T11:59:00Z"), zone: UTC };
    assert_eq!(one.reasons[2], cut);
}

#[test]
fn sme_careers_sends_on_thursday_and_deel_takes_one_to_three_days() {
    let rule = weekly(Weekday::Mon, UTC, on_weekday(Weekday::Thu));
    let mut desk = Desk::new(Some(with(rule, |m| m.transit = Some(Lag::days(1, 3)))));
    desk.worked("2026-11-15T09:00:00Z", "2026-11-15T10:00:00Z");
    let one = desk.only("2026-11-16T12:00:00Z");
    assert_eq!(one.window, lands("2026-11-20", "2026-11-22"));
    assert_eq!(one.reasons[2], Reason::Paid { days: days("2026-11-19", "2026-11-19"), precision: Precision::On });
}

#[test]
fn outliers_two_readings_are_shown_as_a_range() {
    let tuesdays = PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 1 };
    let mut desk = Desk::new(Some(weekly(Weekday::Tue, UTC, tuesdays)));
    desk.worked("2026-11-10T00:00:00Z", "2026-11-10T01:00:00Z");
    desk.worked("2026-11-16T23:00:00Z", "2026-11-17T00:00:00Z");
    let one = desk.only("2026-11-17T12:00:00Z");
    assert_eq!((one.window.clone(), one.gross), (lands("2026-11-17", "2026-11-24"), usd("50")));
    assert_eq!(
        one.reasons[0],
        Reason::Worked { days: days("2026-11-10", "2026-11-16"), zone: UTC, secs: 7200, sessions: 2, earnings: 0 }
    );
    assert_eq!(kinds(&one.reasons), ["worked", "window ends", "paid"]);
    assert_eq!(desk.only("2026-11-28T12:00:00Z").late_days, 4);
}

#[test]
fn micro1_moves_to_the_next_business_day() {
    let halves = batch(Cycle::TwiceAMonth { second_from: 16 }, America::Los_Angeles, PayDay::After(Lag::days(5, 5)));
    let check = |holidays: Holidays, extra: u32, expected: &[Window]| {
        let rule = with(halves.clone(), |m| {
            m.shift = Shift::Next;
            m.holidays = holidays;
            m.extra_business_days = extra;
        });
        let mut desk = Desk::new(Some(rule));
        desk.worked("2026-11-10T18:00:00Z", "2026-11-10T19:00:00Z");
        desk.worked("2026-11-20T18:00:00Z", "2026-11-20T19:00:00Z");
        let found = desk.expected("2026-11-22T12:00:00Z");
        assert_eq!(found.iter().map(|one| one.window.clone()).collect::<Vec<_>>(), expected);
        found
    };
    let found = check(Holidays::None, 0, &[lands("2026-11-20", "2026-11-20"), lands("2026-12-07", "2026-12-07")]);
    assert!(found[1].reasons.contains(&Reason::Shifted { from: day("2026-12-05") }));
    check(Holidays::None, 1, &[lands("2026-11-23", "2026-11-23"), lands("2026-12-08", "2026-12-08")]);
    check(Holidays::UsFederal, 1, &[lands("2026-11-23", "2026-11-23"), lands("2026-12-08", "2026-12-08")]);
}

fn oneforma() -> Rule {
    let pay_day = PayDay::DayOfMonth { from: 10, to: 20, months_later: 0 };
    with(batch(Cycle::Monthly { from_day: 1 }, UTC, pay_day), |m| {
        m.minimum = Some(usd("10"));
        m.chase_after = Some(ChaseAfter::DayOfMonth(25));
    })
}

#[test]
fn oneforma_pays_between_the_10th_and_the_20th() {
    let mut desk = Desk::new(Some(oneforma()));
    desk.worked("2026-10-31T22:00:00Z", "2026-10-31T23:00:00Z");
    let one = desk.only("2026-11-22T12:00:00Z");
    assert_eq!((one.window.clone(), one.late_days), (lands("2026-11-10", "2026-11-20"), 2));
    assert_eq!(one.chase_on(), Some(day("2026-11-25")));
}

#[test]
fn oneforma_carries_7_dollars_of_october_to_november() {
    let mut desk = Desk::new(Some(oneforma()));
    desk.earning(usd("7"), days("2026-10-05", "2026-10-09"), |_| {});
    let alone = desk.only("2026-11-12T12:00:00Z");
    assert_eq!(alone.window, Window::BelowMinimum { minimum: usd("10") });
    assert_eq!(alone.key.part, Part::BelowMinimum);
    desk.earning(usd("2"), days("2026-11-05", "2026-11-09"), |_| {});
    assert_eq!(desk.only("2026-11-12T12:00:00Z").gross, usd("9"));
    desk.earning(usd("3"), days("2026-11-06", "2026-11-09"), |_| {});
    let together = desk.only("2026-11-12T12:00:00Z");
    assert_eq!((together.window, together.gross), (lands("2026-12-10", "2026-12-20"), usd("12")));
    assert_eq!(together.rows.len(), 3);
    assert!(together.reasons.contains(&Reason::Minimum { minimum: usd("10"), balance: usd("12") }));
    // October's money alone is not late meanwhile: it goes out with November's.
    assert_eq!(together.late_days, 0);
}

#[test]
fn gini_talent_pays_a_month_from_the_16th_on_the_next_business_day() {
    let pay_day = PayDay::DayOfMonth { from: 15, to: 15, months_later: 0 };
    let rule = with(batch(Cycle::Monthly { from_day: 16 }, UTC, pay_day), |m| {
        m.shift = Shift::Next;
        m.minimum = Some(usd("10"));
        m.chase_after = Some(ChaseAfter::Lag(Lag { min_days: 3, max_days: 3, count: DayCount::Business }));
    });
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-07-15T09:00:00Z", "2026-07-15T10:00:00Z");
    desk.worked("2026-09-16T09:00:00Z", "2026-09-16T10:00:00Z");
    let found = desk.expected("2026-08-01T12:00:00Z");
    let windows: Vec<_> = found.iter().map(|one| one.window.clone()).collect();
    assert_eq!(windows, [lands("2026-08-17", "2026-08-17"), lands("2026-11-16", "2026-11-16")]);
    assert_eq!(found[1].chase_on(), Some(day("2026-11-19")));
}

#[test]
fn crowdgen_pays_by_the_14th_and_no_weekend_rule_is_guessed() {
    let pay_day = PayDay::DayOfMonth { from: 14, to: 14, months_later: 0 };
    let rule = with(batch(Cycle::Monthly { from_day: 1 }, UTC, pay_day), |m| m.precision = Precision::By);
    let mut desk = Desk::new(Some(rule));
    desk.worked("2026-10-20T09:00:00Z", "2026-10-20T10:00:00Z");
    // A Saturday.
    assert_eq!(desk.only("2026-11-01T12:00:00Z").window, lands_by("2026-11-14"));
}

#[test]
fn prolific_approves_on_day_21_at_the_latest_and_pays_from_5_pounds() {
    let pounds = |text: &str| Money::new(text.parse().unwrap(), Currency::GBP);
    let rule = with(drawn(clock(ItemEvent::Submitted, 0, None), Some(24)), |m| {
        m.review = Some(Review { lag: Lag::days(1, 21), automatic: true });
        m.minimum = Some(pounds("5"));
    });
    let mut desk = Desk::new(Some(rule));
    let study = |id: u64, from: &str, until: &str, price: &str| Session {
        seldom: Seldom { own_price: Some(pounds(price)), ..Seldom::default() }.into(),
        ..session(id, from, Some(until))
    };
    desk.put(study(1, "2026-11-02T10:00:00Z", "2026-11-02T10:20:00Z", "6"));
    let one = desk.only("2026-11-04T12:00:00Z");
    assert_eq!(one.window, Window::DrawableFrom(days("2026-11-03", "2026-11-23")));
    assert_eq!(one.key.part, Part::Items(day("2026-11-23")));
    assert_eq!(kinds(&one.reasons), ["worked", "review", "matures", "minimum"]);
    assert_eq!(desk.only("2026-11-23T00:00:00Z").window, Window::DrawableNow { next_draw_on: None });

    // £3 of two studies each: only both together reach the £5.
    let mut desk = Desk::new(Some(desk.book.schedules().next().unwrap().rule.clone()));
    desk.put(study(1, "2026-11-02T10:00:00Z", "2026-11-02T10:20:00Z", "3"));
    assert_eq!(desk.only("2026-11-24T12:00:00Z").window, Window::BelowMinimum { minimum: pounds("5") });
    desk.put(study(2, "2026-11-20T10:00:00Z", "2026-11-20T10:20:00Z", "3"));
    let both = desk.only("2026-11-22T12:00:00Z");
    assert_eq!(both.window, Window::DrawableFrom(days("2026-11-21", "2026-12-11")));
    assert_eq!((both.gross, both.key.part), (pounds("6"), Part::Items(day("2026-12-11"))));
}

#[test]
fn dataannotation_hours_mature_in_seven_days_tasks_in_three_and_a_draw_blocks_the_next() {
    let rule = drawn(clock(ItemEvent::Submitted, 7, Some(3)), Some(72));
    let mut desk = Desk::new(Some(rule));
    desk.project(ProjectId(2), PLATFORM, Pay::PerTask(4.into()), Currency::USD);
    desk.worked("2026-11-09T09:00:00Z", "2026-11-09T13:00:00Z");
    let tasks = Session {
        project: Some(ProjectId(2)),
        tasks: nonmax::NonMaxU32::new(5),
        ..session(2, "2026-11-09T15:00:00Z", Some("2026-11-09T16:00:00Z"))
    };
    desk.put(tasks);
    let summary = |when: &str| -> Vec<_> {
        desk.expected(when).into_iter().map(|one| (one.window, one.gross, one.late_days)).collect()
    };
    let from = |text: &str| Window::DrawableFrom(days(text, text));
    let all_waiting = [(from("2026-11-12"), usd("20"), 0), (from("2026-11-16"), usd("100"), 0)];
    assert_eq!(summary("2026-11-10T12:00:00Z"), all_waiting);
    let now = Window::DrawableNow { next_draw_on: None };
    assert_eq!(summary("2026-11-12T12:00:00Z"), [(now.clone(), usd("20"), 0), (from("2026-11-16"), usd("100"), 0)]);
    // Long after: one sum, and not late.
    assert_eq!(summary("2027-01-12T12:00:00Z"), [(now, usd("120"), 0)]);

    desk.payout(usd("20"), |payout| payout.received_on = Some(day("2026-11-12")));
    let blocked = desk.expected("2026-11-13T12:00:00Z");
    assert_eq!(blocked[0].window, Window::DrawableNow { next_draw_on: Some(day("2026-11-15")) });
    assert!(blocked[0].reasons.contains(&Reason::Cooldown { hours: 72, last_draw_on: day("2026-11-12") }));
    assert_eq!(desk.expected("2026-11-15T12:00:00Z")[0].window, Window::DrawableNow { next_draw_on: None });
}

#[test]
fn what_is_drawn_as_one_sum_can_be_drawn_once_its_last_part_is_worked_and_matured() {
    // $5 of tasks matures at once and is too little; $25 an hour, worked before it, matures within 30 days.
    let mut rule = drawn(clock(ItemEvent::Submitted, 0, Some(0)), None);
    if let EarningShape::ItemClock { lag, .. } = &mut rule.earning {
        lag.max_days = 30;
    }
    rule.modifiers.minimum = Some(usd("10"));
    let mut desk = Desk::new(Some(rule));
    desk.project(ProjectId(2), PLATFORM, Pay::PerTask(5.into()), Currency::USD);
    desk.worked("2026-11-02T09:00:00Z", "2026-11-02T10:00:00Z");
    desk.put(Session {
        project: Some(ProjectId(2)),
        tasks: nonmax::NonMaxU32::new(1),
        ..session(2, "2026-11-16T09:00:00Z", Some("2026-11-16T09:30:00Z"))
    });
    let both = desk.only("2026-11-17T12:00:00Z");
    assert_eq!(both.window, Window::DrawableFrom(days("2026-11-16", "2026-12-02")));
    assert_eq!(both.gross, usd("30"));

    // Three parts: the one that comes last to its day decides, wherever it stands among them.
    let mut rule = drawn(clock(ItemEvent::Submitted, 0, None), None);
    if let EarningShape::ItemClock { lag, .. } = &mut rule.earning {
        lag.max_days = 60;
    }
    rule.modifiers.minimum = Some(usd("10"));
    let mut desk = Desk::new(Some(rule));
    let waits = |desk: &mut Desk, worked: &str, not_before: Option<&str>| {
        desk.earning(usd("4"), days(worked, worked), |earning| earning.not_before = not_before.map(day));
    };
    waits(&mut desk, "2026-11-02", Some("2026-12-20"));
    waits(&mut desk, "2026-11-03", None);
    waits(&mut desk, "2026-11-04", None);
    let three = desk.only("2026-11-17T12:00:00Z");
    assert_eq!(three.window, Window::DrawableFrom(days("2026-12-20", "2027-01-03")));
}

#[test]
fn usertesting_pays_fourteen_days_after_the_test_and_seven_under_the_old_rule() {
    let mut desk = Desk::new(None);
    let mut old = Schedule::of(ScheduleId(1), PLATFORM, clock(ItemEvent::Completed, 7, None));
    old.valid_until = Some(day("2026-11-02"));
    let mut new = Schedule::of(ScheduleId(2), PLATFORM, clock(ItemEvent::Completed, 14, None));
    new.valid_from = Some(day("2026-11-03"));
    desk.put(old);
    desk.put(new);
    desk.worked("2026-11-03T16:00:00Z", "2026-11-03T17:00:00Z");
    let one = desk.only("2026-11-04T12:00:00Z");
    assert_eq!((one.window, one.key.schedule), (lands("2026-11-17", "2026-11-17"), Some(ScheduleId(2))));
    desk.worked("2026-11-02T16:00:00Z", "2026-11-02T17:00:00Z");
    assert_eq!(desk.expected("2026-11-04T12:00:00Z")[0].window, lands("2026-11-09", "2026-11-09"));
}

#[test]
fn respondent_pays_business_days_after_confirmation_less_its_fee() {
    let mut rule = with(clock(ItemEvent::Approved, 0, None), |m| {
        // Veterans Day is Wed 11 Nov.
        m.holidays = Holidays::UsFederal;
        m.platform_fee = Some(Fee { percent: Some(5.into()), fixed: None, at_least: Some(usd("1")) });
    });
    let EarningShape::ItemClock { lag, .. } = &mut rule.earning else { panic!() };
    *lag = Lag { min_days: 7, max_days: 10, count: DayCount::Business };
    let mut desk = Desk::new(Some(rule));
    let worked = days("2026-10-30", "2026-10-30");
    desk.earning(usd("20"), worked, |earning| {
        earning.states = vec![state("2026-11-03", EarningState::Approved(None))];
    });
    let one = desk.only("2026-11-04T12:00:00Z");
    assert_eq!(one.window, lands("2026-11-13", "2026-11-18"));
    assert_eq!(one.net, usd("19"));
    assert_eq!(kinds(&one.reasons), ["worked", "approved", "matures", "paid", "fee"]);
    assert!(!one.estimate);
}

#[test]
fn opentrain_has_no_date_until_approval() {
    let mut desk = Desk::new(Some(clock(ItemEvent::Approved, 5, None)));
    desk.worked("2026-11-10T16:00:00Z", "2026-11-10T17:00:00Z");
    let one = desk.only("2026-11-22T12:00:00Z");
    assert_eq!(one.window, Window::Unknown(UnknownDate::WaitsForEvent));
    assert_eq!(kinds(&one.reasons), ["worked", "unknown"]);
}

#[test]
fn turings_contract_day_comes_every_month_and_the_bank_takes_business_days() {
    let rule = Rule::of(EarningShape::OwnDate { on: Some(day("2026-01-10")), repeat: Some(Repeat::Monthly) });
    let mut desk = Desk::new(Some(rule));
    let bank = Lag { min_days: 3, max_days: 10, count: DayCount::Business };
    desk.put(Route {
        id: RouteId(1),
        platform: Some(PLATFORM),
        name: "bank".to_owned(),
        steps: vec![RouteStep { to: "bank".to_owned(), transit: Some(bank), fee: None }],
        landed_after_step: 0,
        minimum: None,
        ceiling: None,
        yearly_ceiling: None,
    });
    let platform = desk.book.platform(PLATFORM).unwrap().clone();
    desk.put(Platform { default_route: Some(RouteId(1)), ..(*platform).clone() });
    desk.worked("2026-11-20T16:00:00Z", "2026-11-20T17:00:00Z");
    let one = desk.only("2026-11-22T12:00:00Z");
    // 10 Dec is a Thursday: three business days are Tue 15 Dec, ten are Thu 24 Dec.
    assert_eq!(one.window, lands("2026-12-15", "2026-12-24"));
    assert_eq!(one.key.part, Part::OwnDate(day("2026-12-10")));
    assert_eq!(one.reasons.last(), Some(&Reason::Transit { lag: bank, by: "bank".to_owned() }));
}

#[test]
fn fiverrs_order_clears_fourteen_days_after_it_completes_itself() {
    // Delivered Sat 31 Oct, buyer silent: complete Tue 3 Nov, clears Tue 17 Nov; $100 is $80 to draw.
    let mut rule = drawn(clock(ItemEvent::Completed, 14, None), Some(24));
    rule.modifiers.review = Some(Review { lag: Lag::days(0, 3), automatic: true });
    rule.modifiers.platform_fee = Some(Fee { percent: Some(20.into()), fixed: None, at_least: None });
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("100"), days("2026-10-31", "2026-10-31"), |earning| {
        earning.states = vec![state("2026-10-31", EarningState::Submitted)];
    });
    let one = desk.only("2026-11-03T12:00:00Z");
    assert_eq!(one.window, Window::DrawableFrom(days("2026-11-14", "2026-11-17")));
    assert_eq!(one.net, usd("80"));
}
