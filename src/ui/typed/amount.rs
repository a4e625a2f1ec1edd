//! Amounts of money, plain decimals and percentages, as people type them.
//!
//! Which of point and comma parts the cents: where both are used, the last one. One that occurs more than once groups
//! thousands. One alone is read in the user's style: their mark of thousands before three digits groups (`1,234`), and
//! anywhere else it is refused and never read over (`12,5`); their mark of decimals parts the cents, but is asked back
//! before three digits (`1.234`), since it may come from where it groups; one that is neither parts the cents. Spaces and
//! apostrophes group thousands in every style. No `f64` anywhere.

use std::str::FromStr as _;

use rust_decimal::Decimal;

use super::{Unreadable, cleaned};
use crate::domain::settings::NumberStyle;
use crate::ui::format::marks;

/// An amount as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Exact; may be negative.
    pub value: Decimal,
    /// ISO 4217 code where a sign or code was typed; `None`: the field's own currency holds.
    pub currency: Option<String>,
}

/// Signs and the one currency that each stands for. A dollar sign alone is the US dollar; a yen sign is
/// refused, since the renminbi has it too.
const SIGNS: [(&str, &str); 22] = [
    ("us$", "USD"),
    ("ca$", "CAD"),
    ("c$", "CAD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("nz$", "NZD"),
    ("s$", "SGD"),
    ("hk$", "HKD"),
    ("mx$", "MXN"),
    ("r$", "BRL"),
    ("cn¥", "CNY"),
    ("jp¥", "JPY"),
    ("$", "USD"),
    ("£", "GBP"),
    ("€", "EUR"),
    ("₦", "NGN"),
    ("₱", "PHP"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("₩", "KRW"),
];

/// An amount, with or without its currency: `25`, `$25`, `25.50 USD`, `£14.20`, `1,234.50`, `1.234,50`, `€6`.
///
/// # Errors
/// [`Unreadable`] with the reason; see the head of this file for what could be two amounts.
pub(super) fn amount(text: &str, style: NumberStyle) -> Result<Amount, Unreadable> {
    let text = cleaned(text)?;
    let (negative, text) = sign(&text);
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’');
    let start = text.find(is_figure).ok_or(Unreadable::NotAnAmount)?;
    let end = text.rfind(is_figure).ok_or(Unreadable::NotAnAmount)?;
    let (before, rest) = text.split_at(start);
    // The last figure may be an apostrophe of two bytes; the split is at its end.
    let width = rest.get(end - start..).and_then(|at| at.chars().next()).map_or(1, char::len_utf8);
    let (figure, after) = rest.split_at(end - start + width);
    let (inner_minus, before) = sign(before.trim());
    let before = before.trim_end_matches(['-', '−']).trim();
    let minus_before_figure = text.get(..start).is_some_and(|before| before.len() > 1 && before.ends_with(['-', '−']));
    let currency = match (currency(before)?, currency(after.trim())?) {
        (Some(a), Some(b)) if a == b || (a == "USD" && before == "$" && b.ends_with('D')) => Some(b),
        (Some(a), Some(b)) => return Err(Unreadable::TwoCurrencies(a, b)),
        (a, b) => a.or(b),
    };
    let mut value = figures(figure, style)?;
    if negative || inner_minus || minus_before_figure {
        value.set_sign_negative(!value.is_zero());
    }
    Ok(Amount { value, currency })
}

/// A plain number without a currency, with the same rules for point and comma.
///
/// # Errors
/// [`Unreadable`] with the reason.
pub(super) fn decimal(text: &str, style: NumberStyle) -> Result<Decimal, Unreadable> {
    let typed = amount(text, style)?;
    match typed.currency {
        None => Ok(typed.value),
        Some(_) => Err(Unreadable::NotAnAmount),
    }
}

/// A percentage from 0 to 100, with or without its sign: `25`, `25 %`, `12.5%`. The result is 25 for 25 %.
///
/// # Errors
/// [`Unreadable`] with the reason.
pub(super) fn percent(text: &str, style: NumberStyle) -> Result<Decimal, Unreadable> {
    let text = cleaned(text)?;
    let figure = text.strip_suffix('%').unwrap_or(&text);
    let value = decimal(figure, style).map_err(|reason| {
        if reason == Unreadable::TooLarge {
            Unreadable::OutOfPercent
        } else if matches!(reason, Unreadable::GroupMark(..) | Unreadable::TwoAmounts(..)) {
            reason
        } else {
            Unreadable::NotAPercentage
        }
    })?;
    if value.is_sign_negative() && !value.is_zero() || value > Decimal::ONE_HUNDRED {
        return Err(Unreadable::OutOfPercent);
    }
    Ok(value)
}

/// Takes a leading minus (either kind) or plus.
fn sign(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix(['-', '−']) {
        (true, rest.trim_start())
    } else {
        (false, text.strip_prefix('+').unwrap_or(text).trim_start())
    }
}

fn currency(word: &str) -> Result<Option<String>, Unreadable> {
    if word.is_empty() {
        return Ok(None);
    }
    if word == "¥" {
        return Err(Unreadable::SharedSign("¥".into(), "JPY"));
    }
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == word) {
        return Ok(Some((*code).to_owned()));
    }
    let code = word.to_uppercase();
    if iso_currency::Currency::from_code(&code).is_some() {
        Ok(Some(code))
    } else {
        Err(Unreadable::NoSuchCurrency(code))
    }
}

/// Digits with points, commas, spaces or apostrophes among them.
fn figures(text: &str, style: NumberStyle) -> Result<Decimal, Unreadable> {
    let points = text.matches('.').count();
    let commas = text.matches(',').count();
    let cents = match (points, commas) {
        (1, 1) => {
            let last = if text.rfind('.') > text.rfind(',') { '.' } else { ',' };
            Some(last)
        }
        (1, 0) => alone(text, '.', style)?,
        (0, 1) => alone(text, ',', style)?,
        // None at all, or one kind that groups thousands.
        (0, _) | (_, 0) => None,
        (1, _) => Some('.'),
        (_, 1) => Some(','),
        _ => return Err(Unreadable::NotAnAmount),
    };
    let (whole, part) = match cents {
        Some(mark) => text.rsplit_once(mark).unwrap_or((text, "")),
        None => (text, ""),
    };
    let mut digits = grouped(whole)?;
    if !part.is_empty() {
        if !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Unreadable::NotAnAmount);
        }
        digits.push('.');
        digits.push_str(part);
    } else if digits.is_empty() {
        return Err(Unreadable::NotAnAmount);
    }
    let value = Decimal::from_str(&digits).ok().ok_or(Unreadable::TooLarge)?;
    // Sums of many such amounts still fit into a Decimal.
    if value > Decimal::from(1_000_000_000_000_u64) { Err(Unreadable::TooLarge) } else { Ok(value) }
}

