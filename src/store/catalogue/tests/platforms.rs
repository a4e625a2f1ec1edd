//! Platforms one by one: the rule that each one gives, against its pages as read on 22 Nov 2026.

use chrono::{NaiveTime, Weekday};
use rust_decimal::Decimal;

use super::{default_rule, preset, read};
use crate::domain::fact::Standing;
use crate::domain::money::{Currency, Money};
use crate::domain::platform::Stage;
use crate::domain::preset::{HistoryAccess, PayKind, Place, Places, PresetStatus, Wish, instantiate};
use crate::domain::schedule::{
    CutOffAction, Cycle, EarningShape, ItemEvent, Lag, PayDay, Precision, ReleaseShape, Review,
};

#[test]
fn outlier_taken_gives_tuesday_weeks_and_untaken_gives_none() {
    let outlier = preset("Outlier");
    let offers: Vec<usize> = outlier.offers().map(|(at, _)| at).collect();
    assert_eq!(offers.len(), 1);
    let add = |taken: &[usize]| {
        let mut last = 0;
        let wish = Wish {
            stage: Stage::Active,
            from: "2026-11-22".parse().unwrap(),
            currency_if_unknown: Currency::EUR,
            country: None,
            taken_schedules: taken,
            taken_routes: &[],
        };
        instantiate(&outlier, &wish, &mut || {
            last += 1;
            last
        })
    };
    let (platform, schedules, routes) = add(&[]);
    assert_eq!((platform.currency, platform.badge.as_str()), (Currency::USD, "OU"));
    assert!(schedules.is_empty() && routes.is_empty());

    let (_, schedules, _) = add(&offers);
    assert_eq!(schedules.len(), 1);
    assert!(schedules[0].provenance.taken_by_user);
    assert_eq!(schedules[0].provenance.standing, Standing::Unverified);
    let EarningShape::PeriodBatch { cycle, zone, pay_day, .. } = &schedules[0].rule.earning else {
        panic!("a period batch was expected")
    };
    assert_eq!(*cycle, Cycle::Weeks { every: 1, starts: Weekday::Tue, anchor: None });
    assert_eq!(*zone, chrono_tz::UTC);
    // Week of 10–16 Nov 2026: the 17th or the 24th.
    let expected = PayDay::Weekday { weekday: Weekday::Tue, weeks_later_min: 0, weeks_later_max: 1 };
    assert_eq!(*pay_day, expected);
}

#[test]
fn dataannotation_matures_in_seven_and_three_days_and_is_drawn_every_72_hours() {
    let rule = default_rule("DataAnnotation");
    let EarningShape::ItemClock { event, lag, per_task_lag, .. } = rule.earning else { panic!("an item clock") };
    assert_eq!((event, lag, per_task_lag), (ItemEvent::Submitted, Lag::days(7, 7), Some(Lag::days(3, 3))));
    assert_eq!(rule.release, Some(ReleaseShape::OnDemand { cooldown_hours: Some(72), balance_ceiling: None }));
    assert_eq!(preset("DataAnnotation").default_routes().count(), 1);
}

#[test]
fn prolific_is_approved_within_21_days_and_drawn_from_five_pounds() {
    let prolific = preset("Prolific");
    assert_eq!(prolific.currencies, [Currency::GBP, Currency::USD]);
    assert_eq!(prolific.pays.first(), Some(&PayKind::BySession));
    assert!(prolific.advertised().is_empty());
    let rule = default_rule("Prolific");
    let EarningShape::ItemClock { event, lag, .. } = rule.earning else { panic!("an item clock") };
    assert_eq!((event, lag), (ItemEvent::Submitted, Lag::days(0, 0)));
    // Handed in on 2 Nov 2026, by itself on the 23rd at the latest: 21 days later.
    assert_eq!(rule.modifiers.review, Some(Review { lag: Lag::days(1, 21), automatic: true }));
    assert_eq!(rule.modifiers.minimum, Some(Money::new(Decimal::from(5), Currency::GBP)));
    assert_eq!(rule.release, Some(ReleaseShape::OnDemand { cooldown_hours: Some(24), balance_ceiling: None }));
}

