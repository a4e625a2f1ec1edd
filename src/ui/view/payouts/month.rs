//! The month as weeks: days, the payouts over them in lanes, work periods at their foot, cut-offs.
//!
//! Weeks begin on the user's first day; as many are shown as the month touches, six at the most. A day is the date that
//! a platform names in its own zone: a cut-off stands on the day of its rule, with that zone's name.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::agenda::CutOffRow;
use super::lanes::{self, Span};
use super::{Entry, Standing};
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::query::calendar::{Band, Calendar, Reason, bands};
use crate::domain::query::deadlines::{Deadline, DeadlineKind, deadlines};
use crate::domain::span::{DayRange, Month, Zone, day_plus};
use crate::ui::format::{self, Style};
use crate::ui::view::names::{self, Mark};
use crate::ui::view::reasons;

/// A month, ready to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthView {
    /// The month.
    pub month: Month,
    /// "November 2026".
    pub title: String,
    /// The seven weekdays in the user's order.
    pub heads: Vec<Head>,
    /// The weeks that hold the month, four to six.
    pub weeks: Vec<Week>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// "Monday".
    pub full: &'static str,
    /// "Mon", where there is little room.
    pub short: &'static str,
}

/// One week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its seven days.
    pub days: Vec<Day>,
    /// The entries over its days; `item` is the place in the entries of the view.
    pub spans: Vec<Span>,
    /// Work periods over its days; `item` is the place in `bands`.
    pub band_spans: Vec<Span>,
    /// The work periods.
    pub bands: Vec<BandLine>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its date.
    pub date: NaiveDate,
    /// "24".
    pub number: String,
    /// Its name for screen readers: "Tuesday 24 November, 2 payouts".
    pub name: String,
    /// Whether it belongs to the month.
    pub in_month: bool,
    /// Whether it is a Saturday or Sunday.
    pub weekend: bool,
    /// Whether it is today.
    pub today: bool,
    /// "cut-off 23:59 UTC"; empty where there is none to come.
    pub cut_off: String,
    /// Each cut-off in a line, with its platform.
    pub cut_off_lines: String,
}

/// A work period at the foot of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandLine {
    /// Its platform's badge.
    pub mark: Option<Mark>,
    /// "Outlier, Tue 17 – Mon 23 Nov".
    pub words: String,
}

/// The days that the weeks of a month cover.
#[must_use]
pub fn grid_days(month: Month, week_start: Weekday) -> DayRange {
    let first = week_first(month.first_day(), week_start);
    let last = day_plus(week_first(month.last_day(), week_start), 6);
    DayRange::new(first, last)
}

/// The first day of a week.
pub(super) fn week_first(day: NaiveDate, week_start: Weekday) -> NaiveDate {
    day_plus(day, -i64::from(day.weekday().days_since(week_start)))
}

pub(super) fn month(
    book: &Book,
    month: Month,
    entries: &[Entry],
    cut_offs: &BTreeMap<NaiveDate, Vec<CutOffMark>>,
    calendar: &Calendar,
    today: NaiveDate,
) -> MonthView {
    let style = Style::of(book.settings());
    let week_start = book.settings().week_start;
    let shown = grid_days(month, week_start);
    let bands = bands(calendar, shown);
    let weeks = (0..shown.len_days() / 7).map(|at| {
        let first = day_plus(shown.first, at * 7);
        let week = DayRange::new(first, day_plus(first, 6));
        let held: Vec<&Band> = bands.iter().filter(|band| band.days.meets(week)).collect();
        Week {
            days: week.days().map(|date| day(date, month, entries, cut_offs, today, style)).collect(),
            spans: lanes::pack(
                entries.iter().enumerate().filter_map(|(at, entry)| entry.days.map(|days| (at, days))),
                week,
            ),
            band_spans: lanes::pack(held.iter().enumerate().map(|(at, band)| (at, band.days)), week),
            bands: held.into_iter().map(|band| band_line(book, band, today)).collect(),
        }
    });
    MonthView {
        month,
        title: format::month(month),
        heads: (0..7).map(|at| head((0..at).fold(week_start, |day, _| day.succ()))).collect(),
        weeks: weeks.collect(),
    }
}

