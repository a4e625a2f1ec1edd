//! Fees: what should arrive of a gross amount.
//!
//! Known fees of recorded earnings go before rules, a project's share before its platform's, a route's fees before the
//! schedule's payout fee. A fee in another currency is not converted and not taken off. All exact.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Expected, Source, SourceRow};
use crate::domain::book::Book;
use crate::domain::ids::EarningId;
use crate::domain::money::Money;
use crate::domain::route::{Fee, Route, RouteStep};
use crate::domain::schedule::{EarningShape, Modifiers, Rule};

/// What is taken off a gross amount, each in its currency and never below nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fees {
    /// The platform's.
    pub platform: Decimal,
    /// Of the payout and its transfers.
    pub payout: Decimal,
    /// Tax known to be withheld.
    pub tax: Decimal,
}

impl Fees {
    /// What is left of the gross, never below nothing.
    pub(super) fn net(self, gross: Money) -> Money {
        let taken = self.platform.saturating_add(self.payout).saturating_add(self.tax);
        if taken.is_zero() {
            return gross;
        }
        gross.with(gross.amount.saturating_sub(taken).max(Decimal::ZERO.min(gross.amount)))
    }
}

/// A share in per cent; nothing of what is no positive amount, or too large to multiply.
fn share(amount: Decimal, percent: Decimal) -> Decimal {
    let percent = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
    amount.max(Decimal::ZERO).checked_mul(percent).map_or(Decimal::ZERO, |part| part / Decimal::ONE_HUNDRED)
}

/// A sum where it is in the currency of the money, else `None`.
fn in_currency(sum: Option<Money>, money: Money) -> Option<Decimal> {
    sum.filter(|sum| sum.currency == money.currency).map(|sum| sum.amount.max(Decimal::ZERO))
}

/// A fee on an amount whose share is known: with its fixed sum, at least its least sum.
fn whole_fee(fee: &Fee, share: Decimal, money: Money) -> Decimal {
    if money.amount <= Decimal::ZERO {
        return Decimal::ZERO;
    }
    let sum = share.saturating_add(in_currency(fee.fixed, money).unwrap_or_default());
    sum.max(in_currency(fee.at_least, money).unwrap_or_default())
}

/// A fee on an amount.
fn fee_on(fee: &Fee, money: Money) -> Decimal {
    whole_fee(fee, share(money.amount, fee.percent.unwrap_or_default()), money)
}

/// The transfers of a route that are done before money counts as landed.
pub(super) fn counted_steps(route: &Route) -> &[RouteStep] {
    let all = route.steps.as_slice();
    match usize::try_from(route.landed_after_step) {
        Ok(count) if count > 0 => all.get(..count).unwrap_or(all),
        _ => all,
    }
}

/// What is known to be taken off the gross of an expected payout, exact.
#[must_use]
pub fn fees_of(book: &Book, expected: &Expected) -> Fees {
    let schedule = expected.schedule.as_ref().and_then(|(id, _)| book.schedule(*id));
    let rule = schedule.map(|schedule| &schedule.rule);
    let route = rule.and_then(|_| book.route_taken(expected.key.route, Some(expected.key.platform)));
    let route = route.map(AsRef::as_ref);
    fees(book, expected.gross, &expected.rows, rule, route)
}

/// What a route's transfers up to the account that counts take off a sum, exact; `None` where none of them says. Fees in
/// another currency are left out.
#[must_use]
pub fn way_fee(route: &Route, sent: Money) -> Option<Money> {
    let steps = counted_steps(route);
    steps.iter().any(|step| step.fee.is_some()).then(|| sent.with(payout_fees(sent, None, Some(route))))
}

/// The fees of what goes out together: gross is the sum of the rows.
pub(super) fn fees(book: &Book, gross: Money, rows: &[SourceRow], rule: Option<&Rule>, route: Option<&Route>) -> Fees {
    let modifiers = rule.map(|rule| &rule.modifiers);
    let each = rule.is_some_and(|rule| matches!(rule.earning, EarningShape::ItemClock { .. }));
    let (platform, tax) = platform_fees(book, gross, rows, modifiers, each);
    let sent = gross.with(gross.amount.saturating_sub(platform).saturating_sub(tax));
    let payout = payout_fees(sent, modifiers, route);
    Fees { platform, payout, tax }
}

