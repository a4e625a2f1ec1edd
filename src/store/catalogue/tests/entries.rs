//! Holds the catalogue against the collected pages, field by field.
//!
//! The table restates, platform by platform, which fields the pages state, and which of them only as a lead. What
//! stands in neither list nobody states: it must be empty. Source: the pages named in the files, read on 22 Nov 2026.

use std::collections::BTreeSet;

use super::{preset, read};
use crate::domain::fact::Standing;
use crate::domain::preset::FactTopic;

/// A platform a line: its name, the fields that are stated, those that are only a lead.
const ENTRIES: &str = "
Alignerr | work status kind pay time period when methods history regions | currency
Amazon Mechanical Turk | work status kind pay time review when minimum rejected history |
Braintrust | work status kind time cut-off when methods fee currency history |
Claru | status kind when minimum |
Clickworker | work status kind pay time period review when methods minimum currency history tax |
CloudResearch Connect | work status kind pay time review when methods minimum fee currency | rejected
CrowdGen | work status kind pay time period cut-off review when methods minimum payout-fee currency rejected history regions tax |
DataAnnotation | work status kind pay time period review when methods currency rejected history regions |
Fiverr | work status kind time review when methods minimum fee payout-fee currency rejected |
Freelancer.com | work status kind time when methods minimum fee payout-fee currency rejected history |
Gini Talent | work status kind time period when methods minimum currency |
Handshake AI | work status kind pay time period when methods currency rejected regions tax |
Hive | | work status kind
iMerit | work kind | status
Invisible Technologies | work status kind pay |
LinkedIn Annotation Studio | status kind time review when rejected |
Mercor | work status kind pay time period cut-off review when methods minimum currency rejected history tax |
micro1 | work status kind period review when methods |
Mindrift | work status kind pay time review methods rejected regions |
Neevo | work status kind time review methods rejected |
OneForma | work status kind time period cut-off when methods minimum currency |
OpenTrain AI | work status kind time period review when methods currency rejected history tax |
Outlier | work status kind pay time period review when currency rejected history regions | methods
Prolific | work status kind pay time period review when methods minimum payout-fee currency rejected regions |
Remotasks | work status kind pay time rejected regions |
Respondent | work status kind pay time review when methods fee currency history | rejected
Rev | work kind pay time period when methods fee currency | status
RWS TrainAI | | work status kind
Sama | work kind | status
Spare5 | kind period when | status
Stellar AI | | work status
SuperAnnotate | work status kind pay time period when methods | currency
Surge AI | | work status kind
TELUS Digital AI Community | work status kind pay time period cut-off when rejected |
Toloka | work status kind pay time review when methods minimum fee currency rejected |
TranscribeMe | work status kind time cut-off review when methods minimum payout-fee currency rejected |
Turing | work status kind time period when payout-fee |
UHRS | work status kind time period review when methods rejected |
Upwork | work status kind pay time period cut-off review when methods fee payout-fee currency rejected history |
Userlytics | status kind review when methods |
UserTesting | work status kind pay time review when methods minimum currency rejected history tax |
Welocalize | work status kind pay time cut-off rejected |
";

/// The fields of an entry, by the words of the table.
const FIELDS: [(&str, FactTopic); 18] = [
    ("work", FactTopic::Work),
    ("status", FactTopic::Status),
    ("kind", FactTopic::PayKind),
    ("pay", FactTopic::AdvertisedPay),
    ("time", FactTopic::TimeCredited),
    ("period", FactTopic::PayPeriod),
    ("cut-off", FactTopic::CutOff),
    ("review", FactTopic::Review),
    ("when", FactTopic::WhenPaid),
    ("methods", FactTopic::Methods),
    ("minimum", FactTopic::Minimum),
    ("fee", FactTopic::PlatformFee),
    ("payout-fee", FactTopic::PayoutFee),
    ("currency", FactTopic::Currency),
    ("rejected", FactTopic::RejectedWork),
    ("history", FactTopic::History),
    ("regions", FactTopic::Regions),
    ("tax", FactTopic::Tax),
];

/// A line of the table, read.
struct Entry {
    name: &'static str,
    stated: BTreeSet<FactTopic>,
    leads: BTreeSet<FactTopic>,
}

fn entries() -> Vec<Entry> {
    let topics = |words: &str| -> BTreeSet<FactTopic> {
        let topic = |word| FIELDS.iter().find(|(known, _)| *known == word).map(|(_, topic)| *topic);
        words
            .split_whitespace()
            .map(|word| topic(word).unwrap_or_else(|| panic!("no field is called {word}")))
            .collect()
    };
    let lines = ENTRIES.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let parts: Vec<&'static str> = line.split('|').map(str::trim).collect();
            let [name, stated, leads] = parts.as_slice() else { panic!("three parts: {line}") };
            Entry { name, stated: topics(stated), leads: topics(leads) }
        })
        .collect()
}

#[test]
fn each_platform_of_the_collected_pages_has_an_entry_and_no_other_has() {
    let listed: Vec<&str> = entries().iter().map(|entry| entry.name).collect();
    let there: Vec<String> = read().unwrap().into_iter().map(|preset| preset.name).collect();
    assert_eq!(there, listed, "by name, as the catalogue comes");
    // Scale AI pays nobody itself: it is found under the sites through which it does.
    for (owner, sites) in [("Scale AI", ["Outlier", "Remotasks"])] {
        for site in sites {
            assert!(preset(site).also.iter().any(|name| name == owner), "{site}");
        }
    }
}

#[test]
fn each_stated_field_has_a_fact_and_fields_that_nobody_states_are_empty() {
    for Entry { name, stated, leads } in entries() {
        let preset = preset(name);
        for (_, topic) in FIELDS {
            let standings: Vec<Standing> = preset.facts_of(topic).map(|fact| fact.provenance.standing).collect();
            if stated.contains(&topic) {
                let known = standings.iter().any(|standing| *standing != Standing::Unverified);
                assert!(known, "{name}: {topic:?} is stated");
            } else if leads.contains(&topic) {
                assert_eq!(standings, [Standing::Unverified], "{name}: {topic:?} is only a lead");
            } else {
                assert!(standings.is_empty(), "{name}: nobody states {topic:?}");
            }
        }
        assert!(stated.is_disjoint(&leads), "{name}");
    }
}
