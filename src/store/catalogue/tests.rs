//! Reads the shipped catalogue whole and holds it against what the platforms' pages say.
//!
//! The tables below restate, platform by platform, which fields the collected pages state, which of those only as a
//! lead, and which nobody states: those must be empty. Source: the pages named in the files, read on 22 Nov 2026.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks for files in the folder that are not built in"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::{NaiveDate, Weekday};
use rust_decimal::Decimal;

use super::*;
use crate::domain::fact::{Provenance, Standing};
use crate::domain::money::{Currency, Money};
use crate::domain::platform::Stage;
use crate::domain::preset::{
    FactTopic, Figure, HistoryAccess, PayKind, Place, Places, PresetStatus, Wish, instantiate,
};
use crate::domain::schedule::{
    CutOffAction, Cycle, EarningShape, ItemEvent, Lag, PayDay, Precision, ReleaseShape, Review,
    Rule,
};

fn preset(name: &str) -> Preset {
    read()
        .unwrap()
        .into_iter()
        .find(|preset| preset.name == name)
        .unwrap()
}

fn default_rule(name: &str) -> Rule {
    let preset = preset(name);
    let rules: Vec<&Rule> = preset
        .default_schedules()
        .map(|schedule| &schedule.rule)
        .collect();
    assert_eq!(rules.len(), 1, "{name}");
    rules[0].clone()
}

fn provenances(preset: &Preset) -> impl Iterator<Item = &Provenance> {
    let facts = preset.facts.iter().map(|fact| &fact.provenance);
    let schedules = preset.schedules.iter().map(|schedule| &schedule.provenance);
    facts
        .chain(schedules)
        .chain(preset.routes.iter().map(|route| &route.provenance))
}

#[test]
fn the_catalogue_reads_whole_and_comes_by_name() {
    let names: Vec<String> = read()
        .unwrap()
        .into_iter()
        .map(|preset| preset.name)
        .collect();
    assert_eq!(
        names,
        [
            "Alignerr",
            "CrowdGen",
            "DataAnnotation",
            "Mindrift",
            "Outlier",
            "Prolific",
            "Remotasks",
            "Upwork"
        ]
    );
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/catalogue");
    let there: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let built_in: BTreeSet<String> = FILES.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(there, built_in);
}

#[test]
fn every_fact_has_a_source_a_day_and_a_standing_of_the_catalogue() {
    let latest: NaiveDate = "2026-11-22".parse().unwrap();
    for preset in read().unwrap() {
        assert!(!preset.facts.is_empty(), "{}", preset.name);
        for provenance in provenances(&preset) {
            let told = format!("{}: {}", preset.name, provenance.source);
            assert!(!provenance.source.is_empty(), "{told}");
            assert!(
                provenance.checked_on.is_some_and(|day| day <= latest),
                "{told}"
            );
            assert_ne!(provenance.standing, Standing::Own, "{told}");
            assert!(!provenance.taken_by_user, "{told}");
        }
    }
}

#[test]
fn badges_and_names_are_unique_and_hues_exist() {
    let presets = read().unwrap();
    let badges: BTreeSet<&str> = presets.iter().map(|preset| preset.badge.as_str()).collect();
    let names: BTreeSet<String> = presets
        .iter()
        .map(|preset| preset.name.to_lowercase())
        .collect();
    assert_eq!((badges.len(), names.len()), (presets.len(), presets.len()));
    for preset in &presets {
        assert_eq!(
            preset
                .badge
                .chars()
                .filter(char::is_ascii_uppercase)
                .count(),
            2,
            "{}",
            preset.name
        );
        assert!(
            preset.hue_hint < 8,
            "{}: the theme has eight hues",
            preset.name
        );
    }
}

