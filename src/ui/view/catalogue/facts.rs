//! What sources say of a platform, by topic: each fact with its standing, source and last-checked day.
//!
//! Facts that contradict each other stand together, whatever stood between them.

use super::super::names;
use crate::domain::fact::Standing;
use crate::domain::preset::{Fact, FactTopic, Preset};
use crate::ui::format::Style;

/// All that is said of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactBlock {
    /// "When paid".
    pub topic: &'static str,
    /// The facts in order.
    pub lines: Vec<FactLine>,
}

/// A fact, or several that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactLine {
    /// A fact by itself.
    One(FactWords),
    /// Sources differ.
    Differ(Vec<FactWords>),
}

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactWords {
    /// What the source says.
    pub text: String,
    /// "documented · checked 22 Nov 2026 · docs.prolific.com".
    pub origin: String,
    /// Whether it is only a lead.
    pub unsure: bool,
}

/// The facts of a preset by topic.
#[must_use]
pub fn facts(preset: &Preset, style: Style) -> Vec<FactBlock> {
    let block = |known: FactTopic| {
        let mut lines: Vec<FactLine> = Vec::new();
        let mut told: Vec<&str> = Vec::new();
        for fact in preset.facts_of(known) {
            match fact.conflict.as_deref() {
                None => lines.push(FactLine::One(words(fact, style))),
                Some(word) if told.contains(&word) => {}
                Some(word) => {
                    told.push(word);
                    let sides = preset.facts_of(known).filter(|other| other.conflict.as_deref() == Some(word));
                    lines.push(FactLine::Differ(sides.map(|side| words(side, style)).collect()));
                }
            }
        }
        FactBlock { topic: topic(known), lines }
    };
    FactTopic::ALL.into_iter().map(block).filter(|block| !block.lines.is_empty()).collect()
}

fn words(fact: &Fact, style: Style) -> FactWords {
    let mut origin = vec![names::provenance(&fact.provenance, style)];
    if !fact.provenance.source.is_empty() {
        origin.push(fact.provenance.source.clone());
    }
    FactWords {
        text: fact.text.clone(),
        origin: origin.join(" · "),
        unsure: fact.provenance.standing == Standing::Unverified,
    }
}

/// A topic in words.
const fn topic(topic: FactTopic) -> &'static str {
    match topic {
        FactTopic::Work => "Work",
        FactTopic::Status => "Status",
        FactTopic::PayKind => "Kind of pay",
        FactTopic::AdvertisedPay => "Advertised",
        FactTopic::TimeCredited => "Time that counts",
        FactTopic::PayPeriod => "Pay period",
        FactTopic::CutOff => "Cut-off",
        FactTopic::Review => "Review",
        FactTopic::WhenPaid => "When paid",
        FactTopic::Methods => "Ways of being paid",
        FactTopic::Minimum => "Minimum",
        FactTopic::PlatformFee => "Platform fee",
        FactTopic::PayoutFee => "Payout fee",
        FactTopic::Currency => "Currency",
        FactTopic::RejectedWork => "Rejected work",
        FactTopic::History => "History",
        FactTopic::Regions => "Regions",
        FactTopic::Tax => "Tax",
        FactTopic::Onboarding => "Tests, training",
        FactTopic::MissingPay => "Missing pay",
        FactTopic::Steadiness => "Steadiness",
    }
}
