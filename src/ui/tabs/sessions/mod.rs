//! The Sessions tab: days with totals and their sessions, verbs on what is chosen, the chosen day at the right.
//!
//! It remembers what is looked at, what is typed to search, what is chosen and the cell being edited; it never changes
//! the Book.

mod acts;
mod cell;
mod chosen;
mod day;
mod foot;
mod head;
mod keys;
mod list;
mod menu;
mod row;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Rect, Ui, UiBuilder, pos2};

use super::super::action::{Action, SessionFilter};
use super::super::cx::Cx;
use super::super::dialogs::FirstStartDialog;
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::bar::{ProjectChoice, project_choices};
use super::super::view::day::DayView;
use super::super::view::memo::Memo;
use super::super::view::sessions::{Index, Look, SessionsView};
use super::super::widgets::button;
use super::super::widgets::card::Card;
use super::super::widgets::empty::empty;
use super::choice;
use crate::domain::ids::SessionId;
use crate::domain::query::hours::Period;
use crate::domain::query::work::Work;
use crate::engine::Stamp;
use cell::CellEdit;
use chosen::Chosen;

/// From this width of the tab on the chosen day stands at the right. (A window of 1100 has margins of 16.)
const DAY_FROM: f32 = 1068.0;
const DAY_WIDTH: f32 = 320.0;

/// All that the rows depend on: the figures, the look, and the minutes of running timers.
type IndexKey = (Stamp, Look, i64);

/// All that the list depends on: that, and what is typed to search.
type ListKey = (IndexKey, String);

/// What is drawn, kept until what it depends on moves.
#[derive(Default)]
struct Views {
    index: Memo<IndexKey, Arc<Index>>,
    list: Memo<ListKey, SessionsView>,
    day: Memo<(Stamp, i64, NaiveDate), DayView>,
    projects: Memo<Stamp, Vec<ProjectChoice>>,
    task_types: Memo<Stamp, Vec<String>>,
    /// The list that the choice was last held against.
    kept: Option<ListKey>,
}

/// What is drawn in a frame.
struct Drawn<'v> {
    list: &'v SessionsView,
    day: &'v DayView,
    projects: &'v [ProjectChoice],
    task_types: &'v [String],
}

/// What the Sessions tab remembers about looking: scroll, choice, filters, cached view.
#[derive(Default)]
pub struct SessionsTab {
    look: Look,
    /// What is typed over the list.
    typed: head::Typed,
    views: Views,
    chosen: Chosen,
    editing: Option<CellEdit>,
    /// The session that the day was last scrolled to.
    day_at: Option<SessionId>,
    /// Whether a field had the focus when the last frame ended.
    was_typing: bool,
}

