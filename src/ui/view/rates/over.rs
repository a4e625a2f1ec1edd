//! Over time: a line a side, week by week or month by month.
//!
//! A bucket without paid work is a gap in its line, never a nought; its unpaid hours stand in the table. Words of a
//! point are made when it is looked at: ten years of thirty platforms are many thousands of points.

use chrono::{Datelike, NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use super::sides::{Floor, head_of, names_of};
use super::{Look, text};
use crate::domain::book::Book;
use crate::domain::money::{Currency, Money};
use crate::domain::query::rates::{Every, Group, GroupBy, Rates, SideOverTime, Step};
use crate::domain::span::DayRange;
use crate::ui::format::{self, Style};
use crate::ui::view::names::{self, Mark};
use crate::ui::view::scale::ticks;

/// The columns of the table.
pub const OVER_COLUMNS: [&str; 5] = ["An hour", "Hours", "Paid", "Earned", "Sample"];

/// A side's bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its place on the axis, counted from the first bucket of all.
    pub at: i64,
    /// Its days, cut to those that are looked at.
    pub days: DayRange,
    /// The rate over all hours; `None` without paid work or with a missing exchange rate: a gap.
    pub rate: Option<Decimal>,
    /// Whether it rests on less than an hour.
    pub muted: bool,
    /// Own seconds of its days.
    pub own_secs: i64,
    paid_secs: i64,
    earned: Option<Decimal>,
}

/// A side over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub group: Group,
    /// Its name beside its badge.
    pub name: String,
    /// Its name by itself: of a project with its platform.
    pub full_name: String,
    /// The badge of its platform; none for task types.
    pub mark: Option<Mark>,
    /// The number of its colour.
    pub hue: usize,
    /// Which way it is dashed, where others have its colour: 0 is solid.
    pub dash: usize,
    /// Its buckets with work or money, oldest first.
    pub points: Vec<Point>,
    /// The last rate, "40.20"; empty where it has none.
    pub last: String,
    /// Own seconds of all of it.
    pub own_secs: i64,
}

impl Point {
    /// Whether there was paid work whose rate could not be converted.
    fn lacks_rate(&self) -> bool {
        self.rate.is_none() && self.paid_secs > 0
    }
}

impl Line {
    /// The points that are drawn, with their places.
    pub fn drawn(&self) -> impl DoubleEndedIterator<Item = (usize, &Point, Decimal)> {
        self.points.iter().enumerate().filter_map(|(at, point)| Some((at, point, point.rate?)))
    }
}

/// All lines, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// Weeks or months.
    pub every: Every,
    /// Head of the column of names: "Platform".
    pub head: &'static str,
    /// A line a side, the best one first.
    pub lines: Vec<Line>,
    /// How many buckets the axis has.
    pub len: i64,
    /// The floor, where one is set.
    pub floor: Option<Floor>,
    /// "floor 18.00"; empty without one.
    pub floor_words: String,
    /// What a gap in a line means.
    pub gap: &'static str,
    /// The lower and the upper end of the axis of rates.
    pub ends: (Decimal, Decimal),
    /// The lines across, from below: where, and their figure.
    pub ticks: Vec<(Decimal, String)>,
    /// The table's rows, newest first: places of line and point.
    rows: Vec<(usize, usize)>,
    /// The first day of the first bucket.
    first: NaiveDate,
    today: NaiveDate,
    home: Currency,
    style: Style,
}

