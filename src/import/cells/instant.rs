//! Instants: a day and a time of day in a zone that a file names, or in that of the reader.

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone as _, Utc};

use crate::domain::span::{Timestamp, WallClock, Zone, instant_at, wall_clock};

/// An instant in a zone as files name it: `CET`, `Europe/Berlin`, `GMT+01:00`; `None` for one that nobody knows.
pub(in crate::import) fn instant_in(day: NaiveDate, time: NaiveTime, zone: &str) -> Option<Timestamp> {
    if let Some(offset) = offset_of(zone) {
        return offset.from_local_datetime(&day.and_time(time)).single().map(|at| at.with_timezone(&Utc));
    }
    zone.trim().parse::<Zone>().ok().map(|zone| instant_at(day, time, zone))
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
}