#[test]
fn what_fills_a_form_is_never_unverified_and_what_is_offered_asks() {
    for preset in read().unwrap() {
        for schedule in preset.default_schedules() {
            assert_ne!(
                schedule.provenance.standing,
                Standing::Unverified,
                "{}",
                preset.name
            );
            assert_eq!(schedule.question, None, "{}", preset.name);
        }
        for (_, offer) in preset.offers() {
            assert_eq!(
                offer.provenance.standing,
                Standing::Unverified,
                "{}",
                preset.name
            );
            assert!(
                offer
                    .question
                    .as_ref()
                    .is_some_and(|question| question.ends_with('?')),
                "{}",
                preset.name
            );
        }
        assert!(
            preset.default_schedules().count() <= 1,
            "{}: which of several would hold?",
            preset.name
        );
        for route in &preset.routes {
            assert!(!route.steps.is_empty(), "{}: {}", preset.name, route.name);
        }
    }
}

#[test]
fn what_the_machine_is_told_stands_in_a_fact_too() {
    for preset in read().unwrap() {
        let known = |topic| {
            preset
                .facts_of(topic)
                .any(|fact| fact.provenance.standing != Standing::Unverified)
        };
        for topic in [FactTopic::Work, FactTopic::Status, FactTopic::PayKind] {
            assert!(known(topic), "{}: {topic:?}", preset.name);
        }
        assert!(!preset.pays.is_empty(), "{}", preset.name);
        assert_eq!(
            known(FactTopic::Currency),
            !preset.currencies.is_empty(),
            "{}",
            preset.name
        );
        assert!(
            !preset.needs_tracker || known(FactTopic::TimeCredited),
            "{}",
            preset.name
        );
        assert!(
            preset.default_schedules().count() == 0 || known(FactTopic::WhenPaid),
            "{}",
            preset.name
        );
        assert!(
            preset.default_routes().count() == 0 || known(FactTopic::Methods),
            "{}",
            preset.name
        );
        let has_minimum = preset
            .schedules
            .iter()
            .any(|schedule| schedule.rule.modifiers.minimum.is_some());
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
        let marked = preset
            .facts
            .iter()
            .filter(|fact| fact.conflict.is_some())
            .count();
        let groups = preset.conflicts();
        assert_eq!(
            groups.iter().map(Vec::len).sum::<usize>(),
            marked,
            "{}: a conflict with one side",
            preset.name
        );
        for group in groups {
            assert!(
                group.iter().all(|fact| fact.topic == group[0].topic),
                "{}: {}",
                preset.name,
                group[0].text
            );
        }
    }
}

/// What the collected pages say of one platform, by topic.
struct Entry {
    name: &'static str,
    /// Stated by the platform or reported.
    stated: &'static [FactTopic],
    /// Only a lead.
    leads: &'static [FactTopic],
    /// Said by nobody.
    unstated: &'static [FactTopic],
}

const ENTRIES: [Entry; 8] = {
    use FactTopic::*;
    [
        Entry {
            name: "Alignerr",
            stated: &[
                AdvertisedPay,
                TimeCredited,
                PayPeriod,
                WhenPaid,
                Methods,
                History,
                Regions,
            ],
            leads: &[Currency],
            unstated: &[
                CutOff,
                Review,
                Minimum,
                PlatformFee,
                PayoutFee,
                RejectedWork,
                Tax,
            ],
        },
        Entry {
            name: "CrowdGen",
            stated: &[
                AdvertisedPay,
                TimeCredited,
                PayPeriod,
                CutOff,
                Review,
                WhenPaid,
                Methods,
                Minimum,
                PayoutFee,
                Currency,
                RejectedWork,
                History,
                Regions,
                Tax,
            ],
            leads: &[],
            unstated: &[PlatformFee],
        },
        Entry {
            name: "DataAnnotation",
            stated: &[
                AdvertisedPay,
                TimeCredited,
                PayPeriod,
                Review,
                WhenPaid,
                Methods,
                Currency,
                RejectedWork,
                Regions,
            ],
            leads: &[],
            unstated: &[CutOff, Minimum, PlatformFee, PayoutFee, History, Tax],
        },
        Entry {
            name: "Mindrift",
            stated: &[
                AdvertisedPay,
                TimeCredited,
                Review,
                Methods,
                RejectedWork,
                Regions,
            ],
            leads: &[],
            unstated: &[
                PayPeriod,
                CutOff,
                WhenPaid,
                Minimum,
                PlatformFee,
                PayoutFee,
                Currency,
                History,
                Tax,
            ],
        },
        Entry {
            name: "Outlier",
            stated: &[
                AdvertisedPay,
                TimeCredited,
                PayPeriod,
                Review,
                WhenPaid,
                Currency,
                RejectedWork,
                Regions,
            ],
            leads: &[Methods],
            unstated: &[CutOff, Minimum, PlatformFee, PayoutFee, History, Tax],
        },
        Entry {
            name: "Prolific",
            stated: &[
                AdvertisedPay,
                TimeCredited,
                PayPeriod,
                Review,
                WhenPaid,
                Methods,
                Minimum,
                PayoutFee,
                Currency,
                RejectedWork,
                Regions,
            ],
            leads: &[],
            unstated: &[CutOff, PlatformFee, History, Tax],
        },
        Entry {
            name: "Remotasks",
            stated: &[AdvertisedPay, TimeCredited, RejectedWork, Regions],
            leads: &[],
            unstated: &[
                PayPeriod,
                CutOff,
                Review,
                WhenPaid,
                Methods,
                Minimum,
                PlatformFee,
                PayoutFee,
                Currency,
                History,
                Tax,
            ],
        },
        Entry {
            name: "Upwork",
            stated: &[
                AdvertisedPay,
                TimeCredited,
                PayPeriod,
                CutOff,
                Review,
                WhenPaid,
                Methods,
                PlatformFee,
                PayoutFee,
                Currency,
                RejectedWork,
                History,
            ],
            leads: &[],
            unstated: &[Minimum, Regions, Tax],
        },
    ]
};

