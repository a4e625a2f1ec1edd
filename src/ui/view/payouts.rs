//! The Payouts tab's view: what is expected, what has landed and which bills come due, as entries; the month and the
//! agenda they stand in; the list of what comes next; the one that is chosen, with its reasons.
//!
//! Free of egui. Every amount is the gross that is expected or the sum that arrived; totals are sums of the amounts as
//! they are shown, so that a total can be checked by adding up its blocks.

mod agenda;
mod chase;
mod detail;
mod due;
mod entries;
mod exchange;
mod figures;
pub mod lanes;
mod month;
mod next;
mod totals;
mod verbs;
mod way;

use std::sync::Arc;

use chrono::NaiveDate;

pub use agenda::{Agenda, AgendaRow, CutOffRow};
pub use chase::chase_text;
pub use detail::{Detail, Fact, Settled, can_land, detail};
pub use due::{EnoughLine, Part, Tone};
pub(super) use entries::in_list;
pub use month::{BandLine, Day, Head, MonthView, Week, grid_days};
pub use next::{Draws, DrawsId, NextRow};
pub use totals::{Total, TotalKind};
pub use verbs::{EntryVerb, verbs};

use super::names::{self, Mark};
use crate::domain::book::Book;
use crate::domain::ids::{BillId, EarningId, PayoutId};
use crate::domain::money::Money;
use crate::domain::platform::Platform;
use crate::domain::query::calendar::{Calendar, ExpectedKey, Source};
use crate::domain::query::enough;
use crate::domain::span::{DayRange, Month, Now, day_plus};
use crate::ui::format::Style;

/// Names an entry of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryId {
    /// Money that is expected.
    Expected(ExpectedKey),
    /// A payout that was sent and has not arrived.
    UnderWay(PayoutId),
    /// A payout that has landed.
    Landed(PayoutId),
    /// A bill on the day on which it comes due.
    Bill(BillId, NaiveDate),
}

impl EntryId {
    /// The same payout once it has landed, or while it was under way; `None` for anything else.
    #[must_use]
    pub fn turned(self) -> Option<Self> {
        match self {
            Self::UnderWay(id) => Some(Self::Landed(id)),
            Self::Landed(id) => Some(Self::UnderWay(id)),
            Self::Expected(_) | Self::Bill(..) => None,
        }
    }
}

/// How an entry is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has landed: solid.
    Landed,
    /// It is expected: hatched.
    Expected,
    /// It should have landed: outlined in *bad*.
    Late,
    /// It is past a day that was only reported, or a lead: outlined in *warn*.
    LaterThanExpected,
    /// It must be paid: neutral, on *raised*.
    Due,
}

impl Standing {
    /// Of what is expected: so many days late, by a day that stands or not.
    pub(super) fn of_late(days: i64, surely: bool) -> Self {
        match days {
            ..=0 => Self::Expected,
            _ if surely => Self::Late,
            _ => Self::LaterThanExpected,
        }
    }

    /// Whether its day has passed.
    #[must_use]
    pub fn is_late(self) -> bool {
        matches!(self, Self::Late | Self::LaterThanExpected)
    }
}

/// A payout or a bill in the month, the agenda or the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Its platform's badge; `None` for a bill.
    pub mark: Option<Mark>,
    /// Its platform's name; what a bill is for.
    pub platform: String,
    /// When: "Tue 24 – Wed 25 Nov", "drawable now", "4 days late".
    pub when: String,
    /// The same in the list, where a range inside this month needs no month's name: "Tue 24 – Wed 25".
    pub in_list: String,
    /// "~ $180.00" where it is an estimate.
    pub amount: String,
    /// How it is drawn.
    pub standing: Standing,
    /// "late", or "late?" where its day was only reported, or a lead; empty otherwise.
    pub late: &'static str,
    /// Its days in the month; `None` where it has none.
    pub days: Option<DayRange>,
    /// Its name for screen readers: "Tue 24 Nov, Outlier, about $180.00 expected, lands Tue 24 – Wed 25 Nov".
    pub name: String,
    /// Its amount to the cent, for totals.
    pub money: Money,
    /// The same in the home currency, to the cent: at the rate of the day it landed, else at today's; `None` without one.
    pub home: Option<Money>,
    /// Whether it can be drawn now.
    pub drawable: bool,
}