fn day(
    date: NaiveDate,
    month: Month,
    entries: &[Entry],
    cut_offs: &BTreeMap<NaiveDate, Vec<CutOffMark>>,
    today: NaiveDate,
    style: Style,
) -> Day {
    let on = || entries.iter().filter(|entry| entry.days.is_some_and(|days| days.contains(date)));
    let bills = on().filter(|entry| entry.standing == Standing::Due).count();
    let payouts = on().count() - bills;
    let mut name = vec![style.day_in_full(date, today)];
    for (count, noun) in [(payouts, "payout"), (bills, "bill")] {
        if count > 0 {
            name.push(reasons::counted(count, noun));
        }
    }
    let marks = cut_offs.get(&date).map(Vec::as_slice).unwrap_or_default();
    Day {
        date,
        number: date.day().to_string(),
        name: name.join(", "),
        in_month: Month::of_day(date) == month,
        weekend: matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        today: date == today,
        cut_off: match marks {
            [] => String::new(),
            [one] => one.what.clone(),
            several if several.iter().all(|mark| mark.is_cut_off) => format!("{} cut-offs", several.len()),
            several => format!("{} deadlines", several.len()),
        },
        cut_off_lines: marks.iter().map(|mark| mark.line.as_str()).collect::<Vec<_>>().join("\n"),
    }
}

fn band_line(book: &Book, band: &Band, today: NaiveDate) -> BandLine {
    let platform = book.platform(band.platform);
    let name = platform.map_or("", |platform| platform.name.as_str());
    BandLine {
        mark: platform.map(|platform| Mark::of(platform)),
        words: format!("{name}, worked {}", Style::of(book.settings()).days(band.days, today)),
    }
}

fn head(weekday: Weekday) -> Head {
    let (full, short) = match weekday {
        Weekday::Mon => ("Monday", "Mon"),
        Weekday::Tue => ("Tuesday", "Tue"),
        Weekday::Wed => ("Wednesday", "Wed"),
        Weekday::Thu => ("Thursday", "Thu"),
        Weekday::Fri => ("Friday", "Fri"),
        Weekday::Sat => ("Saturday", "Sat"),
        Weekday::Sun => ("Sunday", "Sun"),
    };
    Head { full, short }
}

/// A cut-off or another deadline on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CutOffMark {
    platform: PlatformId,
    badge: Option<Mark>,
    name: String,
    /// "cut-off 23:59 UTC", "“Draft” due".
    what: String,
    is_cut_off: bool,
    /// "Outlier: Cut-off Mon 23 Nov 23:59 UTC, that is Tue 02:59 in Nairobi".
    line: String,
}

impl CutOffMark {
    /// Its row in the agenda.
    pub(super) fn row(&self, on: NaiveDate, day: String) -> CutOffRow {
        CutOffRow {
            on,
            day,
            mark: self.badge.clone(),
            platform: self.name.clone(),
            what: self.what.clone(),
            name: self.line.clone(),
        }
    }
}

