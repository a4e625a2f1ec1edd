//! Values that a catalogue file writes as text: days, times, weekdays, zones, currencies, money.
//!
//! Promises: a text that means nothing is an error at its own place in the file, never a default. Money is read from
//! its letters; no binary fraction is ever in between.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error};

use crate::domain::country;
use crate::domain::money::{Currency, Money};
use crate::domain::preset::Place;
use crate::domain::span::Zone;

/// Declares a type that is read from a text by a function; the function says in a sentence why it refuses.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident($inner:ty) = $parse:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(super) struct $name(pub(super) $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let parse: fn(&str) -> Result<$inner, String> = $parse;
                parse(&text).map(Self).map_err(D::Error::custom)
            }
        }
    };
}

text!(
    /// A day: `2026-11-22`.
    Day(NaiveDate) = |text| text.parse().map_err(|_not_a_day| format!("“{text}” is no day, such as 2026-11-22"))
);
text!(
    /// A time of day: `11:59`.
    Time(NaiveTime) = |text| {
        NaiveTime::parse_from_str(text, "%H:%M").map_err(|_not_a_time| format!("“{text}” is no time, such as 11:59"))
    }
);
text!(
    /// An IANA zone: `UTC`, `Asia/Kolkata`.
    ZoneName(Zone) = |text| text.parse().map_err(|_unknown| format!("“{text}” is no time zone, such as Asia/Kolkata"))
);
text!(
    /// A currency: `USD`.
    CurrencyCode(Currency) = |text| text.parse::<Currency>().map_err(|error| error.to_string())
);
text!(
    /// An exact number: `12.50`.
    Number(Decimal) = number
);
text!(
    /// Money: `GBP 5`.
    Sum(Money) = |text| {
        let (code, amount) = text.split_once(' ').ok_or_else(|| format!("“{text}” is no money, such as USD 5"))?;
        let currency = Currency::from_str(code).map_err(|error| error.to_string())?;
        let money = Money::new(number(amount)?, currency);
        if money.amount.is_sign_negative() { Err(format!("“{text}” is below nothing")) } else { Ok(money) }
    }
);
text!(
    /// A text with something in it, without blanks at its ends.
    Words(String) = |text| {
        if text.is_empty() {
            Err("a text is empty".to_owned())
        } else if text.trim() == text {
            Ok(text.to_owned())
        } else {
            Err(format!("“{text}” begins or ends with a blank"))
        }
    }
);
text!(
    /// A country: `US`.
    CountryCode(String) = |text| {
        if country::is_code(text) {
            Ok(text.to_owned())
        } else {
            Err(format!("“{text}” is no country, such as US"))
        }
    }
);
text!(
    /// A place: `US`, or `Europe`.
    PlaceName(Place) = |text| match text {
        "Europe" => Ok(Place::Europe),
        code if country::is_code(code) => Ok(Place::Country(code.to_owned())),
        other => Err(format!("“{other}” is no place: two capital letters of ISO 3166, or Europe")),
    }
);

fn number(text: &str) -> Result<Decimal, String> {
    Decimal::from_str_exact(text).map_err(|_not_a_number| format!("“{text}” is no number, such as 12.50"))
}
