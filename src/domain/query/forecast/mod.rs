//! The forecast: which money lands in the next twelve of the user's weeks, how well it can be counted on, and which bills
//! come due. From facts only: work that is not done yet is nowhere in it.
//!
//! Formula: money that is still out ([`sureness`](super::sureness)) by the week of its *latest* day, net of known fees,
//! in the home currency at today's rates (the last on or before today, at most seven days old); what no rate is known
//! for is named and in no sum. A week's *after bills* = late money + all that is sure or likely up to its last day −
//! all bills up to it: the money of "enough by" its last day, less its bills. Exact. Days are the user's for bills and
//! weeks, the platform's for money.
//!
//! Money without a day stands beside and in no week, and so does what is late, held, or lands after the last week. In
//! gross, weeks and what stands beside are what is not yet paid, frozen and disputed money included: each cent once.

mod did;
#[cfg(test)]
pub(crate) mod tests;
mod then;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use did::{Did, how_it_did};

use super::calendar::Calendar;
use super::enough::{Due, Sum, dues};
use super::hours::week_of;
use super::sureness::{Comes, Coming, RestsOn, Sureness, When, coming};
use crate::domain::book::Book;
use crate::domain::money::{Bag, Currency, Money};
use crate::domain::span::{DayRange, day_plus};

/// How many weeks are told: a quarter of a year, longer than any rule of the catalogue needs from work to money.
pub const WEEKS: i64 = 12;
/// How many of them are near: a month of bills.
pub const NEAR_WEEKS: usize = 4;

/// Sums by how sure they are, net, in the home currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// Sure.
    pub sure: Money,
    /// Likely.
    pub likely: Money,
    /// Possible.
    pub possible: Money,
    /// What is in none of them, for lack of a rate.
    pub without_rate: Bag,
}

impl Sums {
    fn new(home: Currency) -> Self {
        let zero = Money::zero(home);
        Self { sure: zero, likely: zero, possible: zero, without_rate: Bag::default() }
    }

    fn add(&mut self, book: &Book, one: &Coming, on: NaiveDate) {
        let sum = match one.sureness {
            Sureness::Sure => &mut self.sure,
            Sureness::Likely => &mut self.likely,
            Sureness::Possible => &mut self.possible,
        };
        match book.convert(one.net, sum.currency, on) {
            Ok(home) => *sum = sum.with(sum.amount.saturating_add(home.amount)),
            Err(_no_rate) => self.without_rate.add(one.net),
        }
    }

    fn add_all(&mut self, other: &Self) {
        for (own, more) in
            [(&mut self.sure, other.sure), (&mut self.likely, other.likely), (&mut self.possible, other.possible)]
        {
            *own = own.with(own.amount.saturating_add(more.amount));
        }
        self.without_rate.add_all(&other.without_rate);
    }

    /// The sum of one.
    #[must_use]
    pub fn of(&self, sureness: Sureness) -> Money {
        match sureness {
            Sureness::Sure => self.sure,
            Sureness::Likely => self.likely,
            Sureness::Possible => self.possible,
        }
    }

    /// What is sure together with what is likely.
    #[must_use]
    pub fn counted(&self) -> Money {
        self.sure.with(self.sure.amount.saturating_add(self.likely.amount))
    }

    /// All three.
    #[must_use]
    pub fn all(&self) -> Money {
        self.sure.with(self.counted().amount.saturating_add(self.possible.amount))
    }
}

/// One of the user's weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its days; of the first week today's days before today are part of it.
    pub days: DayRange,
    /// What lands in it: places in [`Forecast::coming`], by last day.
    pub coming: Vec<usize>,
    /// Its sums.
    pub sums: Sums,
    /// The bills that come due in it, from today on, in order.
    pub bills: Vec<Due>,
    /// Their sum, in the home currency.
    pub due: Money,
    /// Bills that are in no sum, for lack of a rate.
    pub bills_without_rate: Bag,
    /// What is left after all bills up to its last day; below nothing where they are more. `None` where a bill could
    /// not be converted.
    pub after_bills: Option<Money>,
}

/// What stands in no week, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beside {
    /// Its last day has passed.
    Late,
    /// It lands after the last week.
    Beyond,
    /// It is outstanding, date unknown.
    DateUnknown,
    /// It waits for more, below the least sum that is paid.
    BelowMinimum,
    /// It is frozen or disputed.
    Held,
}

impl Beside {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Late, Self::Beyond, Self::DateUnknown, Self::BelowMinimum, Self::Held];
}

/// Money that stands in no week for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Why.
    pub why: Beside,
    /// Places in [`Forecast::coming`].
    pub coming: Vec<usize>,
    /// Its sums.
    pub sums: Sums,
}

/// The forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The currency of all sums.
    pub home: Currency,
    /// All money that is still out, each part once.
    pub coming: Vec<Coming>,
    /// The weeks, the one of today first.
    pub weeks: Vec<Week>,
    /// What stands beside; kinds of which there is none are left out.
    pub beside: Vec<Aside>,
    /// The first four weeks together.
    pub near: Sums,
    /// On what the days of the weeks rest: how many payouts on each.
    pub rests_on: BTreeMap<RestsOn, usize>,
}

