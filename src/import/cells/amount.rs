//! Amounts: `$1,234.50`, `-$5`, `(5.00)`, `5.00-`, `EUR 5`, `1 234,50`, `1'234.50`, `+ $73.01`, a real minus sign.

use rust_decimal::Decimal;

use super::EXAMPLES;
use crate::domain::money::{Currency, Money};
use crate::domain::statement::{Decimals, Why};
use crate::import::{Options, Question, Unreadable};

/// Reads the amounts of a file.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Amounts {
    decimals: Decimals,
    dollar: Currency,
}

/// An amount taken apart.
#[derive(Debug, Default)]
struct Parts {
    below_zero: bool,
    /// Digits, points and commas.
    digits: String,
    /// Letters and signs of a currency.
    word: String,
}

impl Amounts {
    /// Amounts whose format always has this mark.
    pub(in crate::import) fn with(decimals: Decimals, options: Options) -> Self {
        Self { decimals, dollar: options.dollar }
    }

    /// Amounts with this mark, whatever `$` stands for: to see whether a cell is one.
    pub(in crate::import) fn any(decimals: Decimals) -> Self {
        Self { decimals, dollar: Currency::USD }
    }

    /// What stands before the decimals.
    pub(in crate::import) fn mark(self) -> Decimals {
        self.decimals
    }

    /// Decides by all amounts of a file: a cell with both marks, a mark that stands twice, or one without three digits
    /// after it tells. Where the cells don't agree the more of them count, and the others can't be read.
    ///
    /// # Errors
    /// [`Question::Decimals`] where every cell can be read both ways and nobody said.
    pub(in crate::import) fn decided<'a>(
        cells: impl Iterator<Item = &'a str>,
        options: Options,
    ) -> Result<Self, Unreadable> {
        let (mut points, mut commas, mut open) = (0_usize, 0_usize, Vec::new());
        for cell in cells {
            let Some(parts) = taken_apart(cell) else { continue };
            match told(&parts.digits) {
                Told::Point => points += 1,
                Told::Comma => commas += 1,
                Told::Open if open.len() < EXAMPLES => open.push(cell.to_owned()),
                Told::Open | Told::Nothing => {}
            }
        }
        let decimals = match (options.decimals, points, commas) {
            (Some(said), ..) => said,
            (None, 0, 0) if !open.is_empty() => return Err(Unreadable::Asks(Question::Decimals(open))),
            (None, points, commas) if commas > points => Decimals::Comma,
            (None, ..) => Decimals::Point,
        };
        Ok(Self { decimals, dollar: options.dollar })
    }

    /// The number of a cell and the currency that stands in it; `None` for the number where there is none: empty, `-`
    /// or `N/A`.
    ///
    /// # Errors
    /// [`Why::Amount`] where it is something else; [`Why::Currency`] where its currency is none.
    pub(in crate::import) fn number(self, cell: &str) -> Result<Option<(Decimal, Option<Currency>)>, Why> {
        let cell = cell.trim();
        if matches!(cell, "" | "-" | "–" | "—") || cell.eq_ignore_ascii_case("n/a") {
            return Ok(None);
        }
        let wrong = || Why::Amount(shortened(cell));
        let parts = taken_apart(cell).ok_or_else(wrong)?;
        let plain = self.plain(&parts.digits).ok_or_else(wrong)?;
        let mut number = Decimal::from_str_exact(&plain).map_err(|_too_long| wrong())?;
        number.set_sign_negative(parts.below_zero && !number.is_zero());
        let currency = if parts.word.is_empty() { None } else { Some(self.currency(&parts.word)?) };
        Ok(Some((number, currency)))
    }

    /// An amount of a currency that stands elsewhere; a currency in the cell goes before it. `None` where there is none.
    ///
    /// # Errors
    /// As [`number`](Self::number).
    pub(in crate::import) fn money(self, cell: &str, currency: Currency) -> Result<Option<Money>, Why> {
        Ok(self.number(cell)?.map(|(number, own)| Money::new(number, own.unwrap_or(currency))))
    }

    /// The same, where there must be one.
    ///
    /// # Errors
    /// As [`number`](Self::number), and [`Why::Amount`] where the cell is empty.
    pub(in crate::import) fn must(self, cell: &str, currency: Currency) -> Result<Money, Why> {
        self.money(cell, currency)?.ok_or_else(|| Why::Amount(shortened(cell)))
    }

    /// A currency by code or sign.
    ///
    /// # Errors
    /// [`Why::Currency`] where it is none.
    pub(in crate::import) fn currency(self, word: &str) -> Result<Currency, Why> {
        let word = word.trim();
        let code = match word {
            "$" | "US$" => return Ok(self.dollar),
            "€" => "EUR",
            "£" => "GBP",
            "₹" => "INR",
            "₱" => "PHP",
            "₦" => "NGN",
            "KSh" | "Ksh" => "KES",
            _ => word,
        };
        code.to_uppercase().parse().map_err(|_no_code| Why::Currency(shortened(word)))
    }

    /// The digits with a point before the decimals; `None` where they are no number in this dress: between marks of
    /// thousands stand three digits.
    fn plain(self, digits: &str) -> Option<String> {
        let (mark, group) = match self.decimals {
            Decimals::Point => ('.', ','),
            Decimals::Comma => (',', '.'),
        };
        let (whole, after) = digits.split_once(mark).map_or((digits, None), |(whole, after)| (whole, Some(after)));
        if after.is_some_and(|after| !after.bytes().all(|letter| letter.is_ascii_digit())) {
            return None;
        }
        let mut groups = whole.split(group);
        let first = groups.next().unwrap_or_default();
        let grouped: Vec<&str> = groups.collect();
        if grouped.iter().any(|group| group.len() != 3) || (!grouped.is_empty() && !(1..=3).contains(&first.len())) {
            return None;
        }
        let mut plain = first.to_owned();
        plain.extend(grouped);
        if plain.is_empty() && after.is_none_or(str::is_empty) {
            return None;
        }
        if plain.is_empty() {
            plain.push('0');
        }
        if let Some(after) = after.filter(|after| !after.is_empty()) {
            plain.push('.');
            plain.push_str(after);
        }
        plain.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.').then_some(plain)
    }
}

