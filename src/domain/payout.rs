//! Payouts: one transfer each, in legs, with the earnings that it settles.
//!
//! Its six figures are gross, platform fee, tax, payout fee, exchange and received: the payout fee and the exchange rate
//! stand in the legs, the others in the payout. Any of them may be missing.

mod figures;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::{EarningId, PayoutId, PlatformId, RouteId};
use super::money::Money;
use super::span::Month;
use super::statement::Origin;

pub use figures::{Figure, Figures, Sum};

/// One transfer from a platform to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    /// Its id.
    pub id: PayoutId,
    /// Who paid; `None` where that is not known.
    pub platform: Option<PlatformId>,
    /// The gross it settles, before fees and tax.
    pub gross: Money,
    /// Whether nobody said the gross: then it is what arrived, with what is known to have been taken off.
    pub gross_computed: bool,
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
    /// While it is under way: the day on which to ask where it is, set by the user.
    pub chase_on: Option<NaiveDate>,
    /// The row of a file that it was made of.
    pub origin: Option<Origin>,
    /// The user's note.
    pub note: String,
}

/// One transfer of a payout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// The platform's fee.
    PlatformFee,
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
    pub const ALL: [Self; 7] = [
        Self::Fee,
        Self::PlatformFee,
        Self::TaxWithheld,
        Self::Exchange,
        Self::PartRejected,
        Self::RestLater,
        Self::Unexplained,
    ];
}

impl Payout {
    /// A transfer of which only payer and gross are known: it settles nothing yet, and no day is said.
    #[must_use]
    pub fn new(id: PayoutId, platform: PlatformId, gross: Money) -> Self {
        Self { platform: Some(platform), ..Self::of_unknown(id, gross) }
    }

    /// A transfer of which only the gross is known, and not who paid.
    #[must_use]
    pub fn of_unknown(id: PayoutId, gross: Money) -> Self {
        Self {
            id,
            platform: None,
            gross,
            gross_computed: false,
            platform_fee: None,
            tax_withheld: None,
            sent_on: None,
            legs: Vec::new(),
            received: None,
            received_on: None,
            route: None,
            allocations: Vec::new(),
            difference: None,
            chase_on: None,
            origin: None,
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

    /// What arrived: as it was said, else, of a payout whose day of arrival is known, what should have; `None` while it is
    /// under way.
    #[must_use]
    pub fn arrived(&self) -> Option<Money> {
        self.received.or_else(|| self.received_on.map(|_| self.sent_net()))
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

    /// What the transfers cost: the fees of its legs, in the currency of the gross where one is, else in that of the
    /// first fee; `None` where no leg says.
    #[must_use]
    pub fn payout_fee(&self) -> Option<Money> {
        let fees = || self.legs.iter().filter_map(|leg| leg.fee);
        let first = fees().find(|fee| fee.currency == self.gross.currency).or_else(|| fees().next())?;
        Some(first.with(fees().filter(|fee| fee.currency == first.currency).map(|fee| fee.amount).sum()))
    }

    /// What one unit that left became on the whole way: the product of the rates of its legs; `None` where none says.
    #[must_use]
    pub fn rate(&self) -> Option<Decimal> {
        let mut rates = self.legs.iter().filter_map(|leg| leg.rate);
        let first = rates.next()?;
        rates.try_fold(first, Decimal::checked_mul)
    }

    /// The gross less what is known to have been taken off it in its currency: fees of platform and payout, and tax.
    #[must_use]
    pub fn sent_net(&self) -> Money {
        let cuts = [self.platform_fee, self.tax_withheld, self.payout_fee()];
        let known = cuts.into_iter().flatten().filter(|cut| cut.currency == self.gross.currency);
        self.gross.with(known.fold(self.gross.amount, |left, cut| left.saturating_sub(cut.amount)))
    }
}
