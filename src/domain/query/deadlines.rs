//! Deadlines: dated things to do that no pay day stands for. Claimed tasks and milestones that must be handed in, and
//! the day from which to ask where money is.
//!
//! What a schedule asks for (reports, invoices) is a cut-off of its expected payout and stands there. A milestone of the
//! terms in force is dealt with once an earning stands for it, as [`promised`](super::promised) finds it.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::calendar::{Calendar, Expected, ExpectedKey};
use super::promised::{Takes, promised};
use super::work::Work;
use crate::domain::book::Book;
use crate::domain::earning::{Earning, EarningKind};
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::money::Money;
use crate::domain::schedule::{ChaseAfter, DayCount};
use crate::domain::span::{Month, day_plus};

/// What must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineKind {
    /// A claimed task is to be handed in.
    Task(EarningId),
    /// Returned work is to be handed in again.
    Rework(EarningId),
    /// A milestone is to be handed in; its earning where one was recorded.
    Milestone(Option<EarningId>),
    /// From this day on one asks where the money is.
    Chase(ExpectedKey),
}

/// A dated thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day, in the user's zone.
    pub on: NaiveDate,
    /// What must be done.
    pub kind: DeadlineKind,
    /// For whom.
    pub platform: PlatformId,
    /// The project, where one is known.
    pub project: Option<ProjectId>,
    /// What it is called, in the user's words; may be empty.
    pub name: String,
    /// What hangs on it, gross.
    pub money: Money,
}

/// The deadlines that are not dealt with, by day; past ones too. `calendar` is that of the same Book, `today` the user's
/// day: it says which terms are in force.
#[must_use]
pub fn deadlines(book: &Book, calendar: &Calendar, today: NaiveDate) -> Vec<Deadline> {
    among(book, book.earnings(), calendar, today)
}

/// The same by a reading of the Book: settled years are not walked.
#[must_use]
pub fn of_work(work: &Work, calendar: &Calendar, today: NaiveDate) -> Vec<Deadline> {
    among(work.book(), work.asking(), calendar, today)
}

fn among<'b>(
    book: &Book,
    earnings: impl Iterator<Item = &'b Arc<Earning>>,
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = earnings.filter_map(|earning| of_earning(earning)).collect();
    found.extend(milestones(book, today));
    found.extend(calendar.expected.iter().filter_map(|expected| chase(book, expected)));
    found.sort_by(|a, b| (a.on, a.platform, a.kind, &a.name).cmp(&(b.on, b.platform, b.kind, &b.name)));
    found
}

fn of_earning(earning: &Earning) -> Option<Deadline> {
    let kind = match (earning.kind, earning.state()) {
        (EarningKind::Milestone, _) => DeadlineKind::Milestone(Some(earning.id)),
        (_, Some(crate::domain::earning::EarningState::Reworked)) => DeadlineKind::Rework(earning.id),
        _ => DeadlineKind::Task(earning.id),
    };
    Some(Deadline {
        on: earning.deadline()?,
        kind,
        platform: earning.platform,
        project: earning.project,
        name: earning.title().to_owned(),
        money: earning.amount,
    })
}

/// The milestones of the terms in force that are not an earning yet.
fn milestones(book: &Book, today: NaiveDate) -> impl Iterator<Item = Deadline> {
    let promises = book.platforms().flat_map(move |platform| promised(book, platform.id, today));
    let open = promises.filter(|promise| promise.takes == Takes::Result && promise.earning.is_none());
    open.filter_map(|promise| {
        Some(Deadline {
            on: promise.due_on?,
            kind: DeadlineKind::Milestone(None),
            platform: promise.platform,
            project: Some(promise.project),
            name: promise.name,
            money: promise.amount,
        })
    })
}

/// The day from which one asks where late money is: after its latest day, as its schedule says.
fn chase(book: &Book, expected: &Expected) -> Option<Deadline> {
    let schedule = book.schedule(expected.schedule.as_ref()?.0)?;
    let after = schedule.rule.modifiers.chase_after?;
    let last = expected.window.days()?.last;
    if expected.late_days == 0 || expected.gross.amount.is_zero() {
        return None;
    }
    Some(Deadline {
        on: chase_day(after, last),
        kind: DeadlineKind::Chase(expected.key),
        platform: expected.key.platform,
        project: None,
        name: String::new(),
        money: expected.gross,
    })
}

