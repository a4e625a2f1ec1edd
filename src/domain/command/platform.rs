//! Platforms: add (blank or from a preset), edit, delete while empty.

use std::sync::Arc;

use super::{check, lists, movement, schedule};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::PlatformId;
use crate::domain::platform::Platform;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::route::Route;
use crate::domain::schedule::Schedule;

pub(super) fn add(
    book: &Book,
    platform: &Platform,
    schedules: &[Schedule],
    routes: &[Route],
) -> Result<Change, Refused> {
    check_platform(book, platform)?;
    let platform = lists::ordered(book, None, platform)?;
    for added in schedules {
        schedule::check_schedule(added)?;
    }
    let mut edits = vec![Edit::create(platform)];
    edits.extend(routes.iter().cloned().map(Edit::create));
    edits.extend(schedules.iter().cloned().map(Edit::create));
    Ok(Change::new(edits))
}

pub(super) fn edit(book: &Book, platform: &Platform) -> Result<Change, Refused> {
    let before = platform_of(book, platform.id)?;
    check_platform(book, platform)?;
    Ok(Change::replace(before, lists::ordered(book, Some(before), platform)?))
}

pub(super) fn delete(book: &Book, id: PlatformId) -> Result<Change, Refused> {
    let platform = platform_of(book, id)?;
    let projects: Vec<_> = book.projects_of(id).collect();
    let sessions = book
        .sessions()
        .filter(|session| session.project.is_some_and(|project| projects.iter().any(|p| p.id == project)))
        .count();
    let money = book.earnings().filter(|earning| earning.platform == id).count()
        + book.payouts().filter(|payout| payout.platform == Some(id)).count();
    if sessions + money > 0 {
        let holds = match (sessions, money) {
            (sessions, 0) => check::counted(sessions, "session"),
            (0, money) => check::counted(money, "money record"),
            (sessions, money) => {
                format!("{} and {}", check::counted(sessions, "session"), check::counted(money, "money record"))
            }
        };
        return Err(Refusal::InUse(holds).into());
    }
    let mut edits: Vec<Edit> = Vec::new();
    for project in projects {
        edits.extend(book.terms_of(project.id).into_iter().map(|terms| Edit::delete(Arc::clone(terms))));
        edits.push(Edit::delete(Arc::clone(project)));
    }
    edits.extend(book.schedules_of(id).into_iter().map(|schedule| Edit::delete(Arc::clone(schedule))));
    edits.extend(book.routes().filter(|route| route.platform == Some(id)).map(|route| Edit::delete(Arc::clone(route))));
    edits.extend(movement::without_rules_of(book, id));
    edits.push(Edit::delete(Arc::clone(platform)));
    Ok(Change::new(edits))
}

/// The platform of an id, or that it is gone.
pub(super) fn platform_of(book: &Book, id: PlatformId) -> Result<&Arc<Platform>, Refused> {
    book.platform(id).ok_or_else(|| Refusal::Gone(Key::Platform(id)).into())
}

fn check_platform(book: &Book, platform: &Platform) -> Result<(), Refused> {
    check::name("A name", &platform.name)?;
    check::note(&platform.note)?;
    let taken = book
        .platforms()
        .any(|other| other.id != platform.id && other.name.trim().eq_ignore_ascii_case(platform.name.trim()));
    if taken { Err(Refusal::NameTaken(platform.name.clone()).at(Field::Name)) } else { Ok(()) }
}
