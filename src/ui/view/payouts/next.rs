//! The rows of the list of what comes next: an entry each, but what becomes drawable on one platform day after day
//! stands in one row that opens to its days. The calendar keeps every day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Entry, EntryId};
use crate::domain::ids::{PlatformId, RouteId};
use crate::domain::money::{Currency, Money};
use crate::domain::query::calendar::{Calendar, ExpectedKey, Window};
use crate::domain::span::DayRange;
use crate::ui::format::Style;
use crate::ui::view::names::Mark;
use crate::ui::view::reasons;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextRow {
    /// An entry, by its place in the entries of the view.
    Entry(usize),
    /// Several days on which money becomes drawable.
    Draws(Draws),
}

/// Whose draws stand in one row.
pub type DrawsId = (PlatformId, Currency, Option<RouteId>);

/// What becomes drawable on one platform on several days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draws {
    /// Whose they are.
    pub id: DrawsId,
    /// The platform's badge.
    pub mark: Option<Mark>,
    /// The platform's name.
    pub platform: String,
    /// "draw Sun 29 – Fri 4 Dec".
    pub in_list: String,
    /// "drawable on 6 days, Sun 29 Nov – Fri 4 Dec".
    pub when: String,
    /// The sum of the amounts as they are shown: "~ $269.50" where one of them is an estimate.
    pub amount: String,
    /// Its entries, by their place in the entries of the view.
    pub entries: Vec<usize>,
}

/// The rows for the entries that are listed, in their order; a row of several stands where its first one would.
pub(super) fn rows(calendar: &Calendar, listed: &[Entry], today: NaiveDate, style: Style) -> Vec<NextRow> {
    // What becomes drawable, and whether its amount is an estimate.
    let draws: BTreeMap<ExpectedKey, bool> = calendar
        .expected
        .iter()
        .filter(|expected| matches!(expected.window, Window::DrawableFrom(_)) && expected.late_days == 0)
        .map(|expected| (expected.key, expected.estimate))
        .collect();
    let draw_of = |entry: &Entry| match entry.id {
        EntryId::Expected(key) => draws.get(&key).map(|estimate| (group(&key), *estimate)),
        EntryId::UnderWay(_) | EntryId::Landed(_) | EntryId::Bill(..) => None,
    };
    let mut groups: BTreeMap<DrawsId, Vec<usize>> = BTreeMap::new();
    for (at, entry) in listed.iter().enumerate() {
        if let Some((id, _)) = draw_of(entry) {
            groups.entry(id).or_default().push(at);
        }
    }
    let mut rows = Vec::new();
    for (at, entry) in listed.iter().enumerate() {
        let held = draw_of(entry).and_then(|(id, _)| groups.get(&id).map(|places| (id, places)));
        match held {
            Some((id, places)) if places.len() > 1 => {
                if places.first() == Some(&at) {
                    let held: Vec<&Entry> = places.iter().filter_map(|at| listed.get(*at)).collect();
                    let estimate = held.iter().any(|entry| draw_of(entry).is_some_and(|(_, estimate)| estimate));
                    rows.push(NextRow::Draws(several(id, &held, places.clone(), estimate, today, style)));
                }
            }
            _ => rows.push(NextRow::Entry(at)),
        }
    }
    rows
}

fn group(key: &ExpectedKey) -> DrawsId {
    (key.platform, key.currency, key.route)
}

fn several(id: DrawsId, held: &[&Entry], entries: Vec<usize>, estimate: bool, today: NaiveDate, style: Style) -> Draws {
    let sum = Money::new(held.iter().map(|entry| entry.money.amount).sum(), id.1);
    let days = held.iter().filter_map(|entry| entry.days);
    let days = days.reduce(DayRange::join);
    let words = days.map_or_else(String::new, |days| style.days(days, today));
    Draws {
        id,
        mark: held.first().and_then(|entry| entry.mark.clone()),
        platform: held.first().map_or_else(String::new, |entry| entry.platform.clone()),
        in_list: days.map_or_else(String::new, |days| format!("draw {}", style.days_in_short(days, today))),
        when: format!("drawable on {}, {words}", reasons::counted(entries.len(), "day")),
        amount: if estimate { style.estimate(sum) } else { style.money(sum) },
        entries,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{self as sample, DATA, Desk, november, now, today};
    use super::super::{PayoutsView, payouts};
    use super::*;
    use crate::domain::query::calendar::calendar;

    fn view_of(desk: &Desk) -> PayoutsView {
        payouts(&desk.book, &calendar(&desk.book, now()), november(), now(), today())
    }

    /// What DataAnnotation lets the user draw seven days after the work, on more than one day.
    fn several_draws(desk: &mut Desk) {
        desk.session(DATA, "2026-11-19T06:00:00Z", Some("2026-11-19T08:00:00Z"));
        desk.session(DATA, "2026-11-21T06:00:00Z", Some("2026-11-21T06:10:00Z"));
    }

    #[test]
    fn what_becomes_drawable_day_after_day_is_one_row_of_the_list_and_each_day_in_the_month() {
        let mut desk = sample::sample();
        assert!(view_of(&desk).next.iter().all(|row| matches!(row, NextRow::Entry(_))), "one day is no range");
        several_draws(&mut desk);
        let view = view_of(&desk);
        let grouped = view.next.iter().find_map(|row| if let NextRow::Draws(draws) = row { Some(draws) } else { None });
        let draws = grouped.unwrap();
        // $48.00 of the 19th, $24.00 of the 20th, $4.00 of the 21st, each seven days later.
        assert_eq!(draws.in_list, "draw Thu 26 – Sat 28");
        assert_eq!(draws.when, "drawable on 3 days, Thu 26 – Sat 28 Nov");
        assert_eq!((draws.platform.as_str(), draws.amount.as_str()), ("DataAnnotation", "~ $76.00"));
        let days: Vec<_> = draws.entries.iter().filter_map(|at| view.entries[*at].days).collect();
        assert_eq!(days, [26, 27, 28].map(|on| DayRange::day(sample::day(&format!("2026-11-{on}")))));
    }

    #[test]
    fn every_entry_that_is_listed_stands_in_one_row() {
        let mut desk = sample::sample();
        several_draws(&mut desk);
        let view = view_of(&desk);
        let mut held: Vec<usize> = Vec::new();
        for row in &view.next {
            match row {
                NextRow::Entry(at) => held.push(*at),
                NextRow::Draws(draws) => held.extend(&draws.entries),
            }
        }
        held.sort_unstable();
        assert_eq!(held, (0..view.listed).collect::<Vec<_>>());
    }
}
