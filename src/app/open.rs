//! Opens the Book of a folder for a window: the newest months first, or all of it once more after it was closed.
//!
//! Where the Book can't be written, because another program has it open or the folder takes nothing, it is opened for
//! reading, and why is kept with it.

use std::collections::BTreeSet;

use crate::domain::query::work::Work;
use crate::domain::settings::Settings;
use crate::domain::span::Month;
use crate::engine::Engine;
use crate::store::{self, Finding, MendError, Mended, Mending, OpenError, Opened, Opening, Site};

/// What a window is made over.
pub struct Ready {
    /// The Book.
    pub engine: Engine,
    /// What was found wrong with its files; of the newest months nothing, or there would be no rest.
    pub findings: Vec<Finding>,
    /// The months that are still to be read.
    pub unread: BTreeSet<Month>,
    /// What reads them.
    pub rest: Option<store::Rest>,
    /// The oldest schema of its files, where that is not ours: they are brought to ours as changes are written.
    pub older: Option<u32>,
}

/// Opens the newest months of the Book in a folder, or all of it where that is as quick.
///
/// # Errors
/// A sentence, where the system gives no thread for writing.
pub fn open(site: &Site, defaults: &Settings) -> Result<Ready, String> {
    match store::open_newest_first(site.clone(), defaults.clone()) {
        Ok(opening) => Ok(ready(site, opening)),
        Err(error) => to_read(site, defaults, error),
    }
}

/// What a window is made over of a Book that was opened.
#[must_use]
pub fn ready(site: &Site, opening: Opening) -> Ready {
    let Opening { opened, unread, rest } = opening;
    let older = opened.older;
    if rest.is_none() {
        return Ready { older, ..whole(site, engine(opened)) };
    }
    Ready { engine: engine(opened).0.opening(), findings: Vec::new(), unread, rest, older }
}

/// The Book in a folder for reading only, and why.
#[must_use]
pub fn only_to_read(site: &Site, defaults: &Settings, why: String) -> Ready {
    let loaded = store::open_read(site.disk.as_ref(), &site.dir, defaults.clone());
    whole(site, (Engine::to_read(loaded.book, why), loaded.findings))
}

/// Mends files of the Book in a folder that was closed, and opens all of it. What could not be mended is told.
///
/// # Errors
/// As [`open()`].
pub fn open_again(
    site: &Site,
    defaults: &Settings,
    mendings: &[Mending],
) -> Result<(Ready, Vec<Result<Mended, MendError>>), String> {
    match store::mend_and_open(site.clone(), defaults.clone(), mendings) {
        Ok((opened, mended)) => Ok((Ready { older: opened.older, ..whole(site, engine(opened)) }, mended)),
        Err(error) => Ok((to_read(site, defaults, error)?, Vec::new())),
    }
}

fn engine(opened: Opened) -> (Engine, Vec<Finding>) {
    let Opened { book, entries, last_sequence, findings, journal, read_only, .. } = opened;
    (Engine::new(book, entries, last_sequence, Box::new(journal), read_only), findings)
}

/// A Book that is there whole, read by the thread that opens it, with the records that name others which aren't.
fn whole(site: &Site, (engine, mut findings): (Engine, Vec<Finding>)) -> Ready {
    let work = Work::of(engine.book());
    findings.extend(unsound(site, &work, &findings));
    Ready { engine: engine.with_reading(work), findings, unread: BTreeSet::new(), rest: None, older: None }
}

/// The records of a whole Book that name others which aren't there.
pub fn unsound(site: &Site, work: &Work, known: &[Finding]) -> Vec<Finding> {
    store::unsound(site.disk.as_ref(), &site.dir, work, known)
}

/// The Book for reading only; why is kept with it.
fn to_read(site: &Site, defaults: &Settings, error: OpenError) -> Result<Ready, String> {
    match error {
        OpenError::Writer { source } => Err(source.to_string()),
        error @ (OpenError::InUse { .. } | OpenError::Folder { .. }) => {
            Ok(only_to_read(site, defaults, error.to_string()))
        }
    }
}