/// The platform's fees and the tax withheld. Items are charged one by one, a window as a whole.
fn platform_fees(
    book: &Book,
    gross: Money,
    rows: &[SourceRow],
    modifiers: Option<&Modifiers>,
    each: bool,
) -> (Decimal, Decimal) {
    let rule_fee = modifiers.and_then(|modifiers| modifiers.platform_fee.as_ref());
    let mut known = Decimal::ZERO;
    let mut tax = Decimal::ZERO;
    let mut shares = Decimal::ZERO;
    let mut base = Decimal::ZERO;
    let earnings = EarningParts::of(book, rows);
    let no_fee = Fee::default();
    let fee = rule_fee.unwrap_or(&no_fee);
    for row in rows {
        if let Source::Earning(id) = row.source {
            tax = tax.saturating_add(earnings.part(id, row, |earning| earning.tax_withheld).unwrap_or_default());
            if let Some(part) = earnings.part(id, row, |earning| earning.platform_fee) {
                known = known.saturating_add(part);
                continue;
            }
        }
        let own = row.project.and_then(|id| book.project(id)).and_then(|project| project.platform_fee_percent);
        let part = share(row.amount.amount, own.or(fee.percent).unwrap_or_default());
        if each {
            known = known.saturating_add(whole_fee(fee, part, row.amount));
        } else {
            shares = shares.saturating_add(part);
            base = base.saturating_add(row.amount.amount);
        }
    }
    (known.saturating_add(whole_fee(fee, shares, gross.with(base))), tax)
}

/// The earnings behind some rows, looked up once.
struct EarningParts<'b>(HashMap<EarningId, &'b crate::domain::earning::Earning>);

impl<'b> EarningParts<'b> {
    fn of(book: &'b Book, rows: &[SourceRow]) -> Self {
        let found = rows.iter().filter_map(|row| match row.source {
            Source::Earning(id) => book.earning(id).map(|earning| (id, earning.as_ref())),
            Source::Session(_) => None,
        });
        Self(found.collect())
    }

    /// The part of a known sum of an earning that belongs to what is still open of it.
    fn part(
        &self,
        id: EarningId,
        row: &SourceRow,
        sum: impl Fn(&crate::domain::earning::Earning) -> Option<Money>,
    ) -> Option<Decimal> {
        let earning = self.0.get(&id)?;
        let sum = in_currency(sum(earning), row.amount)?;
        let owed = earning.owed().amount;
        if owed == row.amount.amount {
            return Some(sum);
        }
        sum.checked_mul(row.amount.amount)?.checked_div(owed).map(|part| part.max(Decimal::ZERO))
    }
}

fn payout_fees(sent: Money, modifiers: Option<&Modifiers>, route: Option<&Route>) -> Decimal {
    let steps: Vec<&Fee> =
        route.map(counted_steps).unwrap_or_default().iter().filter_map(|step| step.fee.as_ref()).collect();
    if steps.is_empty() {
        let fee = modifiers.and_then(|modifiers| modifiers.payout_fee.as_ref());
        return fee.map_or(Decimal::ZERO, |fee| fee_on(fee, sent));
    }
    let mut left = sent;
    for fee in steps {
        left = left.with(left.amount.saturating_sub(fee_on(fee, left)));
    }
    sent.amount.saturating_sub(left.amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::testing::usd;

    #[test]
    fn the_higher_of_share_and_least_sum_is_taken() {
        // Source: platform facts, checked 2026-11-22, Respondent: USD 20 pays 19.00 (5 % = 1.00, the minimum is also 1).
        let fee = Fee { percent: Some(5.into()), fixed: None, at_least: Some(usd("1")) };
        assert_eq!(fee_on(&fee, usd("20")), Decimal::ONE);
        assert_eq!(fee_on(&fee, usd("10")), Decimal::ONE);
        assert_eq!(fee_on(&fee, usd("100")), Decimal::from(5));
        assert_eq!(fee_on(&fee, usd("0")), Decimal::ZERO);
    }

    #[test]
    fn a_fee_in_another_currency_is_not_taken_off() {
        let euro = Money::new(Decimal::TWO, Currency::EUR);
        let fee = Fee { percent: None, fixed: Some(euro), at_least: None };
        assert_eq!(fee_on(&fee, usd("20")), Decimal::ZERO);
    }

    #[test]
    fn what_arrives_is_never_below_nothing() {
        let fees = Fees { platform: Decimal::TEN, payout: Decimal::ZERO, tax: Decimal::ZERO };
        assert_eq!(fees.net(usd("3")), usd("0"));
        assert_eq!(fees.net(usd("-3")), usd("-3"));
    }
}
