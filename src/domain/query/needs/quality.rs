//! A figure of the user's work that got worse on a platform that still owes money: work is rejected, and accounts are
//! closed, before the money is out. Its name holds the day of the fall, so that the next fall is told again.

use std::collections::BTreeSet;

use super::{Ground, Need, Needs, Severity, What};
use crate::domain::ids::PlatformId;
use crate::domain::platform::QualityMeasure;
use crate::domain::query::quality::{Falling, falling};

pub(super) const KIND: &str = "quality ";

/// A figure that got worse beside money that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FallingQuality {
    /// The platform.
    pub platform: PlatformId,
    /// What got worse, from what to what.
    pub fall: Falling,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    let owes = ground.calendar.expected.iter().filter(|expected| !expected.gross.amount.is_zero());
    let platforms: BTreeSet<PlatformId> = owes.map(|expected| expected.key.platform).collect();
    for platform in platforms {
        let Some(fall) = falling(ground.book, platform, ground.today) else { continue };
        let project = fall.project.map_or_else(|| "-".to_owned(), |id| id.to_string());
        all.needs.push(Need {
            name: format!("{KIND}{platform} {} {project} {}", measure_name(fall.measure), fall.on),
            severity: Severity::Warn,
            what: What::Quality(FallingQuality { platform, fall }),
        });
    }
}

fn measure_name(measure: QualityMeasure) -> &'static str {
    match measure {
        QualityMeasure::Score => "score",
        QualityMeasure::ErrorRate => "error-rate",
        QualityMeasure::Acceptance => "acceptance",
        QualityMeasure::HandlingTime => "handling-time",
        QualityMeasure::Warning => "warning",
    }
}
