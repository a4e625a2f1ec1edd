//! Callers at the window's door: a second start that wants it in front, and writing verbs of the terminal.
//!
//! Looked after also while the window is hidden. Files are read by a thread, and what comes of them is planned by one; then a
//! frame takes it into the user's own Book, also while a sample or a form is open; and the answer goes once that is on the
//! disk. What came in is told in the strip.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{UserAttentionType, ViewportCommand};

use super::App;
use super::carry::{STILL_READING, done};
use super::taking_in::MOST_TRIES;
use crate::domain::backup::Reason;
use crate::domain::refusal::Refused;
use crate::domain::span::Now;
use crate::door::{self, BackedUp, Plan, Planned, Prepared};
use crate::engine::{self, NotTaken, Snapshot, Wanted};
use crate::ports::Saving;
use crate::ports::door::{Answer, Call, Caller, Door, Doorbell, Errand, Outcome, Wake};
use crate::ui::view::saving;

/// Why there is no backup of a Book that is in memory only.
const NOT_KEPT: &str = "Nothing is kept of this book";

/// Who is at the door, and what is being done for them.
#[derive(Default)]
pub(super) struct Visitors {
    door: Option<Door>,
    /// Where a door is to stand as soon as the Book can be written.
    place: Option<Place>,
    waiting: VecDeque<(Caller, Errand)>,
    at_work: Option<Work>,
    /// What came in since the last frame.
    news: Option<News>,
    /// Whether the desktop was asked to point at the window.
    attention: bool,
}

/// Where a door can stand.
struct Place {
    bell: Arc<dyn Doorbell>,
    folder: PathBuf,
    wake: Wake,
}

/// An errand that was begun.
enum Work {
    /// Its files are being read.
    Reading(Caller, Receiver<Result<Prepared, Answer>>),
    /// It is being planned over the Book.
    Planning(Caller, Planning, Receiver<Comes>),
    /// A backup of this number comes before it; `None` where the backup is all.
    BackingUp(Caller, Option<Ready>, u64),
    /// What it changed, in words, is on its way to the disk.
    Saving(Caller, Answer, String),
}

/// What is planned. Where the Book moves on meanwhile it is planned again.
#[derive(Clone)]
struct Planning {
    prepared: Arc<Prepared>,
    /// The backup before it, once there is one.
    backup: Option<BackedUp>,
    tries: u8,
}

/// What a frame can take.
struct Ready {
    planning: Planning,
    plan: Plan,
    prepared: Box<engine::Prepared>,
}

/// What came of planning it.
enum Comes {
    /// Nothing is to be changed.
    Answer(Answer),
    /// A backup is to be made.
    BackUp,
    /// What is to be done is refused.
    Refused(Plan, Refused),
    /// A frame can take it.
    Ready(Plan, Box<engine::Prepared>),
}

/// What came in, in words.
struct News {
    text: String,
    /// Whether undo in this window takes it back: not in one that shows a sample.
    undo: bool,
    /// Whether it was told already, under an open form.
    told: bool,
}

impl Visitors {
    /// Whether something of theirs is being done.
    pub(super) fn are_at_work(&self) -> bool {
        self.at_work.is_some()
    }
}

impl App {
    /// With a door at which others of this user's programs ring.
    #[must_use]
    pub fn with_door(mut self, door: Door) -> Self {
        self.visitors.door = Some(door);
        self
    }

    /// With the doors of this user: one stands for the Book of this folder as soon as this window writes it.
    #[must_use]
    pub fn with_bell(mut self, bell: Arc<dyn Doorbell>, folder: &Path, wake: Wake) -> Self {
        self.visitors.place = Some(Place { bell, folder: folder.to_owned(), wake });
        self
    }

    /// A Book that can be written is locked by this window: nobody else has its door.
    fn stand_door(&mut self) {
        if self.visitors.door.is_some() || self.engines.own_mut().read_only().is_some() {
            return;
        }
        if let Some(Place { bell, folder, wake }) = self.visitors.place.take() {
            match bell.open(&folder, wake) {
                Ok(door) => self.visitors.door = Some(door),
                Err(why) => log::warn!("a second start will not find this window: {why}"),
            }
        }
    }

