//! The six figures of a payout, and whether they add up.
//!
//! Gross less platform fee, tax and payout fee is what is sent; times the exchange rate, it is what is received. Any of
//! them may be missing: then what follows from the rest is told as computed, and never taken for zero.

use rust_decimal::Decimal;

use super::Payout;
use crate::domain::money::{Currency, Money};

/// One of the figures that are sums of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// Before anything was taken off.
    Gross,
    /// The platform's fee.
    PlatformFee,
    /// Tax withheld, or tax on the fee.
    Tax,
    /// What the transfers cost.
    PayoutFee,
    /// What arrived.
    Received,
}

/// The six figures as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// The currency of the gross, of the platform's fee and of the tax.
    pub currency: Currency,
    /// Before anything was taken off.
    pub gross: Option<Money>,
    /// The platform's fee.
    pub platform_fee: Option<Money>,
    /// Tax withheld, or tax on the fee.
    pub tax: Option<Money>,
    /// What the transfers cost: in the currency of the gross it is taken off before the exchange, else after it.
    pub payout_fee: Option<Money>,
    /// How much of the currency received one unit of the gross's bought.
    pub rate: Option<Decimal>,
    /// What arrived.
    pub received: Option<Money>,
}

/// What the figures come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sum {
    /// All that is known adds up.
    AddsUp,
    /// The gross follows from what arrived and what was taken off.
    Gross(Money),
    /// What arrives follows from the gross and what is taken off.
    Received(Money),
    /// The exchange rate follows from both ends.
    Rate(Decimal),
    /// So much was taken off that no figure tells of; one of those that are missing may be it. Of none, it stands as
    /// unexplained.
    Left {
        /// How much.
        rest: Money,
        /// The figures that nobody said.
        of: Vec<Figure>,
    },
    /// More arrived than the figures leave.
    Over(Money),
    /// Too little is known.
    Unknown,
}

impl Figures {
    /// The figures of a payout as it is recorded. A gross that nobody said is missing.
    #[must_use]
    pub fn of(payout: &Payout) -> Self {
        Self {
            currency: payout.gross.currency,
            gross: Some(payout.gross).filter(|_| !payout.gross_computed),
            platform_fee: payout.platform_fee,
            tax: payout.tax_withheld,
            payout_fee: payout.payout_fee(),
            rate: payout.rate(),
            received: payout.received,
        }
    }

    /// What is known to be taken off in the currency of the gross.
    fn cuts(&self) -> Decimal {
        [self.platform_fee, self.tax, self.payout_fee]
            .into_iter()
            .flatten()
            .filter(|cut| cut.currency == self.currency)
            .fold(Decimal::ZERO, |sum, cut| sum.saturating_add(cut.amount))
    }

    /// What arrived before the fee that was taken off after the exchange.
    fn before_last_fee(&self, received: Money) -> Decimal {
        let after = self.payout_fee.filter(|fee| fee.currency != self.currency && fee.currency == received.currency);
        received.amount.saturating_add(after.map_or(Decimal::ZERO, |fee| fee.amount))
    }

    /// The sums that nobody said of what is taken off.
    fn missing(&self) -> Vec<Figure> {
        [(Figure::PlatformFee, self.platform_fee), (Figure::Tax, self.tax), (Figure::PayoutFee, self.payout_fee)]
            .into_iter()
            .filter(|(_, known)| known.is_none())
            .map(|(figure, _)| figure)
            .collect()
    }

    /// Whether what is known adds up, and what follows of what is not. Sums are rounded to the minor unit, a rate is
    /// exact to ten decimals.
    #[must_use]
    pub fn sum(&self) -> Sum {
        match (self.gross, self.received) {
            (Some(gross), None) if self.rate.is_none() => {
                Sum::Received(gross.with(gross.amount.saturating_sub(self.cuts())))
            }
            (_, None) => Sum::Unknown,
            (None, Some(received)) => self.gross_from(received).map_or(Sum::Unknown, Sum::Gross),
            (Some(gross), Some(received)) if received.currency == gross.currency => {
                let left = gross.amount.saturating_sub(self.cuts());
                self.judge(gross.with(left.saturating_sub(received.amount)), Decimal::ZERO)
            }
            (Some(gross), Some(received)) => self.exchanged(gross, received),
        }
    }

    /// The gross that what arrived and what is known to have been taken off come from; `None` where an exchange rate is
    /// missing.
    fn gross_from(&self, received: Money) -> Option<Money> {
        let sent = if received.currency == self.currency {
            received.amount
        } else {
            self.before_last_fee(received).checked_div(self.rate.filter(|rate| *rate > Decimal::ZERO)?)?
        };
        Some(Money::new(sent.checked_add(self.cuts())?, self.currency).rounded())
    }

