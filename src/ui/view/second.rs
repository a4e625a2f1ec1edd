//! The second currency beside the home one, where a large figure stands: "≈ KES 2,350", at the rate that holds today.
//!
//! Never a figure of its own: without a second currency, or without a rate for today, there is nothing beside.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::book::Book;
use crate::domain::money::Money;
use crate::ui::format::Style;

/// From this amount on only whole units are told, in the second currency.
const WHOLE_FROM: i64 = 1_000;

/// An amount in the second currency, at the rate of `today`, rounded half to even; `None` where there is none.
#[must_use]
pub fn beside(book: &Book, money: Money, today: NaiveDate) -> Option<String> {
    let settings = book.settings();
    let second = settings.second_currency.filter(|second| *second != money.currency)?;
    let converted = book.convert(money, second, today).ok()?;
    let style = Style::of(settings);
    if converted.amount.abs() < Decimal::from(WHOLE_FROM) {
        return Some(format!("≈ {}", style.money(converted)));
    }
    let whole = converted.amount.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    Some(format!("≈ {}", style.money_in_whole(converted.with(whole))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::exchange::ExchangeRate;
    use crate::domain::ids::RateId;
    use crate::domain::money::Currency;
    use crate::domain::query::work::testkit::{Kit, day, dec, usd};

    #[test]
    fn it_stands_beside_where_a_rate_of_today_is_known() {
        let kes: Currency = "KES".parse().unwrap();
        let mut kit = Kit::new();
        let today = day("2026-11-22");
        assert_eq!(beside(&kit.book, usd("18.18"), today), None, "no second currency");
        kit.settings(|settings| settings.second_currency = Some(kes));
        assert_eq!(beside(&kit.book, usd("18.18"), today), None, "no rate");
        kit.put(ExchangeRate {
            id: RateId(1),
            base: Currency::USD,
            quote: kes,
            on: day("2026-11-17"),
            rate: dec("129.25"),
            source: "own".into(),
            estimate: false,
        });
        assert_eq!(beside(&kit.book, usd("18.18"), today).as_deref(), Some("≈ KES 2,350"));
        assert_eq!(beside(&kit.book, usd("1.50"), today).as_deref(), Some("≈ KES 193.88"));
        assert_eq!(beside(&kit.book, usd("18.18"), day("2026-11-25")), None, "the rate is too old");
        assert_eq!(beside(&kit.book, Money::new(5.into(), kes), today), None, "it is in it already");
    }
}
