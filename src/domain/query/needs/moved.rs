//! A past figure that says something else than when it was looked at: told once, never silently.
//!
//! Of each closed month (before the user's current one, twelve back) and platform two figures are held: what was earned
//! (the money of the *received* step, home currency, rounded to its minor unit) and the seconds credited or, where
//! nothing was said, worked. The user's own edits take the seen figures with them; what comes by files, the terminal,
//! another device or time is news. A month that was never looked at is no news: it is taken in as it stands with the
//! next thing that the user does, and so is a platform's figure that lacked an exchange rate then. See docs/decisions/0013-what-needs-you.md.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Ground, Need, Needs, Severity, What};
use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::money::{Currency, Money};
use crate::domain::query::work::Work;
use crate::domain::seen::{Seen, SeenFigure};
use crate::domain::span::{DayRange, Month};

/// How many closed months are watched: a year holds every review, appeal and correction that platforms promise.
const MONTHS: usize = 12;

/// What a platform's month says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedFigure {
    /// What was earned, rounded to the minor unit; `None` where an exchange rate is missing.
    pub earned: Option<Money>,
    /// Seconds credited or, where nothing was said, worked; paid time only.
    pub credited_secs: i64,
}

/// What the closed months say, by month and platform. Months without work are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closed {
    /// The months that are watched; before the first one nothing is.
    months: BTreeSet<Month>,
    figures: BTreeMap<(Month, PlatformId), ClosedFigure>,
}

/// A past figure that moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The platform.
    pub platform: PlatformId,
    /// The month of the work.
    pub month: Month,
    /// What it says now.
    pub now: ClosedFigure,
    /// The seconds it said before.
    pub before_secs: i64,
    /// What it had earned before; `None` where it can't be compared, because it is of another home currency.
    pub before_earned: Option<Money>,
}

impl Moved {
    /// By how much the money moved; `None` where that isn't known.
    #[must_use]
    pub fn earned_by(&self) -> Option<Money> {
        let (now, before) = (self.now.earned?, self.before_earned?);
        (now.currency == before.currency).then(|| now.with(now.amount.saturating_sub(before.amount)))
    }
}

/// What the closed months say. `today` is the user's day.
///
/// An earning that adds to sessions, such as a bonus, counts in the latest month that it reaches.
#[must_use]
pub fn closed(work: &Work, today: NaiveDate) -> Closed {
    let last = Month::of_day(today).previous();
    let months: BTreeSet<Month> =
        std::iter::successors(Some(last), |month| Some(month.previous())).take(MONTHS).collect();
    let Some(first) = months.first() else { return Closed::default() };
    let days = DayRange::new(first.first_day(), last.last_day());
    let mut sums: BTreeMap<(Month, PlatformId), (Option<Decimal>, i64)> = BTreeMap::new();
    let mut add = |month: Month, platform: PlatformId, received: Option<Decimal>, secs: i64| {
        let (earned, credited) = sums.entry((month, platform)).or_insert((Some(Decimal::ZERO), 0));
        *earned = earned.and_then(|sum| Some(sum.saturating_add(received?)));
        *credited = credited.saturating_add(secs);
    };
    // What is still open says something else each minute, and is no part of these sums.
    for month in &months {
        for (_, platform, of_project) in work.sums_of(*month) {
            let Some(platform) = platform else { continue };
            let of_sessions = of_project.received().saturating_sub(of_project.added);
            add(*month, platform, (!of_project.unknown).then_some(of_sessions), of_project.credited_secs);
        }
    }
    for added in work.added(days) {
        add(Month::of_day(added.day), added.platform, added.received, 0);
    }
    let home = work.home();
    let figures = sums.into_iter().filter_map(|(key, (earned, credited_secs))| {
        let earned = earned.map(|amount| Money::new(amount, home).rounded());
        let nothing = credited_secs == 0 && earned.is_some_and(|earned| earned.amount.is_zero());
        (!nothing).then_some((key, ClosedFigure { earned, credited_secs }))
    });
    Closed { months, figures: figures.collect() }
}

impl Closed {
    fn of(&self, key: (Month, PlatformId), home: Currency) -> ClosedFigure {
        let nothing = ClosedFigure { earned: Some(Money::zero(home)), credited_secs: 0 };
        self.figures.get(&key).copied().unwrap_or(nothing)
    }
}

