//! Instants, days, months and stretches of time.
//!
//! Instants are UTC; days are dates in a named zone. Clock changes never lose or invent a second: lengths are
//! always measured between instants. The zone is always an argument.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, MappedLocalTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};

/// An instant, in UTC.
pub type Timestamp = DateTime<Utc>;
/// An IANA time zone.
pub type Zone = chrono_tz::Tz;

/// The moment of a command or of a frame, asked once of the clock and passed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant.
    pub at: Timestamp,
    /// The zone the user is in.
    pub zone: Zone,
}

/// A UTC calendar month: what a bucket of the Book and a file on disk hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The UTC month of an instant.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self::of_day(at.date_naive())
    }

    /// The month of a date.
    #[must_use]
    pub fn of_day(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Its first day; the calendar's last day where the year is beyond it.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or(NaiveDate::MAX)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or(NaiveDate::MAX)
    }

    /// Its days.
    #[must_use]
    pub fn days(self) -> DayRange {
        DayRange::new(self.first_day(), self.last_day())
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month >= 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.month <= 1 { Self { year: self.year - 1, month: 12 } } else { Self { month: self.month - 1, ..self } }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Why a text is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as 2026-11")]
pub struct NoMonth;

/// Reads what `Display` writes, and nothing else.
impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        // From the right, because years before Christ have a dash of their own.
        let (year, month) = text.rsplit_once('-').ok_or(NoMonth)?;
        let month = Self {
            year: year.parse().map_err(|_no_number| NoMonth)?,
            month: month.parse().map_err(|_no_number| NoMonth)?,
        };
        if (1..=12).contains(&month.month) && month.to_string() == text { Ok(month) } else { Err(NoMonth) }
    }
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayRange {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, never before the first.
    pub last: NaiveDate,
}

impl DayRange {
    /// A range; the two days are put in order.
    #[must_use]
    pub fn new(a: NaiveDate, b: NaiveDate) -> Self {
        Self { first: a.min(b), last: a.max(b) }
    }

    /// One day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, last: day }
    }

    /// Every day there is.
    #[must_use]
    pub fn all() -> Self {
        Self { first: NaiveDate::MIN, last: NaiveDate::MAX }
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether any day lies in both.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// From the first day of either to the last of either.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// The number of days, at least one.
    #[must_use]
    pub fn len_days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// The days in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |day| *day <= self.last)
    }
}

/// A day some days later (or earlier, where negative); stays at the calendar's end where there is none.
#[must_use]
pub fn day_plus(day: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    if days >= 0 {
        day.checked_add_days(count).unwrap_or(NaiveDate::MAX)
    } else {
        day.checked_sub_days(count).unwrap_or(NaiveDate::MIN)
    }
}

/// The calendar date of an instant in a zone.
#[must_use]
pub fn date_in(at: Timestamp, zone: Zone) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The user's day of an instant: its date in `zone`, less the minutes after midnight at which the day starts.
///
/// With a start at 04:00 work at 02:30 belongs to the day before. Wall-clock times are compared, so that the rule
/// holds on the days of a clock change too.
#[must_use]
pub fn user_day(at: Timestamp, zone: Zone, day_start_minutes: u32) -> NaiveDate {
    let local = at.with_timezone(&zone).naive_local();
    if day_start_minutes == 0 {
        return local.date();
    }
    (local - TimeDelta::minutes(i64::from(day_start_minutes))).date()
}

/// What a wall-clock time on a date means in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallClock {
    /// One instant: the rule.
    Once(Timestamp),
    /// The clocks go back: it happens twice.
    Twice {
        /// The first pass.
        earlier: Timestamp,
        /// The second pass.
        later: Timestamp,
    },
    /// The clocks go forward over it: it doesn't happen.
    Skipped,
}

/// The instants at which the clocks of a zone show a date and a time.
#[must_use]
pub fn wall_clock(day: NaiveDate, time: NaiveTime, zone: Zone) -> WallClock {
    match zone.from_local_datetime(&day.and_time(time)) {
        MappedLocalTime::Single(at) => WallClock::Once(at.with_timezone(&Utc)),
        MappedLocalTime::Ambiguous(earlier, later) => {
            WallClock::Twice { earlier: earlier.with_timezone(&Utc), later: later.with_timezone(&Utc) }
        }
        MappedLocalTime::None => WallClock::Skipped,
    }
}

/// The first instant at or after a date and time on the clocks of a zone.
///
/// A time that the clocks skip gives the instant of the change; one that happens twice gives the first.
#[must_use]
pub fn instant_at(day: NaiveDate, time: NaiveTime, zone: Zone) -> Timestamp {
    match wall_clock(day, time, zone) {
        WallClock::Once(at) | WallClock::Twice { earlier: at, .. } => at,
        WallClock::Skipped => {
            // Zones skip at most a day (Samoa in 2011); the change lies at the first minute that exists.
            (1..=26 * 60)
                .find_map(|minutes| {
                    let local = day.and_time(time) + TimeDelta::minutes(minutes);
                    zone.from_local_datetime(&local).earliest()
                })
                .map_or_else(|| day.and_time(time).and_utc(), |at| at.with_timezone(&Utc))
        }
    }
}