/// The day from which one asks, of money whose latest day is `last`. Business days are Monday to Friday here.
#[must_use]
pub fn chase_day(after: ChaseAfter, last: NaiveDate) -> NaiveDate {
    match after {
        ChaseAfter::DayOfMonth(day) => {
            let in_month = |month: Month| {
                let end = month.last_day();
                end.with_day(day.clamp(1, 31)).unwrap_or(end)
            };
            let here = in_month(Month::of_day(last));
            if here > last { here } else { in_month(Month::of_day(last).next()) }
        }
        ChaseAfter::Lag(lag) if lag.count == DayCount::Business => (0..lag.max_days).fold(last, |day, _| {
            let mut next = day_plus(day, 1);
            while matches!(next.weekday(), Weekday::Sat | Weekday::Sun) && next < NaiveDate::MAX {
                next = day_plus(next, 1);
            }
            next
        }),
        ChaseAfter::Lag(lag) => day_plus(last, i64::from(lag.max_days)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::earning::{DatedState, EarningState};
    use crate::domain::ids::TermsId;
    use crate::domain::money::Currency;
    use crate::domain::query::calendar::{Window, calendar};
    use crate::domain::query::work::testkit::{Kit, at, day, usd};
    use crate::domain::schedule::Lag;
    use crate::domain::span::Now;
    use crate::domain::terms::{Milestone, Pay, Terms};

    fn now() -> Now {
        Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC }
    }

    fn found(kit: &Kit) -> Vec<Deadline> {
        let calendar = calendar(&kit.book, now());
        let today = day("2026-11-22");
        let all = deadlines(&kit.book, &calendar, today);
        assert_eq!(of_work(&kit.of(), &calendar, today), all);
        all
    }

    fn to_report(kit: &mut Kit) -> EarningId {
        let earning = kit.earning(9, "40", &[]);
        kit.edit_earning(earning, |earning| {
            earning.kind = EarningKind::Work;
            earning.due_on = Some(day("2026-11-24"));
            earning.note = "Batch 7\nask for the guide".to_owned();
            earning.states = vec![DatedState { on: day("2026-11-20"), state: EarningState::ToReport }];
        });
        earning
    }

    #[test]
    fn a_claimed_task_is_due_until_it_is_handed_in_and_its_day_is_no_pay_day() {
        let mut kit = Kit::new();
        let earning = to_report(&mut kit);
        let all = found(&kit);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].on, all[0].name.as_str(), all[0].money), (day("2026-11-24"), "Batch 7", usd("40")));
        assert_eq!(all[0].kind, DeadlineKind::Task(earning));
        let windows = |kit: &Kit| -> Vec<Window> {
            calendar(&kit.book, now()).expected.into_iter().map(|expected| expected.window).collect()
        };
        assert!(matches!(windows(&kit)[..], [Window::Unknown(_)]), "{:?}", windows(&kit));
        kit.edit_earning(earning, |earning| {
            earning.states.push(DatedState { on: day("2026-11-22"), state: EarningState::Submitted });
        });
        assert_eq!(found(&kit), Vec::new());
    }

    #[test]
    fn a_milestone_of_the_terms_is_due_until_an_earning_carries_its_name() {
        let mut kit = Kit::new();
        let milestone = |name: &str, due_on: &str| Milestone {
            name: name.to_owned(),
            amount: 200.into(),
            due_on: (!due_on.is_empty()).then(|| day(due_on)),
        };
        let pay = Pay::Milestones(vec![milestone("Draft", "2026-12-01"), milestone("Final", "")]);
        kit.terms(1, 1, Currency::USD, pay);
        let all = found(&kit);
        assert_eq!(all.len(), 1, "one without a day has no deadline");
        assert_eq!((all[0].on, all[0].name.as_str(), all[0].money), (day("2026-12-01"), "Draft", usd("200")));
        let earning = kit.earning(9, "200", &[]);
        kit.edit_earning(earning, |earning| {
            earning.kind = EarningKind::Milestone;
            earning.note = "Draft".to_owned();
        });
        assert_eq!(found(&kit), Vec::new());
    }

    #[test]
    fn a_milestone_that_new_terms_repeat_is_due_once_and_its_amount_says_that_it_is_recorded() {
        let mut kit = Kit::new();
        for (id, from) in [(1, None), (2, Some(day("2026-11-10")))] {
            let milestone = Milestone { name: "Draft".to_owned(), amount: 200.into(), due_on: Some(day("2026-12-01")) };
            let pay = Pay::Milestones(vec![milestone]);
            kit.put(Terms { from, ..Terms::new(TermsId(id), ProjectId(1), Currency::USD, pay) });
        }
        assert_eq!(found(&kit).len(), 1, "only the terms in force promise");
        let earning = kit.earning(9, "200", &[]);
        kit.edit_earning(earning, |earning| earning.kind = EarningKind::Milestone);
        assert_eq!(found(&kit), Vec::new());
    }

    #[test]
    fn one_asks_after_the_day_of_the_month_or_so_many_days() {
        // Source: platform facts, section 2, chase-after days: "the 15th", "10 days", "10 business days".
        let last = day("2026-11-13");
        assert_eq!(chase_day(ChaseAfter::DayOfMonth(15), last), day("2026-11-15"));
        assert_eq!(chase_day(ChaseAfter::DayOfMonth(10), last), day("2026-12-10"));
        assert_eq!(chase_day(ChaseAfter::DayOfMonth(31), last), day("2026-11-30"));
        assert_eq!(chase_day(ChaseAfter::Lag(Lag::days(10, 10)), last), day("2026-11-23"));
        let business = Lag { count: DayCount::Business, ..Lag::days(1, 1) };
        // 13 November 2026 is a Friday.
        assert_eq!(chase_day(ChaseAfter::Lag(business), last), day("2026-11-16"));
    }
}