/// The cut-offs and deadlines to come, by their day; of a cut-off that in its zone: what must be done by then where something must, else the end of
/// the window. Each platform's once.
pub(super) fn cut_offs(
    book: &Book,
    calendar: &Calendar,
    home: Zone,
    today: NaiveDate,
) -> BTreeMap<NaiveDate, Vec<CutOffMark>> {
    let style = Style::of(book.settings());
    let mut found: BTreeMap<NaiveDate, Vec<CutOffMark>> = BTreeMap::new();
    for expected in &calendar.expected {
        // The last one told is what must be done; the window's own end comes before it.
        let told = expected.reasons.iter().rev().find_map(|reason| {
            if let Reason::CutOff { at, zone, .. } = reason { Some((reason, *at, *zone)) } else { None }
        });
        let Some((reason, at, zone)) = told else { continue };
        let day = at.with_timezone(&zone).date_naive();
        if day < today {
            continue;
        }
        let platform = expected.key.platform;
        let payer = book.platform(platform);
        let name = payer.map_or("", |platform| platform.name.as_str());
        let here = reasons::conversion(at, zone, home).map_or_else(String::new, |words| format!(", {words}"));
        let mark = CutOffMark {
            platform,
            badge: payer.map(|platform| Mark::of(platform)),
            name: name.to_owned(),
            what: format!("cut-off {} {}", format::time(at, zone), reasons::place_words(zone)),
            is_cut_off: true,
            line: format!("{name}: {}{here}", reasons::sentence(reason, today, style)),
        };
        let marks = found.entry(day).or_default();
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    for deadline in deadlines(book, calendar, today).iter().filter(|deadline| deadline.on >= today) {
        found.entry(deadline.on).or_default().push(deadline_mark(book, deadline, style));
    }
    found
}

fn deadline_mark(book: &Book, deadline: &Deadline, style: Style) -> CutOffMark {
    let payer = book.platform(deadline.platform);
    let name = payer.map_or("", |platform| platform.name.as_str());
    let of = match (deadline.name.as_str(), deadline.project) {
        ("", Some(project)) => names::project(book, Some(project)),
        ("", None) => "task".to_owned(),
        (called, _) => format!("“{called}”"),
    };
    let what = match deadline.kind {
        DeadlineKind::Task(_) | DeadlineKind::Milestone(_) => format!("{of} due"),
        DeadlineKind::Rework(_) => format!("{of} again due"),
        DeadlineKind::Chase(_) => "ask where it is".to_owned(),
    };
    CutOffMark {
        platform: deadline.platform,
        badge: payer.map(|platform| Mark::of(platform)),
        line: format!("{name}: {what}, {}", style.money(deadline.money)),
        name: name.to_owned(),
        what,
        is_cut_off: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i32, month: u32) -> Month {
        Month { year, month }
    }

    #[test]
    fn a_month_shows_as_many_weeks_as_it_touches() {
        // 1 Nov 2026 is a Sunday, 1 Feb 2027 a Monday, 1 Aug 2026 a Saturday.
        let cases = [
            (month(2026, 11), Weekday::Mon, "2026-10-26", "2026-12-06", 6),
            (month(2026, 11), Weekday::Sun, "2026-11-01", "2026-12-05", 5),
            (month(2027, 2), Weekday::Mon, "2027-02-01", "2027-02-28", 4),
            (month(2027, 2), Weekday::Sun, "2027-01-31", "2027-03-06", 5),
            (month(2026, 8), Weekday::Sun, "2026-07-26", "2026-09-05", 6),
            (month(2026, 12), Weekday::Sat, "2026-11-28", "2027-01-01", 5),
        ];
        for (shown, start, first, last, weeks) in cases {
            let days = grid_days(shown, start);
            assert_eq!(days, DayRange::new(first.parse().unwrap(), last.parse().unwrap()), "{shown} from {start}");
            assert_eq!(days.len_days(), weeks * 7, "{shown} from {start}");
        }
    }

    #[test]
    fn every_month_of_a_century_fits_six_weeks_and_holds_all_its_days() {
        for start in [Weekday::Mon, Weekday::Sun, Weekday::Sat, Weekday::Wed] {
            let mut shown = month(1980, 1);
            while shown.year < 2080 {
                let days = grid_days(shown, start);
                assert!((28..=42).contains(&days.len_days()) && days.len_days() % 7 == 0, "{shown}");
                assert!(days.contains(shown.first_day()) && days.contains(shown.last_day()), "{shown}");
                assert_eq!(days.first.weekday(), start);
                // No whole week of other months.
                assert!((shown.first_day() - days.first).num_days() < 7);
                assert!((days.last - shown.last_day()).num_days() < 7);
                shown = shown.next();
            }
        }
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for end in [Month::of_day(NaiveDate::MIN), Month::of_day(NaiveDate::MAX)] {
            assert!(grid_days(end, Weekday::Mon).len_days() > 0);
        }
    }
}
