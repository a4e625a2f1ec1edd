//! Money: an exact decimal amount with its ISO currency.
//!
//! Promises: two currencies never add; amounts stay exact inside and are rounded (half to even, to the currency's
//! minor unit) only where they are shown or settled. No binary floating point anywhere.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// US dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);
    /// Euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    /// Pound sterling.
    pub const GBP: Self = Self(iso_currency::Currency::GBP);

    /// The three letters of the code, such as `USD`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The English name, such as `United States dollar`.
    #[must_use]
    pub fn name(self) -> String {
        self.0.name().to_owned()
    }

    /// Decimals of the minor unit: 2 for USD, 0 for JPY, 3 for KWD. Two where ISO states none (gold, special rights).
    #[must_use]
    pub fn minor_units(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// The currencies that people are paid in now, by code: no funds, metals, units of account, test codes, and none
    /// that another has replaced. `from_str` reads those too, for old Books. The bolívar is offered under both of its
    /// codes: list one of ISO 4217 holds VES beside VED.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = <iso_currency::Currency as iso_currency::IntoEnumIterator>::iter()
            .filter(|one| !one.is_fund() && !one.is_special())
            .filter(|one| one.is_superseded().is_none() || *one == iso_currency::Currency::VES)
            .map(Self)
            .collect();
        all.sort_unstable();
        all
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text that names no ISO currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no ISO currency, such as USD or EUR")]
pub struct NoCurrency(pub String);

impl FromStr for Currency {
    type Err = NoCurrency;

    fn from_str(text: &str) -> Result<Self, NoCurrency> {
        iso_currency::Currency::from_code(&text.trim().to_ascii_uppercase())
            .map(Self)
            .ok_or_else(|| NoCurrency(text.chars().take(20).collect()))
    }
}

/// An exact amount in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in major units; may be negative and may have more decimals than the currency.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in a currency.
    #[must_use]
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    /// Rounded to the minor unit, half to even: what is shown and what is settled.
    #[must_use]
    pub fn rounded(self) -> Self {
        let amount =
            self.amount.round_dp_with_strategy(self.currency.minor_units(), RoundingStrategy::MidpointNearestEven);
        Self { amount, ..self }
    }

    /// The same currency with another amount.
    #[must_use]
    pub fn with(self, amount: Decimal) -> Self {
        Self { amount, ..self }
    }

    /// The sum where the currencies are the same and the sum fits, else `None`.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        self.amount.checked_add(other.amount).map(|amount| self.with(amount))
    }
}

/// "105.00 USD": rounded to the minor unit, with all its digits.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::try_from(self.currency.minor_units()).unwrap_or(2);
        write!(f, "{:.digits$} {}", self.rounded().amount, self.currency)
    }
}

/// Cuts an amount into parts by weight, to the minor unit, by largest remainder; the parts sum to the rounded amount.
///
/// Ties go to the earlier part. With no weight at all the whole goes to the first part.
#[must_use]
pub fn split_by_weight(money: Money, weights: &[Decimal]) -> Vec<Money> {
    let scale = money.currency.minor_units();
    let whole = money.rounded().amount;
    let total: Decimal = weights.iter().copied().sum();
    if total.is_zero() {
        return weights
            .iter()
            .enumerate()
            .map(|(at, _)| money.with(if at == 0 { whole } else { Decimal::ZERO }))
            .collect();
    }
    let unit = Decimal::new(1, scale);
    let exact: Vec<Decimal> =
        weights.iter().map(|weight| whole.checked_mul(*weight).map_or(Decimal::ZERO, |m| m / total)).collect();
    let mut parts: Vec<Decimal> =
        exact.iter().map(|part| part.round_dp_with_strategy(scale, RoundingStrategy::ToNegativeInfinity)).collect();
    let mut rest = whole - parts.iter().copied().sum::<Decimal>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| {
        let remainder = exact.get(*at).copied().unwrap_or_default() - parts.get(*at).copied().unwrap_or_default();
        (std::cmp::Reverse(remainder), *at)
    });
    for at in order {
        if rest < unit {
            break;
        }
        if let Some(part) = parts.get_mut(at) {
            *part += unit;
            rest -= unit;
        }
    }
    parts.into_iter().map(|amount| money.with(amount)).collect()
}

