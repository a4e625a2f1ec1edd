//! Reads the shipped catalogue whole: every source, day, standing, figure and conflict.
#![expect(clippy::disallowed_methods, reason = "a test looks for files in the folder that are not built in")]

mod entries;
mod examples;
mod files;
mod platforms;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::*;
use crate::domain::fact::{Provenance, Standing};
use crate::domain::platform::PlatformKind;
use crate::domain::preset::{FactTopic, Figure, PresetStatus};
use crate::domain::schedule::Rule;

fn preset(name: &str) -> Preset {
    read().unwrap().into_iter().find(|preset| preset.name == name).unwrap()
}

fn default_rule(name: &str) -> Rule {
    let preset = preset(name);
    let rules: Vec<&Rule> = preset.default_schedules().map(|schedule| &schedule.rule).collect();
    assert_eq!(rules.len(), 1, "{name}");
    rules[0].clone()
}

fn provenances(preset: &Preset) -> impl Iterator<Item = &Provenance> {
    let facts = preset.facts.iter().map(|fact| &fact.provenance);
    let schedules = preset.schedules.iter().map(|schedule| &schedule.provenance);
    facts.chain(schedules).chain(preset.routes.iter().map(|route| &route.provenance))
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/catalogue");
    let there: BTreeSet<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let built_in: BTreeSet<String> = FILES.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(there, built_in);
}

#[test]
fn every_fact_has_a_source_a_day_and_a_standing_of_the_catalogue() {
    let (first, latest): (NaiveDate, NaiveDate) = ("2020-01-01".parse().unwrap(), "2026-11-22".parse().unwrap());
    for preset in read().unwrap() {
        assert!(!preset.facts.is_empty(), "{}", preset.name);
        for provenance in provenances(&preset) {
            let told = format!("{}: {}", preset.name, provenance.source);
            assert!(!provenance.source.is_empty(), "{told}");
            assert!(provenance.checked_on.is_some_and(|day| first <= day && day <= latest), "{told}");
            for code in ["S0", "S1", "S2", "S3"] {
                let named = provenance.source.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == code);
                assert!(!named, "{told}: a reading is named as what it is");
            }
            assert_ne!(provenance.standing, Standing::Own, "{told}");
            assert!(!provenance.taken_by_user, "{told}");
        }
    }
}

#[test]
fn closed_platforms_say_why_and_pay_by_no_rule() {
    let closed: Vec<Preset> =
        read().unwrap().into_iter().filter(|preset| matches!(preset.status, PresetStatus::Closed { .. })).collect();
    assert_eq!(closed.iter().map(|preset| preset.name.as_str()).collect::<Vec<_>>(), ["Amazon Mechanical Turk"]);
    for preset in closed {
        let PresetStatus::Closed { on } = preset.status else { unreachable!() };
        let why = preset.status_fact().unwrap();
        assert_eq!((why.provenance.standing, why.valid_from), (Standing::Documented, Some(on)), "{}", preset.name);
        assert!(preset.schedules.is_empty() && preset.routes.is_empty(), "{}", preset.name);
    }
}

