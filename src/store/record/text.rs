//! Values that stand in a file as one text: ids, amounts, instants, days, zones, currencies.
//!
//! Promises: what is written reads back as the same value, decimals with all their digits; what can't be read
//! exactly is a problem that names the text, never a default and never rounded.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Timelike, Utc};
use rust_decimal::Decimal;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

use super::Problem;
use super::shape::Shape;
use crate::domain::ids::{
    BillId, EarningId, MovementId, PayoutId, PlatformId, ProjectId, RateId, RouteId, ScheduleId, SessionId, TermsId,
};
use crate::domain::money::{Currency, Money};
use crate::domain::span::{DayRange, Month, Timestamp, Zone};
use crate::domain::statement::Origin;

/// A value with a text form.
pub trait TextForm: Sized {
    /// What it is, for the message: "an amount such as 12.50".
    const WHAT: &'static str;

    /// Reads the text; `None` where it is no such value.
    fn read(text: &str) -> Option<Self>;

    /// Writes the text that reads back as the value.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A value that stands in a file as a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<T>(pub T);

impl<T: TextForm> fmt::Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f)
    }
}

impl<T: TextForm> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: TextForm> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);

        impl<T: TextForm> Visitor<'_> for Reader<T> {
            type Value = Text<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::WHAT)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<T>, E> {
                T::read(text).map(Text).ok_or_else(|| {
                    E::custom(Problem::NotText { what: T::WHAT, found: text.chars().take(40).collect() })
                })
            }
        }

        deserializer.deserialize_str(Reader(PhantomData))
    }
}

impl<T: TextForm + Clone> Shape<T> for Text<T> {
    fn from_domain(domain: &T) -> Self {
        Self(domain.clone())
    }

    fn into_domain(self) -> Result<T, Problem> {
        Ok(self.0)
    }
}

macro_rules! id_text {
    ($($id:ty),+) => {
        $(
            impl TextForm for $id {
                const WHAT: &'static str = "an id of 13 letters and digits";

                fn read(text: &str) -> Option<Self> {
                    text.parse().ok()
                }

                fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(self, f)
                }
            }
        )+
    };
}

id_text!(
    PlatformId, ProjectId, TermsId, ScheduleId, RouteId, RateId, BillId, SessionId, EarningId, PayoutId, MovementId
);

impl TextForm for Month {
    const WHAT: &'static str = "a month such as 2026-11";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TextForm for Decimal {
    const WHAT: &'static str = "a number such as 12.50";

    fn read(text: &str) -> Option<Self> {
        // `from_str` rounds what doesn't fit; money is read exactly or not at all.
        if text.contains('_') { None } else { Self::from_str_exact(text).ok() }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TextForm for Origin {
    const WHAT: &'static str = "the key of a row, and what it said";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl TextForm for Currency {
    const WHAT: &'static str = "an ISO currency such as USD";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// "12.50 USD".
impl TextForm for Money {
    const WHAT: &'static str = "an amount with its currency such as 12.50 USD";

    fn read(text: &str) -> Option<Self> {
        let (amount, currency) = text.split_once(' ')?;
        Some(Self::new(Decimal::read(amount)?, Currency::read(currency)?))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency.code())
    }
}

impl TextForm for Zone {
    const WHAT: &'static str = "a time zone such as Africa/Nairobi";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// RFC 3339 in UTC; another offset is read too, for lines that were mended by hand.
impl TextForm for Timestamp {
    const WHAT: &'static str = "an instant such as 2026-11-22T08:00:00Z";

    fn read(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl TextForm for NaiveDate {
    const WHAT: &'static str = "a day such as 2026-11-22";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// "09:30", with seconds only where there are any.
impl TextForm for NaiveTime {
    const WHAT: &'static str = "a time of day such as 09:30";

    fn read(text: &str) -> Option<Self> {
        Self::parse_from_str(text, "%H:%M").or_else(|_has_seconds| Self::parse_from_str(text, "%H:%M:%S%.f")).ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.second() == 0 && self.nanosecond() == 0 {
            write!(f, "{:02}:{:02}", self.hour(), self.minute())
        } else {
            fmt::Display::fmt(self, f)
        }
    }
}

/// "2026-11-02/2026-11-08", or one day alone.
impl TextForm for DayRange {
    const WHAT: &'static str = "a day, or days in order such as 2026-11-02/2026-11-08";

    fn read(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        let (first, last) = (NaiveDate::read(first)?, NaiveDate::read(last)?);
        (first <= last).then_some(Self { first, last })
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            fmt::Display::fmt(&self.first, f)
        } else {
            write!(f, "{}/{}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: TextForm + PartialEq + fmt::Debug>(text: &str) {
        let value = T::read(text).unwrap_or_else(|| panic!("{text} is {}", T::WHAT));
        assert_eq!(Text(value).to_string(), text);
    }

    #[test]
    fn texts_read_back_as_they_were_written() {
        check::<Money>("12.50 USD");
        check::<Money>("-0.001 KWD");
        check::<Decimal>("79228162514264337593543950335");
        check::<Timestamp>("2026-11-22T08:00:00Z");
        check::<Timestamp>("2026-11-22T08:00:00.250Z");
        check::<NaiveTime>("23:59");
        check::<NaiveTime>("23:59:59");
        check::<DayRange>("2026-11-02/2026-11-08");
        check::<DayRange>("2026-11-02");
        check::<Zone>("America/Argentina/Buenos_Aires");
    }

    #[test]
    fn what_is_not_exact_is_no_amount() {
        for text in ["", "1,50", "0.00000000000000000000000000001", "99999999999999999999999999999", "1_0", "NaN"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
        for text in ["12.50", "12.50USD", "12.50 XYZ", "USD 12.50"] {
            assert_eq!(Money::read(text), None, "{text}");
        }
        assert_eq!(DayRange::read("2026-11-08/2026-11-02"), None);
        assert_eq!(NaiveDate::read("2026-02-30"), None);
    }

    #[test]
    fn an_offset_written_by_hand_is_the_same_instant() {
        assert_eq!(Timestamp::read("2026-11-22T11:00:00+03:00"), Timestamp::read("2026-11-22T08:00:00Z"));
    }
}
