//! The pulse of the writer: a heartbeat a minute while a timer runs, and the times of which nothing is known.
//!
//! The heartbeat is no change: it fails without a word to the user, and is taken away when no timer runs any more and
//! at the end, so that one which is found tells of an end that was none. While a silence is still to be asked about, none is
//! written over the one that it began with: what was not answered is asked again.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::domain::book::Book;
use crate::domain::ids::SessionId;
use crate::domain::query::silence::{Sign, Silence};
use crate::domain::span::Timestamp;
use crate::store::Site;
use crate::store::heartbeat::{self, HEARTBEAT};

/// How often a heartbeat is written.
const EVERY: TimeDelta = TimeDelta::minutes(1);
/// How often the clock is looked at while a timer runs: after so long a wake from sleep is noticed.
const LOOK: Duration = Duration::from_secs(15);
/// More silences than this nobody answers.
const MOST: usize = 8;

/// A look at the clock.
#[derive(Debug, Clone, Copy)]
struct Look {
    at: Timestamp,
    awake: Option<Duration>,
}

/// The pulse.
#[derive(Debug, Default)]
pub(super) struct Beat {
    last: Option<Look>,
    /// When the heartbeat in the folder was written; `None` where there is none of ours.
    written_at: Option<Timestamp>,
    runs: bool,
    silences: Arc<Vec<Silence>>,
    fails: bool,
}

impl Beat {
    /// How long the writer may wait for something else to do; `None` for ever.
    pub(super) fn patience(&self) -> Option<Duration> {
        self.runs.then_some(LOOK)
    }

    /// Looks at the clock and at the timers; the silences where a new one was noticed.
    pub(super) fn look(&mut self, site: &Site, book: &Book) -> Option<Arc<Vec<Silence>>> {
        let now = Look { at: site.clock.now().at, awake: site.clock.awake() };
        let running: Vec<SessionId> = book.running_sessions().map(|session| session.id).collect();
        self.runs = !running.is_empty();
        let noticed = match self.last.replace(now) {
            None => self.left_over(site, now, running),
            Some(before) => asleep(before, now, running),
        };
        let noticed = noticed.filter(|silence| !silence.sessions.is_empty());
        let is_new = noticed.is_some();
        if let Some(silence) = noticed {
            let silences = Arc::make_mut(&mut self.silences);
            silences.push(silence);
            let surplus = silences.len().saturating_sub(MOST);
            silences.drain(..surplus);
        }
        self.write(site, book, now.at);
        is_new.then(|| Arc::clone(&self.silences))
    }

    /// What a heartbeat tells that was there before this writer.
    fn left_over(&mut self, site: &Site, now: Look, running: Vec<SessionId>) -> Option<Silence> {
        let left = heartbeat::read(site.disk.as_ref(), &site.dir)?;
        let now = sign(site, now.at);
        if left.device == now.device {
            self.written_at = Some(left.at);
        }
        Silence::before_opening(&left, &now, running)
    }

    fn write(&mut self, site: &Site, book: &Book, now: Timestamp) {
        if !self.runs {
            self.end(site, book);
            return;
        }
        // A clock that was set back makes it due too.
        let fresh = self.written_at.is_some_and(|at| at <= now && now < at + EVERY);
        if fresh || self.waits_for_an_answer(book) {
            return;
        }
        let text = heartbeat::written(&sign(site, now));
        let written = site.disk.replace(&site.dir.join(HEARTBEAT), text.as_bytes());
        if self.tell(written) {
            self.written_at = Some(now);
        }
    }

    /// Takes the heartbeat away, unless it is where a silence began that is still to be asked about.
    pub(super) fn end(&mut self, site: &Site, book: &Book) {
        if self.written_at.is_none() || self.waits_for_an_answer(book) {
            return;
        }
        let removed = site.disk.remove(&site.dir.join(HEARTBEAT));
        if self.tell(removed) {
            self.written_at = None;
        }
    }

    fn waits_for_an_answer(&self, book: &Book) -> bool {
        self.silences.iter().any(|silence| silence.asks(book).is_some())
    }

    /// Whether it went well; told in the log once, until it goes well again.
    fn tell(&mut self, outcome: io::Result<()>) -> bool {
        let failed = outcome.is_err();
        if let Err(error) = outcome
            && !self.fails
        {
            log::warn!("the heartbeat can’t be written: {error}");
        }
        self.fails = failed;
        !failed
    }
}

fn sign(site: &Site, at: Timestamp) -> Sign {
    Sign { device: site.disk.device(), boot: site.clock.boot(), at }
}

/// The silence of a machine that slept since the last look.
fn asleep(before: Look, now: Look, running: Vec<SessionId>) -> Option<Silence> {
    let awake = now.awake?.checked_sub(before.awake?)?;
    Silence::asleep(before.at, now.at, TimeDelta::from_std(awake).ok()?, running)
}
