//! Laws: every open dollar stands in exactly one expected payout, names are unique, and no rule panics.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::domain::query::calendar::{bands, find, if_done, preview};
use crate::domain::query::forecast::{forecast, tests::each_cent_once};
use crate::domain::query::value;
use crate::domain::route::Fee;
use crate::domain::schedule::{
    ChaseAfter, CutOff, CutOffAction, DayCount, Holidays, InvoiceClock, ItemEvent, Lag, MonthDays, ReleaseShape,
    Repeat, RequestBefore, Review, RunDays, Shift,
};
use crate::domain::span::user_day;

fn number() -> BoxedStrategy<u32> {
    prop_oneof![0u32..40, 0u32..40, 0u32..40, Just(99), Just(u32::MAX)].boxed()
}

fn some_day() -> BoxedStrategy<NaiveDate> {
    prop_oneof![
        (0i64..2000).prop_map(|later| day("2024-01-01") + chrono::TimeDelta::days(later)),
        Just(NaiveDate::MIN),
        Just(NaiveDate::MAX),
    ]
    .boxed()
}

fn zone() -> BoxedStrategy<Zone> {
    prop::sample::select(vec![
        chrono_tz::UTC,
        chrono_tz::Asia::Kolkata,
        chrono_tz::America::Los_Angeles,
        chrono_tz::Europe::Berlin,
        chrono_tz::Pacific::Apia,
    ])
    .boxed()
}

fn weekday() -> BoxedStrategy<Weekday> {
    (0u8..7).prop_map(|number| Weekday::try_from(number).unwrap()).boxed()
}

fn time() -> BoxedStrategy<NaiveTime> {
    (0u32..86_400).prop_map(|secs| NaiveTime::from_num_seconds_from_midnight_opt(secs, 0).unwrap()).boxed()
}

fn lag() -> BoxedStrategy<Lag> {
    (number(), number(), any::<bool>())
        .prop_map(|(min_days, max_days, business)| Lag {
            min_days,
            max_days,
            count: if business { DayCount::Business } else { DayCount::Calendar },
        })
        .boxed()
}

fn cycle() -> BoxedStrategy<Cycle> {
    prop_oneof![
        (number(), weekday(), prop::option::of(some_day()))
            .prop_map(|(every, starts, anchor)| { Cycle::Weeks { every, starts, anchor } }),
        number().prop_map(|second_from| Cycle::TwiceAMonth { second_from }),
        number().prop_map(|from_day| Cycle::Monthly { from_day }),
    ]
    .boxed()
}

fn pay_day() -> BoxedStrategy<PayDay> {
    prop_oneof![
        (weekday(), number(), number()).prop_map(|(weekday, weeks_later_min, weeks_later_max)| {
            PayDay::Weekday { weekday, weeks_later_min, weeks_later_max }
        }),
        (number(), number(), number()).prop_map(|(from, to, months_later)| PayDay::DayOfMonth {
            from,
            to,
            months_later
        }),
        lag().prop_map(PayDay::After),
    ]
    .boxed()
}

fn earning_shape() -> BoxedStrategy<EarningShape> {
    let event = prop::sample::select(vec![
        ItemEvent::Submitted,
        ItemEvent::Credited,
        ItemEvent::Charged,
        ItemEvent::Approved,
        ItemEvent::Completed,
    ]);
    let repeat = prop_oneof![number().prop_map(Repeat::EveryWeeks), Just(Repeat::Monthly)];
    prop_oneof![
        4 => (cycle(), zone(), time(), pay_day())
            .prop_map(|(cycle, zone, starts_at, pay_day)| EarningShape::PeriodBatch { cycle, zone, starts_at, pay_day }),
        4 => (event, zone(), lag(), prop::option::of(lag()))
            .prop_map(|(event, zone, lag, per_task_lag)| EarningShape::ItemClock { event, zone, lag, per_task_lag }),
        2 => (lag(), invoice_clock(), prop::option::of(cycle()))
            .prop_map(|(net, clock, cycle)| EarningShape::InvoiceNet { net, clock, cycle }),
        2 => (prop::option::of(some_day()), prop::option::of(repeat))
            .prop_map(|(on, repeat)| EarningShape::OwnDate { on, repeat }),
    ]
    .boxed()
}

fn invoice_clock() -> BoxedStrategy<InvoiceClock> {
    prop::sample::select(vec![InvoiceClock::Submitted, InvoiceClock::Corrected, InvoiceClock::Approved]).boxed()
}

fn run_days() -> BoxedStrategy<RunDays> {
    let ranges = (number(), number()).prop_map(|(from, to)| MonthDays { from, to });
    prop_oneof![
        (weekday(), weekday()).prop_map(|(from, to)| RunDays::Weekly { from, to }),
        prop::collection::vec(weekday(), 0..3).prop_map(RunDays::Weekdays),
        prop::collection::vec(ranges, 0..3).prop_map(RunDays::Monthly),
    ]
    .boxed()
}

