//! Enough by a day: the bills that come due up to it against the money that still comes in by then.
//!
//! Formula: short = bills − sure − likely, where that is above nothing. All in the home currency at today's rates (the
//! last on or before today, at most seven days old); what no rate is known for is named and counts nowhere. Exact.
//! Amounts are what should arrive after the known fees and tax. Days are the user's for bills, the platform's for money.
//!
//! - *Sure* and *likely* money (see [`sureness`](super::sureness)) counts where its latest day fits; what is late already
//!   is likely.
//! - *Possible* money, and what can land in time or after (*may come later*), is told and counts nowhere.
//! - What has landed counts nowhere: how much of it is left, only the user knows. Frozen, disputed and undated money
//!   counts nowhere either, nor does what waits below a minimum.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::Calendar;
pub use super::sureness::Comes;
use super::sureness::{Coming, Sureness, When, coming};
use crate::domain::book::Book;
use crate::domain::ids::BillId;
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::span::day_plus;

/// How far ahead bills are looked for, in days: two months, so that a monthly one is there twice.
pub const AHEAD_DAYS: i64 = 62;
/// How far ahead being short is told before the next bill is: what is earned until later bills is not known yet.
pub const SHORT_WITHIN_DAYS: i64 = 31;

/// How well money can be counted on by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chance {
    /// Only time stands before it.
    Sure,
    /// Its latest day fits.
    Likely,
    /// It can land in time, or after.
    MayBeLater,
    /// It can land in time, and may not come at all.
    Possible,
}

/// Money that comes in by the day, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which.
    pub of: Comes,
    /// How well it can be counted on.
    pub chance: Chance,
    /// How much of it, net, in its own currency.
    pub amount: Money,
    /// Whether the user has to draw it, and can now.
    pub to_draw: bool,
}

/// A bill on the day on which it comes due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Which bill.
    pub bill: BillId,
    /// The day.
    pub on: NaiveDate,
    /// How much, in its own currency.
    pub amount: Money,
}

/// The bills up to a day against the money that comes in by then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enough {
    /// The day, included.
    pub by: NaiveDate,
    /// The bills that come due from today to that day, in order.
    pub bills: Vec<Due>,
    /// What comes in, in the order of the calendar.
    pub shares: Vec<Share>,
    /// The sum of the bills, in the home currency.
    pub due: Money,
    /// What is sure.
    pub sure: Money,
    /// The part of it that the user has to draw.
    pub to_draw: Money,
    /// What is likely.
    pub likely: Money,
    /// What may come later.
    pub may_be_later: Money,
    /// What may not come at all.
    pub possible: Money,
    /// Money that is in no sum, for lack of a rate.
    pub money_without_rate: Bag,
    /// Bills that are in no sum, for lack of a rate.
    pub bills_without_rate: Bag,
}

impl Enough {
    /// What is missing if all that is sure and likely comes; nothing where it is enough. `None` where a bill could not
    /// be converted: then nobody can tell.
    #[must_use]
    pub fn short(&self) -> Option<Money> {
        let left = self.due.amount.saturating_sub(self.sure.amount).saturating_sub(self.likely.amount);
        self.bills_without_rate.is_empty().then(|| self.due.with(left.max(Decimal::ZERO)))
    }

    /// Whether what is sure alone is enough.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.bills_without_rate.is_empty() && self.sure.amount >= self.due.amount
    }
}

/// The bills that come due from one day to another, in order.
#[must_use]
pub fn dues(book: &Book, from: NaiveDate, until: NaiveDate) -> Vec<Due> {
    let mut found: Vec<Due> = book
        .bills()
        .flat_map(|bill| {
            let due = bill.due_from(from).take_while(move |day| *day <= until);
            due.map(|on| Due { bill: bill.id, on, amount: bill.amount })
        })
        .collect();
    found.sort_by_key(|due| (due.on, due.bill));
    found
}