impl Over {
    pub(super) fn of(
        book: &Book,
        look: &Look,
        every: Every,
        home: Currency,
        sides: &[SideOverTime],
        today: NaiveDate,
    ) -> Self {
        let style = Style::of(book.settings());
        let week_start = book.settings().week_start;
        let whole = |day| every.of(day, week_start).first;
        let days = || sides.iter().flat_map(|side| &side.buckets).map(|(days, _)| days);
        let first = whole(days().map(|days| days.first).min().unwrap_or(today));
        let place = |day| between(every, first, whole(day));
        let len = days().map(|days| place(days.first)).max().map_or(0, |last| last + 1);
        let floor = book.settings().floor.filter(|floor| floor.currency == home);
        let mut lines: Vec<Line> = Vec::with_capacity(sides.len());
        for side in sides {
            let (hue, dash) = colour(book, look.by, &side.group, &lines);
            let points = side.buckets.iter().map(|(days, rates)| point(place(days.first), *days, rates)).collect();
            lines.push(Line::of(book, side, points, hue, dash, home));
        }
        let rates = || lines.iter().flat_map(Line::drawn).map(|(_, _, rate)| rate);
        let low = rates().min().unwrap_or_default().min(Decimal::ZERO);
        let high = rates().max().unwrap_or_default().max(floor.map(|floor| floor.amount).unwrap_or_default());
        let (top, ticks) = ticks(high, home, style);
        let mut rows: Vec<(usize, usize)> = lines
            .iter()
            .enumerate()
            .flat_map(|(line, of)| (0..of.points.len()).map(move |point| (line, point)))
            .collect();
        let at = |(line, point): &(usize, usize)| {
            lines.get(*line).and_then(|line| line.points.get(*point)).map_or(0, |point| point.at)
        };
        // Stable: within a bucket the best side stays first.
        rows.sort_by_key(|row| std::cmp::Reverse(at(row)));
        Self {
            every,
            head: head_of(look.by),
            len,
            floor_words: floor
                .map(|floor| format!("floor {}", style.decimals(floor.amount, home.minor_units())))
                .unwrap_or_default(),
            floor: floor.map(|floor| Floor { value: floor.amount, figure: style.money(floor) }),
            gap: if lines.iter().flat_map(|line| &line.points).any(Point::lacks_rate) {
                "a gap: no paid work, or an exchange rate is missing"
            } else {
                "a gap: no paid work"
            },
            ends: (low, top),
            ticks,
            rows,
            lines,
            first,
            today,
            home,
            style,
        }
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.drawn().next().is_none())
    }

    /// The label of a place on the axis: "week of 26 Oct", "Nov 2026".
    #[must_use]
    pub fn label(&self, at: i64) -> String {
        self.label_of(self.begins(at))
    }

    fn label_of(&self, day: NaiveDate) -> String {
        match self.every {
            Every::Month => day.format("%b %Y").to_string(),
            Every::Week if day.year() == self.today.year() => format!("week of {}", self.style.day_and_month(day)),
            Every::Week => format!("week of {}", self.style.date(day)),
        }
    }

    /// The first day of a place on the axis.
    fn begins(&self, at: i64) -> NaiveDate {
        let begins = match self.every {
            Every::Week => {
                TimeDelta::try_days(at.saturating_mul(7)).and_then(|days| self.first.checked_add_signed(days))
            }
            Every::Month => {
                u32::try_from(at).ok().and_then(|months| self.first.checked_add_months(chrono::Months::new(months)))
            }
        };
        begins.unwrap_or(self.first)
    }

    /// A point with its line.
    #[must_use]
    pub fn point(&self, line: usize, point: usize) -> Option<(&Line, &Point)> {
        let line = self.lines.get(line)?;
        Some((line, line.points.get(point)?))
    }

    /// A point in words: "Upwork, week of 16 Nov: $40.20/h over all hours · 3 h of 4 h paid · earned $160.80".
    #[must_use]
    pub fn readout(&self, line: &Line, point: &Point) -> String {
        let rate = point.rate.map_or_else(
            || "no figure".to_owned(),
            |rate| format!("{} over all hours", self.style.rate(rate, self.home)),
        );
        let mut words = format!(
            "{}, {}: {rate} · {} paid of {} · earned {}",
            line.full_name,
            self.label(point.at),
            format::hours(point.paid_secs),
            format::hours(point.own_secs),
            self.earned(point),
        );
        if self.below_floor(point) {
            words.push_str(" · below floor");
        }
        if point.muted {
            words.push_str(" · under an hour");
        }
        words
    }

    /// Whether a point pays less than the floor.
    #[must_use]
    pub fn below_floor(&self, point: &Point) -> bool {
        matches!((point.rate, &self.floor), (Some(rate), Some(floor)) if rate < floor.value)
    }

    fn earned(&self, point: &Point) -> String {
        point.earned.map_or_else(|| format::NONE.to_owned(), |earned| self.style.money(Money::new(earned, self.home)))
    }

    /// How many rows the table has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The line and the point of a row of the table.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<(&Line, &Point)> {
        let (line, point) = self.rows.get(at)?;
        self.point(*line, *point)
    }

    /// The cells of a row, in the order of [`OVER_COLUMNS`].
    #[must_use]
    pub fn cells(&self, point: &Point) -> [String; 5] {
        let figure = |value: Option<Decimal>| {
            value.map_or_else(|| format::NONE.to_owned(), |value| self.style.decimals(value, self.home.minor_units()))
        };
        let mut sample = Vec::new();
        if point.paid_secs == 0 {
            sample.push("no paid work");
        }
        if point.lacks_rate() {
            sample.push("no exchange rate");
        }
        if point.muted {
            sample.push("under an hour");
        }
        if self.below_floor(point) {
            sample.push("below floor");
        }
        [
            figure(point.rate),
            format::hours_in_column(point.own_secs),
            format::hours_in_column(point.paid_secs),
            self.earned(point),
            sample.join(" · "),
        ]
    }

    /// The table as text: a line a bucket and side, oldest first, in plain numbers.
    #[must_use]
    pub fn tab_separated(&self) -> String {
        let places = self.home.minor_units();
        let mut lines = text::Lines::new(&[
            "From",
            "To",
            self.head,
            &format!("{} an hour", self.home),
            "Hours",
            "Paid hours",
            &format!("Earned in {}", self.home),
        ]);
        let mut rows: Vec<(&Line, &Point)> = (0..self.rows.len()).filter_map(|at| self.row(at)).collect();
        rows.sort_by_key(|(_, point)| point.at);
        for (line, point) in rows {
            lines.line(&[
                &format::day_numbers(point.days.first),
                &format::day_numbers(point.days.last),
                &line.full_name,
                &text::number(point.rate, places),
                &text::hours(point.own_secs),
                &text::hours(point.paid_secs),
                &text::number(point.earned, places),
            ]);
        }
        lines.finish()
    }
}