/// Sign, digits and currency of a cell; `None` where it is no amount in any dress.
fn taken_apart(cell: &str) -> Option<Parts> {
    let cell = cell.trim();
    let inside = cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let text = inside.unwrap_or(cell);
    let is_core = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    let (from, to) = (text.find(is_core)?, text.rfind(is_core)? + 1);
    let mut parts = Parts { below_zero: inside.is_some(), ..Parts::default() };
    for letter in text.get(from..to)?.chars() {
        match letter {
            _ if is_core(letter) => parts.digits.push(letter),
            // Marks of thousands that are never a decimal mark.
            '\'' | '\u{2019}' => {}
            _ if letter.is_whitespace() => {}
            _ => return None,
        }
    }
    let mut signs = 0;
    for letter in text.get(..from)?.chars().chain(text.get(to..)?.chars()) {
        match letter {
            '-' | '\u{2212}' => {
                signs += 1;
                parts.below_zero = true;
            }
            '+' => signs += 1,
            _ if letter.is_whitespace() => {}
            _ if letter.is_alphabetic() || "$€£₹₱₦¥₩₴₫₺".contains(letter) => parts.word.push(letter),
            _ => return None,
        }
    }
    (signs <= 1 && parts.digits.bytes().any(|letter| letter.is_ascii_digit())).then_some(parts)
}

/// What some digits tell of the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Point,
    Comma,
    /// One mark, three digits after it.
    Open,
    Nothing,
}

fn told(digits: &str) -> Told {
    let is = |mark: char| if mark == '.' { Told::Point } else { Told::Comma };
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let last = digits.rfind(['.', ',']).and_then(|at| digits.get(at..)).and_then(|rest| rest.chars().next());
    match (points, commas, last) {
        (0, 0, _) | (_, _, None) => Told::Nothing,
        (1.., 1.., Some(last)) => is(last),
        (2.., 0, _) => Told::Comma,
        (0, 2.., _) => Told::Point,
        (_, _, Some(mark)) => {
            let (before, after) = digits.split_once(mark).unwrap_or_default();
            if after.len() == 3 && (1..=3).contains(&before.len()) && before != "0" { Told::Open } else { is(mark) }
        }
    }
}

