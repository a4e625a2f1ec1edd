//! What earnings and payouts make of work: accepted, received, bonuses, settled work, tax.

use nonmax::NonMaxU32;

use super::*;

#[test]
fn accepted_follows_credited_time_and_the_states_of_earnings() {
    let mut kit = Kit::new();
    // Source: design.md, "The words": Outlier credited 1 h 40 m of 1 h 48 m, −$3.33.
    kit.work(1, 1, "2026-11-20T09:14:00Z", "2026-11-20T11:02:00Z", |session| {
        session.credited_secs = Some(100 * 60);
    });
    let credited = rates_of(&kit, &all());
    assert_eq!(credited.recorded, dec("45"));
    assert_eq!((credited.accepted - credited.recorded).round_dp(2), dec("-3.33"));

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
    assert_eq!(row(3).standing, Standing::Open(Some(EarningState::Approved(Some(usd("80"))))));
    kit.edit_earning(earning, |earning| {
        earning.states = state(EarningState::Rejected);
    });
    let work = kit.of();
    let row = row_of(&work, SessionId(2), at(NOW)).unwrap();
    assert_eq!(row.worth.recorded, dec("25"));
    assert_eq!((row.worth.accepted, row.worth.received), (dec("0"), dec("0")));
    assert_eq!(row.standing, Standing::Rejected);
}

#[test]
fn thirty_tasks_of_two_cents_in_five_minutes_are_7_15_an_hour() {
    // Source: 30 tasks at 0.02, 99.3 % accepted, in 5 minutes: 0.5958 of 0.60, times twelve.
    let mut kit = Kit::new();
    kit.terms(1, 1, Currency::USD, Pay::PerTask(dec("0.02")));
    let tasks =
        kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T08:05:00Z", |session| session.tasks = NonMaxU32::new(30));
    let earning = kit.earning(1, "0.60", &[tasks]);
    kit.edit_earning(earning, |earning| earning.states = state(EarningState::Approved(Some(usd("0.5958")))));
    let all = rates_of(&kit, &all());
    assert_eq!((all.recorded, all.accepted), (dec("0.60"), dec("0.5958")));
    assert_eq!(all.per_hour(Step::AllHours).map(|rate| rate.round_dp(2)), Some(dec("7.15")));
}

#[test]
fn credits_of_one_day_stand_for_its_sessions_together() {
    let mut kit = Kit::new();
    kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    kit.work(2, 1, "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    for (id, amount) in [(1, "12"), (2, "24"), (3, "4")] {
        kit.credit(id, amount, "2026-11-20");
    }
    let all_of = |kit: &Kit| rates_of(kit, &all());
    // Two hours at 25 are 50, of which 40 were credited: neither adds to the other.
    assert_eq!((all_of(&kit).recorded, all_of(&kit).accepted), (dec("50"), dec("40")));
    let work = kit.of();
    for id in [1, 2] {
        let row = row_of(&work, SessionId(id), at(NOW)).unwrap();
        assert_eq!((row.worth.recorded, row.worth.accepted), (dec("25"), dec("20")));
    }
    // A session that is named has an earning of its own; the day's stand for the other one.
    kit.earning(4, "30", &[SessionId(1)]);
    assert_eq!((all_of(&kit).recorded, all_of(&kit).accepted), (dec("50"), dec("70")));
    // Without a price the work is what was credited.
    kit.terms(1, 1, Currency::USD, Pay::BySession);
    assert_eq!((all_of(&kit).recorded, all_of(&kit).accepted), (dec("70"), dec("70")));
}