    /// Looks who is at the door, and goes on with what was begun.
    pub(super) fn look_at_door(&mut self, ctx: &egui::Context) {
        if self.visitors.attention && ctx.input(|input| input.viewport().focused) == Some(true) {
            ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Reset));
            self.visitors.attention = false;
        }
        self.stand_door();
        while let Some(caller) = self.visitors.door.as_ref().and_then(Door::next) {
            match caller.call().clone() {
                Call::Raise if caller.begin() => caller.answer(self.raise(ctx)),
                Call::Raise => {}
                Call::Do(errand) => self.visitors.waiting.push_back((caller, errand)),
            }
        }
        while self.goes_on(ctx) {}
    }

    fn raise(&mut self, ctx: &egui::Context) -> Answer {
        ctx.send_viewport_cmd(ViewportCommand::Visible(true));
        ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
        ctx.send_viewport_cmd(ViewportCommand::Focus);
        if ctx.input(|input| input.viewport().focused) != Some(true) {
            ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            self.visitors.attention = true;
        }
        ctx.request_repaint();
        let line = if self.desktop.can_raise() {
            "TrueRate is open already; its window was brought to the front"
        } else {
            "TrueRate is open already; this desktop lets no program bring its window to the front, so look for it there"
        };
        Answer { lines: vec![line.to_owned()], outcome: Outcome::Done }
    }

    /// A step of what is to be done; false where there is nothing, or it has to be waited for.
    fn goes_on(&mut self, ctx: &egui::Context) -> bool {
        match self.visitors.at_work.take() {
            None => self.begin_errand(ctx),
            Some(Work::Reading(caller, comes)) => {
                match comes.try_recv() {
                    Ok(Ok(prepared)) => self.plan_errand(caller, Planning::of(prepared), ctx),
                    Ok(Err(answer)) => caller.answer(answer),
                    Err(TryRecvError::Empty) => {
                        self.visitors.at_work = Some(Work::Reading(caller, comes));
                        return false;
                    }
                    Err(TryRecvError::Disconnected) => caller.answer(no_thread()),
                }
                true
            }
            Some(Work::Planning(caller, planning, comes)) => {
                match comes.try_recv() {
                    Ok(came) => self.planned_errand(caller, planning, came, ctx),
                    Err(TryRecvError::Empty) => {
                        self.visitors.at_work = Some(Work::Planning(caller, planning, comes));
                        return false;
                    }
                    Err(TryRecvError::Disconnected) => caller.answer(no_thread()),
                }
                true
            }
            Some(Work::BackingUp(caller, ready, number)) => {
                let mut told = self.engines.own().backups();
                let Some(backup) = told.asked_for.remove(&number) else {
                    self.visitors.at_work = Some(Work::BackingUp(caller, ready, number));
                    return false;
                };
                self.backed_up_errand(caller, ready, backup.map(|backup| (backup, told.trouble)), ctx);
                true
            }
            Some(Work::Saving(caller, mut answer, words)) => {
                match self.engines.own_mut().saving() {
                    Saving::Pending => {
                        self.visitors.at_work = Some(Work::Saving(caller, answer, words));
                        return false;
                    }
                    Saving::Saved | Saving::Sample => answer.lines.push(door::done(&words)),
                    Saving::Failing(failing) => not_written(&mut answer, &saving::what(&failing)),
                    Saving::ReadOnly(why) => not_written(&mut answer, &format!("{why}.")),
                }
                caller.answer(answer);
                true
            }
        }
    }

    fn begin_errand(&mut self, ctx: &egui::Context) -> bool {
        // What older months hold is not known yet; they come soon.
        if self.engines.own_mut().is_opening() {
            return false;
        }
        let Some((caller, errand)) = self.visitors.waiting.pop_front() else { return false };
        if !caller.begin() {
            return true;
        }
        let (Some(disk), Some(place)) = (self.jobs.disk(), &self.place) else {
            caller.answer(Answer::failed(Outcome::NotRead, "There is no disk here"));
            return true;
        };
        let (folder, settings) = (place.dir.clone(), Arc::clone(self.engines.own().book().settings()));
        match beside(ctx, move || door::prepare(&errand, &folder, &settings, disk.as_ref())) {
            Ok(comes) => self.visitors.at_work = Some(Work::Reading(caller, comes)),
            Err(error) => {
                log::error!("no thread for an errand: {error}");
                caller.answer(no_thread());
            }
        }
        true
    }

    /// Begins to plan it; where there is no thread for that, or the Book moves on too often, it is planned in this frame.
    fn plan_errand(&mut self, caller: Caller, planning: Planning, ctx: &egui::Context) {
        let now = self.own_now();
        let (snapshot, seed) = (self.engines.own_mut().snapshot(now), self.ids.draw());
        if planning.tries > MOST_TRIES {
            let came = planning.comes(snapshot, seed, now);
            return self.planned_errand(caller, planning, came, ctx);
        }
        let over = planning.clone();
        match beside(ctx, move || over.comes(snapshot, seed, now)) {
            Ok(comes) => self.visitors.at_work = Some(Work::Planning(caller, planning, comes)),
            Err(error) => {
                log::warn!("no thread plans an errand: {error}");
                self.plan_errand(caller, Planning { tries: u8::MAX, ..planning }, ctx);
            }
        }
    }

    /// It was planned: a backup comes next, where there is none yet.
    fn planned_errand(&mut self, caller: Caller, planning: Planning, came: Comes, ctx: &egui::Context) {
        let (ready, reason) = match came {
            Comes::Answer(answer) => return caller.answer(answer),
            Comes::Refused(plan, refused) => return caller.answer(plan.refused(&refused)),
            Comes::BackUp => (None, Reason::ByHand),
            Comes::Ready(plan, prepared) => {
                let (backup, reason) = (planning.backup.clone(), plan.reason);
                let ready = Some(Ready { planning, plan, prepared });
                match backup {
                    Some(backup) => return self.backed_up_errand(caller, ready, backup, ctx),
                    None => (ready, reason),
                }
            }
        };
        match self.engines.own_mut().back_up(reason) {
            Some(number) => self.visitors.at_work = Some(Work::BackingUp(caller, ready, number)),
            None => self.backed_up_errand(caller, ready, Err(NOT_KEPT.to_owned()), ctx),
        }
    }

    /// There is a backup, or none can be made: what is ready is taken, or planned again.
    fn backed_up_errand(&mut self, caller: Caller, ready: Option<Ready>, backup: BackedUp, ctx: &egui::Context) {
        let Some(Ready { planning, plan, prepared }) = ready else { return caller.answer(door::backed_up(backup)) };
        let plan = match plan.after(&backup) {
            Ok(plan) => plan,
            Err(answer) => return caller.answer(answer),
        };
        let now = self.own_now();
        match self.engines.own_mut().take_prepared(*prepared, now) {
            Ok((words, replaced)) => {
                self.jobs.let_go(replaced);
                self.came_in(caller, plan.carried(), words, ctx);
            }
            Err(NotTaken::Refused(refused)) => caller.answer(plan.refused(&refused)),
            // Never so today: a Book that is read again comes whole.
            Err(NotTaken::Moved) if self.engines.own().is_opening() => {
                caller.answer(Answer::failed(Outcome::NotWritten, STILL_READING));
            }
            Err(NotTaken::Moved) => {
                let tries = planning.tries.saturating_add(1);
                self.plan_errand(caller, Planning { backup: Some(backup), tries, ..planning }, ctx);
            }
        }
    }

    /// The moment in the zone of the user's own Book.
    fn own_now(&self) -> Now {
        Now { zone: self.engines.own().book().settings().zone, ..self.clock.now() }
    }

    /// It is in the Book: that is told, and answered once it is saved.
    fn came_in(&mut self, caller: Caller, answer: Answer, words: String, ctx: &egui::Context) {
        let undo = !self.engines.shows_another();
        let to = if undo { "From the terminal" } else { "From the terminal, into your own book" };
        self.visitors.news = Some(News { text: format!("{to}: {}", within(&done(&words))), undo, told: false });
        self.visitors.at_work = Some(Work::Saving(caller, answer, words));
        ctx.request_repaint();
    }

    /// Tells what came in. A form that is open dims the strip: it is told once more when that is closed.
    pub(super) fn tell_news(&mut self, time: f64) {
        let covered = self.screens.dialog.is_some();
        let Some(news) = &mut self.visitors.news else { return };
        if std::mem::replace(&mut news.told, true) && covered {
            return;
        }
        let (text, undo) = (news.text.clone(), news.undo);
        if undo {
            self.screens.toast(text, time);
        } else {
            self.screens.say(text, time);
        }
        if !covered {
            self.visitors.news = None;
        }
    }

    /// The window ends: nobody is let in any more, and who waits is told.
    pub(super) fn close_door(&mut self) -> Option<(Caller, Answer, String)> {
        let visitors = std::mem::take(&mut self.visitors);
        match visitors.at_work {
            Some(Work::Saving(caller, answer, words)) => Some((caller, answer, words)),
            Some(Work::Reading(caller, _) | Work::BackingUp(caller, ..) | Work::Planning(caller, ..)) => {
                caller.answer(Answer::failed(Outcome::NotWritten, "The window was closed: nothing was done"));
                None
            }
            None => None,
        }
    }
}

