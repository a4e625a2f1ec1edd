//! Watches the saving of the user's own Book: a disk that doesn't answer, trouble that is over, a machine that woke up.

use chrono::TimeDelta;

use crate::domain::span::Timestamp;
use crate::engine::Engine;
use crate::ports::{Failing, Kind, Saving, Trouble};

/// So long a change may be on its way before the disk is said to be slow.
const PATIENCE: TimeDelta = TimeDelta::seconds(5);
/// After so long without a frame, while a timer runs, the writer looks at the clock at once.
const AWAY: TimeDelta = TimeDelta::minutes(1);

/// What was seen in the frames before.
#[derive(Debug, Default)]
pub struct Watch {
    /// The last change on the disk, and since when it is the last one while others wait.
    waits: Option<(u64, Timestamp)>,
    failed: bool,
    last_frame: Option<Timestamp>,
}

impl Watch {
    /// The state of saving in this frame: as the engine has it, and failing where nothing came back for too long.
    pub fn saving(&mut self, engine: &Engine, now: Timestamp) -> Saving {
        let saving = engine.saving();
        if saving != Saving::Pending {
            self.waits = None;
            return saving;
        }
        let (acknowledged, changes) = engine.acknowledged();
        let since = match self.waits {
            Some((known, since)) if known == acknowledged && since <= now => since,
            _ => now,
        };
        self.waits = Some((acknowledged, since));
        if now - since < PATIENCE {
            return saving;
        }
        let trouble = Trouble { kind: Kind::Slow, said: String::new(), since, next_try: since };
        Saving::Failing(Failing { trouble, changes })
    }

    /// Whether saving, which had failed, is well again since this frame.
    pub fn is_mended(&mut self, saving: &Saving) -> bool {
        match saving {
            Saving::Failing(_) => {
                self.failed = true;
                false
            }
            Saving::Saved => std::mem::take(&mut self.failed),
            Saving::Pending | Saving::ReadOnly(_) | Saving::Sample => false,
        }
    }

    /// Lets the writer look at the clock where no frame was drawn for long although a timer runs.
    pub fn wake(&mut self, engine: &mut Engine, now: Timestamp) {
        let before = self.last_frame.replace(now).unwrap_or(now);
        let runs = || engine.book().running_sessions().next().is_some();
        if (now - before).abs() >= AWAY && runs() {
            engine.hurry();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::domain::book::Book;
    use crate::domain::command::{Command, Start};
    use crate::domain::history::Entry;
    use crate::domain::ids::SessionId;
    use crate::domain::money::Currency;
    use crate::domain::session::Activity;
    use crate::domain::settings::Settings;
    use crate::domain::span::Now;
    use crate::domain::testing::at;
    use crate::ports::{Journal, Progress};

    /// A disk that acknowledges when it is told to, and counts how often it was asked to hurry.
    #[derive(Clone, Default)]
    struct Stuck {
        acknowledged: Arc<AtomicU64>,
        hurried: Arc<AtomicU64>,
    }

    impl Journal for Stuck {
        fn append(&mut self, _entry: &Arc<Entry>, _book: &Book) {}

        fn progress(&self) -> Progress {
            Progress { acknowledged: self.acknowledged.load(Ordering::Relaxed), ..Progress::default() }
        }

        fn checkpoint(&mut self, _book: &Book) {}

        fn hurry(&mut self) {
            self.hurried.fetch_add(1, Ordering::Relaxed);
        }

        fn close(&mut self) -> Result<(), String> {
            Ok(())
        }
    }

    fn engine(journal: &Stuck) -> Engine {
        let book = Book::new(Settings::new(Currency::USD, chrono_tz::UTC));
        Engine::new(book, Vec::new(), 0, Box::new(journal.clone()), None)
    }

    fn start(engine: &mut Engine, id: u64, now: Timestamp) {
        let start =
            Start { id: SessionId(id), project: None, activity: Activity::PaidWork, task_type: None, started_at: now };
        engine.dispatch(&Command::StartSession(start), Now { at: now, zone: chrono_tz::UTC }).unwrap();
    }

    #[test]
    fn a_disk_that_answers_nothing_for_five_seconds_is_slow_until_it_does() {
        let journal = Stuck::default();
        let (mut engine, mut watch) = (engine(&journal), Watch::default());
        let begun = at("2026-11-22T08:00:00Z");
        let after = |secs| begun + TimeDelta::seconds(secs);
        assert_eq!(watch.saving(&engine, begun), Saving::Saved);
        start(&mut engine, 1, begun);
        start(&mut engine, 2, begun);
        assert_eq!(watch.saving(&engine, begun), Saving::Pending);
        assert_eq!(watch.saving(&engine, after(4)), Saving::Pending);
        let slow = watch.saving(&engine, after(5));
        let Saving::Failing(failing) = &slow else { panic!("{slow:?}") };
        assert_eq!((failing.trouble.kind, failing.trouble.since, failing.changes), (Kind::Slow, begun, 2));
        assert!(!watch.is_mended(&slow));
        // One of two is through: the other gets its own five seconds.
        journal.acknowledged.store(1, Ordering::Relaxed);
        let saving = watch.saving(&engine, after(6));
        assert_eq!(saving, Saving::Pending);
        assert!(!watch.is_mended(&saving));
        journal.acknowledged.store(2, Ordering::Relaxed);
        let saving = watch.saving(&engine, after(7));
        assert!(watch.is_mended(&saving));
        assert!(!watch.is_mended(&saving), "it is said once");
    }

    #[test]
    fn a_window_that_was_away_lets_the_writer_look_at_the_clock_while_a_timer_runs() {
        let journal = Stuck::default();
        let (mut engine, mut watch) = (engine(&journal), Watch::default());
        let hurried = || journal.hurried.load(Ordering::Relaxed);
        watch.wake(&mut engine, at("2026-11-22T08:00:00Z"));
        watch.wake(&mut engine, at("2026-11-22T09:00:00Z"));
        assert_eq!(hurried(), 0, "no timer runs");
        start(&mut engine, 1, at("2026-11-22T09:00:00Z"));
        watch.wake(&mut engine, at("2026-11-22T09:00:59Z"));
        assert_eq!(hurried(), 0);
        watch.wake(&mut engine, at("2026-11-22T11:00:00Z"));
        assert_eq!(hurried(), 1);
        watch.wake(&mut engine, at("2026-11-22T08:00:00Z"));
        assert_eq!(hurried(), 2, "a clock that was set back is looked at too");
    }
}
