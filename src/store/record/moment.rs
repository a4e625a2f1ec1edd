//! Moments of a session in a line of schema 2: an instant with its day, or a time of the day on which the session began.
//!
//! All in UTC: `2026-11-22T08:00:12Z`, and within the same UTC day `08:36` alone. A stretch is two of them as ISO 8601
//! has it: `2026-11-22T08:00:12Z/08:36`. Seconds that are nought are left out.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};

use super::text::TextForm;
use crate::domain::span::Timestamp;

/// A moment of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// With its day.
    Instant(Timestamp),
    /// On the UTC day on which the session began.
    Time(NaiveTime),
}

impl Moment {
    /// The shortest text for an instant of a session that began on a UTC day.
    pub fn on(day: NaiveDate, at: Timestamp) -> Self {
        if at.date_naive() == day { Self::Time(at.time()) } else { Self::Instant(at) }
    }

    /// The instant, in a session that began on a UTC day.
    pub fn instant(self, day: NaiveDate) -> Timestamp {
        match self {
            Self::Instant(at) => at,
            Self::Time(time) => day.and_time(time).and_utc(),
        }
    }
}

impl TextForm for Moment {
    const WHAT: &'static str = "a time such as 09:30, or 2026-11-22T09:30Z on another day";

    fn read(text: &str) -> Option<Self> {
        match text.split_once('T') {
            Some((day, time)) => {
                let day = NaiveDate::read(day)?;
                let time = NaiveTime::read(time.strip_suffix('Z')?)?;
                Some(Self::Instant(day.and_time(time).and_utc()))
            }
            None => NaiveTime::read(text).map(Self::Time),
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant(at) => {
                write!(f, "{}T", at.date_naive())?;
                at.time().write(f)?;
                f.write_str("Z")
            }
            Self::Time(time) => time.write(f),
        }
    }
}

/// From a moment until another; without one where it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its beginning.
    pub from: Moment,
    /// Its end.
    pub until: Option<Moment>,
}

impl TextForm for Stretch {
    const WHAT: &'static str = "a stretch of time such as 2026-11-22T08:00Z/09:30";

    fn read(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((from, until)) => Some(Self { from: Moment::read(from)?, until: Some(Moment::read(until)?) }),
            None => Some(Self { from: Moment::read(text)?, until: None }),
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.from.write(f)?;
        if let Some(until) = &self.until {
            f.write_str("/")?;
            until.write(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::record::text::Text;

    #[test]
    fn moments_and_stretches_read_back_as_they_were_written() {
        for text in ["08:00", "23:59:59", "08:00:00.250", "2026-11-22T08:00Z", "2026-11-22T08:00:12.000001Z"] {
            assert_eq!(Text(Moment::read(text).unwrap()).to_string(), text);
            let stretch = format!("2026-11-21T23:59Z/{text}");
            assert_eq!(Text(Stretch::read(&stretch).unwrap()).to_string(), stretch);
        }
        assert_eq!(Text(Stretch::read("2026-11-21T23:59Z").unwrap()).to_string(), "2026-11-21T23:59Z");
    }

    #[test]
    fn what_names_no_moment_in_utc_is_none() {
        for text in ["", "8", "24:00", "2026-11-22", "2026-11-22T08:00", "2026-11-22T08:00+03:00", "T08:00Z", "08:00Z"]
        {
            assert_eq!(Moment::read(text), None, "{text}");
            assert_eq!(Stretch::read(&format!("2026-11-21T23:59Z/{text}")), None, "{text}");
        }
    }

    #[test]
    fn a_moment_on_another_day_names_it() {
        let at: Timestamp = "2026-11-22T00:10:00Z".parse().unwrap();
        let day = at.date_naive();
        assert_eq!(Text(Moment::on(day, at)).to_string(), "00:10");
        assert_eq!(Text(Moment::on(day.pred_opt().unwrap(), at)).to_string(), "2026-11-22T00:10Z");
        assert_eq!(Moment::on(day, at).instant(day), at);
    }
}
