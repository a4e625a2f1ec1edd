//! Twins: two formats of one platform that tell the same money, so that the second adds nothing by itself.
//!
//! Upwork's weekly summary tells days of a contract before fees, its statement and its transaction report whole weeks of a client
//! as they were billed: neither amounts nor names agree, so that only the time around them can tell. The statement and
//! the report agree row by row, fees too, under numbers of different kinds.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::earning::EarningKind;
use crate::domain::ids::{EarningId, PlatformId};
use crate::domain::span::day_plus;
use crate::domain::statement::Origin;

/// Tells the same money in other pieces than the posted ones.
const WEEKLY: &str = "upwork-weekly";
/// Tell what was billed and posted.
const POSTED: [&str; 2] = ["upwork", "upwork-statement"];
/// How many days may lie between work and its billing: a week, and the days until it is billed.
const DAYS: i64 = 10;

/// Whether two formats tell the same rows, down to fees, under different keys.
pub(super) fn row_by_row(one: &str, other: &str) -> bool {
    one != other && POSTED.contains(&one) && POSTED.contains(&other)
}

/// What a Book has of the money that a format tells in other pieces.
#[derive(Debug, Default)]
pub(super) struct Twins(BTreeMap<(PlatformId, NaiveDate), EarningId>);

impl Twins {
    /// For files of a format.
    pub(super) fn of(book: &Book, code: &str) -> Self {
        let others: &[&str] = match code {
            WEEKLY => &POSTED,
            _ if POSTED.contains(&code) => &[WEEKLY],
            _ => return Self::default(),
        };
        let told = book.earnings().filter(|earning| {
            let from = earning.origin.as_ref().map(Origin::code);
            from.is_some_and(|from| others.contains(&from)) && earning.kind != EarningKind::Adjustment
        });
        Self(told.map(|earning| ((earning.platform, earning.worked.first), earning.id)).collect())
    }

    /// The earning that money of a platform around a day may be part of already, or may have in it.
    pub(super) fn near(&self, platform: PlatformId, on: NaiveDate) -> Option<EarningId> {
        let around = (platform, day_plus(on, -DAYS))..=(platform, day_plus(on, DAYS));
        self.0.range(around).map(|(_, id)| *id).next()
    }
}
