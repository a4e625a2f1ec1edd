//! Projects and their terms: add, edit, delete while empty. New terms never change old work.

use std::sync::Arc;

use super::{check, lists, platform};
use crate::domain::book::Book;
use crate::domain::change::{Change, Edit, Key};
use crate::domain::ids::{ProjectId, TermsId};
use crate::domain::platform::Project;
use crate::domain::refusal::{Field, Refusal, Refused};
use crate::domain::terms::Terms;

pub(super) fn add(book: &Book, project: &Project, terms: Option<&Terms>) -> Result<Change, Refused> {
    check_project(book, project)?;
    let mut edits = vec![Edit::create(project.clone())];
    if let Some(terms) = terms {
        check::terms(terms)?;
        edits.push(Edit::create(terms.clone()));
    }
    Ok(Change::new(edits))
}

pub(super) fn edit(book: &Book, project: &Project) -> Result<Change, Refused> {
    let before = project_of(book, project.id)?;
    check_project(book, project)?;
    let stages = lists::stages(&before.stages, &project.stages)?;
    Ok(Change::replace(before, Project { stages, ..project.clone() }))
}

pub(super) fn delete(book: &Book, id: ProjectId) -> Result<Change, Refused> {
    let project = project_of(book, id)?;
    let sessions = book.sessions().filter(|session| session.project == Some(id)).count();
    let earnings = book.earnings().filter(|earning| earning.project == Some(id)).count();
    if sessions + earnings > 0 {
        let holds = if earnings == 0 {
            check::counted(sessions, "session")
        } else {
            format!("{} and {}", check::counted(sessions, "session"), check::counted(earnings, "earning"))
        };
        return Err(Refusal::InUse(holds).into());
    }
    let mut edits: Vec<Edit> = book.terms_of(id).into_iter().map(|terms| Edit::delete(Arc::clone(terms))).collect();
    edits.extend(
        book.schedules()
            .filter(|schedule| schedule.project == Some(id))
            .map(|schedule| Edit::delete(Arc::clone(schedule))),
    );
    edits.push(Edit::delete(Arc::clone(project)));
    Ok(Change::new(edits))
}

pub(super) fn set_terms(book: &Book, terms: &Terms) -> Result<Change, Refused> {
    project_of(book, terms.project)?;
    check::terms(terms)?;
    Ok(match book.terms(terms.id) {
        Some(before) => Change::replace(before, terms.clone()),
        None => Change::create(terms.clone()),
    })
}

pub(super) fn delete_terms(book: &Book, id: TermsId) -> Result<Change, Refused> {
    let terms = book.terms(id).ok_or_else(|| Refused::from(Refusal::Gone(Key::Terms(id))))?;
    Ok(Change::new(vec![Edit::delete(Arc::clone(terms))]))
}

fn project_of(book: &Book, id: ProjectId) -> Result<&Arc<Project>, Refused> {
    book.project(id).ok_or_else(|| Refusal::Gone(Key::Project(id)).into())
}

fn check_project(book: &Book, project: &Project) -> Result<(), Refused> {
    platform::platform_of(book, project.platform)?;
    check::name("A name", &project.name)?;
    check::note(&project.note)?;
    check::percent(project.platform_fee_percent)?;
    let taken = book
        .projects_of(project.platform)
        .any(|other| other.id != project.id && other.name.trim().eq_ignore_ascii_case(project.name.trim()));
    if taken { Err(Refusal::NameTaken(project.name.clone()).at(Field::Name)) } else { Ok(()) }
}