#[test]
fn each_stated_field_has_a_fact_and_fields_that_nobody_states_are_empty() {
    for Entry {
        name,
        stated,
        leads,
        unstated,
    } in ENTRIES
    {
        let preset = preset(name);
        let standings = |topic: FactTopic| -> Vec<Standing> {
            preset
                .facts_of(topic)
                .map(|fact| fact.provenance.standing)
                .collect()
        };
        for topic in stated {
            let known = standings(*topic)
                .iter()
                .any(|standing| *standing != Standing::Unverified);
            assert!(known, "{name}: {topic:?} is stated");
        }
        for topic in leads {
            assert_eq!(
                standings(*topic),
                [Standing::Unverified],
                "{name}: {topic:?} is only a lead"
            );
        }
        for topic in unstated {
            assert!(
                standings(*topic).is_empty(),
                "{name}: nobody states {topic:?}"
            );
        }
        // The 15 fields of a platform's entry beside its name, work and status, each in one of the lists.
        let listed: BTreeSet<FactTopic> = stated
            .iter()
            .chain(leads)
            .chain(unstated)
            .copied()
            .collect();
        assert_eq!(
            listed.len(),
            stated.len() + leads.len() + unstated.len(),
            "{name}"
        );
        assert_eq!(listed.len(), 15, "{name}");
    }
}

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
            taken_schedules: taken,
            taken_routes: &[],
        };
        instantiate(&outlier, &wish, &mut || {
            last += 1;
            last
        })
    };
    let (platform, schedules, routes) = add(&[]);
    assert_eq!(
        (platform.currency, platform.badge.as_str()),
        (Currency::USD, "OU")
    );
    assert!(schedules.is_empty() && routes.is_empty());

    let (_, schedules, _) = add(&offers);
    assert_eq!(schedules.len(), 1);
    assert!(schedules[0].provenance.taken_by_user);
    assert_eq!(schedules[0].provenance.standing, Standing::Unverified);
    let EarningShape::PeriodBatch {
        cycle,
        zone,
        pay_day,
        ..
    } = &schedules[0].rule.earning
    else {
        panic!("a period batch was expected")
    };
    assert_eq!(
        *cycle,
        Cycle::Weeks {
            every: 1,
            starts: Weekday::Tue,
            anchor: None
        }
    );
    assert_eq!(*zone, chrono_tz::UTC);
    // Week of 10–16 Nov 2026: the 17th or the 24th.
    let expected = PayDay::Weekday {
        weekday: Weekday::Tue,
        weeks_later_min: 0,
        weeks_later_max: 1,
    };
    assert_eq!(*pay_day, expected);
}