/// The first day of the next month or so on which the money is short of the bills; where there is none, the day of the
/// next bill. `None` without any bill to come.
#[must_use]
pub fn next(book: &Book, calendar: &Calendar, today: NaiveDate) -> Option<Enough> {
    let ahead = dues(book, today, day_plus(today, SHORT_WITHIN_DAYS));
    let days: BTreeSet<NaiveDate> = ahead.iter().map(|due| due.on).collect();
    let out = coming(book, calendar, today);
    let mut first = None;
    for day in days {
        let found = of(book, &out, day, today);
        if found.short().is_none_or(|short| short.amount > Decimal::ZERO) {
            return Some(found);
        }
        first = first.or(Some(found));
    }
    let later = || book.bills().filter_map(|bill| bill.due_from(today).next()).min();
    first.or_else(|| later().map(|day| of(book, &out, day, today)))
}

/// The bills from today up to a day, that day included, against the money that comes in by then.
#[must_use]
pub fn enough(book: &Book, calendar: &Calendar, by: NaiveDate, today: NaiveDate) -> Enough {
    of(book, &coming(book, calendar, today), by, today)
}

fn of(book: &Book, out: &[Coming], by: NaiveDate, today: NaiveDate) -> Enough {
    let home = book.settings().home_currency;
    let bills = dues(book, today, by);
    let shares = shares(out, by);
    let mut due = Sum::new(home);
    for bill in &bills {
        due.add(book, bill.amount, today);
    }
    let mut without_rate = Bag::default();
    let mut sum = |wanted: &dyn Fn(&Share) -> bool, tell: bool| {
        let mut sum = Sum::new(home);
        for share in shares.iter().filter(|share| wanted(share)) {
            sum.add(book, share.amount, today);
        }
        if tell {
            without_rate.add_all(&sum.without_rate);
        }
        sum.money
    };
    let sure = sum(&|share| share.chance == Chance::Sure, true);
    let likely = sum(&|share| share.chance == Chance::Likely, true);
    let may_be_later = sum(&|share| share.chance == Chance::MayBeLater, true);
    let possible = sum(&|share| share.chance == Chance::Possible, true);
    let to_draw = sum(&|share| share.chance == Chance::Sure && share.to_draw, false);
    Enough {
        by,
        bills,
        shares,
        due: due.money,
        sure,
        to_draw,
        likely,
        may_be_later,
        possible,
        money_without_rate: without_rate,
        bills_without_rate: due.without_rate,
    }
}

/// A sum in one currency, and what no rate was known for.
pub(super) struct Sum {
    pub(super) money: Money,
    pub(super) without_rate: Bag,
}

impl Sum {
    pub(super) fn new(currency: Currency) -> Self {
        Self { money: Money::zero(currency), without_rate: Bag::default() }
    }

    pub(super) fn add(&mut self, book: &Book, money: Money, on: NaiveDate) {
        match book.convert(money, self.money.currency, on) {
            Ok(home) => self.money = self.money.with(self.money.amount.saturating_add(home.amount)),
            Err(_no_rate) => self.without_rate.add(money),
        }
    }
}

/// What can be told of each money by a day. Parts of one payout that have the same chance are one share.
fn shares(out: &[Coming], by: NaiveDate) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for one in out.iter().filter(|one| !one.net.amount.is_zero()) {
        let Some(chance) = chance(one, by) else { continue };
        match shares.last_mut() {
            Some(last) if last.of == one.of && last.chance == chance => {
                last.amount = last.amount.with(last.amount.amount.saturating_add(one.net.amount));
            }
            _ => shares.push(Share { of: one.of, chance, amount: one.net, to_draw: one.to_draw }),
        }
    }
    shares
}

/// How well money can be counted on by a day; `None` where it can't come by then, or nobody knows when.
fn chance(one: &Coming, by: NaiveDate) -> Option<Chance> {
    let in_time = match one.when {
        When::Late => true,
        When::Days(days) if days.first <= by => days.last <= by,
        When::Days(_) | When::BelowMinimum | When::Unknown | When::Held => return None,
    };
    Some(match one.sureness {
        Sureness::Possible => Chance::Possible,
        Sureness::Sure | Sureness::Likely if !in_time => Chance::MayBeLater,
        Sureness::Sure => Chance::Sure,
        Sureness::Likely => Chance::Likely,
    })
}

#[cfg(test)]
pub(super) mod tests;