fn release() -> BoxedStrategy<Option<ReleaseShape>> {
    let request = prop::option::of((number(), time()).prop_map(|(days_before, at)| RequestBefore { days_before, at }));
    let run = (run_days(), zone(), request)
        .prop_map(|(days, zone, request_before)| Some(ReleaseShape::PayRun { days, zone, request_before }));
    let drawn = (prop::option::of(number()), prop::option::of(amount())).prop_map(|(cooldown_hours, most)| {
        let balance_ceiling = most.map(|most| Money::new(most, Currency::USD));
        Some(ReleaseShape::OnDemand { cooldown_hours, balance_ceiling })
    });
    prop_oneof![3 => Just(None), 2 => drawn, 3 => run].boxed()
}

fn amount() -> BoxedStrategy<Decimal> {
    prop_oneof![(-2_000i64..40_000).prop_map(|cents| Decimal::new(cents, 2)), Just(Decimal::MAX), Just(Decimal::MIN)]
        .boxed()
}

fn modifiers() -> BoxedStrategy<Modifiers> {
    let holidays = prop_oneof![
        2 => Just(Holidays::None),
        1 => Just(Holidays::UsFederal),
        1 => Just(Holidays::Target),
        1 => Just(Holidays::UkBank),
        1 => prop::collection::vec(some_day(), 0..4).prop_map(Holidays::Own),
    ];
    let shift = prop::sample::select(vec![Shift::None, Shift::Next, Shift::Previous]);
    let fee = prop::option::of((amount(), amount(), amount()).prop_map(|(percent, fixed, least)| Fee {
        percent: Some(percent),
        fixed: Some(Money::new(fixed, Currency::USD)),
        at_least: Some(Money::new(least, Currency::USD)),
    }));
    let action = prop::sample::select(vec![
        CutOffAction::Submit,
        CutOffAction::Report,
        CutOffAction::Approve,
        CutOffAction::Invoice,
        CutOffAction::Request,
    ]);
    let cut_off = (action, number(), prop::option::of(time())).prop_map(|(action, days_after, at)| CutOff {
        action,
        days_after,
        at,
        remind_hours: 0,
    });
    let cut_off = prop::option::of(cut_off);
    let chase = prop_oneof![number().prop_map(ChaseAfter::DayOfMonth), lag().prop_map(ChaseAfter::Lag)];
    let more =
        (prop::option::of(amount()), prop::option::of(amount()), prop::option::of(zone()), prop::option::of(chase));
    let review = prop::option::of(lag().prop_map(|lag| Review { lag, automatic: true }));
    let optional = (prop::option::of(lag()), prop::option::of(amount()), prop::option::of(number()));
    (holidays, shift, number(), fee, cut_off, review, (optional, more), prop::bool::weighted(0.1))
        .prop_map(|(holidays, shift, extra, fee, cut_off, review, ((transit, minimum, hold), more), frozen)| {
            Modifiers {
                ceiling: more.0.map(|most| Money::new(most, Currency::USD)),
                held_percent: more.1,
                pay_zone: more.2,
                chase_after: more.3,
                cut_off,
                review,
                shift,
                holidays,
                extra_business_days: extra,
                minimum: minimum.map(|minimum| Money::new(minimum, Currency::USD)),
                first_payout_hold_days: hold,
                platform_fee: fee.clone(),
                payout_fee: fee,
                transit,
                frozen: frozen.then(|| "why".to_owned()),
                ..Modifiers::default()
            }
        })
        .boxed()
}

pub(super) fn rule() -> BoxedStrategy<Rule> {
    (earning_shape(), release(), modifiers())
        .prop_map(|(earning, release, modifiers)| Rule { earning, release, modifiers })
        .boxed()
}

/// A session: hours after 1 Nov 2026, minutes, and whether it is priced as a whole.
pub(super) type Work = (i64, i64, bool, Option<i64>);

pub(super) fn work() -> BoxedStrategy<Vec<Work>> {
    prop::collection::vec((0i64..700, 1i64..3000, any::<bool>(), prop::option::of(1i64..9000)), 0..12).boxed()
}

/// An earning: day in November, cents, days until its own day or its not-before day.
pub(super) type Owed = (i64, i64, Option<i64>, Option<i64>, u8);

pub(super) fn owed() -> BoxedStrategy<Vec<Owed>> {
    let later = || prop::option::of(0i64..60);
    prop::collection::vec((0i64..30, -500i64..20_000, later(), later(), 0u8..8), 0..8).boxed()
}

