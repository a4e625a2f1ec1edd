//! Enough by a day: the bills that come due up to it against the money that still comes in by then.
//!
//! Formula: short = bills − sure − likely, where that is above nothing. All in the home currency at today's rates (the
//! last on or before today, at most seven days old); what no rate is known for is named and counts nowhere. Exact.
//! Amounts are what should arrive after the known fees and tax. Days are the user's for bills, the platform's for money.
//!
//! - *Sure* is what only time stands before: sent and not late; drawable now, if the transfer is known to fit; approved
//!   or invoiced under a rule that is documented or the user's own.
//! - *Likely* is the rest whose latest day still fits: in review, estimates, rules that workers report, a day promised by
//!   hand, draws of which nobody says how long they take; and what is late already, whose day has passed.
//! - *It may come later* is what can land in time or after. It is told, and counts nowhere.
//! - What has landed counts nowhere: how much of it is left, only the user knows. Frozen, disputed and undated money
//!   counts nowhere either, nor does what waits below a minimum.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{Calendar, Expected, ExpectedKey, InTransit, Source, Window, drawn_on};
use crate::domain::book::Book;
use crate::domain::fact::Standing;
use crate::domain::ids::{BillId, PayoutId};
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
}

/// Which money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comes {
    /// An expected payout.
    Expected(ExpectedKey),
    /// A payout that was sent.
    Sent(PayoutId),
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
    let mut first = None;
    for day in days {
        let found = enough(book, calendar, day, today);
        if found.short().is_none_or(|short| short.amount > Decimal::ZERO) {
            return Some(found);
        }
        first = first.or(Some(found));
    }
    let later = || book.bills().filter_map(|bill| bill.due_from(today).next()).min();
    first.or_else(|| later().map(|day| enough(book, calendar, day, today)))
}

/// The bills from today up to a day, that day included, against the money that comes in by then.
#[must_use]
pub fn enough(book: &Book, calendar: &Calendar, by: NaiveDate, today: NaiveDate) -> Enough {
    let home = book.settings().home_currency;
    let bills = dues(book, today, by);
    let mut shares: Vec<Share> =
        calendar.expected.iter().flat_map(|expected| shares_of(book, expected, by, today)).collect();
    shares.extend(calendar.in_transit.iter().filter_map(|payout| share_of_sent(payout, by, today)));
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
        money_without_rate: without_rate,
        bills_without_rate: due.without_rate,
    }
}

/// A sum in one currency, and what no rate was known for.
struct Sum {
    money: Money,
    without_rate: Bag,
}

impl Sum {
    fn new(currency: Currency) -> Self {
        Self { money: Money::zero(currency), without_rate: Bag::default() }
    }

    fn add(&mut self, book: &Book, money: Money, on: NaiveDate) {
        match book.convert(money, self.money.currency, on) {
            Ok(home) => self.money = self.money.with(self.money.amount.saturating_add(home.amount)),
            Err(_no_rate) => self.without_rate.add(money),
        }
    }
}

/// What can be counted of an expected payout: up to two shares, one that is sure and one that isn't.
fn shares_of(book: &Book, expected: &Expected, by: NaiveDate, today: NaiveDate) -> Vec<Share> {
    let share = |chance, amount, to_draw| Share { of: Comes::Expected(expected.key), chance, amount, to_draw };
    let whole = |chance| vec![share(chance, expected.net, false)];
    if expected.late_days > 0 {
        return whole(Chance::Likely);
    }
    let (first, last) = match &expected.window {
        Window::Lands { days, .. } => (days.first, Some(days.last)),
        Window::DrawableFrom(days) => (days.first, drawn_on(book, expected, days.last).map(|days| days.last)),
        Window::DrawableNow { next_draw_on } => {
            let from = next_draw_on.unwrap_or(today);
            return match drawn_on(book, expected, from) {
                Some(days) if days.last <= by => vec![share(Chance::Sure, expected.net, true)],
                None if from <= by => whole(Chance::Likely),
                Some(days) if days.first <= by => whole(Chance::MayBeLater),
                Some(_) | None => Vec::new(),
            };
        }
        Window::BelowMinimum { .. } | Window::Unknown(_) => return Vec::new(),
    };
    // Of a draw of unknown length the latest day of drawing stands for the day it lands, and it is no more than likely.
    let known = last.is_some();
    let last = last.or_else(|| expected.window.days().map(|days| days.last));
    match last {
        Some(last) if last <= by => {
            let sure = if known && stands_firm(expected) { approved_net(book, expected) } else { Decimal::ZERO };
            let rest = expected.net.amount.saturating_sub(sure);
            [(Chance::Sure, sure), (Chance::Likely, rest)]
                .into_iter()
                .filter(|(_, amount)| !amount.is_zero())
                .map(|(chance, amount)| share(chance, expected.net.with(amount), false))
                .collect()
        }
        _ if first <= by => whole(Chance::MayBeLater),
        _ => Vec::new(),
    }
}

/// Whether its rule can be counted on: its platform says so, or the user set it.
fn stands_firm(expected: &Expected) -> bool {
    expected
        .schedule
        .as_ref()
        .is_some_and(|(_, provenance)| matches!(provenance.standing, Standing::Documented | Standing::Own))
}

/// The part of an expected payout that is approved or invoiced, after its share of the fees.
fn approved_net(book: &Book, expected: &Expected) -> Decimal {
    let approved: Decimal = expected
        .rows
        .iter()
        .filter(|row| match row.source {
            Source::Earning(id) => book.earning(id).is_some_and(|earning| earning.approved_on().is_some()),
            Source::Session(_) => false,
        })
        .map(|row| row.amount.amount)
        .sum();
    let net = approved.checked_mul(expected.net.amount).and_then(|product| product.checked_div(expected.gross.amount));
    net.unwrap_or_default()
}

/// A payout that was sent: sure where its latest day fits, likely where that has passed; nothing where nobody knows.
fn share_of_sent(payout: &InTransit, by: NaiveDate, today: NaiveDate) -> Option<Share> {
    let days = payout.lands?;
    let chance = if days.last < today {
        Chance::Likely
    } else if days.last <= by {
        Chance::Sure
    } else if days.first <= by {
        Chance::MayBeLater
    } else {
        return None;
    };
    Some(Share { of: Comes::Sent(payout.payout), chance, amount: payout.gross, to_draw: false })
}

#[cfg(test)]
mod tests;
