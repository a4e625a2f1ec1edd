//! Promised: milestones and missions of the terms in force, and what has become of each.
//!
//! A milestone is worth its sum once an earning of its kind is recorded, a mission its bonus; before that both are
//! promised and no money of anybody's. Which earning is which promise is read from its name (the first line of the
//! note), then from its amount; an earning stands for one promise at most.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::book::Book;
use crate::domain::earning::{Covers, DatedState, Earning, EarningKind, EarningState};
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::money::Money;
use crate::domain::span::{DayRange, day_plus};

/// A sum that terms promise for a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// Who promised it.
    pub platform: PlatformId,
    /// For which work.
    pub project: ProjectId,
    /// Its name: "First draft", "20 tasks".
    pub name: String,
    /// The sum.
    pub amount: Money,
    /// What it takes.
    pub takes: Takes,
    /// The last day for it; `None` where none was said.
    pub due_on: Option<NaiveDate>,
    /// The earning that it became; `None` while it is only promised.
    pub earning: Option<EarningId>,
}

/// What a promise takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// A result; the user says when it is done.
    Result,
    /// So much work.
    Count {
        /// How much of it is done.
        done: Decimal,
        /// How much it takes.
        of: u32,
        /// What is counted, in the singular.
        unit: String,
        /// The user's days on which work counts.
        days: DayRange,
    },
}

/// How a promise stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Not reached, and its last day, where it has one, has not passed.
    Open,
    /// Reached, and not recorded: it can become an earning.
    Reached,
    /// Its last day has passed without it.
    Missed,
    /// It is an earning.
    Recorded,
}

impl Promised {
    /// How it stands on a day. A milestone that is overdue stays open: the work may be late and still be paid.
    #[must_use]
    pub fn stands(&self, today: NaiveDate) -> Stands {
        match &self.takes {
            _ if self.earning.is_some() => Stands::Recorded,
            Takes::Count { done, of, .. } if *done >= Decimal::from(*of) => Stands::Reached,
            Takes::Count { .. } if self.due_on.is_some_and(|last| last < today) => Stands::Missed,
            Takes::Count { .. } | Takes::Result => Stands::Open,
        }
    }

    /// The earning that it becomes when the user says so: handed in today, for the project's work since the last one.
    /// It stands for no session: it adds to what they are worth.
    #[must_use]
    pub fn earning(&self, book: &Book, id: EarningId, today: NaiveDate) -> Earning {
        let (kind, worked) = match &self.takes {
            Takes::Count { days, .. } => {
                (EarningKind::Bonus, DayRange { first: days.first.min(today), last: days.last.min(today) })
            }
            Takes::Result => (EarningKind::Milestone, self.worked(book, today)),
        };
        Earning {
            project: Some(self.project),
            kind,
            covers: Covers::Nothing,
            states: vec![DatedState { on: today, state: EarningState::Submitted }],
            note: self.name.clone(),
            ..Earning::work(id, self.platform, self.amount, worked)
        }
    }

    /// From the day after the last milestone, or the project's first day of work, to today.
    fn worked(&self, book: &Book, today: NaiveDate) -> DayRange {
        let before = book.earnings().filter(|earning| is_of(earning, self.project, EarningKind::Milestone));
        let after_last = before.map(|earning| day_plus(earning.worked.last, 1)).max();
        let begun = || {
            let sessions = book.sessions().filter(|session| session.project == Some(self.project));
            sessions.map(|session| book.day_of(session)).min()
        };
        DayRange { first: after_last.or_else(begun).unwrap_or(today).min(today), last: today }
    }
}

fn is_of(earning: &Earning, project: ProjectId, kind: EarningKind) -> bool {
    earning.project == Some(project) && earning.kind == kind
}

/// What the terms in force on a day promise for the projects of a platform, by project (by name), in their order.
#[must_use]
pub fn promised(book: &Book, platform: PlatformId, today: NaiveDate) -> Vec<Promised> {
    let mut projects: Vec<_> = book.projects_of(platform).collect();
    projects.sort_by_cached_key(|project| (project.name.to_lowercase(), project.id));
    projects.into_iter().flat_map(|project| of_project(book, platform, project.id, today)).collect()
}

