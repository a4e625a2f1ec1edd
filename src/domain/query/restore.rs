//! Restoring: what it takes to make a Book what a backup of it holds, as one command that undo takes back.
//!
//! Every record becomes what the backup has, with three exceptions. A timer that runs now goes on: it is the one thing
//! that happens while this is decided. A timer that ran when the backup was made doesn't run again: where its end is
//! known it keeps that, else it ends with the backup. And nothing is taken away because the backup can't be read there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::differs::{Choice, Counts, Difference, Differences, Kind, Side};
use crate::domain::book::{Book, month_of};
use crate::domain::change::{Change, Key, Record};
use crate::domain::command::Command;
use crate::domain::span::{Month, Timestamp};

/// What of a backup can't be read: there a record that it lacks may be one that it held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// Months of sessions or money.
    pub months: BTreeSet<Month>,
    /// The file of everything else.
    pub tables: bool,
    /// A part of the journal: any record may be in that alone.
    pub journal: bool,
}

impl Unread {
    /// Whether the place of a record can't be read.
    fn holds(&self, record: &Record) -> bool {
        self.journal || month_of(record).map_or(self.tables, |month| self.months.contains(&month))
    }
}

/// What restoring a backup comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restoring {
    /// The records that change, each as both have it.
    pub taken: Vec<Difference>,
    /// A timer runs, and goes on.
    pub timer_goes_on: bool,
    /// Timers that ran when the backup was made and of which no end is known: they end with it.
    pub ended_then: usize,
    /// Records that stay because the backup can't be read where they would stand.
    pub spared: usize,
}

impl Restoring {
    /// What makes `ours` the Book of a backup made at `at`.
    #[must_use]
    pub fn of(ours: &Book, backup: &Book, at: Timestamp, unread: &Unread) -> Self {
        let (theirs, ended_then) = without_timers(ours, backup, at);
        let differences = Differences::of(ours, &theirs);
        let mut choice = Choice::all(Side::Theirs, &differences);
        let (mut timer_goes_on, mut spared) = (ours.open_sessions().next().is_some(), 0);
        for difference in differences.list() {
            let runs = |record: &Option<Record>| matches!(record, Some(Record::Session(session)) if session.is_open());
            let lost =
                difference.theirs.is_none() && difference.ours.as_ref().is_some_and(|record| unread.holds(record));
            // With the tables the settings are lost too: what stands in their place was never the user's choice.
            let unset = difference.key == Key::Settings && unread.tables;
            spared += usize::from(lost || unset);
            if runs(&difference.ours) || runs(&difference.theirs) || lost || unset {
                choice.set(difference.key, Side::Ours);
            }
        }
        let taken = choice.closed(ours, &differences).chosen(&differences);
        timer_goes_on &= !taken.is_empty();
        Self { taken, timer_goes_on, ended_then, spared }
    }

    /// Whether the backup holds what the Book holds.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.taken.is_empty()
    }

    /// How many records change, by kind: those only in the Book go, those only in the backup come back.
    #[must_use]
    pub fn summary(&self) -> BTreeMap<Kind, Counts> {
        Counts::by_kind(&self.taken)
    }

    /// The command; `words` say it to people: "Restore the backup of Wed 25 Nov, 14:02".
    #[must_use]
    pub fn command(&self, words: String) -> Command {
        Command::TakeOver { words, taken: self.taken.clone() }
    }

    /// The Book after it.
    #[must_use]
    pub fn after(&self, ours: &Book) -> Book {
        let mut after = ours.clone();
        after.apply(&Change::new(self.taken.iter().filter_map(Difference::edit).collect()));
        after
    }
}

/// A backup as it is looked at: a timer that ran when it was made ends with it, since nobody knows more.
#[must_use]
pub fn as_of(backup: &Book, at: Timestamp) -> Book {
    let mut ended = backup.clone();
    for session in backup.open_sessions() {
        ended.apply(&Change::replace(session, session.stopped(at.max(session.started_at))));
    }
    ended
}

/// The backup with an end for each timer that ran in it and that we know nothing of; how many there were.
fn without_timers(ours: &Book, backup: &Book, at: Timestamp) -> (Book, usize) {
    let mut theirs = backup.clone();
    let unknown: Vec<_> =
        backup.open_sessions().filter(|open| ours.session(open.id).is_none()).map(Arc::clone).collect();
    for session in &unknown {
        theirs.apply(&Change::replace(session, session.stopped(at.max(session.started_at))));
    }
    (theirs, unknown.len())
}

#[cfg(test)]
mod tests {
    use nonmax::NonMaxU32;

    use super::*;
    use crate::domain::command::plan;
    use crate::domain::ids::{ProjectId, SessionId};
    use crate::domain::query::work::testkit::Kit;
    use crate::domain::session::Session;
    use crate::domain::span::Now;