pub(super) fn desk(rules: Vec<Rule>, work: Vec<Work>, owed: Vec<Owed>, paid: bool) -> Desk {
    let mut desk = Desk::new(None);
    for (at, rule) in rules.into_iter().enumerate() {
        let mut one = Schedule::of(ScheduleId(at as u64 + 1), PLATFORM, rule);
        // The second takes over in the middle of the month.
        one.valid_from = (at > 0).then(|| day("2026-11-15"));
        desk.put(one);
    }
    let start = at("2026-11-01T00:00:00Z");
    for (id, (hours, minutes, priced, credited)) in (1u64..).zip(work) {
        let started_at = start + chrono::TimeDelta::hours(hours);
        let mut session = session(id, "2026-11-01T00:00:00Z", None);
        session.started_at = started_at;
        session.ended_at = Some(started_at + chrono::TimeDelta::minutes(minutes));
        session.own_price = priced.then(|| Money::new(Decimal::new(minutes, 2), Currency::USD));
        session.credited_secs = credited;
        desk.put(session);
    }
    for (from, cents, due, not_before, held) in owed {
        let first = day("2026-11-01") + chrono::TimeDelta::days(from);
        let money = Money::new(Decimal::new(cents, 2), Currency::USD);
        desk.earning(money, DayRange::day(first), |earning| {
            earning.due_on = due.map(|days| first + chrono::TimeDelta::days(days));
            earning.not_before = not_before.map(|days| first + chrono::TimeDelta::days(days));
            earning.states = match held {
                0 => vec![state("2026-11-20", EarningState::Approved(None))],
                1 => vec![state("2026-11-20", EarningState::ToReport)],
                2 => vec![state("2026-11-20", EarningState::Appealed)],
                3 => vec![state("2026-11-20", EarningState::WrittenOff)],
                4 => vec![state("2026-11-20", EarningState::Invoiced)],
                _ => Vec::new(),
            };
        });
    }
    if paid {
        desk.payout(usd("1"), |payout| payout.sent_on = Some(day("2026-11-21")));
    }
    desk
}

fn open_money(book: &Book, now: Now) -> Decimal {
    let sessions: Decimal =
        book.sessions().filter_map(|session| value::credited(book, session, now.at).ok()).map(|p| p.money.amount).sum();
    let earnings: Decimal = book.earnings().map(|earning| earning.owed().amount).sum();
    sessions + earnings
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_open_dollar_is_expected_exactly_once(
        rules in prop::collection::vec(rule(), 0..3),
        work in work(),
        owed in owed(),
        paid in any::<bool>(),
        hours in 0i64..1500,
    ) {
        let desk = desk(rules, work, owed, paid);
        let now = Now { at: at("2026-11-01T00:00:00Z") + chrono::TimeDelta::hours(hours), zone: chrono_tz::UTC };
        let found = calendar(&desk.book, now).expected;
        // Thirds of cents are cut at the 28th digit, wherever a sum begins.
        prop_assert_eq!(total(&found).round_dp(15), open_money(&desk.book, now).round_dp(15));
        let keys: BTreeSet<_> = found.iter().map(|one| one.key).collect();
        prop_assert_eq!(keys.len(), found.len(), "{:#?}", found);
        for one in &found {
            // No window starts before its work ended; what was promised by hand is the user's own word.
            let Some((days, _)) = one.window.days().zip(one.schedule.as_ref()) else { continue };
            prop_assert!(days.first <= days.last);
            for row in &one.rows {
                prop_assert!(row.worked_on <= days.first, "{one:#?}");
            }
        }
        let all = calendar(&desk.book, now);
        let told = forecast(&desk.book, &all, user_day(now.at, now.zone, 0));
        each_cent_once(&all, &told);
        for one in found.iter().take(3) {
            for done in if_done(&desk.book, one, now) {
                prop_assert!(done.window.days().is_none_or(|days| days.first <= days.last));
            }
            let again = find(&desk.book, &one.key, now);
            prop_assert_eq!(again.as_ref(), Some(one));
        }
        prop_assert!(bands(&calendar(&desk.book, now), DayRange::all()).iter().all(|band| band.platform == PLATFORM));
    }

    #[test]
    fn no_rule_panics_in_the_preview_and_days_are_in_order(rule in rule(), today in some_day(), zone in zone()) {
        for one in preview(&rule, today, zone, 3).unwrap_or_default() {
            prop_assert!(one.worked.first <= one.worked.last);
            if let Some(days) = one.window.days() {
                prop_assert!(days.first <= days.last);
            }
        }
    }
}

#[test]
fn a_hundred_thousand_sessions_sum_up() {
    let mut desk = Desk::new(Some(weekly(Weekday::Tue, chrono_tz::UTC, on_weekday(Weekday::Tue))));
    let start = at("2016-01-01T00:00:00Z");
    let edits: Vec<_> = (0..100_000u32)
        .map(|id| {
            let mut session = session(u64::from(id), "2026-11-01T00:00:00Z", None);
            session.started_at = start + chrono::TimeDelta::minutes(i64::from(id) * 55);
            session.ended_at = Some(session.started_at + chrono::TimeDelta::minutes(12));
            crate::domain::change::Edit::create(session)
        })
        .collect();
    desk.book.apply(&Change::new(edits));
    let found = desk.expected("2026-11-22T12:00:00Z");
    assert_eq!(total(&found), Decimal::from(500_000));
}