#[test]
fn a_covered_session_without_a_price_has_its_share_by_own_time() {
    let mut kit = Kit::new();
    kit.terms(1, 1, Currency::USD, Pay::BySession);
    let one = kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    let two = kit.work(2, 1, "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z", |_| {});
    let unpriced = rates_of(&kit, &all());
    assert_eq!((unpriced.recorded, unpriced.unpriced_secs), (dec("0"), 3 * 3600));
    kit.earning(1, "10", &[one, two]);
    let work = kit.of();
    let recorded = |id| row_of(&work, id, at(NOW)).unwrap().worth.recorded;
    assert_eq!(recorded(one).round_dp(2), dec("3.33"));
    assert_eq!(recorded(one) + recorded(two), dec("10"), "shares sum to the amount");
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
    assert_eq!((row.worth.recorded, row.worth.accepted), (dec("100"), dec("100")));
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
    kit.payout(1, "81.25", Some(usd("70")), "2026-11-21", &[(earning, "81.25")]);
    let half = rates_of(&kit, &all());
    assert_eq!(half.received, dec("70") + dec("73.125"));
    assert_eq!(half.unsettled, dec("73.125"));
    assert_eq!(half.recorded, dec("162.5"));
    kit.payout(2, "81.25", Some(usd("72")), "2026-11-21", &[(earning, "81.25")]);
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
    kit.payout(1, "162.50", Some(pounds), "2026-11-21", &[(earning, "162.50")]);
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
    assert_eq!((open.accepted, open.received), (dec("162.5"), dec("146.25")));
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    kit.payout(1, "162.50", Some(usd("162.50")), "2026-11-21", &[(earning, "162.50")]);
    assert_eq!(rates_of(&kit, &all()).received, dec("162.5"), "a fact stays a fact");
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
    let added: Vec<&WorkRow> = found.iter().filter(|row| matches!(row.row, Row::Earning(_))).collect();
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
    assert_eq!((only.day, only.rates.recorded), (day("2026-11-10"), dec("40")));
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
        earning.covers = Covers::Days { project: ProjectId(1), days: DayRange::day(day("2026-11-20")) };
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
    kit.payout(1, "200", Some(usd("190")), "2026-11-21", &[(milestone, "200")]);
    let settled = rates_of(&kit, &all().settled());
    assert_eq!(settled.per_hour(Step::Received), Some(dec("47.5")));
}

#[test]
fn settled_only_leaves_unsettled_work_out_of_money_and_hours_and_keeps_unpaid_time() {
    let mut kit = eleven_hours();
    kit.work(3, 1, "2026-11-21T08:00:00Z", "2026-11-21T12:00:00Z", |_| {});
    let earning = kit.earning(1, "162.50", &[SessionId(1)]);
    kit.payout(1, "162.50", Some(usd("160")), "2026-11-21", &[(earning, "162.50")]);
    let settled = rates_of(&kit, &all().settled());
    assert_eq!(settled.hours.own_secs, 11 * 3600);
    assert_eq!((settled.recorded, settled.received), (dec("162.5"), dec("160")));
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
    kit.work(99, 1, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", |_| {});
    kit.work(98, 2, "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", |_| {});
    kit
}

#[test]
fn from_twenty_settled_items_on_open_work_counts_at_the_settled_share_of_its_project() {
    let open = Selection::period(DayRange::day(day("2026-11-20")));
    let nineteen = rates_of(&learned(19), &open);
    assert_eq!(nineteen.received, dec("50"));
    let twenty = rates_of(&learned(20), &open);
    assert_eq!(twenty.received, dec("20") + dec("25"), "only its own project");
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
    kit.payout(1, "162.50", Some(usd("130")), "2026-11-21", &[(earning, "162.50")]);
    assert_eq!(rates_of(&kit, &all()).money(Step::AfterTax), Some(dec("104")));
    let mut payout: Payout = (**kit.book.payouts().next().unwrap()).clone();
    payout.tax_withheld = Some(usd("32.50"));
    kit.put(payout);
    assert_eq!(rates_of(&kit, &all()).money(Step::AfterTax), Some(dec("130")));

    let mut employed = eleven_hours();
    employed.settings(|settings| settings.set_aside_percent = Some(20.into()));
    let mut platform = (**employed.book.platform(PlatformId(1)).unwrap()).clone();
    platform.kind = PlatformKind::Employer;
    employed.put(platform);
    assert_eq!(rates_of(&employed, &all()).money(Step::AfterTax), Some(dec("162.5")));
}
