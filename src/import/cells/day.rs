//! Days and times of day: ISO, with names of months, and numbers in an order that the whole file decides.

use chrono::{NaiveDate, NaiveTime};

use super::EXAMPLES;
use super::amount::shortened;
use crate::domain::statement::{DateOrder, Why};
use crate::import::{Options, Question, Unreadable};

/// Reads the days of a file.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Days {
    order: DateOrder,
}

impl Days {
    /// Days whose format always has this order.
    pub(in crate::import) fn with(order: DateOrder) -> Self {
        Self { order }
    }

    /// Decides by all days of a file: a number above twelve tells, or that the days only run in order one way. Days with
    /// points put the day first.
    ///
    /// # Errors
    /// [`Question::DateOrder`] where both readings are possible and nobody said.
    pub(in crate::import) fn decided<'a>(
        cells: impl Iterator<Item = &'a str>,
        options: Options,
    ) -> Result<Self, Unreadable> {
        if let Some(order) = options.dates {
            return Ok(Self { order });
        }
        let (mut day_first, mut month_first, mut open) = (0_usize, 0_usize, Vec::new());
        let mut running = (Running::default(), Running::default());
        for cell in cells {
            let Some(numbers) = numbers(date_part(cell)) else { continue };
            let Numbers { first, second, year, points } = numbers;
            match (first > 12, second > 12) {
                (true, false) => day_first += 1,
                (false, true) => month_first += 1,
                _ if points => day_first += 1,
                (false, false) if first != second => open.push(cell),
                _ => {}
            }
            running.0.meet(NaiveDate::from_ymd_opt(year, second, first));
            running.1.meet(NaiveDate::from_ymd_opt(year, first, second));
        }
        let order = match (day_first, month_first) {
            (0, 0) => match (running.0.is_one_way(), running.1.is_one_way()) {
                _ if open.is_empty() => DateOrder::DayFirst,
                (true, false) => DateOrder::DayFirst,
                (false, true) => DateOrder::MonthFirst,
                _ => {
                    let examples = open.iter().take(EXAMPLES).map(|cell| shortened(date_part(cell))).collect();
                    return Err(Unreadable::Asks(Question::DateOrder(examples)));
                }
            },
            (day_first, month_first) if month_first > day_first => DateOrder::MonthFirst,
            _ => DateOrder::DayFirst,
        };
        Ok(Self { order })
    }

    /// Which of them comes first.
    pub(in crate::import) fn order(self) -> DateOrder {
        self.order
    }

    /// The day of a cell; what stands after a blank or a `T`, such as a time, is not looked at.
    ///
    /// # Errors
    /// [`Why::Day`] where there is none.
    pub(in crate::import) fn day(self, cell: &str) -> Result<NaiveDate, Why> {
        let found = iso(cell).or_else(|| day_of_words(cell)).or_else(|| {
            let Numbers { first, second, year, .. } = numbers(date_part(cell))?;
            match self.order {
                DateOrder::DayFirst => NaiveDate::from_ymd_opt(year, second, first),
                DateOrder::MonthFirst => NaiveDate::from_ymd_opt(year, first, second),
            }
        });
        found.ok_or_else(|| Why::Day(shortened(cell)))
    }
}

/// Whether days run one way.
#[derive(Debug, Default)]
struct Running {
    last: Option<NaiveDate>,
    up: usize,
    down: usize,
    impossible: usize,
}

impl Running {
    fn meet(&mut self, day: Option<NaiveDate>) {
        let Some(day) = day else {
            self.impossible += 1;
            return;
        };
        if let Some(last) = self.last.replace(day) {
            self.up += usize::from(day > last);
            self.down += usize::from(day < last);
        }
    }

    /// At least two steps one way and none the other.
    fn is_one_way(&self) -> bool {
        self.impossible == 0 && self.up + self.down >= 2 && (self.up == 0 || self.down == 0)
    }
}

/// A day of three numbers, the year last.
struct Numbers {
    first: u32,
    second: u32,
    year: i32,
    points: bool,
}

fn date_part(cell: &str) -> &str {
    cell.trim().split([' ', 'T', ',', '\u{a0}']).next().unwrap_or_default()
}

fn numbers(date: &str) -> Option<Numbers> {
    let between = date.chars().find(|letter| matches!(letter, '/' | '.' | '-'))?;
    let mut parts = date.split(between);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_digit());
    if parts.next().is_some() || !is_short(first) || !is_short(second) {
        return None;
    }
    let long = match year.len() {
        4 => year.parse::<i32>().ok()?,
        // A year of two digits is one of this century: no file is older than its format.
        2 => year.parse::<i32>().ok()?.checked_add(2000)?,
        _ => return None,
    };
    Some(Numbers { first: first.parse().ok()?, second: second.parse().ok()?, year: long, points: between == '.' })
}

