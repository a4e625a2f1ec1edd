//! Writing verbs: carried out here with the Book's lock, else by the window that has the Book open.
//!
//! Both ways print the same lines and end with the same status. Where neither works, one line says why.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Status, say};
use crate::domain::settings::Settings;
use crate::door::{self, Carried, Tried};
use crate::engine::Engine;
use crate::ports::door::{Answer, Call, Doorbell, Errand, Outcome};
use crate::ports::{Clock, Disk, Ids};
use crate::store::{self, Opened, Site};

/// Where and when a verb works.
pub(super) struct Place<'a> {
    pub(super) disk: &'a Arc<dyn Disk>,
    pub(super) clock: &'a Arc<dyn Clock>,
    pub(super) bell: &'a dyn Doorbell,
    /// The settings of a book that has none yet.
    pub(super) defaults: Settings,
}

impl From<Outcome> for Status {
    /// Only of what was not done.
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Bug,
            Outcome::NotWritten => Self::NoOutput,
            Outcome::NotRead => Self::NoInput,
        }
    }
}

/// Carries an errand out on the book of a folder.
pub(super) fn write(errand: Errand, folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> ExitCode {
    write_one(errand, folder, place, ids).map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

/// The same, with the status of what was not done.
pub(super) fn write_one(errand: Errand, folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> Result<(), Status> {
    // What can't be read is refused here, and no window is troubled with it.
    let prepared = match door::prepare(&errand, place.defaults.zone, place.disk.as_ref()) {
        Ok(prepared) => prepared,
        Err(answer) => return tell(&answer),
    };
    let site = || Site::new(Arc::clone(place.disk), Arc::clone(place.clock), folder);
    let open = || store::open(site(), place.defaults.clone());
    let opened = match door::open_or_ring(folder, &Call::Do(errand), place.bell, None, open) {
        Tried::Opened(opened) => opened,
        Tried::Answered(answer) => return tell(&answer),
        Tried::Unanswered(why) => return no_folder(&door::unanswered(folder, &why)),
        Tried::Failed(error) => return no_folder(&error.to_string()),
    };
    let Opened { book, entries, last_sequence, findings, journal, read_only, .. } = opened;
    for finding in &findings {
        say(&finding.to_string());
    }
    let mut engine = Engine::new(book, entries, last_sequence, Box::new(journal), read_only);
    let Carried { mut answer, .. } = door::carry_out(&prepared, &mut engine, ids, place.clock.now());
    if let Err(reason) = engine.close() {
        answer.lines.push(reason);
        answer.outcome = Outcome::NotWritten;
    }
    tell(&answer)
}

/// Prints an answer; its status where it was not done.
fn tell(answer: &Answer) -> Result<(), Status> {
    for line in &answer.lines {
        say(line);
    }
    match answer.outcome {
        Outcome::Done => Ok(()),
        not_done @ (Outcome::NotWritten | Outcome::NotRead) => Err(not_done.into()),
    }
}

/// Says why the Book of a folder can't be written.
fn no_folder(why: &str) -> Result<(), Status> {
    say(why);
    Err(Status::NoFolder)
}