    fn exchanged(&self, gross: Money, received: Money) -> Sum {
        let sent = gross.amount.saturating_sub(self.cuts());
        let arrived = self.before_last_fee(received);
        let Some(rate) = self.rate else {
            let rate = arrived.checked_div(sent).filter(|_| sent > Decimal::ZERO);
            return rate.map_or(Sum::Unknown, |rate| Sum::Rate(rate.round_dp(10).normalize()));
        };
        let Some(should) = sent.checked_mul(rate) else { return Sum::Unknown };
        // A rate is told to so many decimals: half of its last one may be rounded away, and half a cent at the end.
        let half = |places: u32| Decimal::new(5, places.saturating_add(1).min(28));
        let slack = sent.abs().saturating_mul(half(rate.normalize().scale()));
        let slack = slack.saturating_add(half(received.currency.minor_units()));
        self.judge(received.with(should.saturating_sub(arrived)), slack)
    }

    /// What is left over, where that is more than a rounding.
    fn judge(&self, rest: Money, slack: Decimal) -> Sum {
        if rest.amount.abs() <= slack || rest.rounded().amount.is_zero() {
            Sum::AddsUp
        } else if rest.amount > Decimal::ZERO {
            Sum::Left { rest: rest.rounded(), of: self.missing() }
        } else {
            Sum::Over(rest.with(-rest.amount).rounded())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{dec, usd};

    fn known() -> Figures {
        Figures {
            currency: Currency::USD,
            gross: None,
            platform_fee: None,
            tax: None,
            payout_fee: None,
            rate: None,
            received: None,
        }
    }

    fn kes(text: &str) -> Money {
        Money::new(dec(text), "KES".parse().unwrap())
    }

    /// Upwork's own example of tax on its fee: 10 % of $258.00, and 16 % VAT of that.
    fn upwork() -> Figures {
        Figures {
            gross: Some(usd("258.00")),
            platform_fee: Some(usd("25.80")),
            tax: Some(usd("4.13")),
            payout_fee: Some(usd("0")),
            ..known()
        }
    }

    #[test]
    fn upwork_with_tax_on_the_fee_adds_up_from_every_side() {
        assert_eq!(upwork().sum(), Sum::Received(usd("228.07")));
        let whole = Figures { received: Some(usd("228.07")), ..upwork() };
        assert_eq!(whole.sum(), Sum::AddsUp);
        assert_eq!(Figures { gross: None, ..whole }.sum(), Sum::Gross(usd("258.00")));
        let of = vec![Figure::Tax];
        assert_eq!(Figures { tax: None, ..whole }.sum(), Sum::Left { rest: usd("4.13"), of });
        let of = vec![Figure::PlatformFee, Figure::Tax];
        let two = Figures { tax: None, platform_fee: None, ..whole };
        assert_eq!(two.sum(), Sum::Left { rest: usd("29.93"), of });
    }

    #[test]
    fn what_no_figure_tells_of_is_left_and_what_is_too_much_is_over() {
        let short = Figures { received: Some(usd("220")), ..upwork() };
        assert_eq!(short.sum(), Sum::Left { rest: usd("8.07"), of: Vec::new() });
        let more = Figures { received: Some(usd("230")), ..upwork() };
        assert_eq!(more.sum(), Sum::Over(usd("1.93")));
        assert_eq!(known().sum(), Sum::Unknown);
    }

    #[test]
    fn an_exchange_follows_from_both_ends_and_a_fee_abroad_is_taken_off_after_it() {
        // $100.00 less $1.00 at 129.25 is KES 12,795.75, less KES 33 for the last step.
        let of = Figures { gross: Some(usd("100")), platform_fee: Some(usd("1")), ..known() };
        let exact = Figures { received: Some(kes("12795.75")), ..of };
        assert_eq!(exact.sum(), Sum::Rate(dec("129.25")));
        let told = Figures { rate: Some(dec("129.25")), ..exact };
        assert_eq!(told.sum(), Sum::AddsUp);
        let fee = Figures { payout_fee: Some(kes("33")), received: Some(kes("12762.75")), ..told };
        assert_eq!(fee.sum(), Sum::AddsUp);
        assert_eq!(Figures { gross: None, ..fee }.sum(), Sum::Gross(usd("100")));
        // A rate with two decimals may hide half a cent of it a dollar.
        let rounded = Figures { received: Some(kes("12795.30")), ..told };
        assert_eq!(rounded.sum(), Sum::AddsUp);
        let short = Figures { received: Some(kes("12700")), ..told };
        assert!(matches!(short.sum(), Sum::Left { rest, .. } if rest == kes("95.75")));
        assert_eq!(Figures { rate: None, gross: None, ..fee }.sum(), Sum::Unknown, "without a rate nothing follows");
    }
}
