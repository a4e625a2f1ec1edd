//! The balance of a platform: every cent that was worked for is somewhere, and every cent that came is accounted for.
//!
//! In one currency: worked + adjustments + surplus = sent net + platform fee + payout fee + tax + rejected + written off +
//! open. Both sides are summed by themselves: the left from what was recorded and estimated, the right from payouts and
//! states. Exact. An estimate is worked and open at once.

use rust_decimal::Decimal;

use super::calendar::{Calendar, Source};
use super::settles::open_of_earning;
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningKind, EarningState};
use crate::domain::ids::PlatformId;
use crate::domain::money::Currency;
use crate::domain::payout::Payout;

/// The terms of a balance, in one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Recorded work, milestones and money from before the Book, gross; and the estimates.
    pub worked: Decimal,
    /// Bonuses, adjustments either way, and what was approved beyond what was recorded.
    pub adjustments: Decimal,
    /// What payouts brought beyond what they settle.
    pub surplus: Decimal,
    /// What was sent after all that is known to have been taken off.
    pub sent_net: Decimal,
    /// The platform's fees.
    pub platform_fee: Decimal,
    /// What the transfers cost, in this currency.
    pub payout_fee: Decimal,
    /// Tax withheld.
    pub tax: Decimal,
    /// Refused work, and parts that were not approved.
    pub rejected: Decimal,
    /// What was given up.
    pub written_off: Decimal,
    /// What is still owed.
    pub open: Decimal,
}

impl Balance {
    /// What was to come.
    #[must_use]
    pub fn owed(&self) -> Decimal {
        self.worked + self.adjustments + self.surplus
    }

    /// What became of it.
    #[must_use]
    pub fn became(&self) -> Decimal {
        let sent = self.sent_net + self.platform_fee + self.payout_fee + self.tax;
        sent + self.rejected + self.written_off + self.open
    }
}

/// The balance of a platform in a currency. Payouts count that the platform sent, or that settle its earnings.
#[must_use]
pub fn balance(book: &Book, calendar: &Calendar, platform: PlatformId, currency: Currency) -> Balance {
    let mut balance = Balance::default();
    let of_platform = |earning: &&Earning| earning.platform == platform && earning.amount.currency == currency;
    for earning in book.earnings().map(AsRef::as_ref).filter(of_platform) {
        balance.earning(book, earning);
    }
    for payout in book.payouts().filter(|payout| payout.gross.currency == currency && is_of(book, payout, platform)) {
        balance.payout(payout);
    }
    let estimates = calendar
        .expected
        .iter()
        .filter(|expected| expected.key.platform == platform && expected.key.currency == currency)
        .flat_map(|expected| &expected.rows)
        .filter(|row| matches!(row.source, Source::Session(_)));
    for row in estimates {
        balance.worked += row.amount.amount;
        balance.open += row.amount.amount;
    }
    balance
}

fn is_of(book: &Book, payout: &Payout, platform: PlatformId) -> bool {
    let settles = || payout.allocations.iter().find_map(|part| book.earning(part.earning));
    payout.platform.or_else(|| settles().map(|earning| earning.platform)) == Some(platform)
}

impl Balance {
    fn earning(&mut self, book: &Book, earning: &Earning) {
        let amount = earning.amount.amount;
        match earning.kind {
            EarningKind::Work | EarningKind::Milestone | EarningKind::Opening => self.worked += amount,
            EarningKind::Bonus | EarningKind::Adjustment => self.adjustments += amount,
        }
        let accepted = earning.accepted().amount;
        if accepted > amount && amount >= Decimal::ZERO {
            self.adjustments += accepted - amount;
        } else if earning.state() != Some(EarningState::Rejected) {
            self.rejected += amount - accepted;
        }
        let settled = earning.owed().amount - open_of_earning(book, earning, None).amount;
        match earning.state() {
            Some(EarningState::Rejected) => self.rejected += amount - settled,
            Some(EarningState::WrittenOff) => self.written_off += accepted - settled,
            None
            | Some(
                EarningState::ToReport
                | EarningState::Submitted
                | EarningState::Approved(_)
                | EarningState::Invoiced
                | EarningState::Appealed
                | EarningState::Reworked
                | EarningState::Contested,
            ) => self.open += accepted - settled,
        }
    }

    fn payout(&mut self, payout: &Payout) {
        let own = |cut: Option<crate::domain::money::Money>| {
            cut.filter(|cut| cut.currency == payout.gross.currency).map_or(Decimal::ZERO, |cut| cut.amount)
        };
        self.platform_fee += own(payout.platform_fee);
        self.tax += own(payout.tax_withheld);
        self.payout_fee += own(payout.payout_fee());
        self.sent_net += payout.sent_net().amount;
        self.surplus += payout.unallocated().amount;
    }
}

#[cfg(test)]
mod tests;
