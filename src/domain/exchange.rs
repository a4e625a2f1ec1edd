//! Exchange rates: dated, with a source; never guessed.
//!
//! The last one on or before the day counts, at most seven days old. A missing one is missing: never 1:1, never
//! today's rate for last year's money. Where a pair has none of its own, a cross through a common currency (the euro,
//! then the dollar) stands for it: both legs of one day, each as it was given; so a table of one base serves all pairs.

mod sheet;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use sheet::Sheet;

use super::ids::RateId;
use super::money::{Currency, Money};
use super::span::day_plus;

/// How old a rate may be, in days, to stand for a day without one.
pub const MAX_AGE_DAYS: i64 = 7;

/// The currencies that a cross may go through, the preferred one first.
const COMMON: [Currency; 2] = [Currency::EUR, Currency::USD];

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

/// One step of a conversion: a rate, in the direction in which it was given or turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Leg {
    id: RateId,
    direct: bool,
    rate: Decimal,
    estimate: bool,
}

impl Leg {
    fn apply(self, amount: Decimal) -> Option<Decimal> {
        if self.direct { amount.checked_mul(self.rate) } else { amount.checked_div(self.rate) }
    }
}

/// The rate that stands for a day: that of a pair, or a cross of two of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// The day it is of: the one asked for, or up to seven days before it.
    pub on: NaiveDate,
    /// The currency that a cross goes through.
    pub via: Option<Currency>,
    first: Leg,
    second: Option<Leg>,
}

impl Quote {
    fn of_pair(on: NaiveDate, leg: Leg) -> Self {
        Self { on, via: None, first: leg, second: None }
    }

    /// An amount at this rate, exact to the 28 digits of a decimal: a rate as given multiplies, a turned one divides, a
    /// cross does one after the other and rounds nothing in between. `None` where the product is too large.
    #[must_use]
    pub fn apply(self, amount: Decimal) -> Option<Decimal> {
        let once = self.first.apply(amount)?;
        match self.second {
            Some(second) => second.apply(once),
            None => Some(once),
        }
    }

    /// Whether any rate of it is an estimate.
    #[must_use]
    pub fn is_estimate(self) -> bool {
        self.first.estimate || self.second.is_some_and(|second| second.estimate)
    }

    /// The rates that it is made of.
    pub fn rates(self) -> impl Iterator<Item = RateId> {
        std::iter::once(self.first.id).chain(self.second.map(|second| second.id))
    }

    /// The order in which quotes go before one another, the best last: what was given before an estimate, then the later
    /// day, then a pair's own before a cross, then the euro's before the dollar's.
    fn rank(self) -> (bool, NaiveDate, bool, bool) {
        (!self.is_estimate(), self.on, self.via.is_none(), self.via == COMMON.first().copied())
    }
}

/// For each pair the rate of each day.
type ByPair = HashMap<(Currency, Currency), BTreeMap<NaiveDate, Leg>>;

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

    /// Money in another currency at the rate of a day: see [`Quote::apply`].
    ///
    /// # Errors
    /// [`MissingRate`] where no rate of the pair and no cross lies on the day or within the seven days before it.
    pub fn convert(&self, money: Money, to: Currency, on: NaiveDate) -> Result<Money, MissingRate> {
        if money.currency == to {
            return Ok(money);
        }
        let missing = MissingRate { from: money.currency, to, on };
        let quote = self.quote(money.currency, to, on)?;
        quote.apply(money.amount).map(|amount| Money::new(amount, to)).ok_or(missing)
    }

    /// The rate that stands for a day.
    ///
    /// Both directions of a pair count, and a cross through the euro or the dollar. What was given goes before an
    /// estimate; then the later day wins; of one day the pair's own rate before a cross, the one given in this direction
    /// before the turned one, and of two alike the later id.
    ///
    /// # Errors
    /// [`MissingRate`] where there is none on the day or within the seven days before it, and for a currency to itself.
    pub fn quote(&self, from: Currency, to: Currency, on: NaiveDate) -> Result<Quote, MissingRate> {
        let pairs = self.by_pair();
        let own = pairs.get(&(from, to)).and_then(|by_day| {
            best(by_day.range(day_plus(on, -MAX_AGE_DAYS)..=on).rev().map(|(day, leg)| Quote::of_pair(*day, *leg)))
        });
        // Nothing goes before a rate that was given for the very day.
        if let Some(own) = own.filter(|own| own.on == on && !own.is_estimate()) {
            return Ok(own);
        }
        let common = COMMON.into_iter().filter(|via| ![from, to].contains(via));
        let crosses = common.filter_map(|via| cross(pairs, from, via, to, on));
        own.into_iter().chain(crosses).max_by_key(|quote| quote.rank()).ok_or(MissingRate { from, to, on })
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
                    let leg = Leg { id: rate.id, direct, rate: rate.rate, estimate: rate.estimate };
                    let held = pairs.entry(pair).or_default().entry(rate.on).or_insert(leg);
                    // What was given before an estimate, then this direction before the turned one; of two alike the
                    // later id, which comes later.
                    if (!leg.estimate, leg.direct) >= (!held.estimate, held.direct) {
                        *held = leg;
                    }
                }
            }
            pairs
        })
    }
}

/// The first that is no estimate, else the first.
fn best(newest_first: impl Iterator<Item = Quote>) -> Option<Quote> {
    let mut first = None;
    for quote in newest_first {
        if !quote.is_estimate() {
            return Some(quote);
        }
        first = first.or(Some(quote));
    }
    first
}