#[test]
fn dataannotation_matures_in_seven_and_three_days_and_is_drawn_every_72_hours() {
    let rule = default_rule("DataAnnotation");
    let EarningShape::ItemClock {
        event,
        lag,
        per_task_lag,
        ..
    } = rule.earning
    else {
        panic!("an item clock")
    };
    assert_eq!(
        (event, lag, per_task_lag),
        (ItemEvent::Submitted, Lag::days(7, 7), Some(Lag::days(3, 3)))
    );
    assert_eq!(
        rule.release,
        Some(ReleaseShape::OnDemand {
            cooldown_hours: Some(72),
            balance_ceiling: None
        })
    );
    assert_eq!(preset("DataAnnotation").default_routes().count(), 1);
}

#[test]
fn prolific_is_approved_within_21_days_and_drawn_from_five_pounds() {
    let prolific = preset("Prolific");
    assert_eq!(prolific.currencies, [Currency::GBP, Currency::USD]);
    assert_eq!(prolific.pays.first(), Some(&PayKind::BySession));
    assert!(prolific.advertised().is_empty());
    let rule = default_rule("Prolific");
    let EarningShape::ItemClock { event, lag, .. } = rule.earning else {
        panic!("an item clock")
    };
    assert_eq!((event, lag), (ItemEvent::Submitted, Lag::days(0, 0)));
    // Handed in on 2 Nov 2026, by itself on the 23rd at the latest: 21 days later.
    assert_eq!(
        rule.modifiers.review,
        Some(Review {
            lag: Lag::days(1, 21),
            automatic: true
        })
    );
    assert_eq!(
        rule.modifiers.minimum,
        Some(Money::new(Decimal::from(5), Currency::GBP))
    );
    assert_eq!(
        rule.release,
        Some(ReleaseShape::OnDemand {
            cooldown_hours: Some(24),
            balance_ceiling: None
        })
    );
}

#[test]
fn upwork_clears_ten_days_after_the_week_and_has_no_fee_of_its_own() {
    let rule = default_rule("Upwork");
    let EarningShape::PeriodBatch {
        cycle,
        zone,
        pay_day,
        ..
    } = rule.earning
    else {
        panic!("a period batch")
    };
    assert_eq!(
        cycle,
        Cycle::Weeks {
            every: 1,
            starts: Weekday::Mon,
            anchor: None
        }
    );
    assert_eq!(
        (zone, pay_day),
        (chrono_tz::UTC, PayDay::After(Lag::days(10, 10)))
    );
    let cut_off = rule.modifiers.cut_off.unwrap();
    assert_eq!(
        (cut_off.action, cut_off.days_after),
        (CutOffAction::Report, 1)
    );
    assert_eq!(cut_off.at, chrono::NaiveTime::from_hms_opt(11, 59, 0));
    assert_eq!(rule.modifiers.platform_fee, None);

    let upwork = preset("Upwork");
    let fees: Vec<&str> = upwork.conflicts()[0]
        .iter()
        .map(|fact| fact.text.as_str())
        .collect();
    assert_eq!(
        fees,
        [
            "A flat 10 %",
            "0–15 %, agreed for each contract, for contracts since 1 May 2025"
        ]
    );
    assert_eq!(upwork.history(), Some(HistoryAccess::Download));
    let only_for: Vec<Option<&str>> = upwork
        .project_schedules()
        .map(|(_, schedule)| schedule.only_for.as_deref())
        .collect();
    assert_eq!(only_for, [Some("milestones, bonuses and weekly payments")]);
}