fn of_project(book: &Book, platform: PlatformId, project: ProjectId, today: NaiveDate) -> Vec<Promised> {
    // Work may be promised before its terms hold.
    let terms = book.terms_on(project, today).or_else(|| book.terms_of(project).first().copied());
    let Some(terms) = terms else { return Vec::new() };
    let promise = |name: &str, amount, takes, due_on| Promised {
        platform,
        project,
        name: name.trim().to_owned(),
        amount: Money::new(amount, terms.currency),
        takes,
        due_on,
        earning: None,
    };
    let milestones = match &terms.pay {
        crate::domain::terms::Pay::Milestones(milestones) => milestones.as_slice(),
        crate::domain::terms::Pay::PerHour(_)
        | crate::domain::terms::Pay::PerTask(_)
        | crate::domain::terms::Pay::PerUnit { .. }
        | crate::domain::terms::Pay::BySession => &[],
    };
    let mut found: Vec<Promised> =
        milestones.iter().map(|one| promise(&one.name, one.amount, Takes::Result, one.due_on)).collect();
    settle(book, project, EarningKind::Milestone, &mut found);
    let mut missions: Vec<Promised> = terms
        .missions
        .iter()
        .map(|mission| {
            let done = done_on(book, project, mission.days);
            let takes = Takes::Count { done, of: mission.count, unit: terms.unit().to_owned(), days: mission.days };
            promise(
                &format!("{} {}", mission.count, mission.name.trim()),
                mission.amount,
                takes,
                Some(mission.days.last),
            )
        })
        .collect();
    settle(book, project, EarningKind::Bonus, &mut missions);
    found.extend(missions);
    found
}