#[test]
fn every_advertised_hourly_range_is_a_figure_too() {
    // What the collected pages say by the hour, and how often; the rest is by study, by minute of audio, or no range.
    let figures: Vec<(String, usize)> = read()
        .unwrap()
        .into_iter()
        .map(|preset| (preset.name.clone(), preset.advertised().len()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let expected = [
        ("Alignerr", 1),
        ("Amazon Mechanical Turk", 2),
        ("Clickworker", 1),
        ("CloudResearch Connect", 1),
        ("CrowdGen", 2),
        ("DataAnnotation", 3),
        ("Handshake AI", 1),
        ("Mindrift", 1),
        ("Outlier", 3),
        ("Remotasks", 3),
        ("SuperAnnotate", 1),
        ("TELUS Digital AI Community", 1),
        ("Welocalize", 2),
    ];
    assert_eq!(figures, expected.map(|(name, count)| (name.to_owned(), count)));
}

#[test]
fn badges_and_names_are_unique_and_hues_exist() {
    let presets = read().unwrap();
    let badges: BTreeSet<&str> = presets.iter().map(|preset| preset.badge.as_str()).collect();
    let names: BTreeSet<String> = presets.iter().map(|preset| preset.name.to_lowercase()).collect();
    assert_eq!((badges.len(), names.len()), (presets.len(), presets.len()));
    for preset in &presets {
        assert_eq!(preset.badge.chars().filter(char::is_ascii_uppercase).count(), 2, "{}", preset.name);
        assert!(preset.hue_hint < 8, "{}: the theme has eight hues", preset.name);
        for other in &preset.also {
            assert!(!names.contains(&other.to_lowercase()), "{}: {other} is a platform of its own", preset.name);
        }
    }
}

#[test]
fn what_fills_a_form_is_never_unverified_and_what_is_offered_asks() {
    for preset in read().unwrap() {
        for schedule in preset.default_schedules() {
            assert_ne!(schedule.provenance.standing, Standing::Unverified, "{}", preset.name);
            assert_eq!(schedule.question, None, "{}", preset.name);
        }
        for (_, offer) in preset.offers() {
            assert_eq!(offer.provenance.standing, Standing::Unverified, "{}", preset.name);
            assert!(offer.question.as_ref().is_some_and(|question| question.ends_with('?')), "{}", preset.name);
        }
        assert!(preset.default_schedules().count() <= 1, "{}: which of several would hold?", preset.name);
        let routes: BTreeSet<&str> = preset.routes.iter().map(|route| route.name.as_str()).collect();
        assert_eq!(routes.len(), preset.routes.len(), "{}: two routes of one name", preset.name);
        for route in &preset.routes {
            assert!(!route.steps.is_empty(), "{}: {}", preset.name, route.name);
        }
        for schedule in &preset.schedules {
            let by = schedule.only_by.as_deref();
            assert!(by.is_none_or(|route| routes.contains(route)), "{}: no route {by:?}", preset.name);
        }
    }
}

#[test]
fn what_the_machine_is_told_stands_in_a_fact_too() {
    for preset in read().unwrap() {
        let known = |topic| preset.facts_of(topic).any(|fact| fact.provenance.standing != Standing::Unverified);
        assert!(preset.status_fact().is_some(), "{}: why is it {:?}?", preset.name, preset.status);
        // A salary is none of the ways by which work is priced.
        let salaried = preset.kind == PlatformKind::Employer;
        assert_eq!(!preset.pays.is_empty(), known(FactTopic::PayKind) && !salaried, "{}", preset.name);
        // “Many”, or “as the contract says”, names none.
        assert!(preset.currencies.is_empty() || known(FactTopic::Currency), "{}", preset.name);
        assert!(!preset.needs_tracker || known(FactTopic::TimeCredited), "{}", preset.name);
        assert!(preset.default_schedules().count() == 0 || known(FactTopic::WhenPaid), "{}", preset.name);
        assert!(preset.default_routes().count() == 0 || known(FactTopic::Methods), "{}", preset.name);
        let has_minimum = preset.schedules.iter().any(|schedule| schedule.rule.modifiers.minimum.is_some());
        assert!(!has_minimum || known(FactTopic::Minimum), "{}", preset.name);
    }
}

#[test]
fn figures_stand_under_their_topic_and_agree_with_their_words() {
    for preset in read().unwrap() {
        for fact in &preset.facts {
            let told = format!("{}: {}", preset.name, fact.text);
            let topic = match &fact.figure {
                None => continue,
                Some(Figure::PerHour { range, .. }) => {
                    for end in [range.low, range.high] {
                        assert!(fact.text.contains(&end.to_string()), "{told}: {end}");
                    }
                    FactTopic::AdvertisedPay
                }
                Some(Figure::Places(_)) => FactTopic::Regions,
                Some(Figure::TaxForm { name, .. }) => {
                    assert!(fact.text.contains(name.as_str()), "{told}");
                    FactTopic::Tax
                }
                Some(Figure::History(_)) => FactTopic::History,
            };
            assert_eq!(fact.topic, topic, "{told}");
        }
    }
}

#[test]
fn each_conflict_has_two_sides_on_one_topic() {
    for preset in read().unwrap() {
        let marked = preset.facts.iter().filter(|fact| fact.conflict.is_some()).count();
        let groups = preset.conflicts();
        assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), marked, "{}: a conflict with one side", preset.name);
        for group in groups {
            assert!(group.iter().all(|fact| fact.topic == group[0].topic), "{}: {}", preset.name, group[0].text);
        }
    }
}
