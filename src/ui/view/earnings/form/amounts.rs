//! The amounts of an earning: typed, or a batch's count times its price; fees and taxes in the same currency.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{EarningForm, Input, Kind, Read};
use crate::domain::book::Book;
use crate::domain::earning::Batch;
use crate::domain::money::{Currency, Money};
use crate::ui::format::Style;

impl EarningForm {
    /// The amount; and what of it was accepted, where a batch says so.
    pub(super) fn read_amount(
        &self,
        book: &Book,
        style: Style,
        currency: Currency,
        today: NaiveDate,
        read: &mut Read,
    ) -> (Option<Money>, Option<Money>) {
        if self.kind == Kind::Batch {
            return self.read_batch(book, style, currency, today, read);
        }
        let amount = match style.reader().cash(&self.amount, currency) {
            Ok(amount) => amount,
            Err(why) => {
                read.reasons.insert(Input::Amount, why.to_string());
                return (None, None);
            }
        };
        let negative = amount.amount.is_sign_negative() && !amount.amount.is_zero();
        if negative && self.kind != Kind::Adjustment {
            let why = "Above zero, please; a claw-back takes money back".to_owned();
            read.reasons.insert(Input::Amount, why);
            return (None, None);
        }
        let amount = if self.kind == Kind::ClawBack { amount.with(-amount.amount) } else { amount };
        read.notes.insert(Input::Amount, style.money(amount));
        (Some(amount), None)
    }

    fn read_batch(
        &self,
        book: &Book,
        style: Style,
        currency: Currency,
        today: NaiveDate,
        read: &mut Read,
    ) -> (Option<Money>, Option<Money>) {
        let count = match style.reader().count(&self.count) {
            Ok(0) => Err("At least one".to_owned()),
            Ok(count) => Ok(count),
            Err(why) => Err(why.to_string()),
        };
        let whole = (!self.amount.trim().is_empty()).then(|| style.reader().cash(&self.amount, currency));
        let price = match (self.price.trim(), &whole) {
            ("", Some(_)) => None,
            ("", None) => match self.usual_price(book, today) {
                Some(price) => Some(Ok(price)),
                None => Some(Err("A price of one, or the amount of all".to_owned())),
            },
            (text, _) => Some(style.reader().money(text, currency).map_err(|why| why.to_string())),
        };
        let count = match count {
            Ok(count) => count,
            Err(why) => {
                read.reasons.insert(Input::Count, why);
                return (None, None);
            }
        };
        let amount = match (price, whole) {
            (Some(Err(why)), _) => {
                read.reasons.insert(Input::Price, why);
                return (None, None);
            }
            (_, Some(Err(why))) => {
                read.reasons.insert(Input::Amount, why.to_string());
                return (None, None);
            }
            (Some(Ok(price)), None) => {
                let batch = Batch { count, price };
                read.notes.insert(Input::Price, format!("{} each", exact(price, style)));
                read.notes.insert(Input::Amount, format!("{} in all", style.money(batch.amount())));
                batch.amount().rounded()
            }
            (Some(Ok(price)), Some(Ok(amount))) => {
                let batch = Batch { count, price }.amount().rounded();
                if batch != amount {
                    let why = format!("{count} × {} is {}", exact(price, style), style.money(batch));
                    read.reasons.insert(Input::Amount, why);
                    return (None, None);
                }
                amount
            }
            (None, Some(Ok(amount))) => {
                let each = amount.with(amount.amount / Decimal::from(count));
                read.notes.insert(Input::Price, format!("{} each", exact(each, style)));
                amount
            }
            (None, None) => return (None, None),
        };
        if self.accepted.trim().is_empty() {
            return (Some(amount), None);
        }
        match style.reader().percent(&self.accepted) {
            Ok(percent) => {
                let part = amount.with(amount.amount.saturating_mul(percent) / Decimal::ONE_HUNDRED).rounded();
                read.notes.insert(Input::Accepted, format!("{} of it", style.money(part)));
                (Some(amount), (part != amount).then_some(part))
            }
            Err(why) => {
                read.reasons.insert(Input::Accepted, why.to_string());
                (Some(amount), None)
            }
        }
    }
}

/// A fee or a tax; `None` where none is typed, or where it does not fit.
pub(super) fn read_cut(text: &str, input: Input, style: Style, currency: Currency, read: &mut Read) -> Option<Money> {
    if text.trim().is_empty() {
        return None;
    }
    match style.reader().cash(text, currency) {
        Ok(money) if money.currency != currency => {
            read.reasons.insert(input, format!("In {currency}, please, as the amount"));
            None
        }
        Ok(money) if money.amount.is_sign_negative() => {
            read.reasons.insert(input, "Not below zero, please".to_owned());
            None
        }
        Ok(money) => Some(money),
        Err(why) => {
            read.reasons.insert(input, why.to_string());
            None
        }
    }
}

/// A price with all its decimals: "$0.0125".
fn exact(money: Money, style: Style) -> String {
    if money.rounded() == money {
        style.money(money)
    } else {
        format!("{} {}", style.exact(money.amount), money.currency)
    }
}