    const THEN: &str = "2026-11-20T14:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now() -> Now {
        Now { at: at("2026-11-22T13:00:00Z"), zone: chrono_tz::UTC }
    }

    fn done(ours: &Book, restoring: &Restoring) -> Book {
        let change = plan(ours, &restoring.command("Restore".to_owned()), now()).unwrap();
        let mut after = ours.clone();
        after.apply(&change);
        assert_eq!(after, restoring.after(ours));
        let mut back = after.clone();
        back.apply(&change.reversed());
        assert_eq!(&back, ours, "undo puts all of it back");
        after
    }

    fn worked(days: &[(u64, &str)]) -> Kit {
        let mut kit = Kit::new();
        for (id, day) in days {
            kit.work(*id, 1, &format!("{day}T09:00:00Z"), &format!("{day}T10:00:00Z"), |_| {});
        }
        kit
    }

    fn running(kit: &mut Kit, id: u64, start: &str) {
        kit.work(id, 1, start, start, |session| session.ended_at = None);
    }

    #[test]
    fn every_record_becomes_what_the_backup_holds() {
        let backup = worked(&[(1, "2026-11-18"), (2, "2026-11-19")]).book;
        let mut ours = worked(&[(2, "2026-11-19"), (3, "2026-11-21")]);
        ours.settings(|settings| settings.scale_percent = 150);
        let changed = Arc::clone(ours.book.session(SessionId(2)).unwrap());
        let noted = Session { tasks: NonMaxU32::new(7), ..(*changed).clone() };
        ours.book.apply(&Change::replace(&changed, noted));
        let restoring = Restoring::of(&ours.book, &backup, at(THEN), &Unread::default());
        let summary = restoring.summary();
        assert_eq!(summary[&Kind::Session], Counts { only_ours: 1, only_theirs: 1, unlike: 1 });
        assert_eq!(summary[&Kind::Settings].unlike, 1);
        assert_eq!(done(&ours.book, &restoring), backup);
        let again = Restoring::of(&backup, &backup, at(THEN), &Unread::default());
        assert!(again.is_empty() && !again.timer_goes_on);
    }

    #[test]
    fn a_timer_that_runs_now_goes_on_with_what_it_names() {
        let backup = Kit::new().book;
        let mut ours = worked(&[(1, "2026-11-21")]);
        running(&mut ours, 2, "2026-11-22T12:00:00Z");
        // Its project is younger than the backup.
        let mut without = backup.clone();
        let project = Arc::clone(without.project(ProjectId(1)).unwrap());
        without.apply(&Change::new(vec![crate::domain::change::Edit::delete(project)]));
        let restoring = Restoring::of(&ours.book, &without, at(THEN), &Unread::default());
        assert!(restoring.timer_goes_on);
        let after = done(&ours.book, &restoring);
        assert_eq!(after.open_sessions().count(), 1);
        assert!(after.project(ProjectId(1)).is_some(), "it works on that");
        assert!(after.session(SessionId(1)).is_none());
    }

    #[test]
    fn a_timer_of_then_keeps_the_end_that_is_known_and_ends_with_the_backup_where_none_is() {
        let mut backup = worked(&[]);
        running(&mut backup, 1, "2026-11-20T13:00:00Z");
        running(&mut backup, 2, "2026-11-20T13:30:00Z");
        let mut ours = worked(&[]);
        ours.work(1, 1, "2026-11-20T13:00:00Z", "2026-11-20T15:00:00Z", |_| {});
        let restoring = Restoring::of(&ours.book, &backup.book, at(THEN), &Unread::default());
        assert_eq!(restoring.ended_then, 1);
        let after = done(&ours.book, &restoring);
        let end = |id| after.session(SessionId(id)).unwrap().ended_at;
        assert_eq!(end(1), Some(at("2026-11-20T15:00:00Z")));
        assert_eq!(end(2), Some(at(THEN)));
        assert_eq!(as_of(&backup.book, at(THEN)).open_sessions().count(), 0);
        // Where it still runs it is the timer of now.
        let still = Restoring::of(&backup.book, &backup.book, at(THEN), &Unread::default());
        assert!(still.is_empty());
    }

    #[test]
    fn nothing_goes_because_the_backup_cannot_be_read_there() {
        let backup = worked(&[(1, "2026-10-18")]).book;
        let ours = worked(&[(1, "2026-10-18"), (2, "2026-10-19"), (3, "2026-11-19")]).book;
        let october =
            Unread { months: BTreeSet::from([Month { year: 2026, month: 10 }]), tables: false, journal: false };
        let restoring = Restoring::of(&ours, &backup, at(THEN), &october);
        let after = done(&ours, &restoring);
        assert!(after.session(SessionId(2)).is_some() && after.session(SessionId(3)).is_none());
        assert_eq!(restoring.spared, 1);
        let empty = Book::new((**ours.settings()).clone());
        let tables = Unread { tables: true, ..Unread::default() };
        let restoring = Restoring::of(&ours, &empty, at(THEN), &tables);
        let after = done(&ours, &restoring);
        assert_eq!((after.sessions().count(), after.platforms().count()), (0, ours.platforms().count()));
    }
}
