//! What people type, understood: times, durations, days, amounts and percentages.
//!
//! Promises: pure and free of egui; no text panics; what could mean two things is refused with a reason a
//! person can act on, never guessed. Says nothing of what is allowed where: that is for the domain.

mod amount;
mod day;
mod days;
mod payment;
mod place;
mod time;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::format::marks;
use crate::domain::money::{Currency, Money};
use crate::domain::settings::NumberStyle;

pub use amount::Amount;
pub use day::day as date;
pub use days::days;
pub use payment::Payment;
pub use place::{address, path};
pub use time::clock as time;

/// Why a text was not understood; its `Display` stands beside the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No web address.
    #[error("A web address such as https://example.org, please")]
    NotAnAddress,
    /// No whole path.
    #[error("The whole path, please, such as /home/ada/contract.pdf")]
    NotAPath,
    /// Nothing was typed.
    #[error("Nothing typed yet")]
    Empty,
    /// No time of day.
    #[error("A time such as 9:05, 0905 or 9:05 pm, please")]
    NotATime,
    /// 24:00, which belongs to the next day.
    #[error("A day ends at 23:59; type 0:00 and the next day")]
    Midnight24,
    /// An hour above 23.
    #[error("There is no {0} o’clock")]
    NoSuchHour(u32),
    /// A minute above 59.
    #[error("An hour has 60 minutes, so no :{0:02}")]
    NoSuchMinute(u32),
    /// An hour above 12 with am or pm.
    #[error("{0} o’clock has no am or pm; leave it out")]
    HalfDayOf24(u32),
    /// No length.
    #[error("A length such as 1h 30m, 1:30, 90m or 1.5h, please")]
    NotADuration,
    /// A length over 10,000 hours.
    #[error("That is over 10,000 hours")]
    TooLong,
    /// No day.
    #[error("A day such as 22 Nov, 2026-11-22 or yesterday, please")]
    NotADay,
    /// No stretch of days.
    #[error("Days such as last week, 2–8 Nov or November, please")]
    NotDays,
    /// A stretch whose last day lies before its first.
    #[error("The last day lies before the first")]
    Backwards,
    /// A day that could be two.
    #[error("{0} could be two days; write the month’s name, such as 22 Nov")]
    TwoDays(String),
    /// A day that the calendar lacks.
    #[error("There is no {0}")]
    NoSuchDay(String),
    /// No amount.
    #[error("An amount such as 25, $180 or 18 EUR, please")]
    NotAnAmount,
    /// An amount that could be two: the text and both readings.
    #[error("{0} could be two amounts; add the cents: {1} or {2}")]
    TwoAmounts(String, String, String),
    /// The mark of groups where only that of the decimals makes sense: the text, and how it is written.
    #[error("{0} has the mark of thousands before its decimals; write {1}")]
    GroupMark(String, String),
    /// An amount with more decimals than its currency has.
    #[error("{0} has {n} decimals at the most", n = .0.minor_units())]
    TooFine(Currency),
    /// A code or sign that is no currency.
    #[error("{0} is no currency we know")]
    NoSuchCurrency(String),
    /// A sign and a code that disagree.
    #[error("Two currencies in one amount: {0} and {1}")]
    TwoCurrencies(String, String),
    /// A sign of several currencies, and the code of one.
    #[error("{0} is the sign of several currencies; write the code, such as {1}")]
    SharedSign(String, &'static str),
    /// A number beyond what is taken in.
    #[error("Too large a number")]
    TooLarge,
    /// No share.
    #[error("A percentage such as 25, please")]
    NotAPercentage,
    /// No whole number.
    #[error("A whole number such as 12, please")]
    NotACount,
    /// No day with an amount.
    #[error("A day and an amount such as 17 Nov $188, please")]
    NotAPayment,
    /// A day with an amount that can be read in two ways.
    #[error("{0} can be read in two ways; put a · between the day and the amount")]
    TwoPayments(String),
    /// A share below 0 or above 100.
    #[error("Between 0 and 100 %, please")]
    OutOfPercent,
}

/// A length in seconds: "1h 30m", "1:30", "90m", "1.5h"; a bare number is minutes.
///
/// # Errors
/// [`Unreadable`] with the reason; over 10,000 hours is refused as a slip.
pub fn duration(text: &str) -> Result<i64, Unreadable> {
    time::duration(text).map(|length| length.num_seconds())
}

/// Reads numbers as the user writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reader(pub NumberStyle);

impl Reader {
    /// An amount, with or without its currency; see the head of `amount.rs`.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason.
    pub fn amount(self, text: &str) -> Result<Amount, Unreadable> {
        amount::amount(text, self.0)
    }

    /// An amount in the currency that is written, else in `otherwise`.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason.
    pub fn money(self, text: &str, otherwise: Currency) -> Result<Money, Unreadable> {
        let Amount { value, currency } = self.amount(text)?;
        let currency = match currency {
            Some(code) => code.parse().map_err(|_unknown| Unreadable::NoSuchCurrency(code))?,
            None => otherwise,
        };
        Ok(Money::new(value, currency))
    }

