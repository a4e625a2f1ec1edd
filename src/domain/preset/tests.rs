//! What fills a form, what is only offered, and what is copied.

use rust_decimal::Decimal;

use super::*;
use crate::domain::platform::{Platform, Stage};
use crate::domain::route::Route;
use crate::domain::schedule::{EarningShape, Modifiers, Schedule};
use crate::domain::terms::Range;

fn said(standing: Standing) -> Provenance {
    Provenance {
        standing,
        source: "a page".to_owned(),
        checked_on: Some("2026-11-22".parse().unwrap()),
        taken_by_user: false,
    }
}

fn schedule(standing: Standing, only_for: Option<&str>) -> PresetSchedule {
    PresetSchedule {
        rule: Rule {
            earning: EarningShape::OwnDate { on: None, repeat: None },
            release: None,
            modifiers: Modifiers::default(),
        },
        words: "when it comes".to_owned(),
        assumed: Some("zone not stated, UTC taken".to_owned()),
        question: None,
        only_for: only_for.map(str::to_owned),
        only_by: None,
        extra_in: None,
        valid_from: None,
        valid_until: None,
        provenance: said(standing),
    }
}

fn route(name: &str, standing: Standing) -> PresetRoute {
    PresetRoute {
        name: name.to_owned(),
        steps: vec![RouteStep { to: name.to_owned(), transit: None, fee: None }],
        minimum: None,
        ceiling: None,
        yearly_ceiling: None,
        provenance: said(standing),
    }
}

fn fact(topic: FactTopic, figure: Option<Figure>, conflict: Option<&str>) -> Fact {
    Fact {
        topic,
        text: "Maps".to_owned(),
        figure,
        conflict: conflict.map(str::to_owned),
        valid_from: None,
        valid_until: None,
        provenance: said(Standing::Reported),
    }
}

fn preset() -> Preset {
    Preset {
        name: "Acme".to_owned(),
        also: vec!["Bolt Works".to_owned()],
        badge: "AC".to_owned(),
        hue_hint: 3,
        kind: PlatformKind::Contractor,
        pays: vec![PayKind::PerHour],
        currencies: Vec::new(),
        status: PresetStatus::Open,
        needs_tracker: true,
        facts: vec![fact(FactTopic::Work, None, None)],
        schedules: vec![
            schedule(Standing::Unverified, None),
            schedule(Standing::Reported, None),
            schedule(Standing::Documented, Some("milestones")),
        ],
        routes: vec![route("PayPal", Standing::Documented), route("Bank", Standing::Unverified)],
    }
}

fn add(preset: &Preset, schedules: &[usize], routes: &[usize]) -> (Platform, Vec<Schedule>, Vec<Route>) {
    let mut last = 0;
    let wish = Wish {
        stage: Stage::Active,
        from: "2026-11-22".parse().unwrap(),
        currency_if_unknown: Currency::EUR,
        country: None,
        taken_schedules: schedules,
        taken_routes: routes,
    };
    instantiate(preset, &wish, &mut || {
        last += 1;
        last
    })
}

#[test]
fn known_facts_fill_the_form_and_offers_stay_off() {
    let (platform, schedules, routes) = add(&preset(), &[], &[]);
    assert_eq!(platform.preset.as_deref(), Some("Acme"));
    assert_eq!((platform.hue, platform.needs_tracker, platform.currency), (3, true, Currency::EUR));
    assert_eq!(platform.stages.len(), 1);
    assert_eq!(schedules.len(), 1);
    assert_eq!(schedules[0].provenance.standing, Standing::Reported);
    assert!(!schedules[0].provenance.taken_by_user);
    assert_eq!(schedules[0].provenance.source, "a page; zone not stated, UTC taken");
    assert_eq!(routes.iter().map(|route| route.name.as_str()).collect::<Vec<_>>(), ["PayPal"]);
    assert_eq!(platform.default_route, Some(routes[0].id));
}

#[test]
fn a_taken_offer_stands_in_place_of_the_default_and_is_marked() {
    let (platform, schedules, routes) = add(&preset(), &[0], &[1]);
    assert_eq!(schedules.len(), 1);
    assert_eq!(schedules[0].provenance.standing, Standing::Unverified);
    assert!(schedules[0].provenance.taken_by_user);
    assert_eq!(routes.len(), 2);
    assert_eq!(platform.default_route, None, "two routes: the user says which");
}

#[test]
fn positions_that_name_no_offer_change_nothing() {
    assert_eq!(add(&preset(), &[1, 2, 99], &[99]), add(&preset(), &[], &[]));
}

#[test]
fn every_record_gets_an_id_of_its_own() {
    let (platform, schedules, routes) = add(&preset(), &[0], &[1]);
    let mut ids = vec![platform.id.0];
    ids.extend(schedules.iter().map(|schedule| schedule.id.0));
    ids.extend(routes.iter().map(|route| route.id.0));
    assert_eq!(ids, [1, 2, 3, 4]);
    assert!(schedules.iter().all(|schedule| schedule.platform == platform.id));
    assert!(routes.iter().all(|route| route.platform == Some(platform.id)));
}

#[test]
fn the_currency_is_the_stated_one_before_the_advertised_one() {
    let mut preset = preset();
    assert_eq!(preset.currency(), None);
    let range = Range { low: Decimal::from(15), high: Decimal::from(50) };
    let figure = Figure::PerHour { range, or_more: false, currency: Currency::USD };
    preset.facts.push(fact(FactTopic::AdvertisedPay, Some(figure), None));
    assert_eq!(preset.currency(), Some(Currency::USD));
    preset.currencies = vec![Currency::GBP, Currency::USD];
    assert_eq!(preset.currency(), Some(Currency::GBP));
}

#[test]
fn contradicting_facts_stand_together() {
    let mut preset = preset();
    for word in [Some("fee"), None, Some("alone"), Some("fee")] {
        preset.facts.push(fact(FactTopic::PlatformFee, None, word));
    }
    let sizes: Vec<usize> = preset.conflicts().iter().map(Vec::len).collect();
    assert_eq!(sizes, [2]);
}

#[test]
fn a_search_finds_names_owners_and_work_in_any_case() {
    for (search, found) in [("acm", true), ("BOLT", true), (" maps ", true), ("", true), ("zebra", false)] {
        assert_eq!(preset().matches(search), found, "{search}");
    }
}

#[test]
fn a_rule_for_one_route_is_copied_with_it_and_days_of_a_country_are_added() {
    let mut preset = preset();
    let by_bank = PresetSchedule { only_by: Some("PayPal".to_owned()), ..schedule(Standing::Documented, None) };
    let nowhere = PresetSchedule { only_by: Some("Bank".to_owned()), ..schedule(Standing::Documented, None) };
    preset.schedules.extend([by_bank, nowhere]);
    for schedule in &mut preset.schedules {
        schedule.extra_in = Some(("US".to_owned(), 1));
    }
    let (_, schedules, routes) = add(&preset, &[], &[]);
    let of: Vec<_> = schedules.iter().map(|schedule| schedule.route).collect();
    assert_eq!(of, [None, Some(routes[0].id)], "the bank's rule is left out with the bank");
    assert!(schedules.iter().all(|schedule| schedule.rule.modifiers.extra_business_days == 0));
    let days = |country| preset.schedules[0].rule_in(country).modifiers.extra_business_days;
    assert_eq!((days(None), days(Some("KE")), days(Some("US"))), (0, 0, 1));
    // Taken instead of the default, an offer leaves the rules of single routes as they are.
    assert_eq!(add(&preset, &[0], &[1]).1.len(), 3);
}
