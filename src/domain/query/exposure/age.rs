//! What is not yet paid by age: days since the work, by platform and in all.
//!
//! Formula: age = today − day of the work (the day in the schedule's zone; of a payout that settles no known work the
//! day it was sent). Gross, exact; sums in home currency are at the rates of today, and there is none where a rate is
//! missing. The ages of a row sum to its states.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Exposure, Next, OpenRow, has_day, in_currency, payer, sent, sent_rows};
use crate::domain::book::Book;
use crate::domain::exchange::MissingRate;
use crate::domain::ids::PlatformId;
use crate::domain::money::{Bag, Money};
use crate::domain::query::calendar::{Calendar, Expected};

/// How long ago money was worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Age {
    /// 0 to 7 days; work of a day to come as well.
    Week,
    /// 8 to 14 days.
    Fortnight,
    /// 15 to 30 days.
    Month,
    /// 31 to 60 days.
    TwoMonths,
    /// Over 60 days; what has no day at all as well, so that nothing looks fresher than it is known to be.
    Older,
}

/// How many ages there are.
pub const AGES: usize = 5;

impl Age {
    /// All of them, the youngest first.
    pub const ALL: [Self; AGES] = [Self::Week, Self::Fortnight, Self::Month, Self::TwoMonths, Self::Older];

    /// The age of work of a day.
    #[must_use]
    pub fn of(on: Option<NaiveDate>, today: NaiveDate) -> Self {
        match on.map_or(i64::MAX, |on| today.signed_duration_since(on).num_days()) {
            ..=7 => Self::Week,
            8..=14 => Self::Fortnight,
            15..=30 => Self::Month,
            31..=60 => Self::TwoMonths,
            61.. => Self::Older,
        }
    }

    /// Its place in [`Age::ALL`].
    #[must_use]
    pub fn place(self) -> usize {
        match self {
            Self::Week => 0,
            Self::Fortnight => 1,
            Self::Month => 2,
            Self::TwoMonths => 3,
            Self::Older => 4,
        }
    }
}

/// Money of one age.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot {
    /// All of it, gross.
    pub sum: Bag,
    /// The part of it that is an estimate from sessions.
    pub estimate: Bag,
}

/// What one platform owes, or all of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Who; `None` for money that was sent by nobody knows whom, and for all together.
    pub platform: Option<PlatformId>,
    /// By how far it has come.
    pub states: Exposure,
    /// By age, in the order of [`Age::ALL`].
    pub ages: [Slot; AGES],
    /// All of it in home currency at the rates of today; `None` where one is missing.
    pub home: Option<Money>,
    /// The day of the oldest work.
    pub oldest: Option<NaiveDate>,
    /// The expected payout with a day (or that can be drawn now) that is the largest in home currency.
    pub largest: Option<Next>,
    /// The pieces, by state and then by day; none for all together.
    pub rows: Vec<OpenRow>,
}

/// What is not yet paid, laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// By platform, the largest sum in home currency first; those without a rate last.
    pub rows: Vec<Owed>,
    /// All together.
    pub all: Owed,
    /// The exchange rates that are missing for the sums in home currency.
    pub missing: BTreeSet<MissingRate>,
}

impl Owed {
    fn new(platform: Option<PlatformId>) -> Self {
        Self {
            platform,
            states: Exposure::default(),
            ages: Default::default(),
            home: None,
            oldest: None,
            largest: None,
            rows: Vec::new(),
        }
    }

    /// The money of an age.
    #[must_use]
    pub fn of(&self, age: Age) -> &Slot {
        let [week, fortnight, month, two_months, older] = &self.ages;
        match age {
            Age::Week => week,
            Age::Fortnight => fortnight,
            Age::Month => month,
            Age::TwoMonths => two_months,
            Age::Older => older,
        }
    }

    fn of_mut(&mut self, age: Age) -> &mut Slot {
        let [week, fortnight, month, two_months, older] = &mut self.ages;
        match age {
            Age::Week => week,
            Age::Fortnight => fortnight,
            Age::Month => month,
            Age::TwoMonths => two_months,
            Age::Older => older,
        }
    }

