//! The Sessions tab: days with totals and their sessions, verbs on what is chosen, the chosen day at the right.
//!
//! It remembers what is looked at, what is chosen and the cell being edited; it never changes the Book.

mod cell;
mod day;
mod head;
mod list;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use egui::{Key, Modifiers, Popup, Rect, Ui, UiBuilder, pos2};

use super::super::action::{Action, SessionFilter};
use super::super::cx::Cx;
use super::super::dialogs::{Dialog, FirstStartDialog, SessionDialog};
use super::super::theme;
use super::super::verbs::Verb;
use super::super::view::bar::{ProjectChoice, project_choices};
use super::super::view::day::DayView;
use super::super::view::memo::Memo;
use super::super::view::sessions::{Look, SessionRow, SessionsView};
use super::super::widgets::card::Card;
use super::super::widgets::empty::empty;
use crate::domain::command::{Command, Start};
use crate::domain::ids::SessionId;
use crate::domain::query::hours::Period;
use crate::domain::session::Session;
use crate::engine::Stamp;
use cell::CellEdit;

/// From this width of the tab on the chosen day stands at the right. (A window of 1100 has margins of 16.)
const DAY_FROM: f32 = 1068.0;
const DAY_WIDTH: f32 = 320.0;

/// All that the list depends on: the figures, the look, and the minutes of running timers.
type ViewKey = (Stamp, Look, i64);

/// What the Sessions tab remembers about looking: scroll, choice, filters, cached view.
#[derive(Default)]
pub struct SessionsTab {
    look: Look,
    view: Memo<ViewKey, SessionsView>,
    day: Memo<(Stamp, i64, NaiveDate), DayView>,
    projects: Memo<Stamp, Vec<ProjectChoice>>,
    chosen: Chosen,
    editing: Option<CellEdit>,
}

/// The chosen rows.
#[derive(Debug, Default)]
struct Chosen {
    ids: BTreeSet<SessionId>,
    /// The one that was chosen last: where Shift and the arrows go from, and whose day is shown.
    last: Option<SessionId>,
    /// To be brought into sight.
    show: Option<SessionId>,
}

impl Chosen {
    fn only(&mut self, id: SessionId) {
        self.ids = BTreeSet::from([id]);
        self.last = Some(id);
    }

    /// A click with what was held down.
    fn click(&mut self, view: &SessionsView, id: SessionId, held: Modifiers) {
        if held.shift
            && let Some(from) = self.last.and_then(|last| view.line_of(last))
            && let Some(to) = view.line_of(id)
        {
            self.ids = view.sessions_between(from, to).map(SessionRow::id).collect();
        } else if held.command {
            if !self.ids.remove(&id) {
                self.ids.insert(id);
            }
            self.last = Some(id);
        } else {
            self.only(id);
        }
    }

    /// Forgets what is no longer shown.
    fn keep(&mut self, view: &SessionsView) {
        if self.ids.is_empty() && self.last.is_none() {
            return;
        }
        let shown: BTreeSet<SessionId> = view.sessions().map(SessionRow::id).collect();
        self.ids.retain(|id| shown.contains(id));
        self.last = self.last.filter(|id| shown.contains(id));
    }

    /// The only chosen row.
    fn one(&self) -> Option<SessionId> {
        self.ids.first().copied().filter(|_| self.ids.len() == 1)
    }
}

impl SessionsTab {
    /// Shows what another screen asked for.
    pub fn show(&mut self, filter: SessionFilter) {
        self.look = Look { filter: Some(filter), platform: None, activity: None, ..self.look.clone() };
        self.chosen = Chosen::default();
        self.editing = None;
    }