/// Sums of several currencies, kept apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bag(BTreeMap<Currency, Decimal>);

impl Bag {
    /// Adds an amount to the sum of its currency. An amount too large to add is left at the largest sum.
    pub fn add(&mut self, money: Money) {
        let sum = self.0.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.amount);
    }

    /// Adds all sums of another bag.
    pub fn add_all(&mut self, other: &Self) {
        for money in other.iter() {
            self.add(money);
        }
    }

    /// The sums, by currency code; those of nothing are left out.
    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.iter().filter(|(_, amount)| !amount.is_zero()).map(|(currency, amount)| Money::new(*amount, *currency))
    }

    /// The sum of one currency.
    #[must_use]
    pub fn of(&self, currency: Currency) -> Money {
        Money::new(self.0.get(&currency).copied().unwrap_or_default(), currency)
    }

    /// Whether every sum is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl FromIterator<Money> for Bag {
    fn from_iter<I: IntoIterator<Item = Money>>(items: I) -> Self {
        let mut bag = Self::default();
        for money in items {
            bag.add(money);
        }
        bag
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::usd;

    #[test]
    fn minor_units_follow_iso_4217() {
        for (code, units) in [("USD", 2), ("JPY", 0), ("KWD", 3), ("NGN", 2), ("PHP", 2)] {
            assert_eq!(code.parse::<Currency>().unwrap().minor_units(), units, "{code}");
        }
        assert!("ABC".parse::<Currency>().is_err());
    }

    /// Codes and their kinds from list one of ISO 4217.
    #[test]
    fn currencies_that_pay_people_are_offered_and_the_others_are_only_read() {
        let all = Currency::all();
        assert!(all.len() > 140, "{}", all.len());
        let of = |code: &str| code.parse::<Currency>().unwrap();
        for code in ["USD", "EUR", "KES", "VES", "XAF", "XCD", "XOF", "XPF"] {
            assert!(all.contains(&of(code)), "{code}");
        }
        for code in ["XAU", "XTS", "XXX", "XDR", "BOV", "CHE", "USN", "HRK", "SLL"] {
            assert!(!all.contains(&of(code)), "{code}");
        }
    }

    #[test]
    fn rounding_is_half_to_even() {
        for (exact, shown) in [("0.125", "0.12"), ("0.135", "0.14"), ("14.7727", "14.77"), ("-0.125", "-0.12")] {
            assert_eq!(usd(exact).rounded(), usd(shown), "{exact}");
        }
    }

    #[test]
    fn two_currencies_never_add() {
        assert_eq!(usd("1").plus(Money::new(Decimal::ONE, Currency::EUR)), None);
        let bag: Bag = [usd("1"), Money::new(Decimal::ONE, Currency::EUR), usd("2")].into_iter().collect();
        assert_eq!(bag.iter().count(), 2);
        assert_eq!(bag.of(Currency::USD), usd("3"));
    }

    #[test]
    fn split_cents_sum_to_the_whole_and_go_to_the_largest_remainder() {
        let weights = [Decimal::ONE, Decimal::ONE, Decimal::ONE];
        assert_eq!(split_by_weight(usd("1.00"), &weights), [usd("0.34"), usd("0.33"), usd("0.33")]);
        assert_eq!(split_by_weight(usd("0.05"), &[1.into(), 2.into()]), [usd("0.02"), usd("0.03")]);
        assert_eq!(split_by_weight(usd("-0.01"), &[1.into(), 2.into()]), [usd("0.00"), usd("-0.01")]);
        assert_eq!(split_by_weight(usd("1.00"), &[0.into(), 0.into()]), [usd("1.00"), usd("0.00")]);
    }

    proptest::proptest! {
        #[test]
        fn parts_of_any_split_sum_to_the_whole(
            cents in -1_000_000i64..1_000_000,
            weights in proptest::collection::vec(0u32..10_000, 1..20),
        ) {
            let whole = Money::new(Decimal::new(cents, 2), Currency::USD);
            let weights: Vec<Decimal> = weights.into_iter().map(Decimal::from).collect();
            let sum: Decimal = split_by_weight(whole, &weights).iter().map(|part| part.amount).sum();
            proptest::prop_assert_eq!(sum, whole.amount);
        }
    }
}
