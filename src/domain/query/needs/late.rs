//! Money past its latest day; where that day was only reported, or a lead, it is less of a need. Its name holds how late in classes, not in days: put aside, it comes up again after a week
//! and after a month, when there is something new to do, and not each morning.

use super::{Ground, Need, Needs, Severity, What, key_name};
use crate::domain::money::Money;
use crate::domain::query::calendar::ExpectedKey;

pub(super) const KIND: &str = "late ";

/// From how many days on a late payout is said again though it was put aside: a week is when platforms' help pages ask
/// to write to them, a month when a payout is seldom merely slow.
const CLASSES: [i64; 2] = [7, 30];

/// Money past its latest day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// The expected payout.
    pub key: ExpectedKey,
    /// Days past the latest day, at least one.
    pub days: i64,
    /// Whether that day stands; otherwise the money is later than expected.
    pub surely: bool,
    /// What should have arrived, exact.
    pub net: Money,
    /// Whether any part is an estimate.
    pub estimate: bool,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    for expected in ground.calendar.expected.iter().filter(|expected| expected.late_days > 0) {
        if expected.gross.amount.is_zero() {
            continue;
        }
        let class = CLASSES.iter().filter(|from| expected.late_days >= **from).count();
        all.needs.push(Need {
            name: format!("{KIND}{} {class}", key_name(&expected.key)),
            severity: if expected.is_surely_late() { Severity::Bad } else { Severity::Warn },
            what: What::Late(Late {
                key: expected.key,
                days: expected.late_days,
                surely: expected.is_surely_late(),
                net: expected.net,
                estimate: expected.estimate,
            }),
        });
    }
}
