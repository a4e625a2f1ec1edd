//! Backups: when one was made and why, which of them stay, and whether one is due. Pure; the store copies files.
//!
//! Which stay is judged by rank, not by age: the last seven days, five weeks and thirteen months *that have one*. So a
//! clock that jumps ahead, or a year away from the desk, costs nothing but the one slot that it takes.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta, Weekday};

use super::settings::Settings;
use super::span::{Month, Timestamp, user_day};

/// Days of which the last backup stays.
const DAYS: usize = 7;
/// Weeks of which the last backup stays: the current one and the four before.
const WEEKS: usize = 5;
/// Months of which the last backup stays: the current one and the twelve before.
const MONTHS: usize = 13;
/// Days that a backup before a large step stays, whatever else there is.
const BEFORE_DAYS: i64 = 90;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The first of a user's day.
    Daily,
    /// The user asked for it.
    ByHand,
    /// Something was about to be taken in.
    BeforeImport,
    /// Another backup was about to be restored.
    BeforeRestore,
    /// The files were about to be rewritten in a newer schema.
    BeforeMigration,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Daily, Self::ByHand, Self::BeforeImport, Self::BeforeRestore, Self::BeforeMigration];
}

/// A backup: its moment and its reason are its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backup {
    /// When it was made, UTC, to the second.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
}

impl Backup {
    /// The user's day on which it was made, in the zone and with the start of day that hold now.
    #[must_use]
    pub fn day(self, settings: &Settings) -> NaiveDate {
        user_day(self.at, settings.zone, settings.day_start_minutes)
    }
}

/// How big a backup is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Bytes of all its files.
    pub whole: u64,
    /// Bytes of the files that it doesn't share with the backup before it: what its removal would free at most.
    pub own: u64,
}

/// Whether the backup of a user's day is to be made: none of that day is there.
#[must_use]
pub fn is_due(backups: &[Backup], now: Timestamp, settings: &Settings) -> bool {
    let today = user_day(now, settings.zone, settings.day_start_minutes);
    !backups.iter().any(|backup| backup.reason == Reason::Daily && backup.day(settings) == today)
}

/// The backups that have had their time, the oldest first.
///
/// These stay: the newest; those made by hand, until the user removes their folder; those before a migration, an import
/// or a restore for 90 days; of the rest the last of each of the last 7 days, 5 weeks (from Monday) and 13 months that
/// have one. What stays anyway takes nobody's place.
///
/// One that seems to come from the future was made under a wrong clock, or the clock is wrong now: it can't be judged, and
/// stays in the same way.
#[must_use]
pub fn outlived(backups: &[Backup], now: Timestamp, settings: &Settings) -> Vec<Backup> {
    let mut sorted = backups.to_vec();
    sorted.sort_unstable();
    let newest = sorted.last().copied();
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut outlived = Vec::new();
    for backup in sorted.into_iter().rev().filter(|backup| backup.at <= now) {
        let stays_anyway = match backup.reason {
            Reason::Daily => false,
            Reason::ByHand => true,
            Reason::BeforeImport | Reason::BeforeRestore | Reason::BeforeMigration => {
                now - backup.at < TimeDelta::days(BEFORE_DAYS)
            }
        };
        if stays_anyway {
            continue;
        }
        let day = backup.day(settings);
        let takes_a_place = takes(&mut days, day, DAYS)
            | takes(&mut weeks, day.week(Weekday::Mon).checked_first_day(), WEEKS)
            | takes(&mut months, Month::of_day(day), MONTHS);
        if !takes_a_place && Some(backup) != newest {
            outlived.push(backup);
        }
    }
    outlived.reverse();
    outlived
}

