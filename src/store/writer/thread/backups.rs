//! When the writer makes backups: the first of a user's day, and those that are asked for.
//!
//! One holds up no change for longer than a file of it takes: what waits is written in between. One that fails never stops
//! saving: it is told, and that of the day is tried again later.

use std::io;

use chrono::{NaiveDate, TimeDelta};

use super::{Writer, held};
use crate::domain::backup::{Reason, is_due};
use crate::domain::span::{Timestamp, user_day};
use crate::ports::Backups;
use crate::store::backup::{self, Made, make::Making};

/// How long the backup of a day rests after it failed.
const PAUSE: TimeDelta = TimeDelta::minutes(10);
/// What came of so many is remembered.
const REMEMBERED: usize = 16;

/// What is to be made.
#[derive(Default)]
pub(super) struct BackupsToMake {
    /// Those that were asked for, by number.
    pub asked: Vec<(u64, Reason)>,
    /// The user's day whose backup is there, or adds nothing to the one before.
    done: Option<NaiveDate>,
    /// After a failure: when that of the day is tried again.
    again: Option<Timestamp>,
}

impl Writer {
    /// Makes that of the day, unless the Book is being closed, and what was asked for. Every change is on the disk.
    pub(super) fn make_backups(&mut self, leaving: bool) {
        if !leaving && self.is_daily_due() {
            let now = self.site.clock.now().at;
            let made = self.back_up(Reason::Daily);
            self.backups.again = made.is_err().then(|| now + PAUSE);
            self.backups.done = made.is_ok().then(|| self.day_of(now));
            self.tell_of_backup(None, made);
        }
        for (number, reason) in std::mem::take(&mut self.backups.asked) {
            let made = self.back_up(reason);
            self.tell_of_backup(Some(number), made);
        }
    }

    /// Says to those who wait for a backup that there can be none now: it would lack what can't be saved.
    pub(super) fn refuse_backups(&mut self, why: &str) {
        for (number, _) in std::mem::take(&mut self.backups.asked) {
            let unsaved = format!("the last changes are not saved yet ({why})");
            self.tell_of_backup(Some(number), Err(io::Error::other(unsaved)));
        }
    }

    /// Once a day, of a Book that holds something, and not while it is still being read.
    fn is_daily_due(&self) -> bool {
        if self.on_disk.is_none() || self.newest.is_empty() {
            return false;
        }
        let now = self.site.clock.now().at;
        // Also after the clock was set back.
        let rests = self.backups.again.is_some_and(|again| now < again && now >= again - PAUSE);
        if rests || self.backups.done == Some(self.day_of(now)) {
            return false;
        }
        let known = backup::list(self.site.disk.as_ref(), &self.site.dir);
        // Where they can't even be listed, making one says why.
        known.map_or(true, |known| is_due(&known, now, self.newest.settings()))
    }

    fn day_of(&self, at: Timestamp) -> NaiveDate {
        let settings = self.newest.settings();
        user_day(at, settings.zone, settings.day_start_minutes)
    }

    /// `None` where that of the day would add nothing to the one before, or the Book is being closed.
    fn back_up(&mut self, reason: Reason) -> io::Result<Option<Made>> {
        let (disk, dir) = (self.site.disk.clone(), self.site.dir.clone());
        let disk = disk.as_ref();
        let now = self.site.clock.now().at;
        let mut making = Making::begin(disk, &dir, now, reason)?;
        loop {
            match making.step(disk).and_then(|goes_on| self.write_meanwhile().map(|()| goes_on)) {
                Ok(true) if reason == Reason::Daily && held(&self.shared.queue).leaving => {
                    making.give_up(disk);
                    return Ok(None);
                }
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    making.give_up(disk);
                    return Err(error);
                }
            }
        }
        if reason == Reason::Daily && making.adds_nothing() {
            making.give_up(disk);
            return Ok(None);
        }
        let made = making.finish(disk)?;
        if let Err(error) = backup::thin(disk, &dir, now, self.newest.settings()) {
            log::warn!("old backups stay: {error}");
        }
        Ok(Some(made))
    }

    /// Writes what came into the queue since the last file.
    fn write_meanwhile(&mut self) -> io::Result<()> {
        let mut queue = held(&self.shared.queue);
        self.pending.append(&mut queue.entries);
        if let Some(book) = queue.book.take() {
            self.newest = book;
        }
        drop(queue);
        if let Some(last) = self.pending.last() {
            self.newest_sequence = last.sequence;
            match self.write_pending() {
                Ok(()) => self.acknowledge(),
                Err(error) => {
                    self.tell(&error);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn tell_of_backup(&self, number: Option<u64>, made: io::Result<Option<Made>>) {
        let mut told = held(&self.shared.backups);
        let Backups { asked_for, revision, trouble } = &mut *told;
        *revision += 1;
        match &made {
            Ok(Some(Made { left_out, .. })) if !left_out.is_empty() => {
                let names: Vec<String> = left_out.iter().map(|path| path.display().to_string()).collect();
                *trouble = Some(format!("Not in the last backup, because it can’t be read: {}", names.join(", ")));
            }
            Ok(_) => *trouble = None,
            Err(error) => {
                log::warn!("no backup was made: {error}");
                *trouble = Some(format!("No backup was made: {error}"));
            }
        }
        if let Some(number) = number {
            let made = made.map_err(|error| error.to_string());
            let outcome = made.and_then(|made| made.map(|made| made.backup).ok_or_else(|| "there is none".to_owned()));
            asked_for.insert(number, outcome);
            while asked_for.len() > REMEMBERED {
                asked_for.pop_first();
            }
        }
        drop(told);
        self.shared.backed_up.notify_all();
        (self.site.waker)();
    }
}