    fn take(&mut self, row: OpenRow, today: NaiveDate) {
        let slot = self.of_mut(Age::of(row.on, today));
        slot.sum.add(row.amount);
        if row.is_estimate() {
            slot.estimate.add(row.amount);
        }
        // The days of money that the platform wants back are no work of the user's.
        if row.amount.amount > Decimal::ZERO {
            self.oldest = [self.oldest, row.on].into_iter().flatten().min();
        }
        self.rows.push(row);
    }

    /// Adds what another owes; its pieces stay with it.
    fn add(&mut self, other: &Self) {
        self.states.add(&other.states);
        self.states.late_days = self.states.late_days.max(other.states.late_days);
        self.states.surely_late |= other.states.surely_late;
        for age in Age::ALL {
            let (slot, more) = (self.of_mut(age), other.of(age));
            slot.sum.add_all(&more.sum);
            slot.estimate.add_all(&more.estimate);
        }
        self.oldest = [self.oldest, other.oldest].into_iter().flatten().min();
    }
}

impl Overview {
    /// The share of the whole in per cent, both in home currency; `None` where a rate is missing, or nothing is owed.
    #[must_use]
    pub fn share(&self, of: &Owed) -> Option<Decimal> {
        let (part, all) = (of.home?.amount, self.all.home?.amount);
        if all <= Decimal::ZERO {
            return None;
        }
        part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all)
    }

    /// What a platform owes.
    #[must_use]
    pub fn row(&self, platform: PlatformId) -> Option<&Owed> {
        self.rows.iter().find(|row| row.platform == Some(platform))
    }
}

/// What is not yet paid, by platform and age. `today` is the user's day. Platforms that owe nothing are left out.
#[must_use]
pub fn owed(book: &Book, calendar: &Calendar, today: NaiveDate) -> Overview {
    let home = book.settings().home_currency;
    let mut found: BTreeMap<Option<PlatformId>, Owed> = BTreeMap::new();
    let mut largest: Option<(Money, Next)> = None;
    for expected in &calendar.expected {
        let platform = Some(expected.key.platform);
        let owed = found.entry(platform).or_insert_with(|| Owed::new(platform));
        owed.states.read(book, expected);
        for row in super::expected_rows(book, expected) {
            owed.take(row, today);
        }
        if let Some((worth, next)) = single(book, expected, today) {
            let worth_of = |known: &Next| book.convert(known.gross, home, today).ok().map(|money| money.amount);
            if owed.largest.as_ref().and_then(worth_of).is_none_or(|known| worth.amount > known) {
                owed.largest = Some(next.clone());
            }
            if largest.as_ref().is_none_or(|(known, _)| worth.amount > known.amount) {
                largest = Some((worth, next));
            }
        }
    }
    for payout in sent(book, calendar) {
        let platform = payer(book, payout);
        let owed = found.entry(platform).or_insert_with(|| Owed::new(platform));
        owed.states.in_transit.add(payout.gross);
        for row in sent_rows(book, payout) {
            owed.take(row, today);
        }
    }
    let mut all = Owed::new(None);
    let mut missing = BTreeSet::new();
    let mut rows: Vec<Owed> = found.into_values().filter(|owed| !owed.rows.is_empty()).collect();
    for row in &mut rows {
        row.rows.sort_by_key(|row| (row.state, row.on));
        match in_currency(book, &row.states.not_yet_paid(), home, today) {
            Ok(sum) => row.home = Some(sum),
            Err(lacks) => missing.extend(lacks),
        }
        all.add(row);
    }
    all.home = in_currency(book, &all.states.not_yet_paid(), home, today).ok();
    all.largest = largest.map(|(_, next)| next);
    rows.sort_by(|a, b| {
        let worth = |row: &Owed| row.home.map(|money| money.amount);
        worth(b).cmp(&worth(a)).then_with(|| a.platform.cmp(&b.platform))
    });
    Overview { rows, all, missing }
}

/// An expected payout that has a day or can be drawn now, with what it is worth in home currency.
fn single(book: &Book, expected: &Expected, today: NaiveDate) -> Option<(Money, Next)> {
    if !has_day(&expected.window) {
        return None;
    }
    let worth = book.convert(expected.gross, book.settings().home_currency, today).ok()?;
    Some((worth, Next::of(expected)))
}