    /// What must be there before a verb of this tab can be used; `None` where it can be.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are not of this tab, or lack nothing")]
    pub fn lacks(&self, verb: Verb) -> Option<&'static str> {
        match verb {
            Verb::Edit | Verb::Continue if self.chosen.one().is_none() => Some("Choose one session first"),
            Verb::Delete if self.chosen.ids.is_empty() => Some("Choose a session first"),
            _ => None,
        }
    }

    /// Draws the tab and pushes what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let minutes: i64 = cx.book.open_sessions().map(|session| session.own_secs(cx.now.at) / 60).sum();
        let key = (cx.figures.stamp, self.look.clone(), minutes);
        let Self { look, view, day, projects, chosen, editing } = self;
        let view = view.get(key, || SessionsView::of(cx.book, &cx.figures.work, look, cx.now, cx.today));
        chosen.keep(view);
        // What was sent and not refused is done.
        if editing.as_ref().is_some_and(|edit| edit.is_done(cx)) {
            *editing = None;
        }
        keys(ui, cx, view, chosen, actions);

        let space = ui.available_rect_before_wrap();
        let gap = theme::tokens(ui).sizes.gap_l;
        let with_day = space.width() >= DAY_FROM && !view.nothing_recorded;
        let edge = if with_day { space.right() - DAY_WIDTH - gap } else { space.right() };
        let left = Rect::from_min_max(space.min, pos2(edge, space.max.y));
        ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
            Card::new().named("All sessions").height(left.height()).show(ui, |ui| {
                if view.nothing_recorded {
                    let line = "Start the timer, or enter time by hand. Days and their totals stand here.";
                    if empty(ui, "No sessions yet", line, Some(Verb::AddSession.words().name)) && !cx.read_only {
                        actions.push(add(cx));
                    }
                    FirstStartDialog::offer_ui(ui, cx, actions);
                    return;
                }
                head::ui(ui, cx, look, view, actions);
                if view.lines.is_empty() {
                    if look.filter.is_some() {
                        empty(ui, "Nothing here", "No session fits the filter any more.", None);
                    } else if empty(ui, "Nothing here", "No session fits the period and the filters.", Some("Show all"))
                    {
                        *look = Look { period: Period::All, ..Look::default() };
                    }
                    return;
                }
                let projects = projects.get(cx.figures.stamp, || project_choices(cx.book, cx.today));
                list::ui(ui, cx, &mut list::Parts { view, projects, chosen, editing }, actions);
            });
        });
        if with_day {
            let right = Rect::from_min_max(pos2(edge + gap, space.min.y), space.max);
            let shown = chosen.last.and_then(|id| view.row(id)).map(|row| row.day);
            let of = shown.or_else(|| view.newest_day()).unwrap_or(cx.today);
            let drawn = day.get((cx.figures.stamp, minutes, of), || DayView::of(cx.book, of, cx.now, cx.today));
            ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
                Card::new().title(&drawn.title).height(right.height()).show(ui, |ui| {
                    if let Some(id) = day::ui(ui, drawn, &chosen.ids) {
                        chosen.only(id);
                        chosen.show = Some(id);
                    }
                });
            });
        }
    }
}

/// The keys of the tab: they act on what is chosen, while nothing is typed and no list or dialog is open.
fn keys(ui: &Ui, cx: &Cx<'_>, view: &SessionsView, chosen: &mut Chosen, actions: &mut Vec<Action>) {
    let ctx = ui.ctx();
    let free = !Popup::is_any_open(ctx)
        && ctx.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    if free {
        let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let step = if pressed(Key::ArrowDown) {
            Some(1)
        } else if pressed(Key::ArrowUp) {
            Some(-1)
        } else {
            None
        };
        if let Some(id) = step.and_then(|step| beside(view, chosen.last, step)) {
            chosen.only(id);
            chosen.show = Some(id);
        }
    }
    if cx.read_only || chosen.ids.is_empty() {
        return;
    }
    let one = chosen.one().and_then(|id| view.row(id));
    if let Some(row) = one
        && Verb::Edit.pressed(ctx)
    {
        actions.push(edit(cx, &row.session));
    }
    if Verb::Delete.pressed(ctx) {
        actions.push(Action::Do(Command::DeleteSessions(chosen.ids.iter().copied().collect())));
    }
    if let Some(row) = one.filter(|row| !row.session.is_open())
        && Verb::Continue.pressed(ctx)
    {
        actions.push(go_on(cx, &row.session));
    }
}

/// The session one row below or above; the first where none is chosen.
fn beside(view: &SessionsView, from: Option<SessionId>, step: i32) -> Option<SessionId> {
    let mut ids = view.sessions().map(SessionRow::id);
    let Some(from) = from else { return ids.next() };
    if step > 0 { ids.skip_while(|id| *id != from).nth(1) } else { ids.rev().skip_while(|id| *id != from).nth(1) }
}

fn add(cx: &Cx<'_>) -> Action {
    Action::Open(Box::new(Dialog::Session(SessionDialog::add(cx))))
}

fn edit(cx: &Cx<'_>, session: &Session) -> Action {
    Action::Open(Box::new(Dialog::Session(SessionDialog::edit(cx, session))))
}

/// The same work, begun again now; whatever else runs is stopped.
fn go_on(cx: &Cx<'_>, session: &Session) -> Action {
    Action::Do(Command::SwitchSession(Start {
        id: SessionId(cx.fresh.draw()),
        project: session.project,
        activity: session.activity,
        task_type: session.task_type.clone(),
        started_at: cx.now.at,
    }))
}