    /// An amount that can be paid, in the currency that is written, else in `otherwise`.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason; [`Unreadable::TooFine`] below the minor unit.
    pub fn cash(self, text: &str, otherwise: Currency) -> Result<Money, Unreadable> {
        let money = self.money(text, otherwise)?;
        if money.rounded() == money { Ok(money) } else { Err(Unreadable::TooFine(money.currency)) }
    }

    /// A plain number without a currency.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason.
    pub fn decimal(self, text: &str) -> Result<Decimal, Unreadable> {
        amount::decimal(text, self.0)
    }

    /// A percentage from 0 to 100, with or without its sign. The result is 25 for 25 %.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason.
    pub fn percent(self, text: &str) -> Result<Decimal, Unreadable> {
        amount::percent(text, self.0)
    }

    /// A day with an amount in one line: `17 Nov 188.40`.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason.
    pub fn payment(self, text: &str, today: NaiveDate, otherwise: Currency) -> Result<Payment, Unreadable> {
        payment::payment(text, today, otherwise, self)
    }

    /// A whole number: "12", "1,200".
    ///
    /// # Errors
    /// [`Unreadable`] with the reason.
    pub fn count(self, text: &str) -> Result<u32, Unreadable> {
        let text = cleaned(text)?;
        let (group, _) = marks(self.0);
        let digits: String =
            text.chars().filter(|letter| *letter != group && !matches!(letter, ' ' | '’' | '\'')).collect();
        if digits.chars().any(|letter| !letter.is_ascii_digit()) {
            return Err(Unreadable::NotACount);
        }
        digits.parse().map_err(|_too_large| Unreadable::TooLarge)
    }
}

/// Lower case, without spaces at the ends; `Empty` where nothing is left.
fn cleaned(text: &str) -> Result<String, Unreadable> {
    // Longer texts are no time and no amount; cutting here keeps all that follows cheap.
    const LONGEST: usize = 64;
    // Spaces that word processors and sites put into figures are spaces to us.
    let text: String =
        text.chars().take(LONGEST + 1).map(|c| if c.is_whitespace() || c == '\u{202f}' { ' ' } else { c }).collect();
    let text = text.trim().to_lowercase();
    if text.is_empty() { Err(Unreadable::Empty) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::ui::format::Style;

    fn feed_all(text: &str) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar");
        let refusals = [
            time(text).err(),
            duration(text).err(),
            date(text, today).err(),
            days(text, today, chrono::Weekday::Mon).err(),
            address(text).err(),
            path(text).err(),
        ];
        let in_styles = NumberStyle::ALL.into_iter().map(Reader).flat_map(|reader| {
            [
                reader.amount(text).err(),
                reader.decimal(text).err(),
                reader.percent(text).err(),
                reader.count(text).err(),
                reader.payment(text, today, Currency::USD).err(),
            ]
        });
        for refused in refusals.into_iter().chain(in_styles).flatten() {
            assert!(!refused.to_string().is_empty());
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            feed_all(&text);
        }

        #[test]
        fn no_text_of_likely_letters_panics(text in "[0-9:.,hm ap/€$£¥-]{0,24}") {
            feed_all(&text);
        }

        #[test]
        fn every_minute_of_a_day_is_understood_as_we_write_it(minute in 0u32..1_440) {
            let (h, m) = (minute / 60, minute % 60);
            let time = chrono::NaiveTime::from_hms_opt(h, m, 0);
            for text in [format!("{h}:{m:02}"), format!("{h:02}:{m:02}"), format!("{h:02}{m:02}"), format!("{h}.{m:02}")] {
                prop_assert_eq!(super::time(&text).ok(), time, "{}", text);
            }
        }

        #[test]
        fn every_length_is_understood_as_we_write_it(minutes in 0i64..600_000) {
            prop_assert_eq!(duration(&crate::ui::format::hours(minutes * 60)), Ok(minutes * 60));
        }

        #[test]
        fn every_amount_is_understood_as_we_write_it(cents in 0i64..100_000_000_000) {
            let value = rust_decimal::Decimal::new(cents, 2);
            for numbers in NumberStyle::ALL {
                let style = Style { numbers, ..Style::PLAIN };
                for code in ["USD", "EUR", "GBP", "KES", "CAD"] {
                    let text = style.money(Money::new(value, code.parse().unwrap()));
                    let expected = Ok(Amount { value, currency: Some(code.into()) });
                    prop_assert_eq!(style.reader().amount(&text), expected, "{}", text);
                }
            }
        }
    }

    #[test]
    fn ten_thousand_letters_are_refused_quietly() {
        feed_all(&"9".repeat(10_000));
        feed_all(&"é".repeat(10_000));
        assert_eq!(time("   "), Err(Unreadable::Empty));
    }
}
