//! Instants: a day and a time of day in a zone that a file names, or in that of the reader.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SubsecRound as _, TimeZone as _, Utc};

use super::amount::shortened;
use super::day::{Days, time_of_day};
use crate::domain::span::{Timestamp, WallClock, Zone, instant_at, wall_clock};
use crate::domain::statement::Why;

/// An instant in a zone as files name it: `CET`, `Europe/Berlin`, `GMT+01:00`; `None` for one that nobody knows.
pub(in crate::import) fn instant_in(day: NaiveDate, time: NaiveTime, zone: &str) -> Option<Timestamp> {
    if let Some(offset) = offset_of(zone) {
        return offset.from_local_datetime(&day.and_time(time)).single().map(|at| at.with_timezone(&Utc));
    }
    zone.trim().parse::<Zone>().ok().map(|zone| instant_at(day, time, zone))
}

/// A day with its time, in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Moment {
    /// With its zone.
    Instant(Timestamp),
    /// On the clocks of a zone that it doesn't name.
    Local(NaiveDate, NaiveTime),
}

/// The moment of a cell: `2026-03-04T09:23:52Z`, `2026-03-04 09:23:52 +0000`, `04.03.2026 9:23`, `Mar 4, 2026 9:23 PM PST`.
///
/// # Errors
/// [`Why::Day`] where there is no day, [`Why::Time`] where there is no time.
pub(in crate::import) fn moment(cell: &str, days: Days) -> Result<Moment, Why> {
    if let Ok(at) = DateTime::parse_from_rfc3339(cell.trim()) {
        return Ok(Moment::Instant(at.with_timezone(&Utc).trunc_subsecs(0)));
    }
    let day = days.day(cell)?;
    // The letter between day and time, and none in the name of a zone.
    let spaced = match cell.split_once('T') {
        Some((day, rest)) if rest.starts_with(|letter: char| letter.is_ascii_digit()) => format!("{day} {rest}"),
        _ => cell.to_owned(),
    };
    let between = |letter: char| letter.is_whitespace() || letter == ',';
    let mut rest = spaced.split(between).filter(|word| !word.is_empty()).skip_while(|word| !word.contains(':'));
    let no_time = || Why::Time(shortened(cell));
    let mut clock = rest.next().ok_or_else(no_time)?.trim_end_matches('Z').to_owned();
    let mut zone = if cell.trim_end().ends_with('Z') { Some("UTC") } else { rest.next() };
    if let Some(half) = zone.filter(|word| matches!(*word, "AM" | "PM" | "am" | "pm")) {
        clock = format!("{clock} {half}");
        zone = rest.next();
    }
    let time = time_of_day(&clock)?;
    let offset =
        zone.and_then(|zone| DateTime::parse_from_str(&format!("{day} {time} {zone}"), "%Y-%m-%d %H:%M:%S %z").ok());
    let at = offset.map(|at| at.with_timezone(&Utc)).or_else(|| instant_in(day, time, zone?));
    Ok(at.map_or(Moment::Local(day, time), Moment::Instant))
}

/// Abbreviations mean one offset, summer time or not. Those that several countries use otherwise (IST, CST in Asia) are
/// taken in the sense of the files that have them: of the United States and Europe.
fn offset_of(zone: &str) -> Option<FixedOffset> {
    const HOUR: i32 = 3_600;
    let hours = match zone.trim() {
        "UTC" | "GMT" | "WET" | "Z" => 0,
        "BST" | "WEST" | "CET" | "MEZ" => 1,
        "CEST" | "MESZ" | "EET" => 2,
        "EEST" => 3,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        other => {
            let signed = other.strip_prefix("GMT").or_else(|| other.strip_prefix("UTC"))?;
            let (sign, rest) = match signed.split_at_checked(1)? {
                ("+", rest) => (1, rest),
                ("-", rest) => (-1, rest),
                _ => return None,
            };
            let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
            let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
            let secs = hours.checked_mul(HOUR)?.checked_add(minutes.checked_mul(60)?)?;
            return FixedOffset::east_opt(sign * secs);
        }
    };
    FixedOffset::east_opt(hours * HOUR)
}