/// A cross through a currency: both legs of the last day that has them.
fn cross(pairs: &ByPair, from: Currency, via: Currency, to: Currency, on: NaiveDate) -> Option<Quote> {
    let (first, second) = (pairs.get(&(from, via))?, pairs.get(&(via, to))?);
    best(first.range(day_plus(on, -MAX_AGE_DAYS)..=on).rev().filter_map(|(day, leg)| {
        Some(Quote { on: *day, via: Some(via), first: *leg, second: Some(*second.get(day)?) })
    }))
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

    /// ECB reference rates of 13 November 2026 in the test: 1 EUR = 1.16 USD = 0.87 GBP.
    #[test]
    fn a_cross_through_the_euro_stands_for_a_pair_without_a_rate() {
        let rates = table(&[
            rate(1, Currency::EUR, Currency::USD, "2026-11-13", "1.16"),
            rate(2, Currency::EUR, Currency::GBP, "2026-11-13", "0.87"),
        ]);
        let day = "2026-11-15".parse().unwrap();
        // £8.70 ÷ 0.87 = €10.00; €10.00 × 1.16 = $11.60.
        let pounds = Money::new(Decimal::new(870, 2), Currency::GBP);
        assert_eq!(rates.convert(pounds, Currency::USD, day), Ok(Money::new(Decimal::new(1160, 2), Currency::USD)));
        let quote = rates.quote(Currency::GBP, Currency::USD, day).unwrap();
        assert_eq!((quote.on, quote.via), ("2026-11-13".parse().unwrap(), Some(Currency::EUR)));
        assert_eq!(quote.rates().collect::<Vec<_>>(), [RateId(2), RateId(1)]);
        assert!(rates.quote(Currency::GBP, Currency::USD, "2026-11-21".parse().unwrap()).is_err(), "eight days old");
        let shillings: Currency = "KES".parse().unwrap();
        assert!(rates.quote(Currency::USD, shillings, day).is_err(), "no table has it: nothing is invented");
    }

    #[test]
    fn both_legs_of_a_cross_are_of_one_day() {
        let rates = table(&[
            rate(1, Currency::EUR, Currency::USD, "2026-11-12", "1.10"),
            rate(2, Currency::EUR, Currency::USD, "2026-11-13", "1.20"),
            rate(3, Currency::EUR, Currency::GBP, "2026-11-12", "0.88"),
        ]);
        let quote = rates.quote(Currency::GBP, Currency::USD, "2026-11-13".parse().unwrap()).unwrap();
        assert_eq!(quote.on, "2026-11-12".parse().unwrap());
        assert_eq!(quote.apply(Decimal::new(88, 2)), Some(Decimal::new(110, 2)));
        let apart = table(&[
            rate(2, Currency::EUR, Currency::USD, "2026-11-13", "1.20"),
            rate(3, Currency::EUR, Currency::GBP, "2026-11-12", "0.88"),
        ]);
        assert!(apart.quote(Currency::GBP, Currency::USD, "2026-11-13".parse().unwrap()).is_err());
    }

    #[test]
    fn a_pair_s_own_rate_goes_before_a_cross_of_its_day_and_an_estimate_after_everything() {
        let mut own = rate(3, Currency::GBP, Currency::USD, "2026-11-13", "1.31");
        let euro = [
            rate(1, Currency::EUR, Currency::USD, "2026-11-13", "1.16"),
            rate(2, Currency::EUR, Currency::GBP, "2026-11-13", "0.87"),
        ];
        let day = "2026-11-14".parse().unwrap();
        let via = |own: &ExchangeRate| {
            table(&[euro[0].clone(), euro[1].clone(), own.clone()])
                .quote(Currency::GBP, Currency::USD, day)
                .unwrap()
                .via
        };
        assert_eq!(via(&own), None);
        own.on = "2026-11-12".parse().unwrap();
        assert_eq!(via(&own), Some(Currency::EUR), "the later day");
        own.on = day;
        own.estimate = true;
        assert_eq!(via(&own), Some(Currency::EUR), "given, not estimated");
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
            // The rate of a pair on one day: this direction first, of two alike the later id.
            let of_day = |from: Currency, to: Currency, day: NaiveDate| {
                rates
                    .iter()
                    .filter(|rate| rate.on == day)
                    .filter_map(|rate| match (rate.base == from && rate.quote == to, rate.quote == from && rate.base == to) {
                        (true, _) => Some((true, rate.rate)),
                        (_, true) => Some((false, rate.rate)),
                        _ => None,
                    })
                    .max_by_key(|(direct, _)| *direct)
            };
            let at = |amount: Decimal, leg: (bool, Decimal)| {
                if leg.0 { amount.checked_mul(leg.1) } else { amount.checked_div(leg.1) }
            };
            let slow = (0..=MAX_AGE_DAYS).map(|age| day_plus(on, -age)).find_map(|day| {
                let own = of_day(from, to, day).map(|leg| at(money.amount, leg));
                own.or_else(|| {
                    let common = [Currency::EUR, Currency::USD].into_iter().filter(|via| ![from, to].contains(via));
                    common.into_iter().find_map(|via| {
                        let (first, second) = (of_day(from, via, day)?, of_day(via, to, day)?);
                        Some(at(money.amount, first).and_then(|amount| at(amount, second)))
                    })
                })
            });
            let slow = slow.flatten();
            let slow = if from == to { Some(money.amount) } else { slow };
            proptest::prop_assert_eq!(rates.convert(money, to, on).ok().map(|money| money.amount), slow);
        }
    }
}