/// A text of a file, short enough for a sentence.
pub(in crate::import) fn shortened(text: &str) -> String {
    const MOST: usize = 24;
    let mut short: String =
        text.chars().take(MOST).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn options() -> Options {
        Options::new(chrono_tz::UTC)
    }

    fn read(decimals: Decimals, cell: &str) -> Option<String> {
        let read = Amounts::with(decimals, options()).number(cell).ok()??;
        Some(read.1.map_or_else(|| read.0.to_string(), |currency| format!("{} {currency}", read.0)))
    }

    #[test]
    fn amounts_are_read_in_every_dress() {
        for (cell, wanted) in [
            ("$1,234.50", "1234.50 USD"),
            ("-$5", "-5 USD"),
            ("$-5", "-5 USD"),
            ("+ $73.01", "73.01 USD"),
            ("(5.00)", "-5.00"),
            ("5.00-", "-5.00"),
            ("EUR 5", "5 EUR"),
            ("5 €", "5 EUR"),
            ("1'234.50", "1234.50"),
            ("1\u{202f}234.50", "1234.50"),
            ("\u{2212}7", "-7"),
            (".5", "0.5"),
            ("$0.00", "0.00 USD"),
            ("-0.00", "0.00"),
        ] {
            assert_eq!(read(Decimals::Point, cell).as_deref(), Some(wanted), "{cell}");
        }
        for (cell, wanted) in [("4.626,81", "4626.81"), ("1 234,50 €", "1234.50 EUR"), ("-12,50", "-12.50")] {
            assert_eq!(read(Decimals::Comma, cell).as_deref(), Some(wanted), "{cell}");
        }
        for none in ["", "-", "N/A", "n/a"] {
            assert_eq!(Amounts::with(Decimals::Point, options()).number(none), Ok(None), "{none}");
        }
        for wrong in ["1,50", "12,3456", "1.2E+15", "5 EUR 3", "--5", "=1+1", "abc", "1.2.3", "$", "1,,000"] {
            assert!(Amounts::with(Decimals::Point, options()).number(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            Amounts::with(Decimals::Point, options()).number("5 quid"),
            Err(Why::Currency("quid".to_owned())),
            "a word that is no currency"
        );
    }

    #[test]
    fn the_mark_is_decided_on_the_whole_file() {
        let of = |cells: &[&str]| Amounts::decided(cells.iter().copied(), options()).map(|amounts| amounts.decimals);
        assert_eq!(of(&["1.234", "12", "3,5"]), Ok(Decimals::Comma));
        assert_eq!(of(&["1.234", "0.5"]), Ok(Decimals::Point));
        assert_eq!(of(&["1.234.567", "7"]), Ok(Decimals::Comma));
        assert_eq!(of(&["1.234,50"]), Ok(Decimals::Comma));
        assert_eq!(of(&["12", "-"]), Ok(Decimals::Point), "no mark at all");
        assert_eq!(of(&["0.125"]), Ok(Decimals::Point), "nobody writes zero thousands");
        let open = Unreadable::Asks(Question::Decimals(vec!["1.234".to_owned(), "5.678".to_owned()]));
        assert_eq!(of(&["1.234", "5.678", "9"]), Err(open));
        let said = Options { decimals: Some(Decimals::Comma), ..options() };
        assert_eq!(Amounts::decided(["1.234"].into_iter(), said).unwrap().decimals, Decimals::Comma);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_written_is_read(text in "\\PC{0,20}", cents in -1_000_000_000_i64..1_000_000_000) {
            for decimals in [Decimals::Point, Decimals::Comma] {
                let _any = Amounts::with(decimals, options()).number(&text);
            }
            let number = Decimal::new(cents, 2);
            prop_assert_eq!(
                Amounts::with(Decimals::Point, options()).number(&number.to_string()),
                Ok(Some((number, None)))
            );
        }
    }
}
