//! Limits: the share held until acceptance, the most that is paid at once, the most that is held, the day to ask.

use chrono_tz::UTC;

use super::*;
use crate::domain::command::{self, Command, Landing};
use crate::domain::ids::RouteId;
use crate::domain::query::calendar::{Part, UnknownDate};
use crate::domain::route::{Route, RouteStep};
use crate::domain::schedule::{ChaseAfter, DayCount, ItemEvent, Lag, ReleaseShape, RunDays};

fn ten_percent_held() -> Rule {
    with(weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri)), |m| m.held_percent = Some(10.into()))
}

#[test]
fn the_held_share_waits_for_acceptance_beside_the_rest() {
    let mut desk = Desk::new(Some(ten_percent_held()));
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    let found = desk.expected("2026-11-16T12:00:00Z");
    let parts: Vec<_> = found.iter().map(|one| (one.window.clone(), one.gross, one.rows[0].secs)).collect();
    let held = Window::Unknown(UnknownDate::UntilAccepted);
    assert_eq!(parts, [(lands("2026-11-20", "2026-11-20"), usd("22.50"), 3600), (held, usd("2.50"), 0)]);
    assert_eq!(kinds(&found[1].reasons), ["worked", "held part", "unknown"]);
}

#[test]
fn once_accepted_the_whole_follows_the_schedule() {
    let mut desk = Desk::new(Some(ten_percent_held()));
    desk.earning(usd("100"), days("2026-11-11", "2026-11-11"), |earning| {
        earning.states = vec![state("2026-11-15", EarningState::Approved(None))];
    });
    let one = desk.only("2026-11-16T12:00:00Z");
    assert_eq!((one.window, one.gross), (lands("2026-11-20", "2026-11-20"), usd("100")));
}

#[test]
fn what_terms_hold_back_goes_before_the_schedule_and_bonuses_are_free() {
    let mut desk = Desk::new(Some(ten_percent_held()));
    let terms = desk.book.all_terms().next().unwrap().clone();
    desk.put(Terms { held_percent: Some(20.into()), ..(*terms).clone() });
    desk.earning(usd("100"), days("2026-11-11", "2026-11-11"), |_| {});
    desk.earning(usd("7"), days("2026-11-11", "2026-11-11"), |earning| {
        earning.kind = crate::domain::earning::EarningKind::Bonus;
    });
    let sums: Vec<_> = desk.expected("2026-11-16T12:00:00Z").iter().map(|one| one.gross).collect();
    assert_eq!(sums, [usd("87"), usd("20")]);
}

#[test]
fn landing_the_rest_leaves_the_held_share_held() {
    let mut desk = Desk::new(Some(ten_percent_held()));
    desk.worked("2026-11-11T09:00:00Z", "2026-11-11T10:00:00Z");
    let when = "2026-11-20T12:00:00Z";
    let key = desk.expected(when)[0].key;
    let landing = Landing {
        key,
        on: day("2026-11-20"),
        received: usd("22.50"),
        difference: None,
        payout: PayoutId(9),
        earning_seed: EarningId(900),
    };
    let change = command::plan(&desk.book, &Command::Land(Box::new(landing)), now(when)).unwrap();
    desk.book.apply(&change);
    let held = desk.only(when);
    assert_eq!((held.window, held.gross), (Window::Unknown(UnknownDate::UntilAccepted), usd("2.50")));
    // Accepted: it goes by the schedule like any other money.
    let earning = desk.book.earnings().find(|earning| earning.held.is_some()).unwrap().clone();
    let mut accepted = (*earning).clone();
    accepted.states.push(state("2026-11-25", EarningState::Approved(None)));
    desk.put(accepted);
    let free = desk.only("2026-11-26T12:00:00Z");
    assert_eq!((free.key.part, free.gross), (Part::Period(day("2026-11-09")), usd("2.50")));
}

#[test]
fn above_the_ceiling_the_rest_goes_with_the_next_weeks() {
    let rule = with(weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri)), |m| m.ceiling = Some(usd("100")));
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("150"), days("2026-11-11", "2026-11-11"), |_| {});
    desk.earning(usd("130"), days("2026-11-13", "2026-11-13"), |_| {});
    let found = desk.expected("2026-11-16T12:00:00Z");
    let parts: Vec<_> = found.iter().map(|one| (one.key.part, one.gross, one.window.clone())).collect();
    let week = |monday: &str, friday: &str, sum: &str| (Part::Period(day(monday)), usd(sum), lands(friday, friday));
    assert_eq!(
        parts,
        [
            week("2026-11-09", "2026-11-20", "100"),
            week("2026-11-16", "2026-11-27", "100"),
            week("2026-11-23", "2026-12-04", "80"),
        ]
    );
    assert!(found[0].reasons.contains(&Reason::Ceiling { most: usd("100"), rest: usd("180") }));
}

