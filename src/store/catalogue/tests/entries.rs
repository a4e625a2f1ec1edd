//! Holds the catalogue against the collected pages, field by field.
//!
//! The table restates, platform by platform, which fields the pages state, which of those only as a lead, and which
//! nobody states: those must be empty. Source: the pages named in the files, read on 22 Nov 2026.

use std::collections::BTreeSet;

use super::preset;
use crate::domain::fact::Standing;
use crate::domain::preset::FactTopic;

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
            stated: &[AdvertisedPay, TimeCredited, PayPeriod, WhenPaid, Methods, History, Regions],
            leads: &[Currency],
            unstated: &[CutOff, Review, Minimum, PlatformFee, PayoutFee, RejectedWork, Tax],
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
            stated: &[AdvertisedPay, TimeCredited, Review, Methods, RejectedWork, Regions],
            leads: &[],
            unstated: &[PayPeriod, CutOff, WhenPaid, Minimum, PlatformFee, PayoutFee, Currency, History, Tax],
        },
        Entry {
            name: "Outlier",
            stated: &[AdvertisedPay, TimeCredited, PayPeriod, Review, WhenPaid, Currency, RejectedWork, Regions],
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
    for Entry { name, stated, leads, unstated } in ENTRIES {
        let preset = preset(name);
        let standings = |topic: FactTopic| -> Vec<Standing> {
            preset.facts_of(topic).map(|fact| fact.provenance.standing).collect()
        };
        for topic in stated {
            let known = standings(*topic).iter().any(|standing| *standing != Standing::Unverified);
            assert!(known, "{name}: {topic:?} is stated");
        }
        for topic in leads {
            assert_eq!(standings(*topic), [Standing::Unverified], "{name}: {topic:?} is only a lead");
        }
        for topic in unstated {
            assert!(standings(*topic).is_empty(), "{name}: nobody states {topic:?}");
        }
        // The 15 fields of a platform's entry beside its name, work and status, each in one of the lists.
        let listed: BTreeSet<FactTopic> = stated.iter().chain(leads).chain(unstated).copied().collect();
        assert_eq!(listed.len(), stated.len() + leads.len() + unstated.len(), "{name}");
        assert_eq!(listed.len(), 15, "{name}");
    }
}