/// The forecast of a Book. `calendar` is that of today, the user's day.
#[must_use]
pub fn forecast(book: &Book, calendar: &Calendar, today: NaiveDate) -> Forecast {
    let home = book.settings().home_currency;
    let first = week_of(today, book.settings().week_start);
    let coming = coming(book, calendar, today);
    let mut weeks: Vec<Week> = (0..WEEKS)
        .map(|at| {
            let days = DayRange::new(day_plus(first.first, at * 7), day_plus(first.last, at * 7));
            Week {
                days,
                coming: Vec::new(),
                sums: Sums::new(home),
                bills: Vec::new(),
                due: Money::zero(home),
                bills_without_rate: Bag::default(),
                after_bills: None,
            }
        })
        .collect();
    let mut beside: BTreeMap<Beside, Aside> = BTreeMap::new();
    for (at, one) in coming.iter().enumerate() {
        let why = match week_at(one.when, first, today) {
            Ok(week) => {
                if let Some(week) = weeks.get_mut(week) {
                    week.coming.push(at);
                    week.sums.add(book, one, today);
                    continue;
                }
                Beside::Beyond
            }
            Err(why) => why,
        };
        let aside = beside.entry(why).or_insert_with(|| Aside { why, coming: Vec::new(), sums: Sums::new(home) });
        aside.coming.push(at);
        aside.sums.add(book, one, today);
    }
    let last_day = |at: &usize| match coming.get(*at).map(|one| one.when) {
        Some(When::Days(days)) => Some((days.last, days.first)),
        _ => None,
    };
    for week in &mut weeks {
        // Stable: of one day the surest part of a payout stays first.
        week.coming.sort_by_key(last_day);
    }
    let late = beside.get(&Beside::Late).map_or(Decimal::ZERO, |late| late.sums.counted().amount);
    let mut near = Sums::new(home);
    for week in weeks.iter().take(NEAR_WEEKS) {
        near.add_all(&week.sums);
    }
    bill(book, &mut weeks, late, today);
    let rests_on = rests_on(&coming, &weeks);
    Forecast { home, weeks, beside: beside.into_values().collect(), near, rests_on, coming }
}

/// The place of the week in which money counts: that of its latest day. A day that has passed and is not late yet is
/// today's.
fn week_at(when: When, first: DayRange, today: NaiveDate) -> Result<usize, Beside> {
    match when {
        When::Days(days) => {
            let since = (days.last.max(today) - first.first).num_days();
            usize::try_from(since / 7).map_err(|_before| Beside::Late)
        }
        When::Late => Err(Beside::Late),
        When::BelowMinimum => Err(Beside::BelowMinimum),
        When::Unknown => Err(Beside::DateUnknown),
        When::Held => Err(Beside::Held),
    }
}

/// Puts the bills into their weeks, and what is left after them.
fn bill(book: &Book, weeks: &mut [Week], late: Decimal, today: NaiveDate) {
    let Some(last) = weeks.last().map(|week| week.days.last) else { return };
    let all = dues(book, today, last);
    let mut left = Some(late);
    for week in weeks {
        let mut sum = Sum::new(week.due.currency);
        week.bills = all.iter().copied().filter(|due| week.days.contains(due.on)).collect();
        for due in &week.bills {
            sum.add(book, due.amount, today);
        }
        week.due = sum.money;
        left = left
            .filter(|_| sum.without_rate.is_empty())
            .map(|left| left.saturating_add(week.sums.counted().amount).saturating_sub(week.due.amount));
        week.bills_without_rate = sum.without_rate;
        week.after_bills = left.map(|left| week.due.with(left));
    }
}

/// On what the days of the weeks rest, each payout once.
fn rests_on(coming: &[Coming], weeks: &[Week]) -> BTreeMap<RestsOn, usize> {
    let told: BTreeSet<(RestsOn, Comes)> = weeks
        .iter()
        .flat_map(|week| &week.coming)
        .filter_map(|at| coming.get(*at))
        .map(|one| (one.rests_on, one.of))
        .collect();
    let mut counts = BTreeMap::new();
    for (rests_on, _) in told {
        *counts.entry(rests_on).or_default() += 1;
    }
    counts
}

impl Forecast {
    /// Whether there is nothing to tell: no money is out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.coming.is_empty()
    }

    /// Money that stands in no week for a reason; `None` where there is none.
    #[must_use]
    pub fn aside(&self, why: Beside) -> Option<&Aside> {
        self.beside.iter().find(|aside| aside.why == why)
    }

    /// What is in no sum of the weeks, for lack of a rate.
    #[must_use]
    pub fn without_rate(&self) -> Bag {
        let mut bag = Bag::default();
        for week in &self.weeks {
            bag.add_all(&week.sums.without_rate);
            bag.add_all(&week.bills_without_rate);
        }
        bag
    }
}
