//! What sources say of a platform, by topic: each fact with its standing, source and last-checked day.

use egui::{RichText, Ui};

use super::super::super::theme;
use super::super::super::view::names;
use crate::domain::fact::Standing;
use crate::domain::preset::{Fact, FactTopic, Preset};

/// A topic in words.
fn topic(topic: FactTopic) -> &'static str {
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

/// Where a fact comes from, in a line: "documented · checked 22 Nov 2026 · docs.prolific.com".
fn origin(fact: &Fact) -> String {
    let mut words = vec![names::provenance(&fact.provenance)];
    if !fact.provenance.source.is_empty() {
        words.push(fact.provenance.source.clone());
    }
    if fact.conflict.is_some() {
        words.push("sources differ".to_owned());
    }
    words.join(" · ")
}

/// Draws the facts, one under the other.
pub(super) fn ui(ui: &mut Ui, preset: &Preset) {
    const TOPIC_WIDTH: f32 = 120.0;
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = tokens.sizes.gap_xs;
    for known in FactTopic::ALL {
        for (at, fact) in preset.facts_of(known).enumerate() {
            ui.horizontal_top(|ui| {
                let width = ui.available_width() - TOPIC_WIDTH - tokens.sizes.gap_s;
                ui.allocate_ui(egui::vec2(TOPIC_WIDTH, 0.0), |ui| {
                    ui.set_width(TOPIC_WIDTH);
                    if at == 0 {
                        ui.label(RichText::new(topic(known)).small().color(tokens.muted));
                    }
                });
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add(egui::Label::new(fact.text.as_str()).wrap());
                    let unsure = fact.provenance.standing == Standing::Unverified || fact.conflict.is_some();
                    let ink = if unsure { tokens.warn } else { tokens.muted };
                    ui.add(egui::Label::new(RichText::new(origin(fact)).small().color(ink)).wrap());
                });
            });
            ui.add_space(2.0);
        }
    }
}
