//! Windows of a period batch: where a platform's weeks, half months and months begin and end.
//!
//! They are cut in the schedule's zone at its hour, so a day of a clock change is shorter or longer and no second
//! is lost or doubled. Nonsense values (every 0 weeks, day 99) count as the nearest sense; none panics.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::dates::{in_month, months_later, plus, sane, weekday_on_or_before};
use crate::domain::schedule::Cycle;
use crate::domain::span::{DayRange, Interval, Month, Timestamp, Zone, date_in, instant_at};

/// More than ten years between two windows are nonsense.
const MOST_WEEKS: u32 = 520;
/// A Monday, where no anchor is needed.
const SOME_MONDAY: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 5) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The windows of a cycle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Windows {
    cycle: Cycle,
    zone: Zone,
    starts_at: NaiveTime,
}

/// One window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WorkWindow {
    /// Its days in the schedule's zone: from the day it starts to the day of its last second.
    pub(super) days: DayRange,
    /// Its instants, end excluded.
    pub(super) interval: Interval,
}

impl WorkWindow {
    /// Its last whole second.
    pub(super) fn last_second(self) -> Timestamp {
        (self.interval.until - TimeDelta::seconds(1)).max(self.interval.from)
    }
}

/// What of a session falls into one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// The window.
    pub(super) window: WorkWindow,
    /// Seconds of it.
    pub(super) secs: i64,
    /// Its first instant there.
    pub(super) from: Timestamp,
}

impl Windows {
    /// The windows of a cycle; `None` where every second (or third …) week counts and none says which.
    pub(super) fn new(cycle: Cycle, zone: Zone, starts_at: NaiveTime) -> Option<Self> {
        match cycle {
            Cycle::Weeks { every, anchor: None, .. } if every > 1 => None,
            Cycle::Weeks { .. } | Cycle::TwiceAMonth { .. } | Cycle::Monthly { .. } => {
                Some(Self { cycle, zone, starts_at })
            }
        }
    }

    /// The first days of the window that holds a day, and of the one after.
    fn starts(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let day = sane(day);
        let month = Month::of_day(day);
        match self.cycle {
            Cycle::Weeks { every, starts, anchor } => {
                let step = 7 * i64::from(every.clamp(1, MOST_WEEKS));
                let base = weekday_on_or_before(sane(anchor.unwrap_or(SOME_MONDAY)), starts);
                let first = plus(base, (day - base).num_days().div_euclid(step) * step);
                (first, plus(first, step))
            }
            Cycle::TwiceAMonth { second_from } => {
                let second = in_month(month, second_from.clamp(2, 28));
                if day < second { (in_month(month, 1), second) } else { (second, in_month(month.next(), 1)) }
            }
            Cycle::Monthly { from_day } => {
                let from_day = from_day.clamp(1, 28);
                let here = in_month(month, from_day);
                if day < here {
                    (in_month(month.previous(), from_day), here)
                } else {
                    (here, in_month(months_later(month, 1), from_day))
                }
            }
        }
    }

    /// The window that starts on the last first day on or before a day.
    pub(super) fn of_day(self, day: NaiveDate) -> WorkWindow {
        let (first, next) = self.starts(day);
        let last = if self.starts_at == NaiveTime::MIN { plus(next, -1) } else { next };
        WorkWindow {
            days: DayRange::new(first, last.max(first)),
            interval: Interval {
                from: instant_at(first, self.starts_at, self.zone),
                until: instant_at(next, self.starts_at, self.zone),
            },
        }
    }

    /// The window that holds an instant.
    pub(super) fn at(self, instant: Timestamp) -> WorkWindow {
        let mut window = self.of_day(date_in(instant, self.zone));
        // A window that starts late in the day, or in an hour that comes twice, is one step away.
        for _ in 0..3 {
            if instant < window.interval.from {
                window = self.previous(window);
            } else if instant >= window.interval.until {
                window = self.next(window);
            } else {
                break;
            }
        }
        window
    }

