use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::earning::{Covers, DatedState, EarningKind, EarningState};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::payout::Payout;
use crate::domain::platform::PlatformKind;
use crate::domain::query::hours::{Period, day_totals, hours, week_of};
use crate::domain::query::work::Standing;
use crate::domain::query::work::testkit::{Kit, at, day, dec, session, usd};
use crate::domain::terms::Pay;

const NOW: &str = "2026-11-22T13:00:00Z";

fn all() -> Selection {
    Selection::period(DayRange::all())
}

fn rates_of(kit: &Kit, selection: &Selection) -> Rates {
    rates(&kit.of(), selection, at(NOW))
}

/// Six and a half paid hours and four and a half unpaid ones on one day.
fn eleven_hours() -> Kit {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T14:30:00Z", |_| {});
    kit.unpaid(2, 1, "2026-11-20T15:00:00Z", "2026-11-20T19:30:00Z");
    kit
}

fn state(state: EarningState) -> Vec<DatedState> {
    vec![DatedState {
        on: day("2026-11-21"),
        state,
    }]
}

#[test]
fn six_and_a_half_hours_at_25_with_4_and_a_half_unpaid_are_14_77_an_hour() {
    // Source: design.md, rate steps, check: $162.50; over 11 hours $14.77, 59 % of the advertised rate.
    let rates = rates_of(&eleven_hours(), &all());
    assert_eq!(rates.hours.paid_secs, 6 * 3600 + 1800);
    assert_eq!(rates.hours.own_secs, 11 * 3600);
    assert_eq!(rates.hours.unpaid_secs(), 4 * 3600 + 1800);
    assert_eq!(rates.money(Step::Recorded), Some(dec("162.50")));
    assert_eq!(rates.earned(), Some(dec("162.50")));
    for step in [
        Step::Advertised,
        Step::Recorded,
        Step::Accepted,
        Step::Received,
    ] {
        assert_eq!(rates.per_hour(step), Some(dec("25")), "{step:?}");
    }
    let over_all = rates.per_hour(Step::AllHours).unwrap();
    assert_eq!(over_all.round_dp(2), dec("14.77"));
    assert_eq!(rates.kept_percent().unwrap().round_dp(0), dec("59"));
    assert_eq!(rates.unsettled, dec("162.50"), "nobody has paid yet");
    assert!(!rates.too_little());
    assert!(rates.thin());
}

#[test]
fn no_hours_give_no_rate_and_no_chosen_share_gives_no_rate_after_tax() {
    let empty = rates_of(&Kit::new(), &all());
    for step in Step::ALL {
        assert_eq!(empty.per_hour(step), None, "{step:?}");
    }
    assert!(empty.is_empty() && empty.too_little());
    let mut kit = eleven_hours();
    assert_eq!(rates_of(&kit, &all()).per_hour(Step::AfterTax), None);
    kit.settings(|settings| settings.set_aside_percent = Some(25.into()));
    let rates = rates_of(&kit, &all());
    assert_eq!(rates.money(Step::AfterTax), Some(dec("121.875")));
    let an_hour = rates.per_hour(Step::AfterTax).unwrap();
    assert_eq!(an_hour.round_dp(2), dec("11.08"));
}

#[test]
fn parallel_time_counts_once_overall_and_fully_on_each_platform() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    kit.work(2, 2, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    kit.work(3, 2, "2026-11-20T10:30:00Z", "2026-11-20T11:30:00Z", |_| {});
    let overall = rates_of(&kit, &all());
    assert_eq!(overall.hours.own_secs, 3 * 3600 + 1800);
    assert_eq!(overall.hours.paid_secs, 3 * 3600 + 1800);
    assert_eq!(overall.recorded, dec("125"), "money is never merged");
    let of = |platform| rates_of(&kit, &all().platform(PlatformId(platform))).hours;
    assert_eq!(of(1).own_secs, 2 * 3600);
    assert_eq!(
        of(2).own_secs,
        3 * 3600,
        "sessions of one platform count fully"
    );
    let both = all().platform(PlatformId(1)).platform(PlatformId(2));
    assert_eq!(rates_of(&kit, &both).hours, overall.hours);
    let sides = side_by_side(&kit.of(), &all(), GroupBy::Platform, at(NOW));
    let secs: Vec<i64> = sides.iter().map(|(_, side)| side.hours.own_secs).collect();
    assert_eq!(secs, [2 * 3600, 3 * 3600]);
}

