//! Every expected payout is found by its name, leads to the work behind it, and is found from that work again.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;
use truerate::domain::query::calendar::{Source, calendar, find, of_work};
use truerate::domain::query::coverage::Coverage;
use truerate::domain::query::value;
use truerate::domain::query::work::Work;

use crate::generated::{book_after, now, steps};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn expected_payouts_and_the_work_behind_them_lead_to_each_other(
        seed in 0u64..1_000,
        sessions in 40u32..220,
        steps in steps(10),
    ) {
        let book = book_after(seed, sessions, &steps);
        let calendar = calendar(&book, now());
        let mut parts: BTreeMap<Source, Decimal> = BTreeMap::new();
        for expected in &calendar.expected {
            let found = find(&book, &expected.key, now());
            prop_assert_eq!(found.as_ref(), Some(expected));
            prop_assert!(!expected.rows.is_empty(), "{:?}", expected.key);
            for row in &expected.rows {
                *parts.entry(row.source).or_default() += row.amount.amount;
                let there = match row.source {
                    Source::Session(id) => book.session(id).is_some_and(|session| session.project == row.project),
                    Source::Earning(id) => book.earning(id).is_some_and(|earning| earning.project == row.project),
                };
                prop_assert!(there, "{:?}", row);
            }
        }
        let coverage = Coverage::of(&book);
        for session in book.sessions().filter(|session| coverage.earning_of(&book, session).is_none()) {
            let worth = value::credited(&book, session, now().at).map_or(Decimal::ZERO, |priced| priced.money.amount);
            let named = session.project.is_some();
            let found = parts.remove(&Source::Session(session.id)).unwrap_or_default();
            let owed = if named { worth } else { Decimal::ZERO };
            prop_assert_eq!(found.round_dp(10), owed.round_dp(10), "{:?}", session.id);
        }
        for earning in book.earnings() {
            let paid: Decimal = book
                .payouts()
                .flat_map(|payout| &payout.allocations)
                .filter(|part| part.earning == earning.id)
                .map(|part| part.amount.amount)
                .sum();
            let found = parts.remove(&Source::Earning(earning.id)).unwrap_or_default();
            let (owed, rest) = (earning.owed().amount, earning.owed().amount - paid);
            let open = if owed.is_zero() || (rest > Decimal::ZERO) != (owed > Decimal::ZERO) { Decimal::ZERO } else { rest };
            prop_assert_eq!(found.round_dp(10), open.round_dp(10), "{:?}", earning.id);
        }
        prop_assert!(parts.is_empty(), "money of work that is not there: {:?}", parts);
        let read = of_work(&Work::of(&book), now(), None);
        prop_assert_eq!(read.expected, calendar.expected, "the reading says the same");
    }
}
