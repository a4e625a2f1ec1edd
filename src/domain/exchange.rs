//! Exchange rates: dated, with a source; never guessed.
//!
//! The last one on or before the day counts, at most seven days old. A missing one is missing: never 1:1, never
//! today's rate for last year's money.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::RateId;
use super::money::{Currency, Money};
use super::span::day_plus;

/// How old a rate may be, in days, to stand for a day without one.
pub const MAX_AGE_DAYS: i64 = 7;

/// One exchange rate of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRate {
    /// Its id.
    pub id: RateId,
    /// One unit of this …
    pub base: Currency,
    /// … is worth `rate` of this.
    pub quote: Currency,
    /// The day it is for.
    pub on: NaiveDate,
    /// How much of the quote currency one unit of the base buys; above zero.
    pub rate: Decimal,
    /// Who says so.
    pub source: String,
    /// Whether it is an estimate, such as the last payout's rate taken for another day.
    pub estimate: bool,
}

/// A conversion that could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[error("no rate from {from} to {to} for {on}")]
pub struct MissingRate {
    /// From this currency …
    pub from: Currency,
    /// … to this one …
    pub to: Currency,
    /// … on this day.
    pub on: NaiveDate,
}

/// For each pair, by day: whether it was given in this direction, and the factor or divisor.
type ByPair = HashMap<(Currency, Currency), BTreeMap<NaiveDate, (bool, Decimal)>>;

/// Exchange rates by id, sorted by pair and day when a conversion first asks.
#[derive(Debug, Default)]
pub struct RateTable {
    by_id: BTreeMap<RateId, Arc<ExchangeRate>>,
    by_pair: OnceLock<ByPair>,
}

impl Clone for RateTable {
    fn clone(&self) -> Self {
        Self { by_id: self.by_id.clone(), by_pair: OnceLock::new() }
    }
}

/// Equal where the rates are.
impl PartialEq for RateTable {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
    }
}

impl Eq for RateTable {}

