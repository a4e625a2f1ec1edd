//! Cuts: amounts shared by weight, to the decimals that are kept, so that the parts sum to the amount.
//!
//! One earning is cut several times by the same weights: those are added up once. Usual amounts are cut in whole numbers, which
//! is exact and a tenth of the work; what is too large for that in decimals.

use rust_decimal::Decimal;

use super::facts::{KEPT_DECIMALS, kept, sum};

/// The largest whole number that a Decimal holds.
const LARGEST: u128 = (1 << 96) - 1;

/// Weights to cut amounts by.
#[derive(Debug)]
pub(super) struct Weights {
    /// The sum of the weights up to each.
    reached: Vec<Decimal>,
    /// The same as whole numbers of one scale; `None` where they are too large for that.
    whole: Option<Vec<u64>>,
}

impl Weights {
    /// Weights are not negative; where they sum to nothing the parts are equal.
    pub(super) fn of(weights: impl Iterator<Item = Decimal> + Clone) -> Self {
        let nothing = sum(weights.clone()) <= Decimal::ZERO;
        let mut upto = Decimal::ZERO;
        let reached: Vec<Decimal> = weights
            .map(|weight| {
                upto = upto.saturating_add(if nothing { Decimal::ONE } else { weight });
                upto
            })
            .collect();
        Self { whole: whole(&reached), reached }
    }

    /// The parts of an amount.
    pub(super) fn cut(&self, amount: Decimal) -> Vec<Decimal> {
        let amount = kept(amount);
        if amount.is_zero() {
            return vec![Decimal::ZERO; self.reached.len()];
        }
        self.cut_whole(amount).unwrap_or_else(|| self.cut_exact(amount))
    }

    fn cut_whole(&self, amount: Decimal) -> Option<Vec<Decimal>> {
        let whole = self.whole.as_ref()?;
        let total = u128::from(*whole.last()?);
        let units = amount.mantissa().unsigned_abs().checked_mul(10_u128.pow(KEPT_DECIMALS - amount.scale()))?;
        if units > LARGEST {
            return None;
        }
        let mut given = 0;
        let mut parts = Vec::with_capacity(whole.len());
        for reached in whole {
            let until = divided(units.checked_mul(u128::from(*reached))?, total);
            let mut part = decimal(until - given)?;
            part.set_sign_negative(amount.is_sign_negative() && !part.is_zero());
            parts.push(part);
            given = until;
        }
        Some(parts)
    }

    fn cut_exact(&self, amount: Decimal) -> Vec<Decimal> {
        let total = self.reached.last().copied().unwrap_or(Decimal::ONE);
        let mut given = Decimal::ZERO;
        self.reached
            .iter()
            .map(|reached| {
                // Where the product is too large for a Decimal the quotient comes first.
                let until = amount
                    .checked_mul(*reached)
                    .and_then(|product| product.checked_div(total))
                    .or_else(|| reached.checked_div(total)?.checked_mul(amount))
                    .map_or(amount, kept);
                let part = until.saturating_sub(given);
                given = until;
                part
            })
            .collect()
    }
}

/// The parts of an amount by weight.
pub(super) fn shares(amount: Decimal, weights: &[Decimal]) -> Vec<Decimal> {
    Weights::of(weights.iter().copied()).cut(amount)
}

/// Growing decimals as whole numbers of one scale.
fn whole(reached: &[Decimal]) -> Option<Vec<u64>> {
    let scale = reached.iter().map(Decimal::scale).max()?;
    let mut before = 0;
    let number = |reached: &Decimal| {
        let of_scale = reached.mantissa().checked_mul(10_i128.checked_pow(scale - reached.scale())?)?;
        let number = u64::try_from(of_scale).ok().filter(|number| *number >= before)?;
        before = number;
        Some(number)
    };
    reached.iter().map(number).collect()
}

/// A quotient, half to even.
fn divided(number: u128, by: u128) -> u128 {
    let (quotient, rest) = (number / by, number % by);
    let up = match rest.cmp(&(by - rest)) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient % 2 == 1,
        std::cmp::Ordering::Greater => true,
    };
    quotient + u128::from(up)
}

/// So many of the smallest unit that is kept, without noughts at the end.
fn decimal(units: u128) -> Option<Decimal> {
    let Ok(mut number) = i64::try_from(units) else {
        return Some(Decimal::try_from_i128_with_scale(i128::try_from(units).ok()?, KEPT_DECIMALS).ok()?.normalize());
    };
    if number == 0 {
        return Some(Decimal::ZERO);
    }
    let mut scale = KEPT_DECIMALS;
    for decimals in [8, 4, 2, 1] {
        let power = 10_i64.pow(decimals);
        if number % power == 0 {
            number /= power;
            scale -= decimals;
        }
    }
    Some(Decimal::new(number, scale))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_half_goes_to_the_even_one_and_nothing_is_lost() {
        let exact = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(shares(exact("10"), &[]), []);
        assert_eq!(shares(exact("10"), &[Decimal::ZERO; 4]), [exact("2.5"); 4]);
        assert_eq!(shares(exact("0.000000000000001"), &[Decimal::ONE; 2]), [Decimal::ZERO, exact("0.000000000000001")]);
        assert_eq!(
            shares(exact("-1"), &[exact("0.5"), exact("1")]),
            [exact("-0.333333333333333"), exact("-0.666666666666667")]
        );
        let huge = Decimal::MAX;
        assert_eq!(sum(shares(huge, &[Decimal::ONE, Decimal::TWO]).into_iter()), huge);
    }

    proptest! {
        #[test]
        fn whole_numbers_and_decimals_cut_alike(
            amount in (-1_000_000_000_i64..1_000_000_000, 0u32..16),
            weights in proptest::collection::vec((0i64..10_000_000, 0u32..4), 1..12),
        ) {
            let amount = Decimal::new(amount.0, amount.1);
            let weights: Vec<Decimal> = weights.into_iter().map(|(number, scale)| Decimal::new(number, scale)).collect();
            let by = Weights::of(weights.iter().copied());
            let parts = by.cut_whole(amount).unwrap();
            prop_assert_eq!(sum(parts.iter().copied()), amount);
            // Decimals round twice: at their last digit, and at the last that is kept.
            let unit = Decimal::new(1, KEPT_DECIMALS);
            for (one, other) in parts.iter().zip(by.cut_exact(amount)) {
                prop_assert!((*one - other).abs() <= unit, "{} {}", one, other);
            }
        }
    }
}
