//! Rows: the sessions and earnings that a figure is made of. Their sums are the figure.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::earning::Earning;
use crate::domain::ids::{EarningId, PlatformId, ProjectId, SessionId};
use crate::domain::money::Money;
use crate::domain::query::hours::{Selection, counted};
use crate::domain::query::work::{Counted, Estimate, Moment, Standing, Work, Worth, standing_of};
use crate::domain::session::Session;
use crate::domain::span::Timestamp;

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A session, with what earnings that stand for it made of it.
    Session(Arc<Session>),
    /// An earning that adds (a bonus, a milestone), as far as it belongs to the selection.
    Earning(Arc<Earning>),
}

/// One row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRow {
    /// Session or earning.
    pub row: Row,
    /// The user's day; of an earning, the last one that has a part of it.
    pub day: NaiveDate,
    /// Who pays; `None` where the project is not named.
    pub platform: Option<PlatformId>,
    /// The project; `None` where it is not named, or where the earning belongs to several.
    pub project: Option<ProjectId>,
    /// Own seconds that count here: parallel time counts for the session that began first. 0 for earnings.
    pub own_secs: i64,
    /// Paid seconds that count here. 0 for earnings.
    pub paid_secs: i64,
    /// Its money at each step, in home currency.
    pub worth: Worth,
    /// The best known gross in its own currency; `None` where it has none.
    pub value: Option<Money>,
    /// Where its money stands.
    pub standing: Standing,
}

/// The rows of a selection, newest first; earnings after the sessions of their day.
///
/// The rows' seconds and money sum to [`rates`](super::rates) of the same selection.
#[must_use]
pub fn rows(work: &Work, selection: &Selection, now: Timestamp) -> Vec<WorkRow> {
    let moment = work.at(now);
    let counted = counted(&moment, selection);
    let mut rows: Vec<WorkRow> = counted.iter().rev().filter_map(|one| session_row(&moment, one)).collect();
    let mut adding: BTreeMap<EarningId, WorkRow> = BTreeMap::new();
    let parts =
        counted.iter().flat_map(|one| moment.adding(one.at, selection.settled_only)).chain(moment.loose(selection));
    for part in parts {
        let row = adding.entry(part.earning.id).or_insert_with(|| WorkRow {
            row: Row::Earning(Arc::clone(part.earning)),
            day: part.day,
            platform: Some(part.platform),
            project: part.earning.project,
            own_secs: 0,
            paid_secs: 0,
            worth: Worth::default(),
            value: Some(Money::zero(part.value.currency)),
            standing: standing_of(part.earning, part.settled),
        });
        row.day = row.day.max(part.day);
        row.worth.add(&part.worth);
        row.value = row.value.and_then(|value| value.plus(part.value));
    }
    rows.extend(adding.into_values());
    // Stable: sessions of a day stay newest first, and before its earnings.
    rows.sort_by_key(|row| std::cmp::Reverse(row.day));
    rows
}

/// The row of one session by itself, its time counted fully; `None` where there is no such session.
#[must_use]
pub fn row_of(work: &Work, session: SessionId, now: Timestamp) -> Option<WorkRow> {
    let moment = work.at(now);
    let at = moment.place(session)?;
    let piece = moment.piece(at)?;
    session_row(&moment, &piece.counted(at))
}

fn session_row(moment: &Moment<'_>, counted: &Counted) -> Option<WorkRow> {
    let piece = moment.piece(counted.at)?;
    let estimate = moment.estimate(counted.at);
    let mut worth = estimate.map(Estimate::worth).unwrap_or_default();
    let mut value = estimate.map(|estimate| estimate.credited);
    for part in moment.parts(counted.at).filter(|part| part.covers) {
        worth.add(&part.worth);
        value = match value {
            None => Some(part.value),
            Some(value) => value.plus(part.value).or(Some(value)),
        };
    }
    Some(WorkRow {
        row: Row::Session(Arc::clone(piece.session)),
        day: piece.day,
        platform: moment.platform(&piece),
        project: piece.session.project,
        own_secs: counted.own_secs,
        paid_secs: counted.paid_secs,
        worth,
        value,
        standing: moment.standing(counted.at),
    })
}
