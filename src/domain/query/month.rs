//! A month as a page: what was worked and earned in it, what landed in it, what is still out of its work, and what was
//! lost on the way.
//!
//! *Worked* and *earned* are the figures of the Rates tab for the month's days: earned is the money of the *received* step
//! of work done in it. *Landed* is money that arrived in it, for whatever work: it is never added to earned. *Still
//! out* is what is open now of work done in it, gross. Days are the user's for work, the recorded ones for payouts, the
//! platform's for what is still out. Sums are in the home currency: landed money at the rate of its day, what is still
//! out at today's; what no rate is known for is named and in no sum. Each payout that landed is rounded in the home
//! currency by itself, so that a printed page adds up; the rest is exact.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::Calendar;
use super::enough::Sum;
use super::exchanged::exchanged;
use super::hours::{Selection, unnamed_secs};
use super::needs::{Closed, Moved, moved_of};
use super::rates::{Group, GroupBy, Rates, rates, side_by_side};
use super::work::Work;
use crate::domain::book::Book;
use crate::domain::exchange::{ExchangeRate, Quote};
use crate::domain::ids::{PayoutId, PlatformId, RateId};
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::payout::{Difference, Payout};
use crate::domain::span::{DayRange, Month, Timestamp};

/// A payout that landed in the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandedRow {
    /// Which.
    pub payout: PayoutId,
    /// Who paid, where known.
    pub platform: Option<PlatformId>,
    /// The day it arrived.
    pub on: NaiveDate,
    /// What it settled.
    pub gross: Money,
    /// What arrived.
    pub received: Money,
    /// The same in the home currency, rounded to its minor unit; `None` where no rate is known.
    pub home: Option<Money>,
}

/// What was lost between gross and received of the payouts that landed, in their currencies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lost {
    /// Fees of platforms.
    pub platform_fees: Bag,
    /// Fees of payouts and transfers.
    pub payout_fees: Bag,
    /// Tax withheld.
    pub tax_withheld: Bag,
    /// Work that was refused after all.
    pub rejected: Bag,
    /// Nobody has said why.
    pub unexplained: Bag,
    /// What exchange took against the reference rate of the day on which it was sent (see
    /// [`exchanged`](super::exchanged)), in the currency that arrived; below nothing where it gave.
    pub exchange: Bag,
    /// How many payouts were exchanged on a day without a reference rate.
    pub exchange_unknown: usize,
}

/// A month as a page.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthFigures {
    /// Which.
    pub month: Month,
    /// Its days.
    pub days: DayRange,
    /// Hours, earned and rates of all its work.
    pub rates: Rates,
    /// The same by platform, highest rate over all hours first.
    pub sides: Vec<(PlatformId, Rates)>,
    /// Seconds without a platform.
    pub unnamed_secs: i64,
    /// What landed, by day.
    pub landed: Vec<LandedRow>,
    /// The sum of it as it is rounded by payout, in the home currency.
    pub landed_sum: Money,
    /// What of it has no rate.
    pub landed_without_rate: Bag,
    /// The exchange rates by which it was converted, by currency and day.
    pub rates_used: Vec<ExchangeRate>,
    /// What is still out of its work, by platform; `None` where nobody knows who pays.
    pub out: BTreeMap<Option<PlatformId>, Bag>,
    /// The sum of it, in the home currency at today's rates.
    pub out_sum: Money,
    /// What of it has no rate.
    pub out_without_rate: Bag,
    /// What was lost on the way of what landed.
    pub lost: Lost,
    /// Its figures that moved since they were last looked at.
    pub moved: Vec<Moved>,
}

impl MonthFigures {
    /// Whether nothing was worked and nothing landed in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rates.is_empty() && self.sides.is_empty() && self.landed.is_empty() && self.out.is_empty()
    }
}