/// Tasks or units of a project's paid sessions on some of the user's days.
fn done_on(book: &Book, project: ProjectId, days: DayRange) -> Decimal {
    book.sessions_on(days)
        .filter(|session| session.project == Some(project) && session.paid)
        .filter_map(|session| session.units())
        .fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Finds the earnings that promises became: by name first, then by amount.
fn settle(book: &Book, project: ProjectId, kind: EarningKind, promises: &mut [Promised]) {
    if promises.is_empty() {
        return;
    }
    let mut earnings: Vec<&Earning> =
        book.earnings().map(AsRef::as_ref).filter(|earning| is_of(earning, project, kind)).collect();
    let named = |promise: &Promised, earning: &Earning| {
        let title = earning.title();
        !title.is_empty() && title.to_lowercase() == promise.name.to_lowercase()
    };
    let as_much = |promise: &Promised, earning: &Earning| {
        let of_days = match &promise.takes {
            Takes::Result => true,
            Takes::Count { days, .. } => earning.worked.meets(*days),
        };
        of_days && earning.amount == promise.amount
    };
    claim(promises, &mut earnings, named);
    claim(promises, &mut earnings, as_much);
}

/// Gives each promise that has none the first earning that it is.
fn claim(promises: &mut [Promised], earnings: &mut Vec<&Earning>, is_it: impl Fn(&Promised, &Earning) -> bool) {
    for promise in promises.iter_mut().filter(|promise| promise.earning.is_none()) {
        if let Some(at) = earnings.iter().position(|earning| is_it(promise, earning)) {
            promise.earning = Some(earnings.remove(at).id);
        }
    }
}

#[cfg(test)]
mod tests {
    use nonmax::NonMaxU32;

    use super::*;
    use crate::domain::command::{Command, plan};
    use crate::domain::ids::TermsId;
    use crate::domain::money::Currency;
    use crate::domain::query::hours::Selection;
    use crate::domain::query::rates::{Step, rates};
    use crate::domain::query::work::testkit::{Kit, at, day, dec, usd};
    use crate::domain::span::Now;
    use crate::domain::terms::{Milestone, Mission, Pay, Terms};

    const PROJECT: ProjectId = ProjectId(1);

    fn today() -> NaiveDate {
        day("2026-11-22")
    }

    fn milestone(name: &str, amount: i64, due_on: Option<&str>) -> Milestone {
        Milestone { name: name.into(), amount: amount.into(), due_on: due_on.map(day) }
    }

    fn found(kit: &Kit) -> Vec<(String, Option<EarningId>, Stands)> {
        let all = promised(&kit.book, PlatformId(1), today());
        all.iter().map(|one| (one.name.clone(), one.earning, one.stands(today()))).collect()
    }

    #[test]
    fn two_milestones_and_a_refund() {
        // $200 and $300 agreed, $50 given back, 20 hours: $450 or $22.50 an hour. Nothing before they are recorded.
        let mut kit = Kit::new();
        let milestones = vec![milestone("Draft", 200, Some("2026-11-20")), milestone("Rest", 300, None)];
        kit.terms(1, 1, Currency::USD, Pay::Milestones(milestones));
        kit.work(1, 1, "2026-11-18T08:00:00Z", "2026-11-18T16:00:00Z", |_| {});
        kit.work(2, 1, "2026-11-21T06:00:00Z", "2026-11-21T18:00:00Z", |_| {});
        let now = Now { at: at("2026-11-22T20:00:00Z"), zone: chrono_tz::UTC };
        let earned = |kit: &Kit| rates(&kit.of(), &Selection::period(DayRange::all()).project(PROJECT), now.at);
        assert_eq!(earned(&kit).recorded, dec("0"), "promised is not earned");
        for (nth, on) in [(0, "2026-11-18"), (1, "2026-11-22")] {
            let promise = &promised(&kit.book, PlatformId(1), day(on))[nth];
            let earning = promise.earning(&kit.book, EarningId(nth as u64 + 1), day(on));
            let change = plan(&kit.book, &Command::SetEarning(Box::new(earning)), now).unwrap();
            kit.book.apply(&change);
        }
        let worked = |id| kit.book.earning(EarningId(id)).unwrap().worked;
        assert_eq!(worked(1), DayRange::day(day("2026-11-18")));
        assert_eq!(worked(2), DayRange::new(day("2026-11-19"), today()), "the work since the first");
        kit.put(Earning {
            project: Some(PROJECT),
            kind: EarningKind::Adjustment,
            ..Earning::work(EarningId(3), PlatformId(1), usd("-50"), DayRange::day(day("2026-11-21")))
        });
        let all = earned(&kit);
        assert_eq!(all.recorded, dec("450"));
        assert_eq!(all.per_hour(Step::AllHours), Some(dec("22.5")));
        assert_eq!(
            found(&kit),
            [
                ("Draft".to_owned(), Some(EarningId(1)), Stands::Recorded),
                ("Rest".to_owned(), Some(EarningId(2)), Stands::Recorded)
            ]
        );
    }

    #[test]
    fn an_earning_is_known_by_its_name_and_else_by_its_amount_and_stands_for_one_promise() {
        let mut kit = Kit::new();
        let milestones = vec![milestone("One", 100, None), milestone("Two", 100, None), milestone("Three", 70, None)];
        kit.terms(1, 1, Currency::USD, Pay::Milestones(milestones));
        let earning = |id, amount, note: &str| Earning {
            project: Some(PROJECT),
            kind: EarningKind::Milestone,
            note: note.into(),
            ..Earning::work(EarningId(id), PlatformId(1), usd(amount), DayRange::day(day("2026-11-20")))
        };
        kit.put(earning(1, "90", "two\npaid less"));
        assert_eq!(found(&kit).iter().map(|one| one.1).collect::<Vec<_>>(), [None, Some(EarningId(1)), None]);
        kit.put(earning(2, "100", ""));
        kit.put(earning(3, "100", ""));
        let ids = [Some(EarningId(2)), Some(EarningId(1)), None];
        assert_eq!(found(&kit).iter().map(|one| one.1).collect::<Vec<_>>(), ids);
    }

    #[test]
    fn a_mission_counts_the_work_of_its_days_and_is_offered_when_reached() {
        // "20 tasks by Sunday: $50".
        let mut kit = Kit::new();
        let mission = |last: &str| Mission {
            name: "tasks".into(),
            count: 20,
            amount: 50.into(),
            days: DayRange::new(day("2026-11-16"), day(last)),
        };
        let terms = |last: &str| Terms {
            missions: vec![mission(last)],
            ..Terms::new(TermsId(1), PROJECT, Currency::USD, Pay::PerTask(dec("0.64")))
        };
        kit.put(terms("2026-11-22"));
        let count = |kit: &mut Kit, id, date: &str, tasks| {
            let (from, until) = (format!("{date}T08:00:00Z"), format!("{date}T09:00:00Z"));
            kit.work(id, 1, &from, &until, |session| session.tasks = NonMaxU32::new(tasks));
        };
        count(&mut kit, 1, "2026-11-15", 30);
        count(&mut kit, 2, "2026-11-16", 12);
        assert_eq!(found(&kit)[0].2, Stands::Open);
        kit.put(terms("2026-11-21"));
        assert_eq!(found(&kit)[0].2, Stands::Missed, "its last day was yesterday");
        kit.put(terms("2026-11-22"));
        count(&mut kit, 3, "2026-11-22", 8);
        assert_eq!(found(&kit)[0].2, Stands::Reached);
        assert!(kit.book.earnings().next().is_none(), "never recorded by itself");
        let promise = promised(&kit.book, PlatformId(1), today()).remove(0);
        let earning = promise.earning(&kit.book, EarningId(9), today());
        assert_eq!((earning.kind, earning.amount), (EarningKind::Bonus, usd("50")));
        assert_eq!(earning.note, "20 tasks");
        kit.put(earning);
        assert_eq!(found(&kit)[0].2, Stands::Recorded);
    }
}