/// Start and end of a stretch whose clock times name no zone, and whether a clock change left a choice or no such time.
///
/// Of two passes of an hour those count whose distance is the length that the file says; else the first.
pub(in crate::import) fn stretch(
    start: (NaiveDate, NaiveTime),
    end: (NaiveDate, NaiveTime),
    secs: Option<i64>,
    zone: Zone,
) -> (Timestamp, Timestamp, bool) {
    let (starts, ends) = (passes(start, zone), passes(end, zone));
    let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
    let fits = |(start, end): &(Timestamp, Timestamp)| secs == Some((*end - *start).num_seconds());
    let (start_at, end_at) = pairs
        .clone()
        .find(fits)
        .unwrap_or_else(|| (instant_at(start.0, start.1, zone), instant_at(end.0, end.1, zone)));
    let is_plain = starts.len() == 1 && ends.len() == 1;
    (start_at, end_at, !is_plain && !pairs.clone().any(|pair| fits(&pair)))
}

/// The instants at which the clocks show a time: none, one or two.
fn passes((day, time): (NaiveDate, NaiveTime), zone: Zone) -> Vec<Timestamp> {
    match wall_clock(day, time, zone) {
        WallClock::Once(at) => vec![at],
        WallClock::Twice { earlier, later } => vec![earlier, later],
        WallClock::Skipped => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    #[test]
    fn zones_are_known_by_abbreviation_name_and_offset() {
        let at = |zone| instant_in(day("2026-03-04"), time("09:15:00"), zone).map(|at| at.to_rfc3339());
        for (zone, wanted) in [
            ("CET", "2026-03-04T08:15:00+00:00"),
            ("PST", "2026-03-04T17:15:00+00:00"),
            ("Europe/Berlin", "2026-03-04T08:15:00+00:00"),
            ("GMT+03:00", "2026-03-04T06:15:00+00:00"),
            ("UTC-5", "2026-03-04T14:15:00+00:00"),
        ] {
            assert_eq!(at(zone).as_deref(), Some(wanted), "{zone}");
        }
        assert_eq!(at("Middle-earth"), None);
        assert_eq!(at("GMT+99999999999"), None);
    }

    #[test]
    fn the_length_tells_which_pass_of_an_hour_is_meant() {
        let berlin = chrono_tz::Europe::Berlin;
        let on = |text: &str| (day("2026-10-25"), time(text));
        // 02:30 is there twice: an hour after 01:30, and two.
        let (start, end, odd) = stretch(on("01:30:00"), on("02:30:00"), Some(7_200), berlin);
        assert_eq!(((end - start).num_seconds(), odd), (7_200, false));
        let (start, end, odd) = stretch(on("01:30:00"), on("02:30:00"), None, berlin);
        assert_eq!(((end - start).num_seconds(), odd), (3_600, true));
        let spring = |text: &str| (day("2026-03-29"), time(text));
        let (start, end, odd) = stretch(spring("02:30:00"), spring("03:30:00"), Some(3_600), berlin);
        assert_eq!(((end - start).num_seconds(), odd), (1_800, true), "02:30 does not happen");
    }

    #[test]
    fn a_moment_stands_in_one_cell_with_or_without_its_zone() {
        let days = Days::with(crate::domain::statement::DateOrder::DayFirst);
        let local = |clock: &str| Ok(Moment::Local(day("2026-03-04"), time(clock)));
        let instant = |at: &str| Ok(Moment::Instant(at.parse().unwrap()));
        for (cell, wanted) in [
            ("2026-03-04T09:23:52Z", instant("2026-03-04T09:23:52Z")),
            ("2026-03-04T09:23:52.900+02:00", instant("2026-03-04T07:23:52Z")),
            ("2026-03-04 09:23:52 +0000", instant("2026-03-04T09:23:52Z")),
            ("2026-03-04 08:00:00 PST", instant("2026-03-04T16:00:00Z")),
            ("04.03.2026 9:23", local("09:23:00")),
            ("04/03/2026, 09:23 PM", local("21:23:00")),
            ("Mar 4, 2026 9:23 PM", local("21:23:00")),
            ("2026-03-04T09:23:52", local("09:23:52")),
            ("2026-03-04 09:23 Atlantis", local("09:23:00")),
        ] {
            assert_eq!(moment(cell, days), wanted, "{cell}");
        }
        assert!(matches!(moment("2026-03-04", days), Err(Why::Time(_))));
        assert!(matches!(moment("2026-03-04 29:18", days), Err(Why::Time(_))));
        assert!(matches!(moment("yesterday 9:18", days), Err(Why::Day(_))));
    }
}
