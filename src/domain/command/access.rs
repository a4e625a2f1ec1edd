//! Access ended: a platform closed the account or a project ended, the user left, or the account is under review.
//!
//! One change: timers there stop, the stage is set, and what is not yet paid becomes contested, estimates recorded first.
//! Contested money stays in "not yet paid" and leaves every sum that the user counts on, until the platform says more.
//! Days to appeal and to ask again stand on the platform's to-do list, where What needs you finds them.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::recording::{Recording, ids_from};
use super::{check, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Key};
use crate::domain::earning::{DatedState, Earning, EarningState};
use crate::domain::ids::{EarningId, PlatformId, ProjectId};
use crate::domain::money::{Currency, Money, split_by_weight};
use crate::domain::platform::{Check, DatedStage, EndedBy, Platform, Stage};
use crate::domain::query::calendar::{self, Expected, SourceRow};
use crate::domain::query::work::Work;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::span::{Now, user_day};

/// Access that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessEnded {
    /// The platform.
    pub platform: PlatformId,
    /// Who ended what.
    pub ending: Ending,
    /// The first day without access, in the user's zone.
    pub on: NaiveDate,
    /// Why, in the user's words.
    pub why: String,
    /// Whether what is not yet paid becomes contested; otherwise it is expected as before.
    pub contest: bool,
    /// The last day to appeal, where there is one.
    pub appeal_by: Option<NaiveDate>,
    /// The day on which to ask again.
    pub chase_on: Option<NaiveDate>,
    /// A random number from which the ids of new earnings are counted up.
    pub earning_seed: EarningId,
}

/// Who ended what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// The platform closed the account.
    Platform,
    /// The user left.
    User,
    /// A project ended; the platform goes on.
    Project(ProjectId),
    /// The account is under review: paused, not ended.
    Review,
}

impl Ending {
    /// Whether work of a project is concerned; `None` for time without one, which belongs to no platform.
    #[must_use]
    pub fn concerns(self, project: Option<ProjectId>) -> bool {
        match self {
            Self::Project(ended) => project == Some(ended),
            Self::Platform | Self::User | Self::Review => true,
        }
    }

    fn stage(self) -> (Stage, Option<EndedBy>) {
        match self {
            Self::Platform | Self::Project(_) => (Stage::Ended, Some(EndedBy::Platform)),
            Self::User => (Stage::Ended, Some(EndedBy::User)),
            Self::Review => (Stage::Paused, None),
        }
    }
}

impl AccessEnded {
    /// What it is, for the history: "End access to Outlier".
    #[must_use]
    pub fn words(&self, book: &Book) -> String {
        let platform = book.platform(self.platform).map_or("platform", |platform| platform.name.as_str());
        match self.ending {
            Ending::Project(id) => {
                format!("End access to {}", book.project(id).map_or(platform, |project| project.name.as_str()))
            }
            Ending::Platform | Ending::User => format!("End access to {platform}"),
            Ending::Review => format!("Mark {platform} as under review"),
        }
    }
}

pub(super) fn end(book: &Book, ended: &AccessEnded, now: Now) -> Result<Change, Refused> {
    with(book, ended, now, |after, _| calendar::of_platform(after, ended.platform, now))
}

/// What an end of access comes to, as when it is planned, by a reading of the Book: at the cost of what is open.
///
/// # Errors
/// Why it would be refused.
pub fn end_of_work(work: &Work, ended: &AccessEnded, now: Now) -> Result<Change, Refused> {
    let expected =
        |after: &Book, stopped: &Change| calendar::of_platform_after(work, after, stopped, ended.platform, now);
    with(work.book(), ended, now, expected)
}

/// `expected` are the expected payouts of the platform in the Book in which its timers are stopped.
fn with(
    book: &Book,
    ended: &AccessEnded,
    now: Now,
    expected: impl FnOnce(&Book, &Change) -> Vec<Expected>,
) -> Result<Change, Refused> {
    let before = platform::platform_of(book, ended.platform)?;
    check::note(&ended.why)?;
    let today = user_day(now.at, now.zone, book.settings().day_start_minutes);
    if ended.on > today {
        return Err(Refusal::DayInTheFuture(today).at(Field::Day));
    }
    if [ended.appeal_by, ended.chase_on].into_iter().flatten().any(|day| day < ended.on) {
        return Err(Refusal::RangeReversed.at(Field::End));
    }
    let stopped = book
        .open_sessions()
        .filter(|session| is_there(book, ended, session.project))
        .map(|open| Change::replace(open, open.stopped(now.at.max(open.started_at))))
        .fold(Change::default(), Change::then);
    let stages = stages(book, ended, before)?;
    if !ended.contest {
        return Ok(stopped.then(stages));
    }
    let mut after = book.clone();
    after.apply(&stopped);
    let contested = contest(&after, ended, &expected(&after, &stopped), today);
    Ok(stopped.then(contested).then(stages))
}

