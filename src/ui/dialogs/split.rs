//! A session cut in two: at which time, and how many of its tasks belong to the second part.

use chrono::TimeDelta;
use egui::Ui;

use super::super::action::Action;
use super::super::cx::Cx;
use super::super::format::{self, Style};
use super::super::typed;
use super::super::view::names;
use super::super::view::sessions::time_words;
use super::super::widgets::card;
use super::super::widgets::dialog::Dialog;
use super::super::widgets::field::{Field as TextField, reason_ui};
use super::parts::{answer, refused, refused_elsewhere, row, share};
use crate::domain::command::{self, Command, Split};
use crate::domain::ids::SessionId;
use crate::domain::refusal::{Field, Refusal};
use crate::domain::session::Session;
use crate::domain::span::{Now, Timestamp, WallClock, day_plus, wall_clock};

/// A session cut in two.
#[derive(Debug)]
pub struct SplitDialog {
    id: SessionId,
    rest: SessionId,
    at: String,
    tasks: String,
    /// Sent, and not changed since: then a refusal is of this draft.
    sent: bool,
}

/// What the drafts say.
#[derive(Debug, Default)]
struct Read {
    split: Option<Split>,
    at: Option<Result<String, String>>,
    tasks: Option<String>,
    whole: Option<String>,
}

impl SplitDialog {
    /// In the middle of a session.
    #[must_use]
    pub fn new(cx: &Cx<'_>, session: &Session) -> Self {
        let interval = session.interval(cx.now.at);
        let middle = interval.from + TimeDelta::seconds(interval.secs() / 120 * 60);
        Self {
            id: session.id,
            rest: SessionId(cx.fresh.draw()),
            at: format::time(middle, session.zone),
            tasks: String::new(),
            sent: false,
        }
    }

    /// Draws the dialog and pushes what the user asked for.
    pub fn ui(&mut self, ctx: &egui::Context, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let Some(session) = cx.book.session(self.id) else {
            // Gone meanwhile: there is nothing to cut.
            return actions.push(Action::CloseDialog);
        };
        let mut read = self.read(cx, session);
        if self.sent {
            read.at = refused(cx, Field::Start).map(Err).or(read.at);
            read.tasks = refused(cx, Field::Tasks).or(read.tasks);
            read.whole = refused_elsewhere(cx, &[Field::Start, Field::Tasks]).or(read.whole);
        }
        let sendable = read.split.is_some() && !cx.read_only;
        let dialog = Dialog::new("Split session", "Split").sendable(sendable);
        let shown = dialog.show(ctx, |ui| self.body_ui(ui, cx, session, &read));
        if shown.inner {
            self.sent = false;
        }
        self.sent |= answer(shown.outcome, actions, || self.read(cx, session).split.map(Command::SplitSession));
    }

    /// The fields; true where something was changed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, session: &Session, read: &Read) -> bool {
        if let Some(reason) = &read.whole {
            reason_ui(ui, reason);
        }
        let own = format::hours(session.own_secs(cx.now.at));
        let name = names::project(cx.book, session.project);
        card::note(
            ui,
            &format!("{name}, {}, {own}. Each part can then have a project of its own.", time_words(session)),
        );
        row(ui, |ui| {
            let width = share(ui, 2);
            let mut at = TextField::new("At", &mut self.at).width(width).limit(40).hint("10:30").autofocus();
            at = match &read.at {
                Some(Ok(note)) => at.note(note),
                Some(Err(reason)) => at.reason(Some(reason)),
                None => at,
            };
            let mut changed = at.show(ui).response.changed();
            if let Some(tasks) = session.tasks.filter(|tasks| tasks.get() > 0) {
                let note = format!("of {tasks}; the rest stay with the first");
                let field =
                    TextField::new("Tasks of the second part", &mut self.tasks).width(width).limit(20).hint("0");
                changed |= field.note(&note).reason(read.tasks.as_deref()).show(ui).response.changed();
            }
            changed
        })
    }

    fn read(&self, cx: &Cx<'_>, session: &Session) -> Read {
        let mut read = Read::default();
        let mut tasks_after = 0;
        if !self.tasks.trim().is_empty() {
            match Style::of(cx.book.settings()).reader().count(&self.tasks) {
                Ok(tasks) => tasks_after = tasks,
                Err(reason) => read.tasks = Some(reason.to_string()),
            }
        }
        let at = match (!self.at.trim().is_empty()).then(|| instant_of(&self.at, session, cx.now)) {
            Some(Ok(at)) => at,
            Some(Err(reason)) => {
                read.at = Some(Err(reason));
                return read;
            }
            None => return read,
        };
        let split = Split { id: self.id, at, rest: self.rest, tasks_after };
        match command::plan(cx.book, &Command::SplitSession(split.clone()), cx.now) {
            Ok(_) => {
                let of = |part: &Session| format::hours(part.own_secs(cx.now.at));
                let words = format!("{} and {}", of(&session.cut_after(at)), of(&session.cut_before(at)));
                read.at = Some(Ok(words));
                read.split = Some(split).filter(|_| read.tasks.is_none());
            }
            Err(refused) if refused.field == Field::Start => read.at = Some(Err(refused.to_string())),
            Err(refused) if refused.field == Field::Tasks => read.tasks = Some(refused.to_string()),
            Err(refused) => read.whole = Some(refused.to_string()),
        }
        read
    }
}

/// The first instant inside a session at which its clocks show a time; the first at all where none is inside.
fn instant_of(text: &str, session: &Session, now: Now) -> Result<Timestamp, String> {
    let time = typed::time(text).map_err(|reason| reason.to_string())?;
    let interval = session.interval(now.at);
    let first = interval.from.with_timezone(&session.zone).date_naive();
    let mut skipped = None;
    let mut found = Vec::new();
    for day in (0..=3).map(|later| day_plus(first, later)) {
        match wall_clock(day, time, session.zone) {
            WallClock::Once(at) => found.push(at),
            WallClock::Twice { earlier, later } => found.extend([earlier, later]),
            WallClock::Skipped => skipped = skipped.or(Some(Refusal::TimeSkipped { day, time })),
        }
    }
    let inside = found.iter().copied().find(|at| interval.from < *at && *at < interval.until);
    match (inside, skipped, found.first()) {
        (Some(at), _, _) => Ok(at),
        (None, None, Some(at)) => Ok(*at),
        (None, Some(skipped), _) => Err(skipped.to_string()),
        (None, None, None) => Ok(interval.from),
    }
}