#[test]
fn unpaid_time_beside_paid_time_counts_once_and_stays_paid() {
    let mut kit = Kit::new();
    kit.unpaid(1, 2, "2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z");
    kit.work(2, 1, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    let hours = rates_of(&kit, &all()).hours;
    assert_eq!((hours.own_secs, hours.paid_secs), (2 * 3600, 3600));
}

#[test]
fn a_session_over_midnight_beside_the_next_day_counts_once_and_days_still_sum() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T23:00:00Z", "2026-11-21T02:00:00Z", |_| {});
    kit.work(2, 2, "2026-11-21T01:00:00Z", "2026-11-21T03:00:00Z", |_| {});
    let of = |selection: Selection| rates_of(&kit, &selection).hours.own_secs;
    let first = of(Selection::period(DayRange::day(day("2026-11-20"))));
    let second = of(Selection::period(DayRange::day(day("2026-11-21"))));
    assert_eq!((first, second), (3 * 3600, 3600));
    assert_eq!(of(all()), 4 * 3600);
}

#[test]
fn both_clock_changes_count_real_hours() {
    // Source: IANA tzdata, Europe/Berlin: forward on Sun 29 Mar 2026, back on Sun 25 Oct 2026.
    let mut kit = Kit::new();
    let berlin = |session: &mut crate::domain::session::Session| {
        session.zone = chrono_tz::Europe::Berlin;
    };
    kit.work(1, 1, "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z", berlin);
    kit.work(2, 1, "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z", berlin);
    let work = kit.of();
    let on = |date: &str| {
        let selection = Selection::period(DayRange::day(day(date)));
        let rates = rates(&work, &selection, at(NOW));
        (rates.hours.own_secs, rates.recorded)
    };
    assert_eq!(on("2026-03-29"), (2 * 3600, dec("50")));
    assert_eq!(
        on("2026-10-25"),
        (4 * 3600, dec("100")),
        "its day is Berlin's"
    );
}

#[test]
fn a_missing_exchange_rate_is_named_and_leaves_its_steps_without_a_figure() {
    let mut kit = eleven_hours();
    kit.work(
        3,
        2,
        "2026-11-21T08:00:00Z",
        "2026-11-21T09:00:00Z",
        |session| {
            session.own_price = Some(Money::new(9.into(), Currency::GBP));
        },
    );
    let without = rates_of(&kit, &all());
    assert_eq!(without.money(Step::Recorded), None);
    assert_eq!(without.per_hour(Step::AllHours), None);
    assert_eq!(
        without.per_hour(Step::Advertised),
        Some(dec("25")),
        "needs none"
    );
    let missing: BTreeSet<MissingRate> = without.missing.iter().map(|(_, rate)| *rate).collect();
    let expected = MissingRate {
        from: Currency::GBP,
        to: Currency::USD,
        on: day("2026-11-21"),
    };
    assert_eq!(missing, BTreeSet::from([expected]));
    let other = rates_of(&kit, &all().platform(PlatformId(1)));
    assert_eq!(other.money(Step::Recorded), Some(dec("162.5")));

    kit.rate(1, Currency::GBP, "2026-11-19", "1.30");
    let with = rates_of(&kit, &all());
    assert_eq!(with.money(Step::Recorded), Some(dec("174.2")));
    assert!(with.missing.is_empty());
}