impl Planning {
    fn of(prepared: Prepared) -> Self {
        Self { prepared: Arc::new(prepared), backup: None, tries: 0 }
    }

    fn comes(&self, snapshot: Snapshot, seed: u64, now: Now) -> Comes {
        let plan = match door::plan(&self.prepared, snapshot.book(), seed, now) {
            Planned::Answer(answer) => return Comes::Answer(answer),
            Planned::BackUp => return Comes::BackUp,
            Planned::Command(plan) => plan,
        };
        match snapshot.prepare(&Wanted::Do(Arc::clone(&plan.command)), now) {
            Ok(prepared) => Comes::Ready(plan, Box::new(prepared)),
            Err(refused) => Comes::Refused(plan, refused),
        }
    }
}

/// Does something in a thread of its own; the window is woken when it is done.
fn beside<T: Send + 'static>(ctx: &egui::Context, job: impl FnOnce() -> T + Send + 'static) -> io::Result<Receiver<T>> {
    let (done, comes) = channel();
    let ctx = ctx.clone();
    std::thread::Builder::new().name("truerate-errand".to_owned()).spawn(move || {
        if done.send(job()).is_err() {
            log::debug!("the window was closed before an errand was done");
        }
        ctx.request_repaint();
    })?;
    Ok(comes)
}

/// What was done, in the middle of a sentence: "imported 4 rates …".
fn within(done: &str) -> String {
    let mut letters = done.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// It was carried out and is not on the disk, and why.
fn not_written(answer: &mut Answer, why: &str) {
    answer.lines.push(format!("{why} The open window keeps it"));
    answer.outcome = Outcome::NotWritten;
}

fn no_thread() -> Answer {
    Answer::failed(Outcome::NotRead, "There is no room for the thread that reads files")
}