/// The instants from the start of the first to the end of the last day in a zone (end excluded).
#[must_use]
pub fn interval_of_days(days: DayRange, zone: Zone, day_start_minutes: u32) -> Interval {
    let start = NaiveTime::from_num_seconds_from_midnight_opt((day_start_minutes % 1440) * 60, 0).unwrap_or_default();
    Interval { from: instant_at(days.first, start, zone), until: instant_at(day_plus(days.last, 1), start, zone) }
}

/// A stretch of time, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// Its start.
    pub from: Timestamp,
    /// Its end, not part of it.
    pub until: Timestamp,
}

impl Interval {
    /// Its length in seconds; nothing where it ends before it starts.
    #[must_use]
    pub fn secs(self) -> i64 {
        let (from, until) = (self.from.naive_utc(), self.until.naive_utc());
        // Nearly every session begins and ends on one day, in whole seconds: no calendar is needed for those.
        let secs = if from.date() == until.date() && from.nanosecond() == until.nanosecond() {
            i64::from(until.num_seconds_from_midnight()) - i64::from(from.num_seconds_from_midnight())
        } else {
            (until - from).num_seconds()
        };
        secs.max(0)
    }

    /// What two stretches share.
    #[must_use]
    pub fn overlap(self, other: Self) -> Option<Self> {
        let shared = Self { from: self.from.max(other.from), until: self.until.min(other.until) };
        (shared.from < shared.until).then_some(shared)
    }
}

/// The seconds that a set of stretches covers, each second once.
#[must_use]
pub fn union_secs(mut stretches: Vec<Interval>) -> i64 {
    stretches.sort_unstable();
    let mut total = 0;
    let mut open: Option<Interval> = None;
    for next in stretches {
        open = match open {
            Some(held) if next.from <= held.until => Some(Interval { until: held.until.max(next.until), ..held }),
            held => {
                total += held.map_or(0, Interval::secs);
                Some(next)
            }
        };
    }
    total + open.map_or(0, Interval::secs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{at, day};

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    #[test]
    fn a_day_of_a_clock_change_has_23_or_25_hours() {
        let zone = chrono_tz::Europe::Berlin;
        // Source: IANA tzdata, Europe/Berlin: forward on Sun 29 Mar 2026, back on Sun 25 Oct 2026.
        for (date, hours) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-22", 24)] {
            let interval = interval_of_days(DayRange::day(day(date)), zone, 0);
            assert_eq!(interval.secs(), hours * 3600, "{date}");
        }
    }

    #[test]
    fn a_skipped_and_a_doubled_time_are_told_apart() {
        let zone = chrono_tz::Europe::Berlin;
        assert_eq!(wall_clock(day("2026-03-29"), time("02:30"), zone), WallClock::Skipped);
        assert_eq!(
            wall_clock(day("2026-10-25"), time("02:30"), zone),
            WallClock::Twice { earlier: at("2026-10-25T00:30:00Z"), later: at("2026-10-25T01:30:00Z") }
        );
        assert_eq!(wall_clock(day("2026-11-22"), time("02:30"), zone), WallClock::Once(at("2026-11-22T01:30:00Z")));
        assert_eq!(instant_at(day("2026-03-29"), time("02:30"), zone), at("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn work_after_midnight_belongs_to_the_day_before_when_the_day_starts_at_four() {
        let zone = chrono_tz::Africa::Nairobi;
        let late = at("2026-11-21T23:30:00Z"); // 02:30 on the 22nd in Nairobi
        assert_eq!(user_day(late, zone, 0), day("2026-11-22"));
        assert_eq!(user_day(late, zone, 240), day("2026-11-21"));
    }

    proptest::proptest! {
        #[test]
        fn a_length_is_the_whole_seconds_between_two_instants(
            start in -200_000i64..200_000, nanos in 0u32..3, length in -90_000i64..200_000, more in 0u32..3,
        ) {
            let instant = |secs: i64, nanos: u32| DateTime::from_timestamp(secs, nanos * 400_000_000).unwrap();
            let interval = Interval { from: instant(start, nanos), until: instant(start + length, more) };
            // In nanoseconds since the epoch, cut to whole seconds.
            let nanos_of = |at: Timestamp| i128::from(at.timestamp_nanos_opt().unwrap());
            let between = (nanos_of(interval.until) - nanos_of(interval.from)) / 1_000_000_000;
            proptest::prop_assert_eq!(i128::from(interval.secs()), between.max(0));
        }
    }

    #[test]
    fn parallel_time_counts_once_in_a_union() {
        let stretch = |from: &str, until: &str| Interval { from: at(from), until: at(until) };
        let stretches = vec![
            stretch("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"),
            stretch("2026-11-22T10:30:00Z", "2026-11-22T11:30:00Z"),
            stretch("2026-11-22T12:00:00Z", "2026-11-22T12:10:00Z"),
        ];
        assert_eq!(union_secs(stretches), 90 * 60 + 10 * 60);
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        let december = Month { year: 2026, month: 12 };
        assert_eq!(december.next(), Month { year: 2027, month: 1 });
        assert_eq!(december.next().previous(), december);
        assert_eq!(Month { year: 2028, month: 2 }.last_day(), day("2028-02-29"));
    }
}