#[test]
fn alignerr_pays_by_the_friday_after_and_says_that_its_zone_is_assumed() {
    let rule = default_rule("Alignerr");
    let EarningShape::PeriodBatch { cycle, pay_day, .. } = rule.earning else {
        panic!("a period batch")
    };
    assert_eq!(
        cycle,
        Cycle::Weeks {
            every: 1,
            starts: Weekday::Mon,
            anchor: None
        }
    );
    assert_eq!(
        pay_day,
        PayDay::Weekday {
            weekday: Weekday::Fri,
            weeks_later_min: 0,
            weeks_later_max: 0
        }
    );
    assert_eq!(rule.modifiers.precision, Precision::By);
    let alignerr = preset("Alignerr");
    assert!(alignerr.needs_tracker);
    assert!(
        alignerr
            .default_schedules()
            .all(|schedule| schedule.assumed.is_some())
    );
    // No page states its currency; the pay is advertised in dollars.
    assert_eq!(
        (alignerr.currencies.len(), alignerr.currency()),
        (0, Some(Currency::USD))
    );
    let (places, _) = alignerr.regions().next().unwrap();
    assert!(matches!(places, Places::Named(places) if places.contains(&Place::Europe)));
}

#[test]
fn crowdgen_pays_the_month_by_the_14th_and_names_its_tax_forms() {
    let rule = default_rule("CrowdGen");
    let EarningShape::PeriodBatch { cycle, pay_day, .. } = rule.earning else {
        panic!("a period batch")
    };
    assert_eq!(cycle, Cycle::Monthly { from_day: 1 });
    assert_eq!(
        pay_day,
        PayDay::DayOfMonth {
            from: 14,
            to: 14,
            months_later: 0
        }
    );
    assert_eq!(rule.modifiers.precision, Precision::By);
    let crowdgen = preset("CrowdGen");
    assert_eq!(
        crowdgen
            .tax_forms()
            .map(|(name, _)| name)
            .collect::<Vec<_>>(),
        ["W-9", "W-8BEN"]
    );
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
    let found: Vec<String> = read()
        .unwrap()
        .into_iter()
        .filter(|preset| preset.matches("scale ai"))
        .map(|preset| preset.name)
        .collect();
    assert_eq!(found, ["Outlier", "Remotasks"]);
}

/// A small sound file; line 8 holds the rule.
const SMALL: &str = r#"(
    name: "Acme", badge: "AC", hue: 0, kind: Contractor, pays: [PerHour], currencies: ["USD"], status: Open,
    needs_tracker: false,
    sources: [(
        source: "a page", standing: Reported, checked_on: "2026-11-22",
        schedules: [(
            words: "weekly",
            rule: (earning: PeriodBatch(cycle: Weeks(starts: Mon), zone: "UTC", pay_day: After(Calendar(3, 5)))),
        )],
    )],
)"#;

#[test]
fn a_slip_of_the_pen_is_told_with_file_line_and_column() {
    assert!(read_file("acme.ron", SMALL).is_ok());
    for (from, to, line, reason) in [
        (
            "\"UTC\"",
            "\"Mars/Crater\"",
            8,
            "“Mars/Crater” is no time zone",
        ),
        (
            "Calendar(3, 5)",
            "Calendar(5, 3)",
            8,
            "the range 5 to 3 is not in order",
        ),
        (
            "Weeks(starts: Mon)",
            "Monthly(from_day: 29)",
            8,
            "29 is not from 1 to 28",
        ),
        ("\"USD\"", "\"XYZ\"", 2, "“XYZ” is no ISO currency"),
        ("\"AC\"", "\"Acme\"", 2, "two capital letters"),
        ("2026-11-22", "2026-11-31", 5, "“2026-11-31” is no day"),
        ("\"a page\"", "\"\"", 5, "a text is empty"),
        ("Reported", "Own", 5, "Own"),
        ("words:", "wrods:", 7, "wrods"),
    ] {
        assert_eq!(SMALL.matches(from).count(), 1, "{from}");
        let error = read_file("acme.ron", &SMALL.replace(from, to)).unwrap_err();
        assert_eq!(
            (error.file, error.line),
            ("acme.ron", line),
            "{to}: {error}"
        );
        assert!(
            error.column > 1 && error.reason.contains(reason),
            "{to}: {error}"
        );
    }
}

#[test]
fn the_example_in_the_docs_can_be_read() {
    let docs = include_str!("../../../docs/catalogue.md");
    let example = docs
        .split("```ron\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let preset = read_file("catalogue.md", example).unwrap();
    assert_eq!(
        (preset.name.as_str(), preset.default_schedules().count()),
        ("Acme", 1)
    );
}