#[test]
fn the_rest_of_a_run_goes_with_the_next_run() {
    let rule = Rule {
        release: Some(ReleaseShape::PayRun {
            days: RunDays::Weekly { from: Weekday::Tue, to: Weekday::Tue },
            zone: UTC,
            request_before: None,
        }),
        ..with(weekly(Weekday::Mon, UTC, PayDay::After(Lag::days(0, 0))), |m| m.ceiling = Some(usd("100")))
    };
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("150"), days("2026-11-11", "2026-11-11"), |_| {});
    let sums: Vec<_> = desk.expected("2026-11-16T12:00:00Z").iter().map(|one| (one.key.part, one.gross)).collect();
    let run = |on: &str, sum: &str| (Part::Run(day(on)), usd(sum));
    assert_eq!(sums, [run("2026-11-17", "100"), run("2026-11-24", "50")]);
}

#[test]
fn a_ceiling_without_a_next_day_says_so() {
    let rule = with(Rule::of(EarningShape::OwnDate { on: Some(day("2026-11-20")), repeat: None }), |m| {
        m.ceiling = Some(usd("100"));
    });
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("150"), days("2026-11-11", "2026-11-11"), |_| {});
    let found = desk.expected("2026-11-16T12:00:00Z");
    let parts: Vec<_> = found.iter().map(|one| (one.window.clone(), one.gross)).collect();
    let rest = Window::Unknown(UnknownDate::AboveCeiling);
    assert_eq!(parts, [(lands("2026-11-20", "2026-11-20"), usd("100")), (rest, usd("50"))]);
}

#[test]
fn a_balance_near_its_ceiling_is_told_from_four_fifths_on() {
    // Source: platform facts, checked 2026-11-22, Toloka: a balance of at most $1,000.
    let rule = |most: &str| Rule {
        earning: EarningShape::ItemClock {
            event: ItemEvent::Completed,
            zone: UTC,
            lag: Lag::days(0, 0),
            per_task_lag: None,
        },
        release: Some(ReleaseShape::OnDemand { cooldown_hours: None, balance_ceiling: Some(usd(most)) }),
        modifiers: Modifiers::default(),
    };
    let near = |sum: &str| {
        let mut desk = Desk::new(Some(rule("1000")));
        desk.earning(usd(sum), days("2026-11-11", "2026-11-11"), |_| {});
        kinds(&desk.only("2026-11-16T12:00:00Z").reasons).contains(&"ceiling near")
    };
    assert!(near("800") && near("1200") && !near("799.99"));
}

#[test]
fn the_rule_of_a_route_holds_where_money_takes_it() {
    let mut desk = Desk::new(Some(weekly(Weekday::Mon, UTC, on_weekday(Weekday::Fri))));
    let route = |id: u64, name: &str| Route {
        id: RouteId(id),
        platform: Some(PLATFORM),
        name: name.to_owned(),
        steps: vec![RouteStep { to: name.to_owned(), transit: None, fee: None }],
        landed_after_step: 0,
        minimum: None,
        ceiling: None,
        yearly_ceiling: None,
    };
    desk.put(route(1, "PayPal"));
    desk.put(route(2, "SEPA"));
    let mut of_sepa = Schedule::of(ScheduleId(5), PLATFORM, weekly(Weekday::Mon, UTC, on_weekday(Weekday::Wed)));
    of_sepa.route = Some(RouteId(2));
    desk.put(of_sepa);
    let worked = days("2026-11-11", "2026-11-11");
    desk.earning(usd("10"), worked, |_| {});
    desk.earning(usd("20"), worked, |earning| earning.route = Some(RouteId(2)));
    let windows: Vec<_> =
        desk.expected("2026-11-16T12:00:00Z").iter().map(|one| (one.gross, one.window.clone())).collect();
    assert_eq!(
        windows,
        [(usd("20"), lands("2026-11-18", "2026-11-18")), (usd("10"), lands("2026-11-20", "2026-11-20"))]
    );
    // The platform's usual route is SEPA: its rule holds for all that names none.
    let platform = desk.book.platform(PLATFORM).unwrap().clone();
    desk.put(Platform { default_route: Some(RouteId(2)), ..(*platform).clone() });
    let windows: Vec<_> = desk.expected("2026-11-16T12:00:00Z").iter().map(|one| one.window.clone()).collect();
    assert_eq!(windows, [lands("2026-11-18", "2026-11-18")]);
}

#[test]
fn respondents_money_is_asked_for_after_ten_business_days() {
    // Source: platform facts, checked 2026-11-22: no pay ten business days on, write to them.
    let mut rule = Rule::of(EarningShape::OwnDate { on: Some(day("2026-11-18")), repeat: None });
    rule.modifiers.chase_after = Some(ChaseAfter::Lag(Lag { min_days: 10, max_days: 10, count: DayCount::Business }));
    rule.modifiers.holidays = crate::domain::schedule::Holidays::UsFederal;
    let mut desk = Desk::new(Some(rule));
    desk.earning(usd("20"), days("2026-11-03", "2026-11-03"), |_| {});
    // Thanksgiving is Thu 26 Nov: the tenth is Thu 3 Dec.
    assert_eq!(desk.only("2026-11-19T12:00:00Z").chase_on(), Some(day("2026-12-03")));
}
