//! What [`Work`] reads is what the slower queries of the Book say, and nothing is lost in sharing.

mod follow;

use nonmax::NonMaxU32;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::cut::shares;
use super::facts::kept;
use super::testkit::{Kit, at, day, dec, usd};
use super::*;
use crate::domain::earning::Covers;
use crate::domain::ids::TermsId;
use crate::domain::query::coverage::Coverage;
use crate::domain::query::hours::Selection;
use crate::domain::query::value;
use crate::domain::span::{DayRange, day_plus};
use crate::domain::terms::{Pay, Terms};

const NOW: &str = "2026-11-22T13:00:00Z";

#[test]
fn prices_are_those_of_the_value_query_whatever_terms_hold() {
    let mut kit = Kit::new();
    let first = (**kit.book.terms(TermsId(1)).unwrap()).clone();
    kit.put(Terms { id: TermsId(10), from: Some(day("2026-11-10")), pay: Pay::PerTask(dec("0.64")), ..first.clone() });
    kit.put(Terms { id: TermsId(11), from: Some(day("2026-11-15")), pay: Pay::PerHour(28.into()), ..first });
    for (n, date) in ["05", "10", "12", "15", "20"].into_iter().enumerate() {
        let from = format!("2026-11-{date}T08:00:00Z");
        let until = format!("2026-11-{date}T09:10:00Z");
        kit.work(n as u64 + 1, 1, &from, &until, |session| {
            session.tasks = NonMaxU32::new(30).filter(|_| n != 2);
            session.credited_secs = Some(3600);
        });
    }
    let work = kit.of();
    let moment = work.at(at(NOW));
    for at_place in 0..5 {
        let piece = moment.piece(at_place).unwrap();
        let session = piece.session;
        let exact = value::recorded(&kit.book, session, at(NOW)).map(|priced| priced.money);
        assert_eq!(piece.price(&work.facts), exact.map(|price| price.with(kept(price.amount))));
        let credited = value::credited(&kit.book, session, at(NOW)).ok();
        assert_eq!(moment.estimate(at_place).map(|estimate| estimate.credited), credited.map(|priced| priced.money));
    }
}

#[test]
fn sessions_are_covered_as_the_coverage_query_says() {
    let mut kit = Kit::new();
    for date in 1..=9 {
        let from = format!("2026-11-0{date}T08:00:00Z");
        let until = format!("2026-11-0{date}T09:00:00Z");
        kit.work(date, 1, &from, &until, |session| session.paid = date != 5);
    }
    kit.earning(7, "10", &[SessionId(2), SessionId(3)]);
    for (id, first, last) in [(3, "2026-11-02", "2026-11-04"), (2, "2026-11-04", "2026-11-06")] {
        let earning = kit.earning(id, "10", &[]);
        kit.edit_earning(earning, |earning| {
            earning.covers = Covers::Days { project: ProjectId(1), days: DayRange::new(day(first), day(last)) };
        });
    }
    let work = kit.of();
    let coverage = Coverage::of(&kit.book);
    for at in work.shelf.taken() {
        let expected = coverage.earning_of(&kit.book, work.shelf.session(at).unwrap());
        assert_eq!(work.links.covering(at).next().map(|claim| claim.earning.id), expected);
    }
    let covered: usize = work.shelf.taken().map(|at| work.links.covering(at).count()).sum();
    assert_eq!(covered, 5, "2, 3 by name; 4 twice and 6 by days; 5 is unpaid");
}

#[test]
fn an_earning_whose_sessions_are_gone_stands_by_itself() {
    let mut kit = Kit::new();
    kit.earning(1, "10", &[SessionId(77)]);
    let work = kit.of();
    assert_eq!(work.loose.len(), 1);
    let everything = Selection::period(DayRange::all());
    let moment = work.at(at(NOW));
    assert_eq!(moment.loose(&everything).first().map(|part| part.value), Some(usd("10")));
}

#[test]
fn a_hundred_thousand_sessions_are_read_and_summed() {
    // No time is asserted; a pass that is not linear would make itself felt here.
    let mut kit = Kit::new();
    let start = at("2016-01-01T00:00:00Z");
    let edits = (0..100_000u32)
        .map(|n| {
            let mut session = testkit::session(u64::from(n) + 1, NOW, None);
            session.started_at = start + chrono::TimeDelta::minutes(i64::from(n) * 50);
            session.ended_at = Some(session.started_at + chrono::TimeDelta::minutes(60));
            session.project = Some(ProjectId(u64::from(n % 2) + 1));
            crate::domain::change::Edit::create(session)
        })
        .collect();
    kit.book.apply(&crate::domain::change::Change::new(edits));
    for n in 0..200u64 {
        let from = n * 400;
        let named: Vec<SessionId> = (from..from + 400).map(|id| SessionId(id + 1)).collect();
        kit.earning(n + 1, "10000", &named);
    }
    let work = kit.of();
    let selection = Selection::period(DayRange::all());
    let rates = crate::domain::query::rates::rates(&work, &selection, at(NOW));
    assert_eq!(rates.recorded, dec("2500000"));
    assert_eq!(rates.hours.own_secs, (99_999 * 50 + 60) * 60);
    assert_eq!(rates.accepted, dec("2000000") + dec("500000"));
}

proptest! {
    #[test]
    fn shares_of_anything_sum_to_the_whole(
        cents in -10_000_000i64..10_000_000,
        weights in proptest::collection::vec(0u32..1_000_000, 1..40),
    ) {
        let amount = Decimal::new(cents, 2);
        let weights: Vec<Decimal> = weights.into_iter().map(Decimal::from).collect();
        let parts = shares(amount, &weights);
        prop_assert_eq!(parts.len(), weights.len());
        prop_assert_eq!(parts.iter().copied().sum::<Decimal>(), amount);
    }
}

#[test]
fn shares_of_huge_amounts_do_not_fail() {
    let parts = shares(Decimal::MAX, &[Decimal::MAX, Decimal::ONE]);
    assert_eq!(parts.len(), 2);
    assert_eq!(shares(dec("10"), &[]), Vec::<Decimal>::new());
}