    /// The day of an instant of a window: that of its zone, and where two windows share a day, one that is this
    /// window's alone, so that the day leads back to it.
    pub(super) fn day_in(self, window: WorkWindow, instant: Timestamp) -> NaiveDate {
        let last = plus(self.starts(window.days.first).1, -1);
        date_in(instant, self.zone).min(last).max(window.days.first)
    }

    /// The window after.
    pub(super) fn next(self, window: WorkWindow) -> WorkWindow {
        self.of_day(self.starts(window.days.first).1)
    }

    /// The window before.
    pub(super) fn previous(self, window: WorkWindow) -> WorkWindow {
        self.of_day(plus(window.days.first, -1))
    }

    /// Cuts stretches at the boundaries of the windows; the seconds of the cuts sum to those of the stretches.
    pub(super) fn cut(self, stretches: &[Interval]) -> Vec<Cut> {
        let mut cuts: Vec<Cut> = Vec::new();
        for stretch in stretches {
            let mut from = stretch.from;
            while from < stretch.until {
                let window = self.at(from);
                let end = window.interval.until.min(stretch.until);
                // Past the calendar's end windows stop growing: the rest stays in the last.
                let until = if end > from { end } else { stretch.until };
                let secs = Interval { from, until }.secs();
                match cuts.last_mut().filter(|cut| cut.window == window) {
                    Some(cut) => cut.secs += secs,
                    None => cuts.push(Cut { window, secs, from }),
                }
                from = until;
            }
        }
        cuts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{at, day};
    use chrono::Weekday;
    use chrono_tz::{America, Asia, Europe, UTC};

    fn days(first: &str, last: &str) -> DayRange {
        DayRange::new(day(first), day(last))
    }

    fn weekly(starts: Weekday, zone: Zone) -> Windows {
        Windows::new(Cycle::Weeks { every: 1, starts, anchor: None }, zone, NaiveTime::MIN).unwrap()
    }

    fn cycle(cycle: Cycle) -> Windows {
        Windows::new(cycle, UTC, NaiveTime::MIN).unwrap()
    }

    #[test]
    fn mercors_week_is_cut_at_midnight_in_india() {
        // Source: platform facts, checked 2026-11-22: Fri 13 Nov 18:30 UTC – Fri 20 Nov 18:29 UTC.
        let windows = weekly(Weekday::Sat, Asia::Kolkata);
        let window = windows.at(at("2026-11-16T12:00:00Z"));
        assert_eq!(window.days, days("2026-11-14", "2026-11-20"));
        assert_eq!(window.interval.from, at("2026-11-13T18:30:00Z"));
        assert_eq!(window.last_second(), at("2026-11-20T18:29:59Z"));
        // Fri 20 Nov 11:00 in Los Angeles (19:00 UTC) is already the next period; 10:29 is not.
        assert_eq!(windows.at(at("2026-11-20T19:00:00Z")).days, days("2026-11-21", "2026-11-27"));
        assert_eq!(windows.at(at("2026-11-20T18:29:00Z")), window);
    }

    #[test]
    fn half_months_and_months_from_any_day() {
        // Source: platform facts, checked 2026-11-22: micro1 1–15 and 16–end; Gini Talent 16th–15th; CrowdGen by month.
        let half = cycle(Cycle::TwiceAMonth { second_from: 16 });
        assert_eq!(half.of_day(day("2026-11-15")).days, days("2026-11-01", "2026-11-15"));
        assert_eq!(half.of_day(day("2026-11-16")).days, days("2026-11-16", "2026-11-30"));
        let gini = cycle(Cycle::Monthly { from_day: 16 });
        assert_eq!(gini.of_day(day("2026-07-15")).days, days("2026-06-16", "2026-07-15"));
        assert_eq!(gini.of_day(day("2026-12-31")).days, days("2026-12-16", "2027-01-15"));
        let months = cycle(Cycle::Monthly { from_day: 1 });
        assert_eq!(months.of_day(day("2028-02-29")).days, days("2028-02-01", "2028-02-29"));
    }

    #[test]
    fn every_second_week_needs_to_know_which() {
        let fortnight = |anchor| Cycle::Weeks { every: 2, starts: Weekday::Mon, anchor };
        assert!(Windows::new(fortnight(None), UTC, NaiveTime::MIN).is_none());
        let windows = cycle(fortnight(Some(day("2026-11-11"))));
        assert_eq!(windows.of_day(day("2026-11-22")).days, days("2026-11-09", "2026-11-22"));
        assert_eq!(windows.of_day(day("2026-11-08")).days, days("2026-10-26", "2026-11-08"));
    }

    #[test]
    fn weeks_with_a_clock_change_are_an_hour_shorter_or_longer() {
        // Source: IANA tzdata: forward on Sun 29 Mar 2026 in Berlin, back on Sun 1 Nov 2026 in Los Angeles.
        let berlin = weekly(Weekday::Mon, Europe::Berlin).at(at("2026-03-29T12:00:00Z"));
        assert_eq!(berlin.interval.secs(), (7 * 24 - 1) * 3600);
        let angeles = weekly(Weekday::Mon, America::Los_Angeles).at(at("2026-11-01T12:00:00Z"));
        assert_eq!(angeles.interval.secs(), (7 * 24 + 1) * 3600);
        assert_eq!(angeles.interval.until, at("2026-11-02T08:00:00Z"));
    }

    #[test]
    fn a_window_may_start_within_a_day() {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        let weeks = Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None };
        let windows = Windows::new(weeks, UTC, noon).unwrap();
        assert_eq!(windows.at(at("2026-11-16T11:59:59Z")).days, days("2026-11-09", "2026-11-16"));
        assert_eq!(windows.at(at("2026-11-16T12:00:00Z")).days, days("2026-11-16", "2026-11-23"));
    }

