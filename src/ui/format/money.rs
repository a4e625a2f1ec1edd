//! Money, rates and percentages.
//!
//! A sign is used only where it means one currency: dollars other than the US dollar carry letters
//! (`CA$`), and what has no sign of its own shows its code (`KES 1,200.00`).

use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::settings::NumberStyle;

/// A real minus, as wide as a digit; a hyphen is too short beside figures.
const MINUS: &str = "−";

/// Signs by ISO 4217 code, sorted by code. The forms with letters follow the Unicode CLDR's English
/// names ("CA$", "A$"); yen and renminbi are told apart in the same way.
const SIGNS: [(&str, &str); 23] = [
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("GHS", "₵"),
    ("HKD", "HK$"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("KZT", "₸"),
    ("MXN", "MX$"),
    ("NGN", "₦"),
    ("NZD", "NZ$"),
    ("PHP", "₱"),
    ("PYG", "₲"),
    ("SGD", "S$"),
    ("TRY", "₺"),
    ("UAH", "₴"),
    ("USD", "$"),
    ("VND", "₫"),
];

/// The mark between groups of three digits, and the one before the decimals.
#[must_use]
pub fn marks(style: NumberStyle) -> (char, char) {
    match style {
        NumberStyle::PointComma => (',', '.'),
        NumberStyle::CommaPoint => ('.', ','),
        NumberStyle::CommaSpace => ('\u{202f}', ','),
        NumberStyle::PointApostrophe => ('’', '.'),
    }
}

/// The sign that stands for one currency alone, if it has one.
#[must_use]
pub fn sign_of(code: &str) -> Option<&'static str> {
    SIGNS.binary_search_by_key(&code, |(known, _)| known).ok().and_then(|at| SIGNS.get(at)).map(|(_, sign)| *sign)
}

/// `$1,234.50`, `−$3.33`, `KES 1,200.00`: rounded half to even to `minor_units` decimals.
///
/// `code` is an ISO 4217 code; one without a sign is written as it is.
#[must_use]
pub fn money(value: Decimal, code: &str, minor_units: u32, style: NumberStyle) -> String {
    let figure = decimals(value.abs(), minor_units, style);
    // "−$0.00" would be a lie of rounding.
    let negative = value.is_sign_negative() && figure.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let minus = if negative { MINUS } else { "" };
    match sign_of(code) {
        Some(sign) => format!("{minus}{sign}{figure}"),
        None => format!("{minus}{code} {figure}"),
    }
}

/// `~ $180.00`: an amount that is not certain yet.
#[must_use]
pub fn money_estimate(value: Decimal, code: &str, minor_units: u32, style: NumberStyle) -> String {
    format!("~ {}", money(value, code, minor_units, style))
}

/// `$14.77/h`.
#[must_use]
pub fn rate(value: Decimal, code: &str, minor_units: u32, style: NumberStyle) -> String {
    format!("{}/h", money(value, code, minor_units, style))
}

/// `62 %`, from 62 for 62 %; rounded to whole percents.
///
/// What is not nothing and not all is never shown as such: `< 1 %`, `> 99 %`.
#[must_use]
pub fn percent(value: Decimal, style: NumberStyle) -> String {
    let whole = value.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    if whole.is_zero() && value > Decimal::ZERO {
        return "< 1 %".to_owned();
    }
    if whole == Decimal::ONE_HUNDRED && value < Decimal::ONE_HUNDRED {
        return "> 99 %".to_owned();
    }
    let minus = if whole.is_sign_negative() && !whole.is_zero() { MINUS } else { "" };
    format!("{minus}{} %", grouped(&whole.abs().normalize().to_string(), marks(style).0))
}

/// A figure with grouped thousands and exactly `places` decimals, rounded half to even: `1,234.50`.
#[must_use]
pub fn decimals(value: Decimal, places: u32, style: NumberStyle) -> String {
    let (group, point) = marks(style);
    // A Decimal holds 28 places; no currency has more than four.
    let places = places.min(28);
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    let minus = if rounded.is_sign_negative() && !rounded.is_zero() { MINUS } else { "" };
    let text = rounded.abs().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = grouped(whole, group);
    if places == 0 {
        return format!("{minus}{whole}");
    }
    let width = usize::try_from(places).unwrap_or(0);
    format!("{minus}{whole}{point}{part:0<width$}")
}