/// Everything the tab shows of a month but the chosen entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutsView {
    /// All that is expected or under way, in the order of the list, then what has landed on the days shown, then the
    /// bills.
    pub entries: Vec<Entry>,
    /// How many entries, from the first on, the list shows.
    pub listed: usize,
    /// The rows of the list.
    pub next: Vec<NextRow>,
    /// The month.
    pub month: MonthView,
    /// The same as a list by week.
    pub agenda: Agenda,
    /// Totals of the month, those of nothing left out.
    pub totals: Vec<Total>,
    /// Whether it is enough for the bills; `None` without any to come.
    pub enough: Option<EnoughLine>,
    /// Whether there is any platform.
    pub any_platform: bool,
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
    let mut entries = entries::listed(book, calendar, today);
    let listed = entries.len();
    let next = next::rows(calendar, &entries, today, Style::of(book.settings()));
    let landed = calendar.landed.iter().filter(|landed| shown.contains(landed.on));
    entries.extend(landed.map(|landed| entries::of_landed(book, landed, today)));
    let last = if month == Month::of_day(today) { day_plus(today, enough::AHEAD_DAYS) } else { shown.last };
    let dues = enough::dues(book, shown.first, last.max(shown.last));
    entries.extend(dues.iter().filter_map(|due| entries::of_due(book, due, today)));
    let totals = totals::totals(book, &entries, month, today);
    let cut_offs = month::cut_offs(book, calendar, now.zone, today);
    let agenda = agenda::agenda(book, &entries, listed, &cut_offs, month, today);
    let enough = enough_line(book, calendar, today);
    let month = month::month(book, month, &entries, &cut_offs, calendar, today);
    let any_platform = book.platforms().next().is_some();
    PayoutsView { entries, listed, next, month, agenda, totals, enough, any_platform }
}

/// Whether it is enough for the bills of the next month or so; `None` without any to come.
#[must_use]
pub fn enough_line(book: &Book, calendar: &Calendar, today: NaiveDate) -> Option<EnoughLine> {
    due::line(book, calendar, today)
}

/// The expected payout that holds one of these earnings or the work of these sessions: where money went that moved.
#[must_use]
pub fn follow(
    book: &Book,
    calendar: &Calendar,
    earnings: &std::collections::BTreeSet<EarningId>,
    sessions: &std::collections::BTreeSet<crate::domain::ids::SessionId>,
) -> Option<EntryId> {
    let holds = |source: Source| match source {
        Source::Session(id) => sessions.contains(&id),
        Source::Earning(id) => {
            let covered = || {
                book.earning(id).is_some_and(|earning| {
                    super::reasons::sessions_covered(book, &earning.covers).iter().any(|id| sessions.contains(id))
                })
            };
            earnings.contains(&id) || covered()
        }
    };
    let found = calendar.expected.iter().max_by_key(|expected| {
        expected.rows.iter().filter(|row| holds(row.source)).map(|row| row.amount.amount).sum::<rust_decimal::Decimal>()
    })?;
    found.rows.iter().any(|row| holds(row.source)).then_some(EntryId::Expected(found.key))
}

/// Who sent a payout, as it is called on the screen.
#[must_use]
pub fn payer(book: &Book, payout: &crate::domain::payout::Payout) -> String {
    names::payer(book, payout.platform)
}

/// The name of a platform that may be unknown.
fn platform_name(platform: Option<&Arc<Platform>>) -> String {
    platform.map_or_else(|| names::NO_PAYER.to_owned(), |platform| platform.name.clone())
}

#[cfg(test)]
pub(crate) mod tests;
