//! Held parts: what of open work its terms pay only on acceptance.
//!
//! Values count it in full: it is owed. It is told beside them, until the work is accepted or paid.

use std::collections::BTreeMap;

use super::calendar::{Calendar, Source};
use crate::domain::book::Book;
use crate::domain::earning::{EarningKind, EarningState};
use crate::domain::ids::ProjectId;
use crate::domain::money::Bag;

/// The held part of what is expected, by project, exact: the share that the terms in force on the day of the work hold
/// back. Approved and invoiced work holds nothing back; bonuses, milestones and corrections never do.
#[must_use]
pub fn held_parts(book: &Book, calendar: &Calendar) -> BTreeMap<ProjectId, Bag> {
    let mut held: BTreeMap<ProjectId, Bag> = BTreeMap::new();
    for row in calendar.expected.iter().flat_map(|expected| &expected.rows) {
        let Some(project) = row.project else { continue };
        let open = match row.source {
            Source::Session(_) => true,
            Source::Earning(id) => book.earning(id).is_some_and(|earning| {
                earning.kind == EarningKind::Work
                    && !matches!(earning.state(), Some(EarningState::Approved(_) | EarningState::Invoiced))
            }),
        };
        let terms = book.terms_on(project, row.worked_on).filter(|_| open);
        let part = terms.map_or_else(Default::default, |terms| terms.held_of(row.amount.amount));
        if !part.is_zero() {
            held.entry(project).or_default().add(row.amount.with(part));
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::earning::DatedState;
    use crate::domain::ids::TermsId;
    use crate::domain::money::Currency;
    use crate::domain::query::calendar::calendar;
    use crate::domain::query::hours::Selection;
    use crate::domain::query::rates::rates;
    use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
    use crate::domain::span::{DayRange, Now};
    use crate::domain::terms::{Pay, Terms};

    #[test]
    fn a_held_part_counts_and_is_told_until_the_work_is_accepted() {
        let mut kit = Kit::new();
        kit.put(Terms {
            held_percent: Some(10.into()),
            ..Terms::new(TermsId(1), ProjectId(1), Currency::USD, Pay::PerHour(25.into()))
        });
        let four = kit.work(1, 1, "2026-11-20T08:00:00Z", "2026-11-20T12:00:00Z", |_| {});
        kit.work(2, 1, "2026-11-21T08:00:00Z", "2026-11-21T10:00:00Z", |_| {});
        let now = Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC };
        let held = |kit: &Kit| {
            let found = held_parts(&kit.book, &calendar(&kit.book, now));
            found.get(&ProjectId(1)).map(|bag| bag.of(Currency::USD))
        };
        // 6 h at $25 are $150, all of it counted; $15 of it are held.
        let all = rates(&kit.of(), &Selection::period(DayRange::all()).project(ProjectId(1)), now.at);
        assert_eq!((all.recorded, held(&kit)), (dec("150"), Some(usd("15"))));
        let earning = kit.earning(1, "100", &[four]);
        assert_eq!(held(&kit), Some(usd("15")), "handed in, not accepted");
        kit.edit_earning(earning, |earning| {
            earning.states = vec![DatedState { on: day("2026-11-21"), state: EarningState::Approved(None) }];
        });
        assert_eq!(held(&kit), Some(usd("5")));
    }
}