/// A mark before every third digit from the right.
fn grouped(digits: &str, mark: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;

    const PLAIN: NumberStyle = NumberStyle::PointComma;

    fn value(text: &str) -> Decimal {
        Decimal::from_str(text).expect("a number of the test")
    }

    #[test]
    fn the_signs_are_sorted_and_no_two_currencies_share_one() {
        assert!(SIGNS.is_sorted_by_key(|(code, _)| *code));
        let mut signs: Vec<_> = SIGNS.iter().map(|(_, sign)| *sign).collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), SIGNS.len());
        assert!(SIGNS.iter().all(|(code, _)| iso_currency::Currency::from_code(code).is_some()));
    }

    #[test]
    fn money_looks_as_people_write_it() {
        for (text, code, minor, expected) in [
            ("1234.5", "USD", 2, "$1,234.50"),
            ("-3.33", "USD", 2, "−$3.33"),
            ("0", "USD", 2, "$0.00"),
            ("-0.001", "USD", 2, "$0.00"),
            ("14.20", "GBP", 2, "£14.20"),
            ("1200", "KES", 2, "KES 1,200.00"),
            ("-1200", "KES", 2, "−KES 1,200.00"),
            ("25", "CAD", 2, "CA$25.00"),
            ("1234567", "JPY", 0, "¥1,234,567"),
            ("1.2345", "BHD", 3, "BHD 1.234"),
            ("5000", "NGN", 2, "₦5,000.00"),
            // Half to even, as banks do.
            ("0.125", "USD", 2, "$0.12"),
            ("0.135", "USD", 2, "$0.14"),
            ("999.995", "USD", 2, "$1,000.00"),
        ] {
            assert_eq!(money(value(text), code, minor, PLAIN), expected);
        }
        assert_eq!(money_estimate(value("180"), "USD", 2, PLAIN), "~ $180.00");
    }

    /// Decimals from list one of ISO 4217, read in 2026: most have two.
    #[test]
    fn every_currency_has_the_decimals_of_its_own_minor_unit() {
        const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
        const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";
        for currency in crate::domain::money::Currency::all() {
            let (code, units) = (currency.code(), currency.minor_units());
            let places = if NONE.contains(code) {
                0
            } else if THREE.contains(code) {
                3
            } else {
                2
            };
            assert_eq!(units, places, "{code}");
            let shown = money(value("1234.5678"), code, units, PLAIN);
            let figure = ["1,235", "", "1,234.57", "1,234.568"][places as usize];
            assert!(shown.ends_with(figure), "{code}: {shown}");
        }
    }

    #[test]
    fn each_style_has_its_own_marks() {
        let shown = |text: &str| NumberStyle::ALL.map(|style| money(value(text), "USD", 2, style));
        assert_eq!(
            shown("1234567.5"),
            ["$1,234,567.50", "$1.234.567,50", "$1\u{202f}234\u{202f}567,50", "$1’234’567.50"]
        );
        assert_eq!(shown("-3.33"), ["−$3.33", "−$3,33", "−$3,33", "−$3.33"]);
        let percents = NumberStyle::ALL.map(|style| percent(value("1234"), style));
        assert_eq!(percents, ["1,234 %", "1.234 %", "1\u{202f}234 %", "1’234 %"]);
    }

    #[test]
    fn the_check_of_the_design_reads_14_77_an_hour_and_59_percent() {
        let all_hours = value("162.50") / value("11");
        assert_eq!(rate(all_hours, "USD", 2, PLAIN), "$14.77/h");
        assert_eq!(percent(all_hours / value("25") * value("100"), PLAIN), "59 %");
    }

    #[test]
    fn percentages_never_round_to_nothing_or_all() {
        for (text, expected) in [
            ("62", "62 %"),
            ("62.4", "62 %"),
            ("0", "0 %"),
            ("0.2", "< 1 %"),
            ("99.7", "> 99 %"),
            ("100", "100 %"),
            ("1234", "1,234 %"),
            ("-12", "−12 %"),
        ] {
            assert_eq!(percent(value(text), PLAIN), expected);
        }
    }

    #[test]
    fn the_largest_numbers_do_not_panic() {
        for extreme in [Decimal::MAX, Decimal::MIN] {
            for style in NumberStyle::ALL {
                for places in [0, 2, 28, u32::MAX] {
                    assert!(!decimals(extreme, places, style).is_empty());
                }
                assert!(!percent(extreme, style).is_empty());
            }
        }
    }
}