/// Whether the slot is free for this one, which then has it. The newest is asked first.
fn takes<T: Ord>(taken: &mut BTreeSet<T>, slot: T, most: usize) -> bool {
    taken.len() < most && taken.insert(slot)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    fn settings() -> Settings {
        Settings::new(Currency::USD, chrono_tz::UTC)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn daily(text: &str) -> Backup {
        Backup { at: at(text), reason: Reason::Daily }
    }

    /// What is left of a backup a day from a day on, thinned each day as the program does.
    fn lived(from: &str, days: i64) -> Vec<Backup> {
        let mut all = Vec::new();
        for number in 0..days {
            let backup = Backup { at: at(from) + TimeDelta::days(number), reason: Reason::Daily };
            all.push(backup);
            let gone = outlived(&all, backup.at, &settings());
            all.retain(|kept| !gone.contains(kept));
        }
        all
    }

    fn days_of(backups: &[Backup]) -> Vec<String> {
        backups.iter().map(|backup| backup.at.date_naive().to_string()).collect()
    }

    #[test]
    fn a_year_and_a_half_of_days_becomes_seven_days_four_weeks_and_twelve_months() {
        // 27 November 2026 is a Friday.
        let kept = days_of(&lived("2025-05-01T09:00:00Z", 576));
        let days = ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"];
        // Sundays, the last of their weeks; that of 22 November is among the days.
        let weeks = ["2026-11-01", "2026-11-08", "2026-11-15"];
        let months = [
            "2025-11-30",
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
            "2026-07-31",
            "2026-08-31",
            "2026-09-30",
            "2026-10-31",
        ];
        let expected: Vec<&str> = months.into_iter().chain(weeks).chain(days).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn several_of_one_day_leave_its_last() {
        let all = [daily("2026-11-01T08:00:00Z"), daily("2026-11-01T20:00:00Z"), daily("2026-11-27T08:00:00Z")];
        assert_eq!(outlived(&all, at("2026-11-27T09:00:00Z"), &settings()), all[..1]);
    }

    #[test]
    fn the_newest_stays_whatever_its_age() {
        let only = [daily("2020-01-01T08:00:00Z")];
        assert_eq!(outlived(&only, at("2026-11-27T09:00:00Z"), &settings()), []);
    }

    #[test]
    fn before_a_large_step_stays_for_ninety_days_and_by_hand_for_good() {
        let of = |reason| Backup { at: at("2026-11-02T08:00:00Z"), reason };
        let reasons = [Reason::BeforeImport, Reason::BeforeRestore, Reason::BeforeMigration, Reason::ByHand];
        let mut all: Vec<Backup> = reasons.map(of).to_vec();
        // The last of the same day, week and month, and a week of newer ones.
        all.push(daily("2026-11-02T09:00:00Z"));
        all.extend((25..=31).map(|day| daily(&format!("2027-01-{day}T07:00:00Z"))));
        assert_eq!(outlived(&all, at("2027-01-31T07:59:59Z"), &settings()), []);
        let gone = outlived(&all, at("2027-01-31T08:00:00Z"), &settings());
        let reasons: Vec<Reason> = gone.iter().map(|backup| backup.reason).collect();
        assert_eq!(reasons, [Reason::BeforeImport, Reason::BeforeRestore, Reason::BeforeMigration]);
    }

    #[test]
    fn a_clock_that_was_set_back_removes_nothing_from_the_future_and_gives_it_nobodys_place() {
        let mut all: Vec<Backup> = (1..=7).map(|day| daily(&format!("2026-11-{day:02}T08:00:00Z"))).collect();
        let future: Vec<Backup> = (1..=9).map(|day| daily(&format!("2030-01-{day:02}T08:00:00Z"))).collect();
        all.extend(&future);
        assert_eq!(outlived(&all, at("2026-11-07T09:00:00Z"), &settings()), []);
    }

    #[test]
    fn a_clock_that_jumps_ahead_costs_one_place_and_no_more() {
        let mut all: Vec<Backup> = (20..=26).map(|day| daily(&format!("2026-11-{day}T08:00:00Z"))).collect();
        all.push(daily("2036-11-27T08:00:00Z"));
        let gone = outlived(&all, at("2036-11-27T09:00:00Z"), &settings());
        assert_eq!(days_of(&gone), ["2026-11-20"]);
    }

    #[test]
    fn one_is_due_once_a_user_s_day() {
        let late = Settings { day_start_minutes: 4 * 60, zone: chrono_tz::Africa::Nairobi, ..settings() };
        // 03:00 in Nairobi still belongs to the day before.
        let made = [daily("2026-11-26T06:00:00Z")];
        assert!(!is_due(&made, at("2026-11-27T00:30:00Z"), &late));
        assert!(is_due(&made, at("2026-11-27T01:00:00Z"), &late));
        assert!(is_due(&[], at("2026-11-27T01:00:00Z"), &late));
        let by_hand = [Backup { at: at("2026-11-27T06:00:00Z"), reason: Reason::ByHand }];
        assert!(is_due(&by_hand, at("2026-11-27T07:00:00Z"), &late), "only one of the day’s own kind counts");
        let ahead = [daily("2030-01-01T06:00:00Z")];
        assert!(is_due(&ahead, at("2026-11-27T07:00:00Z"), &late), "a stamp of a wrong clock is no backup of today");
    }
}