/// What was seen, by month and platform, and the months that were looked at.
fn seen_figures(seen: &Seen) -> (BTreeMap<(Month, PlatformId), &SeenFigure>, BTreeSet<Month>) {
    let figures = seen.figures.iter().map(|figure| ((figure.month, figure.platform), figure)).collect();
    (figures, seen.figures.iter().map(|figure| figure.month).collect())
}

/// The past figures that moved since they were looked at, the latest month first.
#[must_use]
pub fn moved_of(book: &Book, closed: &Closed) -> Vec<Moved> {
    let home = book.settings().home_currency;
    let (seen, looked_at) = seen_figures(book.seen());
    let keys: BTreeSet<_> = seen.keys().chain(closed.figures.keys()).copied().collect();
    let moved = |key: (Month, PlatformId)| {
        let (month, platform) = key;
        if !looked_at.contains(&month) || !closed.months.contains(&month) {
            return None;
        }
        let now = closed.of(key, home);
        let before = seen.get(&key);
        if before.is_none() && now.earned.is_none() {
            // It could not be taken in when the rest of its month was.
            return None;
        }
        let before_earned = before.map_or(Money::zero(home), |figure| figure.earned);
        let moved = Moved {
            platform,
            month,
            now,
            before_secs: before.map_or(0, |figure| figure.credited_secs),
            before_earned: Some(before_earned).filter(|earned| earned.currency == home),
        };
        let same_money = moved.earned_by().is_none_or(|by| by.amount.is_zero());
        (!same_money || moved.before_secs != now.credited_secs).then_some(moved)
    };
    keys.into_iter().rev().filter_map(moved).collect()
}

pub(super) fn add(ground: &Ground<'_>, all: &mut Needs) {
    all.needs.extend(moved_of(ground.book, ground.closed).into_iter().map(|moved| Need {
        name: format!("moved {} {}", moved.platform, moved.month),
        severity: Severity::News,
        what: What::Moved(moved),
    }));
}

/// Takes a moved figure in as it stands now.
pub fn seen_now(seen: &mut Seen, moved: &Moved) {
    set(seen, (moved.month, moved.platform), moved.now);
}

fn set(seen: &mut Seen, (month, platform): (Month, PlatformId), now: ClosedFigure) {
    let known = seen.figures.iter_mut().find(|figure| figure.month == month && figure.platform == platform);
    match (known, now.earned) {
        (Some(known), earned) => {
            known.earned = earned.unwrap_or(known.earned);
            known.credited_secs = now.credited_secs;
        }
        (None, Some(earned)) => {
            seen.figures.push(SeenFigure { platform, month, earned, credited_secs: now.credited_secs });
        }
        // Without an exchange rate there is nothing to hold against later.
        (None, None) => {}
    }
}

/// What is seen after a change that the user made and saw: figures move with it, so that what was news before still is
/// and nothing else. Months that were never looked at are taken in as they stand after it; those no longer watched go.
#[must_use]
pub fn follow(seen: &Seen, before: &Closed, after: &Closed) -> Seen {
    let mut followed = seen.clone();
    followed.figures.retain(|figure| after.months.contains(&figure.month));
    let (known, looked_at) = seen_figures(seen);
    let keys: BTreeSet<_> = before.figures.keys().chain(after.figures.keys()).copied().collect();
    for key in keys {
        let Some(home) =
            [before, after].iter().find_map(|side| side.figures.get(&key)?.earned).map(|money| money.currency)
        else {
            continue;
        };
        let (was, is) = (before.of(key, home), after.of(key, home));
        if !after.months.contains(&key.0) {
            continue;
        }
        let unknown = !known.contains_key(&key) && was.earned.is_none();
        if unknown || !looked_at.contains(&key.0) {
            set(&mut followed, key, is);
            continue;
        }
        if was == is {
            continue;
        }
        let nothing = SeenFigure { platform: key.1, month: key.0, earned: Money::zero(home), credited_secs: 0 };
        let seen_before = known.get(&key).map_or(&nothing, |figure| figure);
        let earned = match (was.earned, is.earned) {
            // The same currency throughout: by as much as the figure moved.
            (Some(was), Some(is)) if was.currency == is.currency && was.currency == seen_before.earned.currency => {
                let by = is.amount.saturating_sub(was.amount);
                Some(seen_before.earned.with(seen_before.earned.amount.saturating_add(by)))
            }
            (_, is) => is,
        };
        let credited_secs = seen_before.credited_secs + is.credited_secs - was.credited_secs;
        set(&mut followed, key, ClosedFigure { earned, credited_secs });
    }
    followed
}
