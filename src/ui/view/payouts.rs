//! The Payouts tab's view: what is expected and what has landed, as entries; the month they stand in; the list of what
//! comes next; the one that is chosen, with its reasons.
//!
//! Free of egui. Every amount is the gross that is expected or the sum that arrived; totals are sums of the amounts as
//! they are shown, kept apart by currency, so that a total can be checked by adding up its blocks.

mod detail;
pub mod lanes;
mod month;

use std::sync::Arc;

use chrono::NaiveDate;

pub use detail::{Detail, Fact, Settled, can_land, detail};
pub use month::{BandLine, Day, Head, MonthView, Week, grid_days};

use super::names::Mark;
use super::reasons;
use crate::domain::book::Book;
use crate::domain::ids::{PayoutId, PlatformId};
use crate::domain::money::{Bag, Money};
use crate::domain::platform::Platform;
use crate::domain::query::calendar::{Calendar, Expected, ExpectedKey, InTransit, Landed, Window};
use crate::domain::schedule::Precision;
use crate::domain::span::{DayRange, Month, Now};
use crate::ui::format;

/// Names an entry of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryId {
    /// Money that is expected.
    Expected(ExpectedKey),
    /// A payout that was sent and has not arrived.
    UnderWay(PayoutId),
    /// A payout that has landed.
    Landed(PayoutId),
}

/// How an entry is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has landed: solid.
    Landed,
    /// It is expected: hatched.
    Expected,
    /// It should have landed: outlined.
    Late,
}

/// A payout in the month or in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Its platform's badge.
    pub mark: Option<Mark>,
    /// Its platform's name.
    pub platform: String,
    /// When: "Tue 24 – Wed 25 Nov", "drawable now", "4 days late".
    pub when: String,
    /// The same in the list, where a range inside this month needs no month's name: "Tue 24 – Wed 25".
    pub in_list: String,
    /// "~ $180.00" where it is an estimate.
    pub amount: String,
    /// How it is drawn.
    pub standing: Standing,
    /// Its days in the month; `None` where it has none.
    pub days: Option<DayRange>,
    /// Its name for screen readers: "Expected from Outlier, ~ $180.00, Tue 24 – Wed 25 Nov".
    pub name: String,
    /// Its amount to the cent, for totals.
    pub money: Money,
}

/// Everything the tab shows of a month but the chosen entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutsView {
    /// All that is expected or under way, in the order of the list, then what has landed on the days shown.
    pub entries: Vec<Entry>,
    /// How many entries, from the first on, the list shows.
    pub listed: usize,
    /// The month.
    pub month: MonthView,
    /// Totals of the month.
    pub totals: Totals,
    /// Whether there is any platform.
    pub any_platform: bool,
}

/// Totals of a month, each "–" where there is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// What landed in it.
    pub landed: String,
    /// What can land in it at the latest, and is not late.
    pub expected: String,
    /// What should have landed in it; empty where nothing is late.
    pub late: String,
}

impl PayoutsView {
    /// The entry of an id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The entries on a day, in the order in which they are stepped through.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.days.is_some_and(|days| days.contains(day)))
    }
}

/// The view of a month.
#[must_use]
pub fn payouts(book: &Book, calendar: &Calendar, month: Month, now: Now, today: NaiveDate) -> PayoutsView {
    let shown = grid_days(month, book.settings().week_start);
    let mut listed: Vec<(Place, Entry)> = Vec::new();
    for expected in &calendar.expected {
        listed.push((rank(expected), entry_of_expected(book, expected, today)));
    }
    for payout in &calendar.in_transit {
        let late = late_days(payout, today) > 0;
        let place = match payout.lands {
            _ if late => 0,
            Some(_) => 2,
            None => 4,
        };
        let days = payout.lands.map(|days| (days.last, days.first));
        listed.push(((place, days), entry_of_transit(book, payout, today)));
    }
    // Stable: within a day the calendar's own order stands.
    listed.sort_by_key(|(place, _)| *place);
    let mut entries: Vec<Entry> = listed.into_iter().map(|(_, entry)| entry).collect();
    let count = entries.len();
    let landed = calendar.landed.iter().filter(|landed| shown.contains(landed.on));
    entries.extend(landed.map(|landed| entry_of_landed(book, landed, today)));
    let totals = totals(&entries, month);
    let cut_offs = month::cut_offs(book, calendar, today);
    let month = month::month(book, month, &entries, &cut_offs, now, today);
    PayoutsView { entries, listed: count, month, totals, any_platform: book.platforms().next().is_some() }
}

/// A place in the list: a rank, then the latest and the earliest day.
type Place = (u8, Option<(NaiveDate, NaiveDate)>);

/// Late ones first, then drawable ones, then by latest day, then below the minimum, then those without a date.
fn rank(expected: &Expected) -> Place {
    let place = match expected.window {
        _ if expected.late_days > 0 => 0,
        Window::DrawableNow { .. } => 1,
        Window::Lands { .. } | Window::DrawableFrom(_) => 2,
        Window::BelowMinimum { .. } => 3,
        Window::Unknown(_) => 4,
    };
    (place, expected.window.days().map(|days| (days.last, days.first)))
}

