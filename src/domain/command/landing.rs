//! Landed: an expected payout becomes recorded earnings and one payout with its allocations, in one change.

use chrono::NaiveDate;

use crate::domain::ids::{EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::payout::Difference;
use crate::domain::query::calendar::ExpectedKey;

/// An expected payout that has landed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// Which one.
    pub key: ExpectedKey,
    /// The day it arrived.
    pub on: NaiveDate,
    /// What arrived; may be in another currency.
    pub received: Money,
    /// Why it differs from what was expected, where it does.
    pub difference: Option<Difference>,
    /// The new payout's id.
    pub payout: PayoutId,
    /// From this number on the ids of new earnings are counted up; drawn at random.
    pub earning_seed: EarningId,
}
