//! A day and an amount in one line, as people note a payment: `17 Nov 188.40`.

use chrono::NaiveDate;

use super::{Reader, Unreadable, cleaned, date};
use crate::domain::money::{Currency, Money};

/// Money that came on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The day.
    pub on: NaiveDate,
    /// The amount, exact.
    pub amount: Money,
}

/// A payment: `17 Nov 188.40`, `Tue 17 Nov · $188.40`, `188.40 on 17 Nov`, `yesterday 50`. The currency is `otherwise`
/// where none is written.
///
/// Every place between two words is tried as the one between day and amount. The day comes first where both orders can
/// be (`17 Nov 18`); what can still be read in two ways is refused.
///
/// # Errors
/// [`Unreadable`] with the reason.
pub(super) fn payment(
    text: &str,
    today: NaiveDate,
    otherwise: Currency,
    reader: Reader,
) -> Result<Payment, Unreadable> {
    let text = cleaned(text)?;
    if let Some((one, other)) = text.split_once(['·', ';']) {
        return pair(one, other, today, otherwise, reader).ok_or_else(|| why(one, other, today, otherwise, reader));
    }
    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "on").collect();
    let mut day_first: Vec<Payment> = Vec::new();
    let mut amount_first: Vec<Payment> = Vec::new();
    for at in 1..words.len() {
        let (before, after) = words.split_at(at);
        let (before, after) = (before.join(" "), after.join(" "));
        day_first.extend(in_order(&before, &after, today, otherwise, reader));
        amount_first.extend(in_order(&after, &before, today, otherwise, reader));
    }
    match (day_first.as_slice(), amount_first.as_slice()) {
        ([one], _) | ([], [one]) => Ok(*one),
        ([], []) => Err(Unreadable::NotAPayment),
        _ => Err(Unreadable::TwoPayments(text)),
    }
}

/// A day and an amount.
fn in_order(day: &str, amount: &str, today: NaiveDate, otherwise: Currency, reader: Reader) -> Option<Payment> {
    let amount = amount.trim().trim_end_matches(',');
    let day = day.trim().trim_end_matches(',');
    Some(Payment { on: date(day, today).ok()?, amount: reader.money(amount, otherwise).ok()? })
}

/// A day and an amount in either order.
fn pair(one: &str, other: &str, today: NaiveDate, otherwise: Currency, reader: Reader) -> Option<Payment> {
    in_order(one, other, today, otherwise, reader).or_else(|| in_order(other, one, today, otherwise, reader))
}

/// Why two parts are no payment: the reason of the amount where the day is one.
fn why(one: &str, other: &str, today: NaiveDate, otherwise: Currency, reader: Reader) -> Unreadable {
    let reason = |day: &str, amount: &str| {
        date(day.trim(), today).ok()?;
        reader.money(amount.trim(), otherwise).err().filter(|reason| *reason != Unreadable::Empty)
    };
    reason(one, other).or_else(|| reason(other, one)).unwrap_or(Unreadable::NotAPayment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::NumberStyle;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
    }

    fn read(text: &str) -> Result<(String, String), Unreadable> {
        payment(text, today(), Currency::USD, Reader::default()).map(|read| {
            (read.on.to_string(), format!("{} {}", read.amount.amount.normalize(), read.amount.currency.code()))
        })
    }

    #[test]
    fn a_day_and_an_amount_are_understood_in_either_order() {
        for text in [
            "17 Nov 188.40",
            "Tue 17 Nov · $188.40",
            "tue 17 nov $188.40",
            "17 Nov 2026 188.40",
            "188.40 on 17 Nov",
            "$188.40, 17 Nov",
            "2026-11-17 188.40 USD",
            "17.11. 188.40",
            "17nov; 188.4",
            "Tue 188.40",
        ] {
            assert_eq!(read(text), Ok(("2026-11-17".into(), "188.4 USD".into())), "{text}");
        }
        assert_eq!(read("Fri 13 Nov · £18.40"), Ok(("2026-11-13".into(), "18.4 GBP".into())));
        assert_eq!(read("yesterday 1 234,50"), Ok(("2026-11-21".into(), "1234.5 USD".into())));
    }

    #[test]
    fn what_lacks_a_part_or_has_two_meanings_is_refused_with_a_reason() {
        for text in ["17 Nov", "188.40", "soon 5", "17 Nov · ", "·", "17 Nov 188.40 5"] {
            assert_eq!(read(text), Err(Unreadable::NotAPayment), "{text}");
        }
        assert_eq!(read(""), Err(Unreadable::Empty));
        assert_eq!(read("17 Nov · ¥500"), Err(Unreadable::SharedSign("¥".into(), "JPY")));
        let german = payment("17.11. 1.188,40", today(), Currency::EUR, Reader(NumberStyle::CommaPoint));
        assert_eq!(german.map(|read| read.amount.amount.to_string()), Ok("1188.40".into()));
        assert_eq!(read("17 Nov 18"), Ok(("2026-11-17".into(), "18 USD".into())));
        assert_eq!(read("5 17 Nov"), Ok(("2026-11-17".into(), "5 USD".into())));
        // The year 2026, or twenty-six thousand.
        assert_eq!(read("17 Nov 26 188.40"), Err(Unreadable::TwoPayments("17 nov 26 188.40".into())));
        assert_eq!(read("17 Nov 26 · 188.40"), Ok(("2026-11-17".into(), "188.4 USD".into())));
    }
}
