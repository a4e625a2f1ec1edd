//! Exchange rates: dated, with a source; never guessed.
//!
//! The last one on or before the day counts, at most seven days old. A missing one is missing: never 1:1, never
//! today's rate for last year's money.

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

/// Money in another currency at the rate of a day, exact.
///
/// Both directions of a pair count; the one given for the later day wins, and the direct one of the same day.
///
/// # Errors
/// [`MissingRate`] where no rate of the pair lies on the day or within the seven days before it.
pub fn convert<'a>(
    rates: impl Iterator<Item = &'a ExchangeRate>,
    money: Money,
    to: Currency,
    on: NaiveDate,
) -> Result<Money, MissingRate> {
    if money.currency == to {
        return Ok(money);
    }
    let missing = MissingRate { from: money.currency, to, on };
    let oldest = day_plus(on, -MAX_AGE_DAYS);
    rates
        .filter(|rate| rate.on <= on && rate.on >= oldest)
        .filter_map(|rate| {
            if rate.base == money.currency && rate.quote == to {
                Some((rate.on, true, rate.rate))
            } else if rate.quote == money.currency && rate.base == to {
                Some((rate.on, false, rate.rate))
            } else {
                None
            }
        })
        .max_by_key(|(day, direct, _)| (*day, *direct))
        .and_then(
            |(_, direct, rate)| {
                if direct { money.amount.checked_mul(rate) } else { money.amount.checked_div(rate) }
            },
        )
        .map(|amount| Money::new(amount, to))
        .ok_or(missing)
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

    #[test]
    fn the_last_rate_within_seven_days_counts_and_an_older_one_does_not() {
        let rates = [
            rate(1, Currency::GBP, Currency::USD, "2026-11-10", "1.30"),
            rate(2, Currency::GBP, Currency::USD, "2026-11-13", "1.32"),
        ];
        let ten = Money::new(10.into(), Currency::GBP);
        let on = |day: &str| convert(rates.iter(), ten, Currency::USD, day.parse().unwrap());
        assert_eq!(on("2026-11-12"), Ok(Money::new(Decimal::new(1300, 2), Currency::USD)));
        assert_eq!(on("2026-11-20"), Ok(Money::new(Decimal::new(1320, 2), Currency::USD)));
        assert!(on("2026-11-21").is_err());
        assert!(on("2026-11-09").is_err(), "a later rate never stands for an earlier day");
    }

    #[test]
    fn a_pair_works_both_ways_and_nothing_is_one_to_one() {
        let rates = [rate(1, Currency::EUR, Currency::USD, "2026-11-13", "1.25")];
        let day = "2026-11-13".parse().unwrap();
        let dollars = Money::new(5.into(), Currency::USD);
        assert_eq!(convert(rates.iter(), dollars, Currency::EUR, day), Ok(Money::new(4.into(), Currency::EUR)));
        assert!(convert(rates.iter(), dollars, Currency::GBP, day).is_err());
    }
}
