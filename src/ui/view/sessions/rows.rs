//! The rows of the list: a session or an earning with its words.

use std::sync::Arc;

use chrono::NaiveDate;

use super::super::names::{self, Mark};
use super::super::states;
use super::index::Index;
use super::{EarningRow, Overlap, SessionRow, repair};
use crate::domain::book::Book;
use crate::domain::earning::Earning;
use crate::domain::ids::PlatformId;
use crate::domain::query::rates::WorkRow;
use crate::domain::query::work::Standing;
use crate::domain::session::{Session, SessionState};
use crate::domain::span::{DayRange, Now, Timestamp, Zone};
use crate::ui::format::{self, Style};

pub(super) fn session_row(index: &Index, row: &WorkRow, session: &Arc<Session>) -> SessionRow {
    let (book, now, today, style) = (&index.book, index.now, index.today, index.style());
    let project = names::project(book, session.project);
    let activity = names::activity(session.activity).to_lowercase();
    let time = time_words(session);
    let own_secs = session.own_secs(now.at);
    let unpaid = row.standing == Standing::Unpaid;
    let value = match row.value {
        Some(money) if session.state() != SessionState::Ended => style.estimate(money),
        Some(money) => style.money(money),
        None if unpaid => "unpaid".to_owned(),
        None => format::NONE.to_owned(),
    };
    let state = states::work(session, row.standing);
    let overlap = index.overlapped_by(session.id).map(|other| Overlap {
        words: format!("overlaps {}", names::project(book, other.project)),
        line: format!("At the same time as {}, {}; both count", names::project(book, other.project), time_words(other)),
        repairs: repair::of_overlap(book, session, other, now, today),
    });
    SessionRow {
        name: format!("{project}, {activity}, {}, {time}", style.day(row.day, today)),
        day: row.day,
        mark: Mark::of_id(book, row.platform),
        platform: platform_name(book, row.platform),
        platform_id: row.platform,
        project,
        activity,
        aside: aside_words(session, now),
        more: more_words(session, row.day, now, style),
        time,
        own: format::hours(own_secs),
        credited: session.credited_secs.map_or_else(|| format::NONE.to_owned(), format::hours),
        credited_differs: session.credited_secs.is_some_and(|secs| secs / 60 != own_secs / 60),
        has_value: row.value.is_some(),
        value,
        state: if unpaid && session.state() == SessionState::Ended { "" } else { state },
        overlap,
        session: Arc::clone(session),
    }
}

fn platform_name(book: &Book, id: Option<PlatformId>) -> String {
    id.and_then(|id| book.platform(id)).map_or_else(String::new, |platform| platform.name.clone())
}

/// "09:14 – 11:02", "12:38 –", or "declared", on the clocks of the session's zone.
#[must_use]
pub fn time_words(session: &Session) -> String {
    if session.declared_secs.is_some() {
        return "declared".to_owned();
    }
    let clock = |at: Timestamp| at.with_timezone(&session.zone).time();
    format::clock_span(clock(session.started_at), session.ended_at.map(clock))
}

/// What stands back beside the project: another zone, then the note. May be empty.
fn aside_words(session: &Session, now: Now) -> String {
    let mut words = Vec::new();
    if session.zone != now.zone {
        words.push(in_zone(session.zone));
    }
    let note = session.note.lines().map(str::trim).find(|line| !line.is_empty());
    words.extend(note.map(|line| line.chars().take(120).collect()));
    words.join(" · ")
}

/// A zone by its city: "in Berlin", "in New York", "in UTC".
#[must_use]
pub fn in_zone(zone: Zone) -> String {
    let name = zone.name();
    format!("in {}", name.rsplit('/').next().unwrap_or(name).replace('_', " "))
}

/// Lines for the tooltip of the time.
fn more_words(session: &Session, day: NaiveDate, now: Now, style: Style) -> String {
    let mut lines = Vec::new();
    let local = |at: Timestamp| at.with_timezone(&session.zone);
    if session.declared_secs.is_some() {
        let last = session.ended_at.map_or(day, |at| local(at).date_naive()).max(day);
        lines.push(if last == day {
            "Hours alone, without clock times".to_owned()
        } else {
            format!("Hours alone, without clock times, {}", style.days(DayRange::new(day, last), day))
        });
    }
    if session.declared_secs.is_none() {
        if let Some(ended) = session.ended_at.map(local).filter(|end| end.date_naive() != day) {
            lines.push(format!("Ends on {} at {}", style.day(ended.date_naive(), day), ended.format("%H:%M")));
        }
        let paused = session.interval(now.at).secs() - session.own_secs(now.at);
        if paused >= 60 {
            lines.push(format!("{} paused", format::hours(paused)));
        }
    }
    if session.zone != now.zone {
        lines.push(format!("On the clocks of {}", session.zone.name()));
    }
    if let Some(task_type) = &session.task_type {
        lines.push(task_type.to_string());
    }
    if !session.note.trim().is_empty() {
        lines.push(session.note.trim().chars().take(300).collect());
    }
    lines.join("\n")
}

pub(super) fn earning_row(book: &Book, row: &WorkRow, earning: &Earning) -> EarningRow {
    let platform = platform_name(book, row.platform);
    let project = earning
        .project
        .and_then(|id| book.project(id))
        .map_or_else(|| platform.clone(), |project| project.name.clone());
    let kind = names::earning_kind(earning.kind);
    let value = row.value.map_or_else(|| format::NONE.to_owned(), |value| Style::of(book.settings()).money(value));
    let state = match row.standing {
        Standing::Unpaid => "",
        Standing::Unpriced(why) => states::no_value(why),
        Standing::Estimated => "in review",
        Standing::Open(state) => state.map_or("in review", states::earning),
        Standing::Paid => "paid",
        Standing::Rejected => "rejected",
        Standing::WrittenOff => "written off",
    };
    EarningRow {
        id: earning.id,
        name: format!("{project}, {kind}, {value}"),
        mark: Mark::of_id(book, row.platform),
        platform,
        project,
        kind,
        value,
        state,
    }
}
