//! Callers at the window's door: a second start that wants it in front, and writing verbs of the terminal.
//!
//! Looked after also while the window is hidden. Files are read by a thread; then one command of the user's own Book, also
//! while a sample or a form is open; and the answer goes once that is on the disk. What came in is told in the strip.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{UserAttentionType, ViewportCommand};

use super::App;
use super::carry::done;
use crate::domain::backup::Backup;
use crate::door::{self, Carried, Prepared};
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
    /// A backup of this number comes before it.
    BackingUp(Caller, Prepared, u64),
    /// What it changed is on its way to the disk.
    Saving(Caller, Answer),
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
                    Ok(Ok(prepared)) => match self.engines.own_mut().back_up(prepared.reason()) {
                        Some(number) => self.visitors.at_work = Some(Work::BackingUp(caller, prepared, number)),
                        None => self.carry_out_errand(caller, &prepared, Err(NOT_KEPT.to_owned()), ctx),
                    },
                    Ok(Err(answer)) => caller.answer(answer),
                    Err(TryRecvError::Empty) => {
                        self.visitors.at_work = Some(Work::Reading(caller, comes));
                        return false;
                    }
                    Err(TryRecvError::Disconnected) => caller.answer(no_thread()),
                }
                true
            }
            Some(Work::BackingUp(caller, prepared, number)) => {
                let told = self.engines.own_mut().backups().asked_for.remove(&number);
                let Some(backup) = told else {
                    self.visitors.at_work = Some(Work::BackingUp(caller, prepared, number));
                    return false;
                };
                self.carry_out_errand(caller, &prepared, backup, ctx);
                true
            }
            Some(Work::Saving(caller, mut answer)) => {
                match self.engines.own_mut().saving() {
                    Saving::Pending => {
                        self.visitors.at_work = Some(Work::Saving(caller, answer));
                        return false;
                    }
                    Saving::Saved | Saving::Sample => {}
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
        let Some(disk) = self.jobs.disk() else {
            caller.answer(Answer::failed(Outcome::NotRead, "There is no disk here"));
            return true;
        };
        let (read, comes) = channel();
        let ctx = ctx.clone();
        let zone = self.engines.own_mut().book().settings().zone;
        let thread = std::thread::Builder::new().name("truerate-errand".to_owned());
        let begun = thread.spawn(move || {
            if read.send(door::prepare(&errand, zone, disk.as_ref())).is_err() {
                log::debug!("the window was closed before a file was read");
            }
            drop(read);
            ctx.request_repaint();
        });
        match begun {
            Ok(_runs) => self.visitors.at_work = Some(Work::Reading(caller, comes)),
            Err(error) => {
                log::error!("no thread for an errand: {error}");
                caller.answer(no_thread());
            }
        }
        true
    }

    fn carry_out_errand(
        &mut self,
        caller: Caller,
        prepared: &Prepared,
        backup: Result<Backup, String>,
        ctx: &egui::Context,
    ) {
        let now = self.clock.now();
        let own = self.engines.own_mut();
        let Carried { answer, words } = door::carry_out(prepared, backup, own, self.ids.as_mut(), now);
        let Some(words) = words else {
            caller.answer(answer);
            return;
        };
        let undo = !self.engines.shows_another();
        let to = if undo { "From the terminal" } else { "From the terminal, into your own book" };
        self.visitors.news = Some(News { text: format!("{to}: {}", within(&done(&words))), undo, told: false });
        self.visitors.at_work = Some(Work::Saving(caller, answer));
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
    pub(super) fn close_door(&mut self) -> Option<(Caller, Answer)> {
        let visitors = std::mem::take(&mut self.visitors);
        match visitors.at_work {
            Some(Work::Saving(caller, answer)) => Some((caller, answer)),
            Some(Work::Reading(caller, _) | Work::BackingUp(caller, ..)) => {
                caller.answer(Answer::failed(Outcome::NotWritten, "The window was closed: nothing was done"));
                None
            }
            None => None,
        }
    }
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
