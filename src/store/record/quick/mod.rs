//! Records as this program writes them, read letter by letter: there may be a million lines.
//!
//! Promise: what is read here, RON reads as the same record; anything unusual (spaces, another order, escapes, fields that few
//! have, numbers of more than nine digits, whatever is wrong) is `None` and for RON to read. Tests hold both together.

mod money;
mod session;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

pub use self::money::quick_money;
pub use self::session::quick_session;
use super::moment::Moment;
use super::text::{Text, TextForm};

/// The most digits of a number: any such number fits each of our types.
const DIGITS: usize = 9;
const LETTERS_OF_AN_ID: usize = 13;

/// What is not yet read of a line.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// Some letters, whose number is known when this is compiled: that makes it one or two steps of the processor.
    fn take<const LETTERS: usize>(&mut self, expected: &[u8; LETTERS]) -> Option<()> {
        if self.0.as_bytes().first_chunk() != Some(expected) {
            return None;
        }
        self.0 = self.0.get(LETTERS..)?;
        Some(())
    }

    fn first(&mut self, bytes: usize) -> Option<&'a str> {
        let (first, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(first)
    }

    fn until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let len = self.0.bytes().position(ends).unwrap_or(self.0.len());
        self.first(len).unwrap_or_default()
    }

    /// A name of letters alone.
    fn word(&mut self) -> &'a str {
        self.until(|letter| !letter.is_ascii_alphabetic())
    }

    /// A text in quotes, of letters that stand for themselves.
    fn plain(&mut self) -> Option<&'a str> {
        self.take(b"\"")?;
        let text = self.until(|letter| matches!(letter, b'"' | b'\\' | 0..0x20));
        self.take(b"\"")?;
        Some(text)
    }

    /// Any text that is the form of a value.
    fn text<T: TextForm>(&mut self) -> Option<Text<T>> {
        T::read(self.plain()?).map(Text)
    }

    /// An id in quotes.
    fn id<T: TextForm>(&mut self) -> Option<Text<T>> {
        self.take(b"\"")?;
        let id = T::read(self.first(LETTERS_OF_AN_ID)?)?;
        self.take(b"\"")?;
        Some(Text(id))
    }

    /// A list of at least one.
    fn list<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.take(b"[")?;
        let mut list = vec![one(self)?];
        while self.take(b",").is_some() {
            list.push(one(self)?);
        }
        self.take(b"]")?;
        list.shrink_to_fit();
        Some(list)
    }

    /// A number without a sign, and without noughts in front.
    fn number(&mut self) -> Option<u32> {
        let digits = self.until(|letter| !letter.is_ascii_digit());
        let plain = digits.len() <= DIGITS && (digits == "0" || !digits.starts_with('0'));
        if plain { digits.parse().ok() } else { None }
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        self.first(count)?
            .bytes()
            .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
    }

    /// `08:36` or `08:36:12`.
    fn time(&mut self) -> Option<NaiveTime> {
        let hours = self.digits(2)?;
        self.take(b":")?;
        let minutes = self.digits(2)?;
        let seconds = if self.take(b":").is_some() { self.digits(2)? } else { 0 };
        NaiveTime::from_hms_opt(hours, minutes, seconds)
    }

    /// `2026-11-22`.
    fn date(&mut self) -> Option<NaiveDate> {
        let year = self.digits(4)?;
        self.take(b"-")?;
        let month = self.digits(2)?;
        self.take(b"-")?;
        let day = self.digits(2)?;
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }

    /// The same in quotes.
    fn day(&mut self) -> Option<Text<NaiveDate>> {
        self.take(b"\"")?;
        let day = self.date()?;
        self.take(b"\"")?;
        Some(Text(day))
    }

    /// `2026-11-22T08:00:12Z`.
    fn instant(&mut self) -> Option<DateTime<Utc>> {
        let day = self.date()?;
        self.take(b"T")?;
        let time = self.time()?;
        self.take(b"Z")?;
        Some(day.and_time(time).and_utc())
    }

    fn moment(&mut self) -> Option<Moment> {
        if self.0.as_bytes().get(2) == Some(&b':') {
            self.time().map(Moment::Time)
        } else {
            self.instant().map(Moment::Instant)
        }
    }
}

#[cfg(test)]
mod testing {
    use proptest::prelude::*;

    /// One of some lines with a few letters taken out or set to others.
    pub(super) fn changed(usual: &'static [&'static str]) -> impl Strategy<Value = String> {
        let place = (any::<prop::sample::Index>(), "[ -~]|é|\\PC");
        let places = proptest::collection::vec(place, 1..4);
        (0..usual.len(), places, any::<bool>()).prop_map(|(which, places, cut)| {
            let mut letters: Vec<String> = usual[which].chars().map(String::from).collect();
            for (place, letter) in places {
                let at = place.index(letters.len());
                if cut {
                    letters.remove(at);
                } else {
                    letters[at] = letter;
                }
            }
            letters.concat()
        })
    }
}
