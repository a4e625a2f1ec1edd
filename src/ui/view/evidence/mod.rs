//! Evidence: all that is known of the work and the money of a platform or a project, as tables and texts that somebody
//! outside can read: sessions, what was credited, payouts, what was said of the work, the terms then in force.
//!
//! Days are ISO dates, instants are UTC, amounts plain numbers with their currency in a column of its own.

mod appeal;
mod terms;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{NaiveDate, SecondsFormat};

pub use appeal::appeal;

use super::earnings::owed::state_words;
use super::names;
use super::rates::text;
use super::reasons::sessions_covered;
use crate::domain::book::Book;
use crate::domain::command::Ending;
use crate::domain::earning::EarningKind;
use crate::domain::ids::{PlatformId, ProjectId};
use crate::domain::money::{Bag, Money};
use crate::domain::payout::Payout;
use crate::domain::platform::Project;
use crate::domain::query::calendar::Calendar;
use crate::domain::query::owed::{OwedId, OwedRow, owed};
use crate::domain::query::value;
use crate::domain::span::Now;
use crate::domain::statement::Origin;
use crate::ports::pack::{Pack, Sheet, Text};

/// Whose evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The platform.
    pub platform: PlatformId,
    /// Only this project of it.
    pub project: Option<ProjectId>,
}

impl Whose {
    /// A platform, or the project of it that ended.
    #[must_use]
    pub fn of(platform: PlatformId, ending: Option<Ending>) -> Self {
        let project = match ending {
            Some(Ending::Project(id)) => Some(id),
            Some(Ending::Platform | Ending::User | Ending::Review) | None => None,
        };
        Self { platform, project }
    }

    /// Its name: "Outlier", "Outlier · Aloe".
    #[must_use]
    pub fn name(self, book: &Book) -> String {
        match self.project {
            Some(id) => names::project_on_platform(book, Some(id)),
            None => book.platform(self.platform).map_or_else(String::new, |platform| platform.name.clone()),
        }
    }

    /// Whether work of a project is meant.
    fn holds(self, book: &Book, project: Option<ProjectId>) -> bool {
        match (self.project, project) {
            (Some(wanted), found) => Some(wanted) == found,
            (None, Some(id)) => book.project(id).is_some_and(|project| project.platform == self.platform),
            (None, None) => false,
        }
    }

    fn projects(self, book: &Book) -> Vec<&Project> {
        let mut projects: Vec<&Project> = book
            .projects_of(self.platform)
            .map(AsRef::as_ref)
            .filter(|project| self.project.is_none_or(|only| only == project.id))
            .collect();
        projects.sort_by_cached_key(|project| (project.name.to_lowercase(), project.id));
        projects
    }
}

