//! Taking in: a command that may make a hundred thousand records. A backup comes first; then a thread plans it over the Book
//! as it stands, and a frame takes what came of it. Where the Book has moved on meanwhile it is planned again. Taking so much
//! back goes the same way, without a backup.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::backups::Then;
use super::carry::{UNDER_WAY, done, removes};
use crate::domain::backup::Reason;
use crate::domain::command::Command;
use crate::domain::refusal::Refused;
use crate::domain::span::Now;
use crate::engine::{Engine, NotTaken, Prepared, Wanted};

/// How often it is planned again before a frame does it.
pub(super) const MOST_TRIES: u8 = 4;

/// How many records are changed back in a frame; more of them beside it.
const FEW: usize = 2_000;

/// A command on its way.
#[derive(Debug, Clone)]
pub(super) struct Taking {
    pub(super) wanted: Wanted,
    /// Whether it is for the user's own Book, not for one that is shown in its place.
    of_own: bool,
    tries: u8,
}

/// What came of planning it; `None` where there was no thread for it.
pub(super) type Outcome = Option<Result<Box<Prepared>, Refused>>;

impl App {
    /// Carries a command out that takes something in, after a backup; at once where nothing is kept.
    pub(super) fn take_in(&mut self, ctx: &Context, command: Command, now: Now) {
        let of_own = !self.engines.shows_another();
        let taking = Taking { wanted: Wanted::DoInSight(Arc::new(command)), of_own, tries: 0 };
        self.taking_in += 1;
        match self.engines.own_mut().back_up(Reason::BeforeImport) {
            Some(number) => self.backups.wait(number, Then::TakeIn(taking)),
            None => self.prepare(ctx, taking, now),
        }
    }

    /// Takes the last command back, or does it again.
    pub(super) fn step_back(&mut self, ctx: &Context, wanted: Wanted, now: Now) {
        // What is on its way is neither done nor to be taken back yet.
        if self.takes_in() {
            self.screens.notice = Some(UNDER_WAY.to_owned());
            return;
        }
        let (undo, redo) = self.engines.shown.steps_back();
        let many = if matches!(wanted, Wanted::Redo) { redo > FEW } else { undo > FEW };
        let taking = Taking { wanted, of_own: !self.engines.shows_another(), tries: 0 };
        self.taking_in += 1;
        if many { self.prepare(ctx, taking, now) } else { self.in_this_frame(ctx, &taking, now) }
    }

    /// Whether something is on its way into the Book.
    pub(super) fn takes_in(&self) -> bool {
        self.taking_in > 0
    }

    /// Begins to plan it.
    pub(super) fn prepare(&mut self, ctx: &Context, taking: Taking, now: Now) {
        let Some(engine) = self.engine_of(&taking) else { return self.over() };
        // Older months would be missing in what is planned: the engine says so.
        if engine.is_opening() {
            return self.in_this_frame(ctx, &taking, now);
        }
        let snapshot = engine.snapshot(now);
        let ctx = ctx.clone();
        self.jobs.prepare(snapshot, taking, now, move || ctx.request_repaint());
    }

    /// It was planned: it is taken, or planned again.
    pub(super) fn prepared(&mut self, ctx: &Context, mut taking: Taking, outcome: Outcome, now: Now) {
        let Some(engine) = self.engine_of(&taking) else { return self.over() };
        let taken = match outcome {
            Some(Ok(prepared)) => engine.take_prepared(*prepared, now).map(|(words, replaced)| {
                self.jobs.let_go(replaced);
                words
            }),
            Some(Err(refused)) => Err(NotTaken::Refused(refused)),
            None => return self.in_this_frame(ctx, &taking, now),
        };
        match taken {
            Ok(words) => self.taken(ctx, &taking, &words),
            Err(NotTaken::Refused(refused)) => self.not_taken(&refused),
            // Another command is the last one now.
            Err(NotTaken::Moved) if matches!(taking.wanted, Wanted::Undo | Wanted::Redo) => {
                self.over();
                self.screens.notice = Some(UNDER_WAY.to_owned());
            }
            Err(NotTaken::Moved) if taking.tries < MOST_TRIES => {
                taking.tries += 1;
                self.prepare(ctx, taking, now);
            }
            Err(NotTaken::Moved) => self.in_this_frame(ctx, &taking, now),
        }
    }

    /// The engine that it is for; `None` where that is gone.
    fn engine_of(&mut self, taking: &Taking) -> Option<&mut Engine> {
        match (taking.of_own, self.engines.shows_another()) {
            (true, _) => Some(self.engines.own_mut()),
            (false, true) => Some(&mut self.engines.shown),
            (false, false) => None,
        }
    }

    fn in_this_frame(&mut self, ctx: &Context, taking: &Taking, now: Now) {
        let Some(engine) = self.engine_of(taking) else { return self.over() };
        let done = match &taking.wanted {
            Wanted::Do(command) => engine.dispatch(command, now),
            Wanted::DoInSight(command) => engine.dispatch_in_sight(command, now),
            Wanted::Undo => engine.undo(now),
            Wanted::Redo => engine.redo(now),
        };
        match done {
            Ok(words) => self.taken(ctx, taking, &words),
            Err(refused) => self.not_taken(&refused),
        }
    }

    fn taken(&mut self, ctx: &Context, taking: &Taking, words: &str) {
        self.over();
        let time = ctx.input(|input| input.time);
        match &taking.wanted {
            Wanted::Undo => self.screens.say(format!("Undone: {words}"), time),
            Wanted::Redo => self.screens.say(format!("Done again: {words}"), time),
            Wanted::Do(command) | Wanted::DoInSight(command) => {
                self.screens.refused = None;
                if taking.of_own && self.engines.shows_another() {
                    self.screens.say(done(words), time);
                } else if removes(command) {
                    self.screens.toast(done(words), time);
                }
            }
        }
        ctx.request_repaint();
    }

    fn not_taken(&mut self, refused: &Refused) {
        self.over();
        self.screens.notice = Some(refused.to_string());
    }

    fn over(&mut self) {
        self.taking_in = self.taking_in.saturating_sub(1);
    }
}