    #[test]
    fn the_day_of_work_leads_back_to_its_window() {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        let weeks = Cycle::Weeks { every: 1, starts: Weekday::Mon, anchor: None };
        let windows = Windows::new(weeks, UTC, noon).unwrap();
        for instant in ["2026-11-16T11:00:00Z", "2026-11-16T13:00:00Z", "2026-11-18T00:00:00Z"] {
            let window = windows.at(at(instant));
            assert_eq!(windows.of_day(windows.day_in(window, at(instant))), window, "{instant}");
        }
    }

    #[test]
    fn work_over_two_boundaries_is_cut_into_three() {
        let windows = weekly(Weekday::Tue, UTC);
        let long = Interval { from: at("2026-11-09T22:00:00Z"), until: at("2026-11-17T01:00:00Z") };
        let secs: Vec<i64> = windows.cut(&[long]).iter().map(|cut| cut.secs).collect();
        assert_eq!(secs, [2 * 3600, 7 * 24 * 3600, 3600]);
    }

    proptest::proptest! {
        #[test]
        fn windows_follow_each_other_without_gap_and_hold_their_instant(
            seconds in -2_000_000_000i64..6_000_000_000,
            which in 0u32..3,
            number in 0u32..100,
            minutes in 0u32..1440,
            weekday in 0u8..7,
        ) {
            let starts = Weekday::try_from(weekday).unwrap();
            let cycle = match which {
                0 => Cycle::Weeks { every: number, starts, anchor: Some(day("2026-11-16")) },
                1 => Cycle::TwiceAMonth { second_from: number },
                _ => Cycle::Monthly { from_day: number },
            };
            let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap();
            let instant = Timestamp::from_timestamp(seconds, 0).unwrap();
            for zone in [UTC, Europe::Berlin, America::Havana, Asia::Kolkata, chrono_tz::Pacific::Apia] {
                let windows = Windows::new(cycle, zone, time).unwrap();
                let window = windows.at(instant);
                proptest::prop_assert!(window.interval.from <= instant && instant < window.interval.until);
                proptest::prop_assert_eq!(windows.next(window).interval.from, window.interval.until);
                proptest::prop_assert_eq!(windows.previous(window).interval.until, window.interval.from);
            }
        }
    }
}
