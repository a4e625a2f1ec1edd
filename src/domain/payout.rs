//! Payouts: one transfer each, in legs, with the earnings that it settles.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::{EarningId, PayoutId, PlatformId, RouteId};
use super::money::Money;
use super::span::Month;

/// One transfer from a platform to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    /// Its id.
    pub id: PayoutId,
    /// Who paid; `None` where that is not known.
    pub platform: Option<PlatformId>,
    /// The gross it settles, before fees and tax.
    pub gross: Money,
    /// The platform's fee, where known.
    pub platform_fee: Option<Money>,
    /// Tax withheld, or tax on the fee, where known.
    pub tax_withheld: Option<Money>,
    /// The day it was sent, where known.
    pub sent_on: Option<NaiveDate>,
    /// The transfers in order; may be empty where only the end is known.
    pub legs: Vec<Leg>,
    /// What arrived, in the currency it arrived in; `None` while it is under way.
    pub received: Option<Money>,
    /// The day it arrived at the account that counts as landed.
    pub received_on: Option<NaiveDate>,
    /// The route it took.
    pub route: Option<RouteId>,
    /// The earnings it settles, and by how much.
    pub allocations: Vec<Allocation>,
    /// Why gross and received differ, in the user's word; `None` where they don't or nobody said.
    pub difference: Option<Difference>,
    /// The key of the row it came from, for imports.
    pub external_key: Option<String>,
    /// The user's note.
    pub note: String,
}

/// One transfer of a payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The account it ended at.
    pub to: String,
    /// The day it left.
    pub sent_on: Option<NaiveDate>,
    /// The day it arrived.
    pub arrived_on: Option<NaiveDate>,
    /// The fee for it.
    pub fee: Option<Money>,
    /// The exchange rate applied: how much of the arriving currency one unit of the leaving one bought.
    pub rate: Option<Decimal>,
    /// What arrived at its end.
    pub arrived: Option<Money>,
}

/// A part of a payout that settles an earning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// The earning.
    pub earning: EarningId,
    /// Gross, in the earning's currency.
    pub amount: Money,
}

/// Why less (or more) arrived than was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// A payout fee.
    Fee,
    /// Tax was withheld.
    TaxWithheld,
    /// It arrived in another currency.
    Exchange,
    /// A part of the work was rejected.
    PartRejected,
    /// The rest comes later.
    RestLater,
    /// Nobody knows yet.
    Unexplained,
}

impl Difference {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Fee, Self::TaxWithheld, Self::Exchange, Self::PartRejected, Self::RestLater, Self::Unexplained];
}

impl Payout {
    /// A transfer of which only payer and gross are known: it settles nothing yet, and no day is said.
    #[must_use]
    pub fn new(id: PayoutId, platform: PlatformId, gross: Money) -> Self {
        Self {
            id,
            platform: Some(platform),
            gross,
            platform_fee: None,
            tax_withheld: None,
            sent_on: None,
            legs: Vec::new(),
            received: None,
            received_on: None,
            route: None,
            allocations: Vec::new(),
            difference: None,
            external_key: None,
            note: String::new(),
        }
    }

    /// The day that decides its month: sent, else received, else the first leg's.
    #[must_use]
    pub fn booked_on(&self) -> Option<NaiveDate> {
        self.sent_on.or(self.received_on).or_else(|| self.legs.iter().find_map(|leg| leg.sent_on.or(leg.arrived_on)))
    }

    /// Its month on disk and in the Book; the first month of the calendar where no day is known.
    #[must_use]
    pub fn month(&self) -> Month {
        self.booked_on().map_or(Month { year: 1970, month: 1 }, Month::of_day)
    }

    /// Gross that no earning accounts for: the surplus of a payout larger than what was owed.
    #[must_use]
    pub fn unallocated(&self) -> Money {
        let settled: Decimal = self
            .allocations
            .iter()
            .filter(|part| part.amount.currency == self.gross.currency)
            .map(|part| part.amount.amount)
            .sum();
        self.gross.with(self.gross.amount - settled)
    }
}
