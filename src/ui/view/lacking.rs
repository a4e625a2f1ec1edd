//! What a total lacks, in words: months whose files can't be read, and months that are still being read.
//!
//! A total over a period says so beside its figure; where nothing is lacking nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::span::{DayRange, Month};
use crate::ports::Lacked;
use crate::ui::format;

/// From so many months on they are counted, not named.
const NAMED: usize = 2;

/// How much of a month, or of the tables, is lacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Some records may be.
    Part,
    /// All of it.
    Whole,
}

/// What totals may lack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Months, each with whether totals of other days lean on it.
    damaged: BTreeMap<Month, (Lack, bool)>,
    /// Whether a whole folder can't be read.
    folder: bool,
    /// Of platforms, projects, terms and settings.
    tables: Option<Lack>,
    unread: BTreeSet<Month>,
}

/// What a total lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackWords {
    /// "without March 2024", to stand beside a figure.
    pub text: String,
    /// Why, for a tooltip.
    pub line: &'static str,
    /// Whether it comes by itself.
    pub comes: bool,
}

impl Lacking {
    /// Notes what can't be read, and how much of it.
    pub fn note(&mut self, lacked: Lacked, lack: Lack) {
        let (month, everywhere) = match lacked {
            Lacked::Sessions(month) => (month, false),
            Lacked::Money(month) => (month, true),
            Lacked::Tables => {
                self.tables = self.tables.max(Some(lack));
                return;
            }
            Lacked::Folder => {
                self.folder = true;
                return;
            }
        };
        let (known, leant_on) = self.damaged.entry(month).or_insert((lack, everywhere));
        (*known, *leant_on) = (lack.max(*known), everywhere || *leant_on);
    }

    /// The months that are still being read.
    pub fn set_unread(&mut self, months: BTreeSet<Month>) {
        self.unread = months;
    }

    /// The months that totals over these days lean on and that can't be read, or not all of them.
    pub fn damaged_within(&self, days: DayRange) -> impl Iterator<Item = (Month, Lack)> {
        let (first, last) = (Month::of_day(days.first), Month::of_day(days.last));
        let known = self.damaged.iter();
        let known = known.filter(move |(month, (_, leant_on))| *leant_on || (first..=last).contains(*month));
        known.map(|(month, (lack, _))| (*month, *lack))
    }

    /// Whether nothing is lacking.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.damaged.is_empty() && !self.folder && self.tables.is_none() && self.unread.is_empty()
    }

    /// What a total over these days lacks.
    #[must_use]
    pub fn within(&self, days: DayRange) -> Option<LackWords> {
        if self.is_empty() {
            return None;
        }
        let (first, last) = (Month::of_day(days.first), Month::of_day(days.last));
        let damaged: Vec<_> = self.damaged_within(days).collect();
        let unread = self.unread.iter().filter(|month| first <= **month && **month <= last).count();
        self.words(&damaged, unread)
    }

    /// What a total lacks that carries all that came before the end of a day: what is owed, what lands.
    #[must_use]
    pub fn until(&self, day: NaiveDate) -> Option<LackWords> {
        self.within(DayRange { first: NaiveDate::MIN, last: day })
    }

    /// What a total over everything lacks.
    #[must_use]
    pub fn in_all(&self) -> Option<LackWords> {
        self.within(DayRange::all())
    }

    fn words(&self, damaged: &[(Month, Lack)], unread: usize) -> Option<LackWords> {
        let named = |(month, lack): &(Month, Lack)| match lack {
            Lack::Whole => format::month(*month),
            Lack::Part => format!("a part of {}", format::month(*month)),
        };
        let mut parts = Vec::new();
        match damaged {
            [] => {}
            few if few.len() <= NAMED => parts.push(few.iter().map(named).collect::<Vec<_>>().join(" and ")),
            many => parts.push(format!("{} months or parts of them", many.len())),
        }
        if self.folder {
            parts.push("the sessions or the money of all months".to_owned());
        }
        match self.tables {
            Some(Lack::Whole) => parts.push("the file of platforms and terms".to_owned()),
            Some(Lack::Part) => parts.push("a part of platforms and terms".to_owned()),
            None => {}
        }
        let broken = !parts.is_empty();
        match unread {
            0 => {}
            1 => parts.push("a month still being read".to_owned()),
            many => parts.push(format!("{many} months still being read")),
        }
        if parts.is_empty() {
            return None;
        }
        let line = if broken { "Its file can’t be read: see what was found" } else { "They come by themselves" };
        Some(LackWords { text: format!("without {}", parts.join(", ")), line, comes: !broken })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn days(first: &str, last: &str) -> DayRange {
        DayRange::new(day(first), day(last))
    }

    #[test]
    fn a_total_names_the_months_of_its_period_that_it_lacks_and_no_others() {
        let mut lacking = Lacking::default();
        assert_eq!(lacking.in_all(), None);
        lacking.note(Lacked::Sessions(month("2024-03")), Lack::Part);
        lacking.note(Lacked::Sessions(month("2024-03")), Lack::Whole);
        lacking.note(Lacked::Sessions(month("2024-03")), Lack::Part);
        let text = |lack: Option<LackWords>| lack.map(|lack| lack.text);
        assert_eq!(text(lacking.within(days("2024-03-31", "2024-04-06"))).as_deref(), Some("without March 2024"));
        assert_eq!(text(lacking.within(days("2024-04-01", "2024-04-06"))), None);
        assert_eq!(text(lacking.until(day("2024-02-29"))), None);
        assert_eq!(text(lacking.until(day("2026-11-22"))).as_deref(), Some("without March 2024"));
        lacking.note(Lacked::Sessions(month("2025-01")), Lack::Part);
        let two = "without March 2024 and a part of January 2025";
        assert_eq!(text(lacking.in_all()).as_deref(), Some(two));
        lacking.note(Lacked::Sessions(month("2025-02")), Lack::Whole);
        assert_eq!(text(lacking.in_all()).as_deref(), Some("without 3 months or parts of them"));
    }

    #[test]
    fn every_total_leans_on_the_money_of_any_month_and_on_a_whole_folder() {
        let november = days("2026-11-01", "2026-11-30");
        let mut lacking = Lacking::default();
        lacking.note(Lacked::Money(month("2026-08")), Lack::Whole);
        assert_eq!(lacking.within(november).unwrap().text, "without August 2026");
        let mut lacking = Lacking::default();
        lacking.note(Lacked::Folder, Lack::Whole);
        assert_eq!(lacking.within(november).unwrap().text, "without the sessions or the money of all months");
    }

    #[test]
    fn months_that_are_still_read_are_told_apart_from_those_that_cannot_be() {
        let mut lacking = Lacking::default();
        lacking.set_unread([month("2024-03"), month("2024-04")].into());
        let words = lacking.in_all().unwrap();
        assert_eq!((words.text.as_str(), words.comes), ("without 2 months still being read", true));
        lacking.note(Lacked::Tables, Lack::Part);
        let words = lacking.within(days("2026-11-22", "2026-11-22")).unwrap();
        assert_eq!((words.text.as_str(), words.comes), ("without a part of platforms and terms", false));
    }
}
