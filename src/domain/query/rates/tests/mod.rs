//! Rates of small Books that can be checked by hand: hours, steps, groups; money and sums in files of their own.

mod exchange;
mod money;
mod sums;

use std::collections::BTreeSet;

use super::*;
use crate::domain::earning::{Covers, DatedState, EarningKind, EarningState};
use crate::domain::ids::{EarningId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::payout::Payout;
use crate::domain::platform::PlatformKind;
use crate::domain::query::hours::{Period, day_totals, week_of};
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
    vec![DatedState { on: day("2026-11-21"), state }]
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
    for step in [Step::Advertised, Step::Recorded, Step::Accepted, Step::Received] {
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
    assert_eq!(of(2).own_secs, 3 * 3600, "sessions of one platform count fully");
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
    assert_eq!(on("2026-10-25"), (4 * 3600, dec("100")), "its day is Berlin's");
}

#[test]
fn a_missing_exchange_rate_is_named_and_leaves_its_steps_without_a_figure() {
    let mut kit = eleven_hours();
    kit.work(3, 2, "2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z", |session| {
        session.own_price = Some(Money::new(9.into(), Currency::GBP));
    });
    let without = rates_of(&kit, &all());
    assert_eq!(without.money(Step::Recorded), None);
    assert_eq!(without.per_hour(Step::AllHours), None);
    assert_eq!(without.per_hour(Step::Advertised), Some(dec("25")), "needs none");
    let missing: BTreeSet<MissingRate> = without.missing.iter().map(|(_, rate)| *rate).collect();
    let expected = MissingRate { from: Currency::GBP, to: Currency::USD, on: day("2026-11-21") };
    assert_eq!(missing, BTreeSet::from([expected]));
    let other = rates_of(&kit, &all().platform(PlatformId(1)));
    assert_eq!(other.money(Step::Recorded), Some(dec("162.5")));

    kit.rate(1, Currency::GBP, "2026-11-19", "1.30");
    let with = rates_of(&kit, &all());
    assert_eq!(with.money(Step::Recorded), Some(dec("174.2")));
    assert!(with.missing.is_empty());
}

#[test]
fn time_without_a_platform_counts_in_the_overall_rate_only() {
    let mut kit = eleven_hours();
    kit.work(3, 1, "2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z", |session| {
        session.project = None;
        session.activity = crate::domain::session::Activity::Learning;
        session.paid = false;
    });
    assert_eq!(rates_of(&kit, &all()).hours.own_secs, 12 * 3600);
    assert_eq!(since_joining(&kit.of(), PlatformId(1), at(NOW)).hours.own_secs, 11 * 3600);
    let by_type = side_by_side(&kit.of(), &all(), GroupBy::TaskType, at(NOW));
    let secs: Vec<i64> = by_type.iter().map(|(_, side)| side.hours.own_secs).collect();
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
    kit.work(4, 2, "2026-11-21T20:00:00Z", "2026-11-21T21:00:00Z", |session| {
        session.own_price = Some(Money::new(9.into(), Currency::GBP));
    });
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
        bonus.worked = DayRange::day(day("2026-11-22"));
    });
    let work = kit.of();
    let at_one = rates(&work, &all(), at("2026-11-22T13:00:00Z"));
    assert_eq!((at_one.recorded, at_one.hours.own_secs), (dec("80"), 2 * 3600));
    let at_two = rates(&work, &all(), at("2026-11-22T14:00:00.7Z"));
    assert_eq!((at_two.recorded, at_two.hours.own_secs), (dec("105"), 3 * 3600));
    let today = Selection::period(DayRange::day(day("2026-11-22")));
    assert_eq!(rates(&work, &today, at("2026-11-22T14:00:00Z")).hours.own_secs, 3 * 3600);
    // The bonus is shared anew: a third of the time has a third of it.
    let found = rows(&work, &all(), at("2026-11-22T14:00:00Z"));
    assert_eq!(found.len(), 3);
    assert_eq!(row_of(&work, ended, at(NOW)).unwrap().worth.recorded, dec("25"));
}

#[test]
fn a_task_type_of_the_project_stands_for_sessions_without_one() {
    let mut kit = eleven_hours();
    let mut project = (**kit.book.project(ProjectId(1)).unwrap()).clone();
    project.usual_task_type = Some("rating".into());
    kit.put(project);
    kit.work(3, 1, "2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z", |session| {
        session.task_type = Some("writing".into());
    });
    let of = |task_type| rates_of(&kit, &all().task_type(task_type)).hours.own_secs;
    assert_eq!((of("rating"), of("writing"), of("other")), (11 * 3600, 3600, 0));
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
    assert_eq!(days(Period::ThisQuarter), range("2026-10-01", "2026-12-31"));
    assert_eq!(days(Period::ThisYear), range("2026-01-01", "2026-12-31"));
    assert_eq!(days(Period::All), DayRange::all());
    let week = week_of(sunday, chrono::Weekday::Sun);
    assert_eq!(week, range("2026-11-22", "2026-11-28"));
}
