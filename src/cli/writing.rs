//! Writing verbs: carried out here with the Book's lock, else by the window that has the Book open.
//!
//! Both ways print the same lines and end with the same status. Where neither works, one line says why.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::{Status, fail, say};
use crate::domain::settings::Settings;
use crate::door::{self, Tried};
use crate::engine::Engine;
use crate::ports::door::{Answer, Call, Doorbell, Errand, Outcome};
use crate::ports::{Clock, Disk, Ids};
use crate::store::{self, Opened, Patience, Site};

/// Where and when a verb works.
pub(super) struct Place<'a> {
    pub(super) disk: &'a Arc<dyn Disk>,
    pub(super) clock: &'a Arc<dyn Clock>,
    pub(super) bell: &'a dyn Doorbell,
    /// The settings of a book that has none yet.
    pub(super) defaults: Settings,
}

/// Carries an errand out on the book of a folder.
pub(super) fn write(errand: Errand, folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> ExitCode {
    carry(errand, folder, place, ids).map_or_else(|failed| failed, |answer| tell(&answer))
}

/// The same, with the answer for whoever prints it otherwise.
pub(super) fn carry(errand: Errand, folder: &Path, place: &Place<'_>, ids: &mut dyn Ids) -> Result<Answer, ExitCode> {
    // What can't be read is refused here, and no window is troubled with it.
    let prepared = match door::prepare(&errand, folder, &place.defaults, place.disk.as_ref()) {
        Ok(prepared) => prepared,
        Err(answer) => return Ok(answer),
    };
    // Whoever waits at the terminal can end it; a disk that is slow with much of it is no fault.
    let patience = Patience { close_wait: Duration::from_hours(1), ..Patience::default() };
    let site = || Site::new(Arc::clone(place.disk), Arc::clone(place.clock), folder).with_patience(patience);
    let open = || store::open(site(), place.defaults.clone());
    let opened = match door::open_or_ring(folder, &Call::Do(errand), place.bell, None, open) {
        Tried::Opened(opened) => opened,
        Tried::Answered(answer) => return Ok(answer),
        Tried::Unanswered(why) => return Err(fail(Status::NoFolder, &door::unanswered(folder, &why))),
        Tried::Failed(error) => return Err(fail(Status::NoFolder, &error.to_string())),
    };
    let Opened { book, entries, last_sequence, findings, journal, read_only, .. } = opened;
    for finding in &findings {
        say(&finding.to_string());
    }
    let mut engine = Engine::new(book, entries, last_sequence, Box::new(journal), read_only);
    let (mut answer, words) = door::carry_out(&prepared, &mut engine, ids.draw(), place.clock.now());
    let closed = engine.close();
    let (_, unsaved) = engine.acknowledged();
    answer.lines.extend(words.filter(|_| unsaved == 0).map(|words| door::done(&words)));
    if let Err(reason) = closed {
        answer.lines.push(reason);
        answer.outcome = Outcome::NotWritten;
    }
    Ok(answer)
}

/// Prints an answer; its exit status.
pub(super) fn tell(answer: &Answer) -> ExitCode {
    for line in &answer.lines {
        say(line);
    }
    match answer.outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::NotWritten => Status::NoOutput.into(),
        Outcome::NotRead => Status::NoInput.into(),
    }
}