/// `2026-03-04`, `2026/03/04` or `20260304`, at the beginning of a cell.
fn iso(cell: &str) -> Option<NaiveDate> {
    let date = date_part(cell);
    ["%Y-%m-%d", "%Y/%m/%d"]
        .iter()
        .filter(|_| date.as_bytes().get(4).is_some_and(|letter| !letter.is_ascii_digit()))
        .find_map(|form| NaiveDate::parse_from_str(date, form).ok())
        .or_else(|| {
            let plain = date.len() == 8 && date.bytes().all(|letter| letter.is_ascii_digit());
            plain.then(|| NaiveDate::parse_from_str(date, "%Y%m%d").ok()).flatten()
        })
}

/// `Feb 9, 2025`, `4 Mar, 2026`, `13 April 2026`: English names of months.
pub(in crate::import) fn day_of_words(cell: &str) -> Option<NaiveDate> {
    let plain = cell.trim().replace(',', " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let text = words.get(..3)?.join(" ");
    ["%B %d %Y", "%d %B %Y"].iter().find_map(|form| NaiveDate::parse_from_str(&text, form).ok())
}

/// `09:15:00`, `09:15`, `10:23 AM`, `10:23:52 PM`; parts of a second are cut off.
///
/// # Errors
/// [`Why::Time`] where there is none, such as 29:18.
pub(in crate::import) fn time_of_day(cell: &str) -> Result<NaiveTime, Why> {
    let text = cell.trim();
    let found = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(text, form).ok());
    found.map(whole).ok_or_else(|| Why::Time(shortened(text)))
}

fn whole(time: NaiveTime) -> NaiveTime {
    use chrono::Timelike as _;
    NaiveTime::from_hms_opt(time.hour(), time.minute(), time.second()).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn options() -> Options {
        Options::new(chrono_tz::UTC)
    }

    fn order(cells: &[&str]) -> Result<DateOrder, Unreadable> {
        Days::decided(cells.iter().copied(), options()).map(|days| days.order)
    }

    #[test]
    fn days_are_read_in_every_dress() {
        let days = Days::with(DateOrder::DayFirst);
        for cell in [
            "2026-03-04",
            "2026/03/04",
            "20260304",
            "2026-03-04 10:11:12",
            "2026-03-04T10:11:12Z",
            "04/03/2026",
            "4.3.26",
            "04-03-2026 10:11:12.130",
            "Mar 4, 2026",
            "4 Mar, 2026",
            "4 March 2026",
        ] {
            assert_eq!(days.day(cell), Ok(day("2026-03-04")), "{cell}");
        }
        assert_eq!(Days::with(DateOrder::MonthFirst).day("3/4/2026"), Ok(day("2026-03-04")));
        for wrong in ["", "tomorrow", "31/02/2026", "4/3", "1.2.3.4", "46000", "2 days ago"] {
            assert!(days.day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_decided_on_the_whole_file() {
        assert_eq!(order(&["01/02/2026", "29/12/2026"]), Ok(DateOrder::DayFirst));
        assert_eq!(order(&["01/02/2026", "12/29/2026"]), Ok(DateOrder::MonthFirst));
        assert_eq!(order(&["01.02.2026"]), Ok(DateOrder::DayFirst), "points");
        // 1 February, 2 January, 3 March … run in order only where the month comes second.
        assert_eq!(order(&["05/01/2026", "02/02/2026", "03/02/2026", "01/03/2026"]), Ok(DateOrder::DayFirst));
        assert_eq!(order(&["01/05/2026", "02/02/2026", "02/03/2026", "03/01/2026"]), Ok(DateOrder::MonthFirst));
        assert_eq!(order(&["05/05/2026"]), Ok(DateOrder::DayFirst), "it is the same day");
        let open = Unreadable::Asks(Question::DateOrder(vec!["01/02/2026".to_owned()]));
        assert_eq!(order(&["01/02/2026"]), Err(open));
        let said = Options { dates: Some(DateOrder::MonthFirst), ..options() };
        assert_eq!(Days::decided(["01/02/2026"].into_iter(), said).unwrap().order, DateOrder::MonthFirst);
    }

    #[test]
    fn times_of_day_are_read_and_impossible_ones_are_not() {
        let at = |hour, minute, second| Ok(NaiveTime::from_hms_opt(hour, minute, second).unwrap());
        assert_eq!(time_of_day("09:15:00"), at(9, 15, 0));
        assert_eq!(time_of_day("9:15"), at(9, 15, 0));
        assert_eq!(time_of_day("10:23 PM"), at(22, 23, 0));
        assert_eq!(time_of_day("10:23:52 am"), at(10, 23, 52));
        assert_eq!(time_of_day("17:23:16.284"), at(17, 23, 16));
        assert_eq!(time_of_day("29:18"), Err(Why::Time("29:18".to_owned())));
    }
}