impl RateTable {
    /// The rates, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<ExchangeRate>> {
        self.by_id.values()
    }

    /// A rate.
    #[must_use]
    pub fn get(&self, id: RateId) -> Option<&Arc<ExchangeRate>> {
        self.by_id.get(&id)
    }

    /// Sets a rate, or takes it out.
    pub fn put(&mut self, id: RateId, rate: Option<&Arc<ExchangeRate>>) {
        match rate {
            Some(rate) => self.by_id.insert(id, Arc::clone(rate)),
            None => self.by_id.remove(&id),
        };
        self.by_pair.take();
    }

    /// Money in another currency at the rate of a day, exact.
    ///
    /// Both directions of a pair count; the one given for the later day wins, the direct one of the same day, and of
    /// two alike the later id.
    ///
    /// # Errors
    /// [`MissingRate`] where no rate of the pair lies on the day or within the seven days before it.
    pub fn convert(&self, money: Money, to: Currency, on: NaiveDate) -> Result<Money, MissingRate> {
        if money.currency == to {
            return Ok(money);
        }
        self.by_pair()
            .get(&(money.currency, to))
            .and_then(|by_day| by_day.range(day_plus(on, -MAX_AGE_DAYS)..=on).next_back())
            .and_then(
                |(_, (direct, rate))| {
                    if *direct { money.amount.checked_mul(*rate) } else { money.amount.checked_div(*rate) }
                },
            )
            .map(|amount| Money::new(amount, to))
            .ok_or(MissingRate { from: money.currency, to, on })
    }

    /// The days whose rates differ from those of another table.
    #[must_use]
    pub fn days_that_differ(&self, other: &Self) -> BTreeSet<NaiveDate> {
        let (old, new) = (self.by_pair(), other.by_pair());
        let pairs: BTreeSet<&(Currency, Currency)> = old.keys().chain(new.keys()).collect();
        let none = BTreeMap::new();
        let mut days = BTreeSet::new();
        for pair in pairs {
            let (old, new) = (old.get(pair).unwrap_or(&none), new.get(pair).unwrap_or(&none));
            days.extend(old.keys().chain(new.keys()).filter(|day| old.get(day) != new.get(day)));
        }
        days
    }

    fn by_pair(&self) -> &ByPair {
        self.by_pair.get_or_init(|| {
            let mut pairs = ByPair::new();
            for rate in self.iter() {
                for (pair, direct) in [((rate.base, rate.quote), true), ((rate.quote, rate.base), false)] {
                    let held = pairs.entry(pair).or_default().entry(rate.on).or_insert((direct, rate.rate));
                    // The direct one of a day goes before the turned one; of two alike the later id.
                    if direct || !held.0 {
                        *held = (direct, rate.rate);
                    }
                }
            }
            pairs
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(id: u64, base: Currency, quote: Currency, on: &str, rate: &str) -> ExchangeRate {
        ExchangeRate {
            id: RateId(id),
            base,
            quote,
            on: on.parse().unwrap(),
            rate: rate.parse().unwrap(),
            source: "test".into(),
            estimate: false,
        }
    }

    fn table(rates: &[ExchangeRate]) -> RateTable {
        let mut table = RateTable::default();
        for rate in rates {
            table.put(rate.id, Some(&Arc::new(rate.clone())));
        }
        table
    }

    #[test]
    fn the_last_rate_within_seven_days_counts_and_an_older_one_does_not() {
        let rates = table(&[
            rate(1, Currency::GBP, Currency::USD, "2026-11-10", "1.30"),
            rate(2, Currency::GBP, Currency::USD, "2026-11-13", "1.32"),
        ]);
        let ten = Money::new(10.into(), Currency::GBP);
        let on = |day: &str| rates.convert(ten, Currency::USD, day.parse().unwrap());
        assert_eq!(on("2026-11-12"), Ok(Money::new(Decimal::new(1300, 2), Currency::USD)));
        assert_eq!(on("2026-11-20"), Ok(Money::new(Decimal::new(1320, 2), Currency::USD)));
        assert!(on("2026-11-21").is_err());
        assert!(on("2026-11-09").is_err(), "a later rate never stands for an earlier day");
    }

    #[test]
    fn a_pair_works_both_ways_and_nothing_is_one_to_one() {
        let rates = table(&[rate(1, Currency::EUR, Currency::USD, "2026-11-13", "1.25")]);
        let day = "2026-11-13".parse().unwrap();
        let dollars = Money::new(5.into(), Currency::USD);
        assert_eq!(rates.convert(dollars, Currency::EUR, day), Ok(Money::new(4.into(), Currency::EUR)));
        assert!(rates.convert(dollars, Currency::GBP, day).is_err());
    }

    proptest::proptest! {
        /// The rule told the slow way: look at every rate.
        #[test]
        fn the_sorted_table_answers_as_a_look_at_every_rate(
            made in proptest::collection::vec((0u64..12, 0usize..3, 0usize..3, 1u32..25, 1i64..400), 0..30),
            from in 0usize..3, to in 0usize..3, on in 1u32..28,
        ) {
            let currencies = [Currency::USD, Currency::EUR, Currency::GBP];
            let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
            let mut rates = RateTable::default();
            for (id, base, quote, on, cents) in made {
                let rate = ExchangeRate {
                    on: day(on),
                    rate: Decimal::new(cents, 2),
                    ..rate(id, currencies[base], currencies[quote], "2026-11-01", "1")
                };
                // A look in between, so that a change must be seen.
                let _seen = rates.convert(Money::new(Decimal::ONE, Currency::GBP), Currency::USD, day(1));
                rates.put(rate.id, Some(&Arc::new(rate)));
            }
            let (from, to, on) = (currencies[from], currencies[to], day(on));
            let money = Money::new(Decimal::new(1234, 2), from);
            let slow = rates
                .iter()
                .filter(|rate| rate.on <= on && rate.on >= day_plus(on, -MAX_AGE_DAYS))
                .filter_map(|rate| match (rate.base == from && rate.quote == to, rate.quote == from && rate.base == to) {
                    (true, _) => Some((rate.on, true, rate.rate)),
                    (_, true) => Some((rate.on, false, rate.rate)),
                    _ => None,
                })
                .max_by_key(|(day, direct, _)| (*day, *direct))
                .and_then(|(_, direct, rate)| {
                    if direct { money.amount.checked_mul(rate) } else { money.amount.checked_div(rate) }
                });
            let slow = if from == to { Some(money.amount) } else { slow };
            proptest::prop_assert_eq!(rates.convert(money, to, on).ok().map(|money| money.amount), slow);
        }
    }
}