/// A month. `calendar` and `closed` are those of today, the user's day of `now`.
#[must_use]
pub fn month_figures(
    work: &Work,
    calendar: &Calendar,
    closed: &Closed,
    month: Month,
    today: NaiveDate,
    now: Timestamp,
) -> MonthFigures {
    let book = work.book();
    let home = book.settings().home_currency;
    let days = month.days();
    let selection = Selection::period(days);
    let sides = side_by_side(work, &selection, GroupBy::Platform, now)
        .into_iter()
        .filter_map(|(group, rates)| match group {
            Group::Platform(id) => Some((id, rates)),
            Group::Project(_) | Group::TaskType(_) => None,
        })
        .collect();
    let mut sum = Sum::new(home);
    let mut lost = Lost::default();
    let mut landed = Vec::new();
    // Newest first there, oldest first here.
    for one in calendar.landed.iter().rev().filter(|one| days.contains(one.on)) {
        let at_home = book.convert(one.received, home, one.on).ok().map(Money::rounded);
        match at_home {
            Some(money) => sum.money = sum.money.with(sum.money.amount.saturating_add(money.amount)),
            None => sum.without_rate.add(one.received),
        }
        let payout = book.payout(one.payout);
        if let Some(payout) = payout {
            lost.read(book, payout, one.received);
        }
        landed.push(LandedRow {
            payout: one.payout,
            platform: one.platform,
            on: one.on,
            gross: payout.map_or(one.received, |payout| payout.gross),
            received: one.received,
            home: at_home,
        });
    }
    let out = still_out(book, calendar, days);
    let mut out_sum = Sum::new(home);
    for money in out.values().flat_map(Bag::iter) {
        out_sum.add(book, money, today);
    }
    MonthFigures {
        month,
        days,
        rates: rates(work, &selection, now),
        sides,
        unnamed_secs: unnamed_secs(work, &selection, now),
        rates_used: rates_used(book, &landed, home),
        landed,
        landed_sum: sum.money,
        landed_without_rate: sum.without_rate,
        out,
        out_sum: out_sum.money,
        out_without_rate: out_sum.without_rate,
        lost,
        moved: moved_of(book, closed).into_iter().filter(|moved| moved.month == month).collect(),
    }
}

/// What is open of work done on some days: expected, or sent and not arrived.
fn still_out(book: &Book, calendar: &Calendar, days: DayRange) -> BTreeMap<Option<PlatformId>, Bag> {
    let mut out: BTreeMap<Option<PlatformId>, Bag> = BTreeMap::new();
    for expected in &calendar.expected {
        for row in expected.rows.iter().filter(|row| days.contains(row.worked_on)) {
            out.entry(Some(expected.key.platform)).or_default().add(row.amount);
        }
    }
    for sent in &calendar.in_transit {
        for part in book.payout(sent.payout).iter().flat_map(|payout| &payout.allocations) {
            if book.earning(part.earning).is_some_and(|earning| days.contains(earning.worked.last)) {
                out.entry(sent.platform).or_default().add(part.amount);
            }
        }
    }
    out
}

impl Lost {
    fn read(&mut self, book: &Book, payout: &Payout, received: Money) {
        let currency = payout.gross.currency;
        let mut left = payout.gross.amount;
        let mut take = |bag: &mut Bag, cut: Option<Money>| {
            let Some(cut) = cut.filter(|cut| !cut.amount.is_zero()) else { return };
            bag.add(cut);
            if cut.currency == currency {
                left = left.saturating_sub(cut.amount);
            }
        };
        take(&mut self.platform_fees, payout.platform_fee);
        take(&mut self.tax_withheld, payout.tax_withheld);
        for leg in &payout.legs {
            take(&mut self.payout_fees, leg.fee);
        }
        if let Some(exchange) = exchanged(book, payout) {
            match exchange.spread() {
                Some(spread) => self.exchange.add(spread.with(-spread.amount)),
                None => self.exchange_unknown += 1,
            }
            return;
        }
        let left = payout.gross.with(left);
        let gap = left.with(left.amount.saturating_sub(received.amount));
        if gap.amount <= Decimal::ZERO {
            return;
        }
        match payout.difference {
            Some(Difference::Fee) => self.payout_fees.add(gap),
            Some(Difference::PlatformFee) => self.platform_fees.add(gap),
            Some(Difference::TaxWithheld) => self.tax_withheld.add(gap),
            Some(Difference::PartRejected) => self.rejected.add(gap),
            // It is not lost: it comes.
            Some(Difference::RestLater) => {}
            Some(Difference::Exchange | Difference::Unexplained) | None => self.unexplained.add(gap),
        }
    }

    /// Whether nothing was lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The exchange rates that the sums of some landed payouts rest on, each once, by day.
fn rates_used(book: &Book, landed: &[LandedRow], home: Currency) -> Vec<ExchangeRate> {
    let foreign = landed.iter().filter(|row| row.received.currency != home);
    let quotes = foreign.filter_map(|row| book.rate_table().quote(row.received.currency, home, row.on).ok());
    let used: BTreeSet<RateId> = quotes.flat_map(Quote::rates).collect();
    let mut rates: Vec<ExchangeRate> =
        used.into_iter().filter_map(|id| book.rate(id)).map(|rate| (**rate).clone()).collect();
    rates.sort_by_key(|rate| (rate.on, rate.id));
    rates
}

#[cfg(test)]
mod tests;
