//! The user's own payouts as a rate: for currencies that no table has, such as the shillings of Kenya or the naira.
//!
//! What a payout brought for one unit of what was sent, its fees as far as they are known taken off before. Taken for
//! another day it is an estimate and is marked as one; it fills days that have no rate, and gives way to any that was given.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::exchanged::exchanged;
use crate::domain::book::Book;
use crate::domain::exchange::{ExchangeRate, MAX_AGE_DAYS, MissingRate};
use crate::domain::ids::{PayoutId, RateId};
use crate::domain::money::Currency;
use crate::domain::span::day_plus;

/// Decimals of such a rate: enough for a naira in dollars, and few enough to be read.
const DECIMALS: u32 = 8;

/// The rate of a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayoutRate {
    /// The payout.
    pub payout: PayoutId,
    /// The day it was sent, else arrived.
    pub on: NaiveDate,
    /// One unit of this …
    pub base: Currency,
    /// … brought `rate` of this.
    pub quote: Currency,
    /// How much of the quote currency one unit of the base brought, to eight decimals.
    pub rate: Decimal,
}

/// The rates of the payouts that changed one currency into another, in either direction, by day.
fn rates(book: &Book, from: Currency, to: Currency) -> Vec<PayoutRate> {
    let mut rates: Vec<PayoutRate> = book
        .payouts()
        .filter(|payout| {
            let way = (payout.gross.currency, payout.received.map(|received| received.currency));
            way == (from, Some(to)) || way == (to, Some(from))
        })
        .filter_map(|payout| {
            let of = exchanged(book, payout)?;
            let rate = of.implied?.round_dp(DECIMALS);
            let (base, quote) = (of.sent_net.currency, of.received.currency);
            (rate > Decimal::ZERO).then_some(PayoutRate { payout: payout.id, on: of.on, base, quote, rate })
        })
        .collect();
    rates.sort_by_key(|rate| (rate.on, rate.payout));
    rates
}

/// What payouts can say for days without a rate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filling {
    /// The payout and the day for which its rate is to stand, in the order of the days.
    pub days: Vec<(NaiveDate, PayoutRate)>,
}

impl Filling {
    /// For the days of one pair that lack a rate: each by the last payout on or before it, the first days by the first
    /// payout after them. A day needs no rate of its own where one of the week before it stands for it. Empty where no
    /// payout changed the one currency into the other.
    #[must_use]
    pub fn of(book: &Book, missing: &BTreeSet<MissingRate>) -> Self {
        let Some(pair) = missing.first().map(|first| (first.from, first.to)) else { return Self::default() };
        let known = rates(book, pair.0, pair.1);
        let Some(first) = known.first() else { return Self::default() };
        let mut days: Vec<(NaiveDate, PayoutRate)> = Vec::new();
        for lacks in missing.iter().filter(|lacks| (lacks.from, lacks.to) == pair) {
            let from = day_plus(lacks.on, -MAX_AGE_DAYS);
            let of = known.iter().rev().find(|rate| rate.on <= lacks.on).unwrap_or(first);
            // One that stands already will do, unless a payout in between says something newer.
            if days.last().is_some_and(|(day, held)| *day >= from && held.payout == of.payout) {
                continue;
            }
            days.push((lacks.on, *of));
        }
        Self { days }
    }

    /// The first and the last payout of it: the same where one says all.
    #[must_use]
    pub fn payouts(&self) -> Option<(PayoutRate, PayoutRate)> {
        let by_day = |(_, rate): &&(NaiveDate, PayoutRate)| (rate.on, rate.payout);
        let (first, last) = (self.days.iter().min_by_key(by_day)?, self.days.iter().max_by_key(by_day)?);
        Some((first.1, last.1))
    }

    /// The estimates that the Book is to hold; `draw` gives their ids.
    pub fn rates(&self, mut draw: impl FnMut() -> u64) -> Vec<ExchangeRate> {
        self.days
            .iter()
            .map(|(on, of)| ExchangeRate {
                id: RateId(draw()),
                base: of.base,
                quote: of.quote,
                on: *on,
                rate: of.rate,
                source: format!("payout of {}", of.on),
                estimate: true,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;
    use crate::domain::query::work::testkit::{Kit, day, dec};

    fn shillings() -> Currency {
        "KES".parse().unwrap()
    }

    fn lacks(on: &str) -> MissingRate {
        MissingRate { from: Currency::USD, to: shillings(), on: day(on) }
    }

    /// $100.00 brought 12,900 shillings on 3 November and 13,000 on the 17th.
    fn kit() -> Kit {
        let mut kit = Kit::new();
        for (id, on, received) in [(1, "2026-11-03", "12900"), (2, "2026-11-17", "13000")] {
            kit.payout(id, "100.00", Some(Money::new(dec(received), shillings())), on, &[]);
        }
        kit
    }

    #[test]
    fn each_day_takes_the_last_payout_before_it_and_a_week_needs_one_rate() {
        let missing: BTreeSet<MissingRate> =
            ["2026-10-01", "2026-11-02", "2026-11-10", "2026-11-11", "2026-11-17", "2026-11-24", "2026-11-26"]
                .map(lacks)
                .into();
        let filling = Filling::of(&kit().book, &missing);
        let said: Vec<(String, String)> =
            filling.days.iter().map(|(on, of)| (on.to_string(), of.rate.to_string())).collect();
        let of = |on: &str, rate: &str| (on.to_owned(), rate.to_owned());
        // Before the first payout its own rate is the nearest; the 11th stands on the 10th, the 24th on the 17th.
        let expected = [
            of("2026-10-01", "129"),
            of("2026-11-02", "129"),
            of("2026-11-10", "129"),
            of("2026-11-17", "130"),
            of("2026-11-26", "130"),
        ];
        assert_eq!(said, expected);
        let (first, last) = filling.payouts().unwrap();
        assert_eq!((first.payout, last.payout), (PayoutId(1), PayoutId(2)));
        let made = filling.rates(|| 7);
        assert!(made.iter().all(|rate| rate.estimate && rate.base == Currency::USD && rate.quote == shillings()));
        assert_eq!(made[0].source, "payout of 2026-11-03");
    }

    #[test]
    fn afterwards_every_day_has_a_rate_and_it_is_an_estimate() {
        let mut kit = kit();
        let missing: BTreeSet<MissingRate> = ["2026-11-10", "2026-11-15", "2026-11-20"].map(lacks).into();
        let mut id = 50;
        for rate in Filling::of(&kit.book, &missing).rates(|| {
            id += 1;
            id
        }) {
            kit.put(rate);
        }
        for lacks in missing {
            let quote = kit.book.rate_table().quote(lacks.from, lacks.to, lacks.on).unwrap();
            assert!(quote.is_estimate());
        }
    }

    #[test]
    fn without_a_payout_between_the_two_nothing_is_said() {
        let naira = MissingRate { to: "NGN".parse().unwrap(), ..lacks("2026-11-10") };
        assert_eq!(Filling::of(&kit().book, &BTreeSet::from([naira])), Filling::default());
        assert_eq!(Filling::of(&kit().book, &BTreeSet::new()).payouts(), None);
    }
}