#[test]
fn upwork_clears_ten_days_after_the_week_and_has_no_fee_of_its_own() {
    let rule = default_rule("Upwork");
    let EarningShape::PeriodBatch { cycle, zone, pay_day, .. } = rule.earning else { panic!("a period batch") };
    assert_eq!(cycle, Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None });
    assert_eq!((zone, pay_day), (chrono_tz::UTC, PayDay::After(Lag::days(10, 10))));
    let cut_off = rule.modifiers.cut_off.unwrap();
    assert_eq!((cut_off.action, cut_off.days_after), (CutOffAction::Approve, 1));
    assert_eq!(cut_off.at, NaiveTime::from_hms_opt(11, 59, 0));
    assert_eq!(rule.modifiers.platform_fee, None);

    let upwork = preset("Upwork");
    let fees: Vec<&str> = upwork.conflicts()[0].iter().map(|fact| fact.text.as_str()).collect();
    assert_eq!(fees, ["A flat 10 %", "0–15 %, agreed for each contract, for contracts since 1 May 2025"]);
    assert_eq!(upwork.history(), Some(HistoryAccess::Csv));
    let only_for: Vec<Option<&str>> =
        upwork.project_schedules().map(|(_, schedule)| schedule.only_for.as_deref()).collect();
    assert_eq!(only_for, [Some("milestones, bonuses and weekly payments")]);
}

#[test]
fn alignerr_pays_by_the_friday_after_and_says_that_its_zone_is_assumed() {
    let rule = default_rule("Alignerr");
    let EarningShape::PeriodBatch { cycle, pay_day, .. } = rule.earning else { panic!("a period batch") };
    assert_eq!(cycle, Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None });
    assert_eq!(pay_day, PayDay::Weekday { weekday: Weekday::Fri, weeks_later_min: 0, weeks_later_max: 0 });
    assert_eq!(rule.modifiers.precision, Precision::By);
    let alignerr = preset("Alignerr");
    assert!(alignerr.needs_tracker);
    assert!(alignerr.default_schedules().all(|schedule| schedule.assumed.is_some()));
    // No page states its currency; the pay is advertised in dollars.
    assert_eq!((alignerr.currencies.len(), alignerr.currency()), (0, Some(Currency::USD)));
    let (places, _) = alignerr.regions().next().unwrap();
    assert!(matches!(places, Places::Named(places) if places.contains(&Place::Europe)));
}

#[test]
fn crowdgen_pays_the_month_by_the_14th_and_names_its_tax_forms() {
    let rule = default_rule("CrowdGen");
    let EarningShape::PeriodBatch { cycle, pay_day, .. } = rule.earning else { panic!("a period batch") };
    assert_eq!(cycle, Cycle::Monthly { from_day: 1 });
    assert_eq!(pay_day, PayDay::DayOfMonth { from: 14, to: 14, months_later: 0 });
    assert_eq!(rule.modifiers.precision, Precision::By);
    let crowdgen = preset("CrowdGen");
    assert_eq!(crowdgen.tax_forms().map(|(name, _)| name).collect::<Vec<_>>(), ["W-9", "W-8BEN"]);
    assert!(crowdgen.matches("appen"));
}

#[test]
fn mindrift_and_remotasks_have_no_rule_at_all() {
    for name in ["Mindrift", "Remotasks"] {
        assert!(preset(name).schedules.is_empty(), "{name}");
    }
    assert_eq!(preset("Remotasks").status, PresetStatus::CheckStatus);
    assert!(preset("Remotasks").routes.is_empty());
}

#[test]
fn an_owner_finds_its_platforms() {
    let found: Vec<String> =
        read().unwrap().into_iter().filter(|preset| preset.matches("scale ai")).map(|preset| preset.name).collect();
    assert_eq!(found, ["Outlier", "Remotasks"]);
}