#[test]
fn accepted_follows_credited_time_and_the_states_of_earnings() {
    let mut kit = Kit::new();
    // Source: design.md, "The words": Outlier credited 1 h 40 m of 1 h 48 m, −$3.33.
    kit.work(
        1,
        1,
        "2026-11-20T09:14:00Z",
        "2026-11-20T11:02:00Z",
        |session| {
            session.credited_secs = Some(100 * 60);
        },
    );
    let credited = rates_of(&kit, &all());
    assert_eq!(credited.recorded, dec("45"));
    assert_eq!(
        (credited.accepted - credited.recorded).round_dp(2),
        dec("-3.33")
    );

    let two = kit.work(2, 1, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", |_| {});
    let three = kit.work(3, 1, "2026-11-20T13:00:00Z", "2026-11-20T16:00:00Z", |_| {});
    let earning = kit.earning(1, "100", &[two, three]);
    kit.edit_earning(earning, |earning| {
        earning.states = state(EarningState::Approved(Some(usd("80"))));
    });
    let work = kit.of();
    let row = |id| row_of(&work, SessionId(id), at(NOW)).unwrap();
    assert_eq!(row(2).worth.recorded, dec("25"));
    assert_eq!(row(2).worth.accepted, dec("20"));
    assert_eq!(row(3).worth.accepted, dec("60"));
    assert_eq!(row(3).value, Some(usd("60")));
    assert_eq!(
        row(3).standing,
        Standing::Open(Some(EarningState::Approved(Some(usd("80")))))
    );
    kit.edit_earning(earning, |earning| {
        earning.states = state(EarningState::Rejected)
    });
    let work = kit.of();
    let row = row_of(&work, SessionId(2), at(NOW)).unwrap();
    assert_eq!(row.worth.recorded, dec("25"));
    assert_eq!(
        (row.worth.accepted, row.worth.received),
        (dec("0"), dec("0"))
    );
    assert_eq!(row.standing, Standing::Rejected);
}

#[test]
fn a_covered_session_without_a_price_has_its_share_by_own_time() {
    let mut kit = Kit::new();
    kit.terms(1, 1, Currency::USD, Pay::BySession);
    let one = kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    let two = kit.work(2, 1, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    let unpriced = rates_of(&kit, &all());
    assert_eq!(
        (unpriced.recorded, unpriced.unpriced_secs),
        (dec("0"), 3 * 3600)
    );
    kit.earning(1, "10", &[one, two]);
    let work = kit.of();
    let recorded = |id| row_of(&work, id, at(NOW)).unwrap().worth.recorded;
    assert_eq!(recorded(one).round_dp(2), dec("3.33"));
    assert_eq!(
        recorded(one) + recorded(two),
        dec("10"),
        "shares sum to the amount"
    );
    assert_eq!(rates(&work, &all(), at(NOW)).unpriced_secs, 0);
}

#[test]
fn a_session_that_two_windows_share_counts_its_price_once() {
    let mut kit = Kit::new();
    let cut = kit.work(1, 1, "2026-11-16T22:00:00Z", "2026-11-17T02:00:00Z", |_| {});
    let other = kit.work(2, 1, "2026-11-15T10:00:00Z", "2026-11-15T12:00:00Z", |_| {});
    // Two hours of the first session fall into the next window and are an earning of their own.
    kit.earning(1, "100", &[cut, other]);
    kit.earning(2, "50", &[cut]);
    let work = kit.of();
    let row = row_of(&work, cut, at(NOW)).unwrap();
    assert_eq!(
        (row.worth.recorded, row.worth.accepted),
        (dec("100"), dec("100"))
    );
    let rates = rates(&work, &all(), at(NOW));
    assert_eq!((rates.recorded, rates.accepted), (dec("150"), dec("150")));
}

#[test]
fn received_is_what_arrived_and_what_is_open_is_expected_less_fees() {
    let mut kit = eleven_hours();
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    kit.edit_earning(earning, |earning| earning.platform_fee = Some(usd("16.25")));
    assert_eq!(rates_of(&kit, &all()).received, dec("146.25"), "expected");
    // Half is paid, and a payout fee was taken: the fact for this half, the expectation for the other.
    kit.payout(
        1,
        "81.25",
        Some(usd("70")),
        "2026-11-21",
        &[(earning, "81.25")],
    );
    let half = rates_of(&kit, &all());
    assert_eq!(half.received, dec("70") + dec("73.125"));
    assert_eq!(half.unsettled, dec("73.125"));
    assert_eq!(half.recorded, dec("162.5"));
    kit.payout(
        2,
        "81.25",
        Some(usd("72")),
        "2026-11-21",
        &[(earning, "81.25")],
    );
    let paid = rates_of(&kit, &all());
    assert_eq!((paid.received, paid.unsettled), (dec("142"), dec("0")));
    let work = kit.of();
    let row = row_of(&work, SessionId(1), at(NOW)).unwrap();
    assert_eq!(row.standing, Standing::Paid);
}

#[test]
fn received_money_converts_at_the_rate_of_its_own_day() {
    let mut kit = eleven_hours();
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    let pounds = Money::new(120.into(), Currency::GBP);
    kit.payout(
        1,
        "162.50",
        Some(pounds),
        "2026-11-21",
        &[(earning, "162.50")],
    );
    let without = rates_of(&kit, &all());
    assert_eq!(without.money(Step::Accepted), Some(dec("162.5")));
    assert_eq!(without.earned(), None, "the rate of the day is missing");
    kit.rate(1, Currency::GBP, "2026-11-20", "1.40");
    kit.rate(2, Currency::GBP, "2026-11-21", "1.30");
    assert_eq!(rates_of(&kit, &all()).earned(), Some(dec("156")));
}

#[test]
fn a_payout_is_shared_by_amount_and_a_surplus_keeps_its_own_share() {
    let mut kit = Kit::new();
    let one = kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    let two = kit.work(2, 1, "2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z", |_| {});
    let first = kit.earning(1, "25", &[one]);
    let second = kit.earning(2, "75", &[two]);
    // Source: worked by hand: 125 gross, 5 fee; 25/125 and 75/125 of 120.
    let settles = [(first, "25"), (second, "75")];
    kit.payout(1, "125", Some(usd("120")), "2026-11-21", &settles);
    let work = kit.of();
    let received = |id| row_of(&work, id, at(NOW)).unwrap().worth.received;
    assert_eq!((received(one), received(two)), (dec("24"), dec("72")));
}

#[test]
fn expected_fees_come_from_the_project_and_count_for_open_work_only() {
    let mut kit = eleven_hours();
    let mut project = (**kit.book.project(ProjectId(1)).unwrap()).clone();
    project.platform_fee_percent = Some(10.into());
    kit.put(project);
    let open = rates_of(&kit, &all());
    assert_eq!(
        (open.accepted, open.received),
        (dec("162.5"), dec("146.25"))
    );
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    kit.payout(
        1,
        "162.50",
        Some(usd("162.50")),
        "2026-11-21",
        &[(earning, "162.50")],
    );
    assert_eq!(
        rates_of(&kit, &all()).received,
        dec("162.5"),
        "a fact stays a fact"
    );
}

#[test]
fn a_bonus_is_shared_over_the_work_that_it_rewards() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-21T08:00:00Z", "2026-11-21T11:00:00Z", |_| {});
    kit.work(3, 2, "2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z", |_| {});
    let bonus = kit.earning(1, "40", &[]);
    kit.edit_earning(bonus, |bonus| {
        bonus.worked = DayRange::new(day("2026-11-20"), day("2026-11-21"));
    });
    let work = kit.of();
    let on = |date: &str| {
        let selection = Selection::period(DayRange::day(day(date)));
        rates(&work, &selection, at(NOW)).recorded
    };
    assert_eq!(on("2026-11-20"), dec("25") + dec("10"));
    assert_eq!(on("2026-11-21"), dec("75") + dec("30") + dec("25"));
    assert_eq!(rates(&work, &all(), at(NOW)).recorded, dec("165"));
    let found = rows(&work, &all(), at(NOW));
    let added: Vec<&WorkRow> = found
        .iter()
        .filter(|row| matches!(row.row, Row::Earning(_)))
        .collect();
    assert_eq!(added.len(), 1, "one row for it, whatever it is shared over");
    assert_eq!(added.first().unwrap().worth.recorded, dec("40"));
}

#[test]
fn a_bonus_without_sessions_stands_on_its_first_day_and_opening_money_nowhere() {
    let mut kit = Kit::new();
    let bonus = kit.earning(1, "40", &[]);
    kit.edit_earning(bonus, |bonus| {
        bonus.worked = DayRange::new(day("2026-11-10"), day("2026-11-12"));
    });
    let opening = kit.earning(2, "500", &[]);
    kit.edit_earning(opening, |opening| opening.kind = EarningKind::Opening);
    let days = day_totals(&kit.of(), &all(), at(NOW));
    assert_eq!(days.len(), 1);
    let only = days.first().unwrap();
    assert_eq!(
        (only.day, only.rates.recorded),
        (day("2026-11-10"), dec("40"))
    );
    assert_eq!(only.earnings, [EarningId(1)]);
    assert!(only.sessions.is_empty());
    assert_eq!(only.rates.per_hour(Step::Recorded), None, "no hours");
}

#[test]
fn days_that_an_earning_covers_have_no_estimate() {
    let mut kit = eleven_hours();
    let earning = kit.earning(1, "150", &[]);
    kit.edit_earning(earning, |earning| {
        earning.kind = EarningKind::Work;
        earning.covers = Covers::Days {
            project: ProjectId(1),
            days: DayRange::day(day("2026-11-20")),
        };
    });
    let rates = rates_of(&kit, &all());
    assert_eq!((rates.recorded, rates.accepted), (dec("162.5"), dec("150")));
    assert_eq!(rates.hours.own_secs, 11 * 3600);
}

#[test]
fn milestone_terms_leave_time_unpriced_until_a_milestone_is_recorded() {
    let mut kit = Kit::new();
    kit.terms(1, 1, Currency::USD, Pay::Milestones(Vec::new()));
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T12:00:00Z", |_| {});
    assert_eq!(rates_of(&kit, &all()).unpriced_secs, 4 * 3600);
    let milestone = kit.earning(1, "200", &[]);
    kit.edit_earning(milestone, |earning| earning.kind = EarningKind::Milestone);
    let open = rates_of(&kit, &all());
    assert_eq!((open.recorded, open.unpriced_secs), (dec("200"), 0));
    assert!(rates_of(&kit, &all().settled()).is_empty());
    kit.payout(
        1,
        "200",
        Some(usd("190")),
        "2026-11-21",
        &[(milestone, "200")],
    );
    let settled = rates_of(&kit, &all().settled());
    assert_eq!(settled.per_hour(Step::Received), Some(dec("47.5")));
}

#[test]
fn settled_only_leaves_unsettled_work_out_of_money_and_hours_and_keeps_unpaid_time() {
    let mut kit = eleven_hours();
    kit.work(3, 1, "2026-11-21T08:00:00Z", "2026-11-21T12:00:00Z", |_| {});
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    kit.payout(
        1,
        "162.50",
        Some(usd("160")),
        "2026-11-21",
        &[(earning, "162.50")],
    );
    let settled = rates_of(&kit, &all().settled());
    assert_eq!(settled.hours.own_secs, 11 * 3600);
    assert_eq!(
        (settled.recorded, settled.received),
        (dec("162.5"), dec("160"))
    );
    assert_eq!(settled.unsettled, dec("0"));
    assert_eq!(rates_of(&kit, &all()).hours.own_secs, 15 * 3600);
}

/// Settled earnings of an hour each, of which the platform paid $20, and an hour that is still open.
fn learned(settled: u64) -> Kit {
    let mut kit = Kit::new();
    for n in 1..=settled {
        let from = format!("2026-10-{n:02}T08:00:00Z");
        let until = format!("2026-10-{n:02}T09:00:00Z");
        let session = kit.work(n, 1, &from, &until, |_| {});
        let earning = kit.earning(n, "25", &[session]);
        kit.payout(n, "25", Some(usd("20")), "2026-11-01", &[(earning, "25")]);
    }
    kit.work(
        99,
        1,
        "2026-11-20T08:00:00Z",
        "2026-11-20T09:00:00Z",
        |_| {},
    );
    kit.work(
        98,
        2,
        "2026-11-20T09:00:00Z",
        "2026-11-20T10:00:00Z",
        |_| {},
    );
    kit
}

#[test]
fn from_twenty_settled_items_on_open_work_counts_at_the_settled_share_of_its_project() {
    let open = Selection::period(DayRange::day(day("2026-11-20")));
    let nineteen = rates_of(&learned(19), &open);
    assert_eq!(nineteen.received, dec("50"));
    let twenty = rates_of(&learned(20), &open);
    assert_eq!(
        twenty.received,
        dec("20") + dec("25"),
        "only its own project"
    );
    assert_eq!((twenty.accepted, twenty.unsettled), (dec("50"), dec("45")));
    let all = rates_of(&learned(20), &all());
    assert_eq!(all.received, dec("400") + dec("45"));
}

#[test]
fn the_settled_share_never_gives_more_than_was_accepted() {
    let mut kit = learned(20);
    let earning = kit.earning(50, "25", &[SessionId(99)]);
    kit.edit_earning(earning, |earning| {
        earning.states = state(EarningState::Approved(Some(usd("10"))));
    });
    let open = Selection::period(DayRange::day(day("2026-11-20"))).platform(PlatformId(1));
    assert_eq!(rates_of(&kit, &open).received, dec("10"));
}

#[test]
fn nothing_is_set_aside_twice_where_tax_was_withheld() {
    let mut kit = eleven_hours();
    kit.settings(|settings| settings.set_aside_percent = Some(20.into()));
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    kit.payout(
        1,
        "162.50",
        Some(usd("130")),
        "2026-11-21",
        &[(earning, "162.50")],
    );
    assert_eq!(
        rates_of(&kit, &all()).money(Step::AfterTax),
        Some(dec("104"))
    );
    let mut payout: Payout = (**kit.book.payouts().next().unwrap()).clone();
    payout.tax_withheld = Some(usd("32.50"));
    kit.put(payout);
    assert_eq!(
        rates_of(&kit, &all()).money(Step::AfterTax),
        Some(dec("130"))
    );

    let mut employed = eleven_hours();
    employed.settings(|settings| settings.set_aside_percent = Some(20.into()));
    let mut platform = (**employed.book.platform(PlatformId(1)).unwrap()).clone();
    platform.kind = PlatformKind::Employer;
    employed.put(platform);
    assert_eq!(
        rates_of(&employed, &all()).money(Step::AfterTax),
        Some(dec("162.5"))
    );
}

#[test]
fn time_without_a_platform_counts_in_the_overall_rate_only() {
    let mut kit = eleven_hours();
    kit.work(
        3,
        1,
        "2026-11-21T08:00:00Z",
        "2026-11-21T09:00:00Z",
        |session| {
            session.project = None;
            session.activity = crate::domain::session::Activity::Learning;
            session.paid = false;
        },
    );
    assert_eq!(rates_of(&kit, &all()).hours.own_secs, 12 * 3600);
    assert_eq!(
        since_joining(&kit.of(), PlatformId(1), at(NOW))
            .hours
            .own_secs,
        11 * 3600
    );
    let by_type = side_by_side(&kit.of(), &all(), GroupBy::TaskType, at(NOW));
    let secs: Vec<i64> = by_type
        .iter()
        .map(|(_, side)| side.hours.own_secs)
        .collect();
    assert_eq!(secs, [11 * 3600]);
}

#[test]
fn platforms_stand_by_their_rate_over_all_hours_and_those_without_one_last() {
    let mut kit = eleven_hours();
    kit.work(3, 2, "2026-11-20T20:00:00Z", "2026-11-20T21:00:00Z", |_| {});
    let sides = side_by_side(&kit.of(), &all(), GroupBy::Platform, at(NOW));
    let groups: Vec<&Group> = sides.iter().map(|(group, _)| group).collect();
    let platform = |n| Group::Platform(PlatformId(n));
    assert_eq!(groups, [&platform(2), &platform(1)]);
    kit.work(
        4,
        2,
        "2026-11-21T20:00:00Z",
        "2026-11-21T21:00:00Z",
        |session| {
            session.own_price = Some(Money::new(9.into(), Currency::GBP));
        },
    );
    let sides = side_by_side(&kit.of(), &all(), GroupBy::Project, at(NOW));
    let groups: Vec<&Group> = sides.iter().map(|(group, _)| group).collect();
    let project = |n| Group::Project(ProjectId(n));
    assert_eq!(groups, [&project(1), &project(2)], "a rate is missing");
}

#[test]
fn a_running_session_is_valued_on_top_to_the_second() {
    let mut kit = Kit::new();
    kit.put(session(1, "2026-11-22T12:00:00Z", None));
    let ended = kit.work(2, 1, "2026-11-22T08:00:00Z", "2026-11-22T09:00:00Z", |_| {});
    let bonus = kit.earning(1, "30", &[]);
    kit.edit_earning(bonus, |bonus| {
        bonus.worked = DayRange::day(day("2026-11-22"))
    });
    let work = kit.of();
    let at_one = rates(&work, &all(), at("2026-11-22T13:00:00Z"));
    assert_eq!(
        (at_one.recorded, at_one.hours.own_secs),
        (dec("80"), 2 * 3600)
    );
    let at_two = rates(&work, &all(), at("2026-11-22T14:00:00.7Z"));
    assert_eq!(
        (at_two.recorded, at_two.hours.own_secs),
        (dec("105"), 3 * 3600)
    );
    let today = Selection::period(DayRange::day(day("2026-11-22")));
    assert_eq!(
        hours(&work, &today, at("2026-11-22T14:00:00Z")).own_secs,
        3 * 3600
    );
    // The bonus is shared anew: a third of the time has a third of it.
    let found = rows(&work, &all(), at("2026-11-22T14:00:00Z"));
    assert_eq!(found.len(), 3);
    assert_eq!(
        row_of(&work, ended, at(NOW)).unwrap().worth.recorded,
        dec("25")
    );
}

#[test]
fn a_task_type_of_the_project_stands_for_sessions_without_one() {
    let mut kit = eleven_hours();
    let mut project = (**kit.book.project(ProjectId(1)).unwrap()).clone();
    project.usual_task_type = Some("rating".into());
    kit.put(project);
    kit.work(
        3,
        1,
        "2026-11-21T08:00:00Z",
        "2026-11-21T09:00:00Z",
        |session| {
            session.task_type = Some("writing".into());
        },
    );
    let of = |task_type| rates_of(&kit, &all().task_type(task_type)).hours.own_secs;
    assert_eq!(
        (of("rating"), of("writing"), of("other")),
        (11 * 3600, 3600, 0)
    );
}

#[test]
fn periods_are_the_users_days() {
    let sunday = day("2026-11-22");
    let days = |period: Period| period.days(sunday, chrono::Weekday::Mon);
    let range = |first: &str, last: &str| DayRange::new(day(first), day(last));
    assert_eq!(days(Period::Today), DayRange::day(sunday));
    assert_eq!(days(Period::ThisWeek), range("2026-11-16", "2026-11-22"));
    // Source: look.md, the Rates picture: the weeks of 26 Oct to 16 Nov, on Sun 22 Nov.
    assert_eq!(days(Period::Last4Weeks), range("2026-10-26", "2026-11-22"));
    assert_eq!(days(Period::ThisMonth), range("2026-11-01", "2026-11-30"));
    assert_eq!(days(Period::LastMonth), range("2026-10-01", "2026-10-31"));
    assert_eq!(days(Period::ThisYear), range("2026-01-01", "2026-12-31"));
    assert_eq!(days(Period::All), DayRange::all());
    let week = week_of(sunday, chrono::Weekday::Sun);
    assert_eq!(week, range("2026-11-22", "2026-11-28"));
}

/// A random Book: sessions in all shapes, some under earnings, some of these paid.
fn any_book() -> impl Strategy<Value = Kit> {
    let session = (0u32..40_000, 1u32..900, 1u64..4, 0u8..6, 0u8..5);
    let earning = (0usize..30, 1u32..9_999, 0u8..4, 0u32..9_999);
    (
        proptest::collection::vec(session, 1..30),
        proptest::collection::vec(earning, 0..8),
    )
        .prop_map(|(sessions, earnings)| {
            let mut kit = Kit::new();
            kit.rate(1, Currency::GBP, "2026-11-10", "1.3173");
            let start = at("2026-11-01T00:00:00Z");
            let count = sessions.len();
            for (n, (minute, length, project, shape, pound)) in sessions.into_iter().enumerate() {
                let from = start + chrono::TimeDelta::minutes(minute.into());
                let until = from + chrono::TimeDelta::seconds(i64::from(length) * 17);
                let mut one = session_at(n as u64 + 1, from, until);
                one.project = (project < 3).then_some(ProjectId(project));
                one.paid = shape != 0;
                one.own_price = (pound == 0).then(|| Money::new(3.into(), Currency::GBP));
                one.declared_secs = (shape == 1).then_some(1234);
                one.ended_at = one.ended_at.filter(|_| shape != 2);
                kit.put(one);
            }
            for (n, (of, cents, kind, paid)) in earnings.into_iter().enumerate() {
                let amount = Decimal::new(cents.into(), 2).to_string();
                let named: Vec<SessionId> = (of..count.min(of + 3))
                    .map(|at| SessionId(at as u64 + 1))
                    .collect();
                let covers = if kind == 0 { &[][..] } else { &named };
                let id = kit.earning(n as u64 + 1, &amount, covers);
                if kind == 2 {
                    kit.edit_earning(id, |earning| {
                        earning.covers = Covers::Days {
                            project: ProjectId(1),
                            days: DayRange::new(day("2026-11-03"), day("2026-11-09")),
                        };
                    });
                }
                if kind != 3 {
                    let received = Money::new(Decimal::new(paid.into(), 2), Currency::USD);
                    kit.payout(
                        n as u64 + 1,
                        &amount,
                        Some(received),
                        "2026-11-12",
                        &[(id, &amount)],
                    );
                }
            }
            kit
        })
}

fn session_at(id: u64, from: Timestamp, until: Timestamp) -> crate::domain::session::Session {
    let mut one = session(id, NOW, None);
    one.started_at = from;
    one.ended_at = Some(until);
    one
}

fn summed(parts: impl IntoIterator<Item = Rates>) -> (Hours, Decimal, Decimal, Decimal, usize) {
    let mut sum = (
        Hours::default(),
        Decimal::ZERO,
        Decimal::ZERO,
        Decimal::ZERO,
        0,
    );
    for rates in parts {
        sum.0.own_secs += rates.hours.own_secs;
        sum.0.paid_secs += rates.hours.paid_secs;
        sum.1 += rates.recorded;
        sum.2 += rates.accepted;
        sum.3 += rates.received;
        sum.4 += rates.sessions;
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn days_weeks_months_and_rows_sum_to_their_figures(
        kit in any_book(),
        settled_only in proptest::bool::ANY,
    ) {
        let work = kit.of();
        let now = at("2026-11-30T00:00:00Z");
        let mut selection = all();
        selection.settled_only = settled_only;
        let whole = rates(&work, &selection, now);
        let total = summed([whole.clone()]);
        let days = day_totals(&work, &selection, now);
        prop_assert_eq!(summed(days.into_iter().map(|day| day.rates)), total);
        let weeks = by_week(&work, &selection, now);
        // Weeks asked for one by one are the same weeks.
        for (range, week) in &weeks {
            let alone = Selection { days: *range, ..selection.clone() };
            prop_assert_eq!(&rates(&work, &alone, now), week);
        }
        prop_assert_eq!(summed(weeks.into_iter().map(|(_, rates)| rates)), total);
        let months = by_month(&work, &selection, now);
        prop_assert_eq!(summed(months.into_iter().map(|(_, rates)| rates)), total);

        let rows = rows(&work, &selection, now);
        let mut worth = Worth::default();
        for row in &rows {
            worth.add(&row.worth);
        }
        prop_assert_eq!(worth.recorded, whole.recorded);
        prop_assert_eq!(worth.accepted, whole.accepted);
        prop_assert_eq!(worth.received, whole.received);
        prop_assert_eq!(worth.unsettled, whole.unsettled);
        prop_assert_eq!(rows.iter().map(|row| row.own_secs).sum::<i64>(), whole.hours.own_secs);
        prop_assert_eq!(rows.iter().map(|row| row.paid_secs).sum::<i64>(), whole.hours.paid_secs);
        prop_assert!(whole.hours.paid_secs <= whole.hours.own_secs);
        prop_assert_eq!(hours(&work, &selection, now), whole.hours);
    }

    #[test]
    fn platforms_side_by_side_are_each_platform_alone(kit in any_book()) {
        let work = kit.of();
        let now = at("2026-11-30T00:00:00Z");
        for (group, side) in side_by_side(&work, &all(), GroupBy::Platform, now) {
            let Group::Platform(platform) = group else { continue };
            prop_assert_eq!(side, rates(&work, &all().platform(platform), now));
        }
    }
}