impl Line {
    fn of(book: &Book, side: &SideOverTime, points: Vec<Point>, hue: usize, dash: usize, home: Currency) -> Self {
        let (name, mark) = names_of(book, Some(&side.group));
        let full_name = match &side.group {
            Group::Project(id) => names::project_on_platform(book, Some(*id)),
            Group::Platform(_) | Group::TaskType(_) => name.clone(),
        };
        let last = points.iter().rev().find_map(|point: &Point| point.rate);
        Self {
            group: side.group.clone(),
            name,
            full_name,
            mark,
            hue,
            dash,
            points,
            last: last.map_or_else(String::new, |rate| Style::of(book.settings()).decimals(rate, home.minor_units())),
            own_secs: side.whole.hours.own_secs,
        }
    }
}

/// The colour of a line and how it is dashed: a platform always looks the same; others of one colour are dashed in
/// the order of the lines.
fn colour(book: &Book, by: GroupBy, group: &Group, before: &[Line]) -> (usize, usize) {
    /// How many colours there are before they begin again.
    const HUES: usize = 8;
    let (_, mark) = names_of(book, Some(group));
    let hue = mark.map_or(before.len(), |mark| mark.hue);
    let dash = match by {
        GroupBy::Platform => hue / HUES,
        GroupBy::Project | GroupBy::TaskType => before.iter().filter(|line| line.hue % HUES == hue % HUES).count(),
    };
    (hue, dash)
}

fn point(at: i64, days: DayRange, rates: &Rates) -> Point {
    Point {
        at,
        days,
        rate: rates.per_hour(Step::AllHours).filter(|_| rates.hours.paid_secs > 0),
        muted: rates.too_little(),
        own_secs: rates.hours.own_secs,
        paid_secs: rates.hours.paid_secs,
        earned: rates.earned(),
    }
}

/// How many buckets lie between the first days of two.
fn between(every: Every, first: NaiveDate, day: NaiveDate) -> i64 {
    match every {
        Every::Week => day.signed_duration_since(first).num_days() / 7,
        Every::Month => i64::from(day.year() - first.year()) * 12 + i64::from(day.month()) - i64::from(first.month()),
    }
}