/// Whether the only mark in `text` parts the cents, in the user's style.
fn alone(text: &str, mark: char, style: NumberStyle) -> Result<Option<char>, Unreadable> {
    let (group, point) = marks(style);
    let (whole, part) = text.split_once(mark).unwrap_or((text, ""));
    // Groups that are marked otherwise leave only one meaning.
    if whole.contains([' ', '\'', '’']) {
        return Ok(Some(mark));
    }
    let leads = !whole.is_empty() && whole != "0" && whole.len() <= 3 && !whole.starts_with('0');
    let three = part.len() == 3 && leads;
    if mark == group {
        return if three {
            Ok(None)
        } else {
            Err(Unreadable::GroupMark(text.to_owned(), format!("{whole}{point}{part}")))
        };
    }
    if three {
        let thousands = format!("{whole}{part}{point}00");
        let cents = format!("{whole}{point}{part}0");
        return Err(Unreadable::TwoAmounts(text.to_owned(), thousands, cents));
    }
    Ok(Some(mark))
}

/// The digits of a whole number; groups after the first have three digits each (or two, as in India).
fn grouped(text: &str) -> Result<String, Unreadable> {
    let groups: Vec<&str> = text.split([' ', ',', '.', '\'', '’']).collect();
    let well_formed = groups.iter().enumerate().all(|(at, group)| {
        let digits = group.bytes().all(|b| b.is_ascii_digit());
        let length = if groups.len() == 1 {
            true
        } else if at == 0 {
            (1..=3).contains(&group.len())
        } else if at + 1 == groups.len() {
            group.len() == 3
        } else {
            (2..=3).contains(&group.len())
        };
        digits && length
    });
    if well_formed { Ok(groups.concat()) } else { Err(Unreadable::NotAnAmount) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: NumberStyle = NumberStyle::PointComma;

    fn amount(text: &str) -> Result<Amount, Unreadable> {
        super::amount(text, PLAIN)
    }

    fn percent(text: &str) -> Result<Decimal, Unreadable> {
        super::percent(text, PLAIN)
    }

    fn value(text: &str) -> Decimal {
        Decimal::from_str(text).expect("a number of the test")
    }

    #[test]
    fn amounts_are_understood_the_way_people_type_them() {
        for (text, expected, currency) in [
            ("25", "25", None),
            ("25.5", "25.5", None),
            (".5", "0.5", None),
            ("25.", "25", None),
            ("1,234.50", "1234.50", None),
            ("1.234,50", "1234.50", None),
            ("1 234,50", "1234.50", None),
            ("1'234.50", "1234.50", None),
            ("1,234,567", "1234567", None),
            ("1.234.567,89", "1234567.89", None),
            ("12,34,567.50", "1234567.50", None),
            ("0.125", "0.125", None),
            ("1,234", "1234", None),
            ("1234.567", "1234.567", None),
            ("$25", "25", Some("USD")),
            ("25.50 USD", "25.50", Some("USD")),
            ("usd 25", "25", Some("USD")),
            ("$25 USD", "25", Some("USD")),
            ("$25 CAD", "25", Some("CAD")),
            ("CA$25", "25", Some("CAD")),
            ("£14.20", "14.20", Some("GBP")),
            ("€6", "6", Some("EUR")),
            ("6 €", "6", Some("EUR")),
            ("KES 1,200.00", "1200.00", Some("KES")),
            ("₦5000", "5000", Some("NGN")),
            ("−$3.33", "-3.33", Some("USD")),
            ("-3.33", "-3.33", None),
            ("$-3.33", "-3.33", Some("USD")),
            ("-0", "0", None),
            ("+5", "5", None),
            ("$1,234.50", "1234.50", Some("USD")),
        ] {
            let expected = Amount { value: value(expected), currency: currency.map(Into::into) };
            assert_eq!(amount(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn other_amounts_are_refused_with_a_reason() {
        let two = |text: &str, a: &str, b: &str| Unreadable::TwoAmounts(text.into(), a.into(), b.into());
        for (text, reason) in [
            ("", Unreadable::Empty),
            ("abc", Unreadable::NotAnAmount),
            ("$", Unreadable::NotAnAmount),
            (".", Unreadable::NotAnAmount),
            ("25,50", Unreadable::GroupMark("25,50".into(), "25.50".into())),
            ("0,125", Unreadable::GroupMark("0,125".into(), "0.125".into())),
            ("1234,567", Unreadable::GroupMark("1234,567".into(), "1234.567".into())),
            ("1.234", two("1.234", "1234.00", "1.2340")),
            ("12,34,5", Unreadable::NotAnAmount),
            ("1,23.50", Unreadable::NotAnAmount),
            ("1.2.3,4,5", Unreadable::NotAnAmount),
            ("25 25", Unreadable::NotAnAmount),
            ("25 XYZQ", Unreadable::NoSuchCurrency("XYZQ".into())),
            ("¥500", Unreadable::SharedSign("¥".into(), "JPY")),
            ("€5 USD", Unreadable::TwoCurrencies("EUR".into(), "USD".into())),
            ("1000000000001", Unreadable::TooLarge),
            ("99999999999999999999999999999999999", Unreadable::TooLarge),
            ("5’", Unreadable::NotAnAmount),
        ] {
            assert_eq!(amount(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn percentages_lie_between_nothing_and_all() {
        for (text, expected) in
            [("25", "25"), ("25 %", "25"), ("25%", "25"), ("12.5 %", "12.5"), ("0", "0"), ("100", "100")]
        {
            assert_eq!(percent(text), Ok(value(expected)), "{text}");
        }
        for (text, reason) in [
            ("", Unreadable::Empty),
            ("%", Unreadable::NotAPercentage),
            ("a quarter", Unreadable::NotAPercentage),
            ("25 USD", Unreadable::NotAPercentage),
            ("101", Unreadable::OutOfPercent),
            ("-1", Unreadable::OutOfPercent),
            ("9999999999999", Unreadable::OutOfPercent),
            ("12,5 %", Unreadable::GroupMark("12,5".into(), "12.5".into())),
        ] {
            assert_eq!(percent(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_plain_number_has_no_currency() {
        assert_eq!(decimal("1.5", PLAIN), Ok(value("1.5")));
        assert_eq!(decimal("$1.5", PLAIN), Err(Unreadable::NotAnAmount));
    }

    #[test]
    fn each_style_reads_its_own_marks_and_asks_about_the_others() {
        use NumberStyle::{CommaPoint, CommaSpace, PointApostrophe, PointComma};
        let mark = |text: &str, right: &str| Err(Unreadable::GroupMark(text.into(), right.into()));
        let two = |text: &str, a: &str, b: &str| Err(Unreadable::TwoAmounts(text.into(), a.into(), b.into()));
        for (style, text, expected) in [
            (CommaPoint, "1.234,50", Ok("1234.50")),
            (CommaPoint, "1.234", Ok("1234")),
            (CommaPoint, "1.234.567", Ok("1234567")),
            (CommaPoint, "12,5", Ok("12.5")),
            // Never 125; and a figure from an English page says both of its marks.
            (CommaPoint, "12.5", mark("12.5", "12,5")),
            (CommaPoint, "$188.40", mark("188.40", "188,40")),
            (CommaPoint, "1,234.50", Ok("1234.50")),
            (CommaPoint, "1,234", two("1,234", "1234,00", "1,2340")),
            (CommaSpace, "1\u{202f}234,50", Ok("1234.50")),
            (CommaSpace, "1 234", Ok("1234")),
            (CommaSpace, "12,5", Ok("12.5")),
            (CommaSpace, "12.5", Ok("12.5")),
            (CommaSpace, "1.234", two("1.234", "1234,00", "1,2340")),
            (PointApostrophe, "1’234.50", Ok("1234.50")),
            (PointApostrophe, "1'234", Ok("1234")),
            (PointApostrophe, "12,5", Ok("12.5")),
            (PointComma, "1,234", Ok("1234")),
            (PointComma, "12,5", mark("12,5", "12.5")),
            (PointComma, "1.234", two("1.234", "1234.00", "1.2340")),
        ] {
            assert_eq!(super::amount(text, style).map(|read| read.value), expected.map(value), "{style:?} {text}");
        }
    }
}
