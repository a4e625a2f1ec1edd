//! Milestones and missions of a platform's projects: what is promised, how far it is, whether it can be recorded.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::ids::PlatformId;
use crate::domain::query::promised::{Promised, Stands, Takes, promised};
use crate::ui::format::{self, Style};
use crate::ui::view::names;

/// One milestone or mission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRow {
    /// The promise itself.
    pub promise: Promised,
    /// Its project.
    pub project: String,
    /// Its name.
    pub name: String,
    /// "$200.00".
    pub amount: String,
    /// "promised", "12 of 20 tasks", "reached: 20 of 20 tasks", "missed: …", "recorded".
    pub state: String,
    /// "due Tue 15 Dec", "2 days late", "by Sun 22 Nov"; empty where no day is set or it is recorded.
    pub due: String,
    /// Whether its day has passed without it.
    pub late: bool,
    /// Whether it can be recorded now: done, or reached.
    pub ready: bool,
}

impl PromiseRow {
    /// Read aloud.
    #[must_use]
    pub fn spoken(&self) -> String {
        let Self { project, name, amount, state, due, .. } = self;
        let parts = [project.as_str(), name, amount, state, due];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// The milestones and missions of a platform that the terms in force name.
pub(super) fn promise_rows(book: &Book, platform: PlatformId, today: NaiveDate) -> Vec<PromiseRow> {
    promised(book, platform, today).into_iter().map(|promise| row(book, promise, today)).collect()
}

fn row(book: &Book, promise: Promised, today: NaiveDate) -> PromiseRow {
    let style = Style::of(book.settings());
    let stands = promise.stands(today);
    let open = matches!(stands, Stands::Open | Stands::Reached);
    let overdue = promise.due_on.filter(|_| stands == Stands::Open).and_then(|due| format::late(due, today));
    let due = match (promise.due_on.filter(|_| open), &overdue, &promise.takes) {
        (None, ..) => String::new(),
        (_, Some(late), _) => late.clone(),
        (Some(due), None, Takes::Result) => format!("due {}", style.day(due, today)),
        (Some(due), None, Takes::Count { .. }) => style.by_day(due, today),
    };
    let state = match (stands, &promise.takes) {
        (Stands::Recorded, _) => "recorded".to_owned(),
        (_, Takes::Result) => "promised".to_owned(),
        (stands, Takes::Count { done, of, unit, .. }) => {
            let done = style.decimals(*done, done.normalize().scale());
            let count = format!("{done} of {}", names::units((*of).into(), unit, style));
            match stands {
                Stands::Reached => format!("reached: {count}"),
                Stands::Missed => format!("missed: {count}"),
                Stands::Open | Stands::Recorded => count,
            }
        }
    };
    PromiseRow {
        project: book.project(promise.project).map_or_else(String::new, |project| project.name.clone()),
        name: promise.name.clone(),
        amount: style.money(promise.amount),
        state,
        due,
        late: overdue.is_some(),
        ready: stands == Stands::Reached || (stands == Stands::Open && promise.takes == Takes::Result),
        promise,
    }
}
