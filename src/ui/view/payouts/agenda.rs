//! The agenda: the same entries as the month, as one list by week. What has landed lies behind, what is expected ahead;
//! between them stands what needs a look now: late ones first, then what can be drawn.
//!
//! For this month it goes on to the last day that is known; for another it holds that month's days alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::month::{self, CutOffMark};
use super::{Entry, EntryId, Standing, totals};
use crate::domain::book::Book;
use crate::domain::span::{DayRange, Month, day_plus};
use crate::ui::format::Style;
use crate::ui::view::names::Mark;

/// The agenda, ready to draw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Its rows, all of one height.
    pub rows: Vec<AgendaRow>,
    /// The row that is looked at first: what needs a look now, else the first row ahead.
    pub start: usize,
}

/// A row of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgendaRow {
    /// A head between weeks.
    Head {
        /// "This week, Mon 16 – Sun 22 Nov".
        title: String,
        /// The sum of what comes in, without bills: "$582.03"; empty where nothing does.
        sum: String,
    },
    /// A payout or a bill.
    Entry {
        /// Its place in the entries of the view.
        at: usize,
        /// Its day, "Tue 24 Nov"; empty under another of the same day, and where it has none.
        day: String,
        /// "expected", "lands Tue 24 – Wed 25 Nov", "landed", "due".
        what: String,
    },
    /// A cut-off.
    CutOff(CutOffRow),
}

/// A cut-off in the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOffRow {
    /// Its day.
    pub on: NaiveDate,
    /// "Mon 23 Nov"; empty under another row of the same day.
    pub day: String,
    /// Its platform's badge.
    pub mark: Option<Mark>,
    /// Its platform's name.
    pub platform: String,
    /// "cut-off 23:59 UTC".
    pub what: String,
    /// Its name, with what it means and the time in the user's zone.
    pub name: String,
}

/// Something on a day, before it is a row.
enum Item<'a> {
    CutOff(&'a CutOffMark),
    Entry(usize),
}

pub(super) fn agenda(
    book: &Book,
    entries: &[Entry],
    listed: usize,
    cut_offs: &BTreeMap<NaiveDate, Vec<CutOffMark>>,
    month: Month,
    today: NaiveDate,
) -> Agenda {
    let this_month = month == Month::of_day(today);
    let days = month.days();
    let wanted = |day: NaiveDate| if this_month { day >= days.first } else { days.contains(day) };
    let mut behind: BTreeMap<NaiveDate, Vec<Item<'_>>> = BTreeMap::new();
    let mut ahead: BTreeMap<NaiveDate, Vec<Item<'_>>> = BTreeMap::new();
    let (mut now, mut undated) = (Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        let needs_a_look = entry.standing.is_late() || entry.drawable;
        match entry.days {
            _ if needs_a_look && at < listed => now.push(at),
            None => undated.push(at),
            Some(on) => {
                let past = on.last < today;
                // A window that is open already is told under today.
                let day = if past || on.first >= today { on.first } else { today };
                if wanted(day) {
                    let side = if past { &mut behind } else { &mut ahead };
                    side.entry(day).or_default().push(Item::Entry(at));
                }
            }
        }
    }
    for (day, marks) in cut_offs.iter().filter(|(day, _)| wanted(**day)) {
        ahead.entry(*day).or_default().extend(marks.iter().map(Item::CutOff));
    }
    let mut found = Builder { book, entries, today, rows: Vec::new() };
    found.weeks(&behind);
    let start = if this_month { found.rows.len() } else { 0 };
    if this_month {
        found.group("Now", &now);
    }
    found.weeks(&ahead);
    if this_month {
        found.group("Without a date", &undated);
    }
    Agenda { start: start.min(found.rows.len().saturating_sub(1)), rows: found.rows }
}

struct Builder<'a> {
    book: &'a Book,
    entries: &'a [Entry],
    today: NaiveDate,
    rows: Vec<AgendaRow>,
}

impl Builder<'_> {
    fn style(&self) -> Style {
        Style::of(self.book.settings())
    }

    fn group(&mut self, title: &str, items: &[usize]) {
        if items.is_empty() {
            return;
        }
        let found = items.iter().filter_map(|at| self.entries.get(*at));
        let sum = totals::figure(self.book, found);
        self.rows.push(AgendaRow::Head { title: title.to_owned(), sum });
        for at in items {
            self.entry(*at, String::new());
        }
    }

    fn entry(&mut self, at: usize, day: String) {
        let Some(entry) = self.entries.get(at) else { return };
        let what = match entry.id {
            EntryId::Landed(_) => "landed".to_owned(),
            EntryId::Bill(..) => "due".to_owned(),
            EntryId::UnderWay(_) if !entry.standing.is_late() => format!("under way, {}", entry.when),
            // The day stands in a column of its own.
            EntryId::Expected(_)
                if entry.days.is_some_and(|days| entry.when == self.style().days(days, self.today)) =>
            {
                match entry.days {
                    Some(days) if days.first == days.last => "expected".to_owned(),
                    _ => format!("lands {}", entry.when),
                }
            }
            EntryId::Expected(_) | EntryId::UnderWay(_) => entry.when.clone(),
        };
        self.rows.push(AgendaRow::Entry { at, day, what });
    }

    /// The days by week, each week under its head.
    fn weeks(&mut self, days: &BTreeMap<NaiveDate, Vec<Item<'_>>>) {
        let week_start = self.book.settings().week_start;
        let first_of = |day: NaiveDate| month::week_first(day, week_start);
        let mut week: Option<NaiveDate> = None;
        for (day, items) in days {
            let first = first_of(*day);
            if week != Some(first) {
                week = Some(first);
                let last = day_plus(first, 6);
                let in_week = days.range(first..=last).flat_map(|(_, items)| items);
                let money: Vec<usize> = in_week
                    .filter_map(|item| match item {
                        Item::Entry(at) => Some(*at),
                        Item::CutOff(_) => None,
                    })
                    .filter(|at| self.entries.get(*at).is_some_and(|entry| entry.standing != Standing::Due))
                    .collect();
                let found = money.iter().filter_map(|at| self.entries.get(*at));
                let sum = if money.is_empty() { String::new() } else { totals::figure(self.book, found) };
                self.rows.push(AgendaRow::Head { title: self.week_words(first), sum });
            }
            for (at, item) in items.iter().enumerate() {
                let words = if at == 0 { self.style().day(*day, self.today) } else { String::new() };
                match item {
                    Item::Entry(at) => self.entry(*at, words),
                    Item::CutOff(mark) => self.rows.push(AgendaRow::CutOff(mark.row(*day, words))),
                }
            }
        }
    }

    fn week_words(&self, first: NaiveDate) -> String {
        let days = self.style().days(DayRange::new(first, day_plus(first, 6)), self.today);
        let this = month::week_first(self.today, self.book.settings().week_start);
        match (first - this).num_days() {
            0 => format!("This week, {days}"),
            7 => format!("Next week, {days}"),
            -7 => format!("Last week, {days}"),
            _ => days,
        }
    }
}

impl Agenda {
    /// The rows that can be chosen, with what they choose.
    pub fn choices<'a>(&'a self, entries: &'a [Entry]) -> impl DoubleEndedIterator<Item = (usize, EntryId)> + 'a {
        self.rows.iter().enumerate().filter_map(|(row, one)| match one {
            AgendaRow::Entry { at, .. } => entries.get(*at).map(|entry| (row, entry.id)),
            AgendaRow::Head { .. } | AgendaRow::CutOff(_) => None,
        })
    }
}