impl Views {
    /// What a look shows, made where it is not known. What it doesn't show any more is not chosen any more.
    fn read(&mut self, cx: &Cx<'_>, look: &Look, search: &str, chosen: &mut Chosen) -> Drawn<'_> {
        let stamp = cx.figures.stamp;
        let minutes: i64 = cx.book.open_sessions().map(|session| session.own_secs(cx.now.at) / 60).sum();
        let key = (stamp, look.clone(), minutes);
        let rows = || Arc::new(Index::of(cx.book, &cx.figures.work, look, cx.now, cx.today));
        let index = self.index.get(key.clone(), rows);
        let key = (key, search.to_owned());
        let list = self.list.get(key.clone(), || index.search(search));
        if self.kept.as_ref() != Some(&key) {
            chosen.keep(list);
            self.kept = Some(key);
        }
        let shown = chosen.last.and_then(|id| list.row(id)).map(|row| row.day);
        let day = shown.or_else(|| list.newest_day()).unwrap_or(cx.today);
        Drawn {
            list,
            day: self.day.get((stamp, minutes, day), || DayView::of(cx.book, day, cx.now, cx.today)),
            projects: self.projects.get(stamp, || project_choices(cx.book, cx.today)),
            task_types: self.task_types.get(stamp, || task_types_of(&cx.figures.work)),
        }
    }
}

impl SessionsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, filter: SessionFilter) {
        self.look = Look { filter: Some(filter), ..self.look.cleared() };
        self.typed = head::Typed::default();
        self.chosen.clear();
        self.editing = None;
    }

    /// What must be there before a verb of this tab can be used; `None` where it can be.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are not of this tab, or lack nothing")]
    pub fn lacks(&self, verb: Verb) -> Option<&'static str> {
        match verb {
            Verb::Edit
            | Verb::Continue
            | Verb::Duplicate
            | Verb::Split
            | Verb::FillGap
            | Verb::LeaveGap
            | Verb::RowMenu
            | Verb::ShowPlatform
            | Verb::ShowPayout
                if self.chosen.one().is_none() =>
            {
                Some("Choose one session first")
            }
            Verb::Delete
            | Verb::MoveTo
            | Verb::SetActivity
            | Verb::SetTaskType
            | Verb::SetCredited
            | Verb::RecordEarning
            | Verb::TurnPaid
                if self.chosen.ids.is_empty() =>
            {
                Some("Choose a session first")
            }
            _ => None,
        }
    }

    /// Makes what is drawn at first.
    pub fn prepare(&mut self, cx: &Cx<'_>) {
        self.views.read(cx, &self.look, &self.typed.search, &mut self.chosen);
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Self { look, typed, views, chosen, editing, day_at, was_typing } = self;
        let Drawn { list: view, day, projects, task_types } = views.read(cx, look, &typed.search, chosen);
        // What was sent and not refused is done.
        if editing.as_ref().is_some_and(|edit| edit.is_done(cx)) {
            *editing = None;
        }
        let pressed = choice::keys(ui.ctx(), view, chosen, (Verb::Find, Verb::ChooseAll), *was_typing);
        if pressed.free {
            keys::verbs(ui.ctx(), cx, view, chosen, actions);
        }

        let space = ui.available_rect_before_wrap();
        let gap = theme::tokens(ui).sizes.gap_l;
        let with_day = space.width() >= DAY_FROM && !view.nothing_recorded;
        let edge = if with_day { space.right() - DAY_WIDTH - gap } else { space.right() };
        let left = Rect::from_min_max(space.min, pos2(edge, space.max.y));
        ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
            Card::new().named("All sessions").height(left.height()).show(ui, |ui| {
                if view.nothing_recorded {
                    nothing_ui(ui, cx, actions);
                    return;
                }
                let mut parts = head::Parts { look, typed, view, task_types, find: pressed.find };
                head::ui(ui, cx, &mut parts, actions);
                if view.lines().is_empty() {
                    if no_match_ui(ui, look, &typed.search) {
                        *typed = head::Typed::default();
                        *look = Look { period: Period::All, ..look.cleared() };
                    }
                    return;
                }
                let mut parts = list::Parts { view, projects, task_types, chosen, editing, menu_key: pressed.menu };
                list::ui(ui, cx, &mut parts, actions);
            });
        });
        if with_day {
            let right = Rect::from_min_max(pos2(edge + gap, space.min.y), space.max);
            let scroll_to = chosen.last.filter(|_| *day_at != chosen.last);
            *day_at = chosen.last;
            ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
                Card::new().title(&day.title).height(right.height()).show(ui, |ui| {
                    if let Some(id) = day::ui(ui, day, &chosen.ids, scroll_to) {
                        chosen.only(id);
                        chosen.show.set(Some(id));
                        *day_at = chosen.last;
                    }
                });
            });
        }
        *was_typing = ui.ctx().text_edit_focused();
    }
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let line = "Start the timer, or enter time by hand. Days and their totals stand here.";
    if empty(ui, "No sessions yet", line, Some(Verb::AddSession.words().name)) && !cx.read_only {
        actions.push(acts::add(cx));
    }
    if !cx.read_only {
        for (verb, action) in [
            (Verb::AddHours, acts::add_hours as fn(&Cx<'_>) -> Action),
            (Verb::Import, |_cx| Action::Ask(Verb::Import)),
        ] {
            let (words, key) = (verb.words(), verb.key_text());
            ui.vertical_centered(|ui| {
                let button = button::link(words.name).color(theme::tokens(ui).accent);
                if ui.add(button.tip(words.name, &key, words.line)).clicked() {
                    actions.push(action(cx));
                }
            });
        }
    }
    FirstStartDialog::offer_ui(ui, cx, actions);
}

/// Says why nothing is shown; true where all is to be shown.
fn no_match_ui(ui: &mut Ui, look: &Look, search: &str) -> bool {
    let search = search.trim();
    let (title, line) = if !search.is_empty() {
        ("Nothing found", format!("No session of these days and filters has “{search}”."))
    } else if look.filter.is_some() {
        ("Nothing here", "No session fits the filter any more.".to_owned())
    } else {
        ("Nothing here", "No session fits the period and the filters.".to_owned())
    };
    empty(ui, title, &line, Some("Show all"))
}

/// The task types in use, by name.
fn task_types_of(work: &Work) -> Vec<String> {
    let of_projects = work.book().projects().filter_map(|project| project.usual_task_type.as_deref());
    let all: BTreeSet<&str> = work.task_types().map(|known| &**known).chain(of_projects).collect();
    all.into_iter().map(ToOwned::to_owned).collect()
}
