//! Less was credited than promised: on a platform, over the last four weeks, more than a threshold. What is contested
//! already is left out. Its name holds how much in classes, so that one put aside comes up again when it has doubled.

use std::collections::BTreeMap;

use super::{Ground, Need, Needs, Severity, What};
use crate::domain::ids::PlatformId;
use crate::domain::money::{Currency, Money};
use crate::domain::query::agreement::disagreements;
use crate::domain::span::{DayRange, day_plus};
use rust_decimal::Decimal;

pub(super) const KIND: &str = "disagrees ";

/// How far back work is looked at: a ticket about older hours is seldom read.
const DAYS_BACK: i64 = 28;
/// From how many lost minutes on it is worth a ticket: an hour of work that was not paid.
const LEAST_SECS: i64 = 3600;

/// Less was credited than promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagrees {
    /// The platform.
    pub platform: PlatformId,
    /// Own seconds that were not credited.
    pub lost_secs: i64,
    /// What that is worth, in one currency; `None` where it is of several or not known.
    pub lost: Option<Money>,
    /// The days looked at.
    pub days: DayRange,
}

#[derive(Default)]
struct Sum {
    secs: i64,
    money: BTreeMap<Currency, Decimal>,
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    let days = DayRange::new(day_plus(ground.today, -DAYS_BACK), ground.today);
    let mut sums: BTreeMap<PlatformId, Sum> = BTreeMap::new();
    for one in disagreements(ground.work, days, ground.now).into_iter().filter(|one| !one.contested) {
        let sum = sums.entry(one.platform).or_default();
        sum.secs -= one.secs_by();
        if let Some(by) = one.money_by().filter(|_| one.credited_secs.is_some()) {
            let held = sum.money.entry(by.currency).or_default();
            *held = held.saturating_sub(by.amount);
        }
    }
    for (platform, sum) in sums.into_iter().filter(|(_, sum)| sum.secs >= LEAST_SECS) {
        let mut money = sum.money.into_iter();
        let lost = money.next().map(|(currency, amount)| Money::new(amount, currency)).filter(|_| money.len() == 0);
        // 1 h, 2 h, 4 h, 8 h …
        let class = (sum.secs / LEAST_SECS).ilog2();
        all.needs.push(Need {
            name: format!("{KIND}{platform} {class}"),
            severity: Severity::Warn,
            what: What::Disagrees(Disagrees { platform, lost_secs: sum.secs, lost, days }),
        });
    }
}
