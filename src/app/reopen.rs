//! Reading the Book again without leaving the window: after files were mended, by hand or by us, or once another program
//! has let go of it.
//!
//! It begins when every change is on the disk, and stops with the reason where one can't be written. Then the journal is
//! closed, files are mended as was asked for, and all of the Book is opened anew, on a thread; meanwhile the Book that is
//! shown can't be changed. Undo reaches as far back as the journal does.

use std::io;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::open::{Ready, open_again};
use crate::domain::settings::Settings;
use crate::domain::span::Now;
use crate::engine::Engine;
use crate::ports::Saving;
use crate::store::{MendError, Mended, Mending, Site};

/// Where a Book is kept and how it is opened.
#[derive(Clone)]
pub struct Kept {
    /// The place.
    pub site: Site,
    /// The settings of a Book that has none yet.
    pub defaults: Settings,
}

/// What came of it: the Book, and what was mended.
pub type Again = Result<(Ready, Vec<Result<Mended, MendError>>), String>;

/// The Book being read again.
pub enum Reopening {
    /// Until the last change is on the disk.
    Waits(Vec<Mending>),
    /// On a thread.
    Under(Receiver<Again>),
}

/// How far it is.
pub enum Step {
    /// Not there yet.
    Under,
    /// It was not begun, and why; the Book is as it was.
    Stopped(String),
    /// It is there.
    Done(Box<Again>),
}

impl Reopening {
    /// Goes on with it. `engine` is that of the Book; `may_begin` where all of it has been read and nobody else waits for
    /// a change of it.
    pub fn step(&mut self, engine: &mut Engine, kept: &Kept, may_begin: bool, now: Now) -> Step {
        match self {
            Self::Waits(_) if !may_begin => Step::Under,
            Self::Waits(mendings) => match engine.saving() {
                Saving::Pending => Step::Under,
                Saving::Failing(why) => Step::Stopped(why),
                Saving::Saved | Saving::ReadOnly(_) | Saving::Sample => {
                    match begin(engine, kept.clone(), std::mem::take(mendings), now) {
                        Ok(arrives) => {
                            *self = Self::Under(arrives);
                            Step::Under
                        }
                        Err(error) => Step::Stopped(format!("there is no room for the thread that reads ({error})")),
                    }
                }
            },
            Self::Under(arrives) => match arrives.try_recv() {
                Ok(again) => Step::Done(Box::new(again)),
                Err(TryRecvError::Empty) => Step::Under,
                Err(TryRecvError::Disconnected) => Step::Done(Box::new(Err(
                    "Reading ended without a word; close TrueRate and open it again".to_owned(),
                ))),
            },
        }
    }
}

fn begin(engine: &mut Engine, kept: Kept, mendings: Vec<Mending>, now: Now) -> io::Result<Receiver<Again>> {
    let (done, arrives) = channel();
    let before = engine.book().clone();
    let mut journal = engine.hand_over("The files are being read again");
    let reader = std::thread::Builder::new().name("truerate-opener".to_owned());
    reader.spawn(move || {
        if let Err(reason) = journal.close() {
            // Every change is in the journal already; files that were not tidied are settled by opening.
            log::warn!("{reason}");
        }
        drop(journal);
        let again = open_again(&kept.site, &kept.defaults, &mendings).map(|(mut ready, mended)| {
            ready.engine.comes_after(&before);
            // The next frame finds its figures made.
            let zone = ready.engine.book().settings().zone;
            let _made = ready.engine.figures(Now { zone, ..now });
            (ready, mended)
        });
        if done.send(again).is_err() {
            log::debug!("the window was closed before the book was read again");
        }
        (kept.site.waker)();
    })?;
    Ok(arrives)
}