fn late_days(payout: &InTransit, today: NaiveDate) -> i64 {
    payout.lands.map_or(0, |days| (today - days.last).num_days().max(0))
}

/// The name of a platform that may be unknown.
fn platform_name(platform: Option<&Arc<Platform>>) -> String {
    platform.map_or_else(|| "a platform not named".to_owned(), |platform| platform.name.clone())
}

fn entry(book: &Book, id: EntryId, platform: Option<PlatformId>, look: Look, today: NaiveDate) -> Entry {
    let platform = platform.and_then(|id| book.platform(id));
    let name = platform_name(platform);
    Entry {
        id,
        mark: platform.map(|platform| Mark::of(platform)),
        name: format!("{} {name}, {}, {}", look.verb, look.amount, look.on),
        platform: name,
        in_list: look.days.map_or_else(|| look.when.clone(), |days| short(days, &look.when, today)),
        when: look.when,
        amount: look.amount,
        standing: look.standing,
        days: look.days,
        money: look.money.rounded(),
    }
}

/// Words for a narrow list: two days of this month without its name, "draw from" for "drawable from".
fn short(days: DayRange, words: &str, today: NaiveDate) -> String {
    let this = |day| Month::of_day(day) == Month::of_day(today);
    let range = words == format::days(days, today) && days.first != days.last;
    if range && this(days.first) && this(days.last) {
        format!("{} – {}", days.first.format("%a %-d"), days.last.format("%a %-d"))
    } else {
        words.strip_prefix("drawable ").map_or_else(|| words.to_owned(), |rest| format!("draw {rest}"))
    }
}

/// What differs from one kind of entry to the next.
struct Look {
    verb: &'static str,
    when: String,
    /// When, in the name.
    on: String,
    amount: String,
    standing: Standing,
    days: Option<DayRange>,
    money: Money,
}

/// The days of a block in the month: a window that ends "by" a day, or from which on money can be drawn, stands on
/// that day alone; three weeks of "perhaps" would hide everything else.
fn block_days(window: &Window) -> Option<DayRange> {
    match window {
        Window::Lands { days, precision: Precision::By } | Window::DrawableFrom(days) => Some(DayRange::day(days.last)),
        Window::Lands { days, precision: Precision::On } => Some(*days),
        Window::DrawableNow { .. } | Window::BelowMinimum { .. } | Window::Unknown(_) => None,
    }
}

fn entry_of_expected(book: &Book, expected: &Expected, today: NaiveDate) -> Entry {
    let late = expected.late_days > 0;
    let look = Look {
        verb: if late { "Late from" } else { "Expected from" },
        when: reasons::when(expected, today),
        on: format::window(&expected.window, today),
        amount: reasons::amount(expected),
        standing: if late { Standing::Late } else { Standing::Expected },
        days: block_days(&expected.window),
        money: expected.gross,
    };
    entry(book, EntryId::Expected(expected.key), Some(expected.key.platform), look, today)
}

fn entry_of_transit(book: &Book, payout: &InTransit, today: NaiveDate) -> Entry {
    let late = late_days(payout, today);
    let on = payout.lands.map_or_else(|| "under way".to_owned(), |days| format::days(days, today));
    let look = Look {
        verb: if late > 0 { "Late from" } else { "Under way from" },
        when: if late > 0 { reasons::late_words(late) } else { on.clone() },
        on,
        amount: format::money(payout.gross),
        standing: if late > 0 { Standing::Late } else { Standing::Expected },
        days: payout.lands,
        money: payout.gross,
    };
    entry(book, EntryId::UnderWay(payout.payout), payout.platform, look, today)
}

fn entry_of_landed(book: &Book, landed: &Landed, today: NaiveDate) -> Entry {
    let on = format::day(landed.on, today);
    let look = Look {
        verb: "Landed from",
        when: on.clone(),
        on,
        amount: format::money(landed.received),
        standing: Standing::Landed,
        days: Some(DayRange::day(landed.on)),
        money: landed.received,
    };
    entry(book, EntryId::Landed(landed.payout), landed.platform, look, today)
}

/// What lands in a month: by the day it landed, or by the latest day it can.
fn totals(entries: &[Entry], month: Month) -> Totals {
    let sum = |standing| -> Bag {
        entries
            .iter()
            .filter(|entry| entry.standing == standing)
            .filter(|entry| entry.days.is_some_and(|days| Month::of_day(days.last) == month))
            .map(|entry| entry.money)
            .collect()
    };
    let late = sum(Standing::Late);
    Totals {
        landed: format::bag(&sum(Standing::Landed)),
        expected: format::bag(&sum(Standing::Expected)),
        late: if late.is_empty() { String::new() } else { format::bag(&late) },
    }
}

#[cfg(test)]
pub(crate) mod tests;
