//! A new fact never moves settled money on the quiet: terms, schedules and exchange rates leave what has landed as it
//! is, and a past figure that moves all the same is told as news.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_decimal::Decimal;
use truerate::domain::book::Book;
use truerate::domain::command::{Command, plan};
use truerate::domain::ids::PlatformId;
use truerate::domain::money::{Bag, Money};
use truerate::domain::query::calendar::calendar;
use truerate::domain::query::hours::Selection;
use truerate::domain::query::needs::{self, What, closed};
use truerate::domain::query::rates::rates;
use truerate::domain::query::work::Work;
use truerate::domain::seen::Seen;
use truerate::domain::span::{DayRange, Month};

use crate::generated::{Verb, book_after, command, fact, now, steps, today};

/// What landed, in its own currencies, by platform.
fn landed(book: &Book) -> BTreeMap<Option<PlatformId>, Bag> {
    let mut sums: BTreeMap<Option<PlatformId>, Bag> = BTreeMap::new();
    for landed in calendar(book, now()).landed {
        sums.entry(landed.platform).or_default().add(landed.received);
    }
    sums
}

/// What is settled of what each platform's work brings, in home currency, whichever of its sessions bear it: a bonus moves
/// between them when their prices do.
fn settled(book: &Book) -> Vec<(PlatformId, Decimal)> {
    let work = Work::of(book);
    let of = |id| rates(&work, &Selection::period(DayRange::all()).platform(id), now().at);
    let settled = |id| (of(id).received - of(id).unsettled).round_dp(8);
    book.platforms().map(|platform| (platform.id, settled(platform.id))).collect()
}

/// What was earned in the closed months, by platform, as it is shown.
fn closed_months(book: &Book) -> BTreeMap<(Month, PlatformId), Option<Money>> {
    let work = Work::of(book);
    let last = Month::of_day(today()).previous();
    let mut figures = BTreeMap::new();
    // The sample reaches back for half a year.
    for month in std::iter::successors(Some(last), |month| Some(month.previous())).take(6) {
        let days = DayRange::new(month.first_day(), month.last_day());
        for platform in book.platforms() {
            let of = rates(&work, &Selection::period(days).platform(platform.id), now().at);
            let earned = of.earned().map(|earned| Money::new(earned, of.home).rounded());
            figures.insert((month, platform.id), earned);
        }
    }
    figures
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_new_fact_moves_no_settled_money_and_what_moves_is_told(
        seed in 0u64..1_000,
        sessions in 60u32..260,
        steps in steps(8),
        fact in fact(),
    ) {
        let mut before = book_after(seed, sessions, &steps);
        // All of it was looked at.
        let work = Work::of(&before);
        let looked_at = closed(&work, today());
        let seen = needs::follow(&Seen::default(), &looked_at, &looked_at);
        let see = Command::SetSeen { words: "Look".into(), seen: Box::new(seen) };
        before.apply(&plan(&before, &see, now()).unwrap());
        let Some(change) = command(&before, fact, 900).and_then(|fact| plan(&before, &fact, now()).ok()) else {
            return Ok(());
        };
        let mut after = before.clone();
        after.apply(&change);

        prop_assert_eq!(landed(&before), landed(&after));
        prop_assert!(before.payouts().eq(after.payouts()) && before.earnings().eq(after.earnings()));
        // Money that arrived in another currency is worth what the rate of its day says, and that is a fact of its own.
        if fact.verb != Verb::Rate {
            prop_assert_eq!(settled(&before), settled(&after));
        }

        let work = Work::of(&after);
        let told: BTreeSet<(Month, PlatformId)> =
            needs::needs(&work, &calendar(&after, now()), &closed(&work, today()), now(), today())
                .needs
                .into_iter()
                .filter_map(|need| if let What::Moved(moved) = need.what { Some((moved.month, moved.platform)) } else { None })
                .collect();
        let (old, new) = (closed_months(&before), closed_months(&after));
        for (key, was) in &old {
            // A figure that lacks its rate on one side can't be compared, and is not told.
            if let (Some(was), Some(is)) = (was, new[key])
                && *was != is
            {
                prop_assert!(told.contains(key), "{:?} moved from {:?} to {:?} on the quiet", key, was, is);
            }
        }
    }
}
