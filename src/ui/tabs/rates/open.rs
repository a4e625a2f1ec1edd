//! From a figure to its sessions: each figure of the Rates tab opens to the rows that it is made of.

use std::collections::BTreeSet;

use super::Asked;
use crate::domain::ids::{PlatformId, SessionId};
use crate::domain::query::hours::Selection;
use crate::domain::query::rates::{Group, Row, WorkRow, rows};
use crate::domain::query::work::Standing;
use crate::domain::span::DayRange;
use crate::ui::action::{Action, SessionFilter};
use crate::ui::cx::Cx;
use crate::ui::dialogs::{Dialog, SessionDialog, SettingsDialog};
use crate::ui::format::Style;
use crate::ui::view::names;
use crate::ui::view::rates::{Look, WarningVerb};

/// The actions of what was asked for; `look` is the one that the view was made for.
pub(super) fn answer(asked: Asked, cx: &Cx<'_>, look: &Look, actions: &mut Vec<Action>) {
    let said = |text: &str| Action::Say(text.to_owned());
    let action = match asked {
        Asked::Sessions { group, days } => Action::ShowSessions(filter(cx, look, group.as_ref(), days)),
        Asked::Verb(WarningVerb::Unpriced) => Action::ShowSessions(unpriced(cx, look)),
        Asked::Verb(WarningVerb::ExchangeRates(missing)) => {
            Action::Open(Box::new(Dialog::Settings(SettingsDialog::exchange_rates(cx, Some(missing)))))
        }
        Asked::Fill(fill) => Action::Do(fill.command(|| cx.fresh.draw())),
        Asked::Copy(text) => {
            actions.push(Action::Copy(text));
            said("Copied the table")
        }
        Asked::Picture(Some(picture)) => {
            actions.push(Action::CopyPicture(picture));
            said("Copied as a picture")
        }
        Asked::Picture(None) => said("The picture could not be drawn; nothing was copied"),
        Asked::AddSession => Action::Open(Box::new(Dialog::Session(SessionDialog::add(cx)))),
    };
    actions.push(action);
}

/// The sessions of a side, or of everything that is looked at; of some days of it where they are given.
fn filter(cx: &Cx<'_>, look: &Look, group: Option<&Group>, days: Option<DayRange>) -> SessionFilter {
    let book = cx.book;
    let mut selection = look.selection(book, cx.today);
    let when =
        days.map_or_else(|| look.days_in_words(book, cx.today), |days| Style::of(book.settings()).days(days, cx.today));
    selection.days = days.unwrap_or(selection.days);
    let chosen = look.platforms_in(book);
    let platform = match group {
        Some(Group::Platform(id)) => Some(*id),
        Some(Group::Project(id)) => book.project(*id).map(|project| project.platform),
        Some(Group::TaskType(_)) | None => only(&chosen),
    };
    let who = match group {
        Some(Group::Project(id)) => names::project_on_platform(book, Some(*id)),
        Some(Group::TaskType(Some(name))) => name.clone(),
        Some(Group::TaskType(None)) => "no task type".to_owned(),
        Some(Group::Platform(id)) => book.platform(*id).map_or_else(String::new, |platform| platform.name.clone()),
        None if chosen.is_empty() => "all platforms".to_owned(),
        None => look.platforms_in_words(book),
    };
    // What no filter of the list says is named session by session.
    let several = group.is_none() && chosen.len() > 1;
    let by_name = look.settled_only || several || matches!(group, Some(Group::TaskType(_)));
    let settled = if look.settled_only { ", settled only" } else { "" };
    SessionFilter {
        words: format!("{who}, {when}{settled}"),
        days: Some(selection.days),
        platform,
        project: match group {
            Some(Group::Project(id)) => Some(*id),
            Some(Group::Platform(_) | Group::TaskType(_)) | None => None,
        },
        sessions: by_name.then(|| sessions(cx, &selection, |row| is_of(cx, row, group))),
    }
}

/// The paid sessions without a price.
fn unpriced(cx: &Cx<'_>, look: &Look) -> SessionFilter {
    let selection = look.selection(cx.book, cx.today);
    SessionFilter {
        words: format!("without a price, {}", look.days_in_words(cx.book, cx.today)),
        days: Some(selection.days),
        platform: only(&look.platforms_in(cx.book)),
        project: None,
        sessions: Some(sessions(cx, &selection, |row| matches!(row.standing, Standing::Unpriced(_)))),
    }
}

/// The one platform that is chosen; `None` where none or several are.
fn only(chosen: &BTreeSet<PlatformId>) -> Option<PlatformId> {
    chosen.first().copied().filter(|_| chosen.len() == 1)
}

fn sessions(cx: &Cx<'_>, selection: &Selection, keep: impl Fn(&WorkRow) -> bool) -> BTreeSet<SessionId> {
    rows(&cx.figures.work, selection, cx.figures.at)
        .iter()
        .filter(|row| keep(row))
        .filter_map(|row| match &row.row {
            Row::Session(session) => Some(session.id),
            Row::Earning(_) => None,
        })
        .collect()
}

fn is_of(cx: &Cx<'_>, row: &WorkRow, group: Option<&Group>) -> bool {
    match group {
        None => true,
        Some(Group::Platform(id)) => row.platform == Some(*id),
        Some(Group::Project(id)) => row.project == Some(*id),
        Some(Group::TaskType(wanted)) => {
            let Row::Session(session) = &row.row else { return false };
            let usual = || cx.book.project(session.project?)?.usual_task_type.as_deref();
            // Time without a platform is on no side.
            row.platform.is_some() && session.task_type.as_deref().or_else(usual) == wanted.as_deref()
        }
    }
}