/// Whether time of a project is work there.
fn is_there(book: &Book, ended: &AccessEnded, project: Option<ProjectId>) -> bool {
    let platform = project.and_then(|id| book.project(id)).map(|project| project.platform);
    platform == Some(ended.platform) && ended.ending.concerns(project)
}

/// What is not yet paid there, as contested earnings; payouts that were sent stay on their way.
fn contest(book: &Book, ended: &AccessEnded, expected: &[Expected], today: NaiveDate) -> Change {
    let mut ids = ids_from(ended.earning_seed);
    let mut edits = Vec::new();
    let mut done = BTreeSet::new();
    let concerned: Vec<(&Expected, Vec<&SourceRow>)> = expected
        .iter()
        .map(|one| (one, one.rows.iter().filter(|row| ended.ending.concerns(row.project)).collect::<Vec<_>>()))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    for ((one, rows), gross) in concerned.iter().zip(to_the_cent(&concerned)) {
        let recording = Recording { book, key: one.key, otherwise: today };
        for mut part in recording.parts(rows, gross, &mut ids) {
            if done.insert(part.earning.id) {
                contested(&mut part.earning, ended.on);
                edits.extend(part.edit());
            }
        }
    }
    Change::new(edits)
}

/// What is recorded of each expected payout, so that those of a currency sum to the cent to what is owed in it: the cents
/// go by largest remainder. Where money is wanted back each is rounded by itself.
fn to_the_cent(concerned: &[(&Expected, Vec<&SourceRow>)]) -> Vec<Money> {
    let sums: Vec<Money> = concerned
        .iter()
        .map(|(one, rows)| one.gross.with(rows.iter().map(|row| row.amount.amount).sum::<Decimal>()))
        .collect();
    let mut exact: Vec<Money> = sums.iter().map(|sum| sum.rounded()).collect();
    let currencies: BTreeSet<Currency> = sums.iter().map(|sum| sum.currency).collect();
    for currency in currencies {
        let of: Vec<Decimal> = sums.iter().filter(|sum| sum.currency == currency).map(|sum| sum.amount).collect();
        if of.iter().any(Decimal::is_sign_negative) {
            continue;
        }
        let parts = split_by_weight(Money::new(of.iter().copied().sum(), currency), &of);
        let places = exact.iter_mut().filter(|sum| sum.currency == currency);
        places.zip(parts).for_each(|(place, part)| *place = part);
    }
    exact
}

/// The earning as contested from a day on; a refusal that is appealed stays that.
fn contested(earning: &mut Earning, on: NaiveDate) {
    if matches!(earning.state(), Some(EarningState::Contested | EarningState::Appealed)) {
        return;
    }
    // States are by date: one that was recorded later in the day's order still comes before.
    let on = earning.states.last().map_or(on, |last| last.on.max(on));
    earning.states.push(DatedState { on, state: EarningState::Contested });
}

/// The stage from that day on, and the days on the to-do list.
fn stages(book: &Book, ended: &AccessEnded, before: &Arc<Platform>) -> Result<Change, Refused> {
    let (stage, ended_by) = ended.ending.stage();
    let dated = DatedStage { from: ended.on, stage, ended_by, why: ended.why.trim().to_owned() };
    // What was set for that day or later is over with it.
    let set = |stages: &mut Vec<DatedStage>| {
        stages.retain(|known| known.from < dated.from);
        stages.push(dated.clone());
    };
    let mut platform = (**before).clone();
    let mut edits = Vec::new();
    let mut whose = String::new();
    if let Ending::Project(id) = ended.ending {
        let gone = || Refused::from(Refusal::Gone(Key::Project(id)));
        let project = book.project(id).filter(|project| project.platform == ended.platform).ok_or_else(gone)?;
        let mut after = (**project).clone();
        set(&mut after.stages);
        whose = format!(" of {}", project.name);
        edits.extend(Change::replace(project, after).edits().to_vec());
    } else {
        set(&mut platform.stages);
    }
    let chase = match ended.ending {
        Ending::Review => "Ask how the review stands".to_owned(),
        Ending::Platform | Ending::User | Ending::Project(_) => format!("Ask for the last pay{whose}"),
    };
    for (text, due_on) in [(format!("Appeal the end{whose}"), ended.appeal_by), (chase, ended.chase_on)] {
        let Some(due_on) = due_on else { continue };
        let todo = Check { due_on: Some(due_on), ..Check::new(text) };
        match platform.checklist.iter_mut().find(|known| known.text == todo.text && known.done_on.is_none()) {
            Some(known) => *known = todo,
            None => platform.checklist.push(todo),
        }
    }
    edits.extend(Change::replace(before, platform).edits().to_vec());
    Ok(Change::new(edits))
}

#[cfg(test)]
mod tests;