/// The name of the folder: "outlier-2026-11-22".
#[must_use]
pub fn folder_name(book: &Book, whose: Whose, today: NaiveDate) -> String {
    let mut slug = String::new();
    for letter in whose.name(book).chars().take(80) {
        if letter.is_alphanumeric() {
            slug.extend(letter.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    format!("{}-{today}", if slug.is_empty() { "platform" } else { slug })
}

/// Everything, with the text of the appeal as the user has it.
#[must_use]
pub fn pack(book: &Book, whose: Whose, appeal: String, now: Now, today: NaiveDate) -> Pack {
    let copies = book
        .platform(whose.platform)
        .map_or_else(Vec::new, |platform| platform.files.iter().map(|file| file.path.clone()).collect());
    Pack {
        sheets: vec![sessions(book, whose, now), earnings(book, whose), payouts(book, whose), quality(book, whose)],
        texts: vec![
            Text { name: "terms.txt", text: terms::terms(book, whose, today) },
            Text { name: "appeal.txt", text: appeal },
        ],
        copies,
    }
}

fn plain(money: Money) -> String {
    text::number(Some(money.amount), money.currency.minor_units())
}

fn code(money: Option<Money>) -> String {
    money.map_or_else(String::new, |money| money.currency.code().to_owned())
}

fn optional(money: Option<Money>) -> String {
    money.map_or_else(String::new, plain)
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

fn sessions(book: &Book, whose: Whose, now: Now) -> Sheet {
    let head = vec![
        "day",
        "started_at",
        "ended_at",
        "zone",
        "project",
        "activity",
        "paid",
        "own_secs",
        "credited_secs",
        "tasks",
        "task_type",
        "value",
        "currency",
        "reported_at",
        "note",
    ];
    let instant = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut sessions: Vec<_> = book.sessions().filter(|session| whose.holds(book, session.project)).collect();
    sessions.sort_by_key(|session| (session.started_at, session.id));
    let rows = sessions
        .into_iter()
        .map(|session| {
            let worth = value::credited(book, session, now.at).ok().map(|priced| priced.money);
            vec![
                book.day_of(session).to_string(),
                if session.declared_secs.is_none() { instant(session.started_at) } else { String::new() },
                session.ended_at.filter(|_| session.declared_secs.is_none()).map_or_else(String::new, instant),
                session.zone.name().to_owned(),
                names::project(book, session.project),
                names::activity(session.activity).to_owned(),
                if session.paid { "yes" } else { "no" }.to_owned(),
                session.own_secs(now.at).to_string(),
                session.credited_secs.map_or_else(String::new, |secs| secs.to_string()),
                session.tasks.map_or_else(String::new, |tasks| tasks.to_string()),
                session.task_type.as_deref().unwrap_or_default().to_owned(),
                optional(worth),
                code(worth),
                session.reported_at.map_or_else(String::new, instant),
                session.note.clone(),
            ]
        })
        .collect();
    Sheet { name: "sessions.csv", head, rows }
}

fn kind(kind: EarningKind) -> &'static str {
    match kind {
        EarningKind::Work => "work",
        EarningKind::Milestone => "milestone",
        EarningKind::Bonus => "bonus",
        EarningKind::Adjustment => "adjustment",
        EarningKind::Opening => "owed from before",
    }
}

fn earnings(book: &Book, whose: Whose) -> Sheet {
    let head = vec![
        "worked_from",
        "worked_until",
        "project",
        "kind",
        "amount",
        "accepted",
        "open",
        "currency",
        "state",
        "since",
        "sessions",
        "promised_for",
        "platform_row",
        "note",
    ];
    let is_meant = |project: Option<ProjectId>| whose.project.is_none() || whose.project == project;
    let of_it = book.earnings().filter(|earning| earning.platform == whose.platform && is_meant(earning.project));
    let mut earnings: Vec<_> = of_it.collect();
    earnings.sort_by_key(|earning| (earning.worked.first, earning.id));
    // Estimates are no part of it: without expected payouts there are none.
    let stands: HashMap<OwedId, OwedRow> =
        owed(book, &Calendar::default()).into_iter().map(|row| (row.id, row)).collect();
    let rows = earnings
        .into_iter()
        .map(|earning| {
            let row = stands.get(&OwedId::Earning(earning.id));
            vec![
                earning.worked.first.to_string(),
                earning.worked.last.to_string(),
                earning.project.map_or_else(String::new, |id| names::project(book, Some(id))),
                kind(earning.kind).to_owned(),
                plain(earning.amount),
                plain(earning.accepted()),
                optional(row.map(|row| row.open)),
                earning.amount.currency.code().to_owned(),
                row.map_or("", |row| state_words(row.state)).to_owned(),
                day(row.map(|row| row.since)),
                sessions_covered(book, &earning.covers).len().to_string(),
                day(earning.due_on),
                earning.origin.as_ref().map_or("", Origin::reference).to_owned(),
                earning.note.clone(),
            ]
        })
        .collect();
    Sheet { name: "earnings.csv", head, rows }
}

/// The fees of its transfers, each with its currency: they needn't have the same.
fn payout_fees(payout: &Payout) -> String {
    let mut fees = Bag::default();
    payout.legs.iter().filter_map(|leg| leg.fee).for_each(|fee| fees.add(fee));
    let each = fees.iter().map(|fee| format!("{} {}", plain(fee), fee.currency.code()));
    each.collect::<Vec<_>>().join(" + ")
}

fn payouts(book: &Book, whose: Whose) -> Sheet {
    let head = vec![
        "sent_on",
        "received_on",
        "gross",
        "currency",
        "platform_fee",
        "tax_withheld",
        "payout_fees",
        "received",
        "received_currency",
        "platform_row",
        "note",
    ];
    let mut payouts: Vec<_> = book.payouts().filter(|payout| payout.platform == Some(whose.platform)).collect();
    payouts.sort_by_key(|payout| (payout.booked_on(), payout.id));
    let rows = payouts
        .into_iter()
        .map(|payout| {
            vec![
                day(payout.sent_on),
                day(payout.received_on),
                plain(payout.gross),
                payout.gross.currency.code().to_owned(),
                optional(payout.platform_fee),
                optional(payout.tax_withheld),
                payout_fees(payout),
                optional(payout.received),
                code(payout.received),
                payout.origin.as_ref().map_or("", Origin::reference).to_owned(),
                payout.note.clone(),
            ]
        })
        .collect();
    Sheet { name: "payouts.csv", head, rows }
}

fn quality(book: &Book, whose: Whose) -> Sheet {
    let notes = book.platform(whose.platform).map_or(&[][..], |platform| platform.quality.as_slice());
    let rows = notes
        .iter()
        .filter(|note| whose.project.is_none() || note.project.is_none() || note.project == whose.project)
        .map(|note| {
            vec![
                note.on.to_string(),
                note.project.map_or_else(String::new, |id| names::project(book, Some(id))),
                names::measure(note.measure).to_owned(),
                note.value.map_or_else(String::new, |value| value.normalize().to_string()),
                note.out_of.map_or_else(String::new, |best| best.normalize().to_string()),
                note.note.clone(),
            ]
        })
        .collect();
    let head = vec!["on", "project", "measure", "value", "out_of", "note"];
    Sheet { name: "quality.csv", head, rows }
}
